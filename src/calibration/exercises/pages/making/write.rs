//! Writes a gold interview: what it is about, and what is said.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::super::model::{GoldId, GoldInput, MakingView, NewGold};
use super::super::super::service;
use super::super::super::transcript::{as_lines, read_lines};
use super::super::parts::{Fields, LinkPart, Typed};
use super::{Ids, crumbs, gold_id, gold_url, golds_url, sample_crumbs};
use crate::accounts::Visitor;
use crate::interviews::{self, Filter, InterviewOfList, Stage};
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::Level;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::paging::Slice;

#[derive(Debug, Serialize)]
pub struct WritePage {
    crumbs: Vec<Crumb>,
    heading: String,
    action: String,
    cancel_url: String,
    form: WriteForm,
    levels: Vec<Choice>,
    rubrics: Vec<Choice>,
    /// Decided interviews that one can be made from.
    interviews: Vec<LinkPart>,
    errors: FormErrors,
}

#[derive(Debug, Clone, Default, Serialize)]
struct WriteForm {
    title: String,
    summary: String,
    level: String,
    minutes: String,
    rubric: String,
    transcript: String,
    version: String,
}

impl WriteForm {
    fn typed(typed: &Typed) -> Self {
        WriteForm {
            title: typed.text("title"),
            summary: typed.text("summary"),
            level: typed.text("level"),
            minutes: typed.text("minutes"),
            rubric: typed.text("rubric_version_id"),
            transcript: typed.text("transcript"),
            version: typed.text("version"),
        }
    }

    fn of(gold: &MakingView) -> Self {
        WriteForm {
            title: gold.title.clone(),
            summary: gold.summary.clone(),
            level: gold.level.to_string(),
            minutes: gold.minutes.to_string(),
            rubric: gold.rubric_version_id.to_string(),
            transcript: as_lines(&gold.transcript),
            version: gold.version.to_string(),
        }
    }

    /// All that is wrong is told at once: with the lines of the transcript, and with the rest.
    fn parse(&self) -> Result<NewGold> {
        let mut errors = FieldErrors::default();
        let transcript = errors.take("transcript", read_lines(&self.transcript.replace("\r\n", "\n"))).unwrap_or_default();
        errors.beside(NewGold::parse(&GoldInput {
            title: self.title.clone(),
            summary: self.summary.clone(),
            level: self.level.parse().ok(),
            minutes: self.minutes.trim().parse().unwrap_or_default(),
            rubric_version_id: self.rubric.parse().ok(),
            transcript,
        }))
    }
}

pub async fn new(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, None, None, FormErrors::default())).await
}

pub async fn create(visitor: Visitor, Form(form): Fields) -> PageResult {
    let form = WriteForm::typed(&Typed(form));
    let sent = form.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let gold = service::create_gold(tx, actor, &sent.parse()?)?;
        Ok(gold_url(actor.team_id()?, gold.id))
    };
    match visitor.write(work).await {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, None, Some(form), errors)).await
        }
    }
}

pub async fn edit(visitor: Visitor, ids: Ids) -> PageResult {
    let id = gold_id(&ids)?;
    visitor.page(move |tx, actor| page(tx, actor, Some(id), None, FormErrors::default())).await
}

pub async fn update(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = gold_id(&ids)?;
    let mut form = WriteForm::typed(&Typed(form));
    let sent = form.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let version = sent.version.parse().unwrap_or_default();
        service::change_gold(tx, actor, id, version, &sent.parse()?)?;
        Ok(gold_url(actor.team_id()?, id))
    };
    let (status, errors) = match visitor.write(work).await {
        Ok(url) => return see_other_with(url, "saved"),
        Err(Error::Stale { current }) => {
            form.version = current.get("version").map(ToString::to_string).unwrap_or_default();
            let title = current.get("title").and_then(serde_json::Value::as_str).unwrap_or_default();
            let text = format!(
                "“{title}” was changed meanwhile. What you typed is still below; open it in another tab to compare, then save again to replace what was saved."
            );
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text))
        }
        Err(error) => FormErrors::shown(error)?,
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, Some(id), Some(form), errors)).await
}

fn page(tx: &mut Tx, actor: &Actor, id: Option<GoldId>, form: Option<WriteForm>, errors: FormErrors) -> Result<WritePage> {
    let team = actor.team_id()?;
    let gold = match id {
        Some(id) => Some(service::show_making(tx, actor, id)?),
        None => None,
    };
    let heading = gold.as_ref().map_or_else(|| "New gold interview".to_owned(), |gold| format!("Change {}", gold.title));
    let own_url = id.map_or_else(|| golds_url(team), |id| gold_url(team, id));
    let rubrics: Vec<Choice> = service::gold_rubrics(tx, actor)?
        .iter()
        .map(|version| Choice { value: version.id.to_string(), label: format!("{}, version {}", version.name, version.number) })
        .collect();
    let first = || WriteForm {
        level: Level::Mid.to_string(),
        minutes: "20".into(),
        rubric: rubrics.first().map(|choice| choice.value.clone()).unwrap_or_default(),
        ..WriteForm::default()
    };
    Ok(WritePage {
        crumbs: crumbs(team, &heading),
        heading,
        action: id.map_or_else(|| own_url.clone(), |_| format!("{own_url}/edit")),
        cancel_url: own_url,
        form: form.or_else(|| gold.as_ref().map(WriteForm::of)).unwrap_or_else(first),
        levels: Level::ALL.iter().map(|level| Choice { value: level.to_string(), label: level.label().into() }).collect(),
        rubrics,
        interviews: if id.is_none() { decided(tx, actor, team)? } else { Vec::new() },
        errors,
    })
}

/// The latest that were decided.
fn decided(tx: &mut Tx, actor: &Actor, team: TeamId) -> Result<Vec<LinkPart>> {
    let found = interviews::list(tx, actor, Filter::Done, &Slice::first())?;
    let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&actor.time_zone()).format("%-d %b %Y").to_string();
    let link = |interview: InterviewOfList| match interview {
        InterviewOfList::Plan(plan) if plan.stage == Stage::Decided => Some(LinkPart {
            label: format!("{}, {}", plan.candidate.name, day(plan.starts_at)),
            url: format!("/teams/{team}/interviews/{}/gold-interview", plan.id),
        }),
        _ => None,
    };
    Ok(found.items.into_iter().filter_map(link).take(10).collect())
}

impl Template for WritePage {
    const PATH: &'static str = "calibration/exercises/write.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let choice = |value: &str| Choice { value: value.into(), label: format!("<{value}>") };
        let page = |new: bool, form: WriteForm, errors: FormErrors| WritePage {
            crumbs: sample_crumbs(),
            heading: "New gold interview".into(),
            action: "/teams/1/gold-interviews".into(),
            cancel_url: "/teams/1/gold-interviews".into(),
            form,
            levels: vec![choice("mid")],
            rubrics: vec![choice("1")],
            interviews: if new {
                vec![LinkPart { label: "Sofia <Marin>".into(), url: "/teams/1/interviews/1/gold-interview".into() }]
            } else {
                Vec::new()
            },
            errors,
        };
        let typed = WriteForm {
            title: "Ours: \"a\" Monday".into(),
            summary: "A <rename>.".into(),
            level: "mid".into(),
            minutes: "18".into(),
            rubric: "1".into(),
            transcript: "0:00 interviewer: Hello.\n".into(),
            version: "3".into(),
        };
        vec![
            page(true, WriteForm::default(), FormErrors::default()),
            page(false, typed.clone(), FormErrors::sample(&["title", "summary", "minutes", "level", "rubric_version_id", "transcript"])),
            page(false, typed, FormErrors::whole("It was changed meanwhile.")),
        ]
    }
}
