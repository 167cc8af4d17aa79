//! The key figures on top of the team's page.

use serde::Serialize;

use super::super::model::{Estimate, TeamCalibration};
use super::super::statistics::gates::Tier;
use super::super::statistics::reason::NEARLY_CONSTANT;
use super::words;

#[derive(Debug, Serialize)]
pub struct Tile {
    pub label: &'static str,
    pub big: String,
    pub small: String,
    pub meta: String,
    /// An early signal, or none.
    pub quiet: bool,
}

pub fn tiles(view: &TeamCalibration) -> Vec<Tile> {
    let (agreement, one, panel) = (&view.agreement, &view.consistency.one, &view.consistency.panel);
    let within = agreement.within_one.zip(agreement.exact).map(|(within, exact)| {
        let pairs = agreement.pairs.unwrap_or_default();
        (
            words::percent(within),
            format!("of {pairs} {}; {} gave the same score", if pairs == 1 { "pair" } else { "pairs" }, words::percent(exact)),
        )
    });
    let size = view.consistency.panel_size.map(|size| format!("for a panel of {size:.1}"));
    vec![
        of_estimate(view, "Agreement (alpha)", &agreement.alpha, Some("from 0.67 is good enough".to_owned())),
        match within {
            Some((big, meta)) => {
                let quiet = agreement.tier != Tier::Reportable;
                Tile { label: "Within one point, raw", big, small: String::new(), meta, quiet }
            }
            None => nothing("Within one point, raw", why(view, &agreement.alpha)),
        },
        of_estimate(view, "One interviewer", one, Some("of the mean over areas, the part that is the candidate".to_owned())),
        of_estimate(view, "Your usual panel", panel, size),
    ]
}

/// A number with its word, its interval and what it is of.
fn of_estimate(view: &TeamCalibration, label: &'static str, found: &Estimate, of: Option<String>) -> Tile {
    let Some(value) = found.value else { return nothing(label, why(view, found)) };
    let range = found.low.zip(found.high).map(|(low, high)| words::interval(low, high));
    Tile {
        label,
        big: words::number(value),
        small: words::early(found.tier).unwrap_or(found.word.words()).to_owned(),
        meta: [range, of].into_iter().flatten().collect::<Vec<_>>().join("; "),
        quiet: found.tier != Tier::Reportable,
    }
}

fn nothing(label: &'static str, meta: String) -> Tile {
    Tile { label, big: "–".into(), small: String::new(), meta, quiet: true }
}

/// So many candidates open the gate.
const GATE: usize = 5;

/// Why there is no number: few candidates, or scores of which none can be computed.
fn why(view: &TeamCalibration, found: &Estimate) -> String {
    if view.agreement.shared_candidates < GATE {
        return "from five candidates that two scored".to_owned();
    }
    match found.reason {
        Some(reason) => reason.words(),
        None => NEARLY_CONSTANT,
    }
    .to_owned()
}
