//! The list of rubrics.

use serde::Serialize;

use super::super::model::{RubricVersion, RubricView};
use super::super::service;
use super::{LibraryPart, draft_url, library_tabs, rubrics_url, version_url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, TeamId};
use crate::web::page::{Nav, PageResult, Tab, Template};

#[derive(Debug, Serialize)]
pub struct IndexPage {
    tabs: Vec<Tab>,
    /// For who writes rubrics.
    new_url: Option<String>,
    import_url: Option<String>,
    rubrics: Vec<RubricCard>,
    retired: Vec<RubricCard>,
}

#[derive(Debug, Serialize)]
struct RubricCard {
    name: String,
    description: String,
    url: String,
    /// None while nothing is published.
    number: Option<i32>,
    built_in: bool,
    /// Of the newest version.
    areas: Vec<String>,
    /// For who writes rubrics: a copy of the newest version, and the draft of one of the team.
    copy_url: Option<String>,
    draft_url: Option<String>,
}

pub async fn index(visitor: Visitor) -> PageResult {
    visitor
        .page(|tx, actor| {
            let (team, edits) = (actor.team_id()?, service::edits(actor));
            let (retired, rubrics): (Vec<_>, Vec<_>) = service::all(tx, actor)?.into_iter().partition(|rubric| rubric.retired_at.is_some());
            Ok(IndexPage {
                tabs: library_tabs(team, LibraryPart::Rubrics),
                new_url: edits.then(|| format!("{}/new", rubrics_url(team))),
                import_url: edits.then(|| format!("{}/imports/new", rubrics_url(team))),
                rubrics: cards(tx, actor, &rubrics)?,
                retired: cards(tx, actor, &retired)?,
            })
        })
        .await
}

fn cards(tx: &mut Tx, actor: &Actor, rubrics: &[RubricView]) -> Result<Vec<RubricCard>> {
    let (team, edits) = (actor.team_id()?, service::edits(actor));
    let card = |rubric: &RubricView| {
        let newest = rubric.newest_version.as_ref().map(|version| service::version(tx, version.id)).transpose()?;
        Ok(RubricCard::of(rubric, newest.as_deref(), team, edits))
    };
    rubrics.iter().map(card).collect()
}

impl RubricCard {
    fn of(rubric: &RubricView, newest: Option<&RubricVersion>, team: TeamId, edits: bool) -> Self {
        let draft = draft_url(team, rubric.id);
        RubricCard {
            name: rubric.name.clone(),
            description: rubric.description.clone(),
            url: newest.map_or_else(|| draft.clone(), |newest| version_url(team, newest.id)),
            number: newest.map(|newest| newest.number),
            built_in: rubric.built_in,
            areas: newest.iter().flat_map(|newest| &newest.areas).map(|area| area.short_name.clone()).collect(),
            copy_url: newest.filter(|_| edits).map(|newest| super::copy_url(team, newest.id)),
            draft_url: (edits && !rubric.built_in).then_some(draft),
        }
    }
}

impl Template for IndexPage {
    const PATH: &'static str = "rubrics/index.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        "Rubrics".into()
    }

    fn samples() -> Vec<Self> {
        let Some(version) = super::sample() else { return Vec::new() };
        let team = TeamId(uuid::Uuid::nil());
        let tabs = library_tabs(team, LibraryPart::Rubrics);
        let card = |built_in: bool, published: bool, edits: bool| {
            let rubric = RubricView {
                id: version.rubric,
                slug: version.slug.clone(),
                name: version.name.clone(),
                description: version.description.clone(),
                built_in,
                newest_version: published.then(|| version.summary()),
                retired_at: None,
            };
            RubricCard::of(&rubric, Some(&version).filter(|_| published), team, edits)
        };
        let nothing = IndexPage { tabs: tabs.clone(), new_url: None, import_url: None, rubrics: Vec::new(), retired: Vec::new() };
        let read = IndexPage { tabs: tabs.clone(), rubrics: vec![card(true, true, false)], ..nothing };
        let written = IndexPage {
            tabs: tabs.clone(),
            new_url: Some("/teams/1/rubrics/new".into()),
            import_url: Some("/teams/1/rubrics/imports/new".into()),
            rubrics: vec![card(false, true, true), card(false, false, true), card(true, true, true)],
            retired: vec![card(false, true, true)],
        };
        vec![read, written, IndexPage { tabs, new_url: None, import_url: None, rubrics: Vec::new(), retired: Vec::new() }]
    }
}
