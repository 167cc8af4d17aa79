//! Pads and their updates.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::super::pad::{AT_ONCE, CheckedUpdate, Language, PadAuthor, PadUpdate};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::question_sets::QuestionId;
use crate::schema::{pad_updates as updates, pads};

/// Whose pad.
#[derive(Debug, Clone, Copy)]
pub struct PadPlace {
    pub team: TeamId,
    pub interview: InterviewId,
    pub question: QuestionId,
}

impl PadPlace {
    fn key(self) -> (Uuid, Uuid, Uuid) {
        (self.team.0, self.interview.0, self.question.0)
    }
}

/// The number of its newest update and the bytes of all, held until the commit: whoever adds an update waits here.
pub fn hold_pad(tx: &mut Tx, place: PadPlace) -> Result<Option<(i64, i64)>> {
    Ok(pads::table.find(place.key()).select((pads::last_number, pads::bytes)).for_no_key_update().first(tx.conn()).optional()?)
}

/// Makes it, or names its language anew.
pub fn open_pad(tx: &mut Tx, place: PadPlace, language: Language, by: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(pads::table)
        .values((
            pads::team_id.eq(place.team),
            pads::interview_id.eq(place.interview),
            pads::question_id.eq(place.question),
            pads::language.eq(language),
            pads::opened_by.eq(by),
            pads::opened_at.eq(now),
        ))
        .on_conflict((pads::team_id, pads::interview_id, pads::question_id))
        .do_update()
        .set(pads::language.eq(language))
        .execute(tx.conn())?;
    Ok(())
}

/// The number under which an update is there already.
pub fn number_of(tx: &mut Tx, place: PadPlace, key: Uuid) -> Result<Option<i64>> {
    Ok(of(place).filter(updates::key.eq(key)).select(updates::number).first(tx.conn()).optional()?)
}

/// Adds an update under the next number. The pad is held by the caller.
pub fn add_update(tx: &mut Tx, place: PadPlace, number: i64, (person, candidate): (Uuid, bool), update: &CheckedUpdate) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(updates::table)
        .values((
            updates::team_id.eq(place.team),
            updates::interview_id.eq(place.interview),
            updates::question_id.eq(place.question),
            updates::number.eq(number),
            updates::key.eq(update.key),
            updates::person_id.eq(person),
            updates::candidate.eq(candidate),
            updates::content.eq(&update.bytes),
            updates::made_at.eq(now),
        ))
        .execute(tx.conn())?;
    let grown = pads::bytes.eq(pads::bytes + update.bytes.len() as i64);
    diesel::update(pads::table.find(place.key())).set((pads::last_number.eq(number), grown)).execute(tx.conn())?;
    Ok(())
}

/// Those after a number, in their order, and no more than come at once.
pub fn updates_after(tx: &mut Tx, place: PadPlace, after: i64) -> Result<Vec<PadUpdate>> {
    let rows: Vec<(i64, Vec<u8>, bool, DateTime<Utc>)> = of(place)
        .filter(updates::number.gt(after))
        .order(updates::number)
        .limit(AT_ONCE)
        .select((updates::number, updates::content, updates::candidate, updates::made_at))
        .load(tx.conn())?;
    let update = |(number, content, candidate, made_at): (i64, Vec<u8>, bool, DateTime<Utc>)| PadUpdate {
        number,
        update: BASE64.encode(content),
        by: if candidate { PadAuthor::Candidate } else { PadAuthor::Panel },
        made_at,
    };
    Ok(rows.into_iter().map(update).collect())
}

/// When an update was made.
pub fn made_at(tx: &mut Tx, place: PadPlace, number: i64) -> Result<Option<DateTime<Utc>>> {
    Ok(of(place).filter(updates::number.eq(number)).select(updates::made_at).first(tx.conn()).optional()?)
}

/// The contents up to a number, in their order.
pub fn contents(tx: &mut Tx, place: PadPlace, until: i64) -> Result<Vec<Vec<u8>>> {
    Ok(of(place).filter(updates::number.le(until)).order(updates::number).select(updates::content).load(tx.conn())?)
}

/// The contents of all pads of an interview, each in their order.
pub fn all_contents(tx: &mut Tx, team: TeamId, interview: InterviewId) -> Result<HashMap<QuestionId, Vec<Vec<u8>>>> {
    let rows: Vec<(QuestionId, Vec<u8>)> = updates::table
        .filter(updates::team_id.eq(team).and(updates::interview_id.eq(interview)))
        .order((updates::question_id, updates::number))
        .select((updates::question_id, updates::content))
        .load(tx.conn())?;
    let mut contents: HashMap<QuestionId, Vec<Vec<u8>>> = HashMap::new();
    for (question, content) in rows {
        contents.entry(question).or_default().push(content);
    }
    Ok(contents)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn of(place: PadPlace) -> _ {
    let team: TeamId = place.team;
    let interview: InterviewId = place.interview;
    let question: QuestionId = place.question;
    updates::table.filter(updates::team_id.eq(team).and(updates::interview_id.eq(interview)).and(updates::question_id.eq(question)))
}
