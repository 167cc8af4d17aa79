//! What happened, since a set was copied, to the set it was copied from; and whether it happened here too.

use std::collections::HashMap;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::difference::{ComparedVersion, Fate, FieldDifference, Outline, Side, fields};
use super::draft::QuestionDraft;
use super::model::{QuestionId, QuestionSetVersionId};
use crate::text_enum;

text_enum! {
    /// How a question stands in the draft, when it has changed where the set was copied from.
    Ours {
        /// Nobody has touched it since the copy.
        AsCopied = "as_copied",
        /// It was changed here as well.
        Changed = "changed",
        /// It was taken out here.
        TakenOut = "taken_out",
        /// It is as it is there.
        Same = "same",
    }
}

/// What changed, since the copy, in the set that a set was copied from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Upstream {
    /// What it is a copy of, or was last compared with.
    pub copied_from: ComparedVersion,
    /// The newest of the set it was copied from; the same where there is nothing new.
    pub newest: ComparedVersion,
    /// How many questions changed there and are not the same here.
    pub open: usize,
    /// How many of these nobody has touched here.
    pub untouched: usize,
    /// How many are here as they are there already.
    pub same: usize,
    /// By the page, those that are not the same.
    pub questions: Vec<UpstreamQuestion>,
    pub next_cursor: Option<String>,
}

/// One question in three texts: as it was copied, as it is there, as it is here.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UpstreamQuestion {
    pub key: String,
    pub title: String,
    /// What became of it there.
    pub fate: Fate,
    pub ours: Ours,
    /// None where the draft does not have it.
    pub draft_question_id: Option<QuestionId>,
    /// Of the draft's question, for If-Match; 0 where the draft does not have it.
    pub version: i32,
    /// From the copy to what is there now.
    pub there: Vec<FieldDifference>,
    /// From the copy to what is here now; empty where it is as copied.
    pub here: Vec<FieldDifference>,
}

/// Which version was read: nothing is taken over unseen.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpstreamVersion {
    /// A version of the set that this one was copied from.
    pub version_id: QuestionSetVersionId,
}

/// A draft's question as far as it is compared.
#[derive(Debug, Clone)]
pub struct OurQuestion {
    pub id: QuestionId,
    pub version: i32,
    pub question: QuestionDraft,
}

/// The draft's questions by the keys by which they go there, or else by their own.
pub fn by_key(ours: impl Iterator<Item = (OurQuestion, Option<String>)>) -> HashMap<String, OurQuestion> {
    let (mut own, mut copied) = (HashMap::new(), HashMap::new());
    for (ours, copied_key) in ours {
        if let Some(key) = copied_key {
            copied.insert(key, ours.clone());
        }
        own.insert(ours.question.key.clone(), ours);
    }
    own.extend(copied);
    own
}

/// A change there, next to what is here.
#[derive(Debug)]
pub struct Change<'c> {
    pub old: Option<&'c QuestionDraft>,
    pub new: Option<&'c QuestionDraft>,
    pub ours: Option<&'c OurQuestion>,
    pub state: Ours,
}

/// Every change from `origin` to `newest`, next to the draft's questions by their keys.
pub fn changes<'c>(origin: &'c Side, newest: &'c Side, ours: &'c HashMap<String, OurQuestion>) -> Vec<Change<'c>> {
    let outline = Outline::of(origin, newest);
    let change = |(old, new): (Option<&'c QuestionDraft>, Option<&'c QuestionDraft>)| {
        let ours = new.and_then(|new| ours.get(&new.key)).or_else(|| old.and_then(|old| ours.get(&old.key)));
        Change { old, new, ours, state: Ours::Same }.judged()
    };
    outline.changes().map(change).collect()
}

impl<'c> Change<'c> {
    fn judged(self) -> Self {
        let state = match self.ours {
            _ if self.is_here(self.new) => Ours::Same,
            _ if self.is_here(self.old) => Ours::AsCopied,
            None => Ours::TakenOut,
            Some(_) => Ours::Changed,
        };
        Change { state, ..self }
    }

    /// What a question is called here is no change of what it asks.
    fn is_here(&self, there: Option<&QuestionDraft>) -> bool {
        match (self.ours, there) {
            (Some(ours), Some(there)) if self.has_own_key() => QuestionDraft { key: there.key.clone(), ..ours.question.clone() } == *there,
            (ours, there) => ours.map(|ours| &ours.question) == there,
        }
    }

    /// The team has given it another key than it had and has there.
    fn has_own_key(&self) -> bool {
        let other = |there: &&QuestionDraft| self.ours.is_some_and(|ours| ours.question.key != there.key);
        self.old.as_ref().is_some_and(other) && self.new.as_ref().is_none_or(other)
    }

    /// What the draft has once it is taken over; a key of its own stays.
    pub fn taken(&self) -> Option<QuestionDraft> {
        let new = self.new?.clone();
        match self.ours.filter(|_| self.has_own_key()) {
            Some(ours) => Some(QuestionDraft { key: ours.question.key.clone(), ..new }),
            None => Some(new),
        }
    }

    /// What it goes by on both sides.
    pub fn key(&self) -> &str {
        self.new.or(self.old).map_or("", |question| &question.key)
    }

    /// For If-Match.
    pub fn version(&self) -> i32 {
        self.ours.map_or(0, |ours| ours.version)
    }

    pub fn view(&self, until: Option<Instant>) -> UpstreamQuestion {
        let nothing = QuestionDraft::default();
        let (old, new) = (self.old.unwrap_or(&nothing), self.new.unwrap_or(&nothing));
        let here = self.ours.map_or(&nothing, |ours| &ours.question);
        UpstreamQuestion {
            key: self.key().to_owned(),
            title: self.new.or(self.old).map_or_else(String::new, |question| question.title.clone()),
            fate: match (self.old, self.new) {
                (None, _) => Fate::Added,
                (_, None) => Fate::Removed,
                _ => Fate::Changed,
            },
            ours: self.state,
            draft_question_id: self.ours.map(|ours| ours.id),
            version: self.version(),
            there: fields(old, new, until),
            here: if self.state == Ours::Changed { fields(old, here, until) } else { Vec::new() },
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn question(key: &str, prompt: &str) -> (QuestionId, QuestionDraft) {
        (QuestionId(Uuid::nil()), QuestionDraft { key: key.into(), title: key.into(), prompt: prompt.into(), ..QuestionDraft::default() })
    }

    fn side(questions: &[(&str, &str)]) -> Side {
        let named = |(number, (key, prompt)): (usize, &(&str, &str))| {
            let (_, question) = question(key, prompt);
            let id = key.bytes().fold(0u128, |id, byte| id * 256 + u128::from(byte));
            (QuestionId(Uuid::from_u128(if id == 0 { number as u128 } else { id })), question)
        };
        Side { questions: questions.iter().enumerate().map(named).collect(), ..Side::default() }
    }

    fn ours(questions: &[(&str, &str)]) -> HashMap<String, OurQuestion> {
        by_key(questions.iter().map(|(key, prompt)| (our_question(key, prompt), None)))
    }

    fn our_question(key: &str, prompt: &str) -> OurQuestion {
        let (id, question) = question(key, prompt);
        OurQuestion { id, version: 3, question }
    }

    #[test]
    fn three_texts_tell_whose_change_it_is() {
        let origin = side(&[("theirs", "a"), ("both", "a"), ("taken", "a"), ("out", "a"), ("gone", "a"), ("left", "a")]);
        let newest = side(&[("theirs", "b"), ("both", "b"), ("taken", "b"), ("out", "b"), ("left", "a"), ("new", "b")]);
        let ours = ours(&[("theirs", "a"), ("both", "c"), ("taken", "b"), ("gone", "a"), ("left", "c")]);
        let mut states: Vec<_> =
            changes(&origin, &newest, &ours).iter().map(|change| (change.key().to_owned(), change.state, change.version())).collect();
        states.sort();
        let state = |key: &str, ours, version| (key.to_owned(), ours, version);
        assert_eq!(
            states,
            [
                state("both", Ours::Changed, 3),
                state("gone", Ours::AsCopied, 3),
                state("new", Ours::AsCopied, 0),
                state("out", Ours::TakenOut, 0),
                state("taken", Ours::Same, 3),
                state("theirs", Ours::AsCopied, 3),
            ],
            "what did not change there is no change of theirs"
        );
        let all = changes(&origin, &newest, &ours);
        let both = all.iter().find(|change| change.key() == "both").map(|change| change.view(None));
        let both = both.expect("it is there");
        assert_eq!((both.there[0].lines[0].words.new_text(), both.here[0].lines[0].words.new_text()), ("b".into(), "c".into()));
    }

    #[test]
    fn a_question_that_is_called_otherwise_here_is_still_known_there() {
        let (origin, newest) = (side(&[("same", "a"), ("both", "a"), ("old", "a")]), side(&[("same", "b"), ("both", "b"), ("old", "b")]));
        let called = |key: &str, prompt: &str, there: &str| {
            let QuestionDraft { title, .. } = question(there, prompt).1;
            let mut ours = our_question(key, prompt);
            ours.question.title = title;
            (ours, Some(there.to_owned()))
        };
        let here =
            [called("ours", "a", "same"), called("mine", "c", "both"), called("done", "b", "old"), (our_question("both", "x"), None)];
        let ours = by_key(here.into_iter());
        let mut all = changes(&origin, &newest, &ours);
        all.sort_by_key(|change| change.key().to_owned());
        let states: Vec<_> = all.iter().map(|change| (change.key(), change.state)).collect();
        assert_eq!(states, [("both", Ours::Changed), ("old", Ours::Same), ("same", Ours::AsCopied)]);
        let taken = all[2].taken().map(|taken| (taken.key, taken.prompt));
        assert_eq!(taken, Some(("ours".into(), "b".into())), "what it asks is taken over, what it is called is not");
    }
}
