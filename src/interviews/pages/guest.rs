//! Behind a candidate's link: into one interview without an account.

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Serialize;

use super::super::model::CandidateState;
use super::super::service::{self, Opened};
use super::super::words::{PersonLine, When, minutes};
use super::index::stage_word;
use super::show::is_link;
use crate::accounts::{GUEST_COOKIE, Visitor};
use crate::platform::error::Error;
use crate::platform::token::Purpose;
use crate::web::page::{PageResult, Template, see_other};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct GuestPage {
    team: String,
    candidate: String,
    stage: &'static str,
    stage_label: Option<&'static str>,
    when: When,
    minutes: String,
    place: String,
    place_is_link: bool,
    people: Vec<PersonLine>,
    action: String,
    until: Moment,
    /// Who is signed in here and of this team: the link is for somebody else.
    member: Option<String>,
}

impl GuestPage {
    fn of(opened: &Opened, token: &str) -> Self {
        let invitation = &opened.invitation;
        // A stranger's zone is not known: the interview's is named.
        let zone = invitation.time_zone;
        GuestPage {
            team: invitation.team.clone(),
            candidate: opened.candidate.clone(),
            stage: stage_word(invitation.state),
            stage_label: (invitation.state == CandidateState::Over).then_some("Over"),
            when: When::of(invitation.starts_at, invitation.ends_at, zone, zone),
            minutes: minutes(invitation.minutes, 0),
            place_is_link: is_link(&invitation.place),
            place: invitation.place.clone(),
            people: invitation.people.iter().map(|name| PersonLine::named(name)).collect(),
            action: format!("/interview-links/{token}"),
            until: Moment::of(opened.expires_at, zone),
            member: opened.member.clone(),
        }
    }
}

/// Shows what the link leads to and uses nothing up: programs that look through mail follow links too.
pub async fn new(visitor: Visitor, token: Path<String>) -> PageResult {
    visitor.page_with(StatusCode::OK, move |tx, actor| Ok(GuestPage::of(&service::open_link(tx, actor, &token)?, &token))).await
}

/// Comes in: from here on this browser is the candidate of this one interview.
pub async fn create(visitor: Visitor, token: Path<String>) -> PageResult {
    visitor.knock()?;
    let opened = visitor.write(move |tx, actor| service::join_link(tx, actor, &token)).await?;
    let mut answer = see_other(format!("/teams/{}/interviews/{}", opened.team, opened.invitation.id))?;
    if opened.member.is_none() {
        answer.add_cookie(&cookie(&visitor, &opened)).map_err(|error| Error::Internal(error.into()))?;
    }
    Ok(answer)
}

/// As long as the link works; whether it still does is asked with each request.
fn cookie(visitor: &Visitor, opened: &Opened) -> Cookie<'static> {
    let now = visitor.db().now();
    let token = visitor.server.signer.sign(Purpose::Guest, opened.link.0, opened.team.0, now, opened.expires_at);
    Cookie::build(GUEST_COOKIE, token)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(visitor.server.secure())
        .max_age(time::Duration::seconds((opened.expires_at - now).num_seconds()))
        .finish()
}

impl Template for GuestPage {
    const PATH: &'static str = "interviews/guest.html";
    const ALONE: bool = true;

    fn title(&self) -> String {
        format!("Your interview with {}", self.team)
    }

    fn samples() -> Vec<Self> {
        let at = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let sample = |place: &str, member: Option<&str>| GuestPage {
            team: "North".into(),
            candidate: "Sofia Marin".into(),
            stage: "scheduled",
            stage_label: None,
            when: When::of(at, at, chrono_tz::UTC, chrono_tz::UTC),
            minutes: minutes(60, 0),
            place: place.into(),
            place_is_link: is_link(place),
            people: vec![PersonLine::named("Adaeze Okafor")],
            action: "/interview-links/x".into(),
            until: Moment::of(at, chrono_tz::UTC),
            member: member.map(str::to_owned),
        };
        vec![sample("https://meet.example/1", None), sample("", Some("Lena Lead"))]
    }
}
