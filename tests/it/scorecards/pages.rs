//! The same by page: forms that lose nothing, and pages that show nothing of another's draft.

use serde_json::{Value, json};

use super::Panel;
use crate::support::{Client, Response};
use fivefold::policy::AccountId;

impl Panel {
    fn page(&self, rest: &str) -> String {
        self.world.page(&format!("/interviews/{}{rest}", self.id))
    }

    fn browser(&self, account: AccountId) -> Client {
        self.app.signed_in(account)
    }

    async fn draft(&self, account: AccountId) -> Value {
        self.as_(account).get(&self.api("/scorecard")).await.is(200).json()
    }
}

/// The form of a page as a browser would send it, with these fields typed over.
fn typed(page: &Response, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut form: Vec<(String, String)> = ["version", "key", "next_step", "areas.0.reason", "areas.1.reason"]
        .iter()
        .filter(|name| !fields.iter().any(|(typed, _)| typed == *name))
        .filter_map(|name| Some(((*name).to_owned(), page.typed(name)?)))
        .collect();
    form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    form
}

#[actix_web::test]
async fn a_form_saves_what_json_saves() {
    let panel = Panel::new().await;
    let me = panel.browser(panel.first);
    let page = me.get(&panel.page("/scorecard")).await.is(200).shows("Your scorecard for Cleo").shows("Before you submit");
    let sign = page.typed("signs").unwrap();
    let fields = [
        ("areas.0.value", "4"),
        ("areas.0.reason", "Because.\r\nSo."),
        ("areas.1.value", "not_asked"),
        ("areas.2.evidence", "Saw it."),
        ("areas.2.sign", "concern"),
        ("recommendation", "yes"),
        ("confidence", "low"),
        ("next_step", "Rest."),
        ("signs", sign.as_str()),
        ("sign", sign.as_str()),
        ("at", "3"),
    ];
    let form = typed(&page, &fields);
    assert_eq!(me.post_form(&panel.page("/scorecard"), &form).await.leads(), format!("{}#area-3", panel.page("/scorecard")));
    let card = panel.draft(panel.first).await;
    assert_eq!(
        (&card["areas"][0], &card["areas"][1]["value"]),
        (&json!({"area": 1, "value": 4, "reason": "Because.\nSo."}), &json!("not_asked"))
    );
    let note = &card["evidence"][0];
    assert_eq!((&note["sign"], &note["area"], &note["text"]), (&json!("concern"), &json!(3), &json!("Saw it.")));
    assert_eq!(
        (&card["warning_signs"][0]["key"], &card["recommendation"], &card["next_step"]),
        (&json!(sign.as_str()), &json!("yes"), &json!("Rest."))
    );

    // Sent twice, it counts once.
    me.post_form(&panel.page("/scorecard"), &form).await.leads();
    let again = panel.draft(panel.first).await;
    assert_eq!((&again["version"], again["evidence"].as_array().unwrap().len()), (&card["version"], 1));

    // The note goes, the sign is taken off, everything else stays.
    let page = me.get(&panel.page("/scorecard")).await.is(200).shows("Saw it.").shows("no strengths, 1 concern");
    me.post_form(&panel.page("/scorecard"), typed(&page, &[("delete", note["id"].as_str().unwrap()), ("signs", sign.as_str())]))
        .await
        .leads();
    let card = panel.draft(panel.first).await;
    assert_eq!((&card["evidence"], &card["warning_signs"], &card["areas"][0]["value"]), (&json!([]), &json!([]), &json!(4)));
}

#[actix_web::test]
async fn nothing_typed_is_lost_by_an_error() {
    let panel = Panel::new().await;
    let me = panel.browser(panel.first);
    let page = me.get(&panel.page("/scorecard")).await.is(200);
    let long = "x".repeat(10_001);
    let fields = [
        ("areas.0.value", "4"),
        ("areas.0.reason", long.as_str()),
        ("areas.1.evidence", "Half a note."),
        ("next_step", "Mine."),
        ("recommendation", "no"),
    ];
    let again = me.post_form(&panel.page("/scorecard"), typed(&page, &fields)).await.refuses("areas.0.reason");
    assert_eq!(again.typed("areas.0.reason").unwrap(), long);
    assert_eq!((again.typed("next_step").unwrap(), again.typed("areas.1.evidence").unwrap()), ("Mine.".into(), "Half a note.".into()));
    let chosen = again.text().split("value=\"no\"").nth(1).unwrap().starts_with(" checked");
    assert!(chosen, "the choice is kept");
    // A note that is too long is an error at its own field.
    let fields = [("areas.1.evidence", long.as_str())];
    me.post_form(&panel.page("/scorecard"), typed(&again, &fields)).await.refuses("areas.1.evidence");
    // A form that is no form.
    me.post_form(&panel.page("/scorecard"), [("next_step", "x")]).await.is(400);
    assert_eq!(panel.draft(panel.first).await["version"], 0);
}

#[actix_web::test]
async fn r8_a_stale_form_shows_both_texts_and_overwrites_nothing() {
    let panel = Panel::new().await;
    let me = panel.browser(panel.first);
    let (one, two) = (me.get(&panel.page("/scorecard")).await, me.get(&panel.page("/scorecard")).await);
    let there = [("next_step", "From the other tab."), ("areas.0.reason", "There."), ("areas.0.value", "2")];
    me.post_form(&panel.page("/scorecard"), typed(&two, &there)).await.leads();
    let here = [("next_step", "From here."), ("areas.0.reason", "Here."), ("areas.0.value", "2"), ("areas.1.value", "5")];
    let conflict = me.post_form(&panel.page("/scorecard"), typed(&one, &here)).await.is(412);
    for words in ["changed in another tab", "From the other tab.", "From here.", "There.", "Here."] {
        assert!(conflict.says(words), "{words}: {}", conflict.text());
    }
    assert_eq!(panel.draft(panel.first).await["next_step"], "From the other tab.");

    // The choice: one text from there, the rest as typed.
    let mut chosen = typed(&conflict, &here);
    chosen.push(("take".into(), "next_step".into()));
    me.post_form(&panel.page("/scorecard"), &chosen).await.leads();
    let card = panel.draft(panel.first).await;
    assert_eq!(
        (&card["next_step"], &card["areas"][0]["reason"], &card["areas"][1]["value"]),
        (&json!("From the other tab."), &json!("Here."), &json!(5))
    );

    // A form from the browser's history, changed: the same again.
    let back = me.post_form(&panel.page("/scorecard"), typed(&conflict, &[("next_step", "Again from here.")])).await.is(412);
    assert!(back.says("Again from here.") && back.says("From the other tab."));
    // An old form that says what is saved already is no conflict.
    let same = [("next_step", "From the other tab."), ("areas.0.reason", "Here."), ("areas.0.value", "2")];
    me.post_form(&panel.page("/scorecard"), typed(&one, &same)).await.leads();
}

#[actix_web::test]
async fn submitting_by_page_saves_first_lists_what_is_missing_and_then_locks() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    let me = panel.browser(panel.first);
    let page = me.get(&panel.page("/scorecard")).await;
    let missing = me.post_form(&panel.page("/scorecard/submission"), typed(&page, &[("next_step", "Typed just now.")])).await.is(422);
    for field in ["areas.0.value", "areas.4.value", "recommendation", "confidence"] {
        assert!(missing.says(&format!("href=\"#{field}\"")) && missing.says(&format!("id=\"{field}\"")), "{field}: {}", missing.text());
    }
    assert_eq!(panel.draft(panel.first).await["next_step"], "Typed just now.", "what was typed is saved all the same");

    let mut all: Vec<(String, String)> =
        typed(&missing, &[("recommendation", "yes"), ("confidence", "high"), ("areas.0.evidence", "Proof.")]);
    for i in 0..5 {
        all.retain(|(name, _)| *name != format!("areas.{i}.reason"));
        all.push((format!("areas.{i}.value"), if i == 0 { "5" } else { "3" }.into()));
        all.push((format!("areas.{i}.reason"), format!("Reason {i}.")));
    }
    assert_eq!(me.post_form(&panel.page("/scorecard/submission"), &all).await.leads(), panel.page("/scorecard/submission"));
    assert_eq!(me.get(&panel.page("/scorecard")).await.leads(), panel.page("/scorecard/submission"));
    let read = me.get(&panel.page("/scorecard/submission")).await.is(200);
    for words in [
        "Submitted",
        "Reason 4.",
        "Proof.",
        "Typed just now.",
        "As submitted",
        "Blind",
        "Sam Second and Sha Shadow have not submitted yet.",
    ] {
        assert!(read.says(words), "{words}: {}", read.text());
    }
    // Once more, or a save into it: the page says so and keeps what was typed.
    let late = me.post_form(&panel.page("/scorecard"), typed(&missing, &[("next_step", "Too late.")])).await.is(409);
    assert_eq!(late.typed("next_step").unwrap(), "Too late.");
    me.post_form(&panel.page("/scorecard/submission"), &all).await.is(409);
}

#[actix_web::test]
async fn amending_by_page_does_what_amending_by_json_does() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    assert_eq!(panel.browser(panel.first).get(&panel.page("/scorecard/submission")).await.leads(), panel.page("/scorecard"));
    panel.card(panel.first, 3).await;
    let me = panel.browser(panel.first);
    let form = |reason: &str, score: &str| {
        vec![
            ("key", "0190f3c2-0000-7000-8000-000000000001".to_owned()),
            ("areas.0.value", score.to_owned()),
            ("areas.0.reason", "Typed.".to_owned()),
            ("reason", reason.to_owned()),
        ]
    };
    let refused = me.post_form(&panel.page("/scorecard/revisions"), form("", "4")).await.refuses("reason");
    assert_eq!(refused.typed("areas.0.reason").unwrap(), "Typed.");
    me.post_form(&panel.page("/scorecard/revisions"), form("Why.", "5")).await.refuses("areas.0.evidence");
    assert_eq!(
        me.post_form(&panel.page("/scorecard/revisions"), form("I mistyped it.", "4")).await.leads(),
        panel.page("/scorecard/submission")
    );
    let read = me.get(&panel.page("/scorecard/submission")).await.is(200);
    for words in ["Amendment 1", "I mistyped it.", "3, then 4", "As submitted"] {
        assert!(read.says(words), "{words}: {}", read.text());
    }
    assert_eq!(panel.draft(panel.first).await["revisions"][1]["content"]["areas"][0]["value"], 4);
}

#[actix_web::test]
async fn the_pages_keep_to_the_seats_and_to_the_blind_rule() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    for account in [panel.observer, panel.world.candidate, panel.world.lead] {
        panel.browser(account).get(&panel.page("/scorecard")).await.is(403);
        panel.browser(account).get(&panel.page("/scorecard/submission")).await.is(403);
        panel.browser(account).post_form(&panel.page("/scorecard/revisions"), [("reason", "x")]).await.is(403);
    }
    for account in [panel.world.interviewer, panel.world.outsider] {
        panel.browser(account).get(&panel.page("/scorecard")).await.is(404);
        panel.browser(account).get(&panel.page("/scorecards")).await.is(404);
    }
    panel.card(panel.second, 4).await;
    panel
        .browser(panel.first)
        .get(&panel.page("/scorecard"))
        .await
        .is(200)
        .shows("Sam Second has submitted.")
        .hides("Reason 4.")
        .hides("Practise 4.");
    panel.browser(panel.first).get(&panel.page("/scorecards")).await.is(200).shows("after yours").hides("Reason 4.");
    panel.browser(panel.world.candidate).get(&panel.page("/scorecards")).await.is(200).hides("Sam").hides("Reason 4.");
    panel.card(panel.first, 3).await;
    panel.browser(panel.first).get(&panel.page("/scorecards")).await.is(200).shows("Reason 4.").shows("Sam Second");
    panel.browser(panel.shadow).get(&panel.page("/scorecard")).await.is(200).shows("never counted");
}
