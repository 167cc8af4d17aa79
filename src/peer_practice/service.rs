//! What can be done on the board.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::model::{Booked, Booking, MOST_OPEN, Narrowed, NewOffer, OfferId, OfferPlace, OfferView, Owed, OwnOffer, Peer};
use super::store::{self, Row};
use crate::interviews::{self, NewCancellation, NewInterview, NewSeat};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, Mode, Seat, TeamId};
use crate::question_sets::{self, QuestionSetVersion};
use crate::web::api::List;
use crate::web::paging::Slice;
use crate::{rubrics, scorecards};

pub use store::erase;

/// More that waits is not shown at once.
const OWED: i64 = 20;

/// There is a board where people practise with each other, and nowhere else.
fn board_of(actor: &Actor) -> Result<(TeamId, AccountId)> {
    let team = actor.team()?;
    if !team.has_peers() {
        return Err(Error::NotFound);
    }
    policy::allow(&actor.standing(), Act::PractiseWithPeers)?;
    Ok((team.id, actor.account()?))
}

/// One page of the board by time: open offers, and one's own bookings.
pub fn offers(tx: &mut Tx, actor: &Actor, narrowed: Narrowed, slice: &Slice<OfferPlace>) -> Result<List<OfferView>> {
    let (team, reader) = board_of(actor)?;
    let rows = store::board(tx, team, reader, narrowed, slice)?;
    let own = store::bookings(tx, team, &[reader], None)?;
    let people: Vec<AccountId> = rows.iter().flat_map(|row| [Some(row.by), row.taken_by]).flatten().collect();
    let people = store::people(tx, &people)?;
    let peer = |id: AccountId| {
        people.iter().find(|(known, ..)| *known == id).map(|(account_id, name, _)| Peer { account_id: *account_id, name: name.clone() })
    };
    let mut items = Vec::new();
    for row in rows {
        let set = question_sets::version(tx, row.question_set)?;
        let mut shown = view(&row, &set, reader, &peer);
        if let Some(offer) = &mut shown {
            offer.you_are_busy = row.taken_by.is_none() && own.iter().any(|booked| booked.overlaps(offer.starts_at, offer.ends_at));
        }
        items.extend(shown);
    }
    slice.list(items, |offer| (offer.starts_at, offer.id))
}

/// What one has offered here, the oldest first, with what one wrote.
pub fn own_offers(tx: &mut Tx, actor: &Actor) -> Result<Vec<OwnOffer>> {
    store::own_offers(tx, actor.team_id()?, actor.account()?)
}

fn view(row: &Row, set: &QuestionSetVersion, reader: AccountId, peer: &impl Fn(AccountId) -> Option<Peer>) -> Option<OfferView> {
    Some(OfferView {
        id: row.id,
        by: peer(row.by)?,
        yours: row.by == reader,
        level: row.level,
        question_set_version_id: row.question_set,
        question_set: set.name.clone(),
        starts_at: row.starts_at,
        ends_at: ends_at(row.starts_at, row.minutes),
        time_zone: row.time_zone.parse().unwrap_or(chrono_tz::UTC),
        minutes: row.minutes,
        note: row.note.clone(),
        taken_by: row.taken_by.and_then(peer),
        interview_id: row.interview,
        you_are_busy: false,
    })
}

/// Of both halves.
fn ends_at(starts_at: DateTime<Utc>, minutes: i32) -> DateTime<Utc> {
    starts_at + TimeDelta::minutes(2 * i64::from(minutes))
}

/// The practices that are over and wait for one's feedback, the oldest first.
pub fn owed(tx: &mut Tx, actor: &Actor) -> Result<Vec<Owed>> {
    board_of(actor)?;
    let cards = scorecards::owed(tx, actor, OWED)?;
    let booked = interviews::all_from_board(tx, actor, &cards)?;
    let found = interviews::find_all(tx, actor, &booked)?;
    let mut owed: Vec<Owed> = found
        .into_iter()
        .filter(|found| policy::may(&found.standing, Act::GivePeerFeedback))
        .map(|found| Owed { interview_id: found.brief.id, name: found.brief.candidate_name, starts_at: found.brief.starts_at })
        .collect();
    owed.sort_by_key(|owed| (owed.starts_at, owed.interview_id));
    Ok(owed)
}

/// The sets on which everybody here may practise.
pub fn sets(tx: &mut Tx, actor: &Actor) -> Result<Vec<Arc<QuestionSetVersion>>> {
    board_of(actor)?;
    question_sets::practisable(tx, actor)
}

/// Puts a time on the board.
pub fn offer(tx: &mut Tx, actor: &Actor, new: &NewOffer) -> Result<OfferId> {
    let (team, account) = board_of(actor)?;
    let offer = new.parse(tx.now)?;
    let sets = sets(tx, actor)?;
    let set = sets.iter().find(|set| set.id == offer.question_set);
    let set = set.ok_or_else(|| Error::invalid("question_set_version_id", "Choose one from the list."))?;
    store::hold_members(tx, team, &[account])?;
    let time = (offer.starts_at, ends_at(offer.starts_at, offer.minutes));
    if store::offers_at(tx, team, account, time)? {
        return Err(Error::invalid(
            "starts_at",
            "You offer a time already that overlaps with this one. Choose another, or take that back.",
        ));
    }
    if !store::bookings(tx, team, &[account], Some(time))?.is_empty() {
        return Err(Error::invalid("starts_at", "You have a practice booked at that time. Choose another."));
    }
    if store::count_open(tx, team, account)? >= MOST_OPEN {
        let why = format!("You have {MOST_OPEN} offers open. Take one back before you make another.");
        return Err(Error::conflict("too-many-offers", why));
    }
    store::insert(tx, team, account, &offer, set.built_in)
}

/// Takes somebody's offer: a booking of two halves. Who takes it interviews first.
pub fn book(tx: &mut Tx, actor: &Actor, id: OfferId) -> Result<Booking> {
    let (team, taker) = board_of(actor)?;
    let row = store::lock(tx, team, id)?.filter(|row| row.withdrawn_at.is_none()).ok_or(Error::NotFound)?;
    if row.by == taker {
        return Err(Error::conflict("own-offer", "This is your own offer. Somebody else takes it."));
    }
    if row.taken_by == Some(taker) {
        return Err(Error::conflict("already-yours", "You have taken this time already. It stands among your bookings."));
    }
    if row.taken_by.is_some() {
        return Err(Error::conflict("taken", "Somebody else was faster. Take another time, or offer one."));
    }
    let end = ends_at(row.starts_at, row.minutes);
    if row.starts_at <= tx.now {
        return Err(Error::conflict("over", "This time is over."));
    }
    store::hold_members(tx, team, &[row.by, taker])?;
    if let Some(why) = busy(&store::bookings(tx, team, &[row.by, taker], Some((row.starts_at, end)))?, taker, row.by) {
        return Err(Error::conflict("busy", why));
    }
    // The board has made sure of it all: the booking itself is made by the team's rules, as a lead would plan it.
    let leads = actor.on_behalf_of_leads();
    let peer = store::people(tx, &[row.by])?.into_iter().next().ok_or(Error::NotFound)?;
    let record = interviews::record_of(tx, &leads, row.by, (peer.1, peer.2))?;
    let set = question_sets::version(tx, row.question_set)?;
    let rubric = rubrics::for_practice(tx, actor, set.rubric.as_deref())?;
    let first = interviews::plan(tx, &leads, first_half(&row, record, taker, rubric.id))?;
    store::take(tx, team, id, taker, first.id())?;
    Ok(Booking { interview_id: first.id() })
}

/// Why these two cannot practise at the time of these bookings of theirs.
fn busy(bookings: &[Booked], taker: AccountId, by: AccountId) -> Option<&'static str> {
    let has = |who: AccountId| bookings.iter().any(|booked| booked.is_of(who));
    let both = bookings.iter().any(|booked| booked.is_of(taker) && booked.is_of(by));
    match (both, has(taker), has(by)) {
        (true, ..) => Some("You two practise with each other at that time already."),
        (_, true, _) => Some("You practise with somebody else at that time."),
        (_, _, true) => Some("They practise with somebody else at that time."),
        _ => None,
    }
}

fn first_half(row: &Row, record: policy::CandidateId, taker: AccountId, rubric: rubrics::RubricVersionId) -> NewInterview {
    NewInterview {
        candidate_id: Some(record),
        candidate: None,
        mode: Some(Mode::Mock),
        level: row.level,
        question_set_version_id: row.question_set,
        rubric_version_id: rubric,
        question_ids: None,
        seats: vec![NewSeat { account_id: taker, seat: Seat::LeadInterviewer, areas: Vec::new() }],
        starts_at: row.starts_at.to_rfc3339(),
        time_zone: row.time_zone.clone(),
        minutes: row.minutes,
        extra_minutes: 0,
        place: String::new(),
        instructions: String::new(),
        swap_roles: true,
        draft: false,
    }
}

/// Takes one's own offer back; of a booking that one is part of, calls both halves off, and says why.
pub fn call_off(tx: &mut Tx, actor: &Actor, id: OfferId, reason: &str) -> Result<()> {
    let (team, account) = board_of(actor)?;
    let row = store::lock(tx, team, id)?.filter(|row| row.withdrawn_at.is_none()).ok_or(Error::NotFound)?;
    if row.by != account && row.taken_by != Some(account) {
        // Somebody else's open offer is visible, their booking is not.
        return Err(if row.taken_by.is_none() { Error::Forbidden("This is somebody else's offer.") } else { Error::NotFound });
    }
    match row.interview {
        None => store::withdraw(tx, team, id),
        Some(interview) => {
            let cancellation = NewCancellation { reason: reason.to_owned() };
            interviews::cancel(tx, &actor.on_behalf_of_leads(), interview, None, &cancellation).map(|_| ())
        }
    }
}

/// Calls off what a member who goes for good has booked and not begun; the others are told.
pub fn leave(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let cancellation = NewCancellation { reason: "One of you two has left.".into() };
    let standing = store::standing(tx, actor.team_id()?, actor.account()?)?;
    for (half, first) in &standing {
        // A second half goes with its first; where that is over, by itself.
        if first.is_none_or(|first| standing.iter().all(|(other, _)| *other != first)) {
            interviews::cancel(tx, &actor.on_behalf_of_leads(), *half, None, &cancellation)?;
        }
    }
    Ok(())
}
