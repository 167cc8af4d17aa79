//! How long the statistics take: a team's whole page, and a million ratings. Beside the libraries for Python on the same
//! ratings: `scripts/statistics-figures.sh`, which hands over a folder for them.
#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use fivefold::calibration::Look;
use fivefold::calibration::reading::{self, Scores};
use fivefold::calibration::statistics::agreement::alpha::alpha_value;
use fivefold::calibration::statistics::agreement::bootstrap::alpha_bootstrap;
use fivefold::calibration::statistics::agreement::chance::{brennan_prediger, fleiss_kappa, gwet_ac};
use fivefold::calibration::statistics::agreement::tally::Tally;
use fivefold::calibration::statistics::generate::{Generated, Recipe, generate};
use fivefold::calibration::statistics::mfrm::mfrm;
use fivefold::calibration::statistics::ratings::Ratings;
use fivefold::calibration::statistics::request::{Metric, Weights};
use fivefold::calibration::statistics::scope::Scope;
use fivefold::calibration::statistics::variance::team::Team;
use fivefold::calibration::statistics::variance::three_way::curve::{Ask, curve};
use fivefold::calibration::statistics::variance::three_way::estimate::estimate;
use fivefold::calibration::statistics::variance::three_way::study::Study;
use fivefold::calibration::statistics::variance::two_way::fit::fit;
use fivefold::policy::{AccountId, InterviewId};
use fivefold::rubrics::{Level, RubricId, RubricVersion, RubricVersionId, parse_file};
use fivefold::scorecards::BlindCard;
use peak_alloc::PeakAlloc;
use uuid::Uuid;

/// Interviewers, candidates whom all of them scored; five areas.
const TEAM: (usize, usize) = (10, 50);
/// Five candidates with ten interviewers are 250 ratings: a million.
const CANDIDATES_OF_A_MILLION: usize = 20_000;
const DRAWS: usize = 2_000;

/// Counts what is allocated, so that memory that was given back before is not taken for free.
#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let folder = std::env::args().skip_while(|argument| argument != "--write").nth(1).map(PathBuf::from);
    let (raters, candidates) = TEAM;
    let made = generate(&Recipe::team(1, candidates, raters, raters));
    let cards = cards(&made, raters);
    let version = version();
    let used = [(version.id, cards.len())];
    let team = made.ratings().expect("scores on the scale");
    say("team", "scores into ratings", median(20, || Scores::new(Look::default(), &cards, &used, vec![version.clone()]).expect("cards")));
    let scores = Scores::new(Look::default(), &cards, &used, vec![version.clone()]).expect("cards");
    say("team", "everything on the page", median(20, || reading::team(&scores, rater(0), &HashMap::new())));
    say("team", "one's own page", median(20, || reading::own(&scores, rater(0))));
    agreement("team", &team, 20);
    say("team", "two-way REML", median(20, || two_way(&team)));
    let study = || Study::read(&team, &Scope::Areas).expect("three facets");
    say("team", "three-way REML", median(20, || estimate(&study()).expect("a maximum")));
    let estimated = estimate(&study()).expect("a maximum");
    say("team", "curve with its range", median(20, || curve(&estimated, &Ask::default()).expect("a curve")));
    say("team", "many-facet Rasch", median(20, || mfrm(&team, &Scope::Areas).expect("a model")));
    if let Some(folder) = &folder {
        write(folder, "team.csv", &made);
    }
    drop((scores, cards, team, made));

    let made = generate(&Recipe::team(2, CANDIDATES_OF_A_MILLION, raters, raters));
    let million = made.ratings().expect("scores on the scale");
    if let Some(folder) = &folder {
        write(folder, "million.csv", &made);
    }
    drop(made);
    let ratings = HEAP.current_usage();
    HEAP.reset_peak_usage();
    agreement("million", &million, 5);
    say("million", "two-way REML", median(5, || two_way(&million)));
    let tally = Tally::of(&million, &Scope::Areas).expect("ratings of several");
    say("million", "bootstrap, 2,000 draws", median(3, || alpha_bootstrap(&tally, Metric::Ordinal, 0.95, DRAWS).expect("draws")));
    println!("million\tmemory above the ratings\t{:.1}\tMB", (HEAP.peak_usage() - ratings) as f64 / 1e6);
}

/// Alpha by three metrics, Fleiss, AC2 and Brennan-Prediger, from columns in memory.
fn agreement(what: &str, ratings: &Ratings, times: usize) {
    let family = || {
        let tally = Tally::of(ratings, &Scope::Areas).expect("ratings of several");
        let alphas = [Metric::Ordinal, Metric::Interval, Metric::Nominal].map(|metric| alpha_value(&tally, metric).expect("alpha"));
        (alphas, fleiss_kappa(&tally, Weights::Identity), gwet_ac(&tally, Weights::Linear), brennan_prediger(&tally, Weights::Linear))
    };
    say(what, "alpha family", median(times, family));
    let ordinal = || alpha_value(&Tally::of(ratings, &Scope::Areas).expect("ratings of several"), Metric::Ordinal);
    say(what, "alpha, ordinal", median(times, ordinal));
}

fn two_way(ratings: &Ratings) -> f64 {
    let team = Team::of_subjects(ratings, &Scope::Mean).expect("several interviewers");
    fit(&team).expect("a maximum").components.rater
}

/// The middle of several runs.
fn median<T>(times: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut took: Vec<Duration> = (0..times)
        .map(|_| {
            let began = Instant::now();
            std::hint::black_box(work());
            began.elapsed()
        })
        .collect();
    took.sort();
    took[times / 2]
}

fn say(data: &str, what: &str, took: Duration) {
    println!("{data}\t{what}\t{:.2}\tms", took.as_secs_f64() * 1e3);
}

fn rater(place: usize) -> AccountId {
    AccountId(Uuid::from_u128(1 + place as u128))
}

/// The scorecards of one team, oldest first.
fn cards(made: &Generated, raters: usize) -> Vec<BlindCard> {
    let mut cards: HashMap<(usize, usize), [Option<u8>; 5]> = HashMap::new();
    for score in &made.scores {
        cards.entry((score.candidate, score.rater)).or_default()[score.area] = Some(score.score);
    }
    let mut cards: Vec<_> = cards.into_iter().collect();
    cards.sort_unstable();
    assert!(cards.iter().all(|((_, rater), _)| *rater < raters));
    let first = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::weeks(2_600);
    let card = |((candidate, place), areas): ((usize, usize), [Option<u8>; 5])| {
        let starts_at = first + TimeDelta::days(candidate as i64);
        BlindCard {
            interview: InterviewId(Uuid::from_u128((1 << 64) + candidate as u128)),
            candidate: format!("Candidate {candidate}"),
            starts_at,
            level: Level::Mid,
            rubric_version: RubricVersionId(Uuid::from_u128(9)),
            rater: rater(place),
            rater_name: format!("Interviewer {place}"),
            submitted_at: starts_at + TimeDelta::hours(2),
            areas,
        }
    };
    cards.into_iter().map(card).collect()
}

/// The rubric that comes with Fivefold.
fn version() -> Arc<RubricVersion> {
    let read = parse_file("five-areas", include_str!("../library/rubrics/five-areas.json")).expect("the library's rubric");
    Arc::new(RubricVersion {
        id: RubricVersionId(Uuid::from_u128(9)),
        rubric: RubricId::built_in("five-areas"),
        slug: read.slug,
        number: 1,
        name: read.name,
        description: read.description,
        areas: read.areas,
        weights_reason: read.weights_reason,
        cuts: read.cuts,
        warning_signs: read.warning_signs,
        published_at: DateTime::UNIX_EPOCH,
        published_by: None,
        reason: None,
        team: None,
        built_in: true,
    })
}

/// For other programs: a line each.
fn write(folder: &std::path::Path, name: &str, made: &Generated) {
    let mut text = String::from("candidate,rater,area,score\n");
    for score in &made.scores {
        writeln!(text, "{},{},{},{}", score.candidate, score.rater, score.area, score.score).expect("memory");
    }
    std::fs::write(folder.join(name), text).expect("a folder that can be written to");
}
