//! What was open for practice: questions that members of the team have seen with everything beside them, or may have.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::model::{Question, QuestionId, QuestionSetId, QuestionSetVersion};
use super::super::store;
use super::super::store::sets::SetRow;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::parse;
use crate::policy::{self, Act, Actor};

/// The set in which a question was open for practice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenSet {
    pub question_set_id: QuestionSetId,
    pub name: String,
    pub opened_at: DateTime<Utc>,
    /// None while it is open.
    pub closed_at: Option<DateTime<Utc>>,
}

/// The sets that are or were open for practice, each with the versions on which one could practise, newest first.
#[derive(Debug, Default)]
pub struct Practised {
    sets: Vec<(OpenSet, Vec<Arc<QuestionSetVersion>>)>,
    /// Which of the sets a question was in, by its id and by its words: a copy of it is another question to the database.
    by_id: HashMap<QuestionId, usize>,
    by_words: HashMap<String, usize>,
}

impl Practised {
    fn of(sets: Vec<(OpenSet, Vec<Arc<QuestionSetVersion>>)>) -> Self {
        let mut practised = Practised::default();
        for (place, (_, versions)) in sets.iter().enumerate() {
            for question in versions.iter().flat_map(|version| &version.questions) {
                practised.by_id.entry(question.id).or_insert(place);
                practised.by_words.entry(parse::only_words(&question.prompt)).or_insert(place);
            }
        }
        Practised { sets, ..practised }
    }

    /// Where this question, or one in the same words, was open for practice.
    pub fn set_with(&self, question: &Question) -> Option<&OpenSet> {
        let place = self.by_id.get(&question.id).or_else(|| self.by_words.get(&parse::only_words(&question.prompt)))?;
        self.sets.get(*place).map(|(set, _)| set)
    }

    /// The newest version of each set on which one could practise.
    pub fn newest(&self) -> impl Iterator<Item = &QuestionSetVersion> {
        self.sets.iter().filter_map(|(_, versions)| versions.first().map(Arc::as_ref))
    }
}

/// What was open for practice in this team; three queries, however many sets.
pub fn practised(tx: &mut Tx, actor: &Actor) -> Result<Practised> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    let team = actor.team_id()?;
    let rows: Vec<SetRow> = store::sets::list(tx, team)?.into_iter().filter(|row| row.practice_opened_at.is_some()).collect();
    let ids = store::versions::ids_of_all(tx, team, &rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let versions = super::load(tx, &ids)?;
    Ok(Practised::of(rows.iter().filter_map(|row| Some((opened(row)?, on_offer(row, &versions)))).collect()))
}

/// The newest version of each set on which a member may practise now: what the team has opened, and what is built in.
pub fn practisable(tx: &mut Tx, actor: &Actor) -> Result<Vec<Arc<QuestionSetVersion>>> {
    policy::allow(&actor.standing(), Act::Practise)?;
    let team = actor.team_id()?;
    let open: Vec<QuestionSetId> =
        store::sets::list(tx, team)?.iter().filter(|row| row.open_for_practice().is_some()).map(|row| row.id).collect();
    // What is retired is not among these.
    let own = store::versions::list_ids(tx, team)?;
    let mut ids = if open.is_empty() { Vec::new() } else { own };
    ids.extend(store::library::list_ids(tx)?);
    let mut newest = super::load(tx, &ids)?;
    newest.retain(|version| version.built_in || open.contains(&version.set()));
    newest.dedup_by(|later, first| later.set() == first.set());
    Ok(newest)
}

fn opened(row: &SetRow) -> Option<OpenSet> {
    Some(OpenSet { question_set_id: row.id, name: row.name.clone(), opened_at: row.practice_opened_at?, closed_at: row.practice_closed_at })
}

/// One practises on the newest version: the one that stood at the opening, and those that came until the closing.
fn on_offer(row: &SetRow, versions: &[Arc<QuestionSetVersion>]) -> Vec<Arc<QuestionSetVersion>> {
    let of_set = versions.iter().filter(|version| version.set() == row.id);
    let in_time = of_set.filter(|version| row.practice_closed_at.is_none_or(|closed| version.published_at <= closed));
    let mut offered = Vec::new();
    for version in in_time {
        offered.push(Arc::clone(version));
        if row.practice_opened_at.is_some_and(|opened| version.published_at <= opened) {
            break;
        }
    }
    offered
}
