//! The team's own variance components, for the bands of its debriefs (R6).

use super::model::Look;
use super::reading::{self, Scores};
use crate::debriefs::{RefreshComponents, keep_variance};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::jobs::Job;
use crate::{rubrics, scorecards};

/// What the page would show of all levels over the last year, where it may report it; nobody's eyes are in between, so
/// nobody's owed card hides an interview.
impl Job for RefreshComponents {
    const KIND: &'static str = "calibration.components";

    fn run(self, tx: &mut Tx) -> Result<()> {
        let look = Look { rubric_version_id: Some(self.rubric_version), ..Look::default() };
        let cards = scorecards::blind_cards_of_team(tx, self.team, look.period.since(tx.now))?;
        let used = reading::used_versions(&cards, look.level);
        let versions = rubrics::several(tx, &used.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
        let found = reading::variance(&Scores::new(look, &cards, &used, versions)?);
        keep_variance(tx, self.team, self.rubric_version, found)
    }
}
