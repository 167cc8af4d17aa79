//! Scorecards to talk about.

use super::super::model::TalkAbout;
use super::super::statistics::agreement::disagreements::WORTH_A_TALK;
use super::scores::Scores;
use crate::policy::AccountId;
use crate::scorecards::BlindCard;

/// Where scores for the same candidate and area are two points apart or more: the widest first, then the newest. Of
/// one person: where they are that far from a colleague.
pub fn talk_about(scores: &Scores, of: Option<AccountId>) -> Vec<TalkAbout> {
    let mut found: Vec<TalkAbout> = scores.interviews().flat_map(|cards| in_interview(scores, cards, of)).collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.high - one.low), std::cmp::Reverse(one.starts_at), one.interview_id, one.area));
    found
}

fn in_interview(scores: &Scores, cards: &[BlindCard], of: Option<AccountId>) -> Vec<TalkAbout> {
    let Some(first) = cards.first() else { return Vec::new() };
    let own = of.map(|of| cards.iter().find(|card| card.rater == of));
    let area = |(place, area): (usize, &crate::rubrics::Area)| {
        let given: Vec<u8> = cards.iter().filter_map(|card| card.areas.get(place).copied().flatten()).collect();
        let (low, high) = (*given.iter().min()?, *given.iter().max()?);
        let own = match own {
            None => None,
            Some(own) => Some(own?.areas.get(place).copied().flatten()?),
        };
        let apart = own.map_or(high - low, |own| own.abs_diff(low).max(own.abs_diff(high)));
        (apart >= WORTH_A_TALK).then(|| TalkAbout {
            interview_id: first.interview,
            candidate: first.candidate.clone(),
            starts_at: first.starts_at,
            area: area.number,
            area_name: area.name.clone(),
            low,
            high,
            own,
        })
    };
    scores.areas.iter().enumerate().filter_map(area).collect()
}
