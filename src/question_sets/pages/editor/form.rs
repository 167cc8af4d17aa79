//! The editor's form: what was typed and what it means.

use serde::{Deserialize, Serialize};

use super::super::super::draft::{DraftQuestionView, QuestionDraft};
use super::super::super::model::{QuestionAnchor, WeakAnswer};
use crate::platform::error::{FieldErrors, Result};

/// The form; a list is a text of one line a point, so that it needs no script.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QuestionForm {
    pub key: String,
    pub title: String,
    pub prompt: String,
    pub kind: String,
    pub primary: String,
    pub areas: Vec<String>,
    pub levels: Vec<String>,
    pub minutes: String,
    pub tests: String,
    pub listen_for: String,
    pub warning_signs: String,
    pub probes: String,
    pub checklist: String,
    pub topics: Vec<String>,
    pub anchor_1: String,
    pub anchor_2: String,
    pub anchor_3: String,
    pub anchor_4: String,
    pub anchor_5: String,
    pub strong_answer: String,
    pub weak_text: String,
    pub weak_why: String,
    pub version: String,
    /// The button that shows the preview and saves nothing.
    #[serde(skip_serializing)]
    pub preview: String,
    /// The button that takes over what somebody else has saved of one field.
    #[serde(skip_serializing)]
    pub take: String,
}

impl QuestionForm {
    pub fn of(view: &DraftQuestionView) -> Self {
        QuestionForm { version: view.version.to_string(), ..Self::of_draft(&view.question) }
    }

    /// The newest, as a stale save brings it.
    pub fn of_json(current: serde_json::Value) -> Result<Self> {
        #[derive(Deserialize)]
        struct Current {
            version: i32,
            #[serde(flatten)]
            rest: serde_json::Map<String, serde_json::Value>,
        }
        let Current { version, mut rest } = serde_json::from_value(current)?;
        for beside in ["id", "position", "missing", "advice", "changed_at"] {
            rest.remove(beside);
        }
        let draft: QuestionDraft = serde_json::from_value(rest.into())?;
        Ok(QuestionForm { version: version.to_string(), ..Self::of_draft(&draft) })
    }

    pub fn of_draft(draft: &QuestionDraft) -> Self {
        let text = |option: Option<String>| option.unwrap_or_default();
        let anchor =
            |level| draft.anchors.iter().find(|anchor| anchor.level == level).map(|anchor| anchor.text.clone()).unwrap_or_default();
        let words = |items: Vec<&'static str>| items.into_iter().map(str::to_owned).collect();
        QuestionForm {
            key: draft.key.clone(),
            title: draft.title.clone(),
            prompt: draft.prompt.clone(),
            kind: text(draft.kind.map(|kind| kind.to_string())),
            primary: draft.areas.first().cloned().unwrap_or_default(),
            areas: draft.areas.iter().skip(1).cloned().collect(),
            levels: words(draft.levels.iter().map(|level| level.as_str()).collect()),
            minutes: text(draft.minutes.map(|minutes| minutes.to_string())),
            tests: draft.tests.clone(),
            listen_for: draft.listen_for.join("\n"),
            warning_signs: draft.warning_signs.join("\n"),
            probes: draft.probes.join("\n"),
            checklist: text(draft.checklist.map(|list| list.to_string())),
            topics: words(draft.topics.iter().map(|topic| topic.as_str()).collect()),
            anchor_1: anchor(1),
            anchor_2: anchor(2),
            anchor_3: anchor(3),
            anchor_4: anchor(4),
            anchor_5: anchor(5),
            strong_answer: draft.strong_answer.clone().unwrap_or_default(),
            weak_text: draft.weak_answer.as_ref().map(|weak| weak.text.clone()).unwrap_or_default(),
            weak_why: draft.weak_answer.as_ref().map(|weak| weak.why.clone()).unwrap_or_default(),
            version: String::new(),
            preview: String::new(),
            take: String::new(),
        }
    }

    /// What the form says, or every field that cannot be read or kept.
    pub fn draft(&self) -> Result<QuestionDraft> {
        let (draft, errors) = self.read();
        errors.check()?;
        draft.tidy()
    }

    /// What can be read of it, and what cannot.
    pub fn read(&self) -> (QuestionDraft, FieldErrors) {
        let mut errors = FieldErrors::default();
        let minutes = match self.minutes.trim() {
            "" => None,
            minutes => errors.take("minutes", minutes.parse().map_err(|_| "Write whole minutes, from 1 to 60.".to_owned())),
        };
        let areas = std::iter::once(&self.primary).chain(self.areas.iter().filter(|area| **area != self.primary));
        let draft = QuestionDraft {
            key: self.key.trim().to_owned(),
            title: self.title.trim().to_owned(),
            prompt: one_line(&self.prompt),
            kind: one(&mut errors, "kind", &self.kind),
            areas: areas.filter(|area| !area.is_empty()).cloned().collect(),
            levels: self.levels.iter().filter_map(|level| level.parse().ok()).collect(),
            minutes,
            tests: one_line(&self.tests),
            listen_for: lines(&self.listen_for),
            warning_signs: lines(&self.warning_signs),
            probes: lines(&self.probes),
            checklist: one(&mut errors, "checklist", &self.checklist),
            topics: self.topics.iter().filter_map(|topic| topic.parse().ok()).collect(),
            anchors: self.anchors(),
            strong_answer: Some(several_lines(&self.strong_answer)),
            weak_answer: Some(WeakAnswer { text: several_lines(&self.weak_text), why: one_line(&self.weak_why) }),
        };
        (draft, errors)
    }

    fn anchors(&self) -> Vec<QuestionAnchor> {
        let texts = [&self.anchor_1, &self.anchor_2, &self.anchor_3, &self.anchor_4, &self.anchor_5];
        (1..).zip(texts).map(|(level, text)| QuestionAnchor { level, text: one_line(text) }).collect()
    }
}

/// A browser sends \r\n.
fn several_lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn one<T: std::str::FromStr<Err = String>>(errors: &mut FieldErrors, field: &str, text: &str) -> Option<T> {
    if text.is_empty() { None } else { errors.take(field, text.parse()) }
}
