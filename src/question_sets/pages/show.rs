//! One version of a set: its questions in order, what they cover, the other versions.

use std::sync::Arc;

use actix_web::web::{Path, Query};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::super::model::{Kind, Question, QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use super::super::service;
use super::coverage::Coverage;
use super::export::ExportUrls;
use super::{area_names, default_names, draft_url, question_url, sets_url, version_url};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::TeamId;
use crate::rubrics::Level;
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct ShowPage {
    crumbs: Vec<Crumb>,
    name: String,
    description: String,
    number: i32,
    built_in: bool,
    retired: bool,
    /// For who writes sets: a copy of this version, and the draft of a set of the team.
    copy_url: Option<String>,
    draft_url: Option<String>,
    export: ExportUrls,
    /// All questions of the version.
    total: usize,
    filter: FilterForm,
    /// Those that pass the filter.
    questions: Vec<QuestionRow>,
    minutes: u32,
    coverage: Coverage,
    versions: Vec<VersionLink>,
}

#[derive(Debug, Serialize)]
struct FilterForm {
    url: String,
    active: bool,
    area: String,
    level: String,
    kind: String,
    areas: Vec<Choice>,
    levels: Vec<Choice>,
    kinds: Vec<Choice>,
}

#[derive(Debug, Serialize)]
struct QuestionRow {
    key: String,
    title: String,
    url: String,
    prompt: String,
    kind: &'static str,
    /// The primary one first.
    areas: Vec<String>,
    levels: Vec<&'static str>,
    minutes: u16,
}

#[derive(Debug, Serialize)]
struct VersionLink {
    number: i32,
    url: String,
    current: bool,
    published: Moment,
    by: Option<String>,
    reason: Option<String>,
    /// None for the first.
    differences_url: Option<String>,
}

/// What the address may say of the list; what it does not say is not filtered.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FilterQuery {
    area: String,
    level: String,
    kind: String,
}

#[derive(Debug, Clone, Copy, Default)]
struct Filter {
    area: Option<u8>,
    level: Option<Level>,
    kind: Option<Kind>,
}

/// A set as such leads to its newest version.
pub async fn set(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id: QuestionSetId = path.1.parse().map_err(|_| Error::NotFound)?;
    let url = visitor
        .read(move |tx, actor| match service::newest_of(tx, actor, id) {
            // Nothing is published yet: who writes it finds the draft.
            Err(Error::NotFound) if service::edits(actor) => {
                service::show_set(tx, actor, id).and_then(|set| Ok(draft_url(actor.team_id()?, set.id)))
            }
            version => Ok(version_url(actor.team_id()?, version?.id)),
        })
        .await?;
    see_other(&url)
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>, query: Query<FilterQuery>) -> PageResult {
    let id: QuestionSetVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let filter = query.parse()?;
    visitor
        .page(move |tx, actor| {
            let set = service::show(tx, actor, id)?;
            let all = service::versions_of(tx, actor, set.set())?;
            let names = area_names(tx, actor, set.rubric.as_deref())?;
            let page = ShowPage::of(&set, &all, &names, filter, (actor.team_id()?, service::edits(actor)), actor.time_zone());
            Ok(ShowPage { retired: service::is_retired(tx, actor, set.set())?, ..page })
        })
        .await
}

impl FilterQuery {
    fn parse(&self) -> Result<Filter> {
        let area = |area: &str| area.parse().ok().filter(|area| (1..=5).contains(area)).ok_or_else(|| "Choose an area from 1 to 5.".into());
        Ok(Filter { area: one(&self.area, area)?, level: one(&self.level, str::parse)?, kind: one(&self.kind, str::parse)? })
    }
}

fn one<T>(text: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some).map_err(Error::Malformed) }
}

impl Filter {
    fn passes(self, question: &Question) -> bool {
        self.area.is_none_or(|area| question.areas.contains(&area))
            && self.level.is_none_or(|level| question.fits(level))
            && self.kind.is_none_or(|kind| question.kind == kind)
    }
}

impl ShowPage {
    fn of(
        set: &QuestionSetVersion,
        all: &[Arc<QuestionSetVersion>],
        names: &[String],
        filter: Filter,
        (team, edits): (TeamId, bool),
        zone: Tz,
    ) -> Self {
        let shown: Vec<_> = set.questions.iter().filter(|question| filter.passes(question)).collect();
        let first = all.iter().map(|version| version.number).min();
        let versions = all.iter().map(|version| VersionLink {
            number: version.number,
            url: version_url(team, version.id),
            current: version.id == set.id,
            published: Moment::of(version.published_at, zone),
            by: version.published_by.clone(),
            reason: version.reason.clone(),
            differences_url: (Some(version.number) != first).then(|| format!("{}/differences", version_url(team, version.id))),
        });
        ShowPage {
            crumbs: vec![
                Crumb { label: "Question sets".into(), url: Some(format!("/teams/{team}/question-sets")) },
                Crumb { label: set.name.clone(), url: None },
            ],
            name: set.name.clone(),
            description: set.description.clone(),
            number: set.number,
            built_in: set.built_in,
            retired: false,
            copy_url: edits.then(|| format!("{}/new?copy_of={}", sets_url(team), set.id)),
            draft_url: (edits && !set.built_in).then(|| draft_url(team, set.set())),
            export: ExportUrls::of(&version_url(team, set.id)),
            total: set.questions.len(),
            filter: FilterForm::of(filter, names, version_url(team, set.id)),
            minutes: shown.iter().map(|question| u32::from(question.minutes)).sum(),
            questions: shown
                .into_iter()
                .map(|question| QuestionRow::of(question, question_url(team, set.id, question.id), names))
                .collect(),
            coverage: Coverage::of_version(set, names),
            versions: versions.collect(),
        }
    }
}

impl FilterForm {
    fn of(filter: Filter, names: &[String], url: String) -> Self {
        let text = |value: Option<String>| value.unwrap_or_default();
        let choice = |value: String, label: &str| Choice { value, label: label.to_owned() };
        FilterForm {
            url,
            active: filter.area.is_some() || filter.level.is_some() || filter.kind.is_some(),
            area: text(filter.area.map(|area| area.to_string())),
            level: text(filter.level.map(|level| level.to_string())),
            kind: text(filter.kind.map(|kind| kind.to_string())),
            areas: (1..).zip(names).map(|(number, name): (u8, _)| choice(number.to_string(), name)).collect(),
            levels: Level::ALL.iter().map(|level| choice(level.to_string(), level.label())).collect(),
            kinds: Kind::ALL.iter().map(|kind| choice(kind.to_string(), kind.label())).collect(),
        }
    }
}

impl QuestionRow {
    fn of(question: &Question, url: String, names: &[String]) -> Self {
        let name = |area: &u8| names.get(usize::from(*area).saturating_sub(1)).cloned();
        QuestionRow {
            key: question.key.clone(),
            title: question.title.clone(),
            url,
            prompt: question.prompt.clone(),
            kind: question.kind.label(),
            areas: question.areas.iter().filter_map(name).collect(),
            levels: question.levels.iter().map(|level| level.label()).collect(),
            minutes: question.minutes,
        }
    }
}

impl Template for ShowPage {
    const PATH: &'static str = "question_sets/show.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("{} (question set)", self.name)
    }

    fn samples() -> Vec<Self> {
        let Some(set) = super::sample() else { return Vec::new() };
        let (team, names) = (TeamId(uuid::Uuid::nil()), default_names());
        let older = Arc::new(QuestionSetVersion { number: 0, id: QuestionSetVersionId(uuid::Uuid::from_u128(1)), ..set.clone() });
        let (published_by, reason) = (Some("Ada Okafor".to_owned()), Some("Clearer prompts".to_owned()));
        let own = QuestionSetVersion { built_in: false, published_by, reason, ..set.clone() };
        let other = QuestionSetVersion { number: 2, id: QuestionSetVersionId(uuid::Uuid::from_u128(2)), ..own.clone() };
        let all = [Arc::new(set.clone()), older, Arc::new(other)];
        let openings = Filter { kind: Some(Kind::Opening), ..Filter::default() };
        let nothing = Filter { area: Some(1), ..openings };
        vec![
            ShowPage::of(&set, &all, &names, Filter::default(), (team, true), Tz::UTC),
            ShowPage { retired: true, ..ShowPage::of(&own, &all[..1], &names, openings, (team, true), Tz::UTC) },
            ShowPage::of(&set, &all, &names, nothing, (team, false), Tz::UTC),
        ]
    }
}
