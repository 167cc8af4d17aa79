//! An account for anybody, where the operator wants that.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::go_in;
use crate::accounts::{AccountInput, Visitor};
use crate::teams::entrance;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, Template};
use crate::web::times::{ZoneGroup, zones};

#[derive(Debug, Serialize)]
pub struct SignUpPage {
    form: AccountInput,
    errors: FormErrors,
    zones: &'static [ZoneGroup],
}

impl Template for SignUpPage {
    const PATH: &'static str = "teams/sign_up.html";

    fn title(&self) -> String {
        "Make an account".into()
    }

    fn samples() -> Vec<Self> {
        [FormErrors::default(), FormErrors::whole("There is an account with this address already.")]
            .map(|errors| SignUpPage { form: AccountInput::default(), errors, zones: zones() })
            .into()
    }
}

pub async fn new(visitor: Visitor) -> PageResult {
    entrance::check_open(&visitor)?;
    visitor.bare_page(StatusCode::OK, &SignUpPage { form: AccountInput::default(), errors: FormErrors::default(), zones: zones() })
}

pub async fn create(visitor: Visitor, Form(form): Form<AccountInput>) -> PageResult {
    visitor.knock()?;
    match entrance::sign_up(&visitor, form.clone()).await {
        Ok(entered) => go_in(&visitor, entered),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.bare_page(status, &SignUpPage { form, errors, zones: zones() })
        }
    }
}
