//! What is on the desk today: one interview in each stage of its life, in the practice group.

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use serde_json::json;
use uuid::Uuid;

use super::cast::{JONAS, LEAD, MATEO, MEI, PRIYA};
use super::chance::Chance;
use super::past::{Show, card, end, plan, save, submit, workday};
use super::stage::Stage;
use crate::candidates::ClaimId;
use crate::interviews;
use crate::platform::error::Result;
use crate::policy::{CandidateId, InterviewId, Mode};
use crate::rooms::{self, ChangeRoom, NextPhase};
use crate::rubrics::Level;

/// What the résumés say: the sentence, and what there is to ask.
const SOFIAS: [(&str, &str); 4] = [
    ("Cut checkout latency by 60%", "Of which percentile, measured where, and what was tried that did not help?"),
    ("Built the permission model", "What can a role do, and who may see another customer's order?"),
    ("Moved 40 million rows without downtime", "What happened between the two versions of the code?"),
    ("Mentored three juniors", ""),
];
const DANIELS: [(&str, &str); 3] = [
    ("Brought the test suite from 40 minutes to 6", "What was slow, and what is slow now?"),
    ("On call for the payment service", "The last page that woke him: what did he do first?"),
    ("Wrote the team's API guidelines", ""),
];
type Verdicts = [(&'static str, &'static str); 4];
/// On Sofia's, by lead, Jonas and Priya.
const VERDICTS: [Verdicts; 3] = [
    [
        ("partly", "The cache in front of the price lookup was hers. The new index was a colleague's."),
        ("confirmed", "Drew the tables, and named the case that a role alone does not cover."),
        ("not_asked", ""),
        ("not_asked", ""),
    ],
    [
        ("not_confirmed", "Could not say which percentile, or what it was before."),
        ("confirmed", ""),
        ("partly", "Knew the two steps of the migration; a colleague ran them."),
        ("not_asked", ""),
    ],
    [
        ("partly", "Spoke of “we” until asked; then named her part well."),
        ("not_asked", ""),
        ("not_asked", ""),
        ("confirmed", "Told how one of them learned to ask for reviews earlier."),
    ],
];

pub fn play(stage: &Stage) -> Result<()> {
    let joined = stage.now - TimeDelta::days(60);
    let sofia = stage.candidate(joined, "Sofia Marin", Some(6))?;
    let daniel = stage.candidate(joined, "Daniel Osei", Some(7))?;
    let claimed = stage.claims(joined, sofia, &SOFIAS)?;
    let daniels = stage.claims(joined, daniel, &DANIELS)?;
    let lena = stage.candidate(joined, "Lena Brandt", Some(8))?;
    disagreeing(stage, sofia, &claimed)?;
    waiting(stage, daniel)?;
    scheduled(stage, lena)?;
    live(stage, daniel, &daniels)
}

/// Over and on the table: two points apart on problem-solving.
fn disagreeing(stage: &Stage, candidate: CandidateId, claims: &[ClaimId]) -> Result<()> {
    let starts_at = full_hour(stage.now - TimeDelta::days(2));
    let id = show(stage, candidate, starts_at, &[LEAD, JONAS, PRIYA])?;
    go(stage, id, LEAD, starts_at, 6)?;
    end(stage, id, LEAD, starts_at + TimeDelta::minutes(50))?;
    let mut chance = Chance::new(11);
    let panel = [(LEAD, [3, 4, 5, 4, 4], VERDICTS[0]), (JONAS, [4, 4, 4, 4, 2], VERDICTS[1]), (PRIYA, [3, 4, 4, 5, 3], VERDICTS[2])];
    for (place, scores, verdicts) in panel {
        let mut card = card(&scores, Mode::Mock, &mut chance);
        let mark = |(id, (value, evidence)): (&ClaimId, (&str, &str))| json!({"claim_id": id, "value": value, "evidence": evidence});
        card["claims"] = claims.iter().zip(verdicts).map(mark).collect();
        submit(stage, id, place, starts_at + TimeDelta::hours(2), card)?;
    }
    Ok(())
}

/// Over since this morning: one card is in, two are owed, one of them begun.
fn waiting(stage: &Stage, candidate: CandidateId) -> Result<()> {
    let starts_at = stage.now - TimeDelta::hours(5);
    let id = show(stage, candidate, starts_at, &[PRIYA, MATEO, MEI])?;
    go(stage, id, PRIYA, starts_at, 6)?;
    end(stage, id, PRIYA, starts_at + TimeDelta::minutes(52))?;
    let mut chance = Chance::new(12);
    submit(stage, id, PRIYA, starts_at + TimeDelta::hours(1), card(&[3, 3, 2, 4, 3], Mode::Mock, &mut chance))?;
    let begun = json!({"areas": [{"area": 1, "value": 3}, {"area": 4, "value": 4}]});
    save(stage, id, MATEO, starts_at + TimeDelta::minutes(40), begun)
}

fn scheduled(stage: &Stage, candidate: CandidateId) -> Result<()> {
    let starts_at = workday(stage.now + TimeDelta::days(3), 2);
    show(stage, candidate, starts_at, &[LEAD, JONAS, MEI]).map(drop)
}

/// Going on right now, twenty minutes in, on the third question. Its panel owes nothing for this candidate's
/// other interview, whose cards would stay hidden from them else.
fn live(stage: &Stage, candidate: CandidateId, claims: &[ClaimId]) -> Result<()> {
    let starts_at = stage.now - TimeDelta::minutes(20);
    let id = show(stage, candidate, starts_at, &[JONAS, LEAD])?;
    go(stage, id, JONAS, starts_at, 3)?;
    let text = "Paused the deploy first, then named who he would tell and in what order.";
    let note = json!({"id": Uuid::new_v4(), "sign": "strength", "area": 3, "at_seconds": 610, "text": text});
    let claim =
        json!({"claim_id": claims[0], "value": "partly", "evidence": "The runner was there; he wrote the part that splits the tests."});
    save(
        stage,
        id,
        JONAS,
        starts_at + TimeDelta::minutes(11),
        json!({"evidence": [note], "areas": [{"area": 3, "value": 4}], "claims": [claim]}),
    )
}

fn show(stage: &Stage, candidate: CandidateId, starts_at: DateTime<Utc>, panel: &[usize]) -> Result<InterviewId> {
    plan(stage, &Show { candidate, mode: Mode::Mock, level: Level::Mid, starts_at, panel, told: TimeDelta::days(5) })
}

/// Starts it and asks the first `count` questions, six minutes each.
fn go(stage: &Stage, id: InterviewId, lead: usize, starts_at: DateTime<Utc>, count: usize) -> Result<()> {
    let questions = stage.act(lead, starts_at, |tx, actor| interviews::questions(tx, actor, id))?;
    for (number, question) in questions.iter().take(count).enumerate() {
        let change = ChangeRoom { phase: NextPhase::Live, question_id: Some(question.question_id) };
        stage.act(lead, starts_at + TimeDelta::minutes(6 * number as i64), |tx, actor| rooms::change(tx, actor, id, change))?;
    }
    Ok(())
}

fn full_hour(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_minute(0).and_then(|at| at.with_second(0)).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}
