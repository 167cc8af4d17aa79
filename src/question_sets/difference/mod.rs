//! What became of a question set: the difference between two versions, or between a version and the draft.
//!
//! Questions are paired by their id, which they keep over the versions of a set, else by their key, which a copy
//! keeps. Pairing is cheap; words are compared only for the questions that somebody looks at.

mod fields;
mod lines;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use fields::FieldDifference;
pub(super) use fields::fields;
pub use lines::LineDifference;

use super::draft::QuestionDraft;
use super::model::{QuestionId, QuestionSetId, QuestionSetVersion, QuestionSetVersionId, QuestionSetVersionSummary};
use crate::platform::error::{Error, Result};
use crate::text_enum;

text_enum! {
    /// What became of a question or of a line.
    Fate { Kept = "kept", Changed = "changed", Added = "added", Removed = "removed" }
}

/// One side of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Side {
    pub name: String,
    pub description: String,
    pub rubric: String,
    pub questions: Vec<(QuestionId, QuestionDraft)>,
}

/// A version that is compared.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedVersion {
    #[serde(rename = "question_set_id")]
    pub set: QuestionSetId,
    #[serde(flatten)]
    pub version: QuestionSetVersionSummary,
}

/// How many questions had which fate; a question may be changed and moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    pub added: usize,
    pub removed: usize,
    pub changed: usize,
    pub moved: usize,
    pub unchanged: usize,
}

/// What changed in one question.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionDifference {
    pub question_id: QuestionId,
    pub key: String,
    pub title: String,
    pub fate: Fate,
    /// It stands elsewhere among the others.
    pub moved: bool,
    /// 1 for the first; none where it is not.
    pub position_before: Option<usize>,
    pub position: Option<usize>,
    /// Field by field, as they are called in a file; those that are as they were are left out.
    pub fields: Vec<FieldDifference>,
    /// How many questions that are as they were stand between this one and the one before it in this list.
    pub unchanged_before: usize,
    #[serde(skip)]
    pub unchanged_titles: Vec<String>,
}

/// The difference as a whole, its questions by the page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SetDifference {
    /// None where nothing was published before.
    pub from: Option<ComparedVersion>,
    /// None for the draft.
    pub to: Option<ComparedVersion>,
    pub counts: Counts,
    /// What stands above the questions.
    pub head: Vec<FieldDifference>,
    /// Those that are not as they were, in their order; what was removed stands where it stood.
    pub questions: Vec<QuestionDifference>,
    pub next_cursor: Option<String>,
    /// Unchanged ones behind the last; none unless the list ends here.
    #[serde(skip)]
    pub unchanged_after: (usize, Vec<String>),
}

/// The version to compare with; the server's choice without it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FromQuery {
    from: Option<String>,
}

impl FromQuery {
    /// An empty one is none: a form sends it so.
    pub fn version(&self) -> Result<Option<QuestionSetVersionId>> {
        let from = self.from.as_deref().map(str::trim).filter(|from| !from.is_empty());
        from.map(|from| from.parse().map_err(|_| Error::NotFound)).transpose()
    }
}

/// How long one answer may look for words; what comes after is given whole.
const WORDS_TAKE: Duration = Duration::from_millis(800);

/// Titles that are told of a stretch of unchanged questions.
const TITLES: usize = 30;

/// The moment after which words are not looked for any more.
pub fn words_until() -> Option<Instant> {
    Instant::now().checked_add(WORDS_TAKE)
}

impl ComparedVersion {
    pub fn of(version: &QuestionSetVersion) -> Self {
        ComparedVersion { set: version.set, version: version.summary() }
    }

    pub fn id(&self) -> QuestionSetVersionId {
        self.version.id
    }
}

impl Side {
    pub fn of(version: &QuestionSetVersion) -> Self {
        Side {
            name: version.name.clone(),
            description: version.description.clone(),
            rubric: version.rubric.clone().unwrap_or_default(),
            questions: version.questions.iter().map(|question| (question.id, QuestionDraft::of(question.to_file()))).collect(),
        }
    }
}

/// One question on both sides.
#[derive(Debug, Clone, Copy)]
struct Entry {
    old: Option<usize>,
    new: Option<usize>,
    fate: Fate,
    moved: bool,
}

impl Entry {
    fn unchanged(&self) -> bool {
        self.fate == Fate::Kept && !self.moved
    }
}

/// Which questions became what, without their words.
pub struct Outline<'s> {
    old: &'s Side,
    new: &'s Side,
    entries: Vec<Entry>,
}

impl<'s> Outline<'s> {
    pub fn of(old: &'s Side, new: &'s Side) -> Self {
        let pairs = pair(old, new);
        let moved = moved(&pairs);
        let mut removed_after = removed_after(old.questions.len(), &pairs);
        let gone = |old: usize| Entry { old: Some(old), new: None, fate: Fate::Removed, moved: false };
        let mut entries: Vec<Entry> = removed_after.remove(&None).unwrap_or_default().into_iter().map(gone).collect();
        for (place, (pair, moved)) in pairs.iter().zip(moved).enumerate() {
            let fate = match pair {
                None => Fate::Added,
                Some(before) if old.questions[*before].1 == new.questions[place].1 => Fate::Kept,
                Some(_) => Fate::Changed,
            };
            entries.push(Entry { old: *pair, new: Some(place), fate, moved });
            entries.extend(removed_after.remove(&Some(place)).unwrap_or_default().into_iter().map(gone));
        }
        Outline { old, new, entries }
    }

    pub fn counts(&self) -> Counts {
        let count = |wanted: &dyn Fn(&Entry) -> bool| self.entries.iter().filter(|entry| wanted(entry)).count();
        Counts {
            added: count(&|entry| entry.fate == Fate::Added),
            removed: count(&|entry| entry.fate == Fate::Removed),
            changed: count(&|entry| entry.fate == Fate::Changed),
            moved: count(&|entry| entry.moved),
            unchanged: count(&Entry::unchanged),
        }
    }

    /// What was added, removed or changed, as it was and as it is; what only moved is none of it.
    pub fn changes(&self) -> impl Iterator<Item = (Option<&'s QuestionDraft>, Option<&'s QuestionDraft>)> {
        let (old, new) = (self.old, self.new);
        self.entries
            .iter()
            .filter(|entry| entry.fate != Fate::Kept)
            .map(|entry| (entry.old.map(|place| &old.questions[place].1), entry.new.map(|place| &new.questions[place].1)))
    }

    pub fn head(&self, until: Option<Instant>) -> Vec<FieldDifference> {
        fields::head(self.old, self.new, until)
    }

    /// Up to `rows` questions that are not as they were, from this place among all of them on, each with its place.
    pub fn questions(&self, from: usize, rows: usize, until: Option<Instant>) -> Vec<(usize, QuestionDifference)> {
        let others = self.entries.iter().enumerate().skip(from).filter(|(_, entry)| !entry.unchanged());
        others.take(rows).map(|(place, entry)| (place, self.question(place, *entry, until))).collect()
    }

    fn question(&self, place: usize, entry: Entry, until: Option<Instant>) -> QuestionDifference {
        let nothing = QuestionDraft::default();
        let old = entry.old.map(|old| &self.old.questions[old]);
        let new = entry.new.map(|new| &self.new.questions[new]);
        let (before, after) = (old.map_or(&nothing, |(_, question)| question), new.map_or(&nothing, |(_, question)| question));
        let (unchanged_before, unchanged_titles) = self.unchanged_until(place);
        let (id, shown) = new.or(old).map_or((QuestionId(uuid::Uuid::nil()), &nothing), |(id, question)| (*id, question));
        QuestionDifference {
            question_id: id,
            key: shown.key.clone(),
            title: shown.title.clone(),
            fate: entry.fate,
            moved: entry.moved,
            position_before: entry.old.map(|old| old + 1),
            position: entry.new.map(|new| new + 1),
            fields: fields(before, after, until),
            unchanged_before,
            unchanged_titles,
        }
    }

    /// The stretch of unchanged questions that ends before this place: how many, and the first titles.
    fn unchanged_until(&self, place: usize) -> (usize, Vec<String>) {
        let many = self.entries[..place].iter().rev().take_while(|entry| entry.unchanged()).count();
        let titles = self.entries[place - many..place].iter().filter_map(|entry| entry.new).take(TITLES);
        (many, titles.map(|new| self.new.questions[new].1.title.clone()).collect())
    }

    /// The unchanged questions at the end.
    pub fn unchanged_after(&self) -> (usize, Vec<String>) {
        self.unchanged_until(self.entries.len())
    }
}

/// For each new question the old one it was.
fn pair(old: &Side, new: &Side) -> Vec<Option<usize>> {
    let by_id: HashMap<QuestionId, usize> = old.questions.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
    let mut pairs: Vec<Option<usize>> = new.questions.iter().map(|(id, _)| by_id.get(id).copied()).collect();
    let taken: std::collections::HashSet<usize> = pairs.iter().flatten().copied().collect();
    let mut by_key: HashMap<&str, usize> = old
        .questions
        .iter()
        .enumerate()
        .filter(|(place, _)| !taken.contains(place))
        .map(|(place, (_, question))| (question.key.as_str(), place))
        .collect();
    for (pair, (_, question)) in pairs.iter_mut().zip(&new.questions).filter(|(pair, _)| pair.is_none()) {
        *pair = by_key.remove(question.key.as_str());
    }
    pairs
}

/// The old questions without a new one, by the new one behind which they stood.
fn removed_after(olds: usize, pairs: &[Option<usize>]) -> HashMap<Option<usize>, Vec<usize>> {
    let mut now_at: Vec<Option<usize>> = vec![None; olds];
    for (new, old) in pairs.iter().enumerate().filter_map(|(new, old)| old.map(|old| (new, old))) {
        now_at[old] = Some(new);
    }
    let (mut behind, mut removed) = (None, HashMap::<Option<usize>, Vec<usize>>::new());
    for (old, new) in now_at.into_iter().enumerate() {
        match new {
            Some(_) => behind = new,
            None => removed.entry(behind).or_default().push(old),
        }
    }
    removed
}

/// Which of these were moved: as few as possible, those outside of a longest run that is in the old order.
fn moved(olds: &[Option<usize>]) -> Vec<bool> {
    // Patience: `ends[n]` is where the run of n + 1 ends lowest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; olds.len()];
    for (place, old) in olds.iter().enumerate().filter(|(_, old)| old.is_some()) {
        let run = ends.partition_point(|end| olds[*end] < *old);
        before[place] = run.checked_sub(1).map(|run| ends[run]);
        match ends.get_mut(run) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut moved: Vec<bool> = olds.iter().map(Option::is_some).collect();
    let mut at = ends.last().copied();
    while let Some(place) = at {
        moved[place] = false;
        at = before[place];
    }
    moved
}
