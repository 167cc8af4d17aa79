//! One share: for its author the link and what came of it, for its coach the answers to score.

use actix_web::web::Path;
use serde::Serialize;

use super::super::model::{LEAST, ShareGap, ShareId, ShareView, SharedAttempt};
use super::super::service::{self, privately};
use super::parts::{share_crumbs, shares_url};
use super::see::{difference, mean, signed};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::form::{Form, NoFields};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct SharePage {
    crumbs: Vec<Crumb>,
    heading: String,
    yours: bool,
    author: String,
    coach: String,
    /// For the coach to come by; only while it stands.
    link: Option<String>,
    until: Moment,
    taken_back: bool,
    over: bool,
    scored: usize,
    answers: Vec<AnswerRow>,
    /// The coach sees the author's own scores.
    open: bool,
    /// The next answer to score.
    next_url: Option<String>,
    gap: Option<GapPart>,
    withdrawal_url: String,
}

#[derive(Debug, Clone, Serialize)]
struct AnswerRow {
    url: String,
    text: String,
    about: String,
    scored: bool,
    own: Option<u8>,
    coach: Option<u8>,
    gap: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct GapPart {
    finding: String,
    areas: Vec<AreaGapPart>,
}

#[derive(Debug, Clone, Serialize)]
struct AreaGapPart {
    name: String,
    answers: usize,
    /// With their intervals, from three answers on.
    own: Option<String>,
    coach: Option<String>,
    gap: Option<String>,
}

pub async fn share(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path.1)?;
    visitor.page(move |tx, actor| SharePage::of(&service::shared(tx, actor, id)?, actor)).await
}

pub async fn take_back_share(visitor: Visitor, path: Path<(String, String)>, _: Form<NoFields>) -> PageResult {
    let id = id_of(&path.1)?;
    let url = visitor
        .write(privately(move |tx, actor| {
            let url = shares_url(actor.team_id()?);
            service::take_back(tx, actor, id)?;
            Ok(format!("{url}/{id}"))
        }))
        .await?;
    see_other_with(url, "revoked")
}

pub fn id_of(id: &str) -> Result<ShareId> {
    id.parse().map_err(|_| Error::NotFound)
}

impl SharePage {
    fn of(view: &ShareView, actor: &Actor) -> Result<Self> {
        let team = actor.team_id()?;
        let url = format!("{}/{}", shares_url(team), view.id);
        let answers: Vec<AnswerRow> = view.attempts.iter().map(|shared| AnswerRow::of(shared, &url)).collect();
        let scored = answers.iter().filter(|answer| answer.scored).count();
        let heading = if view.yours { format!("Shared with {}", view.coach) } else { format!("{}’s answers", view.author) };
        let standing = view.withdrawn_at.is_none() && view.ends_at > view.now;
        Ok(SharePage {
            crumbs: share_crumbs(team, &heading),
            heading,
            yours: view.yours,
            author: view.author.clone(),
            coach: view.coach.clone(),
            link: view.link.clone().filter(|_| standing),
            until: Moment::of(view.ends_at, actor.time_zone()),
            taken_back: view.withdrawn_at.is_some(),
            over: view.ends_at <= view.now,
            scored,
            next_url: answers.iter().find(|answer| !answer.scored && !view.yours).map(|answer| answer.url.clone()),
            open: !view.yours && scored == answers.len(),
            answers,
            gap: (view.gap.attempts > 0).then(|| GapPart::of(&view.gap, view)),
            withdrawal_url: format!("{url}/withdrawal"),
        })
    }
}

impl AnswerRow {
    fn of(shared: &SharedAttempt, url: &str) -> Self {
        AnswerRow {
            url: format!("{url}/attempts/{}", shared.attempt_id),
            text: shared.title.clone().unwrap_or_else(|| shared.prompt.clone()),
            about: format!("{}, {}", shared.scale.area.name, shared.level.label()),
            scored: shared.coach.is_some(),
            own: shared.own.as_ref().map(|own| own.area_score),
            coach: shared.coach.as_ref().map(|coach| coach.given.area_score),
            gap: shared.gap.map(|gap| signed(f64::from(gap.area_score), 0)),
        }
    }
}

impl GapPart {
    fn of(gap: &ShareGap, view: &ShareView) -> Self {
        let (you, they) = if view.yours { ("You see yourself", "than your coach does") } else { ("They see themselves", "than you do") };
        let finding = match gap.all {
            None => format!("{} of {LEAST} answers so far; from {LEAST} on the difference has an interval", gap.attempts),
            Some(all) => {
                let numbers = format!("on average {} from {} answers", difference(all), gap.attempts);
                match (all.low > 0.0, all.high < 0.0) {
                    (true, _) => format!("{you} higher {they}: {numbers}"),
                    (_, true) => format!("{you} lower {they}: {numbers}"),
                    _ => format!("No clear difference: {numbers}"),
                }
            }
        };
        let area = |area: &super::super::model::ShareAreaGap| AreaGapPart {
            name: area.name.clone(),
            answers: area.attempts,
            own: area.own.map(mean),
            coach: area.coach.map(mean),
            gap: area.gap.map(difference),
        };
        GapPart { finding, areas: gap.areas.iter().map(area).collect() }
    }
}

impl Template for SharePage {
    const PATH: &'static str = "practice/share.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let url = "/teams/1/practice/shares/1";
        let row = |scored: bool, own: bool| AnswerRow {
            url: format!("{url}/attempts/1"),
            text: "Lazy <querysets>".into(),
            about: "Fundamentals, Mid".into(),
            scored,
            own: own.then_some(4),
            coach: scored.then_some(3),
            gap: (scored && own).then(|| "+1".into()),
        };
        let gap = |whole: bool| GapPart {
            finding: "You see yourself <higher>".into(),
            areas: vec![AreaGapPart {
                name: "Fundamentals & \"basics\"".into(),
                answers: if whole { 3 } else { 1 },
                own: whole.then(|| "4.0 (3.3 to 4.7)".into()),
                coach: whole.then(|| "3.3 (2.6 to 4.0)".into()),
                gap: whole.then(|| "+0.7 (+0.0 to +1.4)".into()),
            }],
        };
        let page = |yours: bool, ended: (bool, bool), answers: Vec<AnswerRow>, gap: Option<GapPart>| {
            let scored = answers.iter().filter(|answer| answer.scored).count();
            SharePage {
                crumbs: vec![Crumb { label: "Shared".into(), url: None }],
                heading: "Shared with Noa".into(),
                yours,
                author: "Ravi <Nair>".into(),
                coach: "Noa \"Keller\"".into(),
                link: (yours && !ended.0 && !ended.1).then(|| format!("http://localhost{url}")),
                until: Moment::of(super::samples::at(), chrono_tz::UTC),
                taken_back: ended.0,
                over: ended.1,
                scored,
                next_url: (!yours && scored < answers.len()).then(|| format!("{url}/attempts/1")),
                open: !yours && scored == answers.len(),
                answers,
                gap,
                withdrawal_url: format!("{url}/withdrawal"),
            }
        };
        vec![
            page(true, (false, false), vec![row(true, true), row(false, true)], Some(gap(false))),
            page(true, (true, false), vec![row(true, true)], Some(gap(true))),
            page(true, (false, true), Vec::new(), None),
            page(false, (false, false), vec![row(true, false), row(false, false)], None),
            page(false, (false, false), vec![row(true, true)], Some(gap(true))),
        ]
    }
}
