//! Showing attempts to a coach, who scores them blind, and what the two scores say beside each other.

use serde_json::json;

use super::super::honesty;
use super::super::model::{
    AttemptId, AttemptOfList, CoachScore, GivenCoachScore, MOST_SHARES, Named, NewCoachScore, NewShare, OwnScale, SHARED_FOR, ShareAreaGap,
    ShareGap, ShareId, ShareOfList, ShareView, SharedAttempt, SharedGap, SharedScore, Shares, Wish,
};
use super::super::store::attempts::{self, Which};
use super::super::store::shared_sound;
use super::super::store::shares::{self, Member, NewRow, ShareRow, SharedRow};
use super::author;
use super::hearing::sound_of;
use super::view::scale;
use crate::accounts;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::mail::Letter;
use crate::policy::{self, AccountId, Act, Actor, Mode, Role, TeamId};
use crate::web::paging::Slice;
use crate::web::times::Moment;
use crate::{question_sets, rubrics, teams};

/// What one shares and what others share with oneself, wherever; the newest first.
pub fn shares(tx: &mut Tx, actor: &Actor) -> Result<Shares> {
    let (_, account) = author(actor)?;
    let (given, received): (Vec<_>, Vec<_>) = shares::list(tx, account)?.into_iter().partition(|row| row.account_id == account);
    let listed = |rows: Vec<ShareRow>| rows.into_iter().map(|row| of_list(row, account)).collect();
    Ok(Shares { given: listed(given), received: listed(received) })
}

fn of_list(row: ShareRow, reader: AccountId) -> ShareOfList {
    let (with, team) = if row.account_id == reader { (row.coach, row.team_id) } else { (row.author, row.via_team) };
    ShareOfList {
        id: row.id,
        with,
        made_at: row.made_at,
        ends_at: row.ends_at,
        withdrawn_at: row.withdrawn_at,
        attempts: row.attempts,
        scored: row.scored,
        team_id: Some(team).filter(|_| row.member),
    }
}

/// What can be shared here: one's own scored attempts of this team, the newest first.
pub fn shareable(tx: &mut Tx, actor: &Actor) -> Result<Vec<AttemptOfList>> {
    let (team, account) = author(actor)?;
    attempts::list(tx, account, Which::Shareable(team), &Slice::first())
}

/// Whom one may choose from a list: who may read the members of this team may. Others name somebody by their address.
pub fn coaches(tx: &mut Tx, actor: &Actor) -> Result<Vec<(AccountId, String)>> {
    let (team, account) = author(actor)?;
    if actor.team()?.personal || !policy::may(&actor.standing(), Act::ReadMembers) {
        return Ok(Vec::new());
    }
    let members = shares::members(tx, team, account)?;
    Ok(members.into_iter().filter(|member| may_coach(actor, member)).map(|member| (member.account_id, member.name)).collect())
}

/// In a team that hires nobody learns who its candidates are, and they look at nobody's answers.
fn may_coach(here: &Actor, member: &Member) -> bool {
    !(member.role == Role::Candidate && here.team.as_ref().is_some_and(|team| team.mode == Mode::Hiring))
}

/// Shows some of one's own scored attempts to one person, who has mail with the link.
pub fn share(tx: &mut Tx, actor: &Actor, new: &NewShare) -> Result<ShareView> {
    let (team, account) = author(actor)?;
    let wish = new.parse()?;
    let (here, coach) = coach(tx, actor, &wish)?;
    tx.enter(team.0, Some(account.0))?;
    let chosen = shares::shareable(tx, team, account, &wish.attempts)?;
    if chosen.len() != wish.attempts.len() {
        return Err(Error::invalid(
            "attempt_ids",
            "Choose from your own scored answers of this team. Of one that was said aloud the recording has to be saved.",
        ));
    }
    if shares::is_with(tx, account, coach.account_id, &wish.attempts)? {
        let why = format!("{} has one of these already. An answer is scored once by the same person.", coach.name);
        return Err(Error::conflict("already-shared", why));
    }
    if shares::count_open(tx, account)? >= MOST_SHARES {
        let why = format!("You share with {MOST_SHARES} people already. Take something back first.");
        return Err(Error::conflict("too-many-shares", why));
    }
    let (via, ends_at) = (here.team_id()?, tx.now + SHARED_FOR);
    let id = shares::insert(tx, &NewRow { team, via, account, coach: coach.account_id, ends_at, attempts: &chosen })?;
    let row = shares::find(tx, account, id)?.ok_or(Error::NotFound)?;
    tx.post(&letter(&here, &row, &coach)?)?;
    view(tx, actor, row)
}

/// Of no team: not even its owners, who read its mails, learn who practises.
fn letter(here: &Actor, row: &ShareRow, coach: &Member) -> Result<Letter> {
    let until = Moment::of(row.ends_at, coach.time_zone.parse().unwrap_or(chrono_tz::UTC));
    let context = json!({
        "author": row.author,
        "answers": if row.attempts == 1 { "an answer".to_owned() } else { format!("{} answers", row.attempts) },
        "team": here.team()?.name,
        "path": path(row),
        "until": format!("{} ({} time)", until.text, until.zone),
    });
    Letter::new("practice-shared", &coach.name, &coach.email, context)
}

/// Where the coach comes in.
fn path(row: &ShareRow) -> String {
    format!("/teams/{}/practice/shares/{}", row.via_team, row.id)
}

/// Who is named, and the team by which they come: this one, or from a personal one the first that both are in.
fn coach(tx: &mut Tx, actor: &Actor, wish: &Wish) -> Result<(Actor, Member)> {
    let (team, account) = author(actor)?;
    let places = if actor.team()?.personal {
        teams::me(tx, actor)?.teams.into_iter().filter(|team| !team.personal).map(|team| team.id).collect()
    } else {
        vec![team]
    };
    let field = match wish.coach {
        Named::Id(_) => "coach_id",
        Named::Email(_) => "coach_email",
    };
    for place in places {
        let here = if place == team { actor.clone() } else { accounts::actor_in(tx, actor, place)? };
        let Some(member) = shares::member(tx, place, &wish.coach)?.filter(|member| may_coach(&here, member)) else { continue };
        if member.account_id == account {
            return Err(Error::invalid(field, "This is you. Name somebody else."));
        }
        return Ok((here, member));
    }
    let nobody = if actor.team()?.personal {
        "Nobody with this address is in a team with you."
    } else {
        "Nobody like this in the team can look at it."
    };
    Err(Error::invalid(field, nobody))
}

/// One share: whose answers it shows opens it where they lie, its coach in the team by which they come.
pub fn shared(tx: &mut Tx, actor: &Actor, id: ShareId) -> Result<ShareView> {
    let row = open(tx, actor, id)?;
    view(tx, actor, row)
}

/// One answer of it.
pub fn shared_attempt(tx: &mut Tx, actor: &Actor, id: ShareId, attempt: AttemptId) -> Result<(ShareView, SharedAttempt)> {
    let share = shared(tx, actor, id)?;
    let found = share.attempts.iter().find(|shared| shared.attempt_id == attempt).cloned();
    found.map(|found| (share, found)).ok_or(Error::NotFound)
}

/// Takes it back: from now on the coach sees nothing of it. What they gave stays with whose answers these are.
pub fn take_back(tx: &mut Tx, actor: &Actor, id: ShareId) -> Result<()> {
    let row = open(tx, actor, id)?;
    if row.account_id != actor.account()? {
        return Err(Error::Forbidden("Whoever shares it takes it back."));
    }
    match shares::hold(tx, &row)? {
        Some(_) => Ok(()),
        None => shares::withdraw(tx, &row),
    }
}

/// Gives the coach's score of one answer; it stays.
pub fn score_shared(tx: &mut Tx, actor: &Actor, (id, attempt): (ShareId, AttemptId), new: &NewCoachScore) -> Result<ShareView> {
    policy::allow(&actor.standing(), Act::Coach)?;
    let row = open(tx, actor, id)?;
    if row.account_id == actor.account()? {
        return Err(Error::Forbidden("These are your own answers. Whom you share them with scores them."));
    }
    within(tx, actor, row.team_id, |tx| {
        if shares::hold(tx, &row)?.is_some() {
            return Err(taken_back());
        }
        let found = shares::answers(tx, row.id)?.into_iter().find(|found| found.attempt_id == attempt).ok_or(Error::NotFound)?;
        if found.given_at.is_some() {
            return Err(Error::conflict("already-scored", "Your score is given. It stays as it is."));
        }
        let given = GivenCoachScore::parse(new, &scale_of(tx, &found)?)?;
        shares::score(tx, &row, attempt, &given)
    })?;
    shared(tx, actor, id)
}

fn taken_back() -> Error {
    Error::Gone("These answers were taken back. Whoever shared them with you may do that at any time, without a reason.")
}

/// The share, where this reader opens it, and while they may.
pub(super) fn open(tx: &mut Tx, actor: &Actor, id: ShareId) -> Result<ShareRow> {
    let (team, account) = author(actor)?;
    let row = shares::find(tx, account, id)?.ok_or(Error::NotFound)?;
    if row.account_id == account {
        return if row.team_id == team { Ok(row) } else { Err(Error::NotFound) };
    }
    if row.via_team != team {
        return Err(Error::NotFound);
    }
    if row.withdrawn_at.is_some() {
        return Err(taken_back());
    }
    if row.ends_at <= tx.now {
        return Err(Error::Gone("This is over: what is shared ends by itself after thirty days."));
    }
    let author = Named::Id(row.account_id);
    if shares::member(tx, team, &author)?.is_none() {
        return Err(Error::Gone("This is over: whoever shared it with you has left the team."));
    }
    Ok(row)
}

/// Looks through the door of the team in which the answers lie, and goes back through one's own.
pub(super) fn within<T>(tx: &mut Tx, actor: &Actor, team: TeamId, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    let (own, account) = (actor.team_id()?, actor.account()?);
    tx.enter(team.0, Some(account.0))?;
    let done = work(tx)?;
    tx.enter(own.0, Some(account.0))?;
    Ok(done)
}

fn view(tx: &mut Tx, actor: &Actor, row: ShareRow) -> Result<ShareView> {
    let yours = row.account_id == actor.account()?;
    let attempts = within(tx, actor, row.team_id, |tx| {
        let mut shown = Vec::new();
        let sounds = shared_sound::of_share(tx, row.id)?;
        for found in shares::answers(tx, row.id)? {
            let scale = scale_of(tx, &found)?;
            let sound = sound_of(&sounds, found.attempt_id);
            shown.push(SharedAttempt { sound, ..answer(found, scale, yours) });
        }
        Ok(shown)
    })?;
    Ok(ShareView {
        id: row.id,
        yours,
        link: yours.then(|| format!("{}{}", tx.base_url(), path(&row))),
        author: row.author,
        coach: row.coach,
        made_at: row.made_at,
        ends_at: row.ends_at,
        withdrawn_at: row.withdrawn_at,
        now: tx.now,
        gap: gaps(&attempts),
        attempts,
    })
}

fn scale_of(tx: &mut Tx, found: &SharedRow) -> Result<OwnScale> {
    let set = question_sets::version(tx, found.question_set_version_id)?;
    let rubric = rubrics::version(tx, found.rubric_version_id)?;
    scale(set.question(found.question_id).ok_or(Error::NotFound)?, &rubric, found.area)
}

fn answer(found: SharedRow, scale: OwnScale, yours: bool) -> SharedAttempt {
    let score = |score: Option<i16>, area: Option<i16>, checked: Option<Vec<i16>>| {
        let small = |value: i16| u8::try_from(value).unwrap_or_default();
        let checked = checked.unwrap_or_default().into_iter().map(small).collect();
        area.map(|area| SharedScore { score: score.map(small), area_score: small(area), checked })
    };
    let own = score(found.own_score, found.own_area, found.own_checked);
    let given = score(found.given_score, found.given_area, found.given_checked);
    let open = |words: Option<String>| words.filter(|_| !found.answered_anew);
    let (evidence, comment) = (open(found.evidence), open(found.comment));
    let coach = given.zip(found.given_at).map(|(given, scored_at)| CoachScore { scored_at, given, evidence, comment });
    SharedAttempt {
        attempt_id: found.attempt_id,
        prompt: found.prompt,
        title: Some(found.title).filter(|_| yours && !found.answered_anew),
        level: found.level,
        answer_seconds: found.answer_seconds,
        minutes: found.minutes,
        answer: found.answer,
        sound: None,
        scale,
        gap: own.as_ref().zip(coach.as_ref()).map(|(own, coach)| SharedGap::of(own, &coach.given)),
        own,
        coach,
    }
}

/// Means of both and their difference, area by area; its interval from three answers on.
fn gaps(attempts: &[SharedAttempt]) -> ShareGap {
    let both: Vec<(&SharedAttempt, f64, f64)> = attempts
        .iter()
        .filter_map(|shared| Some((shared, f64::from(shared.own.as_ref()?.area_score), f64::from(shared.coach.as_ref()?.given.area_score))))
        .collect();
    let mut areas: Vec<(u8, &str)> = both.iter().map(|(shared, ..)| (shared.scale.area.number, shared.scale.area.name.as_str())).collect();
    areas.sort_unstable();
    areas.dedup_by_key(|(number, _)| *number);
    let area = |(number, name): (u8, &str)| -> ShareAreaGap {
        let (own, coach): (Vec<f64>, Vec<f64>) =
            both.iter().filter(|(shared, ..)| shared.scale.area.number == number).map(|(_, own, coach)| (*own, *coach)).unzip();
        let gaps: Vec<f64> = own.iter().zip(&coach).map(|(own, coach)| own - coach).collect();
        ShareAreaGap {
            area: number,
            name: name.to_owned(),
            attempts: own.len(),
            own: honesty::score(&own),
            coach: honesty::score(&coach),
            gap: honesty::gap(&gaps),
            reason: honesty::too_few(own.len() as i64, "answers"),
        }
    };
    let all: Vec<f64> = both.iter().map(|(_, own, coach)| own - coach).collect();
    ShareGap { attempts: both.len(), all: honesty::gap(&all), areas: areas.into_iter().map(area).collect() }
}
