//! A team's own sets: made, copied, named, retired, opened for practice.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::draft::{AreaCoverage, NewQuestionSet, QuestionDraft, QuestionSetHead, TeamSetView};
use super::super::model::{QuestionId, QuestionSetId, QuestionSetVersion, QuestionSetView};
use super::super::store::sets::{NewSet, SetRow};
use super::super::store::{self};
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{self, Act, Actor, TeamId};
use crate::rubrics::{Level, area_number};
use crate::web::api::List;
use crate::web::paging::Slice;

/// A place in the list of sets.
pub type Place = (String, QuestionSetId);

/// One page of the sets a team sees, by their short names; those that have only a draft are for who writes them.
pub fn list(tx: &mut Tx, actor: &Actor, slice: &Slice<Place>) -> Result<List<QuestionSetView>> {
    let mut sets = all(tx, actor)?;
    sets.sort_by_key(place);
    let after = |set: &QuestionSetView| slice.after.as_ref().is_none_or(|after| place(set) > *after);
    let rows = sets.into_iter().filter(after).take(slice.rows() as usize).collect();
    slice.list(rows, place)
}

fn place(set: &QuestionSetView) -> Place {
    (set.slug.clone(), set.id)
}

/// Every set that this reader sees: the team's own first.
pub fn all(tx: &mut Tx, actor: &Actor) -> Result<Vec<QuestionSetView>> {
    let newest = super::newest_each(tx, actor)?;
    let by_set: HashMap<QuestionSetId, Arc<QuestionSetVersion>> =
        newest.iter().map(|version| (version.set(), Arc::clone(version))).collect();
    let writes = edits(actor);
    let mut sets: Vec<QuestionSetView> = Vec::new();
    for row in store::sets::list(tx, actor.team_id()?)? {
        let newest = by_set.get(&row.id);
        // Who only reads sees what was published, by the name it was published with.
        if writes || newest.is_some() {
            sets.push(of_team(&row, newest.map(Arc::as_ref), writes));
        }
    }
    sets.extend(newest.iter().filter(|version| version.built_in).map(|version| of_library(version)));
    Ok(sets)
}

fn of_team(row: &SetRow, newest: Option<&QuestionSetVersion>, writes: bool) -> QuestionSetView {
    let (name, description) = match newest.filter(|_| !writes) {
        Some(version) => (version.name.clone(), version.description.clone()),
        None => (row.name.clone(), row.description.clone()),
    };
    QuestionSetView {
        id: row.id,
        slug: row.slug.clone(),
        name,
        description,
        built_in: false,
        newest_version: newest.map(QuestionSetVersion::summary),
        retired_at: row.retired_at,
        practice_opened_at: row.open_for_practice(),
    }
}

fn of_library(version: &QuestionSetVersion) -> QuestionSetView {
    QuestionSetView {
        id: version.set(),
        slug: version.slug.clone(),
        name: version.name.clone(),
        description: version.description.clone(),
        built_in: true,
        newest_version: Some(version.summary()),
        retired_at: None,
        practice_opened_at: None,
    }
}

/// Whether this reader writes sets.
pub fn edits(actor: &Actor) -> bool {
    policy::may(&actor.standing(), Act::EditLibrary)
}

/// A team's set with its draft.
pub fn show_set(tx: &mut Tx, actor: &Actor, id: QuestionSetId) -> Result<TeamSetView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let row = store::sets::find(tx, team, id)?.ok_or(Error::NotFound)?;
    view(tx, actor, team, row)
}

pub(super) fn view(tx: &mut Tx, actor: &Actor, team: TeamId, row: SetRow) -> Result<TeamSetView> {
    let (_, questions, minutes) = store::drafts::counts(tx, team)?.into_iter().find(|(set, ..)| *set == row.id).unwrap_or((row.id, 0, 0));
    let newest = super::versions_of(tx, actor, row.id)?.first().map(|version| version.summary());
    let (practice, coverage) = (store::sets::practice(tx, team, row.id)?, coverage(tx, team, row.id)?);
    Ok(TeamSetView {
        unpublished_changes: newest.as_ref().is_none_or(|newest| row.changed_at > newest.published_at),
        practice_opened_at: row.open_for_practice(),
        id: row.id,
        slug: row.slug,
        name: row.name,
        description: row.description,
        rubric: row.rubric,
        copied_from: row.copied_from,
        version: row.version,
        questions,
        minutes,
        changed_at: row.changed_at,
        retired_at: row.retired_at,
        practice,
        coverage,
        newest_version: newest,
    })
}

fn coverage(tx: &mut Tx, team: TeamId, set: QuestionSetId) -> Result<Vec<AreaCoverage>> {
    let mut areas: Vec<AreaCoverage> = (1..=5).map(|area| AreaCoverage { area, ..AreaCoverage::default() }).collect();
    for (area, level, questions) in store::drafts::coverage(tx, team, set)? {
        let Some(area) = area_number(&area).and_then(|number| areas.get_mut(usize::from(number) - 1)) else { continue };
        match level.parse() {
            Ok(Level::Entry) => area.entry = questions,
            Ok(Level::Mid) => area.mid = questions,
            Ok(Level::Senior) => area.senior = questions,
            Err::<Level, String>(_) => {}
        }
    }
    Ok(areas)
}

/// Makes a set: empty, or with the questions of a version that this team may read.
pub fn create(tx: &mut Tx, actor: &Actor, new: &NewQuestionSet) -> Result<TeamSetView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let origin = match new.copy_of {
        None => None,
        Some(id) => match super::version(tx, id) {
            Err(Error::NotFound) => return Err(Error::invalid("copy_of", "Choose a version that this team can read.")),
            version => Some(version?),
        },
    };
    let slug = slug(tx, actor, new)?;
    let head = head(&new.name, &new.description, new.rubric.as_deref().or(origin.as_ref().and_then(|origin| origin.rubric.as_deref())))?;
    let id: QuestionSetId = tx.new_id();
    let by = actor.account_or_none();
    let (name, description, rubric) = (head.0.as_str(), head.1.as_str(), head.2.as_deref());
    store::sets::insert(tx, team, &NewSet { id, slug: &slug, name, description, rubric, copied_from: new.copy_of, by })?;
    if let Some(origin) = origin {
        let questions: Vec<(QuestionId, QuestionDraft)> =
            origin.questions.iter().map(|question| (tx.new_id(), QuestionDraft::of(question.to_file()))).collect();
        store::drafts::insert(tx, team, id, 0, &questions, by)?;
        let keys: Vec<(QuestionId, String)> = questions.iter().map(|(id, question)| (*id, question.key.clone())).collect();
        store::drafts::note_copied(tx, team, id, &keys)?;
    }
    show_set(tx, actor, id)
}

/// The short name: the one that was chosen, or one made from the name that nobody has.
fn slug(tx: &mut Tx, actor: &Actor, new: &NewQuestionSet) -> Result<String> {
    let mut taken = store::sets::slugs(tx, actor.team_id()?)?;
    taken.extend(super::newest_each(tx, actor)?.iter().map(|version| version.slug.clone()));
    if let Some(slug) = new.slug.as_deref().map(str::trim).filter(|slug| !slug.is_empty()) {
        parse::key(slug).map_err(|message| Error::invalid("slug", message))?;
        if taken.iter().any(|other| other == slug) {
            return Err(Error::invalid("slug", "Another set has this short name."));
        }
        return Ok(slug.to_owned());
    }
    let base: String = parse::slug(&new.name).chars().take(50).collect::<String>().trim_end_matches('-').to_owned();
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    Ok(std::iter::once(base.clone()).chain(numbered).find(|slug| !taken.contains(slug)).unwrap_or(base))
}

type Head = (String, String, Option<String>);

fn head(name: &str, description: &str, rubric: Option<&str>) -> Result<Head> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", parse::line(name, 1, 80));
    let description = errors.take("description", parse::line(description, 0, 600));
    let rubric = rubric.map(str::trim).filter(|rubric| !rubric.is_empty()).map(str::to_owned);
    if let Some(rubric) = &rubric {
        errors.note("rubric", parse::key(rubric));
    }
    match (name, description) {
        (Some(name), Some(description)) if errors.is_empty() => Ok((name, description, rubric)),
        _ => Err(Error::Invalid(errors)),
    }
}

/// Replaces what stands above the questions, if it is still at `version`.
pub fn update_set(tx: &mut Tx, actor: &Actor, id: QuestionSetId, version: i32, new: &QuestionSetHead) -> Result<TeamSetView> {
    let (team, _) = at_version(tx, actor, id, version)?;
    let (name, description, rubric) = head(&new.name, &new.description, new.rubric.as_deref())?;
    store::sets::update_head(tx, team, id, (&name, &description, rubric.as_deref()))?;
    show_set(tx, actor, id)
}

/// Locks the set for a change that was based on `version`.
pub(super) fn at_version(tx: &mut Tx, actor: &Actor, id: QuestionSetId, version: i32) -> Result<(TeamId, SetRow)> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let row = store::sets::lock(tx, team, id)?;
    if row.version != version {
        let current = view(tx, actor, team, row)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    Ok((team, row))
}

/// Takes the set off every list to choose from; what pinned it keeps it.
pub fn retire(tx: &mut Tx, actor: &Actor, id: QuestionSetId) -> Result<TeamSetView> {
    let team = locked(tx, actor, id)?;
    store::sets::set_retired(tx, team, id, Some(actor.account()?))?;
    show_set(tx, actor, id)
}

pub fn unretire(tx: &mut Tx, actor: &Actor, id: QuestionSetId) -> Result<TeamSetView> {
    let team = locked(tx, actor, id)?;
    store::sets::set_retired(tx, team, id, None)?;
    show_set(tx, actor, id)
}

/// Lets the team's members practise on its newest version.
pub fn open_for_practice(tx: &mut Tx, actor: &Actor, id: QuestionSetId) -> Result<TeamSetView> {
    let team = locked(tx, actor, id)?;
    if store::sets::find(tx, team, id)?.is_some_and(|row| row.open_for_practice().is_none()) {
        store::sets::open_practice(tx, team, id, actor.account()?)?;
    }
    show_set(tx, actor, id)
}

/// Nobody practises on it from now on; who has, has.
pub fn close_for_practice(tx: &mut Tx, actor: &Actor, id: QuestionSetId) -> Result<TeamSetView> {
    let team = locked(tx, actor, id)?;
    if store::sets::find(tx, team, id)?.is_some_and(|row| row.open_for_practice().is_some()) {
        store::sets::close_practice(tx, team, id, actor.account()?)?;
    }
    show_set(tx, actor, id)
}

fn locked(tx: &mut Tx, actor: &Actor, id: QuestionSetId) -> Result<TeamId> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    store::sets::lock(tx, team, id)?;
    Ok(team)
}
