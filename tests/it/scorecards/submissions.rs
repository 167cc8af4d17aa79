//! Submission and what comes after: complete, frozen, amended beside.

use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Panel;
use fivefold::policy::Mode;

fn fields(answer: &Value) -> Vec<&str> {
    answer["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

fn note(area: u8) -> Value {
    json!({"id": Uuid::from_u128(area.into()), "sign": "strength", "area": area, "text": "Said so."})
}

#[actix_web::test]
async fn r3_r4_a_submission_lists_everything_that_is_missing() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    let nothing = panel.submit(panel.first).await.is(422).json();
    let all = ["areas.0.value", "areas.1.value", "areas.2.value", "areas.3.value", "areas.4.value", "recommendation", "confidence"];
    assert_eq!(fields(&nothing), all);

    panel
        .save(
            panel.first,
            json!({"areas": [
        {"area": 1, "value": 3}, {"area": 2, "value": 5, "reason": "Knows it all."}, {"area": 3, "value": "not_asked"},
        {"area": 4, "value": "not_enough_evidence"}, {"area": 5, "value": 2, "reason": "Vague."},
    ], "recommendation": "no", "confidence": "low"}),
        )
        .await
        .is(200);
    let answer = panel.submit(panel.first).await.is(422).json();
    assert_eq!(fields(&answer), ["areas.0.reason", "areas.1.evidence"]);
    let card = panel.as_(panel.first).get(&panel.api("/scorecard")).await.json();
    let missing: Vec<_> = card["missing"].as_array().unwrap().iter().map(|missing| missing["field"].as_str().unwrap()).collect();
    assert_eq!(missing, ["areas.0.reason", "areas.1.evidence"], "the draft says the same before");

    panel.save(panel.first, json!({"evidence": [note(1), note(2)]})).await.is(200);
    let submitted = panel.submit(panel.first).await.is(201);
    assert_eq!(submitted.location(), panel.api("/scorecard"));
    let submitted = submitted.json();
    assert_eq!((&submitted["areas"][2]["value"], &submitted["areas"][3]["value"]), (&json!("not_asked"), &json!("not_enough_evidence")));
    assert!(submitted["submitted_at"].is_string() && submitted["missing"] == json!([]));
}

#[actix_web::test]
async fn r5_a_submitted_card_is_locked_and_its_first_revision_is_the_blind_one() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    panel.card(panel.first, 3).await;
    let locked = panel.save(panel.first, json!({"next_step": "late"})).await.is(409).json();
    assert!(locked["type"].as_str().unwrap().ends_with("/scorecard-submitted"));
    panel.submit(panel.first).await.is(409);
    let card = panel.as_(panel.first).get(&panel.api("/scorecard")).await.json();
    assert_eq!(card["next_step"], "Practise 3.");
    let revision = &card["revisions"][0];
    assert_eq!((&revision["number"], &revision["blind"], &revision["others_visible"]), (&json!(1), &json!(true), &json!(false)));
    assert_eq!((&revision["author"], &revision["content"]["areas"]), (&json!("Fia First"), &card["areas"]));
}

#[actix_web::test]
async fn fifty_equal_submissions_make_one_revision() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    panel.save(panel.first, panel.complete(3)).await.is(200);
    let answers = join_all((0..50).map(|_| panel.submit(panel.first))).await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.retain(|status| *status != 409 && *status != 503);
    assert_eq!(statuses, [201]);
    assert_eq!(panel.app.count("SELECT count(*) FROM scorecard_revisions"), 1);
}

#[actix_web::test]
async fn a_card_is_handed_in_from_the_start_on_and_only_of_an_interview_that_was_held() {
    let panel = Panel::new().await;
    panel.save(panel.first, panel.complete(3)).await.is(200);
    let early = panel.submit(panel.first).await.is(409).json();
    assert!(early["type"].as_str().unwrap().ends_with("/not-started"));
    panel.app.sql(&format!("UPDATE interviews SET no_show_at = now() WHERE id = '{}'", panel.id));
    panel.app.at("2026-03-02T11:00:00Z");
    let not_held = panel.submit(panel.first).await.is(409).json();
    assert!(not_held["type"].as_str().unwrap().ends_with("/not-held"));
    panel.app.sql(&format!("UPDATE interviews SET no_show_at = NULL WHERE id = '{}'", panel.id));
    // Held without a room: the planned start has passed.
    panel.submit(panel.first).await.is(201);
}

#[actix_web::test]
async fn each_kind_of_interview_takes_its_own_words() {
    let panel = Panel::of(Mode::Mock).await;
    panel.hold(panel.id);
    panel.save(panel.first, json!({"recommendation": "strong_yes"})).await.refuses("recommendation");
    panel.save(panel.first, json!({"recommendation": "cannot_say"})).await.is(200);
    panel.card(panel.first, 3).await;
    let amendment = json!({"recommendation": "no", "reason": "On second thought."});
    panel.as_(panel.first).post_json(&panel.api("/scorecard/revisions"), amendment).await.refuses("recommendation");
}

#[actix_web::test]
async fn r5_r7_an_amendment_stands_beside_the_first_and_says_whether_others_were_visible() {
    let panel = Panel::new().await;
    // A third card is owed to the end, so that the debrief stays closed.
    panel.seat(panel.id, panel.world.lead, "interviewer");
    panel.hold(panel.id);
    let (me, path) = (panel.as_(panel.first), panel.api("/scorecard/revisions"));
    me.post_json(&path, json!({"areas": [{"area": 1, "value": 4}], "reason": "Typing."})).await.is(409);
    panel.card(panel.first, 3).await;

    let amended = me.post_json(&path, json!({"areas": [{"area": 1, "value": 4}], "reason": "I mistyped it."})).await.is(201).json();
    let revision = |card: &Value, i: usize| card["revisions"][i].clone();
    let second = revision(&amended, 1);
    assert_eq!((&second["blind"], &second["others_visible"], &second["after_debrief"]), (&json!(false), &json!(false), &json!(false)));
    assert_eq!((&second["reason"], &second["content"]["areas"][0]["value"]), (&json!("I mistyped it."), &json!(4)));

    panel.card(panel.second, 5 - 1).await;
    let amended = me.post_json(&path, json!({"next_step": "Read logs.", "reason": "Better."})).await.is(201).json();
    assert_eq!((&revision(&amended, 2)["others_visible"], &revision(&amended, 2)["after_debrief"]), (&json!(true), &json!(false)));
    panel.open_debrief(panel.id);
    let amended = me.post_json(&path, json!({"areas": [{"area": 2, "value": 2}], "reason": "Sam saw it."})).await.is(201).json();
    let fourth = revision(&amended, 3);
    assert_eq!((&fourth["others_visible"], &fourth["after_debrief"]), (&json!(true), &json!(true)));
    assert_eq!(
        (&fourth["content"]["areas"][0]["value"], &fourth["content"]["areas"][1]["value"]),
        (&json!(4), &json!(2)),
        "built on the one before"
    );
    // The first scores are what they were, for the author and for the others.
    assert_eq!(amended["areas"][0]["value"], 3);
    let items = panel.as_(panel.second).get(&panel.api("/scorecards")).await.json()["items"].clone();
    let theirs = items.as_array().unwrap().iter().find(|item| item["name"] == "Fia First").unwrap();
    assert_eq!((&theirs["areas"][0]["value"], theirs["revisions"].as_array().unwrap().len()), (&json!(3), 4));
}

#[actix_web::test]
async fn an_amendment_has_a_reason_changes_something_and_keeps_the_rules_of_a_card() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    panel.card(panel.first, 3).await;
    let amend = |body: Value| {
        let panel = &panel;
        async move { panel.as_(panel.first).post_json(&panel.api("/scorecard/revisions"), body).await }
    };
    amend(json!({"areas": [{"area": 1, "value": 4}]})).await.refuses("reason");
    amend(json!({"areas": [{"area": 1, "value": 3}], "reason": "None."})).await.refuses("areas");
    amend(json!({"areas": [{"area": 1, "value": 9}], "reason": ""})).await.refuses("areas.0.value").refuses("reason");
    amend(json!({"areas": [{"area": 1, "value": 5}], "reason": "More."})).await.refuses("areas.0.evidence");
    amend(json!({"areas": [{"area": 1, "value": null}], "reason": "Less."})).await.refuses("areas.0.value");
    amend(json!({"ticks": [], "reason": "x"})).await.is(400);
    amend(json!({"areas": [{"area": 1, "value": 5}], "evidence": [note(1)], "reason": "More."})).await.is(201);
    assert_eq!(panel.app.count("SELECT count(*) FROM scorecard_revisions"), 2);
}

#[actix_web::test]
async fn a_reminder_goes_to_who_owes_a_card_after_the_end_and_says_nothing_of_any() {
    let panel = Panel::new().await;
    let (team, id) = (panel.world.team, panel.id);
    let actor = fivefold::policy::Actor {
        person: fivefold::policy::Person::System,
        team: Some(fivefold::policy::TeamOfActor {
            id: team,
            name: "North".into(),
            mode: Mode::Hiring,
            personal: false,
            time_zone: chrono_tz::Tz::UTC,
            role: None,
        }),
    };
    let remind = |at: &str| {
        let (actor, at) = (actor.clone(), at.parse().unwrap());
        panel.app.system(team, move |tx| fivefold::scorecards::remind_later(tx, &actor, id, at));
    };
    // Before the end, whatever the clock says, nobody is written to.
    remind("2026-03-02T09:30:00Z");
    panel.app.at("2026-03-02T09:30:00Z");
    panel.app.run_jobs().await;
    assert!(panel.app.mails().is_empty());

    panel.save(panel.second, json!({"areas": [{"area": 1, "value": 2, "reason": "Weak on locks."}]})).await.is(200);
    remind("2026-03-02T12:00:00Z");
    panel.hold(panel.id);
    panel.card(panel.first, 3).await;
    panel.app.run_jobs().await;
    assert!(panel.app.mails().is_empty(), "not before its time");
    panel.app.at("2026-03-02T12:00:00Z");
    panel.app.run_jobs().await;
    let mails = panel.app.mails();
    let mut to: Vec<_> = mails.iter().map(|mail| mail.to_name.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["Sam Second", "Sha Shadow"]);
    for mail in &mails {
        assert!(mail.subject.contains("Cleo Candidate") && mail.link().ends_with(&format!("/interviews/{id}/scorecard")), "{mail:?}");
        assert!(!mail.body_text.contains("locks") && !mail.body_text.contains("Weak"), "{}", mail.body_text);
    }
    panel.app.sql(&format!("UPDATE interviews SET cancelled_at = '2026-03-02T12:00:00Z' WHERE id = '{id}'"));
    remind("2026-03-02T12:00:00Z");
    panel.app.run_jobs().await;
    assert_eq!(panel.app.mails().len(), 2, "a cancelled interview needs no cards");
}
