//! From scores to numbers: which scores are compared with which reference. The mathematics is `statistics`.

use std::collections::HashSet;

use super::file::{AREAS, Expert, GoldFile};
use super::model::{
    AgreementOfArea, AgreementView, Answers, AreaFeedback, ChangeView, Criterion, DistanceView, ExerciseResult, ExpertOfArea, Feedback,
    ReadinessArea, ReadinessLine, ReadinessVerdict, ReadinessView,
};
use crate::calibration::statistics::consensus::{Standing, consensus};
use crate::calibration::statistics::gold::{self, Compared};
use crate::calibration::statistics::ratings::{GOLD, Ratings, Row, Scale};
use crate::calibration::statistics::readiness::{self as table, Outcome};

/// The scores of one interview that are compared: contested areas are not.
pub fn compared(subject: u32, file: &GoldFile, answers: &Answers) -> Vec<Compared> {
    let pair = |area: u8| {
        let (own, reference) = (answers.value(area)?, file.consensus(area)?.value);
        let compared = Compared { subject, area: u16::from(area), own: f64::from(own), gold: f64::from(reference) };
        (!file.contested(area)).then_some(compared)
    };
    AREAS.filter_map(pair).collect()
}

/// Over few interviews a share says more than is known, so it is told from four on.
pub fn distance(compared: &[Compared]) -> Option<DistanceView> {
    let found = gold::distance(compared).ok()?;
    let interviews = compared.iter().map(|score| score.subject).collect::<HashSet<_>>().len();
    let told = |share: f64| (interviews >= table::SESSIONS).then_some(share);
    Some(DistanceView {
        interviews,
        scores: found.n,
        bias: found.bias,
        mean_distance: found.mae,
        exact: told(found.exact),
        within_one: told(found.adjacent),
    })
}

/// What somebody learns whose scores are in.
pub fn feedback(file: &GoldFile, answers: &Answers) -> Feedback {
    Feedback { areas: AREAS.filter_map(|area| of_area(file, answers, area)).collect(), distance: distance(&compared(0, file, answers)) }
}

fn of_area(file: &GoldFile, answers: &Answers, area: u8) -> Option<AreaFeedback> {
    let (own, consensus, contested) = (answers.value(area)?, file.consensus(area)?, file.contested(area));
    let of_expert = |expert: &Expert| {
        let score = expert.scores.iter().find(|score| score.area == area)?;
        Some(ExpertOfArea { name: expert.name.clone(), value: score.value, reason: score.reason.clone() })
    };
    Some(AreaFeedback {
        area,
        own,
        reference: consensus.value,
        difference: (!contested).then_some(own as i8 - consensus.value as i8),
        acceptable: consensus.acceptable.clone(),
        contested,
        reason: consensus.reason.clone(),
        evidence: consensus.evidence.clone(),
        experts: file.experts.iter().filter_map(of_expert).collect(),
    })
}

/// The scale of every rubric.
fn scale() -> Option<Scale> {
    Scale::new(vec![1.0, 2.0, 3.0, 4.0, 5.0]).ok()
}

/// How near experts were to each other before they talked.
pub fn agreement(experts: &[Expert]) -> Option<AgreementView> {
    let areas: Vec<String> = AREAS.map(|area| area.to_string()).collect();
    let rows = experts.iter().flat_map(|expert| {
        let areas = &areas;
        expert.scores.iter().filter_map(move |score| {
            let area = areas.get(usize::from(score.area).checked_sub(1)?)?;
            Some(Row { subject: "interview", rater: &expert.name, area, score: Some(f64::from(score.value)) })
        })
    });
    let ratings = Ratings::new(scale()?, rows).ok()?;
    let found = consensus(&ratings, "interview").ok()?;
    let of_area = |area: &crate::calibration::statistics::consensus::AreaConsensus| {
        Some(AgreementOfArea {
            area: area.area.parse().ok()?,
            lowest: area.lowest as u8,
            highest: area.highest as u8,
            contested: area.standing == Standing::Contested,
        })
    };
    Some(AgreementView { exact: found.exact?, within_one: found.adjacent?, areas: found.areas.iter().filter_map(of_area).collect() })
}

/// One interview that somebody scored, with its reference.
pub struct Session<'s> {
    pub id: String,
    pub file: &'s GoldFile,
    pub answers: &'s Answers,
}

/// The rater of whom the table is made.
const OWN: &str = "own";

/// Own scores and the reference of every area that is scored; of contested ones there is none.
fn ratings(sessions: &[&Session]) -> Option<Ratings> {
    let areas: Vec<String> = AREAS.map(|area| area.to_string()).collect();
    let mut rows = Vec::new();
    for session in sessions {
        for (area, name) in AREAS.zip(&areas) {
            let reference = session.file.consensus(area).filter(|_| !session.file.contested(area)).map(|consensus| consensus.value);
            for (rater, value) in [(OWN, session.answers.value(area)), (GOLD, reference)] {
                rows.push(Row { subject: &session.id, rater, area: name, score: value.map(f64::from) });
            }
        }
    }
    Ratings::new(scale()?, rows).ok()
}

/// The table over these; none where nothing can be compared. Before there is enough for a verdict on the whole, no line
/// has one of its own.
pub fn readiness(sessions: &[Session]) -> Option<ReadinessView> {
    let all: Vec<&Session> = sessions.iter().collect();
    let found = table::readiness(&ratings(&all)?, OWN).ok()?;
    let enough = found.sessions >= table::SESSIONS && found.cells >= table::CELLS;
    let line = |line: &table::Line| ReadinessLine {
        criterion: criterion(line.criterion),
        value: line.value,
        low: line.interval.map(|(low, _)| low),
        high: line.interval.map(|(_, high)| high),
        verdict: if enough { verdict(line.verdict) } else { ReadinessVerdict::NotEnough },
    };
    let area = |area: &table::AreaLine| {
        Some(ReadinessArea { area: area.area.parse().ok()?, scores: area.n, bias: area.bias, mean_distance: area.mae })
    };
    Some(ReadinessView {
        verdict: match found.outcome {
            Outcome::Is(verdict) if enough => self::verdict(verdict),
            _ => ReadinessVerdict::NotEnough,
        },
        interviews: found.sessions,
        scores: found.cells,
        lines: found.lines.iter().map(line).collect(),
        areas: found.areas.iter().filter_map(area).collect(),
    })
}

fn verdict(verdict: table::Verdict) -> ReadinessVerdict {
    match verdict {
        table::Verdict::Ready => ReadinessVerdict::Ready,
        table::Verdict::Talk => ReadinessVerdict::Talk,
        table::Verdict::Repeat => ReadinessVerdict::Repeat,
    }
}

fn criterion(criterion: table::Criterion) -> Criterion {
    match criterion {
        table::Criterion::WithinOne => Criterion::WithinOne,
        table::Criterion::Exact => Criterion::Exact,
        table::Criterion::Mae => Criterion::MeanDistance,
        table::Criterion::Bias => Criterion::Bias,
        table::Criterion::DifferentialAccuracy => Criterion::DifferentialAccuracy,
    }
}

/// What was scored first, what was held back, and what changed.
pub fn result(first: &[Session], second: &[Session]) -> ExerciseResult {
    let of = |sessions: &[Session]| {
        let all: Vec<Compared> = (0..).zip(sessions).flat_map(|(at, session)| compared(at, session.file, session.answers)).collect();
        distance(&all)
    };
    let (before, after) = (of(first), of(second));
    let enough = |part: &Option<DistanceView>| part.as_ref().is_some_and(|part| part.interviews >= table::SESSIONS);
    let changes = if enough(&before) && enough(&after) { changes(first, second).unwrap_or_default() } else { Vec::new() };
    ExerciseResult { first: before, second: after, needed: table::SESSIONS, changes }
}

fn changes(first: &[Session], second: &[Session]) -> Option<Vec<ChangeView>> {
    let all: Vec<&Session> = first.iter().chain(second).collect();
    let ids = |sessions: &[Session]| sessions.iter().map(|session| session.id.clone()).collect::<Vec<_>>();
    let found = table::change(&ratings(&all)?, OWN, &ids(first), &ids(second)).ok()?;
    let change = |change: &table::Change| ChangeView {
        criterion: criterion(change.criterion),
        before: change.before,
        after: change.after,
        change: change.change,
        low: change.interval.map(|(low, _)| low),
        high: change.interval.map(|(_, high)| high),
    };
    Some(found.iter().map(change).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::exercises::file::parse_file;
    use crate::calibration::exercises::model::{Answer, AnswersInput};

    fn entry() -> GoldFile {
        let text = include_str!("../../../library/gold-interviews/entry-tool-library.json");
        parse_file("entry-tool-library", text).unwrap()
    }

    /// As the experts, so many points away.
    fn given(file: &GoldFile, off: u8) -> Answers {
        let area = |area: u8| Answer { area, value: file.consensus(area).map(|of| (of.value + off).min(5)), ..Answer::default() };
        Answers::parse(&AnswersInput { areas: AREAS.map(area).collect() }).unwrap()
    }

    fn sessions<'s>(file: &'s GoldFile, answers: &'s Answers, names: std::ops::Range<usize>) -> Vec<Session<'s>> {
        names.map(|name| Session { id: name.to_string(), file, answers }).collect()
    }

    #[test]
    fn no_line_has_a_verdict_before_the_whole_has_one() {
        let file = entry();
        let scored = AREAS.filter(|area| !file.contested(*area)).count();
        let answers = given(&file, 2);
        for interviews in 1..=6 {
            let found = readiness(&sessions(&file, &answers, 0..interviews)).unwrap();
            let enough = interviews >= 4 && interviews * scored >= 20;
            let told = |verdict: ReadinessVerdict| verdict != ReadinessVerdict::NotEnough;
            assert_eq!(
                (told(found.verdict), found.lines.iter().any(|line| told(line.verdict))),
                (enough, enough),
                "{interviews} interviews"
            );
        }
    }

    #[test]
    fn shares_and_what_has_changed_are_told_from_four_interviews_on() {
        let file = entry();
        let (before, after) = (given(&file, 1), given(&file, 0));
        for (first, second) in [(1, 1), (3, 4), (4, 3), (4, 4)] {
            let found = result(&sessions(&file, &before, 0..first), &sessions(&file, &after, 10..10 + second));
            let shares =
                |part: &Option<DistanceView>| part.as_ref().unwrap().exact.is_some() && part.as_ref().unwrap().within_one.is_some();
            assert_eq!((shares(&found.first), shares(&found.second)), (first >= 4, second >= 4));
            assert_eq!((found.changes.len(), found.needed), (if first >= 4 && second >= 4 { 4 } else { 0 }, 4), "{first} and {second}");
        }
    }
}
