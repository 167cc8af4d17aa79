//! Behind an invitation's link.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::go_in;
use crate::accounts::{AccountInput, Visitor};
use crate::platform::error::Error;
use crate::policy::Role;
use crate::teams::model::{InvitationOpened, with_article};
use crate::teams::{entrance, service};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, Template, see_other_with};
use crate::web::times::{Moment, ZoneGroup, zones};

#[derive(Debug, Serialize)]
pub struct JoinPage {
    team: String,
    role_words: &'static str,
    invited_by: String,
    until: Moment,
    /// Who would join with the account they are signed in to.
    you: Option<String>,
    save_url: String,
    sign_in_url: String,
    form: AccountInput,
    errors: FormErrors,
    zones: &'static [ZoneGroup],
}

impl Template for JoinPage {
    const PATH: &'static str = "teams/join.html";

    fn title(&self) -> String {
        format!("Join {}", self.team)
    }

    fn samples() -> Vec<Self> {
        let opened = |you: Option<&str>| InvitationOpened {
            team: "Backend".into(),
            role: Role::Interviewer,
            invited_by: "Ada".into(),
            email: Some("bo@example.org".into()),
            expires_at: DateTime::<Utc>::UNIX_EPOCH,
            you: you.map(str::to_owned),
        };
        let errors = FormErrors::sample(&["name", "email", "password", "time_zone"]);
        vec![
            JoinPage::new("x", opened(None), chrono_tz::UTC, None, FormErrors::default()),
            JoinPage::new("x", opened(None), chrono_tz::UTC, Some(AccountInput::default()), errors),
            JoinPage::new("x", opened(Some("Bo")), chrono_tz::UTC, None, FormErrors::default()),
            JoinPage::new("x", opened(Some("Bo")), chrono_tz::UTC, None, FormErrors::whole("You are in the team already.")),
        ]
    }
}

impl JoinPage {
    fn new(token: &str, opened: InvitationOpened, zone: chrono_tz::Tz, form: Option<AccountInput>, errors: FormErrors) -> Self {
        let save_url = format!("/join/{token}");
        // The address that was invited is most likely theirs.
        let invited = AccountInput { email: opened.email.unwrap_or_default(), ..AccountInput::default() };
        JoinPage {
            team: opened.team,
            role_words: with_article(opened.role),
            invited_by: opened.invited_by,
            until: Moment::of(opened.expires_at, zone),
            you: opened.you,
            sign_in_url: format!("/sign-in?next={save_url}"),
            save_url,
            form: form.unwrap_or(invited),
            errors,
            zones: zones(),
        }
    }
}

/// Shows who invites to what and uses nothing up.
pub async fn new(visitor: Visitor, token: Path<String>) -> PageResult {
    show(visitor, token.into_inner(), StatusCode::OK, None, FormErrors::default()).await
}

pub async fn create(visitor: Visitor, token: Path<String>, Form(form): Form<AccountInput>) -> PageResult {
    visitor.knock()?;
    match entrance::join(&visitor, token.clone(), form.clone()).await {
        Ok(entered) if entered.sign_in.is_none() => {
            let team = entered.team_id.ok_or(Error::NotFound)?;
            see_other_with(format!("/teams/{team}"), "joined")
        }
        Ok(entered) => go_in(&visitor, entered),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            show(visitor, token.into_inner(), status, Some(form), errors).await
        }
    }
}

async fn show(visitor: Visitor, token: String, status: StatusCode, form: Option<AccountInput>, errors: FormErrors) -> PageResult {
    visitor
        .page_with(status, move |tx, actor| {
            let opened = service::open_invitation(tx, actor, &token)?;
            Ok(JoinPage::new(&token, opened, actor.time_zone(), form, errors))
        })
        .await
}
