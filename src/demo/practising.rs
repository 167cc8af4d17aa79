//! Ten weeks of one candidate's practice: a few questions a week, some of them again when they came back. Then there is a
//! day to prepare for: what can be shown, what is to be asked, and a plan.

use chrono::{DateTime, Days, TimeDelta, Utc};
use uuid::Uuid;

use super::chance::Chance;
use super::past::workday;
use super::stage::Stage;
use crate::platform::error::Result;
use crate::practice::{
    self, AnswerKind, AttemptView, Choice, Finish, NewComparison, NewPlan, NewScore, PlanWeekday, SaveAnswer, Source, WriteAnswer,
};
use crate::proofs::{self, NewProof, NewQuestion, ProofInput, ProofKind, QuestionInput, Theme};
use crate::question_sets::Question;
use crate::rubrics::Level;

/// Sofia, as a place among the members.
const WHO: usize = 6;
const SEED: u64 = 0x5e1f_0001;
const WEEKS: i64 = 10;
/// How far the first scores lie from the middle, and how far the last.
const FROM: f64 = 2.4;
const TO: f64 = 3.7;

const NOTES: [&str; 4] = [
    "Say the number first, then how it was measured.",
    "Ask what the traffic looks like before naming a fix.",
    "One example of my own. Not three.",
    "I stopped at what it is, and never said when not to.",
];

pub fn play(stage: &Stage) -> Result<()> {
    let mut chance = Chance::new(SEED);
    let set = stage.set.clone();
    let asked: Vec<&Question> =
        set.questions.iter().filter(|question| question.fits(Level::Mid) && question.weak_answer.is_some()).collect();
    let rounds = WEEKS * 3;
    for round in 0..rounds {
        let at = workday(stage.now - TimeDelta::days(WEEKS * 7 - round * 7 / 3 - 2), round as usize) + TimeDelta::minutes(round % 3 * 40);
        // Every third time a question from before comes again.
        let place = if round % 3 == 2 { round / 2 } else { round - round / 3 };
        let Some(question) = asked.get(place as usize % asked.len()) else { continue };
        let middle = FROM + (TO - FROM) * round as f64 / rounds as f64;
        let score = chance.normal(middle, 0.7).round().clamp(1.0, 5.0) as u8;
        let sure = (chance.normal(f64::from(score) * 18.0, 12.0) / 5.0).round().clamp(0.0, 20.0) as u8 * 5;
        attempt(stage, at, question, (score, sure), round as usize)?;
    }
    prepare(stage)
}

const SHOWN: [(ProofKind, &str, &str, &str); 3] = [
    (
        ProofKind::Repository,
        "Depot planner",
        "https://code.example.org/sofia/depot-planner",
        "A queue whose retries never book a van twice, with the tests that prove it.",
    ),
    (ProofKind::App, "Depot planner, running", "https://depot.example.org", "One small server; its health page says what it waits for."),
    (
        ProofKind::WriteUp,
        "Why our Mondays were slow",
        "https://sofia.example.org/slow-mondays",
        "From 4 s to 300 ms, and the two ideas that did nothing.",
    ),
];

/// Four days ago, for an interview in ten days.
fn prepare(stage: &Stage) -> Result<()> {
    let at = stage.now - TimeDelta::days(4);
    for (kind, title, url, shows) in SHOWN {
        let input = ProofInput { kind, title: title.to_owned(), url: url.to_owned(), shows: Some(shows.to_owned()) };
        stage.act(WHO, at, |tx, actor| proofs::add_proof(tx, actor, &NewProof::parse(&input)?))?;
    }
    let own = QuestionInput { text: Some("Who is on call, and how often were they woken last month?".into()), theme: None };
    for input in [QuestionInput { text: None, theme: Some(Theme::Decisions) }, own] {
        stage.act(WHO, at, |tx, actor| proofs::add_question(tx, actor, &NewQuestion::parse(&input)?))?;
    }
    let plan = NewPlan {
        towards: stage.now.date_naive().checked_add_days(Days::new(10)),
        weekdays: PlanWeekday::ALL.to_vec(),
        minutes: 40,
        level: Some(Level::Mid),
        question_set_id: Some(stage.set.set()),
        ..NewPlan::default()
    };
    stage.act(WHO, at, |tx, actor| practice::set_plan(tx, actor, &plan))?;
    Ok(())
}

fn attempt(stage: &Stage, at: DateTime<Utc>, question: &Question, (score, sure): (u8, u8), round: usize) -> Result<()> {
    let source = Source::Set { version: stage.set.id, question: Some(question.id), level: Level::Mid };
    let choice = Choice { source, kind: AnswerKind::Typed, think_seconds: 60 };
    let begun = stage.act(WHO, at, |tx, actor| practice::start(tx, actor, choice))?;
    let (id, answering) = (begun.id, at + TimeDelta::seconds(70));
    stage.act(WHO, answering, |tx, actor| practice::begin_answer(tx, actor, id))?;
    let text = if score >= 4 { question.strong_answer.clone() } else { question.weak_answer.as_ref().map(|weak| weak.text.clone()) };
    let took = i64::from(question.minutes) * 60 * (70 + 13 * (round as i64 % 4)) / 100;
    let done = answering + TimeDelta::seconds(took);
    let save = SaveAnswer::parse(0, Uuid::new_v4(), &WriteAnswer { text })?;
    let finished = stage.act(WHO, done, |tx, actor| practice::finish(tx, actor, id, &Finish { save: Some(save), aloud: None }))?;
    let own = (!question.anchors.is_empty()).then_some(score);
    let steps = finished.scale.map_or(0, |scale| scale.steps.len()) as u8;
    let given = NewScore { score: own, area_score: Some(score), would_pass: Some(sure), checked: (0..steps.min(score)).collect() };
    let scored = stage.act(WHO, done + TimeDelta::minutes(2), |tx, actor| practice::score(tx, actor, id, &given))?;
    compare(stage, &scored, done + TimeDelta::minutes(5), question, (score, round))
}

fn compare(stage: &Stage, scored: &AttemptView, at: DateTime<Utc>, question: &Question, (score, round): (u8, usize)) -> Result<()> {
    let heard = (question.listen_for.len() * usize::from(score) / 5) as u8;
    let signs = if score < 3 && !question.warning_signs.is_empty() { vec![0] } else { Vec::new() };
    let note = (round % 2 == 0).then(|| NOTES[round / 2 % NOTES.len()].to_owned());
    let comparison = NewComparison { heard: (0..heard).collect(), signs, note };
    stage.act(WHO, at, |tx, actor| practice::compare(tx, actor, scored.id, scored.answer.version, &comparison))?;
    Ok(())
}
