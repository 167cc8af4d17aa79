//! Home: what waits for one person in one team, on the page and through the API.

mod checklist;
mod parts;
mod switcher;

use fivefold::policy::{AccountId, InterviewId};
use serde_json::Value;

use crate::scorecards::Panel;
use crate::support::{App, World};

/// Home as this person's program gets it. The page says the same: a part is there when it holds something.
pub async fn home(app: &App, world: &World, account: AccountId) -> Value {
    let view = app.token(account).get(&world.api("/home")).await.is(200).json();
    let page = app.signed_in(account).get(&world.page("")).await.is(200).text();
    for (part, id) in PARTS {
        let items = view[part]["items"].as_array().unwrap();
        assert_eq!(page.contains(&format!("<h2 id=\"{id}\">")), !items.is_empty(), "{part} on the page: {items:?}");
        for item in items {
            let id = id_of(item);
            assert!(page.contains(&format!("/interviews/{id}\"")), "{part} {id}");
        }
    }
    view
}

/// The parts of the answer, and their headings on the page.
const PARTS: [(&str, &str); 7] = [
    ("live", "live"),
    ("scorecards", "scorecards"),
    ("next", "next"),
    ("debriefs", "debriefs"),
    ("missing_scorecards", "missing"),
    ("reports", "reports"),
    ("own_reports", "own"),
];

/// The names of the parts that hold this interview.
pub fn parts(view: &Value, id: InterviewId) -> Vec<&'static str> {
    let holds = |part: &str| view[part]["items"].as_array().unwrap().iter().any(|item| id_of(item) == id.to_string());
    PARTS.into_iter().map(|(part, _)| part).filter(|part| holds(part)).collect()
}

fn id_of(item: &Value) -> String {
    item.get("interview").unwrap_or(item)["id"].as_str().unwrap().to_owned()
}

impl Panel {
    /// The parts of this person's home that hold the panel's interview.
    pub async fn waits_for(&self, account: AccountId) -> Vec<&'static str> {
        parts(&home(&self.app, &self.world, account).await, self.id)
    }
}
