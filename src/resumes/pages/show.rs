//! One's own résumé: how it looks, where it went, what one may be asked about it.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::model::{
    Advice, MOST_SUGGESTED, OwnResume, ResumeTemplate, Sending, SendingId, Sheet, Suggestion, advice, section, suggestions,
};
use super::super::service;
use super::super::sheets::{Frame, SheetPage, TemplateQuery};
use super::RESUME_URL;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::teams::{self, TeamOfAccount};
use crate::web::download::attachment;
use crate::web::form::Form;
use crate::web::page::{Crumb, Nav, PageError, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct ShowPage {
    crumbs: Vec<Crumb>,
    /// Nothing was written yet.
    empty: bool,
    saved: Option<Moment>,
    templates: Vec<TemplateButton>,
    sheet: Sheet,
    advice: Vec<Remark>,
    suggestions: Vec<Suggestion>,
    teams: Vec<TeamRow>,
}

#[derive(Debug, Serialize)]
struct TemplateButton {
    value: &'static str,
    label: &'static str,
    chosen: bool,
}

#[derive(Debug, Serialize)]
struct Remark {
    section: &'static str,
    text: String,
}

/// A team that has a copy, or may get one.
#[derive(Debug, Serialize)]
struct TeamRow {
    name: String,
    /// None for a team that one has left.
    send_url: Option<String>,
    sent: Option<SentPart>,
}

#[derive(Debug, Serialize)]
struct SentPart {
    at: Moment,
    withdraw_url: String,
    changed_since: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    template: String,
}

pub async fn show(visitor: Visitor) -> PageResult {
    visitor.page(page).await
}

pub async fn choose(visitor: Visitor, Form(form): Form<TemplateForm>) -> PageResult {
    let template: ResumeTemplate = form.template.parse().map_err(Error::Malformed)?;
    visitor.write(move |tx, actor| service::choose_template(tx, actor, template)).await?;
    see_other_with(format!("{RESUME_URL}#sheet"), "saved")
}

pub async fn delete(visitor: Visitor) -> PageResult {
    visitor.write(service::delete).await?;
    see_other_with(RESUME_URL, "resume-deleted")
}

pub async fn send(visitor: Visitor) -> PageResult {
    visitor.write(service::send).await?;
    see_other_with(format!("{RESUME_URL}#teams"), "resume-sent")
}

pub async fn withdraw(visitor: Visitor, id: Path<String>) -> PageResult {
    let id: SendingId = id.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::withdraw(tx, actor, id)).await?;
    see_other_with(format!("{RESUME_URL}#teams"), "resume-withdrawn")
}

pub async fn text(visitor: Visitor, query: Query<TemplateQuery>) -> Result<HttpResponse, PageError> {
    let text = visitor.read(move |tx, actor| {
        let own = service::own(tx, actor)?;
        Ok(Sheet::of(&own.resume, query.or(own.template)).text())
    });
    Ok(attachment("text/plain; charset=utf-8", "resume.txt", text.await?))
}

pub async fn file(visitor: Visitor) -> Result<HttpResponse, PageError> {
    Ok(attachment("application/json", "resume.json", visitor.read(service::export).await?))
}

pub async fn print(visitor: Visitor, query: Query<TemplateQuery>) -> PageResult {
    visitor
        .page(move |tx, actor| {
            let own = service::own(tx, actor)?;
            let frame = Frame {
                name: own.resume.basics.name.clone(),
                back: "Your résumé".into(),
                back_url: RESUME_URL.into(),
                source: String::new(),
                url: format!("{RESUME_URL}/print"),
                text_url: Some(format!("{RESUME_URL}/text")),
            };
            Ok(SheetPage::of(frame, (!own.resume.is_empty()).then(|| (&own.resume, query.or(own.template)))))
        })
        .await
}

fn page(tx: &mut Tx, actor: &Actor) -> Result<ShowPage> {
    let own = service::own(tx, actor)?;
    let sendings = service::sendings(tx, actor)?.items;
    let teams = teams::me(tx, actor)?.teams;
    Ok(ShowPage::of(&own, rows(teams, sendings, actor), actor.time_zone()))
}

/// The shared teams, and those that one has left and that still have a copy.
fn rows(teams: Vec<TeamOfAccount>, sendings: Vec<Sending>, actor: &Actor) -> Vec<TeamRow> {
    let standing: Vec<Sending> = sendings.into_iter().filter(|sending| sending.withdrawn_at.is_none()).collect();
    let part = |sending: &Sending| SentPart {
        at: Moment::of(sending.sent_at, actor.time_zone()),
        withdraw_url: format!("{RESUME_URL}/sendings/{}/withdrawal", sending.id),
        changed_since: sending.changed_since,
    };
    let left: Vec<TeamRow> = standing
        .iter()
        .filter(|sending| !teams.iter().any(|team| team.id == sending.team_id))
        .map(|sending| TeamRow { name: "A team you have left".into(), send_url: None, sent: Some(part(sending)) })
        .collect();
    let shared = teams.into_iter().filter(|team| !team.personal).map(|team| TeamRow {
        send_url: Some(format!("/teams/{}/resume", team.id)),
        sent: standing.iter().find(|sending| sending.team_id == team.id).map(part),
        name: team.name,
    });
    shared.chain(left).collect()
}

impl ShowPage {
    fn of(own: &OwnResume, teams: Vec<TeamRow>, zone: chrono_tz::Tz) -> Self {
        let empty = own.resume.is_empty();
        let remark = |Advice { section: name, text }| Remark { section: section(name).map_or(name, |section| section.label), text };
        ShowPage {
            crumbs: vec![Crumb { label: "Your account".into(), url: Some("/account".into()) }, Crumb { label: "Résumé".into(), url: None }],
            empty,
            saved: own.saved_at.map(|at| Moment::of(at, zone)),
            templates: ResumeTemplate::ALL
                .iter()
                .map(|template| TemplateButton { value: template.as_str(), label: template.label(), chosen: *template == own.template })
                .collect(),
            sheet: Sheet::of(&own.resume, own.template),
            advice: if empty { Vec::new() } else { advice(&own.resume).into_iter().map(remark).collect() },
            suggestions: suggestions(&own.resume, &[], MOST_SUGGESTED),
            teams,
        }
    }
}

impl Template for ShowPage {
    const PATH: &'static str = "resumes/show.html";
    const NAV: Nav = Nav::Account;

    fn title(&self) -> String {
        "Your résumé".into()
    }

    fn samples() -> Vec<Self> {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let sent = |changed_since| SentPart {
            at: Moment::of(at, chrono_tz::UTC),
            withdraw_url: "/account/resume/sendings/1/withdrawal".into(),
            changed_since,
        };
        let row = |name: &str, url: bool, sent| TeamRow { name: name.into(), send_url: url.then(|| "/teams/1/resume".into()), sent };
        let whole = OwnResume {
            resume: super::super::sheets::sample_resume(),
            template: ResumeTemplate::SkillsFirst,
            version: 2,
            saved_at: Some(at),
        };
        let none = OwnResume { resume: Default::default(), template: ResumeTemplate::ByTime, version: 0, saved_at: None };
        let good = serde_json::json!({"basics": {"name": "Ada", "summary": "Builds.", "url": "https://example.org"},
            "projects": [{"name": "Ledger", "highlights": ["Chose one table"]}]});
        let good = OwnResume { resume: serde_json::from_value(good).unwrap_or_default(), ..whole.clone() };
        vec![
            ShowPage::of(
                &whole,
                vec![
                    row("North \"&\"", true, Some(sent(true))),
                    row("South", true, None),
                    row("A team you have left", false, Some(sent(false))),
                ],
                chrono_tz::UTC,
            ),
            ShowPage::of(&good, Vec::new(), chrono_tz::UTC),
            ShowPage::of(&none, vec![row("North", true, None)], chrono_tz::UTC),
        ]
    }
}
