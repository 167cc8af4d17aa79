//! One seat of the panel: another part, other areas, or none.

use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::super::model::{Change, ChangeSeat, PlanView, RemoveSeat};
use super::super::super::service;
use super::super::id_of;
use super::{Head, areas, renamed, seats, shown, ticked, titled, url, version};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Actor, InterviewId, Seat};
use crate::rubrics;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct SeatPage {
    head: Head,
    name: String,
    /// Somebody must lead, so this seat can only be handed over.
    leads: bool,
    action: String,
    removal_action: String,
    panel_url: String,
    seats: Vec<Choice>,
    areas: Vec<Choice>,
    form: SeatForm,
    errors: FormErrors,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeatForm {
    seat: String,
    areas: Vec<String>,
    reason: String,
    /// Why the seat is taken away.
    #[serde(rename = "removal-reason")]
    removal_reason: String,
    version: String,
}

impl SeatForm {
    fn parse(&self) -> Result<ChangeSeat> {
        let seat = self.seat.parse().map_err(|_| Error::invalid("seat", "Choose a seat."))?;
        Ok(ChangeSeat { seat, areas: Some(ticked(&self.areas)?), reason: self.reason.clone() })
    }
}

type OfSeat = Path<(String, String, String)>;

pub async fn edit(visitor: Visitor, path: OfSeat) -> PageResult {
    let ids = ids(&path)?;
    visitor.page(move |tx, actor| page(tx, actor, ids, |_| None, FormErrors::default())).await
}

pub async fn update(visitor: Visitor, path: OfSeat, Form(form): Form<SeatForm>) -> PageResult {
    let (id, account) = ids(&path)?;
    let sent = form.clone();
    let done = visitor.write(move |tx, actor| {
        service::change_seat(tx, actor, id, version(&sent.version)?, account, &sent.parse()?)?;
        actor.team_id()
    });
    match done.await {
        Ok(team) => see_other_with(format!("{}/seats", url(team, id)), "seated"),
        Err(error) => again(visitor, (id, account), form, error).await,
    }
}

pub async fn destroy(visitor: Visitor, path: OfSeat, Form(form): Form<SeatForm>) -> PageResult {
    let (id, account) = ids(&path)?;
    let sent = form.clone();
    let done = visitor.write(move |tx, actor| {
        let remove = RemoveSeat { reason: sent.removal_reason };
        service::remove_seat(tx, actor, id, Some(version(&sent.version)?), (account, &remove))?;
        actor.team_id()
    });
    match done.await {
        Ok(team) => see_other_with(format!("{}/seats", url(team, id)), "unseated"),
        Err(Error::Invalid(wrong)) => {
            let errors = renamed(wrong.into(), "reason", "removal-reason");
            let status = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
            visitor
                .page_with(status, move |tx, actor| {
                    page(tx, actor, (id, account), |now| Some(SeatForm { removal_reason: form.removal_reason, ..now }), errors)
                })
                .await
        }
        Err(error) => again(visitor, (id, account), form, error).await,
    }
}

async fn again(visitor: Visitor, ids: (InterviewId, AccountId), form: SeatForm, error: Error) -> PageResult {
    let stale = matches!(error, Error::Stale { .. });
    let (status, errors) = shown(error)?;
    let typed = move |now: SeatForm| {
        let version = if stale { now.version } else { form.version };
        // The form that takes the seat away sends no seat.
        let seat = if form.seat.is_empty() { (now.seat, now.areas) } else { (form.seat, form.areas) };
        Some(SeatForm { version, seat: seat.0, areas: seat.1, reason: form.reason, removal_reason: form.removal_reason })
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, ids, typed, errors)).await
}

fn page(
    tx: &mut Tx,
    actor: &Actor,
    (id, account): (InterviewId, AccountId),
    typed: impl FnOnce(SeatForm) -> Option<SeatForm>,
    errors: FormErrors,
) -> Result<SeatPage> {
    let plan = service::show_for(tx, actor, id, Change::Seat)?;
    let rubric = rubrics::version(tx, plan.rubric_version.id)?;
    let (seat, as_it_is) = seat_of(&plan, account)?;
    let mut head = Head::of(&plan, actor, &seat.name)?;
    let panel_url = format!("{}/seats", head.plan_url);
    let at = head.crumbs.len() - 1;
    head.crumbs.insert(at, Crumb { label: "Panel".into(), url: Some(panel_url.clone()) });
    Ok(SeatPage {
        name: seat.name.clone(),
        leads: seat.seat == Seat::LeadInterviewer,
        action: format!("{panel_url}/{account}"),
        removal_action: format!("{panel_url}/{account}/removal"),
        seats: seats(),
        areas: areas(&rubric),
        form: typed(as_it_is.clone()).unwrap_or(as_it_is),
        panel_url,
        head,
        errors,
    })
}

fn seat_of(plan: &PlanView, account: AccountId) -> Result<(&super::super::super::model::SeatView, SeatForm)> {
    let seat = plan.seats.iter().find(|seat| seat.account_id == account).ok_or(Error::NotFound)?;
    let form = SeatForm {
        seat: seat.seat.to_string(),
        areas: seat.areas.iter().map(ToString::to_string).collect(),
        version: plan.version.to_string(),
        ..SeatForm::default()
    };
    Ok((seat, form))
}

fn ids(path: &OfSeat) -> Result<(InterviewId, AccountId)> {
    let id = id_of(&(path.0.clone(), path.1.clone()))?;
    Ok((id, path.2.parse().map_err(|_| Error::NotFound)?))
}

impl Template for SeatPage {
    const PATH: &'static str = "interviews/seat.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        titled(format!("Seat of {}", self.name), &self.errors)
    }

    fn samples() -> Vec<Self> {
        let sample = |leads, errors| SeatPage {
            head: Head::sample(),
            name: "Bo Ek".into(),
            leads,
            action: "/teams/1/interviews/1/seats/2".into(),
            removal_action: "/teams/1/interviews/1/seats/2/removal".into(),
            panel_url: "/teams/1/interviews/1/seats".into(),
            seats: seats(),
            areas: vec![super::choice(1, "Fundamentals")],
            form: SeatForm { areas: vec!["1".into()], ..SeatForm::default() },
            errors,
        };
        vec![sample(true, FormErrors::default()), sample(false, FormErrors::sample(&["seat", "areas", "reason", "removal-reason"]))]
    }
}
