//! What is on the desk today: one interview in each stage of its life, in the practice group.

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use serde_json::json;
use uuid::Uuid;

use super::chance::Chance;
use super::past::{Show, card, end, plan, save, submit, workday};
use super::stage::Stage;
use crate::interviews;
use crate::platform::error::Result;
use crate::policy::{CandidateId, InterviewId, Mode};
use crate::rooms::{self, ChangeRoom, NextPhase};
use crate::rubrics::Level;

const LEAD: usize = 1;
const JONAS: usize = 2;
const PRIYA: usize = 3;
const MATEO: usize = 4;
const MEI: usize = 5;

pub fn play(stage: &Stage) -> Result<()> {
    let joined = stage.now - TimeDelta::days(60);
    let sofia = stage.candidate(joined, "Sofia Marin", Some(6))?;
    let daniel = stage.candidate(joined, "Daniel Osei", Some(7))?;
    let lena = stage.candidate(joined, "Lena Brandt", Some(8))?;
    disagreeing(stage, sofia)?;
    waiting(stage, daniel)?;
    scheduled(stage, lena)?;
    live(stage, daniel)
}

/// Over and on the table: two points apart on problem-solving.
fn disagreeing(stage: &Stage, candidate: CandidateId) -> Result<()> {
    let starts_at = full_hour(stage.now - TimeDelta::days(2));
    let id = show(stage, candidate, starts_at, &[LEAD, JONAS, PRIYA])?;
    go(stage, id, LEAD, starts_at, 6)?;
    end(stage, id, LEAD, starts_at + TimeDelta::minutes(50))?;
    let mut chance = Chance::new(11);
    for (place, scores) in [(LEAD, [3, 4, 5, 4, 4]), (JONAS, [4, 4, 4, 4, 2]), (PRIYA, [3, 4, 4, 5, 3])] {
        let card = card(&scores, Mode::Mock, &mut chance);
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
fn live(stage: &Stage, candidate: CandidateId) -> Result<()> {
    let starts_at = stage.now - TimeDelta::minutes(20);
    let id = show(stage, candidate, starts_at, &[JONAS, LEAD])?;
    go(stage, id, JONAS, starts_at, 3)?;
    let text = "Paused the deploy first, then named who he would tell and in what order.";
    let note = json!({"id": Uuid::new_v4(), "sign": "strength", "area": 3, "at_seconds": 610, "text": text});
    save(stage, id, JONAS, starts_at + TimeDelta::minutes(11), json!({"evidence": [note], "areas": [{"area": 3, "value": 4}]}))
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
