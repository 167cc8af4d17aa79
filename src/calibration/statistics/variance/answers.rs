//! Answers of this family by the names of the request.

use super::super::answer::Answer;
use super::super::ratings::Ratings;
use super::super::reason::Reason;
use super::super::request::{AreasAre, Coefficient, From, IccForm, RemlForm, ThreeWay, TwoWay};
use super::super::scope::Scope;
use super::team::Team;
use super::three_way;
use super::three_way::decision::{self, decision};
use super::three_way::estimate::estimate_from;
use super::three_way::reml::reml;
use super::three_way::study::Study;
use super::two_way::coefficients::{coefficient, spread};
use super::two_way::effects::{Effect, Effects};
use super::two_way::fair::units_of;
use super::two_way::fit::{Fit, fit};
use super::two_way::icc;
use super::two_way::interval::interval;
use super::two_way::least_squares::least_squares;
use super::two_way::mean_squares::mean_squares;
use super::two_way::raw::raw_severity;

fn or_reason(answer: Result<Answer, Reason>) -> Answer {
    answer.unwrap_or_else(Answer::none)
}

/// value, ci_low, ci_high.
pub fn icc(ratings: &Ratings, scope: &Scope, form: IccForm) -> Answer {
    or_reason(Team::of_subjects(ratings, scope).and_then(|team| {
        let icc = icc::icc(&mean_squares(&team)?, form)?;
        Ok(Answer::value(icc.value).with("ci_low", icc.low).with("ci_high", icc.high))
    }))
}

/// value, not clamped. The mean is given too.
pub fn variance2_anova(ratings: &Ratings, scope: &Scope, component: TwoWay) -> Answer {
    or_reason(Team::of_subjects(ratings, scope).and_then(|team| {
        let parts = mean_squares(&team)?.components();
        Ok(Answer::value(match component {
            TwoWay::Mu => team.mean(),
            TwoWay::Subject => parts.subject,
            TwoWay::Rater => parts.rater,
            TwoWay::Resid => parts.residual,
        }))
    }))
}

fn fitted(ratings: &Ratings, scope: &Scope) -> Result<(Team, Fit), Reason> {
    let team = Team::of_subjects(ratings, scope)?;
    let fit = fit(&team)?;
    Ok((team, fit))
}

pub fn variance2_reml(ratings: &Ratings, scope: &Scope, component: TwoWay) -> Answer {
    or_reason(fitted(ratings, scope).map(|(team, fit)| {
        Answer::value(match component {
            TwoWay::Mu => fit.mu,
            TwoWay::Subject => fit.components.subject,
            TwoWay::Rater => fit.components.rater,
            TwoWay::Resid => fit.components.residual,
        })
        .flagged(team.flag())
    }))
}

/// value, khat, q.
pub fn icc_reml(ratings: &Ratings, scope: &Scope, form: RemlForm) -> Answer {
    or_reason(fitted(ratings, scope).and_then(|(team, fit)| {
        let spread = spread(&team);
        let value = coefficient(&fit.components, spread, form)?;
        Ok(Answer::value(value).with("khat", spread.khat).with("q", spread.q).flagged(team.flag()))
    }))
}

/// value, ci_low, ci_high.
pub fn icc_reml_ci(ratings: &Ratings, scope: &Scope, form: RemlForm, level: f64) -> Answer {
    or_reason(fitted(ratings, scope).and_then(|(team, fit)| {
        let spread = spread(&team);
        let value = coefficient(&fit.components, spread, form)?;
        let (low, high) = interval(&team, &fit, spread, form, level)?;
        Ok(Answer::value(value).with("ci_low", low).with("ci_high", high).flagged(team.flag()))
    }))
}

/// value, n.
pub fn severity_raw(ratings: &Ratings, scope: &Scope, rater: &str) -> Answer {
    or_reason(Team::read(ratings, scope).and_then(|team| {
        let raw = raw_severity(&team, ratings.rater(rater))?;
        Ok(Answer::value(raw.value).with("n", raw.units).flagged(team.flag()))
    }))
}

/// Comparable raters only: a design in which none has a value gives its reason, whoever is asked about.
fn linked(ratings: &Ratings, scope: &Scope) -> Result<Team, Reason> {
    let team = Team::of_subjects(ratings, scope)?;
    if team.is_connected() { Ok(team) } else { Err(Reason::Disconnected) }
}

/// value, se; se is null without degrees of freedom.
pub fn severity_ls(ratings: &Ratings, scope: &Scope, rater: &str) -> Answer {
    or_reason(linked(ratings, scope).and_then(|team| {
        let place = ratings.rater(rater).and_then(|rater| team.place(rater)).ok_or(Reason::NoRatings)?;
        let effect = least_squares(&team)?.rater(place).ok_or(Reason::NoRatings)?;
        Ok(Answer::value(effect.value).with("se", effect.se))
    }))
}

/// value, se.
pub fn fair_score_ls(ratings: &Ratings, scope: &Scope, subject: &str) -> Answer {
    or_reason(linked(ratings, scope).and_then(|team| {
        let units = ratings.subject(subject).map(|subject| units_of(&team, subject)).unwrap_or_default();
        let score = least_squares(&team)?.fair(&units).ok_or(Reason::NoRatings)?;
        Ok(Answer::value(score.value).with("se", score.se))
    }))
}

fn effect(value: f64, se: f64) -> Answer {
    Answer::value(value).with("se", se)
}

/// value, se: the conditional standard deviation. Where nothing varies everybody's is zero.
pub fn severity_eb(ratings: &Ratings, scope: &Scope, rater: &str) -> Answer {
    or_reason(linked(ratings, scope).and_then(|team| {
        let place = ratings.rater(rater).and_then(|rater| team.place(rater)).ok_or(Reason::NoRatings)?;
        if team.is_constant() {
            return Ok(effect(0.0, 0.0));
        }
        let fit = fit(&team)?;
        let Effect { value, se } = Effects::of(&fit).rater(place).ok_or(Reason::NoRatings)?;
        Ok(effect(value, se))
    }))
}

/// value, se: the conditional standard deviation of the subject's effect.
pub fn fair_score_eb(ratings: &Ratings, scope: &Scope, subject: &str) -> Answer {
    or_reason(linked(ratings, scope).and_then(|team| {
        let units = ratings.subject(subject).map(|subject| units_of(&team, subject)).unwrap_or_default();
        if units.is_empty() {
            return Err(Reason::NoRatings);
        }
        if team.is_constant() {
            return Ok(effect(team.mean(), 0.0));
        }
        let fit = fit(&team)?;
        let subject = Effects::of(&fit).subject(&units).ok_or(Reason::NoRatings)?;
        Ok(effect(subject.level.value, subject.effect.se))
    }))
}

/// value, clamped.
pub fn gstudy_anova(ratings: &Ratings, scope: &Scope, component: ThreeWay) -> Answer {
    or_reason(Study::read(ratings, scope).and_then(|study| {
        let parts = three_way::mean_squares::mean_squares(&study)?.components();
        Ok(Answer::value(parts.get(component)).with("clamped", parts.clamped().get(component)))
    }))
}

pub fn gstudy_reml(ratings: &Ratings, scope: &Scope, component: ThreeWay) -> Answer {
    or_reason(Study::read(ratings, scope).and_then(|study| {
        let parts = reml(&study)?.components;
        Ok(Answer::value(parts.get(component)).flagged(study.flag()))
    }))
}

/// value, g, phi, sem_abs.
pub fn dstudy(ratings: &Ratings, scope: &Scope, coefficient: Coefficient, raters: u32, are: AreasAre, from: From) -> Answer {
    or_reason(Study::read(ratings, scope).and_then(|study| {
        let estimate = estimate_from(&study, from)?;
        let found = decision(&estimate.components, estimate.areas, raters, are)?;
        let flag = if from == From::Reml { study.flag() } else { None };
        Ok(Answer::value(found.coefficient(coefficient))
            .with("g", found.g)
            .with("phi", found.phi)
            .with("sem_abs", found.sem_abs)
            .flagged(flag))
    }))
}

/// What is asked of [`raters_needed`].
pub struct Target {
    pub coefficient: Coefficient,
    pub target: f64,
    pub are: AreasAre,
    pub cap: u32,
    pub from: From,
}

pub fn raters_needed(ratings: &Ratings, scope: &Scope, ask: &Target) -> Answer {
    or_reason(Study::read(ratings, scope).and_then(|study| {
        let estimate = estimate_from(&study, ask.from)?;
        let Target { coefficient, target, are, cap, from } = *ask;
        let raters = decision::raters_needed(&estimate.components, estimate.areas, are, coefficient, target, cap)?;
        let flag = if from == From::Reml { study.flag() } else { None };
        Ok(Answer::value(raters as usize).flagged(flag))
    }))
}
