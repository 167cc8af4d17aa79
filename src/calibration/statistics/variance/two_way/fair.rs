//! A subject's score adjusted for who rated it.

use super::super::super::quantile::normal;
use super::super::team::{Team, Unit};
use super::effects::Effects;

/// What an average rater would have given, beside what was given; in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FairScore {
    /// mu plus the subject's predicted effect.
    pub value: f64,
    pub se: f64,
    /// 95%: value +- 1.96 se.
    pub low: f64,
    pub high: f64,
    /// The mean of the given values, each unit by its own mean.
    pub raw: f64,
    /// value - raw. The sum of the next two.
    pub adjustment: f64,
    /// For this panel's severity: positive where the panel is stricter than average.
    pub panel: f64,
    /// Towards the mean of all, the more the fewer the raters.
    pub shrinkage: f64,
    pub raters: usize,
}

/// The units of a subject.
pub fn units_of<'a>(team: &'a Team, subject: u32) -> Vec<Unit<'a>> {
    team.units().filter(|unit| unit.subject == subject).collect()
}

/// None for a subject without values.
pub fn fair_score(effects: &Effects, units: &[Unit]) -> Option<FairScore> {
    let level = effects.subject(units)?.level;
    let width = normal(0.975)? * level.se;
    let count = units.len() as f64;
    let (mut raw, mut leniency) = (0.0, 0.0);
    let mut raters: Vec<usize> = Vec::new();
    for unit in units {
        let weight = 1.0 / (count * unit.seats.len() as f64);
        for seat in unit.seats {
            raw += weight * seat.value;
            leniency += weight * effects.rater(seat.rater)?.value;
            raters.push(seat.rater);
        }
    }
    raters.sort_unstable();
    raters.dedup();
    let adjustment = level.value - raw;
    Some(FairScore {
        value: level.value,
        se: level.se,
        low: level.value - width,
        high: level.value + width,
        raw,
        adjustment,
        panel: -leniency,
        shrinkage: adjustment + leniency,
        raters: raters.len(),
    })
}
