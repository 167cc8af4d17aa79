//! The candidate's own scores, given before the report is read.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::error::{Error, FieldErrors, Result};
use crate::rubrics::Anchor;

/// Own scores by area; empty when skipped.
pub type Scores = BTreeMap<u8, u8>;

const AREAS: std::ops::RangeInclusive<u8> = 1..=5;
const LEVELS: std::ops::RangeInclusive<u8> = 1..=5;

/// `PUT …/self-scores`: a score for each of the five areas, or `skipped: true`. Given once.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewSelfScores {
    pub areas: Vec<NewSelfScore>,
    pub skipped: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSelfScore {
    /// 1 to 5.
    pub area: i64,
    /// 1 to 5.
    pub value: i64,
}

impl NewSelfScores {
    pub fn parse(&self) -> Result<Scores> {
        if self.skipped {
            return if self.areas.is_empty() {
                Ok(Scores::new())
            } else {
                Err(Error::invalid("skipped", "Either score the areas or skip them, not both."))
            };
        }
        let (mut errors, mut scores) = (FieldErrors::default(), Scores::new());
        for (i, given) in self.areas.iter().enumerate() {
            let area = u8::try_from(given.area).ok().filter(|area| AREAS.contains(area));
            let area = errors.take(&format!("areas.{i}.area"), area.ok_or_else(|| "An area is 1 to 5.".to_owned()));
            let value = u8::try_from(given.value).ok().filter(|value| LEVELS.contains(value));
            let value = errors.take(&format!("areas.{i}.value"), value.ok_or_else(|| "Choose a number from 1 to 5.".to_owned()));
            if let (Some(area), Some(value)) = (area, value)
                && scores.insert(area, value).is_some()
            {
                errors.add(format!("areas.{i}.area"), "This area is here twice.");
            }
        }
        if errors.is_empty() && scores.len() < AREAS.count() {
            errors.add("areas", "Score all five areas, or skip them.");
        }
        errors.check()?;
        Ok(scores)
    }
}

/// The five areas with what each level looks like, and what the candidate gave.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelfScoresView {
    /// Null: neither given nor skipped.
    pub given_at: Option<DateTime<Utc>>,
    pub skipped: bool,
    pub areas: Vec<AreaToScore>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaToScore {
    pub area: u8,
    pub name: String,
    pub description: String,
    /// From level 1 to 5.
    pub anchors: Vec<Anchor>,
    pub value: Option<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(areas: &[(i64, i64)], skipped: bool) -> Result<Scores, Vec<String>> {
        let areas = areas.iter().map(|(area, value)| NewSelfScore { area: *area, value: *value }).collect();
        NewSelfScores { areas, skipped }.parse().map_err(|error| match error {
            Error::Invalid(errors) => errors.iter().map(|error| error.field.clone()).collect(),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn all_five_or_none() {
        assert_eq!(parse(&[(1, 3), (2, 4), (3, 1), (4, 5), (5, 2)], false), Ok(Scores::from([(1, 3), (2, 4), (3, 1), (4, 5), (5, 2)])));
        assert_eq!(parse(&[], true), Ok(Scores::new()));
        assert_eq!(parse(&[(1, 3)], true), Err(vec!["skipped".into()]));
        assert_eq!(parse(&[(1, 3), (2, 4), (3, 1), (4, 5)], false), Err(vec!["areas".into()]));
        assert_eq!(parse(&[], false), Err(vec!["areas".into()]));
    }

    #[test]
    fn what_is_no_area_or_no_level_is_named() {
        let wrong = parse(&[(0, 3), (2, 6), (3, 1), (3, 2), (5, 0)], false);
        assert_eq!(wrong.unwrap_err(), ["areas.0.area", "areas.1.value", "areas.3.area", "areas.4.value"]);
    }
}
