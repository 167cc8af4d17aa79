//! Writing a report, and looking at it as the candidate will.

use super::super::compose;
use super::super::model::{Content, DraftView, NewReport, Outcome, ReportView, Suggestions, perhaps_named};
use super::super::store::{self, Draft};
use super::{Desk, composed, place};
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Act, Actor, InterviewId};
use crate::rubrics::WarningSign;

/// Everything that lies on the writer's desk.
#[derive(Debug, Clone)]
pub struct WriterSees {
    pub draft: DraftView,
    pub candidate_name: String,
    /// None while nothing is decided.
    pub outcome: Option<Outcome>,
    /// Whose advice may be given.
    pub warning_signs: Vec<WarningSign>,
    /// A release is told to the candidate by mail; without an address somebody has to.
    pub told_by_mail: bool,
}

/// The draft as it stands; one of version 0 before the first save.
pub fn draft(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<DraftView> {
    Ok(at_the_desk(tx, actor, id)?.draft)
}

/// The draft with what can be chosen for it.
pub fn at_the_desk(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<WriterSees> {
    let desk = Desk::reach(tx, actor, id, Act::WriteReport)?;
    Ok(WriterSees {
        draft: view(tx, actor, &desk)?,
        candidate_name: desk.found.brief.candidate_name.clone(),
        outcome: desk.debrief.decisions.first().map(|decision| Outcome::of(decision.outcome)),
        warning_signs: desk.rubric.warning_signs.clone(),
        told_by_mail: desk.found.brief.candidate_account.is_some() || desk.found.brief.candidate_email.is_some(),
    })
}

/// Keeps the whole report as the next version, with the figures it shows as they are now. What the
/// candidate can read already stays as it was released.
pub fn write(tx: &mut Tx, actor: &Actor, id: InterviewId, (version, input): (i32, &NewReport)) -> Result<DraftView> {
    let desk = Desk::reach(tx, actor, id, Act::WriteReport)?;
    let content = input.parse(&desk.world())?;
    interviews::lock(tx, actor, id)?;
    let before = store::draft(tx, place(actor, id)?)?.map_or(0, |draft| draft.version);
    if before != version {
        return Err(Error::Stale { current: serde_json::to_value(view(tx, actor, &desk)?)? });
    }
    let figures = desk.figures(&content);
    store::save(tx, place(actor, id)?, actor.account()?, version + 1, (&content, &figures))?;
    view(tx, actor, &desk)
}

/// The saved report, made as the candidate's own page is made.
pub fn preview(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<ReportView> {
    let desk = Desk::reach(tx, actor, id, Act::WriteReport)?;
    let draft = store::draft(tx, place(actor, id)?)?.ok_or_else(nothing_written)?;
    composed(tx, &desk.found.brief, &draft.content, &draft.figures)
}

pub(super) fn nothing_written() -> Error {
    Error::conflict("no-report", "Nothing is written yet.")
}

pub(super) fn outdated(desk: &Desk, draft: &Draft) -> bool {
    desk.figures(&draft.content) != draft.figures
}

fn view(tx: &mut Tx, actor: &Actor, desk: &Desk) -> Result<DraftView> {
    let place = place(actor, desk.found.brief.id)?;
    let draft = store::draft(tx, place)?;
    let release = store::release(tx, place)?.map(|release| release.view);
    let suggestions: Suggestions = compose::suggestions(&desk.debrief, &desk.rubric);
    Ok(match draft {
        None => DraftView {
            version: 0,
            written_by: None,
            written_at: None,
            content: Content { show_areas: true, ..Content::default() },
            outdated: false,
            perhaps_named: Vec::new(),
            release,
            suggestions,
        },
        Some(draft) => DraftView {
            version: draft.version,
            outdated: outdated(desk, &draft),
            perhaps_named: perhaps_named(draft.content.texts(), &desk.panel, &desk.found.brief.candidate_name),
            written_by: Some(draft.written_by),
            written_at: Some(draft.written_at),
            content: draft.content,
            release,
            suggestions,
        },
    })
}
