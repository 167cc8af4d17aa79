//! The list of sets.

use serde::Serialize;

use super::super::model::QuestionSetVersion;
use super::super::service;
use super::version_url;
use crate::accounts::Visitor;
use crate::policy::TeamId;
use crate::rubrics::{LibraryPart, library_tabs};
use crate::web::page::{Nav, PageResult, Tab, Template};

#[derive(Debug, Serialize)]
pub struct IndexPage {
    tabs: Vec<Tab>,
    sets: Vec<SetCard>,
}

#[derive(Debug, Serialize)]
struct SetCard {
    name: String,
    description: String,
    url: String,
    number: i32,
    built_in: bool,
    questions: usize,
    minutes: u32,
}

pub async fn index(visitor: Visitor) -> PageResult {
    visitor
        .page(|tx, actor| {
            let newest = service::newest_each(tx, actor)?;
            let team = actor.team_id()?;
            let sets = newest.iter().map(|set| SetCard::of(set, team)).collect();
            Ok(IndexPage { tabs: library_tabs(team, LibraryPart::QuestionSets), sets })
        })
        .await
}

impl SetCard {
    fn of(set: &QuestionSetVersion, team: TeamId) -> Self {
        let summary = set.summary();
        SetCard {
            name: set.name.clone(),
            description: set.description.clone(),
            url: version_url(team, set.id),
            number: set.number,
            built_in: set.built_in,
            questions: summary.questions,
            minutes: summary.minutes,
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
        let Some(set) = super::sample() else { return Vec::new() };
        let team = TeamId(uuid::Uuid::nil());
        let tabs = library_tabs(team, LibraryPart::QuestionSets);
        let card = |built_in| SetCard { built_in, ..SetCard::of(&set, team) };
        vec![IndexPage { tabs: tabs.clone(), sets: Vec::new() }, IndexPage { tabs, sets: vec![card(true), card(false)] }]
    }
}
