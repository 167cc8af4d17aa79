//! Gold interviews, as far as who scores them may read.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::file::GoldFile;
use super::super::transcript::Turn;
use super::answers::GoldScoreId;
use crate::id_types;
use crate::platform::frozen::Frozen;
use crate::platform::id;
use crate::policy::TeamId;
use crate::recordings::MediaType;
use crate::rubrics::{Level, RubricVersionId};

id_types! {
    /// A gold interview, whatever its version.
    GoldId,
    /// One published version of a gold interview.
    GoldVersionId,
}

/// Who has scored an interview does not do so again before this has passed.
pub const AGAIN_AFTER: TimeDelta = TimeDelta::days(90);

/// A published version, frozen, with its reference. It is never shown as it is: see [`GoldView`].
#[derive(Debug, Clone)]
pub struct GoldVersion {
    pub id: GoldVersionId,
    pub gold: GoldId,
    pub number: i32,
    pub file: GoldFile,
    /// Pinned when it was published.
    pub rubric: RubricVersionId,
    pub published_at: DateTime<Utc>,
    /// Whose it is; none for the built-in library, which is every team's.
    pub team: Option<TeamId>,
}

impl Frozen for GoldVersion {
    type Id = GoldVersionId;

    fn id(&self) -> GoldVersionId {
        self.id
    }

    fn team(&self) -> Option<uuid::Uuid> {
        self.team.map(|team| team.0)
    }
}

impl GoldId {
    /// The id of a built-in gold interview: the same on every server.
    pub fn built_in(slug: &str) -> Self {
        GoldId(id::named(&["gold interview", slug]))
    }
}

/// Its sound, beside the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct GoldAudio {
    pub media_type: MediaType,
    pub bytes: i64,
}

/// What who scores it reads: the transcript, and nothing of the reference.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GoldView {
    /// Of the version.
    pub id: GoldVersionId,
    #[serde(rename = "gold_interview_id")]
    pub gold: GoldId,
    pub number: i32,
    pub title: String,
    pub summary: String,
    pub level: Level,
    pub minutes: u32,
    /// The rubric it is scored by.
    pub rubric_version_id: RubricVersionId,
    pub built_in: bool,
    pub transcript: Vec<Turn>,
    /// To be heard at `…/gold-interviews/{id}/audio`.
    pub audio: Option<GoldAudio>,
}

impl GoldView {
    pub fn of(version: &GoldVersion, audio: Option<GoldAudio>) -> Self {
        GoldView {
            id: version.id,
            gold: version.gold,
            number: version.number,
            title: version.file.title.clone(),
            summary: version.file.summary.clone(),
            level: version.file.level,
            minutes: version.file.minutes,
            rubric_version_id: version.rubric,
            built_in: version.team.is_none(),
            transcript: version.file.transcript.clone(),
            audio,
        }
    }
}

/// A gold interview of the list, with what stands between this reader and scoring it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GoldOfList {
    pub id: GoldId,
    pub version_id: GoldVersionId,
    pub number: i32,
    pub title: String,
    pub summary: String,
    pub level: Level,
    pub minutes: u32,
    pub built_in: bool,
    pub own: OwnState,
}

/// Where one stands with a gold interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum OwnState {
    /// It waits in an exercise and is scored there.
    InExercise { exercise_id: super::ExerciseId },
    /// It can be scored.
    Open,
    /// A draft is there.
    Begun { score_id: GoldScoreId },
    /// Scored, and not again before this.
    Scored { score_id: GoldScoreId, again_from: DateTime<Utc> },
    /// One had a hand in it.
    Maker,
}

/// `POST …/gold-scores`: begins to score one alone.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGoldScore {
    pub gold_interview_id: GoldId,
}
