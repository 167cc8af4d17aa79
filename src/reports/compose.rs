//! Puts a report together: pure, from what was chosen. The preview and the candidate's page both come
//! from here, so neither can hold what the other does not.

use super::model::{AnchorText, AreaFigure, AreaNumbers, AreaReport, Content, Figures, Outcome, ReportView, Suggestion, Suggestions};
use crate::debriefs::{DebriefView, Variance, half_width};
use crate::interviews::Brief;
use crate::rubrics::{Area, Level, RubricVersion};
use crate::scorecards::{Sign, Value};

/// What of the interview itself stands in a report.
pub struct About<'a> {
    pub brief: &'a Brief,
    pub question_set: &'a str,
    pub rubric: &'a RubricVersion,
}

pub fn report(about: &About, content: &Content, figures: &Figures) -> ReportView {
    let Brief { id, candidate_name, level, starts_at, time_zone, facts, .. } = about.brief;
    let areas = content.show_areas.then(|| areas(about.rubric, figures, *level, content.show_numbers));
    let advised = about.rubric.warning_signs.iter().filter(|sign| content.advice.contains(&sign.key));
    ReportView {
        interview_id: *id,
        candidate_name: candidate_name.clone(),
        about: about.question_set.to_owned(),
        level: *level,
        held_on: facts.started_at.unwrap_or(*starts_at).with_timezone(time_zone).date_naive(),
        headline: content.headline.clone(),
        lede: content.lede.clone(),
        outcome: figures.outcome.filter(|_| content.show_outcome).map(Outcome::of),
        areas,
        strengths: content.strengths.clone(),
        next_steps: content.next_steps.clone(),
        two_ways: content.two_ways.clone(),
        advice: advised.map(|sign| sign.advice.clone()).collect(),
        message: content.message.clone(),
    }
}

/// What the debrief says now, all of it; which of it a report shows is chosen later.
pub fn figures(debrief: &DebriefView) -> Figures {
    let mut areas: Vec<AreaFigure> = debrief
        .areas
        .iter()
        .map(|area| {
            let scores = area.scores.iter().filter(|score| score.counted).filter_map(|score| score.value.and_then(Value::score));
            let (total, cards) = scores.fold((0, 0), |(total, cards), score| (total + u32::from(score), cards + 1));
            AreaFigure { area: area.area, total, cards }
        })
        .collect();
    areas.sort_by_key(|figure| figure.area);
    Figures { areas, outcome: debrief.decisions.first().map(|decision| decision.outcome) }
}

/// Strengths that were noted, steps that were advised, warning signs that were seen.
pub fn suggestions(debrief: &DebriefView, rubric: &RubricVersion) -> Suggestions {
    let mut areas: Vec<_> = debrief.areas.iter().collect();
    areas.sort_by_key(|area| area.area);
    let notes = areas.iter().flat_map(|area| {
        let notes = area.scores.iter().filter(|score| score.counted).flat_map(|score| &score.evidence);
        notes
            .filter(|note| note.sign == Sign::Strength)
            .map(|note| Suggestion { area: area.name.clone(), text: note.text.trim().to_owned() })
    });
    let steps = debrief.recommendations.iter().filter(|said| said.counted).map(|said| said.next_step.trim());
    let seen = |name: &str| debrief.warning_signs.iter().any(|sign| sign.name == name);
    let advice = rubric.warning_signs.iter().filter(|sign| seen(&sign.name)).map(|sign| sign.key.clone());
    Suggestions {
        strengths: notes.collect(),
        next_steps: steps.filter(|step| !step.is_empty()).map(str::to_owned).collect(),
        advice: advice.collect(),
    }
}

fn areas(rubric: &RubricVersion, figures: &Figures, level: Level, with_numbers: bool) -> Vec<AreaReport> {
    let figure = |area: &Area| figures.areas.iter().find(|figure| figure.area == area.number).copied();
    rubric.areas.iter().map(|area| area_report(area, figure(area), level, with_numbers)).collect()
}

fn area_report(area: &Area, figure: Option<AreaFigure>, level: Level, with_numbers: bool) -> AreaReport {
    let scored = figure.and_then(|figure| Some((figure, figure.mean()?)));
    let nearest = scored.map(|(_, mean)| mean.round() as u8);
    let anchor = |level: u8| area.anchor(level).map(AnchorText::of);
    AreaReport {
        area: area.number,
        name: area.name.clone(),
        short_name: area.short_name.clone(),
        anchor: nearest.and_then(anchor),
        next_anchor: nearest.and_then(|level| anchor(level + 1)),
        numbers: scored.filter(|_| with_numbers).map(|(figure, mean)| {
            let half = half_width(figure.cards as usize, Variance::BUILT_IN);
            AreaNumbers {
                mean,
                low: (mean - half).max(1.0),
                high: (mean + half).min(5.0),
                cards: figure.cards,
                expected: *area.expected.at(level),
            }
        }),
    }
}
