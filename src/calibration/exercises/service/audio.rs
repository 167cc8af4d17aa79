//! The sound of a team's gold interview, heard beside its transcript.

use super::super::model::{GoldAudio, GoldId, MakingView};
use super::super::store::{audio, experts, making, scores};
use super::making::show_making;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::files;
use crate::policy::{self, Act, Actor, TeamId, may};
use crate::recordings::{self, Place};

/// Brings a file, in place of the one before. As with the words, who scores it as an expert hears what everybody hears
/// later, so nothing changes once the first is in; and an interview that was held is heard only with recorded consent.
pub fn bring_audio(tx: &mut Tx, actor: &Actor, id: GoldId, content: &[u8]) -> Result<MakingView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let row = making::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    if row.interview.is_some() && row.consent.is_none() {
        return Err(Error::conflict("no-consent", "Nobody has written down that the candidate agreed. Without consent it is not heard."));
    }
    if experts::list(tx, team, id)?.iter().any(|expert| expert.submitted_at.is_some()) {
        let detail = "An expert has scored it as it is. Its sound can be taken away, and not changed any more.";
        return Err(Error::conflict("scored-already", detail));
    }
    if content.len() > files::LARGEST {
        return Err(Error::TooLarge { limit: files::LARGEST });
    }
    drop_audio(tx, team, id)?;
    let place = recordings::bring(tx, team, content)?;
    audio::put(tx, id, place, actor.account_or_none())?;
    making::note_maker(tx, team, id, actor.account()?)?;
    show_making(tx, actor, id)
}

/// Takes it away, at any time and from every version: whoever is heard may change their mind.
pub fn remove_audio(tx: &mut Tx, actor: &Actor, id: GoldId) -> Result<()> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    making::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    drop_audio(tx, team, id)
}

fn drop_audio(tx: &mut Tx, team: TeamId, id: GoldId) -> Result<()> {
    let Some((place, _)) = audio::find(tx, team, id)? else { return Ok(()) };
    audio::forget(tx, team, id)?;
    recordings::remove(tx, place)
}

/// What can be heard of it, for who may.
pub fn hear_gold(tx: &mut Tx, actor: &Actor, id: GoldId) -> Result<recordings::Recording> {
    let place = audible(tx, actor, id)?;
    recordings::find(tx, place)?.ok_or(Error::NotFound)
}

/// Its bytes from this one on, as far as one part goes.
pub fn gold_heard_from(tx: &mut Tx, actor: &Actor, id: GoldId, byte: u64) -> Result<Vec<u8>> {
    let place = audible(tx, actor, id)?;
    recordings::bytes_from(tx, place, byte)
}

/// Who reads its transcript may hear it: who makes it, who was asked as an expert, and who has begun to score it.
fn audible(tx: &mut Tx, actor: &Actor, id: GoldId) -> Result<Place> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let reads = may(&actor.standing(), Act::LeadExercises)
        || experts::list(tx, team, id)?.iter().any(|expert| expert.account == account)
        || scores::own(tx, team, account)?.iter().any(|row| row.gold == id);
    let found = audio::find(tx, team, id)?.filter(|_| reads);
    found.map(|(place, _)| place).ok_or(Error::NotFound)
}

/// What there is to be heard beside a transcript.
pub(super) fn audio_of(tx: &mut Tx, team: TeamId, id: GoldId) -> Result<Option<GoldAudio>> {
    Ok(audio::find(tx, team, id)?.map(|(_, audio)| audio))
}
