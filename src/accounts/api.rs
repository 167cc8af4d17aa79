//! Sign-ins over JSON.

use actix_web::web::Path;

use super::model::{NewSignIn, SignInGiven};
use super::{Visitor, service, sign_in};
use crate::platform::error::Error;
use crate::policy::SignInId;
use crate::web::api::{ApiResult, Json, created, no_content};

pub async fn create_sign_in(visitor: Visitor, Json(input): Json<NewSignIn>) -> ApiResult {
    let given = sign_in::begin(&visitor, input).await?;
    created("/api/v1/sign-ins/current", &SignInGiven { token: given.token, expires_at: given.expires_at })
}

pub async fn delete_current_sign_in(visitor: Visitor) -> ApiResult {
    visitor.write(service::sign_out).await?;
    no_content()
}

pub async fn delete_sign_in(visitor: Visitor, id: Path<String>) -> ApiResult {
    let id: SignInId = id.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::end_sign_in(tx, actor, id)).await?;
    no_content()
}
