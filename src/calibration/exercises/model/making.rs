//! Gold interviews of a team while they are made: written, scored by experts, agreed on, published.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::file::{AREAS, Consensus, Expert, Mark, acceptable_mistake};
use super::super::transcript::{self, Turn};
use super::answers::Answer;
use super::gold::{GoldAudio, GoldId, GoldVersionId};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{AccountId, InterviewId};
use crate::rubrics::{Level, RubricVersionId};

/// `POST …/gold-interviews`, and what a change replaces.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoldInput {
    /// What is left away is named with all that is wrong.
    #[serde(default)]
    #[schema(required)]
    pub title: String,
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    #[schema(required, nullable = false)]
    pub level: Option<Level>,
    #[serde(default)]
    #[schema(required)]
    pub minutes: u32,
    /// What it is scored by; pinned with each version.
    #[serde(default)]
    #[schema(required, nullable = false)]
    pub rubric_version_id: Option<RubricVersionId>,
    #[serde(default)]
    pub transcript: Vec<Turn>,
}

/// What a draft holds, as it lies in the database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoldDraft {
    pub title: String,
    pub summary: String,
    pub level: Level,
    pub minutes: u32,
    pub transcript: Vec<Turn>,
}

/// A draft, parsed, with the rubric it is to be scored by.
#[derive(Debug, Clone)]
pub struct NewGold {
    pub draft: GoldDraft,
    pub rubric: RubricVersionId,
}

impl NewGold {
    pub fn parse(input: &GoldInput) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", parse::line(&input.title, 1, 80));
        let summary = errors.take("summary", parse::line(&input.summary, 0, 400));
        if !(1..=180).contains(&input.minutes) {
            errors.add("minutes", "An interview takes 1 to 180 minutes.");
        }
        let level = errors.take("level", input.level.ok_or_else(|| "Choose a level.".to_owned()));
        let rubric = errors.take("rubric_version_id", input.rubric_version_id.ok_or_else(|| "Choose a rubric.".to_owned()));
        transcript::check_turns(&input.transcript, &mut errors);
        match (title, summary, level, rubric) {
            (Some(title), Some(summary), Some(level), Some(rubric)) if errors.is_empty() => Ok(NewGold {
                draft: GoldDraft { title, summary, level, minutes: input.minutes, transcript: input.transcript.clone() },
                rubric,
            }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// `POST …/interviews/{id}/gold-interview`: what the candidate agreed to.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentInput {
    /// In words: who agreed, when, and to what.
    pub consent: String,
}

impl ConsentInput {
    pub fn parse(&self) -> Result<String> {
        let wrong = |_| Error::invalid("consent", "Write down who agreed, when, and to what. Without consent there is no gold interview.");
        parse::text(self.consent.trim(), 2_000)
            .and_then(|words| if words.chars().count() < 20 { Err(String::new()) } else { Ok(words) })
            .map_err(wrong)
    }
}

/// `PUT …/experts`: who is asked to score it blind.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertsInput {
    /// At least three. Who has scored it stays.
    pub account_ids: Vec<AccountId>,
}

/// What the experts agree on for one area, as far as it is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsensusDraft {
    /// 1 to 5.
    pub area: u8,
    #[serde(default)]
    pub value: Option<u8>,
    /// The scores that can be defended.
    #[serde(default)]
    pub acceptable: Vec<u8>,
    /// Why this score and not the one beside it.
    #[serde(default)]
    pub reason: String,
    /// Where in the transcript it shows.
    #[serde(default)]
    pub evidence: Vec<Mark>,
}

/// `PUT …/consensus`: replaces it. An area that is left away is empty.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsensusInput {
    pub areas: Vec<ConsensusDraft>,
}

impl ConsensusInput {
    /// Five, in order; a draft may lack what a version must have.
    pub fn parse(&self) -> Result<Vec<ConsensusDraft>> {
        let mut errors = FieldErrors::default();
        let mut drafts: Vec<ConsensusDraft> = AREAS.map(|area| ConsensusDraft { area, ..ConsensusDraft::default() }).collect();
        for (place, given) in self.areas.iter().enumerate() {
            let Some(draft) = drafts.iter_mut().find(|draft| draft.area == given.area) else {
                errors.add(format!("areas.{place}.area"), "There are five areas, 1 to 5.");
                continue;
            };
            *draft = given.tidy(&mut errors);
        }
        errors.check()?;
        Ok(drafts)
    }
}

impl ConsensusDraft {
    fn tidy(&self, errors: &mut FieldErrors) -> Self {
        let at = format!("areas.{}", self.area.saturating_sub(1));
        if self.value.is_some_and(|value| !(1..=5).contains(&value)) {
            errors.add(format!("{at}.value"), "A score is 1 to 5.");
        }
        let reason = errors.take(&format!("{at}.reason"), parse::text(&self.reason, 2_000)).unwrap_or_default().trim().to_owned();
        let mut acceptable = self.acceptable.clone();
        acceptable.sort_unstable();
        acceptable.dedup();
        if acceptable.iter().any(|value| !(1..=5).contains(value)) {
            errors.add(format!("{at}.acceptable"), "A score is 1 to 5.");
        }
        let mut evidence = self.evidence.clone();
        for mark in &mut evidence {
            mark.text = errors.take(&format!("{at}.evidence"), parse::line(&mark.text, 1, 300)).unwrap_or_default();
        }
        evidence.sort_by_key(|mark| mark.at);
        if evidence.len() > 8 {
            errors.add(format!("{at}.evidence"), "Name at most eight moments.");
        }
        ConsensusDraft { area: self.area, value: self.value, acceptable, reason, evidence }
    }

    /// What it lacks to be published, in the words of the page's fields.
    pub fn missing(&self, contested: bool, turns: &[Turn], errors: &mut FieldErrors) {
        let at = format!("areas.{}", self.area.saturating_sub(1));
        if self.value.is_none() {
            errors.add(format!("{at}.value"), "Agree on a score.");
        } else if let Some((field, message)) = acceptable_mistake(&self.whole(), contested) {
            errors.add(format!("{at}.{field}"), message);
        }
        if self.reason.is_empty() {
            errors.add(format!("{at}.reason"), "Say why this score and not the one beside it.");
        }
        if self.evidence.is_empty() {
            errors.add(format!("{at}.evidence"), "Name at least one moment of the transcript.");
        }
        if self.evidence.iter().any(|mark| !turns.iter().any(|turn| turn.at == mark.at)) {
            errors.add(format!("{at}.evidence"), "Each moment is the time of a turn.");
        }
        if !self.evidence.is_sorted_by(|a, b| a.at < b.at) {
            errors.add(format!("{at}.evidence"), "Each moment comes once.");
        }
    }

    /// As it is published.
    pub fn whole(&self) -> Consensus {
        Consensus {
            area: self.area,
            value: self.value.unwrap_or_default(),
            acceptable: self.acceptable.clone(),
            reason: self.reason.clone(),
            evidence: self.evidence.clone(),
        }
    }
}

/// `POST …/versions`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGoldVersion {
    /// What is new, for who chooses.
    pub reason: String,
}

impl NewGoldVersion {
    pub fn parse(&self) -> Result<String> {
        parse::line(&self.reason, 1, 500).map_err(|_| Error::invalid("reason", "Say in a line what this version is."))
    }
}

/// How far a gold interview has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MakingStage {
    /// No expert was asked.
    Writing,
    /// Experts score it, each for themselves.
    Experts,
    /// All are in: they talk, and agree.
    Consensus,
    Published,
}

/// A gold interview of the team, for who makes it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MakingView {
    pub id: GoldId,
    pub title: String,
    pub summary: String,
    pub level: Level,
    pub minutes: u32,
    pub transcript: Vec<Turn>,
    pub audio: Option<GoldAudio>,
    pub rubric_version_id: RubricVersionId,
    /// For the next If-Match.
    pub version: i32,
    pub stage: MakingStage,
    /// What it was made from, and what the candidate agreed to.
    pub consent: Option<ConsentView>,
    /// Who was asked, by name, and who is in.
    pub experts: Vec<AskedExpert>,
    /// What they gave, unnamed; none before all who were asked are in.
    pub scores: Option<Vec<Expert>>,
    /// How near they were to each other; none before.
    pub agreement: Option<AgreementView>,
    /// Five, in order.
    pub consensus: Vec<ConsensusDraft>,
    /// What it lacks for the next stage.
    pub missing: FieldErrors,
    pub newest: Option<GoldVersionSummary>,
    /// The reference is not what was published last.
    pub unpublished_changes: bool,
    pub retired_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConsentView {
    pub interview_id: InterviewId,
    pub words: String,
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AskedExpert {
    pub account_id: AccountId,
    pub name: String,
    pub submitted: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GoldVersionSummary {
    pub id: GoldVersionId,
    pub number: i32,
    pub published_at: DateTime<Utc>,
}

/// How near experts were before they talked.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AgreementView {
    /// Share of pairs that gave the same score, 0 to 1.
    pub exact: f64,
    /// Share of pairs at most one apart, 0 to 1.
    pub within_one: f64,
    pub areas: Vec<AgreementOfArea>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AgreementOfArea {
    pub area: u8,
    pub lowest: u8,
    pub highest: u8,
    /// More than one apart: talked about, never scored.
    pub contested: bool,
}

/// One of the list of what the team makes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MakingOfList {
    pub id: GoldId,
    pub title: String,
    pub level: Level,
    pub minutes: u32,
    pub stage: MakingStage,
    pub changed_at: DateTime<Utc>,
    pub retired_at: Option<DateTime<Utc>>,
}

/// What one scores as an expert.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExpertScoreView {
    pub gold_interview_id: GoldId,
    pub title: String,
    pub summary: String,
    pub level: Level,
    pub minutes: u32,
    pub transcript: Vec<Turn>,
    pub audio: Option<GoldAudio>,
    pub rubric_version_id: RubricVersionId,
    /// One's own, five in order.
    pub areas: Vec<Answer>,
    /// For the next If-Match.
    pub version: i32,
    pub submitted_at: Option<DateTime<Utc>>,
}

/// An interview that one was asked to score as an expert.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExpertAsk {
    pub gold_interview_id: GoldId,
    pub title: String,
    pub minutes: u32,
    pub submitted_at: Option<DateTime<Utc>>,
}
