//! Both lists on one page.

mod forms;
mod show;

pub use forms::{create_proof, create_question, place_proof, place_question, remove_proof, remove_question, update_proof, update_question};
pub use show::show;

use crate::web::page::{Sample, samples_of};

const PROOF_URL: &str = "/account/proof";

pub fn samples() -> Vec<Sample> {
    samples_of::<show::ShowPage>()
}
