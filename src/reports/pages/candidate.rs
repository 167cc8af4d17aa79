//! What the candidate is shown: not yet, own scores first, the report.

use serde::Serialize;

use super::beside::BesidePart;
use super::form::SelfScoresForm;
use super::samples;
use super::sheet::Sheet;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, InterviewId};
use crate::proofs;
use crate::reports::model::{ReportView, SelfScoresView};
use crate::reports::service::CandidateSees;
use crate::web::form::FormErrors;
use crate::web::page::{Nav, PageResult, Template};

pub async fn page(visitor: &Visitor, id: InterviewId, sees: CandidateSees) -> PageResult {
    let not_yet = |heading, text, own| visitor.page(move |_: &mut Tx, actor: &Actor| NotYetPage::of(actor, id, (heading, text), own));
    match sees {
        CandidateSees::NotHeld => {
            not_yet("There is no report", "This interview was not held. If another one is planned, you get mail about it.", None).await
        }
        CandidateSees::NotOver => {
            not_yet("Your report comes after the interview", "When it is over, you find here what you do well and what to do next.", None)
                .await
        }
        CandidateSees::Waiting { own } => {
            let text = "It is being written. You get mail when it is ready, if we have your address; you can also look here again.";
            not_yet("Your report is not here yet", text, Some(own)).await
        }
        CandidateSees::Ask { ready, own } => {
            visitor.page(move |_, actor| AskPage::of(actor, id, &own, ready, (SelfScoresForm::default(), FormErrors::default()))).await
        }
        CandidateSees::Report { report, own } => {
            visitor.page(move |tx, actor| Ok(ReportPage::of(&report, &own, BesidePart::of(proofs::beside(tx, actor)?)))).await
        }
    }
}

/// One sentence and a way back.
#[derive(Debug, Serialize)]
pub struct NotYetPage {
    heading: &'static str,
    text: &'static str,
    own: Vec<OwnScore>,
    back_label: &'static str,
    back_url: String,
}

impl NotYetPage {
    fn of(actor: &Actor, id: InterviewId, (heading, text): (&'static str, &'static str), own: Option<SelfScoresView>) -> Result<Self> {
        let back_url = format!("/teams/{}/interviews/{id}", actor.team_id()?);
        let own = own.map(|own| own_scores(&own, None)).unwrap_or_default();
        Ok(NotYetPage { heading, text, own, back_label: "To the interview", back_url })
    }

    /// For who writes it.
    pub fn debrief_first(actor: &Actor, id: InterviewId) -> Result<Self> {
        let text = "It is made from what the panel finds together, so it is written when the debrief has opened.";
        let page = Self::of(actor, id, ("The report comes after the debrief", text), None)?;
        Ok(NotYetPage { back_label: "To the debrief", back_url: format!("{}/debrief", page.back_url), ..page })
    }
}

impl Template for NotYetPage {
    const PATH: &'static str = "reports/not_yet.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        self.heading.into()
    }

    fn samples() -> Vec<Self> {
        let page =
            |own| NotYetPage { heading: "Not yet", text: "Soon.", own, back_label: "Back", back_url: "/teams/1/interviews/2".into() };
        vec![page(Vec::new()), page(own_scores(&samples::self_scores(true), None))]
    }
}

/// The five areas to score oneself on.
#[derive(Debug, Serialize)]
pub struct AskPage {
    ready: bool,
    areas: Vec<AreaToAsk>,
    errors: FormErrors,
    scores_url: String,
}

#[derive(Debug, Serialize)]
struct AreaToAsk {
    field: String,
    name: String,
    description: String,
    levels: Vec<LevelToAsk>,
    value: Option<u8>,
    error: Option<String>,
}

/// As the component `anchors` takes it.
#[derive(Debug, Serialize)]
struct LevelToAsk {
    value: u8,
    title: String,
    text: String,
}

impl AskPage {
    pub fn of(
        actor: &Actor,
        id: InterviewId,
        own: &SelfScoresView,
        ready: bool,
        (form, errors): (SelfScoresForm, FormErrors),
    ) -> Result<Self> {
        let areas = own.areas.iter().map(|area| {
            let field = format!("area_{}", area.area);
            AreaToAsk {
                error: errors.fields.get(&field).cloned(),
                field,
                name: area.name.clone(),
                description: area.description.clone(),
                levels: area
                    .anchors
                    .iter()
                    .map(|anchor| LevelToAsk { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() })
                    .collect(),
                value: form.area(area.area).parse().ok(),
            }
        });
        Ok(AskPage {
            ready,
            areas: areas.collect(),
            errors: errors.clone(),
            scores_url: format!("/teams/{}/interviews/{id}/self-scores", actor.team_id()?),
        })
    }
}

impl Template for AskPage {
    const PATH: &'static str = "reports/ask.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        let error = if self.errors.summary.is_empty() { "" } else { "Error: " };
        format!("{error}How would you score yourself?")
    }

    fn samples() -> Vec<Self> {
        samples::ask()
    }
}

/// The report.
#[derive(Debug, Serialize)]
pub struct ReportPage {
    sheet: Sheet,
    own: Vec<OwnScore>,
    /// The panel's averages stand beside one's own.
    has_means: bool,
    /// None for who came by a link: only an account has these.
    beside: Option<BesidePart>,
}

/// One's own score of an area.
#[derive(Debug, Serialize)]
pub struct OwnScore {
    name: String,
    value: u8,
    mean: Option<String>,
}

impl ReportPage {
    pub fn of(report: &ReportView, own: &SelfScoresView, beside: Option<BesidePart>) -> Self {
        let own = own_scores(own, Some(report));
        ReportPage { sheet: Sheet::of(report), has_means: own.iter().any(|own| own.mean.is_some()), own, beside }
    }
}

/// None of them when skipped.
fn own_scores(own: &SelfScoresView, report: Option<&ReportView>) -> Vec<OwnScore> {
    let areas = report.and_then(|report| report.areas.as_deref()).unwrap_or_default();
    let mean = |number| areas.iter().find(|area| area.area == number)?.numbers.map(|numbers| super::words::decimal(numbers.mean));
    own.areas.iter().filter_map(|area| Some(OwnScore { name: area.name.clone(), value: area.value?, mean: mean(area.area) })).collect()
}

impl Template for ReportPage {
    const PATH: &'static str = "reports/show.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        "Your report".into()
    }

    fn samples() -> Vec<Self> {
        let page = |report: &ReportView, given, beside| ReportPage::of(report, &samples::self_scores(given), beside);
        vec![
            page(&samples::full(), true, Some(BesidePart::sample())),
            page(&samples::wordless(), true, BesidePart::of(Some((Vec::new(), Vec::new())))),
            page(&samples::bare(), false, None),
        ]
    }
}
