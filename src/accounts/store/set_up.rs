//! The token of the set-up page.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::schema::set_up_tokens;

pub fn replace_set_up_token(tx: &mut Tx, hash: Vec<u8>, expires_at: DateTime<Utc>) -> Result<()> {
    let now = tx.now;
    diesel::delete(set_up_tokens::table).execute(tx.conn())?;
    diesel::insert_into(set_up_tokens::table)
        .values((set_up_tokens::token_hash.eq(hash), set_up_tokens::created_at.eq(now), set_up_tokens::expires_at.eq(expires_at)))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether this is the living set-up token.
pub fn find_set_up_token(tx: &mut Tx, hash: &[u8]) -> Result<bool> {
    let now = tx.now;
    let found: Option<Vec<u8>> = set_up_tokens::table
        .filter(set_up_tokens::token_hash.eq(hash).and(set_up_tokens::expires_at.gt(now)))
        .select(set_up_tokens::token_hash)
        .first(tx.conn())
        .optional()?;
    Ok(found.is_some())
}

/// Uses the token up; false when somebody was quicker.
pub fn delete_set_up_token(tx: &mut Tx, hash: &[u8]) -> Result<bool> {
    Ok(diesel::delete(set_up_tokens::table.filter(set_up_tokens::token_hash.eq(hash))).execute(tx.conn())? == 1)
}
