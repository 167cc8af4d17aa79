//! Which question comes: of a set, of what has come back, or of a weak area.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::model::{AnswerKind, AttemptView, Choice, DueView, MockId, Source};
use super::super::store::{attempts, cards};
use super::view::view;
use super::{author, desk, today, weak_areas};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::question_sets::{self, Question, QuestionId, QuestionSetVersion, QuestionSetVersionId};
use crate::rubrics::{self, Level};

/// Begins an attempt; one that is begun at the same question goes on.
pub fn start(tx: &mut Tx, actor: &Actor, choice: Choice) -> Result<AttemptView> {
    author(actor)?;
    let open = question_sets::practisable(tx, actor)?;
    let asked = match choice.source {
        Source::Set { version, question, level } => of_set(tx, actor, &open, version, (question, level))?,
        Source::Due { question } => of_due(tx, actor, &open, question)?,
        Source::WeakAreas { version, level } => of_weak_areas(tx, actor, &open, version, level)?,
    };
    begin(tx, actor, &asked, choice.kind, choice.think_seconds, None)
}

/// A question of a set, to be answered at a level.
pub(super) struct Asked {
    pub version: Arc<QuestionSetVersion>,
    pub question: QuestionId,
    pub level: Level,
}

pub(super) fn begin(tx: &mut Tx, actor: &Actor, asked: &Asked, kind: AnswerKind, think: u16, mock: Option<MockId>) -> Result<AttemptView> {
    let (team, account) = author(actor)?;
    let rubric = rubrics::for_practice(tx, actor, asked.version.rubric.as_deref())?;
    let question = asked.version.question(asked.question).ok_or(Error::NotFound)?;
    let id = match attempts::open_at(tx, team, account, question.id)? {
        Some(id) => id,
        None => {
            let new = attempts::NewRow {
                version: &asked.version,
                rubric: &rubric,
                question,
                level: asked.level,
                kind,
                mock,
                think_seconds: think,
            };
            attempts::insert(tx, team, account, &new)?
        }
    };
    let row = attempts::find(tx, team, account, id)?.ok_or(Error::NotFound)?;
    view(tx, actor, &row)
}

/// The set, where one may practise on it.
pub(super) fn of_open(open: &[Arc<QuestionSetVersion>], version: QuestionSetVersionId) -> Result<Arc<QuestionSetVersion>> {
    let found = open.iter().find(|open| open.id == version).cloned();
    found.ok_or_else(|| Error::invalid("question_set_version_id", "Choose a set that is open for practice."))
}

fn of_set(
    tx: &mut Tx,
    actor: &Actor,
    open: &[Arc<QuestionSetVersion>],
    version: QuestionSetVersionId,
    (question, level): (Option<QuestionId>, Level),
) -> Result<Asked> {
    let version = of_open(open, version)?;
    let question = match question {
        Some(id) if version.question(id).is_some() => id,
        Some(_) => return Err(Error::invalid("question_id", "Choose a question of this set.")),
        None => least_practised(tx, actor, version.questions.iter().filter(|question| question.fits(level)))?
            .ok_or_else(|| Error::invalid("level", "This set has no question for this level."))?,
    };
    Ok(Asked { version, question, level })
}

fn of_due(tx: &mut Tx, actor: &Actor, open: &[Arc<QuestionSetVersion>], question: Option<QuestionId>) -> Result<Asked> {
    let (team, account) = author(actor)?;
    let nothing = |why: &str| Error::conflict("nothing-due", why.to_owned());
    let (question, level) = match question {
        // Whoever names one has picked it: that is free on every day.
        Some(named) => {
            let day = today(tx, actor);
            let card = cards::due_one(tx, account, team, day, named)?;
            card.ok_or_else(|| nothing("This question has not come back yet. Practise it from its set, or rest."))?
        }
        None => {
            let due = desk::due(tx, actor)?;
            let first = due.items.first().map(|item| (item.question_id, item.level));
            first.ok_or_else(|| nothing(&none_left(&due)))?
        }
    };
    let version = open.iter().find(|version| version.question(question).is_some()).cloned();
    let closed = || Error::conflict("set-closed", "The set of this question is not open for practice any more.");
    Ok(Asked { version: version.ok_or_else(closed)?, question, level })
}

/// Why nothing of what comes back is asked now.
fn none_left(due: &DueView) -> String {
    match (due.schedule.paused_on.is_some(), due.later) {
        (true, _) => "You have paused what comes back. Go on with it, practise a set, or rest.".into(),
        (false, 0) => "Nothing comes back today. Practise a set, or rest.".into(),
        (false, 1) => "That was your share for today. One more waits for the next days. Practise a set, or rest.".into(),
        (false, later) => format!("That was your share for today. {later} more wait for the next days. Practise a set, or rest."),
    }
}

/// Of the lowest area for which there is a question, the one practised least.
fn of_weak_areas(
    tx: &mut Tx,
    actor: &Actor,
    open: &[Arc<QuestionSetVersion>],
    version: Option<QuestionSetVersionId>,
    level: Level,
) -> Result<Asked> {
    let versions = match version {
        Some(version) => vec![of_open(open, version)?],
        None => open.to_vec(),
    };
    let areas = weak_areas(tx, actor)?;
    for area in areas {
        let fitting = |question: &&Question| question.fits(level) && question.primary_area() == Some(area.area);
        let questions = versions.iter().flat_map(|version| &version.questions).filter(fitting);
        let Some(question) = least_practised(tx, actor, questions)? else { continue };
        if let Some(version) = versions.iter().find(|version| version.question(question).is_some()) {
            return Ok(Asked { version: Arc::clone(version), question, level });
        }
    }
    Err(Error::invalid("level", "No set here has a question for this level."))
}

/// The one that was begun least often, of these the one that was begun longest ago, else the first.
fn least_practised<'q>(tx: &mut Tx, actor: &Actor, questions: impl Iterator<Item = &'q Question>) -> Result<Option<QuestionId>> {
    let ids: Vec<QuestionId> = questions.map(|question| question.id).collect();
    let practised: HashMap<_, _> = attempts::practised(tx, actor.account()?, &ids)?;
    Ok(ids.into_iter().enumerate().min_by_key(|(place, id)| (practised.get(id).copied().unwrap_or_default(), *place)).map(|(_, id)| id))
}
