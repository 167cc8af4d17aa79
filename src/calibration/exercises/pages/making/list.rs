//! What the team makes.

use serde::Serialize;

use super::super::super::model::MakingOfList;
use super::super::super::service;
use super::super::parts::{about, way};
use super::{gold_url, golds_url, stage_words};
use crate::accounts::Visitor;
use crate::policy::TeamId;
use crate::web::page::{Crumb, Nav, PageResult, Template};
use crate::web::paging::Paging;

#[derive(Debug, Serialize)]
pub struct MakingListPage {
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
    new_url: String,
    first_url: Option<String>,
    next_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    title: String,
    url: String,
    about: String,
    stage: &'static str,
    kind: &'static str,
    retired: bool,
}

pub async fn index(visitor: Visitor, paging: Paging) -> PageResult {
    let slice = paging.slice()?;
    visitor
        .page(move |tx, actor| {
            let page = service::list_making(tx, actor, &slice)?;
            let team = actor.team_id()?;
            let url = golds_url(team);
            Ok(MakingListPage {
                crumbs: way(team, [Crumb { label: "Gold interviews".into(), url: None }]),
                rows: page.items.iter().map(|item| Row::of(item, team)).collect(),
                new_url: format!("{url}/new"),
                first_url: slice.after.is_some().then(|| url.clone()),
                next_url: page.next_cursor.map(|cursor| format!("{url}?cursor={cursor}")),
            })
        })
        .await
}

impl Row {
    fn of(item: &MakingOfList, team: TeamId) -> Self {
        let (stage, kind) = stage_words(item.stage);
        Row {
            title: item.title.clone(),
            url: gold_url(team, item.id),
            about: about(item.level, item.minutes),
            stage,
            kind,
            retired: item.retired_at.is_some(),
        }
    }
}

impl Template for MakingListPage {
    const PATH: &'static str = "calibration/exercises/making_list.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        "Gold interviews".into()
    }

    fn samples() -> Vec<Self> {
        let row = |retired| Row {
            title: "Ours: <a> Monday".into(),
            url: "/teams/1/gold-interviews/1".into(),
            about: "Mid level, 18 minutes".into(),
            stage: "Published",
            kind: "good",
            retired,
        };
        let page = |rows: Vec<Row>, more: bool| MakingListPage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            rows,
            new_url: "/teams/1/gold-interviews/new".into(),
            first_url: more.then(|| "/teams/1/gold-interviews".into()),
            next_url: more.then(|| "/teams/1/gold-interviews?cursor=x".into()),
        };
        vec![page(vec![row(false), row(true)], true), page(Vec::new(), false)]
    }
}
