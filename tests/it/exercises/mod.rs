//! Exercises: scoring alone here and in the files beside; together, blind, and the built-in interviews.

mod audio;
mod blind;
mod library;
mod making;
mod scoring;
mod together;
mod waiting;

use chrono::TimeDelta;
use fivefold::policy::{AccountId, Role};
use serde_json::{Value, json};

use crate::support::{App, World};

/// The built-in gold interviews, by their slugs: what their files hold.
pub fn file(slug: &str) -> Value {
    let path = format!("{}/library/gold-interviews/{slug}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub const SLUGS: [&str; 3] = ["entry-tool-library", "mid-seventy-depots", "senior-garages"];

/// The id of a built-in gold interview.
pub fn gold(slug: &str) -> String {
    fivefold::calibration::exercises::GoldId::built_in(slug).to_string()
}

/// Five areas with these scores, whole; each note holds `word`.
pub fn areas(values: [u8; 5], word: &str) -> Value {
    let area = |(area, value): (usize, u8)| json!({"area": area, "value": value, "note": format!("{word} {area}"), "at_seconds": 60});
    json!({"areas": (1..).zip(values).map(area).collect::<Vec<_>>()})
}

/// The experts' consensus.
pub fn reference(slug: &str) -> [u8; 5] {
    let file = file(slug);
    let values: Vec<u8> = file["consensus"].as_array().unwrap().iter().map(|area| area["value"].as_u64().unwrap() as u8).collect();
    values.try_into().unwrap()
}

/// A team with as many interviewers as an exercise wants.
pub struct Team {
    pub app: App,
    pub world: World,
    pub members: Vec<AccountId>,
}

impl Team {
    pub async fn of(people: usize) -> Self {
        let app = App::new().await;
        let world = World::new(&app);
        let members = (0..people).map(|number| app.member(world.team, Role::Interviewer, &format!("Member {number}"))).collect();
        Team { app, world, members }
    }

    /// An exercise of the lead with a deadline in a week, in which these are asked.
    pub async fn exercise(&self, first: &[&str], held_back: &[&str], asked: &[AccountId]) -> String {
        let ids = |slugs: &[&str]| slugs.iter().map(|slug| gold(slug)).collect::<Vec<_>>();
        let mut body = json!({
            "name": "Autumn", "deadline": self.app.now() + TimeDelta::days(7), "gold_interview_ids": ids(first), "account_ids": asked,
        });
        if !held_back.is_empty() {
            body["held_back_ids"] = json!(ids(held_back));
            body["second_deadline"] = json!(self.app.now() + TimeDelta::days(14));
        }
        self.app.token(self.world.lead).post_json(&self.world.api("/exercises"), body).await.is(201).id()
    }

    /// Begins the next of an exercise and submits these scores for it; gives the answer of the submission.
    pub async fn give(&self, exercise: &str, account: AccountId, values: [u8; 5]) -> Value {
        let client = self.app.token(account);
        let begun = client.post_json(&self.world.api(&format!("/exercises/{exercise}/scores")), json!({})).await.is(201);
        self.submit(account, &begun.id(), values).await
    }

    /// Saves and submits one's own.
    pub async fn submit(&self, account: AccountId, score: &str, values: [u8; 5]) -> Value {
        let (client, url) = (self.app.token(account), self.world.api(&format!("/gold-scores/{score}")));
        client.if_match(1).put_json(&url, areas(values, "Said")).await.is(200);
        client.put_json(&format!("{url}/submission"), json!({})).await.is(201).json()
    }

    pub async fn begin(&self, account: AccountId, slug: &str) -> String {
        let body = json!({"gold_interview_id": gold(slug)});
        self.app.token(account).post_json(&self.world.api("/gold-scores"), body).await.is(201).id()
    }

    pub async fn exercise_of(&self, account: AccountId, exercise: &str) -> Value {
        self.app.token(account).get(&self.world.api(&format!("/exercises/{exercise}"))).await.is(200).json()
    }
}

/// The states of somebody's interviews in an exercise, in their order.
pub fn states(exercise: &Value) -> Vec<String> {
    let interviews = exercise["interviews"].as_array().unwrap();
    interviews.iter().map(|interview| interview["own"]["state"].as_str().unwrap().to_owned()).collect()
}
