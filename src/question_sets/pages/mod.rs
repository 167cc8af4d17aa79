//! The library's question sets on pages: the sets, one version of a set, one question of it.

mod index;
mod question;
mod show;

use uuid::Uuid;

use super::model::{QuestionId, QuestionSetVersion, QuestionSetVersionId};
use super::service;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, TeamId};
use crate::rubrics::{self, AREA_KEYS};
use crate::web::page::{Sample, samples_of};

pub use index::index;
pub use question::question;
pub use show::{set, show};

pub fn samples() -> Vec<Sample> {
    [samples_of::<index::IndexPage>(), samples_of::<show::ShowPage>(), samples_of::<question::QuestionPage>()]
        .into_iter()
        .flatten()
        .collect()
}

fn version_url(team: TeamId, id: QuestionSetVersionId) -> String {
    format!("/teams/{team}/question-sets/versions/{id}")
}

fn question_url(team: TeamId, version: QuestionSetVersionId, id: QuestionId) -> String {
    format!("{}/questions/{id}", version_url(team, version))
}

/// The areas' short names, in order, as the library's first rubric has them.
fn area_names(tx: &mut Tx, actor: &Actor) -> Result<Vec<String>> {
    let rubrics = rubrics::published(tx, actor)?;
    Ok(rubrics.first().map_or_else(default_names, |rubric| rubric.areas.iter().map(|area| area.short_name.clone()).collect()))
}

fn default_names() -> Vec<String> {
    AREA_KEYS.iter().map(|key| (*key).to_owned()).collect()
}

/// The built-in set, for the samples.
fn sample() -> Option<QuestionSetVersion> {
    let file = service::built_in_files().ok()?.into_iter().find(|file| file.slug == "django-backend")?;
    Some(file.into_version(QuestionSetVersionId(Uuid::nil()), 1, chrono::DateTime::UNIX_EPOCH))
}
