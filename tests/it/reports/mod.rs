//! Reports: chosen fields, previewed as they will be read, released and taken back; own scores first.

mod candidate;
mod desk;
mod own_scores;
mod release;

use chrono::TimeDelta;
use fivefold::platform::token::Purpose;
use fivefold::policy::{AccountId, Mode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scorecards::Panel;
use crate::support::{Client, Response};

/// What stands in every card, and may stand in no report by itself.
const NOTE: &str = "CANARY-NOTE told support first";
const REASON: &str = "CANARY-REASON";
const STEP: &str = "CANARY-STEP say what you need to know.";

/// An interview that is over.
async fn over(mode: Mode) -> Panel {
    let panel = Panel::of(mode).await;
    panel.hold(panel.id);
    panel
}

/// The same with both counted cards in, so that the debrief is open.
async fn debriefed(mode: Mode) -> Panel {
    let panel = over(mode).await;
    card(&panel, panel.first, [3, 4, 4, 4, 2]).await;
    card(&panel, panel.second, [4, 4, 4, 3, 3]).await;
    panel
}

/// A whole card, with a note on production, submitted.
async fn card(panel: &Panel, account: AccountId, scores: [u8; 5]) {
    let areas: Vec<_> = scores.iter().zip(1..).map(|(score, area)| json!({"area": area, "value": score, "reason": REASON})).collect();
    let note = json!({"id": Uuid::now_v7(), "sign": "strength", "area": 3, "at_seconds": 60, "text": NOTE});
    let word = if panel.mode == Mode::Hiring { "yes" } else { "nearly_ready" };
    let card = json!({"areas": areas, "evidence": [note], "recommendation": word, "confidence": "medium", "next_step": STEP});
    panel.save(account, card).await.is(200);
    panel.submit(account).await.is(201);
}

async fn decide(panel: &Panel, outcome: &str) {
    let decision = json!({"outcome": outcome, "reason": "CANARY-DECISION", "override_reason": "CANARY-OVERRIDE"});
    panel.as_(panel.world.owner).put_json(&panel.api("/decision"), decision).await.is(200);
}

/// A report with everything in it but the outcome.
fn report() -> Value {
    json!({
        "headline": "Nearly ready: ask before you fix",
        "lede": "Your depth is real and you explain it well.",
        "strengths": [{"title": "You tell people early", "text": "Before touching the database."}, "You measure before you tune"],
        "next_steps": [{"title": "Say what you need to know", "text": "Three incident questions.", "time": "2 weeks"}],
        "two_ways": {"said": "I would restore the backup.", "said_note": "A fix first.", "stronger": "I stop the rollout.", "stronger_note": "Stops the damage."},
        "show_areas": true,
        "show_numbers": true,
        "advice": ["overstated-experience"],
        "message": "Thank you for your time.",
    })
}

fn page(panel: &Panel, rest: &str) -> String {
    panel.world.page(&format!("/interviews/{}{rest}", panel.id))
}

/// Saves it on top of what there is, as the owner.
async fn save(panel: &Panel, report: Value) -> Response {
    let owner = panel.as_(panel.world.owner);
    let version = owner.get(&panel.api("/report")).await.is(200).json()["version"].as_i64().unwrap();
    owner.if_match(version).put_json(&panel.api("/report"), report).await
}

async fn release(panel: &Panel) -> Response {
    panel.as_(panel.world.owner).put_json(&panel.api("/report/release"), json!({})).await
}

fn five(scores: [u8; 5]) -> Value {
    let areas: Vec<_> = scores.iter().zip(1..).map(|(value, area)| json!({"area": area, "value": value})).collect();
    json!({ "areas": areas })
}

/// The candidate skips their own scores.
async fn skip(panel: &Panel) {
    panel.as_(panel.world.candidate).put_json(&panel.api("/self-scores"), json!({"skipped": true})).await.is(200);
}

/// The candidate without an account, by a link to this interview.
fn guest(panel: &Panel) -> Client {
    let (link, team, now) = (Uuid::now_v7(), panel.world.team, panel.app.now());
    let until = now + TimeDelta::days(30);
    panel.app.sql(&format!(
        "UPDATE candidates SET account_id = NULL;
         INSERT INTO candidate_links (team_id, id, interview_id, token_hash, created_by, created_at, expires_at)
         VALUES ('{team}', '{link}', '{}', '\\x00', '{}', '{now}', '{until}')",
        panel.id, panel.world.lead,
    ));
    panel.app.anon().with_cookie("guest", &panel.app.server.signer.sign(Purpose::Guest, link, team.0, now, until))
}

/// The code of a 409.
#[track_caller]
fn code(answer: &Response) -> String {
    assert_eq!(answer.status, 409, "{}", answer.text());
    answer.json()["type"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
}

/// The report itself within a page.
#[track_caller]
fn sheet(answer: &Response) -> String {
    let text = answer.text();
    let (_, rest) = text.split_once("<article class=\"report__sheet\"").unwrap_or_else(|| panic!("no report in {text}"));
    rest.split_once("</article>").unwrap().0.to_owned()
}
