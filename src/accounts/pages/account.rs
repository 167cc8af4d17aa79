//! One's own account: name and zone, password, sign-ins.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::accounts::model::{AccountChange, OwnSignIn, PasswordChange};
use crate::accounts::{Visitor, service, sign_in};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, Person, SignInId};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other_with};
use crate::web::times::{Moment, ZoneGroup, zones};

#[derive(Debug, Default, Serialize)]
pub struct AccountPage {
    email: String,
    form: AccountChange,
    errors: FormErrors,
    password_errors: FormErrors,
    zones: &'static [ZoneGroup],
    sign_ins: Vec<SignInRow>,
    /// There are more than the one that asks.
    others: bool,
}

#[derive(Debug, Serialize)]
struct SignInRow {
    browser: String,
    last_used: Moment,
    began: Moment,
    current: bool,
    end_url: String,
}

impl Template for AccountPage {
    const PATH: &'static str = "accounts/account.html";
    const NAV: Nav = Nav::Account;

    fn title(&self) -> String {
        "Your account".into()
    }

    fn samples() -> Vec<Self> {
        let row = |current| SignInRow {
            browser: "Firefox on Linux".into(),
            last_used: Moment::of(DateTime::<Utc>::UNIX_EPOCH, Tz::UTC),
            began: Moment::of(DateTime::<Utc>::UNIX_EPOCH, Tz::UTC),
            current,
            end_url: "/account/sign-ins/x/end".into(),
        };
        let form = AccountChange { name: Some("Ada".into()), time_zone: Some("UTC".into()) };
        vec![
            AccountPage { form: form.clone(), sign_ins: vec![row(true)], zones: zones(), ..AccountPage::default() },
            AccountPage {
                email: "ada@example.org".into(),
                form,
                errors: FormErrors::sample(&["name", "time_zone"]),
                password_errors: FormErrors::sample(&["current_password", "new_password"]),
                zones: zones(),
                sign_ins: vec![row(true), row(false)],
                others: true,
            },
        ]
    }
}

pub async fn edit(visitor: Visitor) -> PageResult {
    visitor.page(page).await
}

pub async fn update(visitor: Visitor, Form(form): Form<AccountChange>) -> PageResult {
    let change = form.clone();
    match visitor.write(move |tx, actor| service::change_account(tx, actor, &change)).await {
        Ok(_) => see_other_with("/account", "saved"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            again(visitor, status, move |page| AccountPage { form, errors, ..page }).await
        }
    }
}

pub async fn update_password(visitor: Visitor, Form(form): Form<PasswordChange>) -> PageResult {
    match sign_in::change_password(&visitor, form).await {
        Ok(()) => see_other_with("/account", "password-changed"),
        Err(error) => {
            let (status, password_errors) = FormErrors::shown(error)?;
            again(visitor, status, move |page| AccountPage { password_errors, ..page }).await
        }
    }
}

pub async fn end_sign_in(visitor: Visitor, id: Path<String>) -> PageResult {
    let id: SignInId = id.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::end_sign_in(tx, actor, id)).await?;
    see_other_with("/account", "sign-in-ended")
}

pub async fn end_other_sign_ins(visitor: Visitor) -> PageResult {
    visitor.write(service::end_other_sign_ins).await?;
    see_other_with("/account", "sign-ins-ended")
}

async fn again(visitor: Visitor, status: StatusCode, change: impl FnOnce(AccountPage) -> AccountPage + Send + 'static) -> PageResult {
    visitor.page_with(status, move |tx, actor| page(tx, actor).map(change)).await
}

fn page(tx: &mut Tx, actor: &Actor) -> Result<AccountPage> {
    let Person::Account { name, email, time_zone, .. } = &actor.person else { return Err(Error::Unauthenticated) };
    let sign_ins = service::list_sign_ins(tx, actor)?;
    Ok(AccountPage {
        email: email.clone(),
        form: AccountChange { name: Some(name.clone()), time_zone: Some(time_zone.name().to_owned()) },
        zones: zones(),
        others: sign_ins.len() > 1,
        sign_ins: sign_ins.into_iter().map(|sign_in| row(sign_in, *time_zone)).collect(),
        ..AccountPage::default()
    })
}

fn row(sign_in: OwnSignIn, zone: Tz) -> SignInRow {
    SignInRow {
        browser: sign_in.browser,
        last_used: Moment::of(sign_in.last_used_at, zone),
        began: Moment::of(sign_in.created_at, zone),
        current: sign_in.current,
        end_url: format!("/account/sign-ins/{}/end", sign_in.id),
    }
}
