//! Shapes and rules of offers, without I/O.

use std::fmt::Display;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::id_types;
use crate::interviews::start;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{AccountId, InterviewId};
use crate::question_sets::QuestionSetVersionId;
use crate::rubrics::Level;

id_types! {
    /// A time that somebody offers.
    OfferId,
}

/// The place in the list: by time.
pub type OfferPlace = (DateTime<Utc>, OfferId);

/// Offers that one person may have open: a board is for times one will keep.
pub const MOST_OPEN: i64 = 5;
/// How far ahead an offer lies at most.
const AHEAD: TimeDelta = TimeDelta::days(60);

/// `POST …/practice-offers`, and what the form is read into.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOffer {
    pub level: Level,
    /// Of a set that everybody here may practise on.
    pub question_set_version_id: QuestionSetVersionId,
    /// RFC 3339; or without an offset, and then meant in `time_zone`.
    pub starts_at: String,
    /// As in `Europe/Berlin`.
    pub time_zone: String,
    /// Of each half, 15 to 90.
    pub minutes: i32,
    /// What one would like to practise, in a sentence.
    #[serde(default)]
    pub note: String,
}

/// An offer that keeps the rules.
#[derive(Debug, Clone)]
pub struct Offer {
    pub level: Level,
    pub question_set: QuestionSetVersionId,
    pub starts_at: DateTime<Utc>,
    pub time_zone: Tz,
    pub minutes: i32,
    pub note: String,
}

impl NewOffer {
    pub fn parse(&self, now: DateTime<Utc>) -> Result<Offer> {
        let mut errors = FieldErrors::default();
        let time_zone = errors.take("time_zone", parse::time_zone(&self.time_zone));
        let starts_at = time_zone.and_then(|zone| {
            let parsed = start::parse(&self.starts_at, zone).and_then(|at| match at - now {
                ahead if ahead <= TimeDelta::zero() => Err("This is over. Choose a time to come.".into()),
                ahead if ahead > AHEAD => Err("Choose a time within the next 60 days.".into()),
                _ => Ok(at),
            });
            errors.take("starts_at", parsed)
        });
        let minutes = if (15..=90).contains(&self.minutes) { Ok(self.minutes) } else { Err("Give 15 to 90 minutes.") };
        let minutes = errors.take("minutes", minutes.map_err(str::to_owned));
        let note = errors.take("note", parse::line(&self.note, 0, 500));
        match (time_zone, starts_at, minutes, note) {
            (Some(time_zone), Some(starts_at), Some(minutes), Some(note)) => {
                Ok(Offer { level: self.level, question_set: self.question_set_version_id, starts_at, time_zone, minutes, note })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// What the board is narrowed to.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct Narrowed {
    #[serde(deserialize_with = "chosen")]
    pub level: Option<Level>,
    #[serde(rename = "question_set_version_id", deserialize_with = "chosen")]
    pub question_set: Option<QuestionSetVersionId>,
}

/// A list of which nothing was chosen sends an empty text.
fn chosen<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(deserializer: D) -> std::result::Result<Option<T>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}

/// Why one calls a booking off; an offer is taken back without a word.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Reason {
    pub reason: String,
}

/// Somebody on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticePeer)]
pub struct Peer {
    pub account_id: AccountId,
    pub name: String,
}

/// An offer on the board, or a booking of the reader's own.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OfferView {
    pub id: OfferId,
    pub by: Peer,
    pub yours: bool,
    pub level: Level,
    pub question_set_version_id: QuestionSetVersionId,
    /// The set's name.
    pub question_set: String,
    pub starts_at: DateTime<Utc>,
    /// Of both halves.
    pub ends_at: DateTime<Utc>,
    #[schema(value_type = String)]
    pub time_zone: Tz,
    /// Of each half.
    pub minutes: i32,
    pub note: String,
    /// Who took it; only on one's own bookings.
    pub taken_by: Option<Peer>,
    /// The first half, once it is taken.
    pub interview_id: Option<InterviewId>,
    /// The reader practises at that time already, and cannot take it.
    pub you_are_busy: bool,
}

/// One's own offer, as one takes it along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OwnPracticeOffer)]
pub struct OwnOffer {
    pub id: OfferId,
    pub level: Level,
    pub question_set_version_id: QuestionSetVersionId,
    pub starts_at: DateTime<Utc>,
    pub time_zone: String,
    /// Of each half.
    pub minutes: i32,
    pub note: String,
    pub made_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub taken_at: Option<DateTime<Utc>>,
    /// The first half, once it is taken.
    pub interview_id: Option<InterviewId>,
}

/// A booking that stands: by whom, with whom, from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    pub by: AccountId,
    pub taken_by: Option<AccountId>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

impl Booked {
    pub fn is_of(&self, who: AccountId) -> bool {
        self.by == who || self.taken_by == Some(who)
    }

    pub fn overlaps(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
        self.starts_at < to && from < self.ends_at
    }
}

/// A practice that is over and waits for one's feedback.
#[derive(Debug, Clone)]
pub struct Owed {
    pub interview_id: InterviewId,
    /// Who practised.
    pub name: String,
    pub starts_at: DateTime<Utc>,
}

/// What offering brings.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = PracticeOfferMade)]
pub struct OfferMade {
    pub id: OfferId,
}

/// What taking an offer brings.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = PracticeBooking)]
pub struct Booking {
    /// The first half. The second follows on it, with the roles swapped.
    pub interview_id: InterviewId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(starts_at: &str, minutes: i32) -> NewOffer {
        NewOffer {
            level: Level::Mid,
            question_set_version_id: uuid::Uuid::nil().into(),
            starts_at: starts_at.into(),
            time_zone: "Europe/Madrid".into(),
            minutes,
            note: " ORM \n".into(),
        }
    }

    fn wrong(offer: &NewOffer) -> String {
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        match offer.parse(now) {
            Ok(offer) => format!("{} {} {:?}", offer.starts_at, offer.minutes, offer.note),
            Err(Error::Invalid(errors)) => errors.iter().map(|error| error.field.clone()).collect::<Vec<_>>().join(" "),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn an_offer_lies_within_sixty_days_and_is_as_long_as_a_practice() {
        assert_eq!(wrong(&new("2026-03-02T10:00", 30)), "2026-03-02 09:00:00 UTC 30 \"ORM\"");
        assert_eq!(wrong(&new("2026-03-01T12:59", 30)), "starts_at");
        assert_eq!(wrong(&new("2026-05-01T12:00", 30)), "starts_at");
        assert_eq!(wrong(&new("tomorrow", 91)), "starts_at minutes");
        assert_eq!(wrong(&new("2026-03-02T10:00", 14)), "minutes");
    }
}
