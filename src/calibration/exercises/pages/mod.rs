//! Exercises on pages: what waits, one exercise, one's own scores and result, the team's.

mod exercise;
mod feedback;
mod form;
mod index;
mod making;
mod parts;
mod plan;
mod readiness;
mod score;
mod together;

pub use exercise::{close, show};
pub use index::index;
pub use making::{
    ask_experts, bring_audio, create_from_interview, create_gold, edit_consensus, edit_gold, list_making, new_from_interview, new_gold,
    publish_gold, remove_audio, retire_gold, save_expert_score, show_expert_score, show_gold, submit_expert_score, update_consensus,
    update_gold,
};
pub use parts::minutes_words;
pub use plan::{create, edit, new, update};
pub use score::{begin, begin_next, save as save_score, show as show_score, submit as submit_score};
pub use together::{change_anchor, discussion, distribution, write_notes};

use crate::web::page::{Sample, samples_of};

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<index::IndexPage>(),
        samples_of::<exercise::ExercisePage>(),
        samples_of::<plan::PlanPage>(),
        samples_of::<score::ScorePage>(),
        samples_of::<feedback::FeedbackPage>(),
        samples_of::<together::DistributionPage>(),
        samples_of::<together::DiscussionPage>(),
    ]
    .into_iter()
    .flatten()
    .chain(making::samples())
    .collect()
}
