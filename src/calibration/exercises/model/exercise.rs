//! Exercises: who scores what by when, and what they learn from it together.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers::GoldScoreId;
use super::gold::{GoldId, GoldVersionId};
use crate::id_types;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::AccountId;
use crate::rubrics::Level;

id_types! {
    /// Several people who score the same gold interviews by a deadline.
    ExerciseId,
}

/// Fewer than this, and a distribution would name people.
pub const LEAST_PEOPLE: usize = 3;
/// Most interviews of one exercise.
pub const MOST_INTERVIEWS: usize = 12;

/// `POST …/exercises`, and what a change replaces.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExerciseInput {
    pub name: String,
    /// Until then the first interviews are scored.
    pub deadline: DateTime<Utc>,
    /// The first interviews; the newest version of each is pinned.
    pub gold_interview_ids: Vec<GoldId>,
    /// Given after the discussion, to see what has changed.
    #[serde(default)]
    pub held_back_ids: Vec<GoldId>,
    /// Until then those are scored.
    #[serde(default)]
    pub second_deadline: Option<DateTime<Utc>>,
    /// Who is asked.
    pub account_ids: Vec<AccountId>,
}

/// `PUT …/exercises/{id}`: when, and who else; what is scored stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExerciseChange {
    pub name: String,
    pub deadline: DateTime<Utc>,
    #[serde(default)]
    pub second_deadline: Option<DateTime<Utc>>,
    /// Who is asked. Who has begun stays.
    pub account_ids: Vec<AccountId>,
}

/// What an exercise is made of, parsed.
#[derive(Debug, Clone)]
pub struct NewExercise {
    pub plan: Plan,
    pub first: Vec<GoldId>,
    pub held_back: Vec<GoldId>,
}

/// What of it may change.
#[derive(Debug, Clone)]
pub struct Plan {
    pub name: String,
    pub deadline: DateTime<Utc>,
    pub second_deadline: Option<DateTime<Utc>>,
    pub accounts: BTreeSet<AccountId>,
}

impl NewExercise {
    pub fn parse(input: &ExerciseInput) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let change = ExerciseChange {
            name: input.name.clone(),
            deadline: input.deadline,
            second_deadline: input.second_deadline.filter(|_| !input.held_back_ids.is_empty()),
            account_ids: input.account_ids.clone(),
        };
        let plan = Plan::take(&change, !input.held_back_ids.is_empty(), &mut errors);
        if input.gold_interview_ids.is_empty() {
            errors.add("gold_interview_ids", "Choose at least one gold interview.");
        }
        let (first, held_back) = (input.gold_interview_ids.clone(), input.held_back_ids.clone());
        let all: Vec<GoldId> = first.iter().chain(&held_back).copied().collect();
        if all.len() > MOST_INTERVIEWS {
            errors.add("gold_interview_ids", format!("Choose at most {MOST_INTERVIEWS} gold interviews."));
        }
        if all.iter().collect::<BTreeSet<_>>().len() < all.len() {
            errors.add("held_back_ids", "Each interview is scored once: first, or held back.");
        }
        match plan {
            Some(plan) if errors.is_empty() => Ok(NewExercise { plan, first, held_back }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl Plan {
    pub fn parse(change: &ExerciseChange, holds_back: bool) -> Result<Self> {
        let mut errors = FieldErrors::default();
        match Plan::take(change, holds_back, &mut errors) {
            Some(plan) if errors.is_empty() => Ok(plan),
            _ => Err(Error::Invalid(errors)),
        }
    }

    fn take(change: &ExerciseChange, holds_back: bool, errors: &mut FieldErrors) -> Option<Self> {
        let name = match change.name.trim() {
            "" => Err("Give the exercise a name.".to_owned()),
            name => parse::line(name, 1, 80),
        };
        let name = errors.take("name", name);
        let second_deadline = change.second_deadline.filter(|_| holds_back);
        match second_deadline {
            None if holds_back => errors.add("second_deadline", "Say until when what is held back is scored."),
            Some(second) if second <= change.deadline => errors.add("second_deadline", "This comes after the first deadline."),
            _ => {}
        }
        let accounts: BTreeSet<_> = change.account_ids.iter().copied().collect();
        if accounts.is_empty() {
            errors.add("account_ids", "Ask at least one person. From three on, the team’s distribution is shown.");
        }
        Some(Plan { name: name?, deadline: change.deadline, second_deadline, accounts })
    }
}

/// An exercise as somebody of the team finds it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExerciseView {
    pub id: ExerciseId,
    pub name: String,
    pub deadline: DateTime<Utc>,
    pub second_deadline: Option<DateTime<Utc>>,
    /// For the next If-Match.
    pub version: i32,
    pub stage: Stage,
    /// One is asked to score.
    pub asked: bool,
    /// In the order in which one scores them; what is held back comes when the discussion is over.
    pub interviews: Vec<ExerciseInterview>,
    /// How many are asked.
    pub people: usize,
    /// Of how many everything of this stage is in that they score here.
    pub people_done: usize,
    /// How many score nothing of this stage: they had a hand in it, or scored it not long ago.
    pub people_spared: usize,
    /// How many have missed the deadline of this stage.
    pub people_missed: usize,
    /// How many interviews are held back.
    pub held_back: usize,
    /// Who is asked, for who leads it; never who is done.
    pub account_ids: Option<Vec<AccountId>>,
    pub discussed_at: Option<DateTime<Utc>>,
}

/// Where an exercise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ExerciseStage)]
pub enum Stage {
    /// Each scores for themselves.
    Scoring,
    /// Everybody is in, or the deadline has passed: it is talked about.
    Discussion,
    /// What was held back is scored.
    SecondScoring,
    Done,
}

/// One interview of an exercise, for one person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExerciseInterview {
    pub gold_interview_id: GoldId,
    pub gold_version_id: GoldVersionId,
    pub title: String,
    pub level: Level,
    pub minutes: u32,
    pub held_back: bool,
    pub own: Step,
}

/// Where one stands with one interview of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
#[schema(as = ExerciseStep)]
pub enum Step {
    /// One is not asked to score it.
    NotAsked,
    /// The one to score now.
    Next,
    /// After those before it.
    Later,
    Begun {
        score_id: GoldScoreId,
    },
    Submitted {
        score_id: GoldScoreId,
    },
    /// Scored elsewhere not long ago, so not here.
    ScoredBefore {
        score_id: GoldScoreId,
        again_from: DateTime<Utc>,
    },
    /// One had a hand in it.
    Maker,
    /// The deadline has passed.
    Missed,
    /// Scored after the deadline: for oneself alone.
    Late {
        score_id: GoldScoreId,
    },
}

impl Step {
    /// Something is left to do.
    pub fn waits(self) -> bool {
        matches!(self, Step::Next | Step::Later | Step::Begun { .. })
    }
}

/// What waits for somebody: the next gold interview to score.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WaitingExercise {
    pub exercise_id: ExerciseId,
    pub name: String,
    pub deadline: DateTime<Utc>,
    pub title: String,
    pub minutes: u32,
    /// How many interviews of the exercise are left.
    pub left: usize,
}

/// How the team scored, once one's own is in: nobody's name, and no fewer than three people.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Distribution {
    pub interviews: Vec<DistributionOf>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DistributionOf {
    pub gold_interview_id: GoldId,
    pub title: String,
    pub held_back: bool,
    /// Whose scores are counted; none while one's own is not in, or fewer than three are.
    pub people: Option<usize>,
    /// Five where it is shown, else none.
    pub areas: Vec<DistributionOfArea>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DistributionOfArea {
    pub area: u8,
    /// How many gave 1, 2, 3, 4, 5.
    pub counts: [usize; 5],
    pub own: Option<u8>,
    pub reference: u8,
    pub contested: bool,
    /// Standard deviation.
    pub spread: f64,
}

/// What an exercise is talked about by.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DiscussionView {
    /// The two areas in which the team was furthest apart, the widest first; none where too few are in.
    pub widest: Vec<WideArea>,
    pub notes: String,
    /// Of the notes, for the next If-Match.
    pub version: i32,
    pub changed_by: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WideArea {
    pub area: u8,
    /// Standard deviation of the scores of one interview, on average.
    pub spread: f64,
}

/// `PUT …/discussion`: what was said.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscussionInput {
    pub notes: String,
}

impl DiscussionInput {
    pub fn parse(&self) -> Result<String> {
        parse::text(&self.notes, 10_000).map_err(|message| Error::invalid("notes", message))
    }
}
