//! What can be done with résumé claims.

use super::super::model::{CandidateId, ClaimId, ClaimView, MAX_CLAIMS, NewClaim};
use super::super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor};
use crate::web::api::List;

/// A record's claims, in the order in which they were added.
pub fn claims(tx: &mut Tx, actor: &Actor, candidate: CandidateId) -> Result<List<ClaimView>> {
    super::find(tx, actor, candidate)?;
    Ok(List { items: store::claims(tx, actor.team_id()?, candidate)?, next_cursor: None })
}

/// For a scorecard of an interview that the reader was found to see: whoever scores reads the claims, though the
/// record is not theirs to open.
pub fn claims_to_check(tx: &mut Tx, actor: &Actor, candidate: CandidateId) -> Result<Vec<ClaimView>> {
    store::claims(tx, actor.team_id()?, candidate)
}

/// Those of these ids that are or were claims of this candidate.
pub fn known_claims(tx: &mut Tx, actor: &Actor, candidate: CandidateId, ids: &[ClaimId]) -> Result<Vec<ClaimId>> {
    store::known_claims(tx, actor.team_id()?, candidate, ids)
}

pub fn add_claim(tx: &mut Tx, actor: &Actor, candidate: CandidateId, new: &NewClaim) -> Result<ClaimView> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    let team = actor.team_id()?;
    store::lock(tx, team, candidate)?.ok_or(Error::NotFound)?;
    if store::claims(tx, team, candidate)?.len() >= MAX_CLAIMS {
        return Err(Error::conflict(
            "claims-full",
            format!("A record holds up to {MAX_CLAIMS} claims. Remove one that nobody asks about."),
        ));
    }
    store::insert_claim(tx, team, candidate, new, actor.account_or_none())
}

/// Says it anew, if it is still at `version`. Scorecards that are in keep what they were written against.
pub fn update_claim(
    tx: &mut Tx,
    actor: &Actor,
    (candidate, id): (CandidateId, ClaimId),
    version: i32,
    new: &NewClaim,
) -> Result<ClaimView> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    let team = actor.team_id()?;
    let current = store::claim_locked(tx, team, candidate, id)?.ok_or(Error::NotFound)?;
    if current.version != version {
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    store::update_claim(tx, team, id, new)
}

/// It is asked about no more. Scorecards that are in keep it.
pub fn remove_claim(tx: &mut Tx, actor: &Actor, candidate: CandidateId, id: ClaimId) -> Result<()> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    let team = actor.team_id()?;
    store::claim_locked(tx, team, candidate, id)?.ok_or(Error::NotFound)?;
    store::remove_claim(tx, team, id, actor.account_or_none())
}
