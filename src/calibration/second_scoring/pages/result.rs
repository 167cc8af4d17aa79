//! One's own second scores beside the first panel's means.

use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{SecondAnswer, SecondComparison};
use super::super::service::SecondDesk;
use super::index::about;
use super::score::{QuestionPart, crumbs, questions, sample_questions};
use crate::calibration::words::{number, signed};
use crate::policy::TeamId;
use crate::web::page::{Crumb, Nav, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct ResultPage {
    crumbs: Vec<Crumb>,
    heading: String,
    submitted: Option<Moment>,
    /// None while the panel's means are closed to the reader.
    finding: Option<String>,
    areas: Vec<AreaRow>,
    questions: Vec<QuestionPart>,
}

#[derive(Debug, Serialize)]
struct AreaRow {
    name: String,
    own: String,
    first: String,
    difference: String,
    reason: String,
}

impl ResultPage {
    pub fn of(desk: &SecondDesk, team: TeamId, zone: Tz) -> Self {
        let view = &desk.view;
        let row = |answer: &SecondAnswer| {
            let found = view.comparison.iter().flatten().find(|found| found.area == answer.area);
            let first = found.and_then(|found| found.panel_mean).map(number);
            AreaRow {
                name: desk.rubric.area(answer.area).map(|area| area.name.clone()).unwrap_or_default(),
                own: answer.value.and_then(|value| value.score()).map_or_else(|| "not enough evidence".into(), |score| score.to_string()),
                first: first.unwrap_or_else(|| if found.is_some() { "not scored".into() } else { "closed".into() }),
                difference: found.and_then(|found| found.difference).map_or_else(|| "–".into(), signed),
                reason: answer.reason.clone(),
            }
        };
        ResultPage {
            crumbs: crumbs(team, &about(view.level, view.minutes)),
            heading: about(view.level, view.minutes),
            submitted: view.submitted_at.map(|at| Moment::of(at, zone)),
            finding: view.comparison.as_deref().map(finding),
            areas: view.areas.iter().map(row).collect(),
            questions: questions(&view.questions),
        }
    }
}

fn finding(compared: &[SecondComparison]) -> String {
    let both: Vec<f64> = compared.iter().filter_map(|area| area.difference).collect();
    let near = both.iter().filter(|difference| difference.abs() <= 1.0 + 1e-9).count();
    match both.len() {
        0 => "There is no area that you and the panel both scored".into(),
        all if near == all => "You are within a point of the panel in every area that both scored".into(),
        all => format!("You are within a point of the panel in {near} of {all} areas"),
    }
}

impl Template for ResultPage {
    const PATH: &'static str = "calibration/second/result.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        format!("Scored again: {}", self.heading)
    }

    fn samples() -> Vec<Self> {
        let row = |own: &str, first: &str, difference: &str| AreaRow {
            name: "Area <1>".into(),
            own: own.into(),
            first: first.into(),
            difference: difference.into(),
            reason: "Counts \"queries\".".into(),
        };
        let page = |finding: Option<&str>| ResultPage {
            crumbs: vec![Crumb { label: "Second scoring".into(), url: Some("/teams/1/second-scoring".into()) }],
            heading: "Mid level, 50 minutes".into(),
            submitted: Some(Moment::of(chrono::DateTime::UNIX_EPOCH, chrono_tz::UTC)),
            finding: finding.map(str::to_owned),
            areas: vec![row("3", "3.50", "−0.50"), AreaRow { reason: String::new(), ..row("not enough evidence", "2.00", "–") }],
            questions: sample_questions(),
        };
        vec![page(Some("You are within a point of the panel in 3 of 4 areas")), page(None)]
    }
}
