//! One question with everything beside it, as an interviewer prepares it.

use actix_web::web::Path;
use serde::Serialize;

use super::super::model::{Question, QuestionAnchor, QuestionId, QuestionSetVersion, QuestionSetVersionId, WeakAnswer};
use super::super::service;
use super::{area_names, question_url, version_url};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::TeamId;
use crate::web::page::{Crumb, Nav, PageResult, Template};

#[derive(Debug, Serialize)]
pub struct QuestionPage {
    crumbs: Vec<Crumb>,
    title: String,
    /// As in `Django backend interview, version 2`.
    of_set: String,
    prompt: String,
    kind: &'static str,
    /// The primary one first.
    areas: Vec<String>,
    levels: Vec<&'static str>,
    minutes: u16,
    tests: String,
    listen_for: Vec<String>,
    warning_signs: Vec<String>,
    probes: Vec<String>,
    checklist: Option<&'static str>,
    topics: Vec<&'static str>,
    anchors: Vec<QuestionAnchor>,
    strong_answer: Option<String>,
    weak_answer: Option<WeakAnswer>,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
}

/// The question before or after.
#[derive(Debug, Serialize)]
struct Neighbour {
    title: String,
    url: String,
}

pub async fn question(visitor: Visitor, path: Path<(String, String, String)>) -> PageResult {
    let version: QuestionSetVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let id: QuestionId = path.2.parse().map_err(|_| Error::NotFound)?;
    visitor
        .page(move |tx, actor| {
            let set = service::show(tx, actor, version)?;
            let place = set.questions.iter().position(|question| question.id == id).ok_or(Error::NotFound)?;
            Ok(QuestionPage::of(&set, place, &area_names(tx, actor, set.rubric.as_deref())?, actor.team_id()?))
        })
        .await
}

impl QuestionPage {
    fn of(set: &QuestionSetVersion, place: usize, names: &[String], team: TeamId) -> Self {
        let question = &set.questions[place];
        let name = |area: &u8| names.get(usize::from(*area).saturating_sub(1)).cloned();
        let neighbour = |question: &Question| Neighbour { title: question.title.clone(), url: question_url(team, set.id, question.id) };
        let crumb = |label: &str, url| Crumb { label: label.to_owned(), url };
        QuestionPage {
            crumbs: vec![
                crumb("Question sets", Some(format!("/teams/{team}/question-sets"))),
                crumb(&set.name, Some(version_url(team, set.id))),
                crumb(&question.title, None),
            ],
            title: question.title.clone(),
            of_set: format!("{}, version {}", set.name, set.number),
            prompt: question.prompt.clone(),
            kind: question.kind.label(),
            areas: question.areas.iter().filter_map(name).collect(),
            levels: question.levels.iter().map(|level| level.label()).collect(),
            minutes: question.minutes,
            tests: question.tests.clone(),
            listen_for: question.listen_for.clone(),
            warning_signs: question.warning_signs.clone(),
            probes: question.probes.clone(),
            checklist: question.checklist.map(|checklist| checklist.label()),
            topics: question.topics.iter().map(|topic| topic.label()).collect(),
            anchors: question.anchors.clone(),
            strong_answer: question.strong_answer.clone(),
            weak_answer: question.weak_answer.clone(),
            previous: place.checked_sub(1).map(|before| neighbour(&set.questions[before])),
            next: set.questions.get(place + 1).map(neighbour),
        }
    }
}

impl Template for QuestionPage {
    const PATH: &'static str = "question_sets/question.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("{} (question)", self.title)
    }

    fn samples() -> Vec<Self> {
        let Some(mut set) = super::sample() else { return Vec::new() };
        let (team, names) = (TeamId(uuid::Uuid::nil()), super::default_names());
        let last = set.questions.len() - 1;
        let question = &mut set.questions[0];
        question.anchors = (1..=5).map(|level| QuestionAnchor { level, text: format!("Level {level} sounds like this.") }).collect();
        question.strong_answer = Some("We had one table.\n\nThen we had two.".into());
        question.weak_answer = Some(WeakAnswer { text: "I used it.".into(), why: "Nothing can be checked.".into() });
        let bare = &mut set.questions[last];
        (bare.anchors, bare.strong_answer, bare.weak_answer) = (Vec::new(), None, None);
        (bare.checklist, bare.topics) = (None, Vec::new());
        vec![QuestionPage::of(&set, 0, &names, team), QuestionPage::of(&set, last, &names, team)]
    }
}
