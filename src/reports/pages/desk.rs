//! The desk: where a report is written.

use serde::Serialize;

use super::form::ReportForm;
use super::{samples, words};
use crate::platform::error::Result;
use crate::policy::{Actor, InterviewId};
use crate::reports::model::{MAX_ROWS, NextStep, Strength, Suggestion};
use crate::reports::service::WriterSees;
use crate::web::form::FormErrors;
use crate::web::page::{Nav, Template};
use crate::web::times::Moment;

/// Rows that are offered when nothing is written.
const ROWS: usize = 3;

#[derive(Debug, Serialize)]
pub struct DeskPage {
    candidate: String,
    form: ReportForm,
    version: i32,
    strengths: Vec<Row<Strength>>,
    next_steps: Vec<Row<NextStep>>,
    outcome: Option<&'static str>,
    signs: Vec<Sign>,
    saved: Option<Saved>,
    released: Option<Released>,
    outdated: bool,
    perhaps_named: Vec<String>,
    suggested_strengths: Vec<Suggestion>,
    suggested_steps: Vec<String>,
    start_url: Option<String>,
    theirs: Option<Theirs>,
    errors: FormErrors,
    interviews_url: String,
    interview_url: String,
    debrief_url: String,
    save_url: String,
    preview_url: Option<String>,
    withdrawal_url: String,
}

/// A row of a list, with the name its errors go by.
#[derive(Debug, Serialize)]
struct Row<T> {
    number: usize,
    at: String,
    title_error: Option<String>,
    text_error: Option<String>,
    time_error: Option<String>,
    row: T,
}

#[derive(Debug, Serialize)]
struct Sign {
    key: String,
    name: String,
    advice: String,
    chosen: bool,
    seen: bool,
}

#[derive(Debug, Serialize)]
struct Saved {
    by: String,
    at: Moment,
}

#[derive(Debug, Serialize)]
struct Released {
    by: String,
    at: Moment,
    /// What is on the desk is what the candidate reads.
    current: bool,
}

/// What somebody else saved while this was being written: theirs beside yours, never merged silently.
#[derive(Debug, Serialize)]
struct Theirs {
    by: String,
    differences: Vec<Difference>,
}

#[derive(Debug, Serialize)]
struct Difference {
    what: &'static str,
    text: String,
}

/// What stands in the form, and what is to be said of it.
pub struct Typed {
    form: ReportForm,
    errors: FormErrors,
    stale: bool,
}

impl Typed {
    pub fn as_saved(form: ReportForm) -> Self {
        Typed { form, errors: FormErrors::default(), stale: false }
    }

    pub fn wrong(form: ReportForm, errors: FormErrors) -> Self {
        Typed { form, errors, stale: false }
    }

    pub fn meanwhile_changed(form: ReportForm) -> Self {
        let text = "Somebody saved another version meanwhile. Yours is in the form, theirs beside it; saving again keeps yours.";
        Typed { form, errors: FormErrors::whole(text), stale: true }
    }
}

impl DeskPage {
    pub fn of(actor: &Actor, id: InterviewId, sees: WriterSees, typed: Typed) -> Result<Self> {
        let draft = sees.draft;
        let interviews_url = format!("/teams/{}/interviews", actor.team_id()?);
        let interview_url = format!("{interviews_url}/{id}");
        let save_url = format!("{interview_url}/report");
        let saved_form = ReportForm::of(&draft);
        let by = draft.written_by.clone().unwrap_or_default();
        let theirs = typed.stale.then(|| Theirs { by: by.clone(), differences: differences(&typed.form, &saved_form) });
        // Knowing theirs, saving again is meant.
        let form = if typed.stale { typed.form.based_on(draft.version) } else { typed.form };
        let version = form.version();
        let zone = actor.time_zone();
        let something = !draft.suggestions.strengths.is_empty() || !draft.suggestions.next_steps.is_empty();
        Ok(DeskPage {
            candidate: sees.candidate_name,
            version,
            strengths: rows("strengths", form.strengths(), &typed.errors),
            next_steps: rows("next_steps", form.next_steps(), &typed.errors),
            outcome: sees.outcome.map(words::outcome),
            signs: sees
                .warning_signs
                .into_iter()
                .map(|sign| Sign {
                    chosen: form.advice.contains(&sign.key),
                    seen: draft.suggestions.advice.contains(&sign.key),
                    key: sign.key,
                    name: sign.name,
                    advice: sign.advice,
                })
                .collect(),
            saved: draft.written_at.map(|at| Saved { by, at: Moment::of(at, zone) }),
            released: draft.release.map(|release| Released {
                by: release.released_by,
                at: Moment::of(release.released_at, zone),
                current: release.version == draft.version,
            }),
            outdated: draft.outdated,
            perhaps_named: draft.perhaps_named,
            start_url: (draft.version == 0 && something).then(|| format!("{save_url}?start=suggested")),
            suggested_strengths: draft.suggestions.strengths,
            suggested_steps: draft.suggestions.next_steps,
            theirs,
            errors: typed.errors,
            debrief_url: format!("{interview_url}/debrief"),
            preview_url: (draft.version > 0).then(|| format!("{save_url}/preview")),
            withdrawal_url: format!("{save_url}/withdrawal"),
            form,
            save_url,
            interviews_url,
            interview_url,
        })
    }
}

/// What was written, and empty rows to go on with.
fn rows<T: Default>(list: &str, written: Vec<T>, errors: &FormErrors) -> Vec<Row<T>> {
    let offered = (written.len() + 1).clamp(ROWS, MAX_ROWS.max(written.len()));
    let mut rows = written.into_iter();
    let row = |number: usize, row: T| {
        let at = format!("{list}.{number}");
        let error = |field: &str| errors.fields.get(&format!("{at}.{field}")).cloned();
        Row { number: number + 1, title_error: error("title"), text_error: error("text"), time_error: error("time"), at, row }
    };
    (0..offered).map(|number| row(number, rows.next().unwrap_or_default())).collect()
}

/// The fields in which two forms differ, with what theirs says.
fn differences(mine: &ReportForm, theirs: &ReportForm) -> Vec<Difference> {
    let (mine, theirs) = (lines(mine), lines(theirs));
    let different = mine.into_iter().zip(theirs).filter(|((_, mine), (_, theirs))| mine != theirs);
    different.map(|(_, (what, text))| Difference { what, text: if text.is_empty() { "Nothing".into() } else { text } }).collect()
}

fn lines(form: &ReportForm) -> [(&'static str, String); 8] {
    let joined = |parts: &[&str]| parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("\n");
    let strengths: Vec<String> = form.strengths().iter().map(|row| joined(&[&row.title, &row.text])).collect();
    let steps: Vec<String> =
        form.next_steps().iter().map(|row| joined(&[&row.title, row.time.as_deref().unwrap_or_default(), &row.text])).collect();
    let shown = [("The areas", &form.show_areas), ("The averages", &form.show_numbers), ("The decision", &form.show_outcome)];
    let shown: Vec<&str> = shown.into_iter().filter(|(_, on)| !on.is_empty()).map(|(what, _)| what).collect();
    [
        ("Headline", form.headline.trim().to_owned()),
        ("In short", form.lede.trim().to_owned()),
        ("What they do well", strengths.join("\n\n")),
        ("What to do next", steps.join("\n\n")),
        ("The same question, two ways", joined(&[&form.said, &form.said_note, &form.stronger, &form.stronger_note])),
        ("What is shown", shown.join("\n")),
        ("Advice", form.advice.join("\n")),
        ("A message", form.message.trim().to_owned()),
    ]
}

impl Template for DeskPage {
    const PATH: &'static str = "reports/desk.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        let error = if self.errors.summary.is_empty() { "" } else { "Error: " };
        format!("{error}Report for {}", self.candidate)
    }

    fn samples() -> Vec<Self> {
        samples::desks()
    }
}
