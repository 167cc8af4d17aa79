//! Rows that never change, kept in the process, so that they are read once.
//!
//! What never changes is never stale. Whose it is stands in it: what belongs to a team is given to that team
//! alone, whoever brought it here.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use moka::sync::Cache;
use uuid::Uuid;

use super::db::Tx;
use super::error::Result;

/// A row that never changes.
pub trait Frozen: Send + Sync + 'static {
    type Id: Copy + Eq + Hash + Send + Sync + 'static;

    fn id(&self) -> Self::Id;

    /// Whose it is; none: everybody's, as what is built in.
    fn team(&self) -> Option<Uuid>;
}

/// The rows this process has read.
pub struct Shelf<V: Frozen>(Cache<V::Id, Arc<V>>);

impl<V: Frozen> Shelf<V> {
    /// As many as this at most; the least used go.
    pub fn new(most: u64) -> Self {
        Shelf(Cache::new(most))
    }

    /// In the order of `ids`, without those that are another team's than the transaction's. What is not here is
    /// asked for once among what is built in, and what is left once among the team's own.
    pub fn take(
        &self,
        tx: &mut Tx,
        ids: &[V::Id],
        built_in: impl FnOnce(&mut Tx, &[V::Id]) -> Result<Vec<V>>,
        own: impl FnOnce(&mut Tx, Uuid, &[V::Id]) -> Result<Vec<V>>,
    ) -> Result<Vec<Arc<V>>> {
        let team = tx.team();
        let mut found: HashMap<_, _> = ids.iter().filter_map(|id| self.0.get(id).map(|row| (*id, row))).collect();
        let mut missing: Vec<_> = ids.iter().filter(|id| !found.contains_key(*id)).copied().collect();
        if !missing.is_empty() {
            let mut read = built_in(tx, &missing)?;
            missing.retain(|id| read.iter().all(|row| row.id() != *id));
            if let (Some(team), false) = (team, missing.is_empty()) {
                read.extend(own(tx, team, &missing)?);
            }
            for row in read.into_iter().map(Arc::new) {
                self.0.insert(row.id(), Arc::clone(&row));
                found.insert(row.id(), row);
            }
        }
        let visible = |row: &&Arc<V>| row.team().is_none() || row.team() == team;
        Ok(ids.iter().filter_map(|id| found.get(id).filter(visible).cloned()).collect())
    }
}
