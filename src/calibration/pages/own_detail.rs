//! What stands behind disclosures on one's own page: severity by area, and one's measure in the Rasch model.

use serde::Serialize;

use super::super::model::{OwnAreaSeverity, OwnFacet};
use super::super::statistics::gates::Tier;
use super::charts::{Dots, Point};
use super::detail::{FacetRow, facet_chart, facet_row, fit_words, too_early};
use super::team::{SeverityRow, severity_chart};
use super::words;

#[derive(Debug, Serialize)]
pub struct AreasPart {
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
        let severity = &area.severity;
        let (value, low, high) = (severity.value?, severity.low?, severity.high?);
        let row = SeverityRow {
            name: area.short_name.clone(),
            value: words::signed(value),
            interval: words::interval(low, high),
            shared: severity.shared_candidates,
        };
        let right = severity.shared_candidates.to_string();
        Some((Point { name: area.short_name.clone(), value, low, high, flagged: false, you: true, right }, row))
    });
    let (points, said): (Vec<Point>, Vec<SeverityRow>) = shown.unzip();
    let rows: Vec<AreaLine> = found.iter().map(line).collect();
    AreasPart {
        meta: if points.is_empty() { "too early" } else { "shrunk towards zero" },
        comparisons: comparisons(points.len()),
        chart: (!points.is_empty()).then(|| Dots {
            id: "areas-chart",
            title: "Your severity by area".into(),
            ..severity_chart(points, &said)
        }),
        rows,
    }
}

fn line(area: &OwnAreaSeverity) -> AreaLine {
    let severity = &area.severity;
    let limits = severity.low.zip(severity.high);
    let difference = match (severity.value, limits) {
        (Some(value), Some((low, high))) if low > 0.0 || high < 0.0 => words::signed(value),
        (Some(_), _) => "no evidence of a difference".to_owned(),
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
    pub meta: &'static str,
    /// Why there is nothing to see yet.
    pub early: Option<String>,
    pub chart: Option<Dots>,
    pub row: Option<FacetRow>,
    pub fit: &'static str,
}

pub fn facet(found: &OwnFacet) -> FacetPart {
    let measure = found.measure.as_ref();
    let row = measure.map(|measure| facet_row("You".into(), measure));
    FacetPart {
        meta: match (found.tier, measure) {
            (Tier::Indicative, Some(_)) => "early signal",
            (_, Some(_)) => "in logits",
            _ => "too early",
        },
        early: measure.is_none().then(|| too_early(found.reason, found.fewest)),
        chart: measure.and_then(|measure| facet_chart(&[("You", true, measure)], row.as_slice())),
        fit: measure.map_or("", fit_words),
        row,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::OwnSeverity;
    use super::*;

    #[test]
    fn a_difference_with_zero_in_its_interval_is_no_number() {
        let of = |value, low, high| OwnAreaSeverity {
            area: 1,
            name: "Communication".into(),
            short_name: "Communication".into(),
            severity: OwnSeverity { tier: Tier::Reportable, value, low, high, shared_candidates: 12, colleagues: 3 },
        };
        let said = areas(&[of(Some(0.3), Some(-0.1), Some(0.7)), of(Some(0.3), Some(0.1), Some(0.5)), of(None, None, None)]);
        let differences: Vec<&str> = said.rows.iter().map(|row| row.difference.as_str()).collect();
        assert_eq!(differences, ["no evidence of a difference", "+0.30", "too few shared candidates"]);
        assert_eq!(comparisons(5), "Five comparisons at once: by chance alone, at least one of them lies apart in 23 of 100 teams.");
    }
}
