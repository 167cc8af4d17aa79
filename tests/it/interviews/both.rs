//! One act through both doors.

use fivefold::policy::InterviewId;
use serde_json::{Value, json};

use crate::support::{App, Response, World};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Door {
    Program,
    Page,
}

pub const DOORS: [Door; 2] = [Door::Program, Door::Page];

impl Door {
    /// An interview of a candidate of its own, so that both doors can be tried in one world.
    pub async fn interview(self, app: &App, world: &World, changes: Value) -> InterviewId {
        let candidate = json!({"candidate": {"name": format!("Sofia {self:?}"), "email": format!("{self:?}@example.com").to_lowercase()}});
        world.interview(app, crate::support::merge(candidate, changes)).await
    }

    /// The lead does this to the interview, being at this version of it.
    pub async fn does(self, app: &App, world: &World, id: InterviewId, (act, body, version): (&str, Value, i64)) -> Response {
        let path = format!("/interviews/{id}/{act}");
        // What happens later is later: mails and history are in the order of time.
        app.advance(chrono::TimeDelta::milliseconds(1));
        match self {
            Door::Page => {
                let mut fields = fields(&body);
                fields.push(("version".into(), version.to_string()));
                app.signed_in(world.lead).post_form(&world.page(&path), fields).await
            }
            Door::Program => {
                let lead = app.token(world.lead).if_match(version);
                if act == "seats" { lead.post_json(&world.api(&path), body).await } else { lead.put_json(&world.api(&path), body).await }
            }
        }
    }

    /// Passes when it was done.
    pub fn done(self, answer: Response) -> Response {
        match self {
            Door::Program => assert!(matches!(answer.status, 200 | 201), "{} {}", answer.status, answer.text()),
            Door::Page => assert!(answer.status == 303, "{} {}", answer.status, answer.text()),
        }
        answer
    }

    /// The code of a conflict; a page says it in words only.
    pub fn conflicts(self, answer: Response, code: &str) -> Response {
        let answer = answer.is(409);
        if self == Door::Program {
            assert!(answer.json()["type"].as_str().unwrap().ends_with(&format!("/{code}")), "{}", answer.text());
        }
        answer
    }
}

/// A body's members as a page's form has them.
fn fields(body: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut fields = Vec::new();
    for (name, value) in body.as_object().unwrap() {
        match value {
            Value::Array(items) => fields.extend(items.iter().map(|item| (name.clone(), text(item)))),
            // On the page the person of the panel is one of the choices.
            account if name == "account_id" && body.get("who").is_some() => fields.push(("who".into(), text(account))),
            _ if name == "who" && body.get("account_id").is_some() => {}
            value => fields.push((name.clone(), text(value))),
        }
    }
    fields
}

/// The plan as the lead reads it.
pub async fn view(app: &App, world: &World, id: InterviewId) -> Value {
    app.token(world.lead).get(&world.api(&format!("/interviews/{id}"))).await.is(200).json()
}

/// The page of it.
pub async fn page(app: &App, world: &World, id: InterviewId) -> Response {
    app.signed_in(world.lead).get(&world.page(&format!("/interviews/{id}"))).await.is(200)
}
