//! Lays the cards on the table: pure, from what the reader may see.

use std::cmp::Reverse;

use super::combination::{AreaScores, Variance, combine};
use super::components::TeamVariance;
use super::model::{AreaView, ClaimOfDebrief, ClaimVerdict, LaterScore, Proposal, RecommendationView, ScoreView, WarningSignView};
use crate::policy::Mode;
use crate::question_sets::QuestionSetVersion;
use crate::rubrics::{Area, Level, RubricVersion};
use crate::scorecards::{CardView, Recommendation, Revision, Value};

/// The five areas, widest disagreement first; equal ones in the rubric's order.
pub fn areas(cards: &[CardView], rubric: &RubricVersion, level: Level, self_scores: &[(u8, u8)]) -> Vec<AreaView> {
    let mut areas: Vec<AreaView> = rubric.areas.iter().map(|area| area_view(cards, area, level, self_scores)).collect();
    areas.sort_by_key(|area| Reverse(area.spread));
    areas
}

/// The rule of the rubric over the counted cards, as they were submitted.
pub fn proposal(cards: &[CardView], rubric: &RubricVersion, (level, mode): (Level, Mode), own: Option<TeamVariance>) -> Proposal {
    let areas: Vec<AreaScores> = rubric
        .areas
        .iter()
        .map(|area| AreaScores { area: area.number, weight: area.weight, values: counted_values(cards, area.number) })
        .collect();
    let cuts = rubric.cuts(level, mode).to_vec();
    let variance = own.map_or(Variance::BUILT_IN, |own| own.variance);
    let combination = combine(&areas, cards.iter().filter(|card| card.counts()).count(), &cuts, variance);
    let outcome = combination.step.and_then(|step| rising(mode).get(step).copied());
    Proposal { combination, outcome, cuts, assumed: own.is_none(), measured_over: own.map(|own| own.interviews) }
}

pub fn recommendations(cards: &[CardView]) -> Vec<RecommendationView> {
    cards
        .iter()
        .map(|card| RecommendationView {
            account_id: card.account_id,
            name: card.name.clone(),
            own: card.own,
            counted: card.counts(),
            recommendation: card.content.recommendation,
            confidence: card.content.confidence,
            next_step: card.content.next_step.clone(),
        })
        .collect()
}

/// Each sign once, seen by most first.
pub fn warning_signs(cards: &[CardView], rubric: &RubricVersion, questions: &QuestionSetVersion) -> Vec<WarningSignView> {
    let mut signs: Vec<WarningSignView> = Vec::new();
    for card in cards {
        for mark in card.content.warning_signs.iter().filter(|mark| mark.on) {
            let question = mark.question_id.and_then(|id| questions.question(id));
            let own_sign =
                mark.key.strip_prefix("question:").and_then(|index| question?.warning_signs.get(index.parse::<usize>().ok()?).cloned());
            let of_rubric = || rubric.warning_signs.iter().find(|sign| sign.key == mark.key).map(|sign| sign.name.clone());
            let Some(name) = own_sign.or_else(of_rubric) else { continue };
            let question = question.map(|question| question.title.clone());
            match signs.iter_mut().find(|sign| sign.name == name && sign.question == question) {
                Some(sign) => sign.seen_by.push(card.name.clone()),
                None => signs.push(WarningSignView { name, question, seen_by: vec![card.name.clone()] }),
            }
        }
    }
    signs.sort_by_key(|sign| Reverse(sign.seen_by.len()));
    signs
}

/// Each claim that somebody marked, in the order of the record. A claim that was said anew between two submissions
/// stands there in both its words.
pub fn claims(cards: &[CardView]) -> Vec<ClaimOfDebrief> {
    let mut claims: Vec<ClaimOfDebrief> = Vec::new();
    for card in cards {
        for mark in card.content.claims.iter().filter(|mark| mark.is_marked()) {
            let verdict = ClaimVerdict {
                account_id: card.account_id,
                name: card.name.clone(),
                own: card.own,
                counted: card.counts(),
                value: mark.value,
                evidence: mark.evidence.clone(),
            };
            match claims.iter_mut().find(|claim| claim.claim_id == mark.claim_id && claim.text == mark.text) {
                Some(claim) => claim.verdicts.push(verdict),
                None => claims.push(ClaimOfDebrief { claim_id: mark.claim_id, text: mark.text.clone(), verdicts: vec![verdict] }),
            }
        }
    }
    let place = |claim: &ClaimOfDebrief| {
        let of_card = |card: &CardView| card.content.claims.iter().position(|mark| mark.claim_id == claim.claim_id);
        cards.iter().filter_map(of_card).max()
    };
    claims.sort_by_key(place);
    claims
}

fn area_view(cards: &[CardView], area: &Area, level: Level, self_scores: &[(u8, u8)]) -> AreaView {
    let mut values = counted_values(cards, area.number);
    values.sort_unstable();
    let spread = (values.len() > 1).then(|| values.last().zip(values.first()).map(|(high, low)| high - low)).flatten();
    AreaView {
        area: area.number,
        name: area.name.clone(),
        short_name: area.short_name.clone(),
        expected: *area.expected.at(level),
        scores: cards.iter().map(|card| score_view(card, area.number)).collect(),
        median: median(&values),
        mean: (!values.is_empty()).then(|| values.iter().map(|value| f64::from(*value)).sum::<f64>() / values.len() as f64),
        spread,
        self_score: self_scores.iter().find(|(number, _)| *number == area.number).map(|(_, value)| *value),
    }
}

fn score_view(card: &CardView, area: u8) -> ScoreView {
    let first = card.content.area(area);
    ScoreView {
        account_id: card.account_id,
        name: card.name.clone(),
        seat: card.seat,
        own: card.own,
        counted: card.counts(),
        value: first.and_then(|first| first.value),
        reason: first.map(|first| first.reason.clone()).unwrap_or_default(),
        later: later(&card.revisions, area),
        evidence: card.content.evidence_of(area).cloned().collect(),
    }
}

/// Where the area's score stands after the amendments, with the one that brought it there; none where it
/// stands where it stood.
fn later(revisions: &[Revision], area: u8) -> Option<LaterScore> {
    let value = |revision: &Revision| revision.content.area(area).and_then(|score| score.value);
    let (first, last) = (revisions.first().map(value)?, revisions.last().map(value)?);
    let moved = revisions.windows(2).rev().find(|pair| value(&pair[0]) != value(&pair[1])).filter(|_| first != last)?;
    let amendment = &moved[1];
    Some(LaterScore {
        value: last,
        reason: amendment.reason.clone(),
        given_at: amendment.created_at,
        after_debrief: amendment.after_debrief,
        others_visible: amendment.others_visible,
    })
}

/// Scored values of counted cards; "not asked" and "not enough evidence" are no numbers (R3).
fn counted_values(cards: &[CardView], area: u8) -> Vec<u8> {
    cards.iter().filter(|card| card.counts()).filter_map(|card| card.content.area(area)?.value.and_then(Value::score)).collect()
}

fn median(sorted: &[u8]) -> Option<f64> {
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(f64::from(sorted[middle])),
        _ => Some(f64::from(sorted[middle - 1] + sorted[middle]) / 2.0),
    }
}

/// The outcomes from the lowest, as the cuts rise.
fn rising(mode: Mode) -> &'static [Recommendation] {
    use Recommendation::*;
    match mode {
        Mode::Mock => &[NotYet, NearlyReady, ReadyNow],
        Mode::Hiring => &[StrongNo, No, Yes, StrongYes],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_lies_in_the_middle() {
        assert_eq!((median(&[]), median(&[2]), median(&[2, 3]), median(&[1, 4, 5])), (None, Some(2.0), Some(2.5), Some(4.0)));
    }
}
