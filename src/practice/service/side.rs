//! Attempts at one question beside each other.

use std::time::{Duration, Instant};

use super::super::model::{AnswerKind, AttemptId, AttemptPhase, AttemptSide, HeardPoints, Pair, PastAttempt, SideBySide};
use super::super::store::attempts::{self, Kept};
use super::super::store::recordings;
use super::super::store::sides::{self, PastRow};
use super::author;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::words;
use crate::policy::{AccountId, Actor};

/// More attempts at one question nobody looks at.
const ATTEMPTS: i64 = 200;
/// How long words are looked for; of very long answers the rest is told as a whole.
const WORDS_TAKE: Duration = Duration::from_millis(800);

/// One of one's own scored attempts beside another at the same question: beside the one before it where none is named,
/// and the first beside the second.
pub fn side_by_side(tx: &mut Tx, actor: &Actor, id: AttemptId, with: Option<AttemptId>) -> Result<SideBySide> {
    let (team, account) = author(actor)?;
    let row = attempts::find(tx, team, account, id)?.ok_or(Error::NotFound)?;
    if row.phase() != AttemptPhase::Scored {
        return Err(Error::conflict("not-scored", "Score this attempt first; then it can stand beside others."));
    }
    // What an interviewer listens for is closed while the question is being answered anew, and how many points too.
    let closed = attempts::is_open(tx, account, row.question_id)?;
    let rows = sides::of_question(tx, account, row.question_id, ATTEMPTS)?;
    let past: Vec<PastAttempt> = rows.into_iter().map(|row| seen(row, closed)).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let pair = match pair(&past, id, with)? {
        Some((older, newer)) => Some(beside(tx, account, (older, newer))?),
        None => None,
    };
    Ok(SideBySide { question_id: row.question_id, title: Some(row.title).filter(|_| !closed), prompt: row.prompt, attempts: past, pair })
}

/// Which two, the older first.
fn pair(past: &[PastAttempt], id: AttemptId, with: Option<AttemptId>) -> Result<Option<(PastAttempt, PastAttempt)>> {
    let place = |id: AttemptId| past.iter().position(|attempt| attempt.id == id);
    // One that is older than all of these is no longer compared.
    let here = place(id).ok_or(Error::NotFound)?;
    let other = match with {
        Some(with) if with == id => return Err(Error::NotFound),
        Some(with) => Some(place(with).ok_or(Error::NotFound)?),
        None if here > 0 => Some(here - 1),
        None => Some(1).filter(|second| *second < past.len()),
    };
    Ok(other.and_then(|other| Some((*past.get(here.min(other))?, *past.get(here.max(other))?))))
}

fn beside(tx: &mut Tx, account: AccountId, (older, newer): (PastAttempt, PastAttempt)) -> Result<Pair> {
    let mut side = |attempt: PastAttempt| -> Result<AttemptSide> {
        let (answer, note) = sides::texts(tx, account, attempt.id)?.ok_or(Error::NotFound)?;
        let recording = match attempt.kind {
            AnswerKind::Recorded => recordings::find(tx, account, attempt.id)?.map(|aloud| aloud.view()),
            AnswerKind::Typed => None,
        };
        Ok(AttemptSide { attempt, answer, recording, note })
    };
    let (older, newer) = (side(older)?, side(newer)?);
    let typed = older.attempt.kind == AnswerKind::Typed && newer.attempt.kind == AnswerKind::Typed;
    let until = Instant::now().checked_add(WORDS_TAKE);
    let words = typed.then(|| words::differences(&older.answer, &newer.answer, until));
    Ok(Pair { older, newer, words })
}

/// None before it is scored.
fn seen(row: PastRow, closed: bool) -> Result<Option<PastAttempt>> {
    let small = |value: i16| u8::try_from(value).unwrap_or_default();
    let kept: Option<Kept> = row.compared.filter(|_| !closed).map(serde_json::from_value).transpose()?;
    let (Some(scored_at), Some(area), Some(pass)) = (row.scored_at, row.area_score, row.would_pass) else { return Ok(None) };
    let took = row.answering_at.zip(row.finished_at).map(|(from, to)| (to - from).num_seconds());
    Ok(Some(PastAttempt {
        id: row.id,
        kind: row.kind,
        level: row.level,
        started_at: row.started_at,
        scored_at,
        answer_seconds: took.unwrap_or_default(),
        minutes: row.minutes,
        score: row.score.map(small),
        area_score: small(area),
        would_pass: small(pass),
        heard: kept.map(|kept| HeardPoints { found: kept.heard.len(), of: kept.points }),
    }))
}
