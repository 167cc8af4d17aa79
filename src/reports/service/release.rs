//! Giving the report to the candidate, and taking it back.

use serde::Serialize;
use serde_json::json;

use super::super::model::{NewRelease, ReleaseView, named};
use super::super::store;
use super::write::{nothing_written, outdated};
use super::{Desk, not_about_oneself, place};
use crate::interviews::{self, Brief};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::mail::Letter;
use crate::policy::{Act, Actor, InterviewId, allow};

/// Freezes the newest version and lets the candidate read it; an older release gives way. The same
/// version again changes nothing.
pub fn release(tx: &mut Tx, actor: &Actor, id: InterviewId, input: NewRelease) -> Result<ReleaseView> {
    let desk = Desk::reach(tx, actor, id, Act::ReleaseReport)?;
    interviews::lock(tx, actor, id)?;
    let place = place(actor, id)?;
    let draft = store::draft(tx, place)?.ok_or_else(nothing_written)?;
    if input.version.is_some_and(|version| version != draft.version) {
        return Err(Error::Stale { current: json!({"version": draft.version}) });
    }
    let before = store::release(tx, place)?;
    if let Some(standing) = before.as_ref().filter(|standing| standing.view.version == draft.version) {
        return Ok(standing.view.clone());
    }
    if !draft.content.says_something() {
        return Err(Error::conflict("report-empty", "There is nothing in the report yet. Choose something for the candidate to read."));
    }
    if outdated(&desk, &draft) {
        return Err(Error::conflict(
            "report-outdated",
            "Scores or decision changed after the report was saved. Look at it again and save it.",
        ));
    }
    // Asked again: somebody may have joined the panel after it was written.
    if let Some(name) = draft.content.texts().find_map(|text| named(text, &desk.panel)) {
        return Err(Error::conflict("report-names-somebody", format!("The report names {name}. Leave the name away, and save it.")));
    }
    store::withdraw(tx, place, actor.account()?)?;
    store::insert_release(tx, place, actor.account()?, &draft)?;
    tell(tx, actor, &desk.found.brief, before.is_some())?;
    store::release(tx, place)?.map(|release| release.view).ok_or_else(|| Error::Internal(anyhow::anyhow!("a release without a row")))
}

/// The candidate can read it no more. What was released stays known.
pub fn withdraw(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<()> {
    let found = interviews::find(tx, actor, id)?;
    allow(&found.standing, Act::ReleaseReport)?;
    not_about_oneself(&found)?;
    interviews::lock(tx, actor, id)?;
    if !store::withdraw(tx, place(actor, id)?, actor.account()?)? {
        return Err(Error::conflict("not-released", "The candidate cannot read the report as it is."));
    }
    Ok(())
}

/// What the letter says. Nothing of the report: it is read on phones and forwarded.
#[derive(Serialize)]
struct Words<'a> {
    team: &'a str,
    held_on: String,
    /// None for a guest, whose link is known to nobody but them.
    path: Option<String>,
    again: bool,
}

fn tell(tx: &mut Tx, actor: &Actor, brief: &Brief, again: bool) -> Result<()> {
    let team = actor.team()?;
    let address = match brief.candidate_account {
        Some(account) => store::address(tx, account)?,
        None => brief.candidate_email.clone(),
    };
    let Some(address) = address else { return Ok(()) };
    let held = brief.facts.started_at.unwrap_or(brief.starts_at).with_timezone(&brief.time_zone);
    let words = Words {
        team: &team.name,
        held_on: held.format("%-d %B %Y").to_string(),
        path: brief.candidate_account.map(|_| format!("/teams/{}/interviews/{}/report", team.id, brief.id)),
        again,
    };
    tx.post(&Letter::new("report-released", &brief.candidate_name, address, words)?.of_team(team.id.0))
}
