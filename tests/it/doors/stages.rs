//! One interview in each state of its life, with the same people, so that every act finds the state it belongs to.

use chrono::TimeDelta;
use fivefold::policy::{Mode, Seat};
use fivefold::web::routing::{Method, Route};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{App, Interview, World};

/// The note that stands in every card that was begun.
pub const NOTE: Uuid = Uuid::from_u128(0x0123_4567_89ab_4def_8123_4567_89ab_cdef);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Draft,
    /// Its start has passed, and nobody has begun.
    Planned,
    Live,
    /// Ended; every card is complete and none submitted.
    Scoring,
    /// The same, and the interviewer's card is in: the debrief can be opened early.
    PartlyScored,
    /// All cards are in. Nothing is decided, no report is written.
    Debriefed,
    /// With a decision, a saved report, and the candidate's own scores.
    Decided,
    /// The candidate reads the report.
    Released,
}

/// The state in which an act on one interview is a thing to do.
pub fn stage_of(route: &Route) -> Stage {
    let rest = route.path.split_once("/interviews/{id}").map_or("", |(_, rest)| rest);
    match (route.method, rest) {
        (Method::Put, "") | (_, "/edit") => Stage::Draft,
        (_, "/scorecard" | "/own-notes") => Stage::Live,
        (_, "/scorecard/submission" | "/feedback" | "/peer-feedback") => Stage::Scoring,
        (Method::Post, "/debrief") => Stage::PartlyScored,
        (_, "/scorecard/revisions" | "/scorecards" | "/debrief" | "/decision" | "/self-scores") => Stage::Debriefed,
        (Method::Put | Method::Post, "/report") => Stage::Debriefed,
        (Method::Put | Method::Post, "/report/release") | (_, "/gold-interview") => Stage::Decided,
        (_, rest) if rest.starts_with("/room") || rest == "/events" => Stage::Live,
        // What happens to the plan, and the pages that ask for it.
        (Method::Get, "/schedule" | "/cancellation" | "/no-show" | "/swap" | "/seats" | "/seats/{account_id}") => Stage::Planned,
        (Method::Post | Method::Put | Method::Delete, rest) if !rest.starts_with("/report") => Stage::Planned,
        _ => Stage::Released,
    }
}

/// The interviews, in the order of the stages.
#[derive(Clone)]
pub struct Stages(Vec<Interview>);

impl Stages {
    /// `first` is the planned one; the others follow it.
    pub async fn play(app: &App, world: &World, mode: Mode, first: &Interview) -> Self {
        // Cards of interviews that begin later hide those of earlier ones from who owes them: so these begin earlier.
        let [now, then] = [app.now(), app.now() + TimeDelta::hours(1)];
        let begin = |at| first.again(app, world, mode, at);
        let stages = Stages(vec![begin(now), first.clone(), begin(now), begin(now), begin(now), begin(then), begin(then), begin(then)]);
        app.sql(&format!("UPDATE interviews SET scheduled_at = NULL WHERE id = '{}'", stages.at(Stage::Draft).id));
        for stage in [Stage::Live, Stage::Scoring, Stage::PartlyScored, Stage::Debriefed, Stage::Decided, Stage::Released] {
            Player { app, world, mode, interview: stages.at(stage) }.up_to(stage).await;
        }
        app.advance(TimeDelta::hours(2));
        stages
    }

    pub fn at(&self, stage: Stage) -> &Interview {
        &self.0[stage as usize]
    }
}

struct Player<'s> {
    app: &'s App,
    world: &'s World,
    mode: Mode,
    interview: &'s Interview,
}

impl Player<'_> {
    async fn up_to(&self, stage: Stage) {
        self.put(Seat::LeadInterviewer, "/room", json!({"phase": "live"})).await;
        let scorers = [Seat::LeadInterviewer, Seat::Interviewer, Seat::Shadow];
        for seat in scorers {
            let client = self.app.token(self.interview.seat(seat)).if_match(0).once();
            client.patch_json(&self.url("/scorecard"), self.card()).await.is(200);
        }
        let pad = format!("/room/pads/{}", self.interview.questions[0]);
        self.put(Seat::LeadInterviewer, &pad, json!({"language": "sql"})).await;
        let candidate = self.app.token(self.interview.seat(Seat::Candidate)).if_match(0).once();
        candidate.patch_json(&self.url("/own-notes"), json!({"text": "Ask about the team."})).await.is(200);
        if stage == Stage::Live {
            return;
        }
        self.put(Seat::LeadInterviewer, "/room", json!({"phase": "ended"})).await;
        for seat in scorers {
            if stage >= Stage::Debriefed || (stage == Stage::PartlyScored && seat == Seat::Interviewer) {
                self.app.token(self.interview.seat(seat)).put_json(&self.url("/scorecard/submission"), json!({})).await.is(201);
            }
        }
        if stage >= Stage::Decided {
            self.decide_and_report().await;
        }
        if stage == Stage::Released {
            self.as_owner("/report/release", json!({})).await;
        }
    }

    async fn decide_and_report(&self) {
        self.as_owner("/decision", decision()).await;
        let owner = self.app.token(self.world.owner).if_match(0);
        owner.put_json(&self.url("/report"), json!({"headline": "Nearly ready", "show_areas": true})).await.is(200);
        self.put(Seat::Candidate, "/self-scores", json!({"skipped": true})).await;
    }

    fn card(&self) -> Value {
        let areas: Vec<_> = (1..=5).map(|area| json!({"area": area, "value": 3, "reason": "Explained it."})).collect();
        let word = if self.mode == Mode::Hiring { "yes" } else { "nearly_ready" };
        let note = json!({"id": NOTE, "sign": "strength", "area": 1, "text": "Asked first."});
        json!({"areas": areas, "evidence": [note], "recommendation": word, "confidence": "medium", "next_step": "Practise."})
    }

    async fn as_owner(&self, rest: &str, body: Value) {
        self.app.token(self.world.owner).put_json(&self.url(rest), body).await.is(200);
    }

    async fn put(&self, seat: Seat, rest: &str, body: Value) {
        self.app.token(self.interview.seat(seat)).put_json(&self.url(rest), body).await.is(200);
    }

    fn url(&self, rest: &str) -> String {
        self.world.api(&format!("/interviews/{}{rest}", self.interview.id))
    }
}

/// One that is right in both modes, whatever the rule proposes.
pub fn decision() -> Value {
    json!({"outcome": "cannot_say", "reason": "Two views of one answer.", "override_reason": "The panel heard different answers."})
}
