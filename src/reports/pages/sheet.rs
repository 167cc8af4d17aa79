//! The report as it is read: one struct and one component of the templates, for the candidate's page and
//! for the preview.

use serde::Serialize;

use super::charts::{Bars, Radar, bars, radar};
use super::words;
use crate::reports::model::{AnchorText, AreaReport, NextStep, ReportView, Strength, TwoWays};

#[derive(Debug, Serialize)]
pub struct Sheet {
    about: String,
    headline: String,
    lede: String,
    outcome: Option<&'static str>,
    radar: Option<Radar>,
    areas: Vec<Area>,
    bars: Option<Bars>,
    caption: String,
    strengths: Vec<Strength>,
    next_steps: Vec<NextStep>,
    two_ways: Option<TwoWays>,
    advice: Vec<String>,
    /// Its paragraphs.
    message: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Area {
    name: String,
    anchor: Option<AnchorText>,
    next: Option<AnchorText>,
}

impl Sheet {
    pub fn of(report: &ReportView) -> Self {
        let areas = report.areas.as_deref().unwrap_or_default();
        let outcome = report.outcome.map(words::outcome);
        let held_on = report.held_on.format("%-d %B %Y");
        Sheet {
            about: format!("{}, {}, {}, {held_on}", report.candidate_name, report.about, words::level(report.level)),
            headline: [report.headline.as_str(), outcome.unwrap_or_default(), "Your interview"]
                .into_iter()
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned(),
            lede: report.lede.clone(),
            // Where it is the headline already, it is not said twice.
            outcome: outcome.filter(|_| !report.headline.is_empty()),
            radar: radar(areas),
            bars: bars(areas, report.level),
            caption: words::caption(areas, report.level),
            areas: areas.iter().map(area).collect(),
            strengths: report.strengths.clone(),
            next_steps: report.next_steps.clone(),
            two_ways: report.two_ways.clone(),
            advice: report.advice.clone(),
            message: report.message.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        }
    }
}

fn area(area: &AreaReport) -> Area {
    Area { name: area.name.clone(), anchor: area.anchor.clone(), next: area.next_anchor.clone() }
}
