//! A visitor: the one way from a request to the database.
//!
//! The cookie or the Bearer token is verified by its signature; whether the sign-in still stands, who it
//! is and what they are in the team of the URL is asked inside the transaction that does the work.

use std::future::{Ready, ready};

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, USER_AGENT};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use chrono::{DateTime, Utc};
use url::Url;
use uuid::Uuid;

use super::model::{Found, USE_NOTED_EVERY};
use super::{shell, store};
use crate::platform::audit;
use crate::platform::db::{Db, Door, Tx};
use crate::platform::error::{Error, Result};
use crate::platform::token::{Claims, Purpose};
use crate::policy::{AccountId, Actor, CandidateLinkId, Person, SignInId, TeamId};
use crate::web::page::{AnyPage, PageResult, Shell, Template};
use crate::web::routing::{Known, Table};
use crate::web::{Server, address, guard};

pub const GUEST_COOKIE: &str = "guest";

/// Whose page sends this: the id of an account, or of the link by which a candidate came.
const PAGE_OF: &str = "x-page-of";

/// The team whose page this browser showed last; only a hint, so it is not signed.
const TEAM_COOKIE: &str = "team";

/// Who a request comes from, before the database was asked.
#[derive(Clone)]
pub struct Visitor {
    pub server: web::Data<Server>,
    sign_in: Option<Claims>,
    guest: Option<Claims>,
    /// It came with a Bearer token, as programs do.
    program: bool,
    team: Option<TeamId>,
    theme: Option<String>,
    here: String,
    /// The only part of the page that is wanted, where a script asks.
    fragment: Option<String>,
    flash: Option<String>,
    last_team: Option<TeamId>,
    pub user_agent: String,
    /// What is asked for, and of which things.
    route: Option<Known>,
    subjects: Vec<Uuid>,
    request: Uuid,
    /// The visitor's address block, seen through trusted proxies.
    pub address: String,
}

impl FromRequest for Visitor {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).ok_or_else(|| actix_web::error::ErrorInternalServerError("the server's state is missing")))
    }
}

impl Visitor {
    fn of(request: &HttpRequest) -> Option<Self> {
        let server = request.app_data::<web::Data<Server>>()?.clone();
        let now = server.db.now();
        let bearer =
            request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
        let cookie = |name: &str| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        // A page says whose it is. In this browser somebody else may be signed in by now: what was typed for one is not saved as another's.
        let page_of = header(PAGE_OF);
        let is_theirs = |id: Uuid| page_of.is_none_or(|whose| whose.parse() == Ok(id));
        // A Bearer token stands alone: a cookie beside it is not looked at.
        let (sign_in, guest) = match bearer {
            Some(token) => (server.signer.read(Purpose::SignIn, token, now), None),
            None => (
                cookie(server.sign_in_cookie()).and_then(|token| server.signer.read(Purpose::SignIn, &token, now)),
                cookie(GUEST_COOKIE).and_then(|token| server.signer.read(Purpose::Guest, &token, now)),
            ),
        };
        Some(Visitor {
            sign_in: sign_in.filter(|claims| is_theirs(claims.sub)),
            guest: guest.filter(|claims| is_theirs(claims.jti)),
            program: bearer.is_some(),
            // An id that is none is no team: the same 404 as an unknown one.
            team: request.match_info().get("team_id").map(|id| TeamId(id.parse().unwrap_or(Uuid::nil()))),
            theme: guard::theme(request),
            here: request.uri().path_and_query().map_or_else(|| "/".into(), |path| path.as_str().to_owned()),
            fragment: request.headers().get("x-fragment").and_then(|part| part.to_str().ok()).map(str::to_owned),
            flash: cookie("flash"),
            last_team: cookie(TEAM_COOKIE).and_then(|id| id.parse().ok()).map(TeamId),
            user_agent: header(USER_AGENT.as_str()).unwrap_or_default().to_owned(),
            route: Table::find(request),
            subjects: request.match_info().iter().filter(|(name, _)| *name != "team_id").filter_map(|(_, id)| id.parse().ok()).collect(),
            request: guard::request_id().parse().unwrap_or_default(),
            address: address::block(request, &server.trusted_proxies),
            server,
        })
    }

    /// A cookie or token was brought; whether it still stands is another matter.
    pub fn brought_sign_in(&self) -> bool {
        self.sign_in.is_some()
    }

    /// The sign-in this browser brought in its cookie, which may be over by now.
    pub fn sign_in_of_cookie(&self) -> Option<(AccountId, SignInId)> {
        let claims = self.sign_in.as_ref().filter(|_| !self.program)?;
        Some((AccountId(claims.sub), SignInId(claims.jti)))
    }

    /// The team this browser was in last, as it says.
    pub fn last_team(&self) -> Option<TeamId> {
        self.last_team
    }

    pub fn db(&self) -> &Db {
        &self.server.db
    }

    pub fn base_url(&self) -> &Url {
        &self.server.base_url
    }

    /// The whole address of a path, for a link that people send on.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.server.base_url)
    }

    /// The first line of every write that asks for no sign-in: too many of them from one address block
    /// have to wait.
    pub fn knock(&self) -> Result<()> {
        self.server.strangers.check(&self.address)
    }

    /// Runs `work` in a transaction that reads.
    pub async fn read<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let visitor = self.clone();
        let done = self
            .db()
            .read(self.door()?, move |tx| {
                let (actor, stale) = visitor.actor(tx)?;
                Ok((work(tx, &actor)?, stale))
            })
            .await;
        let (value, stale) = self.note_refusal(done).await?;
        self.note_use(stale).await;
        Ok(value)
    }

    /// A look of an open stream. It is no use of the sign-in, which would never end in a tab left open.
    pub async fn look<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let visitor = self.clone();
        let look = move |tx: &mut Tx| {
            let (actor, _) = visitor.actor(tx)?;
            work(tx, &actor)
        };
        self.db().read(self.door()?, look).await
    }

    /// Runs `work` in a transaction that is committed before this gives `Ok`. What was done is written into
    /// the audit with it, and that it was refused besides.
    pub async fn write<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let visitor = self.clone();
        self.write_draft(move |tx, actor| {
            let value = work(tx, actor)?;
            if let Some(who) = audit_name(&actor.person) {
                visitor.record(tx, who)?;
            }
            Ok(value)
        })
        .await
    }

    /// The same for a save of a draft, of which the audit tells nothing: its versions are its record.
    pub async fn write_draft<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let visitor = self.clone();
        let done = self
            .db()
            .write(self.door()?, move |tx| {
                let (actor, stale) = visitor.actor(tx)?;
                if let Some(sign_in) = stale {
                    store::note_use(tx, sign_in)?;
                }
                work(tx, &actor)
            })
            .await;
        self.note_refusal(done).await
    }

    /// The same for who was nobody when the request came: a sign-in, a link that was opened, a new account.
    /// `work` says who it turned out to be.
    pub async fn write_as_stranger<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx) -> Result<(T, AccountId)> + Send + 'static,
    ) -> Result<T> {
        let visitor = self.clone();
        self.db()
            .write(Door::Anybody, move |tx| {
                let (value, account) = work(tx)?;
                visitor.record(tx, audit::Who::Account(account.0))?;
                Ok(value)
            })
            .await
    }

    /// A page made from what `work` reads.
    pub async fn page<P: Template + Send + 'static>(&self, work: impl FnOnce(&mut Tx, &Actor) -> Result<P> + Send + 'static) -> PageResult {
        self.page_with(StatusCode::OK, work).await
    }

    /// The same with another status: a form shown again with its errors is 422.
    pub async fn page_with<P: Template + Send + 'static>(
        &self,
        status: StatusCode,
        work: impl FnOnce(&mut Tx, &Actor) -> Result<P> + Send + 'static,
    ) -> PageResult {
        self.any_page(status, self.fragment.as_deref(), move |tx, actor| AnyPage::of(&work(tx, actor)?)).await
    }

    /// A page of which `work` says what kind it is; with a part, that part of it alone.
    pub async fn any_page(
        &self,
        status: StatusCode,
        part: Option<&str>,
        work: impl FnOnce(&mut Tx, &Actor) -> Result<AnyPage> + Send + 'static,
    ) -> PageResult {
        let visitor = self.clone();
        let (page, shell) = self
            .read(move |tx, actor| {
                let page = work(tx, actor)?;
                let mut shell = shell::fill(tx, actor, &page, visitor.bare_shell())?;
                if status.is_client_error() {
                    // What went well before is not said beside what did not.
                    shell.flash = None;
                }
                Ok((page, shell))
            })
            .await?;
        let member = self.sign_in.is_some() && shell.team.is_some();
        let mut answer = self.server.views.render_any(status, page, shell, part)?;
        if let Some(team) = self.team.filter(|team| member && self.last_team != Some(*team)) {
            answer.add_cookie(&self.team_cookie(team)).map_err(|error| Error::Internal(error.into()))?;
        }
        if self.flash.is_some() {
            let gone = actix_web::cookie::Cookie::build("flash", "").path("/").max_age(actix_web::cookie::time::Duration::ZERO).finish();
            answer.add_cookie(&gone).map_err(|error| Error::Internal(error.into()))?;
        }
        Ok(answer)
    }

    /// A page for people who may not be signed in, and which asks the database nothing.
    pub fn bare_page<P: Template>(&self, status: StatusCode, page: &P) -> PageResult {
        let shell = self.bare_shell();
        self.server.views.render(status, page, shell)
    }

    fn door(&self) -> Result<Door> {
        match (&self.sign_in, &self.guest, self.team) {
            (Some(claims), _, Some(team)) => Ok(Door::Person { account: claims.sub, team: team.0 }),
            (Some(claims), _, None) => Ok(Door::Account(claims.sub)),
            (None, Some(claims), Some(team)) if claims.sub == team.0 => Ok(Door::Guest { team: team.0 }),
            (None, _, _) => Ok(Door::Anybody),
        }
    }

    /// The actor, and the sign-in whose use should be noted.
    fn actor(&self, tx: &mut Tx) -> Result<(Actor, Option<SignInId>)> {
        let Some(claims) = &self.sign_in else { return Ok((self.guest_or_nobody(tx)?, None)) };
        let found = store::find_visitor(tx, SignInId(claims.jti), self.team)?;
        let Some((found, team)) = found.filter(|(found, _)| found.account.id.0 == claims.sub) else {
            return Ok((self.guest_or_nobody(tx)?, None));
        };
        if self.team.is_some() && team.is_none() {
            // Not a member; a link may still let them in as a guest of their one interview.
            return match self.guest_or_nobody(tx) {
                Err(Error::Unauthenticated) => Err(Error::NotFound),
                guest => Ok((guest?, None)),
            };
        }
        let stale = needs_note(&found, tx.now).then_some(found.id);
        let person = Person::Account {
            id: found.account.id,
            sign_in: found.id,
            name: found.account.name,
            email: found.account.email,
            time_zone: found.account.time_zone,
            operator: found.operator,
        };
        Ok((Actor { person, team }, stale))
    }

    fn guest_or_nobody(&self, tx: &mut Tx) -> Result<Actor> {
        let guest = self.guest.as_ref().zip(self.team).filter(|(claims, team)| claims.sub == team.0);
        if let Some((claims, team)) = guest {
            let link = CandidateLinkId(claims.jti);
            if let Some((name, interview, team)) = store::find_guest(tx, link, team)? {
                return Ok(Actor { person: Person::Guest { link, interview, name }, team: Some(team) });
            }
        }
        if self.team.is_some() { Err(Error::Unauthenticated) } else { Ok(Actor::nobody()) }
    }

    /// In the team whose door is open, else in the account's own: an act of one's own account is read there.
    fn record(&self, tx: &mut Tx, who: audit::Who) -> Result<()> {
        let Some(event) = self.event(who) else { return Ok(()) };
        match (tx.team(), who) {
            (Some(team), _) => audit::record(tx, team, &event),
            (None, audit::Who::Account(account)) => record_own(tx, AccountId(account), &event),
            (None, audit::Who::Link(_) | audit::Who::Server) => Ok(()),
        }
    }

    fn event(&self, who: audit::Who) -> Option<audit::Event> {
        let route = self.route?;
        Some(audit::Event { who, act: route.act(), operation: route.handler, subjects: self.subjects.clone(), request: self.request })
    }

    /// A transaction of its own: the refused one left nothing.
    async fn note_refusal<T>(&self, done: Result<T>) -> Result<T> {
        if let (Err(Error::Forbidden(_)), Ok(door)) = (&done, self.door()) {
            let visitor = self.clone();
            let noted = self.db().write(door, move |tx| {
                let (actor, _) = visitor.actor(tx)?;
                let event = audit_name(&actor.person).and_then(|who| visitor.event(who));
                match (event, actor.team) {
                    (Some(event), Some(team)) => audit::record_refusal(tx, team.id.0, &event),
                    _ => Ok(()),
                }
            });
            // The refusal holds, written down or not.
            if let Err(error) = noted.await {
                tracing::warn!(%error, "a refusal could not be written down");
            }
        }
        done
    }

    async fn note_use(&self, stale: Option<SignInId>) {
        if let Some(sign_in) = stale {
            // A sign-in that is noted late ends a little early; the request itself is not held up by it.
            drop(self.db().write(Door::Anybody, move |tx| store::note_use(tx, sign_in)).await);
        }
    }

    fn team_cookie(&self, team: TeamId) -> Cookie<'static> {
        Cookie::build(TEAM_COOKIE, team.to_string())
            .path("/")
            .http_only(true)
            .secure(self.server.secure())
            .same_site(SameSite::Lax)
            .permanent()
            .finish()
    }

    fn bare_shell(&self) -> Shell {
        Shell {
            css: crate::web::assets::css_url(),
            js: crate::web::assets::js_url(),
            theme: self.theme.clone(),
            request_id: guard::request_id(),
            flash: self.flash.as_deref().and_then(crate::web::page::Flash::from_cookie),
            urls: crate::web::page::Urls { here: self.here.clone(), ..Default::default() },
            ..Shell::default()
        }
    }
}

/// Writes down what an account did for itself, in the team that is its own.
pub(super) fn record_own(tx: &mut Tx, account: AccountId, event: &audit::Event) -> Result<()> {
    tx.enter_account(account.0)?;
    let Some(team) = store::own_team(tx, account)? else { return Ok(()) };
    tx.enter(team.0, Some(account.0))?;
    audit::record(tx, team.0, event)
}

/// Nobody and the server itself do nothing by a request.
fn audit_name(person: &Person) -> Option<audit::Who> {
    match person {
        Person::Account { id, .. } => Some(audit::Who::Account(id.0)),
        Person::Guest { link, .. } => Some(audit::Who::Link(link.0)),
        Person::Nobody | Person::System => None,
    }
}

fn needs_note(found: &Found, now: DateTime<Utc>) -> bool {
    found.last_used_at + USE_NOTED_EVERY < now
}
