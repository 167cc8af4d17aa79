//! The form of five areas, for who scores in an exercise and for an expert: empty, as it was saved, or as it could not be.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::model::{Answer, Answers, AnswersInput};
use super::super::transcript::{clock, read_clock};
use super::parts::Typed;
use crate::calibration::score_forms::{self, Conflict, ELSEWHERE, Field, MISSING, WRONG};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::rubrics::{Area, RubricVersion};
use crate::web::form::FormErrors;

/// A level of an area, for the component `anchors`.
#[derive(Debug, Clone, Serialize)]
pub struct LevelPart {
    pub value: u8,
    pub title: String,
    pub text: String,
}

/// An area as it is scored. Which level is expected of whom is left away: it would draw the eye to one score.
#[derive(Debug, Clone, Serialize)]
pub struct AreaPart {
    pub number: u8,
    pub name: String,
    pub description: String,
    pub levels: Vec<LevelPart>,
    pub value: Option<u8>,
    pub note: String,
    pub at: String,
    pub value_name: String,
    pub note_name: String,
    pub at_name: String,
}

/// All that the form shows.
#[derive(Debug, Serialize)]
pub struct FormPart {
    save_url: String,
    submit_url: String,
    version: i32,
    areas: Vec<AreaPart>,
    errors: FormErrors,
    /// What stands over what is wrong.
    problem: &'static str,
    /// What was saved in another tab, where it is not what was typed here.
    conflicts: Vec<Conflict>,
    /// What was typed is not saved yet.
    unsaved: bool,
}

/// A form that could not be saved.
pub struct Again {
    form: ScoreForm,
    version: i32,
    errors: FormErrors,
    problem: &'static str,
    /// What was saved in another tab.
    there: Option<ScoreForm>,
}

/// The areas of a rubric with what is given so far.
pub fn areas(rubric: &RubricVersion, form: &ScoreForm) -> Vec<AreaPart> {
    rubric.areas.iter().map(|area| AreaPart::of(area, form)).collect()
}

impl AreaPart {
    fn of(area: &Area, form: &ScoreForm) -> Self {
        let typed = form.0.get(usize::from(area.number.saturating_sub(1))).cloned().unwrap_or_default();
        let name = |field: &str| format!("areas.{}.{field}", area.number.saturating_sub(1));
        AreaPart {
            number: area.number,
            name: area.name.clone(),
            description: area.description.clone(),
            levels: levels(area),
            value: typed.value.parse().ok(),
            note: typed.note,
            at: typed.at,
            value_name: name("value"),
            note_name: name("note"),
            at_name: name("at"),
        }
    }
}

pub fn levels(area: &Area) -> Vec<LevelPart> {
    let level = |anchor: &crate::rubrics::Anchor| LevelPart { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() };
    area.anchors.iter().map(level).collect()
}

/// The five areas of a form, as they were typed.
#[derive(Debug, Clone, Default)]
pub struct ScoreForm(Vec<TypedArea>);

#[derive(Debug, Clone, Default)]
struct TypedArea {
    value: String,
    note: String,
    at: String,
}

impl ScoreForm {
    pub fn of(answers: &[Answer]) -> Self {
        let typed = |answer: &Answer| TypedArea {
            value: answer.value.map(|value| value.to_string()).unwrap_or_default(),
            note: answer.note.clone(),
            at: answer.at_seconds.map(clock).unwrap_or_default(),
        };
        ScoreForm(answers.iter().map(typed).collect())
    }

    /// By the names of the fields.
    pub fn typed(form: &Typed) -> Self {
        let area = |i: u8| {
            let field = |name: &str| form.text(&format!("areas.{i}.{name}"));
            TypedArea { value: field("value"), note: field("note"), at: field("at") }
        };
        ScoreForm((0..5).map(area).collect())
    }

    /// What it means; all that is not as it must be is named at once.
    pub fn answers(&self) -> Result<Answers> {
        let mut errors = FieldErrors::default();
        let mut areas = Vec::new();
        for (number, typed) in (1_u8..).zip(&self.0) {
            let at_seconds = read_clock(&typed.at);
            if at_seconds.is_none() && !typed.at.trim().is_empty() {
                errors.add(format!("areas.{}.at", number - 1), "Write a time of the transcript, as in 12:30.");
            }
            areas.push(Answer { area: number, value: typed.value.parse().ok(), note: typed.note.clone(), at_seconds });
        }
        errors.beside(Answers::parse(&AnswersInput { areas }))
    }

    fn fields(&self) -> Vec<Vec<Field>> {
        let of = |area: &TypedArea| vec![("value", area.value.clone()), ("note", area.note.clone()), ("at", area.at.clone())];
        self.0.iter().map(of).collect()
    }
}

impl Again {
    /// What is shown again, and with which status; none where no form could mend it.
    pub fn of(typed: &Typed, error: Error) -> Result<(StatusCode, Self)> {
        let form = ScoreForm::typed(typed);
        if let Error::Stale { current } = error {
            let version = current.get("version").and_then(serde_json::Value::as_i64).unwrap_or_default() as i32;
            let saved: Vec<Answer> = serde_json::from_value(current.get("areas").cloned().unwrap_or_default())?;
            let there = Some(ScoreForm::of(&saved));
            let again = Again { form, version, errors: FormErrors::default(), problem: ELSEWHERE, there };
            return Ok((StatusCode::PRECONDITION_FAILED, again));
        }
        // What can be read and is refused lacks something.
        let problem = if matches!(error, Error::Invalid(_)) && form.answers().is_ok() { MISSING } else { WRONG };
        let (status, errors) = FormErrors::shown(error)?;
        Ok((status, Again { form, version: typed.version(), errors, problem, there: None }))
    }
}

impl FormPart {
    /// Of the form at `url`: what is saved at this version, or what could not be.
    pub fn of(url: String, rubric: &RubricVersion, (saved, version): (&[Answer], i32), again: Option<Again>) -> Self {
        let unsaved = again.is_some();
        let as_saved = || Again { form: ScoreForm::of(saved), version, errors: FormErrors::default(), problem: MISSING, there: None };
        let Again { form, version, mut errors, problem, there } = again.unwrap_or_else(as_saved);
        let conflicts = there.as_ref().map(|there| score_forms::conflicts(rubric, &form.fields(), &there.fields())).unwrap_or_default();
        match there {
            Some(_) => errors = score_forms::elsewhere(&conflicts),
            None => score_forms::by_area(&mut errors, rubric),
        }
        FormPart {
            submit_url: format!("{url}/submission"),
            save_url: url,
            version,
            areas: areas(rubric, &form),
            errors,
            problem,
            conflicts,
            unsaved,
        }
    }

    pub fn samples(url: &str) -> [Self; 3] {
        let part = |filled: bool, errors: FormErrors, conflicts: Vec<Conflict>| FormPart {
            save_url: url.into(),
            submit_url: format!("{url}/submission"),
            version: 1,
            areas: sample_areas(filled),
            unsaved: !errors.summary.is_empty(),
            errors,
            problem: if conflicts.is_empty() { MISSING } else { ELSEWHERE },
            conflicts,
        };
        let conflicts = score_forms::sample_conflicts();
        [
            part(false, FormErrors::default(), Vec::new()),
            part(true, FormErrors::sample(&["areas.0.value", "areas.1.note", "areas.2.at"]), Vec::new()),
            part(true, score_forms::elsewhere(&conflicts), conflicts),
        ]
    }
}

/// Areas for the samples of the pages.
pub fn sample_areas(filled: bool) -> Vec<AreaPart> {
    let area = |number: u8| AreaPart {
        number,
        name: format!("Area <{number}>"),
        description: "What it takes in.".into(),
        levels: (1..=5).map(|value| LevelPart { value, title: format!("Level {value}"), text: "Looks `first`.".into() }).collect(),
        value: filled.then_some(number),
        note: if filled { "Counts \"queries\".".into() } else { String::new() },
        at: if filled { "1:05".into() } else { String::new() },
        value_name: format!("areas.{}.value", number - 1),
        note_name: format!("areas.{}.note", number - 1),
        at_name: format!("areas.{}.at", number - 1),
    };
    (1..=5).map(area).collect()
}
