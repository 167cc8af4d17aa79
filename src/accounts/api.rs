//! Accounts and sign-ins over JSON.

use actix_web::web::Path;

use super::model::{AccountChange, AccountView, NewSignIn, OwnSignIn, PasswordChange, PasswordResetInput, ResetPassword};
use super::{Visitor, password_reset, service, sign_in};
use crate::platform::db::Door;
use crate::platform::error::Error;
use crate::policy::SignInId;
use crate::web::api::{ApiResult, Json, List, created, no_content, ok};

pub async fn create_sign_in(visitor: Visitor, Json(input): Json<NewSignIn>) -> ApiResult {
    visitor.knock()?;
    created("/api/v1/sign-ins/current", &sign_in::begin(&visitor, input, None).await?)
}

pub async fn list_sign_ins(visitor: Visitor) -> ApiResult {
    let items = visitor.read(service::list_sign_ins).await?;
    ok(&List::<OwnSignIn> { items, next_cursor: None })
}

pub async fn delete_current_sign_in(visitor: Visitor) -> ApiResult {
    visitor.write(service::sign_out).await?;
    no_content()
}

pub async fn delete_other_sign_ins(visitor: Visitor) -> ApiResult {
    visitor.write(service::end_other_sign_ins).await?;
    no_content()
}

pub async fn delete_sign_in(visitor: Visitor, id: Path<String>) -> ApiResult {
    let id: SignInId = id.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::end_sign_in(tx, actor, id)).await?;
    no_content()
}

pub async fn update_me(visitor: Visitor, Json(change): Json<AccountChange>) -> ApiResult {
    let account: AccountView = visitor.write(move |tx, actor| service::change_account(tx, actor, &change)).await?;
    ok(&account)
}

pub async fn replace_password(visitor: Visitor, Json(change): Json<PasswordChange>) -> ApiResult {
    sign_in::change_password(&visitor, change).await?;
    no_content()
}

/// 204 whether there is such an account or not.
pub async fn create_password_reset(visitor: Visitor, Json(input): Json<PasswordResetInput>) -> ApiResult {
    visitor.knock()?;
    visitor.db().write(Door::Anybody, move |tx| service::request_reset(tx, &input.email)).await?;
    no_content()
}

pub async fn use_password_reset(visitor: Visitor, token: Path<String>, Json(input): Json<ResetPassword>) -> ApiResult {
    visitor.knock()?;
    password_reset::reset(&visitor, token.into_inner(), input.password).await?;
    no_content()
}
