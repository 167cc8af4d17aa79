//! What can be done with scorecards. Reading is in `read`.

use super::model::{Card, NewRevision, Save, Saved, check_complete};
use super::read;
use super::store::{self, Autosave, NewRow, Place, Refusal};
use crate::candidates;
use crate::interviews::{self, Brief, Found};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId};
use crate::rubrics;

pub use super::store::{erase_drafts, of_author};

/// Saves a part of one's own draft and gives its new version. Authorisation, version and idempotency are
/// asked by the one statement that writes; only when it wrote nothing is there another read, to say why.
pub fn save(tx: &mut Tx, actor: &Actor, id: InterviewId, save: &Save) -> Result<Saved> {
    let Some(account) = actor.account_or_none() else { return Err(not_a_scorer(tx, actor, id)) };
    let place = (actor.team_id()?, id, account);
    let statement = Autosave::new(tx, place, save)?;
    if let Some(version) = statement.run(tx)? {
        return Ok(Saved { version });
    }
    let refusal = store::refusal(tx, place, save.key)?;
    let Some(refusal) = refusal.filter(|refusal| refusal.expected || refusal.earlier.is_some()) else {
        return Err(not_a_scorer(tx, actor, id));
    };
    // An answer that was lost is given again, whatever happened since.
    if let Some((hash, version)) = &refusal.earlier {
        return if *hash == save.body_hash { Ok(Saved { version: *version }) } else { Err(Error::KeyReused) };
    }
    if refusal.card.as_ref().is_some_and(|card| card.submitted_at.is_some()) {
        return Err(already_submitted());
    }
    if save.changes.recommendation.flatten().is_some_and(|word| !word.fits(refusal.mode)) {
        return Err(Error::invalid("recommendation", "Choose one of the words of this kind of interview."));
    }
    save.changes.check_questions(&read::question_ids(tx, actor, id)?)?;
    let candidate = interviews::find(tx, actor, id)?.brief.candidate_id;
    save.changes.check_claims(&candidates::known_claims(tx, actor, candidate, &save.changes.claims())?)?;
    Err(stale_or_full(tx, actor, id, save, refusal)?)
}

/// Saves what a page's form holds. A form holds every field, so what says the same as the card is left
/// out first: a form that changes nothing is saved already, whatever its version.
pub fn save_form(tx: &mut Tx, actor: &Actor, id: InterviewId, form: Save) -> Result<Saved> {
    let card = read::draft(tx, actor, id)?;
    if card.submitted_at.is_some() {
        return Err(already_submitted());
    }
    let changes = form.changes.unlike(&card.content);
    if changes.is_empty() {
        return Ok(Saved { version: card.version });
    }
    save(tx, actor, id, &Save { changes, ..form })
}

/// Freezes one's own card, once nothing is missing. It becomes the first revision, the blind one.
/// The caller, `debriefs`, opens the debrief in the same transaction when this was the last one.
pub fn submit(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Card> {
    let Found { brief, .. } = writable(tx, actor, id)?;
    check_held(tx, &brief)?;
    let place = place(actor, id)?;
    let row = store::own_card_locked(tx, place)?;
    if row.as_ref().is_some_and(|row| row.submitted_at.is_some()) {
        return Err(already_submitted());
    }
    let card = row.as_ref().map(|row| row.id);
    let questions = read::question_ids(tx, actor, id)?;
    let content = read::content(row, &questions, &read::claims(tx, actor, &brief)?)?;
    check_complete(&content, &rubrics::version(tx, brief.rubric_version_id)?.areas)?;
    // A complete card has been saved.
    let card = card.ok_or_else(|| anyhow::anyhow!("a complete card without a row"))?;
    store::mark_submitted(tx, place.0, card)?;
    // Blind, also when the debrief was opened early: who owed this card saw nothing of another's until now.
    store::insert_revision(
        tx,
        place.0,
        &NewRow { card, number: 1, content: &content, author: place.2, reason: "", others_visible: false },
    )?;
    read::draft(tx, actor, id)
}

/// Adds a revision to one's own submitted card: what is different, and why. Nothing before it is changed.
pub fn amend(tx: &mut Tx, actor: &Actor, id: InterviewId, new: &NewRevision) -> Result<Card> {
    let Found { brief, .. } = writable(tx, actor, id)?;
    let (changes, reason) = new.parse()?;
    let place = place(actor, id)?;
    let submitted = store::own_card_locked(tx, place)?.filter(|row| row.submitted_at.is_some());
    let row = submitted.ok_or_else(|| Error::conflict("not-submitted", "Your scorecard is still a draft: change it directly."))?;
    changes.check_questions(&read::question_ids(tx, actor, id)?)?;
    let revisions = store::revisions(tx, place.0, &[row.id], None)?.remove(&row.id).unwrap_or_default();
    let latest = revisions.last().ok_or_else(|| anyhow::anyhow!("a submitted card without a revision"))?;
    let content = latest.content.with(&changes);
    if content == latest.content {
        return Err(Error::invalid("areas", "Change something, or leave the scorecard as it is."));
    }
    if content.recommendation.is_some_and(|word| !word.fits(brief.mode)) {
        return Err(Error::invalid("recommendation", "Choose one of the words of this kind of interview."));
    }
    check_complete(&content, &rubrics::version(tx, brief.rubric_version_id)?.areas)?;
    let others_visible =
        read::reader(tx, actor, id)?.sees_others(brief.facts.debrief_opened_at.is_some()) && store::others_submitted(tx, place)?;
    let number = latest.number + 1;
    let new = NewRow { card: row.id, number, content: &content, author: place.2, reason: &reason, others_visible };
    store::insert_revision(tx, place.0, &new)?;
    read::draft(tx, actor, id)
}

/// One's own seat in an interview that is locked until the commit: submissions, amendments and the
/// opening of the debrief happen one after the other.
fn writable(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Found> {
    read::scorable(tx, actor, id)?;
    interviews::lock(tx, actor, id)?;
    // Asked again under the lock: it may have been cancelled, or the seat have ended, in between.
    Ok(read::scorable(tx, actor, id)?.0)
}

/// A card can be handed in from the interview's start on, or from its planned start where it was held
/// without a room: who has to leave early hands in what they have, and the room need not be ended for it.
fn check_held(tx: &Tx, brief: &Brief) -> Result<()> {
    let facts = &brief.facts;
    if facts.cancelled_at.is_some() || facts.no_show_at.is_some() {
        return Err(Error::conflict("not-held", "This interview was not held, so there is nothing to submit."));
    }
    if facts.started_at.is_none() && (facts.scheduled_at.is_none() || tx.now < brief.starts_at) {
        return Err(Error::conflict("not-started", "The interview has not begun. Submit your scorecard when it is over."));
    }
    Ok(())
}

fn place(actor: &Actor, id: InterviewId) -> Result<Place> {
    Ok((actor.team_id()?, id, actor.account()?))
}

fn already_submitted() -> Error {
    Error::conflict("scorecard-submitted", "Your scorecard is submitted. It can only be amended, with a reason.")
}

/// Not found for who may not see the interview, forbidden for who may.
fn not_a_scorer(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Error {
    match interviews::find(tx, actor, id).and_then(|found| policy::allow(&found.standing, Act::WriteScorecard)) {
        Err(error) => error,
        Ok(()) => read::late(),
    }
}

/// The last two reasons. A stale save is shown the whole newest card.
fn stale_or_full(tx: &mut Tx, actor: &Actor, id: InterviewId, save: &Save, refusal: Refusal) -> Result<Error> {
    let version = refusal.card.as_ref().map_or(0, |card| card.version);
    if version != save.version {
        return Ok(Error::Stale { current: serde_json::to_value(read::draft(tx, actor, id)?)? });
    }
    // What stood against it is gone since: the same again will do.
    Ok(if refusal.full { Error::TooLarge { limit: 1_000_000 } } else { Error::Busy })
}
