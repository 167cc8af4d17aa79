//! What is shared, and the form that shares attempts with somebody.

use actix_web::web::Query;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::model::{AttemptId, NewShare, ShareOfList, ShareState};
use super::super::service::{self, privately};
use super::parts::{AttemptRow, crumbs, practice_url, share_crumbs, shares_url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{AccountId, Actor};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct SharesPage {
    crumbs: Vec<Crumb>,
    new_url: String,
    given: Vec<ShareLine>,
    received: Vec<ShareLine>,
}

#[derive(Debug, Clone, Serialize)]
struct ShareLine {
    /// None when there is nothing to open any more.
    url: Option<String>,
    with: String,
    /// As in `2 of 3 scored`.
    scored: String,
    state: &'static str,
    kind: &'static str,
    until: Moment,
}

#[derive(Debug, Serialize)]
pub struct NewSharePage {
    crumbs: Vec<Crumb>,
    action: String,
    practice_url: String,
    /// Who is in nobody's list is named by their address alone.
    members: Vec<Choice>,
    personal: bool,
    attempts: Vec<ChoiceRow>,
    coach_id: String,
    coach_email: String,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct ChoiceRow {
    id: String,
    text: String,
    about: String,
    at: Moment,
    on: bool,
}

/// Names as in JSON.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ShareForm {
    attempt_ids: Vec<String>,
    coach_id: String,
    coach_email: String,
}

/// `?attempt=`: what is ticked already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TickedQuery {
    attempt: String,
}

impl ShareForm {
    fn parse(&self) -> Result<NewShare> {
        let mut errors = FieldErrors::default();
        let nothing = |_| "Choose one from the list.".to_owned();
        let ids: Result<Vec<AttemptId>, _> = self.attempt_ids.iter().map(|id| id.parse().map_err(nothing)).collect();
        let attempts = errors.take("attempt_ids", ids);
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let coach = given(&self.coach_id).map(|id| errors.take("coach_id", id.parse::<AccountId>().map_err(nothing)));
        match attempts.filter(|_| errors.is_empty()) {
            Some(attempt_ids) => Ok(NewShare { attempt_ids, coach_id: coach.flatten(), coach_email: given(&self.coach_email) }),
            None => Err(Error::Invalid(errors)),
        }
    }
}

pub async fn shares(visitor: Visitor) -> PageResult {
    visitor
        .page(|tx, actor| {
            let (team, now, shares) = (actor.team_id()?, tx.now, service::shares(tx, actor)?);
            let lines = |shares: &[ShareOfList], yours| shares.iter().map(|share| ShareLine::of(share, yours, now, actor)).collect();
            Ok(SharesPage {
                crumbs: crumbs(team, "Shared"),
                new_url: format!("{}/new", shares_url(team)),
                given: lines(&shares.given, true),
                received: lines(&shares.received, false),
            })
        })
        .await
}

pub async fn new_share(visitor: Visitor, query: Query<TickedQuery>) -> PageResult {
    let form = ShareForm { attempt_ids: vec![query.into_inner().attempt], ..ShareForm::default() };
    visitor.page(move |tx, actor| NewSharePage::of(tx, actor, form, FormErrors::default())).await
}

pub async fn create_share(visitor: Visitor, Form(form): Form<ShareForm>) -> PageResult {
    let sent = form.clone();
    let done = visitor
        .write(privately(move |tx, actor| {
            let url = shares_url(actor.team_id()?);
            Ok(format!("{url}/{}", service::share(tx, actor, &sent.parse()?)?.id))
        }))
        .await;
    match done {
        Ok(url) => see_other_with(url, "shared"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| NewSharePage::of(tx, actor, form, errors)).await
        }
    }
}

impl ShareLine {
    fn of(share: &ShareOfList, yours: bool, now: DateTime<Utc>, actor: &Actor) -> Self {
        let state = ShareState::of(share, now);
        let (words, kind) = match (state, yours) {
            (ShareState::Open, true) => ("Waits for scores", "accent"),
            (ShareState::Open, false) => ("To score", "accent"),
            (ShareState::Scored, _) => ("Scored", "good"),
            (ShareState::TakenBack, _) => ("Taken back", ""),
            (ShareState::Ended, _) => ("Over", ""),
        };
        let opens = yours || matches!(state, ShareState::Open | ShareState::Scored);
        ShareLine {
            url: share.team_id.filter(|_| opens).map(|team| format!("{}/{}", shares_url(team), share.id)),
            with: share.with.clone(),
            scored: format!("{} of {} scored", share.scored, share.attempts),
            state: words,
            kind,
            until: Moment::of(share.ends_at, actor.time_zone()),
        }
    }
}

impl NewSharePage {
    fn of(tx: &mut Tx, actor: &Actor, form: ShareForm, errors: FormErrors) -> Result<Self> {
        let team = actor.team_id()?;
        let areas = service::area_names(tx, actor)?;
        let row = |attempt: &super::super::model::AttemptOfList| {
            let row = AttemptRow::of(attempt, &areas, actor);
            let id = attempt.id.to_string();
            ChoiceRow { on: form.attempt_ids.contains(&id), id, text: row.text, about: format!("{}, {}", row.area, row.level), at: row.at }
        };
        let coaches = service::coaches(tx, actor)?;
        Ok(NewSharePage {
            crumbs: share_crumbs(team, "Share answers"),
            action: shares_url(team),
            practice_url: practice_url(team),
            errors: if coaches.is_empty() { at_the_address(errors) } else { errors },
            members: coaches.into_iter().map(|(account, name)| Choice { value: account.to_string(), label: name }).collect(),
            personal: actor.team()?.personal,
            attempts: service::shareable(tx, actor)?.iter().map(row).collect(),
            coach_id: form.coach_id.clone(),
            coach_email: form.coach_email.clone(),
        })
    }
}

/// Where there is no list to choose from, what is wrong with the person stands at their address.
fn at_the_address(mut errors: FormErrors) -> FormErrors {
    for line in errors.summary.iter_mut().filter(|line| line.field.as_deref() == Some("coach_id")) {
        line.field = Some("coach_email".into());
    }
    if let Some(text) = errors.fields.remove("coach_id") {
        errors.fields.insert("coach_email".into(), text);
    }
    errors
}

impl Template for SharesPage {
    const PATH: &'static str = "practice/shares.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Shared answers".into()
    }

    fn samples() -> Vec<Self> {
        let line = |url: Option<&str>| ShareLine {
            url: url.map(str::to_owned),
            with: "Noa <Keller>".into(),
            scored: "1 of 3 scored".into(),
            state: "To score",
            kind: if url.is_some() { "accent" } else { "" },
            until: Moment::of(super::samples::at(), chrono_tz::UTC),
        };
        let page = |lines: Vec<ShareLine>| SharesPage {
            crumbs: vec![Crumb { label: "Shared".into(), url: None }],
            new_url: "/teams/1/practice/shares/new".into(),
            given: lines.clone(),
            received: lines,
        };
        vec![page(Vec::new()), page(vec![line(Some("/teams/1/practice/shares/1")), line(None)])]
    }
}

impl Template for NewSharePage {
    const PATH: &'static str = "practice/share_new.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Share answers".into()
    }

    fn samples() -> Vec<Self> {
        let row = |on| ChoiceRow {
            id: if on { "1".into() } else { "2".into() },
            text: "Lazy <querysets>".into(),
            about: "Fundamentals, Mid".into(),
            at: Moment::of(super::samples::at(), chrono_tz::UTC),
            on,
        };
        let page = |attempts: Vec<ChoiceRow>, members: Vec<Choice>, personal, errors| NewSharePage {
            crumbs: vec![Crumb { label: "Share answers".into(), url: None }],
            action: "/teams/1/practice/shares".into(),
            practice_url: "/teams/1/practice".into(),
            members,
            personal,
            attempts,
            coach_id: "1".into(),
            coach_email: "noa@example.com".into(),
            errors,
        };
        let noa = || vec![Choice { value: "1".into(), label: "Noa <Keller>".into() }];
        vec![
            page(Vec::new(), Vec::new(), false, FormErrors::default()),
            page(vec![row(true), row(false)], noa(), false, FormErrors::sample(&["attempt_ids", "coach_id"])),
            page(vec![row(true)], Vec::new(), true, at_the_address(FormErrors::sample(&["coach_id"]))),
            page(vec![row(true)], Vec::new(), false, FormErrors::whole("They have it already.")),
        ]
    }
}
