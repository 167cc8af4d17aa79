//! One's own page.

use serde::Serialize;

use super::super::exercises::WaitingPart;
use super::super::model::{OwnCalibration, OwnDrift, OwnSeverity, OwnStyle};
use super::super::statistics::gates::Tier;
use super::super::tabs::{Here, tabs};
use super::charts::{self, Dots, Point, Stacks};
use super::filter::{Filter, rests_on};
use super::own_detail::{AreasPart, FacetPart, areas, facet};
use super::team::{FIRST, SeverityRow, TalkRow, severity_chart, talk_rows};
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
    pub sharing_url: String,
    pub shared_since: Option<Moment>,
    pub areas: AreasPart,
    pub facet: FacetPart,
    pub style: StylePart,
    pub drift: String,
    pub drift_since: Option<Moment>,
    pub talk: Vec<TalkRow>,
    /// Beyond the first ten.
    pub talk_more: Vec<TalkRow>,
    pub talk_more_label: String,
}

#[derive(Debug, Serialize)]
pub struct StylePart {
    pub finding: String,
    pub early: bool,
    pub chart: Option<Stacks>,
    pub rows: Vec<ScaleRow>,
    pub lines: Vec<String>,
}

/// How often each level was given, in percent.
#[derive(Debug, Serialize)]
pub struct ScaleRow {
    pub name: &'static str,
    pub shares: Vec<String>,
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
            own_cards: words::count(view.own_cards, "of them is yours", "of them are yours"),
            finding,
            basis,
            early: view.severity.tier == Tier::Indicative,
            chart: chart(&view.severity),
            sharing_url: format!("{here}/sharing{}", query(view.basis.look)),
            shared_since: view.shared_since.map(|at| Moment::of(at, zone)),
            areas: areas(&view.areas),
            facet: facet(&view.many_facets),
            style: style(&view.style),
            drift: drift(&view.drift),
            drift_since: view.drift.moved_since.map(|at| Moment::of(at, zone)),
            talk: talk_rows(first, team, zone),
            talk_more: talk_rows(more, team, zone),
            talk_more_label: format!("Show {} more", more.len()),
        })
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
    let (value, low, high) = (own.value?, own.low?, own.high?);
    let row = SeverityRow {
        name: "You".into(),
        value: words::signed(value),
        interval: words::interval(low, high),
        shared: own.shared_candidates,
    };
    let point = Point { name: "You".into(), value, low, high, flagged: false, you: true, right: own.shared_candidates.to_string() };
    Some(Dots { title: "Your severity".into(), ..severity_chart(vec![point], &[row]) })
}

fn style(own: &OwnStyle) -> StylePart {
    let shares = |counts: &[u64]| {
        let all = counts.iter().sum::<u64>() as f64;
        let share = |place: usize| counts.get(place).map_or(0.0, |count| *count as f64 / all);
        (all > 0.0).then(|| [share(0), share(1), share(2), share(3), share(4)])
    };
    let rows: Vec<(String, bool, [f64; 5])> = [("You", true, &own.own_scores), ("Colleagues", false, &own.colleagues_scores)]
        .into_iter()
        .filter_map(|(name, you, counts)| Some((name.to_owned(), you, shares(counts)?)))
        .collect();
    let said = rows.iter().map(|(name, _, shares)| format!("{name} {}", shares.map(words::percent).join(", "))).collect::<Vec<_>>();
    let table = rows
        .iter()
        .map(|(_, you, shares)| ScaleRow { name: if *you { "You" } else { "Colleagues" }, shares: shares.map(words::percent).into() });
    StylePart {
        finding: style_finding(own),
        early: own.tier == Tier::Indicative,
        rows: table.collect(),
        chart: (!rows.is_empty()).then(|| Stacks {
            title: "How you and colleagues used the scale for the same candidates".into(),
            description: format!("Shares of the scores 1 to 5. {}.", said.join("; ")),
            ..charts::lined_up("scale-chart", 500.0, 90.0, rows)
        }),
        lines: style_lines(own),
    }
}

/// More than a tenth of all scores beyond the colleagues' share is worth a look.
const MUCH: f64 = 0.10;

fn style_finding(own: &OwnStyle) -> String {
    match own.middle_excess {
        _ if own.tier == Tier::Hidden => "Too early to say how you use the scale".to_owned(),
        Some(excess) if excess > MUCH => "You stay in the middle more than your colleagues".to_owned(),
        Some(excess) if excess < -MUCH => "You leave the middle more than your colleagues".to_owned(),
        _ => "You use the scale much as your colleagues do".to_owned(),
    }
}

fn style_lines(own: &OwnStyle) -> Vec<String> {
    let mut lines = Vec::new();
    if own.tier == Tier::Hidden {
        lines.push(format!("So far {}; it takes ten.", words::count(own.candidates, "candidate", "candidates")));
    }
    if let Some(ratio) = own.spread_ratio {
        lines.push(format!("Your scores spread {} times as wide as your colleagues’ for the same candidates.", words::number(ratio)));
    }
    if let (Some(own), Some(others)) = (own.areas_together, own.areas_together_of_colleagues) {
        lines.push(format!(
            "Your five areas go together at {}, your colleagues’ at {}. Areas do belong together to a degree; much closer than colleagues \
             may mean that one impression colours all five.",
            words::number(own),
            words::number(others)
        ));
    }
    lines
}

fn drift(own: &OwnDrift) -> String {
    match (own.tier, own.moved_since, own.by) {
        (Tier::Hidden, ..) => format!("Too early: it takes ten scorecards before, and you have {}.", own.scorecards),
        (_, Some(_), Some(by)) => format!("Your level moved by {} relative to colleagues. Look at the interviews since", words::signed(by)),
        _ => "Your level has not moved relative to colleagues.".to_owned(),
    }
}
