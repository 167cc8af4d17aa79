//! Tries at a password.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::schema::sign_in_failures;

/// Lets the tries with this key come one after the other until the commit, so that no two are counted as one.
pub fn lock_tries(tx: &mut Tx, key: &str) -> Result<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind::<Text, _>(key).execute(tx.conn())?;
    Ok(())
}

/// Tries with these keys since `since`, the most of any key.
pub fn count_tries(tx: &mut Tx, keys: &[String], since: DateTime<Utc>) -> Result<i64> {
    let counts: Vec<i64> = sign_in_failures::table
        .filter(sign_in_failures::key.eq_any(keys).and(sign_in_failures::failed_at.gt(since)))
        .group_by(sign_in_failures::key)
        .select(diesel::dsl::count_star())
        .load(tx.conn())?;
    Ok(counts.into_iter().max().unwrap_or(0))
}

pub fn insert_try(tx: &mut Tx, key: &str) -> Result<Uuid> {
    let (id, now) = (tx.new_id::<Uuid>(), tx.now);
    diesel::insert_into(sign_in_failures::table)
        .values((sign_in_failures::id.eq(id), sign_in_failures::key.eq(key), sign_in_failures::failed_at.eq(now)))
        .execute(tx.conn())?;
    Ok(id)
}

pub fn delete_try(tx: &mut Tx, id: Uuid) -> Result<()> {
    diesel::delete(sign_in_failures::table.find(id)).execute(tx.conn())?;
    Ok(())
}

pub fn delete_tries_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::failed_at.lt(before))).execute(tx.conn())?;
    Ok(())
}
