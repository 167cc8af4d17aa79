//! What a team writes before it publishes: the draft of a set and of each question in it.
//!
//! A draft may be unfinished. What it must have to be published is the format's matter (`file`), what makes
//! a question too much for the room is advice.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::file::QuestionFile;
use super::model::{
    Checklist, Kind, QuestionAnchor, QuestionId, QuestionSetId, QuestionSetVersionId, QuestionSetVersionSummary, Topic, WeakAnswer,
};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::rubrics::{AREA_KEYS, Level, area_number};

/// `POST …/question-sets`: empty, or a copy of a version that this team may read.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuestionSet {
    pub name: String,
    #[serde(default)]
    pub description: String,
    /// For files and addresses; made from the name if not said.
    #[serde(default)]
    pub slug: Option<String>,
    /// The rubric it is written for, by its slug.
    #[serde(default)]
    pub rubric: Option<String>,
    /// A version whose questions it begins with.
    #[serde(default)]
    pub copy_of: Option<QuestionSetVersionId>,
}

/// `PUT …/question-sets/{id}`: what stands above the questions.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionSetHead {
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub rubric: Option<String>,
}

/// A team's set with its draft and what was published of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamSetView {
    pub id: QuestionSetId,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub rubric: Option<String>,
    /// What it is a copy of, or was last compared with.
    pub copied_from: Option<QuestionSetVersionId>,
    /// Of name, description and order, for the next If-Match.
    pub version: i32,
    pub questions: i64,
    pub minutes: i64,
    pub changed_at: DateTime<Utc>,
    pub retired_at: Option<DateTime<Utc>>,
    /// Since then members may practise on it.
    pub practice_opened_at: Option<DateTime<Utc>>,
    /// Who last opened and closed it for practice.
    pub practice: Option<PracticeView>,
    /// How many questions of the draft reach each area at each level.
    pub coverage: Vec<AreaCoverage>,
    pub newest_version: Option<QuestionSetVersionSummary>,
    /// The draft is not what was last published.
    pub unpublished_changes: bool,
}

/// When a set was last open for practice, and who opened and closed it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PracticeView {
    pub opened_at: DateTime<Utc>,
    /// None where the account is gone.
    pub opened_by: Option<String>,
    /// None while it is open.
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<String>,
}

/// How many questions reach an area at each level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct AreaCoverage {
    /// 1 to 5.
    pub area: u8,
    pub entry: i64,
    pub mid: i64,
    pub senior: i64,
}

/// A question as it is being written. Everything may be missing but the title.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct QuestionDraft {
    /// Stable over the versions; made from the title if empty.
    pub key: String,
    pub title: String,
    pub prompt: String,
    pub kind: Option<Kind>,
    /// Keys of the rubric's areas, the primary one first.
    pub areas: Vec<String>,
    pub levels: Vec<Level>,
    pub minutes: Option<u16>,
    pub tests: String,
    pub listen_for: Vec<String>,
    pub warning_signs: Vec<String>,
    pub probes: Vec<String>,
    pub checklist: Option<Checklist>,
    pub topics: Vec<Topic>,
    /// Five, or none.
    pub anchors: Vec<QuestionAnchor>,
    pub strong_answer: Option<String>,
    pub weak_answer: Option<WeakAnswer>,
}

/// A draft question as lists and its editor show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DraftQuestionView {
    pub id: QuestionId,
    /// 1 for the first.
    pub position: i32,
    /// For the next If-Match.
    pub version: i32,
    #[serde(flatten)]
    pub question: QuestionDraft,
    /// What it lacks to be published.
    pub missing: FieldErrors,
    /// What is worth another look.
    pub advice: FieldErrors,
    pub changed_at: DateTime<Utc>,
}

/// `PATCH …/draft/questions`: the same change for several questions.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkChange {
    pub question_ids: Vec<QuestionId>,
    #[serde(default)]
    pub levels: Option<Vec<Level>>,
    #[serde(default)]
    pub kind: Option<Kind>,
    #[serde(default)]
    pub minutes: Option<u16>,
    #[serde(default)]
    pub areas: Option<Vec<String>>,
    /// Takes them out of the draft.
    #[serde(default)]
    pub remove: bool,
}

/// `PUT …/draft/order`: every question of the draft once.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    pub question_ids: Vec<QuestionId>,
}

/// `PATCH …/draft/order`: some questions, in the order they have, to a place in the whole draft.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    pub question_ids: Vec<QuestionId>,
    /// From 1; a place behind the last is the last.
    pub place: usize,
}

/// `POST …/versions`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVersion {
    /// What changed and why, for those who choose between versions.
    pub reason: String,
}

/// Which questions; what is not said is not filtered.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'w> {
    /// Words as people type them into a search box.
    pub words: &'w str,
    pub area: Option<&'w str>,
    pub level: Option<&'w str>,
    pub kind: Option<&'w str>,
}

/// How many points to listen for, probes and warning signs the room shows at a glance.
pub const MOST_IN_THE_ROOM: [usize; 3] = [6, 4, 4];

/// Most lines of one list that a draft keeps; the room wants far fewer.
const LINES: usize = 30;

impl QuestionDraft {
    /// Trims, drops empty lines, and refuses what could not even be kept. `key` is made from the title where it
    /// is missing.
    pub fn tidy(self) -> Result<Self> {
        let mut question = self.pruned();
        let mut errors = FieldErrors::default();
        take(&mut errors, "title", &mut question.title, |text| parse::line(text, 1, 48));
        take(&mut errors, "prompt", &mut question.prompt, |text| parse::line(text, 0, 2_000));
        take(&mut errors, "tests", &mut question.tests, |text| parse::line(text, 0, 1_000));
        question.tidy_lines(&mut errors);
        for area in question.areas.iter().filter(|area| area_number(area).is_none()) {
            errors.add("areas", format!("{area:?} is no area; choose from {}.", AREA_KEYS.join(", ")));
        }
        question.tidy_answers(&mut errors);
        if question.minutes.is_some_and(|minutes| !(1..=60).contains(&minutes)) {
            errors.add("minutes", "A question takes 1 to 60 minutes.");
        }
        errors.note("key", parse::key(&question.key));
        errors.check()?;
        Ok(question)
    }

    fn tidy_lines(&mut self, errors: &mut FieldErrors) {
        for (name, lines) in
            [("listen_for", &mut self.listen_for), ("warning_signs", &mut self.warning_signs), ("probes", &mut self.probes)]
        {
            if lines.len() > LINES {
                errors.add(name, format!("Keep at most {LINES} lines."));
            }
            for (i, line) in lines.iter_mut().enumerate() {
                take(errors, &format!("{name}.{i}"), line, |text| parse::line(text, 1, 300));
            }
        }
    }

    fn tidy_answers(&mut self, errors: &mut FieldErrors) {
        for anchor in &mut self.anchors {
            let field = format!("anchors.{}", anchor.level);
            take(errors, &field, &mut anchor.text, |text| parse::line(text, 1, 300));
        }
        if let Some(text) = &mut self.strong_answer {
            take(errors, "strong_answer", text, |text| parse::text(text.trim(), 4_000));
        }
        if let Some(weak) = &mut self.weak_answer {
            take(errors, "weak_answer.text", &mut weak.text, |text| parse::text(text.trim(), 2_000));
            take(errors, "weak_answer.why", &mut weak.why, |text| parse::line(text, 0, 600));
        }
    }

    /// As it stands in a file. What is missing is empty there, and the format says so.
    pub fn into_file(self) -> QuestionFile {
        QuestionFile {
            key: self.key,
            title: self.title,
            prompt: self.prompt,
            kind: self.kind.unwrap_or(Kind::Technical),
            areas: self.areas,
            levels: self.levels,
            minutes: self.minutes.unwrap_or_default(),
            tests: self.tests,
            listen_for: self.listen_for,
            warning_signs: self.warning_signs,
            probes: self.probes,
            checklist: self.checklist,
            topics: self.topics,
            anchors: (!self.anchors.is_empty()).then_some(self.anchors),
            strong_answer: self.strong_answer,
            weak_answer: self.weak_answer,
        }
    }

    pub fn of(file: QuestionFile) -> Self {
        QuestionDraft {
            key: file.key,
            title: file.title,
            prompt: file.prompt,
            kind: Some(file.kind),
            areas: file.areas,
            levels: file.levels,
            minutes: Some(file.minutes),
            tests: file.tests,
            listen_for: file.listen_for,
            warning_signs: file.warning_signs,
            probes: file.probes,
            checklist: file.checklist,
            topics: file.topics,
            anchors: file.anchors.unwrap_or_default(),
            strong_answer: file.strong_answer,
            weak_answer: file.weak_answer,
        }
    }

    /// What it lacks to be published, by field.
    pub fn missing(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.kind.is_none() {
            errors.add("kind", "Choose a kind.");
        }
        self.clone().into_file().check(&mut |field, message| errors.add(field, message));
        errors
    }

    /// Without what was left empty, and with a key made from the title where it has none.
    pub fn pruned(mut self) -> Self {
        for lines in [&mut self.listen_for, &mut self.warning_signs, &mut self.probes] {
            lines.retain(|line| !line.trim().is_empty());
        }
        self.anchors.retain(|anchor| !anchor.text.trim().is_empty());
        self.strong_answer = self.strong_answer.filter(|text| !text.trim().is_empty());
        self.weak_answer = self.weak_answer.filter(|weak| !weak.text.trim().is_empty() || !weak.why.trim().is_empty());
        distinct(&mut self.areas);
        distinct(&mut self.levels);
        distinct(&mut self.topics);
        if self.key.trim().is_empty() {
            self.key = parse::slug(&self.title);
        }
        self
    }

    /// More than the room shows at a glance.
    pub fn is_too_much_for_the_room(&self) -> bool {
        [&self.listen_for, &self.probes, &self.warning_signs].into_iter().zip(MOST_IN_THE_ROOM).any(|(lines, most)| lines.len() > most)
    }

    /// What is too much for the room, or leaves an interviewer alone.
    pub fn advice(&self) -> FieldErrors {
        let mut advice = FieldErrors::default();
        self.clone().into_file().advise(&mut |field, message| advice.add(field, message));
        advice
    }
}

impl BulkChange {
    /// The question with the change applied.
    pub fn apply(&self, question: &mut QuestionDraft) {
        if let Some(levels) = &self.levels {
            question.levels.clone_from(levels);
        }
        if let Some(areas) = &self.areas {
            question.areas.clone_from(areas);
        }
        question.kind = self.kind.or(question.kind);
        question.minutes = self.minutes.or(question.minutes);
    }
}

fn take(errors: &mut FieldErrors, field: &str, text: &mut String, parse: impl Fn(&str) -> Result<String, String>) {
    if let Some(parsed) = errors.take(field, parse(text)) {
        *text = parsed;
    }
}

/// The first of each, in order.
fn distinct<T: Ord + Clone>(items: &mut Vec<T>) {
    let mut seen = BTreeSet::new();
    items.retain(|item| seen.insert(item.clone()));
}

impl NewVersion {
    pub fn parse(&self) -> Result<String> {
        parse::line(&self.reason, 1, 500).map_err(|_| Error::invalid("reason", "Say in a line what changed and why."))
    }
}
