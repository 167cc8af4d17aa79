//! HTML pages: typed structs rendered by templates of the same name.

use std::fmt;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use tera::{Context, Tera};
use url::Url;

use super::api::status;
use super::assets::{self, Templates};
use super::guard;
use super::text;
use crate::platform::error::Error;
use crate::platform::mail::{Letter, Letters, Written};

pub use super::sample::{Sample, samples_of};

/// What a page handler gives.
pub type PageResult = Result<HttpResponse, PageError>;

/// A page. Its fields are the variables of its template, next to `page` (see [`Shell`]).
pub trait Template: Serialize + Sized {
    /// Below `templates/`.
    const PATH: &'static str;
    /// The entry of the navigation that is lit.
    const NAV: Nav = Nav::None;

    /// It shows no navigation, so nobody's teams are asked for.
    const ALONE: bool = false;
    /// Blocks of the template that a script may ask for alone.
    const PARTS: &'static [&'static str] = &[];
    /// Its reader may be recorded; on every other page the browser does not even ask.
    const RECORDS: bool = false;

    fn title(&self) -> String;

    /// Examples that show every branch; a test renders each.
    fn samples() -> Vec<Self>;
}

/// A page whose kind was chosen while it was made: one address, several templates.
pub struct AnyPage {
    path: &'static str,
    nav: Nav,
    alone: bool,
    records: bool,
    parts: &'static [&'static str],
    title: String,
    context: Context,
}

impl AnyPage {
    pub fn of<T: Template>(page: &T) -> Result<Self, Error> {
        let context = Context::from_serialize(page).map_err(defect)?;
        Ok(AnyPage { path: T::PATH, nav: T::NAV, alone: T::ALONE, records: T::RECORDS, parts: T::PARTS, title: page.title(), context })
    }

    pub fn nav(&self) -> Nav {
        self.nav
    }

    pub fn alone(&self) -> bool {
        self.alone
    }
}

/// The main navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nav {
    None,
    Home,
    Interviews,
    Candidates,
    Questions,
    Practice,
    Calibration,
    Admin,
    Account,
}

/// What every page has around its content: the variable `page` of the layouts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shell {
    pub title: String,
    pub theme: Option<String>,
    pub css: String,
    pub js: String,
    pub account: Option<ShellAccount>,
    pub team: Option<ShellTeam>,
    pub teams: Vec<ShellTeamLink>,
    pub nav: Vec<NavLink>,
    pub flash: Option<Flash>,
    pub request_id: String,
    pub urls: Urls,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ShellAccount {
    pub id: String,
    pub name: String,
    pub initials: String,
    pub email: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ShellTeam {
    pub id: String,
    pub name: String,
    pub role: String,
    pub personal: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ShellTeamLink {
    pub name: String,
    /// What one is in it.
    pub role: &'static str,
    pub personal: bool,
    pub url: String,
    pub current: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct NavLink {
    pub key: Nav,
    pub label: &'static str,
    pub url: String,
    pub current: bool,
}

/// A link between the pages of one thing, for the component `subnav`.
#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    pub label: &'static str,
    pub url: String,
    pub current: bool,
}

/// A step of the way to a page, for the component `breadcrumbs`; the last is the page itself.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    pub label: String,
    pub url: Option<String>,
}

/// One of what a form's control offers, for `select` and its kin.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// A sentence shown once after an act.
#[derive(Debug, Clone, Serialize)]
pub struct Flash {
    pub kind: &'static str,
    pub text: String,
}

impl Flash {
    /// The flash cookie holds a kind and a code of [`FLASHES`], never text: a link cannot put words on our pages.
    pub fn from_cookie(value: &str) -> Option<Self> {
        FLASHES.iter().find(|(code, ..)| *code == value).map(|(_, kind, text)| Flash { kind, text: (*text).to_owned() })
    }
}

/// Every sentence that can be shown once after an act, by its code.
const FLASHES: &[(&str, &str, &str)] = &[
    ("saved", "good", "Saved."),
    ("signed-out", "good", "You are signed out."),
    ("account-deleted", "good", "Your account and what was yours are deleted."),
    ("password-changed", "good", "Your password is changed. Your other sign-ins have ended."),
    ("password-reset", "good", "Your new password holds. Sign in with it."),
    ("sign-in-ended", "good", "That sign-in has ended."),
    ("sign-ins-ended", "good", "All other sign-ins have ended."),
    ("joined", "good", "Welcome to the team."),
    ("left", "good", "You have left the team."),
    ("invited", "good", "The invitation is on its way."),
    ("revoked", "good", "The link works no more."),
    ("removed", "good", "Removed. What they wrote stays."),
    ("planned", "good", "The interview is planned. Everybody has mail."),
    ("rescheduled", "good", "Rescheduled. Everybody has mail."),
    ("cancelled", "good", "Cancelled. Everybody has mail."),
    ("offered", "good", "Your time is on the board."),
    ("taken-back", "good", "It is off. Who had booked it has mail."),
    ("feedback-given", "good", "Your feedback is in. What they read is a draft until you give it to them."),
    ("put-away", "good", "The draft is put away."),
    ("no-show", "good", "Noted who did not come."),
    ("seated", "good", "The panel has changed."),
    ("unseated", "good", "They are off the panel. What they wrote stays."),
    ("submitted", "good", "Your scorecard is in. It can only be amended now, with a reason."),
    ("amended", "good", "Your amendment is kept beside the first version."),
    ("debrief-opened", "good", "The debrief is open."),
    ("decided", "good", "The decision is recorded."),
    ("released", "good", "The candidate can read the report now."),
    ("withdrawn", "good", "The candidate can no longer read the report."),
    ("checklist-gone", "good", "The first steps are put away."),
    ("taken-over", "good", "Taken over into the draft. It is published with the next version."),
    ("compared", "good", "Noted. From now on only what changes there later is shown."),
    ("severity-shared", "good", "Leads see your name at your dot now."),
    ("severity-unshared", "good", "Your dot has no name any more."),
    ("plan-removed", "good", "The plan is deleted. What you practised stays."),
    ("off-list", "good", "It is off your list."),
    ("resume-imported", "good", "Your résumé is now what the file says."),
    ("resume-deleted", "good", "Your résumé is deleted, here and wherever you had sent it."),
    ("resume-sent", "good", "Sent. It stays there until you take it back."),
    ("resume-withdrawn", "good", "Taken back. That team no longer has it."),
    ("resume-on-record", "good", "The résumé is on the record."),
    ("resume-off-record", "good", "The file is off the record."),
    ("claims-taken", "good", "Taken over. Who interviews marks each on their own scorecard."),
    ("scores-in", "good", "Your scores are in and locked. Below is what the experts found."),
    ("scores-in-late", "good", "Your scores are in and locked. The deadline had passed, so they count for you alone."),
    ("score-kept", "good", "Your score is kept. Below is what an interviewer listens for."),
    ("shared", "good", "Shared. They have mail with the link, and you may take it back at any time."),
    ("attempt-removed", "good", "The attempt is deleted."),
    ("recording-removed", "good", "The recording is deleted."),
    ("mock-over", "good", "That was the interview. Score your answers one by one."),
    ("exercise-made", "good", "The exercise is open."),
    ("second-scoring-asked", "good", "The interviews are drawn, and who scores them again finds them here."),
    ("second-scores-in", "good", "Your scores are in and locked. Below is what the panel found."),
    ("discussion-closed", "good", "The discussion is closed."),
    ("scores-given", "good", "Thank you. Your own scores are kept."),
];

#[derive(Debug, Clone, Serialize)]
pub struct Urls {
    pub home: String,
    pub sign_in: &'static str,
    pub sign_out: &'static str,
    pub theme: &'static str,
    pub account: &'static str,
    /// Where a member finds things; none outside of a team.
    pub find: Option<String>,
    /// The page itself, for forms that come back here.
    pub here: String,
}

impl Default for Urls {
    fn default() -> Self {
        Urls {
            home: "/".into(),
            sign_in: "/sign-in",
            sign_out: "/sign-out",
            theme: "/theme",
            account: "/account",
            find: None,
            here: "/".into(),
        }
    }
}

/// All templates, compiled.
#[derive(Clone)]
pub struct Views(Arc<Tera>, Arc<str>);

impl Views {
    /// Reads every template; a broken one stops the start.
    pub fn load(base_url: &Url) -> anyhow::Result<Self> {
        let mut tera = Tera::default();
        tera.register_function("asset", |kwargs: tera::Kwargs, _: &tera::State| -> tera::TeraResult<String> {
            Ok(assets::url(kwargs.must_get::<&str>("path")?))
        });
        tera.register_filter("markdown", text::markdown);
        tera.register_filter("line", text::line);
        tera.add_raw_templates(Templates::all()?)?;
        let base_url = base_url.as_str().trim_end_matches('/');
        tera.global_context().insert("base_url", base_url);
        Ok(Views(Arc::new(tera), base_url.into()))
    }

    pub fn render<T: Template>(&self, status: StatusCode, template: &T, shell: Shell) -> PageResult {
        self.render_any(status, AnyPage::of(template)?, shell, None)
    }

    /// With a part, that block of the page alone; a page that has no such part is given whole.
    pub fn render_any(&self, status: StatusCode, page: AnyPage, mut shell: Shell, part: Option<&str>) -> PageResult {
        shell.title = page.title;
        let (mut context, records) = (page.context, page.records);
        let html = match part.filter(|part| page.parts.contains(part)) {
            Some(part) => {
                context.insert("page", &shell);
                self.0.render_block(page.path, part, &context).map_err(defect)?
            }
            None => self.render_sample(page.path, context, &shell)?,
        };
        let mut answer = HttpResponse::build(status);
        if records {
            answer.insert_header((guard::PERMISSIONS, guard::MICROPHONE));
        }
        Ok(answer.content_type("text/html; charset=utf-8").body(html))
    }

    pub fn render_sample(&self, path: &str, mut context: Context, shell: &Shell) -> Result<String, Error> {
        context.insert("page", shell);
        self.0.render(path, &context).map_err(defect)
    }

    pub fn names(&self) -> Vec<String> {
        self.0.get_template_names().map(str::to_owned).collect()
    }

    /// The variables a template reads.
    pub fn variables(&self, path: &str) -> Vec<String> {
        let known = self.0.get_template_variables(path).map(|names| names.into_iter().map(str::to_owned).collect());
        known.unwrap_or_default()
    }

    /// The page for an error, without asking the database anything.
    pub fn error_page(&self, error: &Error, shell: &Shell) -> String {
        let code = status(error).as_u16();
        let path = format!("errors/{code}.html");
        let path = if self.0.contains_template(&path) { path } else { "errors/page.html".to_owned() };
        let mut context = Context::new();
        context.insert("page", shell);
        context.insert("status", &code);
        context.insert("detail", &error_detail(error));
        self.0.render(&path, &context).unwrap_or_else(|problem| {
            tracing::error!(problem = format!("{problem:?}"), path, "an error page cannot be rendered");
            "Something went wrong on our side.".to_owned()
        })
    }
}

impl Letters for Views {
    fn base_url(&self) -> &str {
        &self.1
    }

    fn write(&self, letter: &Letter) -> Result<Written, Error> {
        let mut context = Context::from_serialize(&letter.context).map_err(defect)?;
        context.insert("to_name", &letter.to_name);
        let part = |name: &str| self.0.render(&format!("mail/{}/{name}", letter.message), &context).map_err(defect);
        Ok(Written { subject: part("subject.txt")?.trim().replace(['\r', '\n'], " "), text: part("body.txt")?, html: part("body.html")? })
    }
}

fn error_detail(error: &Error) -> Option<String> {
    match error {
        Error::Internal(_) | Error::NotFound | Error::Unauthenticated | Error::Busy => None,
        other => Some(other.to_string()),
    }
}

fn defect(error: tera::Error) -> Error {
    Error::Internal(anyhow::anyhow!("a template cannot be rendered: {error:?}"))
}

/// Wraps [`Error`] for pages. The answer is made by `guard`, which knows the request.
#[derive(Debug)]
pub struct PageError(pub Error);

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        PageError(error)
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        status(&self.0)
    }
}

/// 303 to another page.
pub fn see_other(url: impl AsRef<str>) -> PageResult {
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, url.as_ref())).finish())
}

/// 303 to another page, which shows the sentence of this code of [`FLASHES`] once.
pub fn see_other_with(url: impl AsRef<str>, flash: &'static str) -> PageResult {
    debug_assert!(Flash::from_cookie(flash).is_some(), "no such flash: {flash}");
    let cookie =
        actix_web::cookie::Cookie::build("flash", flash).path("/").http_only(true).same_site(actix_web::cookie::SameSite::Lax).finish();
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, url.as_ref())).cookie(cookie).finish())
}

/// A path on this site to go back to; none for what would lead elsewhere.
pub fn local_path(path: &str) -> Option<&str> {
    let elsewhere = path.starts_with("//") || path.contains('\\') || path.chars().any(char::is_control);
    Some(path).filter(|path| path.starts_with('/') && !elsewhere)
}
