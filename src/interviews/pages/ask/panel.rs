//! The panel: who sits in it, and somebody new.

use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::super::model::{AddSeat, Change, PlanView};
use super::super::super::service;
use super::super::super::words::PersonLine;
use super::super::id_of;
use super::super::show::areas_of;
use super::{Head, areas, choice, seats, shown, ticked, titled, version};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::Actor;
use crate::rubrics;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct PanelPage {
    head: Head,
    action: String,
    /// What is over has seats that stay as they are.
    is_over: bool,
    panel: Vec<Row>,
    people: Vec<Choice>,
    seats: Vec<Choice>,
    areas: Vec<Choice>,
    form: SeatForm,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct Row {
    person: PersonLine,
    url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeatForm {
    account_id: String,
    seat: String,
    areas: Vec<String>,
    reason: String,
    version: String,
}

impl SeatForm {
    fn parse(&self) -> Result<AddSeat> {
        let mut errors = FieldErrors::default();
        let account = errors.take("account_id", self.account_id.parse().map_err(|_| "Choose a person.".to_owned()));
        let seat = errors.take("seat", self.seat.parse().map_err(|_| "Choose a seat.".to_owned()));
        match (account, seat) {
            (Some(account_id), Some(seat)) => Ok(AddSeat { account_id, seat, areas: ticked(&self.areas)?, reason: self.reason.clone() }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

pub async fn index(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| {
            let plan = service::show_for(tx, actor, id, Change::Panel)?;
            let form = SeatForm { seat: "interviewer".into(), version: plan.version.to_string(), ..SeatForm::default() };
            page(tx, actor, &plan, form, FormErrors::default())
        })
        .await
}

pub async fn create(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<SeatForm>) -> PageResult {
    let id = id_of(&path)?;
    let sent = form.clone();
    let done = visitor.write(move |tx, actor| {
        service::add_seat(tx, actor, id, Some(version(&sent.version)?), &sent.parse()?)?;
        actor.team_id()
    });
    match done.await {
        Ok(team) => see_other_with(format!("{}/seats", super::url(team, id)), "seated"),
        Err(error) => {
            let stale = matches!(error, Error::Stale { .. });
            let (status, errors) = shown(error)?;
            visitor
                .page_with(status, move |tx, actor| {
                    let plan = service::show_for(tx, actor, id, Change::Panel)?;
                    let version = if stale { plan.version.to_string() } else { form.version };
                    page(tx, actor, &plan, SeatForm { version, ..form }, errors)
                })
                .await
        }
    }
}

fn page(tx: &mut Tx, actor: &Actor, plan: &PlanView, form: SeatForm, errors: FormErrors) -> Result<PanelPage> {
    let head = Head::of(plan, actor, "Panel")?;
    let rubric = rubrics::version(tx, plan.rubric_version.id)?;
    let people = service::seatable(tx, actor, plan.id)?;
    let row = |seat: &super::super::super::model::SeatView| Row {
        person: PersonLine::seated(seat, areas_of(&seat.areas, &rubric), actor.account_or_none() == Some(seat.account_id)),
        url: plan.offers.change_seats.then(|| format!("{}/seats/{}", head.plan_url, seat.account_id)),
    };
    Ok(PanelPage {
        action: format!("{}/seats", head.plan_url),
        is_over: !plan.offers.change_seats,
        panel: plan.seats.iter().map(row).collect(),
        people: people.into_iter().map(|member| choice(member.account_id, format!("{}, {}", member.name, member.role))).collect(),
        seats: seats(),
        areas: areas(&rubric),
        head,
        form,
        errors,
    })
}

impl Template for PanelPage {
    const PATH: &'static str = "interviews/panel.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        titled(format!("Panel of the interview with {}", self.head.candidate), &self.errors)
    }

    fn samples() -> Vec<Self> {
        let row = |url: Option<&str>| Row {
            person: PersonLine {
                you: url.is_some(),
                chip: Some("Shadow".into()),
                meta: url.map(|_| "Looks after all".into()),
                ..PersonLine::named("Bo Ek")
            },
            url: url.map(str::to_owned),
        };
        let sample = |is_over, people, errors| PanelPage {
            head: Head::sample(),
            action: "/teams/1/interviews/1/seats".into(),
            is_over,
            panel: vec![row(Some("/teams/1/interviews/1/seats/2")), row(None)],
            people,
            seats: seats(),
            areas: vec![choice(1, "Fundamentals")],
            form: SeatForm { areas: vec!["1".into()], ..SeatForm::default() },
            errors,
        };
        let people = || vec![choice(1, "Bo Ek, interviewer")];
        let errors = FormErrors::sample(&["account_id", "seat", "areas", "reason"]);
        vec![
            sample(false, people(), FormErrors::default()),
            sample(true, people(), errors),
            sample(false, Vec::new(), FormErrors::default()),
        ]
    }
}
