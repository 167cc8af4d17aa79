//! The demo team: people, a year of interviews, one interview in each stage of its life, and an
//! exercise that some have scored and others not.
//!
//! Always true: it is made through the services that people use, with the clock set to when things
//! happened, so it can hold nothing that the product would refuse; the same seed gives the same scores;
//! it is made in an empty database only. On a filled one it sets the demo accounts' password anew and
//! touches nothing else.

mod cast;
mod chance;
mod exercise;
mod past;
mod practising;
mod present;
mod stage;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use crate::accounts;
use crate::platform::db::{Db, Door};
use crate::platform::error::Result;
use crate::platform::mail::Letters;
use stage::Stage;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// The database was empty and has the demo team now.
    Made,
    /// It was filled; so many demo accounts have the password now.
    PasswordsSet(usize),
}

/// Fills an empty database as of `now`. `password_hash` becomes that of every demo account. The mails the
/// story wrote count as sent long ago.
pub fn fill(database_url: &SecretString, letters: Arc<dyn Letters>, now: DateTime<Utc>, password_hash: &str) -> anyhow::Result<Filled> {
    let (clock, time) = stage::clock(now);
    let db = Db::open(database_url, 2, clock, letters)?;
    if !db.write_here(Door::Anybody, accounts::is_empty)? {
        let set = db.write_here(Door::Anybody, |tx| set_passwords(tx, password_hash))?;
        return Ok(Filled::PasswordsSet(set));
    }
    let stage = Stage::set_up(db, time, now, password_hash)?;
    past::play(&stage)?;
    stage.measure()?;
    practising::play(&stage)?;
    present::play(&stage)?;
    exercise::play(&stage)?;
    stage.close()?;
    Ok(Filled::Made)
}

fn set_passwords(tx: &mut crate::platform::db::Tx, hash: &str) -> Result<usize> {
    let mut set = 0;
    for member in cast::MEMBERS {
        set += usize::from(accounts::set_password_of(tx, member.email, hash)?);
    }
    Ok(set)
}
