//! Driving: each act holds the interview's lock from before it looks until the commit.

use chrono::TimeDelta;

use super::super::clock::Stretch;
use super::super::model::{
    AddQuestion, ChangePrompt, ChangeRoom, EventKind, NextPhase, Phase, Room, already_ended, must_be_open, not_started,
};
use super::super::store::{self, Place};
use super::super::view::{self, RoomView};
use super::{Entered, enter};
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId};
use crate::question_sets::QuestionId;
use crate::scorecards;

/// How long after the end a missing scorecard is asked for: memory fades by then, and nobody is hurried.
const REMIND_AFTER: TimeDelta = TimeDelta::hours(4);

/// Starts, pauses, goes on, ends; goes to a question. What is so already is no act and leaves no trace.
pub fn change(tx: &mut Tx, actor: &Actor, id: InterviewId, change: ChangeRoom) -> Result<RoomView> {
    let mut wheel = Wheel::hold(tx, actor, id)?;
    match (wheel.room().phase(), change.phase) {
        (Phase::Ended, _) => return Err(already_ended()),
        (Phase::Waiting, NextPhase::Live) => wheel.start(change.question_id)?,
        (Phase::Waiting, _) => return Err(not_started()),
        (_, NextPhase::Ended) => wheel.end(actor, change.question_id)?,
        (Phase::Live, NextPhase::Paused) => {
            wheel.go(change.question_id)?;
            wheel.pause()?;
        }
        (Phase::Paused, NextPhase::Live) => {
            wheel.go(change.question_id)?;
            wheel.resume()?;
        }
        (Phase::Live, NextPhase::Live) | (Phase::Paused, NextPhase::Paused) => wheel.go(change.question_id)?,
    }
    wheel.done(actor)
}

/// Marks a question as not asked, and goes on from it if it is the current one. Going to it takes the mark back.
pub fn skip(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId) -> Result<RoomView> {
    let mut wheel = Wheel::hold(tx, actor, id)?;
    wheel.must_run()?;
    wheel.skip(question)?;
    wheel.done(actor)
}

/// Takes the prompt off the candidate's screen, or puts it back.
pub fn set_prompt(tx: &mut Tx, actor: &Actor, id: InterviewId, change: ChangePrompt) -> Result<RoomView> {
    let mut wheel = Wheel::hold(tx, actor, id)?;
    wheel.must_run()?;
    if wheel.room().prompt_hidden != change.hidden {
        wheel.entered.room.prompt_hidden = change.hidden;
        wheel.record(if change.hidden { EventKind::PromptHidden } else { EventKind::PromptShown }, None)?;
    }
    wheel.done(actor)
}

/// Says "later" to a break that was asked for. The candidate is told.
pub fn put_off_break(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<RoomView> {
    let mut wheel = Wheel::hold(tx, actor, id)?;
    wheel.must_run()?;
    if wheel.room().break_asked_at.is_some() {
        wheel.entered.room.break_asked_at = None;
        wheel.record(EventKind::BreakPutOff, None)?;
    }
    wheel.done(actor)
}

/// Puts a question of the pinned set behind the others.
pub fn add_question(tx: &mut Tx, actor: &Actor, id: InterviewId, add: AddQuestion) -> Result<RoomView> {
    let mut wheel = Wheel::hold(tx, actor, id)?;
    wheel.must_run()?;
    if wheel.entered.set.question(add.question_id).is_none() {
        return Err(Error::invalid("question_id", "Choose a question of this interview's question set."));
    }
    interviews::add_question(wheel.tx, actor, id, add.question_id, true)?;
    wheel.record(EventKind::QuestionAdded, Some(add.question_id))?;
    wheel.done(actor)
}

/// Takes the wheel: from now on this interviewer drives, and the log says since when.
pub fn take_the_wheel(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<RoomView> {
    let mut wheel = Wheel::reach(tx, actor, id)?;
    if wheel.entered.driver() != Some(wheel.place.by) {
        store::make(wheel.tx, wheel.place)?;
        wheel.entered.room.driver_id = Some(wheel.place.by);
        wheel.record(EventKind::TakenOver, None)?;
    }
    wheel.done(actor)
}

/// The room in the hands of somebody who may move it.
struct Wheel<'t, 'c> {
    tx: &'t mut Tx<'c>,
    place: Place,
    entered: Entered,
    moved: bool,
}

impl<'t, 'c> Wheel<'t, 'c> {
    /// For whoever may drive at all: visible, allowed, locked, read anew, open.
    fn reach(tx: &'t mut Tx<'c>, actor: &Actor, id: InterviewId) -> Result<Self> {
        let found = interviews::find(tx, actor, id)?;
        policy::allow(&found.standing, Act::DriveRoom)?;
        interviews::lock(tx, actor, id)?;
        let entered = enter(tx, actor, id)?;
        must_be_open(entered.found.brief.stage())?;
        let place = Place { team: actor.team_id()?, interview: id, by: actor.account()? };
        Ok(Wheel { tx, place, entered, moved: false })
    }

    /// For whoever drives.
    fn hold(tx: &'t mut Tx<'c>, actor: &Actor, id: InterviewId) -> Result<Self> {
        let wheel = Self::reach(tx, actor, id)?;
        if wheel.entered.driver() != Some(wheel.place.by) {
            return Err(Error::Forbidden("Somebody else is leading this interview. Take the lead first."));
        }
        Ok(wheel)
    }

    fn room(&self) -> &Room {
        &self.entered.room
    }

    fn must_run(&self) -> Result<()> {
        if self.room().phase() == Phase::Waiting { Err(not_started()) } else { Ok(()) }
    }

    fn start(&mut self, question: Option<QuestionId>) -> Result<()> {
        let question = self.known(question)?.or(self.room().first());
        store::make(self.tx, self.place)?;
        store::start(self.tx, self.place)?;
        self.entered.room.driver_id = Some(self.place.by);
        self.entered.room.question_id = question;
        self.run(question)?;
        self.record(EventKind::Started, question)
    }

    /// A pause is the break that was asked for, and in it nobody counts quiet minutes.
    fn pause(&mut self) -> Result<()> {
        self.stop()?;
        self.settle_asks();
        self.record(EventKind::Paused, None)
    }

    fn settle_asks(&mut self) {
        self.entered.room.break_asked_at = None;
        self.entered.room.quiet_until = None;
    }

    fn resume(&mut self) -> Result<()> {
        self.run(self.room().question_id)?;
        self.record(EventKind::Resumed, None)
    }

    /// Goes to a question. While the clock runs, it runs on that one from here on.
    fn go(&mut self, question: Option<QuestionId>) -> Result<()> {
        let Some(question) = self.known(question)?.filter(|question| Some(*question) != self.room().question_id) else { return Ok(()) };
        if self.room().question(question).is_some_and(|asked| asked.skipped) {
            store::unskip(self.tx, self.place, question)?;
        }
        let runs = self.room().open_stretch().is_some();
        self.stop()?;
        self.entered.room.question_id = Some(question);
        self.entered.room.quiet_until = None;
        if runs {
            self.run(Some(question))?;
        }
        self.record(EventKind::Moved, Some(question))
    }

    fn skip(&mut self, question: QuestionId) -> Result<()> {
        let asked = *self.room().question(question).ok_or(Error::NotFound)?;
        if asked.skipped {
            return Ok(());
        }
        store::skip(self.tx, self.place, question)?;
        self.record(EventKind::Skipped, Some(question))?;
        if self.room().question_id == Some(question) {
            self.go(self.room().next())?;
        }
        Ok(())
    }

    /// Ends it for good, and has whoever still owes a scorecard by then reminded.
    fn end(&mut self, actor: &Actor, question: Option<QuestionId>) -> Result<()> {
        if question.is_some() {
            return Err(Error::invalid("question_id", "An interview ends where it is. Leave this away."));
        }
        self.stop()?;
        self.settle_asks();
        store::end(self.tx, self.place)?;
        self.record(EventKind::Ended, None)?;
        let at = self.tx.now + REMIND_AFTER;
        scorecards::remind_later(self.tx, actor, self.place.interview, at)
    }

    /// A question that is named must be one of this interview.
    fn known(&self, question: Option<QuestionId>) -> Result<Option<QuestionId>> {
        match question {
            Some(id) if self.room().question(id).is_none() => Err(Error::invalid("question_id", "Choose a question of this interview.")),
            other => Ok(other),
        }
    }

    fn run(&mut self, question: Option<QuestionId>) -> Result<()> {
        let number = self.room().stretches.len() as i32 + 1;
        store::begin_stretch(self.tx, self.place, number, question)?;
        let began = Stretch { question_id: question, began_at: self.tx.now, ended_at: None };
        self.entered.room.stretches.push(began);
        Ok(())
    }

    fn stop(&mut self) -> Result<()> {
        let now = self.tx.now;
        if let Some(open) = self.entered.room.stretches.iter_mut().find(|stretch| stretch.ended_at.is_none()) {
            let end = open.end(now);
            open.ended_at = Some(end);
            store::end_stretch(self.tx, self.place, end)?;
        }
        Ok(())
    }

    /// One more line in the log.
    fn record(&mut self, kind: EventKind, question: Option<QuestionId>) -> Result<()> {
        self.entered.room.last_seq += 1;
        self.moved = true;
        let Place { team, interview, by } = self.place;
        store::record(self.tx, (team, interview), by.0, self.entered.room.last_seq, kind, question)
    }

    /// Writes the room, wakes who watches it, and shows what came of it.
    fn done(self, actor: &Actor) -> Result<RoomView> {
        if self.moved {
            store::update(self.tx, self.place, &self.entered.room)?;
            self.tx.ring(self.place.interview.0);
        }
        let entered = enter(self.tx, actor, self.place.interview)?;
        Ok(view::of(&entered, actor, self.tx.now))
    }
}
