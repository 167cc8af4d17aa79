//! Block two: how much of a score is the candidate, by the variance components of the mean over areas.

use super::super::model::{Consistency, CurvePoint, Estimate, Needed, Share};
use super::super::statistics::agreement::evidence::evidence;
use super::super::statistics::bands::{Judged, band};
use super::super::statistics::gates::{self, Tier};
use super::super::statistics::reason::Reason;
use super::super::statistics::request::{RemlForm, ThreeWay};
use super::super::statistics::scope::Scope;
use super::super::statistics::variance::team::Team;
use super::super::statistics::variance::three_way::curve::{Ask, Curve, Enough, curve};
use super::super::statistics::variance::three_way::estimate::estimate;
use super::super::statistics::variance::three_way::study::Study;
use super::super::statistics::variance::two_way::coefficients::{Spread, coefficient, spread};
use super::super::statistics::variance::two_way::effects::Effects;
use super::super::statistics::variance::two_way::fit::{Fit, fit};
use super::super::statistics::variance::two_way::interval::intervals;
use super::scores::Scores;
use crate::debriefs::{TeamVariance, Variance};

/// The two-way model of the mean over areas, fitted once for a page.
pub struct Model {
    pub team: Team,
    fit: Fit,
    spread: Spread,
}

impl Model {
    /// None where there is nothing to compare.
    pub fn of(scores: &Scores) -> Result<Self, Reason> {
        Model::over(scores, &Scope::Mean)
    }

    /// The same of one area.
    pub fn over(scores: &Scores, scope: &Scope) -> Result<Self, Reason> {
        let team = Team::of_subjects(&scores.ratings, scope)?;
        let (fit, spread) = (fit(&team)?, spread(&team));
        Ok(Model { team, fit, spread })
    }

    pub fn effects(&self) -> Effects<'_> {
        Effects::of(&self.fit)
    }

    /// The weight of what one rater saw: none where nothing varies.
    pub fn shrinkage(&self) -> Option<f64> {
        coefficient(&self.fit.components, self.spread, RemlForm::ConsistencyOne).ok()
    }

    fn estimates<const N: usize>(&self, forms: [RemlForm; N], tier: Tier) -> [Estimate; N] {
        let shown = tier > Tier::Hidden;
        let mut limits = intervals(&self.team, &self.fit, self.spread, forms, 0.95).into_iter();
        forms.map(|form| {
            let value = coefficient(&self.fit.components, self.spread, form);
            let limits = limits.next().unwrap_or(Err(Reason::NotEstimable));
            let low = limits.ok().filter(|_| shown).map(|limits| limits.0);
            Estimate {
                value: value.ok().filter(|_| shown),
                low,
                high: limits.ok().filter(|_| shown).map(|limits| limits.1),
                tier,
                word: band(Judged::Reliability, low, tier),
                reason: value.err().or(limits.err()),
            }
        })
    }
}

/// How much the mean of a card varies for reasons that are not the candidate; none unless it may be reported.
pub fn variance(scores: &Scores) -> Option<TeamVariance> {
    let found = evidence(&scores.ratings);
    let reportable = found.tier.min(gates::variance_shares(found.shared_candidates, found.overlapping_raters)) == Tier::Reportable;
    let components = Model::of(scores).ok().filter(|_| reportable)?.fit.components;
    let variance = Variance { interviewer: components.rater, rest: components.residual };
    Some(TeamVariance { variance, interviews: i32::try_from(found.shared_candidates).ok()? })
}

/// The block; with nothing to compare, its empty shape with the reason.
pub fn consistency(scores: &Scores, model: &Result<Model, Reason>) -> Consistency {
    let found = evidence(&scores.ratings);
    let shares_tier = gates::variance_shares(found.shared_candidates, found.overlapping_raters);
    let [one, panel, different_panels] = match model {
        Ok(model) => model.estimates([RemlForm::AgreementOne, RemlForm::AgreementPanel, RemlForm::Panels], found.tier),
        Err(reason) => std::array::from_fn(|_| nothing(*reason)),
    };
    let study = Study::read(&scores.ratings, &Scope::Areas).and_then(|study| estimate(&study)).ok().filter(|_| shares_tier > Tier::Hidden);
    let curve = study.as_ref().and_then(|study| curve(study, &Ask::default()).ok());
    Consistency {
        one,
        panel,
        panel_size: model.as_ref().ok().filter(|_| found.tier > Tier::Hidden).map(|model| model.spread.khat),
        different_panels,
        shares_tier,
        shares: study.as_ref().and_then(|study| study.components.shares().ok()).map(shares).unwrap_or_default(),
        curve: curve.as_ref().map(points).unwrap_or_default(),
        needed: curve.map(|curve| needed(&curve)),
    }
}

fn nothing(reason: Reason) -> Estimate {
    Estimate {
        value: None,
        low: None,
        high: None,
        tier: Tier::Hidden,
        word: band(Judged::Reliability, None, Tier::Hidden),
        reason: Some(reason),
    }
}

/// In words of the product, the largest first.
fn shares(found: [(ThreeWay, f64); 7]) -> Vec<Share> {
    let name = |term| match term {
        ThreeWay::P => "Candidate",
        ThreeWay::R => "Interviewer",
        ThreeWay::A => "Area",
        ThreeWay::Pr => "Interviewer with this candidate",
        ThreeWay::Pa => "Candidate in this area",
        ThreeWay::Ra => "Interviewer in this area",
        ThreeWay::Pra => "Everything else",
    };
    let mut shares: Vec<Share> = found.into_iter().map(|(term, share)| Share { name: name(term), share }).collect();
    shares.sort_by(|one, other| other.share.total_cmp(&one.share));
    shares
}

fn points(curve: &Curve) -> Vec<CurvePoint> {
    let points = curve.points.iter();
    points.filter_map(|point| Some(CurvePoint { interviewers: point.raters, phi: point.phi, low: point.low?, high: point.high? })).collect()
}

/// A range or nothing: the number alone is nearly noise in a small team.
fn needed(curve: &Curve) -> Needed {
    let number = |enough: Option<Enough>| match enough {
        Some(Enough::With(raters)) => Some(raters),
        _ => None,
    };
    Needed { low: number(curve.needed.low), high: number(curve.needed.high) }
}
