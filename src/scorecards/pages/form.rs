//! The page's form: every field by its name in JSON, and what was typed into it.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use uuid::Uuid;

use super::super::model::{AREAS, AreaPatch, ClaimPatch, EvidencePatch, NewRevision, Save, ScorecardPatch, WarningPatch};
use crate::candidates::ClaimId;
use crate::platform::error::{Error, FieldErrors, Result};

/// A form as it was sent: names and texts. A scorecard has too many fields of one kind for a struct.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn all<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What it means for the draft. Errors name the fields of the form.
    pub fn save(&self) -> Result<Save> {
        let (version, key) =
            self.version().ok_or_else(|| Error::Malformed("This form is not whole. Reload the page and try again.".into()))?;
        let (evidence, names) = self.notes(key);
        let patch = ScorecardPatch {
            areas: self.areas(),
            evidence,
            warning_signs: self.warning_signs(),
            claims: self.claims(),
            recommendation: self.kept("recommendation").map(|word| Some(word.to_owned()).filter(|word| !word.is_empty())),
            confidence: self.kept("confidence").map(|word| Some(word.to_owned()).filter(|word| !word.is_empty())),
            next_step: self.kept("next_step").map(|text| Some(text.to_owned())),
            ..ScorecardPatch::default()
        };
        Save::parse(version, key, &patch).map_err(|error| named(error, &names))
    }

    /// What it means after submission.
    pub fn amendment(&self) -> Result<NewRevision> {
        let key = self.get("key").and_then(|key| key.parse().ok()).unwrap_or_default();
        let (evidence, names) = self.notes(key);
        let new = NewRevision {
            areas: self.areas(),
            evidence,
            recommendation: self.get("recommendation").map(|word| Some(word.to_owned())),
            confidence: self.get("confidence").map(|word| Some(word.to_owned())),
            next_step: self.get("next_step").map(|text| Some(text.to_owned())),
            reason: self.get("reason").unwrap_or_default().to_owned(),
            ..NewRevision::default()
        };
        // Read once here, so that its errors name the form's fields.
        new.parse().map_err(|error| named(error, &names))?;
        Ok(new)
    }

    fn version(&self) -> Option<(i32, Uuid)> {
        Some((self.get("version")?.parse().ok()?, self.get("key")?.parse().ok()?))
    }

    /// A field, unless the one saved elsewhere was chosen instead of it.
    fn kept(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|_| !self.all("take").any(|taken| taken == name))
    }

    fn areas(&self) -> Vec<AreaPatch> {
        let area = |i: u8| AreaPatch {
            area: i64::from(i) + 1,
            value: self.kept(&format!("areas.{i}.value")).map(score),
            reason: self.kept(&format!("areas.{i}.reason")).map(|text| Some(text.to_owned())),
        };
        (0..AREAS).map(area).collect()
    }

    /// A new note for each area where one was written, and those to be removed. The ids come from the
    /// form's key, so a form sent twice makes one note; the names tell whose error is whose.
    fn notes(&self, key: Uuid) -> (Vec<EvidencePatch>, BTreeMap<String, String>) {
        let (mut notes, mut names) = (Vec::new(), BTreeMap::new());
        for i in 0..AREAS {
            let field = format!("areas.{i}.evidence");
            let Some(text) = self.get(&field).filter(|text| !text.trim().is_empty()) else { continue };
            names.insert(format!("evidence.{}.text", notes.len()), field);
            notes.push(EvidencePatch {
                id: Uuid::from_u128(key.as_u128() ^ u128::from(i + 1)),
                sign: Some(self.get(&format!("areas.{i}.sign")).unwrap_or("neutral").to_owned()),
                area: Some(i64::from(i) + 1),
                question_id: None,
                at_seconds: None,
                text: Some(text.to_owned()),
                deleted: false,
            });
        }
        let gone = self.all("delete").filter_map(|id| id.parse().ok());
        notes.extend(gone.map(|id| EvidencePatch {
            id,
            sign: None,
            area: None,
            question_id: None,
            at_seconds: None,
            text: None,
            deleted: true,
        }));
        (notes, names)
    }

    /// Those the form shows, by their place in it.
    fn claims(&self) -> Vec<ClaimPatch> {
        let shown = (0..).map_while(|i| Some((i, self.get(&format!("claims.{i}.id"))?.parse().ok()?)));
        let patch = |(i, claim_id): (usize, ClaimId)| ClaimPatch {
            claim_id,
            value: self.kept(&format!("claims.{i}.value")).map(|word| Some(word.to_owned()).filter(|word| !word.is_empty())),
            evidence: self.kept(&format!("claims.{i}.evidence")).map(|text| Some(text.to_owned())),
        };
        shown.map(patch).collect()
    }

    /// A box that is not ticked sends nothing, so the form says which ones it shows.
    fn warning_signs(&self) -> Vec<WarningPatch> {
        let shown = self.all("signs").filter(|key| !self.all("take").any(|taken| taken.strip_prefix("sign:") == Some(*key)));
        shown.map(|key| WarningPatch { key: key.to_owned(), question_id: None, on: self.all("sign").any(|ticked| ticked == key) }).collect()
    }
}

fn score(text: &str) -> Json {
    match text.parse::<u8>() {
        Ok(number) => number.into(),
        Err(_) if text.is_empty() => Json::Null,
        Err(_) => text.into(),
    }
}

fn named(error: Error, names: &BTreeMap<String, String>) -> Error {
    let Error::Invalid(errors) = error else { return error };
    let mut renamed = FieldErrors::default();
    for error in errors.iter() {
        renamed.add(names.get(&error.field).unwrap_or(&error.field), &error.message);
    }
    Error::Invalid(renamed)
}
