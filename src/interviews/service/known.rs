//! Which questions a candidate may know, and what to ask instead.
//!
//! A question is fair to nobody when one candidate has practised it and the next has not. What a candidate may know
//! is decided here and nowhere else: by what was open for practice in this team while the candidate has an account.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::model::{Instead, KnownQuestion, KnownQuestions, Wish};
use crate::candidates;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::parse;
use crate::policy::{self, Act, Actor, CandidateId};
use crate::question_sets::{self, Practised, Question, QuestionId, QuestionSetVersion};
use crate::rubrics::Level;

/// Of a plan's questions, those that this candidate may know, each with another of the same area, level and kind;
/// without a plan, all that the candidate may know. Who has no account in the team has practised nothing here.
pub fn known_questions(tx: &mut Tx, actor: &Actor, candidate: CandidateId, wish: &Wish) -> Result<KnownQuestions> {
    policy::allow(&actor.standing(), Act::PlanInterviews)?;
    let has_account = candidates::find(tx, actor, candidate)?.account.is_some();
    let practised = if has_account { question_sets::practised(tx, actor)? } else { Practised::default() };
    let Some(set) = wish.question_set_version_id else {
        let items = practised.newest().flat_map(|version| known_of(&practised, version, &all(version, None))).collect();
        return Ok(KnownQuestions { has_account, reads_set: false, items });
    };
    let set = question_sets::version(tx, set)?;
    let chosen = chosen(&set, wish);
    let mut items = known_of(&practised, &set, &chosen);
    if !items.is_empty() {
        // Where nothing is chosen yet, everything else of the set is still free to be asked.
        let chosen: &[&Question] = if wish.question_ids.is_some() { &chosen } else { &[] };
        suggest_others(tx, actor, &mut items, &Pool { practised: &practised, set: &set, level: wish.level, chosen })?;
    }
    Ok(KnownQuestions { has_account, reads_set: has_account && set.built_in, items })
}

/// The questions that are meant: those that are named, else all that fit the level.
fn chosen<'s>(set: &'s QuestionSetVersion, wish: &Wish) -> Vec<&'s Question> {
    match &wish.question_ids {
        Some(ids) => ids.iter().filter_map(|id| set.question(*id)).collect(),
        None => all(set, wish.level),
    }
}

fn all(set: &QuestionSetVersion, level: Option<Level>) -> Vec<&Question> {
    set.questions.iter().filter(|question| level.is_none_or(|level| question.fits(level))).collect()
}

fn known_of(practised: &Practised, set: &QuestionSetVersion, questions: &[&Question]) -> Vec<KnownQuestion> {
    let known = |question: &&Question| {
        let (question_id, title) = (question.id, question.title.clone());
        let open = practised.set_with(question)?.clone();
        Some(KnownQuestion { question_set_version_id: set.id, question_id, title, open, instead: None })
    };
    questions.iter().filter_map(known).collect()
}

/// Where another question is looked for.
struct Pool<'p> {
    practised: &'p Practised,
    set: &'p Arc<QuestionSetVersion>,
    level: Option<Level>,
    chosen: &'p [&'p Question],
}

/// First from the plan's own set, then from the newest versions of the others; no question is suggested twice, nor one
/// in the words of a chosen one.
fn suggest_others(tx: &mut Tx, actor: &Actor, items: &mut [KnownQuestion], pool: &Pool) -> Result<()> {
    let newest = question_sets::newest_each(tx, actor)?;
    let others = newest.iter().filter(|other| other.set() != pool.set.set());
    let sets: Vec<&Arc<QuestionSetVersion>> = std::iter::once(pool.set).chain(others).collect();
    let mut taken: HashSet<QuestionId> = pool.chosen.iter().map(|question| question.id).collect();
    let mut said: HashSet<String> = pool.chosen.iter().map(|question| parse::only_words(&question.prompt)).collect();
    for item in items {
        let Some(question) = pool.set.question(item.question_id) else { continue };
        let free = |other: &Question| !taken.contains(&other.id) && !said.contains(&parse::only_words(&other.prompt));
        let Some((set, other)) = sets.iter().find_map(|set| Some((set, nearest(question, set, pool, &free)?))) else { continue };
        taken.insert(other.id);
        said.insert(parse::only_words(&other.prompt));
        item.instead = Some(instead(set, other, set.id == pool.set.id));
    }
    Ok(())
}

/// Of those that could stand for the question, the one that takes most nearly as long; the first among equals.
fn nearest<'s>(question: &Question, set: &'s QuestionSetVersion, pool: &Pool, free: &dyn Fn(&Question) -> bool) -> Option<&'s Question> {
    let fits = |other: &Question| match pool.level {
        Some(level) => other.fits(level),
        None => other.levels.iter().any(|level| question.fits(*level)),
    };
    let alike = |other: &&Question| other.kind == question.kind && other.primary_area() == question.primary_area() && fits(other);
    let unknown = |other: &&Question| pool.practised.set_with(other).is_none() && free(other);
    set.questions.iter().filter(alike).filter(unknown).min_by_key(|other| other.minutes.abs_diff(question.minutes))
}

fn instead(set: &QuestionSetVersion, question: &Question, same_set: bool) -> Instead {
    Instead {
        question_set_version_id: set.id,
        question_set: format!("{}, version {}", set.name, set.number),
        question_id: question.id,
        title: question.title.clone(),
        minutes: question.minutes,
        same_set,
    }
}
