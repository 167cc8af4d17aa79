//! Pages of interviews.

mod ask;
pub mod guest;
mod index;
pub mod kit;
mod planner;
pub mod resume;
mod show;

pub use ask::{cancellation, links, no_show, panel, schedule, seat, swap};
pub use index::index;
pub use planner::{create, edit, new, update};
pub use show::{calendar, show};

use crate::platform::error::Error;
use crate::policy::InterviewId;
use crate::web::page::{Sample, samples_of};

/// The samples of this feature's pages.
pub fn samples() -> Vec<Sample> {
    [
        samples_of::<index::IndexPage>(),
        samples_of::<planner::PlannerPage>(),
        samples_of::<show::ShowPage>(),
        samples_of::<schedule::SchedulePage>(),
        samples_of::<cancellation::CancellationPage>(),
        samples_of::<no_show::NoShowPage>(),
        samples_of::<swap::SwapPage>(),
        samples_of::<panel::PanelPage>(),
        samples_of::<seat::SeatPage>(),
        samples_of::<links::LinksPage>(),
        samples_of::<kit::KitPage>(),
        samples_of::<guest::GuestPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The interview of a path; an id that is none is not found.
fn id_of(path: &(String, String)) -> Result<InterviewId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}
