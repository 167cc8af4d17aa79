//! The kit: everything an interviewer takes along, on one sheet.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;

use super::{SeatView, VersionName};
use crate::policy::{InterviewId, Mode, Seat};
use crate::question_sets::{Checklist, Kind, QuestionAnchor, QuestionId, QuestionSetVersionId};
use crate::rubrics::{Anchor, Level, RubricVersionId, WarningSign};

/// What an interview pins, with all its words. It holds nothing that anybody has written in the interview.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KitView {
    pub id: InterviewId,
    /// The candidate's name.
    pub candidate: String,
    pub mode: Mode,
    pub level: Level,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    #[schema(value_type = String)]
    pub time_zone: Tz,
    pub minutes: i32,
    pub extra_minutes: i32,
    pub place: String,
    pub instructions: String,
    pub question_set_version: VersionName<QuestionSetVersionId>,
    pub rubric_version: VersionName<RubricVersionId>,
    /// The panel, the lead interviewer first.
    pub seats: Vec<SeatView>,
    pub your_seat: Option<Seat>,
    /// In the order they are asked.
    pub questions: Vec<QuestionOfKit>,
    /// The rubric's five areas.
    pub areas: Vec<AreaOfKit>,
    pub warning_signs: Vec<WarningSign>,
}

/// A question with all that stands beside it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionOfKit {
    pub question_id: QuestionId,
    pub position: i32,
    pub added_in_room: bool,
    pub title: String,
    pub prompt: String,
    pub kind: Kind,
    pub areas: Vec<u8>,
    pub minutes: u16,
    /// What it is there to find out.
    pub tests: String,
    pub listen_for: Vec<String>,
    pub probes: Vec<String>,
    pub warning_signs: Vec<String>,
    pub checklist: Option<Checklist>,
    /// Its own, from level 1 to 5; empty where the area's are used.
    pub anchors: Vec<QuestionAnchor>,
}

/// An area with its anchors, what this level asks of it, and who looks after it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaOfKit {
    /// 1 to 5.
    pub number: u8,
    pub name: String,
    pub short_name: String,
    pub description: String,
    /// The level of the anchors that the interview's level asks for.
    pub expected: u8,
    pub anchors: Vec<Anchor>,
    /// Names of who owns it.
    pub owners: Vec<String>,
}
