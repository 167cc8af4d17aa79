//! The board of peer practice, and the form that puts a time on it.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::{Deserialize, Serialize};

use super::model::{Narrowed, NewOffer, OfferId, OfferView, Owed, Reason};
use super::service;
use crate::accounts::Visitor;
use crate::interviews::words::{self, When};
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::Level;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Nav, PageResult, Sample, Template, samples_of, see_other_with};
use crate::web::paging::Paging;
use crate::web::times::{Moment, ZoneGroup, zones};

/// What one half is as long as, unless said otherwise.
const MINUTES: &str = "30";

#[derive(Debug, Default, Serialize)]
pub struct BoardPage {
    here: String,
    new_url: String,
    level: String,
    question_set: String,
    levels: Vec<Choice>,
    sets: Vec<Choice>,
    /// Feedback that one owes.
    owed: Vec<OwedLine>,
    booked: Vec<Line>,
    open: Vec<Line>,
    first_url: Option<String>,
    next_url: Option<String>,
    /// What stands against the last press.
    errors: FormErrors,
}

/// An offer or a booking.
#[derive(Debug, Serialize)]
struct Line {
    title: String,
    meta: String,
    note: String,
    when: When,
    yours: bool,
    /// One practises at that time oneself.
    busy: bool,
    url: String,
    interview_url: Option<String>,
    /// It was to be called off just now, with this reason, and was not.
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct OwedLine {
    name: String,
    at: Moment,
    url: String,
}

#[derive(Debug, Default, Serialize)]
pub struct NewPage {
    action: String,
    board_url: String,
    form: OfferForm,
    errors: FormErrors,
    levels: Vec<Choice>,
    sets: Vec<Choice>,
    zones: &'static [ZoneGroup],
}

/// Names as in JSON.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferForm {
    level: String,
    question_set_version_id: String,
    starts_at: String,
    time_zone: String,
    minutes: String,
    note: String,
}

impl OfferForm {
    fn parse(&self) -> Result<NewOffer> {
        let mut errors = FieldErrors::default();
        let level = errors.take("level", self.level.parse::<Level>());
        let set = errors
            .take("question_set_version_id", self.question_set_version_id.parse().map_err(|_| "Choose one from the list.".to_owned()));
        let minutes = errors.take("minutes", self.minutes.trim().parse().map_err(|_| "Write a whole number of minutes.".to_owned()));
        if self.starts_at.trim().is_empty() {
            errors.add("starts_at", "Choose date and time.");
        }
        errors.check()?;
        match (level, set, minutes) {
            (Some(level), Some(question_set_version_id), Some(minutes)) => Ok(NewOffer {
                level,
                question_set_version_id,
                starts_at: self.starts_at.clone(),
                time_zone: self.time_zone.clone(),
                minutes,
                note: self.note.clone(),
            }),
            _ => Err(Error::Invalid(FieldErrors::default())),
        }
    }
}

pub async fn index(visitor: Visitor, query: Query<Narrowed>, paging: Paging) -> PageResult {
    let query = query.into_inner();
    visitor.page(move |tx, actor| board(tx, actor, query, &paging, FormErrors::default())).await
}

pub async fn new(visitor: Visitor) -> PageResult {
    visitor
        .page(|tx, actor| {
            let form = OfferForm {
                level: Level::Mid.to_string(),
                time_zone: actor.time_zone().name().into(),
                minutes: MINUTES.into(),
                ..OfferForm::default()
            };
            offer_page(tx, actor, form, FormErrors::default())
        })
        .await
}

pub async fn create(visitor: Visitor, Form(form): Form<OfferForm>) -> PageResult {
    let sent = form.clone();
    let made = visitor.write(move |tx, actor| service::offer(tx, actor, &sent.parse()?).and(actor.team_id())).await;
    match made {
        Ok(team) => see_other_with(url(team), "offered"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| offer_page(tx, actor, form, errors)).await
        }
    }
}

pub async fn book(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id(&path)?;
    let booked = visitor.write(move |tx, actor| Ok((service::book(tx, actor, id)?, actor.team_id()?))).await;
    match booked {
        Ok((booking, team)) => see_other_with(format!("/teams/{team}/interviews/{}", booking.interview_id), "planned"),
        Err(error) => again(visitor, error, None).await,
    }
}

pub async fn call_off(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<Reason>) -> PageResult {
    let id = id(&path)?;
    let reason = form.reason.clone();
    let done = visitor.write(move |tx, actor| service::call_off(tx, actor, id, &reason).and(actor.team_id())).await;
    match done {
        Ok(team) => see_other_with(url(team), "taken-back"),
        Err(error) => again(visitor, error, Some((id, form.reason))).await,
    }
}

async fn again(visitor: Visitor, error: Error, typed: Option<(OfferId, String)>) -> PageResult {
    let (status, errors): (StatusCode, _) = FormErrors::shown(error)?;
    visitor
        .page_with(status, move |tx, actor| {
            let mut page = board(tx, actor, Narrowed::default(), &Paging::default(), errors)?;
            if let Some((id, reason)) = typed {
                page.booked
                    .iter_mut()
                    .filter(|line| line.url.ends_with(&id.to_string()))
                    .for_each(|line| line.reason = Some(reason.clone()));
            }
            Ok(page)
        })
        .await
}

fn url(team: TeamId) -> String {
    format!("/teams/{team}/peer-practice")
}

fn id(path: &(String, String)) -> Result<OfferId> {
    path.1.parse().map_err(|_| Error::NotFound)
}

fn board(tx: &mut Tx, actor: &Actor, query: Narrowed, paging: &Paging, errors: FormErrors) -> Result<BoardPage> {
    let (team, slice) = (actor.team_id()?, paging.slice()?);
    let chosen = |value: Option<String>| value.unwrap_or_default();
    let (level, set) = (chosen(query.level.map(|level| level.to_string())), chosen(query.question_set.map(|id| id.to_string())));
    let list = service::offers(tx, actor, query, &slice)?;
    let (booked, open): (Vec<_>, Vec<_>) = list.items.iter().partition(|offer| offer.interview_id.is_some());
    let here = url(team);
    let narrowed = format!("{here}?level={level}&question_set_version_id={set}");
    let line = |offer: &OfferView| line(offer, team, actor);
    let owed = |owed: Owed| OwedLine {
        name: owed.name,
        at: Moment::of(owed.starts_at, actor.time_zone()),
        url: format!("/teams/{team}/interviews/{}/feedback", owed.interview_id),
    };
    Ok(BoardPage {
        owed: service::owed(tx, actor)?.into_iter().map(owed).collect(),
        new_url: format!("{here}/new"),
        levels: levels(),
        sets: sets(tx, actor)?,
        booked: booked.into_iter().map(line).collect(),
        open: open.into_iter().map(line).collect(),
        first_url: slice.after.is_some().then(|| narrowed.clone()),
        next_url: list.next_cursor.map(|cursor| format!("{narrowed}&cursor={cursor}")),
        here,
        level,
        question_set: set,
        errors,
    })
}

fn line(offer: &OfferView, team: TeamId, actor: &Actor) -> Line {
    let me = actor.account_or_none();
    let other = match &offer.taken_by {
        Some(taker) if Some(taker.account_id) != me => &taker.name,
        _ => &offer.by.name,
    };
    Line {
        title: if offer.yours && offer.taken_by.is_none() { "Your offer".into() } else { other.clone() },
        meta: format!("{}, {}, twice {} min", words::level(offer.level), offer.question_set, offer.minutes),
        note: offer.note.clone(),
        when: When::of(offer.starts_at, offer.ends_at, offer.time_zone, actor.time_zone()),
        yours: offer.yours,
        busy: offer.you_are_busy,
        url: format!("{}/{}", url(team), offer.id),
        interview_url: offer.interview_id.map(|id| format!("/teams/{team}/interviews/{id}")),
        reason: None,
    }
}

fn offer_page(tx: &mut Tx, actor: &Actor, form: OfferForm, errors: FormErrors) -> Result<NewPage> {
    let here = url(actor.team_id()?);
    Ok(NewPage { action: here.clone(), board_url: here, form, errors, levels: levels(), sets: sets(tx, actor)?, zones: zones() })
}

fn levels() -> Vec<Choice> {
    Level::ALL.iter().map(|level| Choice { value: level.to_string(), label: words::level(*level).into() }).collect()
}

fn sets(tx: &mut Tx, actor: &Actor) -> Result<Vec<Choice>> {
    Ok(service::sets(tx, actor)?.iter().map(|set| Choice { value: set.id.to_string(), label: set.name.clone() }).collect())
}

/// Every page of this file, for the check of all templates.
pub fn samples() -> Vec<Sample> {
    samples_of::<BoardPage>().into_iter().chain(samples_of::<NewPage>()).collect()
}

impl Template for BoardPage {
    const PATH: &'static str = "peer_practice/board.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        if self.errors.summary.is_empty() { "Peer practice".into() } else { "Error: Peer practice".into() }
    }

    fn samples() -> Vec<Self> {
        let line = |yours, interview: Option<&str>| Line {
            title: "Noa Keller".into(),
            meta: "Mid, Django backend interview, twice 30 min".into(),
            note: if yours { String::new() } else { "Queries that got slow.".into() },
            when: When::of(chrono::DateTime::UNIX_EPOCH, chrono::DateTime::UNIX_EPOCH, chrono_tz::Tz::Asia__Tokyo, chrono_tz::Tz::UTC),
            yours,
            busy: yours,
            url: "/teams/1/peer-practice/1".into(),
            interview_url: interview.map(Into::into),
            reason: interview.map(|_| "Ill.".into()),
        };
        let url = || "/teams/1/peer-practice".to_owned();
        vec![
            BoardPage { here: url(), new_url: url(), ..BoardPage::default() },
            BoardPage {
                here: url(),
                new_url: url(),
                level: "mid".into(),
                question_set: "1".into(),
                levels: levels(),
                sets: vec![Choice { value: "1".into(), label: "Django".into() }],
                owed: vec![OwedLine {
                    name: "Noa <Keller>".into(),
                    at: Moment::of(chrono::DateTime::UNIX_EPOCH, chrono_tz::Tz::UTC),
                    url: "/teams/1/interviews/1/feedback".into(),
                }],
                booked: vec![line(true, Some("/teams/1/interviews/1"))],
                open: vec![line(true, None), line(false, None)],
                first_url: Some(url()),
                next_url: Some(url()),
                errors: FormErrors::sample(&["reason"]),
            },
        ]
    }
}

impl Template for NewPage {
    const PATH: &'static str = "peer_practice/new.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        if self.errors.summary.is_empty() { "Offer a time".into() } else { "Error: Offer a time".into() }
    }

    fn samples() -> Vec<Self> {
        let page = |errors| NewPage {
            action: "/teams/1/peer-practice".into(),
            board_url: "/teams/1/peer-practice".into(),
            form: OfferForm::default(),
            errors,
            levels: levels(),
            sets: vec![Choice { value: "1".into(), label: "Django".into() }],
            zones: zones(),
        };
        vec![
            page(FormErrors::default()),
            page(FormErrors::sample(&["level", "question_set_version_id", "starts_at", "time_zone", "minutes", "note"])),
        ]
    }
}
