//! The words and values of a card.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::{ObjectBuilder, OneOfBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::policy::Mode;
use crate::text_enum;

text_enum! {
    /// What a note says about the candidate.
    Sign { Strength = "strength", Concern = "concern", Neutral = "neutral" }
}

text_enum! {
    /// A list beside a question whose lines can be ticked.
    TickKind { ListenFor = "listen_for", Probe = "probe" }
}

text_enum! {
    /// What the interviewer would do. The first three are a mock interview's words, the next four
    /// hiring's; nobody is forced to a side, and there is no neutral one.
    Recommendation {
        ReadyNow = "ready_now",
        NearlyReady = "nearly_ready",
        NotYet = "not_yet",
        StrongNo = "strong_no",
        No = "no",
        Yes = "yes",
        StrongYes = "strong_yes",
        /// In both.
        CannotSay = "cannot_say",
    }
}

impl Recommendation {
    /// The words of this kind of interview, in the order they are offered.
    pub const fn of(mode: Mode) -> &'static [Recommendation] {
        use Recommendation::*;
        match mode {
            Mode::Mock => &[ReadyNow, NearlyReady, NotYet, CannotSay],
            Mode::Hiring => &[StrongNo, No, Yes, StrongYes, CannotSay],
        }
    }

    pub fn fits(self, mode: Mode) -> bool {
        Self::of(mode).contains(&self)
    }

    /// As it is written on pages.
    pub const fn words(self) -> &'static str {
        match self {
            Recommendation::ReadyNow => "Ready now",
            Recommendation::NearlyReady => "Nearly ready",
            Recommendation::NotYet => "Not yet",
            Recommendation::StrongNo => "Strong no",
            Recommendation::No => "No",
            Recommendation::Yes => "Yes",
            Recommendation::StrongYes => "Strong yes",
            Recommendation::CannotSay => "Cannot say",
        }
    }

    /// What it means, for who chooses.
    pub const fn meaning(self) -> &'static str {
        match self {
            Recommendation::ReadyNow => "Would pass a real interview at this level today",
            Recommendation::NearlyReady => "One area to close, then go for real",
            Recommendation::NotYet => "Needs practice in several areas first",
            Recommendation::StrongNo => "Clear evidence against, in what the role needs most",
            Recommendation::No => "Below what the level asks, on balance",
            Recommendation::Yes => "Meets what the level asks, on balance",
            Recommendation::StrongYes => "Clear evidence for, in what the role needs most",
            Recommendation::CannotSay => "What was seen is not enough to judge",
        }
    }
}

text_enum! {
    /// How sure the interviewer is of the recommendation.
    Confidence { Low = "low", Medium = "medium", High = "high" }
}

impl Confidence {
    pub const fn words(self) -> &'static str {
        match self {
            Confidence::Low => "Low",
            Confidence::Medium => "Medium",
            Confidence::High => "High",
        }
    }

    /// What it means, for who chooses.
    pub const fn meaning(self) -> &'static str {
        match self {
            Confidence::Low => "One more answer could change my mind",
            Confidence::Medium => "It would take several",
            Confidence::High => "I have seen enough",
        }
    }
}

/// A score, or why there is none. The last two are values of their own and never numbers (R3); "not
/// yet" is the absence of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// 1 to 5.
    Scored(u8),
    NotEnoughEvidence,
    NotAsked,
}

const NOT_ENOUGH_EVIDENCE: &str = "not_enough_evidence";
const NOT_ASKED: &str = "not_asked";

impl Value {
    pub fn score(self) -> Option<u8> {
        match self {
            Value::Scored(score) => Some(score),
            Value::NotEnoughEvidence | Value::NotAsked => None,
        }
    }

    /// 1 and 5 are claims that only evidence carries (R4).
    pub fn is_extreme(self) -> bool {
        matches!(self, Value::Scored(1 | 5))
    }

    /// From JSON; the error is a sentence. Null is "not yet".
    pub fn from_json(json: &serde_json::Value) -> Result<Option<Self>, String> {
        match json {
            serde_json::Value::Null => Ok(None),
            serde_json::Value::Number(number) => match number.as_u64() {
                Some(score @ 1..=5) => Ok(Some(Value::Scored(score as u8))),
                _ => Err(Self::sentence()),
            },
            serde_json::Value::String(word) => Self::from_word(word).map(Some),
            _ => Err(Self::sentence()),
        }
    }

    fn from_word(word: &str) -> Result<Self, String> {
        match word {
            NOT_ENOUGH_EVIDENCE => Ok(Value::NotEnoughEvidence),
            NOT_ASKED => Ok(Value::NotAsked),
            _ => Err(Self::sentence()),
        }
    }

    fn sentence() -> String {
        format!("Give 1, 2, 3, 4, 5, {NOT_ENOUGH_EVIDENCE:?} or {NOT_ASKED:?}.")
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Scored(score) => serializer.serialize_u8(*score),
            Value::NotEnoughEvidence => serializer.serialize_str(NOT_ENOUGH_EVIDENCE),
            Value::NotAsked => serializer.serialize_str(NOT_ASKED),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = serde_json::Value::deserialize(deserializer)?;
        Value::from_json(&json).map_err(D::Error::custom)?.ok_or_else(|| D::Error::custom(Value::sentence()))
    }
}

impl PartialSchema for Value {
    fn schema() -> RefOr<Schema> {
        let score = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(5));
        let why_none = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([NOT_ENOUGH_EVIDENCE, NOT_ASKED]));
        let one_of = OneOfBuilder::new().item(score).item(why_none).description(Some("A score from 1 to 5, or why there is none."));
        RefOr::T(Schema::OneOf(one_of.build()))
    }
}

impl ToSchema for Value {
    fn name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_three_kinds_of_value_keep_apart_through_json() {
        for (value, json) in [
            (Value::Scored(1), json!(1)),
            (Value::Scored(5), json!(5)),
            (Value::NotEnoughEvidence, json!("not_enough_evidence")),
            (Value::NotAsked, json!("not_asked")),
        ] {
            assert_eq!(serde_json::to_value(value).unwrap(), json);
            assert_eq!(serde_json::from_value::<Value>(json).unwrap(), value);
        }
        assert_eq!(Value::from_json(&json!(null)), Ok(None));
    }

    #[test]
    fn nothing_else_is_a_value() {
        for json in [json!(0), json!(6), json!(-1), json!(3.5), json!(3.0), json!("3"), json!(""), json!(true), json!([3]), json!({})] {
            assert!(Value::from_json(&json).is_err(), "{json}");
        }
    }

    #[test]
    fn each_kind_of_interview_has_its_own_words_and_both_have_cannot_say() {
        for word in Recommendation::ALL {
            let fits = (word.fits(Mode::Mock), word.fits(Mode::Hiring));
            assert_eq!(fits == (true, true), *word == Recommendation::CannotSay, "{word}");
            assert_ne!(fits, (false, false), "{word}");
        }
    }
}
