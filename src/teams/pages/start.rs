//! The address without a path: everybody is sent to where they belong.

use actix_web::http::StatusCode;
use serde::Serialize;

use crate::accounts::{self, Visitor};
use crate::teams::service;
use crate::web::page::{PageResult, Template, see_other};

/// Nobody has an account yet, and the link that makes the first one is not here but where the server runs.
#[derive(Debug, Serialize)]
pub struct SetUpHintPage {}

impl Template for SetUpHintPage {
    const PATH: &'static str = "teams/set_up_hint.html";

    fn title(&self) -> String {
        "Fivefold is running".into()
    }

    fn samples() -> Vec<Self> {
        vec![SetUpHintPage {}]
    }
}

pub async fn index(visitor: Visitor) -> PageResult {
    let last = visitor.last_team();
    let url = visitor
        .read(move |tx, actor| {
            if actor.account_or_none().is_none() {
                return Ok((!accounts::is_empty(tx)?).then(|| "/sign-in".to_owned()));
            }
            // Where they were last, if they are still in it; else the first: shared teams stand before the personal one.
            let teams = service::me(tx, actor)?.teams;
            let team = teams.iter().find(|team| Some(team.id) == last).or(teams.first());
            Ok(Some(team.map_or_else(|| "/account".to_owned(), |team| format!("/teams/{}", team.id))))
        })
        .await?;
    match url {
        Some(url) => see_other(url),
        None => visitor.bare_page(StatusCode::OK, &SetUpHintPage {}),
    }
}
