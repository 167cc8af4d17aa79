//! The team's page: four blocks, each with its numbers in a table.

use serde::Serialize;

use super::super::exercises::WaitingPart;
use super::super::model::{TalkAbout, TeamCalibration};
use super::super::tabs::{Here, tabs};
use super::agreement::{AgreementPart, agreement};
use super::consistency::{ConsistencyPart, consistency};
use super::detail::{self, FacetsPart, PairsPart};
use super::filter::{Filter, rests_on};
use super::severity::{AdjustedPart, SeverityPart, adjusted, severity};
use super::tiles::{Tile, tiles};
use super::{address, words};
use crate::platform::error::Result;
use crate::policy::{Actor, TeamId};
use crate::web::page::{Nav, Tab, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct TeamPage {
    pub tabs: Vec<Tab>,
    pub waiting: Vec<WaitingPart>,
    pub filter: Filter,
    pub rests_on: String,
    /// Nothing was scored by two.
    pub empty: bool,
    pub plan_url: String,
    pub cautions: Vec<String>,
    pub tiles: Vec<Tile>,
    pub agreement: AgreementPart,
    pub severity: SeverityPart,
    pub consistency: ConsistencyPart,
    pub talk: Vec<TalkRow>,
    /// Beyond the first ten.
    pub talk_more: Vec<TalkRow>,
    pub talk_more_label: String,
    pub adjusted: Option<AdjustedPart>,
    pub overlap: OverlapPart,
    pub pairs: PairsPart,
    pub facets: FacetsPart,
}

/// A name and a number in words.
#[derive(Debug, Serialize)]
pub struct Line {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Serialize)]
pub struct TalkRow {
    pub url: String,
    pub candidate: String,
    pub when: Moment,
    pub area: String,
    pub low: u8,
    pub high: u8,
    /// The reader's own, on their own page.
    pub own: Option<u8>,
}

#[derive(Debug, Serialize)]
pub struct OverlapPart {
    pub finding: String,
    pub pairs: Vec<String>,
    pub panels: Vec<PanelLine>,
}

#[derive(Debug, Serialize)]
pub struct PanelLine {
    pub people: String,
    pub plan_url: String,
}

impl Template for TeamPage {
    const PATH: &'static str = "calibration/team.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        "Calibration".to_owned()
    }

    fn samples() -> Vec<Self> {
        super::samples::team()
    }
}

impl TeamPage {
    pub fn of(view: &TeamCalibration, actor: &Actor) -> Result<Self> {
        let (team, zone) = (actor.team_id()?, actor.time_zone());
        let (first, more) = view.talk_about.split_at(view.talk_about.len().min(FIRST));
        Ok(TeamPage {
            tabs: tabs(actor, team, Here::Team),
            waiting: Vec::new(),
            filter: Filter::of(&view.basis, address(team)),
            rests_on: rests_on(&view.basis, zone),
            empty: view.basis.shared_interviews == 0,
            plan_url: format!("/teams/{team}/interviews/new"),
            cautions: view.basis.cautions.clone(),
            tiles: tiles(view),
            agreement: agreement(view),
            severity: severity(view, team),
            consistency: consistency(&view.consistency),
            talk: talk_rows(first, team, zone),
            talk_more: talk_rows(more, team, zone),
            talk_more_label: format!("Show {} more", more.len()),
            adjusted: adjusted(view, team),
            overlap: overlap(view, team),
            pairs: detail::pairs(&view.pairs),
            facets: detail::facets(&view.many_facets, team, zone),
        })
    }
}

/// So many scorecards to talk about stand open on a page.
pub const FIRST: usize = 10;

pub fn talk_rows(found: &[TalkAbout], team: TeamId, zone: chrono_tz::Tz) -> Vec<TalkRow> {
    found.iter().map(|one| talk_row(one, team, zone)).collect()
}

/// A scorecard to talk about, with its debrief.
fn talk_row(one: &TalkAbout, team: TeamId, zone: chrono_tz::Tz) -> TalkRow {
    TalkRow {
        url: format!("/teams/{team}/interviews/{}/debrief#area-{}", one.interview_id, one.area),
        candidate: one.candidate.clone(),
        when: Moment::of(one.starts_at, zone),
        area: one.area_name.clone(),
        low: one.low,
        high: one.high,
        own: one.own,
    }
}

fn overlap(view: &TeamCalibration, team: TeamId) -> OverlapPart {
    let overlap = &view.overlap;
    let pairs: Vec<String> = overlap.never_met.iter().map(|[one, other]| format!("{} and {}", one.name, other.name)).collect();
    let level = view.basis.look.level.map(|level| format!("&level={}", level.as_str())).unwrap_or_default();
    let panel = |people: &Vec<crate::interviews::PersonOfPanel>| PanelLine {
        people: people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", "),
        plan_url: format!(
            "/teams/{team}/interviews/new?{}{level}",
            people.iter().map(|person| format!("panel={}", person.account_id)).collect::<Vec<_>>().join("&")
        ),
    };
    let finding = match (pairs.len(), overlap.connected) {
        (0, _) => "Every two of you have scored a candidate together".to_owned(),
        (pairs, true) => format!("{} never scored a candidate together", words::capital(&words::count(pairs, "pair has", "pairs have"))),
        (_, false) => "The team falls into groups that share no candidate".to_owned(),
    };
    OverlapPart { finding, pairs, panels: overlap.plan.iter().map(panel).collect() }
}
