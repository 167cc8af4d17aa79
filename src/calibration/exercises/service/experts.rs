//! Experts score a gold interview of the team before it is published, each for themselves.

use std::collections::BTreeSet;

use super::super::file::LEAST_EXPERTS;
use super::super::model::{Answers, By, ExpertAsk, ExpertScoreView, ExpertsInput, GoldDraft, GoldId, MakingView};
use super::super::store::{experts, making};
use super::super::transcript;
use super::making::{all_in, show_making};
use super::running::askable;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{self, AccountId, Act, Actor};
use crate::web::api::List;

/// Asks members to score it. Who is in stays; when all are in nobody else is asked, since the scores are open then.
pub fn ask_experts(tx: &mut Tx, actor: &Actor, id: GoldId, input: &ExpertsInput) -> Result<MakingView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let row = making::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    let asked = experts::list(tx, team, id)?;
    if all_in(&asked) {
        let detail = "All experts are in and their scores are open, so nobody could score it blind any more.";
        return Err(Error::conflict("experts-in", detail));
    }
    let wanted: BTreeSet<AccountId> = input.account_ids.iter().copied().collect();
    let before: BTreeSet<AccountId> = asked.iter().map(|expert| expert.account).collect();
    let added: Vec<AccountId> = wanted.difference(&before).copied().collect();
    let mut errors = FieldErrors::default();
    let members = askable(tx, actor)?;
    let stays = asked.iter().filter(|expert| expert.submitted_at.is_some() && !wanted.contains(&expert.account)).count();
    if wanted.len() + stays < LEAST_EXPERTS {
        errors.add("account_ids", "Ask at least three experts.");
    }
    if added.iter().any(|account| !members.iter().any(|member| member.account_id == *account)) {
        errors.add("account_ids", "Choose from the members on offer.");
    }
    transcript::check(&row.draft.transcript, &mut errors);
    errors.check()?;
    let spared: Vec<AccountId> = before.difference(&wanted).copied().collect();
    if !added.is_empty() {
        experts::ask(tx, team, id, &added, actor.account_or_none())?;
    }
    experts::spare(tx, team, id, &spared)?;
    for account in added {
        making::note_maker(tx, team, id, account)?;
    }
    show_making(tx, actor, id)
}

/// What one was asked to score as an expert.
pub fn expert_asks(tx: &mut Tx, actor: &Actor) -> Result<List<ExpertAsk>> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let rows = experts::asked(tx, actor.team_id()?, actor.account()?)?;
    let read = |(gold_interview_id, draft, submitted_at)| {
        let GoldDraft { title, minutes, .. } = serde_json::from_value(draft)?;
        Ok(ExpertAsk { gold_interview_id, title, minutes, submitted_at })
    };
    Ok(List { items: rows.into_iter().map(read).collect::<Result<_>>()?, next_cursor: None })
}

/// One's own, and nothing of anybody's; not there for who was not asked.
pub fn expert_score(tx: &mut Tx, actor: &Actor, id: GoldId) -> Result<ExpertScoreView> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let row = making::find(tx, team, id)?.ok_or(Error::NotFound)?;
    let asked = experts::list(tx, team, id)?;
    let own = asked.into_iter().find(|expert| expert.account == account).ok_or(Error::NotFound)?;
    Ok(ExpertScoreView {
        gold_interview_id: id,
        title: row.draft.title,
        summary: row.draft.summary,
        level: row.draft.level,
        minutes: row.draft.minutes,
        transcript: row.draft.transcript,
        audio: super::audio::audio_of(tx, team, id)?,
        rubric_version_id: row.rubric,
        areas: own.answers.all().to_vec(),
        version: own.version,
        submitted_at: own.submitted_at,
    })
}

/// Replaces one's draft, if it is still at `version`.
pub fn save_expert_score(tx: &mut Tx, actor: &Actor, id: GoldId, version: i32, answers: &Answers) -> Result<ExpertScoreView> {
    let (_, at) = draft(tx, actor, id)?;
    if at != version {
        let current = expert_score(tx, actor, id)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    experts::save(tx, actor.team_id()?, id, actor.account()?, answers)?;
    expert_score(tx, actor, id)
}

/// Locks one's scores.
pub fn submit_expert_score(tx: &mut Tx, actor: &Actor, id: GoldId) -> Result<ExpertScoreView> {
    let (answers, _) = draft(tx, actor, id)?;
    answers.missing(By::Expert).check()?;
    experts::submit(tx, actor.team_id()?, id, actor.account()?)?;
    expert_score(tx, actor, id)
}

/// Both, for a form, which brings the last words with it.
pub fn save_and_submit_expert_score(tx: &mut Tx, actor: &Actor, id: GoldId, version: i32, answers: &Answers) -> Result<ExpertScoreView> {
    save_expert_score(tx, actor, id, version, answers)?;
    submit_expert_score(tx, actor, id)
}

fn draft(tx: &mut Tx, actor: &Actor, id: GoldId) -> Result<(Answers, i32)> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    // Whoever changes the transcript waits for this, and this for them.
    making::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    match experts::lock(tx, team, id, account)?.ok_or(Error::NotFound)? {
        (_, _, Some(_)) => Err(Error::conflict("submitted", "Your scores are in. Nothing of them changes any more.")),
        (answers, version, None) => Ok((answers, version)),
    }
}
