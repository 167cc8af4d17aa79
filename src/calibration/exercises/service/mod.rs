//! What can be done with gold interviews and exercises.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use super::model::{ExerciseId, GoldId, GoldVersion, GoldVersionId};
use super::progress::Progress;
use super::store::exercises::ExerciseRow;
use super::store::{self};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::frozen::Shelf;
use crate::policy::{AccountId, Act, Actor, TeamId, may};

mod audio;
mod built_in;
mod experts;
mod from_interview;
mod making;
mod own_data;
mod readiness;
mod running;
mod scoring;
mod together;

pub use audio::{bring_audio, gold_heard_from, hear_gold, remove_audio};
pub use built_in::import_built_in;
pub use experts::*;
pub use from_interview::*;
pub use making::*;
pub use own_data::*;
pub use readiness::*;
pub use running::*;
pub use scoring::*;
pub use together::*;

static VERSIONS: LazyLock<Shelf<GoldVersion>> = LazyLock::new(|| Shelf::new(500));

/// A version by its id, for a caller who has been let in already. It holds the reference.
fn version(tx: &mut Tx, id: GoldVersionId) -> Result<Arc<GoldVersion>> {
    load(tx, &[id])?.pop().ok_or(Error::NotFound)
}

/// In the order of `ids`, without those that are another team's.
fn load(tx: &mut Tx, ids: &[GoldVersionId]) -> Result<Vec<Arc<GoldVersion>>> {
    VERSIONS.take(tx, ids, store::library::load, |tx, team, ids| store::versions::load(tx, TeamId(team), ids))
}

/// The newest version of each that is published and not retired, the team's own first.
fn newest(tx: &mut Tx, team: TeamId) -> Result<Vec<Arc<GoldVersion>>> {
    let mut ids = store::versions::list_ids(tx, team)?;
    ids.extend(store::library::list_ids(tx)?);
    let mut versions = load(tx, &ids)?;
    // The newest version of each comes first.
    versions.dedup_by(|later, first| later.gold == first.gold);
    Ok(versions)
}

/// How far these exercises have come, each with everybody in it.
fn progress(tx: &mut Tx, team: TeamId, rows: Vec<ExerciseRow>) -> Result<Vec<Progress>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let interviews = store::exercises::interviews(tx, team, &ids)?;
    let members = store::exercises::members(tx, team, &ids)?;
    let accounts: Vec<AccountId> = members.iter().map(|(_, account)| *account).collect();
    let golds: Vec<GoldId> = interviews.iter().map(|row| row.gold).collect();
    let given = store::scores::given(tx, team, &accounts, &golds)?;
    let makers: HashSet<_> = store::scores::makers(tx, team, &golds)?.into_iter().collect();
    let now = tx.now;
    let of = |exercise: ExerciseRow| Progress {
        interviews: interviews.iter().filter(|row| row.exercise == exercise.id).copied().collect(),
        members: members.iter().filter(|(id, _)| *id == exercise.id).map(|(_, account)| *account).collect(),
        given: given.clone(),
        makers: makers.clone(),
        now,
        exercise,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// What the reader may not learn of yet, since it waits to be scored or is held back, and of whose reference they may.
struct Sight {
    /// Still to be scored, in an exercise or begun alone.
    owed: HashSet<GoldId>,
    /// The exercise in which each of them waits, the first deadline first.
    waits_in: HashMap<GoldId, ExerciseId>,
    /// Held back from them until a discussion is over.
    hidden: HashSet<GoldId>,
    /// Scored once, or made by them.
    known: HashSet<GoldId>,
}

impl Sight {
    fn of(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Self> {
        let rows = store::exercises::open_for(tx, team, account)?;
        let open = progress(tx, team, rows)?;
        let own = store::scores::own(tx, team, account)?;
        let begun = own.iter().filter(|row| row.submitted_at.is_none()).map(|row| row.gold);
        let submitted = own.iter().filter(|row| row.submitted_at.is_some()).map(|row| row.gold);
        let mut waits_in = HashMap::new();
        for progress in &open {
            for gold in progress.owed(account) {
                waits_in.entry(gold).or_insert(progress.exercise.id);
            }
        }
        Ok(Sight {
            owed: waits_in.keys().copied().chain(begun).collect(),
            waits_in,
            hidden: open.iter().flat_map(|progress| progress.hidden(account)).collect(),
            known: submitted.chain(store::scores::made(tx, team, account)?).collect(),
        })
    }

    /// Whether the reference of this interview, and what others gave to it, may be shown.
    fn sees(&self, gold: GoldId) -> bool {
        self.known.contains(&gold) && !self.owed.contains(&gold)
    }
}

/// Whether this reader makes exercises and gold interviews.
pub fn leads_exercises(actor: &Actor) -> bool {
    may(&actor.standing(), Act::LeadExercises)
}
