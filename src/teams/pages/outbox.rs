//! The mails of the team.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Section, sections};
use crate::accounts::Visitor;
use crate::policy::Actor;
use crate::teams::model::MailView;
use crate::teams::service;
use crate::web::page::{Nav, PageResult, Template};
use crate::web::paging::Paging;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct OutboxPage {
    sections: Vec<Section>,
    /// Without it mails are written and stay here.
    sends_mail: bool,
    mails: Vec<MailRow>,
    older: Option<String>,
}

#[derive(Debug, Serialize)]
struct MailRow {
    subject: String,
    to_name: String,
    to_address: String,
    text: Option<String>,
    written: Moment,
    sent: Option<Moment>,
    of_server: bool,
}

impl Template for OutboxPage {
    const PATH: &'static str = "teams/outbox.html";
    const NAV: Nav = Nav::Admin;

    fn title(&self) -> String {
        "Outbox".into()
    }

    fn samples() -> Vec<Self> {
        let moment = || Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC);
        let mail = |text: Option<&str>, sent: bool| MailRow {
            subject: "Choose a new password".into(),
            to_name: "Ada".into(),
            to_address: "ada@example.org".into(),
            text: text.map(str::to_owned),
            written: moment(),
            sent: sent.then(moment),
            of_server: sent,
        };
        let sample = |sends_mail, mails, older: Option<&str>| OutboxPage {
            sections: vec![Section { label: "Outbox", url: "/".into(), current: true }],
            sends_mail,
            mails,
            older: older.map(str::to_owned),
        };
        vec![
            sample(false, Vec::new(), None),
            sample(true, Vec::new(), None),
            sample(true, vec![mail(Some("Hello"), false), mail(None, true)], Some("?cursor=x")),
        ]
    }
}

pub async fn index(visitor: Visitor, paging: Paging) -> PageResult {
    let sends_mail = visitor.server.sends_mail;
    visitor
        .page(move |tx, actor| {
            let list = service::outbox(tx, actor, &paging.slice()?)?;
            let team = actor.team_id()?;
            Ok(OutboxPage {
                sections: sections(actor, team, "outbox"),
                sends_mail,
                mails: list.items.into_iter().map(|mail| row(mail, actor)).collect(),
                older: list.next_cursor.map(|cursor| format!("/teams/{team}/outbox?cursor={cursor}")),
            })
        })
        .await
}

fn row(mail: MailView, actor: &Actor) -> MailRow {
    let zone = actor.time_zone();
    MailRow {
        subject: mail.subject,
        to_name: mail.to_name,
        to_address: mail.to_address,
        text: mail.text,
        written: Moment::of(mail.created_at, zone),
        sent: mail.sent_at.map(|at| Moment::of(at, zone)),
        of_server: mail.of_server,
    }
}
