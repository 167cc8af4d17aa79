//! Who is told what: letters with the calendar's entry to the panel and to the candidate, each in their
//! own zone. The candidate reads names and never seats.

use serde::Serialize;

use super::super::calendar::{self, Entry, Method, Party};
use super::super::model::{Brief, Stage};
use super::super::store::{self, Recipient};
use super::super::words::{self, When};
use super::link;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::mail::{Calendar, Letter};
use crate::policy::{AccountId, Mode, TeamId};

/// What has happened, or is about to.
#[derive(Debug, Clone)]
pub enum News {
    Planned,
    /// One of the panel has another seat now.
    Reseated,
    Rescheduled {
        before: Box<Brief>,
        reason: String,
    },
    Cancelled {
        reason: String,
    },
    Reminder,
}

impl News {
    fn to_panel(&self) -> &'static str {
        match self {
            News::Planned => "interview-planned",
            News::Reseated => "interview-reseated",
            News::Rescheduled { .. } => "interview-rescheduled",
            News::Cancelled { .. } => "interview-cancelled",
            News::Reminder => "interview-reminder",
        }
    }

    fn to_candidate(&self) -> &'static str {
        match self {
            News::Planned | News::Reseated => "interview-invitation",
            News::Rescheduled { .. } => "interview-invitation-moved",
            News::Cancelled { .. } => "interview-invitation-cancelled",
            News::Reminder => "interview-invitation-reminder",
        }
    }

    /// A reminder changes nothing, so it brings no calendar's entry.
    fn method(&self) -> Option<Method> {
        match self {
            News::Planned | News::Reseated | News::Rescheduled { .. } => Some(Method::Request),
            News::Cancelled { .. } => Some(Method::Cancel),
            News::Reminder => None,
        }
    }

    fn before(&self) -> Option<&Brief> {
        match self {
            News::Rescheduled { before, .. } => Some(before),
            _ => None,
        }
    }

    fn reason(&self) -> &str {
        match self {
            News::Rescheduled { reason, .. } | News::Cancelled { reason } => reason,
            _ => "",
        }
    }
}

/// Tells the whole panel and the candidate.
pub fn tell(tx: &mut Tx, team: TeamId, brief: &Brief, news: &News) -> Result<()> {
    let panel = store::recipients(tx, team, brief.id)?;
    let (team_name, half) = (store::team_name(tx, team)?, half(tx, team, brief, &panel)?);
    let told = Told { team: &team_name, panel: &panel, half };
    for recipient in &panel {
        tell_seat(tx, team, brief, news, &told, recipient)?;
    }
    tell_candidate(tx, team, brief, news, &told)
}

/// Which half it is, where two people interview each other in a mock and nobody else sits there.
fn half(tx: &mut Tx, team: TeamId, brief: &Brief, panel: &[Recipient]) -> Result<Option<&'static str>> {
    if brief.mode != Mode::Mock || panel.len() != 1 {
        return Ok(None);
    }
    if brief.swap_roles {
        return Ok(Some("first"));
    }
    Ok(store::other_half(tx, team, brief.id)?.map(|half| if half.comes_first { "second" } else { "first" }))
}

/// Tells one of the panel.
pub fn tell_one(tx: &mut Tx, team: TeamId, brief: &Brief, account: AccountId, news: &News) -> Result<()> {
    let panel = store::recipients(tx, team, brief.id)?;
    let (team_name, half) = (store::team_name(tx, team)?, half(tx, team, brief, &panel)?);
    match panel.iter().find(|recipient| recipient.account_id == account) {
        Some(recipient) => tell_seat(tx, team, brief, news, &Told { team: &team_name, panel: &panel, half }, recipient),
        None => Ok(()),
    }
}

/// Tells somebody that they sit in it no more; their calendar forgets it.
pub fn tell_leaver(tx: &mut Tx, team: TeamId, brief: &Brief, leaver: &Recipient, reason: &str) -> Result<()> {
    let team_name = store::team_name(tx, team)?;
    let context = PanelLetter {
        team: &team_name,
        candidate: &brief.candidate_name,
        when: When::of(brief.starts_at, brief.planned_end(), brief.time_zone, leaver.time_zone),
        before: None,
        minutes: words::minutes(brief.minutes, brief.extra_minutes),
        place: &brief.place,
        seat: words::seat(leaver.seat),
        panel: Vec::new(),
        reason,
        path: path(team, brief),
        half: None,
    };
    let entry = Entry { description: String::new(), ..panel_entry(tx, team, brief, leaver, &team_name) };
    let letter = Letter::new("interview-unseated", &leaver.name, &leaver.email, context)?.of_team(team.0);
    tx.post(&letter.with_calendar(object(&entry, Method::Cancel)))
}

/// What every letter says.
struct Told<'t> {
    team: &'t str,
    panel: &'t [Recipient],
    half: Option<&'static str>,
}

#[derive(Serialize)]
struct PanelLetter<'l> {
    team: &'l str,
    candidate: &'l str,
    when: When,
    before: Option<When>,
    minutes: String,
    place: &'l str,
    seat: &'static str,
    panel: Vec<String>,
    reason: &'l str,
    path: String,
    /// Of a practice in which two interview each other: `first` or `second`.
    half: Option<&'static str>,
}

fn tell_seat(tx: &mut Tx, team: TeamId, brief: &Brief, news: &News, told: &Told, recipient: &Recipient) -> Result<()> {
    let zone = recipient.time_zone;
    let panel: Vec<String> =
        told.panel.iter().map(|person| format!("{}, {}", person.name, words::seat(person.seat).to_lowercase())).collect();
    let mut entry = panel_entry(tx, team, brief, recipient, told.team);
    entry.description = match told.half {
        Some(half) => format!("You interview {} in the {half} half.\n\n{}", brief.candidate_name, entry.url),
        None => format!("Panel:\n{}\n\n{}", panel.join("\n"), entry.url),
    };
    if told.half.is_some() {
        entry.summary = format!("Practice with {}", brief.candidate_name);
    }
    let context = PanelLetter {
        team: told.team,
        candidate: &brief.candidate_name,
        when: When::of(brief.starts_at, brief.planned_end(), brief.time_zone, zone),
        before: news.before().map(|before| When::of(before.starts_at, before.planned_end(), before.time_zone, zone)),
        minutes: words::minutes(brief.minutes, brief.extra_minutes),
        place: &brief.place,
        seat: words::seat(recipient.seat),
        panel,
        reason: news.reason(),
        path: path(team, brief),
        half: told.half,
    };
    let letter = Letter::new(news.to_panel(), &recipient.name, &recipient.email, context)?.of_team(team.0);
    post(tx, letter, &entry, news)
}

/// What the candidate reads. There is no field for what they must not.
#[derive(Serialize)]
struct CandidateLetter<'l> {
    team: &'l str,
    when: When,
    before: Option<When>,
    minutes: String,
    place: &'l str,
    people: Vec<String>,
    /// The way in: a link of their own where there is no account.
    path: Option<String>,
    /// Of a practice in which two interview each other: `first` or `second`.
    half: Option<&'static str>,
}

fn tell_candidate(tx: &mut Tx, team: TeamId, brief: &Brief, news: &News, told: &Told) -> Result<()> {
    let Told { team: team_name, panel, half } = *told;
    let Some(address) = brief.candidate_email.clone() else { return Ok(()) };
    let zone = match brief.candidate_account {
        Some(account) => store::account_zone(tx, account)?.unwrap_or(brief.time_zone),
        None => brief.time_zone,
    };
    let path = match (brief.candidate_account, brief.stage()) {
        (_, Stage::Cancelled) => None,
        (Some(_), _) => Some(path(team, brief)),
        (None, _) => Some(link::mailed(tx, team, brief, &address)?),
    };
    let mut people: Vec<_> = panel.iter().map(|person| person.name.clone()).collect();
    people.sort_by_key(|name| name.to_lowercase());
    let entry = Entry {
        summary: match half {
            Some(_) => format!("Practice with {}", super::super::model::join(&people)),
            None => format!("Interview with {team_name}"),
        },
        description: match half {
            Some(half) => format!("{} interviews you in the {half} half.", super::super::model::join(&people)),
            None => format!("With {}.", super::super::model::join(&people)),
        },
        url: path.as_ref().map(|path| format!("{}{path}", tx.base_url())).unwrap_or_default(),
        minutes: brief.whole_minutes(),
        attendee: Some(Party { name: brief.candidate_name.clone(), address: address.clone() }),
        ..entry(tx, brief, team_name)
    };
    let context = CandidateLetter {
        team: team_name,
        when: When::of(brief.starts_at, brief.planned_end(), brief.time_zone, zone),
        before: news.before().map(|before| When::of(before.starts_at, before.planned_end(), before.time_zone, zone)),
        minutes: words::minutes(brief.whole_minutes(), 0),
        place: &brief.place,
        people,
        path,
        half,
    };
    let letter = Letter::new(news.to_candidate(), &brief.candidate_name, &address, context)?.of_team(team.0);
    post(tx, letter, &entry, news)
}

fn post(tx: &mut Tx, letter: Letter, entry: &Entry, news: &News) -> Result<()> {
    let letter = match news.method() {
        Some(method) => letter.with_calendar(object(entry, method)),
        None => letter,
    };
    tx.post(&letter)
}

fn object(entry: &Entry, method: Method) -> Calendar {
    Calendar { ics: calendar::write(entry, method), method: method.as_str() }
}

fn panel_entry(tx: &Tx, team: TeamId, brief: &Brief, recipient: &Recipient, team_name: &str) -> Entry {
    Entry {
        summary: format!("Interview: {}", brief.candidate_name),
        url: format!("{}{}", tx.base_url(), path(team, brief)),
        attendee: Some(Party { name: recipient.name.clone(), address: recipient.email.clone() }),
        ..entry(tx, brief, team_name)
    }
}

/// What every entry of this interview has; the organizer is the sender of our mails, so that nobody's own
/// address is given away.
pub fn entry(tx: &Tx, brief: &Brief, team_name: &str) -> Entry {
    let host = url::Url::parse(tx.base_url()).ok().and_then(|url| url.host_str().map(str::to_owned));
    let organizer = Party { name: team_name.to_owned(), address: format!("fivefold@{}", host.as_deref().unwrap_or("localhost")) };
    Entry {
        interview: brief.id.0,
        sequence: brief.calendar_sequence,
        written_at: tx.now,
        starts_at: brief.starts_at,
        minutes: brief.whole_minutes(),
        zone: brief.time_zone,
        summary: String::new(),
        description: String::new(),
        location: brief.place.clone(),
        url: String::new(),
        attendee: None,
        cancelled: brief.stage() == Stage::Cancelled,
        organizer,
    }
}

pub fn path(team: TeamId, brief: &Brief) -> String {
    format!("/teams/{team}/interviews/{}", brief.id)
}
