//! SQL of shares. Both of the two see theirs from every team; what an answer says, a coach is given by
//! `shared_attempts`, through the door of the team in which it lies, and by no other way.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid};

use super::super::model::{AttemptId, GivenCoachScore, MOST_ATTEMPTS, Named, ShareId};
use super::attempts::AttemptRow;
use super::shared_sound::can_be_shown;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, Role, TeamId};
use crate::question_sets::{QuestionId, QuestionSetVersionId};
use crate::rubrics::{Level, RubricVersionId};
use crate::schema::{
    accounts, memberships, practice_attempts as attempts, practice_coach_scores as scores, practice_shared_attempts as shared,
    practice_shares as shares,
};

/// More shares nobody looks at.
const SHARES: i64 = 200;
/// As many members as a list of a form shows.
const MEMBERS: i64 = 500;

/// A share with the names of both.
#[derive(Debug, Clone, QueryableByName)]
pub struct ShareRow {
    #[diesel(sql_type = Uuid)]
    pub team_id: TeamId,
    #[diesel(sql_type = Uuid)]
    pub id: ShareId,
    #[diesel(sql_type = Uuid)]
    pub via_team: TeamId,
    #[diesel(sql_type = Uuid)]
    pub account_id: AccountId,
    #[diesel(sql_type = Uuid)]
    pub coach_id: AccountId,
    #[diesel(sql_type = Text)]
    pub author: String,
    #[diesel(sql_type = Text)]
    pub coach: String,
    #[diesel(sql_type = Timestamptz)]
    pub made_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub ends_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub withdrawn_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    pub attempts: i64,
    #[diesel(sql_type = BigInt)]
    pub scored: i64,
    /// The reader is still in the team in which they open it.
    #[diesel(sql_type = Bool)]
    pub member: bool,
}

const LIST: &str = "SELECT s.team_id, s.id, s.via_team, s.account_id, s.coach_id, a.name AS author, c.name AS coach, s.made_at, s.ends_at,
        s.withdrawn_at, m.team_id IS NOT NULL AS member,
        (SELECT count(*) FROM practice_shared_attempts x WHERE x.team_id = s.team_id AND x.share_id = s.id) AS attempts,
        (SELECT count(*) FROM practice_coach_scores x WHERE x.team_id = s.team_id AND x.share_id = s.id) AS scored
    FROM practice_shares s JOIN accounts a ON a.id = s.account_id JOIN accounts c ON c.id = s.coach_id
        LEFT JOIN memberships m ON m.account_id = $1 AND m.removed_at IS NULL
            AND m.team_id = CASE WHEN s.account_id = $1 THEN s.team_id ELSE s.via_team END
    WHERE $1 IN (s.account_id, s.coach_id) AND ($2 IS NULL OR s.id = $2)
    ORDER BY s.made_at DESC, s.id DESC LIMIT $3";

fn rows(tx: &mut Tx, reader: AccountId, id: Option<ShareId>) -> Result<Vec<ShareRow>> {
    let query = sql_query(LIST).bind::<Uuid, _>(reader.0).bind::<Nullable<Uuid>, _>(id.map(|id| id.0)).bind::<BigInt, _>(SHARES);
    Ok(query.load(tx.conn())?)
}

/// One's own and those with oneself, the newest first.
pub fn list(tx: &mut Tx, reader: AccountId) -> Result<Vec<ShareRow>> {
    rows(tx, reader, None)
}

pub fn find(tx: &mut Tx, reader: AccountId, id: ShareId) -> Result<Option<ShareRow>> {
    Ok(rows(tx, reader, Some(id))?.into_iter().next())
}

/// When it was taken back, held until the commit; through the door of the team in which it lies.
pub fn hold(tx: &mut Tx, share: &ShareRow) -> Result<Option<DateTime<Utc>>> {
    Ok(shares::table.find((share.team_id.0, share.id.0)).select(shares::withdrawn_at).for_no_key_update().first(tx.conn())?)
}

/// An answer of a share, as far as the reader may see it.
#[derive(Debug, QueryableByName)]
pub struct SharedRow {
    #[diesel(sql_type = Uuid)]
    pub attempt_id: AttemptId,
    #[diesel(sql_type = Uuid)]
    pub question_set_version_id: QuestionSetVersionId,
    #[diesel(sql_type = Uuid)]
    pub rubric_version_id: RubricVersionId,
    #[diesel(sql_type = Uuid)]
    pub question_id: QuestionId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub prompt: String,
    #[diesel(sql_type = SmallInt)]
    pub area: i16,
    #[diesel(sql_type = Integer)]
    pub minutes: i32,
    #[diesel(sql_type = Text)]
    pub level: Level,
    #[diesel(sql_type = BigInt)]
    pub answer_seconds: i64,
    #[diesel(sql_type = Text)]
    pub answer: String,
    #[diesel(sql_type = Bool)]
    pub answered_anew: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub given_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub given_score: Option<i16>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub given_area: Option<i16>,
    #[diesel(sql_type = Nullable<Array<SmallInt>>)]
    pub given_checked: Option<Vec<i16>>,
    #[diesel(sql_type = Nullable<Text>)]
    pub evidence: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub comment: Option<String>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub own_score: Option<i16>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub own_area: Option<i16>,
    #[diesel(sql_type = Nullable<Array<SmallInt>>)]
    pub own_checked: Option<Vec<i16>>,
}

/// The answers of a share, in order, through the door of the team in which they lie.
pub fn answers(tx: &mut Tx, share: ShareId) -> Result<Vec<SharedRow>> {
    let now = tx.now;
    Ok(sql_query("SELECT * FROM shared_attempts($1, $2)").bind::<Uuid, _>(share.0).bind::<Timestamptz, _>(now).load(tx.conn())?)
}

/// Of these, the scored attempts of one's own in this team of which there is something to show, held until the commit.
pub fn shareable(tx: &mut Tx, team: TeamId, account: AccountId, ids: &[AttemptId]) -> Result<Vec<AttemptRow>> {
    Ok(attempts::table
        .filter(attempts::team_id.eq(team).and(attempts::account_id.eq(account)).and(attempts::id.eq_any(ids)))
        .filter(attempts::scored_at.is_not_null().and(can_be_shown()))
        .order((attempts::scored_at, attempts::id))
        .select(AttemptRow::as_select())
        .for_no_key_update()
        .limit(MOST_ATTEMPTS as i64)
        .load(tx.conn())?)
}

/// Whether this coach has scored one of these already, or has it to score.
pub fn is_with(tx: &mut Tx, account: AccountId, coach: AccountId, ids: &[AttemptId]) -> Result<bool> {
    let now = tx.now;
    let scored = scores::table.filter(
        scores::team_id.eq(shared::team_id).and(scores::share_id.eq(shared::share_id)).and(scores::attempt_id.eq(shared::attempt_id)),
    );
    let there = shared::table
        .inner_join(shares::table.on(shares::team_id.eq(shared::team_id).and(shares::id.eq(shared::share_id))))
        .filter(shares::account_id.eq(account).and(shares::coach_id.eq(coach)).and(shared::attempt_id.eq_any(ids)))
        .filter(exists(scored).or(shares::withdrawn_at.is_null().and(shares::ends_at.gt(now))));
    Ok(diesel::select(exists(there)).get_result(tx.conn())?)
}

/// How many of one's own stand.
pub fn count_open(tx: &mut Tx, account: AccountId) -> Result<i64> {
    let now = tx.now;
    Ok(shares::table
        .filter(shares::account_id.eq(account).and(shares::withdrawn_at.is_null()).and(shares::ends_at.gt(now)))
        .count()
        .get_result(tx.conn())?)
}

/// Somebody in the team whose door is open.
#[derive(Debug, Clone, Queryable)]
pub struct Member {
    pub account_id: AccountId,
    pub name: String,
    pub email: String,
    pub time_zone: String,
    pub role: Role,
}

/// Whom this names among the members.
pub fn member(tx: &mut Tx, team: TeamId, named: &Named) -> Result<Option<Member>> {
    let mut query = memberships::table
        .inner_join(accounts::table.on(accounts::id.eq(memberships::account_id)))
        .filter(memberships::team_id.eq(team).and(memberships::removed_at.is_null()).and(accounts::deactivated_at.is_null()))
        .select((accounts::id, accounts::name, accounts::email, accounts::time_zone, memberships::role))
        .into_boxed();
    query = match named {
        Named::Id(id) => query.filter(accounts::id.eq(*id)),
        Named::Email(email) => query.filter(lower(accounts::email).eq(email.to_lowercase())),
    };
    Ok(query.first(tx.conn()).optional()?)
}

/// The others in the team, by name.
pub fn members(tx: &mut Tx, team: TeamId, but: AccountId) -> Result<Vec<Member>> {
    Ok(memberships::table
        .inner_join(accounts::table.on(accounts::id.eq(memberships::account_id)))
        .filter(memberships::team_id.eq(team).and(memberships::removed_at.is_null()).and(accounts::deactivated_at.is_null()))
        .filter(not(accounts::id.eq(but)))
        .order((accounts::name, accounts::id))
        .limit(MEMBERS)
        .select((accounts::id, accounts::name, accounts::email, accounts::time_zone, memberships::role))
        .load(tx.conn())?)
}

diesel::define_sql_function! { fn lower(text: Text) -> Text; }

/// What is to be shared, with whom, and by which team they come.
pub struct NewRow<'n> {
    pub team: TeamId,
    pub via: TeamId,
    pub account: AccountId,
    pub coach: AccountId,
    pub ends_at: DateTime<Utc>,
    pub attempts: &'n [AttemptRow],
}

pub fn insert(tx: &mut Tx, new: &NewRow) -> Result<ShareId> {
    let (id, now) = (tx.new_id::<ShareId>(), tx.now);
    diesel::insert_into(shares::table)
        .values((
            shares::team_id.eq(new.team),
            shares::id.eq(id),
            shares::account_id.eq(new.account),
            shares::coach_id.eq(new.coach),
            shares::via_team.eq(new.via),
            shares::made_at.eq(now),
            shares::ends_at.eq(new.ends_at),
        ))
        .execute(tx.conn())?;
    let place = |(place, attempt): (i16, &AttemptRow)| {
        (shared::team_id.eq(new.team), shared::share_id.eq(id), shared::attempt_id.eq(attempt.id), shared::position.eq(place))
    };
    let places: Vec<_> = (0..).zip(new.attempts).map(place).collect();
    diesel::insert_into(shared::table).values(places).execute(tx.conn())?;
    Ok(id)
}

pub fn withdraw(tx: &mut Tx, share: &ShareRow) -> Result<()> {
    let now = tx.now;
    diesel::update(shares::table.find((share.team_id.0, share.id.0))).set(shares::withdrawn_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// The caller holds the share.
pub fn score(tx: &mut Tx, share: &ShareRow, attempt: AttemptId, given: &GivenCoachScore) -> Result<()> {
    let now = tx.now;
    let checked: Vec<Option<i16>> = given.checked.iter().copied().map(i16::from).map(Some).collect();
    diesel::insert_into(scores::table)
        .values((
            scores::team_id.eq(share.team_id),
            scores::share_id.eq(share.id),
            scores::attempt_id.eq(attempt),
            scores::coach_id.eq(share.coach_id),
            scores::scored_at.eq(now),
            scores::score.eq(given.score.map(i16::from)),
            scores::area_score.eq(i16::from(given.area_score)),
            scores::checked.eq(checked),
            scores::evidence.eq(&given.evidence),
            scores::comment.eq(&given.comment),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// A score as it is taken along.
#[derive(Debug, Queryable)]
pub struct GivenRow {
    pub share: ShareId,
    pub attempt: AttemptId,
    pub coach: AccountId,
    pub scored_at: DateTime<Utc>,
    pub score: Option<i16>,
    pub area_score: i16,
    pub checked: Vec<Option<i16>>,
    pub evidence: String,
    pub comment: String,
}

/// Every score that one has given or been given, the oldest first.
pub fn all_scores(tx: &mut Tx) -> Result<Vec<GivenRow>> {
    Ok(scores::table
        .order((scores::scored_at, scores::attempt_id))
        .select((
            scores::share_id,
            scores::attempt_id,
            scores::coach_id,
            scores::scored_at,
            scores::score,
            scores::area_score,
            scores::checked,
            scores::evidence,
            scores::comment,
        ))
        .load(tx.conn())?)
}

/// Which attempts lie in one's shares.
pub fn all_shared(tx: &mut Tx) -> Result<Vec<(ShareId, AttemptId)>> {
    Ok(shared::table.order((shared::share_id, shared::position)).select((shared::share_id, shared::attempt_id)).load(tx.conn())?)
}

/// Where somebody's answers lie that this person scored or was to score.
pub fn teams_coached_in(tx: &mut Tx, coach: AccountId) -> Result<Vec<TeamId>> {
    Ok(shares::table.filter(shares::coach_id.eq(coach)).select(shares::team_id).distinct().load(tx.conn())?)
}

/// Forgets the words of a coach, and what they had not scored; the numbers stay with whose answers these are. Through the
/// door of the team in which they lie.
pub fn forget_coach(tx: &mut Tx, team: TeamId, coach: AccountId) -> Result<()> {
    diesel::update(scores::table.filter(scores::team_id.eq(team).and(scores::coach_id.eq(coach))))
        .set((scores::evidence.eq(""), scores::comment.eq("")))
        .execute(tx.conn())?;
    let scored = scores::table.filter(scores::team_id.eq(shares::team_id).and(scores::share_id.eq(shares::id)));
    diesel::delete(shares::table.filter(shares::team_id.eq(team).and(shares::coach_id.eq(coach)).and(not(exists(scored)))))
        .execute(tx.conn())?;
    Ok(())
}

/// Everything that this person has shared in the team whose door is open.
pub fn erase(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    diesel::delete(shares::table.filter(shares::team_id.eq(team).and(shares::account_id.eq(account)))).execute(tx.conn())?;
    Ok(())
}
