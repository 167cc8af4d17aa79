//! One's own draft as a page.

use serde::Serialize;
use serde_json::Value as Json;

use super::super::model::{AreaScore, CheckItem, Confidence, Content, Recommendation, Sign, Value};
use super::super::read::Desk;
use super::claims::{EditClaim, VerdictOption, verdicts};
use super::form::Typed;
use super::parts::{Head, NotePart, ScoredQuestion, scored_questions, value_words, who_has_submitted};
use crate::policy::Seat;
use crate::rubrics::{Area, WarningSign};
use crate::web::form::FormErrors;
use crate::web::page::{Nav, Template};

#[derive(Debug, Clone, Serialize)]
pub struct EditPage {
    pub head: Head,
    /// Whose unsent changes the browser may keep.
    pub account: String,
    pub version: i32,
    /// Of this form: sent twice, it counts once.
    pub key: String,
    pub shadow: bool,
    /// The room is still open.
    pub running: bool,
    pub areas: Vec<EditArea>,
    pub other_notes: Vec<NotePart>,
    pub signs: Vec<SignPart>,
    pub claims: Vec<EditClaim>,
    pub verdicts: Vec<VerdictOption>,
    pub recommendation: Choice,
    pub confidence: Choice,
    pub next_step: String,
    pub checklist: Vec<TodoLine>,
    pub progress: String,
    /// Who else has submitted.
    pub panel: Vec<String>,
    pub errors: FormErrors,
    pub conflicts: Vec<Conflict>,
}

#[derive(Debug, Clone, Serialize)]
pub struct EditArea {
    pub number: u8,
    /// The names of its fields.
    pub value_name: String,
    pub reason_name: String,
    pub note_name: String,
    pub sign_name: String,
    pub name: String,
    pub description: String,
    pub levels: Vec<LevelPart>,
    pub expected: u8,
    /// A number, a word, or null.
    pub value: Json,
    pub reason: String,
    pub questions: Vec<ScoredQuestion>,
    pub notes: Vec<NotePart>,
    /// As in `5 strengths, 1 concern`.
    pub counts: String,
    pub needs: Option<&'static str>,
    /// A note that was typed and not saved yet.
    pub note_text: String,
    pub note_sign: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct LevelPart {
    pub value: u8,
    pub title: String,
    pub text: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct SignPart {
    pub key: String,
    pub name: String,
    pub looks_like: String,
    pub on: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub options: Vec<ChoiceOption>,
    pub value: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ChoiceOption {
    pub value: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
}

impl Choice {
    pub fn of_recommendation(desk: &Desk, content: &Content) -> Self {
        let option = |word: &Recommendation| ChoiceOption { value: word.as_str(), label: word.words(), hint: word.meaning() };
        Choice {
            options: Recommendation::of(desk.brief.mode).iter().map(option).collect(),
            value: content.recommendation.map(|word| word.to_string()),
        }
    }

    pub fn of_confidence(content: &Content) -> Self {
        let option = |word: &Confidence| ChoiceOption { value: word.as_str(), label: word.words(), hint: word.meaning() };
        Choice { options: Confidence::ALL.iter().map(option).collect(), value: content.confidence.map(|word| word.to_string()) }
    }
}

/// A line for the component `todo`.
#[derive(Debug, Clone, Serialize)]
pub struct TodoLine {
    pub text: String,
    pub done: bool,
    pub meta: Option<String>,
    pub url: Option<String>,
    pub url_label: String,
}

/// One field that was changed here and elsewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Conflict {
    /// What the box that takes theirs is called.
    pub take: String,
    pub label: String,
    pub mine: String,
    pub theirs: String,
}

impl EditPage {
    pub fn of(desk: &Desk) -> Self {
        let content = &desk.card.content;
        let checklist = &desk.card.checklist;
        let done = checklist.iter().filter(|item| item.done).count();
        EditPage {
            head: desk.head(),
            account: desk.account.to_string(),
            version: desk.card.version,
            key: desk.key.to_string(),
            shadow: desk.seat == Some(Seat::Shadow),
            running: desk.brief.facts.started_at.is_some() && desk.brief.facts.ended_at.is_none(),
            areas: content
                .areas
                .iter()
                .zip(&desk.rubric.areas)
                .enumerate()
                .map(|(i, (score, area))| EditArea::of(desk, i, score, area))
                .collect(),
            other_notes: content.evidence.iter().filter(|note| note.area.is_none()).map(|note| NotePart::of(note, &desk.set)).collect(),
            signs: signs(desk),
            claims: EditClaim::all(content),
            verdicts: verdicts(),
            recommendation: Choice::of_recommendation(desk, content),
            confidence: Choice::of_confidence(content),
            next_step: content.next_step.clone(),
            checklist: checklist.iter().map(TodoLine::of).collect(),
            progress: format!("{done} of {} done", checklist.len()),
            panel: who_has_submitted(&desk.submissions, desk.account),
            errors: FormErrors::default(),
            conflicts: Vec::new(),
        }
    }

    /// The form shown again: everything that was typed, over what is saved.
    pub fn shown_again(mut self, typed: &Typed, errors: FormErrors) -> Self {
        for (i, area) in self.areas.iter_mut().enumerate() {
            if let Some(value) = typed.get(&area.value_name) {
                area.value = value.parse::<u8>().map_or_else(|_| value.into(), Json::from);
            }
            take(&mut area.reason, typed.get(&area.reason_name));
            take(&mut area.note_text, typed.get(&area.note_name));
            take(&mut area.note_sign, typed.get(&format!("areas.{i}.sign")));
        }
        for sign in &mut self.signs {
            sign.on = typed.all("sign").any(|ticked| ticked == sign.key);
        }
        self.claims.iter_mut().for_each(|claim| claim.type_over(typed));
        for (choice, name) in [(&mut self.recommendation, "recommendation"), (&mut self.confidence, "confidence")] {
            choice.value = typed.get(name).map(str::to_owned).or(choice.value.take());
        }
        take(&mut self.next_step, typed.get("next_step"));
        self.errors = errors;
        self
    }

    /// The same when the card was changed elsewhere: each field that differs, side by side.
    pub fn in_conflict(self, typed: &Typed) -> Self {
        let saved = self.clone();
        let mut page = self.shown_again(typed, FormErrors::default());
        page.conflicts = conflicts(&saved, &page);
        page
    }
}

fn take(field: &mut String, typed: Option<&str>) {
    if let Some(text) = typed {
        *field = text.replace("\r\n", "\n");
    }
}

fn conflicts(saved: &EditPage, typed: &EditPage) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    let mut compare = |take: &str, label: String, mine: String, theirs: String| {
        if mine != theirs {
            conflicts.push(Conflict { take: take.to_owned(), label, mine, theirs });
        }
    };
    for (theirs, mine) in saved.areas.iter().zip(&typed.areas) {
        compare(&mine.value_name, format!("Score for {}", mine.name), score_words(&mine.value), score_words(&theirs.value));
        compare(&mine.reason_name, format!("Reason for {}", mine.name), mine.reason.clone(), theirs.reason.clone());
    }
    for (theirs, mine) in saved.signs.iter().zip(&typed.signs) {
        let words = |on| if on { "Seen" } else { "Not seen" }.to_owned();
        compare(&format!("sign:{}", mine.key), mine.name.clone(), words(mine.on), words(theirs.on));
    }
    compare("recommendation", "Recommendation".into(), typed.recommendation.words(), saved.recommendation.words());
    compare("confidence", "How sure you are".into(), typed.confidence.words(), saved.confidence.words());
    compare("next_step", "Next step".into(), typed.next_step.clone(), saved.next_step.clone());
    let claims = saved.claims.iter().zip(&typed.claims);
    conflicts.extend(claims.flat_map(|(theirs, mine)| mine.conflicts(theirs)));
    conflicts
}

fn score_words(value: &Json) -> String {
    value_words(Value::from_json(value).unwrap_or_default())
}

impl Choice {
    fn words(&self) -> String {
        let chosen = self.options.iter().find(|option| Some(option.value) == self.value.as_deref());
        chosen.map_or("Nothing", |option| option.label).to_owned()
    }
}

impl EditArea {
    fn of(desk: &Desk, i: usize, score: &AreaScore, area: &Area) -> Self {
        let content = &desk.card.content;
        let notes: Vec<_> = content.evidence_of(score.area).collect();
        let count = |sign| notes.iter().filter(|note| note.sign == sign).count();
        EditArea {
            number: score.area,
            value_name: format!("areas.{i}.value"),
            reason_name: format!("areas.{i}.reason"),
            note_name: format!("areas.{i}.evidence"),
            sign_name: format!("areas.{i}.sign"),
            name: area.name.clone(),
            description: area.description.clone(),
            levels: area
                .anchors
                .iter()
                .map(|anchor| LevelPart { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() })
                .collect(),
            expected: *area.expected.at(desk.brief.level),
            value: serde_json::to_value(score.value).unwrap_or_default(),
            reason: score.reason.clone(),
            questions: scored_questions(content, score.area, &desk.set),
            counts: counted(count(Sign::Strength), count(Sign::Concern), notes.len()),
            notes: notes.iter().map(|note| NotePart::of(note, &desk.set)).collect(),
            needs: needs(i, &desk.card.checklist),
            note_text: String::new(),
            note_sign: Sign::Neutral.to_string(),
        }
    }
}

fn counted(strengths: usize, concerns: usize, notes: usize) -> String {
    let some = |count: usize, one: &str| match count {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    if notes == 0 { "No notes".into() } else { format!("{}, {}", some(strengths, "strength"), some(concerns, "concern")) }
}

fn needs(i: usize, checklist: &[CheckItem]) -> Option<&'static str> {
    let field = checklist.iter().filter(|item| !item.done).find_map(|item| item.field.as_deref()?.strip_prefix(&format!("areas.{i}.")))?;
    Some(match field {
        "value" => "Needs a score",
        "evidence" => "Needs evidence",
        _ => "Needs a reason",
    })
}

fn signs(desk: &Desk) -> Vec<SignPart> {
    let on = |key: &str| desk.card.content.warning_signs.iter().any(|mark| mark.key == key && mark.question_id.is_none());
    let part = |sign: &WarningSign| SignPart {
        key: sign.key.clone(),
        name: sign.name.clone(),
        looks_like: sign.looks_like.clone(),
        on: on(&sign.key),
    };
    desk.rubric.warning_signs.iter().map(part).collect()
}

impl TodoLine {
    fn of(item: &CheckItem) -> Self {
        TodoLine {
            text: item.text.clone(),
            done: item.done,
            meta: (!item.required && !item.done).then(|| "not required".to_owned()),
            url: item.field.as_ref().filter(|_| !item.done).map(|field| format!("#{field}")),
            url_label: item.action.clone(),
        }
    }
}

impl Template for EditPage {
    const PATH: &'static str = "scorecards/edit.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        let title = format!("Your scorecard for {}", self.head.candidate);
        if self.errors.summary.is_empty() && self.conflicts.is_empty() { title } else { format!("Error: {title}") }
    }

    fn samples() -> Vec<Self> {
        super::samples::edit_pages()
    }
}
