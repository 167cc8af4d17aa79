//! SQL of the board.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Timestamptz};

use super::model::{Booked, Narrowed, Offer, OfferId, OfferPlace, OwnOffer};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::question_sets::QuestionSetVersionId;
use crate::rubrics::Level;
use crate::schema::{accounts, interviews, memberships, practice_offers as offers, rooms};
use crate::web::paging::Slice;

/// An offer as it lies in the table.
#[derive(Debug, Clone, Queryable)]
pub struct Row {
    pub id: OfferId,
    pub by: AccountId,
    pub level: Level,
    pub question_set: QuestionSetVersionId,
    pub starts_at: DateTime<Utc>,
    pub time_zone: String,
    pub minutes: i32,
    pub note: String,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub taken_by: Option<AccountId>,
    pub interview: Option<InterviewId>,
}

/// From when to when.
type Time = (DateTime<Utc>, DateTime<Utc>);

type Columns = (
    offers::id,
    offers::account_id,
    offers::level,
    offers::question_set_version_id,
    offers::starts_at,
    offers::time_zone,
    offers::minutes,
    offers::note,
    offers::withdrawn_at,
    offers::taken_by,
    offers::interview_id,
);

const COLUMNS: Columns = (
    offers::id,
    offers::account_id,
    offers::level,
    offers::question_set_version_id,
    offers::starts_at,
    offers::time_zone,
    offers::minutes,
    offers::note,
    offers::withdrawn_at,
    offers::taken_by,
    offers::interview_id,
);

/// Whoever offers it has not booked anything at that time meanwhile.
const FREE: &str = "NOT EXISTS (SELECT FROM practice_offers b
        JOIN interviews i ON i.team_id = b.team_id AND i.id = b.interview_id AND i.cancelled_at IS NULL
    WHERE b.team_id = practice_offers.team_id AND b.taken_at IS NOT NULL
        AND practice_offers.account_id IN (b.account_id, b.taken_by)
        AND b.starts_at < practice_offers.starts_at + practice_offers.minutes * interval '2 minutes'
        AND practice_offers.starts_at < b.starts_at + b.minutes * interval '2 minutes')";

/// By time: offers that are open, of people who are still in the team and free then, and this reader's own bookings that stand.
pub fn board(tx: &mut Tx, team: TeamId, reader: AccountId, narrowed: Narrowed, slice: &Slice<OfferPlace>) -> Result<Vec<Row>> {
    let now = tx.now;
    let own = offers::account_id.eq(reader).or(offers::taken_by.eq(Some(reader)));
    let free = offers::account_id.eq(reader).or(sql::<Bool>(FREE));
    let open = offers::taken_at.is_null().and(offers::starts_at.gt(now)).and(free);
    let booked = offers::taken_at.is_not_null().and(own).and(ends().gt(now));
    let called_off = interviews::table.filter(
        interviews::team_id
            .eq(offers::team_id)
            .and(interviews::id.nullable().eq(offers::interview_id))
            .and(interviews::cancelled_at.is_not_null()),
    );
    let mut query = offers::table
        .inner_join(
            memberships::table.on(memberships::team_id
                .eq(offers::team_id)
                .and(memberships::account_id.eq(offers::account_id))
                .and(memberships::removed_at.is_null())),
        )
        .filter(offers::team_id.eq(team).and(offers::withdrawn_at.is_null()))
        .filter(open.or(booked))
        .filter(diesel::dsl::not(diesel::dsl::exists(called_off)))
        .order((offers::starts_at, offers::id))
        .limit(slice.rows())
        .select(COLUMNS)
        .into_boxed();
    if let Some(level) = narrowed.level {
        query = query.filter(offers::level.eq(level));
    }
    if let Some(set) = narrowed.question_set {
        query = query.filter(offers::question_set_version_id.eq(set));
    }
    if let Some((at, id)) = slice.after {
        query = query.filter(offers::starts_at.gt(at).or(offers::starts_at.eq(at).and(offers::id.gt(id))));
    }
    Ok(query.load(tx.conn())?)
}

/// Held until the commit: an offer is taken once.
pub fn lock(tx: &mut Tx, team: TeamId, id: OfferId) -> Result<Option<Row>> {
    Ok(offers::table.filter(offers::team_id.eq(team).and(offers::id.eq(id))).select(COLUMNS).for_update().first(tx.conn()).optional()?)
}

/// How many of this person's offers are open.
pub fn count_open(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<i64> {
    let now = tx.now;
    Ok(offers::table
        .filter(offers::team_id.eq(team).and(offers::account_id.eq(account)).and(offers::starts_at.gt(now)))
        .filter(offers::withdrawn_at.is_null().and(offers::taken_at.is_null()))
        .count()
        .get_result(tx.conn())?)
}

/// Offers by one person come one after the other, and so do bookings that one person is part of.
pub fn hold_members(tx: &mut Tx, team: TeamId, accounts: &[AccountId]) -> Result<()> {
    let mut ids: Vec<_> = accounts.iter().map(|account| account.0).collect();
    ids.sort_unstable();
    for account in ids {
        memberships::table.find((team.0, account)).select(memberships::account_id).for_no_key_update().first::<AccountId>(tx.conn())?;
    }
    Ok(())
}

/// What these people have booked and not called off: of a time, or whatever is still to come or going on.
pub fn bookings(tx: &mut Tx, team: TeamId, people: &[AccountId], time: Option<Time>) -> Result<Vec<Booked>> {
    let (from, to) = (time.map_or(tx.now, |(from, _)| from), time.map(|(_, to)| to));
    let theirs =
        offers::account_id.eq_any(people.to_vec()).or(offers::taken_by.eq_any(people.iter().copied().map(Some).collect::<Vec<_>>()));
    let standing = interviews::table.filter(
        interviews::team_id
            .eq(offers::team_id)
            .and(interviews::id.nullable().eq(offers::interview_id))
            .and(interviews::cancelled_at.is_null()),
    );
    let mut query = offers::table
        .filter(offers::team_id.eq(team).and(offers::taken_at.is_not_null()).and(theirs))
        .filter(diesel::dsl::exists(standing))
        .filter(ends().gt(from))
        .select((offers::account_id, offers::taken_by, offers::starts_at, offers::minutes))
        .into_boxed();
    if let Some(to) = to {
        query = query.filter(offers::starts_at.lt(to));
    }
    let rows: Vec<(AccountId, Option<AccountId>, DateTime<Utc>, i32)> = query.load(tx.conn())?;
    let booked = |(by, taken_by, starts_at, minutes): (AccountId, Option<AccountId>, DateTime<Utc>, i32)| Booked {
        by,
        taken_by,
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(2 * i64::from(minutes)),
    };
    Ok(rows.into_iter().map(booked).collect())
}

/// Whether this person has an open offer that overlaps with a time.
pub fn offers_at(tx: &mut Tx, team: TeamId, account: AccountId, (from, to): Time) -> Result<bool> {
    let open = offers::table
        .filter(offers::team_id.eq(team).and(offers::account_id.eq(account)))
        .filter(offers::withdrawn_at.is_null().and(offers::taken_at.is_null()))
        .filter(offers::starts_at.lt(to))
        .filter(ends().gt(from));
    Ok(diesel::select(diesel::dsl::exists(open)).get_result(tx.conn())?)
}

/// When both halves of an offer are over.
fn ends() -> SqlLiteral<Timestamptz> {
    sql("practice_offers.starts_at + practice_offers.minutes * interval '2 minutes'")
}

/// Everything one has offered in this team, the oldest first.
pub fn own_offers(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<OwnOffer>> {
    Ok(offers::table
        .filter(offers::team_id.eq(team).and(offers::account_id.eq(account)))
        .order((offers::made_at, offers::id))
        .select((
            offers::id,
            offers::level,
            offers::question_set_version_id,
            offers::starts_at,
            offers::time_zone,
            offers::minutes,
            offers::note,
            offers::made_at,
            offers::withdrawn_at,
            offers::taken_at,
            offers::interview_id,
        ))
        .load::<Own>(tx.conn())?
        .into_iter()
        .map(Own::shown)
        .collect())
}

#[derive(Queryable)]
struct Own {
    id: OfferId,
    level: Level,
    question_set: QuestionSetVersionId,
    starts_at: DateTime<Utc>,
    time_zone: String,
    minutes: i32,
    note: String,
    made_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    taken_at: Option<DateTime<Utc>>,
    interview: Option<InterviewId>,
}

impl Own {
    fn shown(self) -> OwnOffer {
        OwnOffer {
            id: self.id,
            level: self.level,
            question_set_version_id: self.question_set,
            starts_at: self.starts_at,
            time_zone: self.time_zone,
            minutes: self.minutes,
            note: self.note,
            made_at: self.made_at,
            withdrawn_at: self.withdrawn_at,
            taken_at: self.taken_at,
            interview_id: self.interview,
        }
    }
}

pub fn insert(tx: &mut Tx, team: TeamId, account: AccountId, offer: &Offer, built_in: bool) -> Result<OfferId> {
    let (id, now) = (tx.new_id::<OfferId>(), tx.now);
    diesel::insert_into(offers::table)
        .values((
            offers::team_id.eq(team),
            offers::id.eq(id),
            offers::account_id.eq(account),
            offers::level.eq(offer.level),
            offers::question_set_version_id.eq(offer.question_set),
            offers::question_set_built_in.eq(built_in),
            offers::starts_at.eq(offer.starts_at),
            offers::time_zone.eq(offer.time_zone.name()),
            offers::minutes.eq(offer.minutes),
            offers::note.eq(&offer.note),
            offers::made_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

pub fn withdraw(tx: &mut Tx, team: TeamId, id: OfferId) -> Result<()> {
    let now = tx.now;
    diesel::update(offers::table.find((team.0, id.0))).set(offers::withdrawn_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

pub fn take(tx: &mut Tx, team: TeamId, id: OfferId, by: AccountId, interview: InterviewId) -> Result<()> {
    let now = tx.now;
    diesel::update(offers::table.find((team.0, id.0)))
        .set((offers::taken_by.eq(by), offers::taken_at.eq(now), offers::interview_id.eq(interview)))
        .execute(tx.conn())?;
    Ok(())
}

/// What these people are called, and where mail reaches them.
pub fn people(tx: &mut Tx, ids: &[AccountId]) -> Result<Vec<(AccountId, String, String)>> {
    Ok(accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name, accounts::email)).load(tx.conn())?)
}

/// The halves of this account's bookings that stand and have not begun; a second one with the first that it follows.
pub fn standing(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<(InterviewId, Option<InterviewId>)>> {
    let half = interviews::id.nullable().eq(offers::interview_id).or(interviews::swap_of.eq(offers::interview_id));
    let begun = rooms::table
        .filter(rooms::team_id.eq(interviews::team_id).and(rooms::interview_id.eq(interviews::id)).and(rooms::started_at.is_not_null()));
    Ok(offers::table
        .inner_join(interviews::table.on(interviews::team_id.eq(offers::team_id).and(half)))
        .filter(offers::team_id.eq(team).and(offers::account_id.eq(account).or(offers::taken_by.eq(account))))
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .filter(diesel::dsl::not(diesel::dsl::exists(begun)))
        .order(interviews::id)
        .select((interviews::id, interviews::swap_of))
        .load(tx.conn())?)
}

/// Takes back what this account has offered and nobody has taken, and the words of all its offers.
pub fn erase(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    let now = tx.now;
    let own = || offers::table.filter(offers::team_id.eq(team).and(offers::account_id.eq(account)));
    diesel::update(own().filter(offers::taken_at.is_null().and(offers::withdrawn_at.is_null())))
        .set(offers::withdrawn_at.eq(now))
        .execute(tx.conn())?;
    diesel::update(own()).set(offers::note.eq("")).execute(tx.conn())?;
    Ok(())
}
