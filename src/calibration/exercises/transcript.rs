//! What was said, turn by turn, with the time of each: the words that everybody scores.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::error::FieldErrors;
use crate::platform::parse;
use crate::text_enum;

text_enum! {
    /// Who speaks. Nobody has a name.
    Speaker { Interviewer = "interviewer", Candidate = "candidate" }
}

/// One turn of an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// When it begins, in seconds from the beginning.
    pub at: u32,
    pub who: Speaker,
    /// The key of the question that is asked here, where it is one of a set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    pub text: String,
}

const LONGEST_TURN: usize = 4_000;
const MOST_TURNS: usize = 600;
/// Nobody scores what takes longer.
const LATEST: u32 = 4 * 60 * 60;

impl Speaker {
    pub const fn label(self) -> &'static str {
        match self {
            Speaker::Interviewer => "Interviewer",
            Speaker::Candidate => "Candidate",
        }
    }
}

/// As in `12:30`; from an hour on `1:02:30`.
pub fn clock(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    if minutes < 60 { format!("{minutes}:{seconds:02}") } else { format!("{}:{:02}:{seconds:02}", minutes / 60, minutes % 60) }
}

/// The seconds of `12:30` or `1:02:30`.
pub fn read_clock(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let number = |part: &&str| part.parse::<u32>().ok().filter(|_| part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let numbers: Vec<u32> = parts.iter().map(number).collect::<Option<_>>()?;
    match numbers[..] {
        [minutes, seconds] if seconds < 60 => Some(minutes * 60 + seconds),
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => Some((hours * 60 + minutes) * 60 + seconds),
        _ => None,
    }
}

/// The time of the turn in which this moment lies.
pub fn turn_at(transcript: &[Turn], at: u32) -> Option<u32> {
    transcript.iter().rev().map(|turn| turn.at).find(|begins| *begins <= at)
}

/// The rules of a transcript; `transcript[3].at` is the place of an error.
pub fn check(transcript: &[Turn], errors: &mut FieldErrors) {
    for who in Speaker::ALL {
        if !transcript.iter().any(|turn| turn.who == *who) {
            errors.add("transcript", format!("The {who} says nothing."));
        }
    }
    check_turns(transcript, errors);
}

/// The rules of its turns alone: a draft may lack a speaker.
pub fn check_turns(transcript: &[Turn], errors: &mut FieldErrors) {
    for (at, message) in mistakes(transcript) {
        let field = at.map_or_else(|| "transcript".to_owned(), |(turn, member)| format!("transcript[{turn}].{member}"));
        errors.add(field, message);
    }
}

type Place = Option<(usize, &'static str)>;

fn mistakes(transcript: &[Turn]) -> Vec<(Place, String)> {
    let mut mistakes = Vec::new();
    if transcript.len() > MOST_TURNS {
        mistakes.push((None, format!("Keep at most {MOST_TURNS} turns.")));
    }
    for (i, turn) in transcript.iter().enumerate() {
        if transcript.get(i.wrapping_sub(1)).is_some_and(|before| before.at >= turn.at) || turn.at > LATEST {
            mistakes.push((Some((i, "at")), "Each turn begins after the one before, within four hours.".into()));
        }
        if let Err(message) = parse::exact_text(&turn.text, 1, LONGEST_TURN) {
            mistakes.push((Some((i, "text")), message));
        }
        if let Some(Err(message)) = turn.question.as_deref().map(parse::key) {
            mistakes.push((Some((i, "question")), message));
        }
    }
    mistakes
}

/// A transcript as people type it: `mm:ss interviewer: What happens …`, a turn on a line of its own. A line goes on with
/// the turn above it when it begins with a space, or with neither a time nor a name: what looks like a turn and cannot be
/// read as one is a mistake. Every mistake names its line.
pub fn read_lines(text: &str) -> Result<Vec<Turn>, String> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut lines_of: Vec<usize> = Vec::new();
    for (line, words) in (1..).zip(text.lines()).filter(|(_, words)| !words.trim().is_empty()) {
        let goes_on = words.starts_with(char::is_whitespace);
        match (read_line(words.trim()).filter(|_| !goes_on), turns.last_mut()) {
            (Some(turn), _) => {
                turns.push(turn);
                lines_of.push(line);
            }
            (None, None) => {
                return Err(format!(
                    "Line {line}: begin with a time and who speaks, and no space before them, as in “0:00 interviewer: Hello.”"
                ));
            }
            (None, Some(turn)) => {
                if let Some(message) = looks_like_a_turn(words).filter(|_| !goes_on) {
                    return Err(format!("Line {line}: {message} If it goes on with the turn above, begin it with a space."));
                }
                turn.text.push('\n');
                turn.text.push_str(words.trim());
            }
        }
    }
    let found = mistakes(&turns);
    let line = |place: Place| place.and_then(|(turn, _)| lines_of.get(turn)).map_or_else(String::new, |line| format!("Line {line}: "));
    match found.into_iter().next() {
        None => Ok(turns),
        Some((place, message)) => Err(format!("{}{message}", line(place))),
    }
}

/// What is wrong with a line that begins as a turn does.
fn looks_like_a_turn(line: &str) -> Option<&'static str> {
    let first = line.split_whitespace().next()?.trim_matches(|letter: char| !letter.is_alphanumeric());
    let time = first.contains(':') && first.chars().all(|letter| letter.is_ascii_digit() || letter == ':');
    let (before, after) = line.split_once(':')?;
    let names = before.split_whitespace().count();
    let name = (1..=2).contains(&names) && before.chars().all(|letter| letter.is_alphabetic() || " .-’'".contains(letter));
    match (time, name && (after.is_empty() || after.starts_with(char::is_whitespace))) {
        (true, _) if read_clock(first).is_none() => Some("this is no time; write minutes and seconds, as in 12:30."),
        (true, _) => Some("write it as “12:30 candidate: …”; who speaks is interviewer or candidate."),
        (false, true) => Some("begin with a time, as in “12:30 candidate:”."),
        (false, false) => None,
    }
}

fn read_line(line: &str) -> Option<Turn> {
    let (time, rest) = line.split_once(char::is_whitespace)?;
    let (who, text) = rest.trim_start().split_once(':')?;
    let who = match who.trim().to_lowercase().as_str() {
        "interviewer" | "i" => Speaker::Interviewer,
        "candidate" | "c" => Speaker::Candidate,
        _ => return None,
    };
    Some(Turn { at: read_clock(time)?, who, question: None, text: text.trim().to_owned() })
}

/// The same the other way round: what [`read_lines`] reads as these turns.
pub fn as_lines(transcript: &[Turn]) -> String {
    transcript.iter().map(|turn| format!("{} {}: {}\n", clock(turn.at), turn.who, turn.text.replace('\n', "\n  "))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for (text, seconds) in [("0:00", 0), ("12:30", 750), ("61:05", 3665), ("1:02:03", 3723)] {
            assert_eq!(read_clock(text), Some(seconds));
        }
        for text in ["", "12", "12:60", "1:60:00", "-1:00", "a:00", "1:2:3:4", "1.5:00", "+1:00"] {
            assert_eq!(read_clock(text), None, "{text}");
        }
    }

    #[test]
    fn a_mistake_names_its_line() {
        for (text, says) in [
            ("Hello", "Line 1: begin"),
            ("0:00 interviewer: Hi\n\n0:00 candidate: Hi", "Line 3: Each turn"),
            ("0:00 interviewer: Hi\n0:05 candidate:", "Line 2: Fill"),
            ("0:00 interviewer: Hi\n0:30 robot: beep\n0:10 candidate: Hi", "Line 2: write it as"),
            ("0:00 interviewer: Hi\n0:30 candidate", "Line 2: write it as"),
            ("0:00 interviewer: Hi\n0:75 candidate: Hi", "Line 2: this is no time"),
            ("0:00 interviewer: Hi\n[0:30] candidate: Hi", "Line 2: write it as"),
            ("0:00 interviewer: Hi\nSam Low: Hi", "Line 2: begin with a time"),
            ("0:00 interviewer: Hi\ncandidate: Hi", "Line 2: begin with a time"),
            ("0:00 interviewer: Hi\n0:30 candidate: Hi\nand more\n0:10 candidate: Hi", "Line 4: Each turn"),
        ] {
            assert!(read_lines(text).unwrap_err().starts_with(says), "{text:?}: {:?}", read_lines(text));
        }
    }

    #[test]
    fn what_has_no_time_and_no_name_or_begins_with_a_space_goes_on_with_the_turn_above() {
        let said = "0:00 candidate: I would\nlook first, as I said: twice\n  0:30 is when it broke\n\tNote: at night";
        assert_eq!(read_lines(said).unwrap()[0].text, "I would\nlook first, as I said: twice\n0:30 is when it broke\nNote: at night");
        assert_eq!(read_lines(&as_lines(&read_lines(said).unwrap())), read_lines(said));
    }

    #[test]
    fn a_moment_lies_in_the_turn_that_began_last() {
        let turns = read_lines("0:05 interviewer: Hi\n0:30 candidate: Hello\nthere").unwrap();
        assert_eq!(turns[1].text, "Hello\nthere");
        assert_eq!([0, 5, 29, 30, 9_999].map(|at| turn_at(&turns, at)), [None, Some(5), Some(5), Some(30), Some(30)]);
    }

    proptest! {
        #[test]
        fn what_is_written_down_is_read_back(steps in prop::collection::vec((1..90_u32, any::<bool>(), "[a-z]{1,9}([ \n][a-z,.:0-9]{1,9}){0,9}"), 1..40)) {
            let mut at = 0;
            let mut turns = vec![
                Turn { at: 0, who: Speaker::Interviewer, question: None, text: "Hello.".into() },
                Turn { at: 1, who: Speaker::Candidate, question: None, text: "Hi.".into() },
            ];
            for (step, candidate, text) in steps {
                at += step + 1;
                let who = if candidate { Speaker::Candidate } else { Speaker::Interviewer };
                turns.push(Turn { at, who, question: None, text });
            }
            prop_assert_eq!(read_lines(&as_lines(&turns)), Ok(turns));
        }
    }
}
