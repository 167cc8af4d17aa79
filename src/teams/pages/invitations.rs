//! Inviting people, and what became of each invitation.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Choice, Section, role_label, roles, sections};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::teams::model::{Days, InvitationId, InvitationInput, InvitationState, InvitationView};
use crate::teams::service;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other_with};
use crate::web::paging::Paging;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct InvitationsPage {
    sections: Vec<Section>,
    save_url: String,
    form: InvitationInput,
    errors: FormErrors,
    roles: Vec<Choice>,
    /// The link that was just made. It is shown this once.
    fresh: Option<Fresh>,
    invitations: Vec<InvitationRow>,
    older: Option<String>,
    personal: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Fresh {
    url: String,
    role: &'static str,
    /// The address it was mailed to.
    mailed: Option<String>,
    /// Mail leaves this server; else it lies in the outbox.
    sends_mail: bool,
    until: Moment,
}

#[derive(Debug, Serialize)]
struct InvitationRow {
    role: &'static str,
    email: Option<String>,
    invited_by: String,
    state: InvitationState,
    accepted_by: Option<String>,
    made: Moment,
    until: Moment,
    revoke_url: Option<String>,
}

impl Template for InvitationsPage {
    const PATH: &'static str = "teams/invitations.html";
    const NAV: Nav = Nav::Admin;

    fn title(&self) -> String {
        "Invitations".into()
    }

    fn samples() -> Vec<Self> {
        let moment = || Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC);
        let row = |state| InvitationRow {
            role: "Lead",
            email: (state == InvitationState::Open).then(|| "bo@example.org".to_owned()),
            invited_by: "Ada".into(),
            state,
            accepted_by: (state == InvitationState::Accepted).then(|| "Bo".to_owned()),
            made: moment(),
            until: moment(),
            revoke_url: (state == InvitationState::Open).then(|| "/teams/1/invitations/2/revocation".to_owned()),
        };
        let fresh = |mailed: Option<&str>, sends_mail| Fresh {
            url: "http://localhost/join/x".into(),
            role: "a lead",
            mailed: mailed.map(str::to_owned),
            sends_mail,
            until: moment(),
        };
        let sample = |fresh: Option<Fresh>, errors: FormErrors, full: bool, personal: bool| InvitationsPage {
            sections: vec![Section { label: "Invitations", url: "/".into(), current: true }],
            save_url: "/teams/1/invitations".into(),
            form: InvitationInput { role: "lead".into(), email: Some("bo@example.org".into()), days: Days::Number(7) },
            errors,
            roles: roles(),
            fresh,
            invitations: if full { InvitationState::ALL.iter().map(|state| row(*state)).collect() } else { Vec::new() },
            older: full.then(|| "?cursor=x".to_owned()),
            personal,
        };
        vec![
            sample(None, FormErrors::default(), false, false),
            sample(None, FormErrors::default(), false, true),
            sample(None, FormErrors::sample(&["role", "email", "days"]), true, false),
            sample(Some(fresh(None, false)), FormErrors::default(), true, false),
            sample(Some(fresh(Some("bo@example.org"), false)), FormErrors::default(), true, false),
            sample(Some(fresh(Some("bo@example.org"), true)), FormErrors::default(), true, false),
        ]
    }
}

pub async fn index(visitor: Visitor, paging: Paging) -> PageResult {
    visitor.page(move |tx, actor| page(tx, actor, &paging)).await
}

/// Answers with the page and not with a redirect: the link is known in this request only.
pub async fn create(visitor: Visitor, Form(form): Form<InvitationInput>) -> PageResult {
    let input = form.clone();
    match visitor.write(move |tx, actor| service::invite(tx, actor, &input)).await {
        Ok((invitation, token)) => {
            let url = visitor.link(&format!("join/{}", token.as_str()));
            let sends_mail = visitor.server.sends_mail;
            visitor
                .page_with(StatusCode::CREATED, move |tx, actor| {
                    let fresh = Fresh {
                        url,
                        role: crate::teams::model::with_article(invitation.role),
                        mailed: invitation.email,
                        sends_mail,
                        until: Moment::of(invitation.expires_at, actor.time_zone()),
                    };
                    Ok(InvitationsPage { fresh: Some(fresh), ..page(tx, actor, &Paging::default())? })
                })
                .await
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| Ok(InvitationsPage { form, errors, ..page(tx, actor, &Paging::default())? })).await
        }
    }
}

pub async fn revoke(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let (team, id) = path.into_inner();
    let id: InvitationId = id.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::revoke(tx, actor, id)).await?;
    see_other_with(format!("/teams/{team}/invitations"), "revoked")
}

fn page(tx: &mut Tx, actor: &Actor, paging: &Paging) -> Result<InvitationsPage> {
    let list = service::invitations(tx, actor, &paging.slice()?)?;
    let team = actor.team()?;
    let here = format!("/teams/{}/invitations", team.id);
    Ok(InvitationsPage {
        sections: sections(actor, team.id, "invitations"),
        form: InvitationInput { role: "interviewer".into(), ..InvitationInput::default() },
        errors: FormErrors::default(),
        roles: roles(),
        fresh: None,
        invitations: list.items.into_iter().map(|invitation| row(invitation, actor, &here)).collect(),
        older: list.next_cursor.map(|cursor| format!("{here}?cursor={cursor}")),
        personal: team.personal,
        save_url: here,
    })
}

fn row(invitation: InvitationView, actor: &Actor, here: &str) -> InvitationRow {
    let zone = actor.time_zone();
    InvitationRow {
        role: role_label(invitation.role),
        email: invitation.email,
        invited_by: invitation.invited_by,
        state: invitation.state,
        accepted_by: invitation.accepted_by,
        made: Moment::of(invitation.created_at, zone),
        until: Moment::of(invitation.expires_at, zone),
        revoke_url: (invitation.state == InvitationState::Open).then(|| format!("{here}/{}/revocation", invitation.id)),
    }
}
