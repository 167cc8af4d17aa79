//! The first owner and the first team.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Serialize;

use super::{Choice, go_in, modes};
use crate::accounts::{self, Visitor};
use crate::platform::db::Door;
use crate::platform::error::Error;
use crate::teams::entrance;
use crate::teams::model::SetUpInput;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, Template};
use crate::web::times::{ZoneGroup, zones};

#[derive(Debug, Serialize)]
pub struct SetUpPage {
    save_url: String,
    form: SetUpInput,
    errors: FormErrors,
    modes: Vec<Choice>,
    zones: &'static [ZoneGroup],
}

impl SetUpPage {
    fn new(token: &str, form: SetUpInput, errors: FormErrors) -> Self {
        SetUpPage { save_url: format!("/set-up/{token}"), form, errors, modes: modes(), zones: zones() }
    }
}

impl Template for SetUpPage {
    const PATH: &'static str = "teams/set_up.html";

    fn title(&self) -> String {
        "Set up Fivefold".into()
    }

    fn samples() -> Vec<Self> {
        let errors = FormErrors::sample(&["name", "email", "password", "time_zone", "team_name", "team_mode"]);
        vec![
            SetUpPage::new("x", SetUpInput::default(), FormErrors::default()),
            SetUpPage::new("x", SetUpInput { name: "Ada".into(), ..SetUpInput::default() }, errors),
        ]
    }
}

pub async fn new(visitor: Visitor, token: Path<String>) -> PageResult {
    check(&visitor, token.clone()).await?;
    visitor.bare_page(StatusCode::OK, &SetUpPage::new(&token, SetUpInput::default(), FormErrors::default()))
}

pub async fn create(visitor: Visitor, token: Path<String>, Form(form): Form<SetUpInput>) -> PageResult {
    visitor.knock()?;
    match entrance::set_up(&visitor, token.clone(), form.clone()).await {
        Ok(entered) => go_in(&visitor, entered),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.bare_page(status, &SetUpPage::new(&token, form, errors))
        }
    }
}

async fn check(visitor: &Visitor, token: String) -> Result<(), Error> {
    visitor.db().read(Door::Anybody, move |tx| accounts::check_set_up(tx, &token)).await
}
