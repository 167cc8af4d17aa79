//! What the candidate sees while the interview runs: the prompt, the time, and who is there.

use serde::Serialize;

use super::super::model::Phase;
use super::super::service::Visit;
use super::pad::PadPart;
use super::parts::{NotesPart, PersonPart, QuietPart, RoomUrls, TimerPart};
use super::words;
use crate::policy::{Actor, Mode};
use crate::web::form::FormErrors;
use crate::web::page::Template;

/// Made from the shared part of the view alone.
#[derive(Debug, Serialize)]
pub struct CandidatePage {
    heading: String,
    timer: TimerPart,
    people: Vec<PersonPart>,
    paused: bool,
    break_asked: bool,
    quiet: Option<QuietPart>,
    notes: Option<NotesPart>,
    /// Of the current question, also while its prompt is hidden.
    pad: Option<PadPart>,
    errors: FormErrors,
    question: Option<PromptPart>,
    urls: RoomUrls,
    seq: i64,
}

#[derive(Debug, Serialize)]
struct PromptPart {
    number: usize,
    kind: &'static str,
    minutes: u16,
    text: String,
}

impl Template for CandidatePage {
    const PATH: &'static str = "rooms/candidate.html";
    const ALONE: bool = true;
    const PARTS: &'static [&'static str] = &["clock", "people", "controls", "candidate", "pad"];

    fn title(&self) -> String {
        match &self.question {
            Some(question) => format!("Question {} · {}", question.number, self.heading),
            None => self.heading.clone(),
        }
    }

    fn samples() -> Vec<Self> {
        let visits = super::samples::visits(&[Phase::Live, Phase::Paused]);
        visits
            .iter()
            .filter(|(visit, _)| visit.view.panel.is_none())
            .map(|(visit, actor)| Self::of(visit, actor, super::samples::urls(), &FormErrors::sample(&["text"])))
            .collect()
    }
}

impl CandidatePage {
    pub fn of(visit: &Visit, actor: &Actor, urls: RoomUrls, errors: &FormErrors) -> Self {
        let view = &visit.view;
        let names: Vec<&str> = view.people.iter().map(|person| words::first_name(&person.name)).collect();
        let what = if view.mode == Mode::Mock { "Mock interview" } else { "Interview" };
        let question = view.prompt.as_ref().map(|prompt| PromptPart {
            number: prompt.number,
            kind: words::kind(prompt.kind),
            minutes: prompt.minutes,
            text: prompt.text.clone(),
        });
        CandidatePage {
            heading: if names.is_empty() { what.to_owned() } else { format!("{what} with {}", words::list(&names)) },
            timer: TimerPart::of(&view.clock),
            people: PersonPart::named(visit),
            paused: view.phase == Phase::Paused,
            break_asked: view.break_asked_at.is_some(),
            quiet: QuietPart::of(visit),
            notes: NotesPart::of(visit, actor, errors),
            pad: PadPart::of(visit, actor, visit.entered.room.question_id, &urls),
            errors: errors.clone(),
            question,
            urls,
            seq: view.last_seq,
        }
    }
}
