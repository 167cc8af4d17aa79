//! One shared answer: the coach's form, and what both found once it is filled in.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::model::{AttemptId, NewCoachScore, ShareId, ShareView, SharedAttempt, SharedScore};
use super::super::service::{self, privately};
use super::parts::{LevelPart, Tick, practice_url, scale_levels, share_crumbs, shares_url, ticks, used};
use super::score::places;
use super::see::signed;
use super::share::id_of;
use super::spoken::length;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{AnyPage, Crumb, Nav, PageResult, Template, see_other_with};

/// The coach's form.
#[derive(Debug, Serialize)]
pub struct CoachPage {
    crumbs: Vec<Crumb>,
    author: String,
    answer: AnswerPart,
    steps: Vec<Tick>,
    /// None where the question has no anchors of its own.
    question_levels: Vec<LevelPart>,
    area: String,
    area_levels: Vec<LevelPart>,
    score: Option<u8>,
    area_score: Option<u8>,
    evidence: String,
    comment: String,
    score_url: String,
    errors: FormErrors,
}

/// What both found.
#[derive(Debug, Serialize)]
pub struct SharedPage {
    crumbs: Vec<Crumb>,
    heading: String,
    yours: bool,
    author: String,
    coach: String,
    answer: AnswerPart,
    area: String,
    own: Option<SidePart>,
    given: Option<SidePart>,
    /// Own less the coach's: on the question, and on the area.
    gaps: (Option<String>, Option<String>),
    evidence: Option<String>,
    comment: Option<String>,
    back_url: String,
}

/// It was taken back while it was being scored: what was written is given back, and nothing of the answer.
#[derive(Debug, Serialize)]
pub struct GonePage {
    crumbs: Vec<Crumb>,
    why: &'static str,
    evidence: String,
    comment: String,
    practice_url: String,
}

#[derive(Debug, Clone, Serialize)]
struct AnswerPart {
    prompt: String,
    /// Empty where it was only said.
    text: String,
    audio: Option<AudioPart>,
    level: &'static str,
    used: String,
    over: bool,
}

/// What was said aloud, where it is heard.
#[derive(Debug, Clone, Serialize)]
struct AudioPart {
    url: String,
    /// As in `4:05`.
    length: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct SidePart {
    score: Option<u8>,
    area_score: u8,
    steps: Vec<Tick>,
}

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CoachForm {
    score: String,
    area_score: String,
    checked: Vec<String>,
    evidence: String,
    comment: String,
}

impl CoachForm {
    fn parse(&self) -> Result<NewCoachScore> {
        let mut errors = FieldErrors::default();
        let level = |text: &str| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| "A score is 1 to 5.".to_owned()),
        };
        let score = errors.take("score", level(&self.score)).flatten();
        let area_score = errors.take("area_score", level(&self.area_score)).flatten();
        let checked = errors.take("checked", places(&self.checked));
        match checked.filter(|_| errors.is_empty()) {
            Some(checked) => {
                Ok(NewCoachScore { score, area_score, checked, evidence: self.evidence.clone(), comment: self.comment.clone() })
            }
            None => Err(Error::Invalid(errors)),
        }
    }
}

type Ids = Path<(String, String, String)>;

pub async fn shared_attempt(visitor: Visitor, ids: Ids) -> PageResult {
    let (share, attempt) = both(&ids)?;
    visitor
        .any_page(StatusCode::OK, None, move |tx, actor| page(tx, actor, (share, attempt), CoachForm::default(), FormErrors::default()))
        .await
}

pub async fn score_shared(visitor: Visitor, ids: Ids, Form(form): Form<CoachForm>) -> PageResult {
    let (share, attempt) = both(&ids)?;
    let sent = form.clone();
    let done = visitor
        .write(privately(move |tx, actor| {
            let url = format!("{}/{share}", shares_url(actor.team_id()?));
            service::score_shared(tx, actor, (share, attempt), &sent.parse()?)?;
            Ok(url)
        }))
        .await;
    match done {
        Ok(url) => see_other_with(url, "saved"),
        Err(Error::Gone(why)) => visitor.page_with(StatusCode::GONE, move |_, actor| GonePage::of(actor, why, form)).await,
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.any_page(status, None, move |tx, actor| page(tx, actor, (share, attempt), form, errors)).await
        }
    }
}

fn both((_, share, attempt): &(String, String, String)) -> Result<(ShareId, AttemptId)> {
    Ok((id_of(share)?, attempt.parse().map_err(|_| Error::NotFound)?))
}

fn page(tx: &mut Tx, actor: &Actor, (share, attempt): (ShareId, AttemptId), form: CoachForm, errors: FormErrors) -> Result<AnyPage> {
    let (share, shared) = service::shared_attempt(tx, actor, share, attempt)?;
    if !share.yours && shared.coach.is_none() {
        return AnyPage::of(&CoachPage::of(&share, shared, actor, form, errors)?);
    }
    AnyPage::of(&SharedPage::of(share, shared, actor)?)
}

impl AnswerPart {
    fn of(shared: &SharedAttempt, share: ShareId, team: TeamId) -> Self {
        let (used, over) = used(shared.answer_seconds, shared.minutes);
        let audio = shared.sound.as_ref().map(|sound| AudioPart {
            url: format!("/api/v1{}/{share}/attempts/{}/audio", shares_url(team), shared.attempt_id),
            length: sound.duration_ms.map(length),
        });
        AnswerPart { prompt: shared.prompt.clone(), text: shared.answer.clone(), audio, level: shared.level.label(), used, over }
    }
}

impl CoachPage {
    fn of(share: &ShareView, shared: SharedAttempt, actor: &Actor, form: CoachForm, errors: FormErrors) -> Result<Self> {
        let team = actor.team_id()?;
        let (question_levels, area_levels) = scale_levels(&shared.scale);
        Ok(CoachPage {
            crumbs: share_crumbs(team, "Score an answer"),
            author: share.author.clone(),
            answer: AnswerPart::of(&shared, share.id, team),
            steps: ticks(&shared.scale.steps, &places(&form.checked).unwrap_or_default()),
            question_levels,
            area: shared.scale.area.name,
            area_levels,
            score: form.score.parse().ok(),
            area_score: form.area_score.parse().ok(),
            evidence: form.evidence,
            comment: form.comment,
            score_url: format!("{}/{}/attempts/{}/score", shares_url(team), share.id, shared.attempt_id),
            errors,
        })
    }
}

impl SharedPage {
    fn of(share: ShareView, shared: SharedAttempt, actor: &Actor) -> Result<Self> {
        let team = actor.team_id()?;
        let heading = shared.title.clone().unwrap_or_else(|| "A shared answer".into());
        let side = |score: &SharedScore| SidePart {
            score: score.score,
            area_score: score.area_score,
            steps: ticks(&shared.scale.steps, &score.checked),
        };
        let gap = |gap: i8| signed(f64::from(gap), 0);
        Ok(SharedPage {
            crumbs: share_crumbs(team, &heading),
            heading,
            yours: share.yours,
            answer: AnswerPart::of(&shared, share.id, team),
            own: shared.own.as_ref().map(side),
            given: shared.coach.as_ref().map(|coach| side(&coach.given)),
            gaps: (shared.gap.and_then(|both| both.score).map(gap), shared.gap.map(|both| gap(both.area_score))),
            evidence: shared.coach.as_ref().and_then(|coach| coach.evidence.clone()),
            comment: shared.coach.and_then(|coach| coach.comment).filter(|comment| !comment.is_empty()),
            area: shared.scale.area.name,
            back_url: format!("{}/{}", shares_url(team), share.id),
            author: share.author,
            coach: share.coach,
        })
    }
}

impl GonePage {
    fn of(actor: &Actor, why: &'static str, form: CoachForm) -> Result<Self> {
        let team = actor.team_id()?;
        let CoachForm { evidence, comment, .. } = form;
        Ok(GonePage { crumbs: share_crumbs(team, "Taken back"), why, evidence, comment, practice_url: practice_url(team) })
    }
}

fn answer_sample() -> AnswerPart {
    AnswerPart {
        prompt: "When does it go to the <database>?".into(),
        text: "When I need rows.\nOr a count.".into(),
        audio: None,
        level: "Mid",
        used: "6:05 of 5 min".into(),
        over: true,
    }
}

/// Said aloud, without a word of text.
fn spoken_sample() -> AnswerPart {
    let audio = AudioPart { url: "/api/v1/teams/1/practice/shares/1/attempts/1/audio".into(), length: Some("1:01".into()) };
    AnswerPart { text: String::new(), audio: Some(audio), over: false, ..answer_sample() }
}

fn crumbs_sample() -> Vec<Crumb> {
    vec![Crumb { label: "Shared".into(), url: Some("/teams/1/practice/shares".into()) }, Crumb { label: "Answer".into(), url: None }]
}

impl Template for CoachPage {
    const PATH: &'static str = "practice/shared_score.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Score an answer".into()
    }

    fn samples() -> Vec<Self> {
        let level = |value: u8| LevelPart { value, title: format!("Level {value}"), text: "Counts the <queries>".into() };
        let page = |whole: bool, errors: FormErrors| CoachPage {
            crumbs: crumbs_sample(),
            author: "Ravi <Nair>".into(),
            answer: if whole { AnswerPart { over: true, ..answer_sample() } } else { spoken_sample() },
            steps: if whole { ticks(&["Assumptions: I said them", "Risks"], &[1]) } else { Vec::new() },
            question_levels: if whole { (1..=5).map(level).collect() } else { Vec::new() },
            area: "Backend \"fundamentals\"".into(),
            area_levels: (1..=5).map(level).collect(),
            score: whole.then_some(3),
            area_score: whole.then_some(2),
            evidence: if whole { "\"When I need rows\"".into() } else { String::new() },
            comment: String::new(),
            score_url: "/teams/1/practice/shares/1/attempts/1/score".into(),
            errors,
        };
        vec![page(false, FormErrors::default()), page(true, FormErrors::sample(&["score", "area_score", "checked", "evidence", "comment"]))]
    }
}

impl Template for SharedPage {
    const PATH: &'static str = "practice/shared.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let side = |whole: bool| SidePart {
            score: whole.then_some(3),
            area_score: 2,
            steps: if whole { ticks(&["Assumptions", "Risks"], &[1]) } else { Vec::new() },
        };
        let page = |yours: bool, own: Option<SidePart>, given: Option<SidePart>, words: Option<&str>| SharedPage {
            crumbs: crumbs_sample(),
            heading: "Lazy <querysets>".into(),
            yours,
            author: "Ravi <Nair>".into(),
            coach: "Noa \"Keller\"".into(),
            answer: answer_sample(),
            area: "Fundamentals".into(),
            gaps: if own.is_some() && given.is_some() { (Some("+1".into()), Some("−1".into())) } else { (None, None) },
            own,
            given,
            evidence: words.map(str::to_owned),
            comment: words.map(str::to_owned),
            back_url: "/teams/1/practice/shares/1".into(),
        };
        vec![
            page(true, Some(side(true)), Some(side(true)), Some("Say <when>.")),
            page(true, Some(side(false)), Some(side(false)), None),
            page(true, Some(side(true)), None, None),
            page(false, None, Some(side(true)), Some("Say <when>.")),
        ]
    }
}

impl Template for GonePage {
    const PATH: &'static str = "practice/shared_gone.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Taken back".into()
    }

    fn samples() -> Vec<Self> {
        let page = |evidence: &str| GonePage {
            crumbs: crumbs_sample(),
            why: "These answers were taken back.",
            evidence: evidence.into(),
            comment: evidence.into(),
            practice_url: "/teams/1/practice".into(),
        };
        vec![page("Says <when>."), page("")]
    }
}
