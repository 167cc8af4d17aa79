//! Showing the guided page, and all that giving it does.

use super::model::{FeedbackArea, FeedbackGiven, FeedbackView, NewFeedback, in_own_words};
use crate::debriefs::{self, NewDecision};
use crate::interviews::{self, Found};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId};
use crate::scorecards::{self, Save};
use crate::{reports, rubrics};

/// The page of whoever led the practice, with what their card holds already.
pub fn show(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<FeedbackView> {
    let found = led(tx, actor, id)?;
    let card = scorecards::draft(tx, actor, id)?;
    let rubric = rubrics::version(tx, found.brief.rubric_version_id)?;
    let content = &card.content;
    let area = |area: &rubrics::Area| {
        let own = content.area(area.number);
        FeedbackArea {
            area: area.number,
            name: area.name.clone(),
            description: area.description.clone(),
            anchors: area.anchors.clone(),
            expected: *area.expected.at(found.brief.level),
            value: own.and_then(|own| own.value),
            reason: own.map(|own| own.reason.clone()).unwrap_or_default(),
            notes: content.evidence_of(area.number).map(|note| note.text.clone()).collect(),
        }
    };
    let given = card.submitted_at.is_some();
    let drafted = if given && found.brief.facts.debrief_opened_at.is_some() { reports::draft(tx, actor, id)?.version } else { 0 };
    Ok(FeedbackView {
        interview_id: id,
        candidate_name: found.brief.candidate_name.clone(),
        level: found.brief.level,
        version: card.version,
        given,
        report_version: Some(drafted).filter(|version| *version > 0),
        areas: rubric.areas.iter().map(area).collect(),
        next_step: content.next_step.clone(),
        outcome: content.recommendation,
        confidence: content.confidence,
    })
}

/// Writes the card and hands it in, decides, and drafts the report; all of it or nothing. The report is given by the
/// acts that give any report, after a look at it.
pub fn give(tx: &mut Tx, actor: &Actor, id: InterviewId, (version, new): (i32, &NewFeedback)) -> Result<FeedbackGiven> {
    led(tx, actor, id)?;
    let card = scorecards::draft(tx, actor, id)?;
    if card.submitted_at.is_some() {
        return Err(Error::conflict("feedback-given", "Your feedback is in. What comes next is the report."));
    }
    let feedback = new.parse(&card.content)?;
    let patch = feedback.patch(|| tx.new_id())?;
    scorecards::save(tx, actor, id, &Save::parse(version, tx.new_id(), &patch)?).map_err(in_own_words)?;
    debriefs::submit(tx, actor, id).map_err(in_own_words)?;
    if interviews::find(tx, actor, id)?.brief.facts.debrief_opened_at.is_none() {
        return Ok(FeedbackGiven { interview_id: id, report_version: None });
    }
    // Where the rule proposes something else, the reason that was given says why this is right.
    let proposed = debriefs::show(tx, actor, id)?.proposal.outcome;
    let differs = proposed.is_some_and(|proposed| proposed != feedback.outcome);
    let decision = NewDecision {
        outcome: feedback.outcome,
        reason: feedback.reason.clone(),
        override_reason: differs.then(|| feedback.reason.clone()),
        dissents: Vec::new(),
    };
    debriefs::decide(tx, actor, id, &decision).map_err(in_own_words)?;
    let before = reports::draft(tx, actor, id)?.version;
    let report = reports::write(tx, actor, id, (before, &feedback.report())).map_err(in_own_words)?;
    Ok(FeedbackGiven { interview_id: id, report_version: Some(report.version) })
}

/// The practice of the board that this reader led, once it is over.
fn led(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Found> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::GivePeerFeedback)?;
    if !interviews::from_board(tx, actor, id)? {
        return Err(Error::NotFound);
    }
    let facts = &found.brief.facts;
    if facts.cancelled_at.is_some() || facts.no_show_at.is_some() {
        return Err(Error::conflict("not-held", "This practice was not held, so there is nothing to say about it."));
    }
    let never_opened = facts.started_at.is_none() && tx.now >= found.brief.planned_end();
    if facts.ended_at.is_none() && !never_opened {
        return Err(Error::conflict("not-over", "The practice is not over. Feedback comes after it: end the room first."));
    }
    Ok(found)
}
