//! Who is in the team.

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Choice, Section, role_label, roles, sections};
use crate::accounts::{Visitor, initials};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Actor, Role};
use crate::teams::model::MemberView;
use crate::teams::service;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other_with};
use crate::web::paging::Paging;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct MembersPage {
    sections: Vec<Section>,
    members: Vec<MemberRow>,
    older: Option<String>,
    can_manage: bool,
    personal: bool,
    roles: Vec<Choice>,
    invite_url: Option<String>,
    leave_url: String,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct MemberRow {
    name: String,
    initials: String,
    email: Option<String>,
    role: &'static str,
    role_value: Role,
    joined: Moment,
    you: bool,
    role_url: String,
    removal_url: String,
}

impl Template for MembersPage {
    const PATH: &'static str = "teams/members.html";
    const NAV: Nav = Nav::Admin;

    fn title(&self) -> String {
        "Members".into()
    }

    fn samples() -> Vec<Self> {
        let row = |you, email: Option<&str>| MemberRow {
            name: "Ada".into(),
            initials: "A".into(),
            email: email.map(str::to_owned),
            role: "Owner",
            role_value: Role::Owner,
            joined: Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC),
            you,
            role_url: "/teams/1/members/2".into(),
            removal_url: "/teams/1/members/2/removal".into(),
        };
        let sample = |can_manage: bool, personal, errors| MembersPage {
            sections: vec![Section { label: "Members", url: "/".into(), current: true }],
            members: vec![row(true, Some("ada@example.org")), row(false, None)],
            older: can_manage.then(|| "?cursor=x".to_owned()),
            can_manage,
            personal,
            roles: roles(),
            invite_url: can_manage.then(|| "/teams/1/invitations".to_owned()),
            leave_url: "/teams/1/membership/end".into(),
            errors,
        };
        vec![
            sample(true, false, FormErrors::default()),
            sample(false, false, FormErrors::default()),
            sample(true, true, FormErrors::whole("A team needs an owner.")),
        ]
    }
}

#[derive(Deserialize)]
pub struct RoleForm {
    #[serde(default)]
    role: String,
}

pub async fn index(visitor: Visitor, paging: Paging) -> PageResult {
    visitor.page(move |tx, actor| page(tx, actor, &paging, FormErrors::default())).await
}

pub async fn update(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<RoleForm>) -> PageResult {
    let (team, account) = ids(&path)?;
    let changed = match form.role.parse::<Role>() {
        Ok(role) => visitor.write(move |tx, actor| service::change_role(tx, actor, account, role).map(|_| ())).await,
        Err(message) => Err(Error::invalid("role", message)),
    };
    done(visitor, team, account, changed, "saved").await
}

pub async fn destroy(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let (team, account) = ids(&path)?;
    let removed = visitor.write(move |tx, actor| service::remove(tx, actor, account)).await;
    done(visitor, team, account, removed, "removed").await
}

pub async fn leave(visitor: Visitor) -> PageResult {
    match visitor.write(service::leave).await {
        Ok(()) => see_other_with("/", "left"),
        Err(error) => again(visitor, error).await,
    }
}

fn ids(path: &(String, String)) -> Result<(String, AccountId)> {
    Ok((path.0.clone(), path.1.parse().map_err(|_| Error::NotFound)?))
}

/// Back to the list, or the list again with what stood in the way.
async fn done(visitor: Visitor, team: String, account: AccountId, result: Result<()>, flash: &'static str) -> PageResult {
    let oneself = visitor.sign_in_of_cookie().is_some_and(|(own, _)| own == account);
    match result {
        // Who has just stepped down may not see this list any more.
        Ok(()) if oneself => see_other_with("/", flash),
        Ok(()) => see_other_with(format!("/teams/{team}/members"), flash),
        Err(error) => again(visitor, error).await,
    }
}

async fn again(visitor: Visitor, error: Error) -> PageResult {
    let (status, errors) = FormErrors::shown(error)?;
    visitor.page_with(status, move |tx, actor| page(tx, actor, &Paging::default(), errors)).await
}

fn page(tx: &mut Tx, actor: &Actor, paging: &Paging, errors: FormErrors) -> Result<MembersPage> {
    let list = service::members(tx, actor, &paging.slice()?)?;
    let team = actor.team()?;
    let home = format!("/teams/{}", team.id);
    let can_manage = service::rights(actor).manage_members;
    Ok(MembersPage {
        sections: sections(actor, team.id, "members"),
        members: list.items.into_iter().map(|member| row(member, actor, &home)).collect(),
        older: list.next_cursor.map(|cursor| format!("{home}/members?cursor={cursor}")),
        can_manage,
        personal: team.personal,
        roles: roles(),
        invite_url: can_manage.then(|| format!("{home}/invitations")),
        leave_url: format!("{home}/membership/end"),
        errors,
    })
}

fn row(member: MemberView, actor: &Actor, home: &str) -> MemberRow {
    let url = format!("{home}/members/{}", member.account_id);
    MemberRow {
        initials: initials(&member.name),
        name: member.name,
        email: member.email,
        role: role_label(member.role),
        role_value: member.role,
        joined: Moment::of(member.joined_at, actor.time_zone()),
        you: actor.account_or_none() == Some(member.account_id),
        removal_url: format!("{url}/removal"),
        role_url: url,
    }
}
