//! Severity without a model: a rater beside the others on the same units.

use super::super::super::reason::Reason;
use super::super::team::Team;

/// A rater's mean distance from the co-raters, in points; positive is lenient. It rests on `units` shared units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RawSeverity {
    pub value: f64,
    pub units: usize,
}

/// The mean over the rater's units with a co-rater of (own value - mean of the co-raters). `no_overlap` for a rater
/// who shares no unit, `no_ratings` for one who is not in the team.
pub fn raw_severity(team: &Team, rater: Option<u32>) -> Result<RawSeverity, Reason> {
    let place = rater.and_then(|rater| team.place(rater)).ok_or(Reason::NoRatings)?;
    let (mut sum, mut units) = (0.0, 0);
    for unit in team.units().filter(|unit| unit.seats.len() > 1) {
        let Some(own) = unit.seats.iter().find(|seat| seat.rater == place) else { continue };
        let all: f64 = unit.seats.iter().map(|seat| seat.value).sum();
        sum += own.value - (all - own.value) / (unit.seats.len() - 1) as f64;
        units += 1;
    }
    if units == 0 { Err(Reason::NoOverlap) } else { Ok(RawSeverity { value: sum / units as f64, units }) }
}
