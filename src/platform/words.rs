//! The difference between two texts, word by word.

use std::time::Instant;

use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use utoipa::ToSchema;

/// What happened to some words of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Kept,
    Removed,
    Added,
}

/// Some words in a row that were all kept, all removed or all added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Run {
    pub change: Change,
    pub text: String,
}

/// A text and what became of it. Kept and removed together are the old text, kept and added the new one; where
/// words gave way to others, those that went come first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
pub struct Words(pub Vec<Run>);

/// What became of `old`. Past `until` a text is no longer looked into: it is given as removed and added whole, but
/// for the words at its ends. Whoever compares many texts gives all of them the same moment.
pub fn differences(old: &str, new: &str, until: Option<Instant>) -> Words {
    let mut config = TextDiff::configure();
    if let Some(until) = until {
        config.deadline(until);
    }
    let mut runs = Runs::default();
    for change in config.diff_unicode_words(old, new).iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => runs.keep(change.value()),
            ChangeTag::Delete => runs.changing().0.push_str(change.value()),
            ChangeTag::Insert => runs.changing().1.push_str(change.value()),
        }
    }
    runs.finish(old, new)
}

impl Words {
    pub fn changed(&self) -> bool {
        self.0.iter().any(|run| run.change != Change::Kept)
    }

    pub fn old_text(&self) -> String {
        self.without(Change::Added)
    }

    pub fn new_text(&self) -> String {
        self.without(Change::Removed)
    }

    fn without(&self, left_out: Change) -> String {
        self.0.iter().filter(|run| run.change != left_out).map(|run| run.text.as_str()).collect()
    }
}

/// Below this share of kept text the rest is a patchwork that nobody can read.
const LEAST_KEPT_PERCENT: usize = 25;

/// Runs in the making: what is kept waits until it is known whether a word is in it.
#[derive(Default)]
struct Runs {
    done: Vec<Run>,
    removed: String,
    added: String,
    kept: String,
}

impl Runs {
    fn keep(&mut self, text: &str) {
        self.kept.push_str(text);
        if self.kept.chars().any(char::is_alphanumeric) {
            self.change();
            push(&mut self.done, Change::Kept, &std::mem::take(&mut self.kept));
        }
    }

    /// What is removed and added here. The space between two changed words changed with them: one reads a phrase
    /// for a phrase.
    fn changing(&mut self) -> (&mut String, &mut String) {
        let between = std::mem::take(&mut self.kept);
        if self.removed.is_empty() && self.added.is_empty() {
            push(&mut self.done, Change::Kept, &between);
        } else {
            self.removed.push_str(&between);
            self.added.push_str(&between);
        }
        (&mut self.removed, &mut self.added)
    }

    fn change(&mut self) {
        push(&mut self.done, Change::Removed, &std::mem::take(&mut self.removed));
        push(&mut self.done, Change::Added, &std::mem::take(&mut self.added));
    }

    fn finish(mut self, old: &str, new: &str) -> Words {
        self.change();
        push(&mut self.done, Change::Kept, &self.kept);
        let kept: usize = self.done.iter().filter(|run| run.change == Change::Kept).map(|run| run.text.len()).sum();
        if kept * 100 < old.len().max(new.len()) * LEAST_KEPT_PERCENT && !old.is_empty() && !new.is_empty() {
            self.done = Vec::new();
            push(&mut self.done, Change::Removed, old);
            push(&mut self.done, Change::Added, new);
        }
        Words(self.done)
    }
}

fn push(runs: &mut Vec<Run>, change: Change, text: &str) {
    match runs.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.change == change => last.text.push_str(text),
        _ => runs.push(Run { change, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    /// As people mark it: `[-went-]`, `{+came+}`.
    fn marked(old: &str, new: &str) -> String {
        let mark = |run: Run| match run.change {
            Change::Kept => run.text,
            Change::Removed => format!("[-{}-]", run.text),
            Change::Added => format!("{{+{}+}}", run.text),
        };
        differences(old, new, None).0.into_iter().map(mark).collect()
    }

    proptest! {
        #[test]
        fn kept_and_removed_are_the_old_text_kept_and_added_the_new_one(old in "([a-c]{1,2}|[ é,.\\n🙂])*", new in "([a-c]{1,2}|[ é,.\\n🙂])*") {
            let words = differences(&old, &new, None);
            prop_assert_eq!(words.old_text(), old.as_str());
            prop_assert_eq!(words.new_text(), new.as_str());
            prop_assert_eq!(words.changed(), old != new);
            prop_assert!(words.0.iter().all(|run| !run.text.is_empty()));
            prop_assert!(words.0.windows(2).all(|pair| pair[0].change != pair[1].change));
        }
    }

    #[test]
    fn the_difference_is_of_words_not_of_letters() {
        assert_eq!(marked("How do you test a view?", "How would you test a view?"), "How [-do-]{+would+} you test a view?");
        assert_eq!(marked("Eine Prüfung", "Eine Prüfungen"), "Eine [-Prüfung-]{+Prüfungen+}");
        assert_eq!(marked("same", "same"), "same");
        assert_eq!(marked("", "new"), "{+new+}");
        assert_eq!(marked("old", ""), "[-old-]");
    }

    #[test]
    fn a_phrase_is_changed_as_a_phrase() {
        assert_eq!(
            marked("Say what you did first, then why.", "Say what the team saw, then why."),
            "Say what [-you did first-]{+the team saw+}, then why."
        );
    }

    #[test]
    fn a_text_that_was_written_anew_is_not_shown_as_a_patchwork() {
        assert_eq!(
            marked("Tell me about the last outage you had to explain", "Which test would you write first about caching and the queue"),
            "[-Tell me about the last outage you had to explain-]{+Which test would you write first about caching and the queue+}"
        );
    }

    #[test]
    fn past_its_time_a_text_is_given_whole() {
        let (old, new): (Vec<_>, Vec<_>) = (0..20_000).map(|i| (format!("a{i}"), format!("b{i}"))).unzip();
        let (old, new) = (format!("{} end", old.join(" ")), format!("{} end", new.join(" ")));
        let words = differences(&old, &new, Some(Instant::now() - Duration::from_secs(1)));
        assert_eq!((words.old_text(), words.new_text()), (old, new));
        assert_eq!(words.0.len(), 2);
    }
}
