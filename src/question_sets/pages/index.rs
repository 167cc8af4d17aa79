//! The list of sets.

use serde::Serialize;

use super::super::model::QuestionSetView;
use super::super::service;
use super::imports::imports_url;
use super::upstream::News;
use super::{draft_url, sets_url, version_url};
use crate::accounts::Visitor;
use crate::policy::TeamId;
use crate::rubrics::{LibraryPart, library_tabs};
use crate::web::page::{Nav, PageResult, Tab, Template};

#[derive(Debug, Serialize)]
pub struct IndexPage {
    tabs: Vec<Tab>,
    /// For who writes sets.
    new_url: Option<String>,
    import_url: Option<String>,
    sets: Vec<SetCard>,
    retired: Vec<SetCard>,
}

#[derive(Debug, Serialize)]
struct SetCard {
    name: String,
    description: String,
    url: String,
    /// None while nothing is published.
    number: Option<i32>,
    built_in: bool,
    practice: bool,
    questions: usize,
    minutes: u32,
    /// For who writes it.
    draft_url: Option<String>,
    /// What changed in the set it was copied from and is not the same here.
    news: Option<News>,
}

pub async fn index(visitor: Visitor) -> PageResult {
    visitor
        .page(|tx, actor| {
            let (team, edits) = (actor.team_id()?, service::edits(actor));
            let (retired, sets): (Vec<_>, Vec<_>) = service::all(tx, actor)?.into_iter().partition(|set| set.retired_at.is_some());
            let news = service::upstream_news(tx, actor)?;
            let card = |set: &QuestionSetView| SetCard::of(set, (team, edits), news.get(&set.id).copied());
            Ok(IndexPage {
                tabs: library_tabs(team, LibraryPart::QuestionSets),
                new_url: edits.then(|| format!("{}/new", sets_url(team))),
                import_url: edits.then(|| imports_url(team)),
                sets: sets.iter().map(card).collect(),
                retired: retired.iter().filter(|_| edits).map(card).collect(),
            })
        })
        .await
}

impl SetCard {
    fn of(set: &QuestionSetView, (team, edits): (TeamId, bool), news: Option<usize>) -> Self {
        let newest = set.newest_version.as_ref();
        let draft = draft_url(team, set.id);
        SetCard {
            name: set.name.clone(),
            description: set.description.clone(),
            url: newest.map_or_else(|| draft.clone(), |newest| version_url(team, newest.id)),
            number: newest.map(|newest| newest.number),
            built_in: set.built_in,
            practice: set.practice_opened_at.is_some(),
            questions: newest.map_or(0, |newest| newest.questions),
            minutes: newest.map_or(0, |newest| newest.minutes),
            draft_url: (edits && !set.built_in).then_some(draft),
            news: news.map(|questions| News::of(questions, team, set.id)),
        }
    }
}

impl Template for IndexPage {
    const PATH: &'static str = "question_sets/index.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        "Question sets".into()
    }

    fn samples() -> Vec<Self> {
        let Some(version) = super::sample() else { return Vec::new() };
        let team = TeamId(uuid::Uuid::nil());
        let tabs = library_tabs(team, LibraryPart::QuestionSets);
        let set = |built_in: bool, published: bool| QuestionSetView {
            id: version.set(),
            slug: version.slug.clone(),
            name: version.name.clone(),
            description: version.description.clone(),
            built_in,
            newest_version: published.then(|| version.summary()),
            retired_at: None,
            practice_opened_at: published.then_some(version.published_at),
        };
        let card =
            |built_in, published| SetCard::of(&set(built_in, published), (team, true), (!built_in).then_some(1 + usize::from(published)));
        vec![
            IndexPage { tabs: tabs.clone(), new_url: None, import_url: None, sets: Vec::new(), retired: Vec::new() },
            IndexPage {
                tabs,
                new_url: Some("/teams/1/question-sets/new".into()),
                import_url: Some("/teams/1/question-sets/imports".into()),
                sets: vec![card(true, true), card(false, true), card(false, false)],
                retired: vec![card(false, true), card(true, true)],
            },
        ]
    }
}
