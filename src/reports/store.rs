//! SQL of reports, their releases and the candidate's own scores.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::Value as Json;

use super::model::{Content, Figures, ReleaseView, Scores};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, Mode, Seat, TeamId};
use crate::schema::{accounts, candidates, decisions, interviews, report_releases, reports, seats, self_scores};

/// The one interview that everything here is about.
pub type Place = (TeamId, InterviewId);

/// What is being written.
#[derive(Debug, Clone)]
pub struct Draft {
    pub version: i32,
    pub content: Content,
    pub figures: Figures,
    pub written_by: String,
    pub written_at: DateTime<Utc>,
}

/// What the candidate can read.
#[derive(Debug, Clone)]
pub struct Release {
    pub view: ReleaseView,
    pub content: Content,
    pub figures: Figures,
}

pub fn draft(tx: &mut Tx, place: Place) -> Result<Option<Draft>> {
    let row: Option<(i32, Json, Json, String, DateTime<Utc>)> = reports::table
        .inner_join(accounts::table.on(accounts::id.eq(reports::written_by)))
        .filter(reports::team_id.eq(place.0).and(reports::interview_id.eq(place.1)))
        .select((reports::version, reports::content, reports::figures, accounts::name, reports::written_at))
        .first(tx.conn())
        .optional()?;
    row.map(|(version, content, figures, written_by, written_at)| {
        Ok(Draft { version, content: serde_json::from_value(content)?, figures: serde_json::from_value(figures)?, written_by, written_at })
    })
    .transpose()
}

/// Interviews decided since then without a report that the candidate can read, the longest first, and whether one
/// is begun. All of the team where `all`, else the mock ones that this person leads; never one in which they were
/// interviewed.
pub fn unreleased(
    tx: &mut Tx,
    team: TeamId,
    reader: AccountId,
    all: bool,
    since: DateTime<Utc>,
    rows: i64,
) -> Result<Vec<(InterviewId, bool)>> {
    let led = seats::table.filter(
        seats::team_id
            .eq(interviews::team_id)
            .and(seats::interview_id.eq(interviews::id))
            .and(seats::account_id.eq(reader))
            .and(seats::removed_at.is_null())
            .and(seats::seat.eq(Seat::LeadInterviewer)),
    );
    let standing = report_releases::table.filter(
        report_releases::team_id
            .eq(interviews::team_id)
            .and(report_releases::interview_id.eq(interviews::id))
            .and(report_releases::withdrawn_at.is_null()),
    );
    let mut query =
        interviews::table
            .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
            .inner_join(decisions::table.on(
                decisions::team_id.eq(interviews::team_id).and(decisions::interview_id.eq(interviews::id)).and(decisions::number.eq(1)),
            ))
            .left_join(reports::table.on(reports::team_id.eq(interviews::team_id).and(reports::interview_id.eq(interviews::id))))
            .filter(interviews::team_id.eq(team).and(decisions::decided_at.ge(since)))
            .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
            .filter(not(exists(standing)))
            .filter(candidates::account_id.is_distinct_from(Some(reader)))
            .order((decisions::decided_at, interviews::id))
            .limit(rows)
            .select((interviews::id, reports::version.nullable().is_not_null()))
            .into_boxed();
    if !all {
        query = query.filter(interviews::mode.eq(Mode::Mock).and(exists(led)));
    }
    Ok(query.load(tx.conn())?)
}

/// What a candidate gave and was given of an interview.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct OfCandidate {
    pub interview: InterviewId,
    pub scores_given_at: Option<DateTime<Utc>>,
    pub released_at: Option<DateTime<Utc>>,
}

/// The interviews of this candidate that were to begin by now, newest first: those with a report to read, and those
/// that began since then.
pub fn of_candidate(tx: &mut Tx, team: TeamId, candidate: AccountId, since: DateTime<Utc>, rows: i64) -> Result<Vec<OfCandidate>> {
    let (now, released) = (tx.now, report_releases::released_at.nullable());
    Ok(interviews::table
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .left_join(self_scores::table.on(self_scores::team_id.eq(interviews::team_id).and(self_scores::interview_id.eq(interviews::id))))
        .left_join(
            report_releases::table.on(report_releases::team_id
                .eq(interviews::team_id)
                .and(report_releases::interview_id.eq(interviews::id))
                .and(report_releases::withdrawn_at.is_null())),
        )
        .filter(interviews::team_id.eq(team).and(candidates::account_id.eq(Some(candidate))))
        .filter(interviews::scheduled_at.is_not_null().and(interviews::starts_at.le(now)))
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .filter(released.is_not_null().or(interviews::starts_at.ge(since)))
        .order((interviews::starts_at.desc(), interviews::id.desc()))
        .limit(rows)
        .select((interviews::id, self_scores::given_at.nullable(), released))
        .load(tx.conn())?)
}

/// The newest interviews of this candidate in which both their own scores and a report stand.
pub fn read_with_own_scores(tx: &mut Tx, team: TeamId, candidate: AccountId, rows: i64) -> Result<Vec<(Scores, Content, Figures)>> {
    let rows: Vec<(Json, Json, Json)> = interviews::table
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .inner_join(self_scores::table.on(self_scores::team_id.eq(interviews::team_id).and(self_scores::interview_id.eq(interviews::id))))
        .inner_join(
            report_releases::table.on(report_releases::team_id
                .eq(interviews::team_id)
                .and(report_releases::interview_id.eq(interviews::id))
                .and(report_releases::withdrawn_at.is_null())),
        )
        .filter(interviews::team_id.eq(team).and(candidates::account_id.eq(Some(candidate))))
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .order((interviews::starts_at.desc(), interviews::id.desc()))
        .limit(rows)
        .select((self_scores::area_values, report_releases::content, report_releases::figures))
        .load(tx.conn())?;
    let read =
        |(own, content, figures)| Ok((serde_json::from_value(own)?, serde_json::from_value(content)?, serde_json::from_value(figures)?));
    rows.into_iter().map(read).collect()
}

/// The caller holds the interview's lock and has seen that the version is the next.
pub fn save(tx: &mut Tx, place: Place, by: AccountId, version: i32, (content, figures): (&Content, &Figures)) -> Result<()> {
    let now = tx.now;
    let values = (
        reports::version.eq(version),
        reports::content.eq(serde_json::to_value(content)?),
        reports::figures.eq(serde_json::to_value(figures)?),
        reports::written_by.eq(by),
        reports::written_at.eq(now),
    );
    diesel::insert_into(reports::table)
        .values((reports::team_id.eq(place.0), reports::interview_id.eq(place.1), values.clone()))
        .on_conflict((reports::team_id, reports::interview_id))
        .do_update()
        .set(values)
        .execute(tx.conn())?;
    Ok(())
}

/// The release that stands.
pub fn release(tx: &mut Tx, place: Place) -> Result<Option<Release>> {
    let row: Option<(i32, i32, Json, Json, String, DateTime<Utc>)> = report_releases::table
        .inner_join(accounts::table.on(accounts::id.eq(report_releases::released_by)))
        .filter(report_releases::team_id.eq(place.0).and(report_releases::interview_id.eq(place.1)))
        .filter(report_releases::withdrawn_at.is_null())
        .select((
            report_releases::number,
            report_releases::version,
            report_releases::content,
            report_releases::figures,
            accounts::name,
            report_releases::released_at,
        ))
        .first(tx.conn())
        .optional()?;
    row.map(|(number, version, content, figures, released_by, released_at)| {
        let view = ReleaseView { number, version, released_by, released_at };
        Ok(Release { view, content: serde_json::from_value(content)?, figures: serde_json::from_value(figures)? })
    })
    .transpose()
}

/// Freezes the draft. The caller holds the interview's lock, so the number is free.
pub fn insert_release(tx: &mut Tx, place: Place, by: AccountId, draft: &Draft) -> Result<()> {
    let now = tx.now;
    let of_report = report_releases::team_id.eq(place.0).and(report_releases::interview_id.eq(place.1));
    let last: Option<i32> = report_releases::table.filter(of_report).select(diesel::dsl::max(report_releases::number)).first(tx.conn())?;
    diesel::insert_into(report_releases::table)
        .values((
            report_releases::team_id.eq(place.0),
            report_releases::interview_id.eq(place.1),
            report_releases::number.eq(last.unwrap_or(0) + 1),
            report_releases::version.eq(draft.version),
            report_releases::content.eq(serde_json::to_value(&draft.content)?),
            report_releases::figures.eq(serde_json::to_value(&draft.figures)?),
            report_releases::released_by.eq(by),
            report_releases::released_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// True when a release stood and does no more.
pub fn withdraw(tx: &mut Tx, place: Place, by: AccountId) -> Result<bool> {
    let now = tx.now;
    let standing = report_releases::table
        .filter(report_releases::team_id.eq(place.0).and(report_releases::interview_id.eq(place.1)))
        .filter(report_releases::withdrawn_at.is_null());
    let withdrawn =
        diesel::update(standing).set((report_releases::withdrawn_by.eq(by), report_releases::withdrawn_at.eq(now))).execute(tx.conn())?;
    Ok(withdrawn > 0)
}

/// What the candidate gave, empty when skipped, and when; none when neither.
pub fn self_scores(tx: &mut Tx, place: Place) -> Result<Option<(Scores, DateTime<Utc>)>> {
    let row: Option<(Json, DateTime<Utc>)> = self_scores::table
        .find((place.0.0, place.1.0))
        .select((self_scores::area_values, self_scores::given_at))
        .first(tx.conn())
        .optional()?;
    row.map(|(values, given_at)| Ok((serde_json::from_value(values)?, given_at))).transpose()
}

pub fn insert_self_scores(tx: &mut Tx, place: Place, scores: &Scores) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(self_scores::table)
        .values((
            self_scores::team_id.eq(place.0),
            self_scores::interview_id.eq(place.1),
            self_scores::area_values.eq(serde_json::to_value(scores)?),
            self_scores::given_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Deletes what these interviews' candidate was given and gave: texts, releases, own scores.
pub fn erase(tx: &mut Tx, team: TeamId, ids: &[InterviewId]) -> Result<()> {
    diesel::delete(report_releases::table.filter(report_releases::team_id.eq(team).and(report_releases::interview_id.eq_any(ids))))
        .execute(tx.conn())?;
    diesel::delete(reports::table.filter(reports::team_id.eq(team).and(reports::interview_id.eq_any(ids)))).execute(tx.conn())?;
    diesel::delete(self_scores::table.filter(self_scores::team_id.eq(team).and(self_scores::interview_id.eq_any(ids))))
        .execute(tx.conn())?;
    Ok(())
}

/// Where mail reaches this account.
pub fn address(tx: &mut Tx, account: AccountId) -> Result<Option<String>> {
    Ok(accounts::table.find(account.0).select(accounts::email).first(tx.conn()).optional()?)
}
