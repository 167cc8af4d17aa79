//! Who has the room's page open right now: here, away (the page is there and not looked at), left.
//!
//! Every open page says so by itself every 25 seconds; a person is here when one of their pages is. What
//! was not said again for a minute is no longer so, without anybody writing that down.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::id_types;
use crate::text_enum;

id_types! {
    /// One open page of a room.
    PageId,
}

/// How long a page's word holds.
pub const HOLDS: TimeDelta = TimeDelta::seconds(60);

text_enum! {
    /// Where a person is.
    Presence { Here = "here", Away = "away", Left = "left" }
}

/// `PUT …/room/presence/{page_id}`: what a page says of the person before it.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SayPresence {
    /// `left` when the page is closed.
    pub presence: Presence,
}

/// What one page said, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub person_id: Uuid,
    pub candidate: bool,
    pub away: bool,
    pub seen_at: DateTime<Utc>,
}

/// Everybody who is here or away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Present {
    candidate: Option<bool>,
    people: BTreeMap<Uuid, bool>,
}

impl Present {
    /// From all pages' words; those that are too old count for nothing.
    pub fn of(said: &[Said], now: DateTime<Utc>) -> Self {
        let mut present = Present::default();
        for one in said.iter().filter(|one| one.seen_at + HOLDS > now) {
            if one.candidate {
                present.candidate = Some(present.candidate.unwrap_or(true) && one.away);
            } else {
                let away = present.people.entry(one.person_id).or_insert(true);
                *away = *away && one.away;
            }
        }
        present
    }

    /// As the candidate sees it: who is there, and not where they look.
    pub fn without_away(mut self) -> Self {
        self.candidate.iter_mut().chain(self.people.values_mut()).for_each(|away| *away = false);
        self
    }

    /// The candidate, by whichever door they came.
    pub fn candidate(&self) -> Presence {
        presence(self.candidate)
    }

    /// Somebody with a seat on the panel.
    pub fn person(&self, id: Uuid) -> Presence {
        presence(self.people.get(&id).copied())
    }
}

/// Differs when anything of it does.
impl fmt::Display for Present {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.candidate())?;
        self.people.keys().try_for_each(|id| write!(f, " {id}:{}", self.person(*id)))
    }
}

fn presence(away: Option<bool>) -> Presence {
    match away {
        None => Presence::Left,
        Some(true) => Presence::Away,
        Some(false) => Presence::Here,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(person: u128, candidate: bool, away: bool, ago: i64) -> Said {
        Said { person_id: Uuid::from_u128(person), candidate, away, seen_at: now() - TimeDelta::seconds(ago) }
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default()
    }

    #[test]
    fn one_page_that_is_looked_at_makes_a_person_here_and_silence_makes_them_leave() {
        let present =
            Present::of(&[said(1, false, true, 5), said(1, false, false, 20), said(2, false, true, 1), said(3, false, false, 60)], now());
        let of = |person| present.person(Uuid::from_u128(person));
        assert_eq!((of(1), of(2), of(3), of(4)), (Presence::Here, Presence::Away, Presence::Left, Presence::Left));
        assert_eq!(present.candidate(), Presence::Left);
    }

    #[test]
    fn the_candidate_is_one_person_by_link_and_by_account() {
        let present = Present::of(&[said(8, true, true, 1), said(9, true, false, 1)], now());
        assert_eq!(present.candidate(), Presence::Here);
        assert_eq!(present.person(Uuid::from_u128(9)), Presence::Left, "the candidate is nobody on the panel");
    }
}
