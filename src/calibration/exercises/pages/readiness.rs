//! Where one stands over all one has scored, in words; and the team, in counts.

use serde::Serialize;

use super::super::model::{
    ChangeView, Criterion, DistanceView, ExerciseResult, ReadinessLine, ReadinessVerdict, ReadinessView, TeamReadiness,
};
use super::feedback::{FigurePart, figures, percent, signed};

/// One's own.
#[derive(Debug, Serialize)]
pub struct ReadinessPart {
    finding: &'static str,
    kind: &'static str,
    verdict: &'static str,
    text: String,
    /// There is enough for a verdict.
    told: bool,
    lines: Vec<LinePart>,
}

#[derive(Debug, Serialize)]
struct LinePart {
    name: &'static str,
    value: String,
    interval: String,
    verdict: &'static str,
    kind: &'static str,
}

/// The team's, without a name.
#[derive(Debug, Serialize)]
pub struct TeamPart {
    people: usize,
    ready: usize,
    talk: usize,
    repeat: usize,
    not_enough: usize,
}

/// One's own result of an exercise.
#[derive(Debug, Serialize)]
pub struct ResultPart {
    first: Vec<FigurePart>,
    second: Vec<FigurePart>,
    changes: Vec<ChangePart>,
    text: String,
}

#[derive(Debug, Serialize)]
struct ChangePart {
    name: &'static str,
    before: String,
    after: String,
    change: String,
    interval: String,
}

/// What is looked at, in words.
fn name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::WithinOne => "Within one point",
        Criterion::Exact => "The same score",
        Criterion::MeanDistance => "Off by, on average",
        Criterion::Bias => "Level, above 0 is more lenient",
        Criterion::DifferentialAccuracy => "Tells interviews apart as the experts do",
    }
}

fn written(criterion: Criterion, value: f64) -> String {
    match criterion {
        Criterion::WithinOne | Criterion::Exact => percent(value),
        Criterion::Bias => signed(value),
        Criterion::MeanDistance | Criterion::DifferentialAccuracy => format!("{value:.2}"),
    }
}

fn difference(criterion: Criterion, value: f64) -> String {
    match criterion {
        Criterion::WithinOne | Criterion::Exact => {
            let sign = if value < 0.0 { "−" } else { "+" };
            format!("{sign}{:.0} points", value.abs() * 100.0)
        }
        _ => signed(value),
    }
}

fn interval(criterion: Criterion, low: Option<f64>, high: Option<f64>, write: impl Fn(Criterion, f64) -> String) -> String {
    low.zip(high).map(|(low, high)| format!("{} to {}", write(criterion, low), write(criterion, high))).unwrap_or_default()
}

fn verdict_words(verdict: ReadinessVerdict) -> (&'static str, &'static str) {
    match verdict {
        ReadinessVerdict::Ready => ("Ready", "good"),
        ReadinessVerdict::Talk => ("Talk about it", "warn"),
        ReadinessVerdict::Repeat => ("Repeat", "warn"),
        ReadinessVerdict::NotEnough => ("Not enough yet", "line"),
    }
}

impl ReadinessPart {
    pub fn of(view: &ReadinessView) -> Self {
        let (verdict, kind) = verdict_words(view.verdict);
        ReadinessPart {
            finding: match view.verdict {
                ReadinessVerdict::Ready => "Your scores mean what the experts’ mean",
                ReadinessVerdict::Talk => "Close to the experts, with something to talk about",
                ReadinessVerdict::Repeat => "Your scores and the experts’ mean different things so far",
                ReadinessVerdict::NotEnough => "A few more interviews will tell",
            },
            kind,
            verdict,
            text: text(view),
            told: view.verdict != ReadinessVerdict::NotEnough,
            lines: view.lines.iter().map(LinePart::of).collect(),
        }
    }

    pub fn sample() -> Self {
        let line = |criterion, value: Option<f64>, low: Option<f64>| ReadinessLine {
            criterion,
            value,
            low,
            high: low.map(|low| low + 1.0),
            verdict: ReadinessVerdict::Talk,
        };
        ReadinessPart::of(&ReadinessView {
            verdict: ReadinessVerdict::Talk,
            interviews: 4,
            scores: 20,
            lines: vec![
                line(Criterion::WithinOne, Some(0.9), None),
                line(Criterion::Bias, Some(-0.4), Some(-0.9)),
                line(Criterion::DifferentialAccuracy, None, None),
            ],
            areas: Vec::new(),
        })
    }
}

fn text(view: &ReadinessView) -> String {
    let scored = format!("{} scored in {}.", plural(view.scores, "area"), plural(view.interviews, "interview"));
    let rest = match view.verdict {
        ReadinessVerdict::NotEnough => "From four interviews and twenty areas on it is told whether somebody is ready.",
        ReadinessVerdict::Ready => "Come back each quarter, and before a wave of interviews.",
        ReadinessVerdict::Talk => "Look at the reasons where you differ, and talk about them with the team.",
        ReadinessVerdict::Repeat => "Score some more, and sit as a shadow meanwhile: a shadow’s card is never counted.",
    };
    format!("{scored} {rest} Only you see this.")
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

impl LinePart {
    fn of(line: &ReadinessLine) -> Self {
        let (verdict, kind) = verdict_words(line.verdict);
        LinePart {
            name: name(line.criterion),
            value: line.value.map_or_else(|| "–".into(), |value| written(line.criterion, value)),
            interval: interval(line.criterion, line.low, line.high, written),
            verdict,
            kind,
        }
    }
}

impl TeamPart {
    pub fn of(team: &TeamReadiness) -> Self {
        TeamPart { people: team.people, ready: team.ready, talk: team.talk, repeat: team.repeat, not_enough: team.not_enough }
    }

    pub fn sample() -> Self {
        TeamPart { people: 5, ready: 2, talk: 1, repeat: 1, not_enough: 1 }
    }
}

impl ResultPart {
    /// None before anything is in.
    pub fn of(result: &ExerciseResult) -> Option<Self> {
        let first = result.first.as_ref()?;
        Some(ResultPart {
            first: figures(first),
            second: result.second.as_ref().map(figures).unwrap_or_default(),
            changes: result.changes.iter().map(ChangePart::of).collect(),
            text: match &result.second {
                _ if !result.changes.is_empty() => "Where 0 lies within the interval, nothing has shown that anything changed.".into(),
                Some(second) => format!(
                    "What has changed, and how often you meet the experts, is told from {needed} interviews on before the discussion and {needed} after it. Here you scored {} before and {} after.",
                    first.interviews,
                    second.interviews,
                    needed = result.needed,
                ),
                None if first.interviews < result.needed => {
                    format!("How often you meet the experts is told from {} interviews on.", result.needed)
                }
                None => "Only you see this.".into(),
            },
        })
    }

    pub fn sample() -> Option<Self> {
        let distance = DistanceView { interviews: 4, scores: 20, bias: 0.4, mean_distance: 0.6, exact: Some(0.5), within_one: Some(0.9) };
        let change = |low: Option<f64>| ChangeView {
            criterion: Criterion::Exact,
            before: 0.5,
            after: 0.6,
            change: 0.1,
            low,
            high: low.map(|_| 0.3),
        };
        ResultPart::of(&ExerciseResult {
            first: Some(distance.clone()),
            second: Some(distance),
            needed: 4,
            changes: vec![change(Some(-0.1)), change(None)],
        })
    }
}

impl ChangePart {
    fn of(change: &ChangeView) -> Self {
        ChangePart {
            name: name(change.criterion),
            before: written(change.criterion, change.before),
            after: written(change.criterion, change.after),
            change: difference(change.criterion, change.change),
            interval: interval(change.criterion, change.low, change.high, difference),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_written_with_its_sign_and_its_unit() {
        assert_eq!(difference(Criterion::Exact, -0.125), "−12 points");
        assert_eq!(difference(Criterion::Bias, 0.25), "+0.25");
        assert_eq!(interval(Criterion::WithinOne, Some(0.0), Some(0.5), difference), "+0 points to +50 points");
        assert_eq!(interval(Criterion::WithinOne, None, Some(0.5), difference), "");
    }
}
