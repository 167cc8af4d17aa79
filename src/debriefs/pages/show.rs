//! What the debrief's templates are given.

use chrono_tz::Tz;
use serde::Serialize;
use serde_json::Value as Json;

use super::words;
use super::{DecisionForm, EarlyForm};
use crate::accounts::initials;
use crate::debriefs::model::{AreaView, ClaimOfDebrief, ClaimVerdict, DebriefView, DecisionView, ScoreView, Waiting, WarningSignView};
use crate::debriefs::strip::{Strip, strip};
use crate::platform::error::Result;
use crate::policy::{Actor, InterviewId, Seat};
use crate::rooms::PadOfInterview;
use crate::scorecards::{Recommendation, Submission, Verdict};
use crate::web::form::FormErrors;
use crate::web::page::{Choice, Nav, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct DebriefPage {
    candidate: String,
    opened: Moment,
    early_reason: Option<String>,
    headline: String,
    headline_text: String,
    headline_area: Option<u8>,
    /// At least one area has two counted scores.
    compared: bool,
    owing: Vec<String>,
    people: Vec<Column>,
    areas: Vec<AreaRow>,
    rule: String,
    rule_basis: String,
    has_self_scores: bool,
    warning_signs: Vec<WarningSignView>,
    claims: Vec<ClaimRow>,
    pads: Vec<PadRow>,
    said: Vec<Said>,
    decisions: Vec<DecisionRow>,
    outcomes: Vec<OutcomeOption>,
    proposed: Option<String>,
    dissenters: Vec<Choice>,
    form: DecisionForm,
    errors: FormErrors,
    may_decide: bool,
    interviews_url: String,
    interview_url: String,
    scorecard_url: String,
    decision_url: String,
    /// For who writes the report.
    report_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Column {
    name: String,
    short: String,
    initials: String,
    own: bool,
    shadow: bool,
}

#[derive(Debug, Serialize)]
struct ClaimRow {
    text: String,
    verdicts: Vec<VerdictCell>,
}

#[derive(Debug, Serialize)]
struct PadRow {
    title: String,
    language: &'static str,
    url: String,
}

#[derive(Debug, Serialize)]
struct VerdictCell {
    name: String,
    initials: String,
    own: bool,
    verdict: &'static str,
    evidence: String,
}

#[derive(Debug, Serialize)]
struct AreaRow {
    area: u8,
    name: String,
    strip: Strip,
    scores: Vec<ScoreCell>,
    self_score: Option<u8>,
    median: Option<String>,
    chip: &'static str,
    spread: String,
    hot: bool,
}

#[derive(Debug, Serialize)]
struct ScoreCell {
    name: String,
    initials: String,
    own: bool,
    value: Json,
    reason: String,
    later: Option<Later>,
    notes: Vec<Note>,
}

/// The second score, beside the first.
#[derive(Debug, Serialize)]
struct Later {
    value: Json,
    what: &'static str,
    reason: String,
    at: Moment,
}

#[derive(Debug, Serialize)]
struct Note {
    sign: &'static str,
    at: Option<String>,
    text: String,
}

#[derive(Debug, Serialize)]
struct Said {
    name: String,
    initials: String,
    own: bool,
    words: String,
    next_step: String,
}

#[derive(Debug, Serialize)]
struct DecisionRow {
    outcome: &'static str,
    reason: String,
    departs: Option<String>,
    override_reason: String,
    dissents: String,
    by: String,
    at: Moment,
}

#[derive(Debug, Serialize)]
struct OutcomeOption {
    value: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
}

fn claim_row(claim: &ClaimOfDebrief) -> ClaimRow {
    let cell = |verdict: &ClaimVerdict| VerdictCell {
        name: verdict.name.clone(),
        initials: initials(&verdict.name),
        own: verdict.own,
        verdict: verdict.value.map_or("Not marked", Verdict::words),
        evidence: verdict.evidence.clone(),
    };
    ClaimRow { text: claim.text.clone(), verdicts: claim.verdicts.iter().map(cell).collect() }
}

fn pad_row(pad: &PadOfInterview, interview_url: &str) -> PadRow {
    PadRow { title: pad.title.clone(), language: pad.language.words(), url: format!("{interview_url}/room/pads/{}", pad.question_id) }
}

impl DebriefPage {
    pub fn of(view: &DebriefView, actor: &Actor, form: Option<DecisionForm>, errors: FormErrors) -> Result<Self> {
        let interviews_url = format!("/teams/{}/interviews", actor.team_id()?);
        let interview_url = format!("{interviews_url}/{}", view.interview_id);
        let (headline, headline_text, headline_area) = words::headline(&view.areas);
        let zone = actor.time_zone();
        let form = form.unwrap_or_default();
        let first = view.areas.first();
        Ok(DebriefPage {
            candidate: view.candidate_name.clone(),
            opened: Moment::of(view.opened_at, zone),
            early_reason: view.early_reason.clone(),
            headline,
            headline_text,
            headline_area,
            compared: view.areas.iter().any(|area| area.spread.is_some()),
            owing: view.submissions.iter().filter(|seat| !seat.submitted).map(|seat| seat.name.clone()).collect(),
            people: first.map(|area| area.scores.iter().map(column).collect()).unwrap_or_default(),
            areas: view.areas.iter().map(|area| area_row(area, zone)).collect(),
            rule: words::rule(&view.proposal),
            rule_basis: words::basis(&view.proposal),
            has_self_scores: view.self_scored,
            warning_signs: view.warning_signs.clone(),
            claims: view.claims.iter().map(claim_row).collect(),
            pads: view.pads.iter().map(|pad| pad_row(pad, &interview_url)).collect(),
            said: view
                .recommendations
                .iter()
                .map(|said| Said {
                    name: said.name.clone(),
                    initials: initials(&said.name),
                    own: said.own,
                    words: said.recommendation.map_or_else(|| "No recommendation".to_owned(), |word| words::outcome(word).to_owned()),
                    next_step: said.next_step.clone(),
                })
                .collect(),
            decisions: view.decisions.iter().map(|decision| decision_row(decision, zone)).collect(),
            outcomes: Recommendation::of(view.mode)
                .iter()
                .map(|word| OutcomeOption {
                    value: word.as_str(),
                    label: words::outcome(*word),
                    hint: (view.proposal.outcome == Some(*word)).then_some("What the rule proposes"),
                })
                .collect(),
            proposed: view.proposal.outcome.map(|outcome| words::outcome(outcome).to_owned()),
            dissenters: view.submissions.iter().filter(|seat| seat.submitted).map(dissenter).collect(),
            form,
            errors,
            may_decide: view.may_decide,
            scorecard_url: format!("{interview_url}/scorecard"),
            decision_url: format!("{interview_url}/decision"),
            report_url: view.may_report.then(|| format!("{interview_url}/report")),
            interviews_url,
            interview_url,
        })
    }
}

fn column(score: &ScoreView) -> Column {
    let short = if score.own { "You".to_owned() } else { score.name.split_whitespace().next().unwrap_or_default().to_owned() };
    Column { name: score.name.clone(), short, initials: initials(&score.name), own: score.own, shadow: score.seat == Seat::Shadow }
}

fn area_row(area: &AreaView, zone: Tz) -> AreaRow {
    let (chip, spread) = words::spread(area.spread);
    AreaRow {
        area: area.area,
        name: area.name.clone(),
        strip: strip(area),
        scores: area.scores.iter().map(|score| score_cell(score, zone)).collect(),
        self_score: area.self_score,
        median: area.median.map(|median| format!("{median}")),
        chip,
        spread,
        hot: area.spread.is_some_and(|spread| spread >= 2),
    }
}

fn score_cell(score: &ScoreView, zone: Tz) -> ScoreCell {
    ScoreCell {
        name: if score.own { "You".into() } else { score.name.clone() },
        initials: initials(&score.name),
        own: score.own,
        value: words::value(score.value),
        reason: score.reason.clone(),
        later: score.later.as_ref().map(|later| Later {
            value: words::value(later.value),
            what: words::later(later),
            reason: later.reason.clone(),
            at: Moment::of(later.given_at, zone),
        }),
        notes: score
            .evidence
            .iter()
            .map(|note| Note { sign: note.sign.as_str(), at: note.at_seconds.map(words::clock), text: note.text.clone() })
            .collect(),
    }
}

fn decision_row(decision: &DecisionView, zone: Tz) -> DecisionRow {
    let departs = decision.proposed_outcome.filter(|proposed| *proposed != decision.outcome);
    DecisionRow {
        outcome: words::outcome(decision.outcome),
        reason: decision.reason.clone(),
        departs: departs.map(|proposed| words::outcome(proposed).to_owned()),
        override_reason: decision.override_reason.clone(),
        dissents: decision.dissents.join(", "),
        by: decision.decided_by.clone(),
        at: Moment::of(decision.decided_at, zone),
    }
}

fn dissenter(seat: &Submission) -> Choice {
    Choice { value: seat.account_id.to_string(), label: seat.name.clone() }
}

impl Template for DebriefPage {
    const PATH: &'static str = "debriefs/show.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        let error = if self.errors.summary.is_empty() { "" } else { "Error: " };
        format!("{error}Debrief · {}", self.candidate)
    }

    fn samples() -> Vec<Self> {
        vec![super::samples::full(), super::samples::bare()]
    }
}

/// The page while it is not open: who it waits for.
#[derive(Debug, Serialize)]
pub struct WaitingPage {
    candidate: String,
    seats: Vec<WaitingSeat>,
    ended: bool,
    may_open: bool,
    form: EarlyForm,
    errors: FormErrors,
    interviews_url: String,
    interview_url: String,
    open_url: String,
}

#[derive(Debug, Serialize)]
struct WaitingSeat {
    name: String,
    initials: String,
    submitted: bool,
}

impl WaitingPage {
    pub fn of(waiting: &Waiting, actor: &Actor, id: InterviewId, form: EarlyForm, errors: FormErrors) -> Result<Self> {
        let interviews_url = format!("/teams/{}/interviews", actor.team_id()?);
        let interview_url = format!("{interviews_url}/{id}");
        Ok(WaitingPage {
            candidate: waiting.candidate_name.clone(),
            seats: waiting
                .submissions
                .iter()
                .map(|seat| WaitingSeat { name: seat.name.clone(), initials: initials(&seat.name), submitted: seat.submitted })
                .collect(),
            ended: waiting.ended,
            may_open: waiting.may_open,
            form,
            errors,
            open_url: format!("{interview_url}/debrief"),
            interviews_url,
            interview_url,
        })
    }
}

impl Template for WaitingPage {
    const PATH: &'static str = "debriefs/waiting.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        format!("Debrief · {}", self.candidate)
    }

    fn samples() -> Vec<Self> {
        let seat = |name: &str, submitted| WaitingSeat { name: name.into(), initials: initials(name), submitted };
        let page = |ended, may_open, reason: &str| WaitingPage {
            candidate: "Sofia Marin".into(),
            seats: vec![seat("Adaeze Okafor", true), seat("Jonas Lindqvist", false)],
            ended,
            may_open,
            form: EarlyForm { reason: reason.into() },
            errors: if reason.is_empty() { FormErrors::default() } else { FormErrors::whole("No scorecard is in yet.") },
            interviews_url: "/teams/1/interviews".into(),
            interview_url: "/teams/1/interviews/2".into(),
            open_url: "/teams/1/interviews/2/debrief".into(),
        };
        vec![page(true, true, ""), page(true, true, "Jonas is ill"), page(false, true, ""), page(true, false, "")]
    }
}
