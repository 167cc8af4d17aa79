//! The library's rubrics on pages: the list, one version, what changed between two, and a team's drafts.

mod differences;
mod editor;
mod import;
mod index;
mod new;
mod places;
mod show;

use uuid::Uuid;

use super::file::Published;
use super::model::{RubricId, RubricVersion, RubricVersionId};
use super::service;
use crate::policy::TeamId;
use crate::web::page::{Crumb, Sample, Tab, samples_of};

pub use differences::{draft as draft_differences, show as differences};
pub use editor::{edit, publish, retirement, update};
pub use import::{create_import, new_import};
pub use index::index;
pub use new::{create, new};
pub use show::{export, rubric, show};

/// The parts of the library, as tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryPart {
    QuestionSets,
    Rubrics,
}

pub fn library_tabs(team: TeamId, current: LibraryPart) -> Vec<Tab> {
    [(LibraryPart::QuestionSets, "Question sets", "question-sets"), (LibraryPart::Rubrics, "Rubrics", "rubrics")]
        .into_iter()
        .map(|(part, label, noun)| Tab { label, url: format!("/teams/{team}/{noun}"), current: part == current })
        .collect()
}

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<index::IndexPage>(),
        samples_of::<show::ShowPage>(),
        samples_of::<new::NewPage>(),
        samples_of::<import::ImportPage>(),
        samples_of::<editor::EditorPage>(),
        samples_of::<differences::DifferencesPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn crumbs(rubrics: String, here: &str) -> Vec<Crumb> {
    vec![Crumb { label: "Rubrics".into(), url: Some(rubrics) }, Crumb { label: here.into(), url: None }]
}

fn rubrics_url(team: TeamId) -> String {
    format!("/teams/{team}/rubrics")
}

fn rubric_url(team: TeamId, id: RubricId) -> String {
    format!("{}/{id}", rubrics_url(team))
}

fn draft_url(team: TeamId, id: RubricId) -> String {
    format!("{}/draft", rubric_url(team, id))
}

fn version_url(team: TeamId, id: RubricVersionId) -> String {
    format!("{}/versions/{id}", rubrics_url(team))
}

fn differences_url(team: TeamId, id: RubricVersionId) -> String {
    format!("{}/differences", version_url(team, id))
}

fn copy_url(team: TeamId, id: RubricVersionId) -> String {
    format!("{}/new?copy_of={id}", rubrics_url(team))
}

/// The built-in rubric, for the samples.
fn sample() -> Option<RubricVersion> {
    let file = service::built_in().ok()?.into_iter().find(|file| file.slug == "five-areas")?;
    let published = Published::built_in(RubricVersionId(Uuid::nil()), &file.slug, 1, chrono::DateTime::UNIX_EPOCH);
    Some(file.into_version(published))
}
