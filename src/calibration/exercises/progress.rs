//! How far an exercise has come, and where each person stands in it. Pure: from what the store has loaded.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::model::{AGAIN_AFTER, GoldId, GoldScoreId, Stage, Step};
use super::order::order;
use super::store::exercises::{ExerciseRow, InterviewRow};
use super::store::scores::Given;
use crate::policy::AccountId;

/// An exercise with all that decides how far it has come.
#[derive(Debug, Clone)]
pub struct Progress {
    pub exercise: ExerciseRow,
    /// First ones, then those held back, in the order they were chosen.
    pub interviews: Vec<InterviewRow>,
    pub members: Vec<AccountId>,
    /// Whatever these people gave to these interviews, here or elsewhere.
    pub given: Vec<Given>,
    /// Who had a hand in which.
    pub makers: HashSet<(AccountId, GoldId)>,
    pub now: DateTime<Utc>,
}

/// Where the people of a part stand, in counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All is in that they score here.
    pub done: usize,
    /// They score nothing of it: they had a hand in it, or scored it elsewhere before.
    pub spared: usize,
    /// The deadline has passed, and something of theirs is not in.
    pub missed: usize,
}

/// Why somebody does not score an interview here.
enum Spared {
    Maker,
    Before { score_id: GoldScoreId, again_from: DateTime<Utc> },
}

impl Progress {
    pub fn stage(&self) -> Stage {
        match self.exercise.discussed_at {
            None if self.is_over(false) => Stage::Discussion,
            None => Stage::Scoring,
            Some(_) if self.is_over(true) => Stage::Done,
            Some(_) => Stage::SecondScoring,
        }
    }

    pub fn asks(&self, account: AccountId) -> bool {
        self.members.contains(&account)
    }

    /// The interviews of one part: the first, or what is held back.
    pub fn part(&self, held_back: bool) -> impl Iterator<Item = &InterviewRow> {
        self.interviews.iter().filter(move |row| row.held_back == held_back)
    }

    /// Nothing more of this part is scored: its deadline has passed, or everybody is in.
    pub fn is_over(&self, held_back: bool) -> bool {
        let Tally { done, spared, .. } = self.tally(held_back);
        self.is_late(held_back) || done + spared == self.members.len()
    }

    pub fn is_late(&self, held_back: bool) -> bool {
        self.is_too_late(self.now, held_back)
    }

    fn is_too_late(&self, at: DateTime<Utc>, held_back: bool) -> bool {
        let deadline = if held_back { self.exercise.second_deadline } else { Some(self.exercise.deadline) };
        deadline.is_some_and(|deadline| deadline <= at)
    }

    pub fn tally(&self, held_back: bool) -> Tally {
        let mut tally = Tally::default();
        for account in &self.members {
            let steps: Vec<Step> = self.part(held_back).map(|row| self.step(*account, row)).collect();
            let any = |of: fn(&Step) -> bool| steps.iter().any(of);
            if any(|step| step.waits()) {
                continue;
            }
            if any(|step| matches!(step, Step::Missed | Step::Late { .. })) {
                tally.missed += 1;
            } else if any(|step| matches!(step, Step::Submitted { .. })) {
                tally.done += 1;
            } else {
                tally.spared += 1;
            }
        }
        tally
    }

    /// Everything of a part, in one's own order, and where one stands with it.
    pub fn steps(&self, account: AccountId, held_back: bool) -> Vec<(InterviewRow, Step)> {
        let golds: Vec<GoldId> = self.part(held_back).map(|row| row.gold).collect();
        let mut taken = false;
        let rows =
            order(self.exercise.id, account, &golds).into_iter().filter_map(|gold| self.part(held_back).find(|row| row.gold == gold));
        rows.map(|row| {
            let step = match self.step(account, row) {
                Step::Next if taken => Step::Later,
                step => step,
            };
            taken |= matches!(step, Step::Next | Step::Begun { .. });
            (*row, step)
        })
        .collect()
    }

    fn step(&self, account: AccountId, row: &InterviewRow) -> Step {
        if !self.asks(account) {
            return Step::NotAsked;
        }
        match self.here(account, row.gold) {
            Some(Given { id, submitted_at: Some(_), .. }) => return Step::Submitted { score_id: *id },
            Some(Given { id, submitted_at: None, .. }) if !self.is_late(row.held_back) => return Step::Begun { score_id: *id },
            _ => {}
        }
        match self.spared(account, row) {
            Some(Spared::Maker) => Step::Maker,
            Some(Spared::Before { score_id, again_from }) => Step::ScoredBefore { score_id, again_from },
            None if self.is_late(row.held_back) => self.too_late(account, row).map_or(Step::Missed, |score_id| Step::Late { score_id }),
            None => Step::Next,
        }
    }

    /// The interviews of which this person may not learn anything yet, since they are still to be scored.
    pub fn owed(&self, account: AccountId) -> Vec<GoldId> {
        let parts = [false, true].into_iter().flat_map(|held_back| self.steps(account, held_back));
        parts.filter(|(_, step)| step.waits()).map(|(row, _)| row.gold).collect()
    }

    /// The interviews that are held back from everybody who is asked, while they are.
    pub fn hidden(&self, account: AccountId) -> Vec<GoldId> {
        let hides = self.asks(account) && self.exercise.discussed_at.is_none() && !self.is_late(true);
        self.part(true).filter(|_| hides).map(|row| row.gold).collect()
    }

    fn here(&self, account: AccountId, gold: GoldId) -> Option<&Given> {
        self.given.iter().find(|given| given.account == account && given.gold == gold && given.exercise == Some(self.exercise.id))
    }

    /// What this person gave to an interview, but not here: when, and what.
    fn elsewhere(&self, account: AccountId, gold: GoldId) -> impl Iterator<Item = (DateTime<Utc>, GoldScoreId)> {
        let theirs = move |given: &&Given| given.account == account && given.gold == gold && given.exercise != Some(self.exercise.id);
        self.given.iter().filter(theirs).filter_map(|given| Some((given.submitted_at?, given.id)))
    }

    /// What came in after the deadline, or was scored alone since.
    fn too_late(&self, account: AccountId, row: &InterviewRow) -> Option<GoldScoreId> {
        let given = self.elsewhere(account, row.gold).filter(|(at, _)| self.is_too_late(*at, row.held_back));
        given.max().map(|(_, score_id)| score_id)
    }

    fn spared(&self, account: AccountId, row: &InterviewRow) -> Option<Spared> {
        if self.makers.contains(&(account, row.gold)) {
            return Some(Spared::Maker);
        }
        // Who missed the deadline is not spared by what they did afterwards.
        let last = self.elsewhere(account, row.gold).filter(|(at, _)| !self.is_too_late(*at, row.held_back)).max()?;
        let again_from = last.0 + AGAIN_AFTER;
        (again_from > self.now).then_some(Spared::Before { score_id: last.1, again_from })
    }
}
