//! Examples that show every branch of the answer's page and of the plan's.

use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

use super::super::model::{
    AttemptId, DoneToday, NoRoom, OwnInterviewDay, PlanArea, PlanBasis, PlanChoices, PlanDay, PlanId, PlanItem, PlanSet, PlanTask,
    PlanView, PlanWeekday,
};
use super::answer::{AnswerPage, sample};
use crate::policy::InterviewId;
use crate::question_sets::{QuestionId, QuestionSetId, QuestionSetVersionId, Topic};
use crate::rubrics::Level;
use crate::web::form::FormErrors;

pub fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default()
}

pub fn answers() -> Vec<AnswerPage> {
    vec![
        sample(true, false, false, "", FormErrors::default()),
        sample(true, false, true, "", FormErrors::default()),
        sample(false, false, false, "", FormErrors::default()),
        sample(false, true, true, "It is <lazy>.", FormErrors::sample(&["text"])),
        sample(false, false, false, "Mine", FormErrors::whole("Changed in another tab.")),
    ]
}

/// A plan in each state of its life, with what another could be made of.
pub fn plans() -> Vec<(Option<PlanView>, PlanChoices, FormErrors)> {
    let today = at().date_naive();
    let day = |days: u64| today + Days::new(days);
    let choices = PlanChoices {
        interviews: vec![OwnInterviewDay { id: InterviewId(Uuid::nil()), starts_at: at() + chrono::TimeDelta::days(9), on: day(9) }],
        sets: vec![PlanSet { id: QuestionSetId(Uuid::nil()), name: "Django <backend>".into() }],
    };
    let item = |task, question: bool, minutes: u16| PlanItem {
        task,
        minutes,
        text: "Lazy <querysets> & \"more\"".into(),
        advice: if question { String::new() } else { "Say it <aloud>.".into() },
        area: None,
        topic: None,
        question_set_version_id: question.then(|| QuestionSetVersionId(Uuid::nil())),
        question_id: question.then(|| QuestionId(Uuid::nil())),
        level: question.then_some(Level::Mid),
    };
    let questions = [PlanTask::Due, PlanTask::Area, PlanTask::Topic, PlanTask::Again].map(|task| item(task, true, 10));
    let tasks = [PlanTask::Claim, PlanTask::CollectProof, PlanTask::CollectQuestions].map(|task| item(task, false, 8));
    let last =
        [PlanTask::Proof, PlanTask::Questions, PlanTask::Rest].map(|task| item(task, false, if task == PlanTask::Rest { 0 } else { 5 }));
    let whole = |on, light, items: &[PlanItem]| PlanDay { on, minutes: 30, light, items: items.to_vec() };
    let plan = |days: Vec<PlanDay>, towards| PlanView {
        id: PlanId(Uuid::nil()),
        towards,
        weekdays: PlanWeekday::ALL[..5].to_vec(),
        minutes: 30,
        begins_at: "18:00".into(),
        level: Level::Mid,
        question_set_id: None,
        made_at: at(),
        today,
        answers: 0,
        days_used: 0,
        days_passed: 0,
        done_today: Vec::new(),
        days,
        basis: PlanBasis::Evenly,
        areas: Vec::new(),
        no_room: NoRoom::default(),
        choices: PlanChoices::default(),
    };
    let area = PlanArea { area: 1, name: "Fundamentals & \"basics\"".into(), reason: "Your <mean> is 2.8.".into() };
    let done = DoneToday { attempt_id: AttemptId(Uuid::nil()), title: "Signals <&>".into(), minutes: 10 };
    let full = PlanView {
        answers: 4,
        days_used: 2,
        days_passed: 1,
        done_today: vec![done.clone()],
        basis: PlanBasis::WeakAreas,
        areas: vec![area.clone()],
        no_room: NoRoom { areas: vec![1], topics: vec![Topic::Git] },
        choices: choices.clone(),
        ..plan(vec![whole(today, false, &questions), whole(day(1), false, &tasks), whole(day(2), true, &last)], day(3))
    };
    let rested = PlanView { answers: 1, days_used: 1, done_today: vec![done], ..plan(vec![whole(day(2), true, &last)], day(3)) };
    let light = PlanView { basis: PlanBasis::UnknownAreas, ..plan(vec![whole(today, true, &last)], day(1)) };
    vec![
        (None, PlanChoices::default(), FormErrors::default()),
        (
            None,
            choices.clone(),
            FormErrors::sample(&["interview_id", "towards", "weekdays", "minutes", "begins_at", "level", "question_set_id"]),
        ),
        (Some(full), choices, FormErrors::default()),
        (Some(rested), PlanChoices::default(), FormErrors::default()),
        (Some(light), PlanChoices::default(), FormErrors::default()),
        (Some(plan(Vec::new(), day(4))), PlanChoices::default(), FormErrors::default()),
        (Some(plan(Vec::new(), today)), PlanChoices::default(), FormErrors::default()),
    ]
}
