//! A new password for somebody who forgot theirs.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Serialize;

use crate::accounts::model::{PasswordResetInput, ResetPassword};
use crate::accounts::{Visitor, password_reset, service};
use crate::platform::db::Door;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, Template, see_other_with};

/// Asks for the address.
#[derive(Debug, Default, Serialize)]
pub struct NewResetPage {
    form: PasswordResetInput,
    errors: FormErrors,
}

impl Template for NewResetPage {
    const PATH: &'static str = "accounts/password_reset_new.html";

    fn title(&self) -> String {
        "Reset your password".into()
    }

    fn samples() -> Vec<Self> {
        vec![
            NewResetPage::default(),
            NewResetPage { form: PasswordResetInput { email: "ada".into() }, errors: FormErrors::sample(&["email"]) },
        ]
    }
}

/// The answer, the same for every address.
#[derive(Debug, Serialize)]
pub struct ResetSentPage {
    email: String,
    /// Without mail the link lies in the operator's outbox.
    sends_mail: bool,
}

impl Template for ResetSentPage {
    const PATH: &'static str = "accounts/password_reset_sent.html";

    fn title(&self) -> String {
        "Look into your mail".into()
    }

    fn samples() -> Vec<Self> {
        [true, false].map(|sends_mail| ResetSentPage { email: "ada@example.org".into(), sends_mail }).into()
    }
}

/// Asks for the new password, behind the link.
#[derive(Debug, Serialize)]
pub struct ResetPage {
    email: String,
    save_url: String,
    errors: FormErrors,
}

impl Template for ResetPage {
    const PATH: &'static str = "accounts/password_reset.html";

    fn title(&self) -> String {
        "Choose a new password".into()
    }

    fn samples() -> Vec<Self> {
        [FormErrors::default(), FormErrors::sample(&["password"])]
            .map(|errors| ResetPage { email: "ada@example.org".into(), save_url: "/password-reset/x".into(), errors })
            .into()
    }
}

pub async fn new(visitor: Visitor) -> PageResult {
    visitor.bare_page(StatusCode::OK, &NewResetPage::default())
}

pub async fn create(visitor: Visitor, Form(form): Form<PasswordResetInput>) -> PageResult {
    visitor.knock()?;
    let email = form.email.clone();
    match visitor.db().write(Door::Anybody, move |tx| service::request_reset(tx, &email)).await {
        Ok(()) => {
            let page = ResetSentPage { email: form.email, sends_mail: visitor.server.sends_mail };
            visitor.bare_page(StatusCode::OK, &page)
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.bare_page(status, &NewResetPage { form, errors })
        }
    }
}

/// Shows the form and uses nothing up: mail scanners follow links.
pub async fn edit(visitor: Visitor, token: Path<String>) -> PageResult {
    show(visitor, token.into_inner(), StatusCode::OK, FormErrors::default()).await
}

pub async fn update(visitor: Visitor, token: Path<String>, Form(form): Form<ResetPassword>) -> PageResult {
    visitor.knock()?;
    match password_reset::reset(&visitor, token.clone(), form.password).await {
        Ok(()) => see_other_with("/sign-in", "password-reset"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            show(visitor, token.into_inner(), status, errors).await
        }
    }
}

async fn show(visitor: Visitor, token: String, status: StatusCode, errors: FormErrors) -> PageResult {
    let save_url = format!("/password-reset/{token}");
    let account = visitor.db().read(Door::Anybody, move |tx| service::check_reset(tx, &token)).await?;
    visitor.bare_page(status, &ResetPage { email: account.email, save_url, errors })
}
