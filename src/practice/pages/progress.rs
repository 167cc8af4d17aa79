//! How practice goes, area by area.

use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::super::model::{AreaProgress, Estimate, PracticeReadiness, ProgressView};
use super::super::service;
use super::parts::{crumbs, levels, practice_url};
use super::see::{self, GapPart, HonestyPart};
use crate::accounts::Visitor;
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template};

#[derive(Debug, Serialize)]
pub struct ProgressPage {
    crumbs: Vec<Crumb>,
    url: String,
    practice_url: String,
    level: String,
    levels: Vec<Choice>,
    attempts: i64,
    recent: i64,
    areas: Vec<AreaPart>,
    chart: Option<AreaChart>,
    topics: Vec<TopicPart>,
    topics_met: usize,
    honesty: HonestyPart,
    gap: GapPart,
}

#[derive(Debug, Serialize)]
struct AreaPart {
    name: String,
    attempts: i64,
    expected: u8,
    mean: Option<String>,
    change: Option<String>,
    readiness: &'static str,
    kind: &'static str,
    reason: String,
    months: Vec<MonthPart>,
}

#[derive(Debug, Serialize)]
struct MonthPart {
    month: String,
    /// With its interval, from three attempts on.
    mean: Option<String>,
    attempts: i64,
}

#[derive(Debug, Serialize)]
struct TopicPart {
    name: &'static str,
    attempts: i64,
    questions: i64,
}

/// Means with their intervals on the scale of 1 to 5, as `dot_chart` draws them.
#[derive(Debug, Serialize)]
struct AreaChart {
    id: &'static str,
    title: &'static str,
    description: String,
    width: f64,
    height: f64,
    top: f64,
    foot: f64,
    band: Option<()>,
    ticks: Vec<ChartTick>,
    heads: Vec<()>,
    rows: Vec<ChartRow>,
}

#[derive(Debug, Serialize)]
struct ChartTick {
    x: f64,
    label: String,
    zero: bool,
}

#[derive(Debug, Serialize)]
struct ChartRow {
    name: String,
    y: f64,
    x: f64,
    low_x: f64,
    high_x: f64,
    right: String,
    flagged: bool,
    you: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LevelQuery {
    level: Option<String>,
}

pub async fn progress(visitor: Visitor, query: Query<LevelQuery>) -> PageResult {
    // What is no level shows that of the newest attempt.
    let level = query.level.as_deref().and_then(|level| level.parse().ok());
    visitor.page(move |tx, actor| ProgressPage::of(&service::progress(tx, actor, level)?, actor)).await
}

impl ProgressPage {
    fn of(view: &ProgressView, actor: &Actor) -> Result<Self> {
        let team = actor.team_id()?;
        Ok(ProgressPage {
            crumbs: crumbs(team, "Progress"),
            url: format!("{}/progress", practice_url(team)),
            practice_url: practice_url(team),
            level: view.level.to_string(),
            levels: levels(),
            attempts: view.attempts,
            recent: view.recent,
            areas: view.areas.iter().map(AreaPart::of).collect(),
            chart: AreaChart::of(&view.areas),
            topics: view
                .topics
                .iter()
                .map(|topic| TopicPart { name: topic.topic.label(), attempts: topic.attempts, questions: topic.questions })
                .collect(),
            topics_met: view.topics.iter().filter(|topic| topic.attempts > 0).count(),
            honesty: HonestyPart::of(&view.honesty),
            gap: GapPart::of(&view.self_gap),
        })
    }
}

impl AreaPart {
    fn of(area: &AreaProgress) -> Self {
        let month = |month: &super::super::model::MonthMean| MonthPart {
            month: month.month.format("%b %Y").to_string(),
            mean: month.mean.map(see::mean),
            attempts: month.attempts,
        };
        AreaPart {
            name: area.name.clone(),
            attempts: area.attempts,
            expected: area.expected,
            mean: area.mean.map(see::mean),
            change: area.change.map(change),
            readiness: area.readiness.label(),
            kind: match area.readiness {
                PracticeReadiness::NotEnough => "line",
                PracticeReadiness::NotYet => "warn",
                PracticeReadiness::NearlyReady => "info",
                PracticeReadiness::Ready => "good",
            },
            reason: area.reason.clone(),
            months: area.months.iter().map(month).collect(),
        }
    }
}

/// As in `+0.4 in 30 days (−0.1 to +0.9)`.
fn change(change: Estimate) -> String {
    let signed = |value| see::signed(value, 1);
    format!("{} in 30 days ({} to {})", signed(change.value), signed(change.low), signed(change.high))
}

const LEFT: f64 = 210.0;
const RIGHT: f64 = 560.0;
const WIDTH: f64 = 720.0;
const TOP: f64 = 12.0;
const ROW: f64 = 34.0;

fn x(score: f64) -> f64 {
    LEFT + (score.clamp(1.0, 5.0) - 1.0) / 4.0 * (RIGHT - LEFT)
}

impl AreaChart {
    /// None before anything is known of any area.
    fn of(areas: &[AreaProgress]) -> Option<Self> {
        let known: Vec<(&AreaProgress, Estimate)> = areas.iter().filter_map(|area| Some((area, area.mean?))).collect();
        if known.is_empty() {
            return None;
        }
        let row = |(place, (area, mean)): (usize, &(&AreaProgress, Estimate))| ChartRow {
            name: area.name.clone(),
            y: TOP + ROW * (place as f64 + 0.5),
            x: x(mean.value),
            low_x: x(mean.low),
            high_x: x(mean.high),
            right: format!("{:.1}, asked {}", mean.value, area.expected),
            flagged: false,
            you: true,
        };
        let words = known.iter().map(|(area, mean)| format!("{} {:.1} ({:.1} to {:.1})", area.name, mean.value, mean.low, mean.high));
        let foot = TOP + ROW * known.len() as f64;
        Some(AreaChart {
            id: "areas",
            title: "Your own scores by area",
            description: words.collect::<Vec<_>>().join("; "),
            width: WIDTH,
            height: foot + 24.0,
            top: TOP,
            foot,
            band: None,
            ticks: (1..=5).map(|level| ChartTick { x: x(f64::from(level)), label: level.to_string(), zero: false }).collect(),
            heads: Vec::new(),
            rows: known.iter().enumerate().map(row).collect(),
        })
    }
}

impl Template for ProgressPage {
    const PATH: &'static str = "practice/progress.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Your progress".into()
    }

    fn samples() -> Vec<Self> {
        let estimate = |value| Estimate { value, low: value - 0.5, high: value + 0.5 };
        let area = |number: u8, known: bool, readiness| AreaProgress {
            area: number,
            name: "Fundamentals & \"basics\"".into(),
            attempts: if known { 7 } else { 2 },
            expected: 3,
            mean: known.then(|| estimate(2.8)),
            change: known.then(|| estimate(0.3)),
            months: if known {
                let few = |attempts| super::super::honesty::too_few(attempts, "attempts");
                let month = |attempts, mean| super::super::model::MonthMean {
                    month: super::samples::at().date_naive(),
                    attempts,
                    mean,
                    reason: few(attempts),
                };
                vec![month(4, Some(estimate(2.5))), month(1, None)]
            } else {
                Vec::new()
            },
            readiness,
            reason: "Your <mean> is 2.8.".into(),
        };
        let page = |areas: Vec<AreaProgress>, attempts| ProgressPage {
            crumbs: vec![
                Crumb { label: "Practice".into(), url: Some("/teams/1/practice".into()) },
                Crumb { label: "Progress".into(), url: None },
            ],
            url: "/teams/1/practice/progress".into(),
            practice_url: "/teams/1/practice".into(),
            level: "mid".into(),
            levels: levels(),
            attempts,
            recent: attempts,
            chart: AreaChart::of(&areas),
            areas: areas.iter().map(AreaPart::of).collect(),
            topics: vec![TopicPart { name: "ORM", attempts, questions: attempts }, TopicPart { name: "Git", attempts: 0, questions: 0 }],
            topics_met: usize::from(attempts > 0),
            honesty: see::samples(attempts > 1).0,
            gap: see::samples(attempts > 1).1,
        };
        use PracticeReadiness::{NearlyReady, NotEnough, NotYet, Ready};
        vec![
            page(vec![area(1, true, Ready), area(2, true, NearlyReady), area(3, true, NotYet), area(4, false, NotEnough)], 1),
            page(vec![area(1, false, NotEnough)], 0),
            page(vec![area(1, true, Ready)], 12),
        ]
    }
}
