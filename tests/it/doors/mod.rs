//! Walks every route as every kind of visitor, in both modes. What each may is computed from the policy's table;
//! what is sent stands in `bodies.rs`, and a route that is missing there fails.

mod audit;
pub mod bodies;
mod foreign_ids;
mod row_security;
pub mod scene;
pub mod stages;

use std::collections::BTreeMap;

use actix_web::http::Method;
use fivefold::policy::{Act, Mode, Role, Seat, Standing, may};
use fivefold::routes;
use fivefold::web::routing::{Kind, Method as RouteMethod, Route, Who};

use serde_json::Value;

use crate::support::{Client, Response};
use scene::Scene;
use stages::Stage;

/// One kind of visitor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Visitor {
    Anonymous,
    SignedOut,
    Forged,
    Deactivated,
    /// Brings a candidate's link where a sign-in belongs.
    WrongPurpose,
    RevokedGuest,
    /// Owner of another team.
    Outsider,
    Removed,
    Has(Role),
    Sits(Seat),
    Guest,
    /// An owner, in their own team's address with the ids of another team's things.
    Trespasser,
}

/// What the policy says of a visitor at a route.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Expected {
    /// It is done, or shown.
    Passes,
    /// The same, but a link may lead nowhere, or not for everybody.
    Open,
    /// 303, wherever to.
    Redirects,
    /// It is done, and ends at the sign-in page.
    SignedOut,
    /// 401, or on a page 303 to the sign-in.
    MustSignIn,
    NotFound,
    Forbidden,
    /// Forbidden, or not even visible.
    ForbiddenOrNotFound,
}

const STRANGERS: [Visitor; 6] =
    [Visitor::Anonymous, Visitor::SignedOut, Visitor::Forged, Visitor::Deactivated, Visitor::WrongPurpose, Visitor::RevokedGuest];

fn visitors() -> Vec<Visitor> {
    let roles = Role::ALL.iter().map(|role| Visitor::Has(*role));
    let seats = Seat::ALL.iter().map(|seat| Visitor::Sits(*seat));
    let others = [Visitor::Outsider, Visitor::Removed, Visitor::Trespasser];
    STRANGERS.into_iter().chain(others).chain(roles).chain(seats).chain([Visitor::Guest]).collect()
}

#[actix_web::test]
async fn every_visitor_finds_the_doors_open_that_the_policy_opens_in_hiring() {
    walk(Mode::Hiring).await;
}

#[actix_web::test]
async fn every_visitor_finds_the_doors_open_that_the_policy_opens_in_mock() {
    walk(Mode::Mock).await;
}

#[test]
fn every_write_has_a_body_to_be_tried_with() {
    let missing: Vec<String> = walked()
        .filter(|route| route.method != RouteMethod::Get && bodies::of(route).is_none())
        .map(|route| format!("{} {}", method(&route), route.path))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "add a minimal valid body to tests/it/doors/bodies.rs");
}

async fn walk(mode: Mode) {
    let scene = Scene::set(mode).await;
    let (mut routes, mut cells, mut restored, mut wrong, mut writes) = (0, 0, 0, Vec::new(), Vec::new());
    for route in walked() {
        routes += 1;
        let mut writers = Vec::new();
        for visitor in visitors() {
            let Some(expected) = expected(&route, visitor, mode) else { continue };
            cells += 1;
            if matches!(expected, Expected::Passes | Expected::Open | Expected::SignedOut) && route.method != RouteMethod::Get {
                writers.push((visitor, expected));
                continue;
            }
            let answer = knock(&scene, &route, visitor).await;
            wrong.extend(fault(&route, visitor, expected, &answer));
        }
        writes.push((route, writers));
    }
    // Who may write changes the world. Where that got in the way of the next one, they try in the world as it was.
    for (route, writers) in &writes {
        for (visitor, expected) in writers {
            if fits(&knock(&scene, route, *visitor).await, *expected) {
                continue;
            }
            scene.restore();
            restored += 1;
            let answer = knock(&scene, route, *visitor).await;
            wrong.extend(fault(route, *visitor, *expected, &answer));
        }
    }
    eprintln!("doors ({mode}): {routes} routes, {cells} cells, {restored} times restored, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), in_words(&wrong));
}

/// A cell that is not as it should be: who, and what happened.
fn fault(route: &Route, visitor: Visitor, expected: Expected, answer: &Response) -> Option<(Visitor, String)> {
    let (method, path, leads) = (method(route), route.path, answer.location());
    let text = || format!("{method} {path}: {expected:?}, but {} {leads} {}", answer.status, short(answer));
    (!fits(answer, expected)).then(|| (visitor, text()))
}

/// One line for all visitors to whom the same happened.
fn in_words(wrong: &[(Visitor, String)]) -> String {
    let mut by_text: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (visitor, text) in wrong {
        by_text.entry(text).or_default().push(format!("{visitor:?}"));
    }
    by_text.iter().map(|(text, visitors)| format!("{text}\n    {}\n", visitors.join(" "))).collect()
}

/// Every route that somebody may knock at; files are for everybody, and a machine's doors have tests of their own.
pub fn walked() -> impl Iterator<Item = Route> {
    routes::all().into_iter().filter(|route| route.kind != Kind::Asset && route.path != "/metrics")
}

fn expected(route: &Route, visitor: Visitor, mode: Mode) -> Option<Expected> {
    let of_team = route.path.contains("{team_id}");
    if visitor == Visitor::Trespasser {
        // Only where an id of the other team's things can be named.
        return (of_team && route.path.matches('{').count() > 1).then_some(Expected::NotFound);
    }
    let account = !STRANGERS.contains(&visitor) && visitor != Visitor::Guest;
    let standing = match visitor {
        Visitor::Has(role) => Standing { role: Some(role), seat: None, mode },
        Visitor::Sits(seat) => {
            let role = if seat == Seat::Candidate { Role::Candidate } else { Role::Interviewer };
            Standing { role: Some(role), seat: of_interview(route).then_some(seat), mode }
        }
        _ => Standing { role: None, seat: (visitor == Visitor::Guest && of_interview(route)).then_some(Seat::Candidate), mode },
    };
    Some(match route.who {
        // The start and the way out end at the sign-in, rightly.
        Who::Anyone if matches!(route.path, "/" | "/sign-out") => Expected::Redirects,
        Who::Anyone if route.path.contains('{') => Expected::Open,
        Who::Anyone => Expected::Passes,
        // Whose account is deleted is signed out.
        Who::SignedIn if account && route.path == "/account/data/deletion" && route.method != RouteMethod::Get => Expected::SignedOut,
        Who::SignedIn if account => Expected::Passes,
        Who::SignedIn => Expected::MustSignIn,
        Who::May(_) if STRANGERS.contains(&visitor) => Expected::MustSignIn,
        Who::May(_) if matches!(visitor, Visitor::Outsider | Visitor::Removed) => Expected::NotFound,
        // There is a board where people practise with each other.
        Who::May(Act::PractiseWithPeers) if mode == Mode::Hiring && may(&standing, Act::PractiseWithPeers) => Expected::NotFound,
        // Two people swap roles where people practise with each other.
        Who::May(act) if may(&standing, act) && route.path.ends_with("/swap") && mode == Mode::Hiring => Expected::Open,
        // Leads read every debrief, so they score nothing again.
        Who::May(Act::ScoreAgain) if leads(visitor) && route.path.contains("/second-scores/{id}") => Expected::Open,
        Who::May(act) if may(&standing, act) => Expected::Passes,
        // A guest has nothing but the one interview, and a draft is its planners' alone.
        Who::May(_) if visitor == Visitor::Guest || stages::stage_of(route) == Stage::Draft => Expected::ForbiddenOrNotFound,
        // Who has no part in an interview does not see it.
        Who::May(_) if of_interview(route) && standing.seat.is_none() && !leads(visitor) => Expected::NotFound,
        Who::May(_) => Expected::Forbidden,
    })
}

/// Owner and lead see every interview of the team.
fn leads(visitor: Visitor) -> bool {
    matches!(visitor, Visitor::Has(Role::Owner | Role::Lead))
}

/// Whether a seat counts here.
fn of_interview(route: &Route) -> bool {
    route.path.contains("/interviews/{")
}

async fn knock(scene: &Scene, route: &Route, visitor: Visitor) -> Response {
    scene.take_the_lead(visitor, route).await;
    Knock::at(scene, route, visitor).send().await
}

/// A request with everything that is valid in it, to be sent as it is or spoilt first.
pub struct Knock {
    pub client: Client,
    pub method: Method,
    pub url: String,
    pub body: Valid,
}

/// The least that is valid.
#[derive(Clone)]
pub enum Valid {
    Form(Vec<(String, String)>),
    Json(Value),
    File(&'static str, Vec<u8>),
    Nothing,
}

impl Knock {
    pub fn at(scene: &Scene, route: &Route, visitor: Visitor) -> Self {
        scene.knocks(visitor);
        let owned = |pairs: Vec<(&'static str, String)>| pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let body = match bodies::of(route).filter(|_| route.method != RouteMethod::Get) {
            Some(bodies::Body::Form(form)) => Valid::Form(owned(form(scene))),
            Some(bodies::Body::Fields(fields)) => Valid::Form(fields(scene)),
            Some(bodies::Body::Json(json)) => Valid::Json(json(scene)),
            Some(bodies::Body::File(file)) => {
                let (kind, content) = file();
                Valid::File(kind, content)
            }
            Some(bodies::Body::Nothing) | None => Valid::Nothing,
        };
        let client = scene.client(visitor, route).if_match(bodies::version(route)).once();
        Knock { client, method: method(route), url: scene.url(route, visitor), body }
    }

    pub async fn send(&self) -> Response {
        let body = match &self.body {
            Valid::Form(fields) => Some(("application/x-www-form-urlencoded", serde_html_form::to_string(fields).unwrap().into_bytes())),
            Valid::Json(json) => Some(("application/json", serde_json::to_vec(json).unwrap())),
            Valid::File(kind, content) => Some((*kind, content.clone())),
            Valid::Nothing => None,
        };
        self.client.send(self.method.clone(), &self.url, body).await
    }
}

/// Somebody for whom the door is open.
pub fn welcome(route: &Route, mode: Mode) -> Visitor {
    let may = |visitor: &Visitor| matches!(expected(route, *visitor, mode), Some(Expected::Passes | Expected::Open | Expected::SignedOut));
    visitors().into_iter().find(may).unwrap_or(Visitor::Anonymous)
}

fn fits(answer: &Response, expected: Expected) -> bool {
    let to_sign_in = answer.status == 303 && answer.location().starts_with("/sign-in");
    match expected {
        Expected::Open if matches!(answer.status, 404 | 409) => true,
        Expected::Passes | Expected::Open => matches!(answer.status, 200..400) && !to_sign_in,
        Expected::Redirects => answer.status == 303,
        // Whoever is only sent there is to come back: their address says whereto.
        Expected::SignedOut => answer.status == 303 && answer.location() == "/sign-in",
        Expected::MustSignIn => answer.status == 401 || to_sign_in,
        Expected::NotFound => answer.status == 404,
        Expected::Forbidden => answer.status == 403,
        Expected::ForbiddenOrNotFound => matches!(answer.status, 403 | 404),
    }
}

fn short(answer: &Response) -> String {
    let is_json = answer.header("Content-Type").contains("json");
    if is_json { answer.json()["detail"].to_string() } else { String::new() }
}

/// The address of a route with its parameters filled in.
pub fn fill(path: &str, value: impl Fn(&str) -> String) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(name) => value(name.split(':').next().unwrap_or(name)),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

pub fn method(route: &Route) -> Method {
    match route.method {
        RouteMethod::Get => Method::GET,
        RouteMethod::Post => Method::POST,
        RouteMethod::Put => Method::PUT,
        RouteMethod::Patch => Method::PATCH,
        RouteMethod::Delete => Method::DELETE,
    }
}

/// Whether a request for this address would reach the route.
pub fn takes(route: &Route, asked: &Method, url: &str) -> bool {
    let (pattern, parts): (Vec<&str>, Vec<&str>) = (route.path.split('/').collect(), url.split('/').collect());
    let fits =
        pattern.len() == parts.len() && pattern.iter().zip(parts).all(|(pattern, part)| pattern.starts_with('{') || *pattern == part);
    fits && method(route) == *asked
}
