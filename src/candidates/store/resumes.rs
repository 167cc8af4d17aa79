//! SQL of the files that were put to records.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::super::model::CandidateId;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::resumes::Resume;
use crate::schema::{accounts, candidate_resumes};

pub struct ResumeRow {
    pub resume: Resume,
    pub version: i32,
    pub imported_by: Option<String>,
    pub imported_at: DateTime<Utc>,
}

pub fn resume(tx: &mut Tx, team: TeamId, candidate: CandidateId) -> Result<Option<ResumeRow>> {
    let row: Option<(Value, i32, Option<String>, DateTime<Utc>)> = candidate_resumes::table
        .left_join(accounts::table.on(candidate_resumes::imported_by.eq(accounts::id.nullable())))
        .filter(candidate_resumes::team_id.eq(team).and(candidate_resumes::candidate_id.eq(candidate)))
        .select((candidate_resumes::content, candidate_resumes::version, accounts::name.nullable(), candidate_resumes::imported_at))
        .first(tx.conn())
        .optional()?;
    let Some((content, version, imported_by, imported_at)) = row else { return Ok(None) };
    Ok(Some(ResumeRow { resume: serde_json::from_value(content)?, version, imported_by, imported_at }))
}

/// The record is held by the caller.
pub fn put_resume(
    tx: &mut Tx,
    team: TeamId,
    candidate: CandidateId,
    (resume, version): (&Resume, i32),
    by: Option<AccountId>,
) -> Result<()> {
    let (content, now) = (serde_json::to_value(resume)?, tx.now);
    let said = (
        candidate_resumes::content.eq(content),
        candidate_resumes::version.eq(version),
        candidate_resumes::imported_by.eq(by),
        candidate_resumes::imported_at.eq(now),
    );
    diesel::insert_into(candidate_resumes::table)
        .values((candidate_resumes::team_id.eq(team), candidate_resumes::candidate_id.eq(candidate), said.clone()))
        .on_conflict((candidate_resumes::team_id, candidate_resumes::candidate_id))
        .do_update()
        .set(said)
        .execute(tx.conn())?;
    Ok(())
}

pub fn delete_resume(tx: &mut Tx, team: TeamId, candidate: CandidateId) -> Result<()> {
    diesel::delete(candidate_resumes::table.find((team.0, candidate.0))).execute(tx.conn())?;
    Ok(())
}
