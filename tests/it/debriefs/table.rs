//! What is laid on the table: areas by disagreement with their evidence, and the rule before the talk (R3, R6).

use fivefold::policy::Mode;
use serde_json::{Value, json};

use super::{card, debrief, over, page, scores, shown};
use crate::scorecards::Panel;

/// Cards by the two interviewers.
async fn two(mode: Mode, first: [u8; 5], second: [u8; 5]) -> Panel {
    let panel = over(mode).await;
    scores(&panel, panel.first, first).await;
    scores(&panel, panel.second, second).await;
    panel
}

fn order(debrief: &Value) -> Vec<u64> {
    debrief["areas"].as_array().unwrap().iter().map(|area| area["area"].as_u64().unwrap()).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[actix_web::test]
async fn the_widest_disagreement_comes_first_and_equal_ones_in_the_rubrics_order() {
    let panel = two(Mode::Hiring, [3, 2, 5, 3, 4], [3, 3, 2, 4, 2]).await;
    let open = debrief(&panel).await;
    assert_eq!(order(&open), [3, 5, 2, 4, 1]);
    let spreads: Vec<_> = open["areas"].as_array().unwrap().iter().map(|area| area["spread"].as_u64().unwrap()).collect();
    assert_eq!(spreads, [3, 2, 1, 1, 0]);
    let text = shown(&panel, panel.first)
        .await
        .is(200)
        .shows("Two areas need a conversation.")
        .shows("On Production mindset you are three points apart.")
        .text();
    let places: Vec<_> = order(&open).iter().map(|area| text.find(&format!("id=\"area-{area}\"")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[actix_web::test]
async fn the_evidence_of_an_area_stands_beneath_it_with_whose_it_is() {
    let panel = two(Mode::Hiring, [3; 5], [4; 5]).await;
    panel.card(panel.shadow, 2).await;
    let open = debrief(&panel).await;
    for area in open["areas"].as_array().unwrap() {
        let number = area["area"].as_u64().unwrap();
        for score in area["scores"].as_array().unwrap().iter().take(2) {
            assert_eq!(score["reason"], format!("Reason of {number}."));
            let notes: Vec<_> = score["evidence"].as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap()).collect();
            assert_eq!(notes, [format!("Note on {number}.")]);
        }
    }
    let text = shown(&panel, panel.first).await.is(200).text();
    let (_, beneath) = text.split_once("Evidence for Production mindset").unwrap();
    let beneath = beneath.split("Evidence for").next().unwrap();
    assert!(beneath.contains("Note on 3.") && beneath.contains("1:15") && !beneath.contains("Note on 4."), "{beneath}");
    assert!(beneath.contains("Sam Second") && beneath.contains("You") && beneath.contains("Sha Shadow"), "{beneath}");
}

#[actix_web::test]
async fn a_shadow_is_read_and_never_counted() {
    let panel = two(Mode::Hiring, [3; 5], [3; 5]).await;
    let before = debrief(&panel).await;
    scores(&panel, panel.shadow, [1; 5]).await;
    let after = debrief(&panel).await;
    assert_eq!(before["proposal"], after["proposal"]);
    let area = &after["areas"][0];
    assert_eq!((&area["spread"], &area["median"], &area["mean"]), (&json!(0), &json!(3.0), &json!(3.0)));
    assert_eq!((&area["scores"][2]["counted"], &area["scores"][2]["value"]), (&json!(false), &json!(1)));
    shown(&panel, panel.first).await.is(200).shows("shadow").shows("You agree within one point everywhere.");
}

#[actix_web::test]
async fn r3_not_asked_and_not_enough_evidence_are_no_numbers() {
    let panel = over(Mode::Hiring).await;
    card(&panel, panel.first, [json!(2), json!("not_asked"), json!("not_enough_evidence"), json!(4), json!(3)]).await;
    card(&panel, panel.second, [json!(4), json!(5), json!("not_asked"), json!(4), json!(3)]).await;
    let open = debrief(&panel).await;
    let area = |number: u64| open["areas"].as_array().unwrap().iter().find(|area| area["area"] == number).unwrap().clone();
    assert_eq!((&area(1)["mean"], &area(1)["spread"]), (&json!(3.0), &json!(2)));
    assert_eq!((&area(2)["mean"], &area(2)["median"], &area(2)["spread"]), (&json!(5.0), &json!(5.0), &Value::Null), "one score alone");
    assert_eq!((&area(3)["mean"], &area(3)["median"], &area(3)["spread"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(open["proposal"]["scored_areas"], 4);
    assert_eq!(number(&open["proposal"]["value"]), (3.0 + 5.0 + 4.0 + 3.0) / 4.0, "the weight goes to the others");
    shown(&panel, panel.first).await.is(200).shows("Not enough evidence").shows("Not asked").shows("One score");
}

#[actix_web::test]
async fn r6_with_fewer_than_four_scored_areas_there_is_no_number() {
    let panel = over(Mode::Hiring).await;
    for account in [panel.first, panel.second] {
        card(&panel, account, [json!(4), json!(4), json!("not_asked"), json!("not_asked"), json!(4)]).await;
    }
    let proposal = debrief(&panel).await["proposal"].clone();
    for member in ["value", "low", "high", "step", "outcome"] {
        assert_eq!(proposal[member], Value::Null, "{member}");
    }
    assert_eq!((&proposal["scored_areas"], &proposal["near_a_cut"]), (&json!(3), &json!(false)));
    shown(&panel, panel.first).await.is(200).shows("Not enough coverage: 3 of five areas have a score, four are needed.");
}

#[actix_web::test]
async fn r6_the_number_is_the_mean_of_the_areas_means_with_the_band_of_the_number_of_cards() {
    let panel = two(Mode::Hiring, [2, 3, 4, 5, 3], [3, 3, 2, 4, 3]).await;
    let proposal = debrief(&panel).await["proposal"].clone();
    // (2.5 + 3 + 3 + 4.5 + 3) / 5, and 1.96 · √((.10 + .45) / 2) on both sides.
    let (value, half) = (3.2, 1.027_832_67);
    assert!((number(&proposal["value"]) - value).abs() < 1e-9, "{proposal}");
    assert!(
        (number(&proposal["low"]) - (value - half)).abs() < 1e-6 && (number(&proposal["high"]) - (value + half)).abs() < 1e-6,
        "{proposal}"
    );
    assert_eq!((&proposal["counted_cards"], &proposal["assumed"]), (&json!(2), &json!(true)));
    shown(&panel, panel.first)
        .await
        .is(200)
        .shows("The rule gives 3.2, with a band from 2.2 to 4.2, and proposes “Yes”.")
        .shows("The band rests on how much interviewers usually differ. That is assumed");
}

#[actix_web::test]
async fn r6_the_rubrics_weights_count() {
    let panel = over(Mode::Hiring).await;
    let heavy = uuid::Uuid::new_v4();
    panel.app.sql(&format!(
        "INSERT INTO library_rubric_versions SELECT '{heavy}', 'heavy', 1, name,
            jsonb_set(jsonb_set(content, '{{areas,0,weight}}', '4'), '{{weights_reason}}', '\"It is the job.\"'), 'x', published_at
         FROM library_rubric_versions r WHERE r.id = (SELECT rubric_version_id FROM interviews);
         UPDATE interviews SET rubric_version_id = '{heavy}'"
    ));
    card(&panel, panel.first, [json!(5), json!(2), json!(2), json!(2), json!("not_asked")]).await;
    card(&panel, panel.second, [json!(4), json!(2), json!(2), json!(2), json!("not_asked")]).await;
    let value = number(&debrief(&panel).await["proposal"]["value"]);
    assert!((value - (4.0 * 4.5 + 3.0 * 2.0) / 7.0).abs() < 1e-9, "{value}");
}

#[actix_web::test]
async fn r6_each_level_and_mode_has_its_own_cuts_and_a_reached_cut_is_passed() {
    // Threes throughout; the cuts stand in library/rubrics/five-areas.json.
    for (mode, expected) in [
        (Mode::Hiring, [("entry", "yes", 3), ("mid", "yes", 3), ("senior", "strong_no", 3)]),
        (Mode::Mock, [("entry", "ready_now", 2), ("mid", "ready_now", 2), ("senior", "not_yet", 2)]),
    ] {
        let panel = two(mode, [3; 5], [3; 5]).await;
        for (level, outcome, cuts) in expected {
            panel.app.sql(&format!("UPDATE interviews SET level = '{level}'"));
            let proposal = debrief(&panel).await["proposal"].clone();
            assert_eq!(proposal["outcome"], outcome, "{mode} {level}");
            assert_eq!(proposal["cuts"].as_array().unwrap().len(), cuts, "mock has two, hiring three");
        }
    }
    // 2.9 is a cut of mid in hiring: four areas and a half of 3, one of 2.
    let panel = two(Mode::Hiring, [3, 3, 3, 3, 2], [3, 3, 3, 3, 3]).await;
    let proposal = debrief(&panel).await["proposal"].clone();
    assert_eq!((number(&proposal["value"]), &proposal["outcome"]), (2.9, &json!("yes")));
}

#[actix_web::test]
async fn r6_a_band_that_crosses_a_cut_is_said_to_be_near_it() {
    let near = two(Mode::Hiring, [3; 5], [3; 5]).await;
    assert_eq!(debrief(&near).await["proposal"]["near_a_cut"], true);
    shown(&near, near.first).await.is(200).shows("near a cut");
    // From 3.97 up to 5 there is none.
    let clear = two(Mode::Hiring, [5; 5], [5; 5]).await;
    let proposal = debrief(&clear).await["proposal"].clone();
    assert_eq!((&proposal["near_a_cut"], &proposal["outcome"], &proposal["high"]), (&json!(false), &json!("strong_yes"), &json!(5.0)));
    shown(&clear, clear.first).await.is(200).hides("near a cut");
}

#[actix_web::test]
async fn the_candidates_own_scores_stand_beside_and_are_never_counted() {
    let panel = two(Mode::Mock, [3; 5], [3; 5]).await;
    let before = debrief(&panel).await;
    let own: Vec<_> = (1..=5).map(|area| json!({"area": area, "value": 5})).collect();
    panel.as_(panel.world.candidate).put_json(&panel.api("/self-scores"), json!({"areas": own})).await.is(200);
    let after = debrief(&panel).await;
    assert_eq!((&before["proposal"], &after["self_scored"]), (&after["proposal"], &json!(true)));
    assert_eq!((&after["areas"][0]["self_score"], &after["areas"][0]["mean"]), (&json!(5), &json!(3.0)));
    shown(&panel, panel.first).await.is(200).shows("the candidate’s own score");
}

#[actix_web::test]
async fn everything_said_is_there_recommendations_next_steps_and_warning_signs() {
    let panel = over(Mode::Hiring).await;
    let sign = panel.app.text("SELECT content->'warning_signs'->0->>'key' FROM library_rubric_versions LIMIT 1");
    for account in [panel.first, panel.second] {
        let mut card = super::content(&panel, &[3, 3, 3, 3, 3].map(Value::from), "");
        card["warning_signs"] = json!([{"key": sign, "on": true}]);
        panel.save(account, card).await.is(200);
        panel.submit(account).await.is(201);
    }
    let open = debrief(&panel).await;
    let said: Vec<_> = open["recommendations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|said| json!([said["name"], said["recommendation"], said["counted"]]))
        .collect();
    assert_eq!(said, [json!(["Fia First", "yes", true]), json!(["Sam Second", "yes", true])]);
    assert_eq!(open["warning_signs"][0]["seen_by"], json!(["Fia First", "Sam Second"]));
    shown(&panel, panel.world.lead).await.is(200).shows("Also noted").shows("Practise.").shows("Fia First, Sam Second");
}

#[actix_web::test]
async fn the_debrief_costs_the_same_few_queries_however_many_cards() {
    let panel = two(Mode::Hiring, [3; 5], [3; 5]).await;
    let owner = panel.app.signed_in(panel.world.owner);
    let url = page(&panel, "/debrief");
    owner.get(&url).await.is(200);
    let (_, few) = panel.app.queries(owner.get(&url)).await;
    panel.card(panel.shadow, 3).await;
    for value in [4, 5, 4] {
        let body = json!({"areas": [{"area": 1, "value": value}], "reason": "Again."});
        panel.as_(panel.first).post_json(&panel.api("/scorecard/revisions"), body).await.is(201);
    }
    let (_, more) = panel.app.queries(owner.get(&url)).await;
    assert!(more.len() <= few.len() && more.len() < 25, "{} then {}: {more:#?}", few.len(), more.len());
}
