//! The next panels that bring every pair of raters together.
//!
//! The fewest panels are a covering problem, which has no quick exact answer in general. Greedy panels are
//! improved: drop what is not needed, merge two panels into one, take a few out and cover the hole again. It stops
//! at once where a bound shows that no plan is shorter.

use super::Overlap;
use super::build::{Need, Panel, first, greedy};
use crate::platform::splitmix::keyed;

/// Shared candidates per pair so that every two raters can be compared directly.
pub const CONNECT: u32 = 1;
/// Shared candidates per pair and quarter to aim at.
pub const QUARTER: u32 = 5;

/// The seats of a usual panel.
pub const SEATS: usize = 3;

/// Greedy starts with other tie-breaks.
const STARTS: u64 = 24;
/// Attempts to repair a hole better than before, for plans of up to `LARGE` panels.
const REPAIRS: u64 = 600;
const LARGE: usize = 60;
/// In a larger team the greedy plan is tidied and not repaired: the search would take longer than a page may.
const SMALL_TEAM: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationPlan {
    /// Upcoming panels, one interview each, names in order. Some need fewer people than there are seats.
    pub panels: Vec<Vec<String>>,
    /// No plan with these seats has fewer panels than this.
    pub at_least: usize,
    /// Meetings that are missing now: what one interview for each would need.
    pub missing: usize,
}

/// The shortest plan found after which every pair shares at least `aim` candidates, counting what they share now.
/// `seats` below 2 brings nobody together: the plan is empty then, and `missing` says what stays open.
pub fn rotation_plan(overlap: &Overlap, seats: usize, aim: u32) -> RotationPlan {
    let need = overlap.need(aim);
    let seats = seats.min(need.people());
    let missing = usize::try_from(need.open()).unwrap_or(0);
    if seats < 2 {
        return RotationPlan { panels: Vec::new(), at_least: 0, missing };
    }
    let at_least = bound(&need, seats);
    let mut best = improved(&need, seats, 0, at_least);
    for start in 1..STARTS {
        if best.len() <= at_least || best.len() > LARGE {
            break;
        }
        let other = improved(&need, seats, start, at_least);
        if cost(&other) < cost(&best) {
            best = other;
        }
    }
    let name = |place: &usize| overlap.raters().get(*place).cloned();
    RotationPlan { panels: best.iter().map(|panel| panel.iter().filter_map(name).collect()).collect(), at_least, missing }
}

/// The next panel by itself: the two who miss most meetings, and whoever brings most missing pairs to them. Empty where
/// nothing is missing.
pub fn next_panel(overlap: &Overlap, seats: usize, aim: u32) -> Vec<String> {
    let panel = first(&overlap.need(aim), seats.min(overlap.raters().len()));
    panel.iter().filter_map(|place| overlap.raters().get(*place).cloned()).collect()
}

/// Panels, then seats.
fn cost(panels: &[Panel]) -> (usize, usize) {
    (panels.len(), panels.iter().map(Vec::len).sum())
}

/// One panel brings at most seats (seats - 1) / 2 pairs, and a person at most seats - 1 others: a person who
/// misses m meetings sits at least m / (seats - 1) times, and never less than with the one they miss most.
fn bound(need: &Need, seats: usize) -> usize {
    let open = usize::try_from(need.open()).unwrap_or(0);
    let mut sittings = 0;
    let mut most = 0;
    for a in 0..need.people() {
        let deepest = (0..need.people()).filter(|b| *b != a).map(|b| need.of(a, b).max(0)).max().unwrap_or(0);
        let times = usize::try_from(need.person(a)).unwrap_or(0).div_ceil(seats - 1).max(usize::try_from(deepest).unwrap_or(0));
        sittings += times;
        most = most.max(times);
    }
    open.div_ceil(seats * (seats - 1) / 2).max(sittings.div_ceil(seats)).max(most)
}

/// A greedy plan with the tie-breaks of `start`, made shorter.
fn improved(need: &Need, seats: usize, start: u64, at_least: usize) -> Vec<Panel> {
    let mut left = need.clone();
    let taste = |round: usize, person: usize| if start == 0 { person as u64 } else { keyed(start, &[round as u64, person as u64]) >> 16 };
    let mut panels = greedy(&mut left, seats, &taste);
    tidy(&mut left, &mut panels, seats);
    if panels.len() > LARGE || need.people() > SMALL_TEAM {
        panels.sort();
        return panels;
    }
    for attempt in 0..REPAIRS {
        if panels.len() <= at_least || panels.len() < 2 {
            break;
        }
        let (mut other, mut hole) = (panels.clone(), left.clone());
        for nth in 0..2 + keyed(start, &[attempt, 0]) % 3 {
            if !other.is_empty() {
                let at = (keyed(start, &[attempt, 1 + nth]) % other.len() as u64) as usize;
                hole.seat(&other.remove(at), 1);
            }
        }
        let taste = |round: usize, person: usize| keyed(start, &[attempt, 9, round as u64, person as u64]) >> 16;
        other.extend(greedy(&mut hole, seats, &taste));
        tidy(&mut hole, &mut other, seats);
        // A plan as good as the old one is taken too: it may lead on.
        if cost(&other) <= cost(&panels) {
            (panels, left) = (other, hole);
        }
    }
    panels.sort();
    panels
}

/// Drops people and panels that no pair needs, and merges two panels where one can hold what both are needed for.
fn tidy(left: &mut Need, panels: &mut Vec<Panel>, seats: usize) {
    let mut again = true;
    while again {
        again = false;
        for panel in panels.iter_mut() {
            shrink(left, panel);
        }
        panels.retain(|panel| !panel.is_empty());
        'search: for a in 0..panels.len() {
            for b in a + 1..panels.len() {
                let (Some(first), Some(second)) = (panels.get(a), panels.get(b)) else { continue };
                let mut both: Panel = first.iter().chain(second).copied().collect();
                both.sort_unstable();
                both.dedup();
                // Pairs that both panels bring are needed twice or not; then one panel is not enough for them.
                if both.len() <= seats && twice_is_spare(left, first, second) {
                    left.seat(first, 1);
                    left.seat(second, 1);
                    left.seat(&both, -1);
                    panels.remove(b);
                    if let Some(place) = panels.get_mut(a) {
                        *place = both;
                    }
                    again = true;
                    break 'search;
                }
            }
        }
    }
}

/// Whether every pair that sits in both panels could do with one of them.
fn twice_is_spare(left: &Need, first: &[usize], second: &[usize]) -> bool {
    let common: Vec<usize> = first.iter().filter(|person| second.contains(person)).copied().collect();
    left.essential(&common).is_empty()
}

/// Takes out people whose meetings here nobody needs, and the whole panel if nothing is needed.
fn shrink(left: &mut Need, panel: &mut Panel) {
    let mut at = panel.len();
    while at > 0 {
        at -= 1;
        let Some(&person) = panel.get(at) else { break };
        if !left.essential(panel).iter().any(|(a, b)| *a == person || *b == person) {
            left.seat(panel, 1);
            panel.remove(at);
            left.seat(panel, -1);
        }
    }
    if panel.len() < 2 {
        panel.clear();
    }
}
