//! What the room's pages call things.

use crate::policy::Seat;
use crate::question_sets::Kind;
use crate::rubrics::Level;

pub fn seat(seat: Seat) -> &'static str {
    match seat {
        Seat::LeadInterviewer => "lead interviewer",
        Seat::Interviewer => "interviewer",
        Seat::Shadow => "shadow",
        Seat::Observer => "observer",
        Seat::Candidate => "candidate",
    }
}

pub fn level(level: Level) -> &'static str {
    match level {
        Level::Entry => "entry level",
        Level::Mid => "mid level",
        Level::Senior => "senior level",
    }
}

/// The same by itself.
pub fn level_chip(level: Level) -> &'static str {
    match level {
        Level::Entry => "Entry level",
        Level::Mid => "Mid level",
        Level::Senior => "Senior level",
    }
}

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Opening => "Opening",
        Kind::Technical => "Technical",
        Kind::Experience => "Experience",
        Kind::Behavioural => "Behavioural",
        Kind::Scenario => "Scenario",
        Kind::Closing => "Closing",
    }
}

/// The name by which people call somebody.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// As in `Adaeze, Jonas and Priya`.
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// As in `50 minutes`, or `50 minutes and 10 more`.
pub fn minutes(minutes: i32, extra: i32) -> String {
    if extra == 0 { format!("{minutes} minutes") } else { format!("{minutes} minutes and {extra} more") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_in_speech() {
        assert_eq!(list(&["Adaeze"]), "Adaeze");
        assert_eq!(list(&["Adaeze", "Jonas"]), "Adaeze and Jonas");
        assert_eq!(list(&["Adaeze", "Jonas", "Priya"]), "Adaeze, Jonas and Priya");
        assert_eq!(first_name("Sofia Marin"), "Sofia");
    }
}
