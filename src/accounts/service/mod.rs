//! What can be done with accounts and sign-ins.

mod own_data;
mod passwords;
mod set_up;
mod sign_ins;

use super::model::{AccountChange, AccountView, NewAccount};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, Actor};

pub use own_data::{actor_in, erase, own_data};
pub use passwords::{change_password, check_reset, hold_password, request_reset, reset_password, send_reset};
pub use set_up::{check_set_up, is_empty, offer_set_up, use_set_up};
pub use sign_ins::{
    Try, begin, end_other_sign_ins, end_sign_in, list_sign_ins, sign_in, sign_in_with, sign_out, try_failed, try_forgotten, try_password,
};

/// Makes an account. Its personal team is made by `teams`, which drives this.
pub fn create_account(tx: &mut Tx, new: &NewAccount, operator: bool) -> Result<AccountId> {
    store::insert_account(tx, new, operator)
}

/// Changes one's own name and zone.
pub fn change_account(tx: &mut Tx, actor: &Actor, change: &AccountChange) -> Result<AccountView> {
    let id = actor.account()?;
    let now = store::find_account(tx, id)?;
    let (name, time_zone) = change.parse(&now)?;
    store::update_account(tx, id, &name, time_zone)?;
    Ok(AccountView { name, time_zone, ..now })
}

/// Sets the password of the account with this address, as the operator of the demo does; false when there is none.
pub fn set_password_of(tx: &mut Tx, email: &str, hash: &str) -> Result<bool> {
    let Some(account) = store::find_credentials(tx, email)? else { return Ok(false) };
    store::update_password(tx, account.id, hash)?;
    Ok(true)
}
