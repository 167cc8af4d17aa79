//! The team's page: four blocks, each with its numbers in a table.

use serde::Serialize;

use super::super::exercises::WaitingPart;
use super::super::model::{AdjustedScore, SeverityDot, TalkAbout, TeamCalibration};
use super::super::statistics::gates::Tier;
use super::super::tabs::{Here, tabs};
use super::charts::{self, Axis, Dots, Point};
use super::consistency::{ConsistencyPart, consistency};
use super::detail::{self, FacetsPart, PairsPart};
use super::filter::{Filter, rests_on};
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
    pub adjusted: Vec<AdjustedRow>,
    pub overlap: OverlapPart,
    pub pairs: PairsPart,
    pub facets: FacetsPart,
}

/// A key figure.
#[derive(Debug, Serialize)]
pub struct Tile {
    pub label: &'static str,
    pub big: String,
    pub small: String,
    pub meta: String,
    /// An early signal, or none.
    pub quiet: bool,
}

#[derive(Debug, Serialize)]
pub struct AgreementPart {
    pub finding: String,
    pub chart: Option<Dots>,
    pub rows: Vec<AreaRow>,
    pub more: Vec<OtherRow>,
}

/// A coefficient beside alpha.
#[derive(Debug, Serialize)]
pub struct OtherRow {
    pub name: &'static str,
    pub value: String,
    pub interval: String,
}

#[derive(Debug, Serialize)]
pub struct AreaRow {
    pub name: String,
    pub alpha: String,
    pub interval: String,
    pub word: &'static str,
    pub early: bool,
    /// 1 to 5; empty where hidden.
    pub scores: Vec<u64>,
}

/// A name and a number in words.
#[derive(Debug, Serialize)]
pub struct Line {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Serialize)]
pub struct SeverityPart {
    pub finding: String,
    pub chart: Option<Dots>,
    pub rows: Vec<SeverityRow>,
    pub hidden: Option<String>,
    pub own_url: String,
}

#[derive(Debug, Serialize)]
pub struct SeverityRow {
    pub name: String,
    pub value: String,
    pub interval: String,
    pub shared: usize,
}

#[derive(Debug, Serialize)]
pub struct TalkRow {
    pub url: String,
    pub candidate: String,
    pub when: Moment,
    pub area: String,
    pub low: u8,
    pub high: u8,
}

#[derive(Debug, Serialize)]
pub struct AdjustedRow {
    pub url: String,
    pub candidate: String,
    pub raw: String,
    pub adjusted: String,
    pub interval: String,
    pub why: String,
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
            adjusted: view.adjusted.iter().map(|one| adjusted_row(one, team)).collect(),
            overlap: overlap(view, team),
            pairs: detail::pairs(&view.pairs),
            facets: detail::facets(&view.many_facets, team, zone),
        })
    }
}

/// The heads of the blocks. What is hidden says when it will be there.
fn tiles(view: &TeamCalibration) -> Vec<Tile> {
    let (agreement, one, panel) = (&view.agreement, &view.consistency.one, &view.consistency.panel);
    let quiet = agreement.tier != Tier::Reportable;
    let tile = |label, big: Option<String>, small: String, meta: String| {
        let hidden = big.is_none();
        let meta = if hidden { "from five candidates that two scored".to_owned() } else { meta };
        Tile {
            label,
            big: big.unwrap_or_else(|| "–".into()),
            small: if hidden { String::new() } else { small },
            meta,
            quiet: quiet || hidden,
        }
    };
    let range = |low: Option<f64>, high: Option<f64>| low.zip(high).map(|(low, high)| words::interval(low, high)).unwrap_or_default();
    vec![
        tile(
            "Agreement (alpha)",
            agreement.alpha.value.map(words::number),
            words::early(agreement.tier).map_or_else(|| agreement.alpha.word.words().to_owned(), str::to_owned),
            format!("{}; from 0.67 is good enough", range(agreement.alpha.low, agreement.alpha.high)),
        ),
        tile(
            "Within one point, raw",
            agreement.within_one.map(words::percent),
            String::new(),
            format!(
                "of {} pairs; {} gave the same score",
                agreement.pairs.unwrap_or_default(),
                agreement.exact.map(words::percent).unwrap_or_default()
            ),
        ),
        tile(
            "One interviewer",
            one.value.map(words::number),
            words::early(one.tier).map_or_else(|| one.word.words().to_owned(), str::to_owned),
            format!("{}; of the mean over areas, the part that is the candidate", range(one.low, one.high)),
        ),
        tile(
            "Your usual panel",
            panel.value.map(words::number),
            view.consistency.panel_size.map(|size| format!("of {size:.1}")).unwrap_or_default(),
            range(panel.low, panel.high),
        ),
    ]
}

fn agreement(view: &TeamCalibration) -> AgreementPart {
    let areas = &view.agreement.areas;
    let points: Vec<Point> = areas
        .iter()
        .filter_map(|area| {
            let (value, low, high) = (area.alpha.value?, area.alpha.low?, area.alpha.high?);
            Some(Point {
                name: area.short_name.clone(),
                value,
                low,
                high,
                flagged: area.alpha.tier == Tier::Reportable && high < 0.667,
                you: false,
                right: words::number(value),
            })
        })
        .collect();
    let said =
        points.iter().map(|point| format!("{} {} ({})", point.name, words::number(point.value), words::interval(point.low, point.high)));
    let description = format!("Krippendorff’s alpha with 95 % intervals. {}.", said.collect::<Vec<_>>().join("; "));
    let axis = Axis { from: 0.0, to: 1.0, left: 112.0, right: 452.0 };
    let chart = (!points.is_empty()).then(|| {
        let ticks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|value: f64| charts::Tick { x: axis.x(value), label: format!("{value}"), zero: false });
        let good = axis.x(0.667);
        Dots {
            title: "Agreement by area".into(),
            description,
            band: Some(charts::Band { x: good, width: axis.x(1.0) - good, good: true }),
            ticks: ticks.into(),
            heads: vec![charts::Head { x: good + 6.0, anchor: "start", text: "good enough" }],
            ..charts::dots("agreement-chart", 500.0, axis, points)
        }
    });
    let row = |area: &super::super::model::AreaAgreement| AreaRow {
        name: area.name.clone(),
        alpha: area.alpha.value.map_or_else(|| "–".into(), words::number),
        interval: area.alpha.low.zip(area.alpha.high).map_or_else(|| "–".into(), |(low, high)| words::interval(low, high)),
        word: area.alpha.word.words(),
        early: area.alpha.tier == Tier::Indicative,
        scores: area.scores.clone(),
    };
    let more = view.agreement.more.iter().map(|one| OtherRow {
        name: one.name,
        value: one.value.map_or_else(|| "–".into(), words::number),
        interval: one.low.zip(one.high).map_or_else(|| "–".into(), |(low, high)| words::interval(low, high)),
    });
    AgreementPart { finding: words::agreement(view), chart, rows: areas.iter().map(row).collect(), more: more.collect() }
}

fn severity(view: &TeamCalibration, team: TeamId) -> SeverityPart {
    let strip = &view.severity;
    let name = |dot: &SeverityDot| match (&dot.name, dot.own) {
        (_, true) => "You".to_owned(),
        (Some(name), _) => name.clone(),
        (None, _) => String::new(),
    };
    let points = strip.dots.iter().map(|dot| Point {
        name: name(dot),
        value: dot.value,
        low: dot.low,
        high: dot.high,
        flagged: dot.outside,
        you: dot.own,
        right: dot.shared_candidates.to_string(),
    });
    let row = |dot: &SeverityDot| SeverityRow {
        name: if name(dot).is_empty() { "An interviewer".into() } else { name(dot) },
        value: words::signed(dot.value),
        interval: words::interval(dot.low, dot.high),
        shared: dot.shared_candidates,
    };
    let rows: Vec<SeverityRow> = strip.dots.iter().map(row).collect();
    let chart = (!rows.is_empty()).then(|| severity_chart(points.collect(), &rows));
    let hidden = (strip.hidden > 0).then(|| {
        let people = words::capital(&words::count(strip.hidden, "interviewer shares", "interviewers share"));
        format!("{people} too few candidates with colleagues to be compared.")
    });
    SeverityPart { finding: words::severity(strip), chart, rows, hidden, own_url: format!("{}/own", address(team)) }
}

/// Also the one dot of one's own page.
pub fn severity_chart(points: Vec<Point>, rows: &[SeverityRow]) -> Dots {
    let axis = Axis { from: -1.0, to: 1.0, left: 168.0, right: 636.0 };
    let said = rows.iter().map(|row| format!("{} {} ({})", row.name, row.value, row.interval)).collect::<Vec<_>>();
    let tick = |(value, label): (f64, &str)| charts::Tick { x: axis.x(value), label: label.into(), zero: value == 0.0 };
    let low = axis.x(-0.25);
    Dots {
        title: "Severity".into(),
        description: format!("Points above or below the team, with 95 % intervals. {}.", said.join("; ")),
        band: Some(charts::Band { x: low, width: axis.x(0.25) - low, good: false }),
        ticks: [(-1.0, "−1"), (-0.5, "−0.5"), (0.0, "team"), (0.5, "+0.5"), (1.0, "+1")].map(tick).into(),
        heads: vec![
            charts::Head { x: 168.0, anchor: "start", text: "← stricter" },
            charts::Head { x: 636.0, anchor: "end", text: "more lenient →" },
            charts::Head { x: 700.0, anchor: "end", text: "shared" },
        ],
        ..charts::dots("severity-chart", 700.0, axis, points)
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
    }
}

fn adjusted_row(one: &AdjustedScore, team: TeamId) -> AdjustedRow {
    let why = match words::signed(one.panel).as_str() {
        "0" => "this panel is as strict as the team".to_owned(),
        panel if one.panel > 0.0 => format!("{panel} because this panel is stricter"),
        panel => format!("{panel} because this panel is more lenient"),
    };
    AdjustedRow {
        url: format!("/teams/{team}/interviews/{}/debrief", one.interview_id),
        candidate: one.candidate.clone(),
        raw: words::number(one.raw),
        adjusted: words::number(one.adjusted),
        interval: words::interval(one.low, one.high),
        why,
    }
}

fn overlap(view: &TeamCalibration, team: TeamId) -> OverlapPart {
    let overlap = &view.overlap;
    let pairs: Vec<String> = overlap.never_met.iter().map(|[one, other]| format!("{} and {}", one.name, other.name)).collect();
    let panel = |people: &Vec<crate::interviews::PersonOfPanel>| PanelLine {
        people: people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", "),
        plan_url: format!(
            "/teams/{team}/interviews/new?{}",
            people.iter().map(|person| format!("panel={}", person.account_id)).collect::<Vec<_>>().join("&")
        ),
    };
    let finding = match (pairs.len(), overlap.connected) {
        (0, _) => "Every pair has met the same candidate".to_owned(),
        (pairs, true) => format!("{} never met the same candidate", words::capital(&words::count(pairs, "pair", "pairs"))),
        (_, false) => "The team falls into groups that share no candidate".to_owned(),
    };
    OverlapPart { finding, pairs, panels: overlap.plan.iter().map(panel).collect() }
}
