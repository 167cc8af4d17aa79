//! Whom a panel should bring together.

use actix_web::web::Query;
use serde::Deserialize;

use super::super::model::PanelWish;
use super::super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::{CandidateId, Mode};
use crate::web::api::{ApiResult, ok};

/// The plan that is thought of.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PanelQuery {
    /// Joined by commas.
    account_ids: Option<String>,
    mode: Option<Mode>,
    candidate_id: Option<CandidateId>,
}

pub async fn show_panel_suggestion(visitor: Visitor, query: Query<PanelQuery>) -> ApiResult {
    let query = query.into_inner();
    let wrong = |_| Error::Malformed("account_ids are ids of members, joined by commas.".into());
    let ids = query.account_ids.filter(|ids| !ids.is_empty());
    let panel = ids.map(|ids| ids.split(',').map(|id| id.trim().parse().map_err(wrong)).collect()).transpose()?.unwrap_or_default();
    let wish = PanelWish { panel, mode: query.mode, candidate_id: query.candidate_id };
    ok(&visitor.read(move |tx, actor| service::suggest_panel(tx, actor, &wish)).await?)
}
