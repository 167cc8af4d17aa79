//! Shapes of recordings and the rules that need nothing else.

use chrono::{DateTime, Utc};

use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, TeamId};
use crate::{id_types, text_enum};

id_types! {
    /// One piece of audio.
    RecordingId,
}

text_enum! {
    /// What browsers record.
    MediaType { Webm = "audio/webm", Mp4 = "audio/mp4", Ogg = "audio/ogg" }
}

/// The largest part, in bytes.
pub const LARGEST_PART: usize = 512 * 1024;
/// The largest recording: more than two hours of speech as browsers pack it.
pub const LARGEST: i64 = 32 * 1024 * 1024;
/// All recordings of one account together.
pub const TOGETHER: i64 = 512 * 1024 * 1024;

/// Where a recording lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub team: TeamId,
    pub id: RecordingId,
}

/// What is to be begun: one's own, or without an account the team's.
#[derive(Debug, Clone, Copy)]
pub struct NewAudio {
    pub account: Option<AccountId>,
    pub media_type: MediaType,
}

/// One recording without its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Recording {
    pub place: Place,
    pub account: Option<AccountId>,
    pub media_type: MediaType,
    pub parts: i32,
    pub bytes: i64,
    pub duration_ms: Option<i32>,
    pub begun_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl MediaType {
    /// By how it begins.
    pub fn of(content: &[u8]) -> Option<Self> {
        match content {
            [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(MediaType::Webm),
            [b'O', b'g', b'g', b'S', ..] => Some(MediaType::Ogg),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(MediaType::Mp4),
            _ => None,
        }
    }

    /// How files of it end, without the point.
    pub fn extension(self) -> &'static str {
        match self {
            MediaType::Webm => "webm",
            MediaType::Mp4 => "m4a",
            MediaType::Ogg => "ogg",
        }
    }
}

impl Recording {
    /// Its bytes as a size; never below nothing.
    pub fn size(&self) -> u64 {
        u64::try_from(self.bytes).unwrap_or_default()
    }

    /// A part that may be its next one.
    pub(super) fn takes(&self, number: i32, content: &[u8]) -> Result<()> {
        if self.finished_at.is_some() {
            return Err(Error::conflict("recording-finished", "This recording is whole. Nothing of it changes any more."));
        }
        if number > self.parts {
            return Err(Error::conflict("part-missing", format!("Parts come in their order. Send part {} first.", self.parts)));
        }
        if number == 0 && MediaType::of(content) != Some(self.media_type) {
            return Err(Error::invalid("part", format!("This does not begin as {} does.", self.media_type)));
        }
        if self.bytes + length(content) > LARGEST {
            return Err(Error::conflict("recording-too-long", format!("A recording holds at most {} MB.", LARGEST / 1024 / 1024)));
        }
        Ok(())
    }
}

/// Bytes as the database counts them.
pub(super) fn length(content: &[u8]) -> i64 {
    i64::try_from(content.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audio_is_known_by_how_it_begins() {
        let told = |content: &[u8]| MediaType::of(content);
        assert_eq!(told(&[0x1a, 0x45, 0xdf, 0xa3, 0x9f]), Some(MediaType::Webm));
        assert_eq!(told(b"OggS\0\x02"), Some(MediaType::Ogg));
        assert_eq!(told(b"\0\0\0\x1cftypiso5"), Some(MediaType::Mp4));
        for other in [b"".as_slice(), b"\x1a\x45", b"<html><body>", b"RIFF\0\0\0\0WAVE", b"%PDF-1.7", b"ID3\x03\0\0\0\0"] {
            assert_eq!(told(other), None, "{other:?}");
        }
    }
}
