//! Debriefs: opened by the last counted card, blind for who owes one, the rule before the talk, one decision.

mod blind;
mod decisions;
mod opening;
mod second_scores;
mod table;

use fivefold::policy::{AccountId, Mode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scorecards::Panel;
use crate::support::Response;

/// An interview that is over, with nobody's card in.
async fn over(mode: Mode) -> Panel {
    let panel = Panel::of(mode).await;
    panel.hold(panel.id);
    panel
}

/// Saves and submits a card with these values for the five areas, each with a reason and a note.
async fn card(panel: &Panel, account: AccountId, values: [Value; 5]) {
    panel.save(account, content(panel, &values, "")).await.is(200);
    panel.submit(account).await.is(201);
}

/// The same with a number for each.
async fn scores(panel: &Panel, account: AccountId, values: [u8; 5]) {
    card(panel, account, values.map(Value::from)).await;
}

/// A whole card; `mark` stands in every text of it.
fn content(panel: &Panel, values: &[Value; 5], mark: &str) -> Value {
    let areas: Vec<_> = (1..)
        .zip(values)
        .map(|(area, value)| json!({"area": area, "value": value, "reason": format!("Reason of {area}.{mark}")}))
        .collect();
    let notes: Vec<_> = (1..=5_u128)
        .map(|area| {
            json!({"id": Uuid::from_u128(area), "sign": "strength", "area": area as u8, "at_seconds": 75, "text": format!("Note on {area}.{mark}")})
        })
        .collect();
    let word = if panel.mode == Mode::Hiring { "yes" } else { "nearly_ready" };
    json!({"areas": areas, "evidence": notes, "recommendation": word, "confidence": "medium", "next_step": format!("Practise.{mark}")})
}

async fn read(panel: &Panel, reader: AccountId) -> Response {
    panel.as_(reader).get(&panel.api("/debrief")).await
}

async fn shown(panel: &Panel, reader: AccountId) -> Response {
    panel.app.signed_in(reader).get(&page(panel, "/debrief")).await
}

/// The debrief as the owner, who has no seat, reads it.
async fn debrief(panel: &Panel) -> Value {
    read(panel, panel.world.owner).await.is(200).json()
}

fn page(panel: &Panel, rest: &str) -> String {
    panel.world.page(&format!("/interviews/{}{rest}", panel.id))
}

/// The code of a 409.
#[track_caller]
fn code(answer: &Response) -> String {
    assert_eq!(answer.status, 409, "{}", answer.text());
    answer.json()["type"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
}

/// Whose cards a debrief lays on the table.
fn on_the_table(debrief: &Value) -> Vec<&str> {
    debrief["areas"][0]["scores"].as_array().unwrap().iter().map(|score| score["name"].as_str().unwrap()).collect()
}
