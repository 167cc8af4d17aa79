//! What was done in the team and by whom.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Section, sections};
use crate::accounts::Visitor;
use crate::policy::Actor;
use crate::teams::model::AuditEventView;
use crate::teams::service;
use crate::web::page::{Nav, PageResult, Template};
use crate::web::paging::Paging;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct AuditPage {
    sections: Vec<Section>,
    events: Vec<Row>,
    older: Option<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    at: Moment,
    who: String,
    act: String,
    operation: String,
    refused: bool,
    /// What it was done to, and what was made by it.
    ids: Vec<String>,
    request: String,
}

impl Template for AuditPage {
    const PATH: &'static str = "teams/audit.html";
    const NAV: Nav = Nav::Admin;

    fn title(&self) -> String {
        "Audit".into()
    }

    fn samples() -> Vec<Self> {
        let moment = || Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC);
        let id = uuid::Uuid::nil().to_string();
        let row = |refused: bool, ids: Vec<String>| Row {
            at: moment(),
            who: "Ada".into(),
            act: "Manage members".into(),
            operation: "teams::api::delete_member".into(),
            refused,
            ids,
            request: id.clone(),
        };
        let sample = |events, older: Option<&str>| AuditPage {
            sections: vec![Section { label: "Audit", url: "/".into(), current: true }],
            events,
            older: older.map(str::to_owned),
        };
        vec![sample(Vec::new(), None), sample(vec![row(false, vec![id.clone(), id.clone()]), row(true, Vec::new())], Some("?cursor=x"))]
    }
}

pub async fn index(visitor: Visitor, paging: Paging) -> PageResult {
    visitor
        .page(move |tx, actor| {
            let list = service::audit(tx, actor, &paging.slice()?)?;
            let team = actor.team_id()?;
            Ok(AuditPage {
                sections: sections(actor, team, "audit"),
                events: list.items.into_iter().map(|event| row(event, actor)).collect(),
                older: list.next_cursor.map(|cursor| format!("/teams/{team}/audit?cursor={cursor}")),
            })
        })
        .await
}

fn row(event: AuditEventView, actor: &Actor) -> Row {
    let who = match (&event.name, event.account_id, event.link_id) {
        (Some(name), ..) => name.clone(),
        (None, _, Some(_)) => "A candidate, by link".to_owned(),
        (None, None, None) => "A command at the server".to_owned(),
        (None, Some(_), None) => "An account that was erased".to_owned(),
    };
    Row {
        at: Moment::of(event.at, actor.time_zone()),
        who,
        act: in_words(&event.act),
        operation: event.operation,
        refused: event.refused,
        ids: event.subjects.iter().chain(&event.made).map(ToString::to_string).collect(),
        request: event.request_id.to_string(),
    }
}

/// `manage_members` as a person reads it.
fn in_words(act: &str) -> String {
    let mut words = act.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
