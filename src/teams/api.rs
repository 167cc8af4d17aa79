//! Teams over JSON.

use actix_web::web::Path;

use super::model::{InvitationGiven, InvitationId, InvitationInput, RoleChange, SetUpInput, TeamChange, TeamInput};
use super::{entrance, service};
use crate::accounts::{AccountInput, Visitor};
use crate::platform::error::{Error, Result};
use crate::policy::AccountId;
use crate::web::api::{ApiResult, Json, List, created, no_content, ok};
use crate::web::paging::Paging;

pub async fn show_me(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::me).await?)
}

pub async fn create_set_up(visitor: Visitor, token: Path<String>, Json(input): Json<SetUpInput>) -> ApiResult {
    visitor.knock()?;
    created("/api/v1/me", &entrance::set_up(&visitor, token.into_inner(), input).await?)
}

pub async fn create_account(visitor: Visitor, Json(input): Json<AccountInput>) -> ApiResult {
    visitor.knock()?;
    created("/api/v1/me", &entrance::sign_up(&visitor, input).await?)
}

pub async fn list_teams(visitor: Visitor) -> ApiResult {
    let me = visitor.read(service::me).await?;
    ok(&List { items: me.teams, next_cursor: None })
}

pub async fn create_team(visitor: Visitor, Json(input): Json<TeamInput>) -> ApiResult {
    let team = visitor.write(move |tx, actor| service::found(tx, actor, &input)).await?;
    created(&format!("/api/v1/teams/{}", team.id), &team)
}

pub async fn show_team(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::show).await?)
}

pub async fn update_team(visitor: Visitor, Json(change): Json<TeamChange>) -> ApiResult {
    ok(&visitor.write(move |tx, actor| service::update(tx, actor, &change)).await?)
}

pub async fn list_members(visitor: Visitor, paging: Paging) -> ApiResult {
    ok(&visitor.read(move |tx, actor| service::members(tx, actor, &paging.slice()?)).await?)
}

pub async fn update_member(visitor: Visitor, path: Path<(String, String)>, Json(change): Json<RoleChange>) -> ApiResult {
    let account = account(&path)?;
    ok(&visitor.write(move |tx, actor| service::change_role(tx, actor, account, change.role)).await?)
}

pub async fn delete_member(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let account = account(&path)?;
    visitor.write(move |tx, actor| service::remove(tx, actor, account)).await?;
    no_content()
}

pub async fn delete_membership(visitor: Visitor) -> ApiResult {
    visitor.write(service::leave).await?;
    no_content()
}

pub async fn list_invitations(visitor: Visitor, paging: Paging) -> ApiResult {
    ok(&visitor.read(move |tx, actor| service::invitations(tx, actor, &paging.slice()?)).await?)
}

pub async fn create_invitation(visitor: Visitor, Json(input): Json<InvitationInput>) -> ApiResult {
    let (team, invitation, token) = visitor
        .write(move |tx, actor| {
            let (invitation, token) = service::invite(tx, actor, &input)?;
            Ok((actor.team_id()?, invitation, token))
        })
        .await?;
    let location = format!("/api/v1/teams/{team}/invitations/{}", invitation.id);
    created(&location, &InvitationGiven { invitation, url: visitor.link(&format!("join/{}", token.as_str())) })
}

pub async fn delete_invitation(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id: InvitationId = path.1.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::revoke(tx, actor, id)).await?;
    no_content()
}

pub async fn show_invitation(visitor: Visitor, token: Path<String>) -> ApiResult {
    ok(&visitor.read(move |tx, actor| service::open_invitation(tx, actor, &token)).await?)
}

pub async fn accept_invitation(visitor: Visitor, token: Path<String>, Json(input): Json<AccountInput>) -> ApiResult {
    visitor.knock()?;
    created("/api/v1/me", &entrance::join(&visitor, token.into_inner(), input).await?)
}

pub async fn list_mails(visitor: Visitor, paging: Paging) -> ApiResult {
    ok(&visitor.read(move |tx, actor| service::outbox(tx, actor, &paging.slice()?)).await?)
}

pub async fn list_audit_events(visitor: Visitor, paging: Paging) -> ApiResult {
    ok(&visitor.read(move |tx, actor| service::audit(tx, actor, &paging.slice()?)).await?)
}

fn account(path: &(String, String)) -> Result<AccountId> {
    path.1.parse().map_err(|_| Error::NotFound)
}
