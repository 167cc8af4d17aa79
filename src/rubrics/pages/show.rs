//! One version of a rubric, with all its versions.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{Area, Level, RubricId, RubricVersion, RubricVersionId, WarningSign};
use super::super::service;
use super::{copy_url, differences_url, draft_url, rubrics_url, version_url};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::{Mode, TeamId};
use crate::web::download::attachment;
use crate::web::page::{Choice, Crumb, Nav, PageError, PageResult, Template, see_other};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct ShowPage {
    crumbs: Vec<Crumb>,
    name: String,
    description: String,
    number: i32,
    built_in: bool,
    retired: bool,
    /// For who writes rubrics: a copy of this version, and the draft of a rubric of the team.
    copy_url: Option<String>,
    draft_url: Option<String>,
    export_url: String,
    areas: Vec<AreaCard>,
    weights: String,
    cuts: Vec<CutTable>,
    warning_signs: Vec<WarningSign>,
    versions: Vec<VersionLink>,
    /// Compares this version with another, where there are several.
    compare: Option<Compare>,
    /// What a first version changed in what it was copied from.
    since_copy_url: Option<String>,
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

/// Who published what, when and why.
#[derive(Debug, Serialize)]
struct VersionLink {
    number: i32,
    url: String,
    current: bool,
    published: Moment,
    by: Option<String>,
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct Compare {
    action: String,
    others: Vec<Choice>,
    before: String,
}

/// A rubric as such leads to its newest version.
pub async fn rubric(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id: RubricId = path.1.parse().map_err(|_| Error::NotFound)?;
    let url = visitor
        .read(move |tx, actor| match service::newest_of(tx, actor, id) {
            // Nothing is published yet: who writes it finds the draft.
            Err(Error::NotFound) if service::edits(actor) => {
                service::show_rubric(tx, actor, id).and_then(|rubric| Ok(draft_url(actor.team_id()?, rubric.id)))
            }
            version => Ok(version_url(actor.team_id()?, version?.id)),
        })
        .await?;
    see_other(&url)
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id: RubricVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    visitor
        .page(move |tx, actor| {
            let rubric = service::show(tx, actor, id)?;
            let all = service::versions_of(tx, actor, rubric.rubric)?;
            let copied = all.len() == 1 && service::before(tx, actor, &rubric)?.id != rubric.id;
            let team = actor.team_id()?;
            let page = ShowPage::of(&rubric, &all, (team, service::edits(actor)), actor.time_zone());
            let retired = service::is_retired(tx, actor, rubric.rubric)?;
            Ok(ShowPage { since_copy_url: copied.then(|| differences_url(team, id)), retired, ..page })
        })
        .await
}

pub async fn export(visitor: Visitor, path: Path<(String, String)>) -> Result<HttpResponse, PageError> {
    let id: RubricVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let (name, text) = visitor.read(move |tx, actor| service::export(tx, actor, id)).await?;
    Ok(attachment("application/json", &name, text))
}

impl ShowPage {
    fn of(rubric: &RubricVersion, all: &[Arc<RubricVersion>], (team, edits): (TeamId, bool), zone: Tz) -> Self {
        let equal = rubric.weights_reason.is_none();
        let versions = all.iter().map(|version| VersionLink {
            number: version.number,
            url: version_url(team, version.id),
            current: version.id == rubric.id,
            published: Moment::of(version.published_at, zone),
            by: version.published_by.clone(),
            reason: version.reason.clone(),
        });
        ShowPage {
            crumbs: vec![Crumb { label: "Rubrics".into(), url: Some(rubrics_url(team)) }, Crumb { label: rubric.name.clone(), url: None }],
            name: rubric.name.clone(),
            description: rubric.description.clone(),
            number: rubric.number,
            built_in: rubric.built_in,
            retired: false,
            copy_url: edits.then(|| copy_url(team, rubric.id)),
            draft_url: (edits && !rubric.built_in).then(|| draft_url(team, rubric.rubric)),
            export_url: format!("{}/export", version_url(team, rubric.id)),
            areas: rubric.areas.iter().map(|area| AreaCard::of(area, equal)).collect(),
            weights: rubric.weights_reason.clone().unwrap_or_else(|| "All five areas weigh the same.".into()),
            cuts: [Mode::Mock, Mode::Hiring].map(|mode| CutTable::of(rubric, mode)).into(),
            warning_signs: rubric.warning_signs.clone(),
            versions: versions.collect(),
            compare: Compare::of(rubric, all, team),
            since_copy_url: None,
        }
    }
}

impl Compare {
    /// With the version before, unless another is chosen.
    fn of(rubric: &RubricVersion, all: &[Arc<RubricVersion>], team: TeamId) -> Option<Self> {
        let others: Vec<_> = all.iter().filter(|version| version.id != rubric.id).collect();
        let before = others.iter().find(|version| version.number < rubric.number).or(others.last())?;
        let choice = |version: &&Arc<RubricVersion>| Choice { value: version.id.to_string(), label: format!("Version {}", version.number) };
        Some(Compare {
            action: differences_url(team, rubric.id),
            before: before.id.to_string(),
            others: others.iter().map(choice).collect(),
        })
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

impl Template for ShowPage {
    const PATH: &'static str = "rubrics/show.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("{} (rubric)", self.name)
    }

    fn samples() -> Vec<Self> {
        let Some(rubric) = super::sample() else { return Vec::new() };
        let team = TeamId(uuid::Uuid::nil());
        let weighed = RubricVersion {
            weights_reason: Some("Production counts twice here.".into()),
            built_in: false,
            published_by: Some("Ada Okafor".into()),
            reason: Some("Production counts more".into()),
            ..rubric.clone()
        };
        let older = RubricVersion { number: 0, id: RubricVersionId(uuid::Uuid::from_u128(1)), ..weighed.clone() };
        let all = [Arc::new(weighed.clone()), Arc::new(older)];
        vec![
            ShowPage::of(&rubric, &[Arc::new(rubric.clone())], (team, false), Tz::UTC),
            ShowPage::of(&weighed, &all, (team, true), Tz::UTC),
            ShowPage {
                since_copy_url: Some("/teams/1/rubrics/versions/1/differences".into()),
                retired: true,
                ..ShowPage::of(&weighed, &all[..1], (team, true), Tz::UTC)
            },
        ]
    }
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
