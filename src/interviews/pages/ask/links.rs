//! Links that let the candidate in without an account.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::super::model::{Change, LinkGiven, LinkView, NewCandidateLink};
use super::super::super::service;
use super::super::id_of;
use super::{Head, shown, titled, url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, CandidateLinkId, InterviewId};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct LinksPage {
    head: Head,
    action: String,
    can_make: bool,
    /// The link that was just made. It is shown this once.
    fresh: Option<Fresh>,
    links: Vec<Row>,
    form: LinkForm,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct Fresh {
    url: String,
    until: Moment,
}

#[derive(Debug, Serialize)]
struct Row {
    /// The address it was mailed to; none where it was handed over.
    mailed_to: Option<String>,
    by: String,
    made: Moment,
    until: Moment,
    /// `open`, `revoked`, `over`.
    state: &'static str,
    uses: String,
    last_used: Option<Moment>,
    revoke_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    days: String,
}

impl LinkForm {
    fn parse(&self) -> Result<NewCandidateLink> {
        let days = match self.days.trim() {
            "" => None,
            days => Some(days.parse().map_err(|_| Error::invalid("days", "Give 1 to 365 days."))?),
        };
        Ok(NewCandidateLink { days })
    }
}

pub async fn index(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor.page(move |tx, actor| page(tx, actor, id)).await
}

/// Answers with the page and not with a redirect: the address is known in this request only.
pub async fn create(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<LinkForm>) -> PageResult {
    let id = id_of(&path)?;
    let sent = form.clone();
    match visitor.write(move |tx, actor| service::make_link(tx, actor, id, &sent.parse()?)).await {
        Ok(LinkGiven { url, expires_at, .. }) => {
            visitor
                .page_with(StatusCode::CREATED, move |tx, actor| {
                    let fresh = Fresh { url, until: Moment::of(expires_at, actor.time_zone()) };
                    Ok(LinksPage { fresh: Some(fresh), ..page(tx, actor, id)? })
                })
                .await
        }
        Err(error) => {
            let (status, errors) = shown(error)?;
            visitor.page_with(status, move |tx, actor| Ok(LinksPage { form, errors, ..page(tx, actor, id)? })).await
        }
    }
}

pub async fn revoke(visitor: Visitor, path: Path<(String, String, String)>) -> PageResult {
    let id = id_of(&(path.0.clone(), path.1.clone()))?;
    let link: CandidateLinkId = path.2.parse().map_err(|_| Error::NotFound)?;
    let team = visitor
        .write(move |tx, actor| {
            service::revoke_link(tx, actor, id, link)?;
            actor.team_id()
        })
        .await?;
    see_other_with(format!("{}/candidate-links", url(team, id)), "revoked")
}

fn page(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<LinksPage> {
    let plan = service::show_for(tx, actor, id, Change::Links)?;
    let head = Head::of(&plan, actor, "Links for the candidate")?;
    let action = format!("{}/candidate-links", head.plan_url);
    let links = service::links(tx, actor, id)?;
    Ok(LinksPage {
        can_make: plan.offers.make_links,
        fresh: None,
        links: links.iter().map(|link| row(link, &action, actor, tx.now)).collect(),
        form: LinkForm::default(),
        errors: FormErrors::default(),
        action,
        head,
    })
}

fn row(link: &LinkView, action: &str, actor: &Actor, now: chrono::DateTime<chrono::Utc>) -> Row {
    let moment = |at| Moment::of(at, actor.time_zone());
    Row {
        mailed_to: link.mailed_to.clone(),
        by: link.by.name.clone(),
        made: moment(link.created_at),
        until: moment(link.expires_at),
        state: match link.revoked_at {
            Some(_) => "revoked",
            None if link.works(now) => "open",
            None => "over",
        },
        uses: match link.uses {
            0 => "Not yet".into(),
            1 => "Once".into(),
            more => format!("{more} times"),
        },
        last_used: link.last_used_at.map(moment),
        revoke_url: link.works(now).then(|| format!("{action}/{}/revocation", link.id)),
    }
}

impl Template for LinksPage {
    const PATH: &'static str = "interviews/links.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        titled(format!("Links for {}", self.head.candidate), &self.errors)
    }

    fn samples() -> Vec<Self> {
        let moment = || Moment::of(chrono::DateTime::UNIX_EPOCH, chrono_tz::UTC);
        let row = |state: &'static str| Row {
            mailed_to: (state == "open").then(|| "sofia@example.com".into()),
            by: "Lena".into(),
            made: moment(),
            until: moment(),
            state,
            uses: "Once".into(),
            last_used: (state == "open").then(moment),
            revoke_url: (state == "open").then(|| "/teams/1/interviews/1/candidate-links/2/revocation".into()),
        };
        let sample = |can_make, fresh: bool, links, errors| LinksPage {
            head: Head::sample(),
            action: "/teams/1/interviews/1/candidate-links".into(),
            can_make,
            fresh: fresh.then(|| Fresh { url: "http://localhost/interview-links/x".into(), until: moment() }),
            links,
            form: LinkForm::default(),
            errors,
        };
        vec![
            sample(true, false, Vec::new(), FormErrors::default()),
            sample(true, true, vec![row("open"), row("revoked"), row("over")], FormErrors::default()),
            sample(true, false, vec![row("over")], FormErrors::sample(&["days"])),
            sample(false, false, vec![row("revoked")], FormErrors::default()),
        ]
    }
}
