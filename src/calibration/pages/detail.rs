//! What stands behind disclosures: pairs of interviewers, and the many-facet Rasch model.

use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{FacetMeasure, FacetOfCandidate, ManyFacets, PairAgreement};
use super::super::statistics::gates::Tier;
use super::super::statistics::reason::Reason;
use super::charts::{self, Axis, Dots, Point};
use super::words;
use crate::policy::TeamId;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct PairsPart {
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
        meta: if found.pairs.is_empty() { "too early".into() } else { words::count(found.pairs.len(), "pair", "pairs") },
        rows: found.pairs.iter().map(row).collect(),
        people: people.map(|(place, cells)| PersonOfPairs { name: name(place), you: found.own == Some(place), cells }).collect(),
        too_few,
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
    pub meta: &'static str,
    /// Why there is nothing to see yet.
    pub early: Option<String>,
    pub chart: Option<Dots>,
    pub raters: Vec<FacetRow>,
    pub unmeasured: Option<String>,
    pub areas: Vec<FacetRow>,
    pub candidates: Vec<FairRow>,
}

/// A measure in words.
#[derive(Debug, Serialize)]
pub struct FacetRow {
    pub name: String,
    pub value: String,
    pub interval: String,
    pub infit: String,
    pub outfit: String,
    /// Where infit lies by chance alone.
    pub chance: String,
    pub scores: usize,
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
    let raters = found.raters.iter().map(|rater| (if rater.own { "You" } else { "" }, rater.own, &rater.measure)).collect::<Vec<_>>();
    let named = |name: &str| if name.is_empty() { "An interviewer".to_owned() } else { name.to_owned() };
    let rows: Vec<FacetRow> = raters.iter().map(|(name, _, measure)| facet_row(named(name), measure)).collect();
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
        meta: match found.tier {
            Tier::Hidden => "too early",
            Tier::Indicative => "early signal",
            Tier::Reportable => "in logits",
        },
        early: (found.tier == Tier::Hidden).then(|| too_early(found.reason, found.fewest)),
        chart: facet_chart(&raters, &rows),
        raters: rows,
        unmeasured,
        areas: found.areas.iter().map(|area| facet_row(area.name.clone(), &area.measure)).collect(),
        candidates: found.candidates.iter().map(fair).collect(),
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

pub fn facet_row(name: String, measure: &FacetMeasure) -> FacetRow {
    FacetRow {
        name,
        value: words::signed(measure.value),
        interval: words::interval(measure.low, measure.high),
        infit: words::number(measure.infit),
        outfit: words::number(measure.outfit),
        chance: words::interval(measure.chance_low, measure.chance_high),
        scores: measure.scores,
    }
}

/// Interviewers in logits: name, whether it is the reader, measure.
pub fn facet_chart(raters: &[(&str, bool, &FacetMeasure)], rows: &[FacetRow]) -> Option<Dots> {
    let farthest = raters.iter().map(|(.., measure)| measure.low.abs().max(measure.high.abs())).fold(0.0, f64::max);
    let end = farthest.ceil().clamp(1.0, 4.0);
    let axis = Axis { from: -end, to: end, left: 168.0, right: 636.0 };
    let point = |(name, you, measure): &(&str, bool, &FacetMeasure)| Point {
        name: (*name).to_owned(),
        value: measure.value,
        low: measure.low,
        high: measure.high,
        flagged: false,
        you: *you,
        right: measure.scores.to_string(),
    };
    let said = rows.iter().map(|row| format!("{} {} ({})", row.name, row.value, row.interval)).collect::<Vec<_>>();
    let tick = |value: f64| charts::Tick {
        x: axis.x(value),
        label: if value == 0.0 { "team".into() } else { words::signed(value).trim_end_matches("0").trim_end_matches('.').to_owned() },
        zero: value == 0.0,
    };
    (!raters.is_empty()).then(|| Dots {
        title: "Interviewers on the scale of the Rasch model".into(),
        description: format!("Logits above or below the team, with 95 % intervals. {}.", said.join("; ")),
        ticks: [-end, -end / 2.0, 0.0, end / 2.0, end].map(tick).into(),
        heads: vec![
            charts::Head { x: 168.0, anchor: "start", text: "← stricter" },
            charts::Head { x: 636.0, anchor: "end", text: "more lenient →" },
            charts::Head { x: 700.0, anchor: "end", text: "scores" },
        ],
        ..charts::dots("facets-chart", 700.0, axis, raters.iter().map(point).collect())
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
    use super::*;

    #[test]
    fn letters_name_nobody_and_skip_the_reader() {
        assert_eq!((0..4).map(|place| person(place, Some(1))).collect::<Vec<_>>(), ["A", "You", "B", "C"]);
        assert_eq!([0, 25, 26, 60].map(|place| person(place, None)), ["A", "Z", "A2", "I3"]);
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
