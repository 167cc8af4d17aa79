//! What a candidate wants to ask.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OwnQuestionId;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::text_enum;

/// More than any interview has time for.
pub const MOST_QUESTIONS: usize = 30;

const LONGEST: usize = 400;
const LONGEST_NOTE: usize = 2_000;

text_enum! {
    /// What the six questions that stand ready are about.
    Theme {
        Structure = "structure",
        Scale = "scale",
        Releases = "releases",
        Testing = "testing",
        Decisions = "decisions",
        First90Days = "first_90_days",
    }
}

/// One question, and what one heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = QuestionToAsk)]
pub struct OwnQuestion {
    pub id: OwnQuestionId,
    pub text: String,
    /// Where it was taken from the six.
    pub theme: Option<Theme>,
    /// What the answer was.
    pub heard: String,
    /// For the next If-Match.
    pub version: i32,
    pub saved_at: DateTime<Utc>,
}

/// One of the six.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = SuggestedQuestionToAsk)]
pub struct SuggestedQuestion {
    pub theme: Theme,
    pub text: &'static str,
    /// What makes it a good one.
    pub advice: &'static str,
    /// It is on the list already.
    pub taken: bool,
}

/// `POST /me/questions-to-ask`: one's own words, or one of the six, or one of the six in one's own words.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewQuestionToAsk)]
pub struct QuestionInput {
    /// Up to 400 characters; left out with a theme, its words are taken.
    pub text: Option<String>,
    pub theme: Option<Theme>,
}

/// The same, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    pub text: String,
    pub theme: Option<Theme>,
}

/// `PUT /me/questions-to-ask/{id}`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuestionToAskChange)]
pub struct QuestionChangeInput {
    /// Up to 400 characters.
    pub text: String,
    /// What the answer was; left out, it stays.
    #[serde(default)]
    pub heard: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionChange {
    pub text: String,
    pub heard: Option<String>,
}

impl NewQuestion {
    pub fn parse(input: &QuestionInput) -> Result<Self> {
        let words = input.text.as_deref().or(input.theme.map(Theme::question)).unwrap_or_default();
        let text = parse::line(words, 1, LONGEST).map_err(|message| Error::invalid("text", message))?;
        Ok(NewQuestion { text, theme: input.theme })
    }
}

impl QuestionChange {
    pub fn parse(input: &QuestionChangeInput) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let text = errors.take("text", parse::line(&input.text, 1, LONGEST));
        let heard = input.heard.as_deref().map(|heard| errors.take("heard", parse::text(heard, LONGEST_NOTE)));
        match text.filter(|_| errors.is_empty()) {
            Some(text) => Ok(QuestionChange { text, heard: heard.flatten() }),
            None => Err(Error::Invalid(errors)),
        }
    }
}

impl Theme {
    /// As it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            Theme::Structure => "How it is built",
            Theme::Scale => "Where it gets hard",
            Theme::Releases => "Releasing and watching",
            Theme::Testing => "Tests and review",
            Theme::Decisions => "How decisions are made",
            Theme::First90Days => "The first 90 days",
        }
    }

    /// The question, to be put in one's own words.
    pub fn question(self) -> &'static str {
        match self {
            Theme::Structure => "How is the application divided, and which of its borders do you wish ran elsewhere?",
            Theme::Scale => "Where does it get tight first when more people come, and what have you tried against that?",
            Theme::Releases => "How does a change get to your users, and how do you notice when it did harm?",
            Theme::Testing => "What has to be true of a change before somebody here lets it in?",
            Theme::Decisions => "Which technical decision did you last disagree about, and how was it made in the end?",
            Theme::First90Days => "Say we are both glad in three months that I came: what have I done by then?",
        }
    }

    pub fn advice(self) -> &'static str {
        match self {
            Theme::Structure => "Take up something they said earlier, and ask for the reason behind it.",
            Theme::Scale => "Ask for a number: peaks, rows, seconds. Offer no remedy yet.",
            Theme::Releases => "How often, by whom, and what happens at night.",
            Theme::Testing => "What they leave untested on purpose says as much.",
            Theme::Decisions => "One true story tells you more than a process does.",
            Theme::First90Days => "Whatever they say is your first plan of work.",
        }
    }

    /// The library's question with which an interviewer opens this, where it can be practised.
    pub fn practised_as(self) -> &'static str {
        match self {
            Theme::Structure => "ask-about-structure",
            Theme::Scale => "ask-about-scale",
            Theme::Releases => "ask-about-releases",
            Theme::Testing => "ask-about-testing",
            Theme::Decisions => "ask-about-decisions",
            Theme::First90Days => "ask-about-first-90-days",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_ones_own_words_or_one_of_the_six() {
        let parse = |text: Option<&str>, theme| NewQuestion::parse(&QuestionInput { text: text.map(str::to_owned), theme });
        assert_eq!(parse(Some(" Who reviews? "), None).unwrap(), NewQuestion { text: "Who reviews?".into(), theme: None });
        assert_eq!(parse(None, Some(Theme::Scale)).unwrap().text, Theme::Scale.question());
        assert_eq!(parse(Some("How big?"), Some(Theme::Scale)).unwrap().text, "How big?");
        assert!(parse(None, None).is_err() && parse(Some(" "), Some(Theme::Scale)).is_err());
    }

    #[test]
    fn each_of_the_six_can_be_practised_in_the_built_in_set() {
        let set: serde_json::Value = serde_json::from_str(include_str!("../../../library/question-sets/django-backend.json")).unwrap();
        let closings: Vec<&str> = set["questions"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|question| question["kind"] == "closing")
            .map(|question| question["key"].as_str().unwrap())
            .collect();
        assert_eq!(Theme::ALL.iter().map(|theme| theme.practised_as()).collect::<Vec<_>>(), closings);
    }
}
