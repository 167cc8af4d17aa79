//! The candidate's side: own scores first, then the report.

use chrono::{DateTime, Utc};

use super::super::model::{AreaToScore, NewSelfScores, ReportView, Scores, SelfScoresView};
use super::super::store;
use super::{composed, place};
use crate::interviews::{self, Brief, Found};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Act, Actor, InterviewId, allow};
use crate::rubrics;

/// What the candidate is shown where the report will be.
#[derive(Debug, Clone)]
pub enum CandidateSees {
    /// Cancelled, or somebody did not come.
    NotHeld,
    NotOver,
    /// Own scores are asked for; `ready` when a report waits behind them.
    Ask {
        ready: bool,
        own: SelfScoresView,
    },
    Waiting {
        own: SelfScoresView,
    },
    Report {
        report: Box<ReportView>,
        own: SelfScoresView,
    },
}

pub fn visit(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<CandidateSees> {
    let Found { brief, standing } = interviews::find(tx, actor, id)?;
    allow(&standing, Act::ReadReport)?;
    if brief.facts.cancelled_at.is_some() || brief.facts.no_show_at.is_some() {
        return Ok(CandidateSees::NotHeld);
    }
    if !is_over(tx.now, &brief) {
        return Ok(CandidateSees::NotOver);
    }
    let own = own_scores(tx, actor, &brief)?;
    let release = store::release(tx, place(actor, id)?)?;
    Ok(match release {
        release if own.given_at.is_none() => CandidateSees::Ask { ready: release.is_some(), own },
        None => CandidateSees::Waiting { own },
        Some(release) => CandidateSees::Report { report: Box::new(composed(tx, &brief, &release.content, &release.figures)?), own },
    })
}

/// The five areas to score oneself on, and what was given.
pub fn self_scores(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<SelfScoresView> {
    let brief = for_scoring(tx, actor, id)?;
    own_scores(tx, actor, &brief)
}

/// Keeps the candidate's own scores, or that they skip them. Once: what is given after the report was read
/// would no longer be blind.
pub fn give_self_scores(tx: &mut Tx, actor: &Actor, id: InterviewId, input: &NewSelfScores) -> Result<SelfScoresView> {
    let brief = for_scoring(tx, actor, id)?;
    let scores = input.parse()?;
    interviews::lock(tx, actor, id)?;
    match store::self_scores(tx, place(actor, id)?)? {
        None => store::insert_self_scores(tx, place(actor, id)?, &scores)?,
        Some((given, _)) if given == scores => {}
        Some(_) => return Err(Error::conflict("self-scores-given", "You have given your scores, or skipped them. They stay as they are.")),
    }
    own_scores(tx, actor, &brief)
}

fn for_scoring(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Brief> {
    let Found { brief, standing } = interviews::find(tx, actor, id)?;
    allow(&standing, Act::GiveSelfScores)?;
    if is_over(tx.now, &brief) { Ok(brief) } else { Err(Error::conflict("not-over", "Your own scores are asked for after the interview.")) }
}

/// The room was ended; or the planned time is over and no room was opened, or the panel went on without
/// ending it. A room that runs over its time is not over.
pub(super) fn is_over(now: DateTime<Utc>, brief: &Brief) -> bool {
    let facts = &brief.facts;
    let held = facts.scheduled_at.is_some() && facts.cancelled_at.is_none() && facts.no_show_at.is_none();
    let left_open = facts.started_at.is_none() || facts.debrief_opened_at.is_some();
    held && (facts.ended_at.is_some() || (left_open && now >= brief.planned_end()))
}

fn own_scores(tx: &mut Tx, actor: &Actor, brief: &Brief) -> Result<SelfScoresView> {
    let given = store::self_scores(tx, place(actor, brief.id)?)?;
    let rubric = rubrics::version(tx, brief.rubric_version_id)?;
    let given_at = given.as_ref().map(|(_, at)| *at);
    let scores: Scores = given.map(|(scores, _)| scores).unwrap_or_default();
    Ok(SelfScoresView {
        given_at,
        skipped: given_at.is_some() && scores.is_empty(),
        areas: rubric
            .areas
            .iter()
            .map(|area| AreaToScore {
                area: area.number,
                name: area.name.clone(),
                description: area.description.clone(),
                anchors: area.anchors.clone(),
                value: scores.get(&area.number).copied(),
            })
            .collect(),
    })
}
