//! Signing in and out.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use crate::accounts::model::NewSignIn;
use crate::accounts::{Visitor, service, sign_in};
use crate::platform::config::SignUp;
use crate::platform::error::Error;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, Template, local_path, see_other};

#[derive(Debug, Default, Deserialize)]
pub struct Return {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: secrecy::SecretString,
    #[serde(default)]
    next: String,
}

#[derive(Debug, Default, Serialize)]
pub struct SignInPage {
    email: String,
    /// Where to go afterwards; nothing for the usual place.
    next: String,
    errors: FormErrors,
    /// Anybody may make an account.
    sign_up: bool,
}

impl Template for SignInPage {
    const PATH: &'static str = "accounts/sign_in.html";

    fn title(&self) -> String {
        "Sign in".into()
    }

    fn samples() -> Vec<Self> {
        let wrong = FormErrors::whole(Error::WrongCredentials.to_string());
        vec![SignInPage::default(), SignInPage { email: "ada@example.org".into(), next: "/teams".into(), errors: wrong, sign_up: true }]
    }
}

pub async fn new(visitor: Visitor, query: Query<Return>) -> PageResult {
    let next = local_path(&query.next).unwrap_or("/").to_owned();
    let signed_in = match visitor.sign_in_of_cookie() {
        Some(_) => visitor.read(|_, actor| Ok(actor.account_or_none().is_some())).await?,
        None => false,
    };
    if signed_in {
        return see_other(next);
    }
    let page = SignInPage { next: query.into_inner().next, sign_up: visitor.server.sign_up == SignUp::Open, ..SignInPage::default() };
    visitor.bare_page(StatusCode::OK, &page)
}

pub async fn create(visitor: Visitor, Form(form): Form<SignInForm>) -> PageResult {
    let input = NewSignIn { email: form.email.clone(), password: form.password };
    let begun = match visitor.knock() {
        Ok(()) => sign_in::begin(&visitor, input, visitor.sign_in_of_cookie()).await,
        Err(refused) => Err(refused),
    };
    match begun {
        Ok(given) => sign_in::enter(&visitor, local_path(&form.next).unwrap_or("/"), given),
        Err(error) => again(&visitor, form.email, form.next, error),
    }
}

/// The form with the address kept. The password is typed anew.
fn again(visitor: &Visitor, email: String, next: String, error: Error) -> PageResult {
    let sign_up = visitor.server.sign_up == SignUp::Open;
    if let Error::TooMany { retry_after } = error {
        let seconds = retry_after.as_secs().max(1);
        let errors = FormErrors::whole(format!("Too many tries. Wait {seconds} seconds, then try again."));
        let page = SignInPage { email, next, errors, sign_up };
        let mut answer = visitor.bare_page(StatusCode::TOO_MANY_REQUESTS, &page)?;
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(answer);
    }
    let (status, errors) = FormErrors::shown(error)?;
    visitor.bare_page(status, &SignInPage { email, next, errors, sign_up })
}

/// Leaves nothing behind in the browser, even if the sign-in had ended before.
pub async fn destroy(visitor: Visitor) -> PageResult {
    match visitor.write(service::sign_out).await {
        Ok(()) | Err(Error::Unauthenticated) => sign_in::leave(&visitor, "signed-out"),
        Err(error) => Err(error.into()),
    }
}
