//! Examples that show every branch of the answer's page.

use chrono::{DateTime, Utc};

use super::answer::{AnswerPage, sample};
use crate::web::form::FormErrors;

pub fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default()
}

pub fn answers() -> Vec<AnswerPage> {
    vec![
        sample(true, false, false, "", FormErrors::default()),
        sample(true, false, true, "", FormErrors::default()),
        sample(false, false, false, "", FormErrors::default()),
        sample(false, true, true, "It is <lazy>.", FormErrors::sample(&["text"])),
        sample(false, false, false, "Mine", FormErrors::whole("Changed in another tab.")),
    ]
}
