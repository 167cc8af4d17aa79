//! What one wants to ask.

use super::super::model::{MOST_QUESTIONS, NewQuestion, OwnQuestion, OwnQuestionId, QuestionChange, SuggestedQuestion, Theme, placed};
use super::super::store::questions as store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::api::List;

/// All of one's own, in their order.
pub fn questions(tx: &mut Tx, actor: &Actor) -> Result<List<OwnQuestion>> {
    Ok(List { items: store::list(tx, actor.account()?)?, next_cursor: None })
}

pub fn question(tx: &mut Tx, actor: &Actor, id: OwnQuestionId) -> Result<OwnQuestion> {
    store::find(tx, actor.account()?, id)?.ok_or(Error::NotFound)
}

/// The six that stand ready, and which of them are on the list.
pub fn suggested_questions(tx: &mut Tx, actor: &Actor) -> Result<List<SuggestedQuestion>> {
    Ok(List { items: suggested(&questions(tx, actor)?.items), next_cursor: None })
}

/// The same beside a list that was read already.
pub fn suggested(own: &[OwnQuestion]) -> Vec<SuggestedQuestion> {
    let suggestion = |theme: &Theme| SuggestedQuestion {
        theme: *theme,
        text: theme.question(),
        advice: theme.advice(),
        taken: own.iter().any(|question| question.theme == Some(*theme)),
    };
    Theme::ALL.iter().map(suggestion).collect()
}

/// Puts it last.
pub fn add_question(tx: &mut Tx, actor: &Actor, new: &NewQuestion) -> Result<OwnQuestion> {
    let account = actor.account()?;
    if store::hold(tx, account)?.len() >= MOST_QUESTIONS {
        return Err(Error::conflict("questions-full", format!("No interview has time for more than {MOST_QUESTIONS}. Remove one first.")));
    }
    store::insert(tx, account, new)
}

/// Says it anew, or what one heard, if it is still at `version`.
pub fn change_question(tx: &mut Tx, actor: &Actor, id: OwnQuestionId, version: i32, change: &QuestionChange) -> Result<OwnQuestion> {
    let account = actor.account()?;
    let current = store::lock(tx, account, id)?.ok_or(Error::NotFound)?;
    if current.version != version {
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    let heard = change.heard.as_deref().unwrap_or(&current.heard);
    store::update(tx, account, (id, heard), change)
}

/// Takes it to a place; the others keep their order.
pub fn place_question(tx: &mut Tx, actor: &Actor, id: OwnQuestionId, place: u16) -> Result<List<OwnQuestion>> {
    let account = actor.account()?;
    let order = placed(&store::hold(tx, account)?, id, usize::from(place)).ok_or(Error::NotFound)?;
    store::order(tx, account, &order)?;
    questions(tx, actor)
}

pub fn remove_question(tx: &mut Tx, actor: &Actor, id: OwnQuestionId) -> Result<()> {
    if store::delete(tx, actor.account()?, id)? == 0 { Err(Error::NotFound) } else { Ok(()) }
}
