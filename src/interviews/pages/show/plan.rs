//! The plan, for its panel and for who may change it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::super::super::model::{PlanView, Stage, Warning};
use super::super::super::words::{self, PersonLine, When};
use super::history::{self, HistoryLine};
use super::is_link;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, Seat, TeamId};
use crate::rubrics::{self, RubricVersion};

#[derive(Debug, Serialize)]
pub struct PlanPart {
    pub(super) list_url: String,
    pub(super) candidate: String,
    pub(super) email: Option<String>,
    pub(super) stage: &'static str,
    pub(super) stage_label: Option<&'static str>,
    pub(super) level: &'static str,
    pub(super) mode: &'static str,
    pub(super) when: When,
    pub(super) minutes: String,
    pub(super) place: String,
    pub(super) place_is_link: bool,
    pub(super) instructions: String,
    pub(super) question_set: String,
    pub(super) rubric: String,
    pub(super) panel: Vec<PersonLine>,
    pub(super) questions: Option<Vec<QuestionLine>>,
    pub(super) questions_meta: String,
    pub(super) warnings: Vec<Warning>,
    pub(super) history: Vec<HistoryLine>,
    pub(super) next: Option<NextStep>,
    /// In which the roles are swapped. A draft has one only in words.
    pub(super) other_half: Option<HalfLink>,
    pub(super) panel_url: Option<String>,
    pub(super) kit_url: Option<String>,
    pub(super) calendar_url: Option<String>,
    /// What can be done with the plan now.
    pub(super) acts: Vec<ActLink>,
    pub(super) your_seat: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub struct HalfLink {
    pub(super) label: &'static str,
    pub(super) url: Option<String>,
}

impl HalfLink {
    fn of(plan: &PlanView, team: TeamId) -> Option<Self> {
        let Some(half) = plan.other_half else {
            let wanted = plan.swap_roles && plan.stage == Stage::Draft;
            return wanted.then_some(HalfLink { label: "Half-way; the second half is planned with this one", url: None });
        };
        let label = if half.comes_first { "The first half" } else { "The second half" };
        Some(HalfLink { label, url: Some(format!("/teams/{team}/interviews/{}", half.interview_id)) })
    }
}

#[derive(Debug, Serialize)]
pub struct QuestionLine {
    pub(super) title: String,
    pub(super) meta: String,
    pub(super) minutes: u16,
}

/// Something to do with the plan, on a page of its own.
#[derive(Debug, Serialize)]
pub struct ActLink {
    pub(super) label: &'static str,
    pub(super) icon: &'static str,
    pub(super) url: String,
}

/// What happens next, and the way there where there is one.
#[derive(Debug, Serialize)]
pub struct NextStep {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) label: Option<&'static str>,
    pub(super) url: Option<String>,
}

pub fn part(tx: &mut Tx, actor: &Actor, plan: &PlanView) -> Result<PlanPart> {
    let team = actor.team_id()?;
    let here = format!("/teams/{team}/interviews/{}", plan.id);
    let rubric = rubrics::version(tx, plan.rubric_version.id)?;
    let questions = plan.questions.as_ref().map(|questions| questions.iter().map(|question| question_line(question, &rubric)).collect());
    let total: u16 = plan.questions.iter().flatten().map(|question| question.minutes).sum();
    let late = plan.stage == Stage::Scheduled && plan.ends_at < tx.now;
    Ok(PlanPart {
        list_url: format!("/teams/{team}/interviews"),
        candidate: plan.candidate.name.clone(),
        email: plan.candidate.email.clone(),
        stage: plan.stage.as_str(),
        stage_label: late.then_some("Not started"),
        level: words::level(plan.level),
        mode: words::mode(plan.mode),
        when: When::of(plan.starts_at, plan.ends_at, plan.time_zone, actor.time_zone()),
        minutes: words::minutes(plan.minutes, plan.extra_minutes),
        place_is_link: is_link(&plan.place),
        place: plan.place.clone(),
        instructions: plan.instructions.clone(),
        question_set: format!("{}, version {}", plan.question_set_version.name, plan.question_set_version.number),
        rubric: format!("{}, version {}", plan.rubric_version.name, plan.rubric_version.number),
        panel: plan
            .seats
            .iter()
            .map(|seat| PersonLine::seated(seat, areas_of(&seat.areas, &rubric), actor.account_or_none() == Some(seat.account_id)))
            .collect(),
        questions_meta: format!("{} of {} min", total, plan.minutes),
        questions,
        warnings: plan.warnings.clone(),
        history: plan.changes.iter().map(|change| history::line(change, actor, &rubric)).collect(),
        next: next_step(plan, &here, tx.now),
        other_half: HalfLink::of(plan, team),
        panel_url: (plan.offers.add_seats || plan.offers.change_seats).then(|| format!("{here}/seats")),
        kit_url: plan.offers.read_kit.then(|| format!("{here}/kit")),
        calendar_url: plan.offers.take_calendar.then(|| format!("{here}/calendar.ics")),
        acts: acts(plan, &here),
        your_seat: plan.your_seat.map(words::seat),
    })
}

fn acts(plan: &PlanView, here: &str) -> Vec<ActLink> {
    let offers = &plan.offers;
    let cancel = if plan.stage == Stage::Draft { "Put the draft away" } else { "Cancel the interview" };
    let all = [
        (offers.reschedule, "Reschedule", "clock", "schedule"),
        (offers.see_links, "Links for the candidate", "link", "candidate-links"),
        (offers.swap && plan.other_half.is_none(), "Swap roles half-way", "next", "swap"),
        (offers.mark_no_show, "Somebody did not come", "user", "no-show"),
        (offers.cancel, cancel, "close", "cancellation"),
    ];
    let offered = all.into_iter().filter(|(offered, ..)| *offered);
    offered.map(|(_, label, icon, place)| ActLink { label, icon, url: format!("{here}/{place}") }).collect()
}

fn question_line(question: &super::super::super::model::QuestionOfPlan, rubric: &RubricVersion) -> QuestionLine {
    let areas = question.areas.iter().filter_map(|number| rubric.area(*number)).map(|area| area.short_name.as_str());
    let mut meta = areas.chain([question.kind.as_str()]).collect::<Vec<_>>().join(" · ");
    if question.added_in_room {
        meta.push_str(" · added in the room");
    }
    QuestionLine { title: question.title.clone(), meta, minutes: question.minutes }
}

/// The areas a seat looks after; all five need no list.
pub fn areas_of(areas: &[i16], rubric: &RubricVersion) -> Option<String> {
    if areas.is_empty() {
        return None;
    }
    if areas.len() == 5 {
        return Some("Looks after all five areas".into());
    }
    let names: Vec<_> =
        areas.iter().filter_map(|number| rubric.area(u8::try_from(*number).ok()?)).map(|area| area.short_name.clone()).collect();
    Some(format!("Looks after {}", super::super::super::model::join(&names)))
}

fn next_step(plan: &PlanView, here: &str, now: DateTime<Utc>) -> Option<NextStep> {
    let step = |title: &str, text: &str| NextStep { title: title.into(), text: text.into(), label: None, url: None };
    let to = |open: bool, label: &'static str, place: &str, step: NextStep| NextStep {
        label: open.then_some(label),
        url: open.then(|| format!("{here}/{place}")),
        ..step
    };
    let seated = plan.your_seat.is_some();
    let scores = matches!(plan.your_seat, Some(Seat::LeadInterviewer | Seat::Interviewer | Seat::Shadow));
    match plan.stage {
        Stage::Draft => Some(NextStep {
            label: plan.offers.edit.then_some("Go on planning"),
            url: plan.offers.edit.then(|| format!("{here}/edit")),
            ..step("This is a draft", "Nobody has been told of it yet.")
        }),
        Stage::Scheduled if plan.ends_at < now => {
            Some(to(seated, "Go to the room", "room", step("It has not been started", "Start it late, or plan another time.")))
        }
        Stage::Scheduled => {
            seated.then(|| to(true, "Go to the room", "room", step("The room is open", "It starts when the lead interviewer starts it.")))
        }
        Stage::Live => Some(to(seated, "Go to the room", "room", step("The interview is running", "The panel is in the room."))),
        Stage::Scoring if scores => {
            Some(to(true, "Your scorecard", "scorecard", step("Waiting for scorecards", "You see the others' after your own is in.")))
        }
        Stage::Scoring => Some(to(
            true,
            "Who has submitted",
            "debrief",
            step("Waiting for scorecards", "Everybody writes their own, and sees the others' after that."),
        )),
        Stage::Debrief => Some(to(true, "Open the debrief", "debrief", step("The debrief is open", "All scorecards lie side by side."))),
        Stage::Decided => Some(to(true, "Read the debrief", "debrief", step("It is decided", "The candidate's report comes next."))),
        Stage::NoShow | Stage::Cancelled => None,
    }
}
