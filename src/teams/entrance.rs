//! The ways in that ask for no sign-in: what was filled in is read, the password hashed, and then all of
//! it is done in one transaction, the sign-in included.

use super::model::{Entered, SetUpInput};
use super::service;
use crate::accounts::{self, AccountInput, Visitor};
use crate::platform::config::SignUp;
use crate::platform::db::Door;
use crate::platform::error::{Error, Result};

/// Makes the first owner and team.
pub async fn set_up(visitor: &Visitor, token: String, input: SetUpInput) -> Result<Entered> {
    let looked_at = token.clone();
    visitor.db().read(Door::Anybody, move |tx| accounts::check_set_up(tx, &looked_at)).await?;
    let set_up = input.parse()?;
    let (owner, team) = (set_up.owner.hashed(&visitor.server.passwords).await?, set_up.team);
    let user_agent = visitor.user_agent.clone();
    let (team_id, begun) = visitor
        .write_as_stranger(move |tx| {
            let (account, team) = service::set_up(tx, &token, &owner, &team)?;
            Ok(((team, accounts::begin(tx, account, &user_agent)?), account))
        })
        .await?;
    Ok(Entered { team_id: Some(team_id), sign_in: Some(accounts::give(visitor, begun)) })
}

/// Makes an account for anybody, where the operator wants that.
pub async fn sign_up(visitor: &Visitor, input: AccountInput) -> Result<Entered> {
    check_open(visitor)?;
    let new = input.parse()?.hashed(&visitor.server.passwords).await?;
    let user_agent = visitor.user_agent.clone();
    let begun = visitor
        .write_as_stranger(move |tx| {
            let account = service::register(tx, &new, false)?;
            Ok((accounts::begin(tx, account, &user_agent)?, account))
        })
        .await?;
    Ok(Entered { team_id: None, sign_in: Some(accounts::give(visitor, begun)) })
}

/// Without open sign-up there is no such page.
pub fn check_open(visitor: &Visitor) -> Result<()> {
    if visitor.server.sign_up == SignUp::Open { Ok(()) } else { Err(Error::NotFound) }
}

/// Joins with the account of who is signed in, else with a new one.
pub async fn join(visitor: &Visitor, token: String, input: AccountInput) -> Result<Entered> {
    let looked_at = token.clone();
    let opened = visitor.read(move |tx, actor| service::open_invitation(tx, actor, &looked_at)).await?;
    if opened.you.is_some() {
        let team_id = visitor.write(move |tx, actor| service::join(tx, actor, &token)).await?;
        return Ok(Entered { team_id: Some(team_id), sign_in: None });
    }
    let new = input.parse()?.hashed(&visitor.server.passwords).await?;
    let user_agent = visitor.user_agent.clone();
    let (team_id, begun) = visitor
        .write_as_stranger(move |tx| {
            let (account, team) = service::join_as_new(tx, &token, &new)?;
            Ok(((team, accounts::begin(tx, account, &user_agent)?), account))
        })
        .await?;
    Ok(Entered { team_id: Some(team_id), sign_in: Some(accounts::give(visitor, begun)) })
}
