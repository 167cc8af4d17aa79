//! A plan of practice towards a day.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AttemptId;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::InterviewId;
use crate::question_sets::{QuestionId, QuestionSetId, QuestionSetVersionId, Topic};
use crate::rubrics::Level;
use crate::{id_types, text_enum};

/// Fewer have no room for a question with its score.
const LEAST_MINUTES: u16 = 20;
const MOST_MINUTES: u16 = 240;
/// How far ahead a plan may reach, in days.
const FURTHEST: u64 = 180;

id_types! {
    /// A plan of practice.
    PlanId,
}

text_enum! {
    /// A day of the week.
    PlanWeekday {
        Monday = "monday",
        Tuesday = "tuesday",
        Wednesday = "wednesday",
        Thursday = "thursday",
        Friday = "friday",
        Saturday = "saturday",
        Sunday = "sunday",
    }
}

text_enum! {
    /// What an item of a plan is.
    PlanTask {
        /// A question that comes back.
        Due = "due",
        /// A question on an area.
        Area = "area",
        /// A question on a topic not practised yet.
        Topic = "topic",
        /// A question that stands on an earlier day of the plan too.
        Again = "again",
        /// Something that the résumé says, to be explained aloud.
        Claim = "claim",
        /// There is nothing yet that could be shown.
        CollectProof = "collect_proof",
        /// There is no question yet to ask.
        CollectQuestions = "collect_questions",
        /// To look through what can be shown.
        Proof = "proof",
        /// To choose among the questions to ask, and to say them aloud.
        Questions = "questions",
        Rest = "rest",
    }
}

text_enum! {
    /// What the areas of a plan rest on.
    PlanBasis {
        /// Own scores say of some areas that they are not ready; those of which too little is known follow.
        WeakAreas = "weak_areas",
        /// What is known is ready; time goes to the areas of which too little is known.
        UnknownAreas = "unknown_areas",
        /// Nothing is known surely, or everything is ready: all areas get the same.
        Evenly = "evenly",
    }
}

/// The days of the week on which somebody practises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(u8);

/// `PUT …/practice/plan`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPracticePlan)]
pub struct NewPlan {
    /// The day of the interview; needed unless an interview is named.
    pub towards: Option<NaiveDate>,
    /// One of your own that is planned in this team: its day is taken.
    pub interview_id: Option<InterviewId>,
    /// On which you practise.
    pub weekdays: Vec<PlanWeekday>,
    /// On each of these days, 20 to 240.
    pub minutes: u16,
    /// For the calendar, as in `18:00`, in your time zone; that without it.
    pub begins_at: Option<String>,
    pub level: Option<Level>,
    /// Of which set new questions are; of all that are open without it.
    pub question_set_id: Option<QuestionSetId>,
}

/// The same, parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanSettings {
    pub towards: NaiveDate,
    pub weekdays: Weekdays,
    pub minutes: u16,
    pub begins_at: NaiveTime,
    pub level: Level,
    pub set: Option<QuestionSetId>,
}

/// A plan as it is today. It is worked out anew from what was practised, so what was missed is in it again.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticePlan)]
pub struct PlanView {
    pub id: PlanId,
    pub towards: NaiveDate,
    pub weekdays: Vec<PlanWeekday>,
    pub minutes: u16,
    /// As in `18:00`.
    pub begins_at: String,
    pub level: Level,
    /// Of which set new questions are; null for all.
    pub question_set_id: Option<QuestionSetId>,
    pub made_at: DateTime<Utc>,
    /// In your time zone.
    pub today: NaiveDate,
    /// Answers scored since the plan was made, and on how many days.
    pub answers: i64,
    pub days_used: i64,
    /// Days of the plan that passed without an answer. What they held is in the days to come.
    pub days_passed: i64,
    /// What was scored today.
    pub done_today: Vec<DoneToday>,
    /// From today on, those that hold something.
    pub days: Vec<PlanDay>,
    pub basis: PlanBasis,
    /// Which areas get time, the neediest first, and why.
    pub areas: Vec<PlanArea>,
    /// What finds no room before the day.
    pub no_room: NoRoom,
    /// What another could be made of.
    pub choices: PlanChoices,
}

/// What a plan can be made of here.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = PracticePlanChoices)]
pub struct PlanChoices {
    /// Your own interviews to come in this team, from tomorrow on, the next first.
    pub interviews: Vec<OwnInterviewDay>,
    /// The sets that are open for practice.
    pub sets: Vec<PlanSet>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticePlanSet)]
pub struct PlanSet {
    pub id: QuestionSetId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticePlanDone)]
pub struct DoneToday {
    pub attempt_id: AttemptId,
    pub title: String,
    /// What it counts for: the question's own, and the time to score it.
    pub minutes: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticePlanDay)]
pub struct PlanDay {
    pub on: NaiveDate,
    /// All of its items together.
    pub minutes: u16,
    /// The last one: no new question.
    pub light: bool,
    pub items: Vec<PlanItem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticePlanItem)]
pub struct PlanItem {
    pub task: PlanTask,
    pub minutes: u16,
    /// In words.
    pub text: String,
    /// What helps with it; may be empty.
    pub advice: String,
    pub area: Option<u8>,
    pub topic: Option<Topic>,
    /// What to begin an attempt with, where it is a question.
    pub question_set_version_id: Option<QuestionSetVersionId>,
    pub question_id: Option<QuestionId>,
    pub level: Option<Level>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticePlanArea)]
pub struct PlanArea {
    pub area: u8,
    pub name: String,
    /// Why it stands where it stands.
    pub reason: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticePlanNoRoom)]
pub struct NoRoom {
    pub areas: Vec<u8>,
    pub topics: Vec<Topic>,
}

/// One's own interview to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticePlanInterview)]
pub struct OwnInterviewDay {
    pub id: InterviewId,
    pub starts_at: DateTime<Utc>,
    /// In your time zone.
    pub on: NaiveDate,
}

impl NewPlan {
    /// As of a day, of what there is.
    pub fn parse(&self, today: NaiveDate, choices: &PlanChoices) -> Result<PlanSettings> {
        let mut errors = FieldErrors::default();
        let towards = match self.interview_id {
            Some(id) => {
                let found = choices.interviews.iter().find(|interview| interview.id == id).map(|interview| interview.on);
                errors.take("interview_id", found.ok_or("Choose one of your interviews to come.".into()))
            }
            None => errors.take("towards", self.towards.ok_or("Say towards which day.".into())),
        };
        let towards = towards.and_then(|towards| errors.take("towards", ahead(towards, today).map(|()| towards)));
        let weekdays = errors.take("weekdays", Weekdays::of(&self.weekdays).ok_or("Choose at least one day of the week.".into()));
        if let (Some(towards), Some(weekdays)) = (towards, weekdays)
            && weekdays.between(today, towards).next().is_none()
        {
            errors.add("weekdays", "None of these days lies before that day. Choose another one.");
        }
        if !(LEAST_MINUTES..=MOST_MINUTES).contains(&self.minutes) {
            errors.add("minutes", format!("Choose {LEAST_MINUTES} to {MOST_MINUTES} minutes a day."));
        }
        let begins_at = self.begins_at.as_deref().filter(|text| !text.is_empty()).unwrap_or("18:00");
        let time = NaiveTime::parse_from_str(begins_at, "%H:%M").map_err(|_| "Write a time as in 18:00.".to_owned());
        let begins_at = errors.take("begins_at", time);
        let level = errors.take("level", self.level.ok_or("Choose a level.".into()));
        if self.question_set_id.is_some_and(|id| choices.sets.iter().all(|set| set.id != id)) {
            errors.add("question_set_id", "Choose a set that is open for practice.");
        }
        match (towards, weekdays, begins_at, level) {
            (Some(towards), Some(weekdays), Some(begins_at), Some(level)) if errors.is_empty() => {
                Ok(PlanSettings { towards, weekdays, minutes: self.minutes, begins_at, level, set: self.question_set_id })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }
}

fn ahead(towards: NaiveDate, today: NaiveDate) -> Result<(), String> {
    let last = today.checked_add_days(Days::new(FURTHEST)).unwrap_or(today);
    if towards <= today {
        Err("Choose a day after today.".into())
    } else if towards > last {
        Err("Choose a day within the next six months.".into())
    } else {
        Ok(())
    }
}

impl Weekdays {
    /// None without any.
    pub fn of(days: &[PlanWeekday]) -> Option<Self> {
        Self::from_bits(days.iter().fold(0, |bits, day| bits | (1 << *day as u8)))
    }

    /// As they are stored.
    pub fn from_bits(bits: u8) -> Option<Self> {
        (1..=127).contains(&bits).then_some(Weekdays(bits))
    }

    pub fn bits(self) -> u8 {
        self.0
    }

    pub fn has(self, day: PlanWeekday) -> bool {
        self.0 & (1 << day as u8) != 0
    }

    pub fn list(self) -> Vec<PlanWeekday> {
        PlanWeekday::ALL.iter().copied().filter(|day| self.has(*day)).collect()
    }

    /// Those of these days from one on, and before another.
    pub fn between(self, from: NaiveDate, before: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        from.iter_days().take_while(move |day| *day < before).filter(move |day| self.0 & (1 << day.weekday().num_days_from_monday()) != 0)
    }
}

impl PlanWeekday {
    /// As it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            PlanWeekday::Monday => "Mon",
            PlanWeekday::Tuesday => "Tue",
            PlanWeekday::Wednesday => "Wed",
            PlanWeekday::Thursday => "Thu",
            PlanWeekday::Friday => "Fri",
            PlanWeekday::Saturday => "Sat",
            PlanWeekday::Sunday => "Sun",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_plan_needs_a_day_ahead_and_a_day_of_the_week_before_it() {
        // A Monday.
        let today = day("2026-03-02");
        let good = NewPlan {
            towards: Some(day("2026-03-09")),
            weekdays: vec![PlanWeekday::Sunday, PlanWeekday::Monday],
            minutes: 30,
            level: Some(Level::Mid),
            ..NewPlan::default()
        };
        let settings = good.parse(today, &PlanChoices::default()).unwrap();
        assert_eq!(settings.weekdays.list(), [PlanWeekday::Monday, PlanWeekday::Sunday]);
        assert_eq!(settings.begins_at, NaiveTime::from_hms_opt(18, 0, 0).unwrap());
        let days: Vec<NaiveDate> = settings.weekdays.between(today, settings.towards).collect();
        assert_eq!(days, [day("2026-03-02"), day("2026-03-08")]);
        let refused = |new: NewPlan| {
            let Err(Error::Invalid(errors)) = new.parse(today, &PlanChoices::default()) else { panic!("it passed") };
            errors.iter().map(|error| error.field.clone()).collect::<Vec<_>>()
        };
        assert_eq!(refused(NewPlan { towards: Some(today), ..good.clone() }), ["towards"]);
        assert_eq!(refused(NewPlan { towards: Some(day("2026-09-01")), ..good.clone() }), ["towards"]);
        assert_eq!(
            refused(NewPlan { towards: Some(day("2026-03-05")), weekdays: vec![PlanWeekday::Friday], ..good.clone() }),
            ["weekdays"]
        );
        assert_eq!(
            refused(NewPlan { weekdays: Vec::new(), minutes: 10, begins_at: Some("6 pm".into()), level: None, ..good.clone() }),
            ["weekdays", "minutes", "begins_at", "level"]
        );
        assert_eq!(refused(NewPlan { question_set_id: Some(QuestionSetId(uuid::Uuid::nil())), ..good.clone() }), ["question_set_id"]);
        // Of an interview the day is taken, and only of one's own.
        let starts_at = "2026-03-12T09:00:00Z".parse().unwrap();
        let own = OwnInterviewDay { id: InterviewId(uuid::Uuid::from_u128(7)), starts_at, on: day("2026-03-12") };
        let towards_it = NewPlan { interview_id: Some(own.id), towards: None, ..good };
        assert_eq!(towards_it.parse(today, &PlanChoices { interviews: vec![own], sets: Vec::new() }).unwrap().towards, own.on);
        assert_eq!(refused(towards_it), ["interview_id"]);
    }
}
