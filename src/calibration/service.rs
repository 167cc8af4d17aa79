//! What can be asked of calibration, and sharing one's own severity.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::exercises;
use super::model::{Look, OwnCalibration, TeamCalibration};
use super::reading::{self, Scores};
use super::{second_scoring, store};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, TeamId};
use crate::rubrics;
use crate::scorecards;

/// What calibration is computed from, as one reader may see it. The statistics of a large team take a while: they are
/// computed when the transaction that read this is over, so no connection waits for them.
pub struct Read {
    scores: Scores,
    reader: AccountId,
    shares: HashMap<AccountId, DateTime<Utc>>,
}

impl Read {
    /// The team's calibration, read by [`team`].
    pub async fn team(self) -> Result<TeamCalibration> {
        computed(move || reading::team(&self.scores, self.reader, &self.shares)).await
    }

    /// One's own, read by [`own`].
    pub async fn own(self) -> Result<OwnCalibration> {
        let shared_since = self.shares.get(&self.reader).copied();
        computed(move || OwnCalibration { shared_since, ..reading::own(&self.scores, self.reader) }).await
    }
}

/// The team's calibration, for its leads.
pub fn team(tx: &mut Tx, actor: &Actor, look: Look) -> Result<Read> {
    policy::allow(&actor.standing(), Act::ReadCalibration)?;
    read(tx, actor, look)
}

/// One's own, for everybody who interviews.
pub fn own(tx: &mut Tx, actor: &Actor, look: Look) -> Result<Read> {
    policy::allow(&actor.standing(), Act::ReadOwnCalibration)?;
    read(tx, actor, look)
}

fn read(tx: &mut Tx, actor: &Actor, look: Look) -> Result<Read> {
    let scores = scores(tx, actor, look)?;
    Ok(Read { scores, reader: actor.account()?, shares: store::shares(tx, actor.team_id()?)? })
}

async fn computed<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.into()))
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
