//! The list of interviews.

use actix_web::web::Query;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::model::{CandidateState, Filter, InterviewOfList, InvitationView, PlanOfList, Stage};
use super::super::service;
use super::super::words::{self, PersonLine, When};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::{Actor, TeamId};
use crate::web::page::{Nav, PageResult, Template};
use crate::web::paging::Paging;

#[derive(Debug, Serialize)]
pub struct IndexPage {
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    /// What this part of the list would hold, for when it holds nothing.
    nothing: &'static str,
    plan_url: Option<String>,
    /// The board of peer practice, where there is one.
    peers_url: Option<String>,
    first_url: Option<String>,
    next_url: Option<String>,
    next_label: &'static str,
}

#[derive(Debug, Serialize)]
struct Tab {
    label: &'static str,
    url: String,
    current: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    url: String,
    title: String,
    meta: String,
    stage: &'static str,
    /// Words in place of the stage's own.
    stage_label: Option<&'static str>,
    when: When,
    minutes: String,
    people: Vec<PersonLine>,
    your_seat: Option<&'static str>,
}

/// What the address may say of the list.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    state: Option<String>,
}

pub async fn index(visitor: Visitor, query: Query<ListQuery>, paging: Paging) -> PageResult {
    let filter = query.state.as_deref().map_or(Ok(Filter::Upcoming), |state| state.parse().map_err(Error::Malformed))?;
    let slice = paging.slice()?;
    visitor
        .page(move |tx, actor| {
            let page = service::list(tx, actor, filter, &slice)?;
            let team = actor.team_id()?;
            let list = format!("/teams/{team}/interviews?state={filter}");
            let row = |item: &InterviewOfList| match item {
                InterviewOfList::Plan(plan) => plan_row(plan, team, actor, tx.now),
                InterviewOfList::Invitation(invitation) => invitation_row(invitation, team, actor),
            };
            Ok(IndexPage {
                tabs: tabs(team, filter, actor),
                rows: page.items.iter().map(row).collect(),
                nothing: nothing(filter),
                plan_url: service::plans(actor).then(|| format!("/teams/{team}/interviews/new")),
                peers_url: actor.team()?.has_peers().then(|| format!("/teams/{team}/peer-practice")),
                first_url: slice.after.is_some().then(|| list.clone()),
                next_url: page.next_cursor.map(|cursor| format!("{list}&cursor={cursor}")),
                next_label: if filter == Filter::Upcoming { "Later" } else { "Older" },
            })
        })
        .await
}

/// What a candidate's interviews wait for is not theirs to read, so for them there are two parts.
fn tabs(team: TeamId, current: Filter, actor: &Actor) -> Vec<Tab> {
    let all = [
        (Filter::Upcoming, "Upcoming"),
        (Filter::Scoring, "Waiting for scorecards"),
        (Filter::Debrief, "Debrief"),
        (Filter::Done, "Done"),
        (Filter::All, "All"),
    ];
    let panel = service::sits_in_panels(actor);
    all.into_iter()
        .filter(|(filter, _)| panel || !matches!(filter, Filter::Scoring | Filter::Debrief))
        .map(|(filter, label)| Tab { label, url: format!("/teams/{team}/interviews?state={filter}"), current: filter == current })
        .collect()
}

fn nothing(filter: Filter) -> &'static str {
    match filter {
        Filter::Upcoming => "No interview is planned",
        Filter::Scoring => "No interview waits for scorecards",
        Filter::Debrief => "No debrief is open",
        Filter::Done => "No interview is done yet",
        Filter::All => "No interviews yet",
    }
}

fn plan_row(plan: &PlanOfList, team: TeamId, actor: &Actor, now: DateTime<Utc>) -> Row {
    let late = plan.stage == Stage::Scheduled && plan.ends_at < now;
    Row {
        url: format!("/teams/{team}/interviews/{}", plan.id),
        title: plan.candidate.name.clone(),
        meta: format!("{}, {}", words::level(plan.level), words::mode(plan.mode).to_lowercase()),
        stage: plan.stage.as_str(),
        stage_label: late.then_some("Not started"),
        when: When::of(plan.starts_at, plan.ends_at, plan.time_zone, actor.time_zone()),
        minutes: words::minutes(plan.minutes, plan.extra_minutes),
        people: plan
            .seats
            .iter()
            .map(|seat| PersonLine { you: actor.account_or_none() == Some(seat.account_id), ..PersonLine::named(&seat.name) })
            .collect(),
        your_seat: plan.your_seat.map(words::seat),
    }
}

fn invitation_row(invitation: &InvitationView, team: TeamId, actor: &Actor) -> Row {
    Row {
        url: format!("/teams/{team}/interviews/{}", invitation.id),
        title: format!("Your interview with {}", invitation.team),
        meta: String::new(),
        stage: stage_word(invitation.state),
        stage_label: (invitation.state == CandidateState::Over).then_some("Over"),
        when: When::of(invitation.starts_at, invitation.ends_at, invitation.time_zone, actor.time_zone()),
        minutes: words::minutes(invitation.minutes, 0),
        people: invitation.people.iter().map(|name| PersonLine::named(name)).collect(),
        your_seat: None,
    }
}

/// The stage whose colours a candidate's state is shown in.
pub fn stage_word(state: CandidateState) -> &'static str {
    match state {
        CandidateState::Over => "decided",
        other => other.as_str(),
    }
}

impl Template for IndexPage {
    const PATH: &'static str = "interviews/index.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        "Interviews".into()
    }

    fn samples() -> Vec<Self> {
        let at: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let tab = |label, current| Tab { label, url: "/teams/1/interviews/1".into(), current };
        let row = |stage, stage_label, your_seat| Row {
            url: "/teams/1/interviews/1".into(),
            title: "Sofia Marin".into(),
            meta: "Mid, hiring".into(),
            stage,
            stage_label,
            when: When::of(at, at, chrono_tz::Asia::Kolkata, chrono_tz::UTC),
            minutes: words::minutes(45, 15),
            people: vec![PersonLine::named("Adaeze Okafor"), PersonLine { you: true, ..PersonLine::named("Jonas Lind") }],
            your_seat,
        };
        let empty = IndexPage {
            tabs: vec![tab("Upcoming", true)],
            rows: Vec::new(),
            nothing: nothing(Filter::Upcoming),
            plan_url: Some("/teams/1/interviews/1".into()),
            peers_url: Some("/teams/1/peer-practice".into()),
            first_url: None,
            next_url: None,
            next_label: "Later",
        };
        let full = IndexPage {
            tabs: vec![tab("Upcoming", false), tab("Done", true)],
            rows: vec![row("scheduled", Some("Not started"), Some("Observer")), row("live", None, None)],
            nothing: nothing(Filter::Done),
            plan_url: None,
            peers_url: None,
            first_url: Some("/teams/1/interviews/1".into()),
            next_url: Some("/teams/1/interviews/1".into()),
            next_label: "Older",
        };
        vec![empty, full]
    }
}
