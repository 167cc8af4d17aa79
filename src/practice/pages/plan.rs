//! The plan: today first, then day by day, and the form that makes and changes it.

use actix_web::HttpResponse;
use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::super::model::{
    DoneToday, NewPlan, OwnInterviewDay, PlanBasis, PlanChoices, PlanDay, PlanItem, PlanTask, PlanView, PlanWeekday, Weekdays,
};
use super::super::service::{self, privately};
use super::parts::{attempt_url, attempts_url, coming, crumbs, day, levels, practice_url, today};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::web::download::attachment;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageError, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct PlanPage {
    crumbs: Vec<Crumb>,
    urls: PlanUrls,
    /// None before one is made.
    plan: Option<PlanPart>,
    form: PlanForm,
    weekdays: Vec<Choice>,
    levels: Vec<Choice>,
    /// Own ones to come.
    interviews: Vec<Choice>,
    sets: Vec<Choice>,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct PlanUrls {
    save: String,
    removal: String,
    calendar: String,
    start: String,
    proof: &'static str,
}

#[derive(Debug, Serialize)]
struct PlanPart {
    towards: String,
    coming: String,
    about: String,
    over: bool,
    /// An interview that is on another day.
    other_day: Option<String>,
    done: Vec<DonePart>,
    today: DayPart,
    /// Today is one of the chosen days.
    is_day: bool,
    days: Vec<DayPart>,
    so_far: Option<String>,
    basis: &'static str,
    areas: Vec<AreaPart>,
    no_room: Vec<String>,
}

#[derive(Debug, Serialize)]
struct DonePart {
    title: String,
    url: String,
    minutes: u16,
}

#[derive(Debug, Default, Serialize)]
struct DayPart {
    on: String,
    /// As in `39 min, 4 things`.
    about: String,
    items: Vec<ItemPart>,
}

#[derive(Debug, Serialize)]
struct ItemPart {
    icon: &'static str,
    text: String,
    advice: String,
    /// As in `comes back, 9 min`.
    meta: String,
    question: Option<QuestionPart>,
    /// It is done where proof and questions are.
    collects: bool,
}

#[derive(Debug, Serialize)]
struct QuestionPart {
    version: String,
    id: String,
    level: String,
}

#[derive(Debug, Serialize)]
struct AreaPart {
    name: String,
    reason: String,
}

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PlanForm {
    interview_id: String,
    towards: String,
    weekdays: Vec<String>,
    minutes: String,
    begins_at: String,
    level: String,
    question_set_id: String,
}

impl PlanForm {
    fn parse(&self) -> Result<NewPlan> {
        let mut errors = FieldErrors::default();
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let interview_id = given(&self.interview_id)
            .and_then(|id| errors.take("interview_id", id.parse().map_err(|_| "Choose one of your interviews.".to_owned())));
        let towards = given(&self.towards).filter(|_| interview_id.is_none());
        let towards =
            towards.and_then(|towards| errors.take("towards", towards.parse().map_err(|_| "Write a day as in 2026-03-09.".to_owned())));
        let weekdays = errors.take("weekdays", self.weekdays.iter().map(|day| day.parse()).collect());
        let minutes = self.minutes.trim().parse().map_err(|_| "Write a whole number of minutes.".to_owned());
        let minutes = errors.take("minutes", minutes);
        let level = given(&self.level).and_then(|level| errors.take("level", level.parse()));
        let set =
            given(&self.question_set_id).and_then(|id| errors.take("question_set_id", id.parse().map_err(|_| "Choose a set.".to_owned())));
        match (weekdays, minutes) {
            (Some(weekdays), Some(minutes)) if errors.is_empty() => {
                Ok(NewPlan { towards, interview_id, weekdays, minutes, begins_at: given(&self.begins_at), level, question_set_id: set })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }

    /// As the plan stands; for a first one, what most people can keep up.
    fn of(plan: Option<&PlanView>, choices: &PlanChoices, today: NaiveDate) -> Self {
        let words = |days: &[PlanWeekday]| days.iter().map(|day| day.to_string()).collect();
        match plan {
            Some(plan) => PlanForm {
                interview_id: String::new(),
                towards: plan.towards.to_string(),
                weekdays: words(&plan.weekdays),
                minutes: plan.minutes.to_string(),
                begins_at: plan.begins_at.clone(),
                level: plan.level.to_string(),
                question_set_id: plan.question_set_id.map(|id| id.to_string()).unwrap_or_default(),
            },
            None => PlanForm {
                interview_id: choices.interviews.first().map(|interview| interview.id.to_string()).unwrap_or_default(),
                towards: String::new(),
                weekdays: words(usual(choices.interviews.first(), today)),
                minutes: "30".into(),
                begins_at: "18:00".into(),
                level: "mid".into(),
                question_set_id: choices.sets.first().map(|set| set.id.to_string()).unwrap_or_default(),
            },
        }
    }
}

/// Workdays; where none of them lies before the next interview, all days.
fn usual(next: Option<&OwnInterviewDay>, today: NaiveDate) -> &'static [PlanWeekday] {
    let workdays = &PlanWeekday::ALL[..5];
    let lies_before = |next: &OwnInterviewDay| Weekdays::of(workdays).is_some_and(|days| days.between(today, next.on).next().is_some());
    if next.is_none_or(lies_before) { workdays } else { PlanWeekday::ALL }
}

pub async fn plan(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, None, FormErrors::default())).await
}

pub async fn save_plan(visitor: Visitor, Form(form): Form<PlanForm>) -> PageResult {
    let sent = form.clone();
    let done = visitor
        .write(privately(move |tx, actor| {
            let url = plan_url(actor.team_id()?);
            service::set_plan(tx, actor, &sent.parse()?)?;
            Ok(url)
        }))
        .await;
    match done {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, Some(form), errors)).await
        }
    }
}

pub async fn remove_plan(visitor: Visitor) -> PageResult {
    let done = visitor.write(privately(|tx, actor| {
        service::remove_plan(tx, actor)?;
        Ok(practice_url(actor.team_id()?))
    }));
    see_other_with(done.await?, "plan-removed")
}

pub async fn plan_calendar(visitor: Visitor) -> Result<HttpResponse, PageError> {
    Ok(attachment("text/calendar; charset=utf-8", "practice.ics", visitor.read(service::plan_file).await?))
}

pub fn plan_url(team: TeamId) -> String {
    format!("{}/plan", practice_url(team))
}

fn page(tx: &mut Tx, actor: &Actor, typed: Option<PlanForm>, errors: FormErrors) -> Result<PlanPage> {
    let plan = service::plan(tx, actor)?;
    let choices = match &plan {
        Some(plan) => plan.choices.clone(),
        None => service::plan_choices(tx, actor)?,
    };
    let here = Here { team: actor.team_id()?, zone: actor.time_zone(), today: today(actor, tx.now) };
    Ok(PlanPage::of(plan.as_ref(), &choices, &here, (typed, errors)))
}

/// Where and when the page is read.
struct Here {
    team: TeamId,
    zone: Tz,
    today: NaiveDate,
}

impl PlanPage {
    fn of(plan: Option<&PlanView>, choices: &PlanChoices, here: &Here, (typed, errors): (Option<PlanForm>, FormErrors)) -> Self {
        let team = here.team;
        let url = plan_url(team);
        let interview = |interview: &OwnInterviewDay| {
            let at = Moment::of(interview.starts_at, here.zone);
            Choice { value: interview.id.to_string(), label: format!("Your interview on {} ({})", at.text, at.zone) }
        };
        PlanPage {
            crumbs: crumbs(team, "Your plan"),
            urls: PlanUrls {
                removal: format!("{url}/removal"),
                calendar: format!("{url}/calendar.ics"),
                save: url,
                start: attempts_url(team),
                proof: "/account/proof",
            },
            form: typed.unwrap_or_else(|| PlanForm::of(plan, choices, here.today)),
            weekdays: PlanWeekday::ALL.iter().map(|day| Choice { value: day.to_string(), label: day.label().into() }).collect(),
            levels: levels(),
            sets: choices.sets.iter().map(|set| Choice { value: set.id.to_string(), label: set.name.clone() }).collect(),
            interviews: choices.interviews.iter().map(interview).collect(),
            plan: plan.map(|plan| PlanPart::of(plan, team)),
            errors,
        }
    }
}

impl PlanPart {
    fn of(plan: &PlanView, team: TeamId) -> Self {
        let weekdays: Vec<&str> = plan.weekdays.iter().map(|day| day.label()).collect();
        let weekdays = if weekdays.len() == PlanWeekday::ALL.len() { "Every day".to_owned() } else { weekdays.join(", ") };
        let interviews = &plan.choices.interviews;
        let other = interviews.first().filter(|_| interviews.iter().all(|interview| interview.on != plan.towards));
        let (now, later): (Vec<&PlanDay>, Vec<&PlanDay>) = plan.days.iter().partition(|one| one.on == plan.today);
        let topics = plan.no_room.topics.iter().map(|topic| topic.label().to_owned());
        let names = plan.areas.iter().filter(|area| plan.no_room.areas.contains(&area.area)).map(|area| area.name.clone());
        let done =
            |done: &DoneToday| DonePart { title: done.title.clone(), url: attempt_url(team, done.attempt_id), minutes: done.minutes };
        PlanPart {
            towards: day(plan.towards),
            coming: coming_in(plan),
            about: format!("{weekdays}, {} minutes each, level {}", plan.minutes, plan.level.label().to_lowercase()),
            over: plan.towards <= plan.today,
            other_day: other.map(|interview| coming(interview.on, plan.today)),
            done: plan.done_today.iter().map(done).collect(),
            today: now.first().map(|today| DayPart::of(today)).unwrap_or_default(),
            is_day: plan.today < plan.towards && plan.weekdays.iter().any(|day| *day as u32 == plan.today.weekday().num_days_from_monday()),
            days: later.into_iter().map(DayPart::of).collect(),
            so_far: so_far(plan),
            basis: basis(plan.basis),
            areas: plan.areas.iter().map(|area| AreaPart { name: area.name.clone(), reason: area.reason.clone() }).collect(),
            no_room: names.chain(topics).collect(),
        }
    }
}

/// The day itself stands before it.
fn coming_in(plan: &PlanView) -> String {
    match (plan.towards - plan.today).num_days() {
        ..=0 => "which is here".into(),
        1 => "tomorrow".into(),
        days => format!("in {days} days"),
    }
}

/// What was done, and what became of the days that passed. Nobody is counted against.
fn so_far(plan: &PlanView) -> Option<String> {
    let many = |n: i64, one: &str, more: &str| if n == 1 { format!("one {one}") } else { format!("{n} {more}") };
    let done = (plan.answers > 0)
        .then(|| format!("So far {} on {}.", many(plan.answers, "answer", "answers"), many(plan.days_used, "day", "days")));
    let passed = (plan.days_passed > 0).then(|| "What earlier days held is in the days to come; nothing is lost.".to_owned());
    let both: Vec<String> = done.into_iter().chain(passed).collect();
    (!both.is_empty()).then(|| both.join(" "))
}

fn basis(basis: PlanBasis) -> &'static str {
    match basis {
        PlanBasis::WeakAreas => {
            "The areas in which your own scores are not where the level asks come first, then those of which too little is known."
        }
        PlanBasis::UnknownAreas => {
            "Where enough is known of an area, it is ready. So time goes to the others, of which too little is known."
        }
        PlanBasis::Evenly => "Your own scores single no area out, so all five get the same.",
    }
}

impl DayPart {
    fn of(one: &PlanDay) -> Self {
        let things = if one.items.len() == 1 { "one thing".to_owned() } else { format!("{} things", one.items.len()) };
        let light = if one.light { ", a light day" } else { "" };
        DayPart {
            on: day(one.on),
            about: format!("{} min, {things}{light}", one.minutes),
            items: one.items.iter().map(ItemPart::of).collect(),
        }
    }
}

fn meta(item: &PlanItem) -> String {
    match item.task {
        PlanTask::Rest => String::new(),
        PlanTask::Due => format!("comes back, {} min", item.minutes),
        PlanTask::Topic => format!("new topic, {} min", item.minutes),
        PlanTask::Again => format!("again, {} min", item.minutes),
        _ => format!("{} min", item.minutes),
    }
}

impl ItemPart {
    fn of(item: &PlanItem) -> Self {
        let question = item.question_id.zip(item.question_set_version_id).zip(item.level);
        ItemPart {
            icon: match item.task {
                PlanTask::Due | PlanTask::Again => "refresh",
                PlanTask::Area | PlanTask::Topic => "target",
                PlanTask::Claim => "doc",
                PlanTask::CollectProof | PlanTask::Proof => "link",
                PlanTask::CollectQuestions | PlanTask::Questions => "quote",
                PlanTask::Rest => "pause",
            },
            text: item.text.clone(),
            advice: item.advice.clone(),
            meta: meta(item),
            question: question.map(|((id, version), level)| QuestionPart {
                version: version.to_string(),
                id: id.to_string(),
                level: level.to_string(),
            }),
            collects: matches!(item.task, PlanTask::CollectProof | PlanTask::CollectQuestions | PlanTask::Proof | PlanTask::Questions),
        }
    }
}

impl Template for PlanPage {
    const PATH: &'static str = "practice/plan.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Your plan".into()
    }

    fn samples() -> Vec<Self> {
        super::samples::plans()
            .into_iter()
            .map(|(plan, choices, errors)| {
                let here = Here { team: TeamId(uuid::Uuid::nil()), zone: Tz::UTC, today: super::samples::at().date_naive() };
                PlanPage::of(plan.as_ref(), &choices, &here, (None, errors))
            })
            .collect()
    }
}
