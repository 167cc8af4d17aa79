//! A candidate's own scores beside what the interviewers' reports say.

use super::super::model::{Content, Figures, Scores};
use super::super::store;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::Actor;

/// One area of one interview, scored by both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beside {
    pub area: u8,
    /// The candidate's own score.
    pub own: u8,
    /// The average that the report shows.
    pub given: f64,
}

/// Of this candidate's interviews in this team, newest first, one list for each. Only what they can read anyway: a
/// report that stands, that shows its averages, and that own scores were given before.
pub fn beside_own(tx: &mut Tx, actor: &Actor, interviews: i64) -> Result<Vec<Vec<Beside>>> {
    let rows = store::read_with_own_scores(tx, actor.team_id()?, actor.account()?, interviews)?;
    let both = |(own, content, figures): (Scores, Content, Figures)| -> Vec<Beside> {
        if !(content.show_areas && content.show_numbers) {
            return Vec::new();
        }
        let area = |figure: &super::super::model::AreaFigure| {
            Some(Beside { area: figure.area, own: *own.get(&figure.area)?, given: figure.mean()? })
        };
        figures.areas.iter().filter_map(area).collect()
    };
    Ok(rows.into_iter().map(both).filter(|areas| !areas.is_empty()).collect())
}
