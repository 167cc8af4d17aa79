//! What pages and letters call things.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::model::SeatView;
use crate::accounts::initials;
use crate::policy::{Mode, Seat};
use crate::rubrics::Level;
use crate::web::times::Moment;

pub fn seat(seat: Seat) -> &'static str {
    match seat {
        Seat::LeadInterviewer => "Lead interviewer",
        Seat::Interviewer => "Interviewer",
        Seat::Shadow => "Shadow",
        Seat::Observer => "Observer",
        Seat::Candidate => "Candidate",
    }
}

pub fn level(level: Level) -> &'static str {
    match level {
        Level::Entry => "Entry",
        Level::Mid => "Mid",
        Level::Senior => "Senior",
    }
}

pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Mock => "Mock",
        Mode::Hiring => "Hiring",
    }
}

/// A person for `avatars` and `people`.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLine {
    pub name: String,
    pub initials: String,
    pub you: bool,
    pub meta: Option<String>,
    pub chip: Option<String>,
}

impl PersonLine {
    pub fn named(name: &str) -> Self {
        PersonLine { name: name.to_owned(), initials: initials(name), you: false, meta: None, chip: None }
    }

    /// A panel's member with the seat; the areas beneath.
    pub fn seated(view: &SeatView, areas: Option<String>, you: bool) -> Self {
        PersonLine { you, chip: Some(seat(view.seat).to_owned()), meta: areas, ..Self::named(&view.name) }
    }
}

/// When something is, in the reader's zone; in the interview's as well where the two clocks differ.
#[derive(Debug, Clone, Serialize)]
pub struct When {
    pub start: Moment,
    /// As in `14:45`.
    pub end: String,
    /// The same start where the interview is planned, as in `09:00 in New York`.
    pub there: Option<String>,
}

impl When {
    pub fn of(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>, planned_in: Tz, reader: Tz) -> Self {
        let (here, there) = (starts_at.with_timezone(&reader), starts_at.with_timezone(&planned_in));
        let differs = here.naive_local() != there.naive_local();
        let day = if here.date_naive() == there.date_naive() { "%H:%M" } else { "%a %-d %b, %H:%M" };
        let there = format!("{} in {}", there.format(day), crate::web::times::zone_name(planned_in));
        When {
            start: Moment::of(starts_at, reader),
            end: ends_at.with_timezone(&reader).format("%H:%M").to_string(),
            there: differs.then_some(there),
        }
    }
}

/// `45 min`, or `45 min and 15 extra`.
pub fn minutes(minutes: i32, extra: i32) -> String {
    if extra == 0 { format!("{minutes} min") } else { format!("{minutes} min and {extra} extra") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America, Europe};

    #[test]
    fn both_zones_are_shown_where_the_clocks_differ() {
        let (at, end): (DateTime<Utc>, DateTime<Utc>) = ("2026-03-03T03:30:00Z".parse().unwrap(), "2026-03-03T04:15:00Z".parse().unwrap());
        let when = When::of(at, end, America::New_York, Europe::Berlin);
        assert_eq!((when.start.text.as_str(), when.end.as_str()), ("Tue 3 Mar 2026, 04:30", "05:15"));
        assert_eq!(when.there.as_deref(), Some("Mon 2 Mar, 22:30 in New York"));
        assert_eq!(When::of(at, end, Europe::Paris, Europe::Berlin).there, None, "one clock, two names");
    }
}
