//! What stands behind disclosures on one's own page: severity by area, and one's measure in the Rasch model.

use serde::Serialize;

use super::super::model::{FacetMeasure, OwnAreaSeverity, OwnFacet, OwnSeverity};
use super::super::statistics::gates::Tier;
use super::charts::{Dots, Point};
use super::detail::{FacetRow, facet_chart, facet_row, fit_words, too_early};
use super::severity::{SeverityRow, severity_chart};
use super::words;

#[derive(Debug, Serialize)]
pub struct AreasPart {
    pub finding: String,
    pub meta: &'static str,
    pub chart: Option<Dots>,
    pub rows: Vec<AreaLine>,
    /// How likely it is that one lies apart by chance alone.
    pub comparisons: String,
}

#[derive(Debug, Serialize)]
pub struct AreaLine {
    pub name: String,
    /// A number only where zero lies outside its interval.
    pub difference: String,
    pub interval: String,
    pub shared: usize,
    pub early: bool,
}

pub fn areas(found: &[OwnAreaSeverity]) -> AreasPart {
    let shown = found.iter().filter_map(|area| {
        let point = point(area.short_name.clone(), &area.severity)?;
        Some((point, severity_row(area.short_name.clone(), &area.severity)?))
    });
    let (points, said): (Vec<Point>, Vec<SeverityRow>) = shown.unzip();
    let rows: Vec<AreaLine> = found.iter().map(line).collect();
    AreasPart {
        finding: areas_finding(found),
        meta: if points.is_empty() { "Your severity, area by area: too early" } else { "Your severity, area by area, shrunk towards zero" },
        comparisons: comparisons(points.len()),
        chart: (!points.is_empty()).then(|| Dots { title: "Your severity by area".into(), ..severity_chart("areas-chart", points, &said) }),
        rows,
    }
}

/// One's own severity as a dot; none where the gate hides it.
pub fn point(name: String, severity: &OwnSeverity) -> Option<Point> {
    let early = severity.tier == Tier::Indicative;
    let (value, low, high) = (severity.value?, severity.low?, severity.high?);
    Some(Point { name, value, low, high, flagged: false, you: true, early, right: severity.shared_candidates.to_string() })
}

/// The same in words.
pub fn severity_row(name: String, severity: &OwnSeverity) -> Option<SeverityRow> {
    let (value, low, high) = (severity.value?, severity.low?, severity.high?);
    Some(SeverityRow {
        name,
        difference: words::difference(value, low, high),
        interval: words::interval(low, high),
        shared: severity.shared_candidates.to_string(),
        early: severity.tier == Tier::Indicative,
    })
}

/// Only areas that may be reported are counted.
fn areas_finding(found: &[OwnAreaSeverity]) -> String {
    let sure: Vec<&OwnSeverity> = found.iter().map(|area| &area.severity).filter(|one| one.tier == Tier::Reportable).collect();
    let differs = |one: &&&OwnSeverity| one.low.is_some_and(|low| low > 0.0) || one.high.is_some_and(|high| high < 0.0);
    match (sure.len(), sure.iter().filter(differs).count()) {
        (0, _) => "Too early to say in which areas you differ".to_owned(),
        (_, 0) => "No evidence of a difference in any area".to_owned(),
        (all, apart) => format!("You differ from colleagues in {} areas", words::of(apart, all).to_lowercase()),
    }
}

fn line(area: &OwnAreaSeverity) -> AreaLine {
    let severity = &area.severity;
    let limits = severity.low.zip(severity.high);
    let difference = match (severity.value, limits) {
        (Some(value), Some((low, high))) => words::difference(value, low, high),
        _ => "too few shared candidates".to_owned(),
    };
    AreaLine {
        name: area.name.clone(),
        difference,
        interval: limits.map_or_else(|| "–".into(), |(low, high)| words::interval(low, high)),
        shared: severity.shared_candidates,
        early: severity.tier == Tier::Indicative,
    }
}

/// 1 - 0.95^n, as if the comparisons had nothing to do with each other.
fn comparisons(number: usize) -> String {
    if number < 2 {
        return String::new();
    }
    let chance = 1.0 - 0.95_f64.powi(number as i32);
    let said = words::capital(&words::count(number, "comparison", "comparisons"));
    format!("{said} at once: by chance alone, at least one of them lies apart in {:.0} of 100 teams.", chance * 100.0)
}

#[derive(Debug, Serialize)]
pub struct FacetPart {
    pub finding: String,
    pub meta: &'static str,
    /// Why there is nothing to see yet.
    pub early: Option<String>,
    pub chart: Option<Dots>,
    pub row: Option<FacetRow>,
    pub fit: &'static str,
}

pub fn facet(found: &OwnFacet) -> FacetPart {
    let measure = found.measure.as_ref();
    let differs = |measure: &FacetMeasure| words::difference(measure.value, measure.low, measure.high);
    let row = measure.map(|measure| facet_row("You".into(), differs(measure), measure));
    let point = |measure: &FacetMeasure| Point {
        name: "You".into(),
        value: measure.value,
        low: measure.low,
        high: measure.high,
        flagged: false,
        you: true,
        early: found.tier == Tier::Indicative,
        right: measure.scores.to_string(),
    };
    FacetPart {
        finding: measure.map_or_else(|| "Too early for the Rasch model".to_owned(), |measure| facet_finding(measure, found.tier)),
        meta: match (found.tier, measure) {
            (Tier::Indicative, Some(_)) => "You in the Rasch model, early signal",
            (_, Some(_)) => "You in the Rasch model, in logits",
            _ => "You in the Rasch model, too early",
        },
        early: measure.is_none().then(|| too_early(found.reason, found.fewest)),
        chart: measure.and_then(|measure| facet_chart(vec![point(measure)], row.as_slice())),
        fit: measure.map_or("", fit_words),
        row,
    }
}

fn facet_finding(measure: &FacetMeasure, tier: Tier) -> String {
    let said = match measure {
        measure if measure.low > 0.0 => "more lenient than your colleagues",
        measure if measure.high < 0.0 => "stricter than your colleagues",
        _ => return "No evidence of a difference in the Rasch model".to_owned(),
    };
    if tier == Tier::Indicative { format!("An early signal: you are {said}") } else { format!("In the Rasch model you are {said}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_with_zero_in_its_interval_is_no_number() {
        let of = |value, low, high| OwnAreaSeverity {
            area: 1,
            name: "Communication".into(),
            short_name: "Communication".into(),
            severity: OwnSeverity { tier: Tier::Reportable, value, low, high, shared_candidates: 12, colleagues: 3 },
        };
        let said = areas(&[
            of(Some(0.3), Some(-0.1), Some(0.7)),
            of(Some(0.3), Some(0.1), Some(0.5)),
            OwnAreaSeverity { severity: OwnSeverity { tier: Tier::Hidden, ..of(None, None, None).severity }, ..of(None, None, None) },
        ]);
        let differences: Vec<&str> = said.rows.iter().map(|row| row.difference.as_str()).collect();
        assert_eq!(differences, ["no evidence of a difference", "+0.30", "too few shared candidates"]);
        assert_eq!(said.finding, "You differ from colleagues in one of two areas");
        assert_eq!(comparisons(5), "Five comparisons at once: by chance alone, at least one of them lies apart in 23 of 100 teams.");
    }
}
