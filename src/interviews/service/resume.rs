//! The candidate's résumé, for who asks about it.

use super::super::read;
use crate::candidates::{self, CandidateResume};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor, InterviewId};

/// Read by who reads the kit and marks the claims: it is the candidate's own words, and nobody's judgement.
pub fn resume(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<(String, CandidateResume)> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::ReadKit)?;
    let resume = candidates::resume_to_read(tx, actor, found.brief.candidate_id)?;
    Ok((found.brief.candidate_name, resume))
}
