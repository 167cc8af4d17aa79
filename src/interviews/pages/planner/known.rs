//! What the planner says about questions that the candidate may know.

use serde::Serialize;

use super::super::super::model::{KnownQuestion, Wish};
use super::super::super::service;
use super::form::PlannerForm;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::question_sets::QuestionId;
use crate::web::times::Moment;

/// Nothing of it is said while no candidate is chosen.
#[derive(Debug, Default, Serialize)]
pub struct KnownPart {
    /// The set came with Fivefold, and the candidate has an account.
    reads_set: bool,
    questions: Vec<KnownRow>,
}

#[derive(Debug, Serialize)]
struct KnownRow {
    title: String,
    /// The set in which it was open, since and until when.
    set: String,
    opened: Moment,
    closed: Option<Moment>,
    other: Option<Other>,
}

#[derive(Debug, Serialize)]
struct Other {
    title: String,
    minutes: u16,
    /// Where it stands, if it is not in the same set.
    set: Option<String>,
    /// What the button that changes the two says; none if they are not of the same set.
    swap: Option<String>,
}

/// Of the chosen questions.
pub fn known(tx: &mut Tx, actor: &Actor, form: &PlannerForm, chosen: Vec<QuestionId>) -> Result<KnownPart> {
    let (Ok(candidate), Some(set)) = (form.candidate_id.parse(), form.set()) else { return Ok(KnownPart::default()) };
    let wish = Wish { question_set_version_id: Some(set), level: form.level.parse().ok(), question_ids: Some(chosen) };
    match service::known_questions(tx, actor, candidate, &wish) {
        Ok(known) => Ok(KnownPart { reads_set: known.reads_set, questions: known.items.iter().map(|item| row(item, actor)).collect() }),
        // The form says what is wrong with its candidate or set.
        Err(Error::NotFound) => Ok(KnownPart::default()),
        Err(error) => Err(error),
    }
}

fn row(item: &KnownQuestion, actor: &Actor) -> KnownRow {
    let moment = |at| Moment::of(at, actor.time_zone());
    KnownRow {
        title: item.title.clone(),
        set: item.open.name.clone(),
        opened: moment(item.open.opened_at),
        closed: item.open.closed_at.map(moment),
        other: item.instead.as_ref().map(|other| Other {
            title: other.title.clone(),
            minutes: other.minutes,
            set: (!other.same_set).then(|| other.question_set.clone()),
            swap: other.same_set.then(|| format!("{}:{}", item.question_id, other.question_id)),
        }),
    }
}

impl KnownPart {
    /// For the samples: everything that can be said.
    pub fn sample() -> Self {
        let at = || Moment::of(chrono::DateTime::UNIX_EPOCH, chrono_tz::UTC);
        let row = |closed: bool, other| KnownRow {
            title: "Lazy".into(),
            set: "Ours".into(),
            opened: at(),
            closed: closed.then(at),
            other,
        };
        let other = |set: Option<&str>, swap: Option<&str>| {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            Some(Other { title: "Eager".into(), minutes: 4, set: owned(set), swap: owned(swap) })
        };
        let questions = vec![row(false, None), row(true, other(None, Some("1:2"))), row(false, other(Some("Theirs, version 1"), None))];
        KnownPart { reads_set: true, questions }
    }
}
