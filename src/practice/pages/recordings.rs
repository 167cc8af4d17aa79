//! All recordings of one's own: how long they are kept, and which are there.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::model::{AttemptId, Keeping, MAY_KEEP, RecordingState, RecordingsView};
use super::super::service::{self, privately};
use super::parts::{attempt_url, crumbs, practice_url};
use super::spoken::SpokenPart;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::form::{Form, FormErrors, NoFields};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct RecordingsPage {
    crumbs: Vec<Crumb>,
    recordings: Vec<RecordingRow>,
    /// As in `12 of 512 MB`.
    used: String,
    keep_days: String,
    options: Vec<Choice>,
    url: String,
    practice_url: String,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct RecordingRow {
    prompt: String,
    url: String,
    at: Moment,
    spoken: SpokenPart,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct KeepingForm {
    keep_days: String,
}

pub async fn recordings(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, None, FormErrors::default())).await
}

pub async fn update_keeping(visitor: Visitor, Form(form): Form<KeepingForm>) -> PageResult {
    let sent = form.keep_days.clone();
    let done = visitor
        .write(privately(move |tx, actor| {
            let url = here(actor)?;
            let keep_days = sent.trim().parse().map_err(|_| Error::invalid("keep_days", "Choose how long they are kept."))?;
            service::set_keeping(tx, actor, Keeping { keep_days })?;
            Ok(url)
        }))
        .await;
    match done {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => {
            let (status, errors): (StatusCode, FormErrors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, Some(form), errors)).await
        }
    }
}

pub async fn remove_recording(visitor: Visitor, ids: Path<(String, String)>, _: Form<NoFields>) -> PageResult {
    let id: AttemptId = ids.1.parse().map_err(|_| Error::NotFound)?;
    visitor.write(privately(move |tx, actor| service::remove_recording(tx, actor, id))).await?;
    see_other_with(format!("/teams/{}/attempts/{}", ids.0, ids.1), "recording-removed")
}

fn here(actor: &Actor) -> Result<String> {
    Ok(format!("{}/recordings", practice_url(actor.team_id()?)))
}

fn page(tx: &mut Tx, actor: &Actor, typed: Option<KeepingForm>, errors: FormErrors) -> Result<RecordingsPage> {
    let view = service::own_recordings(tx, actor)?;
    RecordingsPage::of(view, actor, typed, errors)
}

impl RecordingsPage {
    fn of(view: RecordingsView, actor: &Actor, typed: Option<KeepingForm>, errors: FormErrors) -> Result<Self> {
        let team = actor.team_id()?;
        let mut recordings = Vec::new();
        for item in view.items {
            let spoken = SpokenPart::of(item.attempt_id, Some(&item.recording), actor)?;
            recordings.extend(spoken.map(|spoken| RecordingRow {
                prompt: item.prompt,
                url: attempt_url(team, item.attempt_id),
                at: Moment::of(item.started_at, actor.time_zone()),
                spoken,
            }));
        }
        Ok(RecordingsPage {
            crumbs: crumbs(team, "Recordings"),
            recordings,
            used: used(view.bytes, view.most_bytes),
            keep_days: typed.map_or_else(|| view.keep_days.to_string(), |typed| typed.keep_days),
            options: options(),
            url: here(actor)?,
            practice_url: practice_url(team),
            errors,
        })
    }
}

/// As in `1.2 of 512 MB`; what is less than one is told in kB.
fn used(bytes: i64, most: i64) -> String {
    let (kilobytes, most) = ((bytes.max(0) + 1023) / 1024, most / 1024 / 1024);
    match kilobytes {
        0 => format!("Nothing of {most} MB"),
        1..1024 => format!("{kilobytes} kB of {most} MB"),
        _ => format!("{:.1} of {most} MB", kilobytes as f64 / 1024.0),
    }
}

fn options() -> Vec<Choice> {
    let words = |days: i32| if days == 365 { "a year".to_owned() } else { format!("{days} days") };
    MAY_KEEP.iter().map(|days| Choice { value: days.to_string(), label: words(*days) }).collect()
}

impl Template for RecordingsPage {
    const PATH: &'static str = "practice/recordings.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Your recordings".into()
    }

    fn samples() -> Vec<Self> {
        let row = |state: RecordingState| RecordingRow {
            prompt: "When does a queryset go to the <database>? See `filter()`.".into(),
            url: "/teams/1/attempts/1".into(),
            at: Moment::of(super::samples::at(), chrono_tz::UTC),
            spoken: SpokenPart::sample(state),
        };
        let page = |recordings: Vec<RecordingRow>, errors: FormErrors| RecordingsPage {
            crumbs: vec![
                Crumb { label: "Practice".into(), url: Some("/teams/1/practice".into()) },
                Crumb { label: "Recordings".into(), url: None },
            ],
            recordings,
            used: "1.2 of 512 MB".into(),
            keep_days: "90".into(),
            options: options(),
            url: "/teams/1/practice/recordings".into(),
            practice_url: "/teams/1/practice".into(),
            errors,
        };
        vec![
            page(RecordingState::ALL.iter().map(|state| row(*state)).collect(), FormErrors::default()),
            page(Vec::new(), FormErrors::sample(&["keep_days"])),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_told_as_little_and_not_as_nothing() {
        let most = 512 * 1024 * 1024;
        assert_eq!(
            [0, 1, 44 * 1024, 1024 * 1024, 1_300_000].map(|bytes| used(bytes, most)),
            ["Nothing of 512 MB", "1 kB of 512 MB", "44 kB of 512 MB", "1.0 of 512 MB", "1.2 of 512 MB"]
        );
    }
}
