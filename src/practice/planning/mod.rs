//! What to practise on each day until another. Pure: what goes in is all there is, so a plan that is laid out anew after
//! a missed day holds what was missed.
//!
//! A day never holds more than its minutes, but for one question that is longer than any day. What comes back goes first;
//! then each area in need and each topic not met yet gets time before any gets it again. When all was asked, questions come
//! again, the one that has waited longest first, so that every day until the light one has something to do. The last day
//! is light.

pub mod calendar;
mod repeats;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::repeats::Met;
use super::model::{NoRoom, Weekdays};
use crate::question_sets::{QuestionId, Topic};

/// What scoring and comparing an answer takes, in minutes.
pub const SCORING: u16 = 5;

const CLAIM: u16 = 8;
const COLLECT_PROOF: u16 = 10;
const COLLECT_QUESTIONS: u16 = 5;
const PROOF: u16 = 10;
const QUESTIONS: u16 = 5;

/// Everything a plan is made of.
#[derive(Debug, Clone)]
pub struct Facts {
    pub made_on: NaiveDate,
    pub today: NaiveDate,
    pub towards: NaiveDate,
    pub weekdays: Weekdays,
    /// Of each day, and how many of today's are used.
    pub minutes: u16,
    pub used_today: u16,
    /// How many questions come back on one day at most, and on how many of today's an answer was given.
    pub daily: usize,
    pub answered_today: usize,
    /// What comes back before the day, the longest waiting first.
    pub due: Vec<Due>,
    /// Areas in need, the neediest first, with the answers each got since the plan was made.
    pub areas: Vec<(u8, i64)>,
    /// Topics not met yet.
    pub topics: Vec<Topic>,
    /// Questions that can be asked, those first that were asked least. None of them comes back.
    pub pool: Vec<Ready>,
    /// How many of each there are.
    pub claims: usize,
    pub proofs: usize,
    pub questions: usize,
}

impl Facts {
    fn asks(&self, of: impl Fn(&Ready) -> bool) -> bool {
        self.pool.iter().any(of)
    }

    fn needs(&self, area: u8) -> bool {
        self.areas.iter().any(|(this, _)| *this == area)
    }
}

/// A question that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub question: QuestionId,
    pub area: u8,
    pub on: NaiveDate,
    /// With its score.
    pub minutes: u16,
}

/// A question that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    pub question: QuestionId,
    pub area: u8,
    pub topics: Vec<Topic>,
    /// With its score.
    pub minutes: u16,
}

/// What a slot of a day is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Due(QuestionId),
    Area(u8, QuestionId),
    Topic(Topic, QuestionId),
    /// One that stands on an earlier day of the plan too.
    Again(u8, QuestionId),
    /// By its place on the résumé.
    Claim(usize),
    CollectProof,
    CollectQuestions,
    Proof,
    Questions,
    Rest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub what: What,
    pub minutes: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    pub on: NaiveDate,
    pub light: bool,
    pub slots: Vec<Slot>,
}

/// The days that hold something, and what finds no room in any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidOut {
    pub days: Vec<Day>,
    pub no_room: NoRoom,
}

pub fn lay_out(facts: &Facts) -> LaidOut {
    let days: Vec<NaiveDate> = facts.weekdays.between(facts.today, facts.towards).collect();
    // Days are counted from the plan's first one, so that each keeps its part from one day to the next.
    let passed = facts.weekdays.between(facts.made_on, facts.today).count();
    let mut rest = Rest::of(facts);
    let mut laid_out = Vec::new();
    for (at, on) in days.iter().enumerate() {
        let light = at + 1 == days.len();
        let used = if *on == facts.today { facts.used_today } else { 0 };
        let mut day = Filling { left: facts.minutes.saturating_sub(used), slots: Vec::new(), at, questions: 0 };
        if light {
            rest.light(&mut day);
        } else {
            rest.fill(&mut day, *on, passed + at);
        }
        day.slots.sort_by_key(|slot| !matches!(slot.what, What::Due(_)));
        if !day.slots.is_empty() {
            laid_out.push(Day { on: *on, light, slots: day.slots });
        }
    }
    LaidOut { days: laid_out, no_room: NoRoom { areas: rest.waiting_areas, topics: rest.waiting_topics } }
}

/// A day that is being filled.
struct Filling {
    left: u16,
    slots: Vec<Slot>,
    /// Its place among the days to come.
    at: usize,
    /// So many more questions may be put in: what a day leaves is there for the next.
    questions: usize,
}

impl Filling {
    /// Puts it in, if it fits.
    fn put(&mut self, what: What, minutes: u16) -> bool {
        let fits = minutes <= self.left;
        if fits {
            self.left -= minutes;
            self.slots.push(Slot { what, minutes });
        }
        fits
    }

    fn times(&self, area: u8) -> usize {
        self.slots.iter().filter(|slot| matches!(slot.what, What::Area(this, _) if this == area)).count()
    }
}

/// What is still to be laid out.
struct Rest<'f> {
    facts: &'f Facts,
    due: Vec<Due>,
    waiting_areas: Vec<u8>,
    waiting_topics: Vec<Topic>,
    pool: Vec<&'f Ready>,
    /// Answers by area, given and laid out.
    times: BTreeMap<u8, i64>,
    collected: bool,
    /// Questions that stand on a day already.
    met: Vec<Met>,
}

impl<'f> Rest<'f> {
    fn of(facts: &'f Facts) -> Self {
        Rest {
            facts,
            due: facts.due.clone(),
            // Of what nobody here can ask about, nothing waits.
            waiting_areas: facts
                .areas
                .iter()
                .filter(|(area, times)| *times == 0 && facts.asks(|ready| ready.area == *area))
                .map(|(area, _)| *area)
                .collect(),
            waiting_topics: facts.topics.iter().copied().filter(|topic| facts.asks(|ready| ready.topics.contains(topic))).collect(),
            pool: facts.pool.iter().collect(),
            times: facts.areas.iter().copied().collect(),
            collected: false,
            met: Vec::new(),
        }
    }

    fn fill(&mut self, day: &mut Filling, on: NaiveDate, place: usize) {
        let whole = day.left;
        let share = self.facts.daily.saturating_sub(if on == self.facts.today { self.facts.answered_today } else { 0 });
        day.questions = self.most_questions(on, share);
        // While something waits for its first time, what comes back takes most of every other day and little of the rest.
        let even = place.is_multiple_of(2);
        let most = if self.waits() { if even { whole / 3 * 2 } else { whole / 3 } } else { whole };
        let share = share - self.comes_back(day, on, (share, most));
        self.collect(day);
        if !even && whole >= 3 * CLAIM {
            self.claim(day, place / 2);
        }
        self.first_times(day);
        if !self.waits() {
            self.comes_back(day, on, (share, day.left));
            self.again(day);
            self.repeat(day);
        }
        if day.slots.is_empty() && whole == self.facts.minutes {
            self.longer_than_a_day(day);
        }
    }

    /// Something waits for its first time, and a day has room for it.
    fn waits(&self) -> bool {
        let waiting = |ready: &Ready| {
            self.waiting_areas.contains(&ready.area) || ready.topics.iter().any(|topic| self.waiting_topics.contains(topic))
        };
        self.pool.iter().any(|ready| ready.minutes <= self.facts.minutes && waiting(ready))
    }

    /// Questions that are due by this day: so many, and for so many minutes, at most. Gives how many.
    fn comes_back(&mut self, day: &mut Filling, on: NaiveDate, (share, mut minutes): (usize, u16)) -> usize {
        let mut taken = 0;
        let mut kept = Vec::new();
        for due in std::mem::take(&mut self.due) {
            let fits = taken < share && due.on <= on && due.minutes <= minutes && day.questions > 0;
            if fits && day.put(What::Due(due.question), due.minutes) {
                self.asked(day, (due.question, due.area, due.minutes));
                (taken, minutes) = (taken + 1, minutes - due.minutes);
            } else {
                kept.push(due);
            }
        }
        self.due = kept;
        taken
    }

    /// Nobody should begin to collect on the last day.
    fn collect(&mut self, day: &mut Filling) {
        if std::mem::replace(&mut self.collected, true) {
            return;
        }
        if self.facts.proofs == 0 {
            day.put(What::CollectProof, COLLECT_PROOF);
        }
        if self.facts.questions == 0 {
            day.put(What::CollectQuestions, COLLECT_QUESTIONS);
        }
    }

    /// Each once, on a day of its own.
    fn claim(&self, day: &mut Filling, place: usize) {
        if place < self.facts.claims {
            day.put(What::Claim(place), CLAIM);
        }
    }

    /// Areas first; a question on one is on a waiting topic too where there is such a question.
    fn first_times(&mut self, day: &mut Filling) {
        for area in self.waiting_areas.clone() {
            let topics = self.waiting_topics.clone();
            let of_area = |ready: &Ready| ready.area == area;
            let both = |ready: &Ready| of_area(ready) && ready.topics.iter().any(|topic| topics.contains(topic));
            if let Some(ready) = self.draw(day, both).or_else(|| self.draw(day, of_area)) {
                self.put_area(day, area, ready);
            }
        }
        for topic in self.waiting_topics.clone() {
            // One before may have met it.
            if !self.waiting_topics.contains(&topic) {
                continue;
            }
            if let Some(ready) = self.draw(day, |ready| ready.topics.contains(&topic)) {
                day.put(What::Topic(topic, ready.question), ready.minutes);
                self.asked(day, (ready.question, ready.area, ready.minutes));
                self.met(ready);
            }
        }
    }

    /// The area that had the fewest, as long as there are questions; each twice on one day at most.
    fn again(&mut self, day: &mut Filling) {
        loop {
            let mut areas: Vec<u8> = self.facts.areas.iter().map(|(area, _)| *area).filter(|area| day.times(*area) < 2).collect();
            areas.sort_by_key(|area| (day.times(*area), self.times.get(area).copied().unwrap_or_default()));
            let drawn = areas.into_iter().find_map(|area| Some((area, self.draw(day, |ready| ready.area == area)?)));
            let Some((area, ready)) = drawn else { return };
            self.put_area(day, area, ready);
        }
    }

    fn put_area(&mut self, day: &mut Filling, area: u8, ready: &Ready) {
        day.put(What::Area(area, ready.question), ready.minutes);
        self.asked(day, (ready.question, ready.area, ready.minutes));
        self.waiting_areas.retain(|waiting| *waiting != area);
        *self.times.entry(area).or_default() += 1;
        self.met(ready);
    }

    fn met(&mut self, ready: &Ready) {
        self.waiting_topics.retain(|topic| !ready.topics.contains(topic));
    }

    /// The first of these that fits, which is asked once.
    fn draw(&mut self, day: &Filling, of: impl Fn(&Ready) -> bool) -> Option<&'f Ready> {
        let fits = |ready: &&Ready| day.questions > 0 && ready.minutes <= day.left && of(ready);
        let place = self.pool.iter().position(fits)?;
        Some(self.pool.remove(place))
    }

    fn light(&self, day: &mut Filling) {
        let (proof, questions) = match (self.facts.proofs, self.facts.questions) {
            (0, 0) => (What::CollectProof, What::CollectQuestions),
            (0, _) => (What::CollectProof, What::Questions),
            (_, 0) => (What::Proof, What::CollectQuestions),
            _ => (What::Proof, What::Questions),
        };
        day.put(proof, PROOF);
        day.put(questions, QUESTIONS);
        day.put(What::Rest, 0);
    }
}
