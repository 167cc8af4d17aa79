//! A panel round one interview, for the tests of what follows the plan.

use std::cell::Cell;

use fivefold::policy::{AccountId, InterviewId, Mode, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{App, Client, Response, World};

/// One interview at 10:00 with two interviewers, a shadow, an observer and the world's candidate.
pub struct Panel {
    pub app: App,
    pub world: World,
    pub mode: Mode,
    pub id: InterviewId,
    pub candidate_record: Uuid,
    pub first: AccountId,
    pub second: AccountId,
    pub shadow: AccountId,
    pub observer: AccountId,
    /// The interview's questions, in order.
    pub questions: Vec<String>,
    numbers: Cell<u128>,
}

impl Panel {
    pub async fn new() -> Self {
        Self::of(Mode::Hiring).await
    }

    pub async fn of(mode: Mode) -> Self {
        let app = App::new().await;
        let world = World::of(&app, mode);
        let member = |name: &str| app.member(world.team, Role::Interviewer, name);
        let (first, second, shadow, observer) = (member("Fia First"), member("Sam Second"), member("Sha Shadow"), member("Obi Observer"));
        let numbers = Cell::new(1);
        let candidate_record = Uuid::from_u128(1 << 64);
        app.sql(&format!(
            "INSERT INTO candidates (team_id, id, name, account_id, created_at) VALUES ('{}', '{candidate_record}', 'Cleo Candidate', '{}', '{}')",
            world.team, world.candidate, app.now()
        ));
        let mut panel = Panel {
            app,
            world,
            mode,
            id: InterviewId(Uuid::nil()),
            candidate_record,
            first,
            second,
            shadow,
            observer,
            questions: Vec::new(),
            numbers,
        };
        panel.id = panel.interview("2026-03-02T10:00:00Z");
        for (account, seat) in [(first, "lead_interviewer"), (second, "interviewer"), (shadow, "shadow"), (observer, "observer")] {
            panel.seat(panel.id, account, seat);
        }
        panel.questions =
            panel.app.texts(&format!("SELECT question_id FROM interview_questions WHERE interview_id = '{}' ORDER BY position", panel.id));
        panel
    }

    /// Another scheduled interview of the same candidate, with three questions and an empty panel.
    pub fn interview(&self, starts_at: &str) -> InterviewId {
        let id = self.uuid();
        let (team, lead, mode, now) = (self.world.team, self.world.lead, self.mode, self.app.now());
        self.app.sql(&format!(
            "INSERT INTO interviews (team_id, id, candidate_id, mode, level, question_set_version_id, rubric_version_id, starts_at,
                                     time_zone, minutes, created_by, created_at, scheduled_at)
             SELECT '{team}', '{id}', '{}', '{mode}', 'mid', set.id, rubric.id, '{starts_at}', 'UTC', 60, '{lead}', '{now}', '{now}'
             FROM library_question_set_versions set, library_rubric_versions rubric
             WHERE set.slug = 'django-backend' AND rubric.slug = 'five-areas' ORDER BY set.number DESC, rubric.number DESC LIMIT 1;
             INSERT INTO interview_questions (team_id, interview_id, question_id, position)
             SELECT '{team}', '{id}', (q.question ->> 'id')::uuid, q.position
             FROM interviews i JOIN library_question_set_versions set ON set.id = i.question_set_version_id,
                  jsonb_array_elements(set.content -> 'questions') WITH ORDINALITY q (question, position)
             WHERE i.id = '{id}' AND q.position <= 3",
            self.candidate_record
        ));
        InterviewId(id)
    }

    pub fn seat(&self, interview: InterviewId, account: AccountId, seat: &str) {
        self.app.sql(&format!(
            "INSERT INTO seats (team_id, id, interview_id, account_id, seat, added_at) VALUES ('{}', '{}', '{interview}', '{account}', '{seat}', '{}')",
            self.world.team, self.uuid(), self.app.now()
        ));
    }

    fn uuid(&self) -> Uuid {
        self.numbers.set(self.numbers.get() + 1);
        Uuid::from_u128((2 << 64) + self.numbers.get())
    }

    /// The room is opened, and ended an hour later.
    pub fn hold(&self, interview: InterviewId) {
        self.app.sql(&format!(
            "INSERT INTO rooms (team_id, interview_id, started_at, started_by, ended_at, ended_by, driver_id)
             SELECT team_id, id, starts_at, '{0}', starts_at + interval '1 hour', '{0}', '{0}' FROM interviews WHERE id = '{interview}'",
            self.first
        ));
        let ended = self.app.text(&format!(
            "SELECT to_char(ended_at + interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM rooms WHERE interview_id = '{interview}'"
        ));
        self.app.at(&ended);
    }

    pub fn open_debrief(&self, interview: InterviewId) {
        self.app.sql(&format!(
            "INSERT INTO debriefs (team_id, interview_id, opened_at, opened_by) VALUES ('{}', '{interview}', '{}', '{}') ON CONFLICT DO NOTHING",
            self.world.team,
            self.app.now(),
            self.world.lead
        ));
    }

    pub fn api(&self, rest: &str) -> String {
        self.api_of(self.id, rest)
    }

    pub fn api_of(&self, interview: InterviewId, rest: &str) -> String {
        self.world.api(&format!("/interviews/{interview}{rest}"))
    }

    pub fn as_(&self, account: AccountId) -> Client {
        self.app.token(account)
    }

    /// Saves onto the card as it is.
    pub async fn save(&self, account: AccountId, patch: Value) -> Response {
        self.save_of(self.id, account, patch).await
    }

    pub async fn save_of(&self, interview: InterviewId, account: AccountId, patch: Value) -> Response {
        let client = self.as_(account);
        let card = client.get(&self.api_of(interview, "/scorecard")).await.is(200).json();
        client.if_match(card["version"].as_i64().unwrap()).once().patch_json(&self.api_of(interview, "/scorecard"), patch).await
    }

    pub async fn submit(&self, account: AccountId) -> Response {
        self.as_(account).put_json(&self.api("/scorecard/submission"), json!({})).await
    }

    /// Fills a card in completely and submits it; every area gets `score`.
    pub async fn card(&self, account: AccountId, score: u8) {
        self.card_of(self.id, account, score).await;
    }

    pub async fn card_of(&self, interview: InterviewId, account: AccountId, score: u8) {
        self.save_of(interview, account, self.complete(score)).await.is(200);
        self.as_(account).put_json(&self.api_of(interview, "/scorecard/submission"), json!({})).await.is(201);
    }

    pub fn complete(&self, score: u8) -> Value {
        let areas: Vec<_> = (1..=5).map(|area| json!({"area": area, "value": score, "reason": format!("Reason {score}.")})).collect();
        let word = if self.mode == Mode::Hiring { "yes" } else { "nearly_ready" };
        json!({"areas": areas, "recommendation": word, "confidence": "medium", "next_step": format!("Practise {score}.")})
    }

    /// Everybody who may see the interview at all.
    pub fn readers(&self) -> Vec<AccountId> {
        vec![self.world.owner, self.world.lead, self.first, self.second, self.shadow, self.observer, self.world.candidate]
    }
}
