//! The statistics of agreement as answers to requests.

use super::super::answer::{Answer, Value};
use super::super::ratings::Ratings;
use super::super::reason::{Flag, Reason};
use super::super::request::Statistic;
use super::super::scope::Scope;
use super::alpha::{coincidence_matrix, krippendorff_alpha};
use super::bootstrap::{alpha_bootstrap, draws_for};
use super::chance::{ChanceCorrected, brennan_prediger, fleiss_kappa, gwet_ac};
use super::evidence::evidence;
use super::groups::connected_components;
use super::pair::{OfPair, cohen_kappa, gold_weighted_kappa, pearson};
use super::raw::{histogram, mean_abs_diff, raw_agreement};
use super::tally::Tally;

pub fn answer(ratings: &Ratings, statistic: &Statistic, scope: &Scope) -> Answer {
    let answer = match statistic {
        Statistic::CohenKappa { raters: [one, other], weights, disagreement } => {
            cohen_kappa(ratings, scope, [one, other], *weights, disagreement.as_deref()).map(of_pair)
        }
        Statistic::Pearson { raters: [one, other] } => pearson(ratings, scope, [one, other]).map(of_pair),
        Statistic::GoldWeightedKappa { rater, weights } => gold_weighted_kappa(ratings, scope, rater, *weights).map(of_pair),
        Statistic::EvidenceTier {} => Ok(tier(ratings)),
        Statistic::ConnectedComponents {} => Ok(components(ratings, scope)),
        _ => Tally::of(ratings, scope).and_then(|tally| of_tally(&tally, statistic)),
    };
    answer.unwrap_or_else(Answer::none)
}

fn of_tally(tally: &Tally, statistic: &Statistic) -> Result<Answer, Reason> {
    let answer = match statistic {
        Statistic::Agreement { kind, average } => {
            let agreement = raw_agreement(tally, *kind, *average)?;
            Answer::value(agreement.value).with("n_pairs", agreement.pairs as usize)
        }
        Statistic::MeanAbsDiff {} => Answer::value(mean_abs_diff(tally)?),
        Statistic::Histogram {} => {
            let counts: Vec<usize> = histogram(tally)?.into_iter().map(|count| count as usize).collect();
            return Ok(Answer::default().with("values", counts));
        }
        Statistic::CoincidenceMatrix {} => Answer::default().with("values", coincidence_matrix(tally)?),
        Statistic::FleissKappa { weights } => corrected(fleiss_kappa(tally, *weights)?),
        Statistic::GwetAc { weights } => with_constant(gwet_ac(tally, *weights)?),
        Statistic::BrennanPrediger { weights } => with_constant(brennan_prediger(tally, *weights)?),
        Statistic::KrippendorffAlpha { metric } => {
            let alpha = krippendorff_alpha(tally, *metric)?;
            Answer::value(alpha.value)
                .with("jack_se", alpha.jackknife.map(|interval| interval.se))
                .with("jack_ci_low", alpha.jackknife.map(|interval| interval.low))
                .with("jack_ci_high", alpha.jackknife.map(|interval| interval.high))
                .with("n_clusters", alpha.clusters)
        }
        Statistic::KrippendorffAlphaBootstrap { metric, level } => {
            let interval = alpha_bootstrap(tally, *metric, *level, draws_for(tally.clusters().count()))?;
            Answer::value(interval.value).with("ci_low", interval.low).with("ci_high", interval.high).with("n_draws", interval.draws)
        }
        _ => return Ok(Answer::default()),
    };
    let mut answer = answer.flagged(tally.flag());
    answer.flags.sort_unstable();
    Ok(answer)
}

fn of_pair(pair: OfPair) -> Answer {
    Answer::value(pair.value).with("n", pair.units)
}

fn corrected(of: ChanceCorrected) -> Answer {
    Answer::value(of.value)
        .with("pa", of.pa)
        .with("pe", of.pe)
        .with("se", of.interval.map(|interval| interval.se))
        .with("ci_low", of.interval.map(|interval| interval.low))
        .with("ci_high", of.interval.map(|interval| interval.high))
}

fn with_constant(of: ChanceCorrected) -> Answer {
    corrected(of).flagged(of.constant.then_some(Flag::ConstantRatings))
}

fn tier(ratings: &Ratings) -> Answer {
    let evidence = evidence(ratings);
    Answer::default()
        .with("tier", evidence.tier.name())
        .with("n_shared_candidates", evidence.shared_candidates)
        .with("n_raters", evidence.overlapping_raters)
        .with("ci_width", evidence.width)
}

fn components(ratings: &Ratings, scope: &Scope) -> Answer {
    let groups = connected_components(ratings, scope);
    let named: Vec<Value> = groups.iter().map(|group| Value::from(group.clone())).collect();
    Answer::value(groups.len()).with("groups", Value::List(named))
}
