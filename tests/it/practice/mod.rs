//! Practice: from the question to the day it comes back, and who sees any of it.

mod aloud;
mod attempts;
mod blind;
mod due;
mod mocks;
mod plan;
mod progress;
mod seeing;
mod sharing;
mod sides;
mod walls;

use fivefold::policy::{AccountId, TeamId};
use fivefold::question_sets::{Question, QuestionSetVersion};
use serde_json::{Value, json};

use crate::support::{App, Client, World, merge};

/// Somebody who practises.
pub struct Desk {
    pub app: App,
    pub world: World,
    pub account: AccountId,
    /// Where.
    pub team: TeamId,
    pub program: Client,
    pub browser: Client,
    pub set: String,
}

impl Desk {
    /// The candidate of a team.
    pub async fn new() -> Self {
        let app = App::new().await;
        let world = World::new(&app);
        let (set, _) = World::versions(&app);
        let (account, team) = (world.candidate, world.team);
        let (program, browser) = (app.token(account), app.signed_in(account));
        Desk { app, world, account, team, program, browser, set }
    }

    pub fn api(&self, rest: &str) -> String {
        format!("/api/v1/teams/{}{rest}", self.team)
    }

    pub fn page(&self, rest: &str) -> String {
        format!("/teams/{}{rest}", self.team)
    }

    /// The built-in set as every server has it.
    pub fn version(&self) -> std::sync::Arc<QuestionSetVersion> {
        let id = self.set.parse().unwrap();
        self.app.system(self.team, move |tx| fivefold::question_sets::version(tx, id))
    }

    pub fn question(&self, key: &str) -> Question {
        self.version().questions.iter().find(|question| question.key == key).unwrap().clone()
    }

    /// What `POST …/attempts` is sent for this question of the set.
    pub fn wish(&self, question: &Question) -> Value {
        json!({"pick": "set", "question_set_version_id": self.set, "question_id": question.id, "level": question.levels[0]})
    }

    /// So much later, when who signed in then has signed in again.
    pub fn later(&mut self, by: chrono::TimeDelta) {
        self.app.advance(by);
        (self.program, self.browser) = (self.app.token(self.account), self.app.signed_in(self.account));
    }

    pub async fn start(&self, wish: Value) -> Value {
        self.program.post_json(&self.api("/attempts"), wish).await.is(201).json()
    }

    /// Writes and finishes; gives the address of the attempt.
    pub async fn answered(&self, question: &Question) -> String {
        let attempt = self.start(self.wish(question)).await;
        self.answer(&attempt).await
    }

    pub async fn answer(&self, attempt: &Value) -> String {
        let url = self.api(&format!("/attempts/{}", attempt["id"].as_str().unwrap()));
        let version = attempt["answer"]["version"].as_i64().unwrap();
        self.program.if_match(version).once().patch_json(&format!("{url}/answer"), json!({"text": "When rows are needed."})).await.is(200);
        self.program.put_json(&format!("{url}/completion"), json!({})).await.is(200);
        url
    }

    /// The whole way, with this score in both.
    pub async fn scored(&self, question: &Question, score: u8) -> Value {
        let url = self.answered(question).await;
        self.program.put_json(&format!("{url}/score"), given(question, score)).await.is(200).json()
    }
}

/// A whole score.
pub fn given(question: &Question, score: u8) -> Value {
    let own = if question.anchors.is_empty() { Value::Null } else { json!(score) };
    merge(json!({"area_score": score, "would_pass": 60, "checked": []}), json!({"score": own}))
}

/// A scored attempt as a row, for tests of many: at a day, with its score.
pub fn scored_rows(desk: &Desk, question: &Question, rows: &[(i64, u8)]) {
    let (_, rubric) = World::versions(&desk.app);
    for (days_ago, score) in rows {
        desk.app.sql(&format!(
            "INSERT INTO practice_attempts (team_id, id, account_id, question_set_version_id, question_set_built_in, rubric_version_id, rubric_built_in,
                question_id, title, prompt, area, topics, minutes, level, kind, think_seconds, started_at, answering_at, finished_at, scored_at,
                answer, area_score, would_pass)
             SELECT '{team}', gen_random_uuid(), '{account}', '{set}', true, '{rubric}', true, '{question}', 'T', 'P', {area}, '{{{topics}}}', 5, 'mid',
                'typed', 0, at, at, at, at, 'A', {score}, 60 FROM (SELECT '{now}'::timestamptz - interval '{days_ago} days' AS at) AS times",
            team = desk.team,
            account = desk.account,
            set = desk.set,
            question = question.id,
            area = question.areas[0],
            topics = question.topics.iter().map(|topic| topic.as_str()).collect::<Vec<_>>().join(","),
            now = desk.app.now().to_rfc3339(),
        ));
    }
}
