//! The report that is read on a terminal: the four blocks of the page, for any scale and any names.

use std::fmt::Write as _;

use crate::calibration::statistics::agreement::alpha::krippendorff_alpha;
use crate::calibration::statistics::agreement::disagreements::disagreements;
use crate::calibration::statistics::agreement::evidence::evidence;
use crate::calibration::statistics::agreement::groups::connected_components;
use crate::calibration::statistics::agreement::raw::raw_agreement;
use crate::calibration::statistics::agreement::tally::Tally;
use crate::calibration::statistics::bands::{Judged, band};
use crate::calibration::statistics::gates::{self, Tier};
use crate::calibration::statistics::ratings::Ratings;
use crate::calibration::statistics::reason::Reason;
use crate::calibration::statistics::request::{Average, Kind, Metric, RemlForm};
use crate::calibration::statistics::scope::Scope;
use crate::calibration::statistics::variance::team::Team;
use crate::calibration::statistics::variance::three_way::curve::{Ask, Enough, curve};
use crate::calibration::statistics::variance::three_way::estimate::estimate;
use crate::calibration::statistics::variance::three_way::study::Study;
use crate::calibration::statistics::variance::two_way::coefficients::{coefficient, spread};
use crate::calibration::statistics::variance::two_way::effects::Effects;
use crate::calibration::statistics::variance::two_way::fit::fit;
use crate::calibration::statistics::variance::two_way::interval::interval;
use crate::calibration::statistics::variance::two_way::severity::severity;

/// Lists longer than this are cut, and say so.
const LONGEST: usize = 20;

pub fn report(ratings: &Ratings) -> String {
    let mut text = String::new();
    let found = evidence(ratings);
    let _ = writeln!(
        text,
        "{} ratings of {} subjects in {} areas; {} subjects have two raters or more. Evidence: {}.",
        ratings.cells().len(),
        ratings.subjects().len(),
        ratings.areas().len(),
        found.shared_candidates,
        found.tier.name()
    );
    let groups = connected_components(ratings, &Scope::Areas);
    if groups.len() > 1 {
        let _ =
            writeln!(text, "The raters fall into {} groups that share no subject: they cannot be compared across groups.", groups.len());
    }
    agreement(&mut text, ratings, found.tier);
    consistency(&mut text, ratings, found.tier, found.shared_candidates, found.overlapping_raters);
    to_talk_about(&mut text, ratings);
    text
}

fn agreement(text: &mut String, ratings: &Ratings, tier: Tier) {
    let _ = writeln!(text, "\nAgreement");
    let tally = Tally::of(ratings, &Scope::Areas);
    for (name, kind) in [("same score", Kind::Exact), ("within one point", Kind::Adjacent)] {
        let share = tally.as_ref().map_err(|reason| *reason).and_then(|tally| raw_agreement(tally, kind, Average::Pair));
        line(text, name, share.map(|share| format!("{:.1} % of {} pairs (raw)", share.value * 100.0, share.pairs)));
    }
    let scopes = std::iter::once(("alpha, all areas".to_owned(), Scope::Areas))
        .chain(ratings.areas().iter().take(LONGEST).map(|area| (format!("alpha, {area}"), Scope::Area(area.clone()))));
    for (name, scope) in scopes {
        let alpha = Tally::of(ratings, &scope).and_then(|tally| krippendorff_alpha(&tally, Metric::Ordinal));
        line(
            text,
            &name,
            alpha.map(|alpha| {
                let limits = alpha.jackknife.map_or(String::new(), |limits| format!(" ({:.2} to {:.2})", limits.low, limits.high));
                let word = band(Judged::Alpha, alpha.jackknife.map(|limits| limits.low), tier);
                format!("{:.2}{limits}, {}", alpha.value, word.words())
            }),
        );
    }
}

fn consistency(text: &mut String, ratings: &Ratings, tier: Tier, shared: usize, raters: usize) {
    let _ = writeln!(text, "\nHow much of a score is the subject (mean over areas)");
    let fitted = Team::of_subjects(ratings, &Scope::Mean).and_then(|team| fit(&team).map(|fit| (team, fit)));
    let (team, fit) = match fitted {
        Ok(fitted) => fitted,
        Err(reason) => return line(text, "reliability", Err::<String, _>(reason)),
    };
    let spread = spread(&team);
    for (name, form) in [("one rater, ICC(A,1)", RemlForm::AgreementOne), ("usual panel, ICC(A,k)", RemlForm::AgreementPanel)] {
        let value = coefficient(&fit.components, spread, form).and_then(|value| {
            let (low, high) = interval(&team, &fit, spread, form, 0.95)?;
            Ok(format!("{value:.2} ({low:.2} to {high:.2}), {}", band(Judged::Reliability, Some(low), tier).words()))
        });
        line(text, name, value);
    }
    if gates::variance_shares(shared, raters) > Tier::Hidden {
        let curve = Study::read(ratings, &Scope::Areas).and_then(|study| curve(&estimate(&study)?, &Ask::default()));
        let number = |enough: Option<Enough>| match enough {
            Some(Enough::With(raters)) => raters.to_string(),
            Some(Enough::MoreThan(raters)) => format!("more than {raters}"),
            None => "unknown".to_owned(),
        };
        line(text, "raters for 0.8", curve.map(|curve| format!("{} to {}", number(curve.needed.low), number(curve.needed.high))));
    }
    let _ = writeln!(text, "\nSeverity (points above or below the others for the same subjects; by name, no order of merit)");
    let effects = Effects::of(&fit);
    for (place, rater) in team.raters().iter().enumerate().take(LONGEST) {
        let (Some(name), Some(found)) = (ratings.raters().get(*rater as usize), severity(&team, &effects, place)) else { continue };
        let tier = gates::severity(found.shared, team.is_connected(), found.colleagues, Some(found.se));
        let said = match tier {
            Tier::Hidden => "not enough shared subjects".to_owned(),
            _ if found.low <= 0.0 && found.high >= 0.0 => {
                format!("no evidence of a difference ({:+.2} to {:+.2}, {} shared)", found.low, found.high, found.shared)
            }
            _ => format!("{:+.2} ({:+.2} to {:+.2}, {} shared)", found.value, found.low, found.high, found.shared),
        };
        line(text, name, Ok::<_, Reason>(said));
    }
    if team.raters().len() > LONGEST {
        let _ = writeln!(text, "  … and {} more", team.raters().len() - LONGEST);
    }
}

fn to_talk_about(text: &mut String, ratings: &Ratings) {
    let found = disagreements(ratings, &Scope::Areas);
    let _ = writeln!(text, "\nTwo levels apart or more: {}", found.len());
    for one in found.iter().take(LONGEST) {
        let _ = writeln!(text, "  {}, {}: {} to {} by {} raters", one.subject, one.area, one.low, one.high, one.raters);
    }
    if found.len() > LONGEST {
        let _ = writeln!(text, "  … and {} more", found.len() - LONGEST);
    }
}

/// A name and what is known of it, or why it is not.
fn line(text: &mut String, name: &str, value: Result<String, Reason>) {
    let value = value.unwrap_or_else(|reason| {
        let code = serde_json::to_value(reason).ok();
        format!("not defined: {}", code.as_ref().and_then(|code| code.as_str()).unwrap_or_default())
    });
    let _ = writeln!(text, "  {name:<24} {value}");
}
