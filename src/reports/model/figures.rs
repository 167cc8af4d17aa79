//! What a report shows of the debrief: chosen figures, as they were when the report was saved.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::scorecards::Recommendation;

/// Kept with the report, so that what was previewed is what is released, and what was released stays.
/// What is not chosen is not here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    pub areas: Vec<AreaFigure>,
    pub outcome: Option<Recommendation>,
}

/// The counted, scored cards of one area: their sum and how many. Whole numbers, so that two are equal
/// exactly when they are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaFigure {
    pub area: u8,
    pub total: u32,
    pub cards: u32,
}

impl Figures {
    /// Only what this report shows.
    pub fn chosen(self, content: &Content) -> Self {
        Figures { areas: if content.show_areas { self.areas } else { Vec::new() }, outcome: self.outcome.filter(|_| content.show_outcome) }
    }
}

impl AreaFigure {
    /// None where no counted card scores the area: not scored is not zero (R3).
    pub fn mean(self) -> Option<f64> {
        (self.cards > 0).then(|| f64::from(self.total) / f64::from(self.cards))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_chosen_is_not_kept() {
        let all = Figures { areas: vec![AreaFigure { area: 1, total: 7, cards: 2 }], outcome: Some(Recommendation::NotYet) };
        assert_eq!(all.clone().chosen(&Content::default()), Figures::default());
        let areas = Content { show_areas: true, ..Content::default() };
        assert_eq!(all.clone().chosen(&areas), Figures { outcome: None, ..all.clone() });
        let outcome = Content { show_outcome: true, ..Content::default() };
        assert_eq!(all.clone().chosen(&outcome), Figures { areas: Vec::new(), ..all });
    }

    #[test]
    fn an_area_nobody_scored_has_no_mean() {
        assert_eq!(AreaFigure { area: 1, total: 0, cards: 0 }.mean(), None);
        assert_eq!(AreaFigure { area: 1, total: 10, cards: 4 }.mean(), Some(2.5));
    }
}
