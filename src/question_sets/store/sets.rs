//! SQL of a team's sets, as far as they are not questions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::draft::PracticeView;
use super::super::model::{QuestionSetId, QuestionSetVersionId};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, question_sets as sets};

/// A set as its row says.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sets)]
pub struct SetRow {
    pub id: QuestionSetId,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub rubric: Option<String>,
    pub copied_from: Option<QuestionSetVersionId>,
    pub version: i32,
    pub changed_at: DateTime<Utc>,
    pub retired_at: Option<DateTime<Utc>>,
    pub practice_opened_at: Option<DateTime<Utc>>,
    pub practice_closed_at: Option<DateTime<Utc>>,
}

impl SetRow {
    /// Since when it is open for practice; none when it is closed.
    pub fn open_for_practice(&self) -> Option<DateTime<Utc>> {
        self.practice_opened_at.filter(|_| self.practice_closed_at.is_none())
    }
}

/// A new set.
pub struct NewSet<'n> {
    pub id: QuestionSetId,
    pub slug: &'n str,
    pub name: &'n str,
    pub description: &'n str,
    pub rubric: Option<&'n str>,
    pub copied_from: Option<QuestionSetVersionId>,
    pub by: Option<AccountId>,
}

pub fn list(tx: &mut Tx, team: TeamId) -> Result<Vec<SetRow>> {
    Ok(sets::table.filter(sets::team_id.eq(team)).order((sets::slug, sets::id)).select(SetRow::as_select()).load(tx.conn())?)
}

pub fn find(tx: &mut Tx, team: TeamId, id: QuestionSetId) -> Result<Option<SetRow>> {
    Ok(sets::table.find((team.0, id.0)).select(SetRow::as_select()).first(tx.conn()).optional()?)
}

/// The set, which nobody else changes until this transaction ends.
pub fn lock(tx: &mut Tx, team: TeamId, id: QuestionSetId) -> Result<SetRow> {
    let row = sets::table.find((team.0, id.0)).select(SetRow::as_select()).for_update().first(tx.conn()).optional()?;
    row.ok_or(Error::NotFound)
}

pub fn find_by_slug(tx: &mut Tx, team: TeamId, slug: &str) -> Result<Option<SetRow>> {
    let of_slug = sets::table.filter(sets::team_id.eq(team).and(sets::slug.eq(slug)));
    Ok(of_slug.select(SetRow::as_select()).first(tx.conn()).optional()?)
}

/// The set of this short name, which nobody else changes until this transaction ends.
pub fn lock_by_slug(tx: &mut Tx, team: TeamId, slug: &str) -> Result<Option<SetRow>> {
    let of_slug = sets::table.filter(sets::team_id.eq(team).and(sets::slug.eq(slug)));
    Ok(of_slug.select(SetRow::as_select()).for_update().first(tx.conn()).optional()?)
}

pub fn insert(tx: &mut Tx, team: TeamId, new: &NewSet) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(sets::table)
        .values((
            sets::team_id.eq(team),
            sets::id.eq(new.id),
            sets::slug.eq(new.slug),
            sets::name.eq(new.name),
            sets::description.eq(new.description),
            sets::rubric.eq(new.rubric),
            sets::copied_from.eq(new.copied_from),
            sets::created_by.eq(new.by),
            sets::created_at.eq(now),
            sets::changed_at.eq(now),
        ))
        .execute(tx.conn())
        .on_constraint("question_sets_one_per_slug", Error::invalid("slug", "Another set of this team has this short name."))?;
    Ok(())
}

pub fn slugs(tx: &mut Tx, team: TeamId) -> Result<Vec<String>> {
    Ok(sets::table.filter(sets::team_id.eq(team)).select(sets::slug).load(tx.conn())?)
}

pub fn update_head(tx: &mut Tx, team: TeamId, id: QuestionSetId, head: (&str, &str, Option<&str>)) -> Result<()> {
    let now = tx.now;
    let (name, description, rubric) = head;
    diesel::update(sets::table.find((team.0, id.0)))
        .set((
            sets::name.eq(name),
            sets::description.eq(description),
            sets::rubric.eq(rubric),
            sets::version.eq(sets::version + 1),
            sets::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The order or the number of its questions has changed.
pub fn touch(tx: &mut Tx, team: TeamId, id: QuestionSetId) -> Result<()> {
    let now = tx.now;
    diesel::update(sets::table.find((team.0, id.0)))
        .set((sets::version.eq(sets::version + 1), sets::changed_at.eq(now)))
        .execute(tx.conn())?;
    Ok(())
}

/// A question of it has changed.
pub fn changed(tx: &mut Tx, team: TeamId, id: QuestionSetId) -> Result<()> {
    let now = tx.now;
    diesel::update(sets::table.find((team.0, id.0))).set(sets::changed_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// Retires the set, or takes it back.
pub fn set_retired(tx: &mut Tx, team: TeamId, id: QuestionSetId, by: Option<AccountId>) -> Result<()> {
    let at = by.map(|_| tx.now);
    diesel::update(sets::table.find((team.0, id.0))).set((sets::retired_at.eq(at), sets::retired_by.eq(by))).execute(tx.conn())?;
    Ok(())
}

/// Opens the set for practice.
pub fn open_practice(tx: &mut Tx, team: TeamId, id: QuestionSetId, by: AccountId) -> Result<()> {
    let (at, nobody, never) = (tx.now, None::<AccountId>, None::<DateTime<Utc>>);
    diesel::update(sets::table.find((team.0, id.0)))
        .set((
            sets::practice_opened_at.eq(at),
            sets::practice_opened_by.eq(by),
            sets::practice_closed_at.eq(never),
            sets::practice_closed_by.eq(nobody),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Closes it; its opening stays, for what was open may be known.
pub fn close_practice(tx: &mut Tx, team: TeamId, id: QuestionSetId, by: AccountId) -> Result<()> {
    let at = tx.now;
    diesel::update(sets::table.find((team.0, id.0)))
        .set((sets::practice_closed_at.eq(at), sets::practice_closed_by.eq(by)))
        .execute(tx.conn())?;
    Ok(())
}

/// Who opened it last and when, and the same of its closing.
pub fn practice(tx: &mut Tx, team: TeamId, id: QuestionSetId) -> Result<Option<PracticeView>> {
    let (opener, closer) = diesel::alias!(accounts as opener, accounts as closer);
    /// When, and by whom.
    type Act = (Option<DateTime<Utc>>, Option<String>);
    let row: Option<(Act, Act)> = sets::table
        .find((team.0, id.0))
        .left_join(opener.on(opener.field(accounts::id).nullable().eq(sets::practice_opened_by)))
        .left_join(closer.on(closer.field(accounts::id).nullable().eq(sets::practice_closed_by)))
        .select((
            (sets::practice_opened_at, opener.field(accounts::name).nullable()),
            (sets::practice_closed_at, closer.field(accounts::name).nullable()),
        ))
        .first(tx.conn())
        .optional()?;
    let view = |((opened_at, opened_by), (closed_at, closed_by))| {
        Option::map(opened_at, |opened_at| PracticeView { opened_at, opened_by, closed_at, closed_by })
    };
    Ok(row.and_then(view))
}

/// It was compared with this version.
pub fn set_copied_from(tx: &mut Tx, team: TeamId, id: QuestionSetId, from: QuestionSetVersionId) -> Result<()> {
    diesel::update(sets::table.find((team.0, id.0))).set(sets::copied_from.eq(from)).execute(tx.conn())?;
    Ok(())
}
