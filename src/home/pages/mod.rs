//! Home as a page: parts in the order of how soon they want somebody.

mod rows;
mod samples;

use chrono::{DateTime, Utc};
use serde::Serialize;

use self::rows::Row;
use super::model::{Checklist, ChecklistFact, ChecklistNote, HomeView, StepName};
use super::service;
use crate::accounts::Visitor;
use crate::interviews;
use crate::platform::error::Result;
use crate::policy::{Actor, Role, TeamId};
use crate::web::form::Form;
use crate::web::page::{Nav, PageResult, Sample, Template, samples_of, see_other, see_other_with};

#[derive(Debug, Serialize)]
pub struct HomePage {
    heading: String,
    /// What the reader is here, and how many things wait.
    sub: String,
    plan_url: Option<String>,
    checklist: Option<ChecklistPart>,
    /// What wants somebody now.
    sections: Vec<Section>,
    /// One part or none.
    next: Vec<Section>,
    /// What comes back in practice today.
    practice: Option<PracticePart>,
    /// When there is nothing at all.
    empty: Option<Empty>,
}

#[derive(Debug, Serialize)]
struct Section {
    id: &'static str,
    title: &'static str,
    text: Option<&'static str>,
    /// It is going on now.
    live: bool,
    rows: Vec<Row>,
    more_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct PracticePart {
    text: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Empty {
    title: &'static str,
    text: &'static str,
    action: Option<&'static str>,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct ChecklistPart {
    action: String,
    steps: Vec<StepLine>,
}

#[derive(Debug, Serialize)]
struct StepLine {
    text: &'static str,
    done: bool,
    label: &'static str,
    url: String,
    /// Following it is itself the fact, so it is sent and not only followed.
    notes: bool,
}

pub async fn show(visitor: Visitor) -> PageResult {
    visitor
        .page(|tx, actor| {
            let view = service::show(tx, actor)?;
            page(&view, actor, tx.now)
        })
        .await
}

pub async fn note(visitor: Visitor, Form(note): Form<ChecklistNote>) -> PageResult {
    let team = visitor
        .write(move |tx, actor| {
            service::note(tx, actor, note.fact)?;
            actor.team_id()
        })
        .await?;
    match note.fact {
        ChecklistFact::LibrarySeen => see_other(format!("/teams/{team}/question-sets")),
        ChecklistFact::Dismissed => see_other_with(format!("/teams/{team}"), "checklist-gone"),
    }
}

pub fn samples() -> Vec<Sample> {
    samples_of::<HomePage>()
}

fn page(view: &HomeView, actor: &Actor, now: DateTime<Utc>) -> Result<HomePage> {
    let (team, reader) = (actor.team()?, rows::Reader::of(actor, now)?);
    let list = |state: &str| format!("/teams/{}/interviews?state={state}", team.id);
    let section = |id, title, text, rows: Vec<Row>, more: bool, state| Section {
        id,
        title,
        text,
        live: id == "live",
        rows,
        more_url: more.then(|| list(state)),
    };
    let sections = [
        section("live", "Live now", None, reader.live(&view.live.items), view.live.more, "upcoming"),
        section(
            "scorecards",
            "Your scorecards",
            Some("Nobody's scores are shown to you before yours are in."),
            reader.scorecards(&view.scorecards.items),
            view.scorecards.more,
            "scoring",
        ),
        Section {
            more_url: view.exercises.more.then(|| format!("/teams/{}/exercises", team.id)),
            ..section(
                "exercises",
                "Your next gold interview",
                Some("Everybody scores it on their own; the reference opens when yours is in."),
                reader.exercises(&view.exercises.items),
                false,
                "",
            )
        },
        section("debriefs", "Debriefs to hold", None, reader.debriefs(&view.debriefs.items), view.debriefs.more, "debrief"),
        section("reports", "Reports to give", None, reader.reports(&view.reports.items), view.reports.more, "done"),
        section(
            "missing",
            "Waiting for others' scorecards",
            Some("The debrief opens with the last one."),
            reader.missing(&view.missing_scorecards.items),
            view.missing_scorecards.more,
            "scoring",
        ),
        section("own", "Your interviews", None, reader.own_reports(&view.own_reports.items), view.own_reports.more, "done"),
    ];
    let sections: Vec<_> = sections.into_iter().filter(|section| !section.rows.is_empty()).collect();
    let next = section("next", "Your next interviews", None, reader.next(&view.next.items), view.next.more, "upcoming");
    let next: Vec<_> = Some(next).filter(|next| !next.rows.is_empty()).into_iter().collect();
    let checklist = view.checklist.as_ref().map(|checklist| checklist_part(checklist, team.id));
    let plans = interviews::plans(actor);
    Ok(HomePage {
        heading: if team.personal { "Personal".to_owned() } else { team.name.clone() },
        sub: sub(actor),
        plan_url: (plans && checklist.is_none()).then(|| format!("/teams/{}/interviews/new", team.id)),
        empty: (sections.is_empty() && next.is_empty() && checklist.is_none()).then(|| empty(actor, team.id)),
        checklist,
        sections,
        next,
        practice: practice_part(view.practice_due, team.id),
    })
}

fn practice_part(due: usize, team: TeamId) -> Option<PracticePart> {
    let text = match due {
        0 => return None,
        1 => "1 question comes back today".to_owned(),
        due => format!("{due} questions come back today"),
    };
    Some(PracticePart { text, url: format!("/teams/{team}/practice") })
}

fn sub(actor: &Actor) -> String {
    let what = match actor.role() {
        Some(Role::Owner) => "You are an owner here.",
        Some(Role::Lead) => "You are a lead here.",
        Some(Role::Interviewer) => "You are an interviewer here.",
        Some(Role::Candidate) | None => "You are a candidate here.",
    };
    if actor.team.as_ref().is_some_and(|team| team.personal) { "Only you see this team.".to_owned() } else { what.to_owned() }
}

fn empty(actor: &Actor, team: TeamId) -> Empty {
    let at = |place: &str| Some(format!("/teams/{team}/{place}"));
    match actor.role() {
        Some(Role::Owner | Role::Lead) => Empty {
            title: "Nothing waits for you",
            text: "Interviews of yours, scorecards you owe, debriefs and reports are shown here.",
            action: Some("All interviews"),
            url: at("interviews?state=all"),
        },
        Some(Role::Interviewer) => Empty {
            title: "Nothing waits for you",
            text: "Interviews that you sit in, and scorecards you owe, are shown here.",
            action: Some("Look at the questions"),
            url: at("question-sets"),
        },
        Some(Role::Candidate) | None => Empty {
            title: "No interview yet",
            text: "When an interview is planned with you, its time and the way in are shown here.",
            action: Some("Practise for it"),
            url: at("practice"),
        },
    }
}

fn checklist_part(checklist: &Checklist, team: TeamId) -> ChecklistPart {
    let action = format!("/teams/{team}/checklist");
    let steps = checklist.steps.iter().map(|step| {
        let (text, label, place) = match step.step {
            StepName::Invite => ("Ask people in: interviewers, leads, candidates", "Invite people", "invitations"),
            StepName::Library => ("Look at the questions and the rubric you have already", "Open the library", "question-sets"),
            StepName::Candidate => ("Add the first candidate", "Add a candidate", "candidates/new"),
            StepName::Interview => ("Plan the first interview", "Plan an interview", "interviews/new"),
        };
        StepLine { text, done: step.done, label, url: format!("/teams/{team}/{place}"), notes: step.step == StepName::Library }
    });
    ChecklistPart { steps: steps.collect(), action }
}

impl Template for HomePage {
    const PATH: &'static str = "home/show.html";
    const NAV: Nav = Nav::Home;

    fn title(&self) -> String {
        "Home".into()
    }

    fn samples() -> Vec<Self> {
        samples::pages()
    }
}
