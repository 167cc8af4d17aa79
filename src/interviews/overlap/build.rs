//! Building panels that cover what pairs still need.

/// How often each pair should still meet; below 0 it met more often than needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Need {
    n: usize,
    left: Vec<i64>,
    /// Sum of what is above 0, over pairs.
    open: i64,
}

impl Need {
    pub fn new(n: usize) -> Self {
        Need { n, left: vec![0; n * n], open: 0 }
    }

    pub fn people(&self) -> usize {
        self.n
    }

    /// Meetings that are still missing, over all pairs.
    pub fn open(&self) -> i64 {
        self.open
    }

    pub fn set(&mut self, a: usize, b: usize, need: u32) {
        let change = i64::from(need) - self.of(a, b);
        self.add(a, b, change);
    }

    pub fn of(&self, a: usize, b: usize) -> i64 {
        self.left.get(a * self.n + b).copied().unwrap_or(0)
    }

    pub fn wants(&self, a: usize, b: usize) -> bool {
        a != b && self.of(a, b) > 0
    }

    /// Missing meetings of one person.
    pub fn person(&self, a: usize) -> i64 {
        (0..self.n).filter(|b| *b != a).map(|b| self.of(a, b).max(0)).sum()
    }

    fn add(&mut self, a: usize, b: usize, change: i64) {
        let before = self.of(a, b);
        for at in [a * self.n + b, b * self.n + a] {
            if let Some(left) = self.left.get_mut(at) {
                *left = before + change;
            }
        }
        self.open += (before + change).max(0) - before.max(0);
    }

    /// A panel sits (-1) or is taken back (+1).
    pub fn seat(&mut self, panel: &[usize], change: i64) {
        for (nth, a) in panel.iter().enumerate() {
            for b in panel.iter().skip(nth + 1) {
                self.add(*a, *b, change);
            }
        }
    }

    /// Pairs of the panel for which this panel is needed, if it is seated already.
    pub fn essential(&self, panel: &[usize]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (nth, a) in panel.iter().enumerate() {
            found.extend(panel.iter().skip(nth + 1).filter(|b| self.of(*a, **b) >= 0).map(|b| (*a, *b)));
        }
        found
    }
}

pub(super) type Panel = Vec<usize>;

/// Adds panels of at most `seats` people until nothing is missing. A panel starts with the pair that misses most
/// meetings and takes whoever brings most missing pairs; `taste` breaks ties (least first).
pub(super) fn greedy(need: &mut Need, seats: usize, taste: &dyn Fn(usize, usize) -> u64) -> Vec<Panel> {
    let mut panels = Vec::new();
    while need.open() > 0 {
        let Some(panel) = panel(need, seats, taste, panels.len()) else { break };
        need.seat(&panel, -1);
        panels.push(panel);
    }
    panels
}

/// The first of them, with ties broken by place.
pub(super) fn first(need: &Need, seats: usize) -> Panel {
    if seats < 2 { Panel::new() } else { panel(need, seats, &|_, person| person as u64, 0).unwrap_or_default() }
}

fn panel(need: &Need, seats: usize, taste: &dyn Fn(usize, usize) -> u64, round: usize) -> Option<Panel> {
    let mut panel = first_pair(need, taste, round)?;
    while panel.len() < seats {
        match next_person(need, &panel, taste, round) {
            Some(person) => panel.push(person),
            None => match (panel.len() + 2 <= seats).then(|| loose_pair(need, &panel)).flatten() {
                Some((a, b)) => panel.extend([a, b]),
                None => break,
            },
        }
    }
    panel.sort_unstable();
    Some(panel)
}

fn first_pair(need: &Need, taste: &dyn Fn(usize, usize) -> u64, round: usize) -> Option<Panel> {
    let people: Vec<i64> = (0..need.people()).map(|person| need.person(person)).collect();
    let load = |a: usize, b: usize| people.get(a).copied().unwrap_or(0) + people.get(b).copied().unwrap_or(0);
    let mut best: Option<((i64, i64, u64), Panel)> = None;
    for a in 0..need.people() {
        for b in (a + 1..need.people()).filter(|b| need.wants(a, *b)) {
            // Most missing first: smallest key.
            let key = (-load(a, b), -need.of(a, b), taste(round, a).wrapping_add(taste(round, b)));
            if best.as_ref().is_none_or(|(least, _)| key < *least) {
                best = Some((key, vec![a, b]));
            }
        }
    }
    best.map(|(_, panel)| panel)
}

/// Who misses most people of the panel, then most meetings with them, then most meetings in all.
fn next_person(need: &Need, panel: &[usize], taste: &dyn Fn(usize, usize) -> u64, round: usize) -> Option<usize> {
    (0..need.people())
        .filter(|person| !panel.contains(person))
        .map(|person| {
            let pairs = panel.iter().filter(|other| need.wants(person, **other)).count();
            let depth: i64 = panel.iter().map(|other| need.of(person, *other).max(0)).sum();
            (std::cmp::Reverse((pairs, depth, need.person(person))), taste(round, person), person)
        })
        .filter(|(std::cmp::Reverse((pairs, ..)), ..)| *pairs > 0)
        .min()
        .map(|(_, _, person)| person)
}

/// Two people outside the panel who miss each other, where nobody misses anyone inside.
fn loose_pair(need: &Need, panel: &[usize]) -> Option<(usize, usize)> {
    let outside: Vec<usize> = (0..need.people()).filter(|person| !panel.contains(person)).collect();
    outside.iter().enumerate().find_map(|(nth, a)| outside.iter().skip(nth + 1).find(|b| need.wants(*a, **b)).map(|b| (*a, *b)))
}
