//! What stands behind disclosures: pairs of interviewers, and the many-facet Rasch model.

use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{FacetMeasure, FacetOfCandidate, FacetOfRater, ManyFacets, PairAgreement};
use super::super::statistics::bands::Band;
use super::super::statistics::gates::Tier;
use super::super::statistics::reason::Reason;
use super::charts::{self, Axis, Dots, Point};
use super::severity::kept_back;
use super::words;
use crate::policy::TeamId;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct PairsPart {
    pub finding: String,
    pub meta: String,
    /// Each with a cell for each; none where no pair may be shown.
    pub people: Vec<PersonOfPairs>,
    pub rows: Vec<PairRow>,
    pub too_few: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct PersonOfPairs {
    pub name: String,
    pub you: bool,
    pub cells: Vec<PairCell>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PairCell {
    pub text: String,
    /// The class of its shade: one hue, since more is not better of a person.
    pub shade: &'static str,
    pub early: bool,
}

#[derive(Debug, Serialize)]
pub struct PairRow {
    pub pair: String,
    pub kappa: String,
    pub interval: String,
    pub shared: &'static str,
    pub word: &'static str,
}

pub fn pairs(found: &PairAgreement) -> PairsPart {
    let nobody = PairCell { text: "–".into(), shade: "h0", early: false };
    let mut cells = vec![vec![nobody; found.people]; found.people];
    for pair in &found.pairs {
        let early = pair.kappa.tier == Tier::Indicative;
        let cell = PairCell { text: pair.kappa.value.map_or_else(|| "–".into(), words::number), shade: shade(pair.kappa.value), early };
        let [one, other] = pair.places;
        for (row, column) in [(one, other), (other, one)] {
            if let Some(place) = cells.get_mut(row).and_then(|row| row.get_mut(column)) {
                *place = cell.clone();
            }
        }
    }
    // Nobody is compared with themselves.
    for (place, row) in cells.iter_mut().enumerate() {
        if let Some(cell) = row.get_mut(place) {
            *cell = PairCell { text: String::new(), shade: "", early: false };
        }
    }
    let name = |place: usize| person(place, found.own);
    let row = |pair: &super::super::model::PairOfPlaces| PairRow {
        pair: pair.places.map(name).join(" and "),
        kappa: pair.kappa.value.map_or_else(|| "–".into(), words::number),
        interval: interval(pair.kappa.low, pair.kappa.high),
        shared: if pair.kappa.tier == Tier::Reportable { "20 or more" } else { "10 to 19" },
        word: words::early(pair.kappa.tier).unwrap_or_else(|| pair.kappa.word.words()),
    };
    let people = cells.into_iter().enumerate();
    let too_few = (found.too_few > 0).then(|| {
        let pairs = words::capital(&words::count(found.too_few, "pair shares", "pairs share"));
        format!("{pairs} fewer than ten candidates.")
    });
    PairsPart {
        finding: pairs_finding(found),
        meta: format!("In pairs: who agrees with whom{}", if found.pairs.is_empty() { ", too early" } else { "" }),
        rows: found.pairs.iter().map(row).collect(),
        people: people.map(|(place, cells)| PersonOfPairs { name: name(place), you: found.own == Some(place), cells }).collect(),
        too_few,
    }
}

fn pairs_finding(found: &PairAgreement) -> String {
    let sure: Vec<Band> = found.pairs.iter().filter(|pair| pair.kappa.tier == Tier::Reportable).map(|pair| pair.kappa.word).collect();
    let agree = sure.iter().filter(|word| **word >= Band::Workable).count();
    match (found.pairs.len(), sure.len()) {
        (0, _) => "No two of you share ten candidates yet".to_owned(),
        (_, 0) => "Too early to judge any pair".to_owned(),
        (_, 1) if agree == 1 => "The one pair that can be judged clearly agrees".to_owned(),
        (_, 1) => "The one pair that can be judged does not clearly agree".to_owned(),
        (_, all) => format!("{} pairs clearly {}", words::of(agree, all), if agree == 1 { "agrees" } else { "agree" }),
    }
}

/// The reader, or a letter that means nobody: places before the reader's keep theirs.
fn person(place: usize, own: Option<usize>) -> String {
    match own {
        Some(own) if own == place => "You".to_owned(),
        own => letter(place - usize::from(own.is_some_and(|own| own < place))),
    }
}

/// A to Z, then A2 and so on.
fn letter(place: usize) -> String {
    let letter = char::from(b'A' + (place % 26) as u8);
    if place < 26 { letter.to_string() } else { format!("{letter}{}", place / 26 + 1) }
}

fn shade(kappa: Option<f64>) -> &'static str {
    match kappa {
        None => "h0",
        Some(kappa) if kappa < 0.2 => "k1",
        Some(kappa) if kappa < 0.4 => "k2",
        Some(kappa) if kappa < 0.6 => "k3",
        Some(kappa) if kappa < 0.8 => "k4",
        Some(_) => "k5",
    }
}

fn interval(low: Option<f64>, high: Option<f64>) -> String {
    low.zip(high).map_or_else(|| "–".into(), |(low, high)| words::interval(low, high))
}

#[derive(Debug, Serialize)]
pub struct FacetsPart {
    pub finding: String,
    pub meta: &'static str,
    /// Why there is nothing to see yet.
    pub early: Option<String>,
    pub chart: Option<Dots>,
    pub raters: Vec<FacetRow>,
    pub unmeasured: Option<String>,
    pub areas: Vec<FacetRow>,
    pub candidates: Vec<FairRow>,
    pub kept_back: Option<String>,
}

/// A measure in words.
#[derive(Debug, Serialize)]
pub struct FacetRow {
    pub name: String,
    /// Of a person a number only where zero lies outside its interval.
    pub value: String,
    pub interval: String,
    pub infit: String,
    pub outfit: String,
    /// Where infit lies by chance alone.
    pub chance: String,
    pub scores: String,
}

#[derive(Debug, Serialize)]
pub struct FairRow {
    pub url: String,
    pub candidate: String,
    pub when: Moment,
    pub average: String,
    pub fair: String,
    pub interval: String,
}

pub fn facets(found: &ManyFacets, team: TeamId, zone: Tz) -> FacetsPart {
    let rows: Vec<FacetRow> = found.raters.iter().map(rater_row).collect();
    let points: Vec<Point> = found.raters.iter().map(|rater| rater_point(rater, found.tier)).collect();
    let fair = |one: &FacetOfCandidate| FairRow {
        url: format!("/teams/{team}/interviews/{}/debrief", one.interview_id),
        candidate: one.candidate.clone(),
        when: Moment::of(one.starts_at, zone),
        average: words::number(one.average),
        fair: words::number(one.fair),
        interval: words::interval(one.low, one.high),
    };
    let unmeasured = (found.unmeasured > 0).then(|| {
        let people = words::capital(&words::count(found.unmeasured, "interviewer has", "interviewers have"));
        format!("{people} given only lowest or only highest scores, which the model cannot place.")
    });
    FacetsPart {
        finding: facets_finding(found),
        meta: match found.tier {
            Tier::Hidden => "Interviewers, areas and candidates on one scale (Rasch), too early",
            Tier::Indicative => "Interviewers, areas and candidates on one scale (Rasch), early signal",
            Tier::Reportable => "Interviewers, areas and candidates on one scale (Rasch), in logits",
        },
        early: (found.tier == Tier::Hidden).then(|| too_early(found.reason, found.fewest)),
        chart: facet_chart(points, &rows),
        raters: rows,
        unmeasured,
        areas: found.areas.iter().map(|area| facet_row(area.name.clone(), words::signed(area.measure.value), &area.measure)).collect(),
        candidates: found.candidates.iter().map(fair).collect(),
        kept_back: kept_back(found.candidates_kept_back),
    }
}

fn facets_finding(found: &ManyFacets) -> String {
    let apart = found.raters.iter().filter(|rater| rater.low > 0.0 || rater.high < 0.0).count();
    match (found.tier, apart) {
        (Tier::Hidden, _) => "Too early for the Rasch model".to_owned(),
        (Tier::Indicative, 0) => "Too early to say whether anybody differs from the team".to_owned(),
        (Tier::Indicative, apart) => {
            let said = words::of(apart, found.raters.len()).to_lowercase();
            format!("An early signal: {said} {} from the team", if apart == 1 { "differs" } else { "differ" })
        }
        (Tier::Reportable, 0) => "No evidence that anybody differs from the team".to_owned(),
        (Tier::Reportable, apart) => {
            format!("{} {} from the team", words::of(apart, found.raters.len()), if apart == 1 { "differs" } else { "differ" })
        }
    }
}

fn rater_row(rater: &FacetOfRater) -> FacetRow {
    FacetRow {
        name: if rater.own { "You".into() } else { "An interviewer".into() },
        value: words::difference(rater.value, rater.low, rater.high),
        interval: words::interval(rater.low, rater.high),
        infit: words::number(rater.infit),
        outfit: words::number(rater.outfit),
        chance: words::interval(rater.chance_low, rater.chance_high),
        scores: words::rough(rater.scores),
    }
}

fn rater_point(rater: &FacetOfRater, tier: Tier) -> Point {
    Point {
        name: if rater.own { "You".into() } else { String::new() },
        value: rater.value,
        low: rater.low,
        high: rater.high,
        flagged: false,
        you: rater.own,
        early: tier == Tier::Indicative,
        right: words::rough(rater.scores),
    }
}

/// Why the model says nothing yet.
pub fn too_early(reason: Option<Reason>, fewest: usize) -> String {
    match reason {
        Some(Reason::Disconnected) => "The team falls into groups that share no candidate, so there is no common scale.".to_owned(),
        Some(Reason::ExtremeScore) => "Only lowest or only highest scores were given, which the model cannot place.".to_owned(),
        Some(_) => "The scores are too alike, or too few, for the model to settle.".to_owned(),
        None => format!("It takes 30 scores of everybody, six candidates in five areas; somebody has {fewest} so far."),
    }
}

pub fn facet_row(name: String, value: String, measure: &FacetMeasure) -> FacetRow {
    FacetRow {
        name,
        value,
        interval: words::interval(measure.low, measure.high),
        infit: words::number(measure.infit),
        outfit: words::number(measure.outfit),
        chance: words::interval(measure.chance_low, measure.chance_high),
        scores: measure.scores.to_string(),
    }
}

/// Interviewers in logits.
pub fn facet_chart(points: Vec<Point>, rows: &[FacetRow]) -> Option<Dots> {
    let farthest = points.iter().map(|point| point.low.abs().max(point.high.abs())).fold(0.0, f64::max);
    let end = farthest.ceil().clamp(1.0, 4.0);
    let axis = Axis::of(-end, end);
    let said = rows.iter().map(|row| format!("{}: {} ({})", row.name, row.value, row.interval)).collect::<Vec<_>>();
    let tick = |value: f64| charts::Tick {
        x: axis.x(value),
        label: if value == 0.0 { "team".into() } else { words::signed(value).trim_end_matches("0").trim_end_matches('.').to_owned() },
        zero: value == 0.0,
    };
    (!points.is_empty()).then(|| Dots {
        title: "Interviewers on the scale of the Rasch model".into(),
        description: format!("Logits above or below the team, with 95 % intervals. {}.", said.join("; ")),
        ticks: [-end, -end / 2.0, 0.0, end / 2.0, end].map(tick).into(),
        heads: charts::severity_heads("scores"),
        ..charts::dots("facets-chart", axis, points)
    })
}

/// What infit says of one's scores, as far as it is more than chance. The limits are Linacre's, a convention.
pub fn fit_words(measure: &FacetMeasure) -> &'static str {
    let beyond = measure.infit < measure.chance_low || measure.infit > measure.chance_high;
    match measure.infit {
        infit if beyond && infit > 2.0 => "Your scores scatter so much that the measure itself is in doubt.",
        infit if beyond && infit > 1.5 => "Your scores scatter more than the model expects.",
        infit if beyond && infit < 0.5 => {
            "Your scores are more even than the model expects: the middle, or one impression, may colour them."
        }
        _ => "Your scores are about as even as the model expects.",
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::{Estimate, PairOfPlaces};
    use super::*;

    #[test]
    fn letters_name_nobody_and_skip_the_reader() {
        assert_eq!((0..4).map(|place| person(place, Some(1))).collect::<Vec<_>>(), ["A", "You", "B", "C"]);
        assert_eq!([0, 25, 26, 60].map(|place| person(place, None)), ["A", "Z", "A2", "I3"]);
    }

    #[test]
    fn the_finding_of_pairs_counts_only_who_may_be_judged() {
        let pair = |tier, word| PairOfPlaces {
            places: [0, 1],
            kappa: Estimate { value: Some(0.5), low: Some(0.4), high: Some(0.6), tier, word, reason: None },
        };
        let of = |pairs: &[PairOfPlaces]| pairs_finding(&PairAgreement { people: 3, own: None, pairs: pairs.to_vec(), too_few: 0 });
        let early = pair(Tier::Indicative, Band::NotEnoughEvidence);
        let [low, workable] = [Band::Low, Band::Workable].map(|word| pair(Tier::Reportable, word));
        assert_eq!([of(&[]), of(&[early])], ["No two of you share ten candidates yet", "Too early to judge any pair"]);
        assert_eq!(of(&[early, low, workable]), "One of two pairs clearly agrees");
        assert_eq!(of(&[low]), "The one pair that can be judged does not clearly agree");
    }

    #[test]
    fn fit_is_judged_only_beyond_chance() {
        let measure = |infit, chance: f64| FacetMeasure {
            value: 0.0,
            low: -0.1,
            high: 0.1,
            infit,
            outfit: 1.0,
            chance_low: 1.0 - chance,
            chance_high: 1.0 + chance,
            scores: 50,
        };
        assert_eq!(fit_words(&measure(0.4, 0.7)), fit_words(&measure(1.0, 0.3)));
        assert!(fit_words(&measure(0.4, 0.3)).contains("more even than"));
        assert!(fit_words(&measure(1.6, 0.3)).contains("scatter more"));
        assert!(fit_words(&measure(2.1, 0.3)).contains("in doubt"));
    }
}
