//! One attempt, as its author sees it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AnswerKind, AttemptId, AttemptPhase, MockId, RecordingView};
use crate::policy::TeamId;
use crate::question_sets::{Checklist, Kind, QuestionAnchor, QuestionId, QuestionSetVersionId, Topic, WeakAnswer};
use crate::rubrics::{Anchor, Level, RubricVersionId};

/// One attempt. What is null is not there yet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttemptView {
    pub id: AttemptId,
    pub phase: AttemptPhase,
    /// Once the answer is finished, whether any of it was said aloud; before that, what was meant.
    pub kind: AnswerKind,
    pub level: Level,
    pub question_set_version_id: QuestionSetVersionId,
    pub rubric_version_id: RubricVersionId,
    pub question_id: QuestionId,
    pub question: AskedQuestion,
    /// The full mock interview that this is a part of.
    pub mock_id: Option<MockId>,
    pub think_seconds: i32,
    pub started_at: DateTime<Utc>,
    /// Since then the answer's time runs.
    pub answering_at: Option<DateTime<Utc>>,
    /// Since then the answer is as it is.
    pub finished_at: Option<DateTime<Utc>>,
    pub scored_at: Option<DateTime<Utc>>,
    /// The server's clock, by which all of these are.
    pub now: DateTime<Utc>,
    pub answer: OwnAnswer,
    /// What of it was said aloud.
    pub recording: Option<RecordingView>,
    /// For the score, once the answer is finished.
    pub scale: Option<OwnScale>,
    /// What one gave oneself.
    pub own: Option<OwnScore>,
    /// What an interviewer has beside the question: open once one's own score is saved.
    pub guidance: Option<Guidance>,
    /// What was ticked of it.
    pub compared: Option<Compared>,
    pub note: String,
    /// The day on which the question comes back, once it is scored.
    pub due_on: Option<NaiveDate>,
}

/// What is said in the room.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AskedQuestion {
    pub prompt: String,
    pub kind: Kind,
    pub minutes: i32,
}

/// An answer, and the version for the next If-Match.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PracticeAnswer)]
pub struct OwnAnswer {
    pub text: String,
    pub version: i32,
}

/// What a finished answer is scored on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnScale {
    pub checklist: Option<Checklist>,
    /// The steps of the checklist, in order.
    pub steps: Vec<&'static str>,
    /// Five, or none: then the area's alone are asked.
    pub question_anchors: Vec<QuestionAnchor>,
    pub area: OwnArea,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnArea {
    /// 1 to 5.
    pub number: u8,
    pub name: String,
    pub anchors: Vec<Anchor>,
}

/// What one gave oneself; it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnScore {
    /// On the question's own anchors, where it has some.
    pub score: Option<u8>,
    pub area_score: u8,
    /// How sure one was that this answer passes, in percent.
    pub would_pass: u8,
    /// Steps of the checklist that one took, by their places from 0.
    pub checked: Vec<u8>,
}

/// What an interviewer has beside the question.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Guidance {
    pub title: String,
    /// What the attempt's level asks of the area.
    pub expected: u8,
    pub tests: String,
    pub topics: Vec<Topic>,
    pub listen_for: Vec<String>,
    pub warning_signs: Vec<String>,
    pub probes: Vec<String>,
    pub strong_answer: Option<String>,
    pub weak_answer: Option<WeakAnswer>,
}

/// What was found in one's own answer, by places from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    /// Listen-for points that were in it.
    pub heard: Vec<u8>,
    /// Warning signs that were in it.
    pub signs: Vec<u8>,
}

/// One attempt in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttemptOfList {
    pub id: AttemptId,
    pub question_id: QuestionId,
    pub phase: AttemptPhase,
    pub level: Level,
    pub area: u8,
    pub prompt: String,
    /// Once it is scored.
    pub title: Option<String>,
    pub started_at: DateTime<Utc>,
    pub scored_at: Option<DateTime<Utc>>,
    /// Time that a finished answer took, in seconds, and what was planned, in minutes.
    pub answer_seconds: Option<i64>,
    pub minutes: i32,
    pub area_score: Option<u8>,
    pub would_pass: Option<u8>,
    pub mock_id: Option<MockId>,
    /// The team in which it can be opened; null when one has left that.
    pub team_id: Option<TeamId>,
}

impl AttemptPhase {
    /// By the dates of an attempt.
    pub fn of(answering: Option<DateTime<Utc>>, finished: Option<DateTime<Utc>>, scored: Option<DateTime<Utc>>) -> Self {
        match (answering, finished, scored) {
            (_, _, Some(_)) => AttemptPhase::Scored,
            (_, Some(_), None) => AttemptPhase::Scoring,
            (Some(_), None, None) => AttemptPhase::Answering,
            (None, None, None) => AttemptPhase::Thinking,
        }
    }
}

/// What one can check of an answer without knowing what was listened for; its author and a coach read the same words.
pub fn steps(checklist: Option<Checklist>) -> &'static [&'static str] {
    match checklist {
        None => &[],
        Some(Checklist::Star) => &[
            "Situation: where and when it was, in two sentences",
            "Task: what there was to do, and who asked for it",
            "Action: one’s own part in it, and why it was done so",
            "Result: what was different afterwards, with a number where there is one",
        ],
        Some(Checklist::Debugging) => &[
            "Investigation: what was looked at first, and what it showed",
            "Cause: what it really was, and how that became clear",
            "Fix: what was changed, and why that worked",
            "Lesson: what keeps it from happening again",
        ],
        Some(Checklist::Narrating) => &[
            "Assumptions: what is taken for granted is said, or asked about",
            "Risks: what could go wrong is said",
            "Trade-offs: another way is named, and what it costs",
            "Aloud: somebody listening can follow every step",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_read_the_same_for_the_author_and_a_coach() {
        for checklist in [Checklist::Star, Checklist::Debugging, Checklist::Narrating] {
            for step in steps(Some(checklist)) {
                let mine = step.split(|letter: char| !letter.is_alphanumeric()).any(|word| matches!(word, "I" | "me" | "my" | "myself"));
                assert!(!mine, "{step}");
            }
        }
    }
}
