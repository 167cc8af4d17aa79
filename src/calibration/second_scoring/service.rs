//! Drawing, scoring again, and what is learnt from it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::agreement::{LEAST_INTERVIEWS, LEAST_PEOPLE, agreement, differences, panel_means};
use super::draw::{asked, drawn};
use super::model::{
    NewDraw, OwnSecondScore, SecondAnswers, SecondAsk, SecondComparison, SecondQuestion, SecondScoreId, SecondScoreView, SecondScoring,
};
use super::store::{self, ScoreRow};
use crate::calibration::exercises::{Named, by_roles};
use crate::interviews::{self, Brief};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, InterviewId, Role, TeamId};
use crate::question_sets::{self, QuestionId};
use crate::rooms;
use crate::rubrics::{self, RubricVersion};
use crate::scorecards::{self, CardView};
use crate::web::api::List;

pub use store::erase_drafts;

/// Draws a share of the finished interviews and asks members who know nothing of them to score each again.
pub fn draw(tx: &mut Tx, actor: &Actor, window: &NewDraw) -> Result<SecondScoring> {
    policy::allow(&actor.standing(), Act::AskSecondScoring)?;
    let (team, by) = (actor.team_id()?, actor.account()?);
    let pool = store::pool(tx, team, window)?;
    let seed = i64::from(rand::random::<u32>());
    let drawn = drawn(seed, window.percent, &pool);
    let asked = asked(seed, &drawn, store::open(tx, team)?);
    if asked.is_empty() {
        let detail = "No finished interview of this time can be scored again: each was drawn before, or every interviewer had a seat with its candidate.";
        return Err(Error::conflict("nothing-to-draw", detail));
    }
    let pool = i32::try_from(pool.len()).unwrap_or(i32::MAX);
    store::insert(tx, team, &store::Draw { window, seed, pool, by, asked })?;
    show(tx, actor)
}

/// The draws, and how near the two scorings are once there are enough. Nobody's by name, and no interview's.
pub fn show(tx: &mut Tx, actor: &Actor) -> Result<SecondScoring> {
    policy::allow(&actor.standing(), Act::AskSecondScoring)?;
    let team = actor.team_id()?;
    let draws = store::draws(tx, team)?;
    let rows = store::submitted(tx, team)?;
    let first = if rows.is_empty() { HashMap::new() } else { first_panels(tx, actor, None)? };
    let mut pairs = Vec::new();
    let mut people = HashSet::new();
    for row in &rows {
        // An interview of which the reader may know nothing yet is not among the first panels.
        let Some(first) = first.get(&row.interview) else { continue };
        let differences = differences(&row.answers.scores(), first);
        if !differences.is_empty() {
            pairs.push(differences);
            people.insert(row.account);
        }
    }
    let agreement = agreement(&pairs).filter(|_| people.len() >= LEAST_PEOPLE);
    Ok(SecondScoring { draws, double_scored: pairs.len(), needed: LEAST_INTERVIEWS, agreement })
}

/// The first panel's mean of each area, of the interviews that this reader may know of (R2).
fn first_panels(tx: &mut Tx, actor: &Actor, since: Option<&Brief>) -> Result<HashMap<InterviewId, [Option<f64>; 5]>> {
    let mut cards: HashMap<InterviewId, Vec<[Option<u8>; 5]>> = HashMap::new();
    for card in scorecards::blind_cards(tx, actor, since.map(|brief| brief.starts_at))? {
        cards.entry(card.interview).or_default().push(card.areas);
    }
    Ok(cards.into_iter().map(|(interview, cards)| (interview, panel_means(&cards))).collect())
}

/// What one is asked to score again, and what one has; what one may not score any more is left out.
pub fn asks(tx: &mut Tx, actor: &Actor) -> Result<List<SecondAsk>> {
    policy::allow(&actor.standing(), Act::ScoreAgain)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let mut items = Vec::new();
    let known = store::known(tx, team, account)?;
    let own = store::own(tx, team, account)?;
    let mut order: Vec<_> = own.iter().map(|row| (row.asked_at, row.id)).collect();
    order.sort_unstable();
    for row in own {
        let waits = row.submitted_at.is_none();
        if waits && (actor.role() != Some(Role::Interviewer) || known.contains(&row.interview)) {
            continue;
        }
        let ScoreRow { id, level, minutes, asked_at, submitted_at, .. } = row;
        let number = order.binary_search(&(asked_at, id)).unwrap_or_default() + 1;
        items.push(SecondAsk { id, number, level, minutes, asked_at, begun: row.version > 1, submitted_at });
    }
    Ok(List { items, next_cursor: None })
}

/// What a second scorer reads and gives; beside the first panel's means once it is in.
pub fn show_score(tx: &mut Tx, actor: &Actor, id: SecondScoreId) -> Result<SecondScoreView> {
    Ok(desk(tx, actor, id)?.view)
}

/// Everything the page of a score is made from.
pub struct SecondDesk {
    pub view: SecondScoreView,
    pub rubric: Arc<RubricVersion>,
}

pub fn desk(tx: &mut Tx, actor: &Actor, id: SecondScoreId) -> Result<SecondDesk> {
    let (_, row) = open(tx, actor, id)?;
    // This person was asked for this interview and has no seat there, so a lead's sight is borrowed for it. What is
    // read through it leaves as bare words only.
    let sight = actor.on_behalf_of_leads();
    let brief = interviews::find(tx, &sight, row.interview)?.brief;
    let questions = material(tx, &sight, &brief)?;
    let comparison = if row.submitted_at.is_some() { comparison(tx, actor, &brief, &row.answers)? } else { None };
    let rubric = rubrics::version(tx, brief.rubric_version_id)?;
    let view = SecondScoreView {
        id: row.id,
        level: brief.level,
        minutes: brief.minutes,
        rubric_version_id: brief.rubric_version_id,
        questions,
        missing: if row.submitted_at.is_none() { row.answers.missing() } else { Default::default() },
        areas: row.answers.all().to_vec(),
        version: row.version,
        asked_at: row.asked_at,
        submitted_at: row.submitted_at,
        comparison,
    };
    Ok(SecondDesk { view, rubric })
}

/// The prompts, and beside each what was noted and typed: no sign, no area, no author, no name.
fn material(tx: &mut Tx, sight: &Actor, brief: &Brief) -> Result<Vec<SecondQuestion>> {
    let seats = interviews::seats(tx, sight, brief.id)?;
    let cards = scorecards::visible_cards(tx, sight, brief.id)?;
    let mut people = vec![Named { name: &brief.candidate_name, role: "the candidate" }];
    // A card's author may have left the panel since.
    let panel = seats.iter().map(|seat| &seat.name).chain(cards.iter().map(|card| &card.name));
    people.extend(panel.map(|name| Named { name, role: "the interviewer" }));
    let mut notes = notes(&cards, &people);
    let mut pads: HashMap<QuestionId, String> = rooms::pad_texts(tx, sight, brief.id)?.into_iter().collect();
    let set = question_sets::version(tx, brief.question_set_version_id)?;
    let mut questions = Vec::new();
    for planned in interviews::questions(tx, sight, brief.id)? {
        let Some(question) = set.question(planned.question_id) else { continue };
        questions.push(SecondQuestion {
            question_id: Some(question.id),
            title: Some(question.title.clone()),
            prompt: Some(question.prompt.clone()),
            notes: notes.extract_if(.., |(beside, _)| *beside == Some(question.id)).map(|(_, text)| text).collect(),
            pad: pads.remove(&question.id).map(|text| by_roles(&text, &people)).filter(|text| !text.trim().is_empty()),
        });
    }
    if !notes.is_empty() {
        let notes = notes.into_iter().map(|(_, text)| text).collect();
        questions.push(SecondQuestion { question_id: None, title: None, prompt: None, notes, pad: None });
    }
    Ok(questions)
}

/// The notes of the counted cards as they were submitted, with the question of each. Their order says nothing of whose
/// they are: by the clock of the interview, then by their words. What several wrote alike stands once, since how often
/// it stands would be a count.
fn notes(cards: &[CardView], people: &[Named]) -> Vec<(Option<QuestionId>, String)> {
    let evidence = cards.iter().filter(|card| card.counts()).flat_map(|card| &card.content.evidence);
    let mut words: Vec<_> = evidence.map(|note| (note.at_seconds.unwrap_or(i32::MAX), note.text.trim(), note.question_id)).collect();
    words.sort();
    let mut seen = HashSet::new();
    words.retain(|(_, text, question)| seen.insert((*question, *text)));
    words.into_iter().map(|(_, text, question)| (question, by_roles(text, people))).collect()
}

/// None where the reader owes a card for a later interview of this candidate.
fn comparison(tx: &mut Tx, actor: &Actor, brief: &Brief, answers: &SecondAnswers) -> Result<Option<Vec<SecondComparison>>> {
    let Some(means) = first_panels(tx, actor, Some(brief))?.remove(&brief.id) else { return Ok(None) };
    let compare = |(area, (own, panel_mean)): (u8, (Option<u8>, Option<f64>))| SecondComparison {
        area,
        own,
        panel_mean,
        difference: own.zip(panel_mean).map(|(own, mean)| f64::from(own) - mean),
    };
    Ok(Some((1_u8..).zip(answers.scores().into_iter().zip(means)).map(compare).collect()))
}

/// Replaces the draft, if it is still at `version`.
pub fn save(tx: &mut Tx, actor: &Actor, id: SecondScoreId, version: i32, answers: &SecondAnswers) -> Result<SecondScoreView> {
    write(tx, actor, id, version, answers)?;
    show_score(tx, actor, id)
}

/// Locks what is there, for ever.
pub fn submit(tx: &mut Tx, actor: &Actor, id: SecondScoreId) -> Result<SecondScoreView> {
    let (team, row) = draft(tx, actor, id)?;
    row.answers.missing().check()?;
    store::submit(tx, team, row.id)?;
    show_score(tx, actor, id)
}

/// The same of a form, which brings the last words with it.
pub fn save_and_submit(tx: &mut Tx, actor: &Actor, id: SecondScoreId, version: i32, answers: &SecondAnswers) -> Result<SecondScoreView> {
    write(tx, actor, id, version, answers)?;
    submit(tx, actor, id)
}

fn write(tx: &mut Tx, actor: &Actor, id: SecondScoreId, version: i32, answers: &SecondAnswers) -> Result<()> {
    let (team, row) = draft(tx, actor, id)?;
    if row.version != version {
        let current = show_score(tx, actor, id)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    store::save(tx, team, row.id, answers)
}

fn draft(tx: &mut Tx, actor: &Actor, id: SecondScoreId) -> Result<(TeamId, ScoreRow)> {
    policy::allow(&actor.standing(), Act::ScoreAgain)?;
    store::hold(tx, actor.team_id()?, actor.account()?, id)?;
    match open(tx, actor, id)? {
        (_, ScoreRow { submitted_at: Some(_), .. }) => {
            Err(Error::conflict("submitted", "Your scores are in. Nothing of them changes any more."))
        }
        found => Ok(found),
    }
}

/// One of one's own; while it is not in, only for who still knows nothing of the interview.
fn open(tx: &mut Tx, actor: &Actor, id: SecondScoreId) -> Result<(TeamId, ScoreRow)> {
    policy::allow(&actor.standing(), Act::ScoreAgain)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let row = store::find(tx, team, account, id)?.ok_or(Error::NotFound)?;
    if row.submitted_at.is_none() && knows(tx, actor, (team, account), row.interview)? {
        let detail = "You can know more of this interview by now than its notes say, by a seat with its candidate or by leading the team. So it is not scored again by you.";
        return Err(Error::conflict("knows-too-much", detail));
    }
    Ok((team, row))
}

fn knows(tx: &mut Tx, actor: &Actor, (team, account): (TeamId, AccountId), interview: InterviewId) -> Result<bool> {
    Ok(actor.role() != Some(Role::Interviewer) || store::known(tx, team, account)?.contains(&interview))
}

/// All that one gave or began as a second scorer, to take along.
pub fn own_second_scores(tx: &mut Tx, actor: &Actor) -> Result<Vec<OwnSecondScore>> {
    let rows = store::own(tx, actor.team_id()?, actor.account()?)?;
    let own = |row: ScoreRow| OwnSecondScore {
        level: row.level,
        areas: row.answers.all().to_vec(),
        asked_at: row.asked_at,
        submitted_at: row.submitted_at,
    };
    Ok(rows.into_iter().map(own).collect())
}

/// Whether this reader may draw.
pub fn may_draw(actor: &Actor) -> bool {
    policy::may(&actor.standing(), Act::AskSecondScoring)
}
