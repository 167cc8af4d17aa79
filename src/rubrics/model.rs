//! Shapes of rubrics.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::frozen::Frozen;
use crate::platform::id;
use crate::policy::{Mode, TeamId};
use crate::{id_types, text_enum};

id_types! {
    /// A rubric, whatever its version.
    RubricId,
    /// One published version of a rubric.
    RubricVersionId,
}

text_enum! {
    /// The seniority an interview is held for.
    Level { Entry = "entry", Mid = "mid", Senior = "senior" }
}

/// The areas' keys; an area's number is its place here, from 1.
pub const AREA_KEYS: [&str; 5] = ["fundamentals", "framework", "production", "communication", "problem-solving"];

/// The number of the area with this key.
pub fn area_number(key: &str) -> Option<u8> {
    (1..).zip(AREA_KEYS).find(|(_, known)| *known == key).map(|(number, _)| number)
}

/// The key of the area with this number.
pub fn area_key(number: u8) -> Option<&'static str> {
    usize::from(number).checked_sub(1).and_then(|place| AREA_KEYS.get(place)).copied()
}

/// A published version, frozen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RubricVersion {
    pub id: RubricVersionId,
    #[serde(rename = "rubric_id")]
    pub rubric: RubricId,
    /// The same for all versions of one rubric.
    pub slug: String,
    pub number: i32,
    pub name: String,
    pub description: String,
    /// Five, in order.
    pub areas: Vec<Area>,
    /// Why the areas do not weigh the same, where they do not.
    pub weights_reason: Option<String>,
    pub cuts: PerLevel<Cuts>,
    pub warning_signs: Vec<WarningSign>,
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

/// A rubric with its newest version, as lists show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RubricView {
    pub id: RubricId,
    pub slug: String,
    pub name: String,
    pub description: String,
    /// Built in: read by every team, changed by none.
    pub built_in: bool,
    /// None while there is only a draft, which who writes rubrics sees.
    pub newest_version: Option<RubricVersionSummary>,
    /// Since then it is offered nowhere; what pinned a version keeps it.
    pub retired_at: Option<DateTime<Utc>>,
}

/// One version without its areas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RubricVersionSummary {
    /// What an interview pins.
    pub id: RubricVersionId,
    pub number: i32,
    pub name: String,
    pub published_at: DateTime<Utc>,
    /// None where it came with Fivefold.
    pub published_by: Option<String>,
    pub reason: Option<String>,
}

/// One of the five areas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// 1 to 5.
    pub number: u8,
    pub key: String,
    pub name: String,
    /// One word, for narrow places.
    pub short_name: String,
    pub description: String,
    /// Its share in the weighted mean.
    pub weight: f64,
    /// Five, from level 1 to 5.
    pub anchors: Vec<Anchor>,
    /// The level that each seniority asks of this area.
    pub expected: PerLevel<u8>,
}

/// What one level of one area looks like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// 1 to 5.
    pub level: u8,
    pub label: String,
    /// Behaviour one can see.
    pub text: String,
}

/// One value for each seniority.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerLevel<T> {
    pub entry: T,
    pub mid: T,
    pub senior: T,
}

/// Where the weighted mean, from 1 to 5, changes the proposed outcome. Ascending; a cut belongs to the
/// outcome above it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cuts {
    /// Not yet, nearly ready, ready now.
    pub mock: [f64; 2],
    /// Strong no, no, yes, strong yes.
    pub hiring: [f64; 3],
}

/// Something an interviewer can tick when they see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WarningSign {
    pub key: String,
    pub name: String,
    /// How it shows.
    pub looks_like: String,
    /// One line for the candidate.
    pub advice: String,
}

impl RubricId {
    /// The id of a built-in rubric: the same on every server.
    pub fn built_in(slug: &str) -> Self {
        RubricId(id::named(&["rubric", slug]))
    }
}

impl Frozen for RubricVersion {
    type Id = RubricVersionId;

    fn id(&self) -> RubricVersionId {
        self.id
    }

    fn team(&self) -> Option<uuid::Uuid> {
        self.team.map(|team| team.0)
    }
}

impl RubricVersion {
    pub fn summary(&self) -> RubricVersionSummary {
        RubricVersionSummary {
            id: self.id,
            number: self.number,
            name: self.name.clone(),
            published_at: self.published_at,
            published_by: self.published_by.clone(),
            reason: self.reason.clone(),
        }
    }

    pub fn area(&self, number: u8) -> Option<&Area> {
        self.areas.iter().find(|area| area.number == number)
    }

    /// The cuts for this level: two in mode mock, three in hiring.
    pub fn cuts(&self, level: Level, mode: Mode) -> &[f64] {
        let cuts = self.cuts.at(level);
        match mode {
            Mode::Mock => &cuts.mock,
            Mode::Hiring => &cuts.hiring,
        }
    }

    pub fn warning_sign(&self, key: &str) -> Option<&WarningSign> {
        self.warning_signs.iter().find(|sign| sign.key == key)
    }
}

impl Area {
    pub fn anchor(&self, level: u8) -> Option<&Anchor> {
        self.anchors.iter().find(|anchor| anchor.level == level)
    }
}

impl Level {
    /// As it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            Level::Entry => "Entry",
            Level::Mid => "Mid",
            Level::Senior => "Senior",
        }
    }
}

impl<T> PerLevel<T> {
    pub fn at(&self, level: Level) -> &T {
        match level {
            Level::Entry => &self.entry,
            Level::Mid => &self.mid,
            Level::Senior => &self.senior,
        }
    }

    pub fn at_mut(&mut self, level: Level) -> &mut T {
        match level {
            Level::Entry => &mut self.entry,
            Level::Mid => &mut self.mid,
            Level::Senior => &mut self.senior,
        }
    }

    /// Each value by itself.
    pub fn map<U>(&self, change: impl Fn(&T) -> U) -> PerLevel<U> {
        PerLevel { entry: change(&self.entry), mid: change(&self.mid), senior: change(&self.senior) }
    }
}
