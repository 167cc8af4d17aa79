//! All attempts, the newest first.

use serde::Serialize;

use super::super::service;
use super::parts::{AttemptRow, attempts_url, crumbs, practice_url};
use crate::accounts::Visitor;
use crate::web::page::{Crumb, Nav, PageResult, Template};
use crate::web::paging::Paging;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct HistoryPage {
    crumbs: Vec<Crumb>,
    attempts: Vec<AttemptRow>,
    practice_url: String,
    first_url: Option<String>,
    next_url: Option<String>,
}

pub async fn attempts(visitor: Visitor, paging: Paging) -> PageResult {
    let slice = paging.slice()?;
    visitor
        .page(move |tx, actor| {
            let team = actor.team_id()?;
            let page = service::attempts(tx, actor, &slice)?;
            let (areas, url) = (service::area_names(tx, actor)?, attempts_url(team));
            Ok(HistoryPage {
                crumbs: crumbs(team, "Attempts"),
                attempts: page.items.iter().map(|attempt| AttemptRow::of(attempt, &areas, actor)).collect(),
                practice_url: practice_url(team),
                first_url: slice.after.is_some().then(|| url.clone()),
                next_url: page.next_cursor.map(|cursor| format!("{url}?cursor={cursor}")),
            })
        })
        .await
}

/// Examples of rows.
pub fn rows() -> Vec<AttemptRow> {
    let row = AttemptRow {
        url: Some("/teams/1/attempts/1".into()),
        text: "Lazy <querysets>".into(),
        level: "Mid",
        area: "Fundamentals".into(),
        state: "Scored",
        kind: "",
        score: Some(3),
        would_pass: Some(70),
        used: Some("6:05 of 5 min".into()),
        over: true,
        at: Moment::of(super::samples::at(), chrono_tz::UTC),
        mock: true,
        action: "Look at it",
    };
    let open = AttemptRow {
        url: None,
        state: "Not finished",
        kind: "warn",
        score: None,
        would_pass: None,
        used: None,
        over: false,
        mock: false,
        action: "Go on",
        ..row.clone()
    };
    vec![row.clone(), AttemptRow { over: false, ..row }, open.clone(), AttemptRow { url: Some("/teams/1/attempts/2".into()), ..open }]
}

impl Template for HistoryPage {
    const PATH: &'static str = "practice/history.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Your attempts".into()
    }

    fn samples() -> Vec<Self> {
        let page = |attempts: Vec<AttemptRow>| HistoryPage {
            crumbs: vec![
                Crumb { label: "Practice".into(), url: Some("/teams/1/practice".into()) },
                Crumb { label: "Attempts".into(), url: None },
            ],
            first_url: (!attempts.is_empty()).then(|| "/teams/1/attempts".into()),
            next_url: (!attempts.is_empty()).then(|| "/teams/1/attempts?cursor=x".into()),
            attempts,
            practice_url: "/teams/1/practice".into(),
        };
        vec![page(rows()), page(Vec::new())]
    }
}
