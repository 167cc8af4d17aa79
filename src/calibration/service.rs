//! What can be asked of calibration, and sharing one's own severity.

use chrono::{DateTime, Utc};

use super::exercises;
use super::model::{Look, OwnCalibration, TeamCalibration};
use super::reading::{self, Scores};
use super::{second_scoring, store};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, AccountId, Act, Actor, TeamId};
use crate::rubrics;
use crate::scorecards;

/// The team's calibration, for its leads.
pub fn team(tx: &mut Tx, actor: &Actor, look: Look) -> Result<TeamCalibration> {
    policy::allow(&actor.standing(), Act::ReadCalibration)?;
    let scores = scores(tx, actor, look)?;
    let shares = store::shares(tx, actor.team_id()?)?;
    Ok(reading::team(&scores, actor.account()?, &shares))
}

/// One's own, for everybody who interviews.
pub fn own(tx: &mut Tx, actor: &Actor, look: Look) -> Result<OwnCalibration> {
    policy::allow(&actor.standing(), Act::ReadOwnCalibration)?;
    let scores = scores(tx, actor, look)?;
    let account = actor.account()?;
    let shared_since = store::shares(tx, actor.team_id()?)?.remove(&account);
    Ok(OwnCalibration { shared_since, ..reading::own(&scores, account) })
}

/// Lets the leads see one's name at one's own dot.
pub fn share(tx: &mut Tx, actor: &Actor) -> Result<()> {
    policy::allow(&actor.standing(), Act::ShareOwnCalibration)?;
    store::share(tx, actor.team_id()?, actor.account()?)
}

/// Takes that back; from now on the dot has no name.
pub fn unshare(tx: &mut Tx, actor: &Actor) -> Result<()> {
    policy::allow(&actor.standing(), Act::ShareOwnCalibration)?;
    store::unshare(tx, actor.team_id()?, actor.account()?)
}

/// Whether one shares one's severity, and since when.
pub fn shared_since(tx: &mut Tx, actor: &Actor) -> Result<Option<DateTime<Utc>>> {
    Ok(store::shares(tx, actor.team_id()?)?.remove(&actor.account()?))
}

/// Deletes what of this account nothing is made of; what was submitted stays in the statistics, without a name.
pub fn erase(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    store::unshare(tx, team, account)?;
    second_scoring::erase_drafts(tx, team, account)?;
    exercises::erase_drafts(tx, team, account)
}

/// The scores of this look. A version of a rubric that nothing was scored on is like none.
fn scores(tx: &mut Tx, actor: &Actor, look: Look) -> Result<Scores> {
    let cards = scorecards::blind_cards(tx, actor, look.period.since(tx.now))?;
    let used = reading::used_versions(&cards, look.level);
    let versions = rubrics::several(tx, &used.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
    Scores::new(look, &cards, &used, versions)
}
