//! Attempts shown to one named person, a coach, who scores them on the same anchors.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::giving::places;
use super::{AttemptId, Estimate, OwnScale, ShareId};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{AccountId, TeamId};
use crate::rubrics::Level;

/// How long a share stands; then it ends by itself.
pub const SHARED_FOR: TimeDelta = TimeDelta::days(30);
/// Nobody scores more in one go.
pub const MOST_ATTEMPTS: usize = 20;
/// Shares that one person may have open.
pub const MOST_SHARES: i64 = 20;
/// As long as the columns take, in characters.
const LONGEST_WORDS: usize = 4_000;

/// `POST …/practice/shares`: some attempts of this team, for one person. Who that is, one of the two says.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPracticeShare)]
pub struct NewShare {
    /// Scored attempts of one's own, 1 to 20.
    pub attempt_ids: Vec<AttemptId>,
    /// A member of the team.
    pub coach_id: Option<AccountId>,
    /// The address of their account: of a member of the team; in a personal team, of anybody in a team with you.
    pub coach_email: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub attempts: Vec<AttemptId>,
    pub coach: Named,
}

/// Who is to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Id(AccountId),
    Email(String),
}

/// `PUT …/practice/shares/{id}/attempts/{attempt_id}/score`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCoachScore {
    /// 1 to 5 on the question's own anchors; left out where it has none.
    pub score: Option<u8>,
    /// 1 to 5 on the area's anchors.
    pub area_score: Option<u8>,
    /// Steps of the checklist that were taken, by their places from 0.
    #[serde(default)]
    pub checked: Vec<u8>,
    /// What in the answer shows it.
    #[serde(default)]
    pub evidence: String,
    /// What to try next, if anything.
    #[serde(default)]
    pub comment: String,
}

/// The same, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenCoachScore {
    pub score: Option<u8>,
    pub area_score: u8,
    pub checked: Vec<u8>,
    pub evidence: String,
    pub comment: String,
}

/// Where a share stands, for whoever looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareState {
    Open,
    /// Every answer has the coach's score.
    Scored,
    TakenBack,
    /// The thirty days are over.
    Ended,
}

/// Shares of one's own and those with oneself, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeShares)]
pub struct Shares {
    pub given: Vec<ShareOfList>,
    pub received: Vec<ShareOfList>,
}

/// One share in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeShareOfList)]
pub struct ShareOfList {
    pub id: ShareId,
    /// The other of the two.
    pub with: String,
    pub made_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub attempts: i64,
    /// How many of them the coach has scored.
    pub scored: i64,
    /// The team in which the reader opens it; null when they have left that.
    pub team_id: Option<TeamId>,
}

/// One share, as its author or its coach sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeShare)]
pub struct ShareView {
    pub id: ShareId,
    /// The attempts are one's own.
    pub yours: bool,
    pub author: String,
    pub coach: String,
    pub made_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The server's clock.
    pub now: DateTime<Utc>,
    /// For the coach alone, who must be signed in; only its author has it.
    pub link: Option<String>,
    pub attempts: Vec<SharedAttempt>,
    /// Of the answers that both have scored and the reader sees both scores of.
    pub gap: ShareGap,
}

/// An answer with what it is scored on. Whose it is sees the coach's score at once; the coach sees the author's own
/// scores once every answer of the share is scored.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SharedAttempt {
    pub attempt_id: AttemptId,
    pub prompt: String,
    /// For its author, once it is scored by both; titles name what a question is about.
    pub title: Option<String>,
    pub level: Level,
    /// Time that the answer took, in seconds, and what was planned, in minutes.
    pub answer_seconds: i64,
    pub minutes: i32,
    pub answer: String,
    /// What was said aloud, while it is kept; it is heard at `…/audio`.
    pub sound: Option<SharedSound>,
    pub scale: OwnScale,
    pub coach: Option<CoachScore>,
    pub own: Option<SharedScore>,
    /// Own score less the coach's, where both are there to be seen.
    pub gap: Option<SharedGap>,
}

/// The sound of a shared answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SharedSound {
    pub duration_ms: Option<i32>,
}

/// What the coach gave; it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CoachScore {
    pub scored_at: DateTime<Utc>,
    #[serde(flatten)]
    pub given: SharedScore,
    /// Both null for its author while they answer the question anew.
    pub evidence: Option<String>,
    pub comment: Option<String>,
}

/// A score of one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SharedScore {
    pub score: Option<u8>,
    pub area_score: u8,
    /// Steps of the checklist, by their places from 0.
    pub checked: Vec<u8>,
}

/// Above zero the author sees themselves higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SharedGap {
    /// On the question's own anchors, where it has some.
    pub score: Option<i8>,
    pub area_score: i8,
}

/// Own scores on the areas less the coach's.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeShareGap)]
pub struct ShareGap {
    /// Answers that both have scored.
    pub attempts: usize,
    /// With its 95 % interval, from three answers on.
    pub all: Option<Estimate>,
    pub areas: Vec<ShareAreaGap>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeShareAreaGap)]
pub struct ShareAreaGap {
    pub area: u8,
    pub name: String,
    pub attempts: usize,
    /// Means of both with their 95 % intervals, from three answers on.
    pub own: Option<Estimate>,
    pub coach: Option<Estimate>,
    /// From three answers on.
    pub gap: Option<Estimate>,
    /// Why there is no number; null where there is one.
    pub reason: Option<String>,
}

impl NewShare {
    pub fn parse(&self) -> Result<Wish> {
        let mut errors = FieldErrors::default();
        let mut attempts = self.attempt_ids.clone();
        attempts.sort_unstable();
        attempts.dedup();
        let attempts = errors.take(
            "attempt_ids",
            match attempts.len() {
                0 => Err("Choose at least one answer.".to_owned()),
                many if many > MOST_ATTEMPTS => Err(format!("Choose at most {MOST_ATTEMPTS} answers.")),
                _ => Ok(attempts),
            },
        );
        let email = self.coach_email.as_deref().map(str::trim).filter(|email| !email.is_empty());
        let coach = match (self.coach_id, email) {
            (Some(id), None) => Some(Named::Id(id)),
            (None, Some(email)) => errors.take("coach_email", parse::email(email)).map(Named::Email),
            (Some(_), Some(_)) => errors.take("coach_email", Err("Name one person: from the list or by their address.".into())),
            (None, None) => errors.take("coach_id", Err("Say who is to look at it.".into())),
        };
        match attempts.zip(coach) {
            Some((attempts, coach)) if errors.is_empty() => Ok(Wish { attempts, coach }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl GivenCoachScore {
    /// All that this answer asks for, on its own scale, and why.
    pub fn parse(new: &NewCoachScore, scale: &OwnScale) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let level = |value: Option<u8>| match value {
            Some(value) if (1..=5).contains(&value) => Ok(value),
            Some(_) => Err("A score is 1 to 5.".to_owned()),
            None => Err("Choose the anchor that fits the answer best.".to_owned()),
        };
        let asks = !scale.question_anchors.is_empty();
        let score = if asks { errors.take("score", level(new.score)) } else { None };
        if !asks && new.score.is_some() {
            errors.add("score", "This question has no anchors of its own: score the area.");
        }
        let area_score = errors.take("area_score", level(new.area_score));
        let checked = errors.take("checked", places(&new.checked, scale.steps.len()));
        let evidence = parse::text(new.evidence.trim(), LONGEST_WORDS).and_then(|text| match text.is_empty() {
            true => Err("Say what in the answer shows it; a few of its words will do.".to_owned()),
            false => Ok(text),
        });
        let evidence = errors.take("evidence", evidence);
        let comment = errors.take("comment", parse::text(new.comment.trim(), LONGEST_WORDS));
        match (area_score, checked, evidence, comment) {
            (Some(area_score), Some(checked), Some(evidence), Some(comment)) if errors.is_empty() => {
                Ok(GivenCoachScore { score, area_score, checked, evidence, comment })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl ShareState {
    pub fn of(share: &ShareOfList, now: DateTime<Utc>) -> Self {
        match (share.withdrawn_at, share.ends_at <= now) {
            (Some(_), _) => ShareState::TakenBack,
            (None, true) => ShareState::Ended,
            (None, false) if share.attempts > 0 && share.scored >= share.attempts => ShareState::Scored,
            (None, false) => ShareState::Open,
        }
    }
}

impl SharedGap {
    pub fn of(own: &SharedScore, coach: &SharedScore) -> Self {
        let less = |own: u8, coach: u8| own as i8 - coach as i8;
        SharedGap {
            score: own.score.zip(coach.score).map(|(own, coach)| less(own, coach)),
            area_score: less(own.area_score, coach.area_score),
        }
    }
}
