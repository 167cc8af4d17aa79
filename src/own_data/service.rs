//! Gathering what is one's own, and deleting it. Each feature knows what of its own is; here it is put together.

use super::model::{Deletion, FORMAT, OwnData, OwnInterview, OwnPad, OwnScorecard, OwnTeamData, TeamOfDeletion};
use crate::accounts::{self, Proved};
use crate::calibration::{self, exercises, second_scoring};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::mail;
use crate::policy::{Actor, InterviewId, Person, TeamId};
use crate::reports::{self, ReportRead};
use crate::scorecards;
use crate::teams::{self, TeamFate};
use crate::{candidates, home, interviews, peer_practice, practice, proofs, resumes, rooms};

/// Everything that is one's own, for who has proved to be that person.
pub fn export(tx: &mut Tx, actor: &Actor, proved: &Proved) -> Result<OwnData> {
    proved.hold(tx, actor)?;
    let me = teams::me(tx, actor)?;
    let (account, resume) = (accounts::own_data(tx, actor)?, resumes::own(tx, actor)?);
    let sent_resumes = resumes::sendings(tx, actor)?.items;
    let (proofs, questions_to_ask) = (proofs::proofs(tx, actor)?.items, proofs::questions(tx, actor)?.items);
    let ids: Vec<TeamId> = me.teams.iter().map(|team| team.id).collect();
    let mut teams = Vec::new();
    for team in me.teams {
        let here = accounts::actor_in(tx, actor, team.id)?;
        teams.push(OwnTeamData {
            interviews: own_interviews(tx, &here)?,
            scorecards: own_scorecards(tx, &here)?,
            exercises: exercises::own_answers(tx, &here)?,
            second_scores: second_scoring::own_second_scores(tx, &here)?,
            severity_shared_since: calibration::shared_since(tx, &here)?,
            peer_offers: peer_practice::own_offers(tx, &here)?,
            id: team.id,
            name: team.name,
            personal: team.personal,
            role: team.role,
        });
    }
    let own = actor.account()?;
    tx.enter_account(own.0)?;
    let practice = practice::export(tx, own, &ids)?;
    Ok(OwnData { format: FORMAT, made_at: tx.now, account, resume, sent_resumes, proofs, questions_to_ask, practice, teams })
}

fn own_interviews(tx: &mut Tx, actor: &Actor) -> Result<Vec<OwnInterview>> {
    let all = interviews::of_candidate(tx, actor.team_id()?, actor.account()?)?;
    let own = |(id, starts_at, minutes)| {
        let (notes, pads) = rooms::own_writing(tx, actor, id)?;
        Ok(OwnInterview {
            id,
            starts_at,
            minutes,
            notes: notes.text,
            pads: pads.into_iter().map(|(question_id, text)| OwnPad { question_id, text }).collect(),
            self_scores: readable(reports::self_scores(tx, actor, id))?,
            report: report(tx, actor, id)?,
        })
    };
    all.into_iter().map(own).collect()
}

fn report(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Option<crate::reports::ReportView>> {
    Ok(match readable(reports::read(tx, actor, id))? {
        Some(ReportRead::Report(report)) => Some(*report),
        Some(ReportRead::Draft(_)) | None => None,
    })
}

fn own_scorecards(tx: &mut Tx, actor: &Actor) -> Result<Vec<OwnScorecard>> {
    let all = scorecards::of_author(tx, actor.team_id()?, actor.account()?)?;
    let mut cards = Vec::new();
    for interview_id in all {
        let Some(mut scorecard) = readable(scorecards::draft(tx, actor, interview_id))? else { continue };
        // What a claim says is the candidate's; the verdict on it is one's own.
        for claim in &mut scorecard.content.claims {
            claim.text.clear();
            claim.detail.clear();
        }
        cards.push(OwnScorecard { interview_id, scorecard });
    }
    Ok(cards)
}

/// What cannot be read yet or any more is not part of the file.
fn readable<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Error::NotFound | Error::Forbidden(_) | Error::Conflict { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What deleting the account would do to each team, for whose it is.
pub fn plan_deletion(tx: &mut Tx, actor: &Actor) -> Result<Deletion> {
    let mut teams = Vec::new();
    for team in teams::me(tx, actor)?.teams {
        let here = accounts::actor_in(tx, actor, team.id)?;
        let fate = teams::fate(tx, &here, team.id)?.ok_or(Error::NotFound)?;
        teams.push(TeamOfDeletion { id: team.id, name: team.name, personal: team.personal, fate });
    }
    tx.enter_account(actor.account()?.0)?;
    Ok(Deletion { possible: teams.iter().all(|team| team.fate != TeamFate::NeedsOwner), teams })
}

/// Deletes the account and all that is its own, in every team it is or was in. There is no way back.
pub fn delete(tx: &mut Tx, actor: &Actor, proved: &Proved) -> Result<()> {
    proved.hold(tx, actor)?;
    let account = actor.account()?;
    let Person::Account { name, email, .. } = &actor.person else { return Err(Error::NotFound) };
    let mut gone = None;
    for team in teams::all_teams(tx, actor)? {
        match accounts::actor_in(tx, actor, team) {
            Ok(here) => peer_practice::leave(tx, &here)?,
            // Who was removed from the team acts in it no more: what still stands there its leads call off.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
        tx.enter(team.0, Some(account.0))?;
        // A team that goes takes all of this with it.
        if teams::erase(tx, actor, team)? {
            gone = Some(team);
            continue;
        }
        for words in candidates::names_of(tx, team, account)?.iter().chain([name, email]) {
            mail::erase_words(tx, team.0, words)?;
        }
        let records = candidates::erase_person(tx, team, account)?;
        let about = interviews::erase_links(tx, team, &records)?;
        rooms::erase_written(tx, team, &about)?;
        reports::erase(tx, team, &about)?;
        scorecards::erase_drafts(tx, team, account)?;
        calibration::erase(tx, team, account)?;
        resumes::erase_sent(tx, team, account)?;
        practice::erase_in(tx, team, account)?;
        peer_practice::erase(tx, team, account)?;
        home::erase(tx, team, account)?;
    }
    tx.enter_account(account.0)?;
    practice::erase(tx, account)?;
    resumes::erase(tx, account)?;
    proofs::erase(tx, account)?;
    accounts::erase(tx, actor)?;
    // Where the audit keeps that it was done: the personal team has no people any more, its audit stays.
    if let Some(team) = gone {
        tx.enter(team.0, None)?;
    }
    Ok(())
}
