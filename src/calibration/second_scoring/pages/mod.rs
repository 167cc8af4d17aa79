//! Second scoring on pages: what waits and what leads find, and one interview that is scored again.

mod index;
mod result;
mod score;

pub use index::{create, index};
pub use score::{save, show, submit};

use crate::web::page::{Sample, samples_of};

pub fn samples() -> Vec<Sample> {
    [samples_of::<index::IndexPage>(), samples_of::<score::ScorePage>(), samples_of::<result::ResultPage>()].into_iter().flatten().collect()
}
