//! An attempt as its author sees it: what is there depends on how far it is.

use std::sync::Arc;

use super::super::model::{
    AskedQuestion, AttemptId, AttemptPhase, AttemptView, Compared, Guidance, OwnAnswer, OwnArea, OwnScale, OwnScore, steps,
};
use super::super::store::attempts::{self, AttemptRow, Place, Which};
use super::super::store::{cards, recordings};
use super::author;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::practice::AttemptOfList;
use crate::question_sets::{self, Question, QuestionSetVersion};
use crate::rubrics::{self, RubricVersion};
use crate::web::api::List;
use crate::web::paging::Slice;

/// One of one's own, in the team where it was begun.
pub fn attempt(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<AttemptView> {
    let (team, account) = author(actor)?;
    let row = attempts::find(tx, team, account, id)?.ok_or(Error::NotFound)?;
    view(tx, actor, &row)
}

/// All of one's own, wherever they were made, the newest first.
pub fn attempts(tx: &mut Tx, actor: &Actor, slice: &Slice<Place>) -> Result<List<AttemptOfList>> {
    let (_, account) = author(actor)?;
    let rows = attempts::list(tx, account, Which::All, slice)?;
    slice.list(rows, |row| (row.started_at, row.id))
}

/// The question of an attempt, with what it is pinned to.
pub(super) struct Pinned {
    set: Arc<QuestionSetVersion>,
    rubric: Arc<RubricVersion>,
    row: AttemptRow,
}

impl Pinned {
    pub fn of(tx: &mut Tx, row: &AttemptRow) -> Result<Self> {
        let set = question_sets::version(tx, row.question_set_version_id)?;
        let rubric = rubrics::version(tx, row.rubric_version_id)?;
        Ok(Pinned { set, rubric, row: row.clone() })
    }

    pub fn question(&self) -> Result<&Question> {
        self.set.question(self.row.question_id).ok_or(Error::NotFound)
    }

    /// What the answer is scored on.
    pub fn scale(&self) -> Result<OwnScale> {
        scale(self.question()?, &self.rubric, self.row.area)
    }

    fn guidance(&self) -> Result<Guidance> {
        let question = self.question()?;
        let area = self.rubric.area(u8::try_from(self.row.area).unwrap_or_default()).ok_or(Error::NotFound)?;
        Ok(Guidance {
            title: question.title.clone(),
            expected: *area.expected.at(self.row.level),
            tests: question.tests.clone(),
            topics: question.topics.clone(),
            listen_for: question.listen_for.clone(),
            warning_signs: question.warning_signs.clone(),
            probes: question.probes.clone(),
            strong_answer: question.strong_answer.clone(),
            weak_answer: question.weak_answer.clone(),
        })
    }
}

/// What an answer to a question is scored on.
pub(super) fn scale(question: &Question, rubric: &RubricVersion, area: i16) -> Result<OwnScale> {
    let number = u8::try_from(area).unwrap_or_default();
    let area = rubric.area(number).ok_or(Error::NotFound)?;
    Ok(OwnScale {
        checklist: question.checklist,
        steps: steps(question.checklist).to_vec(),
        question_anchors: question.anchors.clone(),
        area: OwnArea { number, name: area.name.clone(), anchors: area.anchors.clone() },
    })
}

/// What there is to see of it now. Guidance is open once one's own score is saved, and closed again while the same
/// question is being answered anew.
pub(super) fn view(tx: &mut Tx, actor: &Actor, row: &AttemptRow) -> Result<AttemptView> {
    let account = actor.account()?;
    let pinned = Pinned::of(tx, row)?;
    let phase = row.phase();
    let finished = matches!(phase, AttemptPhase::Scoring | AttemptPhase::Scored);
    let scored = phase == AttemptPhase::Scored;
    let open = scored && !attempts::is_open(tx, account, row.question_id)?;
    let recording = recordings::find(tx, account, row.id)?.map(|aloud| aloud.view());
    let compared = row.kept()?.map(|kept| Compared { heard: kept.heard, signs: kept.signs });
    Ok(AttemptView {
        id: row.id,
        phase,
        kind: row.kind,
        level: row.level,
        question_set_version_id: row.question_set_version_id,
        rubric_version_id: row.rubric_version_id,
        question_id: row.question_id,
        question: AskedQuestion { prompt: row.prompt.clone(), kind: pinned.question()?.kind, minutes: row.minutes },
        mock_id: row.mock_id,
        think_seconds: row.think_seconds,
        started_at: row.started_at,
        answering_at: row.answering_at,
        finished_at: row.finished_at,
        scored_at: row.scored_at,
        now: tx.now,
        answer: OwnAnswer { text: row.answer.clone(), version: row.version },
        recording,
        scale: finished.then(|| pinned.scale()).transpose()?,
        own: own(row),
        guidance: open.then(|| pinned.guidance()).transpose()?,
        compared: compared.filter(|_| open),
        note: row.note.clone(),
        due_on: if scored { cards::due_on(tx, account, row.question_id)? } else { None },
    })
}

fn own(row: &AttemptRow) -> Option<OwnScore> {
    let small = |value: i16| u8::try_from(value).unwrap_or_default();
    Some(OwnScore {
        score: row.score.map(small),
        area_score: small(row.area_score?),
        would_pass: small(row.would_pass?),
        checked: row.checked.iter().flatten().copied().map(small).collect(),
    })
}
