//! The kit of one interview, for who asks the questions.

use super::super::model::{AreaOfKit, KitView, PlannedQuestion, QuestionOfKit, SeatView, VersionName, areas};
use super::super::{read, store};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor, InterviewId};
use crate::question_sets::{self, Question};
use crate::rubrics::{self, Area, Level};

/// Who, when, where, the questions in order and the rubric's anchors.
pub fn kit(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<KitView> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::ReadKit)?;
    let (brief, team) = (found.brief, actor.team_id()?);
    let set = question_sets::version(tx, brief.question_set_version_id)?;
    let rubric = rubrics::version(tx, brief.rubric_version_id)?;
    let seats = store::seats(tx, team, id)?;
    let planned = store::questions(tx, team, id)?;
    let questions = planned.iter().filter_map(|planned| set.question(planned.question_id).map(|question| question_of(planned, question)));
    Ok(KitView {
        id,
        starts_at: brief.starts_at,
        ends_at: brief.planned_end(),
        time_zone: brief.time_zone,
        mode: brief.mode,
        level: brief.level,
        minutes: brief.minutes,
        extra_minutes: brief.extra_minutes,
        question_set_version: VersionName { id: set.id, name: set.name.clone(), number: set.number },
        rubric_version: VersionName { id: rubric.id, name: rubric.name.clone(), number: rubric.number },
        your_seat: found.standing.seat,
        questions: questions.collect(),
        areas: rubric.areas.iter().map(|area| area_of(area, brief.level, &seats)).collect(),
        warning_signs: rubric.warning_signs.clone(),
        candidate: brief.candidate_name,
        place: brief.place,
        instructions: brief.instructions,
        seats,
    })
}

fn question_of(planned: &PlannedQuestion, question: &Question) -> QuestionOfKit {
    QuestionOfKit {
        question_id: question.id,
        position: planned.position,
        added_in_room: planned.added_in_room,
        title: question.title.clone(),
        prompt: question.prompt.clone(),
        kind: question.kind,
        areas: question.areas.clone(),
        minutes: question.minutes,
        tests: question.tests.clone(),
        listen_for: question.listen_for.clone(),
        probes: question.probes.clone(),
        warning_signs: question.warning_signs.clone(),
        checklist: question.checklist,
        anchors: question.anchors.clone(),
    }
}

/// Only seats whose cards count own an area; a shadow's choice is their own exercise.
fn area_of(area: &Area, level: Level, seats: &[SeatView]) -> AreaOfKit {
    let owns = |seat: &&SeatView| areas::counts(seat.seat) && seat.areas.contains(&i16::from(area.number));
    AreaOfKit {
        number: area.number,
        name: area.name.clone(),
        short_name: area.short_name.clone(),
        description: area.description.clone(),
        expected: *area.expected.at(level),
        anchors: area.anchors.clone(),
        owners: seats.iter().filter(owns).map(|seat| seat.name.clone()).collect(),
    }
}
