//! What can be done with reports.

mod beside;
mod candidate;
mod release;
mod waiting;
mod write;

pub use super::store::erase;
pub use beside::{Beside, beside_own};
pub use candidate::{CandidateSees, give_self_scores, self_scores, visit};
pub use release::{release, withdraw};
pub use waiting::{OwnReport, OwnStep, own, unreleased};
pub use write::{WriterSees, at_the_desk, draft, preview, write};

use std::sync::Arc;

use super::compose::{self, About};
use super::model::{Content, Figures, ReportRead, ReportView, World};
use super::store::Place;
use crate::debriefs::{self, DebriefView};
use crate::interviews::{self, Brief, Found};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Act, Actor, InterviewId, Seat, allow};
use crate::question_sets;
use crate::rubrics::{self, RubricVersion};
use crate::scorecards;

/// The candidate reads what was released, once own scores are given or skipped; who writes it the draft.
pub fn read(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<ReportRead> {
    let found = interviews::find(tx, actor, id)?;
    allow(&found.standing, Act::SeeReport)?;
    if found.standing.seat != Some(Seat::Candidate) {
        return Ok(ReportRead::Draft(Box::new(draft(tx, actor, id)?)));
    }
    match visit(tx, actor, id)? {
        CandidateSees::Report { report, .. } => Ok(ReportRead::Report(report)),
        CandidateSees::Ask { ready: true, .. } => {
            Err(Error::conflict("self-scores-first", "Give your own scores first, or skip them. Then the report is yours to read."))
        }
        _ => Err(Error::NotFound),
    }
}

/// What the candidate sees where the report is; none for a reader who writes it.
pub fn candidate_sees(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Option<CandidateSees>> {
    let found = interviews::find(tx, actor, id)?;
    allow(&found.standing, Act::SeeReport)?;
    if found.standing.seat == Some(Seat::Candidate) { visit(tx, actor, id).map(Some) } else { Ok(None) }
}

/// The place a report is written at.
struct Desk {
    found: Found,
    debrief: DebriefView,
    rubric: Arc<RubricVersion>,
    /// Everybody whose name must not stand in it.
    panel: Vec<String>,
}

impl Desk {
    /// For who may, once the debrief is open and their own card is in (R2): the report shows averages of
    /// cards, and suggests from their notes.
    fn reach(tx: &mut Tx, actor: &Actor, id: InterviewId, act: Act) -> Result<Self> {
        let found = interviews::find(tx, actor, id)?;
        allow(&found.standing, act)?;
        not_about_oneself(&found)?;
        if found.brief.facts.debrief_opened_at.is_none() {
            return Err(Error::conflict("debrief-not-open", "A report is written when the debrief has opened."));
        }
        if !scorecards::reader(tx, actor, id)?.sees_others(true) {
            return Err(Error::Forbidden("You see the report after your own scorecard is in."));
        }
        let debrief = debriefs::show(tx, actor, id)?;
        let seats = interviews::seats(tx, actor, id)?;
        let mut panel: Vec<String> = seats.into_iter().map(|seat| seat.name).collect();
        panel.extend(debrief.submissions.iter().map(|seat| seat.name.clone()));
        Ok(Desk { rubric: rubrics::version(tx, found.brief.rubric_version_id)?, found, debrief, panel })
    }

    fn world(&self) -> World<'_> {
        World { panel: &self.panel, rubric: &self.rubric, decided: !self.debrief.decisions.is_empty() }
    }

    /// What a report with these fields shows as of now.
    fn figures(&self, content: &Content) -> Figures {
        compose::figures(&self.debrief).chosen(content)
    }
}

/// A lead who was interviewed writes no report on themselves.
fn not_about_oneself(found: &Found) -> Result<()> {
    match found.standing.seat {
        Some(Seat::Candidate) => Err(Error::Forbidden("This is a report on you. Somebody else writes it.")),
        _ => Ok(()),
    }
}

fn place(actor: &Actor, id: InterviewId) -> Result<Place> {
    Ok((actor.team_id()?, id))
}

/// The one way from what was chosen to what is read.
fn composed(tx: &mut Tx, brief: &Brief, content: &Content, figures: &Figures) -> Result<ReportView> {
    let rubric = rubrics::version(tx, brief.rubric_version_id)?;
    let set = question_sets::version(tx, brief.question_set_version_id)?;
    Ok(compose::report(&About { brief, question_set: &set.name, rubric: &rubric }, content, figures))
}
