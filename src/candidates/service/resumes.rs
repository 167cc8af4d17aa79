//! What can be done with the résumé of a record.

use super::super::model::{CandidateId, CandidateResume, CandidateView, ClaimView, MAX_CLAIMS, NewClaim, ResumeSource, TakeClaims};
use super::super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor};
use crate::resumes::{self, Brought, MOST_SUGGESTED, Resume, ResumeTemplate, Suggestion};
use crate::web::api::List;

/// What the record's person has sent, else the file that was put to it.
pub fn resume(tx: &mut Tx, actor: &Actor, id: CandidateId) -> Result<CandidateResume> {
    let candidate = super::find(tx, actor, id)?;
    load(tx, actor, &candidate)
}

/// For the panel of an interview that the reader was found to score in or to lead: they read it with the claims,
/// though the record is not theirs to open.
pub fn resume_to_read(tx: &mut Tx, actor: &Actor, id: CandidateId) -> Result<CandidateResume> {
    let candidate = store::find(tx, actor.team_id()?, id)?.ok_or(Error::NotFound)?;
    load(tx, actor, &candidate)
}

fn load(tx: &mut Tx, actor: &Actor, candidate: &CandidateView) -> Result<CandidateResume> {
    let team = actor.team_id()?;
    let file = store::resume(tx, team, candidate.id)?;
    let sent = match &candidate.account {
        Some(account) => resumes::sent_to(tx, team, account.id)?,
        None => None,
    };
    let version = file.as_ref().map_or(0, |file| file.version);
    Ok(match (sent, file) {
        (Some(sent), _) => CandidateResume {
            resume: Some(sent.resume),
            source: Some(ResumeSource::Sent),
            template: sent.template,
            at: Some(sent.sent_at),
            imported_by: None,
            version,
        },
        (None, Some(file)) => CandidateResume {
            resume: Some(file.resume),
            source: Some(ResumeSource::Imported),
            template: ResumeTemplate::ByTime,
            at: Some(file.imported_at),
            imported_by: file.imported_by,
            version,
        },
        (None, None) => {
            CandidateResume { resume: None, source: None, template: ResumeTemplate::ByTime, at: None, imported_by: None, version }
        }
    })
}

/// Whether this reader may bring files at all: asked before one is read.
pub fn may_import_resume(_: &mut Tx, actor: &Actor) -> Result<()> {
    policy::allow(&actor.standing(), Act::ManageCandidates)
}

/// The file that is on the record now, whether or not it is what is read there, and its version.
pub fn file_on_record(tx: &mut Tx, actor: &Actor, id: CandidateId) -> Result<Option<(Resume, i32)>> {
    super::find(tx, actor, id)?;
    Ok(store::resume(tx, actor.team_id()?, id)?.map(|file| (file.resume, file.version)))
}

/// Puts a file to the record in the place of the one that is there, if that is still at `version`.
pub fn import_resume(tx: &mut Tx, actor: &Actor, id: CandidateId, version: i32, brought: &Brought) -> Result<CandidateResume> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    let team = actor.team_id()?;
    store::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    let current = resume(tx, actor, id)?;
    if current.version != version {
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    store::put_resume(tx, team, id, (&brought.resume, version + 1), actor.account_or_none())?;
    resume(tx, actor, id)
}

/// Takes the file off the record. What the person has sent is theirs to take back.
pub fn remove_resume(tx: &mut Tx, actor: &Actor, id: CandidateId) -> Result<()> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    let team = actor.team_id()?;
    store::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    store::delete_resume(tx, team, id)
}

/// What of the résumé can be asked about and is no claim yet, as far as there is room for more claims.
pub fn suggested_claims(tx: &mut Tx, actor: &Actor, id: CandidateId) -> Result<List<Suggestion>> {
    let known: Vec<String> = super::claims(tx, actor, id)?.items.into_iter().map(|claim| claim.text).collect();
    let resume = resume(tx, actor, id)?.resume.unwrap_or_default();
    let room = MAX_CLAIMS.saturating_sub(known.len()).min(MOST_SUGGESTED);
    Ok(List { items: resumes::suggestions(&resume, &known, room), next_cursor: None })
}

/// Makes suggestions claims, these or all. Each can be said anew or removed afterwards as any claim.
pub fn take_claims(tx: &mut Tx, actor: &Actor, id: CandidateId, take: &TakeClaims) -> Result<List<ClaimView>> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    store::lock(tx, actor.team_id()?, id)?.ok_or(Error::NotFound)?;
    let mut suggested = suggested_claims(tx, actor, id)?.items;
    if let Some(texts) = &take.texts {
        if texts.iter().any(|text| !suggested.iter().any(|suggestion| suggestion.text == *text)) {
            return Err(Error::conflict(
                "not-suggested",
                "This is not suggested any more: it is a claim already, the record is full, or the résumé has changed. Look at the record again.",
            ));
        }
        suggested.retain(|suggestion| texts.contains(&suggestion.text));
    }
    let mut taken = Vec::new();
    for Suggestion { text, detail } in suggested {
        taken.push(super::add_claim(tx, actor, id, &NewClaim { text, detail })?);
    }
    Ok(List { items: taken, next_cursor: None })
}
