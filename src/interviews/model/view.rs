//! What a reader is shown of an interview: the panel and the leads a plan, the candidate an invitation.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Brief, Facts, SeatView, Stage};
use crate::policy::{AccountId, CandidateId, InterviewId, Mode, Seat};
use crate::question_sets::{Kind, QuestionId, QuestionSetVersionId};
use crate::rubrics::{Level, RubricVersionId};
use crate::text_enum;

/// One interview, as far as this reader may see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub enum InterviewView {
    Plan(Box<PlanView>),
    Invitation(InvitationView),
}

impl InterviewView {
    pub fn id(&self) -> InterviewId {
        match self {
            InterviewView::Plan(plan) => plan.id,
            InterviewView::Invitation(invitation) => invitation.id,
        }
    }
}

/// For who plans and who sits in the panel.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlanView {
    pub id: InterviewId,
    pub stage: Stage,
    /// For the next If-Match.
    pub version: i32,
    pub candidate: CandidateOfPlan,
    pub mode: Mode,
    pub level: Level,
    pub question_set_version: VersionName<QuestionSetVersionId>,
    pub rubric_version: VersionName<RubricVersionId>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    #[schema(value_type = String)]
    pub time_zone: Tz,
    pub minutes: i32,
    pub extra_minutes: i32,
    pub place: String,
    pub instructions: String,
    /// A second half is planned with it, in which the roles are swapped.
    pub swap_roles: bool,
    /// The panel, the lead interviewer first.
    pub seats: Vec<SeatView>,
    /// In which the roles are swapped, if there is one and you see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_half: Option<Half>,
    /// The reader's own part, if any.
    pub your_seat: Option<Seat>,
    /// In the order they are asked; absent for an observer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questions: Option<Vec<QuestionOfPlan>>,
    /// What is worth another look; nothing here forbids anything.
    pub warnings: Vec<Warning>,
    /// What happened to the plan, newest first.
    pub changes: Vec<ChangeView>,
    pub scheduled_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub no_show_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    #[serde(skip)]
    pub offers: Offers,
}

/// What a reader may do with one interview now, for what a page offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offers {
    pub edit: bool,
    pub reschedule: bool,
    pub cancel: bool,
    pub mark_no_show: bool,
    pub add_seats: bool,
    pub change_seats: bool,
    pub see_links: bool,
    pub make_links: bool,
    pub read_kit: bool,
    pub take_calendar: bool,
    pub swap: bool,
}

/// The other half of a booking in which two people interview each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Half {
    pub interview_id: InterviewId,
    /// It is the first of the two.
    pub comes_first: bool,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CandidateOfPlan {
    pub id: CandidateId,
    pub name: String,
    /// For leads and owners only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A published version by its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionName<Id> {
    pub id: Id,
    pub name: String,
    pub number: i32,
}

/// A question of the kit, in its place, with what a list shows of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionOfPlan {
    pub question_id: QuestionId,
    pub position: i32,
    pub added_in_room: bool,
    pub title: String,
    pub kind: Kind,
    pub areas: Vec<u8>,
    pub minutes: u16,
}

/// For the candidate: when, where, and who will be there, as people.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CandidateInvitation)]
pub struct InvitationView {
    pub id: InterviewId,
    pub state: CandidateState,
    /// The team that invites.
    pub team: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    #[schema(value_type = String)]
    pub time_zone: Tz,
    /// All the time there is, extra time included.
    pub minutes: i32,
    pub place: String,
    /// Names, in the order of the alphabet: an order of rank would tell who leads.
    pub people: Vec<String>,
}

text_enum! {
    /// Where an interview is, as its candidate sees it: whether cards are in or a decision is made is not theirs to read.
    CandidateState { Scheduled = "scheduled", Live = "live", Over = "over", NoShow = "no_show", Cancelled = "cancelled" }
}

impl CandidateState {
    pub fn of(facts: &Facts) -> Self {
        match facts.stage() {
            Stage::Draft | Stage::Scheduled => CandidateState::Scheduled,
            Stage::Live => CandidateState::Live,
            Stage::Scoring | Stage::Debrief | Stage::Decided => CandidateState::Over,
            Stage::NoShow => CandidateState::NoShow,
            Stage::Cancelled => CandidateState::Cancelled,
        }
    }
}

impl InvitationView {
    pub fn of(brief: &Brief, team: &str, seats: &[SeatView]) -> Self {
        InvitationView {
            id: brief.id,
            state: CandidateState::of(&brief.facts),
            team: team.to_owned(),
            starts_at: brief.starts_at,
            ends_at: brief.planned_end(),
            time_zone: brief.time_zone,
            minutes: brief.whole_minutes(),
            place: brief.place.clone(),
            people: people(seats),
        }
    }
}

/// The names of a panel, as its candidate may read them.
pub fn people(seats: &[SeatView]) -> Vec<String> {
    let mut names: Vec<_> = seats.iter().map(|seat| seat.name.clone()).collect();
    names.sort_by_key(|name| name.to_lowercase());
    names
}

/// Something to look at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Warning {
    /// `over-time`, `uncovered-areas`, `time-comes-twice`.
    pub code: &'static str,
    pub message: String,
}

text_enum! {
    /// What happened to a plan.
    ChangeKind {
        Drafted = "drafted",
        Edited = "edited",
        Planned = "planned",
        Rescheduled = "rescheduled",
        Cancelled = "cancelled",
        NoShow = "no_show",
        SeatAdded = "seat_added",
        SeatChanged = "seat_changed",
        SeatRemoved = "seat_removed",
        LinkMade = "link_made",
        LinkRevoked = "link_revoked",
        /// A second half was planned, in which the roles are swapped.
        SwapPlanned = "swap_planned",
    }
}

/// One thing that happened to a plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangeView {
    pub kind: ChangeKind,
    pub by: PersonRef,
    pub at: DateTime<Utc>,
    pub reason: String,
    /// The name of whom it is about, where it is about somebody.
    pub about: Option<String>,
    /// What was before and after, by kind.
    pub detail: Value,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonRef {
    pub id: AccountId,
    pub name: String,
}

text_enum! {
    /// Which part of the list.
    Filter {
        All = "all",
        /// Drafts, planned and live ones, the next first.
        Upcoming = "upcoming",
        /// Over, and a counted scorecard is missing.
        Scoring = "scoring",
        /// The debrief is open and nothing is decided.
        Debrief = "debrief",
        /// Decided, cancelled, or somebody did not come.
        Done = "done",
    }
}

/// One interview of a list, as far as this reader may see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub enum InterviewOfList {
    Plan(PlanOfList),
    Invitation(InvitationView),
}

impl InterviewOfList {
    pub fn id(&self) -> InterviewId {
        match self {
            InterviewOfList::Plan(plan) => plan.id,
            InterviewOfList::Invitation(invitation) => invitation.id,
        }
    }
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlanOfList {
    pub id: InterviewId,
    pub stage: Stage,
    pub candidate: CandidateOfPlan,
    pub mode: Mode,
    pub level: Level,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    #[schema(value_type = String)]
    pub time_zone: Tz,
    pub minutes: i32,
    pub extra_minutes: i32,
    pub place: String,
    pub seats: Vec<SeatView>,
    pub your_seat: Option<Seat>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_candidate_cannot_tell_scoring_debrief_and_decision_apart() {
        let at = DateTime::from_timestamp(1_800_000_000, 0);
        let ended = Facts { scheduled_at: at, started_at: at, ended_at: at, ..Facts::default() };
        let open = Facts { debrief_opened_at: at, ..ended };
        let decided = Facts { decided_at: at, ..open };
        assert_eq!([ended, open, decided].map(|facts| CandidateState::of(&facts)), [CandidateState::Over; 3]);
    }
}
