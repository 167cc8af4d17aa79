//! The report that is read on a terminal: the four blocks of the page, for any scale and any names.

use std::fmt::Write as _;

use crate::calibration::statistics::agreement::alpha::{Alpha, krippendorff_alpha};
use crate::calibration::statistics::agreement::disagreements::disagreements;
use crate::calibration::statistics::agreement::evidence::{Evidence, evidence};
use crate::calibration::statistics::agreement::groups::connected_components;
use crate::calibration::statistics::agreement::raw::{RawAgreement, raw_agreement};
use crate::calibration::statistics::agreement::tally::Tally;
use crate::calibration::statistics::bands::{Judged, band};
use crate::calibration::statistics::gates::{self, Tier};
use crate::calibration::statistics::ratings::Ratings;
use crate::calibration::statistics::reason::{NEARLY_CONSTANT, Reason};
use crate::calibration::statistics::request::{Average, Kind, Metric, RemlForm};
use crate::calibration::statistics::scope::Scope;
use crate::calibration::statistics::shape::dominant;
use crate::calibration::statistics::variance::team::Team;
use crate::calibration::statistics::variance::three_way::curve::{Ask, Enough, curve};
use crate::calibration::statistics::variance::three_way::estimate::estimate;
use crate::calibration::statistics::variance::three_way::study::Study;
use crate::calibration::statistics::variance::two_way::coefficients::{coefficient, spread};
use crate::calibration::statistics::variance::two_way::effects::Effects;
use crate::calibration::statistics::variance::two_way::fit::{Fit, fit};
use crate::calibration::statistics::variance::two_way::interval::interval;
use crate::calibration::statistics::variance::two_way::severity::severity;

/// Lists longer than this are cut, and say so.
const LONGEST: usize = 20;

pub fn report(ratings: &Ratings) -> String {
    let mut text = String::new();
    let found = evidence(ratings);
    let _ = writeln!(
        text,
        "{} of {} in {}; {} two raters or more. Evidence: {}.",
        count(ratings.cells().len(), "rating", "ratings"),
        count(ratings.subjects().len(), "subject", "subjects"),
        count(ratings.areas().len(), "area", "areas"),
        count(found.shared_candidates, "subject has", "subjects have"),
        found.tier.name()
    );
    let groups = connected_components(ratings, &Scope::Areas);
    if groups.len() > 1 {
        let _ =
            writeln!(text, "The raters fall into {} groups that share no subject: they cannot be compared across groups.", groups.len());
    }
    little_variation(&mut text, ratings);
    agreement(&mut text, ratings, &found);
    consistency(&mut text, ratings, &found);
    to_talk_about(&mut text, ratings);
    text
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// So many subjects of two raters open the gate.
const GATE: usize = 5;

/// What stands in the place of a number that the gate hides.
fn hidden(shared: usize) -> String {
    if shared < GATE { "not shown: it takes five subjects that two scored".to_owned() } else { format!("not shown: {NEARLY_CONSTANT}") }
}

fn little_variation(text: &mut String, ratings: &Ratings) {
    for area in ratings.areas().iter().take(LONGEST) {
        let scope = Scope::Area(area.clone());
        let shared = Tally::of(ratings, &scope).map_or(0, |tally| tally.clusters().count());
        if let Some(most) = dominant(ratings, &scope).filter(|_| shared >= GATE) {
            let percent = (most.share * 100.0).floor();
            let _ = writeln!(text, "{area}: {percent} % of the scores are a {}. There is little variation to agree about.", most.level);
        }
    }
}

fn agreement(text: &mut String, ratings: &Ratings, found: &Evidence) {
    let _ = writeln!(text, "\nAgreement");
    if found.tier == Tier::Hidden {
        return line(text, "same score, alpha", Ok(hidden(found.shared_candidates)));
    }
    let tally = Tally::of(ratings, &Scope::Areas);
    for (name, kind) in [("same score", Kind::Exact), ("within one point", Kind::Adjacent)] {
        let share = tally.as_ref().map_err(|reason| *reason).and_then(|tally| raw_agreement(tally, kind, Average::Pair));
        let said = |share: RawAgreement| format!("{:.1} % of {} (raw)", share.value * 100.0, count(share.pairs as usize, "pair", "pairs"));
        line(text, name, share.map(said));
    }
    line(
        text,
        "alpha, all areas",
        tally.and_then(|tally| krippendorff_alpha(&tally, Metric::Ordinal)).map(|alpha| of_alpha(&alpha, found.tier)),
    );
    for area in ratings.areas().iter().take(LONGEST) {
        line(text, &format!("alpha, {area}"), of_area(ratings, &Scope::Area(area.clone())));
    }
}

/// An area has a gate of its own.
fn of_area(ratings: &Ratings, scope: &Scope) -> Result<String, Reason> {
    let tally = Tally::of(ratings, scope)?;
    let (shared, alpha) = (tally.clusters().count(), krippendorff_alpha(&tally, Metric::Ordinal)?);
    match gates::team_reliability(shared, tally.raters(), alpha.jackknife.map(|interval| interval.width())) {
        Tier::Hidden => Ok(hidden(shared)),
        tier => Ok(of_alpha(&alpha, tier)),
    }
}

fn of_alpha(alpha: &Alpha, tier: Tier) -> String {
    let limits = alpha.jackknife.map_or(String::new(), |limits| format!(" ({:.2} to {:.2})", limits.low, limits.high));
    format!("{:.2}{limits}, {}", alpha.value, band(Judged::Alpha, alpha.jackknife.map(|limits| limits.low), tier).words())
}

fn consistency(text: &mut String, ratings: &Ratings, found: &Evidence) {
    let _ = writeln!(text, "\nHow much of a score is the subject (mean over areas)");
    let fitted = Team::of_subjects(ratings, &Scope::Mean).and_then(|team| fit(&team).map(|fit| (team, fit)));
    let (team, fit) = match fitted {
        Ok(fitted) => fitted,
        Err(_) if found.tier == Tier::Hidden => return line(text, "reliability", Ok(hidden(found.shared_candidates))),
        Err(reason) => return line(text, "reliability", Err(reason)),
    };
    if found.tier == Tier::Hidden {
        line(text, "reliability", Ok(hidden(found.shared_candidates)));
    } else {
        reliability(text, ratings, found, &team, &fit);
    }
    severities(text, ratings, &team, &fit);
}

fn reliability(text: &mut String, ratings: &Ratings, found: &Evidence, team: &Team, fit: &Fit) {
    let spread = spread(team);
    for (name, form) in [("one rater, ICC(A,1)", RemlForm::AgreementOne), ("usual panel, ICC(A,k)", RemlForm::AgreementPanel)] {
        let value = coefficient(&fit.components, spread, form).and_then(|value| {
            let (low, high) = interval(team, fit, spread, form, 0.95)?;
            Ok(format!("{value:.2} ({low:.2} to {high:.2}), {}", band(Judged::Reliability, Some(low), found.tier).words()))
        });
        line(text, name, value);
    }
    if gates::variance_shares(found.shared_candidates, found.overlapping_raters) > Tier::Hidden {
        let curve = Study::read(ratings, &Scope::Areas).and_then(|study| curve(&estimate(&study)?, &Ask::default()));
        let number = |enough: Option<Enough>| match enough {
            Some(Enough::With(raters)) => raters.to_string(),
            Some(Enough::MoreThan(raters)) => format!("more than {raters}"),
            None => "unknown".to_owned(),
        };
        line(text, "raters for 0.8", curve.map(|curve| format!("{} to {}", number(curve.needed.low), number(curve.needed.high))));
    }
}

fn severities(text: &mut String, ratings: &Ratings, team: &Team, fit: &Fit) {
    let _ = writeln!(text, "\nSeverity (points above or below the others for the same subjects; by name, no order of merit)");
    let effects = Effects::of(fit);
    for (place, rater) in team.raters().iter().enumerate().take(LONGEST) {
        let (Some(name), Some(found)) = (ratings.raters().get(*rater as usize), severity(team, &effects, place)) else { continue };
        let tier = gates::severity(found.shared, team.is_connected(), found.colleagues, Some(found.se));
        let said = match tier {
            Tier::Hidden => "not enough shared subjects".to_owned(),
            _ if found.low <= 0.0 && found.high >= 0.0 => {
                format!("no evidence of a difference ({:+.2} to {:+.2}, {} shared)", found.low, found.high, found.shared)
            }
            _ => format!("{:+.2} ({:+.2} to {:+.2}, {} shared)", found.value, found.low, found.high, found.shared),
        };
        line(text, name, Ok(said));
    }
    if team.raters().len() > LONGEST {
        let _ = writeln!(text, "  … and {} more", team.raters().len() - LONGEST);
    }
}

fn to_talk_about(text: &mut String, ratings: &Ratings) {
    let found = disagreements(ratings, &Scope::Areas);
    let _ = writeln!(text, "\nTwo levels apart or more: {}", found.len());
    for one in found.iter().take(LONGEST) {
        let _ = writeln!(text, "  {}, {}: {} to {} by {}", one.subject, one.area, one.low, one.high, count(one.raters, "rater", "raters"));
    }
    if found.len() > LONGEST {
        let _ = writeln!(text, "  … and {} more", found.len() - LONGEST);
    }
}

/// A name and what is known of it, or why it is not.
fn line(text: &mut String, name: &str, value: Result<String, Reason>) {
    let value = value.unwrap_or_else(|reason| format!("not defined: {}", reason.words()));
    let _ = writeln!(text, "  {name:<24} {value}");
}
