//! SQL of interviews, their seats and questions.

mod find;
mod links;
mod own_data;
mod people;
mod sat;
mod swap;
mod write;

pub use find::{brief, find, find_all, list, live, lock, named, next};
pub use links::*;
pub use own_data::*;
pub use people::*;
pub use sat::*;
pub use swap::*;
pub use write::*;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::model::{PlannedQuestion, SeatView};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, InterviewId, Seat, TeamId};
use crate::question_sets::QuestionId;
use crate::schema::{accounts, interview_questions, seats};

pub fn seats(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Vec<SeatView>> {
    Ok(seats_of(tx, team, &[id])?.remove(&id).unwrap_or_default())
}

/// The panels of several interviews in one query, each with the lead interviewer first.
pub fn seats_of(tx: &mut Tx, team: TeamId, ids: &[InterviewId]) -> Result<HashMap<InterviewId, Vec<SeatView>>> {
    type Row = (InterviewId, AccountId, String, String, Seat, Vec<Option<i16>>, DateTime<Utc>);
    let rows: Vec<Row> = seats::table
        .inner_join(accounts::table.on(accounts::id.eq(seats::account_id)))
        .filter(seats::team_id.eq(team).and(seats::interview_id.eq_any(ids)).and(seats::removed_at.is_null()))
        .order((seats::added_at, accounts::name))
        .select((seats::interview_id, seats::account_id, accounts::name, accounts::email, seats::seat, seats::areas, seats::added_at))
        .load(tx.conn())?;
    let mut panels: HashMap<InterviewId, Vec<SeatView>> = HashMap::new();
    for (id, account_id, name, email, seat, areas, added_at) in rows {
        let areas = areas.into_iter().flatten().collect();
        panels.entry(id).or_default().push(SeatView { account_id, name, email, seat, areas, added_at });
    }
    panels.values_mut().for_each(|panel| panel.sort_by_key(|view| view.seat));
    Ok(panels)
}

pub fn questions(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Vec<PlannedQuestion>> {
    let rows: Vec<(QuestionId, i32, bool)> = interview_questions::table
        .filter(interview_questions::team_id.eq(team).and(interview_questions::interview_id.eq(id)))
        .order(interview_questions::position)
        .select((interview_questions::question_id, interview_questions::position, interview_questions::added_in_room))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(question_id, position, added_in_room)| PlannedQuestion { question_id, position, added_in_room }).collect())
}

pub fn add_question(tx: &mut Tx, team: TeamId, id: InterviewId, question_id: QuestionId, added_in_room: bool) -> Result<PlannedQuestion> {
    let last: Option<i32> = interview_questions::table
        .filter(interview_questions::team_id.eq(team).and(interview_questions::interview_id.eq(id)))
        .select(diesel::dsl::max(interview_questions::position))
        .first(tx.conn())?;
    let position = last.unwrap_or(0) + 1;
    diesel::insert_into(interview_questions::table)
        .values((
            interview_questions::team_id.eq(team),
            interview_questions::interview_id.eq(id),
            interview_questions::question_id.eq(question_id),
            interview_questions::position.eq(position),
            interview_questions::added_in_room.eq(added_in_room),
        ))
        .execute(tx.conn())
        .on_constraint("interview_questions_pkey", Error::conflict("question-there", "This question is in the interview already."))?;
    Ok(PlannedQuestion { question_id, position, added_in_room })
}
