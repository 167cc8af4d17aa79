//! SQL of what can be shown.

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;

use super::super::model::{NewProof, Proof, ProofId, ProofKind};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::AccountId;
use crate::schema::proofs;

type Columns = (proofs::id, proofs::kind, proofs::title, proofs::url, proofs::shows, proofs::version, proofs::saved_at);
type Row = (ProofId, ProofKind, String, String, String, i32, DateTime<Utc>);

const COLUMNS: Columns = (proofs::id, proofs::kind, proofs::title, proofs::url, proofs::shows, proofs::version, proofs::saved_at);

fn proof((id, kind, title, url, shows, version, saved_at): Row) -> Proof {
    Proof { id, kind, title, url, shows, version, saved_at }
}

/// All, in their order.
pub fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<Proof>> {
    let rows: Vec<Row> =
        proofs::table.filter(proofs::account_id.eq(account)).order((proofs::position, proofs::id)).select(COLUMNS).load(tx.conn())?;
    Ok(rows.into_iter().map(proof).collect())
}

/// Their order, held until the commit.
pub fn hold(tx: &mut Tx, account: AccountId) -> Result<Vec<ProofId>> {
    Ok(proofs::table
        .filter(proofs::account_id.eq(account))
        .order((proofs::position, proofs::id))
        .select(proofs::id)
        .for_update()
        .load(tx.conn())?)
}

pub fn find(tx: &mut Tx, account: AccountId, id: ProofId) -> Result<Option<Proof>> {
    let row: Option<Row> = proofs::table.find((account.0, id.0)).select(COLUMNS).first(tx.conn()).optional()?;
    Ok(row.map(proof))
}

/// The same, held until the commit.
pub fn lock(tx: &mut Tx, account: AccountId, id: ProofId) -> Result<Option<Proof>> {
    let row: Option<Row> = proofs::table.find((account.0, id.0)).select(COLUMNS).for_update().first(tx.conn()).optional()?;
    Ok(row.map(proof))
}

/// Puts it last.
pub fn insert(tx: &mut Tx, account: AccountId, new: &NewProof) -> Result<Proof> {
    let (id, now) = (tx.new_id::<ProofId>(), tx.now);
    let last: Option<i32> = proofs::table.filter(proofs::account_id.eq(account)).select(max(proofs::position)).first(tx.conn())?;
    let row: Row = diesel::insert_into(proofs::table)
        .values((
            proofs::account_id.eq(account),
            proofs::id.eq(id),
            proofs::position.eq(last.unwrap_or_default() + 1),
            proofs::kind.eq(new.kind),
            proofs::title.eq(&new.title),
            proofs::url.eq(&new.url),
            proofs::shows.eq(&new.shows),
            proofs::saved_at.eq(now),
        ))
        .returning(COLUMNS)
        .get_result(tx.conn())?;
    Ok(proof(row))
}

pub fn update(tx: &mut Tx, account: AccountId, id: ProofId, new: &NewProof) -> Result<Proof> {
    let now = tx.now;
    let row: Row = diesel::update(proofs::table.find((account.0, id.0)))
        .set((
            proofs::kind.eq(new.kind),
            proofs::title.eq(&new.title),
            proofs::url.eq(&new.url),
            proofs::shows.eq(&new.shows),
            proofs::version.eq(proofs::version + 1),
            proofs::saved_at.eq(now),
        ))
        .returning(COLUMNS)
        .get_result(tx.conn())?;
    Ok(proof(row))
}

/// Gives each its place in this order; what they say stays as it is, with its version.
pub fn order(tx: &mut Tx, account: AccountId, order: &[ProofId]) -> Result<()> {
    for (place, id) in (1..).zip(order) {
        diesel::update(proofs::table.find((account.0, id.0))).set(proofs::position.eq(place)).execute(tx.conn())?;
    }
    Ok(())
}

pub fn delete(tx: &mut Tx, account: AccountId, id: ProofId) -> Result<usize> {
    Ok(diesel::delete(proofs::table.find((account.0, id.0))).execute(tx.conn())?)
}

/// All that is one's own.
pub fn erase(tx: &mut Tx, account: AccountId) -> Result<()> {
    diesel::delete(proofs::table.filter(proofs::account_id.eq(account))).execute(tx.conn())?;
    Ok(())
}
