//! One's own scores beside the reference, with its reasons.

use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{AreaFeedback, DistanceView, Feedback, GoldScoreView};
use super::super::service::ScoreDesk;
use super::parts::{self, LinkPart, MomentPart, TurnPart, about, sample_interview};
use super::score::{crumbs, exercise_link};
use crate::policy::TeamId;
use crate::rubrics::RubricVersion;
use crate::web::page::{Crumb, Nav, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct FeedbackPage {
    crumbs: Vec<Crumb>,
    heading: String,
    about: String,
    submitted: Option<Moment>,
    /// What the scores show in a sentence; none while the reference is closed.
    finding: Option<String>,
    figures: Vec<FigurePart>,
    areas: Vec<AreaResult>,
    turns: Vec<TurnPart>,
    audio: Option<String>,
    exercise: Option<LinkPart>,
    /// The exercise whose deadline had passed: these scores are for oneself alone.
    late: Option<LinkPart>,
}

#[derive(Debug, Serialize)]
pub struct FigurePart {
    label: &'static str,
    value: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct AreaResult {
    number: u8,
    name: String,
    short: String,
    own: u8,
    own_label: String,
    reference: u8,
    reference_label: String,
    contested: bool,
    /// As in `+1`, and what of the heat table's colours it has.
    difference: String,
    heat: &'static str,
    verdict: String,
    acceptable: String,
    reason: String,
    note: String,
    noted: Option<MomentPart>,
    evidence: Vec<MomentPart>,
    experts: Vec<ExpertPart>,
}

#[derive(Debug, Serialize)]
struct ExpertPart {
    name: String,
    value: u8,
    reason: String,
}

/// A difference as the heat table writes it: its words and its colour.
pub fn heat(difference: i8) -> (String, &'static str) {
    let text = match difference {
        0 => "0".to_owned(),
        1.. => format!("+{difference}"),
        _ => format!("−{}", difference.unsigned_abs()),
    };
    let class = match difference {
        ..=-2 => "sc-1",
        -1 => "sc-2",
        0 => "h0",
        1 => "sc-4",
        2.. => "sc-5",
    };
    (text, class)
}

/// As in `3 or 4`.
pub fn either(values: &[u8]) -> String {
    let words: Vec<String> = values.iter().map(u8::to_string).collect();
    words.join(" or ")
}

/// A signed number of points with its typographic minus.
pub fn signed(value: f64) -> String {
    let rounded = format!("{:.2}", value.abs());
    match rounded.as_str() {
        "0.00" => "0".into(),
        _ if value < 0.0 => format!("−{rounded}"),
        _ => format!("+{rounded}"),
    }
}

/// A share in percent.
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

pub fn figures(distance: &DistanceView) -> Vec<FigurePart> {
    let scores = |share: f64| format!("{} of {} scores", (share * distance.scores as f64).round() as usize, distance.scores);
    let share = |label, share: Option<f64>| share.map(|share| FigurePart { label, value: percent(share), text: scores(share) });
    let shares = [share("The same score", distance.exact), share("Within one", distance.within_one)];
    let means = [
        FigurePart {
            label: "On average off by",
            value: format!("{:.2}", distance.mean_distance),
            text: "points, in either direction".into(),
        },
        FigurePart {
            label: "Level",
            value: signed(distance.bias),
            text: match distance.bias {
                bias if bias >= 0.005 => "points more lenient than the reference".into(),
                bias if bias <= -0.005 => "points stricter than the reference".into(),
                _ => "as the reference".into(),
            },
        },
    ];
    shares.into_iter().flatten().chain(means).collect()
}

impl FeedbackPage {
    pub fn of(desk: &ScoreDesk, team: TeamId, zone: Tz) -> Self {
        let GoldScoreView { gold_interview: interview, feedback, .. } = &desk.view;
        let (exercise, late) = (desk.exercise.clone(), desk.late.clone());
        FeedbackPage {
            crumbs: crumbs(team, exercise.clone(), &interview.title),
            heading: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            submitted: desk.view.submitted_at.map(|at| Moment::of(at, zone)),
            finding: feedback.as_ref().map(|feedback| finding(feedback, &desk.rubric)),
            figures: feedback.as_ref().and_then(|feedback| feedback.distance.as_ref()).map(figures).unwrap_or_default(),
            areas: feedback.iter().flat_map(|feedback| &feedback.areas).map(|area| AreaResult::of(area, desk)).collect(),
            turns: parts::turns(&interview.transcript),
            audio: parts::audio_url(team, interview.gold, interview.audio),
            exercise: exercise.or_else(|| late.clone()).map(|exercise| exercise_link(team, exercise)),
            late: late.map(|exercise| exercise_link(team, exercise)),
        }
    }
}

/// The areas that are furthest off, in words of what was scored.
fn finding(feedback: &Feedback, rubric: &RubricVersion) -> String {
    let name = |area: &AreaFeedback| rubric.area(area.area).map(|area| area.name.clone()).unwrap_or_default();
    let sizes: Vec<(String, u8)> = feedback
        .areas
        .iter()
        .filter_map(|area| Some((name(area), area.difference?.unsigned_abs())))
        .filter(|(_, size)| *size > 0)
        .collect();
    furthest(&sizes)
}

/// Of every area that differs, its name and by how much.
fn furthest(differ: &[(String, u8)]) -> String {
    let widest = differ.iter().map(|(_, size)| *size).max().unwrap_or_default();
    let far: Vec<&str> = differ.iter().filter(|(_, size)| *size == widest).map(|(name, _)| name.as_str()).collect();
    let most = if far.len() < differ.len() { " most" } else { "" };
    match far.as_slice() {
        [] => "You read every area as the experts did".into(),
        [one] => format!("{one} is where you and the experts differ{most}"),
        [one, two] => format!("{one} and {two} are where you and the experts differ{most}"),
        _ => format!("You and the experts differ in {} areas", differ.len()),
    }
}

impl AreaResult {
    fn of(area: &AreaFeedback, desk: &ScoreDesk) -> Self {
        let (interview, rubric) = (&desk.view.gold_interview, &desk.rubric);
        let of_rubric = rubric.area(area.area);
        let label =
            |level: u8| of_rubric.and_then(|of_rubric| of_rubric.anchor(level)).map(|anchor| anchor.label.clone()).unwrap_or_default();
        let answer = desk.view.areas.iter().find(|answer| answer.area == area.area);
        let moment = |at: u32, text: &str| MomentPart::of(&interview.transcript, at, text);
        let (difference, heat) = area.difference.map_or((String::new(), "h0"), heat);
        AreaResult {
            number: area.area,
            name: of_rubric.map(|area| area.name.clone()).unwrap_or_default(),
            short: of_rubric.map(|area| area.short_name.clone()).unwrap_or_default(),
            own: area.own,
            own_label: label(area.own),
            reference: area.reference,
            reference_label: label(area.reference),
            contested: area.contested,
            difference,
            heat,
            verdict: verdict(area),
            acceptable: either(&area.acceptable),
            reason: area.reason.clone(),
            note: answer.map(|answer| answer.note.clone()).unwrap_or_default(),
            noted: answer.and_then(|answer| answer.at_seconds).map(|at| moment(at, "")),
            evidence: area.evidence.iter().map(|mark| moment(mark.at, &mark.text)).collect(),
            experts: area
                .experts
                .iter()
                .map(|expert| ExpertPart { name: expert.name.clone(), value: expert.value, reason: expert.reason.clone() })
                .collect(),
        }
    }
}

fn verdict(area: &AreaFeedback) -> String {
    match area.difference {
        None => "The experts could not agree, so it is not scored. It is worth talking about.".into(),
        Some(0) => "The same as the reference.".into(),
        Some(_) if area.acceptable.contains(&area.own) => "Not the reference, and it can be defended.".into(),
        Some(1) => "One higher than the reference.".into(),
        Some(-1) => "One lower than the reference.".into(),
        Some(difference) => {
            format!("{} {} than the reference.", difference.unsigned_abs(), if difference > 0 { "higher" } else { "lower" })
        }
    }
}

impl Template for FeedbackPage {
    const PATH: &'static str = "calibration/exercises/feedback.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let interview = sample_interview();
        let area = |number: u8, own: u8, reference: u8, contested: bool| {
            let (difference, heat) = heat(own as i8 - reference as i8);
            AreaResult {
                number,
                name: format!("Area <{number}>"),
                short: format!("A{number}"),
                own,
                own_label: "Works with help".into(),
                reference,
                reference_label: "Works alone".into(),
                contested,
                difference,
                heat,
                verdict: "One lower than the reference.".into(),
                acceptable: either(&[3, 4]),
                reason: "Looks before acting & says so.".into(),
                note: "Said \"I looked\".".into(),
                noted: (number != 2).then(|| MomentPart::of(&interview.transcript, 70, "")),
                evidence: vec![MomentPart::of(&interview.transcript, 65, "Looks first.")],
                experts: vec![ExpertPart { name: "Expert A".into(), value: 3, reason: "Did <look>.".into() }],
            }
        };
        let distance = DistanceView { interviews: 1, scores: 4, bias: -0.25, mean_distance: 0.75, exact: None, within_one: None };
        let link = || LinkPart { label: "Autumn \"round\"".into(), url: "/teams/1/exercises/1".into() };
        let page = |open: bool| FeedbackPage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            submitted: Some(Moment::of(chrono::DateTime::UNIX_EPOCH, chrono_tz::UTC)),
            finding: open.then(|| "You read every area as the experts did".into()),
            figures: if open { figures(&distance) } else { Vec::new() },
            areas: if open { vec![area(1, 3, 4, false), area(2, 4, 4, true), area(3, 5, 3, false)] } else { Vec::new() },
            turns: parts::turns(&interview.transcript),
            audio: parts::sample_audio(),
            exercise: open.then(link),
            late: (!open).then(link),
        };
        vec![page(true), page(false)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_written_with_its_sign_and_coloured_by_its_side() {
        let written: Vec<_> = [-3, -1, 0, 1, 4].map(heat).into_iter().map(|(text, class)| format!("{text} {class}")).collect();
        assert_eq!(written, ["−3 sc-1", "−1 sc-2", "0 h0", "+1 sc-4", "+4 sc-5"]);
        assert_eq!([0.001, -0.333, 0.5].map(signed), ["0", "−0.33", "+0.50"]);
        assert_eq!(either(&[3, 4]), "3 or 4");
    }

    #[test]
    fn every_difference_is_counted_and_the_furthest_is_named() {
        let of = |sizes: &[(&str, u8)]| furthest(&sizes.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect::<Vec<_>>());
        assert_eq!(of(&[]), "You read every area as the experts did");
        assert_eq!(of(&[("A", 1)]), "A is where you and the experts differ");
        assert_eq!(of(&[("A", 1), ("B", 2)]), "B is where you and the experts differ most");
        assert_eq!(of(&[("A", 2), ("B", 2), ("C", 1)]), "A and B are where you and the experts differ most");
        assert_eq!(of(&[("A", 2), ("B", 2), ("C", 2), ("D", 1)]), "You and the experts differ in 4 areas");
    }
}
