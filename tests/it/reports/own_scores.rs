//! The candidate's own scores: before the report, once, blind both ways.

use fivefold::policy::Mode;
use serde_json::{Value, json};

use super::*;

#[actix_web::test]
async fn the_report_is_not_seen_before_own_scores_are_given_or_skipped() {
    for skips in [true, false] {
        let panel = debriefed(Mode::Hiring).await;
        save(&panel, report()).await.is(200);
        release(&panel).await.is(200);
        let (token, browser) = (panel.as_(panel.world.candidate), panel.app.signed_in(panel.world.candidate));
        let refused = token.get(&panel.api("/report")).await.hides("Nearly ready");
        assert_eq!(code(&refused), "self-scores-first");
        let asked =
            browser.get(&page(&panel, "/report")).await.is(200).shows("How would you score yourself?").shows("Your report is ready");
        asked.hides("Nearly ready").hides("ask before you fix").hides("CANARY");
        if skips {
            let answer = browser.post_form(&page(&panel, "/self-scores"), [("skip", "true")]).await;
            assert_eq!(answer.leads(), page(&panel, "/report"));
        } else {
            let form: Vec<_> = (1..=5).map(|area| (format!("area_{area}"), "4")).collect();
            assert_eq!(browser.post_form(&page(&panel, "/self-scores"), form).await.leads(), page(&panel, "/report"));
        }
        token.get(&panel.api("/report")).await.is(200).shows("Nearly ready");
        let shown = browser.get(&page(&panel, "/report")).await.is(200).shows("Nearly ready");
        assert_eq!(shown.says("Your own scores"), !skips);
    }
}

#[actix_web::test]
async fn own_scores_can_be_given_from_the_end_of_the_interview_on() {
    let panel = Panel::of(Mode::Hiring).await;
    let (token, browser) = (panel.as_(panel.world.candidate), panel.app.signed_in(panel.world.candidate));
    assert_eq!(code(&token.put_json(&panel.api("/self-scores"), json!({"skipped": true})).await), "not-over");
    assert_eq!(code(&token.get(&panel.api("/self-scores")).await), "not-over");
    browser.get(&page(&panel, "/report")).await.is(200).shows("Your report comes after the interview");
    panel.hold(panel.id);
    let asked = token.get(&panel.api("/self-scores")).await.is(200).json();
    assert_eq!((&asked["given_at"], asked["areas"].as_array().unwrap().len()), (&json!(null), 5));
    assert_eq!(asked["areas"][0]["anchors"].as_array().unwrap().len(), 5);
    browser.get(&page(&panel, "/report")).await.is(200).shows("While your report is being written");
    token.put_json(&panel.api("/self-scores"), five([1, 2, 3, 4, 5])).await.is(200);
    browser.get(&page(&panel, "/report")).await.is(200).shows("Your report is not here yet").shows("Your own scores");
}

#[actix_web::test]
async fn an_interview_without_a_room_is_over_at_its_planned_end_and_a_cancelled_one_never_was() {
    let panel = Panel::of(Mode::Hiring).await;
    let token = panel.as_(panel.world.candidate);
    panel.app.at("2026-03-02T10:59:59Z");
    assert_eq!(code(&token.put_json(&panel.api("/self-scores"), json!({"skipped": true})).await), "not-over");
    panel.app.at("2026-03-02T11:00:00Z");
    token.get(&panel.api("/self-scores")).await.is(200);
    // A room that runs over its time is not over.
    panel.hold(panel.id);
    panel.app.sql("UPDATE rooms SET ended_at = NULL, ended_by = NULL");
    assert_eq!(code(&token.get(&panel.api("/self-scores")).await), "not-over");
    panel.app.sql("UPDATE interviews SET cancelled_at = scheduled_at");
    assert_eq!(code(&token.put_json(&panel.api("/self-scores"), json!({"skipped": true})).await), "not-over");
    panel.app.signed_in(panel.world.candidate).get(&page(&panel, "/report")).await.is(200).shows("There is no report");
}

#[actix_web::test]
async fn they_are_given_once() {
    let panel = over(Mode::Hiring).await;
    let (token, address) = (panel.as_(panel.world.candidate), panel.api("/self-scores"));
    let given = token.put_json(&address, five([1, 2, 3, 4, 5])).await.is(200).json();
    let values: Vec<_> = given["areas"].as_array().unwrap().iter().map(|area| area["value"].clone()).collect();
    assert_eq!((values, &given["skipped"]), (vec![json!(1), json!(2), json!(3), json!(4), json!(5)], &json!(false)));
    panel.app.advance(chrono::TimeDelta::minutes(5));
    assert_eq!(token.put_json(&address, five([1, 2, 3, 4, 5])).await.is(200).json(), given, "a repeat is the first answer");
    assert_eq!(code(&token.put_json(&address, five([5, 5, 5, 5, 5])).await), "self-scores-given");
    assert_eq!(code(&token.put_json(&address, json!({"skipped": true})).await), "self-scores-given");
    let browser = panel.app.signed_in(panel.world.candidate);
    assert_eq!(browser.post_form(&page(&panel, "/self-scores"), [("skip", "true")]).await.leads(), page(&panel, "/report"));
    assert_eq!(token.get(&address).await.is(200).json(), given);
}

#[actix_web::test]
async fn five_areas_from_1_to_5_and_every_mistake_stands_at_its_area() {
    let panel = over(Mode::Hiring).await;
    let (token, address) = (panel.as_(panel.world.candidate), panel.api("/self-scores"));
    token.put_json(&address, json!({})).await.refuses("areas");
    token.put_json(&address, json!({"areas": [{"area": 1, "value": 3}]})).await.refuses("areas");
    let wrong = json!({"areas": [{"area": 6, "value": 3}, {"area": 2, "value": 0}]});
    token.put_json(&address, wrong).await.refuses("areas.0.area").refuses("areas.1.value");
    token.put_json(&address, json!({"skipped": true, "areas": [{"area": 1, "value": 3}]})).await.refuses("skipped");
    token.put_json(&address, json!({"scores": []})).await.is(400);

    let browser = panel.app.signed_in(panel.world.candidate);
    let shown = browser.post_form(&page(&panel, "/self-scores"), [("area_1", "4"), ("area_3", "9")]).await;
    let shown = shown.refuses("area_2").refuses("area_3").refuses("area_5");
    assert_eq!(shown.error_at("area_1"), None);
    assert!(shown.text().contains("name=\"area_1\" value=\"4\" checked"), "what was chosen is kept");
    assert_eq!(panel.app.count("SELECT count(*) FROM self_scores"), 0);
}

#[actix_web::test]
async fn the_panel_sees_them_in_an_open_debrief_with_its_own_cards_in_and_not_before() {
    let panel = over(Mode::Hiring).await;
    panel.as_(panel.world.candidate).put_json(&panel.api("/self-scores"), five([2, 2, 2, 2, 2])).await.is(200);
    let own = |debrief: &Value| debrief["areas"].as_array().unwrap().iter().map(|area| area["self_score"].clone()).collect::<Vec<_>>();
    card(&panel, panel.first, [3, 4, 4, 4, 3]).await;
    for account in [panel.first, panel.second, panel.shadow, panel.observer, panel.world.lead, panel.world.owner] {
        for path in ["/debrief", "/scorecards", "/report", "/self-scores"] {
            panel.as_(account).get(&panel.api(path)).await.hides("self_score").hides("\"value\":2");
        }
    }
    panel.as_(panel.world.owner).post_json(&panel.api("/debrief"), json!({"reason": "Sam is away"})).await.is(201);
    // Who owes a card sees them neither.
    for owing in [panel.second, panel.shadow] {
        panel.as_(owing).get(&panel.api("/debrief")).await.is(403).hides("self_score");
    }
    for reader in [panel.first, panel.observer, panel.world.owner] {
        let debrief = panel.as_(reader).get(&panel.api("/debrief")).await.is(200).json();
        assert_eq!(own(&debrief), vec![json!(2); 5]);
    }
    card(&panel, panel.second, [3, 4, 4, 4, 3]).await;
    assert_eq!(own(&panel.as_(panel.second).get(&panel.api("/debrief")).await.is(200).json()), vec![json!(2); 5]);
}

#[actix_web::test]
async fn nobody_gives_them_for_the_candidate() {
    let panel = over(Mode::Hiring).await;
    for account in [panel.first, panel.observer, panel.world.lead, panel.world.owner] {
        panel.as_(account).put_json(&panel.api("/self-scores"), five([5, 5, 5, 5, 5])).await.is(403);
        panel.app.signed_in(account).post_form(&page(&panel, "/self-scores"), [("skip", "true")]).await.is(403);
    }
    for account in [panel.world.interviewer, panel.world.outsider] {
        panel.as_(account).put_json(&panel.api("/self-scores"), five([5, 5, 5, 5, 5])).await.is(404);
    }
    panel.app.anon().put_json(&panel.api("/self-scores"), five([5, 5, 5, 5, 5])).await.is(401);
}

#[actix_web::test]
async fn a_guest_by_link_scores_reads_and_prints() {
    let panel = debriefed(Mode::Hiring).await;
    save(&panel, report()).await.is(200);
    release(&panel).await.is(200);
    let guest = guest(&panel);
    guest.get(&page(&panel, "/report")).await.is(200).shows("How would you score yourself?").hides("Nearly ready");
    let form: Vec<_> = (1..=5).map(|area| (format!("area_{area}"), "3")).collect();
    assert_eq!(guest.post_form(&page(&panel, "/self-scores"), form).await.leads(), page(&panel, "/report"));
    let shown =
        guest.get(&page(&panel, "/report")).await.is(200).shows("Nearly ready").shows("Your own scores").shows("Print or save as PDF");
    shown.hides("CANARY").hides("Fia").hides("Olive");
    guest.get(&panel.api("/report")).await.is(200).shows("Nearly ready");
    guest.post_form(&page(&panel, "/report"), [("version", "1")]).await.is(403);
    // The link is over: so is the reading.
    panel.app.sql(&format!("UPDATE candidate_links SET revoked_at = '{}'", panel.app.now()));
    guest.get(&panel.api("/report")).await.is(401);
}
