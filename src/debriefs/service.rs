//! What can be done in a debrief.

use super::model::{DebriefView, EarlyOpening, NewDecision, Waiting};
use super::store::Opening;
use super::{components, store, table};
use crate::interviews::{self, Found};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Act, Actor, InterviewId, Seat, allow, may};
use crate::scorecards::{self, Card, CardView};
use crate::{question_sets, rooms, rubrics};

/// Submits one's scorecard and, if it was the last counted one, opens the debrief in the same transaction.
pub fn submit(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Card> {
    let card = scorecards::submit(tx, actor, id)?;
    open_if_complete(tx, actor, id)?;
    Ok(card)
}

/// Opens the debrief when no counted card is owed any more and there is at least one. The caller holds
/// the interview's lock, or takes it here.
pub fn open_if_complete(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<bool> {
    interviews::lock(tx, actor, id)?;
    let counted: Vec<bool> =
        scorecards::submissions(tx, actor, id)?.iter().filter(|seat| seat.counts()).map(|seat| seat.submitted).collect();
    let complete = !counted.is_empty() && counted.iter().all(|submitted| *submitted);
    Ok(complete && open(tx, actor, id, None)?)
}

/// Opens it before the last card is in. Who owes a card stays blind and can still submit.
pub fn open_early(tx: &mut Tx, actor: &Actor, id: InterviewId, input: &EarlyOpening) -> Result<()> {
    let found = interviews::find(tx, actor, id)?;
    allow(&found.standing, Act::OpenDebrief)?;
    let reason = input.parse()?;
    interviews::lock(tx, actor, id)?;
    if found.brief.facts.ended_at.is_none() {
        return Err(Error::conflict("not-ended", "The interview is not over. A debrief follows it."));
    }
    if !scorecards::submissions(tx, actor, id)?.iter().any(|seat| seat.counts() && seat.submitted) {
        return Err(Error::conflict("no-scorecard", "No scorecard is in yet. There is nothing to talk about before the first."));
    }
    if !open(tx, actor, id, Some(&reason))? {
        return Err(Error::conflict("debrief-open", "The debrief is open already."));
    }
    Ok(())
}

/// The table of cards, for who owes none.
pub fn show(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<DebriefView> {
    let found = interviews::find(tx, actor, id)?;
    allow(&found.standing, Act::ReadDebrief)?;
    view(tx, actor, &found)
}

/// Who the debrief waits for, while it is not open.
pub fn waiting(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Waiting> {
    let found = interviews::find(tx, actor, id)?;
    allow(&found.standing, Act::ReadDebrief)?;
    Ok(Waiting {
        candidate_name: found.brief.candidate_name.clone(),
        submissions: scorecards::submissions(tx, actor, id)?,
        ended: found.brief.facts.ended_at.is_some(),
        may_open: may(&found.standing, Act::OpenDebrief),
    })
}

/// The interviews that are over and not decided whose debrief this person may hold, or open; those whose debrief is
/// `open`, or the others. Whether they may read it now is asked of each.
pub fn undecided(tx: &mut Tx, actor: &Actor, open: bool, rows: i64) -> Result<Vec<InterviewId>> {
    store::undecided(tx, (actor.team_id()?, actor.account()?), open, actor.leads(), rows)
}

/// Records a decision; an earlier one stays readable.
pub fn decide(tx: &mut Tx, actor: &Actor, id: InterviewId, input: &NewDecision) -> Result<DebriefView> {
    let found = interviews::find(tx, actor, id)?;
    allow(&found.standing, Act::Decide)?;
    interviews::lock(tx, actor, id)?;
    let before = view(tx, actor, &found)?;
    let panel: Vec<_> = before.submissions.iter().map(|seat| seat.account_id).collect();
    let proposed = before.proposal.outcome;
    let decision = input.parse(before.mode, proposed, &panel)?;
    let number = before.decisions.first().map_or(1, |last| last.number + 1);
    store::insert_decision(tx, actor.team_id()?, id, actor.account()?, number, &decision, proposed)?;
    tx.ring(id.0);
    view(tx, actor, &found)
}

fn open(tx: &mut Tx, actor: &Actor, id: InterviewId, early_reason: Option<&str>) -> Result<bool> {
    let team = actor.team_id()?;
    let variance = store::variance(tx, team, id)?;
    let opened = store::open(tx, (team, id), actor.account()?, early_reason, variance)?;
    if opened {
        components::refresh(tx, team, id)?;
        tx.ring(id.0);
    }
    Ok(opened)
}

fn view(tx: &mut Tx, actor: &Actor, found: &Found) -> Result<DebriefView> {
    // A lead who is the candidate here reads the report like any candidate.
    if found.standing.seat == Some(Seat::Candidate) {
        return Err(Error::Forbidden("This debrief is about you. You read the report."));
    }
    let (brief, team) = (&found.brief, actor.team_id()?);
    let submissions = scorecards::submissions(tx, actor, brief.id)?;
    // The cards' own scope says the same; this says it kindly.
    if submissions.iter().any(|seat| Some(seat.account_id) == actor.account_or_none() && !seat.submitted) {
        return Err(Error::Forbidden("You see the debrief after your own scorecard is in."));
    }
    let not_open = || Error::conflict("debrief-not-open", "The debrief opens with the last scorecard.");
    let Opening { opened_at, early_reason, variance } = store::find(tx, team, brief.id)?.ok_or_else(not_open)?;
    let cards: Vec<CardView> =
        scorecards::visible_cards(tx, actor, brief.id)?.into_iter().filter(|card| card.submitted_at.is_some()).collect();
    // A past interview stays hidden while the reader owes a card for a later one of the same candidate.
    if cards.len() < submissions.iter().filter(|seat| seat.submitted).count() {
        return Err(Error::Forbidden("You see this debrief after your scorecard for this candidate's next interview is in."));
    }
    let rubric = rubrics::version(tx, brief.rubric_version_id)?;
    let questions = question_sets::version(tx, brief.question_set_version_id)?;
    let own_scores = store::self_scores(tx, team, brief.id)?;
    Ok(DebriefView {
        interview_id: brief.id,
        candidate_name: brief.candidate_name.clone(),
        mode: brief.mode,
        level: brief.level,
        opened_at,
        early_reason,
        submissions,
        areas: table::areas(&cards, &rubric, brief.level, own_scores.as_deref().unwrap_or_default()),
        proposal: table::proposal(&cards, &rubric, (brief.level, brief.mode), variance),
        recommendations: table::recommendations(&cards),
        warning_signs: table::warning_signs(&cards, &rubric, &questions),
        claims: table::claims(&cards),
        pads: rooms::pads(tx, actor, brief.id)?,
        self_scored: own_scores.is_some_and(|scores| !scores.is_empty()),
        decisions: store::decisions(tx, team, brief.id)?,
        may_decide: may(&found.standing, Act::Decide),
        may_report: may(&found.standing, Act::WriteReport),
    })
}
