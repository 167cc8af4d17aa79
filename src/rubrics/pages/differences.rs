//! What differs between two versions, or between the newest and the draft.

use actix_web::web::{Path, Query};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::super::difference::{RubricChange, RubricDifferences};
use super::super::file::RubricFile;
use super::super::model::{RubricId, RubricVersionId, RubricVersionSummary};
use super::super::service;
use super::{draft_url, places, rubrics_url, version_url};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::platform::words::Words;
use crate::policy::TeamId;
use crate::web::page::{Crumb, Nav, PageResult, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct DifferencesPage {
    crumbs: Vec<Crumb>,
    from: Side,
    to: Side,
    groups: Vec<Group>,
    total: usize,
}

/// One of the two.
#[derive(Debug, Serialize)]
struct Side {
    label: String,
    url: String,
    /// None of a draft.
    published: Option<Moment>,
    by: Option<String>,
    reason: Option<String>,
}

/// What changed in one part of the rubric.
#[derive(Debug, Serialize)]
struct Group {
    title: String,
    changes: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    label: String,
    words: Words,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FromQuery {
    from: String,
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>, query: Query<FromQuery>) -> PageResult {
    let to: RubricVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let from: Option<RubricVersionId> = match query.from.as_str() {
        "" => None,
        from => Some(from.parse().map_err(|_| Error::NotFound)?),
    };
    visitor
        .page(move |tx, actor| {
            let found = service::differences(tx, actor, from, to)?;
            let (before, after) = (service::version(tx, found.from.id)?, service::version(tx, to)?);
            let (team, zone) = (actor.team_id()?, actor.time_zone());
            let side = Side::of(&after.summary(), team, zone);
            Ok(DifferencesPage::of(&found, [&RubricFile::of(&after), &RubricFile::of(&before)], side, (team, zone)))
        })
        .await
}

pub async fn draft(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id: RubricId = path.1.parse().map_err(|_| Error::NotFound)?;
    visitor
        .page(move |tx, actor| {
            let (rubric, found) = service::draft_differences(tx, actor, id)?;
            let before = service::version(tx, found.from.id)?;
            let (team, zone) = (actor.team_id()?, actor.time_zone());
            let side = Side::draft(&rubric.draft.name, draft_url(team, id));
            let files = [&rubric.draft.to_file(&rubric.slug), &RubricFile::of(&before)];
            Ok(DifferencesPage::of(&found, files, side, (team, zone)))
        })
        .await
}

impl Side {
    fn of(version: &RubricVersionSummary, team: TeamId, zone: Tz) -> Self {
        Side {
            label: format!("{}, version {}", version.name, version.number),
            url: version_url(team, version.id),
            published: Some(Moment::of(version.published_at, zone)),
            by: version.published_by.clone(),
            reason: version.reason.clone(),
        }
    }

    fn draft(name: &str, url: String) -> Self {
        Side { label: format!("{name}, draft"), url, published: None, by: None, reason: None }
    }
}

impl DifferencesPage {
    /// `files` are the newer and the older: areas and signs are called as the newer calls them, where it has them.
    fn of(found: &RubricDifferences, files: [&RubricFile; 2], to: Side, (team, zone): (TeamId, Tz)) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for change in &found.changes {
            let title = title(change, files[0]);
            let label = places::words(&change.field, &|place| said(place, files));
            let line = Line { label, words: change.words.clone() };
            match groups.iter_mut().find(|group| group.title == title) {
                Some(group) => group.changes.push(line),
                None => groups.push(Group { title, changes: vec![line] }),
            }
        }
        DifferencesPage {
            crumbs: vec![
                Crumb { label: "Rubrics".into(), url: Some(rubrics_url(team)) },
                Crumb { label: to.label.clone(), url: Some(to.url.clone()) },
                Crumb { label: "What changed".into(), url: None },
            ],
            from: Side::of(&found.from, team, zone),
            to,
            groups,
            total: found.changes.len(),
        }
    }
}

/// The part of the rubric that a change belongs to.
fn title(change: &RubricChange, file: &RubricFile) -> String {
    let area = change.field.strip_prefix("areas[").and_then(|rest| rest.split_once(']'));
    match area.and_then(|(place, _)| place.parse::<usize>().ok()) {
        Some(place) => format!("{}. {}", place + 1, file.areas.get(place).map_or("", |area| area.name.as_str())),
        None if change.field.starts_with("warning_signs") => "Warning signs".into(),
        None if change.field.starts_with("cuts") || change.field == "weights_reason" => "From scores to an outcome".into(),
        None => "Name".into(),
    }
}

/// The name of an area or a sign, for `places`.
fn said(place: &str, files: [&RubricFile; 2]) -> String {
    let Some((list, rest)) = place.split_once('[') else { return String::new() };
    let row = rest.split(']').next().unwrap_or_default();
    let name = |file: &&RubricFile| match list {
        "areas" => file.areas.get(row.parse::<usize>().ok()?).map(|area| area.short_name.clone()),
        _ => file.warning_signs.iter().find(|sign| sign.key == row).map(|sign| sign.name.clone()),
    };
    files.iter().find_map(name).unwrap_or_default()
}

impl Template for DifferencesPage {
    const PATH: &'static str = "rubrics/differences.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("What changed ({})", self.to.label)
    }

    fn samples() -> Vec<Self> {
        let Some(version) = super::sample() else { return Vec::new() };
        let (team, older) = (TeamId(uuid::Uuid::nil()), RubricFile::of(&version));
        let mut newer = older.clone();
        newer.name = "Five areas, ours".into();
        newer.areas[2].anchors[0].text = "Has no answer, and does not say so.".into();
        newer.cuts.mid.hiring[1] = 3.05;
        newer.warning_signs.remove(0);
        let summary = version.summary();
        let named = RubricVersionSummary { published_by: Some("Ada Okafor".into()), reason: Some("Clearer".into()), ..summary.clone() };
        let page = |to: Option<RubricVersionSummary>, newer: &RubricFile| {
            let side = to.as_ref().map_or_else(|| Side::draft("Ours", "/teams/1/rubrics/1/draft".into()), |to| Side::of(to, team, Tz::UTC));
            let found = RubricDifferences { from: summary.clone(), to, changes: super::super::difference::changes(&older, newer) };
            DifferencesPage::of(&found, [newer, &older], side, (team, Tz::UTC))
        };
        vec![page(Some(named), &newer), page(None, &newer), page(None, &older)]
    }
}
