//! Looking.

use super::model::{Hit, HitKind, Place, Wanted};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor};
use crate::web::api::List;
use crate::web::paging::Slice;
use crate::{candidates, interviews, question_sets};

/// One page of what this reader may see that has the words in it. No words find nothing.
pub fn find(tx: &mut Tx, actor: &Actor, wanted: &Wanted, slice: &Slice<Place>) -> Result<List<Hit>> {
    policy::allow(&actor.standing(), Act::EnterTeam)?;
    let mut hits = Vec::new();
    for kind in kinds(actor).filter(|kind| wanted.kind.is_none_or(|wanted| wanted == *kind)) {
        let rows = slice.rows() - hits.len() as i64;
        let passed = slice.after.as_ref().is_some_and(|after| after.is_past(kind));
        if rows > 0 && !passed && !wanted.words.is_empty() {
            hits.extend(of_kind(tx, actor, kind, &wanted.words, (slice.after.as_ref(), rows))?);
        }
    }
    slice.list(hits, |hit| hit.place.clone())
}

/// What this reader may look for at all, in the order in which it is shown.
pub fn kinds(actor: &Actor) -> impl Iterator<Item = HitKind> {
    let (candidates, library) = (candidates::reads(actor), question_sets::reads_library(actor));
    HitKind::ALL.iter().copied().filter(move |kind| match kind {
        HitKind::Candidate => candidates,
        HitKind::Interview => true,
        HitKind::Question => library,
    })
}

fn of_kind(tx: &mut Tx, actor: &Actor, kind: HitKind, words: &str, (after, rows): (Option<&Place>, i64)) -> Result<Vec<Hit>> {
    Ok(match (kind, after) {
        (HitKind::Candidate, after) => {
            let after = if let Some(Place::Candidate(name, id)) = after { Some((name.clone(), *id)) } else { None };
            candidates::find_by_name(tx, actor, words, after, rows)?.into_iter().map(Hit::candidate).collect()
        }
        (HitKind::Interview, after) => {
            let after = if let Some(Place::Interview(at, id)) = after { Some((*at, *id)) } else { None };
            interviews::find_by_name(tx, actor, words, after, rows)?.into_iter().map(Hit::interview).collect()
        }
        (HitKind::Question, after) => {
            let after = if let Some(Place::Question(place)) = after { Some(place) } else { None };
            question_sets::find_questions(tx, actor, words, after, rows)?.into_iter().map(Hit::question).collect()
        }
    })
}
