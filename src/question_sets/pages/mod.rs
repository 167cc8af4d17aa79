//! The library's question sets on pages: the sets, one version of a set, one question of it.

mod coverage;
mod difference;
mod draft;
mod editor;
mod export;
mod field;
mod imports;
mod index;
mod marks;
mod new;
mod question;
mod show;
mod upstream;

use uuid::Uuid;

use super::model::{QuestionId, QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use super::service;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, TeamId};
use crate::rubrics::{self, AREA_KEYS, Area};
use crate::web::page::{Sample, samples_of};

pub use difference::{draft_difference, version_difference};
pub use draft::{change, order, practice, publish, retirement, show as draft, update as update_draft};
pub use editor::{create_question, edit_question, new_question, remove_question, update_question};
pub use export::{draft as export_draft, version as export_version};
pub use imports::{cancel as cancel_import, confirm as confirm_import, create as create_import, index as imports, show as import};
pub use index::index;
pub use new::{create, new};
pub use question::question;
pub use show::{set, show};
pub use upstream::{compared_upstream, take_all_upstream, take_upstream, upstream};

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<index::IndexPage>(),
        samples_of::<new::NewPage>(),
        samples_of::<show::ShowPage>(),
        samples_of::<question::QuestionPage>(),
        samples_of::<draft::DraftPage>(),
        samples_of::<editor::EditorPage>(),
        samples_of::<difference::DifferencePage>(),
        samples_of::<upstream::UpstreamPage>(),
        samples_of::<imports::ImportsPage>(),
        samples_of::<imports::ImportPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn sets_url(team: TeamId) -> String {
    format!("/teams/{team}/question-sets")
}

fn set_url(team: TeamId, id: QuestionSetId) -> String {
    format!("{}/{id}", sets_url(team))
}

fn draft_url(team: TeamId, id: QuestionSetId) -> String {
    format!("{}/draft", set_url(team, id))
}

fn draft_question_url(team: TeamId, set: QuestionSetId, id: QuestionId) -> String {
    format!("{}/questions/{id}", draft_url(team, set))
}

fn version_url(team: TeamId, id: QuestionSetVersionId) -> String {
    format!("/teams/{team}/question-sets/versions/{id}")
}

fn question_url(team: TeamId, version: QuestionSetVersionId, id: QuestionId) -> String {
    format!("{}/questions/{id}", version_url(team, version))
}

/// The areas' short names, in order, as the rubric has them that the set was written for.
fn area_names(tx: &mut Tx, actor: &Actor, rubric: Option<&str>) -> Result<Vec<String>> {
    Ok(short_names(&areas(tx, actor, rubric)?))
}

fn short_names(areas: &[Area]) -> Vec<String> {
    if areas.is_empty() { default_names() } else { areas.iter().map(|area| area.short_name.clone()).collect() }
}

/// The areas of the rubric that a set was written for.
fn areas(tx: &mut Tx, actor: &Actor, rubric: Option<&str>) -> Result<Vec<Area>> {
    Ok(rubrics::named(tx, actor, rubric)?.map(|rubric| rubric.areas.clone()).unwrap_or_default())
}

fn default_names() -> Vec<String> {
    AREA_KEYS.iter().map(|key| (*key).to_owned()).collect()
}

/// The built-in set, for the samples.
fn sample() -> Option<QuestionSetVersion> {
    let file = service::built_in_files().ok()?.into_iter().find(|file| file.slug == "django-backend")?;
    Some(file.into_version(QuestionSetVersionId(Uuid::nil()), 1, chrono::DateTime::UNIX_EPOCH))
}

/// The built-in rubric's areas, for the samples.
fn sample_areas() -> Vec<Area> {
    let rubric = rubrics::parse_file("five-areas", include_str!("../../../library/rubrics/five-areas.json"));
    rubric.map(|rubric| rubric.areas).unwrap_or_default()
}
