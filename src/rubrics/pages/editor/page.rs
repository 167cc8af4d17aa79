//! What the editor's page shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::super::draft::TeamRubricView;
use super::super::super::model::{AREA_KEYS, Level};
use super::super::{draft_url, places, rubric_url, rubrics_url, version_url};
use super::form::{Difference, RubricForm};
use crate::platform::error::FieldErrors;
use crate::policy::{Actor, TeamId};
use crate::web::form::FormErrors;
use crate::web::page::{Choice, Crumb, Nav, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct EditorPage {
    crumbs: Vec<Crumb>,
    heading: String,
    slug: String,
    version: String,
    urls: Urls,
    published: Option<Published>,
    unpublished_changes: bool,
    retired: bool,
    /// What is in the form was shown again and not kept.
    unsaved: bool,
    errors: FormErrors,
    /// What it lacks to be published, and what is worth another look.
    missing: Vec<Hint>,
    advice: Vec<Hint>,
    /// Where somebody else saved first: their words beside one's own.
    conflict: Vec<Difference>,
    name: Input,
    description: Input,
    areas: Vec<AreaFields>,
    levels: Vec<Choice>,
    weights_reason: Input,
    cuts: Vec<CutFields>,
    signs: Vec<SignFields>,
    reason: Input,
}

#[derive(Debug, Serialize)]
struct Urls {
    draft: String,
    versions: String,
    retirement: String,
    cancel: String,
    /// What would be published, against what was published last or what it was copied from.
    differences: Option<String>,
}

#[derive(Debug, Serialize)]
struct Published {
    number: i32,
    url: String,
    at: Moment,
    by: Option<String>,
    reason: Option<String>,
}

/// A sentence with the field that it is about.
#[derive(Debug, Serialize)]
struct Hint {
    place: String,
    field: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct Input {
    id: String,
    value: String,
    error: Option<String>,
    /// What is worth another look here.
    hint: Option<String>,
}

#[derive(Debug, Serialize)]
struct AreaFields {
    number: usize,
    key: &'static str,
    title: String,
    name: Input,
    short_name: Input,
    description: Input,
    weight: Input,
    anchors: Vec<AnchorFields>,
    /// Of the three together.
    expected: Input,
    expected_at: Vec<Labelled>,
}

#[derive(Debug, Serialize)]
struct AnchorFields {
    level: usize,
    label: Input,
    text: Input,
}

#[derive(Debug, Serialize)]
struct Labelled {
    label: &'static str,
    input: Input,
}

#[derive(Debug, Serialize)]
struct CutFields {
    level: &'static str,
    modes: Vec<ModeCuts>,
}

#[derive(Debug, Serialize)]
struct ModeCuts {
    legend: &'static str,
    /// Of the cuts together.
    group: Input,
    cuts: Vec<Labelled>,
}

#[derive(Debug, Serialize)]
struct SignFields {
    place: usize,
    key: Input,
    name: Input,
    looks_like: Input,
    advice: Input,
}

/// What of the page is not as the database says.
#[derive(Default)]
pub struct Again {
    pub form: Option<RubricForm>,
    pub unsaved: bool,
    pub errors: FormErrors,
    pub conflict: Vec<Difference>,
}

/// Makes the inputs of one form with what is said about each.
struct Inputs<'i> {
    form: &'i RubricForm,
    errors: &'i BTreeMap<String, String>,
    advice: &'i FieldErrors,
}

impl Inputs<'_> {
    fn at(&self, id: impl Into<String>) -> Input {
        let id = id.into();
        let hint = self.advice.iter().find(|advice| advice.field == id).map(|advice| advice.message.clone());
        Input { value: self.form.get(&id).to_owned(), error: self.errors.get(&id).cloned(), hint, id }
    }

    fn area(&self, i: usize) -> AreaFields {
        let at = |rest: &str| self.at(format!("areas[{i}].{rest}"));
        let anchor =
            |k: usize| AnchorFields { level: k + 1, label: at(&format!("anchors[{k}].label")), text: at(&format!("anchors[{k}].text")) };
        let name = at("name");
        AreaFields {
            number: i + 1,
            key: AREA_KEYS[i],
            title: if name.value.trim().is_empty() { format!("Area {}", i + 1) } else { name.value.clone() },
            name,
            short_name: at("short_name"),
            description: at("description"),
            weight: at("weight"),
            anchors: (0..5).map(anchor).collect(),
            expected: at("expected"),
            expected_at: Level::ALL
                .iter()
                .map(|level| Labelled { label: level.label(), input: at(&format!("expected.{level}")) })
                .collect(),
        }
    }

    fn cuts(&self, level: Level) -> CutFields {
        let mode = |mode: &str, legend, outcomes: &[&'static str]| ModeCuts {
            legend,
            group: self.at(format!("cuts.{level}.{mode}")),
            cuts: (0..)
                .zip(outcomes)
                .map(|(k, label): (usize, _)| Labelled { label, input: self.at(format!("cuts.{level}.{mode}[{k}]")) })
                .collect(),
        };
        CutFields {
            level: level.label(),
            modes: vec![
                mode("mock", "In a mock interview", &["Nearly ready from", "Ready now from"]),
                mode("hiring", "In hiring", &["No from", "Yes from", "Strong yes from"]),
            ],
        }
    }

    fn sign(&self, i: usize) -> SignFields {
        let at = |part: &str| self.at(format!("warning_signs[{i}].{part}"));
        SignFields { place: i, key: at("key"), name: at("name"), looks_like: at("looks_like"), advice: at("advice") }
    }
}

impl EditorPage {
    pub fn of(view: &TeamRubricView, again: Again, actor: &Actor) -> crate::platform::error::Result<Self> {
        Ok(Self::for_team(view, again, actor.team_id()?, actor.time_zone()))
    }

    fn for_team(view: &TeamRubricView, again: Again, team: TeamId, zone: chrono_tz::Tz) -> Self {
        let mut form = again.form.unwrap_or_else(|| RubricForm::of(view));
        if !form.has_draft() {
            // Only a button was pressed: the reason that came with it stays.
            let reason = form.get("reason").to_owned();
            form = RubricForm::of(view);
            form.set("reason", reason);
        }
        let (read, _) = form.read();
        let draft = read.clone().tidy().unwrap_or(read);
        let (missing, advice) = (draft.missing(&view.slug), draft.to_file(&view.slug).advice());
        let hints = |errors: &FieldErrors| -> Vec<Hint> {
            let hint = |error: &crate::platform::error::FieldError| Hint {
                place: error.field.clone(),
                field: places::words(&error.field, &|place| form.get(place).to_owned()),
                text: error.message.clone(),
            };
            errors.iter().map(hint).collect()
        };
        let inputs = Inputs { form: &form, errors: &again.errors.fields, advice: &advice };
        EditorPage {
            crumbs: vec![
                Crumb { label: "Rubrics".into(), url: Some(rubrics_url(team)) },
                Crumb { label: view.draft.name.clone(), url: None },
            ],
            heading: view.draft.name.clone(),
            slug: view.slug.clone(),
            version: form.get("version").to_owned(),
            urls: Urls::of(view, team),
            published: view.newest_version.as_ref().map(|version| Published {
                number: version.number,
                url: version_url(team, version.id),
                at: Moment::of(version.published_at, zone),
                by: version.published_by.clone(),
                reason: version.reason.clone(),
            }),
            unpublished_changes: view.unpublished_changes,
            retired: view.retired_at.is_some(),
            unsaved: again.unsaved,
            missing: hints(&missing),
            advice: hints(&advice),
            conflict: again.conflict,
            name: inputs.at("name"),
            description: inputs.at("description"),
            areas: (0..AREA_KEYS.len()).map(|i| inputs.area(i)).collect(),
            levels: (1..=5).map(|level| Choice { value: level.to_string(), label: level.to_string() }).collect(),
            weights_reason: inputs.at("weights_reason"),
            cuts: Level::ALL.iter().map(|level| inputs.cuts(*level)).collect(),
            signs: (0..form.signs()).map(|i| inputs.sign(i)).collect(),
            reason: inputs.at("reason"),
            errors: again.errors,
        }
    }
}

impl Urls {
    fn of(view: &TeamRubricView, team: TeamId) -> Self {
        let (rubric, newest) = (rubric_url(team, view.id), view.newest_version.as_ref());
        Urls {
            draft: draft_url(team, view.id),
            versions: format!("{rubric}/versions"),
            retirement: format!("{rubric}/retirement"),
            cancel: newest.map_or_else(|| rubrics_url(team), |newest| version_url(team, newest.id)),
            differences: newest.map(|newest| newest.id).or(view.copied_from).map(|_| format!("{}/differences", draft_url(team, view.id))),
        }
    }
}

impl Template for EditorPage {
    const PATH: &'static str = "rubrics/editor.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("{} (draft)", self.heading)
    }

    fn samples() -> Vec<Self> {
        super::samples::all()
            .into_iter()
            .map(|(view, again)| Self::for_team(&view, again, TeamId(uuid::Uuid::nil()), chrono_tz::Tz::UTC))
            .collect()
    }
}
