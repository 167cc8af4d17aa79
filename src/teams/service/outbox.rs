//! The mails of the team, for its owners.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::mail::{self, Mail};
use crate::policy::{Act, Actor, Person, allow};
use crate::teams::model::MailView;
use crate::web::api::List;
use crate::web::paging::Slice;

/// The place in the outbox: newest first.
pub type MailPlace = (DateTime<Utc>, Uuid);

/// The operator sees the server's own mails, too: resets of passwords belong to no team.
pub fn outbox(tx: &mut Tx, actor: &Actor, slice: &Slice<MailPlace>) -> Result<List<MailView>> {
    allow(&actor.standing(), Act::ReadOutbox)?;
    let operator = matches!(actor.person, Person::Account { operator: true, .. });
    let rows = mail::outbox(tx, actor.team_id()?.0, operator, slice.after, slice.rows())?;
    slice.list(rows.into_iter().map(view).collect(), |mail| (mail.created_at, mail.id))
}

fn view(mail: Mail) -> MailView {
    let of_server = mail.team_id.is_none();
    MailView {
        id: mail.id,
        to_name: mail.to_name,
        to_address: mail.to_address,
        subject: mail.subject,
        // What reached its reader lets the operator into nobody's account.
        text: (!of_server || mail.sent_at.is_none()).then_some(mail.body_text),
        created_at: mail.created_at,
        sent_at: mail.sent_at,
        of_server,
    }
}
