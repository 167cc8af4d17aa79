//! What the candidate reads: chosen fields, as previewed, and nothing else.

use fivefold::policy::Mode;
use serde_json::{Value, json};

use super::*;

/// Words that stand in cards, decisions, seats and unchosen fields.
const SECRETS: [&str; 12] =
    ["CANARY", "Fia", "Sam", "Shadow", "Obi", "Olive", "Lena", "medium", "Cleo's own", "UNCHOSEN", "evidence", "recommendation"];

#[actix_web::test]
async fn the_preview_is_what_the_candidate_gets_byte_for_byte() {
    let panel = debriefed(Mode::Mock).await;
    decide(&panel, "nearly_ready").await;
    let mut full = report();
    full["show_outcome"] = json!(true);
    for report in
        [full, json!({"headline": "Only this"}), json!({"show_areas": true}), json!({"show_outcome": true, "message": "One.\n\nTwo."})]
    {
        save(&panel, report).await.is(200);
        let browser = panel.app.signed_in(panel.world.owner);
        let previewed = sheet(&browser.get(&page(&panel, "/report/preview")).await.is(200));
        let previewed_json = panel.as_(panel.world.owner).get(&panel.api("/report/preview")).await.is(200).body;
        release(&panel).await.is(200);
        skip(&panel).await;
        assert_eq!(sheet(&panel.app.signed_in(panel.world.candidate).get(&page(&panel, "/report")).await.is(200)), previewed);
        assert_eq!(panel.as_(panel.world.candidate).get(&panel.api("/report")).await.is(200).body, previewed_json);
    }
}

#[actix_web::test]
async fn nothing_that_was_not_chosen_is_in_the_candidates_bytes() {
    let panel = debriefed(Mode::Hiring).await;
    decide(&panel, "strong_yes").await;
    let unchosen = json!({
        "headline": "UNCHOSEN", "lede": "UNCHOSEN", "strengths": ["UNCHOSEN"], "next_steps": [{"title": "UNCHOSEN"}],
        "two_ways": {"said": "UNCHOSEN", "stronger": "UNCHOSEN"}, "show_areas": true, "show_numbers": true, "show_outcome": true,
        "advice": ["overstated-experience"], "message": "UNCHOSEN",
    });
    save(&panel, unchosen).await.is(200);
    save(&panel, json!({"headline": "Well done"})).await.is(200);
    release(&panel).await.is(200);
    // And a later draft that is not released.
    save(&panel, json!({"headline": "UNCHOSEN", "show_outcome": true})).await.is(200);
    skip(&panel).await;

    let answer = panel.as_(panel.world.candidate).get(&panel.api("/report")).await.is(200);
    let expected = json!({
        "interview_id": panel.id.to_string(), "candidate_name": "Cleo Candidate", "about": answer.json()["about"], "level": "mid",
        "held_on": "2026-03-02", "headline": "Well done", "lede": "", "strengths": [], "next_steps": [], "advice": [], "message": "",
    });
    assert_eq!(answer.json(), expected);
    let shown = panel.app.signed_in(panel.world.candidate).get(&page(&panel, "/report")).await.is(200);
    let (json, sheet) = (answer.text(), sheet(&shown));
    for secret in SECRETS.iter().chain(&["Say exactly what was yours", "yes", "Yes", "Fundamentals", "fundamentals"]) {
        assert!(!json.contains(secret) && !sheet.contains(secret), "{secret}: {json} {sheet}");
    }
}

#[actix_web::test]
async fn a_full_report_names_nobody_and_quotes_no_card() {
    let panel = debriefed(Mode::Hiring).await;
    decide(&panel, "strong_yes").await;
    let mut full = report();
    full["show_outcome"] = json!(true);
    save(&panel, full).await.is(200);
    release(&panel).await.is(200);
    panel.as_(panel.world.candidate).put_json(&panel.api("/self-scores"), five([3, 3, 3, 3, 3])).await.is(200);
    let json = panel.as_(panel.world.candidate).get(&panel.api("/report")).await.is(200).text();
    let shown = panel.app.signed_in(panel.world.candidate).get(&page(&panel, "/report")).await.is(200).text();
    let main = shown.split_once("<main").unwrap().1;
    for secret in SECRETS {
        assert!(!json.contains(secret) && !main.contains(secret), "{secret}: {json} {main}");
    }
    assert!(json.contains("\"outcome\":\"yes\""), "how strong a yes was stays with the panel: {json}");
}

#[actix_web::test]
async fn the_averages_are_of_the_counted_blind_cards_with_their_uncertainty() {
    let panel = debriefed(Mode::Hiring).await;
    card(&panel, panel.shadow, [2, 2, 2, 2, 2]).await;
    let amendment = json!({"areas": [{"area": 5, "value": 4}], "reason": "Heard the others."});
    panel.as_(panel.first).post_json(&panel.api("/scorecard/revisions"), amendment).await.is(201);
    save(&panel, json!({"show_areas": true, "show_numbers": true})).await.is(200);
    let areas = panel.as_(panel.world.owner).get(&panel.api("/report/preview")).await.is(200).json()["areas"].clone();
    let numbers = |area: usize| areas[area - 1]["numbers"].clone();
    // Fundamentals: 3 and 4. ±1.96·√((.10 + .45) / 2) = ±1.02784…
    let near = |value: &Value, expected: f64| assert!((value.as_f64().unwrap() - expected).abs() < 1e-4, "{value} {expected}");
    near(&numbers(1)["mean"], 3.5);
    near(&numbers(1)["low"], 2.4722);
    near(&numbers(1)["high"], 4.5278);
    assert_eq!((&numbers(1)["cards"], &numbers(1)["expected"]), (&json!(2), &json!(3)));
    near(&numbers(2)["mean"], 4.0);
    near(&numbers(2)["high"], 5.0);
    // Problem-solving: 2 and 3 as submitted; the amendment to 4 is a second field (R7), the shadow's 2 is not counted.
    near(&numbers(5)["mean"], 2.5);
    // 3.5 is nearest to 4, halves go up; the rubric's own words stand there.
    assert_eq!(areas[0]["anchor"]["label"], "Explains costs unasked");
    assert_eq!(areas[0]["next_anchor"]["label"], "Reasons from principles");

    save(&panel, json!({"show_areas": true})).await.is(200);
    let words = panel.as_(panel.world.owner).get(&panel.api("/report/preview")).await.is(200).json();
    assert!(words["areas"].as_array().unwrap().iter().all(|area| area.get("numbers").is_none()), "{words}");
    let shown = panel.app.signed_in(panel.world.owner).get(&page(&panel, "/report/preview")).await.is(200);
    assert!(!sheet(&shown).contains("<rect"), "words and no bars");
}

#[actix_web::test]
async fn an_area_nobody_scored_is_not_a_zero() {
    let panel = over(Mode::Hiring).await;
    for account in [panel.first, panel.second] {
        let mut card = panel.complete(3);
        card["areas"][4] = json!({"area": 5, "value": "not_asked"});
        panel.save(account, card).await.is(200);
        panel.submit(account).await.is(201);
    }
    save(&panel, json!({"show_areas": true, "show_numbers": true})).await.is(200);
    let areas = panel.as_(panel.world.owner).get(&panel.api("/report/preview")).await.is(200).json()["areas"].clone();
    assert_eq!((&areas[4]["anchor"], areas[4].get("numbers")), (&json!(null), None));
    let shown = sheet(&panel.app.signed_in(panel.world.owner).get(&page(&panel, "/report/preview")).await.is(200));
    assert!(shown.contains("Too little was seen to say") && !shown.contains("Problem-solving</text>"), "{shown}");
}

#[actix_web::test]
async fn the_report_can_be_printed_and_read_without_scripts() {
    let panel = debriefed(Mode::Hiring).await;
    save(&panel, report()).await.is(200);
    release(&panel).await.is(200);
    skip(&panel).await;
    let shown = panel.app.signed_in(panel.world.candidate).get(&page(&panel, "/report")).await.is(200);
    let shown = shown.shows("Print or save as PDF").shows("You tell people early").shows("2 weeks").shows("I stop the rollout.");
    shown.shows("Say exactly what was yours").shows("Average of two interviewers").shows("assumed, not measured");
}

#[actix_web::test]
async fn what_one_can_show_and_wanted_to_ask_stands_beside_the_report_for_its_reader_alone() {
    let panel = debriefed(Mode::Mock).await;
    decide(&panel, "nearly_ready").await;
    save(&panel, report()).await.is(200);
    release(&panel).await.is(200);
    skip(&panel).await;
    let (me, browser) = (panel.as_(panel.world.candidate), panel.app.signed_in(panel.world.candidate));
    browser.get(&page(&panel, "/report")).await.is(200).shows("Only you see this part.").shows("Collect what you can show");
    let proof = json!({"kind": "app", "title": "MINE Depot", "url": "https://depot.example.org"});
    me.post_json("/api/v1/me/proofs", proof).await.is(201);
    me.post_json("/api/v1/me/questions-to-ask", json!({"text": "MINE who reviews?"})).await.is(201);
    let read = browser.get(&page(&panel, "/report")).await.is(200).shows("MINE Depot").shows("MINE who reviews?");
    // It is no part of the report: not of the sheet that others preview, nor of what a program reads.
    assert!(!sheet(&read).contains("MINE"));
    me.get(&panel.api("/report")).await.is(200).hides("MINE");
    for other in [panel.world.owner, panel.first] {
        panel.app.signed_in(other).get(&page(&panel, "/report/preview")).await.hides("MINE").hides("Only you see this part.");
    }
    // Who comes by a link has no lists.
    guest(&panel).get(&page(&panel, "/report")).await.is(200).hides("Only you see this part.");
}
