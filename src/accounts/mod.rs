//! Accounts and sign-ins: who a visitor is.
//!
//! Always true: a sign-in is a row, asked on every request in the query that loads the membership, so a
//! sign-out, a demotion or a deactivation acts at once. A password is known by its hash only. Known and
//! unknown addresses are answered alike. Everybody may see and change their own, nobody another's.

pub mod api;
mod model;
mod service;
mod shell;
pub mod sign_in;
mod store;
mod visitor;

pub use model::{AccountView, NewAccount, NewSignIn, SignInGiven};
pub use service::*;
pub use visitor::{GUEST_COOKIE, Visitor};
