//! The first block: how far the areas are agreed on, beside how often each score was given.

use serde::Serialize;

use super::super::model::{AreaAgreement, TeamCalibration};
use super::super::statistics::gates::Tier;
use super::charts::{self, Axis, Dots, Point, Stacks};
use super::words;

#[derive(Debug, Serialize)]
pub struct AgreementPart {
    pub finding: String,
    pub chart: Option<Dots>,
    /// How often each score was given: a small range makes alpha small.
    pub levels: Option<Stacks>,
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

pub fn agreement(view: &TeamCalibration) -> AgreementPart {
    let areas = &view.agreement.areas;
    let more = view.agreement.more.iter().map(|one| OtherRow {
        name: one.name,
        value: one.value.map_or_else(|| "–".into(), words::number),
        interval: interval(one.low, one.high),
    });
    AgreementPart {
        finding: words::agreement(view),
        chart: chart(areas),
        levels: levels(areas),
        rows: areas.iter().map(row).collect(),
        more: more.collect(),
    }
}

fn interval(low: Option<f64>, high: Option<f64>) -> String {
    low.zip(high).map_or_else(|| "–".into(), |(low, high)| words::interval(low, high))
}

fn row(area: &AreaAgreement) -> AreaRow {
    AreaRow {
        name: area.name.clone(),
        alpha: area.alpha.value.map_or_else(|| "–".into(), words::number),
        interval: interval(area.alpha.low, area.alpha.high),
        word: area.alpha.word.words(),
        early: area.alpha.tier == Tier::Indicative,
        scores: area.scores.clone(),
    }
}

fn chart(areas: &[AreaAgreement]) -> Option<Dots> {
    let point = |area: &AreaAgreement| {
        let (value, low, high) = (area.alpha.value?, area.alpha.low?, area.alpha.high?);
        Some(Point {
            name: area.short_name.clone(),
            value,
            low,
            high,
            flagged: words::is_low(area),
            you: false,
            early: area.alpha.tier == Tier::Indicative,
            right: words::number(value),
        })
    };
    let points: Vec<Point> = areas.iter().filter_map(point).collect();
    let said =
        points.iter().map(|point| format!("{} {} ({})", point.name, words::number(point.value), words::interval(point.low, point.high)));
    let description = format!("Krippendorff’s alpha with 95 % intervals. {}.", said.collect::<Vec<_>>().join("; "));
    let axis = Axis::of(0.0, 1.0);
    let good = axis.x(words::GOOD_ENOUGH);
    (!points.is_empty()).then(|| Dots {
        title: "Agreement by area".into(),
        description,
        band: Some(charts::Band { x: good, width: axis.x(1.0) - good, good: true }),
        ticks: [0.0, 0.25, 0.5, 0.75, 1.0]
            .map(|value: f64| charts::Tick { x: axis.x(value), label: format!("{value}"), zero: false })
            .into(),
        heads: vec![charts::Head { x: good, anchor: "start", text: "good enough" }],
        ..charts::dots("agreement-chart", axis, points)
    })
}

fn levels(areas: &[AreaAgreement]) -> Option<Stacks> {
    let row = |area: &AreaAgreement| {
        let all = area.scores.iter().sum::<u64>() as f64;
        let counts = <[u64; 5]>::try_from(area.scores.as_slice()).ok()?;
        (all > 0.0).then(|| (area.short_name.clone(), false, counts.map(|count| count as f64 / all)))
    };
    let rows: Vec<(String, bool, [f64; 5])> = areas.iter().filter_map(row).collect();
    let said = rows.iter().map(|(name, _, shares)| format!("{name} {}", shares.map(words::percent).join(", "))).collect::<Vec<_>>();
    (!rows.is_empty()).then(|| Stacks {
        title: "How often each score was given, by area".into(),
        description: format!("Shares of the scores 1 to 5. {}.", said.join("; ")),
        ..charts::lined_up("levels-chart", rows)
    })
}
