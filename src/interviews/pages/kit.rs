//! The kit: the whole interview on one sheet to print.

use actix_web::web::Path;
use serde::Serialize;

use super::super::model::{AreaOfKit, KitView, QuestionOfKit};
use super::super::service;
use super::super::words::{self, PersonLine, When};
use super::id_of;
use super::show::{areas_of, is_link};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::question_sets::QuestionAnchor;
use crate::rubrics::{self, Anchor, Level, RubricVersion};
use crate::web::page::{Nav, PageResult, Template};

#[derive(Debug, Serialize)]
pub struct KitPage {
    plan_url: String,
    resume_url: String,
    candidate: String,
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
    questions: Vec<QuestionPart>,
    questions_meta: String,
    areas: Vec<AreaPart>,
    warning_signs: Vec<Sign>,
}

#[derive(Debug, Serialize)]
struct QuestionPart {
    title: String,
    prompt: String,
    minutes: u16,
    /// Areas and kind.
    meta: String,
    tests: String,
    listen_for: Vec<String>,
    probes: Vec<String>,
    warning_signs: Vec<String>,
    checklist: Option<&'static str>,
    /// Its own; where it has none, it is scored by those of its area.
    anchors: Vec<AnchorPart>,
}

#[derive(Debug, Serialize)]
struct AreaPart {
    number: u8,
    name: String,
    description: String,
    owners: Option<String>,
    anchors: Vec<AnchorPart>,
}

#[derive(Debug, Serialize)]
struct AnchorPart {
    level: u8,
    /// Empty for a question's own.
    label: String,
    text: String,
    /// The level of the interview asks for this one.
    expected: bool,
}

#[derive(Debug, Serialize)]
struct Sign {
    name: String,
    looks_like: String,
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| {
            let kit = service::kit(tx, actor, id)?;
            page(tx, actor, kit)
        })
        .await
}

fn page(tx: &mut Tx, actor: &Actor, kit: KitView) -> Result<KitPage> {
    let rubric = rubrics::version(tx, kit.rubric_version.id)?;
    let total: u16 = kit.questions.iter().map(|question| question.minutes).sum();
    let you = actor.account_or_none();
    Ok(KitPage {
        plan_url: format!("/teams/{}/interviews/{}", actor.team_id()?, kit.id),
        resume_url: format!("/teams/{}/interviews/{}/resume", actor.team_id()?, kit.id),
        level: words::level(kit.level),
        mode: words::mode(kit.mode),
        when: When::of(kit.starts_at, kit.ends_at, kit.time_zone, actor.time_zone()),
        minutes: words::minutes(kit.minutes, kit.extra_minutes),
        place_is_link: is_link(&kit.place),
        question_set: format!("{}, version {}", kit.question_set_version.name, kit.question_set_version.number),
        rubric: format!("{}, version {}", kit.rubric_version.name, kit.rubric_version.number),
        panel: kit
            .seats
            .iter()
            .map(|seat| PersonLine::seated(seat, areas_of(&seat.areas, &rubric), you == Some(seat.account_id)))
            .collect(),
        questions_meta: format!("{total} of {} min", kit.minutes),
        questions: kit.questions.into_iter().map(|question| question_part(question, &rubric, kit.level)).collect(),
        areas: kit.areas.into_iter().map(area_part).collect(),
        warning_signs: kit.warning_signs.into_iter().map(|sign| Sign { name: sign.name, looks_like: sign.looks_like }).collect(),
        candidate: kit.candidate,
        place: kit.place,
        instructions: kit.instructions,
    })
}

fn question_part(question: QuestionOfKit, rubric: &RubricVersion, level: Level) -> QuestionPart {
    let areas = question.areas.iter().filter_map(|number| rubric.area(*number)).map(|area| area.short_name.as_str());
    // What is asked for is a matter of the primary area.
    let expected = question.areas.first().and_then(|number| rubric.area(*number)).map(|area| *area.expected.at(level));
    let anchor = |anchor: QuestionAnchor| AnchorPart {
        expected: Some(anchor.level) == expected,
        level: anchor.level,
        label: String::new(),
        text: anchor.text,
    };
    let added = question.added_in_room.then_some("added in the room");
    QuestionPart {
        meta: areas.chain([question.kind.label()]).chain(added).collect::<Vec<_>>().join(" · "),
        title: question.title,
        prompt: question.prompt,
        minutes: question.minutes,
        tests: question.tests,
        listen_for: question.listen_for,
        probes: question.probes,
        warning_signs: question.warning_signs,
        checklist: question.checklist.map(|checklist| checklist.label()),
        anchors: question.anchors.into_iter().map(anchor).collect(),
    }
}

fn area_part(area: AreaOfKit) -> AreaPart {
    let anchor = |anchor: Anchor| AnchorPart {
        expected: anchor.level == area.expected,
        level: anchor.level,
        label: anchor.label,
        text: anchor.text,
    };
    AreaPart {
        number: area.number,
        name: area.name,
        description: area.description,
        owners: (!area.owners.is_empty()).then(|| super::super::model::join(&area.owners)),
        anchors: area.anchors.into_iter().map(anchor).collect(),
    }
}

impl Template for KitPage {
    const PATH: &'static str = "interviews/kit.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        format!("Kit: interview with {}", self.candidate)
    }

    fn samples() -> Vec<Self> {
        let at = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let bare = || KitPage {
            plan_url: "/teams/1/interviews/1".into(),
            resume_url: "/teams/1/interviews/1/resume".into(),
            candidate: "Sofia Marin".into(),
            level: "Mid",
            mode: "Hiring",
            when: When::of(at, at, chrono_tz::Asia::Kolkata, chrono_tz::UTC),
            minutes: words::minutes(45, 0),
            place: String::new(),
            place_is_link: false,
            instructions: String::new(),
            question_set: "Django backend, version 1".into(),
            rubric: "Five areas, version 1".into(),
            panel: Vec::new(),
            questions: Vec::new(),
            questions_meta: "0 of 45 min".into(),
            areas: Vec::new(),
            warning_signs: Vec::new(),
        };
        let own = |expected| AnchorPart { level: 3, label: String::new(), text: "Names `select_related`.".into(), expected };
        let question = |listen_for: Vec<String>| QuestionPart {
            title: "Lazy querysets".into(),
            prompt: "What is lazy?".into(),
            minutes: 5,
            meta: "Framework · Technical".into(),
            tests: if listen_for.is_empty() { String::new() } else { "Whether they know.".into() },
            probes: listen_for.clone(),
            warning_signs: listen_for.clone(),
            checklist: (!listen_for.is_empty()).then_some("Situation, task, action, result"),
            anchors: listen_for.iter().flat_map(|_| [own(false), own(true)]).collect(),
            listen_for,
        };
        let anchor = |expected| AnchorPart { level: 3, label: "Solid".into(), text: "Explains it.".into(), expected };
        let area = |owners: Option<&str>| AreaPart {
            number: 1,
            name: "Fundamentals".into(),
            description: "How it works.".into(),
            owners: owners.map(str::to_owned),
            anchors: vec![anchor(true), anchor(false)],
        };
        let full = KitPage {
            place: "https://meet.example/1".into(),
            place_is_link: true,
            instructions: "Be kind.\nAsk once.".into(),
            panel: vec![PersonLine::named("Jonas Lind")],
            questions: vec![question(vec!["It names the query.".into()]), question(Vec::new())],
            areas: vec![area(Some("Jonas Lind")), area(None)],
            warning_signs: vec![Sign { name: "Guesses".into(), looks_like: "Says what might be.".into() }],
            ..bare()
        };
        vec![bare(), full]
    }
}
