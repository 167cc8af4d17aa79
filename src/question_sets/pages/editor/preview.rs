//! The question as others will see it: the candidate's screen and the room's console, made by the room's own components.

use serde::Serialize;

use super::super::super::draft::QuestionDraft;
use super::super::super::model::{Kind, QuestionAnchor, WeakAnswer};
use super::super::field::{control, in_whole, label};
use crate::platform::error::{FieldError, FieldErrors};
use crate::rubrics::{Anchor, Area, Level};

#[derive(Debug, Serialize)]
pub struct Preview {
    /// What it lacks to be published, and what is worth another look.
    missing: Vec<Hint>,
    advice: Vec<Hint>,
    prompt: String,
    minutes: u16,
    kind: &'static str,
    areas: Vec<String>,
    level: &'static str,
    listen_for: Vec<Line>,
    probes: Vec<Line>,
    signs: Vec<Sign>,
    /// The question's own anchors, or those of the area it is scored in.
    levels: Vec<Anchored>,
    anchors_of: String,
    strong_answer: Option<String>,
    weak_answer: Option<WeakAnswer>,
}

/// What is wrong with a field, with the control where it is mended.
#[derive(Debug, Serialize)]
struct Hint {
    control: String,
    field: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct Line {
    index: usize,
    text: String,
    on: bool,
}

#[derive(Debug, Serialize)]
struct Sign {
    key: String,
    label: String,
    on: bool,
}

#[derive(Debug, Serialize)]
struct Anchored {
    value: u8,
    title: String,
    text: String,
}

impl Preview {
    pub fn of(draft: &QuestionDraft, areas: &[Area], unread: &FieldErrors) -> Self {
        let area = |key: &String| areas.iter().find(|area| area.key == *key);
        let primary = draft.areas.first().and_then(area);
        let own = !draft.anchors.is_empty();
        let written = *draft != QuestionDraft { minutes: draft.minutes, key: draft.key.clone(), ..QuestionDraft::default() };
        let (missing, advice) = if written { (draft.missing(), draft.advice()) } else { Default::default() };
        let levels = match primary {
            _ if own => draft.anchors.iter().map(Anchored::own).collect(),
            Some(area) => area.anchors.iter().map(Anchored::of_area).collect(),
            None => Vec::new(),
        };
        Preview {
            missing: unread
                .iter()
                .chain(missing.iter().filter(|error| !named(unread, error)))
                .map(|error| Hint::of(error, draft))
                .collect(),
            advice: advice.iter().map(|error| Hint::of(error, draft)).collect(),
            prompt: draft.prompt.clone(),
            minutes: draft.minutes.unwrap_or_default(),
            kind: draft.kind.map(Kind::label).unwrap_or_default(),
            areas: draft.areas.iter().filter_map(area).map(|area| area.short_name.clone()).collect(),
            level: draft.levels.first().map(|level| Level::label(*level)).unwrap_or_default(),
            listen_for: lines(&draft.listen_for),
            probes: lines(&draft.probes),
            signs: draft.warning_signs.iter().map(|sign| Sign { key: sign.clone(), label: sign.clone(), on: false }).collect(),
            levels,
            anchors_of: if own { "this question".into() } else { primary.map(|area| area.name.clone()).unwrap_or_default() },
            strong_answer: draft.strong_answer.clone(),
            weak_answer: draft.weak_answer.clone(),
        }
    }
}

/// What could not be read is missing, too: it is said once.
fn named(errors: &FieldErrors, one: &FieldError) -> bool {
    errors.iter().any(|error| error.field == one.field)
}

fn lines(texts: &[String]) -> Vec<Line> {
    texts.iter().enumerate().map(|(index, text)| Line { index, text: text.clone(), on: false }).collect()
}

impl Hint {
    fn of(error: &FieldError, draft: &QuestionDraft) -> Self {
        let field = in_whole(&error.field, draft);
        Hint { control: control(&field), field: label(&field), text: error.message.clone() }
    }
}

impl Anchored {
    fn own(anchor: &QuestionAnchor) -> Self {
        Anchored { value: anchor.level, title: String::new(), text: anchor.text.clone() }
    }

    fn of_area(anchor: &Anchor) -> Self {
        Anchored { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() }
    }
}
