//! Which questions to ask in the time there is.

use super::model::{Kind, Question, QuestionId, QuestionSetVersion};
use crate::rubrics::Level;

/// Questions for this level in the order of the interview, never over `minutes`.
///
/// All areas that the set has at this level are covered as soon as the time allows it. The opening comes
/// first, the closing last, areas and kinds take turns, and a topic comes twice only where nothing else
/// is left. More time never gives fewer questions: where the mix for the longer time has fewer, the one
/// for the shorter time stands. The same input always gives the same questions.
pub fn suggest(version: &QuestionSetVersion, level: Level, minutes: u16) -> Vec<QuestionId> {
    let fitting: Vec<&Question> = version.questions.iter().filter(|question| question.fits(level)).collect();
    let needs = Needs::of(&fitting);
    let all = fitting.iter().fold(0, |areas, question| areas | mask(question));
    let shortest = needs.minutes(all);
    let mut chosen = if minutes < shortest {
        shortened(mix(&fitting, &needs, shortest), minutes)
    } else {
        // With more time than all questions take, nothing is added.
        let longest = fitting.iter().map(|question| question.minutes).fold(0, u16::saturating_add).min(minutes);
        let mixes = (shortest..=longest).map(|minutes| mix(&fitting, &needs, minutes));
        // Of equally many, `max_by_key` takes the last: the one made for the most time.
        mixes.max_by_key(Vec::len).unwrap_or_default()
    };
    chosen.sort_by_key(|question| match question.kind {
        Kind::Opening => 0,
        Kind::Closing => 2,
        _ => 1,
    });
    chosen.iter().map(|question| question.id).collect()
}

/// The areas of a question as bits.
fn mask(question: &Question) -> usize {
    question.areas.iter().fold(0, |mask, area| mask | 1 << (area - 1))
}

/// The least time in which each set of areas can be covered.
struct Needs([u16; 32]);

impl Needs {
    fn of(questions: &[&Question]) -> Self {
        let mut minutes = [0; 32];
        for areas in 1..minutes.len() {
            let first = |question: &&&Question| mask(question) & areas != 0;
            let with = |question: &&Question| question.minutes.saturating_add(minutes[areas & !mask(question)]);
            minutes[areas] = questions.iter().filter(first).map(with).min().unwrap_or(u16::MAX);
        }
        Needs(minutes)
    }

    fn minutes(&self, areas: usize) -> u16 {
        self.0[areas]
    }
}

/// Takes the longest away until the rest fits.
fn shortened(mut chosen: Vec<&Question>, minutes: u16) -> Vec<&Question> {
    while chosen.iter().map(|question| question.minutes).sum::<u16>() > minutes {
        let longest = chosen.iter().enumerate().max_by_key(|(_, question)| question.minutes).map(|(i, _)| i);
        chosen.remove(longest.unwrap_or_default());
    }
    chosen
}

/// Chooses one question after the other, and only such as leave time to cover the areas still open.
/// The result stands in the order of the set.
fn mix<'q>(questions: &[&'q Question], needs: &Needs, minutes: u16) -> Vec<&'q Question> {
    let open = questions.iter().fold(0, |areas, question| areas | mask(question));
    let mut mix = Mix { questions, needs, taken: vec![false; questions.len()], left: minutes, open, so_far: SoFar::default() };
    mix.take(|so_far, question| (question.kind == Kind::Opening).then(|| so_far.doubled(question)));
    mix.take(|so_far, question| (question.kind == Kind::Closing).then(|| so_far.doubled(question)));
    loop {
        let open = mix.open;
        if !mix.take(|so_far, question| so_far.rank(question, open)) {
            break;
        }
    }
    questions.iter().zip(mix.taken).filter(|(_, taken)| *taken).map(|(question, _)| *question).collect()
}

struct Mix<'a> {
    questions: &'a [&'a Question],
    needs: &'a Needs,
    taken: Vec<bool>,
    /// Minutes.
    left: u16,
    /// The areas that no chosen question has yet and some question could.
    open: usize,
    so_far: SoFar,
}

/// What the chosen questions have between them.
#[derive(Default)]
struct SoFar {
    /// As bits.
    topics: u32,
    /// Questions by their primary area.
    turns: [usize; 6],
    /// By kind.
    minutes: [u32; Kind::ALL.len()],
}

/// How much of an interview each kind should take, beside an opening and a closing.
const SHARES: [(Kind, u32); 4] = [(Kind::Technical, 3), (Kind::Experience, 2), (Kind::Scenario, 2), (Kind::Behavioural, 1)];

/// Questions of so few minutes follow others up: they fill what time is left.
const SHORT: u16 = 3;

impl Mix<'_> {
    /// Takes the question of the lowest rank, the first in the set among equals; false when none is left.
    fn take<R: Ord>(&mut self, rank: impl Fn(&SoFar, &Question) -> Option<R>) -> bool {
        let possible = self.questions.iter().enumerate().filter(|(i, question)| !self.taken[*i] && self.leaves_time(question));
        let best = possible.filter_map(|(i, question)| Some((rank(&self.so_far, question)?, i))).min();
        let Some((_, i)) = best else { return false };
        self.taken[i] = true;
        self.left -= self.questions[i].minutes;
        self.open &= !mask(self.questions[i]);
        self.so_far.add(self.questions[i]);
        true
    }

    /// With this question there is still time to cover every open area.
    fn leaves_time(&self, question: &Question) -> bool {
        question.minutes.saturating_add(self.needs.minutes(self.open & !mask(question))) <= self.left
    }
}

impl SoFar {
    fn add(&mut self, question: &Question) {
        self.topics |= topics(question);
        self.turns[usize::from(question.primary_area().unwrap_or_default())] += 1;
        self.minutes[question.kind as usize] += u32::from(question.minutes);
    }

    /// What speaks against a question: a topic that was there, or that it is only a short one; a kind
    /// that had its share; an area that had its turn. A second opening or closing only helps where an area
    /// cannot be covered otherwise.
    fn rank(&self, question: &Question, open: usize) -> Option<(bool, u32, u32, usize)> {
        let at_the_edge = matches!(question.kind, Kind::Opening | Kind::Closing);
        if at_the_edge && open & mask(question) == 0 {
            return None;
        }
        let short = u32::from(question.minutes <= SHORT);
        let turns = self.turns[usize::from(question.primary_area().unwrap_or_default())];
        Some((at_the_edge, self.doubled(question) + short, self.load(question.kind), turns))
    }

    fn doubled(&self, question: &Question) -> u32 {
        (self.topics & topics(question)).count_ones()
    }

    /// The minutes this kind had, measured by its share.
    fn load(&self, kind: Kind) -> u32 {
        let share = SHARES.iter().find(|(known, _)| *known == kind).map_or(1, |(_, share)| *share);
        // Six is divisible by every share.
        self.minutes[kind as usize] * 6 / share
    }
}

fn topics(question: &Question) -> u32 {
    question.topics.iter().fold(0, |topics, topic| topics | 1 << *topic as u32)
}

#[cfg(test)]
mod tests;
