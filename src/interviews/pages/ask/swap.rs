//! Two people who interview each other: planning the second half.

use actix_web::web::Path;
use serde::Serialize;

use super::super::super::model::{Change, PlanView};
use super::super::super::service;
use super::super::id_of;
use super::{Head, shown, titled, url};
use crate::accounts::Visitor;
use crate::platform::error::Result;
use crate::policy::{Actor, Seat};
use crate::web::form::{Form, FormErrors, NoFields};
use crate::web::page::{Nav, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct SwapPage {
    head: Head,
    action: String,
    /// Who leads the first half, and is the candidate of the second.
    leads: String,
    starts: Moment,
    minutes: i32,
    errors: FormErrors,
}

pub async fn edit(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor.page(move |tx, actor| page(actor, &*service::show_for(tx, actor, id, Change::Swap)?, FormErrors::default())).await
}

pub async fn update(visitor: Visitor, path: Path<(String, String)>, _: Form<NoFields>) -> PageResult {
    let id = id_of(&path)?;
    let done = visitor.write(move |tx, actor| Ok(url(actor.team_id()?, service::swap(tx, actor, id)?.id())));
    match done.await {
        Ok(second) => see_other_with(second, "planned"),
        Err(error) => {
            let (status, errors) = shown(error)?;
            visitor.page_with(status, move |tx, actor| page(actor, &*service::show_for(tx, actor, id, Change::Swap)?, errors)).await
        }
    }
}

fn page(actor: &Actor, plan: &PlanView, errors: FormErrors) -> Result<SwapPage> {
    let head = Head::of(plan, actor, "Swap roles")?;
    let leads = plan.seats.iter().find(|seat| seat.seat == Seat::LeadInterviewer);
    Ok(SwapPage {
        action: format!("{}/swap", head.plan_url),
        head,
        leads: leads.map(|seat| seat.name.clone()).unwrap_or_default(),
        starts: Moment::of(plan.ends_at, actor.time_zone()),
        minutes: plan.minutes,
        errors,
    })
}

impl Template for SwapPage {
    const PATH: &'static str = "interviews/swap.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        titled(format!("Swap roles after the interview with {}", self.head.candidate), &self.errors)
    }

    fn samples() -> Vec<Self> {
        let at = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let sample = |errors| SwapPage {
            head: Head::sample(),
            action: "/teams/1/interviews/1/swap".into(),
            leads: "Jonas Lind".into(),
            starts: Moment::of(at, chrono_tz::UTC),
            minutes: 45,
            errors,
        };
        vec![sample(FormErrors::default()), sample(FormErrors::whole("This set has no other questions."))]
    }
}
