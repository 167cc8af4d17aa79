//! Interviews: planning, the list, the page of one, and what happens to a plan.

mod both;
mod calendar;
mod changes;
mod kit;
mod known;
mod links;
mod list;
mod plan;
mod seats;
mod show;
mod suggestion;
mod swap;

use fivefold::policy::{AccountId, Role};
use serde_json::{Value, json};

use crate::support::{App, Response, World, merge};

/// A plan as the planner's form sends it.
pub fn form(plan: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for (name, value) in plan.as_object().unwrap() {
        match (name.as_str(), value) {
            ("candidate", person) => {
                for (part, value) in person.as_object().unwrap() {
                    pairs.push((format!("candidate.{part}"), text(value)));
                }
            }
            ("question_ids", ids) => {
                for id in ids.as_array().unwrap() {
                    pairs.push(("question_ids".into(), text(id)));
                    pairs.push(("pick".into(), text(id)));
                }
            }
            ("seats", seats) => {
                for (row, seat) in seats.as_array().unwrap().iter().enumerate() {
                    pairs.push(("account_id".into(), text(&seat["account_id"])));
                    pairs.push(("seat".into(), text(&seat["seat"])));
                    for area in seat["areas"].as_array().into_iter().flatten() {
                        pairs.push(("areas".into(), format!("{row}:{area}")));
                    }
                }
            }
            ("draft", Value::Bool(true)) => pairs.push(("draft".into(), "1".into())),
            (_, value) => pairs.push((name.clone(), text(value))),
        }
    }
    if !plan.as_object().unwrap().contains_key("mode") {
        pairs.push(("mode".into(), "hiring".into()));
    }
    pairs
}

/// The ids of the first questions of the built-in set.
pub fn questions(app: &App, count: usize) -> Vec<String> {
    let (set, _) = World::versions(app);
    let mut ids = app.texts(&format!(
        "SELECT q->>'id' FROM library_question_set_versions, jsonb_array_elements(content->'questions') WITH ORDINALITY AS x (q, n) \
         WHERE library_question_set_versions.id = '{set}' ORDER BY n"
    ));
    ids.truncate(count);
    ids
}

/// The plan of the world with questions, so that page and program send the same.
pub fn plan(app: &App, world: &World, changes: Value) -> Value {
    merge(merge(world.plan(app), json!({"question_ids": questions(app, 4)})), changes)
}

/// The same plan through the API and through the page, by the lead.
pub async fn both(app: &App, world: &World, plan: &Value) -> [Response; 2] {
    [
        app.token(world.lead).post_json(&world.api("/interviews"), plan).await,
        app.signed_in(world.lead).post_form(&world.page("/interviews"), form(plan)).await,
    ]
}

/// Links a candidate's record to an account, as the record's page does.
pub fn link(app: &App, candidate: &str, account: AccountId) {
    app.sql(&format!("UPDATE candidates SET account_id = '{account}' WHERE id = '{candidate}'"));
}

pub fn member(app: &App, world: &World, role: Role, name: &str) -> AccountId {
    app.member(world.team, role, name)
}

/// Facts that rooms, debriefs and decisions will write.
pub fn started(app: &App, world: &World, id: impl std::fmt::Display) {
    let (team, now) = (world.team, app.now().to_rfc3339());
    app.sql(&format!(
        "INSERT INTO rooms (team_id, interview_id, started_at, started_by, driver_id) VALUES ('{team}', '{id}', '{now}', '{0}', '{0}')",
        world.interviewer
    ));
}

pub fn ended(app: &App, world: &World, id: impl std::fmt::Display) {
    started(app, world, &id);
    app.sql(&format!("UPDATE rooms SET ended_at = '{}', ended_by = started_by WHERE interview_id = '{id}'", app.now().to_rfc3339()));
}

pub fn debriefed(app: &App, world: &World, id: impl std::fmt::Display) {
    ended(app, world, &id);
    let (team, now, lead) = (world.team, app.now().to_rfc3339(), world.lead);
    app.sql(&format!("INSERT INTO debriefs (team_id, interview_id, opened_at, opened_by) VALUES ('{team}', '{id}', '{now}', '{lead}')"));
}

pub fn decided(app: &App, world: &World, id: impl std::fmt::Display) {
    debriefed(app, world, &id);
    let (team, now, lead) = (world.team, app.now().to_rfc3339(), world.lead);
    app.sql(&format!(
        "INSERT INTO decisions (team_id, interview_id, number, outcome, reason, override_reason, decided_by, decided_at) \
         VALUES ('{team}', '{id}', 1, 'yes', 'x', '', '{lead}', '{now}')"
    ));
}
