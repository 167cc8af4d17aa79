//! Reading scorecards: one's own, and what of others' the blind rule allows.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::model::{BlindCard, Card, CardList, CardView, ClaimMark, Content, Revision, Submission, checklist, missing};
use super::store::{self, Row, Seen};
use super::visibility::{Reader, Stake};
use crate::candidates::{self, ClaimView};
use crate::interviews::{self, Brief, Found};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, InterviewId, Seat, TeamId};
use crate::question_sets::{self, QuestionId, QuestionSetVersion};
use crate::rubrics::{self, RubricVersion};

/// One's own card, as it is now; an empty one of version 0 before the first save.
pub fn draft(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Card> {
    let (Found { brief, .. }, row) = scorable(tx, actor, id)?;
    let team = actor.team_id()?;
    let (version, submitted_at) = row.as_ref().map_or((0, None), |row| (row.version, row.submitted_at));
    let revisions = match &row {
        Some(row) if submitted_at.is_some() => {
            let card = row.id;
            store::revisions(tx, team, &[card], brief.facts.debrief_opened_at)?.remove(&card).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let content = match revisions.first() {
        Some(first) => frozen(content(row, &question_ids(tx, actor, id)?, &[])?, first),
        None => content(row, &question_ids(tx, actor, id)?, &claims(tx, actor, &brief)?)?,
    };
    let (missing, checklist) = match submitted_at {
        Some(_) => (Vec::new(), Vec::new()),
        None => {
            let rubric = rubrics::version(tx, brief.rubric_version_id)?;
            (missing(&content, &rubric.areas), checklist(&content, &rubric.areas))
        }
    };
    Ok(Card { version, submitted_at, content, missing, checklist, revisions })
}

/// One's own card, and nothing about it.
pub struct OwnCard {
    /// 0 before the first save.
    pub version: i32,
    pub submitted_at: Option<DateTime<Utc>>,
    pub content: Content,
}

/// One's own card for somebody who has been let in and knows the interview's questions already: one
/// query, and one for the claims while it is a draft. None where no card is asked of this seat.
pub fn own(tx: &mut Tx, actor: &Actor, found: &Found, questions: &[QuestionId]) -> Result<Option<OwnCard>> {
    if !policy::may(&found.standing, Act::WriteScorecard) {
        return Ok(None);
    }
    let Some((true, row)) = store::own_seat(tx, (actor.team_id()?, found.brief.id, actor.account()?))? else { return Ok(None) };
    let (version, submitted_at) = row.as_ref().map_or((0, None), |row| (row.version, row.submitted_at));
    let claims = if submitted_at.is_none() { claims(tx, actor, &found.brief)? } else { Vec::new() };
    Ok(Some(OwnCard { version, submitted_at, content: content(row, questions, &claims)? }))
}

/// Everything one's own card is shown with.
pub struct Desk {
    pub team: TeamId,
    pub brief: Brief,
    pub seat: Option<Seat>,
    pub account: AccountId,
    pub card: Card,
    pub rubric: Arc<RubricVersion>,
    pub set: Arc<QuestionSetVersion>,
    pub submissions: Vec<Submission>,
    /// Of a form that is made from it.
    pub key: Uuid,
    pub zone: Tz,
}

/// One's own card with what stands round it on the page.
pub fn desk(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Desk> {
    let card = draft(tx, actor, id)?;
    let Found { brief, standing } = interviews::find(tx, actor, id)?;
    Ok(Desk {
        team: actor.team_id()?,
        seat: standing.seat,
        account: actor.account()?,
        card,
        rubric: rubrics::version(tx, brief.rubric_version_id)?,
        set: question_sets::version(tx, brief.question_set_version_id)?,
        submissions: submissions(tx, actor, id)?,
        key: tx.new_id(),
        zone: actor.time_zone(),
        brief,
    })
}

/// The cards a reader may see, with what stands round them on the page.
pub struct Table {
    pub team: TeamId,
    pub brief: Brief,
    pub cards: Vec<CardView>,
    pub submissions: Vec<Submission>,
    pub owes: bool,
    pub rubric: Arc<RubricVersion>,
    pub set: Arc<QuestionSetVersion>,
    pub zone: Tz,
}

pub fn table(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Table> {
    let cards = visible_cards(tx, actor, id)?;
    let Found { brief, .. } = interviews::find(tx, actor, id)?;
    Ok(Table {
        team: actor.team_id()?,
        cards,
        submissions: submissions(tx, actor, id)?,
        owes: reader(tx, actor, id)?.stake == Stake::Owes,
        rubric: rubrics::version(tx, brief.rubric_version_id)?,
        set: question_sets::version(tx, brief.question_set_version_id)?,
        zone: actor.time_zone(),
        brief,
    })
}

/// What the reader may see of the interview's cards, and who has submitted. Never a total.
pub fn list(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<CardList> {
    Ok(CardList { items: visible_cards(tx, actor, id)?, submissions: submissions(tx, actor, id)? })
}

/// The cards of the interview that the reader may see (R2), own draft included, in the panel's order.
pub fn visible_cards(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<CardView>> {
    let Found { brief, standing } = interviews::find(tx, actor, id)?;
    policy::allow(&standing, Act::ReadScorecards)?;
    let (Some(account), false) = (actor.account_or_none(), standing.seat == Some(Seat::Candidate)) else { return Ok(Vec::new()) };
    let team = actor.team_id()?;
    let seen = store::visible(tx, (team, id, account))?;
    let submitted: Vec<_> = seen.iter().filter(|seen| seen.card.submitted_at.is_some()).map(|seen| seen.card.id).collect();
    let mut revisions = store::revisions(tx, team, &submitted, brief.facts.debrief_opened_at)?;
    let (questions, claims) = (question_ids(tx, actor, id)?, claims(tx, actor, &brief)?);
    seen.into_iter()
        .map(|Seen { card, name, seat }| {
            let revisions = revisions.remove(&card.id).unwrap_or_default();
            Ok(CardView {
                account_id: card.account_id,
                name,
                seat,
                own: card.account_id == account,
                version: card.version,
                submitted_at: card.submitted_at,
                content: match revisions.first() {
                    Some(first) => frozen(card.content(&questions, &[])?, first),
                    None => card.content(&questions, &claims)?,
                },
                revisions,
            })
        })
        .collect()
}

/// Of whom a card is expected and whether it is in, for everybody but the candidate.
pub fn submissions(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<Submission>> {
    if !reader(tx, actor, id)?.sees_who_submitted() {
        return Ok(Vec::new());
    }
    Ok(store::submissions(tx, actor.team_id()?, &[id])?.remove(&id).unwrap_or_default())
}

/// The same for several interviews that the reader was found to see, in one query.
pub fn submissions_of(tx: &mut Tx, actor: &Actor, found: &[&Found]) -> Result<HashMap<InterviewId, Vec<Submission>>> {
    let ids: Vec<_> = found.iter().filter(|found| found.standing.seat != Some(Seat::Candidate)).map(|found| found.brief.id).collect();
    store::submissions(tx, actor.team_id()?, &ids)
}

/// The interviews that are over and in which this person's own card is missing, the oldest first.
pub fn owed(tx: &mut Tx, actor: &Actor, rows: i64) -> Result<Vec<InterviewId>> {
    store::owed(tx, actor.team_id()?, actor.account()?, rows)
}

/// The blind scores of the interviews that began since, as far as this reader may see statistics of them: the debrief
/// is open, they owe no card in it, and they are not its candidate. No shadow's. The oldest interview first.
pub fn blind_cards(tx: &mut Tx, actor: &Actor, since: Option<DateTime<Utc>>) -> Result<Vec<BlindCard>> {
    store::blind(tx, actor.team_id()?, actor.account()?, since)
}

/// The same of the whole team, for a number that no single person asks for.
pub fn blind_cards_of_team(tx: &mut Tx, team: TeamId, since: Option<DateTime<Utc>>) -> Result<Vec<BlindCard>> {
    // Nobody has this id, so nobody's card is owed.
    store::blind(tx, team, AccountId(Uuid::nil()), since)
}

/// The reader, as the blind rule sees them.
pub fn reader(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Reader> {
    let found = interviews::find(tx, actor, id)?;
    Ok(readers(tx, actor, &[&found])?.remove(&id).unwrap_or(Reader::CANDIDATE))
}

/// The same for several interviews that the reader was found to see, in one query.
pub fn readers(tx: &mut Tx, actor: &Actor, found: &[&Found]) -> Result<HashMap<InterviewId, Reader>> {
    let mut readers: HashMap<_, _> = found.iter().map(|found| (found.brief.id, Reader::CANDIDATE)).collect();
    let on_panel = found.iter().filter(|found| found.standing.seat != Some(Seat::Candidate));
    let ids: Vec<_> = on_panel.map(|found| found.brief.id).collect();
    let Some(account) = actor.account_or_none().filter(|_| !ids.is_empty()) else { return Ok(readers) };
    for facts in store::readers(tx, actor.team_id()?, &ids, account)? {
        let stake = if facts.is_candidate {
            Stake::IsCandidate
        } else if facts.has_submitted {
            Stake::HasSubmitted
        } else if facts.owes {
            Stake::Owes
        } else {
            Stake::Nothing
        };
        readers.insert(InterviewId(facts.interview), Reader { stake, owes_later: facts.owes_later });
    }
    Ok(readers)
}

/// The interview and one's own card in it, where the reader has a seat that scores. Who was added after
/// the end has no card to write: they could see the others' before it.
pub(super) fn scorable(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<(Found, Option<Row>)> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::WriteScorecard)?;
    let place = (actor.team_id()?, id, actor.account()?);
    match store::own_seat(tx, place)? {
        Some((true, card)) => Ok((found, card)),
        _ => Err(late()),
    }
}

pub(super) fn late() -> Error {
    Error::Forbidden("You were added after the interview had ended, so no scorecard is asked of you.")
}

pub(super) fn question_ids(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<QuestionId>> {
    Ok(interviews::questions(tx, actor, id)?.into_iter().map(|question| question.question_id).collect())
}

/// What the candidate's résumé claims, for who writes a card.
pub(super) fn claims(tx: &mut Tx, actor: &Actor, brief: &Brief) -> Result<Vec<ClaimView>> {
    candidates::claims_to_check(tx, actor, brief.candidate_id)
}

/// A submitted card has the claims it was submitted with, in their words of then.
fn frozen(content: Content, first: &Revision) -> Content {
    Content { claims: first.content.claims.clone(), ..content }
}

pub(super) fn content(row: Option<Row>, questions: &[QuestionId], claims: &[ClaimView]) -> Result<Content> {
    let unmarked = || Content { claims: claims.iter().map(ClaimMark::unmarked).collect(), ..Content::empty(questions) };
    row.map_or_else(|| Ok(unmarked()), |row| row.content(questions, claims))
}
