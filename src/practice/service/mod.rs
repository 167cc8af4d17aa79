//! What can be done in practice. Everything here is its author's alone, but for what they share with one person.

use chrono::NaiveDate;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, AccountId, Act, Actor, TeamId};

mod aloud;
mod answering;
mod asking;
mod desk;
mod export;
mod hearing;
mod mocks;
mod plan;
mod progress;
mod scoring;
mod sharing;
mod side;
mod view;

pub use aloud::*;
pub use answering::*;
pub use asking::*;
pub use desk::*;
pub use export::*;
pub use hearing::*;
pub use mocks::*;
pub use plan::*;
pub use progress::*;
pub use scoring::*;
pub use sharing::*;
pub use side::*;
pub use view::*;

/// A write whose line of the audit stands where only its author reads it: a team learns not even that its members
/// practise.
pub fn privately<T>(work: impl FnOnce(&mut Tx, &Actor) -> Result<T>) -> impl FnOnce(&mut Tx, &Actor) -> Result<T> {
    |tx, actor| {
        let done = work(tx, actor)?;
        tx.enter_account(actor.account()?.0)?;
        Ok(done)
    }
}

/// Who practises, and where.
fn author(actor: &Actor) -> Result<(TeamId, AccountId)> {
    policy::allow(&actor.standing(), Act::Practise)?;
    Ok((actor.team_id()?, actor.account()?))
}

/// The day it is for this person.
fn today(tx: &Tx, actor: &Actor) -> NaiveDate {
    tx.now.with_timezone(&actor.time_zone()).date_naive()
}
