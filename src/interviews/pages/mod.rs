//! Pages of interviews.

mod index;
mod planner;
mod show;

pub use index::index;
pub use planner::{create, edit, new, update};
pub use show::show;

use crate::platform::error::Error;
use crate::policy::InterviewId;
use crate::web::page::{Sample, samples_of};

/// The samples of this feature's pages.
pub fn samples() -> Vec<Sample> {
    [samples_of::<index::IndexPage>(), samples_of::<planner::PlannerPage>(), samples_of::<show::ShowPage>()].into_iter().flatten().collect()
}

/// The interview of a path; an id that is none is not found.
fn id_of(path: &(String, String)) -> Result<InterviewId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}
