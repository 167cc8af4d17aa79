//! The closed hiring round: a year of interviews, each with three blind cards, a debrief and a decision.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::cast::{APPLICANTS, MATEO, MEMBERS, NOTES, PANEL, PRIYA};
use super::chance::Chance;
use super::stage::{Stage, ZONE};
use crate::calibration;
use crate::debriefs::{self, NewDecision};
use crate::interviews::{self, InterviewView, NewInterview, NewSeat};
use crate::platform::error::{Error, Result};
use crate::policy::{CandidateId, InterviewId, Mode, Seat};
use crate::rooms::{self, ChangeRoom, NextPhase};
use crate::rubrics::Level;
use crate::scorecards::{self, Recommendation, Save, ScorecardPatch};

/// The seed of every demo team.
const SEED: u64 = 0x5f1d_f01d;
/// The spread of candidates, of one area round a candidate, and of a single score.
const ABILITY: f64 = 0.85;
const AREA: f64 = 0.3;
const NOISE: f64 = 0.38;
/// Communication: what it asks for is read in several ways, and scores scatter.
const WEAK_AREA: usize = 3;
const WEAK_NOISE: f64 = 1.0;
/// Of the scale.
const MIDDLE: f64 = 3.0;

pub fn play(stage: &Stage) -> Result<()> {
    let mut chance = Chance::new(SEED);
    let count = APPLICANTS.len();
    for (number, name) in APPLICANTS.iter().enumerate() {
        // From a year ago to a fortnight ago, evenly.
        let days = 360 - (number * 345 / count) as i64;
        let starts_at = workday(stage.now - TimeDelta::days(days), number);
        let panel = [PANEL[number % 5], PANEL[(number + 1 + number / 5 % 2) % 5], PANEL[(number + 3) % 5]];
        let level = [Level::Mid, Level::Senior, Level::Mid, Level::Entry][number % 4];
        let candidate = stage.candidate(starts_at - TimeDelta::days(9), name, None)?;
        let id = plan(stage, &Show { candidate, mode: Mode::Hiring, level, starts_at, panel: &panel, told: TimeDelta::days(7) })?;
        run(stage, id, panel[0], starts_at)?;
        let ability = chance.normal(3.3, ABILITY);
        let areas: Vec<f64> = (0..5).map(|_| chance.normal(ability, AREA)).collect();
        for place in panel {
            let scores = areas.iter().enumerate().map(|(area, level)| score(given(*level, area, place, &mut chance))).collect::<Vec<_>>();
            let card = card(&scores, Mode::Hiring, &mut chance);
            submit(stage, id, place, starts_at + TimeDelta::hours(3), card)?;
        }
        decide(stage, id, starts_at + TimeDelta::days(1))?;
    }
    // Two let leads see which dot is theirs; two do not.
    for place in [PRIYA, MATEO] {
        stage.act(place, stage.now - TimeDelta::days(10), calibration::share)?;
    }
    Ok(())
}

/// An interview to be planned.
pub struct Show<'a> {
    pub candidate: CandidateId,
    pub mode: Mode,
    pub level: Level,
    pub starts_at: DateTime<Utc>,
    /// Places of the members; the first leads.
    pub panel: &'a [usize],
    /// How long before the start it was planned.
    pub told: TimeDelta,
}

pub fn plan(stage: &Stage, show: &Show<'_>) -> Result<InterviewId> {
    let seat = |(number, place): (usize, &usize)| NewSeat {
        account_id: stage.account(*place),
        seat: if number == 0 { Seat::LeadInterviewer } else { Seat::Interviewer },
        areas: Vec::new(),
    };
    let new = NewInterview {
        candidate_id: Some(show.candidate),
        candidate: None,
        mode: Some(show.mode),
        level: show.level,
        question_set_version_id: stage.set.id,
        rubric_version_id: stage.rubric.id,
        question_ids: None,
        seats: show.panel.iter().enumerate().map(seat).collect(),
        starts_at: show.starts_at.to_rfc3339(),
        time_zone: ZONE.name().into(),
        minutes: 50,
        extra_minutes: 0,
        place: "Room 4".into(),
        instructions: String::new(),
        swap_roles: false,
        draft: false,
    };
    match stage.act(1, show.starts_at - show.told, |tx, actor| interviews::plan(tx, actor, new))? {
        InterviewView::Plan(plan) => Ok(plan.id),
        InterviewView::Invitation(_) => Err(Error::Internal(anyhow::anyhow!("a lead reads the plan"))),
    }
}

/// Starts it on time, asks each question for five minutes, and ends it.
fn run(stage: &Stage, id: InterviewId, lead: usize, starts_at: DateTime<Utc>) -> Result<()> {
    let questions = stage.act(lead, starts_at, |tx, actor| interviews::questions(tx, actor, id))?;
    for (number, question) in questions.iter().enumerate() {
        let at = starts_at + TimeDelta::minutes(5 * number as i64);
        let change = ChangeRoom { phase: NextPhase::Live, question_id: Some(question.question_id) };
        stage.act(lead, at, |tx, actor| rooms::change(tx, actor, id, change))?;
    }
    end(stage, id, lead, starts_at + TimeDelta::minutes(50))
}

pub fn end(stage: &Stage, id: InterviewId, lead: usize, at: DateTime<Utc>) -> Result<()> {
    let change = ChangeRoom { phase: NextPhase::Ended, question_id: None };
    stage.act(lead, at, |tx, actor| rooms::change(tx, actor, id, change))?;
    Ok(())
}

/// A card with these five scores, a note for each, and the recommendation they lead to.
pub fn card(scores: &[u8], mode: Mode, chance: &mut Chance) -> Value {
    let mean = scores.iter().map(|score| f64::from(*score)).sum::<f64>() / scores.len() as f64;
    let evidence: Vec<Value> = scores.iter().zip(1..).map(|(score, area)| note(*score, area, chance)).collect();
    json!({
        "areas": scores.iter().zip(1..).map(|(score, area)| json!({"area": area, "value": score})).collect::<Vec<_>>(),
        "evidence": evidence,
        "recommendation": recommendation(mean, mode).as_str(),
        "confidence": "medium",
        "next_step": "Say what you need to know before you say what you would do.",
    })
}

fn note(score: u8, area: usize, chance: &mut Chance) -> Value {
    let strong = score >= 3;
    let [strength, concern] = NOTES[area - 1];
    json!({
        "id": chance.uuid(),
        "sign": if strong { "strength" } else { "concern" },
        "area": area,
        "at_seconds": 420 * area,
        "text": if strong { strength } else { concern },
    })
}

pub fn save(stage: &Stage, id: InterviewId, place: usize, at: DateTime<Utc>, patch: Value) -> Result<()> {
    let patch: ScorecardPatch = serde_json::from_value(patch)?;
    let save = Save::parse(0, Uuid::new_v4(), &patch)?;
    stage.act(place, at, |tx, actor| scorecards::save(tx, actor, id, &save))?;
    Ok(())
}

pub fn submit(stage: &Stage, id: InterviewId, place: usize, at: DateTime<Utc>, card: Value) -> Result<()> {
    save(stage, id, place, at, card)?;
    stage.act(place, at, |tx, actor| debriefs::submit(tx, actor, id))?;
    Ok(())
}

/// The lead follows the rule.
fn decide(stage: &Stage, id: InterviewId, at: DateTime<Utc>) -> Result<()> {
    stage.act(1, at, |tx, actor| {
        let outcome = debriefs::show(tx, actor, id)?.proposal.outcome.unwrap_or(Recommendation::CannotSay);
        let reason = "The evidence on the five areas points the same way as the rule.".to_owned();
        debriefs::decide(tx, actor, id, &NewDecision { outcome, reason, override_reason: None, dissents: Vec::new() })
    })?;
    Ok(())
}

/// What this member gives for a performance: their severity and chance are in it, and how far they leave the middle.
fn given(level: f64, area: usize, place: usize, chance: &mut Chance) -> f64 {
    let noise = if area == WEAK_AREA { WEAK_NOISE } else { NOISE };
    let value = chance.normal(level + MEMBERS[place].severity, noise);
    MIDDLE + (value - MIDDLE) * MEMBERS[place].reach
}

fn score(value: f64) -> u8 {
    value.round().clamp(1.0, 5.0) as u8
}

fn recommendation(mean: f64, mode: Mode) -> Recommendation {
    match mode {
        Mode::Mock if mean >= 3.6 => Recommendation::ReadyNow,
        Mode::Mock if mean >= 2.7 => Recommendation::NearlyReady,
        Mode::Mock => Recommendation::NotYet,
        Mode::Hiring if mean >= 4.0 => Recommendation::StrongYes,
        Mode::Hiring if mean >= 3.2 => Recommendation::Yes,
        Mode::Hiring if mean >= 2.2 => Recommendation::No,
        Mode::Hiring => Recommendation::StrongNo,
    }
}

/// A morning or an afternoon of a working day near this one.
pub fn workday(day: DateTime<Utc>, number: usize) -> DateTime<Utc> {
    use chrono::{Datelike as _, Weekday};
    let day = match day.weekday() {
        Weekday::Sat => day - TimeDelta::days(1),
        Weekday::Sun => day - TimeDelta::days(2),
        _ => day,
    };
    let hour = [8, 9, 12, 13][number % 4];
    day.date_naive().and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()).and_utc()
}
