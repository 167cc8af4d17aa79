//! Résumé claims: on the record, and each interviewer's verdict on their own card.

use fivefold::policy::AccountId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Panel;

/// Adds a claim to the candidate's record, as the lead.
async fn claim(panel: &Panel, text: &str) -> String {
    let claims = panel.world.api(&format!("/candidates/{}/claims", panel.candidate_record));
    panel.as_(panel.world.lead).post_json(&claims, json!({"text": text, "detail": "Ask how."})).await.is(201).id()
}

fn place(panel: &Panel, id: &str) -> String {
    panel.world.api(&format!("/candidates/{}/claims/{id}", panel.candidate_record))
}

async fn claims_of(panel: &Panel, account: AccountId) -> Value {
    panel.as_(account).get(&panel.api("/scorecard")).await.is(200).json()["claims"].clone()
}

fn mark(id: &str, value: &str, evidence: &str) -> Value {
    json!({"claim_id": id, "value": value, "evidence": evidence})
}

#[actix_web::test]
async fn leads_keep_the_claims_of_a_record_by_either_door() {
    let panel = Panel::new().await;
    let (world, app) = (&panel.world, &panel.app);
    let list = world.api(&format!("/candidates/{}/claims", panel.candidate_record));
    let page = world.page(&format!("/candidates/{}", panel.candidate_record));
    let lead = app.token(world.lead);
    let made = lead.post_json(&list, json!({"text": " Cut latency by 60% "})).await.is(201);
    assert_eq!(made.location(), format!("{list}/{}", made.id()));
    let browser = app.signed_in(world.owner);
    browser.post_form(&format!("{page}/claims"), [("text", "Led a team"), ("detail", "Of how many?")]).await.is(303);
    browser.get(&page).await.is(200).shows("Cut latency by 60%").shows("Led a team").shows("Of how many?");
    let items = lead.get(&list).await.is(200).json()["items"].clone();
    assert_eq!(
        (&items[0]["text"], &items[1]["detail"], items.as_array().unwrap().len()),
        (&json!("Cut latency by 60%"), &json!("Of how many?"), 2)
    );

    // A change stands on a version; what was typed is not lost.
    let first = items[0]["id"].as_str().unwrap();
    lead.put_json(&format!("{list}/{first}"), json!({"text": "Cut it"})).await.is(428);
    lead.if_match(1).put_json(&format!("{list}/{first}"), json!({"text": "Cut latency by half"})).await.is(200);
    let stale = lead.if_match(1).put_json(&format!("{list}/{first}"), json!({"text": "Cut it"})).await.is(412).json();
    assert_eq!(stale["current"]["text"], "Cut latency by half");
    let form = [("text", "Cut it all"), ("detail", ""), ("version", "1")];
    browser.post_form(&format!("{page}/claims/{first}"), form).await.is(412).shows("It now says: Cut latency by half").shows("Cut it all");
    let form = [("text", "Cut it all"), ("detail", ""), ("version", "2")];
    browser.post_form(&format!("{page}/claims/{first}"), form).await.is(303);
    assert_eq!(lead.get(&list).await.json()["items"][0]["text"], "Cut it all");

    // A mistake is shown with what was typed.
    lead.post_json(&list, json!({"text": ""})).await.refuses("text");
    lead.post_json(&list, json!({"text": "x", "place": 1})).await.is(400);
    let long = "x".repeat(301);
    let again = browser.post_form(&format!("{page}/claims"), [("text", long.as_str()), ("detail", "Kept.")]).await.refuses("text");
    again.shows("Kept.");

    lead.delete(&format!("{list}/{first}")).await.is(204);
    lead.delete(&format!("{list}/{first}")).await.is(404);
    let second = items[1]["id"].as_str().unwrap();
    browser.post_form(&format!("{page}/claims/{second}/removal"), [("", "")]).await.is(303);
    assert_eq!(lead.get(&list).await.json()["items"], json!([]));
    app.token(world.interviewer).get(&list).await.is(403);
    app.token(world.candidate).get(&list).await.is(403);
    app.token(world.outsider).get(&list).await.is(404);
}

#[actix_web::test]
async fn a_verdict_is_saved_in_parts_once_for_each_key_and_on_its_version() {
    let panel = Panel::new().await;
    let (one, two) = (claim(&panel, "Cut latency by 60%").await, claim(&panel, "Led a team").await);
    let unmarked = json!({"claim_id": one, "text": "Cut latency by 60%", "detail": "Ask how.", "value": null, "evidence": ""});
    assert_eq!(claims_of(&panel, panel.first).await[0], unmarked);

    let me = panel.as_(panel.first).if_match(0).once();
    let patch = json!({"claims": [mark(&one, "partly", "The cache was hers."), {"claim_id": two, "value": "not_asked"}]});
    for _ in 0..2 {
        let saved = me.patch_json(&panel.api("/scorecard"), &patch).await.is(200).json();
        assert_eq!(saved["version"], 1, "a repeat gets the first answer");
    }
    me.patch_json(&panel.api("/scorecard"), json!({"claims": [mark(&one, "confirmed", "")]})).await.is(422);
    panel.as_(panel.first).if_match(0).once().patch_json(&panel.api("/scorecard"), &patch).await.is(412);
    panel
        .save(panel.first, json!({"claims": [{"claim_id": one, "evidence": "The index, too."}, {"claim_id": two, "value": null}]}))
        .await
        .is(200);
    let card = claims_of(&panel, panel.first).await;
    assert_eq!((&card[0]["value"], &card[0]["evidence"], &card[1]["value"]), (&json!("partly"), &json!("The index, too."), &Value::Null));
    panel.save(panel.first, json!({"claims": [mark(&one, "maybe", "")]})).await.refuses("claims.0.value");
    panel.save(panel.first, json!({"claims": [{"claim_id": one, "verdict": "partly"}]})).await.is(400);
    panel.save(panel.first, json!({"claims": [mark(&Uuid::new_v4().to_string(), "partly", "")]})).await.refuses("claims.0.claim_id");
    let other = panel.as_(panel.world.lead).post_json(&panel.world.api("/candidates"), json!({"name": "Another"})).await.is(201).id();
    let theirs = panel.world.api(&format!("/candidates/{other}/claims"));
    let foreign = panel.as_(panel.world.lead).post_json(&theirs, json!({"text": "Not hers"})).await.is(201).id();
    panel.save(panel.first, json!({"claims": [mark(&foreign, "partly", "")]})).await.refuses("claims.0.claim_id");
}

#[actix_web::test]
async fn the_forms_of_scorecard_and_room_mark_claims_too() {
    let panel = Panel::new().await;
    let one = claim(&panel, "Cut latency by 60%").await;
    let browser = panel.app.signed_in(panel.first);
    let page = panel.world.page(&format!("/interviews/{}", panel.id));
    let form = browser.get(&format!("{page}/scorecard")).await.is(200).shows("Cut latency by 60%").shows("Ask how.");
    let (version, key) = (form.typed("version").unwrap(), form.typed("key").unwrap());
    let fields = [
        ("version", version.as_str()),
        ("key", key.as_str()),
        ("claims.0.id", one.as_str()),
        ("claims.0.value", "partly"),
        ("claims.0.evidence", "The cache was hers."),
    ];
    browser.post_form(&format!("{page}/scorecard"), fields).await.is(303);
    let card = claims_of(&panel, panel.first).await;
    assert_eq!((&card[0]["value"], &card[0]["evidence"]), (&json!("partly"), &json!("The cache was hers.")));
    // The same form again, from before: both are shown, nothing is overwritten.
    let key = Uuid::new_v4().to_string();
    let stale = [("version", "0"), ("key", key.as_str()), ("claims.0.id", one.as_str()), ("claims.0.value", "confirmed")];
    browser.post_form(&format!("{page}/scorecard"), stale).await.is(412).shows("Verdict on").shows("Partly").shows("Confirmed");

    panel.app.at("2026-03-02T10:00:00Z");
    panel.as_(panel.first).put_json(&panel.api("/room"), json!({"phase": "live"})).await.is(200);
    let room = browser.get(&format!("{page}/room")).await.is(200).shows("Cut latency by 60%").shows("The cache was hers.");
    let version = room.typed("version").unwrap();
    let marks = [
        ("version", version.as_str()),
        ("claim_of", one.as_str()),
        ("claim_value", "not_confirmed"),
        ("claim_evidence", "Could not say of what."),
    ];
    browser.post_form(&format!("{page}/room/marks"), marks).await.is(303);
    let card = claims_of(&panel, panel.first).await;
    assert_eq!((&card[0]["value"], &card[0]["evidence"]), (&json!("not_confirmed"), &json!("Could not say of what.")));
    // Claims are for who scores.
    for reader in [panel.observer, panel.world.candidate] {
        panel.app.signed_in(reader).get(&format!("{page}/room")).await.is(200).hides("Cut latency by 60%");
    }
}

#[actix_web::test]
async fn verdicts_are_as_blind_as_the_rest_of_a_card() {
    let panel = Panel::new().await;
    let one = claim(&panel, "Cut latency by 60%").await;
    panel.hold(panel.id);
    panel.save(panel.second, json!({"claims": [mark(&one, "not_confirmed", "CANARY-SAID")]})).await.is(200);
    panel.card(panel.second, 3).await;
    let blind = async |reader: AccountId| {
        for path in ["/scorecard", "/scorecards", "/debrief", "/room"] {
            let answer = panel.as_(reader).get(&panel.api(path)).await;
            assert!(!answer.text().contains("CANARY-SAID") && !answer.text().contains("not_confirmed"), "{path} for {reader}");
        }
        let page = panel.world.page(&format!("/interviews/{}", panel.id));
        for path in ["", "/scorecard", "/scorecards", "/debrief", "/room"] {
            assert!(!panel.app.signed_in(reader).get(&format!("{page}{path}")).await.text().contains("CANARY-SAID"), "{path} for {reader}");
        }
    };
    for reader in [panel.first, panel.shadow, panel.observer, panel.world.lead, panel.world.candidate] {
        blind(reader).await;
    }
    panel.card(panel.first, 3).await;
    let debrief = panel.as_(panel.world.lead).get(&panel.api("/debrief")).await.is(200).json();
    let expected = json!([{"claim_id": one, "text": "Cut latency by 60%", "verdicts": [
        {"account_id": panel.second, "name": "Sam Second", "own": false, "counted": true, "value": "not_confirmed", "evidence": "CANARY-SAID"}]}]);
    assert_eq!(debrief["claims"], expected);
    let page = panel.world.page(&format!("/interviews/{}", panel.id));
    for path in ["/debrief", "/scorecards"] {
        panel.app.signed_in(panel.world.lead).get(&format!("{page}{path}")).await.is(200).shows("Not confirmed").shows("CANARY-SAID");
    }
    blind(panel.shadow).await;
    blind(panel.world.candidate).await;
}

#[actix_web::test]
async fn a_submitted_card_keeps_the_claim_in_the_words_it_was_judged_by() {
    let panel = Panel::new().await;
    let (one, two) = (claim(&panel, "Cut latency by 60%").await, claim(&panel, "Led a team").await);
    panel.hold(panel.id);
    panel.save(panel.first, json!({"claims": [mark(&one, "partly", "The cache."), mark(&two, "confirmed", "")]})).await.is(200);
    panel.save(panel.second, json!({"claims": [mark(&two, "not_asked", "")]})).await.is(200);
    panel.card(panel.first, 3).await;
    let lead = panel.as_(panel.world.lead);
    lead.if_match(1).put_json(&place(&panel, &one), json!({"text": "Cut latency by half"})).await.is(200);
    lead.delete(&place(&panel, &two)).await.is(204);

    let kept = claims_of(&panel, panel.first).await;
    assert_eq!(
        (&kept[0]["text"], &kept[0]["value"], &kept[1]["text"]),
        (&json!("Cut latency by 60%"), &json!("partly"), &json!("Led a team"))
    );
    let page = panel.world.page(&format!("/interviews/{}/scorecard/submission", panel.id));
    panel.app.signed_in(panel.first).get(&page).await.is(200).shows("Cut latency by 60%").shows("Led a team").shows("Partly");
    let draft = claims_of(&panel, panel.second).await;
    assert_eq!((draft.as_array().unwrap().len(), &draft[0]["text"]), (1, &json!("Cut latency by half")), "a draft follows the record");
    // What a browser had of a removed claim is still saved without a word of blame.
    panel.save(panel.second, json!({"claims": [mark(&two, "confirmed", "")]})).await.is(200);
    panel.card(panel.second, 3).await;
    let texts: Vec<_> = lead.get(&panel.api("/debrief")).await.is(200).json()["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| claim["text"].clone())
        .collect();
    assert_eq!(texts, ["Cut latency by 60%", "Led a team"]);
    panel.save(panel.first, json!({"claims": [mark(&one, "confirmed", "")]})).await.is(409);
}
