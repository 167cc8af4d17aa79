//! What the planner says about questions that the candidate may know.

use serde::Serialize;

use super::super::super::model::{KnownQuestion, Wish};
use super::super::super::service;
use super::form::PlannerForm;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::question_sets::{QuestionId, QuestionSetId};
use crate::web::times::Moment;

/// Nothing of it is said while no candidate is chosen.
#[derive(Debug, Default, Serialize)]
pub struct KnownPart {
    /// The set came with Fivefold, and the candidate has an account.
    reads_set: bool,
    /// By the set in which they were open.
    sets: Vec<KnownSet>,
}

#[derive(Debug, Serialize)]
struct KnownSet {
    name: String,
    /// Since and until when.
    opened: Moment,
    closed: Option<Moment>,
    questions: Vec<KnownRow>,
}

#[derive(Debug, Serialize)]
struct KnownRow {
    title: String,
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
        Ok(known) => Ok(KnownPart { reads_set: known.reads_set, sets: sets(&known.items, actor) }),
        // The form says what is wrong with its candidate or set.
        Err(Error::NotFound) => Ok(KnownPart::default()),
        Err(error) => Err(error),
    }
}

/// Each set once, in the order in which the plan comes upon it.
fn sets(items: &[KnownQuestion], actor: &Actor) -> Vec<KnownSet> {
    let moment = |at| Moment::of(at, actor.time_zone());
    let mut ids: Vec<_> = items.iter().map(|item| item.open.question_set_id).collect();
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    let of_set = |id: &QuestionSetId| {
        let own: Vec<&KnownQuestion> = items.iter().filter(|item| item.open.question_set_id == *id).collect();
        let open = &own.first()?.open;
        Some(KnownSet {
            name: open.name.clone(),
            opened: moment(open.opened_at),
            closed: open.closed_at.map(moment),
            questions: own.iter().map(|item| row(item)).collect(),
        })
    };
    ids.iter().filter_map(of_set).collect()
}

fn row(item: &KnownQuestion) -> KnownRow {
    KnownRow {
        title: item.title.clone(),
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
        let row = |other| KnownRow { title: "Lazy".into(), other };
        let other = |set: Option<&str>, swap: Option<&str>| {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            Some(Other { title: "Eager".into(), minutes: 4, set: owned(set), swap: owned(swap) })
        };
        let rows = || vec![row(None), row(other(None, Some("1:2"))), row(other(Some("Theirs, version 1"), None))];
        let set = |closed| KnownSet { name: "Ours".into(), opened: at(), closed, questions: rows() };
        KnownPart { reads_set: true, sets: vec![set(None), set(Some(at()))] }
    }
}
