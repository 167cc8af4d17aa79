//! Which scores are looked at.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::error::{Error, Result};
use crate::rubrics::{Level, RubricVersionId};
use crate::text_enum;

text_enum! {
    /// How far back.
    Period { TwelveWeeks = "12-weeks", HalfYear = "26-weeks", Year = "52-weeks", Always = "always" }
}

impl Period {
    /// From when on; none for always.
    pub fn since(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let weeks = match self {
            Period::TwelveWeeks => 12,
            Period::HalfYear => 26,
            Period::Year => 52,
            Period::Always => return None,
        };
        Some(now - TimeDelta::weeks(weeks))
    }

    pub const fn words(self) -> &'static str {
        match self {
            Period::TwelveWeeks => "Last 12 weeks",
            Period::HalfYear => "Last 26 weeks",
            Period::Year => "Last 52 weeks",
            Period::Always => "Always",
        }
    }
}

/// One period, one version of a rubric, one level or all: scores of two rubrics do not mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Look {
    pub period: Period,
    /// Null: all levels.
    pub level: Option<Level>,
    /// Null: the version with the most scorecards.
    pub rubric_version_id: Option<RubricVersionId>,
}

impl Default for Look {
    fn default() -> Self {
        Look { period: Period::Year, level: None, rubric_version_id: None }
    }
}

/// The same as an address or a form says it; what is empty or missing is as by default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LookQuery {
    period: String,
    level: String,
    rubric_version_id: String,
}

impl LookQuery {
    pub fn look(&self) -> Result<Look> {
        let plain = Look::default();
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let period = given(&self.period).map(|text| text.parse().map_err(|_| wrong("period", "12-weeks, 26-weeks, 52-weeks or always")));
        let level = given(&self.level).map(|text| text.parse().map_err(|_| wrong("level", "entry, mid or senior")));
        let rubric = given(&self.rubric_version_id).map(|text| text.parse().map_err(|_| wrong("rubric_version_id", "the id of a version")));
        Ok(Look { period: period.transpose()?.unwrap_or(plain.period), level: level.transpose()?, rubric_version_id: rubric.transpose()? })
    }
}

fn wrong(name: &str, may_be: &str) -> Error {
    Error::Malformed(format!("`{name}` may be {may_be}."))
}
