//! Another team.

use serde::Serialize;

use super::{Choice, modes};
use crate::accounts::Visitor;
use crate::teams::model::TeamInput;
use crate::teams::service;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other};
use crate::web::times::{ZoneGroup, zones};

#[derive(Debug, Serialize)]
pub struct NewTeamPage {
    form: TeamInput,
    errors: FormErrors,
    modes: Vec<Choice>,
    zones: &'static [ZoneGroup],
}

impl Template for NewTeamPage {
    const PATH: &'static str = "teams/new.html";
    const NAV: Nav = Nav::Account;

    fn title(&self) -> String {
        "Make a team".into()
    }

    fn samples() -> Vec<Self> {
        [FormErrors::default(), FormErrors::sample(&["name", "mode", "time_zone"])]
            .map(|errors| NewTeamPage { form: TeamInput::default(), errors, modes: modes(), zones: zones() })
            .into()
    }
}

pub async fn new(visitor: Visitor) -> PageResult {
    visitor
        .page(|_, actor| {
            actor.account()?;
            let form = TeamInput { time_zone: actor.time_zone().name().to_owned(), ..TeamInput::default() };
            Ok(NewTeamPage { form, errors: FormErrors::default(), modes: modes(), zones: zones() })
        })
        .await
}

pub async fn create(visitor: Visitor, Form(form): Form<TeamInput>) -> PageResult {
    let input = form.clone();
    match visitor.write(move |tx, actor| service::found(tx, actor, &input)).await {
        Ok(team) => see_other(format!("/teams/{}", team.id)),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor
                .page_with(status, move |_, actor| {
                    actor.account()?;
                    Ok(NewTeamPage { form, errors, modes: modes(), zones: zones() })
                })
                .await
        }
    }
}
