//! Where somebody stands over all they have scored; and where the team stands, in counts.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::measures::{self, Session};
use super::super::model::{
    ExerciseId, ExerciseResult, GoldId, GoldVersion, GoldVersionId, LEAST_PEOPLE, Readiness, ReadinessVerdict, TeamReadiness,
};
use super::super::store::scores::{self, ScoreRow};
use super::running::find;
use super::{Sight, leads_exercises, load};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, AccountId, Act, Actor};

/// One's own, and for who leads exercises the team's counts.
pub fn readiness(tx: &mut Tx, actor: &Actor) -> Result<Readiness> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let owed = Sight::of(tx, team, account)?.owed;
    let mut own = scores::own(tx, team, account)?;
    own.retain(|row| row.submitted_at.is_some() && !owed.contains(&row.gold));
    let versions = versions(tx, &own)?;
    let sessions = sessions(&own, &versions);
    let team = if leads_exercises(actor) { of_team(tx, actor)? } else { None };
    Ok(Readiness { own: measures::readiness(&sessions), team })
}

fn versions(tx: &mut Tx, rows: &[ScoreRow]) -> Result<HashMap<GoldVersionId, Arc<GoldVersion>>> {
    let ids: HashSet<GoldVersionId> = rows.iter().map(|row| row.gold_version).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    Ok(load(tx, &ids)?.into_iter().map(|version| (version.id, version)).collect())
}

/// Of each gold interview what was submitted last.
fn sessions<'r>(rows: impl IntoIterator<Item = &'r ScoreRow>, versions: &'r HashMap<GoldVersionId, Arc<GoldVersion>>) -> Vec<Session<'r>> {
    let mut latest: HashMap<GoldId, &ScoreRow> = HashMap::new();
    for row in rows {
        let before = latest.get(&row.gold).is_some_and(|known| known.submitted_at > row.submitted_at);
        if !before {
            latest.insert(row.gold, row);
        }
    }
    let session = |(gold, row): (&GoldId, &&'r ScoreRow)| {
        let version = versions.get(&row.gold_version)?;
        Some(Session { id: gold.to_string(), file: &version.file, answers: &row.answers })
    };
    latest.iter().filter_map(session).collect()
}

/// None while fewer than three people have scored anything.
fn of_team(tx: &mut Tx, actor: &Actor) -> Result<Option<TeamReadiness>> {
    let rows = scores::submitted(tx, actor.team_id()?)?;
    let versions = versions(tx, &rows)?;
    let mut by_person: HashMap<AccountId, Vec<&ScoreRow>> = HashMap::new();
    for row in &rows {
        by_person.entry(row.account).or_default().push(row);
    }
    let mut counts = TeamReadiness { people: by_person.len(), ..TeamReadiness::default() };
    for rows in by_person.into_values() {
        let verdict = measures::readiness(&sessions(rows, &versions)).map_or(ReadinessVerdict::NotEnough, |found| found.verdict);
        let count = match verdict {
            ReadinessVerdict::Ready => &mut counts.ready,
            ReadinessVerdict::Talk => &mut counts.talk,
            ReadinessVerdict::Repeat => &mut counts.repeat,
            ReadinessVerdict::NotEnough => &mut counts.not_enough,
        };
        *count += 1;
    }
    Ok(Some(counts).filter(|counts| counts.people >= LEAST_PEOPLE))
}

/// One's own result of an exercise: what was scored first, what was held back, and what changed between them.
pub fn exercise_result(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<ExerciseResult> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let progress = find(tx, team, id)?;
    let owed = Sight::of(tx, team, account)?.owed;
    let mut own = scores::own(tx, team, account)?;
    own.retain(|row| row.exercise == Some(id) && row.submitted_at.is_some() && !owed.contains(&row.gold));
    let versions = versions(tx, &own)?;
    let of_part = |held_back: bool| {
        let golds: HashSet<GoldId> = progress.part(held_back).map(|row| row.gold).collect();
        let rows: Vec<&ScoreRow> = own.iter().filter(|row| golds.contains(&row.gold)).collect();
        sessions(rows, &versions)
    };
    Ok(measures::result(&of_part(false), &of_part(true)))
}
