//! Two people wrote the same question: both texts field by field, and taking over what the other has.

use serde::Serialize;

use super::form::QuestionForm;
use crate::platform::words::{self, Change};

/// A field of which there are two texts.
#[derive(Debug, Serialize)]
pub struct Difference {
    field: &'static str,
    yours: Vec<Piece>,
    theirs: Vec<Piece>,
}

/// Some words of one text, and whether the other has them too.
#[derive(Debug, Serialize)]
struct Piece {
    text: String,
    only: bool,
}

/// A text of the form by its label.
type Text = (&'static str, fn(&mut QuestionForm) -> &mut String);

const TEXTS: [Text; 18] = [
    ("Title", |form| &mut form.title),
    ("Prompt", |form| &mut form.prompt),
    ("Kind", |form| &mut form.kind),
    ("Minutes", |form| &mut form.minutes),
    ("A good answer goes through", |form| &mut form.checklist),
    ("What it is there to find out", |form| &mut form.tests),
    ("Listen for", |form| &mut form.listen_for),
    ("Ask further", |form| &mut form.probes),
    ("Warning signs", |form| &mut form.warning_signs),
    ("Anchor 1", |form| &mut form.anchor_1),
    ("Anchor 2", |form| &mut form.anchor_2),
    ("Anchor 3", |form| &mut form.anchor_3),
    ("Anchor 4", |form| &mut form.anchor_4),
    ("Anchor 5", |form| &mut form.anchor_5),
    ("A strong answer", |form| &mut form.strong_answer),
    ("A weak answer", |form| &mut form.weak_text),
    ("Why it is weak", |form| &mut form.weak_why),
    ("Short name", |form| &mut form.key),
];

const AREAS: &str = "Areas";
const LEVELS: &str = "Levels";
const TOPICS: &str = "Topics";

/// Where mine is not theirs.
pub fn differences(mine: &QuestionForm, theirs: &QuestionForm) -> Vec<Difference> {
    let (mut mine, mut theirs) = (mine.clone(), theirs.clone());
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let texts = TEXTS.iter().map(|(field, text)| (*field, plain(text(&mut mine)), plain(text(&mut theirs)))).collect::<Vec<_>>();
    let lists = [
        (AREAS, areas(&mine), areas(&theirs)),
        (LEVELS, mine.levels.join(", "), theirs.levels.join(", ")),
        (TOPICS, mine.topics.join(", "), theirs.topics.join(", ")),
    ];
    texts
        .into_iter()
        .chain(lists)
        .filter(|(_, mine, theirs)| mine != theirs)
        .map(|(field, mine, theirs)| of(field, &mine, &theirs))
        .collect()
}

/// Puts their text of this field into mine.
pub fn take(mine: &mut QuestionForm, field: &str, theirs: &QuestionForm) {
    let mut theirs = theirs.clone();
    if let Some((_, text)) = TEXTS.iter().find(|(name, _)| *name == field) {
        text(mine).clone_from(text(&mut theirs));
    }
    match field {
        AREAS => (mine.primary, mine.areas) = (theirs.primary, theirs.areas),
        LEVELS => mine.levels = theirs.levels,
        TOPICS => mine.topics = theirs.topics,
        _ => {}
    }
}

fn areas(form: &QuestionForm) -> String {
    std::iter::once(&form.primary).chain(&form.areas).filter(|area| !area.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

fn of(field: &'static str, mine: &str, theirs: &str) -> Difference {
    let words = words::differences(mine, theirs, None).0;
    let side = |own: Change| {
        let here = words.iter().filter(|run| run.change == Change::Kept || run.change == own);
        here.map(|run| Piece { text: run.text.clone(), only: run.change != Change::Kept }).collect()
    };
    Difference { field, yours: side(Change::Removed), theirs: side(Change::Added) }
}
