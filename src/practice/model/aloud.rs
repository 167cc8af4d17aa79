//! Answers that are said aloud. The sound stays on the device until it is saved.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::AttemptId;
use crate::platform::error::{Error, Result};
use crate::recordings::MediaType;
use crate::text_enum;

/// For how many days saved recordings are kept, and what one may choose.
pub const KEEP_DAYS: i32 = 90;
pub const MAY_KEEP: [i32; 3] = [30, 90, 365];
/// The longest recording, in milliseconds: two hours.
pub const LONGEST_MS: i32 = 7_200_000;
/// Sound that was not brought to its end within so many days is given up.
pub const UNFINISHED_DAYS: i64 = 7;
/// A browser's clock may run faster than the server's, and its start is told a moment later.
const SLACK: TimeDelta = TimeDelta::seconds(5);

text_enum! {
    /// Where the sound of an answer is.
    RecordingState {
        /// On the device where it was recorded, and nowhere else.
        Device = "device",
        /// On its way to the server.
        Uploading = "uploading",
        Saved = "saved",
        /// Its author has deleted it.
        Deleted = "deleted",
        /// It was kept as long as was wished.
        RunOut = "run_out",
    }
}

/// `PUT …/attempts/{id}/recording`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPracticeRecording)]
pub struct NewRecording {
    /// Made by the browser for each recording, so that it is known again after a crash.
    pub take: Uuid,
    pub media_type: MediaType,
}

/// `PUT …/attempts/{id}/recording/completion`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PracticeRecordingEnd)]
pub struct RecordingEnd {
    /// How long it is, without pauses, in milliseconds.
    pub duration_ms: i32,
}

/// `PUT …/attempts/{id}/completion`.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FinishPracticeAnswer)]
pub struct FinishAnswer {
    /// The answer, or a part of it, was said aloud.
    #[serde(default)]
    pub recording: Option<Aloud>,
}

/// A recording on the device, saved or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PracticeAloud)]
pub struct Aloud {
    pub take: Uuid,
    /// How long it is, without pauses, in milliseconds.
    pub duration_ms: i32,
}

/// The sound of one's own answer.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = PracticeRecording)]
pub struct RecordingView {
    pub take: Uuid,
    pub state: RecordingState,
    /// As the browser measured it; the sound itself does not say.
    pub duration_ms: Option<i32>,
    /// Of what is on the server.
    pub media_type: Option<MediaType>,
    /// So many parts are there: the number of the next one.
    pub parts: i32,
    pub bytes: i64,
    pub saved_at: Option<DateTime<Utc>>,
    /// Then it is deleted.
    pub keep_until: Option<DateTime<Utc>>,
    pub removed_at: Option<DateTime<Utc>>,
}

/// `PUT …/practice/recordings`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PracticeKeeping)]
pub struct Keeping {
    /// 30, 90 or 365.
    pub keep_days: i32,
}

/// All recordings of one's own, wherever they were made.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeRecordings)]
pub struct RecordingsView {
    pub keep_days: i32,
    /// Of all that is saved, and the most that may be.
    pub bytes: i64,
    pub most_bytes: i64,
    /// The newest first; of very many the newest.
    pub items: Vec<RecordingOfList>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeRecordingOfList)]
pub struct RecordingOfList {
    pub attempt_id: AttemptId,
    pub prompt: String,
    pub started_at: DateTime<Utc>,
    pub recording: RecordingView,
}

impl Keeping {
    pub fn check(self) -> Result<Self> {
        if MAY_KEEP.contains(&self.keep_days) { Ok(self) } else { Err(Error::invalid("keep_days", "Choose 30, 90 or 365 days.")) }
    }
}

impl Aloud {
    /// Nobody has spoken longer than the answer has been going on.
    pub fn check(self, since: Option<DateTime<Utc>>, until: DateTime<Utc>) -> Result<Self> {
        let wrong = |text: &str| Err(Error::invalid("duration_ms", text));
        if !(1..=LONGEST_MS).contains(&self.duration_ms) {
            return wrong("A recording takes up to two hours, and not nothing.");
        }
        let went_on = since.map_or(TimeDelta::zero(), |since| until - since);
        if TimeDelta::milliseconds(self.duration_ms.into()) > went_on + SLACK {
            return wrong("That is longer than this answer has been going on.");
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_no_longer_than_its_answer() {
        let since = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let after = |seconds| since + TimeDelta::seconds(seconds);
        let said = |duration_ms| Aloud { take: Uuid::nil(), duration_ms };
        assert!(said(60_000).check(Some(since), after(60)).is_ok());
        assert!(said(64_000).check(Some(since), after(60)).is_ok(), "clocks differ");
        assert!(said(66_000).check(Some(since), after(60)).is_err());
        assert!(said(60_000).check(None, after(60)).is_err(), "it has not begun");
        for wrong in [0, -1, LONGEST_MS + 1, i32::MAX] {
            assert!(said(wrong).check(Some(since), after(100_000)).is_err(), "{wrong}");
        }
    }
}
