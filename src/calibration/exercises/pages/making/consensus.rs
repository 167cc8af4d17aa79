//! What the experts agree on when they have talked: a score, what can be defended, the reason, the moments.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::super::file::Mark;
use super::super::super::model::{ConsensusDraft, ConsensusInput, GoldId, MakingView};
use super::super::super::service;
use super::super::super::transcript::{clock, read_clock};
use super::super::form::{LevelPart, levels, sample_areas};
use super::super::parts::{self, Fields, TurnPart, Typed, sample_interview};
use super::{Ids, crumbs, gold_id, gold_url, sample_crumbs};
use crate::accounts::Visitor;
use crate::calibration::score_forms::by_area;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::Actor;
use crate::rubrics::{self, RubricVersion};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct ConsensusPage {
    crumbs: Vec<Crumb>,
    heading: String,
    action: String,
    cancel_url: String,
    version: String,
    areas: Vec<AreaForm>,
    turns: Vec<TurnPart>,
    audio: Option<String>,
    /// Why it cannot be written yet.
    closed: Option<&'static str>,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct AreaForm {
    number: u8,
    name: String,
    contested: bool,
    /// What each expert gave.
    experts: Vec<GivenPart>,
    levels: Vec<LevelPart>,
    value: Option<u8>,
    accepted: Vec<Accepted>,
    reason: String,
    evidence: String,
    value_name: String,
    acceptable_name: String,
    reason_name: String,
    evidence_name: String,
}

#[derive(Debug, Serialize)]
struct GivenPart {
    name: String,
    value: u8,
    reason: String,
}

#[derive(Debug, Serialize)]
struct Accepted {
    level: u8,
    on: bool,
}

pub async fn edit(visitor: Visitor, ids: Ids) -> PageResult {
    let id = gold_id(&ids)?;
    visitor.page(move |tx, actor| page(tx, actor, id, None, FormErrors::default())).await
}

pub async fn update(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = gold_id(&ids)?;
    let mut typed = Typed(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let consensus = input(&sent)?.parse()?;
        service::write_consensus(tx, actor, id, sent.version(), &consensus)?;
        Ok(gold_url(actor.team_id()?, id))
    };
    let (status, errors) = match visitor.write(work).await {
        Ok(url) => return see_other_with(url, "saved"),
        Err(Error::Stale { current }) => {
            let version = current.get("version").map(ToString::to_string).unwrap_or_default();
            typed.0.retain(|(name, _)| name != "version");
            typed.0.push(("version".into(), version));
            let text = "The consensus was changed meanwhile. What you typed is still below; open it in another tab to compare, then save again to replace what was saved.";
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text))
        }
        Err(error) => FormErrors::shown(error)?,
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, id, Some(typed), errors)).await
}

fn input(typed: &Typed) -> Result<ConsensusInput> {
    let mut errors = FieldErrors::default();
    let mut areas = Vec::new();
    for area in 1..=5_u8 {
        let name = |field: &str| format!("areas.{}.{field}", area - 1);
        areas.push(ConsensusDraft {
            area,
            value: typed.text(&name("value")).parse().ok(),
            acceptable: typed.all(&name("acceptable")).iter().filter_map(|level| level.parse().ok()).collect(),
            reason: typed.text(&name("reason")),
            evidence: errors.take(&name("evidence"), marks(&typed.text(&name("evidence")))).unwrap_or_default(),
        });
    }
    errors.check()?;
    Ok(ConsensusInput { areas })
}

/// A moment on each line: its time, then what shows there.
fn marks(text: &str) -> Result<Vec<Mark>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mark = |line: &str| {
        let (at, text) = line.split_once(char::is_whitespace)?;
        Some(Mark { at: read_clock(at)?, text: text.trim().to_owned() })
    };
    lines
        .map(|line| mark(line).ok_or_else(|| format!("Begin each line with a time, as in 12:30, then say what shows there: “{line}”")))
        .collect()
}

fn page(tx: &mut Tx, actor: &Actor, id: GoldId, typed: Option<Typed>, mut errors: FormErrors) -> Result<ConsensusPage> {
    let gold = service::show_making(tx, actor, id)?;
    let rubric = rubrics::version(tx, gold.rubric_version_id)?;
    by_area(&mut errors, &rubric);
    let team = actor.team_id()?;
    let url = gold_url(team, id);
    Ok(ConsensusPage {
        crumbs: crumbs(team, &gold.title),
        heading: format!("The experts’ consensus: {}", gold.title),
        action: format!("{url}/consensus"),
        cancel_url: url,
        version: typed.as_ref().map_or_else(|| gold.version.to_string(), |typed| typed.text("version")),
        areas: if gold.scores.is_some() {
            rubric.areas.iter().map(|area| AreaForm::of(area.number, &gold, &rubric, typed.as_ref())).collect()
        } else {
            Vec::new()
        },
        turns: parts::turns(&gold.transcript),
        audio: parts::audio_url(team, id, gold.audio),
        closed: gold.scores.is_none().then_some(
            "The experts’ scores open when at least three are in and nobody who was asked is missing; your own first, if you are one.",
        ),
        errors,
    })
}

impl AreaForm {
    fn of(number: u8, gold: &MakingView, rubric: &RubricVersion, typed: Option<&Typed>) -> Self {
        let name = |field: &str| format!("areas.{}.{field}", number.saturating_sub(1));
        let draft = gold.consensus.iter().find(|draft| draft.area == number).cloned().unwrap_or_default();
        let (value, acceptable, reason, evidence) = match typed {
            Some(typed) => (
                typed.text(&name("value")).parse().ok(),
                typed.all(&name("acceptable")).iter().filter_map(|level| level.parse().ok()).collect(),
                typed.text(&name("reason")),
                typed.text(&name("evidence")),
            ),
            None => {
                let lines = draft.evidence.iter().map(|mark| format!("{} {}\n", clock(mark.at), mark.text));
                (draft.value, draft.acceptable.clone(), draft.reason.clone(), lines.collect())
            }
        };
        let area = rubric.area(number);
        let given = gold.scores.iter().flatten().filter_map(|expert| {
            let score = expert.scores.iter().find(|score| score.area == number)?;
            Some(GivenPart { name: expert.name.clone(), value: score.value, reason: score.reason.clone() })
        });
        let agreement = gold.agreement.as_ref().and_then(|agreement| agreement.areas.iter().find(|of| of.area == number));
        AreaForm {
            number,
            name: area.map(|area| area.name.clone()).unwrap_or_default(),
            contested: agreement.is_some_and(|of| of.contested),
            experts: given.collect(),
            levels: area.map(levels).unwrap_or_default(),
            value,
            accepted: (1..=5).map(|level| Accepted { level, on: acceptable.contains(&level) }).collect(),
            reason,
            evidence,
            value_name: name("value"),
            acceptable_name: name("acceptable"),
            reason_name: name("reason"),
            evidence_name: name("evidence"),
        }
    }
}

impl Template for ConsensusPage {
    const PATH: &'static str = "calibration/exercises/consensus.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let area = |number: u8, contested: bool| AreaForm {
            number,
            name: format!("Area <{number}>"),
            contested,
            experts: vec![GivenPart { name: "Expert A".into(), value: 3, reason: "Did <look>.".into() }],
            levels: sample_areas(false).swap_remove(0).levels,
            value: contested.then_some(3),
            accepted: (1..=5).map(|level| Accepted { level, on: level == 3 }).collect(),
            reason: "Looks \"first\".".into(),
            evidence: "1:05 Looks first.\n".into(),
            value_name: format!("areas.{}.value", number - 1),
            acceptable_name: format!("areas.{}.acceptable", number - 1),
            reason_name: format!("areas.{}.reason", number - 1),
            evidence_name: format!("areas.{}.evidence", number - 1),
        };
        let page = |open: bool, errors: FormErrors| ConsensusPage {
            crumbs: sample_crumbs(),
            heading: "The experts’ consensus".into(),
            action: "/teams/1/gold-interviews/1/consensus".into(),
            cancel_url: "/teams/1/gold-interviews/1".into(),
            version: "2".into(),
            areas: if open { vec![area(1, false), area(2, true)] } else { Vec::new() },
            turns: parts::turns(&sample_interview().transcript),
            audio: if open { parts::sample_audio() } else { None },
            closed: (!open).then_some("The experts’ scores open later."),
            errors,
        };
        let wrong = ["areas.0.value", "areas.0.acceptable", "areas.1.reason", "areas.1.evidence"];
        vec![page(true, FormErrors::default()), page(true, FormErrors::sample(&wrong)), page(false, FormErrors::default())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_time_and_what_shows_there() {
        let read = marks(" 1:05 Looks first.\n\n12:30  Says why. ").unwrap();
        assert_eq!(read, [Mark { at: 65, text: "Looks first.".into() }, Mark { at: 750, text: "Says why.".into() }]);
        assert!(marks("Looks first.").unwrap_err().contains("“Looks first.”"));
        assert!(marks("1:05").is_err());
    }
}
