//! The third block: who differs from colleagues on the same candidates, without names; and what that does to scores.

use serde::Serialize;

use super::super::model::{AdjustedScore, SeverityDot, SeverityStrip, TeamCalibration};
use super::super::reading::{NO_ACTION, is_clear};
use super::super::statistics::gates::Tier;
use super::charts::{self, Axis, Dots, Point};
use super::{address, words};
use crate::policy::TeamId;

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
    pub difference: String,
    pub interval: String,
    pub shared: String,
    pub early: bool,
}

pub fn severity(view: &TeamCalibration, team: TeamId) -> SeverityPart {
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
        early: dot.tier == Tier::Indicative,
        right: words::rough(dot.shared_candidates),
    });
    let row = |dot: &SeverityDot| SeverityRow {
        name: if name(dot).is_empty() { "An interviewer".into() } else { name(dot) },
        difference: words::difference(dot.value, dot.low, dot.high),
        interval: words::interval(dot.low, dot.high),
        shared: words::rough(dot.shared_candidates),
        early: dot.tier == Tier::Indicative,
    };
    let rows: Vec<SeverityRow> = strip.dots.iter().map(row).collect();
    SeverityPart {
        finding: finding(strip),
        chart: (!rows.is_empty()).then(|| severity_chart("severity-chart", points.collect(), &rows)),
        rows,
        hidden: hidden(strip),
        own_url: format!("{}/own", address(team)),
    }
}

/// Only who may be reported is counted; an early signal is called one.
fn finding(strip: &SeverityStrip) -> String {
    let (sure, early): (Vec<&SeverityDot>, Vec<&SeverityDot>) = strip.dots.iter().partition(|dot| dot.tier == Tier::Reportable);
    let outside = sure.iter().filter(|dot| dot.outside).count();
    let signals = early.iter().filter(|dot| is_clear(dot)).count();
    let lie = |some: usize| if some == 1 { "lies" } else { "lie" };
    let number = |number: usize| words::count(number, "", "").trim_end().to_owned();
    let rest = if early.is_empty() { String::new() } else { format!("; too early to say of {} more", number(early.len())) };
    match (sure.len(), outside) {
        (0, _) if early.is_empty() => "Too few shared candidates to compare interviewers".to_owned(),
        (0, _) if signals > 0 => {
            format!("An early signal: {} of {} {} outside the band", number(signals), number(early.len()), lie(signals))
        }
        (0, _) => "Too early to say whether anybody lies outside the band".to_owned(),
        (all, 0) if sure.iter().any(|dot| dot.value.abs() > NO_ACTION) => {
            format!("No evidence that anybody of {} lies outside the band{rest}", number(all))
        }
        (all, 0) => format!("Nobody of {} lies outside the band{rest}", number(all)),
        (all, outside) => format!("{} {} outside the band{rest}", words::of(outside, all), lie(outside)),
    }
}

fn hidden(strip: &SeverityStrip) -> Option<String> {
    let few = (strip.hidden > 0).then(|| {
        let people = words::capital(&words::count(strip.hidden, "interviewer shares", "interviewers share"));
        format!("{people} too few candidates with colleagues to be compared.")
    });
    let last = (strip.kept_back > 0).then(|| "One dot is kept back: it would be the only one without a name.".to_owned());
    let said: Vec<String> = [few, last].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Also for one's own page.
pub fn severity_chart(id: &'static str, points: Vec<Point>, rows: &[SeverityRow]) -> Dots {
    let axis = Axis::of(-1.0, 1.0);
    let said = rows.iter().map(|row| format!("{}: {} ({})", row.name, row.difference, row.interval)).collect::<Vec<_>>();
    let tick = |(value, label): (f64, &str)| charts::Tick { x: axis.x(value), label: label.into(), zero: value == 0.0 };
    let low = axis.x(-NO_ACTION);
    Dots {
        title: "Severity".into(),
        description: format!("Points above or below the team, with 95 % intervals. {}.", said.join("; ")),
        band: Some(charts::Band { x: low, width: axis.x(NO_ACTION) - low, good: false }),
        ticks: [(-1.0, "−1"), (-0.5, "−0.5"), (0.0, "team"), (0.5, "+0.5"), (1.0, "+1")].map(tick).into(),
        heads: charts::severity_heads("shared"),
        ..charts::dots(id, axis, points)
    }
}

/// What an average panel would have said, where it may be told.
#[derive(Debug, Serialize)]
pub struct AdjustedPart {
    pub finding: String,
    pub rows: Vec<AdjustedRow>,
    pub kept_back: Option<String>,
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

/// None where there is nothing that could be told.
pub fn adjusted(view: &TeamCalibration, team: TeamId) -> Option<AdjustedPart> {
    let most = view.adjusted.iter().map(|one| one.panel.abs()).fold(0.0, f64::max);
    let finding = match words::number(most).as_str() {
        _ if view.adjusted.is_empty() => "What an average panel would have said is kept back".to_owned(),
        "0.00" => "No panel was stricter or more lenient than the team".to_owned(),
        most => format!("Who sat in the panel moved a score by up to {most} points"),
    };
    (view.adjusted.len() + view.adjusted_kept_back > 0).then(|| AdjustedPart {
        finding,
        rows: view.adjusted.iter().map(|one| adjusted_row(one, team)).collect(),
        kept_back: kept_back(view.adjusted_kept_back),
    })
}

/// Also of the Rasch model's averages.
pub fn kept_back(interviews: usize) -> Option<String> {
    (interviews > 0).then(|| {
        let said = words::capital(&words::count(interviews, "interview is", "interviews are"));
        format!("{said} kept back: a few such scores tell how severe each of a panel is, and somebody there does not show that to leads.")
    })
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

#[cfg(test)]
mod tests {
    use super::super::super::model::RoughCount;
    use super::*;

    fn strip(dots: &[(Tier, f64, f64)]) -> SeverityStrip {
        let dot = |(tier, value, margin): &(Tier, f64, f64)| {
            let mut dot = SeverityDot {
                value: *value,
                low: value - margin,
                high: value + margin,
                tier: *tier,
                outside: false,
                own: false,
                name: None,
                shared_candidates: RoughCount::class(12, &[5, 10, 20]),
            };
            dot.outside = dot.tier == Tier::Reportable && is_clear(&dot);
            dot
        };
        let dots: Vec<SeverityDot> = dots.iter().map(dot).collect();
        SeverityStrip { shown: dots.len(), outside: dots.iter().filter(|dot| dot.outside).count(), hidden: 0, kept_back: 0, dots }
    }

    #[test]
    fn the_finding_counts_people_and_names_nobody() {
        let inside = (Tier::Reportable, 0.1, 0.2);
        let said = |outside: usize, all: usize| {
            let dots: Vec<_> = (0..all).map(|place| if place < outside { (Tier::Reportable, 0.5, 0.2) } else { inside }).collect();
            finding(&strip(&dots))
        };
        assert_eq!(said(2, 8), "Two of eight lie outside the band");
        assert_eq!(said(1, 8), "One of eight lies outside the band");
        assert_eq!(said(0, 5), "Nobody of five lies outside the band");
        assert_eq!(said(0, 0), "Too few shared candidates to compare interviewers");
    }

    #[test]
    fn the_finding_and_the_dots_do_not_contradict_each_other() {
        let (early, clear) = ((Tier::Indicative, 0.1, 0.3), (Tier::Indicative, 0.8, 0.2));
        assert_eq!(finding(&strip(&[early, early, clear])), "An early signal: one of three lies outside the band");
        assert_eq!(finding(&strip(&[early, early])), "Too early to say whether anybody lies outside the band");
        let sure = (Tier::Reportable, 0.1, 0.2);
        assert_eq!(finding(&strip(&[sure, sure, clear])), "Nobody of two lies outside the band; too early to say of one more");
        let unsure = (Tier::Reportable, 0.3, 0.4);
        assert_eq!(finding(&strip(&[sure, unsure])), "No evidence that anybody of two lies outside the band");
    }
}
