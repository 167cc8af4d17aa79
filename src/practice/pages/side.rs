//! Two attempts at one question beside each other.

use actix_web::web::{Path, Query};
use serde::Serialize;

use super::super::model::{AttemptId, AttemptSide, Pair, PastAttempt, RecordingState, SideBySide, WithQuery};
use super::super::service;
use super::parts::{attempt_url, crumbs, used};
use super::spoken::SpokenPart;
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::platform::words::{Change, Run, Words};
use crate::policy::Actor;
use crate::web::page::{Crumb, Nav, PageResult, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct SidePage {
    crumbs: Vec<Crumb>,
    title: String,
    prompt: String,
    back_url: String,
    /// The older first; none as long as there is one attempt.
    sides: Vec<SidePart>,
    /// Words are marked.
    marked: bool,
    others: Vec<OtherPart>,
}

#[derive(Debug, Serialize)]
struct SidePart {
    id: &'static str,
    heading: &'static str,
    about: AboutPart,
    spoken: Option<SpokenPart>,
    /// Something was typed.
    written: bool,
    runs: Vec<Run>,
    note: String,
}

#[derive(Debug, Clone, Serialize)]
struct AboutPart {
    at: Moment,
    level: &'static str,
    score: Option<u8>,
    area_score: u8,
    would_pass: u8,
    used: String,
    over: bool,
    /// As in `3 of 5`.
    heard: Option<String>,
}

#[derive(Debug, Serialize)]
struct OtherPart {
    about: AboutPart,
    /// None for those that are shown.
    url: Option<String>,
}

pub async fn side_by_side(visitor: Visitor, path: Path<(String, String)>, query: Query<WithQuery>) -> PageResult {
    let id: AttemptId = path.1.parse().map_err(|_| Error::NotFound)?;
    let with = query.attempt()?;
    visitor.page(move |tx, actor| SidePage::of(service::side_by_side(tx, actor, id, with)?, id, actor)).await
}

impl SidePage {
    fn of(view: SideBySide, id: AttemptId, actor: &Actor) -> Result<Self> {
        let back_url = attempt_url(actor.team_id()?, id);
        let shown: Vec<AttemptId> = view.pair.iter().flat_map(|pair| [pair.older.attempt.id, pair.newer.attempt.id]).collect();
        let other = |attempt: &PastAttempt| OtherPart {
            about: AboutPart::of(attempt, actor),
            url: (!shown.contains(&attempt.id)).then(|| format!("{back_url}/side-by-side?with={}", attempt.id)),
        };
        Ok(SidePage {
            crumbs: crumbs(actor.team_id()?, "Side by side"),
            title: view.title.unwrap_or_else(|| "Your answers".into()),
            prompt: view.prompt,
            others: view.attempts.iter().rev().map(other).collect(),
            marked: view.pair.as_ref().is_some_and(|pair| pair.words.as_ref().is_some_and(Words::changed)),
            sides: view.pair.map(|pair| sides(pair, actor)).transpose()?.unwrap_or_default(),
            back_url,
        })
    }
}

fn sides(pair: Pair, actor: &Actor) -> Result<Vec<SidePart>> {
    let Pair { older, newer, words } = pair;
    let whole = |answer: &str| vec![Run { change: Change::Kept, text: answer.to_owned() }];
    let without = |left_out: Change, answer: &str| match &words {
        Some(Words(runs)) => runs.iter().filter(|run| run.change != left_out).cloned().collect(),
        None => whole(answer),
    };
    let part = |(id, heading): (&'static str, &'static str), side: AttemptSide, runs| -> Result<SidePart> {
        Ok(SidePart {
            id,
            heading,
            about: AboutPart::of(&side.attempt, actor),
            spoken: SpokenPart::of(side.attempt.id, side.recording.as_ref(), actor)?,
            written: !side.answer.trim().is_empty(),
            runs,
            note: side.note,
        })
    };
    let (before, after) = (without(Change::Added, &older.answer), without(Change::Removed, &newer.answer));
    Ok(vec![part(("older", "Earlier"), older, before)?, part(("newer", "Later"), newer, after)?])
}

impl AboutPart {
    fn of(attempt: &PastAttempt, actor: &Actor) -> Self {
        let (used, over) = used(attempt.answer_seconds, attempt.minutes);
        AboutPart {
            at: Moment::of(attempt.started_at, actor.time_zone()),
            level: attempt.level.label(),
            score: attempt.score,
            area_score: attempt.area_score,
            would_pass: attempt.would_pass,
            used,
            over,
            heard: attempt.heard.map(|heard| format!("{} of {}", heard.found, heard.of)),
        }
    }
}

impl Template for SidePage {
    const PATH: &'static str = "practice/side.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        format!("Side by side: {}", self.title)
    }

    fn samples() -> Vec<Self> {
        let about = |whole: bool| AboutPart {
            at: Moment::of(super::samples::at(), chrono_tz::UTC),
            level: "Mid",
            score: whole.then_some(3),
            area_score: 2,
            would_pass: 70,
            used: "6:05 of 5 min".into(),
            over: whole,
            heard: whole.then(|| "3 of 5".into()),
        };
        let run = |change, text: &str| Run { change, text: text.into() };
        let side = |whole: bool, id, change| SidePart {
            id,
            heading: "Earlier",
            about: about(whole),
            spoken: (!whole).then(|| SpokenPart::sample(if id == "older" { RecordingState::Saved } else { RecordingState::RunOut })),
            written: whole,
            runs: vec![run(Change::Kept, "When "), run(change, "rows <are> needed")],
            note: if whole { "Say \"why\".".into() } else { String::new() },
        };
        let page = |sides: Vec<SidePart>, marked| SidePage {
            crumbs: vec![
                Crumb { label: "Practice".into(), url: Some("/teams/1/practice".into()) },
                Crumb { label: "Side by side".into(), url: None },
            ],
            title: "Lazy <querysets>".into(),
            prompt: "When does it go to the database?".into(),
            back_url: "/teams/1/attempts/1".into(),
            others: if marked {
                [true, false]
                    .iter()
                    .map(|here| OtherPart { about: about(*here), url: here.then(|| "/teams/1/attempts/1/side-by-side?with=2".into()) })
                    .collect()
            } else {
                vec![OtherPart { about: about(true), url: None }]
            },
            sides,
            marked,
        };
        vec![
            page(vec![side(true, "older", Change::Removed), side(true, "newer", Change::Added)], true),
            page(vec![side(false, "older", Change::Removed), side(false, "newer", Change::Kept)], false),
            page(Vec::new(), false),
        ]
    }
}
