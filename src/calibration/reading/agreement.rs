//! Block one: agreement.

use super::super::model::{Agreement, AreaAgreement, Estimate, OtherCoefficient};
use super::super::statistics::agreement::alpha::{Alpha, krippendorff_alpha};
use super::super::statistics::agreement::chance::{Chance, by_candidates};
use super::super::statistics::agreement::evidence::evidence;
use super::super::statistics::agreement::interval::Interval;
use super::super::statistics::agreement::raw::{histogram, raw_agreement};
use super::super::statistics::agreement::tally::Tally;
use super::super::statistics::bands::{Judged, band};
use super::super::statistics::gates::{self, Tier};
use super::super::statistics::reason::Reason;
use super::super::statistics::request::{Average, Kind, Metric, Weights};
use super::super::statistics::scope::Scope;
use super::scores::{AREAS, Scores};

pub fn agreement(scores: &Scores) -> Agreement {
    let found = evidence(&scores.ratings);
    let tier = found.tier;
    let shown = tier > Tier::Hidden;
    let tally = Tally::of(&scores.ratings, &Scope::Areas);
    let raw = |kind| tally.as_ref().ok().filter(|_| shown).and_then(|tally| raw_agreement(tally, kind, Average::Pair).ok());
    let alpha = tally.as_ref().map_err(|reason| *reason).and_then(|tally| krippendorff_alpha(tally, Metric::Ordinal));
    Agreement {
        tier,
        shared_candidates: found.shared_candidates,
        exact: raw(Kind::Exact).map(|raw| raw.value),
        within_one: raw(Kind::Adjacent).map(|raw| raw.value),
        pairs: raw(Kind::Exact).map(|raw| raw.pairs),
        alpha: of_alpha(alpha, tier),
        areas: scores
            .areas
            .iter()
            .zip(AREAS)
            .map(|(area, id)| AreaAgreement {
                area: area.number,
                name: area.name.clone(),
                short_name: area.short_name.clone(),
                ..of_area(scores, id)
            })
            .collect(),
        more: tally.ok().filter(|_| shown).map(|tally| others(&tally)).unwrap_or_default(),
    }
}

/// An area has a gate of its own: its candidates, its raters and the width of its own interval.
fn of_area(scores: &Scores, id: &str) -> AreaAgreement {
    let none = |alpha| AreaAgreement { area: 0, name: String::new(), short_name: String::new(), alpha, scores: Vec::new() };
    let tally = match Tally::of(&scores.ratings, &Scope::Area(id.to_owned())) {
        Ok(tally) => tally,
        Err(reason) => return none(of_alpha(Err(reason), Tier::Hidden)),
    };
    let alpha = krippendorff_alpha(&tally, Metric::Ordinal);
    let width = alpha.ok().and_then(|alpha| alpha.jackknife).map(|interval| interval.width());
    let tier = gates::team_reliability(tally.clusters().count(), tally.raters(), width);
    let scores = if tier > Tier::Hidden { histogram(&tally).unwrap_or_default() } else { Vec::new() };
    AreaAgreement { scores, ..none(of_alpha(alpha, tier)) }
}

/// What the gate hides has no number; what has no number has a reason.
fn of_alpha(alpha: Result<Alpha, Reason>, tier: Tier) -> Estimate {
    let reason = alpha.err();
    let alpha = alpha.ok().filter(|_| tier > Tier::Hidden);
    let low = alpha.and_then(|alpha| alpha.jackknife).map(|interval| interval.low);
    let high = alpha.and_then(|alpha| alpha.jackknife).map(|interval| interval.high);
    Estimate { value: alpha.map(|alpha| alpha.value), low, high, tier, word: band(Judged::Alpha, low, tier), reason }
}

fn others(tally: &Tally) -> Vec<OtherCoefficient> {
    let of = |name, found: Result<(f64, Option<Interval>), Reason>| {
        let (value, interval) = found.ok().unzip();
        let interval = interval.flatten();
        OtherCoefficient {
            name,
            value,
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            reason: found.err(),
        }
    };
    let alpha = |metric| krippendorff_alpha(tally, metric).map(|alpha| (alpha.value, alpha.jackknife));
    vec![
        of("Alpha, interval", alpha(Metric::Interval)),
        of("Alpha, nominal", alpha(Metric::Nominal)),
        of("Fleiss’ kappa", by_candidates(tally, Weights::Identity, Chance::Fleiss)),
        of("Gwet’s AC2, linear", by_candidates(tally, Weights::Linear, Chance::Gwet)),
        of("Brennan–Prediger, linear", by_candidates(tally, Weights::Linear, Chance::BrennanPrediger)),
    ]
}
