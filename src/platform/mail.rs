//! Mail: written as rows in the transaction that causes it, sent afterwards when SMTP is set.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{self, Timestamptz};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::db::{Db, Door, Tx};
use super::error::Result;
use super::stop::Stop;
use super::token::Token;
use crate::schema::mails;

/// How long a server that stops waits for the mail it is sending.
const LAST_MAIL: Duration = Duration::from_secs(5);
/// Between two looks into the outbox.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What to write to whom. The words are in `templates/mail/<message>/`.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The folder below `templates/mail/`.
    pub message: &'static str,
    /// The team whose owners may read it in their outbox; none for what is the operator's alone.
    pub team: Option<Uuid>,
    pub to_name: String,
    pub to_address: String,
    pub context: Value,
    pub calendar: Option<Calendar>,
    /// What of its words lets the reader in. It is forgotten when the mail has arrived.
    pub secret: Option<String>,
}

/// An iCalendar object that goes with the mail.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub ics: String,
    /// `REQUEST` or `CANCEL`.
    pub method: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Turns a letter into words. Implemented over the templates.
pub trait Letters: Send + Sync + 'static {
    fn write(&self, letter: &Letter) -> Result<Written>;

    /// Where this server is reached, without a slash at the end.
    fn base_url(&self) -> &str;
}

impl Letter {
    pub fn new(message: &'static str, to_name: impl Into<String>, to_address: impl Into<String>, context: impl Serialize) -> Result<Self> {
        Ok(Letter {
            message,
            team: None,
            to_name: to_name.into(),
            to_address: to_address.into(),
            context: serde_json::to_value(context)?,
            calendar: None,
            secret: None,
        })
    }

    /// The token in this letter's link.
    pub fn with_secret(mut self, token: &Token) -> Self {
        self.secret = Some(token.as_str().to_owned());
        self
    }

    pub fn of_team(mut self, team: Uuid) -> Self {
        self.team = Some(team);
        self
    }

    pub fn with_calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = Some(calendar);
        self
    }
}

/// A mail as it lies in the outbox.
#[derive(Debug, Clone, Queryable, QueryableByName, Selectable, Serialize)]
#[diesel(table_name = mails)]
pub struct Mail {
    pub id: Uuid,
    pub team_id: Option<Uuid>,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    pub calendar: Option<String>,
    pub calendar_method: Option<String>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

pub(super) fn insert(conn: &mut PgConnection, id: Uuid, letter: &Letter, written: &Written, now: DateTime<Utc>) -> Result<()> {
    diesel::insert_into(mails::table)
        .values((
            mails::id.eq(id),
            mails::team_id.eq(letter.team),
            mails::to_name.eq(&letter.to_name),
            mails::to_address.eq(&letter.to_address),
            mails::subject.eq(&written.subject),
            mails::body_text.eq(&written.text),
            mails::body_html.eq(&written.html),
            mails::calendar.eq(letter.calendar.as_ref().map(|calendar| &calendar.ics)),
            mails::calendar_method.eq(letter.calendar.as_ref().map(|calendar| calendar.method)),
            mails::created_at.eq(now),
            mails::secret.eq(letter.secret.as_deref()),
        ))
        .execute(conn)?;
    tracing::info!(mail = %id, letter = letter.message, "mail written");
    Ok(())
}

/// The mails of a team, newest first, from `after` on; with `operator`, those of no team too. Row security
/// shows these to the operator only, whoever asks.
pub fn outbox(tx: &mut Tx, team: Uuid, operator: bool, after: Option<(DateTime<Utc>, Uuid)>, limit: i64) -> Result<Vec<Mail>> {
    let (all, of_team) = (mails::table.into_boxed(), mails::team_id.eq(team));
    let mut query = if operator { all.filter(of_team.or(mails::team_id.is_null())) } else { all.filter(of_team) };
    if let Some((at, id)) = after {
        query = query.filter(mails::created_at.lt(at).or(mails::created_at.eq(at).and(mails::id.lt(id))));
    }
    Ok(query.order((mails::created_at.desc(), mails::id.desc())).limit(limit).select(Mail::as_select()).load(tx.conn())?)
}

/// Mails of a team that are history and must not go out: those of a demo's past.
pub fn mark_all_sent(tx: &mut Tx, team: Uuid) -> Result<()> {
    diesel::update(mails::table.filter(mails::team_id.eq(team).and(mails::sent_at.is_null())))
        .set(mails::sent_at.eq(mails::created_at.nullable()))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes words that name somebody, a name or an address, out of the mails of a team, whoever they went to. A calendar
/// entry that says them goes whole.
pub fn erase_words(tx: &mut Tx, team: Uuid, words: &str) -> Result<()> {
    // Not as a part of other words. The html says them as templates escape them, and calendars fold their lines.
    const ERASE: &str = r#"
        WITH given AS (
            SELECT $2 AS words,
                replace(replace(replace(replace(replace($2, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') AS html
        ), said AS (
            SELECT '(?<!\w)' || regexp_replace(words, '([^[:alnum:][:space:]])', '\\\1', 'g') || '(?!\w)' AS plain,
                '(?<!\w)' || regexp_replace(html, '([^[:alnum:][:space:]])', '\\\1', 'g') || '(?!\w)' AS escaped
            FROM given
        )
        UPDATE mails SET
            subject = regexp_replace(subject, plain, 'somebody', 'g'),
            body_text = regexp_replace(body_text, plain, 'somebody', 'g'),
            body_html = regexp_replace(body_html, escaped, 'somebody', 'g'),
            calendar = CASE WHEN replace(calendar, E'\r\n ', '') ~ plain THEN NULL ELSE calendar END,
            calendar_method = CASE WHEN replace(calendar, E'\r\n ', '') ~ plain THEN NULL ELSE calendar_method END
        FROM said
        WHERE team_id = $1
          AND (subject ~ plain OR body_text ~ plain OR body_html ~ escaped OR replace(calendar, E'\r\n ', '') ~ plain)"#;
    sql_query(ERASE).bind::<sql_types::Uuid, _>(team).bind::<sql_types::Text, _>(words).execute(tx.conn())?;
    Ok(())
}

/// How many wait to be sent; without SMTP, how many lie in the outbox.
pub fn unsent(tx: &mut Tx) -> Result<i64> {
    Ok(diesel::select(unsent_mails()).get_result(tx.conn())?)
}

/// Greets the mail server of this URL and signs in, and sends nothing.
pub async fn try_server(url: &SecretString) -> anyhow::Result<()> {
    let transport = transport(url, Duration::from_secs(5))?;
    anyhow::ensure!(transport.test_connection().await?, "it does not answer as a mail server does");
    Ok(())
}

/// Sends what has not been sent, until it is told to stop. Without this worker mails stay in the outbox.
pub async fn deliver(db: Db, url: SecretString, from: Mailbox, mut stop: Stop) -> anyhow::Result<()> {
    let transport = transport(&url, Duration::from_secs(20))?;
    let waiting = db.jobs_waiting();
    while !stop.is_told() {
        if let Ok(true) = deliver_next(&db, &transport, &from, &mut stop).await {
            continue;
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = waiting.notified() => {}
            () = stop.told() => {}
        }
    }
    Ok(())
}

fn transport(url: &SecretString, patience: Duration) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    Ok(AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())?.timeout(Some(patience)).build())
}

/// Sends the mail that is due longest; false when none is. Holding its row locked for as long as the
/// sending takes would hold a connection, so it is marked first and unmarked when it could not be sent:
/// at most once beats twice here. What has arrived keeps no secret, and what fails holds no other up.
async fn deliver_next(db: &Db, transport: &AsyncSmtpTransport<Tokio1Executor>, from: &Mailbox, stop: &mut Stop) -> Result<bool> {
    let Some(mail) = db.write(Door::Anybody, take_unsent).await? else { return Ok(false) };
    let id = mail.id;
    let sent = tokio::select! {
        sent = send(transport, from, &mail) => sent,
        () = stop.told_and(LAST_MAIL) => Err(anyhow::anyhow!("the server stops and the mail was not taken")),
    };
    if let Err(error) = &sent {
        tracing::warn!(mail = %id, %error, "a mail could not be sent");
    }
    let arrived = sent.is_ok();
    db.write(Door::Anybody, move |tx| settle(tx, id, arrived)).await?;
    Ok(true)
}

diesel::define_sql_function! { fn unsent_mails() -> sql_types::BigInt; }

/// Takes the mail that is due longest and marks it as sent. No team's and no person's door may.
pub fn take_unsent(tx: &mut Tx) -> Result<Option<Mail>> {
    let now = tx.now;
    diesel::sql_query("SELECT forget_mail_secrets($1)").bind::<Timestamptz, _>(now).execute(tx.conn())?;
    Ok(diesel::sql_query("SELECT * FROM take_unsent_mail($1)").bind::<Timestamptz, _>(now).get_result(tx.conn()).optional()?)
}

/// What became of a mail that was taken.
pub fn settle(tx: &mut Tx, id: Uuid, arrived: bool) -> Result<()> {
    let now = tx.now;
    diesel::sql_query("SELECT settle_mail($1, $2, $3)")
        .bind::<sql_types::Uuid, _>(id)
        .bind::<sql_types::Bool, _>(arrived)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    Ok(())
}

async fn send(transport: &AsyncSmtpTransport<Tokio1Executor>, from: &Mailbox, mail: &Mail) -> anyhow::Result<()> {
    let to = Mailbox::new(Some(mail.to_name.clone()), mail.to_address.parse()?);
    let mut body =
        MultiPart::alternative().singlepart(SinglePart::plain(mail.body_text.clone())).singlepart(SinglePart::html(mail.body_html.clone()));
    if let (Some(ics), Some(method)) = (&mail.calendar, &mail.calendar_method) {
        let kind = ContentType::parse(&format!("text/calendar; charset=utf-8; method={method}"))?;
        body = body.singlepart(SinglePart::builder().header(kind).body(ics.clone()));
    }
    let message = lettre::Message::builder().from(from.clone()).to(to).subject(&mail.subject).multipart(body)?;
    transport.send(message).await?;
    Ok(())
}
