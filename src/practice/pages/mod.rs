//! Practice on pages.

mod answer;
mod attempt;
mod desk;
mod history;
mod mock;
mod parts;
mod plan;
mod progress;
mod recordings;
mod result;
mod samples;
mod score;
mod see;
mod share;
mod shared;
mod shares;
mod side;
mod spoken;

pub use attempt::{attempt, begin_answer, finish_answer, give_score, remove_attempt, save_answer, save_comparison};
pub use desk::{desk, start, update_schedule};
pub use history::attempts;
pub use mock::{create_mock, end_mock, mock, next_question};
pub use plan::{plan, plan_calendar, remove_plan, save_plan};
pub use progress::progress;
pub use recordings::{recordings, remove_recording, update_keeping};
pub use share::{share, take_back_share};
pub use shared::{score_shared, shared_attempt};
pub use shares::{create_share, new_share, shares};
pub use side::side_by_side;

use answer::AnswerPage;
use desk::DeskPage;
use history::HistoryPage;
use mock::MockPage;
use plan::PlanPage;
use progress::ProgressPage;
use recordings::RecordingsPage;
use result::ResultPage;
use score::ScorePage;
use share::SharePage;
use shared::{CoachPage, GonePage, SharedPage};
use shares::{NewSharePage, SharesPage};
use side::SidePage;

use crate::web::page::{Sample, samples_of};

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<DeskPage>(),
        samples_of::<AnswerPage>(),
        samples_of::<ScorePage>(),
        samples_of::<ResultPage>(),
        samples_of::<MockPage>(),
        samples_of::<SidePage>(),
        samples_of::<HistoryPage>(),
        samples_of::<RecordingsPage>(),
        samples_of::<ProgressPage>(),
        samples_of::<PlanPage>(),
        samples_of::<SharesPage>(),
        samples_of::<NewSharePage>(),
        samples_of::<SharePage>(),
        samples_of::<CoachPage>(),
        samples_of::<SharedPage>(),
        samples_of::<GonePage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
