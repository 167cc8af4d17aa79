//! Shapes and rules of the room, without I/O.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::clock::Stretch;
use super::pad::Pad;
use super::presence::Present;
use crate::interviews::{Brief, SeatView, Stage};
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Seat};
use crate::question_sets::QuestionId;
use crate::text_enum;

text_enum! {
    /// Where the live side is.
    Phase {
        /// Not started.
        Waiting = "waiting",
        Live = "live",
        Paused = "paused",
        Ended = "ended",
    }
}

text_enum! {
    /// The phase that somebody at the wheel asks for.
    NextPhase { Live = "live", Paused = "paused", Ended = "ended" }
}

text_enum! {
    /// What happened in a room.
    EventKind {
        Started = "started",
        Paused = "paused",
        Resumed = "resumed",
        Moved = "moved",
        Skipped = "skipped",
        QuestionAdded = "question_added",
        PromptHidden = "prompt_hidden",
        PromptShown = "prompt_shown",
        TakenOver = "taken_over",
        BreakAsked = "break_asked",
        /// The candidate took it back.
        BreakWithdrawn = "break_withdrawn",
        /// Who drives said: later.
        BreakPutOff = "break_put_off",
        QuietBegan = "quiet_began",
        QuietEnded = "quiet_ended",
        /// Or its language was named anew.
        PadOpened = "pad_opened",
        Ended = "ended",
    }
}

text_enum! {
    /// Who may be told that it happened.
    Audience {
        /// The candidate too.
        All = "all",
        /// Interviewers and observers.
        Panel = "panel",
    }
}

impl EventKind {
    /// A candidate is told what changes on their own screen, and of nothing else.
    pub const fn audience(self) -> Audience {
        match self {
            EventKind::Skipped | EventKind::QuestionAdded | EventKind::TakenOver => Audience::Panel,
            EventKind::Started
            | EventKind::Paused
            | EventKind::Resumed
            | EventKind::Moved
            | EventKind::PromptHidden
            | EventKind::PromptShown
            | EventKind::BreakAsked
            | EventKind::BreakWithdrawn
            | EventKind::BreakPutOff
            | EventKind::QuietBegan
            | EventKind::QuietEnded
            | EventKind::PadOpened
            | EventKind::Ended => Audience::All,
        }
    }
}

/// `PUT …/room`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRoom {
    pub phase: NextPhase,
    /// The question to go to; without it the room stays where it is, and begins with the first one.
    pub question_id: Option<QuestionId>,
}

/// `PUT …/room/prompt`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePrompt {
    /// The candidate does not see the question.
    pub hidden: bool,
}

/// `POST …/room/questions`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddQuestion {
    pub question_id: QuestionId,
}

/// `PUT …/room/break`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskBreak {
    /// False takes it back.
    pub asked: bool,
}

/// `PUT …/room/quiet`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskQuiet {
    /// Minutes to think from now on, 1 to 5; 0 ends them.
    #[schema(minimum = 0, maximum = 5)]
    pub minutes: u8,
}

/// As long as anybody thinks about one question.
pub const MOST_QUIET: u8 = 5;

/// A question of the kit in this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Asked {
    pub question_id: QuestionId,
    pub added_in_room: bool,
    pub skipped: bool,
}

/// The room as it is stored.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// Who took the wheel or started; nobody before that.
    pub driver_id: Option<AccountId>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub question_id: Option<QuestionId>,
    pub prompt_hidden: bool,
    pub last_seq: i64,
    /// The candidate asked for a break that has not come yet.
    pub break_asked_at: Option<DateTime<Utc>>,
    /// The candidate thinks until then; it may be past.
    pub quiet_until: Option<DateTime<Utc>>,
    /// Who has the page open.
    pub present: Present,
    /// In the order in which they were made.
    pub stretches: Vec<Stretch>,
    /// In the order of the kit.
    pub questions: Vec<Asked>,
    /// Those that were opened.
    pub pads: Vec<Pad>,
}

impl Room {
    pub fn phase(&self) -> Phase {
        if self.started_at.is_none() {
            Phase::Waiting
        } else if self.ended_at.is_some() {
            Phase::Ended
        } else if self.open_stretch().is_some() {
            Phase::Live
        } else {
            Phase::Paused
        }
    }

    pub fn open_stretch(&self) -> Option<&Stretch> {
        self.stretches.iter().find(|stretch| stretch.ended_at.is_none())
    }

    /// Who drives: who took the wheel, as long as they still sit where one may; else the lead interviewer.
    pub fn driver(&self, seats: &[SeatView]) -> Option<AccountId> {
        let drives = |seat: &&SeatView| matches!(seat.seat, Seat::LeadInterviewer | Seat::Interviewer);
        let taken = seats.iter().filter(drives).find(|seat| Some(seat.account_id) == self.driver_id);
        taken.or_else(|| seats.iter().find(|seat| seat.seat == Seat::LeadInterviewer)).map(|seat| seat.account_id)
    }

    pub fn question(&self, id: QuestionId) -> Option<&Asked> {
        self.questions.iter().find(|asked| asked.question_id == id)
    }

    /// The first question that was not skipped, for the beginning.
    pub fn first(&self) -> Option<QuestionId> {
        self.questions.iter().find(|asked| !asked.skipped).map(|asked| asked.question_id)
    }

    /// The next question that was not skipped.
    pub fn next(&self) -> Option<QuestionId> {
        let after = self.place(self.question_id?)? + 1;
        self.questions[after..].iter().find(|asked| !asked.skipped).map(|asked| asked.question_id)
    }

    /// The one before it that was not skipped.
    pub fn previous(&self) -> Option<QuestionId> {
        let before = self.place(self.question_id?)?;
        self.questions[..before].iter().rfind(|asked| !asked.skipped).map(|asked| asked.question_id)
    }

    /// It has come up, for however short a time.
    pub fn came_up(&self, id: QuestionId) -> bool {
        self.question_id == Some(id) || self.stretches.iter().any(|stretch| stretch.question_id == Some(id))
    }

    /// How many questions have come up so far.
    pub fn asked(&self) -> usize {
        self.questions.iter().filter(|asked| self.came_up(asked.question_id)).count()
    }

    /// The current question's number as the candidate counts: in the order in which they came up, not in
    /// the kit's, which would tell how many were left out.
    pub fn number(&self) -> Option<usize> {
        let current = self.question_id?;
        let mut seen: Vec<QuestionId> = Vec::new();
        for id in self.stretches.iter().filter_map(|stretch| stretch.question_id).chain([current]) {
            if !seen.contains(&id) {
                seen.push(id);
            }
        }
        seen.iter().position(|id| *id == current).map(|place| place + 1)
    }

    pub fn pad(&self, id: QuestionId) -> Option<&Pad> {
        self.pads.iter().find(|pad| pad.question_id == id)
    }

    fn place(&self, id: QuestionId) -> Option<usize> {
        self.questions.iter().position(|asked| asked.question_id == id)
    }
}

/// The time the room may use: as planned, with the candidate's extra time.
pub fn budget(brief: &Brief) -> TimeDelta {
    TimeDelta::minutes(i64::from(brief.whole_minutes()))
}

/// A cancelled interview, or one to which somebody did not come, has no room.
pub fn closed(stage: Stage) -> bool {
    matches!(stage, Stage::Cancelled | Stage::NoShow)
}

/// What the room can do in this stage of its interview; the code says why not.
pub fn must_be_open(stage: Stage) -> Result<()> {
    match stage {
        Stage::Draft => Err(Error::conflict("not-scheduled", "This interview is still a draft. Schedule it first.")),
        Stage::Cancelled => Err(Error::conflict("cancelled", "This interview was cancelled.")),
        Stage::NoShow => Err(Error::conflict("no-show", "Somebody did not come to this interview, so it has no room.")),
        Stage::Scoring | Stage::Debrief | Stage::Decided => Err(already_ended()),
        Stage::Scheduled | Stage::Live => Ok(()),
    }
}

pub fn already_ended() -> Error {
    Error::conflict("already-ended", "This interview has ended.")
}

pub fn not_started() -> Error {
    Error::conflict("not-started", "This interview has not started yet.")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> QuestionId {
        QuestionId(Uuid::from_u128(number))
    }

    fn room(current: u128, came_up: &[u128], skipped: &[u128]) -> Room {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let asked = |number| Asked { question_id: id(number), added_in_room: false, skipped: skipped.contains(&number) };
        let stretch = |number: &u128| Stretch { question_id: Some(id(*number)), began_at: at, ended_at: Some(at) };
        Room {
            started_at: Some(at),
            question_id: Some(id(current)),
            stretches: came_up.iter().map(stretch).collect(),
            questions: (1..=5).map(asked).collect(),
            ..Room::default()
        }
    }

    #[test]
    fn next_and_previous_pass_over_what_was_skipped() {
        let room = room(2, &[1, 2], &[1, 3]);
        assert_eq!((room.previous(), room.next()), (None, Some(id(4))));
        assert_eq!(room.first(), Some(id(2)));
    }

    #[test]
    fn the_candidate_counts_what_came_up_and_not_what_was_planned() {
        assert_eq!(room(5, &[2, 4, 2], &[]).number(), Some(3));
        assert_eq!(room(4, &[2, 4, 2], &[]).number(), Some(2));
        assert_eq!(room(4, &[2, 4, 2], &[]).asked(), 2);
    }

    #[test]
    fn the_lead_interviewer_drives_until_another_interviewer_takes_the_wheel_and_again_when_that_one_has_gone() {
        let seat = |number, seat| SeatView {
            account_id: AccountId(Uuid::from_u128(number)),
            name: String::new(),
            email: String::new(),
            seat,
            areas: Vec::new(),
            added_at: DateTime::default(),
        };
        let seats = [seat(1, Seat::LeadInterviewer), seat(2, Seat::Interviewer), seat(3, Seat::Observer)];
        let driven = |by: Option<u128>| Room { driver_id: by.map(|number| AccountId(Uuid::from_u128(number))), ..Room::default() };
        let number = |room: Room| room.driver(&seats).map(|account| account.0.as_u128());
        assert_eq!(number(driven(None)), Some(1));
        assert_eq!(number(driven(Some(2))), Some(2));
        assert_eq!(number(driven(Some(3))), Some(1), "an observer drives nothing");
        assert_eq!(number(driven(Some(9))), Some(1), "whose seat was taken away drives no more");
    }
}
