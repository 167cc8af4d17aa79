//! A gold interview while it is made: how far it has come, and what it needs next.

use serde::Serialize;

use super::super::super::model::{AgreementView, ExpertsInput, GoldId, MakingStage, MakingView, NewGoldVersion};
use super::super::super::service;
use super::super::feedback::percent;
use super::super::parts::{self, Fields, TurnPart, Typed, about, sample_interview};
use super::{Ids, crumbs, gold_id, gold_url, sample_crumbs, stage_words};
use crate::accounts::Visitor;
use crate::calibration::score_forms::by_area;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::rubrics::{self, RubricVersion};
use crate::web::form::{Form, FormErrors, NoFields};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::times::Moment;
use crate::web::upload::Upload;

#[derive(Debug, Serialize)]
pub struct MakingPage {
    crumbs: Vec<Crumb>,
    heading: String,
    about: String,
    stage: &'static str,
    kind: &'static str,
    urls: MakingUrls,
    /// What the candidate agreed to; none where it was written from scratch.
    consent: Option<ConsentPart>,
    turns: Vec<TurnPart>,
    audio: Option<String>,
    /// It can still be brought.
    brings: bool,
    /// Who was asked and who is in; while they are asked, everybody who can be.
    experts: Vec<ExpertRow>,
    asks: bool,
    experts_text: String,
    agreement: Option<AgreementPart>,
    missing: Vec<String>,
    published: Option<String>,
    unpublished: bool,
    reason: String,
    retired: bool,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct MakingUrls {
    edit: String,
    experts: String,
    consensus: Option<String>,
    versions: Option<String>,
    retirement: String,
    audio: String,
    audio_removal: String,
}

#[derive(Debug, Serialize)]
struct ConsentPart {
    words: String,
    by: Option<String>,
    at: Moment,
}

#[derive(Debug, Serialize)]
struct ExpertRow {
    id: String,
    name: String,
    on: bool,
    submitted: bool,
}

#[derive(Debug, Serialize)]
struct AgreementPart {
    finding: String,
    exact: String,
    within_one: String,
    areas: Vec<AreaRow>,
}

#[derive(Debug, Serialize)]
struct AreaRow {
    name: String,
    range: String,
    contested: bool,
    consensus: Option<u8>,
}

pub async fn show(visitor: Visitor, ids: Ids) -> PageResult {
    let id = gold_id(&ids)?;
    visitor.page(move |tx, actor| page(tx, actor, id, String::new(), FormErrors::default())).await
}

pub async fn ask(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let account_ids = Typed(form).all("account_ids").iter().filter_map(|id| id.parse().ok()).collect();
    let input = ExpertsInput { account_ids };
    act(visitor, ids, String::new(), move |tx, actor, id| service::ask_experts(tx, actor, id, &input).map(drop)).await
}

pub async fn publish(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let reason = Typed(form).text("reason");
    let new = NewGoldVersion { reason: reason.clone() };
    act(visitor, ids, reason, move |tx, actor, id| service::publish_gold(tx, actor, id, &new.parse()?).map(drop)).await
}

pub async fn retire(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let on = Typed(form).text("on") == "true";
    act(visitor, ids, String::new(), move |tx, actor, id| service::retire_gold(tx, actor, id, on).map(drop)).await
}

pub async fn bring_audio(visitor: Visitor, ids: Ids, upload: Upload) -> PageResult {
    act(visitor, ids, String::new(), move |tx, actor, id| service::bring_audio(tx, actor, id, &upload.content).map(drop)).await
}

pub async fn remove_audio(visitor: Visitor, ids: Ids, _: Form<NoFields>) -> PageResult {
    act(visitor, ids, String::new(), service::remove_audio).await
}

/// Does it and comes back, or shows the page again with what is in the way.
async fn act(
    visitor: Visitor,
    ids: Ids,
    reason: String,
    work: impl FnOnce(&mut Tx, &Actor, GoldId) -> Result<()> + Send + 'static,
) -> PageResult {
    let id = gold_id(&ids)?;
    let done = visitor
        .write(move |tx, actor| {
            work(tx, actor, id)?;
            Ok(gold_url(actor.team_id()?, id))
        })
        .await;
    match done {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, id, reason, errors)).await
        }
    }
}

/// What is missing for publishing stands on other pages, so it is told and leads nowhere.
fn here(mut line: crate::web::form::SummaryLine) -> crate::web::form::SummaryLine {
    line.field = line.field.filter(|field| ["account_ids", "reason", "file"].contains(&field.as_str()));
    line
}

fn page(tx: &mut Tx, actor: &Actor, id: GoldId, reason: String, mut errors: FormErrors) -> Result<MakingPage> {
    let gold = service::show_making(tx, actor, id)?;
    let rubric = rubrics::version(tx, gold.rubric_version_id)?;
    by_area(&mut errors, &rubric);
    errors.summary = errors.summary.into_iter().map(here).collect();
    let asks = matches!(gold.stage, MakingStage::Writing | MakingStage::Experts);
    let members = if asks { service::askable(tx, actor)? } else { Vec::new() };
    let asked = |id| gold.experts.iter().find(|expert| expert.account_id == id);
    let row = |id, name: &str| ExpertRow {
        id: format!("{id}"),
        name: name.to_owned(),
        on: asked(id).is_some(),
        submitted: asked(id).is_some_and(|expert| expert.submitted),
    };
    let experts = match asks {
        true => members.iter().map(|member| row(member.account_id, &member.name)).collect(),
        false => gold.experts.iter().map(|expert| row(expert.account_id, &expert.name)).collect(),
    };
    let page = MakingPage { experts, asks, reason, errors, ..MakingPage::of(&gold, &rubric, actor)? };
    Ok(page)
}

impl MakingPage {
    fn of(gold: &MakingView, rubric: &RubricVersion, actor: &Actor) -> Result<Self> {
        let team = actor.team_id()?;
        let url = gold_url(team, gold.id);
        let (stage, kind) = stage_words(gold.stage);
        let in_count = gold.experts.iter().filter(|expert| expert.submitted).count();
        let opens = gold.scores.is_some();
        let ready = opens && gold.missing.is_empty();
        Ok(MakingPage {
            crumbs: crumbs(team, &gold.title),
            heading: gold.title.clone(),
            about: format!("{}, scored by {}, version {}. {}", about(gold.level, gold.minutes), rubric.name, rubric.number, gold.summary),
            stage,
            kind,
            urls: MakingUrls {
                edit: format!("{url}/edit"),
                experts: format!("{url}/experts"),
                consensus: opens.then(|| format!("{url}/consensus")),
                versions: (ready && (gold.newest.is_none() || gold.unpublished_changes)).then(|| format!("{url}/versions")),
                retirement: format!("{url}/retirement"),
                audio: format!("{url}/audio"),
                audio_removal: format!("{url}/audio/removal"),
            },
            consent: gold.consent.as_ref().map(|consent| ConsentPart {
                words: consent.words.clone(),
                by: consent.recorded_by.clone(),
                at: Moment::of(consent.recorded_at, actor.time_zone()),
            }),
            turns: parts::turns(&gold.transcript),
            audio: parts::audio_url(team, gold.id, gold.audio),
            brings: in_count == 0,
            experts: Vec::new(),
            asks: false,
            experts_text: match (gold.experts.len(), in_count) {
                (0, _) => "Ask at least three. Each scores it alone; nobody sees another’s scores before all are in.".into(),
                (asked, done) => format!("{done} of {asked} are in. Nobody sees another’s scores before all are."),
            },
            agreement: gold.agreement.as_ref().map(|agreement| AgreementPart::of(agreement, gold, rubric)),
            missing: missing(gold, rubric),
            published: gold.newest.as_ref().map(|newest| {
                format!("Version {} is published since {}.", newest.number, Moment::of(newest.published_at, actor.time_zone()).text)
            }),
            unpublished: gold.unpublished_changes,
            reason: String::new(),
            retired: gold.retired_at.is_some(),
            errors: FormErrors::default(),
        })
    }
}

/// Each line with the areas that lack it.
fn missing(gold: &MakingView, rubric: &RubricVersion) -> Vec<String> {
    let mut lines = FormErrors::from(gold.missing.clone());
    by_area(&mut lines, rubric);
    lines.summary.into_iter().map(|line| line.text).collect()
}

impl AgreementPart {
    fn of(agreement: &AgreementView, gold: &MakingView, rubric: &RubricVersion) -> Self {
        let contested = agreement.areas.iter().filter(|area| area.contested).count();
        AgreementPart {
            finding: match contested {
                0 => "In every area the experts lay within a point".into(),
                1 => "In one area the experts lay too far apart to score it".into(),
                many => format!("In {many} areas the experts lay too far apart to score them"),
            },
            exact: percent(agreement.exact),
            within_one: percent(agreement.within_one),
            areas: agreement
                .areas
                .iter()
                .map(|area| AreaRow {
                    name: rubric.area(area.area).map(|area| area.name.clone()).unwrap_or_default(),
                    range: if area.lowest == area.highest {
                        area.lowest.to_string()
                    } else {
                        format!("{} to {}", area.lowest, area.highest)
                    },
                    contested: area.contested,
                    consensus: gold.consensus.iter().find(|draft| draft.area == area.area).and_then(|draft| draft.value),
                })
                .collect(),
        }
    }
}

impl Template for MakingPage {
    const PATH: &'static str = "calibration/exercises/making.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let expert = |name: &str, on: bool, submitted: bool| ExpertRow { id: name.into(), name: format!("<{name}>"), on, submitted };
        let page = |stage: MakingStage, open: bool, retired: bool, errors: FormErrors| {
            let (words, kind) = stage_words(stage);
            MakingPage {
                crumbs: sample_crumbs(),
                heading: "Ours: \"a\" Monday".into(),
                about: "Mid level, 18 minutes.".into(),
                stage: words,
                kind,
                urls: MakingUrls {
                    edit: "/teams/1/gold-interviews/1/edit".into(),
                    experts: "/teams/1/gold-interviews/1/experts".into(),
                    consensus: open.then(|| "/teams/1/gold-interviews/1/consensus".into()),
                    versions: (open && !retired).then(|| "/teams/1/gold-interviews/1/versions".into()),
                    retirement: "/teams/1/gold-interviews/1/retirement".into(),
                    audio: "/teams/1/gold-interviews/1/audio".into(),
                    audio_removal: "/teams/1/gold-interviews/1/audio/removal".into(),
                },
                consent: (!open).then(|| ConsentPart {
                    words: "She <agreed>.".into(),
                    by: retired.then(|| "Lena Lead".into()),
                    at: Moment::of(chrono::DateTime::UNIX_EPOCH, chrono_tz::UTC),
                }),
                turns: parts::turns(&sample_interview().transcript),
                audio: if open { parts::sample_audio() } else { None },
                brings: !open || retired,
                experts: vec![expert("Ines", true, true), expert("Ivo", true, false), expert("Olive", false, false)],
                asks: !open,
                experts_text: "1 of 2 are in.".into(),
                agreement: open.then(|| AgreementPart {
                    finding: "In one area the experts lay too far apart to score it".into(),
                    exact: "60%".into(),
                    within_one: "93%".into(),
                    areas: vec![
                        AreaRow { name: "Area <1>".into(), range: "2 to 4".into(), contested: true, consensus: None },
                        AreaRow { name: "Area 2".into(), range: "3".into(), contested: false, consensus: Some(3) },
                    ],
                }),
                missing: if retired { Vec::new() } else { vec!["Area 1: Agree on a score.".into()] },
                published: open.then(|| "Version 1 is published.".into()),
                unpublished: open,
                reason: "First \"words\"".into(),
                retired,
                errors,
            }
        };
        vec![
            page(MakingStage::Writing, false, false, FormErrors::default()),
            page(MakingStage::Experts, false, true, FormErrors::sample(&["account_ids", "file"])),
            page(MakingStage::Published, true, false, FormErrors::sample(&["reason"])),
            page(MakingStage::Published, true, true, FormErrors::default()),
        ]
    }
}
