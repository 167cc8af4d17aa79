//! Questions found by words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{QuestionId, QuestionSetId, QuestionSetVersionId};

/// A question in which the words were found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FoundQuestion {
    pub id: QuestionId,
    pub question_set_id: QuestionSetId,
    /// None where it is in the draft and not published like this.
    pub version_id: Option<QuestionSetVersionId>,
    pub version_number: Option<i32>,
    pub question_set_name: String,
    pub built_in: bool,
    pub title: String,
    /// The prompt in pieces; the words that were found stand out.
    pub prompt: Vec<Piece>,
}

/// Some text, and whether it is what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Piece {
    pub text: String,
    pub found: bool,
}

/// Where a question stands among those that were found: the best first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundPlace {
    pub rank: i64,
    pub title: String,
    pub id: Uuid,
    pub source: i32,
}

/// What is looked for, in the language of search engines, and with a last word that may be half typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub whole: String,
    /// All but the last word; empty where that is not to be completed.
    pub rest: String,
    /// The last word as a beginning, as in `middlew:*`.
    pub begun: String,
}

/// The fewest letters that are taken for the beginning of a word.
const BEGUN: usize = 3;

impl Asked {
    pub fn of(words: &str) -> Self {
        let (rest, last) = words.rsplit_once(char::is_whitespace).unwrap_or(("", words));
        let plain = !words.contains('"') && last.chars().all(char::is_alphanumeric) && last.chars().count() >= BEGUN;
        match plain {
            true => Asked { whole: words.into(), rest: rest.into(), begun: format!("{}:*", last.to_lowercase()) },
            false => Asked { whole: words.into(), rest: String::new(), begun: String::new() },
        }
    }
}

/// What the database puts round the words that it found. No text holds them: they are for private use.
pub const MARKS: [char; 2] = ['\u{E000}', '\u{E001}'];

/// Marked text in pieces.
pub fn pieces(marked: &str) -> Vec<Piece> {
    let mut found = false;
    let mut pieces = Vec::new();
    for text in marked.split(MARKS) {
        if !text.is_empty() {
            pieces.push(Piece { text: text.into(), found });
        }
        found = !found;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_last_word_is_taken_for_a_beginning() {
        let begun = |words: &str| Asked::of(words).begun;
        assert_eq!(begun("slow Middlew"), "middlew:*");
        assert_eq!(Asked::of("slow middlew").rest, "slow");
        for whole in ["\"slow query\"", "n+1", "an", "cache -redis", ""] {
            assert_eq!(begun(whole), "", "{whole}");
        }
    }

    #[test]
    fn marked_text_comes_in_pieces() {
        let piece = |text: &str, found| Piece { text: text.into(), found };
        assert_eq!(pieces("What is a \u{E000}queue\u{E001}?"), [piece("What is a ", false), piece("queue", true), piece("?", false)]);
        assert_eq!(pieces("\u{E000}Queues\u{E001}"), [piece("Queues", true)]);
        assert!(pieces("").is_empty());
    }
}
