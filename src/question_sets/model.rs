//! Shapes of question sets.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::file::QuestionFile;
use crate::platform::frozen::Frozen;
use crate::platform::id;
use crate::policy::TeamId;
use crate::rubrics::{Level, area_key};
use crate::{id_types, text_enum};

id_types! {
    /// A set, whatever its version.
    QuestionSetId,
    /// One published version of a question set.
    QuestionSetVersionId,
    /// A question, the same over the versions of its set.
    QuestionId,
}

text_enum! {
    /// What kind of question it is; an interview begins with an opening and ends with a closing.
    Kind {
        Opening = "opening",
        Technical = "technical",
        Experience = "experience",
        Behavioural = "behavioural",
        Scenario = "scenario",
        Closing = "closing",
    }
}

text_enum! {
    /// The structure a good answer follows.
    Checklist {
        /// Situation, task, action, result.
        Star = "star",
        /// Investigation, cause, why the fix worked, lesson.
        Debugging = "debugging",
        /// Assumptions, risks, trade-offs, aloud.
        Narrating = "narrating",
    }
}

text_enum! {
    /// The topics of a backend interview, for mixing and for preparing.
    Topic {
        Orm = "orm",
        RestAuth = "rest-auth",
        Postgresql = "postgresql",
        CeleryRedis = "celery-redis",
        Docker = "docker",
        ApiDesign = "api-design",
        Caching = "caching",
        QueryOptimisation = "query-optimisation",
        Git = "git",
        Testing = "testing",
        Deployment = "deployment",
    }
}

/// A published version, frozen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionSetVersion {
    pub id: QuestionSetVersionId,
    #[serde(rename = "question_set_id")]
    pub set: QuestionSetId,
    /// The same for all versions of one set.
    pub slug: String,
    pub number: i32,
    pub name: String,
    pub description: String,
    /// The slug of the rubric it was written for.
    pub rubric: Option<String>,
    /// In the suggested order of an interview.
    pub questions: Vec<Question>,
    pub published_at: DateTime<Utc>,
    /// None where it came with Fivefold.
    pub published_by: Option<String>,
    /// What changed and why, as its publisher said it.
    pub reason: Option<String>,
    /// Whose it is; none for the built-in library, which is every team's.
    #[serde(skip)]
    pub team: Option<TeamId>,
    /// Built in: read by every team, changed by none.
    pub built_in: bool,
}

/// A set with its newest version, as lists show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionSetView {
    pub id: QuestionSetId,
    pub slug: String,
    pub name: String,
    pub description: String,
    /// Built in: read by every team, changed by none.
    pub built_in: bool,
    /// None while there is only a draft, which who writes sets sees.
    pub newest_version: Option<QuestionSetVersionSummary>,
    /// Since then it is offered nowhere; what pinned a version keeps it.
    pub retired_at: Option<DateTime<Utc>>,
    /// Since then members may practise on it.
    pub practice_opened_at: Option<DateTime<Utc>>,
}

/// One version without its questions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionSetVersionSummary {
    /// What an interview pins.
    pub id: QuestionSetVersionId,
    pub number: i32,
    pub name: String,
    pub questions: usize,
    /// All questions together.
    pub minutes: u32,
    pub published_at: DateTime<Utc>,
    /// None where it came with Fivefold.
    pub published_by: Option<String>,
    pub reason: Option<String>,
}

/// One question with everything beside it. The candidate sees the prompt and nothing else.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Question {
    pub id: QuestionId,
    pub key: String,
    pub title: String,
    /// What the interviewer says and the candidate sees.
    pub prompt: String,
    pub kind: Kind,
    /// Numbers of the rubric's areas, the primary one first.
    pub areas: Vec<u8>,
    pub levels: Vec<Level>,
    pub minutes: u16,
    /// What it is there to find out.
    pub tests: String,
    /// Points of a strong answer; nobody needs all of them.
    pub listen_for: Vec<String>,
    /// Signs of a weak answer to this question.
    pub warning_signs: Vec<String>,
    /// Follow-up questions.
    pub probes: Vec<String>,
    pub checklist: Option<Checklist>,
    pub topics: Vec<Topic>,
    /// Five, from level 1 to 5, or none: then an answer is scored by the primary area's anchors.
    pub anchors: Vec<QuestionAnchor>,
    /// How somebody answers who has done it.
    pub strong_answer: Option<String>,
    pub weak_answer: Option<WeakAnswer>,
}

/// What an answer to one question looks like at one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnchor {
    /// 1 to 5.
    pub level: u8,
    /// What one can hear and see.
    pub text: String,
}

/// An answer as it is often given, and what is missing in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeakAnswer {
    pub text: String,
    pub why: String,
}

impl Kind {
    /// As it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Opening => "Opening",
            Kind::Technical => "Technical",
            Kind::Experience => "Experience",
            Kind::Behavioural => "Behavioural",
            Kind::Scenario => "Scenario",
            Kind::Closing => "Closing",
        }
    }
}

impl Checklist {
    /// What a good answer goes through, as it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            Checklist::Star => "Situation, task, action, result",
            Checklist::Debugging => "Investigation, cause, why the fix worked, lesson",
            Checklist::Narrating => "Thinks aloud: assumptions, risks, trade-offs",
        }
    }
}

impl Topic {
    /// As it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            Topic::Orm => "ORM",
            Topic::RestAuth => "REST sign-in and permissions",
            Topic::Postgresql => "PostgreSQL",
            Topic::CeleryRedis => "Celery and Redis",
            Topic::Docker => "Docker",
            Topic::ApiDesign => "API design",
            Topic::Caching => "Caching",
            Topic::QueryOptimisation => "Query optimisation",
            Topic::Git => "Git",
            Topic::Testing => "Testing",
            Topic::Deployment => "Deployment",
        }
    }
}

impl QuestionSetId {
    /// The id of a built-in set: the same on every server.
    pub fn built_in(slug: &str) -> Self {
        QuestionSetId(id::named(&["question set", slug]))
    }
}

impl Frozen for QuestionSetVersion {
    type Id = QuestionSetVersionId;

    fn id(&self) -> QuestionSetVersionId {
        self.id
    }

    fn team(&self) -> Option<uuid::Uuid> {
        self.team.map(|team| team.0)
    }
}

impl QuestionSetVersion {
    pub fn summary(&self) -> QuestionSetVersionSummary {
        QuestionSetVersionSummary {
            id: self.id,
            number: self.number,
            name: self.name.clone(),
            questions: self.questions.len(),
            minutes: self.questions.iter().map(|question| u32::from(question.minutes)).sum(),
            published_at: self.published_at,
            published_by: self.published_by.clone(),
            reason: self.reason.clone(),
        }
    }

    /// The set this is a version of.
    pub fn set(&self) -> QuestionSetId {
        self.set
    }

    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }
}

impl Question {
    /// As it stands in a file.
    pub fn to_file(&self) -> QuestionFile {
        QuestionFile {
            key: self.key.clone(),
            title: self.title.clone(),
            prompt: self.prompt.clone(),
            kind: self.kind,
            areas: self.areas.iter().filter_map(|area| area_key(*area)).map(str::to_owned).collect(),
            levels: self.levels.clone(),
            minutes: self.minutes,
            tests: self.tests.clone(),
            listen_for: self.listen_for.clone(),
            warning_signs: self.warning_signs.clone(),
            probes: self.probes.clone(),
            checklist: self.checklist,
            topics: self.topics.clone(),
            anchors: (!self.anchors.is_empty()).then(|| self.anchors.clone()),
            strong_answer: self.strong_answer.clone(),
            weak_answer: self.weak_answer.clone(),
        }
    }

    pub fn fits(&self, level: Level) -> bool {
        self.levels.contains(&level)
    }

    /// The area a score of this question counts towards first.
    pub fn primary_area(&self) -> Option<u8> {
        self.areas.first().copied()
    }
}
