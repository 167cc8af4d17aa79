//! A plan of practice towards a day: what it rests on, and how it stands today.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::super::model::{
    DoneToday, LEAST, NewPlan, OwnInterviewDay, PlanArea, PlanBasis, PlanChoices, PlanDay, PlanItem, PlanSet, PlanSettings, PlanTask,
    PlanView, PracticeReadiness, Weekdays,
};
use super::super::planning::calendar::{self, Entry, Heading};
use super::super::planning::{self, Due, Facts, LaidOut, Ready, SCORING, Slot, What};
use super::super::store::plans::{self as store, PlanRow};
use super::super::store::{attempts, cards, figures};
use super::{author, today};
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::proofs;
use crate::question_sets::{self, Question, QuestionId, QuestionSetVersion, Topic};
use crate::resumes;
use crate::rubrics::{self, Area, Level};

/// One's own as it is today, in the team where one practises; none before one is made. As many queries however much was
/// practised.
pub fn plan(tx: &mut Tx, actor: &Actor) -> Result<Option<PlanView>> {
    let (_, account) = author(actor)?;
    let Some(row) = store::find(tx, account)? else { return Ok(None) };
    let settings = settings(&row)?;
    let ground = Ground::look_up(tx, actor, &row, &settings)?;
    let choices = choices(tx, actor, &ground.versions)?;
    Ok(Some(ground.view(&row, &settings, choices)))
}

/// What one's own can be made of here.
pub fn plan_choices(tx: &mut Tx, actor: &Actor) -> Result<PlanChoices> {
    let versions = question_sets::practisable(tx, actor)?;
    choices(tx, actor, &versions)
}

fn choices(tx: &mut Tx, actor: &Actor, versions: &[Arc<QuestionSetVersion>]) -> Result<PlanChoices> {
    let (team, account) = author(actor)?;
    let (zone, day) = (actor.time_zone(), today(tx, actor));
    let interviews = interviews::to_come_of_candidate(tx, team, account)?;
    Ok(PlanChoices {
        interviews: interviews
            .into_iter()
            .map(|(id, starts_at)| OwnInterviewDay { id, starts_at, on: starts_at.with_timezone(&zone).date_naive() })
            // No plan leads to a day that is here.
            .filter(|interview| interview.on > day)
            .collect(),
        sets: versions.iter().map(|version| PlanSet { id: version.set(), name: version.name.clone() }).collect(),
    })
}

/// Makes it, or changes the one that stands; what was done since it was made counts on.
pub fn set_plan(tx: &mut Tx, actor: &Actor, new: &NewPlan) -> Result<PlanView> {
    let (_, account) = author(actor)?;
    let day = today(tx, actor);
    let settings = new.parse(day, &plan_choices(tx, actor)?)?;
    let over = store::find(tx, account)?.is_none_or(|row| row.towards <= day);
    store::put(tx, account, &settings, over)?;
    plan(tx, actor)?.ok_or(Error::NotFound)
}

/// It is gone; what was practised stays.
pub fn remove_plan(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let (_, account) = author(actor)?;
    store::delete(tx, account)
}

/// For one's own calendar, an event a day.
pub fn plan_file(tx: &mut Tx, actor: &Actor) -> Result<String> {
    let plan = plan(tx, actor)?.ok_or(Error::NotFound)?;
    let (_, account) = author(actor)?;
    let row = store::find(tx, account)?.ok_or(Error::NotFound)?;
    let heading = Heading {
        plan: plan.id,
        made_at: plan.made_at,
        written_at: tx.now,
        zone: actor.time_zone(),
        begins_at: row.begins_at,
        url: format!("{}/teams/{}/practice/plan", tx.base_url().trim_end_matches('/'), actor.team_id()?),
    };
    let line = |item: &PlanItem| if item.minutes == 0 { item.text.clone() } else { format!("{} ({} min)", item.text, item.minutes) };
    let entry = |day: &PlanDay| Entry { on: day.on, minutes: day.minutes, lines: day.items.iter().map(line).collect() };
    Ok(calendar::write(&heading, &plan.days.iter().map(entry).collect::<Vec<_>>()))
}

pub(super) fn settings(row: &PlanRow) -> Result<PlanSettings> {
    let wrong = || Error::Internal(anyhow::anyhow!("a plan holds what no plan may"));
    Ok(PlanSettings {
        towards: row.towards,
        weekdays: u8::try_from(row.weekdays).ok().and_then(Weekdays::from_bits).ok_or_else(wrong)?,
        minutes: row.minutes.cast_unsigned(),
        begins_at: row.begins_at,
        level: row.level,
        set: row.set_id,
    })
}

/// What a plan stands on, looked up once.
struct Ground {
    facts: Facts,
    basis: PlanBasis,
    areas: Vec<PlanArea>,
    versions: Vec<Arc<QuestionSetVersion>>,
    /// Names of all areas, in their order.
    names: Vec<String>,
    /// Of questions that were met: nothing else is said of one before it is scored.
    titles: HashMap<QuestionId, String>,
    claims: Vec<resumes::Suggestion>,
    done_today: Vec<DoneToday>,
    days_used: Vec<(NaiveDate, i64)>,
    made_on: NaiveDate,
}

impl Ground {
    fn look_up(tx: &mut Tx, actor: &Actor, row: &PlanRow, settings: &PlanSettings) -> Result<Self> {
        let (team, account) = author(actor)?;
        let (zone, day) = (actor.time_zone(), today(tx, actor));
        let made_on = row.made_at.with_timezone(&zone).date_naive();
        let versions = question_sets::practisable(tx, actor)?;
        let rubric = rubrics::for_practice(tx, actor, None)?;
        let sums = figures::areas(tx, account, row.made_at)?;
        let needs = needs(&rubric.areas, settings.level, |area| sums.get(&area).map(|(sums, _)| *sums).unwrap_or_default());
        let met = figures::topics(tx, account)?;
        let (_, answered, schedule) = cards::today(tx, account, team, day)?;
        let (done_today, answered_today) = done_today(tx, actor)?;
        let due = if schedule.paused_on.is_some() { Vec::new() } else { comes_back(tx, actor, &versions, row.towards, &answered_today)? };
        let (proofs, questions) = proofs::beside(tx, actor)?.unwrap_or_default();
        let out = |id: QuestionId| answered_today.contains(&id) || due.iter().any(|(due, _)| due.question == id);
        let pool = pool(tx, actor, chosen(&versions, settings), settings.level, out)?;
        let claims = resumes::suggestions(&resumes::own(tx, actor)?.resume, &[], resumes::MOST_SUGGESTED);
        let (areas, basis) = needs;
        Ok(Ground {
            facts: Facts {
                made_on,
                today: day,
                towards: settings.towards,
                weekdays: settings.weekdays,
                minutes: settings.minutes,
                used_today: done_today.iter().map(|done| done.minutes).sum(),
                daily: usize::from(schedule.daily),
                answered_today: usize::try_from(answered).unwrap_or_default(),
                due: due.iter().map(|(due, _)| *due).collect(),
                areas: areas.iter().map(|area| (area.area, sums.get(&area.area).map_or(0, |(_, since)| *since))).collect(),
                topics: Topic::ALL.iter().copied().filter(|topic| !met.contains_key(topic.as_str())).collect(),
                pool,
                claims: claims.len(),
                proofs: proofs.len(),
                questions: questions.len(),
            },
            basis,
            areas,
            names: rubric.areas.iter().map(|area| area.name.clone()).collect(),
            titles: due.into_iter().map(|(due, title)| (due.question, title)).collect(),
            versions,
            claims,
            done_today,
            days_used: store::days_since(tx, account, zone, row.made_at)?,
            made_on,
        })
    }

    fn view(self, row: &PlanRow, settings: &PlanSettings, choices: PlanChoices) -> PlanView {
        let LaidOut { days, no_room } = planning::lay_out(&self.facts);
        let used: BTreeSet<NaiveDate> = self.days_used.iter().map(|(day, _)| *day).collect();
        let passed = settings.weekdays.between(self.made_on, self.facts.today.min(row.towards)).filter(|day| !used.contains(day)).count();
        let day = |day: &planning::Day| PlanDay {
            on: day.on,
            minutes: day.slots.iter().map(|slot| slot.minutes).sum(),
            light: day.light,
            items: day.slots.iter().map(|slot| self.item(*slot, settings.level)).collect(),
        };
        PlanView {
            id: row.id,
            towards: row.towards,
            weekdays: settings.weekdays.list(),
            minutes: settings.minutes,
            begins_at: settings.begins_at.format("%H:%M").to_string(),
            level: settings.level,
            question_set_id: settings.set,
            made_at: row.made_at,
            today: self.facts.today,
            answers: self.days_used.iter().map(|(_, answers)| answers).sum(),
            days_used: self.days_used.len() as i64,
            days_passed: passed as i64,
            days: days.iter().map(day).collect(),
            done_today: self.done_today,
            basis: self.basis,
            areas: self.areas,
            no_room,
            choices,
        }
    }

    fn item(&self, slot: Slot, level: Level) -> PlanItem {
        let (task, text, advice) = self.words(slot.what);
        let (area, topic, question) = match slot.what {
            What::Due(question) => (None, None, Some(question)),
            What::Area(area, question) | What::Again(area, question) => (Some(area), None, Some(question)),
            What::Topic(topic, question) => (None, Some(topic), Some(question)),
            _ => (None, None, None),
        };
        let version = question.and_then(|id| self.versions.iter().find(|version| version.question(id).is_some()));
        PlanItem {
            task,
            minutes: slot.minutes,
            text,
            advice,
            area,
            topic,
            question_set_version_id: version.map(|version| version.id),
            question_id: question,
            level: question.map(|_| level),
        }
    }

    fn words(&self, what: What) -> (PlanTask, String, String) {
        let plain = |task, text: &str, advice: &str| (task, text.to_owned(), advice.to_owned());
        let things = |many: usize, one: &str, more: &str| if many == 1 { format!("one {one}") } else { format!("{many} {more}") };
        match what {
            What::Due(question) => (PlanTask::Due, self.titles.get(&question).cloned().unwrap_or_default(), String::new()),
            What::Area(area, _) => (PlanTask::Area, self.on_area(area), String::new()),
            What::Again(area, question) => {
                (PlanTask::Again, self.titles.get(&question).cloned().unwrap_or_else(|| self.on_area(area)), String::new())
            }
            What::Topic(topic, _) => (PlanTask::Topic, format!("A question on {}", topic.label()), String::new()),
            What::Claim(place) => {
                let claim = self.claims.get(place);
                let text = claim.map(|claim| claim.text.clone()).unwrap_or_default();
                (
                    PlanTask::Claim,
                    format!("Explain aloud, from your résumé: {text}"),
                    claim.map(|claim| claim.detail.clone()).unwrap_or_default(),
                )
            }
            What::CollectProof => {
                plain(PlanTask::CollectProof, "Collect what you can show", "One thing that others can open is enough to begin with.")
            }
            What::CollectQuestions => {
                plain(PlanTask::CollectQuestions, "Choose what you want to ask", "Six questions stand ready; your own are better.")
            }
            What::Proof => (
                PlanTask::Proof,
                format!("Look through what you can show: {}", things(self.facts.proofs, "thing", "things")),
                "Does each link open? Say in two sentences what it shows.".into(),
            ),
            What::Questions => (
                PlanTask::Questions,
                format!("Say aloud what you want to ask: {}", things(self.facts.questions, "question", "questions")),
                "Three are enough. Put the one you care about most first.".into(),
            ),
            What::Rest => plain(PlanTask::Rest, "Then rest", "Sleep does more for tomorrow than one more question."),
        }
    }
}

impl Ground {
    /// Nothing else is said of a question before its score.
    fn on_area(&self, area: u8) -> String {
        let name = usize::from(area).checked_sub(1).and_then(|place| self.names.get(place)).cloned().unwrap_or_default();
        format!("A question on {}", name.to_lowercase())
    }
}

/// What was scored on this day, and which questions that were.
fn done_today(tx: &mut Tx, actor: &Actor) -> Result<(Vec<DoneToday>, BTreeSet<QuestionId>)> {
    let (zone, day) = (actor.time_zone(), today(tx, actor));
    // A day has at most 26 hours.
    let since = tx.now - TimeDelta::hours(26);
    let scored = store::scored_since(tx, actor.account()?, since)?;
    let of_today = scored.into_iter().filter(|(.., at)| at.is_some_and(|at| at.with_timezone(&zone).date_naive() == day));
    let done = |(attempt_id, question, title, minutes, _)| {
        let minutes: i32 = minutes;
        (DoneToday { attempt_id, title, minutes: with_score(minutes.try_into().unwrap_or_default()) }, question)
    };
    Ok(of_today.map(done).unzip())
}

/// What comes back before a day and was not answered on this one, with its title. A question whose set was closed cannot
/// be asked here.
fn comes_back(
    tx: &mut Tx,
    actor: &Actor,
    versions: &[Arc<QuestionSetVersion>],
    before: NaiveDate,
    answered: &BTreeSet<QuestionId>,
) -> Result<Vec<(Due, String)>> {
    let coming = store::due_before(tx, actor.account()?, actor.team_id()?, before)?;
    let due = |(question, title, on): (QuestionId, String, NaiveDate)| {
        let found = versions.iter().find_map(|version| version.question(question))?;
        let area = found.primary_area()?;
        (!answered.contains(&question)).then(|| (Due { question, area, on, minutes: with_score(found.minutes) }, title))
    };
    Ok(coming.into_iter().filter_map(due).collect())
}

fn with_score(minutes: u16) -> u16 {
    minutes.saturating_add(SCORING)
}

/// Which areas get time, the neediest first. An area is weak only where enough is known of it to say so.
fn needs(areas: &[Area], level: Level, sums: impl Fn(u8) -> super::super::statistics::Sums) -> (Vec<PlanArea>, PlanBasis) {
    let judged = areas.iter().map(|area| {
        let sums = sums(area.number);
        let (readiness, reason) = sums.readiness(level, *area.expected.at(level));
        (
            PlanArea { area: area.number, name: area.name.clone(), reason },
            readiness,
            if sums.attempts >= LEAST { sums.mean } else { f64::INFINITY },
        )
    });
    let mut judged: Vec<_> = judged.collect();
    judged.sort_by(|one, other| one.1.need().cmp(&other.1.need()).then(one.2.total_cmp(&other.2)).then(one.0.area.cmp(&other.0.area)));
    let any = |of: fn(PracticeReadiness) -> bool| judged.iter().any(|(_, readiness, _)| of(*readiness));
    let weak = any(|readiness| matches!(readiness, PracticeReadiness::NotYet | PracticeReadiness::NearlyReady));
    let (known, unknown) =
        (any(|readiness| readiness != PracticeReadiness::NotEnough), any(|readiness| readiness == PracticeReadiness::NotEnough));
    let basis = match (weak, known && unknown) {
        (true, _) => PlanBasis::WeakAreas,
        (false, true) => PlanBasis::UnknownAreas,
        (false, false) => PlanBasis::Evenly,
    };
    // What is ready gets the time that the others leave.
    judged.retain(|(_, readiness, _)| basis == PlanBasis::Evenly || *readiness != PracticeReadiness::Ready);
    (judged.into_iter().map(|(area, ..)| area).collect(), basis)
}

/// The version of the chosen set, or all where none is chosen or it is not open any more.
fn chosen<'v>(versions: &'v [Arc<QuestionSetVersion>], settings: &PlanSettings) -> Vec<&'v QuestionSetVersion> {
    let of_set: Vec<&QuestionSetVersion> = versions.iter().map(Arc::as_ref).filter(|version| settings.set == Some(version.set())).collect();
    if of_set.is_empty() { versions.iter().map(Arc::as_ref).collect() } else { of_set }
}

/// What can be asked at a level and is not left out, each once; what was asked least, and longest ago, first.
fn pool(
    tx: &mut Tx,
    actor: &Actor,
    versions: Vec<&QuestionSetVersion>,
    level: Level,
    left_out: impl Fn(QuestionId) -> bool,
) -> Result<Vec<Ready>> {
    let mut seen = BTreeSet::new();
    let all: Vec<&Question> = versions
        .iter()
        .flat_map(|version| &version.questions)
        .filter(|question| question.fits(level) && !left_out(question.id) && seen.insert(question.id))
        .collect();
    let asked = attempts::practised(tx, actor.account()?, &all.iter().map(|question| question.id).collect::<Vec<_>>())?;
    let ready = |question: &&Question| {
        let area = question.primary_area()?;
        Some(Ready { question: question.id, area, topics: question.topics.clone(), minutes: with_score(question.minutes) })
    };
    let mut pool: Vec<Ready> = all.iter().filter_map(ready).collect();
    pool.sort_by_key(|ready| asked.get(&ready.question).copied().unwrap_or_default());
    Ok(pool)
}
