//! Whether a rater is ready after an exercise: a table of lines, each ready, to talk about, or to repeat.
//!
//! The limits are a proposal of this product; no standard exists. With three sessions or fewer only bias, mean
//! distance and the areas are told, without intervals and without a verdict on the whole.

mod change;
mod lines;
#[cfg(test)]
mod tests;

pub use change::{Change, change};

use super::gold::{Compared, borman, by_area, compared};
use super::moments::{finite, interval95, mean};
use super::ratings::Ratings;
use super::reason::Reason;
use super::scope::Scope;

/// Sessions from which a person gets intervals, shares and differential accuracy.
pub const SESSIONS: usize = 4;
/// Scored cells without which nobody is called ready.
pub const CELLS: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Ready,
    Talk,
    Repeat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The worst line's verdict.
    Is(Verdict),
    /// Three sessions or fewer, or every line ready on fewer than twenty scored cells.
    NotEnough,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// Share of scores at most a point from the consensus.
    WithinOne,
    /// Share of scores equal to the consensus.
    Exact,
    /// Mean of |own - consensus|, in points.
    Mae,
    /// Mean of own - consensus, in points; judged by its size.
    Bias,
    /// Borman's differential accuracy.
    DifferentialAccuracy,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    pub criterion: Criterion,
    /// None only for differential accuracy of a rater whose scores never vary where the consensus does.
    pub value: Option<f64>,
    /// 95 %, of the bias alone.
    pub interval: Option<(f64, f64)>,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq)]
pub struct AreaLine {
    pub area: String,
    pub n: usize,
    pub bias: f64,
    pub mae: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Readiness {
    pub sessions: usize,
    pub cells: usize,
    pub lines: Vec<Line>,
    pub areas: Vec<AreaLine>,
    pub outcome: Outcome,
}

impl Readiness {
    pub fn line(&self, criterion: Criterion) -> Option<&Line> {
        self.lines.iter().find(|line| line.criterion == criterion)
    }
}

/// The table of one rater. Subjects are sessions; contested areas have no GOLD and so are not compared.
pub fn readiness(ratings: &Ratings, rater: &str) -> Result<Readiness, Reason> {
    let scores = compared(ratings, &Scope::Areas, rater)?;
    let sessions = scores.chunk_by(|a, b| a.subject == b.subject).count();
    let lines = if sessions < SESSIONS {
        vec![lines::mae(&scores)?, lines::bias(&scores, false)?]
    } else {
        let mut lines = vec![lines::within_one(&scores), lines::exact(&scores), lines::mae(&scores)?, lines::bias(&scores, true)?];
        lines.extend(lines::differential_accuracy(&scores));
        lines
    };
    let worst = lines.iter().map(|line| line.verdict).max();
    let outcome = match worst {
        Some(worst) if sessions >= SESSIONS && (worst > Verdict::Ready || scores.len() >= CELLS) => Outcome::Is(worst),
        _ => Outcome::NotEnough,
    };
    Ok(Readiness { sessions, cells: scores.len(), lines, areas: areas(ratings, &scores)?, outcome })
}

fn areas(ratings: &Ratings, scores: &[Compared]) -> Result<Vec<AreaLine>, Reason> {
    let mut found = Vec::new();
    for (area, scores) in by_area(scores) {
        let distances: Vec<f64> = scores.iter().map(Compared::distance).collect();
        let sizes: Vec<f64> = distances.iter().map(|distance| distance.abs()).collect();
        found.push(AreaLine {
            area: ratings.areas().get(usize::from(area)).cloned().unwrap_or_default(),
            n: scores.len(),
            bias: mean(&distances).ok_or(Reason::NotEstimable)?,
            mae: mean(&sizes).ok_or(Reason::NotEstimable)?,
        });
    }
    Ok(found)
}

/// A mean over scores with its standard error over sessions: scores of one session go together, so the session is
/// the unit that could have come out otherwise. se² = S / (S - 1) sum over sessions (sum of value - mean)² / N².
#[derive(Debug, Clone, Copy, PartialEq)]
struct Clustered {
    mean: f64,
    /// None for one session.
    se: Option<f64>,
    sessions: usize,
}

impl Clustered {
    /// `scores` in the order of sessions.
    fn of(scores: &[Compared], value: impl Fn(&Compared) -> f64) -> Option<Self> {
        let values: Vec<f64> = scores.iter().map(&value).collect();
        let middle = mean(&values)?;
        let sums: Vec<f64> = scores
            .chunk_by(|a, b| a.subject == b.subject)
            .map(|session| session.iter().map(|score| value(score) - middle).sum::<f64>())
            .collect();
        let sessions = sums.len();
        let squares: f64 = sums.iter().map(|sum| sum * sum).sum();
        let factor = sessions as f64 / (sessions as f64 - 1.0);
        let se = (sessions > 1).then(|| finite((factor * squares).sqrt() / values.len() as f64)).flatten();
        // Rounding alone is no variation.
        let se = se.map(|se| if se < 1e-12 { 0.0 } else { se });
        Some(Clustered { mean: middle, se, sessions })
    }

    fn interval(&self) -> Option<(f64, f64)> {
        interval95(self.mean, self.se?, self.sessions as f64 - 1.0)
    }
}
