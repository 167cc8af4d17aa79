//! A team's own gold interviews: written, scored by experts, agreed on, published.

use std::collections::HashSet;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::super::file::{AREAS, Expert, ExpertScore, FORMAT, GoldFile, LEAST_EXPERTS, WIDEST_AGREED, apart, given};
use super::super::measures;
use super::super::model::{
    AskedExpert, ConsensusDraft, ConsentView, GoldId, GoldVersionSummary, MakingOfList, MakingStage, MakingView, NewGold,
};
use super::super::store::experts::{self, ExpertRow};
use super::super::store::making::{self as store, GoldRow, NewRow};
use super::super::store::{exercises, versions};
use super::super::transcript;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{self, AccountId, Act, Actor, TeamId};
use crate::rubrics::{self, RubricVersion, RubricVersionId};
use crate::web::api::List;
use crate::web::paging::Slice;

/// A place in the list of what the team makes.
pub type MakingPlace = (String, GoldId);

/// One page of what the team makes, by title.
pub fn list_making(tx: &mut Tx, actor: &Actor, slice: &Slice<MakingPlace>) -> Result<List<MakingOfList>> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let rows = store::list(tx, team, slice.after.as_ref(), slice.rows())?;
    let mut items = Vec::new();
    for row in rows {
        let asked = experts::list(tx, team, row.id)?;
        let published = versions::newest(tx, team, row.id)?.is_some();
        items.push(MakingOfList {
            id: row.id,
            title: row.draft.title,
            level: row.draft.level,
            minutes: row.draft.minutes,
            stage: stage(&asked, published),
            changed_at: row.changed_at,
            retired_at: row.retired_at,
        });
    }
    slice.list(items, |item| (item.title.clone(), item.id))
}

fn stage(asked: &[ExpertRow], published: bool) -> MakingStage {
    match (published, asked.is_empty(), all_in(asked)) {
        (true, ..) => MakingStage::Published,
        (_, true, _) => MakingStage::Writing,
        (_, _, true) => MakingStage::Consensus,
        _ => MakingStage::Experts,
    }
}

/// At least three were asked and nobody is missing: now they may know of each other.
pub(super) fn all_in(asked: &[ExpertRow]) -> bool {
    asked.len() >= LEAST_EXPERTS && asked.iter().all(|expert| expert.submitted_at.is_some())
}

pub fn show_making(tx: &mut Tx, actor: &Actor, id: GoldId) -> Result<MakingView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let row = store::find(tx, team, id)?.ok_or(Error::NotFound)?;
    view(tx, actor, row)
}

fn view(tx: &mut Tx, actor: &Actor, row: GoldRow) -> Result<MakingView> {
    let team = actor.team_id()?;
    let asked = experts::list(tx, team, row.id)?;
    let newest = versions::newest(tx, team, row.id)?;
    // Who still owes their own scores as an expert, or in an exercise, finds nothing of the reference, whatever their role.
    let owes = asked.iter().any(|expert| Some(expert.account) == actor.account_or_none() && expert.submitted_at.is_none());
    let opens = all_in(&asked) && !owes && !owed(tx, actor, team)?.contains(&row.id);
    let scores = opens.then(|| unnamed(&asked, row.id));
    let unpublished = match (&newest, &scores) {
        (Some(newest), Some(scores)) => hash(&file(tx, &row, scores.clone())?)? != newest.hash,
        _ => false,
    };
    Ok(MakingView {
        id: row.id,
        stage: stage(&asked, newest.is_some()),
        consent: consent(tx, &row)?,
        experts: asked
            .iter()
            .map(|expert| AskedExpert { account_id: expert.account, name: expert.name.clone(), submitted: expert.submitted_at.is_some() })
            .collect(),
        agreement: scores.as_deref().and_then(measures::agreement),
        consensus: if opens { whole(&row.consensus) } else { whole(&[]) },
        missing: missing(&row, &asked, scores.as_deref()),
        newest: newest.map(|newest| GoldVersionSummary { id: newest.id, number: newest.number, published_at: newest.published_at }),
        unpublished_changes: unpublished,
        scores,
        title: row.draft.title,
        summary: row.draft.summary,
        level: row.draft.level,
        minutes: row.draft.minutes,
        transcript: row.draft.transcript,
        audio: super::audio::audio_of(tx, team, row.id)?,
        rubric_version_id: row.rubric,
        version: row.version,
        retired_at: row.retired_at,
    })
}

fn owed(tx: &mut Tx, actor: &Actor, team: TeamId) -> Result<HashSet<GoldId>> {
    Ok(super::Sight::of(tx, team, actor.account()?)?.owed)
}

fn consent(tx: &mut Tx, row: &GoldRow) -> Result<Option<ConsentView>> {
    let Some((interview_id, consent)) = row.interview.zip(row.consent.as_ref()) else { return Ok(None) };
    let recorded_by = match consent.by {
        Some(account) => exercises::name_of(tx, account)?,
        None => None,
    };
    Ok(Some(ConsentView { interview_id, words: consent.words.clone(), recorded_by, recorded_at: consent.at }))
}

/// Five, in order.
fn whole(consensus: &[ConsensusDraft]) -> Vec<ConsensusDraft> {
    let of = |area| consensus.iter().find(|draft| draft.area == area).cloned();
    AREAS.map(|area| of(area).unwrap_or_else(|| ConsensusDraft { area, ..ConsensusDraft::default() })).collect()
}

/// The experts by letters, in an order that tells nothing of who they are.
fn unnamed(asked: &[ExpertRow], gold: GoldId) -> Vec<Expert> {
    let key = |account: AccountId| Sha256::digest([account.0.as_bytes().as_slice(), gold.0.as_bytes()].concat());
    let mut rows: Vec<&ExpertRow> = asked.iter().collect();
    rows.sort_by_key(|row| key(row.account));
    let letter = |place: usize| char::from(b'A' + (place % 26) as u8);
    let score = |row: &ExpertRow, area: u8| {
        let answer = row.answers.area(area)?;
        Some(ExpertScore { area, value: answer.value?, reason: answer.note.clone() })
    };
    let expert = |(place, row): (usize, &ExpertRow)| Expert {
        name: format!("Expert {}", letter(place)),
        scores: AREAS.filter_map(|area| score(row, area)).collect(),
    };
    rows.into_iter().enumerate().map(expert).collect()
}

/// What the next stage needs.
fn missing(row: &GoldRow, asked: &[ExpertRow], scores: Option<&[Expert]>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if row.draft.summary.is_empty() {
        errors.add("summary", "Say in a sentence what it is about, without giving a score away.");
    }
    transcript::check(&row.draft.transcript, &mut errors);
    match scores {
        Some(scores) => {
            for draft in whole(&row.consensus) {
                let contested = apart(&given(scores, draft.area)) > WIDEST_AGREED;
                draft.missing(contested, &row.draft.transcript, &mut errors);
            }
        }
        None if asked.len() < LEAST_EXPERTS => errors.add("account_ids", "Ask at least three experts."),
        None => errors.add("account_ids", "Not all experts are in."),
    }
    errors
}

/// The rubrics that one can be scored by.
pub fn gold_rubrics(tx: &mut Tx, actor: &Actor) -> Result<Vec<Arc<RubricVersion>>> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    rubrics::published(tx, actor)
}

/// Writes one from scratch.
pub fn create_gold(tx: &mut Tx, actor: &Actor, new: &NewGold) -> Result<MakingView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let rubric = pin(tx, new.rubric)?;
    let team = actor.team_id()?;
    let id = store::insert(tx, team, &NewRow { draft: &new.draft, rubric, interview: None, by: actor.account_or_none() })?;
    store::note_maker(tx, team, id, actor.account()?)?;
    show_making(tx, actor, id)
}

/// The rubric's version, and whether it is built in.
pub(super) fn pin(tx: &mut Tx, id: RubricVersionId) -> Result<(RubricVersionId, bool)> {
    match rubrics::version(tx, id) {
        Ok(version) => Ok((id, version.built_in)),
        Err(Error::NotFound) => Err(Error::invalid("rubric_version_id", "Choose a rubric that this team can read.")),
        Err(error) => Err(error),
    }
}

/// Replaces head and transcript; once the first expert is in only title, summary and minutes.
pub fn change_gold(tx: &mut Tx, actor: &Actor, id: GoldId, version: i32, new: &NewGold) -> Result<MakingView> {
    let (team, row) = held(tx, actor, id, version)?;
    let asked = experts::list(tx, team, id)?;
    let said = row.draft.transcript != new.draft.transcript || row.rubric != new.rubric || row.draft.level != new.draft.level;
    if said && asked.iter().any(|expert| expert.submitted_at.is_some()) {
        let detail = "An expert has scored these words, by this rubric and for this level. Title, summary and minutes can still change; for anything else write a new gold interview.";
        return Err(Error::conflict("scored-already", detail));
    }
    let rubric = pin(tx, new.rubric)?;
    store::update(tx, team, id, &new.draft, rubric, actor.account_or_none())?;
    store::note_maker(tx, team, id, actor.account()?)?;
    show_making(tx, actor, id)
}

/// The row, held, if it is still at `version`.
fn held(tx: &mut Tx, actor: &Actor, id: GoldId, version: i32) -> Result<(TeamId, GoldRow)> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let row = store::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    if row.version == version {
        return Ok((team, row));
    }
    let current = view(tx, actor, row)?;
    Err(Error::Stale { current: serde_json::to_value(current)? })
}

/// Writes what the experts agree on, once all are in and have talked.
pub fn write_consensus(tx: &mut Tx, actor: &Actor, id: GoldId, version: i32, consensus: &[ConsensusDraft]) -> Result<MakingView> {
    let (team, _) = held(tx, actor, id, version)?;
    if show_making(tx, actor, id)?.scores.is_none() {
        return Err(not_all_in());
    }
    store::write_consensus(tx, team, id, consensus, actor.account_or_none())?;
    store::note_maker(tx, team, id, actor.account()?)?;
    show_making(tx, actor, id)
}

fn not_all_in() -> Error {
    let detail = "The experts’ scores open when at least three are in and nobody who was asked is missing; your own first, if you are one.";
    Error::conflict("experts-missing", detail)
}

/// Publishes it as the next version: frozen, and offered to be scored.
pub fn publish_gold(tx: &mut Tx, actor: &Actor, id: GoldId, reason: &str) -> Result<MakingView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let row = store::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    let found = view(tx, actor, row.clone())?;
    let Some(scores) = found.scores else { return Err(not_all_in()) };
    found.missing.check()?;
    let file = file(tx, &row, scores)?;
    let mut errors = FieldErrors::default();
    file.check(&mut errors);
    errors.check()?;
    let (hash, newest) = (hash(&file)?, versions::newest(tx, team, id)?);
    if newest.as_ref().is_some_and(|newest| newest.hash == hash) {
        return Err(Error::conflict("nothing-new", "This is what was published last. Change something first."));
    }
    let number = newest.map_or(0, |newest| newest.number) + 1;
    let rubric = pin(tx, row.rubric)?;
    versions::insert(
        tx,
        team,
        &versions::NewRow { gold: id, number, file: &file, hash: &hash, rubric, reason, by: actor.account_or_none() },
    )?;
    store::note_maker(tx, team, id, actor.account()?)?;
    show_making(tx, actor, id)
}

/// As it is published.
fn file(tx: &mut Tx, row: &GoldRow, experts: Vec<Expert>) -> Result<GoldFile> {
    Ok(GoldFile {
        format: FORMAT.into(),
        slug: parse::slug(&row.draft.title),
        title: row.draft.title.clone(),
        summary: row.draft.summary.clone(),
        level: row.draft.level,
        minutes: row.draft.minutes,
        rubric: rubrics::version(tx, row.rubric)?.slug.clone(),
        transcript: row.draft.transcript.clone(),
        experts,
        consensus: whole(&row.consensus).iter().map(ConsensusDraft::whole).collect(),
    })
}

fn hash(file: &GoldFile) -> Result<Vec<u8>> {
    Ok(Sha256::digest(serde_json::to_vec(file)?).to_vec())
}

/// Takes it off what is offered, or back; what pinned a version keeps it.
pub fn retire_gold(tx: &mut Tx, actor: &Actor, id: GoldId, on: bool) -> Result<MakingView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    store::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    store::set_retired(tx, team, id, Some(actor.account()?).filter(|_| on))?;
    show_making(tx, actor, id)
}
