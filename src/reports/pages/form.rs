//! The forms as they are typed, and what they mean.

use serde::{Deserialize, Serialize};

use super::words;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::reports::model::{
    Content, DraftView, MAX_ROWS, NewReport, NewSelfScore, NewSelfScores, NewStrength, NextStep, Strength, TwoWays,
};
use crate::reports::service::WriterSees;

/// The report. Rows of a list come as columns of equal length.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct ReportForm {
    version: String,
    pub headline: String,
    pub lede: String,
    strength_title: Vec<String>,
    strength_text: Vec<String>,
    step_title: Vec<String>,
    step_text: Vec<String>,
    step_time: Vec<String>,
    pub said: String,
    pub said_note: String,
    pub stronger: String,
    pub stronger_note: String,
    pub show_areas: String,
    pub show_numbers: String,
    pub show_outcome: String,
    pub advice: Vec<String>,
    pub message: String,
    then: String,
}

impl ReportForm {
    pub fn of(draft: &DraftView) -> Self {
        Self::from_content(&draft.content, draft.version)
    }

    pub fn from_content(content: &Content, version: i32) -> Self {
        let tick = |on: bool| if on { "true".to_owned() } else { String::new() };
        let two = content.two_ways.clone().unwrap_or_default();
        ReportForm {
            version: version.to_string(),
            headline: content.headline.clone(),
            lede: content.lede.clone(),
            strength_title: content.strengths.iter().map(|strength| strength.title.clone()).collect(),
            strength_text: content.strengths.iter().map(|strength| strength.text.clone()).collect(),
            step_title: content.next_steps.iter().map(|step| step.title.clone()).collect(),
            step_text: content.next_steps.iter().map(|step| step.text.clone()).collect(),
            step_time: content.next_steps.iter().map(|step| step.time.clone().unwrap_or_default()).collect(),
            said: two.said,
            said_note: two.said_note,
            stronger: two.stronger,
            stronger_note: two.stronger_note,
            show_areas: tick(content.show_areas),
            show_numbers: tick(content.show_numbers),
            show_outcome: tick(content.show_outcome),
            advice: content.advice.clone(),
            message: content.message.clone(),
            then: String::new(),
        }
    }

    /// What is empty in the draft, from the scorecards.
    pub fn suggested(sees: &WriterSees) -> Self {
        let mut content = sees.draft.content.clone();
        let suggestions = &sees.draft.suggestions;
        if content.headline.is_empty() {
            content.headline = sees.outcome.map(words::outcome).unwrap_or_default().to_owned();
        }
        if content.strengths.is_empty() {
            let notes = suggestions.strengths.iter().take(MAX_ROWS).map(|note| titled(&note.text));
            content.strengths = notes.map(|(title, text)| Strength { title, text }).collect();
        }
        if content.next_steps.is_empty() {
            let steps = suggestions.next_steps.iter().take(MAX_ROWS).map(|step| titled(step));
            content.next_steps = steps.map(|(title, text)| NextStep { title, text, time: None }).collect();
        }
        if content.advice.is_empty() {
            content.advice.clone_from(&suggestions.advice);
        }
        Self::from_content(&content, sees.draft.version)
    }

    /// The version it is based on; what is no number is none.
    pub fn version(&self) -> i32 {
        self.version.parse().unwrap_or(-1)
    }

    pub fn goes_to_preview(&self) -> bool {
        self.then == "preview"
    }

    /// The same on top of a newer version.
    pub fn based_on(mut self, version: i32) -> Self {
        self.version = version.to_string();
        self
    }

    /// The strengths that were typed; an empty row is none.
    pub fn strengths(&self) -> Vec<Strength> {
        let rows = self.strength_title.len().max(self.strength_text.len());
        let row = |i| Strength { title: cell(&self.strength_title, i), text: cell(&self.strength_text, i) };
        (0..rows).map(row).filter(|row| !blank(&[&row.title, &row.text])).collect()
    }

    pub fn next_steps(&self) -> Vec<NextStep> {
        let rows = [&self.step_title, &self.step_text, &self.step_time].iter().map(|column| column.len()).max().unwrap_or_default();
        let row = |i| NextStep { title: cell(&self.step_title, i), text: cell(&self.step_text, i), time: Some(cell(&self.step_time, i)) };
        (0..rows).map(row).filter(|row| !blank(&[&row.title, &row.text, row.time.as_deref().unwrap_or_default()])).collect()
    }

    pub fn report(&self) -> NewReport {
        NewReport {
            headline: self.headline.clone(),
            lede: self.lede.clone(),
            strengths: self.strengths().into_iter().map(NewStrength::Full).collect(),
            next_steps: self.next_steps(),
            two_ways: Some(TwoWays {
                said: self.said.clone(),
                said_note: self.said_note.clone(),
                stronger: self.stronger.clone(),
                stronger_note: self.stronger_note.clone(),
            }),
            show_areas: !self.show_areas.is_empty(),
            show_numbers: !self.show_numbers.is_empty(),
            show_outcome: !self.show_outcome.is_empty(),
            advice: self.advice.clone(),
            message: self.message.clone(),
        }
    }
}

/// The candidate's own scores.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SelfScoresForm {
    area_1: String,
    area_2: String,
    area_3: String,
    area_4: String,
    area_5: String,
    skip: String,
}

impl SelfScoresForm {
    pub fn skips(&self) -> bool {
        !self.skip.is_empty()
    }

    /// What was typed for an area.
    pub fn area(&self, number: u8) -> &str {
        match number {
            1 => &self.area_1,
            2 => &self.area_2,
            3 => &self.area_3,
            4 => &self.area_4,
            _ => &self.area_5,
        }
    }

    /// The error of an area stands at its control.
    pub fn scores(&self) -> Result<NewSelfScores> {
        if self.skips() {
            return Ok(NewSelfScores { areas: Vec::new(), skipped: true });
        }
        let mut errors = FieldErrors::default();
        let areas = (1..=5u8).filter_map(|area| {
            let value = self.area(area).trim().parse().ok().filter(|value| (1..=5).contains(value));
            let value = errors.take(&format!("area_{area}"), value.ok_or_else(|| "Choose the one that comes nearest.".to_owned()))?;
            Some(NewSelfScore { area: i64::from(area), value })
        });
        let areas = areas.collect();
        if errors.is_empty() { Ok(NewSelfScores { areas, skipped: false }) } else { Err(Error::Invalid(errors)) }
    }
}

fn cell(column: &[String], row: usize) -> String {
    column.get(row).cloned().unwrap_or_default()
}

fn blank(cells: &[&str]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

/// A text as a title and what follows it: its first sentence, where that is short enough for a title.
fn titled(text: &str) -> (String, String) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (first, rest) = text.split_once(". ").unwrap_or((&text, ""));
    if first.chars().count() > 120 {
        return (String::new(), text);
    }
    (first.trim_end_matches('.').to_owned(), rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_a_report_means_that_report() {
        let content = Content {
            headline: "Nearly ready".into(),
            strengths: vec![Strength { title: "You tell people early".into(), text: "Before the database.".into() }],
            next_steps: vec![NextStep { title: "Ask first".into(), text: String::new(), time: Some("2 weeks".into()) }],
            two_ways: Some(TwoWays { said: "Restore".into(), stronger: "Stop".into(), ..TwoWays::default() }),
            show_numbers: true,
            advice: vec!["ignores-testing".into()],
            ..Content::default()
        };
        let form = ReportForm::from_content(&content, 3);
        assert_eq!((form.version(), form.strengths(), form.next_steps()), (3, content.strengths.clone(), content.next_steps.clone()));
        let report = form.report();
        assert_eq!((report.two_ways, report.show_areas, report.show_numbers), (content.two_ways, false, true));
        assert_eq!(report.advice, content.advice);
    }

    #[test]
    fn an_empty_row_is_none_and_rows_stay_together() {
        let text = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let form = ReportForm { step_title: text(&["", "B", ""]), step_text: text(&[" ", "", "c"]), ..ReportForm::default() };
        let rows: Vec<_> = form.next_steps().into_iter().map(|step| (step.title, step.text)).collect();
        assert_eq!(rows, [("B".to_owned(), String::new()), (String::new(), "c".to_owned())]);
    }

    #[test]
    fn a_note_becomes_a_title_and_a_text() {
        assert_eq!(
            titled("Told support first. Then looked.\nAt the rows."),
            ("Told support first".into(), "Then looked. At the rows.".into())
        );
        assert_eq!(titled("Short."), ("Short".into(), String::new()));
        let long = "word ".repeat(40);
        assert_eq!(titled(&long), (String::new(), long.trim().to_owned()));
    }

    #[test]
    fn every_area_left_open_is_named() {
        let form = SelfScoresForm { area_1: "3".into(), area_3: "9".into(), ..SelfScoresForm::default() };
        let Err(Error::Invalid(errors)) = form.scores() else { panic!("refused") };
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["area_2", "area_3", "area_4", "area_5"]);
        assert!(SelfScoresForm { skip: "true".into(), ..form }.scores().unwrap().skipped);
    }
}
