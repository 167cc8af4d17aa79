//! What a debrief ends in: a decision with its reason, and where it departs from the rule another one.

use fivefold::policy::{Mode, Role};
use serde_json::{Value, json};

use super::{card, code, debrief, over, page, read, scores, shown};
use crate::scorecards::Panel;
use crate::support::Response;

/// Both counted cards with threes: the rule proposes "yes", in mode mock "ready now".
async fn open(mode: Mode) -> Panel {
    let panel = over(mode).await;
    scores(&panel, panel.first, [3; 5]).await;
    scores(&panel, panel.second, [3; 5]).await;
    panel
}

async fn decide(panel: &Panel, decision: Value) -> Response {
    panel.as_(panel.world.lead).put_json(&panel.api("/decision"), decision).await
}

async fn decide_on_page(panel: &Panel, fields: &[(&str, &str)]) -> Response {
    panel.app.signed_in(panel.world.lead).post_form(&page(panel, "/decision"), fields).await
}

#[actix_web::test]
async fn each_mode_has_its_own_outcomes_and_cannot_say_is_in_both() {
    let offer = regex::Regex::new(r#"name="outcome" value="(\w+)""#).unwrap();
    for (mode, own, foreign) in [
        (
            Mode::Hiring,
            ["strong_no", "no", "yes", "strong_yes", "cannot_say"].as_slice(),
            ["ready_now", "nearly_ready", "not_yet"].as_slice(),
        ),
        (Mode::Mock, &["not_yet", "nearly_ready", "ready_now", "cannot_say"], &["strong_no", "no", "yes", "strong_yes"]),
    ] {
        let panel = open(mode).await;
        for outcome in foreign {
            decide(&panel, json!({"outcome": outcome, "reason": "x", "override_reason": "y"})).await.refuses("outcome");
            decide_on_page(&panel, &[("outcome", outcome), ("reason", "x"), ("override_reason", "y")]).await.refuses("outcome");
        }
        let offered = shown(&panel, panel.world.lead).await.is(200).text();
        let offered: Vec<_> = offer.captures_iter(&offered).map(|found| found[1].to_owned()).collect();
        let mut sorted = (offered.clone(), own.to_vec());
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        assert_eq!(sorted.0, sorted.1, "the page offers {offered:?}");
        for outcome in own {
            let made = decide(&panel, json!({"outcome": outcome, "reason": "x", "override_reason": "y"})).await.is(200).json();
            assert_eq!(made["decisions"][0]["outcome"], *outcome);
        }
        // No such word is no decision: a program hears of it, a form names the field.
        decide(&panel, json!({"outcome": "maybe", "reason": "x"})).await.is(400);
        decide_on_page(&panel, &[("outcome", "maybe"), ("reason", "Because.")]).await.refuses("outcome");
    }
}

#[actix_web::test]
async fn a_decision_needs_a_reason_and_another_where_it_departs_from_the_rule() {
    let panel = open(Mode::Hiring).await;
    assert_eq!(debrief(&panel).await["proposal"]["outcome"], "yes");
    decide(&panel, json!({"outcome": "yes", "reason": " "})).await.refuses("reason");
    decide(&panel, json!({"outcome": "yes", "reason": "x".repeat(4001)})).await.refuses("reason");
    decide(&panel, json!({"outcome": "no", "reason": "Diagnosis comes last."})).await.refuses("override_reason");
    decide(&panel, json!({"outcome": "cannot_say", "reason": "Two views.", "override_reason": "  "})).await.refuses("override_reason");
    let typed = [("outcome", "no"), ("reason", "Diagnosis comes last."), ("override_reason", "")];
    let refused = decide_on_page(&panel, &typed).await.refuses("override_reason");
    assert_eq!(refused.typed("reason").as_deref(), Some("Diagnosis comes last."));
    assert!(refused.text().contains(r#"name="outcome" value="no" checked"#), "{}", refused.text());
    let refused = decide_on_page(&panel, &[("outcome", "yes"), ("reason", ""), ("override_reason", "Kept.")]).await.refuses("reason");
    assert_eq!(refused.typed("override_reason").as_deref(), Some("Kept."));
    decide_on_page(&panel, &[("reason", "No outcome.")]).await.refuses("outcome");
    assert!(panel.app.texts("SELECT 1 FROM decisions").is_empty());

    decide(&panel, json!({"outcome": "yes", "reason": "Depth is there."})).await.is(200);
    let departing = [("outcome", "no"), ("reason", "Diagnosis comes last."), ("override_reason", "It is what the job is.")];
    assert_eq!(decide_on_page(&panel, &departing).await.leads(), page(&panel, "/debrief"));
    shown(&panel, panel.second).await.is(200).shows("The rule proposed “Yes”. It is what the job is.");
}

#[actix_web::test]
async fn without_a_number_nothing_is_departed_from() {
    let panel = over(Mode::Hiring).await;
    let thin = || [json!(3), json!(3), json!(3), json!("not_asked"), json!("not_enough_evidence")];
    card(&panel, panel.first, thin()).await;
    card(&panel, panel.second, thin()).await;
    let made = decide(&panel, json!({"outcome": "no", "reason": "Too little was asked."})).await.is(200).json();
    assert_eq!((&made["decisions"][0]["proposed_outcome"], &made["proposal"]["outcome"]), (&Value::Null, &Value::Null));
    shown(&panel, panel.world.lead).await.is(200).hides("The rule proposed");
}

#[actix_web::test]
async fn a_new_decision_stands_before_the_earlier_ones_and_replaces_none() {
    let panel = open(Mode::Hiring).await;
    decide(&panel, json!({"outcome": "no", "reason": "Too slow.", "override_reason": "Speed is the job."})).await.is(200);
    panel.app.advance(chrono::TimeDelta::hours(1));
    let second = json!({"outcome": "yes", "reason": "We looked again.", "dissents": [panel.second, panel.second]});
    let now = panel.as_(panel.world.owner).put_json(&panel.api("/decision"), second).await.is(200).json();
    let told: Vec<_> = now["decisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|made| {
            json!([
                made["number"],
                made["outcome"],
                made["reason"],
                made["proposed_outcome"],
                made["override_reason"],
                made["dissents"],
                made["decided_by"]
            ])
        })
        .collect();
    let expected = [
        json!([2, "yes", "We looked again.", "yes", "", ["Sam Second"], "Olive Owner"]),
        json!([1, "no", "Too slow.", "yes", "Speed is the job.", [], "Lena Lead"]),
    ];
    assert_eq!(told, expected);
    let text = shown(&panel, panel.first).await.is(200).shows("Seen differently by Sam Second.").shows("Speed is the job.").text();
    assert!(text.find("We looked again.").unwrap() < text.find("Too slow.").unwrap() && text.contains("earlier"), "{text}");
    assert_eq!(panel.app.count("SELECT count(*) FROM decisions"), 2);
}

#[actix_web::test]
async fn only_the_panel_can_dissent() {
    let panel = open(Mode::Hiring).await;
    let decision = |who: Value| json!({"outcome": "yes", "reason": "Depth.", "dissents": [who]});
    for stranger in [json!(panel.world.interviewer), json!(panel.world.candidate), json!(uuid::Uuid::nil())] {
        decide(&panel, decision(stranger)).await.refuses("dissents");
    }
    decide(&panel, decision(json!("nobody"))).await.is(400);
    decide(&panel, decision(json!(panel.first))).await.is(200);
}

#[actix_web::test]
async fn in_hiring_leads_and_owners_decide_and_in_mock_the_lead_interviewer_too() {
    for mode in [Mode::Hiring, Mode::Mock] {
        let panel = open(mode).await;
        panel.card(panel.shadow, 3).await;
        let decision = json!({"outcome": "cannot_say", "reason": "x", "override_reason": "y"});
        let fields = [("outcome", "cannot_say"), ("reason", "x"), ("override_reason", "y")];
        let deciding = [panel.world.owner, panel.world.lead];
        for account in panel.readers() {
            let may = deciding.contains(&account) || (mode == Mode::Mock && account == panel.first);
            let answer = panel.as_(account).put_json(&panel.api("/decision"), &decision).await;
            assert_eq!(answer.status, if may { 200 } else { 403 }, "{mode} {}", answer.text());
            let answer = panel.app.signed_in(account).post_form(&page(&panel, "/decision"), fields).await;
            assert_eq!(answer.status, if may { 303 } else { 403 }, "{mode} {}", answer.text());
            if account != panel.world.candidate {
                assert_eq!(read(&panel, account).await.is(200).json()["may_decide"], may);
                assert_eq!(shown(&panel, account).await.is(200).says("Record the decision"), may);
            }
        }
    }
}

#[actix_web::test]
async fn nobody_decides_before_the_debrief_or_before_their_own_card_or_on_themselves() {
    let panel = over(Mode::Hiring).await;
    let decision = json!({"outcome": "cannot_say", "reason": "x", "override_reason": "y"});
    let fields = [("outcome", "cannot_say"), ("reason", "x"), ("override_reason", "y")];
    assert_eq!(code(&decide(&panel, decision.clone()).await), "debrief-not-open");
    assert!(!matches!(decide_on_page(&panel, &fields).await.status, 200 | 303 | 500..));

    let seated = panel.app.member(panel.world.team, Role::Lead, "Lou Lead");
    panel.app.at("2026-03-02T09:30:00Z");
    panel.seat(panel.id, seated, "interviewer");
    panel.app.at("2026-03-02T11:01:00Z");
    panel.card(panel.first, 3).await;
    panel.open_debrief(panel.id);
    panel.as_(seated).put_json(&panel.api("/decision"), &decision).await.is(403);
    panel.app.signed_in(seated).post_form(&page(&panel, "/decision"), fields).await.is(403);

    panel.app.sql(&format!("UPDATE candidates SET account_id = '{}'", panel.world.lead));
    decide(&panel, decision).await.is(403);
    read(&panel, panel.world.lead).await.is(403);
    shown(&panel, panel.world.lead).await.is(403);
    assert!(panel.app.texts("SELECT 1 FROM decisions").is_empty());
}
