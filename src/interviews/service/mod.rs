//! What can be done with interviews, a file for each kind of use.

mod change;
mod check;
mod choices;
mod entry;
mod kit;
mod known;
mod letters;
mod link;
mod list;
mod panel;
mod plan;
mod remind;
mod resume;
mod show;
mod state;
mod suggestion;
mod swap;

pub use super::store::{erase_links, of_candidate, to_come_of_candidate};
pub use change::{cancel, mark_no_show, reschedule};
pub use choices::{Choices, choices, seatable};
pub use entry::calendar_file;
pub use kit::kit;
pub use known::known_questions;
pub use link::{Opened, join_link, links, make_link, open_link, revoke_link};
pub use list::{find_by_name, list, of_list, plans, sits_in_panels};
pub use panel::{add_seat, change_seat, remove_seat};
pub use plan::{edit, plan, suggest};
pub use remind::remind;
pub use resume::resume;
pub use show::{show, show_draft, show_for};
pub use suggestion::suggest_panel;
pub use swap::{all_from_board, from_board, next_half, record_of, swap};
