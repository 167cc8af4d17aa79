//! What can be done with résumés.

use super::model::{
    Brought, ImportPreview, MOST_SUGGESTED, OwnResume, Resume, ResumeImported, ResumeTemplate, Sending, SendingId, SentResume, Sheet,
    Suggestion, suggestions, to_file,
};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, TeamId};
use crate::web::api::List;

pub use super::store::{delete as erase, erase_sent};

/// One's own, written or not.
pub fn own(tx: &mut Tx, actor: &Actor) -> Result<OwnResume> {
    let account = actor.account()?;
    let nothing = || OwnResume { resume: Resume::default(), template: ResumeTemplate::ByTime, version: 0, saved_at: None };
    Ok(store::find(tx, account)?.unwrap_or_else(nothing))
}

/// Writes one's own anew, if it is still at `version`.
pub fn save(tx: &mut Tx, actor: &Actor, version: i32, resume: &Resume) -> Result<OwnResume> {
    let account = actor.account()?;
    let current = store::hold(tx, account)?;
    if current.version != version {
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    store::save(tx, account, resume)?;
    own(tx, actor)
}

/// Lays one's own out by another template; what it says stays.
pub fn choose_template(tx: &mut Tx, actor: &Actor, template: ResumeTemplate) -> Result<OwnResume> {
    let account = actor.account()?;
    store::hold(tx, account)?;
    store::choose(tx, account, template)?;
    own(tx, actor)
}

/// What a file would bring, and what would give way to it. Nothing is kept.
pub fn preview_import(tx: &mut Tx, actor: &Actor, brought: Brought) -> Result<ImportPreview> {
    let now = own(tx, actor)?;
    Ok(ImportPreview {
        resume: brought.resume,
        left_out: brought.left_out,
        replaces: (!now.resume.is_empty()).then_some(now.resume),
        version: now.version,
    })
}

/// Puts what a file brought in the place of one's own.
pub fn import(tx: &mut Tx, actor: &Actor, version: i32, brought: Brought) -> Result<ResumeImported> {
    let saved = save(tx, actor, version, &brought.resume)?;
    Ok(ResumeImported { resume: saved.resume, left_out: brought.left_out, version: saved.version })
}

/// One's own as a JSON Resume file.
pub fn export(tx: &mut Tx, actor: &Actor) -> Result<String> {
    let own = own(tx, actor)?;
    Ok(serde_json::to_string_pretty(&to_file(&own.resume))? + "\n")
}

/// One's own as plain text, by the chosen template.
pub fn own_text(tx: &mut Tx, actor: &Actor) -> Result<String> {
    let own = own(tx, actor)?;
    Ok(Sheet::of(&own.resume, own.template).text())
}

/// What one may be asked about.
pub fn own_suggestions(tx: &mut Tx, actor: &Actor) -> Result<List<Suggestion>> {
    Ok(List { items: suggestions(&own(tx, actor)?.resume, &[], MOST_SUGGESTED), next_cursor: None })
}

/// It is gone, here and in every team that has a copy.
pub fn delete(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let account = actor.account()?;
    for team in store::teams_with_copy(tx, account)? {
        tx.enter(team.0, Some(account.0))?;
        store::withdraw(tx, team, account)?;
    }
    tx.enter_account(account.0)?;
    store::delete(tx, account)
}

/// Where one has sent it, the newest first.
pub fn sendings(tx: &mut Tx, actor: &Actor) -> Result<List<Sending>> {
    Ok(List { items: store::sendings(tx, actor.account()?)?, next_cursor: None })
}

/// Gives the team of the address a copy as it is now; one that it had gives way.
pub fn send(tx: &mut Tx, actor: &Actor) -> Result<Sending> {
    policy::allow(&actor.standing(), Act::SendResume)?;
    let (account, team) = (actor.account()?, actor.team()?.id);
    if actor.team()?.personal {
        return Err(Error::conflict("personal-team", "This is your personal team: nobody else would read it there."));
    }
    let own = own(tx, actor)?;
    if own.resume.is_empty() {
        return Err(Error::conflict("no-resume", "There is nothing to send yet. Write your résumé first, or import one."));
    }
    store::withdraw(tx, team, account)?;
    let id = store::insert_sending(tx, team, account, &own)?;
    let found = store::sendings(tx, account)?.into_iter().find(|sending| sending.id == id);
    found.ok_or(Error::NotFound)
}

/// Takes it back from a team, also from one that one has left. Who took it back already has nothing more to do.
pub fn withdraw(tx: &mut Tx, actor: &Actor, id: SendingId) -> Result<()> {
    let account = actor.account()?;
    let team = store::team_of_sending(tx, account, id)?.ok_or(Error::NotFound)?;
    tx.enter(team.0, Some(account.0))?;
    store::withdraw(tx, team, account)
}

/// The copy that this team has of an account's, for what the team's own pages show of a candidate. Who may read it is
/// asked there.
pub fn sent_to(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Option<SentResume>> {
    store::sent(tx, team, account)
}
