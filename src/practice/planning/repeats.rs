//! Questions that come again when all was asked, so that no day before the light one is empty.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::{Filling, Rest, What};
use crate::question_sets::QuestionId;

/// A question that stands on a day already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    question: QuestionId,
    area: u8,
    minutes: u16,
    /// The place of the last day on which it stands, and on how many it does.
    at: usize,
    times: usize,
}

impl Met {
    /// Not on the day before, and not on this one.
    fn rested(&self, at: usize) -> bool {
        at > self.at + 1
    }
}

impl Rest<'_> {
    /// How many questions a day may hold: half of those that there are, so that the next day, which asks none of them, has
    /// the other half.
    pub(super) fn most_questions(&self, on: NaiveDate, share: usize) -> usize {
        let fits = |minutes: u16| minutes <= self.facts.minutes;
        let new = self.pool.iter().filter(|ready| fits(ready.minutes)).count();
        let due = self.due.iter().filter(|due| due.on <= on && fits(due.minutes)).count().min(share);
        let met = self.met.iter().filter(|met| fits(met.minutes)).count();
        (new + due + met).div_ceil(2)
    }

    /// Writes down that a question stands on this day.
    pub(super) fn asked(&mut self, day: &mut Filling, (question, area, minutes): (QuestionId, u8, u16)) {
        day.questions = day.questions.saturating_sub(1);
        match self.met.iter_mut().find(|met| met.question == question) {
            Some(met) => (met.at, met.times) = (day.at, met.times + 1),
            None => self.met.push(Met { question, area, minutes, at: day.at, times: 1 }),
        }
    }

    /// What is not in need and was not asked yet; then what was asked, the longest ago first, and of areas in need after
    /// half the time.
    pub(super) fn repeat(&mut self, day: &mut Filling) {
        let facts = self.facts;
        while let Some(ready) = self.draw(day, |ready| !facts.needs(ready.area)) {
            self.put_area(day, ready.area, ready);
        }
        while let Some(met) = self.rested(day) {
            day.put(What::Again(met.area, met.question), met.minutes);
            self.asked(day, (met.question, met.area, met.minutes));
        }
    }

    fn rested(&self, day: &Filling) -> Option<Met> {
        if day.questions == 0 {
            return None;
        }
        let waited = |met: &Met| (day.at - met.at) * if self.facts.needs(met.area) { 2 } else { 1 };
        let fitting = self.met.iter().enumerate().filter(|(_, met)| met.rested(day.at) && met.minutes <= day.left);
        fitting.min_by_key(|(place, met)| (Reverse(waited(met)), met.times, *place)).map(|(_, met)| *met)
    }

    /// Where every question is longer than a day, one stands alone on it: the shortest.
    pub(super) fn longer_than_a_day(&mut self, day: &mut Filling) {
        let shortest = self.pool.iter().enumerate().min_by_key(|(place, ready)| (ready.minutes, *place)).map(|(place, _)| place);
        if let Some(place) = shortest {
            let ready = self.pool.remove(place);
            day.left = ready.minutes;
            self.put_area(day, ready.area, ready);
            return;
        }
        let rested = self.met.iter().filter(|met| met.rested(day.at)).min_by_key(|met| (met.at, met.minutes)).copied();
        if let Some(met) = rested {
            day.left = met.minutes;
            day.put(What::Again(met.area, met.question), met.minutes);
            self.asked(day, (met.question, met.area, met.minutes));
        }
    }
}
