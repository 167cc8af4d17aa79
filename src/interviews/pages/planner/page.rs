//! What the planner shows: the form, what can be chosen, and what the choice comes to.

use serde::Serialize;

use super::super::super::model::{areas, question_minutes, uncovered};
use super::super::super::service::{self, Choices};
use super::super::super::words;
use super::Draft;
use super::form::PlannerForm;
use super::known::{KnownPart, known};
use super::suggestion::{SuggestionPart, suggestion};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, Mode, Seat, TeamId};
use crate::question_sets::Question;
use crate::rubrics::{Area, Level, RubricVersion};
use crate::web::form::FormErrors;
use crate::web::page::{Nav, Template};
use crate::web::times::{ZoneGroup, zones};

#[derive(Debug, Serialize)]
pub struct PlannerPage {
    action: String,
    list_url: String,
    back_url: Option<String>,
    form: PlannerForm,
    errors: FormErrors,
    candidates: Vec<Choice>,
    modes: Vec<Choice>,
    levels: Vec<Choice>,
    sets: Vec<Choice>,
    rubrics: Vec<Choice>,
    zones: &'static [ZoneGroup],
    known: KnownPart,
    set_name: Option<String>,
    pool: Vec<PoolQuestion>,
    chosen: Vec<ChosenQuestion>,
    total: i32,
    planned: i32,
    total_words: String,
    coverage: Vec<Coverage>,
    panel: Vec<PanelRow>,
    people: Vec<Choice>,
    seats: Vec<Choice>,
    suggestion: SuggestionPart,
}

#[derive(Debug, Clone, Serialize)]
struct Choice {
    value: String,
    label: String,
}

#[derive(Debug, Serialize)]
struct PoolQuestion {
    id: String,
    title: String,
    meta: String,
    minutes: u16,
    picked: bool,
}

#[derive(Debug, Serialize)]
struct ChosenQuestion {
    id: String,
    title: String,
    minutes: u16,
}

#[derive(Debug, Serialize)]
struct Coverage {
    name: String,
    covered: bool,
    words: String,
}

#[derive(Debug, Serialize)]
struct PanelRow {
    /// `seats.0`, as errors name it.
    at: String,
    row: String,
    account_id: String,
    account_error: Option<String>,
    seat: String,
    seat_error: Option<String>,
    areas: Vec<AreaTick>,
    areas_error: Option<String>,
}

#[derive(Debug, Serialize)]
struct AreaTick {
    value: String,
    label: String,
    ticked: bool,
}

pub fn page(tx: &mut Tx, actor: &Actor, draft: Draft, mut form: PlannerForm, errors: FormErrors) -> Result<PlannerPage> {
    let team = actor.team_id()?;
    let choices = service::choices(tx, actor, form.candidate_id.parse().ok())?;
    let set = choices.sets.iter().find(|set| Some(set.id) == form.set()).cloned();
    form.take_rubric(set.as_ref().and_then(|set| choices.rubric_for(set)).map(|rubric| rubric.id.to_string()));
    let rubric = choices.rubrics.iter().find(|rubric| rubric.id.to_string() == form.rubric_version_id).or(choices.rubrics.first()).cloned();
    let chosen: Vec<Question> =
        set.as_ref().map(|set| form.chosen(set).into_iter().filter_map(|id| set.question(id).cloned()).collect()).unwrap_or_default();
    form.choose(&chosen.iter().map(|question| question.id).collect::<Vec<_>>());
    let known = known(tx, actor, &form, chosen.iter().map(|question| question.id).collect())?;
    let suggestion = suggestion(tx, actor, &form)?;
    let planned = form.minutes.trim().parse().unwrap_or(0);
    let total = question_minutes(&chosen);
    Ok(PlannerPage {
        action: action(team, draft),
        list_url: format!("/teams/{team}/interviews"),
        back_url: match draft {
            Draft::New => None,
            Draft::Kept(id) => Some(format!("/teams/{team}/interviews/{id}")),
        },
        modes: Mode::ALL.iter().map(|mode| choice(mode, words::mode(*mode))).collect(),
        levels: Level::ALL.iter().map(|level| choice(level, words::level(*level))).collect(),
        sets: choices.sets.iter().map(|set| choice(set.id, format!("{}, version {}", set.name, set.number))).collect(),
        rubrics: choices.rubrics.iter().map(|rubric| choice(rubric.id, format!("{}, version {}", rubric.name, rubric.number))).collect(),
        zones: zones(),
        known,
        set_name: set.as_ref().map(|set| format!("{}, version {}", set.name, set.number)),
        pool: set.iter().flat_map(|set| &set.questions).map(|question| pool_question(question, &form, rubric.as_deref())).collect(),
        chosen: chosen
            .iter()
            .map(|question| ChosenQuestion { id: question.id.to_string(), title: question.title.clone(), minutes: question.minutes })
            .collect(),
        total,
        planned,
        total_words: total_words(total, planned, chosen.len()),
        coverage: rubric.as_deref().map(|rubric| coverage(&chosen, rubric)).unwrap_or_default(),
        panel: panel(&form, rubric.as_deref(), &errors),
        people: people(&choices),
        candidates: candidates(choices),
        seats: Seat::ALL.iter().filter(|seat| **seat != Seat::Candidate).map(|seat| choice(seat, words::seat(*seat))).collect(),
        suggestion,
        errors,
        form,
    })
}

fn action(team: TeamId, draft: Draft) -> String {
    match draft {
        Draft::New => format!("/teams/{team}/interviews"),
        Draft::Kept(id) => format!("/teams/{team}/interviews/{id}/edit"),
    }
}

fn choice(value: impl ToString, label: impl Into<String>) -> Choice {
    Choice { value: value.to_string(), label: label.into() }
}

fn candidates(choices: Choices) -> Vec<Choice> {
    let label = |name: String, email: Option<String>| email.map_or(name.clone(), |email| format!("{name}, {email}"));
    choices.candidates.into_iter().map(|(id, name, email)| choice(id, label(name, email))).collect()
}

fn people(choices: &Choices) -> Vec<Choice> {
    choices.members.iter().map(|member| choice(member.account_id, format!("{}, {}", member.name, member.role))).collect()
}

fn pool_question(question: &Question, form: &PlannerForm, rubric: Option<&RubricVersion>) -> PoolQuestion {
    let short = |number: &u8| rubric.and_then(|rubric| rubric.area(*number)).map(|area| area.short_name.clone());
    let levels: Vec<_> = question.levels.iter().map(|level| level.as_str()).collect();
    let areas: Vec<_> = question.areas.iter().filter_map(short).collect();
    let meta = [areas.join(", "), question.kind.to_string(), levels.join(", ")].join(" · ");
    let id = question.id.to_string();
    PoolQuestion { picked: form.pick.contains(&id), id, title: question.title.clone(), meta, minutes: question.minutes }
}

fn total_words(total: i32, planned: i32, count: usize) -> String {
    let questions = if count == 1 { "1 question".into() } else { format!("{count} questions") };
    match planned - total {
        _ if count == 0 => "Tick questions on the left, or have them suggested.".into(),
        over if over < 0 => format!("{} minutes over. Leave one out, or plan {total} minutes.", -over),
        0 => format!("{questions}, to the minute."),
        1 => format!("{questions}, and a minute to breathe."),
        left => format!("{questions}, and {left} minutes to breathe."),
    }
}

fn coverage(chosen: &[Question], rubric: &RubricVersion) -> Vec<Coverage> {
    let open = uncovered(chosen);
    let area = |number: i16| {
        let area = rubric.area(u8::try_from(number).ok()?)?;
        let count = chosen.iter().filter(|question| question.areas.contains(&area.number)).count();
        let words = match count {
            0 => "none yet".into(),
            1 => "1 question".into(),
            more => format!("{more} questions"),
        };
        Some(Coverage { name: area.name.clone(), covered: !open.contains(&number), words })
    };
    areas::AREAS.filter_map(area).collect()
}

fn panel(form: &PlannerForm, rubric: Option<&RubricVersion>, errors: &FormErrors) -> Vec<PanelRow> {
    let ticked = form.row_areas();
    let row = |(row, (account_id, seat)): (usize, (&String, &String))| {
        let error = |field: &str| errors.fields.get(&format!("seats.{row}.{field}")).cloned();
        PanelRow {
            at: format!("seats.{row}"),
            row: row.to_string(),
            account_id: account_id.clone(),
            account_error: error("account_id"),
            seat: seat.clone(),
            seat_error: error("seat"),
            areas: rubric.iter().flat_map(|rubric| &rubric.areas).map(|area| area_tick(row, area, &ticked)).collect(),
            areas_error: error("areas"),
        }
    };
    form.account_id.iter().zip(&form.seat).enumerate().map(row).collect()
}

fn area_tick(row: usize, area: &Area, ticked: &[(usize, i16)]) -> AreaTick {
    AreaTick {
        value: format!("{row}:{}", area.number),
        label: area.short_name.clone(),
        ticked: ticked.contains(&(row, i16::from(area.number))),
    }
}

impl Template for PlannerPage {
    const PATH: &'static str = "interviews/planner.html";
    const NAV: Nav = Nav::Interviews;
    const PARTS: &'static [&'static str] = &["known"];

    fn title(&self) -> String {
        let title = if self.back_url.is_some() { "Edit the draft" } else { "Plan an interview" };
        if self.errors.summary.is_empty() { title.into() } else { format!("Error: {title}") }
    }

    fn samples() -> Vec<Self> {
        let choices = || vec![choice("1", "One"), choice("2", "Two")];
        let empty = || PlannerPage {
            action: "/teams/1/interviews".into(),
            list_url: "/teams/1/interviews/1".into(),
            back_url: None,
            form: PlannerForm::default(),
            errors: FormErrors::default(),
            candidates: Vec::new(),
            modes: choices(),
            levels: choices(),
            sets: Vec::new(),
            rubrics: choices(),
            zones: zones(),
            known: KnownPart::default(),
            set_name: None,
            pool: Vec::new(),
            chosen: Vec::new(),
            total: 0,
            planned: 0,
            total_words: total_words(0, 0, 0),
            coverage: Vec::new(),
            panel: Vec::new(),
            people: choices(),
            seats: choices(),
            suggestion: SuggestionPart::default(),
        };
        let error = || Some("Look at this again.".to_owned());
        let row = PanelRow {
            at: "seats.0".into(),
            row: "0".into(),
            account_id: "1".into(),
            account_error: error(),
            seat: "2".into(),
            seat_error: error(),
            areas: vec![AreaTick { value: "0:1".into(), label: "Fundamentals".into(), ticked: true }],
            areas_error: error(),
        };
        let mut errors = FormErrors::whole("Somebody else has changed this draft.");
        for field in ["candidate_id", "candidate.name", "candidate.email", "mode", "seats", "question_ids"] {
            errors.fields.insert(field.into(), "Look at this again.".into());
        }
        let full = PlannerPage {
            back_url: Some("/teams/1/interviews/1".into()),
            errors,
            known: KnownPart::sample(),
            set_name: Some("Django backend, version 1".into()),
            pool: vec![PoolQuestion { id: "q".into(), title: "Lazy".into(), meta: "Framework".into(), minutes: 5, picked: true }],
            chosen: ["q", "r", "s"].map(|id| ChosenQuestion { id: id.into(), title: "Lazy".into(), minutes: 5 }).into(),
            total: 70,
            planned: 60,
            total_words: total_words(70, 60, 3),
            coverage: vec![
                Coverage { name: "Fundamentals".into(), covered: true, words: "2 questions".into() },
                Coverage { name: "Communication".into(), covered: false, words: "none yet".into() },
            ],
            panel: vec![row],
            candidates: choices(),
            sets: choices(),
            suggestion: SuggestionPart::sample(),
            ..empty()
        };
        vec![empty(), full]
    }
}
