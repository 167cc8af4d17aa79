//! Every statistic's answer to a request, by its family.

use super::answer::Answer;
use super::ratings::Ratings;
use super::request::Statistic;
use super::scope::Scope;
use super::variance::answers as variance;
use super::{agreement, charts, gold, mfrm, self_gap, style};

/// Answers one request. A statistic of one area is asked with the other areas left out.
pub fn answer(ratings: &Ratings, statistic: &Statistic, scope: &Scope) -> Answer {
    match statistic {
        // Many-facet model.
        Statistic::Mfrm {} => mfrm::answer(ratings, scope),
        Statistic::MfrmMeasure { facet, element } => mfrm::answer_measure(ratings, scope, *facet, element),
        Statistic::MfrmThresholds {} => mfrm::answer_thresholds(ratings, scope),
        Statistic::MfrmFit {} => mfrm::answer_fit(ratings, scope),
        // One rater's ways; distance to the consensus and to the candidate's own score.
        Statistic::RaterStyle { rater } => style::answer(ratings, scope, rater),
        Statistic::GoldDistance { rater } => gold::answer(ratings, scope, rater),
        Statistic::GoldDistanceArea { rater, area } => gold::answer_area(ratings, rater, area),
        Statistic::SelfGap {} => self_gap::answer(ratings, scope),
        // Charts of a series.
        Statistic::Ewma { series, target, sigma, lambda, width } => charts::answer_ewma(series, *target, *sigma, *lambda, *width),
        Statistic::Cusum { series, target, sigma, k, h } => charts::answer_cusum(series, *target, *sigma, *k, *h),
        // Agreement of raters.
        Statistic::Agreement { .. }
        | Statistic::MeanAbsDiff {}
        | Statistic::Histogram {}
        | Statistic::CoincidenceMatrix {}
        | Statistic::FleissKappa { .. }
        | Statistic::GwetAc { .. }
        | Statistic::BrennanPrediger { .. }
        | Statistic::CohenKappa { .. }
        | Statistic::Pearson { .. }
        | Statistic::GoldWeightedKappa { .. }
        | Statistic::KrippendorffAlpha { .. }
        | Statistic::KrippendorffAlphaBootstrap { .. }
        | Statistic::EvidenceTier {}
        | Statistic::ConnectedComponents {} => agreement::answers::answer(ratings, statistic, scope),
        // Components of variance.
        Statistic::Icc { form } => variance::icc(ratings, scope, *form),
        Statistic::Variance2Anova { component } => variance::variance2_anova(ratings, scope, *component),
        Statistic::Variance2Reml { component } => variance::variance2_reml(ratings, scope, *component),
        Statistic::IccReml { form } => variance::icc_reml(ratings, scope, *form),
        Statistic::IccRemlCi { form, level } => variance::icc_reml_ci(ratings, scope, *form, *level),
        Statistic::SeverityRaw { rater } => variance::severity_raw(ratings, scope, rater),
        Statistic::SeverityLs { rater } => variance::severity_ls(ratings, scope, rater),
        Statistic::SeverityEb { rater } => variance::severity_eb(ratings, scope, rater),
        Statistic::FairScoreLs { subject } => variance::fair_score_ls(ratings, scope, subject),
        Statistic::FairScoreEb { subject } => variance::fair_score_eb(ratings, scope, subject),
        Statistic::GstudyAnova { component } => variance::gstudy_anova(ratings, scope, *component),
        Statistic::GstudyReml { component } => variance::gstudy_reml(ratings, scope, *component),
        Statistic::Dstudy { coef, n_raters, areas, from } => variance::dstudy(ratings, scope, *coef, *n_raters, *areas, *from),
        Statistic::RatersNeeded { coef, target, areas, cap, from } => {
            let (coefficient, target, are, cap, from) = (*coef, *target, *areas, *cap, *from);
            variance::raters_needed(ratings, scope, &variance::Target { coefficient, target, are, cap, from })
        }
    }
}
