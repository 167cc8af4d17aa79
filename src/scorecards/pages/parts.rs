//! Pieces that several pages show.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{AreaScore, CardView, Content, Evidence, Revision, Submission, Value};
use super::super::read::Desk;
use super::claims::ReadClaim;
use crate::accounts::initials;
use crate::interviews::Brief;
use crate::policy::{AccountId, Seat, TeamId};
use crate::question_sets::{QuestionId, QuestionSetVersion};
use crate::rubrics::{Level, RubricVersion};
use crate::web::times::Moment;

/// A note, as `evidence_row` and `quote` take it.
#[derive(Debug, Clone, Serialize)]
pub struct NotePart {
    pub id: String,
    /// The interview's clock as `mm:ss`; empty without one.
    pub at: String,
    pub at_seconds: Option<i32>,
    pub text: String,
    pub sign: &'static str,
    pub area: Option<u8>,
    pub question_id: Option<String>,
    pub question_label: Option<String>,
}

impl NotePart {
    pub fn of(note: &Evidence, set: &QuestionSetVersion) -> Self {
        NotePart {
            id: note.id.to_string(),
            at: note.at_seconds.map(|at| format!("{:02}:{:02}", at / 60, at % 60)).unwrap_or_default(),
            at_seconds: note.at_seconds,
            text: note.text.clone(),
            sign: note.sign.as_str(),
            area: note.area,
            question_id: note.question_id.map(|id| id.to_string()),
            question_label: note.question_id.and_then(|id| set.question(id)).map(|question| question.title.clone()),
        }
    }
}

/// A question that was scored, beside the area it counts towards first.
#[derive(Debug, Clone, Serialize)]
pub struct ScoredQuestion {
    pub title: String,
    pub value: Value,
}

pub fn scored_questions(content: &Content, area: u8, set: &QuestionSetVersion) -> Vec<ScoredQuestion> {
    let scored = content.questions.iter().filter_map(|score| Some((set.question(score.question_id)?, score.value?)));
    scored
        .filter(|(question, _)| question.primary_area() == Some(area))
        .map(|(question, value)| ScoredQuestion { title: question.title.clone(), value })
        .collect()
}

/// An area of a card that is only read.
#[derive(Debug, Clone, Serialize)]
pub struct ReadArea {
    pub name: String,
    pub value: Option<Value>,
    /// The anchor of the level, or why there is none.
    pub meaning: String,
    pub reason: String,
    pub questions: Vec<ScoredQuestion>,
    pub notes: Vec<NotePart>,
}

/// A card that is only read.
#[derive(Debug, Clone, Serialize)]
pub struct ReadCard {
    pub areas: Vec<ReadArea>,
    pub other_notes: Vec<NotePart>,
    pub warning_signs: Vec<String>,
    pub claims: Vec<ReadClaim>,
    pub recommendation: Option<&'static str>,
    pub confidence: Option<&'static str>,
    pub next_step: String,
}

impl ReadCard {
    pub fn of(content: &Content, rubric: &RubricVersion, set: &QuestionSetVersion) -> Self {
        let note = |note| NotePart::of(note, set);
        let area = |score: &AreaScore| ReadArea {
            name: rubric.area(score.area).map(|area| area.name.clone()).unwrap_or_default(),
            value: score.value,
            meaning: meaning(score, rubric),
            reason: score.reason.clone(),
            questions: scored_questions(content, score.area, set),
            notes: content.evidence_of(score.area).map(note).collect(),
        };
        ReadCard {
            areas: content.areas.iter().map(area).collect(),
            other_notes: content.evidence.iter().filter(|note| note.area.is_none()).map(note).collect(),
            warning_signs: content.warning_signs.iter().map(|mark| sign_name(&mark.key, mark.question_id, rubric, set)).collect(),
            claims: ReadClaim::all(content),
            recommendation: content.recommendation.map(|word| word.words()),
            confidence: content.confidence.map(|word| word.words()),
            next_step: content.next_step.clone(),
        }
    }
}

fn meaning(score: &AreaScore, rubric: &RubricVersion) -> String {
    match score.value {
        Some(Value::Scored(level)) => {
            rubric.area(score.area).and_then(|area| area.anchor(level)).map(|anchor| anchor.label.clone()).unwrap_or_default()
        }
        Some(Value::NotEnoughEvidence) => "Not enough evidence".into(),
        Some(Value::NotAsked) => "Not asked".into(),
        None => "Not scored yet".into(),
    }
}

/// A sign of the rubric by its name; one of a question in the question's words.
fn sign_name(key: &str, question: Option<QuestionId>, rubric: &RubricVersion, set: &QuestionSetVersion) -> String {
    let of_question = || {
        let index: usize = key.strip_prefix("question:")?.parse().ok()?;
        set.question(question?)?.warning_signs.get(index).cloned()
    };
    rubric.warning_sign(key).map(|sign| sign.name.clone()).or_else(of_question).unwrap_or_else(|| key.to_owned())
}

/// Another's card, or one's own, on a page for reading.
#[derive(Debug, Clone, Serialize)]
pub struct PersonCard {
    pub name: String,
    pub initials: String,
    pub seat: &'static str,
    pub own: bool,
    pub draft: bool,
    pub amended: usize,
    pub card: ReadCard,
}

impl PersonCard {
    pub fn of(view: &CardView, rubric: &RubricVersion, set: &QuestionSetVersion) -> Self {
        PersonCard {
            name: view.name.clone(),
            initials: initials(&view.name),
            seat: seat_words(view.seat),
            own: view.own,
            draft: view.submitted_at.is_none(),
            amended: view.revisions.len().saturating_sub(1),
            card: ReadCard::of(&view.content, rubric, set),
        }
    }
}

pub fn seat_words(seat: Seat) -> &'static str {
    match seat {
        Seat::LeadInterviewer => "Lead interviewer",
        Seat::Interviewer => "Interviewer",
        Seat::Shadow => "Shadow, not counted",
        Seat::Observer => "Observer",
        Seat::Candidate => "Candidate",
    }
}

/// A revision in the list under a submitted card.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionPart {
    pub number: i32,
    pub blind: bool,
    pub author: String,
    pub at: Moment,
    pub reason: String,
    pub others_visible: bool,
    pub after_debrief: bool,
    /// What is different from the one before, as in `Communication: 3, then 4`.
    pub changes: Vec<String>,
}

/// The newest first, each with what it changed.
pub fn revisions(revisions: &[Revision], rubric: &RubricVersion, zone: Tz) -> Vec<RevisionPart> {
    let before = std::iter::once(None).chain(revisions.iter().map(|revision| Some(&revision.content)));
    let mut parts: Vec<_> = revisions
        .iter()
        .zip(before)
        .map(|(revision, before)| RevisionPart {
            number: revision.number,
            blind: revision.blind,
            author: revision.author.clone(),
            at: Moment::of(revision.created_at, zone),
            reason: revision.reason.clone(),
            others_visible: revision.others_visible,
            after_debrief: revision.after_debrief,
            changes: before.map(|before| differences(before, &revision.content, rubric)).unwrap_or_default(),
        })
        .collect();
    parts.reverse();
    parts
}

fn differences(before: &Content, after: &Content, rubric: &RubricVersion) -> Vec<String> {
    let mut lines = Vec::new();
    for (old, new) in before.areas.iter().zip(&after.areas) {
        let name = rubric.area(new.area).map(|area| area.name.as_str()).unwrap_or_default();
        if old.value != new.value {
            lines.push(format!("{name}: {}, then {}", value_words(old.value), value_words(new.value)));
        }
        if old.reason != new.reason {
            lines.push(format!("{name}: another reason. “{}”", new.reason));
        }
    }
    let words = |word: Option<&'static str>| word.unwrap_or("nothing");
    let recommended = |content: &Content| words(content.recommendation.map(|word| word.words()));
    let sure = |content: &Content| words(content.confidence.map(|word| word.words()));
    if before.recommendation != after.recommendation {
        lines.push(format!("Recommendation: {}, then {}", recommended(before), recommended(after)));
    }
    if before.confidence != after.confidence {
        lines.push(format!("How sure: {}, then {}", sure(before), sure(after)));
    }
    if before.next_step != after.next_step {
        lines.push(format!("Next step: “{}”", after.next_step));
    }
    let known: BTreeMap<_, _> = before.evidence.iter().map(|note| (note.id, note)).collect();
    lines.extend(after.evidence.iter().filter(|note| known.get(&note.id) != Some(note)).map(|note| format!("A note: “{}”", note.text)));
    lines
}

pub fn value_words(value: Option<Value>) -> String {
    match value {
        Some(Value::Scored(score)) => score.to_string(),
        Some(Value::NotEnoughEvidence) => "not enough evidence".into(),
        Some(Value::NotAsked) => "not asked".into(),
        None => "nothing".into(),
    }
}

/// Where the pages round a card are.
#[derive(Debug, Clone, Serialize)]
pub struct Links {
    pub interviews: String,
    pub interview: String,
    pub room: String,
    pub scorecard: String,
    pub submission: String,
    pub revisions: String,
    pub others: String,
    /// Once it is open.
    pub debrief: Option<String>,
    pub api: String,
}

/// What the head of every page round a card says.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    pub candidate: String,
    pub first_name: String,
    /// As in `Django backend, mid level. Rubric version 2.`
    pub about: String,
    pub starts: Moment,
    pub level: &'static str,
    pub links: Links,
}

impl Desk {
    pub fn head(&self) -> Head {
        Head::of(&self.brief, self.team, &self.rubric, &self.set, self.zone)
    }
}

impl Head {
    pub fn of(brief: &Brief, team: TeamId, rubric: &RubricVersion, set: &QuestionSetVersion, zone: Tz) -> Self {
        let interviews = format!("/teams/{team}/interviews");
        let interview = format!("{interviews}/{}", brief.id);
        Head {
            candidate: brief.candidate_name.clone(),
            first_name: brief.candidate_name.split_whitespace().next().unwrap_or_default().to_owned(),
            about: format!("{}, {} level. {}, version {}.", set.name, level_words(brief.level), rubric.name, rubric.number),
            starts: Moment::of(brief.facts.started_at.unwrap_or(brief.starts_at), zone),
            level: level_words(brief.level),
            links: Links {
                room: format!("{interview}/room"),
                scorecard: format!("{interview}/scorecard"),
                submission: format!("{interview}/scorecard/submission"),
                revisions: format!("{interview}/scorecard/revisions"),
                others: format!("{interview}/scorecards"),
                debrief: brief.facts.debrief_opened_at.map(|_| format!("{interview}/debrief")),
                api: format!("/api/v1{interview}/scorecard"),
                interviews,
                interview,
            },
        }
    }
}

pub fn level_words(level: Level) -> &'static str {
    match level {
        Level::Entry => "entry",
        Level::Mid => "mid",
        Level::Senior => "senior",
    }
}

/// Who else has submitted, in sentences. `own` is the reader.
pub fn who_has_submitted(submissions: &[Submission], own: AccountId) -> Vec<String> {
    let others = || submissions.iter().filter(move |one| one.account_id != own);
    let names = |submitted: bool| others().filter(|one| one.submitted == submitted).map(|one| one.name.as_str()).collect::<Vec<_>>();
    let mut lines = Vec::new();
    match names(true).as_slice() {
        [] => {}
        [one] => lines.push(format!("{one} has submitted.")),
        many => lines.push(format!("{} have submitted.", listed(many))),
    }
    match names(false).as_slice() {
        [] => {}
        [one] => lines.push(format!("{one} has not submitted yet.")),
        many => lines.push(format!("{} have not submitted yet.", listed(many))),
    }
    lines
}

fn listed(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}
