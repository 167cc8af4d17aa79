//! The cards of one look, as ratings.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::model::{Basis, Look, RubricChoice};
use super::super::statistics::ratings::{Ratings, Row, Scale};
use super::cautions::cautions;
use crate::platform::error::{Error, Result};
use crate::policy::AccountId;
use crate::rubrics::{Area, Level, RubricVersion, RubricVersionId};
use crate::scorecards::BlindCard;

/// Area numbers as ids of the statistics.
pub const AREAS: [&str; 5] = ["1", "2", "3", "4", "5"];

/// The versions of rubrics that cards of this level were scored on, with how many; the most used first, of two the
/// one that was used last.
pub fn used_versions(cards: &[BlindCard], level: Option<Level>) -> Vec<(RubricVersionId, usize)> {
    let mut used: Vec<(RubricVersionId, usize)> = Vec::new();
    // Cards come oldest first.
    for card in cards.iter().rev().filter(|card| fits(card, level)) {
        match used.iter_mut().find(|(id, _)| *id == card.rubric_version) {
            Some((_, count)) => *count += 1,
            None => used.push((card.rubric_version, 1)),
        }
    }
    used.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    used
}

fn fits(card: &BlindCard, level: Option<Level>) -> bool {
    level.is_none_or(|level| card.level == level)
}

/// The subject of a rating is an interview: another interview of the same candidate is another performance.
pub struct Scores {
    pub look: Look,
    /// Oldest interview first.
    pub cards: Vec<BlindCard>,
    pub ratings: Ratings,
    pub areas: Vec<Area>,
    shown: Option<RubricChoice>,
    rubrics: Vec<RubricChoice>,
    names: HashMap<AccountId, String>,
}

impl Scores {
    /// `used` and `versions` name the same versions.
    pub fn new(look: Look, cards: &[BlindCard], used: &[(RubricVersionId, usize)], versions: Vec<Arc<RubricVersion>>) -> Result<Self> {
        let rubrics: Vec<RubricChoice> = used
            .iter()
            .filter_map(|(id, cards)| {
                let version = versions.iter().find(|version| version.id == *id)?;
                Some(RubricChoice { id: *id, name: version.name.clone(), number: version.number, cards: *cards })
            })
            .collect();
        let wanted = look.rubric_version_id.or(rubrics.first().map(|rubric| rubric.id));
        let shown = rubrics.iter().find(|rubric| Some(rubric.id) == wanted).cloned();
        let areas = versions.iter().find(|version| Some(version.id) == wanted).map(|version| version.areas.clone()).unwrap_or_default();
        let cards: Vec<BlindCard> =
            cards.iter().filter(|card| fits(card, look.level) && Some(card.rubric_version) == wanted).cloned().collect();
        let names = cards.iter().map(|card| (card.rater, card.rater_name.clone())).collect();
        Ok(Scores { look, ratings: ratings(&cards)?, cards, areas, shown, rubrics, names })
    }

    pub fn name(&self, rater: AccountId) -> String {
        self.names.get(&rater).cloned().unwrap_or_default()
    }

    /// Everybody who has a card here, by name.
    pub fn raters(&self) -> Vec<AccountId> {
        let mut raters: Vec<(&String, &AccountId)> = self.names.iter().map(|(id, name)| (name, id)).collect();
        raters.sort();
        raters.into_iter().map(|(_, id)| *id).collect()
    }

    /// The cards of each interview.
    pub fn interviews(&self) -> impl Iterator<Item = &[BlindCard]> {
        self.cards.chunk_by(|a, b| a.interview == b.interview)
    }

    pub fn basis(&self) -> Basis {
        Basis {
            look: Look { rubric_version_id: self.shown.as_ref().map(|rubric| rubric.id), ..self.look },
            rubric: self.shown.clone(),
            rubrics: self.rubrics.clone(),
            from: self.cards.first().map(|card| card.starts_at),
            to: self.cards.last().map(|card| card.starts_at),
            interviewers: self.names.len(),
            cards: self.cards.len(),
            interviews: self.interviews().count(),
            shared_interviews: self.interviews().filter(|cards| cards.len() > 1).count(),
            cautions: cautions(self, &self.rubrics, self.shown.as_ref()),
        }
    }
}

fn ratings(cards: &[BlindCard]) -> Result<Ratings> {
    let scale = Scale::new(vec![1.0, 2.0, 3.0, 4.0, 5.0]).map_err(refused)?;
    let ids: Vec<(String, String)> = cards.iter().map(|card| (card.interview.to_string(), card.rater.to_string())).collect();
    let rows = cards.iter().zip(&ids).flat_map(|(card, (subject, rater))| {
        AREAS.iter().zip(card.areas).map(move |(area, value)| Row { subject, rater, area, score: value.map(f64::from) })
    });
    Ratings::new(scale, rows).map_err(refused)
}

fn refused(why: impl std::fmt::Debug) -> Error {
    Error::Internal(anyhow::anyhow!("scorecards that are no ratings: {why:?}"))
}
