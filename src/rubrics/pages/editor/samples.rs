//! Examples of the editor's page: complete, empty, refused, contested.

use super::super::super::draft::{RubricDraft, TeamRubricView};
use super::super::super::file::RubricFile;
use super::form::RubricForm;
use super::page::Again;
use crate::platform::error::FieldErrors;
use crate::web::form::FormErrors;

pub fn all() -> Vec<(TeamRubricView, Again)> {
    let Some(version) = super::super::sample() else { return Vec::new() };
    let summary = super::super::super::model::RubricVersionSummary {
        published_by: Some("Ada Okafor".into()),
        reason: Some("Production counts more".into()),
        ..version.summary()
    };
    let full = TeamRubricView {
        id: version.rubric,
        slug: version.slug.clone(),
        copied_from: Some(version.id),
        version: 3,
        draft: RubricDraft::of(&RubricFile::of(&version)),
        missing: FieldErrors::default(),
        advice: FieldErrors::default(),
        changed_by: Some("Ada Okafor".into()),
        changed_at: version.published_at,
        retired_at: None,
        newest_version: None,
        unpublished_changes: true,
    };
    let bare = RubricDraft { name: "Ours".into(), ..RubricDraft::default() };
    let published = TeamRubricView { newest_version: Some(summary.clone()), unpublished_changes: false, ..full.clone() };
    let nameless = super::super::super::model::RubricVersionSummary { published_by: None, reason: None, ..summary };
    let retired = TeamRubricView { retired_at: Some(version.published_at), newest_version: Some(nameless), ..full.clone() };
    vec![
        (full.clone(), Again::default()),
        (published, Again { unsaved: true, form: Some(RubricForm::of_draft(&bare, 3)), ..Again::default() }),
        (retired, Again { errors: FormErrors::sample(&EVERY), ..Again::default() }),
        (full.clone(), contested(&full)),
    ]
}

/// A field of each kind.
const EVERY: [&str; 16] = [
    "name",
    "description",
    "areas[0].name",
    "areas[0].short_name",
    "areas[0].description",
    "areas[0].weight",
    "areas[0].expected",
    "areas[0].anchors[0].label",
    "areas[0].anchors[0].text",
    "weights_reason",
    "cuts.entry.mock",
    "cuts.senior.hiring",
    "warning_signs[0].name",
    "warning_signs[0].looks_like",
    "warning_signs[0].advice",
    "reason",
];

/// Two levels that read alike, and somebody who was quicker.
fn contested(view: &TeamRubricView) -> Again {
    let theirs = RubricForm::of(view);
    let mut form = theirs.clone();
    form.set("areas[1].anchors[0].text", "Finds the fault with help.");
    form.set("areas[1].anchors[1].text", "Finds the fault with little help.");
    form.set("areas[1].expected.senior", "2");
    form.set("cuts.mid.hiring[1]", "3");
    Again { conflict: form.differences(&theirs), errors: FormErrors::whole("Somebody was quicker."), form: Some(form), unsaved: false }
}
