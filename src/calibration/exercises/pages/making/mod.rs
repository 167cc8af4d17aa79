//! Gold interviews of the team on pages: written, scored by experts, agreed on, published.

mod consensus;
mod consent;
mod expert;
mod list;
mod show;
mod write;

pub use consensus::{edit as edit_consensus, update as update_consensus};
pub use consent::{create as create_from_interview, new as new_from_interview};
pub use expert::{save as save_expert_score, show as show_expert_score, submit as submit_expert_score};
pub use list::index as list_making;
pub use show::{ask as ask_experts, bring_audio, publish as publish_gold, remove_audio, retire as retire_gold, show as show_gold};
pub use write::{create as create_gold, edit as edit_gold, new as new_gold, update as update_gold};

use actix_web::web::Path;

use super::super::model::{GoldId, MakingStage};
use super::parts::way;
use crate::platform::error::{Error, Result};
use crate::policy::TeamId;
use crate::web::page::{Crumb, Sample, samples_of};

pub type Ids = Path<(String, String)>;

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<list::MakingListPage>(),
        samples_of::<write::WritePage>(),
        samples_of::<show::MakingPage>(),
        samples_of::<consensus::ConsensusPage>(),
        samples_of::<expert::ExpertPage>(),
        samples_of::<expert::ExpertDonePage>(),
        samples_of::<consent::ConsentPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn gold_id(ids: &Ids) -> Result<GoldId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

fn golds_url(team: TeamId) -> String {
    format!("/teams/{team}/gold-interviews")
}

fn gold_url(team: TeamId, id: GoldId) -> String {
    format!("{}/{id}", golds_url(team))
}

fn crumbs(team: TeamId, here: &str) -> Vec<Crumb> {
    let list = Crumb { label: "Gold interviews".into(), url: Some(golds_url(team)) };
    way(team, [list, Crumb { label: here.to_owned(), url: None }])
}

fn sample_crumbs() -> Vec<Crumb> {
    vec![Crumb { label: "Gold interviews".into(), url: Some("/teams/1/gold-interviews".into()) }]
}

/// A stage in words, and the kind of its chip.
fn stage_words(stage: MakingStage) -> (&'static str, &'static str) {
    match stage {
        MakingStage::Writing => ("Being written", "line"),
        MakingStage::Experts => ("With the experts", "accent"),
        MakingStage::Consensus => ("To be agreed on", "warn"),
        MakingStage::Published => ("Published", "good"),
    }
}
