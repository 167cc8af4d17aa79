//! Candidates' links: into one interview without an account.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::super::model::{Brief, ChangeKind, InvitationView, LinkGiven, LinkView, NewCandidateLink};
use super::super::read;
use super::super::store::{self, NewChange, NewLink};
use super::{show, state};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::token::{self, Token};
use crate::policy::{self, Act, Actor, CandidateLinkId, InterviewId, TeamId};

/// How long after the interview a link works, so that the report can be read by it.
const LIFE: TimeDelta = TimeDelta::days(30);

/// The links of an interview, without their secrets.
pub fn links(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<LinkView>> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::ChangePlan)?;
    store::links(tx, actor.team_id()?, id)
}

/// Makes a link. Its address is told this once.
pub fn make_link(tx: &mut Tx, actor: &Actor, id: InterviewId, new: &NewCandidateLink) -> Result<LinkGiven> {
    let brief = show::for_change(tx, actor, id, None)?;
    state::linkable(&brief)?;
    let expires_at = match new.days {
        None => expiry(&brief, tx.now),
        Some(days @ 1..=365) => tx.now + TimeDelta::days(i64::from(days)),
        Some(_) => return Err(Error::invalid("days", "Give 1 to 365 days.")),
    };
    let (team, author) = (actor.team_id()?, actor.account()?);
    let token = Token::random();
    let link = NewLink { interview: id, token_hash: token.hash(), author, expires_at, mailed_to: None };
    let made = store::insert_link(tx, team, &link)?;
    store::note(tx, team, id, author, &NewChange { kind: ChangeKind::LinkMade, reason: String::new(), detail: json!({"link_id": made}) })?;
    Ok(LinkGiven { id: made, url: format!("{}{}", tx.base_url(), path(&token)), expires_at })
}

/// Ends a link at once, and whoever came by it is out with the next request.
pub fn revoke_link(tx: &mut Tx, actor: &Actor, id: InterviewId, link: CandidateLinkId) -> Result<()> {
    show::for_change(tx, actor, id, None)?;
    let (team, author) = (actor.team_id()?, actor.account()?);
    if !store::revoke_link(tx, team, id, link)? {
        return Err(Error::NotFound);
    }
    store::note(tx, team, id, author, &NewChange { kind: ChangeKind::LinkRevoked, reason: String::new(), detail: json!({"link_id": link}) })
}

/// A link for a letter to the candidate; gives its path.
pub fn mailed(tx: &mut Tx, team: TeamId, brief: &Brief, address: &str) -> Result<String> {
    let token = Token::random();
    let expires_at = expiry(brief, tx.now);
    let link = NewLink { interview: brief.id, token_hash: token.hash(), author: brief.created_by, expires_at, mailed_to: Some(address) };
    store::insert_link(tx, team, &link)?;
    Ok(path(&token))
}

/// Links that were mailed earlier work as long as one mailed today.
pub fn prolong(tx: &mut Tx, team: TeamId, brief: &Brief) -> Result<()> {
    store::prolong_links(tx, team, brief.id, expiry(brief, tx.now))
}

/// A link that was opened: what it invites to, and what the guest's cookie needs.
pub struct Opened {
    pub team: TeamId,
    pub link: CandidateLinkId,
    pub expires_at: DateTime<Utc>,
    pub invitation: InvitationView,
    pub candidate: String,
    /// The name of who opens it being signed in and in this team: they come in as themselves.
    pub member: Option<String>,
}

/// What a link invites to. The token is all that is asked for; a look uses nothing up.
pub fn open_link(tx: &mut Tx, actor: &Actor, token: &str) -> Result<Opened> {
    let (team, link) = store::find_link(tx, &token::hash(token))?.ok_or(Error::NotFound)?;
    tx.enter(team.0, None)?;
    let (interview, expires_at, revoked) = store::link(tx, team, link)?;
    if revoked {
        return Err(Error::Gone("This link was taken back. Ask the team that sent it for a new one."));
    }
    if expires_at <= tx.now {
        return Err(Error::Gone("This link has run out. Ask the team that sent it for a new one."));
    }
    let brief = store::brief(tx, team, interview)?.ok_or(Error::NotFound)?;
    let seats = store::seats(tx, team, interview)?;
    let name = store::team_name(tx, team)?;
    let invitation = InvitationView::of(&brief, &name, &seats);
    Ok(Opened { team, link, expires_at, invitation, candidate: brief.candidate_name, member: member(tx, actor, team)? })
}

fn member(tx: &mut Tx, actor: &Actor, team: TeamId) -> Result<Option<String>> {
    let Some(account) = actor.account_or_none() else { return Ok(None) };
    Ok(store::members(tx, team, Some(&[account]))?.into_iter().next().map(|member| member.name))
}

/// Comes in by a link; each time is counted. A member of the team who follows it is nobody's guest.
pub fn join_link(tx: &mut Tx, actor: &Actor, token: &str) -> Result<Opened> {
    let opened = open_link(tx, actor, token)?;
    if opened.member.is_some() {
        return Ok(opened);
    }
    store::count_use(tx, opened.team, opened.link)?;
    Ok(opened)
}

fn expiry(brief: &Brief, now: DateTime<Utc>) -> DateTime<Utc> {
    brief.planned_end().max(now) + LIFE
}

fn path(token: &Token) -> String {
    format!("/interview-links/{}", token.as_str())
}
