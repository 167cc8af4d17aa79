//! The forms of the draft's page, and what they mean.

use serde::{Deserialize, Serialize};

use super::super::super::draft::{BulkChange, QuestionSetHead, TeamSetView, Wanted};
use super::super::super::model::Kind;
use crate::platform::error::{FieldErrors, Result};
use crate::rubrics::{AREA_KEYS, Level};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HeadForm {
    pub name: String,
    pub description: String,
    pub rubric: String,
    pub version: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PublishForm {
    pub reason: String,
}

/// Which questions are shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    pub q: String,
    pub area: String,
    pub level: String,
    pub kind: String,
}

/// The same change for the ticked questions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangesForm {
    pub question: Vec<String>,
    pub area: String,
    pub levels: Vec<String>,
    pub kind: String,
    pub minutes: String,
    /// Where to, for the button that moves.
    pub place: String,
    pub remove: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OrderForm {
    /// One question by one place.
    pub up: String,
    pub down: String,
    /// Some questions to a place.
    pub question: Vec<String>,
    pub place: String,
    pub version: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SwitchForm {
    pub on: String,
}

impl HeadForm {
    pub fn of(set: &TeamSetView) -> Self {
        HeadForm {
            name: set.name.clone(),
            description: set.description.clone(),
            rubric: set.rubric.clone().unwrap_or_default(),
            version: set.version.to_string(),
        }
    }

    pub fn head(&self) -> QuestionSetHead {
        QuestionSetHead { name: self.name.clone(), description: self.description.clone(), rubric: Some(self.rubric.clone()) }
    }
}

impl FilterForm {
    pub fn is_active(&self) -> bool {
        [&self.q, &self.area, &self.level, &self.kind].into_iter().any(|value| !value.trim().is_empty())
    }

    pub fn wanted(&self) -> Wanted<'_> {
        let area = self.area.parse::<usize>().ok().and_then(|area| AREA_KEYS.get(area.wrapping_sub(1))).copied();
        Wanted {
            words: self.q.trim(),
            area,
            level: (!self.level.is_empty()).then_some(self.level.as_str()),
            kind: (!self.kind.is_empty()).then_some(self.kind.as_str()),
        }
    }

    pub fn query(&self, cursor: &str) -> String {
        let pairs = [("q", self.q.as_str()), ("area", &self.area), ("level", &self.level), ("kind", &self.kind), ("cursor", cursor)];
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty())).finish()
    }
}

impl ChangesForm {
    pub fn change(&self) -> Result<BulkChange> {
        let mut errors = FieldErrors::default();
        let ids = self.question.iter().filter_map(|id| id.parse().ok()).collect();
        let kind: Option<Kind> = match self.kind.as_str() {
            "" => None,
            kind => errors.take("kind", kind.parse()),
        };
        let minutes = match self.minutes.trim() {
            "" => None,
            minutes => errors.take("minutes", minutes.parse().map_err(|_| "Write whole minutes, from 1 to 60.".to_owned())),
        };
        let levels: Vec<Level> = self.levels.iter().filter_map(|level| level.parse().ok()).collect();
        errors.check()?;
        Ok(BulkChange {
            question_ids: ids,
            levels: (!levels.is_empty()).then_some(levels),
            kind,
            minutes,
            areas: (!self.area.is_empty()).then(|| vec![self.area.clone()]),
            remove: self.remove == "true",
        })
    }
}
