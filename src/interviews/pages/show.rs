//! One interview: the plan for its panel and the leads, an invitation for its candidate.

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::super::model::{ChangeKind, ChangeView, InterviewView, InvitationView, PlanView, Stage, Warning};
use super::super::service;
use super::super::words::{self, PersonLine, When};
use super::id_of;
use super::index::stage_word;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, Seat, TeamId};
use crate::rubrics::{self, RubricVersion};
use crate::web::page::{Nav, PageResult, Template};
use crate::web::times::Moment;

/// One of the two is there.
#[derive(Debug, Serialize)]
pub struct ShowPage {
    plan: Option<PlanPart>,
    invitation: Option<InvitationPart>,
}

#[derive(Debug, Serialize)]
struct PlanPart {
    list_url: String,
    candidate: String,
    email: Option<String>,
    stage: &'static str,
    stage_label: Option<&'static str>,
    level: &'static str,
    mode: &'static str,
    when: When,
    minutes: String,
    place: String,
    place_is_link: bool,
    instructions: String,
    question_set: String,
    rubric: String,
    panel: Vec<PersonLine>,
    questions: Option<Vec<QuestionLine>>,
    questions_meta: String,
    warnings: Vec<Warning>,
    history: Vec<HistoryLine>,
    next: Option<NextStep>,
    edit_url: Option<String>,
    your_seat: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct QuestionLine {
    title: String,
    meta: String,
    minutes: u16,
}

#[derive(Debug, Serialize)]
struct HistoryLine {
    text: String,
    detail: Option<String>,
    at: String,
    at_iso: String,
    kind: Option<&'static str>,
}

/// What happens next, and the way there where there is one.
#[derive(Debug, Serialize)]
struct NextStep {
    title: String,
    text: String,
    label: Option<&'static str>,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct InvitationPart {
    team: String,
    stage: &'static str,
    stage_label: Option<&'static str>,
    when: When,
    minutes: String,
    place: String,
    place_is_link: bool,
    people: Vec<PersonLine>,
    what_now: &'static str,
    go_label: &'static str,
    /// The candidate's room before and during the interview, their report after it.
    go_url: Option<String>,
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| match service::show(tx, actor, id)? {
            InterviewView::Plan(plan) => Ok(ShowPage { plan: Some(plan_part(tx, actor, &plan)?), invitation: None }),
            InterviewView::Invitation(view) => {
                Ok(ShowPage { plan: None, invitation: Some(invitation_part(&view, actor, actor.team_id()?)) })
            }
        })
        .await
}

fn plan_part(tx: &mut Tx, actor: &Actor, plan: &PlanView) -> Result<PlanPart> {
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
        history: plan.changes.iter().map(|change| history_line(change, actor)).collect(),
        next: next_step(plan, &here, tx.now),
        edit_url: (plan.stage == Stage::Draft && plan.rights.changes_plan).then(|| format!("{here}/edit")),
        your_seat: plan.your_seat.map(words::seat),
    })
}

fn question_line(question: &super::super::model::QuestionOfPlan, rubric: &RubricVersion) -> QuestionLine {
    let areas = question.areas.iter().filter_map(|number| rubric.area(*number)).map(|area| area.short_name.as_str());
    let mut meta = areas.chain([question.kind.as_str()]).collect::<Vec<_>>().join(" · ");
    if question.added_in_room {
        meta.push_str(" · added in the room");
    }
    QuestionLine { title: question.title.clone(), meta, minutes: question.minutes }
}

/// The areas a seat looks after; all five need no list.
fn areas_of(areas: &[i16], rubric: &RubricVersion) -> Option<String> {
    if areas.is_empty() {
        return None;
    }
    if areas.len() == 5 {
        return Some("Looks after all five areas".into());
    }
    let names: Vec<_> =
        areas.iter().filter_map(|number| rubric.area(u8::try_from(*number).ok()?)).map(|area| area.short_name.clone()).collect();
    Some(format!("Looks after {}", super::super::model::join(&names)))
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
            label: plan.rights.changes_plan.then_some("Go on planning"),
            url: plan.rights.changes_plan.then(|| format!("{here}/edit")),
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

fn history_line(change: &ChangeView, actor: &Actor) -> HistoryLine {
    let moment = Moment::of(change.at, actor.time_zone());
    let kind = match change.kind {
        ChangeKind::Cancelled | ChangeKind::NoShow => Some("warn"),
        ChangeKind::Planned => Some("good"),
        _ => None,
    };
    HistoryLine {
        text: format!("{} {}", change.by.name, did(change.kind)),
        detail: (!change.reason.is_empty()).then(|| change.reason.clone()),
        at: moment.text,
        at_iso: moment.at,
        kind,
    }
}

fn did(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Drafted => "wrote a draft",
        ChangeKind::Edited => "changed the draft",
        ChangeKind::Planned => "planned the interview",
        ChangeKind::Rescheduled => "rescheduled it",
        ChangeKind::Cancelled => "cancelled it",
        ChangeKind::NoShow => "noted who did not come",
        ChangeKind::SeatAdded => "gave somebody a seat",
        ChangeKind::SeatChanged => "changed somebody's seat",
        ChangeKind::SeatRemoved => "took somebody's seat away",
        ChangeKind::LinkMade => "made a link for the candidate",
        ChangeKind::LinkRevoked => "revoked a link of the candidate",
    }
}

fn invitation_part(view: &InvitationView, actor: &Actor, team: TeamId) -> InvitationPart {
    use super::super::model::CandidateState as State;
    let here = format!("/teams/{team}/interviews/{}", view.id);
    let (go_label, go_url) = match view.state {
        State::Scheduled | State::Live => ("Go to the room", Some(format!("{here}/room"))),
        State::Over => ("Your report", Some(format!("{here}/report"))),
        State::NoShow | State::Cancelled => ("", None),
    };
    InvitationPart {
        team: view.team.clone(),
        stage: stage_word(view.state),
        stage_label: (view.state == State::Over).then_some("Over"),
        when: When::of(view.starts_at, view.ends_at, view.time_zone, actor.time_zone()),
        minutes: words::minutes(view.minutes, 0),
        place: view.place.clone(),
        place_is_link: is_link(&view.place),
        people: view.people.iter().map(|name| PersonLine::named(name)).collect(),
        what_now: match view.state {
            State::Scheduled => "You see one question at a time. Think aloud, and ask for a break whenever you need one.",
            State::Live => "Your interview is running.",
            State::Over => "Thank you for your time. The team will get back to you.",
            State::NoShow => "This interview did not take place.",
            State::Cancelled => "This interview was cancelled.",
        },
        go_label,
        go_url,
    }
}

/// Only what is surely an address of the web is made a link.
fn is_link(place: &str) -> bool {
    (place.starts_with("https://") || place.starts_with("http://")) && !place.contains(char::is_whitespace)
}

impl Template for ShowPage {
    const PATH: &'static str = "interviews/show.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        match (&self.plan, &self.invitation) {
            (Some(plan), _) => format!("Interview with {}", plan.candidate),
            (None, Some(invitation)) => format!("Your interview with {}", invitation.team),
            (None, None) => "Interview".into(),
        }
    }

    fn samples() -> Vec<Self> {
        let at: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let when = || When::of(at, at, chrono_tz::Asia::Kolkata, chrono_tz::UTC);
        let bare = PlanPart {
            list_url: "/teams/1/interviews/1".into(),
            candidate: "Sofia Marin".into(),
            email: None,
            stage: "draft",
            stage_label: None,
            level: "Mid",
            mode: "Hiring",
            when: when(),
            minutes: words::minutes(45, 0),
            place: String::new(),
            place_is_link: false,
            instructions: String::new(),
            question_set: "Django backend, version 1".into(),
            rubric: "Five areas, version 1".into(),
            panel: Vec::new(),
            questions: None,
            questions_meta: String::new(),
            warnings: Vec::new(),
            history: Vec::new(),
            next: Some(NextStep {
                title: "This is a draft".into(),
                text: "Nobody knows.".into(),
                label: Some("Go on"),
                url: Some("/teams/1/interviews/1".into()),
            }),
            edit_url: Some("/teams/1/interviews/1".into()),
            your_seat: None,
        };
        let full = PlanPart {
            list_url: "/teams/1/interviews/1".into(),
            candidate: "Sofia Marin".into(),
            email: Some("sofia@example.com".into()),
            stage: "scheduled",
            stage_label: Some("Not started"),
            level: "Mid",
            mode: "Hiring",
            when: when(),
            minutes: words::minutes(45, 15),
            place: "https://meet.example/1".into(),
            place_is_link: true,
            instructions: "Look at the cache.\nBe kind.".into(),
            question_set: "Django backend, version 1".into(),
            rubric: "Five areas, version 1".into(),
            panel: vec![PersonLine { you: true, chip: Some("Observer".into()), ..PersonLine::named("Jonas Lind") }],
            questions: Some(vec![QuestionLine { title: "Lazy querysets".into(), meta: "Framework · technical".into(), minutes: 5 }]),
            questions_meta: "5 of 45 min".into(),
            warnings: vec![Warning { code: "over-time", message: "Too long.".into() }],
            history: vec![HistoryLine {
                text: "x".into(),
                detail: Some("y".into()),
                at: "z".into(),
                at_iso: "z".into(),
                kind: Some("warn"),
            }],
            next: Some(NextStep { title: "Waiting".into(), text: "For cards.".into(), label: None, url: None }),
            edit_url: None,
            your_seat: Some("Observer"),
        };
        let invitation = |place: &str| InvitationPart {
            team: "North".into(),
            stage: "scheduled",
            stage_label: None,
            when: when(),
            minutes: words::minutes(60, 0),
            place: place.to_owned(),
            place_is_link: is_link(place),
            people: vec![PersonLine::named("Adaeze Okafor")],
            what_now: "Think aloud.",
            go_label: "Go to the room",
            go_url: Some("/teams/1/interviews/1/room".into()),
        };
        let invited = |place| ShowPage { plan: None, invitation: Some(invitation(place)) };
        let planned = |plan| ShowPage { plan: Some(plan), invitation: None };
        vec![planned(bare), planned(full), invited("https://meet.example/1"), invited("Room 4"), invited("")]
    }
}
