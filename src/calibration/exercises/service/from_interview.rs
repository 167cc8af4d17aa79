//! A gold interview made from one that was held: with recorded consent, and with names replaced by roles.

use std::collections::HashMap;

use super::super::model::{ConsentInput, GoldDraft, MakingView};
use super::super::roles::{Named, by_roles};
use super::super::store::making::{self as store, NewRow};
use super::super::transcript::{Speaker, Turn};
use super::making::{pin, show_making};
use crate::interviews::{self, Brief};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId, Seat};
use crate::scorecards::{self, CardView};
use crate::{question_sets, rooms};

/// Begins a draft with the prompts, the notes of who led the interview, and their times. The notes are what the lead
/// writes the candidate's words from; no score, reason or recommendation comes along.
pub fn create_from_interview(tx: &mut Tx, actor: &Actor, id: InterviewId, input: &ConsentInput) -> Result<MakingView> {
    let brief = decided(tx, actor, id)?;
    let words = input.parse()?;
    let draft = draft(tx, actor, &brief)?;
    let rubric = pin(tx, brief.rubric_version_id)?;
    let team = actor.team_id()?;
    let gold = store::insert(tx, team, &NewRow { draft: &draft, rubric, interview: Some((id, &words)), by: actor.account_or_none() })?;
    store::note_maker(tx, team, gold, actor.account()?)?;
    // Who sat there heard it all.
    for seat in interviews::seats(tx, actor, id)? {
        store::note_maker(tx, team, gold, seat.account_id)?;
    }
    show_making(tx, actor, gold)
}

/// The interview, whose debrief is decided: nobody's view of it is swayed any more.
pub fn decided(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Brief> {
    let interviews::Found { brief, standing } = interviews::find(tx, actor, id)?;
    policy::allow(&standing, Act::LeadExercises)?;
    match brief.facts.decided_at {
        Some(_) => Ok(brief),
        None => Err(Error::conflict("not-decided", "A gold interview is made when the debrief has ended in a decision.")),
    }
}

fn draft(tx: &mut Tx, actor: &Actor, brief: &Brief) -> Result<GoldDraft> {
    let seats = interviews::seats(tx, actor, brief.id)?;
    let cards = scorecards::visible_cards(tx, actor, brief.id)?;
    let mut people = vec![Named { name: &brief.candidate_name, role: "the candidate" }];
    people.extend(seats.iter().map(|seat| Named { name: &seat.name, role: "the interviewer" }));
    let mut turns = asked(tx, actor, brief)?;
    turns.extend(noted(&cards));
    let transcript = in_order(turns, |text| by_roles(text, &people));
    Ok(GoldDraft {
        title: format!("{} level interview", brief.level.label()),
        summary: String::new(),
        level: brief.level,
        minutes: u32::try_from(brief.minutes).unwrap_or(60).clamp(1, 180),
        transcript,
    })
}

/// The prompts, each when it was first on the screen.
fn asked(tx: &mut Tx, actor: &Actor, brief: &Brief) -> Result<Vec<Turn>> {
    let set = question_sets::version(tx, brief.question_set_version_id)?;
    let prompts: HashMap<_, _> = set.questions.iter().map(|question| (question.id, question)).collect();
    let times = rooms::asked_at(tx, actor, brief.id)?;
    let turn = |(id, at)| {
        let question = prompts.get(&id)?;
        Some(Turn { at, who: Speaker::Interviewer, question: Some(question.key.clone()), text: question.prompt.clone() })
    };
    Ok(times.into_iter().filter_map(turn).collect())
}

/// What who led the interview wrote down, else whoever's card can be read.
fn noted(cards: &[CardView]) -> Vec<Turn> {
    let card = cards.iter().find(|card| card.seat == Seat::LeadInterviewer).or(cards.first());
    let notes = card.into_iter().flat_map(|card| &card.content.evidence);
    let turn = |note: &scorecards::Evidence| {
        let at = u32::try_from(note.at_seconds?).ok()?;
        Some(Turn { at, who: Speaker::Candidate, question: None, text: note.text.clone() })
    };
    notes.filter_map(turn).collect()
}

/// By their times, each a second after the one before at the earliest, without names.
fn in_order(mut turns: Vec<Turn>, clean: impl Fn(&str) -> String) -> Vec<Turn> {
    turns.sort_by_key(|turn| (turn.at, turn.who));
    let mut next = 0;
    for turn in &mut turns {
        turn.at = turn.at.max(next);
        next = turn.at + 1;
        turn.text = clean(turn.text.trim());
    }
    turns.retain(|turn| !turn.text.is_empty());
    turns
}
