//! SQL of reports, their releases and the candidate's own scores.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value as Json;

use super::model::{Content, Figures, ReleaseView, Scores};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::schema::{accounts, report_releases, reports, self_scores};

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

/// Where mail reaches this account.
pub fn address(tx: &mut Tx, account: AccountId) -> Result<Option<String>> {
    Ok(accounts::table.find(account.0).select(accounts::email).first(tx.conn()).optional()?)
}
