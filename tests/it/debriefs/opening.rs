//! When a debrief opens: by itself with the last counted card, or earlier by a lead who says why.

use fivefold::policy::{AccountId, Mode};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{code, debrief, on_the_table, over, page, read, scores, shown};
use crate::scorecards::Panel;

fn openings(panel: &Panel) -> Vec<String> {
    panel.app.texts(
        "SELECT opened_by || ' ' || (opened_at = submitted_at) || ' ' || coalesce(early_reason, '-') FROM debriefs d
                     JOIN scorecards c ON c.team_id = d.team_id AND c.interview_id = d.interview_id AND c.account_id = d.opened_by",
    )
}

async fn opens(panel: &Panel, account: AccountId, reason: &str) -> crate::support::Response {
    panel.as_(account).post_json(&panel.api("/debrief"), json!({"reason": reason})).await
}

#[actix_web::test]
async fn the_last_counted_card_opens_it_and_a_shadows_does_not_count() {
    for the_shadow_is_first in [true, false] {
        let panel = over(Mode::Hiring).await;
        panel.card(panel.first, 3).await;
        if the_shadow_is_first {
            panel.card(panel.shadow, 2).await;
        }
        assert_eq!(code(&read(&panel, panel.world.lead).await), "debrief-not-open");
        shown(&panel, panel.world.lead).await.is(200).shows("It opens by itself with the last scorecard").shows("Owed");

        panel.card(panel.second, 4).await;
        assert_eq!(openings(&panel), [format!("{} true -", panel.second)], "in the transaction of the last one");
        let open = debrief(&panel).await;
        assert_eq!((&open["early_reason"], open["opened_at"].is_string()), (&Value::Null, true));
        shown(&panel, panel.world.lead).await.is(200).shows("Scores side by side").hides("Opened early");
        if !the_shadow_is_first {
            panel.card(panel.shadow, 2).await;
            assert_eq!(openings(&panel).len(), 1);
        }
        assert_eq!(on_the_table(&debrief(&panel).await), ["Fia First", "Sam Second", "Sha Shadow"]);
    }
}

#[actix_web::test]
async fn the_last_card_opens_it_from_the_page_too() {
    let panel = over(Mode::Mock).await;
    panel.card(panel.first, 3).await;
    panel.save(panel.second, panel.complete(4)).await.is(200);
    let second = panel.app.signed_in(panel.second);
    let form = second.get(&page(&panel, "/scorecard")).await.is(200);
    let fields = [("version", form.typed("version").unwrap()), ("key", form.typed("key").unwrap())];
    assert_eq!(second.post_form(&page(&panel, "/scorecard/submission"), &fields).await.leads(), page(&panel, "/scorecard/submission"));
    assert_eq!(openings(&panel).len(), 1);
    second.get(&page(&panel, "/scorecard/submission")).await.is(200).shows("The debrief is open.");
    shown(&panel, panel.second).await.is(200).shows("Scores side by side");
}

#[actix_web::test]
async fn who_was_added_after_the_end_does_not_hold_it_up() {
    let panel = over(Mode::Hiring).await;
    panel.seat(panel.id, panel.world.interviewer, "interviewer");
    panel.card(panel.first, 3).await;
    panel.card(panel.second, 4).await;
    assert_eq!(openings(&panel).len(), 1);
    assert_eq!(on_the_table(&read(&panel, panel.world.interviewer).await.is(200).json()), ["Fia First", "Sam Second"]);
}

#[actix_web::test]
async fn two_last_cards_at_once_open_it_once() {
    let panel = over(Mode::Hiring).await;
    for account in [panel.first, panel.second] {
        panel.save(account, panel.complete(3)).await.is(200);
    }
    let answers = join_all([panel.first, panel.second].map(|account| panel.submit(account))).await;
    assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [201, 201]);
    assert_eq!(openings(&panel).len(), 1);
}

#[actix_web::test]
async fn an_early_opening_needs_an_end_a_counted_card_and_a_reason() {
    let panel = Panel::of(Mode::Hiring).await;
    let lead = panel.world.lead;
    let browser = panel.app.signed_in(lead);
    let typed = [("reason", "She starts tomorrow")];
    assert_eq!(code(&opens(&panel, lead, "She starts tomorrow").await), "not-ended");
    browser.post_form(&page(&panel, "/debrief"), typed).await.is(409).shows("The interview is not over");
    panel.hold(panel.id);
    assert_eq!(code(&opens(&panel, lead, "She starts tomorrow").await), "no-scorecard");
    panel.card(panel.shadow, 3).await;
    assert_eq!(code(&opens(&panel, lead, "She starts tomorrow").await), "no-scorecard", "a shadow's is nothing to talk about");
    let refused = browser.post_form(&page(&panel, "/debrief"), typed).await.is(409);
    assert_eq!(refused.typed("reason").as_deref(), Some("She starts tomorrow"), "nothing that was typed is lost");

    panel.card(panel.first, 3).await;
    for reason in ["", "  ", "x"] {
        opens(&panel, lead, reason).await.refuses("reason");
        let refused = browser.post_form(&page(&panel, "/debrief"), [("reason", reason)]).await.refuses("reason");
        assert_eq!(refused.typed("reason").as_deref().map(str::trim), Some(reason.trim()));
    }
    opens(&panel, lead, &"x".repeat(501)).await.refuses("reason");
    assert!(panel.app.texts("SELECT 1 FROM debriefs").is_empty());

    let opened = opens(&panel, lead, "She starts tomorrow").await.is(201);
    assert_eq!((opened.location(), opened.json()), (panel.api("/debrief").as_str(), json!({"early_reason": "She starts tomorrow"})));
    assert_eq!(code(&opens(&panel, lead, "Again").await), "debrief-open");
    assert_eq!(debrief(&panel).await["early_reason"], "She starts tomorrow");
    shown(&panel, lead)
        .await
        .is(200)
        .shows("Opened early: She starts tomorrow.")
        .shows("Still to come:")
        .shows("Sam Second. Their cards stay blind and count when they are in.");
}

#[actix_web::test]
async fn after_an_early_opening_who_owes_a_card_stays_blind_and_their_card_still_counts() {
    let panel = over(Mode::Hiring).await;
    scores(&panel, panel.first, [3, 3, 3, 3, 3]).await;
    let browser = panel.app.signed_in(panel.world.lead);
    assert_eq!(browser.post_form(&page(&panel, "/debrief"), [("reason", "Sam is ill")]).await.leads(), page(&panel, "/debrief"));
    let opened_at = debrief(&panel).await["opened_at"].clone();

    panel.app.advance(chrono::TimeDelta::hours(2));
    for owing in [panel.second, panel.shadow] {
        let answer = read(&panel, owing).await.is(403);
        assert!(answer.says("after your own scorecard is in") && !answer.says("Reason of"), "{}", answer.text());
        shown(&panel, owing).await.is(403).hides("Reason of").hides("Fia First");
        let cards = panel.as_(owing).get(&panel.api("/scorecards")).await.is(200).json();
        assert_eq!(cards["items"], json!([]), "neither by the other way");
    }
    scores(&panel, panel.second, [5, 4, 4, 4, 4]).await;
    let now = read(&panel, panel.second).await.is(200).json();
    assert_eq!(now["opened_at"], opened_at, "it opened when it opened");
    assert_eq!((&now["proposal"]["counted_cards"], &now["proposal"]["value"]), (&json!(2), &json!(3.6)), "(4 + 3.5 · 4) / 5");
    let card = panel.as_(panel.second).get(&panel.api("/scorecard")).await.is(200).json();
    let first = &card["revisions"][0];
    assert_eq!((&first["blind"], &first["others_visible"], &first["after_debrief"]), (&json!(true), &json!(false), &json!(false)));
}

#[actix_web::test]
async fn who_may_open_it_early_is_a_matter_of_the_mode() {
    for mode in [Mode::Hiring, Mode::Mock] {
        let panel = over(mode).await;
        panel.card(panel.second, 3).await;
        for account in [panel.second, panel.shadow, panel.observer, panel.world.candidate] {
            opens(&panel, account, "I want to").await.is(403);
            panel.app.signed_in(account).post_form(&page(&panel, "/debrief"), [("reason", "I want to")]).await.is(403);
        }
        // The lead interviewer owes a card: opening it shows them nothing.
        let expected = if mode == Mode::Mock { 201 } else { 403 };
        opens(&panel, panel.first, "We talk now").await.is(expected);
        read(&panel, panel.first).await.is(403);
        panel.app.signed_in(panel.first).get(&page(&panel, "/debrief")).await.is(403);
    }
}
