//! What was said aloud, as pages show it: the player, or where the sound is; and the recorder.

use serde::Serialize;

use super::super::model::{AttemptId, AttemptView, LONGEST_MS, RecordingState, RecordingView};
use super::parts::{attempt_url, clock};
use crate::platform::error::Result;
use crate::policy::{Actor, TeamId};
use crate::recordings::LARGEST;

/// One recording.
#[derive(Debug, Clone, Serialize)]
pub struct SpokenPart {
    /// A word of `RecordingState`.
    pub state: &'static str,
    /// As in `4:05`.
    pub length: Option<String>,
    /// Where it is heard, once it is saved.
    pub audio: Option<String>,
    /// The day on which it goes.
    pub until: Option<String>,
    /// The day on which it went.
    pub gone: Option<String>,
    pub removal: String,
    /// What the script needs to find it on the device and to save it.
    pub recorder: RecorderPart,
}

/// Where scripts record and save.
#[derive(Debug, Clone, Serialize)]
pub struct RecorderPart {
    pub api: String,
    pub account: String,
    pub take: Option<String>,
    pub duration_ms: Option<i32>,
    pub state: &'static str,
    /// Longer or larger ones cannot be saved.
    pub most_ms: i32,
    pub most_bytes: i64,
}

impl RecorderPart {
    pub fn of(view: &AttemptView, actor: &Actor) -> Result<Self> {
        Self::new(view.id, view.recording.as_ref(), actor)
    }

    fn new(id: AttemptId, recording: Option<&RecordingView>, actor: &Actor) -> Result<Self> {
        Ok(RecorderPart {
            api: format!("/api/v1{}/recording", attempt_url(actor.team_id()?, id)),
            account: actor.account()?.to_string(),
            take: recording.map(|recording| recording.take.to_string()),
            duration_ms: recording.and_then(|recording| recording.duration_ms),
            state: recording.map_or("none", |recording| recording.state.as_str()),
            most_ms: LONGEST_MS,
            most_bytes: LARGEST,
        })
    }

    pub fn sample(state: &'static str) -> Self {
        RecorderPart {
            api: "/api/v1/teams/1/attempts/1/recording".into(),
            account: "1".into(),
            take: (state != "none").then(|| "2".into()),
            duration_ms: (state != "none").then_some(61_000),
            state,
            most_ms: LONGEST_MS,
            most_bytes: LARGEST,
        }
    }
}

impl SpokenPart {
    /// None where nothing was said aloud.
    pub fn of(id: AttemptId, recording: Option<&RecordingView>, actor: &Actor) -> Result<Option<Self>> {
        let Some(recording) = recording else { return Ok(None) };
        let team: TeamId = actor.team_id()?;
        let day = |at: chrono::DateTime<chrono::Utc>| super::parts::day(at.with_timezone(&actor.time_zone()).date_naive());
        Ok(Some(SpokenPart {
            state: recording.state.as_str(),
            length: recording.duration_ms.map(length),
            audio: (recording.state == RecordingState::Saved).then(|| format!("/api/v1{}/recording/audio", attempt_url(team, id))),
            until: recording.keep_until.map(day),
            gone: recording.removed_at.map(day),
            removal: format!("{}/recording/removal", attempt_url(team, id)),
            recorder: RecorderPart::new(id, Some(recording), actor)?,
        }))
    }

    pub fn sample(state: RecordingState) -> Self {
        let saved = state == RecordingState::Saved;
        SpokenPart {
            state: state.as_str(),
            length: (state != RecordingState::Uploading).then(|| "1:01".into()),
            audio: saved.then(|| "/api/v1/teams/1/attempts/1/recording/audio".into()),
            until: saved.then(|| "Tue 3 Mar 2026".into()),
            gone: matches!(state, RecordingState::Deleted | RecordingState::RunOut).then(|| "Mon 2 Mar 2026".into()),
            removal: "/teams/1/attempts/1/recording/removal".into(),
            recorder: RecorderPart::sample(state.as_str()),
        }
    }
}

/// As in `4:05`.
pub fn length(duration_ms: i32) -> String {
    clock(i64::from(duration_ms + 500) / 1000)
}
