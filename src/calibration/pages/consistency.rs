//! The second block: how much of a score is the candidate, and how many interviewers that takes.

use serde::Serialize;

use super::super::model::Consistency;
use super::super::statistics::gates::Tier;
use super::charts::{self, Axis, Dots, Point, Stacks};
use super::team::Line;
use super::words;

#[derive(Debug, Serialize)]
pub struct ConsistencyPart {
    pub finding: String,
    pub needed: String,
    pub early: bool,
    pub lines: Vec<Line>,
    pub shares: Option<Stacks>,
    pub legend: Vec<ShareLine>,
    pub curve: Option<Dots>,
    pub points: Vec<Line>,
}

#[derive(Debug, Serialize)]
pub struct ShareLine {
    pub shade: u8,
    pub name: &'static str,
    pub percent: String,
}

/// The colours of shares: green is the candidate, clay the interviewer, grey the rest.
fn shade(name: &str) -> u8 {
    match name {
        "Candidate" => 5,
        "Candidate in this area" => 4,
        "Interviewer" => 1,
        "Interviewer with this candidate" | "Interviewer in this area" => 2,
        _ => 3,
    }
}

pub fn consistency(found: &Consistency) -> ConsistencyPart {
    let line = |name: &str, estimate| Line { name: name.into(), value: words::estimate(estimate) };
    let shares: Vec<(f64, u8)> = found.shares.iter().map(|share| (share.share, shade(share.name))).collect();
    let legend: Vec<ShareLine> = found
        .shares
        .iter()
        .map(|share| ShareLine { shade: shade(share.name), name: share.name, percent: words::percent(share.share) })
        .collect();
    let said = legend.iter().map(|line| format!("{} {}", line.name, line.percent)).collect::<Vec<_>>().join("; ");
    let axis = Axis::of(0.0, 1.0);
    let points: Vec<Point> = found
        .curve
        .iter()
        .map(|point| Point {
            name: words::capital(&words::count(point.interviewers as usize, "interviewer", "interviewers")),
            value: point.phi,
            low: point.low,
            high: point.high,
            flagged: false,
            you: false,
            early: false,
            right: words::number(point.phi),
        })
        .collect();
    let numbers = found.curve.iter().map(|point| Line {
        name: words::capital(&words::count(point.interviewers as usize, "interviewer", "interviewers")),
        value: format!("{} ({})", words::number(point.phi), words::interval(point.low, point.high)),
    });
    let numbers: Vec<Line> = numbers.collect();
    let description = numbers.iter().map(|line| format!("{} {}", line.name, line.value)).collect::<Vec<_>>().join("; ");
    let good = axis.x(0.8);
    ConsistencyPart {
        finding: words::shares(found),
        needed: words::needed(found),
        early: found.shares_tier == Tier::Indicative,
        lines: vec![
            line("One interviewer: ICC(A,1)", &found.one),
            line("The usual panel: ICC(A,k)", &found.panel),
            line("Candidates who met different panels: G(q,k)", &found.different_panels),
        ],
        shares: (!shares.is_empty()).then(|| Stacks {
            title: "Where differences between scores come from".into(),
            description: format!("Shares of the variance. {said}."),
            ..charts::one_bar("shares-chart", &shares)
        }),
        legend,
        curve: (!points.is_empty()).then(|| Dots {
            title: "How dependable a score is with more interviewers".into(),
            description: format!("Phi with 95 % limits. {description}."),
            band: Some(charts::Band { x: good, width: axis.x(1.0) - good, good: true }),
            ticks: [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
                .map(|value: f64| charts::Tick { x: axis.x(value), label: format!("{value}"), zero: false })
                .into(),
            heads: vec![charts::Head { x: good, anchor: "start", text: "for decisions" }],
            ..charts::dots("curve-chart", axis, points)
        }),
        points: numbers,
    }
}
