//! A planned interview with one person in each seat, and a link for a candidate without an account.

use chrono::{DateTime, Utc};
use fivefold::platform::token::{Purpose, Token};
use fivefold::policy::{AccountId, Mode, Role, Seat};
use serde_json::Value;
use uuid::Uuid;

use super::{App, Client, World};

/// Of world's team; everybody but the candidate has the role interviewer, so that a right they have is their seat's.
#[derive(Clone)]
pub struct Interview {
    pub id: Uuid,
    /// The candidate's record.
    pub record: Uuid,
    pub lead_interviewer: AccountId,
    pub interviewer: AccountId,
    pub shadow: AccountId,
    pub observer: AccountId,
    /// An account with the role candidate.
    pub candidate: AccountId,
    pub link: Uuid,
    pub link_token: Token,
    /// The ids of the five planned questions, and one more of the set.
    pub questions: Vec<String>,
    pub one_more_question: String,
}

const NEWEST_SET: &str = "FROM library_question_set_versions WHERE slug = 'django-backend' ORDER BY number DESC LIMIT 1";

impl Interview {
    /// The people, and an interview that begins now.
    pub fn planned(app: &App, world: &World, mode: Mode) -> Self {
        let team = world.team;
        let member = |role, name: &str| app.member(team, role, name);
        let set: Value = serde_json::from_str(&app.text(&format!("SELECT content {NEWEST_SET}"))).unwrap();
        let mut questions = set["questions"].as_array().unwrap().iter().map(|question| question["id"].as_str().unwrap().to_owned());
        let interview = Interview {
            id: Uuid::now_v7(),
            record: Uuid::now_v7(),
            lead_interviewer: member(Role::Interviewer, "Lilo Leads"),
            interviewer: member(Role::Interviewer, "Ivo Interviews"),
            shadow: member(Role::Interviewer, "Sam Shadow"),
            observer: member(Role::Interviewer, "Oda Observer"),
            candidate: member(Role::Candidate, "Cleo Candidate"),
            link: Uuid::now_v7(),
            link_token: Token::random(),
            questions: questions.by_ref().take(5).collect(),
            one_more_question: questions.next().unwrap(),
        };
        let (record, lead, now) = (interview.record, world.lead, app.now().to_rfc3339());
        app.sql(&format!(
            "INSERT INTO candidates (team_id, id, name, account_id, created_by, created_at)
             VALUES ('{team}', '{record}', 'Cleo Candidate', '{}', '{lead}', '{now}')",
            interview.candidate
        ));
        interview.write_down(app, world, mode, app.now());
        interview
    }

    /// Another interview of the same candidate by the same people, with a link of its own.
    pub fn again(&self, app: &App, world: &World, mode: Mode, starts_at: DateTime<Utc>) -> Self {
        let interview = Interview { id: Uuid::now_v7(), link: Uuid::now_v7(), link_token: Token::random(), ..self.clone() };
        interview.write_down(app, world, mode, starts_at);
        interview
    }

    fn write_down(&self, app: &App, world: &World, mode: Mode, starts_at: DateTime<Utc>) {
        let (team, id, record, link, lead, now) = (world.team, self.id, self.record, self.link, world.lead, app.now().to_rfc3339());
        let hash: String = self.link_token.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut statements = format!(
            "INSERT INTO interviews (team_id, id, candidate_id, mode, level, question_set_version_id, rubric_version_id, starts_at, time_zone,
                minutes, extra_minutes, created_by, created_at, scheduled_at)
                SELECT '{team}', '{id}', '{record}', '{mode}', 'mid', (SELECT id {NEWEST_SET}), r.id, '{}', 'UTC', 50, 0, '{lead}', '{now}', '{now}'
                FROM library_rubric_versions r WHERE slug = 'five-areas' ORDER BY number DESC LIMIT 1;
             INSERT INTO candidate_links (team_id, id, interview_id, token_hash, created_by, created_at, expires_at)
                VALUES ('{team}', '{link}', '{id}', '\\x{hash}', '{lead}', '{now}', '{now}'::timestamptz + interval '7 days');",
            starts_at.to_rfc3339(),
        );
        for (place, question) in self.questions.iter().enumerate() {
            statements.push_str(&format!("INSERT INTO interview_questions VALUES ('{team}', '{id}', '{question}', {place}, false);"));
        }
        for seat in Seat::ALL.iter().filter(|seat| **seat != Seat::Candidate) {
            let account = self.seat(*seat);
            statements.push_str(&format!(
                "INSERT INTO seats (team_id, id, interview_id, account_id, seat, added_at)
                 VALUES ('{team}', gen_random_uuid(), '{id}', '{account}', '{seat}', '{now}');"
            ));
        }
        app.sql(&statements);
    }

    pub fn seat(&self, seat: Seat) -> AccountId {
        match seat {
            Seat::LeadInterviewer => self.lead_interviewer,
            Seat::Interviewer => self.interviewer,
            Seat::Shadow => self.shadow,
            Seat::Observer => self.observer,
            Seat::Candidate => self.candidate,
        }
    }

    /// The candidate without an account, who has opened the link.
    pub fn guest(&self, app: &App, world: &World) -> Client {
        app.anon().with_cookie("guest", &self.guest_token(app, world))
    }

    pub fn guest_token(&self, app: &App, world: &World) -> String {
        let until = app.now() + chrono::TimeDelta::days(1);
        app.server.signer.sign(Purpose::Guest, self.link, world.team.0, app.now(), until)
    }
}
