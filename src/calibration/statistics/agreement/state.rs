//! The counts kept up to date rating by rating.

use std::collections::BTreeMap;

use super::super::ratings::Scale;
use super::super::reason::Refusal;
use super::super::scope::Scope;
use super::block::Block;
use super::groups::Joined;
use super::tally::Tally;
use super::units::Units;

/// Rater to level.
type Panel = BTreeMap<String, u8>;
/// Area to panel.
type Card = BTreeMap<String, Panel>;

/// Ratings of candidates by raters, with exact sums for each area that follow every change: after any sequence of
/// additions, changes and removals, and after merging parts, the tally equals that of all ratings read at once, bit for
/// bit. GOLD and SELF are for the caller to keep out: a state knows raters only.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    scale: Scale,
    /// By subject; nothing empty is kept.
    cards: BTreeMap<String, Card>,
    /// By area.
    totals: BTreeMap<String, Block>,
}

impl State {
    pub fn new(scale: Scale) -> Self {
        State { scale, cards: BTreeMap::new(), totals: BTreeMap::new() }
    }

    /// Adds a rating; a rating that is there already stays as it is and the new one is refused.
    pub fn add(&mut self, subject: &str, area: &str, rater: &str, score: f64) -> Result<(), Refusal> {
        if subject.is_empty() || area.is_empty() || rater.is_empty() {
            return Err(Refusal::EmptyId);
        }
        let level = self.scale.place(score)?;
        if self.level(subject, area, rater).is_some() {
            return Err(Refusal::DuplicateRating);
        }
        self.change(subject, area, |panel| {
            panel.insert(rater.to_owned(), level);
        });
        Ok(())
    }

    /// Gives a rating another score. False if there is no such rating.
    pub fn edit(&mut self, subject: &str, area: &str, rater: &str, score: f64) -> Result<bool, Refusal> {
        let level = self.scale.place(score)?;
        if self.level(subject, area, rater).is_none() {
            return Ok(false);
        }
        self.change(subject, area, |panel| {
            panel.insert(rater.to_owned(), level);
        });
        Ok(true)
    }

    /// Takes a rating away. False if there is no such rating.
    pub fn remove(&mut self, subject: &str, area: &str, rater: &str) -> bool {
        if self.level(subject, area, rater).is_none() {
            return false;
        }
        self.change(subject, area, |panel| {
            panel.remove(rater);
        });
        true
    }

    /// Takes in another part. Parts may be cut anywhere, even inside a unit; a rating that both hold is refused, and
    /// then nothing is taken in.
    pub fn merge(&mut self, other: &State) -> Result<(), Refusal> {
        if self.scale != other.scale {
            return Err(Refusal::InvalidScale);
        }
        let panels = || other.cards.iter().flat_map(|(subject, card)| card.iter().map(move |(area, panel)| (subject, area, panel)));
        if panels().any(|(subject, area, panel)| panel.keys().any(|rater| self.level(subject, area, rater).is_some())) {
            return Err(Refusal::DuplicateRating);
        }
        for (subject, area, panel) in panels() {
            self.change(subject, area, |own| own.extend(panel.iter().map(|(rater, level)| (rater.clone(), *level))));
        }
        Ok(())
    }

    fn level(&self, subject: &str, area: &str, rater: &str) -> Option<u8> {
        self.cards.get(subject)?.get(area)?.get(rater).copied()
    }

    /// Changes one panel: its unit leaves the sums of its area and comes back as it is now.
    fn change(&mut self, subject: &str, area: &str, how: impl FnOnce(&mut Panel)) {
        let card = self.cards.entry(subject.to_owned()).or_default();
        let panel = card.entry(area.to_owned()).or_default();
        let before = block(panel);
        how(panel);
        let after = block(panel);
        if panel.is_empty() {
            card.remove(area);
        }
        if card.is_empty() {
            self.cards.remove(subject);
        }
        let total = self.totals.entry(area.to_owned()).or_default();
        *total = total.minus(&before).plus(&after);
        if total.is_empty() {
            self.totals.remove(area);
        }
    }

    /// The tally of an area, or of all areas. None in the scope of means: composites are no counts.
    pub fn tally(&self, scope: &Scope) -> Option<Tally> {
        let area = match scope {
            Scope::Area(area) => Some(area),
            Scope::Areas => None,
            Scope::Mean => return None,
        };
        let inside = |id: &String| area.is_none_or(|area| area == id);
        let mut units = Units::default();
        let mut places: BTreeMap<&str, u32> = BTreeMap::new();
        let mut joins = Vec::new();
        for card in self.cards.values() {
            let mut first = None;
            for (_, panel) in card.iter().filter(|(area, _)| inside(area)) {
                units.push(panel.values().map(|level| u16::from(*level)));
                for rater in panel.keys() {
                    let next = places.len() as u32;
                    let place = *places.entry(rater).or_insert(next);
                    joins.push((*first.get_or_insert(place), place));
                }
            }
            units.close_subject();
        }
        let mut joined = Joined::new(places.len());
        joins.into_iter().for_each(|(one, other)| joined.join(one, other));
        let totals: Vec<Block> = self.totals.iter().filter(|(area, _)| inside(area)).map(|(_, total)| total.clone()).collect();
        Some(Tally::from_parts(scope, self.scale.levels().to_vec(), &joined.groups(), units, Block::sum(&totals)))
    }

    /// The exact sums of an area.
    pub fn total(&self, area: &str) -> Option<&Block> {
        self.totals.get(area)
    }
}

fn block(panel: &Panel) -> Block {
    let mut counts: BTreeMap<u16, u32> = BTreeMap::new();
    for level in panel.values() {
        *counts.entry(u16::from(*level)).or_default() += 1;
    }
    Block::of_unit(&counts.into_iter().collect::<Vec<_>>())
}
