//! Shapes and rules of interviews, without I/O.

pub mod areas;
mod change;
mod kit;
mod known;
mod new;
mod plan;
pub mod start;
mod suggestion;
mod view;

pub use change::*;
pub use kit::*;
pub use known::*;
pub use new::{NewInterview, NewPerson, NewSeat};
pub use plan::*;
pub use suggestion::*;
pub use view::*;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;

use crate::policy::{AccountId, CandidateId, InterviewId, Mode, Seat, Standing};
use crate::question_sets::{QuestionId, QuestionSetVersionId};
use crate::rubrics::{Level, RubricVersionId};
use crate::text_enum;

text_enum! {
    /// Where an interview is in its life; it follows from the dated facts.
    Stage {
        Draft = "draft",
        Scheduled = "scheduled",
        Live = "live",
        /// Over, and a counted card is still owed.
        Scoring = "scoring",
        Debrief = "debrief",
        Decided = "decided",
        NoShow = "no_show",
        Cancelled = "cancelled",
    }
}

/// What happened, when. State is a dated fact, so the history is there for free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct Facts {
    pub scheduled_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub no_show_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub debrief_opened_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl Facts {
    pub fn stage(&self) -> Stage {
        if self.cancelled_at.is_some() {
            Stage::Cancelled
        } else if self.no_show_at.is_some() {
            Stage::NoShow
        } else if self.decided_at.is_some() {
            Stage::Decided
        } else if self.debrief_opened_at.is_some() {
            Stage::Debrief
        } else if self.ended_at.is_some() {
            Stage::Scoring
        } else if self.started_at.is_some() {
            Stage::Live
        } else if self.scheduled_at.is_some() {
            Stage::Scheduled
        } else {
            Stage::Draft
        }
    }
}

/// What everything about one interview needs to know of it.
#[derive(Debug, Clone)]
pub struct Brief {
    pub id: InterviewId,
    pub candidate_id: CandidateId,
    pub candidate_name: String,
    pub candidate_email: Option<String>,
    pub candidate_account: Option<AccountId>,
    pub mode: Mode,
    pub level: Level,
    pub question_set_version_id: QuestionSetVersionId,
    pub rubric_version_id: RubricVersionId,
    pub starts_at: DateTime<Utc>,
    pub time_zone: Tz,
    pub minutes: i32,
    pub extra_minutes: i32,
    pub place: String,
    pub instructions: String,
    pub swap_roles: bool,
    pub version: i32,
    pub calendar_sequence: i32,
    pub created_by: AccountId,
    pub facts: Facts,
}

impl Brief {
    pub fn stage(&self) -> Stage {
        self.facts.stage()
    }

    /// The time the candidate has, extra time included.
    pub fn whole_minutes(&self) -> i32 {
        self.minutes + self.extra_minutes
    }

    pub fn planned_end(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(i64::from(self.whole_minutes()))
    }
}

/// A visible interview, and what the reader is in it.
#[derive(Debug, Clone)]
pub struct Found {
    pub brief: Brief,
    pub standing: Standing,
}

/// A panel seat with the person in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeatView {
    pub account_id: AccountId,
    pub name: String,
    #[serde(skip)]
    pub email: String,
    pub seat: Seat,
    /// Numbers of the areas this seat owns; none means all.
    pub areas: Vec<i16>,
    pub added_at: DateTime<Utc>,
}

impl SeatView {
    /// A card of this seat is expected, and a shadow's too, but only these decide when the debrief opens.
    pub fn counts(&self) -> bool {
        matches!(self.seat, Seat::LeadInterviewer | Seat::Interviewer)
    }

    pub fn scores(&self) -> bool {
        self.counts() || self.seat == Seat::Shadow
    }
}

/// A question of the kit, in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlannedQuestion {
    pub question_id: QuestionId,
    pub position: i32,
    /// It was not planned but asked for in the room.
    pub added_in_room: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_follows_from_the_facts_in_the_order_of_an_interviews_life() {
        let at = DateTime::from_timestamp(1_800_000_000, 0);
        let mut facts = Facts::default();
        assert_eq!(facts.stage(), Stage::Draft);
        facts.scheduled_at = at;
        assert_eq!(facts.stage(), Stage::Scheduled);
        assert_eq!(Facts { no_show_at: at, ..facts }.stage(), Stage::NoShow);
        facts.started_at = at;
        assert_eq!(facts.stage(), Stage::Live);
        facts.ended_at = at;
        assert_eq!(facts.stage(), Stage::Scoring);
        facts.debrief_opened_at = at;
        assert_eq!(facts.stage(), Stage::Debrief);
        facts.decided_at = at;
        assert_eq!(facts.stage(), Stage::Decided);
        facts.cancelled_at = at;
        assert_eq!(facts.stage(), Stage::Cancelled);
    }
}
