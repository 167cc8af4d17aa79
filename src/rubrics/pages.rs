//! The library's rubrics on pages.

use std::sync::Arc;

use actix_web::web::Path;
use chrono_tz::Tz;
use serde::Serialize;

use super::model::{Area, Level, RubricId, RubricVersion, RubricVersionId, WarningSign};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::{Mode, TeamId};
use crate::web::page::{Crumb, Nav, PageResult, Sample, Tab, Template, samples_of, see_other};
use crate::web::times::Moment;

/// The parts of the library, as tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryPart {
    QuestionSets,
    Rubrics,
}

pub fn library_tabs(team: TeamId, current: LibraryPart) -> Vec<Tab> {
    [(LibraryPart::QuestionSets, "Question sets", "question-sets"), (LibraryPart::Rubrics, "Rubrics", "rubrics")]
        .into_iter()
        .map(|(part, label, noun)| Tab { label, url: format!("/teams/{team}/{noun}"), current: part == current })
        .collect()
}

#[derive(Debug, Serialize)]
pub struct IndexPage {
    tabs: Vec<Tab>,
    rubrics: Vec<RubricCard>,
}

#[derive(Debug, Serialize)]
struct RubricCard {
    name: String,
    description: String,
    url: String,
    number: i32,
    built_in: bool,
    areas: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct ShowPage {
    crumbs: Vec<Crumb>,
    name: String,
    description: String,
    number: i32,
    built_in: bool,
    published: Moment,
    areas: Vec<AreaCard>,
    weights: String,
    cuts: Vec<CutTable>,
    warning_signs: Vec<WarningSign>,
    versions: Vec<VersionLink>,
}

#[derive(Debug, Serialize)]
struct AreaCard {
    number: u8,
    key: String,
    name: String,
    description: String,
    /// Only where the areas do not weigh the same.
    weight: Option<f64>,
    anchors: Vec<AnchorCell>,
}

#[derive(Debug, Serialize)]
struct AnchorCell {
    level: u8,
    label: String,
    text: String,
    /// The seniorities that are expected here.
    expected: Vec<&'static str>,
}

/// One mode's outcomes, and where each begins.
#[derive(Debug, Serialize)]
struct CutTable {
    title: &'static str,
    outcomes: &'static [&'static str],
    rows: Vec<CutRow>,
}

#[derive(Debug, Serialize)]
struct CutRow {
    level: &'static str,
    ranges: Vec<String>,
}

#[derive(Debug, Serialize)]
struct VersionLink {
    number: i32,
    url: String,
    current: bool,
}

pub async fn index(visitor: Visitor) -> PageResult {
    visitor
        .page(|tx, actor| {
            let mut newest = service::published(tx, actor)?;
            newest.dedup_by(|later, first| later.slug == first.slug);
            let team = actor.team_id()?;
            let rubrics = newest.iter().map(|rubric| RubricCard::of(rubric, team)).collect();
            Ok(IndexPage { tabs: library_tabs(team, LibraryPart::Rubrics), rubrics })
        })
        .await
}

/// A rubric as such leads to its newest version.
pub async fn rubric(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id: RubricId = path.1.parse().map_err(|_| Error::NotFound)?;
    let url = visitor.read(move |tx, actor| Ok(version_url(actor.team_id()?, service::newest_of(tx, actor, id)?.id))).await?;
    see_other(&url)
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id: RubricVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    visitor
        .page(move |tx, actor| {
            let rubric = service::show(tx, actor, id)?;
            let all = service::published(tx, actor)?;
            Ok(ShowPage::of(&rubric, &all, actor.team_id()?, actor.time_zone()))
        })
        .await
}

pub fn samples() -> Vec<Sample> {
    [samples_of::<IndexPage>(), samples_of::<ShowPage>()].into_iter().flatten().collect()
}

fn version_url(team: TeamId, id: RubricVersionId) -> String {
    format!("/teams/{team}/rubrics/versions/{id}")
}

impl RubricCard {
    fn of(rubric: &RubricVersion, team: TeamId) -> Self {
        RubricCard {
            name: rubric.name.clone(),
            description: rubric.description.clone(),
            url: version_url(team, rubric.id),
            number: rubric.number,
            built_in: rubric.built_in,
            areas: rubric.areas.iter().map(|area| area.short_name.clone()).collect(),
        }
    }
}

impl ShowPage {
    fn of(rubric: &RubricVersion, all: &[Arc<RubricVersion>], team: TeamId, zone: Tz) -> Self {
        let equal = rubric.weights_reason.is_none();
        let versions = all.iter().filter(|version| version.slug == rubric.slug).map(|version| VersionLink {
            number: version.number,
            url: version_url(team, version.id),
            current: version.id == rubric.id,
        });
        ShowPage {
            crumbs: vec![
                Crumb { label: "Rubrics".into(), url: Some(format!("/teams/{team}/rubrics")) },
                Crumb { label: rubric.name.clone(), url: None },
            ],
            name: rubric.name.clone(),
            description: rubric.description.clone(),
            number: rubric.number,
            built_in: rubric.built_in,
            published: Moment::of(rubric.published_at, zone),
            areas: rubric.areas.iter().map(|area| AreaCard::of(area, equal)).collect(),
            weights: rubric.weights_reason.clone().unwrap_or_else(|| "All five areas weigh the same.".into()),
            cuts: [Mode::Mock, Mode::Hiring].map(|mode| CutTable::of(rubric, mode)).into(),
            warning_signs: rubric.warning_signs.clone(),
            versions: versions.collect(),
        }
    }
}

impl AreaCard {
    fn of(area: &Area, equal: bool) -> Self {
        let expected =
            |at: u8| Level::ALL.iter().filter(move |level| *area.expected.at(**level) == at).map(|level| level.label()).collect();
        let anchors = area.anchors.iter().map(|anchor| AnchorCell {
            level: anchor.level,
            label: anchor.label.clone(),
            text: anchor.text.clone(),
            expected: expected(anchor.level),
        });
        AreaCard {
            number: area.number,
            key: area.key.clone(),
            name: area.name.clone(),
            description: area.description.clone(),
            weight: (!equal).then_some(area.weight),
            anchors: anchors.collect(),
        }
    }
}

impl CutTable {
    fn of(rubric: &RubricVersion, mode: Mode) -> Self {
        let (title, outcomes): (_, &[_]) = match mode {
            Mode::Mock => ("In a mock interview", &["Not yet", "Nearly ready", "Ready now"]),
            Mode::Hiring => ("In hiring", &["Strong no", "No", "Yes", "Strong yes"]),
        };
        let row = |level: &Level| CutRow { level: level.label(), ranges: ranges(rubric.cuts(*level, mode)) };
        CutTable { title, outcomes, rows: Level::ALL.iter().map(row).collect() }
    }
}

/// `[1.7, 2.3]` as "below 1.7", "1.7 to 2.3", "2.3 and above".
fn ranges(cuts: &[f64]) -> Vec<String> {
    let below = cuts.first().map(|cut| format!("below {cut}"));
    let between = cuts.windows(2).map(|pair| format!("{} to {}", pair[0], pair[1]));
    let above = cuts.last().map(|cut| format!("{cut} and above"));
    below.into_iter().chain(between).chain(above).collect()
}

impl Template for IndexPage {
    const PATH: &'static str = "rubrics/index.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        "Rubrics".into()
    }

    fn samples() -> Vec<Self> {
        let Some(rubric) = sample() else { return Vec::new() };
        let team = TeamId(uuid::Uuid::nil());
        let tabs = library_tabs(team, LibraryPart::Rubrics);
        let card = |built_in| RubricCard { built_in, ..RubricCard::of(&rubric, team) };
        vec![IndexPage { tabs: tabs.clone(), rubrics: Vec::new() }, IndexPage { tabs, rubrics: vec![card(true), card(false)] }]
    }
}

impl Template for ShowPage {
    const PATH: &'static str = "rubrics/show.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("{} (rubric)", self.name)
    }

    fn samples() -> Vec<Self> {
        let Some(rubric) = sample() else { return Vec::new() };
        let team = TeamId(uuid::Uuid::nil());
        let weighed = RubricVersion { weights_reason: Some("Production counts twice here.".into()), built_in: false, ..rubric.clone() };
        let older = Arc::new(RubricVersion { number: 0, id: RubricVersionId(uuid::Uuid::from_u128(1)), ..rubric.clone() });
        vec![
            ShowPage::of(&rubric, &[Arc::new(rubric.clone()), older], team, Tz::UTC),
            ShowPage::of(&weighed, &[Arc::new(weighed.clone())], team, Tz::UTC),
        ]
    }
}

/// The built-in rubric, for the samples.
fn sample() -> Option<RubricVersion> {
    let file = service::built_in().ok()?.into_iter().next()?;
    Some(file.into_version(RubricVersionId(uuid::Uuid::nil()), 1, chrono::DateTime::UNIX_EPOCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_told_in_words() {
        assert_eq!(ranges(&[1.7, 2.3]), ["below 1.7", "1.7 to 2.3", "2.3 and above"]);
        assert_eq!(ranges(&[3.1, 3.9, 4.5]), ["below 3.1", "3.1 to 3.9", "3.9 to 4.5", "4.5 and above"]);
    }
}
