//! SQL of accounts, sign-ins and password resets; and the reading of a visitor's membership.

mod accounts;
mod own_data;
mod resets;
mod set_up;
mod sign_ins;
mod tries;
mod visitors;

pub use accounts::*;
pub use own_data::*;
pub use resets::*;
pub use set_up::*;
pub use sign_ins::*;
pub use tries::*;
pub use visitors::*;
