//! What happened to a plan, as people read it: who did what to what, why, and from what to what.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::super::super::model::{ChangeKind, ChangeView, join};
use super::super::super::words;
use crate::policy::{Actor, Seat};
use crate::rubrics::RubricVersion;
use crate::web::times::{Moment, zone_name};

#[derive(Debug, Serialize)]
pub struct HistoryLine {
    pub text: String,
    /// The reason, in the author's words.
    pub detail: Option<String>,
    /// From what to what.
    pub changes: Vec<String>,
    pub at: String,
    pub at_iso: String,
    pub kind: Option<&'static str>,
}

pub fn line(change: &ChangeView, actor: &Actor, rubric: &RubricVersion) -> HistoryLine {
    let moment = Moment::of(change.at, actor.time_zone());
    let kind = match change.kind {
        ChangeKind::Cancelled | ChangeKind::NoShow => Some("warn"),
        ChangeKind::Planned => Some("good"),
        _ => None,
    };
    HistoryLine {
        text: format!("{} {}", change.by.name, did(change)),
        detail: (!change.reason.is_empty()).then(|| change.reason.clone()),
        changes: match change.kind {
            ChangeKind::Rescheduled => slots(&change.detail, actor),
            ChangeKind::SeatChanged => seats(&change.detail, rubric),
            ChangeKind::SeatAdded => {
                areas(&change.detail["areas"], rubric).map(|areas| format!("Looks after {areas}")).into_iter().collect()
            }
            _ => Vec::new(),
        },
        at: moment.text,
        at_iso: moment.at,
        kind,
    }
}

fn did(change: &ChangeView) -> String {
    let name = change.about.as_deref().unwrap_or("somebody");
    match change.kind {
        ChangeKind::Drafted => "wrote a draft".into(),
        ChangeKind::Edited => "changed the draft".into(),
        ChangeKind::Planned => "planned the interview".into(),
        ChangeKind::Rescheduled => "rescheduled the interview".into(),
        ChangeKind::Cancelled => "cancelled the interview".into(),
        ChangeKind::NoShow => format!("noted that {name} did not come"),
        ChangeKind::SeatAdded => format!("gave {name} a seat: {}", seat(&change.detail["seat"]).to_lowercase()),
        ChangeKind::SeatChanged => format!("changed the seat of {name}"),
        ChangeKind::SeatRemoved => format!("took {name} off the panel"),
        ChangeKind::LinkMade => "made a link for the candidate".into(),
        ChangeKind::LinkRevoked => "took a link of the candidate back".into(),
        ChangeKind::SwapPlanned => "planned a second half, in which the roles are swapped".into(),
    }
}

/// Each part of time and place that is another now.
fn slots(detail: &Value, actor: &Actor) -> Vec<String> {
    let (from, to) = (slot(&detail["from"], actor), slot(&detail["to"], actor));
    let changed = from.into_iter().zip(to).filter(|(from, to)| from != to);
    changed.map(|((label, from), (_, to))| format!("{label}{from} → {to}")).collect()
}

/// Time and place in words, each with what stands before it.
fn slot(slot: &Value, actor: &Actor) -> [(&'static str, String); 4] {
    let zone = slot["time_zone"].as_str().and_then(|zone| zone.parse().ok()).map(zone_name).unwrap_or_default();
    let place = slot["place"].as_str().filter(|place| !place.is_empty()).unwrap_or("none");
    [
        ("", start(&slot["starts_at"], actor)),
        ("Planned in ", zone),
        ("", words::minutes(number(&slot["minutes"]), number(&slot["extra_minutes"]))),
        ("Place: ", place.to_owned()),
    ]
}

/// Another part, other areas.
fn seats(detail: &Value, rubric: &RubricVersion) -> Vec<String> {
    let both = |words: &dyn Fn(&Value) -> String| (words(&detail["from"]), words(&detail["to"]));
    let parts = both(&|side| seat(&side["seat"]).to_owned());
    let owned = both(&|side| areas(&side["areas"], rubric).unwrap_or_else(|| "no area".into()));
    [("", parts), ("Looks after ", owned)]
        .into_iter()
        .filter(|(_, (from, to))| from != to)
        .map(|(label, (from, to))| format!("{label}{from} → {to}"))
        .collect()
}

fn start(at: &Value, actor: &Actor) -> String {
    let at: Option<DateTime<Utc>> = at.as_str().and_then(|at| at.parse().ok());
    at.map(|at| Moment::of(at, actor.time_zone())).map(|at| format!("{} ({})", at.text, at.zone)).unwrap_or_default()
}

fn seat(seat: &Value) -> &'static str {
    seat.as_str().and_then(|seat| seat.parse::<Seat>().ok()).map(words::seat).unwrap_or("A seat")
}

fn areas(areas: &Value, rubric: &RubricVersion) -> Option<String> {
    let numbers = areas.as_array()?.iter().filter_map(|number| u8::try_from(number.as_u64()?).ok());
    let names: Vec<_> = numbers.filter_map(|number| rubric.area(number)).map(|area| area.short_name.clone()).collect();
    match names.len() {
        0 => None,
        5 => Some("all five areas".into()),
        _ => Some(join(&names)),
    }
}

fn number(value: &Value) -> i32 {
    value.as_i64().and_then(|number| i32::try_from(number).ok()).unwrap_or_default()
}
