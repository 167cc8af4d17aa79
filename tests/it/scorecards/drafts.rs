//! The draft: saved in parts, by version, once for each key.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Panel;
use crate::support::Client;

#[actix_web::test]
async fn a_draft_begins_empty_and_keeps_every_kind_of_entry() {
    let panel = Panel::new().await;
    let me = panel.as_(panel.first);
    let empty = me.get(&panel.api("/scorecard")).await.is(200);
    assert_eq!(empty.header("ETag"), "\"0\"");
    let empty = empty.json();
    assert_eq!((&empty["version"], &empty["submitted_at"], empty["areas"].as_array().unwrap().len()), (&json!(0), &Value::Null, 5));
    assert_eq!(empty["areas"][0], json!({"area": 1, "value": null, "reason": ""}));
    assert_eq!(empty["questions"].as_array().unwrap().len(), 3);

    let question = &panel.questions[1];
    let note =
        json!({"id": Uuid::from_u128(5), "sign": "concern", "area": 2, "question_id": question, "at_seconds": 61, "text": "Guessed."});
    let saved = panel
        .save(panel.first, json!({
            "areas": [{"area": 1, "value": 4, "reason": "Because."}, {"area": 2, "value": "not_enough_evidence"}, {"area": 3, "value": "not_asked"}],
            "questions": [{"question_id": question, "value": 2}],
            "evidence": [note],
            "ticks": [{"question_id": question, "kind": "listen_for", "index": 1, "on": true}],
            "warning_signs": [{"key": "blames-others", "question_id": null, "on": true}, {"key": "question:0", "question_id": question, "on": true}],
            "recommendation": "no", "confidence": "high", "next_step": "Rest.",
        }))
        .await
        .is(200);
    assert_eq!((saved.header("ETag"), &saved.json()["version"]), ("\"1\"", &json!(1)));
    let card = me.get(&panel.api("/scorecard")).await.is(200).json();
    assert_eq!(card["areas"][0], json!({"area": 1, "value": 4, "reason": "Because."}));
    assert_eq!((&card["areas"][1]["value"], &card["areas"][2]["value"]), (&json!("not_enough_evidence"), &json!("not_asked")));
    assert_eq!((&card["questions"][0]["value"], &card["questions"][1]["value"]), (&Value::Null, &json!(2)));
    assert_eq!(card["evidence"], json!([note]));
    assert_eq!(card["ticks"], json!([{"question_id": question, "kind": "listen_for", "index": 1, "on": true}]));
    assert_eq!(card["warning_signs"].as_array().unwrap().len(), 2);
    assert_eq!((&card["recommendation"], &card["confidence"], &card["next_step"]), (&json!("no"), &json!("high"), &json!("Rest.")));
}

#[actix_web::test]
async fn what_a_save_does_not_name_stays_and_null_clears() {
    let panel = Panel::new().await;
    panel.save(panel.first, panel.complete(3)).await.is(200);
    let note = |id: u128, text: &str| json!({"id": Uuid::from_u128(id), "sign": "neutral", "text": text});
    panel.save(panel.first, json!({"evidence": [note(1, "One."), note(2, "Two.")]})).await.is(200);
    panel.save(panel.first, json!({"areas": [{"area": 2, "value": null}], "recommendation": null, "evidence": [{"id": Uuid::from_u128(1), "deleted": true}, note(2, "Changed.")]})).await.is(200);
    let card = panel.as_(panel.first).get(&panel.api("/scorecard")).await.json();
    assert_eq!(card["areas"][1], json!({"area": 2, "value": null, "reason": "Reason 3."}));
    assert_eq!((&card["areas"][0]["value"], &card["recommendation"], &card["confidence"]), (&json!(3), &Value::Null, &json!("medium")));
    let notes = card["evidence"].as_array().unwrap();
    assert_eq!((notes.len(), &notes[0]["text"]), (1, &json!("Changed.")));
}

#[actix_web::test]
async fn r8_a_repeat_of_a_save_counts_once_and_gets_its_own_answer_whatever_came_after() {
    let panel = Panel::new().await;
    let first = panel.as_(panel.first).if_match(0).once();
    let path = panel.api("/scorecard");
    assert_eq!(first.patch_json(&path, json!({"next_step": "a"})).await.is(200).json()["version"], 1);
    panel.save(panel.first, json!({"next_step": "b"})).await.is(200);
    panel.save(panel.first, json!({"next_step": "c"})).await.is(200);

    // The answer was lost: the same request comes again.
    let again = first.patch_json(&path, json!({"next_step": "a"})).await.is(200);
    assert_eq!((again.header("ETag"), &again.json()["version"]), ("\"1\"", &json!(1)));
    assert_eq!(panel.as_(panel.first).get(&path).await.json()["next_step"], "c", "and changed nothing");
    // With the newest version too: the key decides.
    first.if_match(3).patch_json(&path, json!({"next_step": "a"})).await.is(200);
    assert_eq!(panel.as_(panel.first).get(&path).await.json()["version"], 3);

    let reused = first.patch_json(&path, json!({"next_step": "other"})).await.is(422);
    assert!(reused.json()["type"].as_str().unwrap().ends_with("/idempotency-key-reused"));
    // Somebody else's key is another key.
    let key = "8b0e9f52-6c5b-4a37-9d4c-000000000001";
    for account in [panel.first, panel.second] {
        let version = panel.as_(account).get(&path).await.json()["version"].as_i64().unwrap();
        panel.as_(account).if_match(version).with("Idempotency-Key", key).patch_json(&path, json!({"confidence": "low"})).await.is(200);
    }
    // After submission the lost answer is still given.
    panel.app.at("2026-03-02T11:00:00Z");
    panel.card(panel.first, 3).await;
    first.patch_json(&path, json!({"next_step": "a"})).await.is(200);
}

#[actix_web::test]
async fn a_stale_save_is_412_with_the_whole_newest_card_and_one_without_version_428() {
    let panel = Panel::new().await;
    let (me, path) = (panel.as_(panel.first), panel.api("/scorecard"));
    me.if_match(0).once().patch_json(&path, json!({"next_step": "mine"})).await.is(200);
    for version in [0, 2, 7] {
        let stale = me.if_match(version).once().patch_json(&path, json!({"next_step": "other"})).await.is(412).json();
        assert_eq!((&stale["current"]["version"], &stale["current"]["next_step"]), (&json!(1), &json!("mine")));
        assert_eq!(stale["current"]["areas"].as_array().unwrap().len(), 5);
    }
    me.once().patch_json(&path, json!({})).await.is(428);
    me.if_match(1).patch_json(&path, json!({})).await.is(400);
    me.if_match(1).with("Idempotency-Key", "no uuid").patch_json(&path, json!({})).await.is(400);
    me.with("If-Match", "one").once().patch_json(&path, json!({})).await.is(400);
    // A card that is not there is version 0.
    let other = panel.as_(panel.second);
    let stale = other.if_match(1).once().patch_json(&path, json!({"next_step": "x"})).await.is(412).json();
    assert_eq!(stale["current"]["version"], 0);
    assert_eq!(panel.app.count("SELECT count(*) FROM scorecards"), 1);
}

#[actix_web::test]
async fn what_cannot_be_is_refused_with_its_member_named_and_changes_nothing() {
    let panel = Panel::new().await;
    let refuses = |patch: Value, field: &'static str| async { panel.save(panel.first, patch).await.refuses(field) };
    refuses(json!({"areas": [{"area": 1, "value": 6}]}), "areas.0.value").await;
    refuses(json!({"areas": [{"area": 1, "value": 3}, {"area": 2, "value": "good"}]}), "areas.1.value").await;
    refuses(json!({"areas": [{"area": 0, "value": 3}]}), "areas.0.area").await;
    refuses(json!({"questions": [{"question_id": Uuid::from_u128(3), "value": 3}]}), "questions.0.question_id").await;
    refuses(
        json!({"evidence": [{"id": Uuid::from_u128(3), "sign": "strength", "text": "x", "question_id": Uuid::from_u128(3)}]}),
        "evidence.0.question_id",
    )
    .await;
    refuses(json!({"ticks": [{"question_id": Uuid::from_u128(3), "kind": "probe", "index": 0, "on": true}]}), "ticks.0.question_id").await;
    refuses(json!({"evidence": [{"id": Uuid::from_u128(3), "sign": "strength", "text": "é".repeat(10_001)}]}), "evidence.0.text").await;
    refuses(json!({"recommendation": "ready_now"}), "recommendation").await;
    refuses(json!({"confidence": "sure"}), "confidence").await;
    panel.save(panel.first, json!({"unknown": 1})).await.is(400).shows("unknown");
    panel.save(panel.first, json!({"areas": [{"area": 1, "score": 3}]})).await.is(400);
    panel.save(panel.first, json!({"areas": "all"})).await.is(400);
    let long = vec![json!({"id": Uuid::from_u128(3), "sign": "strength", "text": "x".repeat(9_000)}); 60];
    panel.save(panel.first, json!({"evidence": long})).await.is(413);
    assert_eq!(panel.app.count("SELECT count(*) FROM scorecards"), 0);
    // Two of the right size go.
    let note = |id: u128| json!({"id": Uuid::from_u128(id), "sign": "strength", "text": "é".repeat(10_000)});
    panel.save(panel.first, json!({"evidence": [note(1), note(2)]})).await.is(200);
}

#[actix_web::test]
async fn a_card_does_not_grow_without_end() {
    let panel = Panel::new().await;
    let random = |seed: u64| -> String {
        let mut state = seed | 1;
        (0..9_900)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from(b'!' + ((state >> 33) % 90) as u8)
            })
            .collect()
    };
    let mut saved = 0;
    loop {
        let notes: Vec<_> = (0..40)
            .map(|i| json!({"id": Uuid::from_u128(saved * 100 + i), "sign": "neutral", "text": random((saved * 100 + i) as u64 + 7)}))
            .collect();
        let answer = panel.save(panel.first, json!({"evidence": notes})).await;
        if answer.status != 200 {
            answer.is(413);
            break;
        }
        saved += 1;
        assert!(saved < 20, "a card grows without end");
    }
    assert!(saved >= 2, "a card takes hundreds of long notes");
}

#[actix_web::test]
async fn who_has_no_scoring_seat_writes_nothing() {
    let panel = Panel::new().await;
    let patch = json!({"next_step": "x"});
    let try_all = |client: Client, status: u16| {
        let (patch, panel) = (patch.clone(), &panel);
        async move {
            client.get(&panel.api("/scorecard")).await.is(status);
            client.if_match(0).once().patch_json(&panel.api("/scorecard"), patch).await.is(status);
            client.put_json(&panel.api("/scorecard/submission"), json!({})).await.is(status);
            client.post_json(&panel.api("/scorecard/revisions"), json!({"reason": "Why."})).await.is(status);
        }
    };
    for account in [panel.observer, panel.world.candidate, panel.world.lead, panel.world.owner] {
        try_all(panel.as_(account), 403).await;
    }
    for account in [panel.world.interviewer, panel.world.outsider] {
        try_all(panel.as_(account), 404).await;
    }
    try_all(panel.app.anon(), 401).await;
    // A seat that has ended.
    panel.app.sql(&format!("UPDATE seats SET removed_at = added_at WHERE account_id = '{}'", panel.second));
    try_all(panel.as_(panel.second), 404).await;
    // Somebody who joined after the end has no card to write.
    panel.hold(panel.id);
    panel.seat(panel.id, panel.world.interviewer, "interviewer");
    try_all(panel.as_(panel.world.interviewer), 403).await;
    assert_eq!(panel.app.count("SELECT count(*) FROM scorecards"), 0);
    // A shadow scores like an interviewer.
    panel.save(panel.shadow, patch).await.is(200);
}

#[actix_web::test]
async fn another_team_cannot_be_reached_through_the_path() {
    let panel = Panel::new().await;
    let foreign = format!("/api/v1/teams/{}/interviews/{}/scorecard", panel.world.other_team, panel.id);
    panel.as_(panel.world.outsider).get(&foreign).await.is(404);
    panel.as_(panel.world.outsider).if_match(0).once().patch_json(&foreign, json!({"next_step": "x"})).await.is(404);
    for id in ["nonsense", "00000000-0000-0000-0000-000000000000"] {
        let path = panel.world.api(&format!("/interviews/{id}/scorecard"));
        panel.as_(panel.first).get(&path).await.is(404);
        panel.as_(panel.first).if_match(0).once().patch_json(&path, json!({})).await.is(404);
    }
}

#[actix_web::test]
async fn an_autosave_is_two_statements_between_begin_and_commit() {
    let panel = Panel::new().await;
    let (me, path) = (panel.as_(panel.first), panel.api("/scorecard"));
    for version in 0..3 {
        let patch = json!({"areas": [{"area": 1, "value": 3}], "questions": [{"question_id": panel.questions[0], "value": 4}]});
        let (answer, sent) = panel.app.queries(me.if_match(version).once().patch_json(&path, patch)).await;
        answer.is(200);
        assert_eq!(sent.len(), 4, "{sent:#?}");
        assert!(sent[0].starts_with("BEGIN; SET LOCAL") && sent[1].contains("sign_ins") && sent[3] == "COMMIT", "{sent:#?}");
    }
}

#[actix_web::test]
async fn the_autosave_statement_is_planned_once_and_not_for_each_save() {
    let panel = Panel::new().await;
    for step in 0..12 {
        panel.save(panel.first, json!({"next_step": format!("{step}")})).await.is(200);
    }
    // Each pooled connection keeps its prepared statements.
    let kept = panel.app.server.db.clone();
    let team = panel.world.team;
    let door = fivefold::platform::db::Door::System { team: team.0, reason: "test" };
    let prepared = kept
        .read(door, |tx| {
            use diesel::RunQueryDsl as _;
            #[derive(diesel::QueryableByName)]
            struct Uses {
                #[diesel(sql_type = diesel::sql_types::BigInt)]
                uses: i64,
            }
            let query = "SELECT (generic_plans + custom_plans)::bigint AS uses FROM pg_prepared_statements WHERE statement LIKE '%INSERT INTO scorecards AS mine%'";
            Ok(diesel::sql_query(query).load::<Uses>(tx.conn())?.into_iter().map(|row| row.uses).collect::<Vec<_>>())
        })
        .await
        .unwrap();
    assert!(prepared.iter().sum::<i64>() > prepared.len() as i64, "used again: {prepared:?}");
}

/// Eight editors on two cards, fifty saves each, tried again on 412 as the browser does, and now and then
/// after an answer that was lost: every acknowledged save is there once, and nothing else.
#[actix_web::test]
async fn r8_under_concurrency_no_acknowledged_save_is_lost_or_doubled() {
    let panel = Panel::new().await;
    let path = panel.api("/scorecard");
    let editor = |editor: usize| {
        let account = if editor < 4 { panel.first } else { panel.second };
        let (client, panel, path) = (panel.as_(account), &panel, path.as_str());
        async move {
            let mut version = 0;
            for step in 0..50 {
                let body = json!({"ticks": [tick(panel, editor % 4 * 50 + step)]});
                version = saved(&client, path, version, &body, step % 7 == 0).await;
            }
        }
    };
    join_all((0..8).map(editor)).await;
    for account in [panel.first, panel.second] {
        let card = panel.as_(account).get(&path).await.is(200).json();
        let there: BTreeSet<_> = card["ticks"].as_array().unwrap().iter().map(Value::to_string).collect();
        assert_eq!(there, (0..200).map(|number| tick(&panel, number).to_string()).collect::<BTreeSet<_>>());
        assert_eq!(card["version"], 200, "one version for each save that counted");
    }
    assert_eq!(panel.app.count("SELECT count(*) FROM scorecard_saves"), 400);
}

/// A hundred lines in each of two lists: a tick of its own for every save.
fn tick(panel: &Panel, number: usize) -> Value {
    let kind = if number.is_multiple_of(2) { "probe" } else { "listen_for" };
    json!({"question_id": panel.questions[0], "kind": kind, "index": number / 2, "on": true})
}

/// Saves until it counts, and gives the new version.
async fn saved(client: &Client, path: &str, mut version: i64, body: &Value, lose_the_answer: bool) -> i64 {
    let mut request = client.once();
    loop {
        let answer = request.if_match(version).patch_json(path, body).await;
        match answer.status {
            200 if lose_the_answer => {
                let again = request.if_match(version).patch_json(path, body).await;
                assert!(again.status == 503 || again.json()["version"] == answer.json()["version"], "{}", again.text());
                return answer.json()["version"].as_i64().unwrap();
            }
            200 => return answer.json()["version"].as_i64().unwrap(),
            412 => {
                version = answer.json()["current"]["version"].as_i64().unwrap();
                request = client.once();
            }
            // The pool is small here: come back, with the same key.
            503 => {}
            _ => panic!("{}", answer.text()),
        }
    }
}

#[actix_web::test]
async fn fifty_first_saves_at_once_begin_one_card() {
    let panel = Panel::new().await;
    let path = panel.api("/scorecard");
    let same = panel.as_(panel.first).if_match(0).once();
    let answers = join_all((0..50).map(|_| same.patch_json(&path, json!({"next_step": "x"})))).await;
    // One wrote; the others are the same request and get its answer, or are told to come back.
    assert!(
        answers.iter().all(|answer| matches!(answer.status, 200 | 409 | 503)),
        "{:?}",
        answers.iter().map(|a| a.status).collect::<Vec<_>>()
    );
    assert!(answers.iter().filter(|answer| answer.status == 200).all(|answer| answer.json()["version"] == 1));
    assert!(answers.iter().any(|answer| answer.status == 200));
    assert_eq!((panel.app.count("SELECT count(*) FROM scorecards"), panel.app.count("SELECT count(*) FROM scorecard_saves")), (1, 1));
}
