//! One's own page.

use serde::Serialize;

use super::super::exercises::WaitingPart;
use super::super::model::{OwnCalibration, OwnDrift, OwnSeverity};
use super::super::statistics::gates::Tier;
use super::super::tabs::{Here, tabs};
use super::charts::Dots;
use super::filter::{Filter, rests_on};
use super::own_detail::{AreasPart, FacetPart, areas, facet, point, severity_row};
use super::own_style::{StylePart, style};
use super::severity::{SeverityRow, severity_chart};
use super::team::{FIRST, TalkRow, talk_rows};
use super::{address, query, words};
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::web::page::{Nav, Tab, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct OwnPage {
    pub tabs: Vec<Tab>,
    pub waiting: Vec<WaitingPart>,
    pub filter: Filter,
    pub rests_on: String,
    pub own_cards: String,
    pub finding: String,
    /// What it rests on, or when there will be something.
    pub basis: String,
    pub early: bool,
    pub chart: Option<Dots>,
    /// The numbers of the chart.
    pub row: Option<SeverityRow>,
    pub sharing_url: String,
    pub shared_since: Option<Moment>,
    pub areas: AreasPart,
    pub facet: FacetPart,
    pub style: StylePart,
    pub drift_finding: &'static str,
    pub drift: String,
    pub drift_since: Option<Moment>,
    pub talk: Vec<TalkRow>,
    /// Beyond the first ten.
    pub talk_more: Vec<TalkRow>,
    pub talk_more_label: String,
}

impl Template for OwnPage {
    const PATH: &'static str = "calibration/own.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        "Your own calibration".to_owned()
    }

    fn samples() -> Vec<Self> {
        super::samples::own()
    }
}

impl OwnPage {
    pub fn of(view: &OwnCalibration, actor: &Actor) -> Result<Self> {
        let (team, zone) = (actor.team_id()?, actor.time_zone());
        let here = format!("{}/own", address(team));
        let (finding, basis) = severity(&view.severity);
        let (first, more) = view.talk_about.split_at(view.talk_about.len().min(FIRST));
        Ok(OwnPage {
            tabs: tabs(actor, team, Here::Own),
            waiting: Vec::new(),
            filter: Filter::of(&view.basis, here.clone()),
            rests_on: rests_on(&view.basis, zone),
            own_cards: own_cards(view.own_cards),
            finding,
            basis,
            early: view.severity.tier == Tier::Indicative,
            chart: chart(&view.severity),
            row: severity_row("You".into(), &view.severity),
            sharing_url: format!("{here}/sharing{}", query(view.basis.look)),
            shared_since: view.shared_since.map(|at| Moment::of(at, zone)),
            areas: areas(&view.areas),
            facet: facet(&view.many_facets),
            style: style(&view.style),
            drift_finding: drift_finding(&view.drift),
            drift: drift(&view.drift),
            drift_since: view.drift.moved_since.map(|at| Moment::of(at, zone)),
            talk: talk_rows(first, team, zone),
            talk_more: talk_rows(more, team, zone),
            talk_more_label: format!("Show {} more", more.len()),
        })
    }
}

fn own_cards(number: usize) -> String {
    match number {
        0 => "none of them is yours".to_owned(),
        number => words::count(number, "of them is yours", "of them are yours"),
    }
}

/// A difference is named only where zero lies outside the interval.
fn severity(own: &OwnSeverity) -> (String, String) {
    let shared = words::count(own.shared_candidates, "shared candidate", "shared candidates");
    let (Some(value), Some(low), Some(high)) = (own.value, own.low, own.high) else {
        let need = "It takes five candidates that you and at least two colleagues scored.".to_owned();
        return ("Too early to compare you with colleagues".to_owned(), format!("So far {shared}. {need}"));
    };
    let finding = if low <= 0.0 && high >= 0.0 {
        "No evidence of a difference between you and your colleagues".to_owned()
    } else {
        let side = if value > 0.0 { "more lenient" } else { "stricter" };
        format!("You score {} points {side} than your colleagues", words::number(value.abs()))
    };
    let with = words::count(own.colleagues, "colleague", "colleagues");
    (finding, format!("Compared on {shared} with {with}; 95 % interval {}.", words::interval(low, high)))
}

fn chart(own: &OwnSeverity) -> Option<Dots> {
    let (point, row) = (point("You".into(), own)?, severity_row("You".into(), own)?);
    Some(Dots { title: "Your severity".into(), ..severity_chart("severity-chart", vec![point], &[row]) })
}

fn drift_finding(own: &OwnDrift) -> &'static str {
    match (own.tier, own.moved_since, own.by) {
        (Tier::Hidden, ..) => "Too early to say whether your level moved",
        (_, Some(_), Some(by)) if by > 0.0 => "You have become more lenient than you were",
        (_, Some(_), Some(_)) => "You have become stricter than you were",
        _ => "No sign that your level moved",
    }
}

fn drift(own: &OwnDrift) -> String {
    match (own.tier, own.moved_since, own.by) {
        (Tier::Hidden, ..) => format!("It takes ten scorecards before, and you have {}.", own.scorecards),
        (_, Some(_), Some(by)) => format!("Your level moved by {} relative to colleagues. Look at the interviews since", words::signed(by)),
        _ => "Your level relative to colleagues has stayed within what chance does.".to_owned(),
    }
}
