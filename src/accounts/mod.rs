//! Accounts and sign-ins: who a visitor is.
//!
//! Always true: a sign-in is a row, asked on every request in the query that loads the membership, so a
//! sign-out, a demotion or a deactivation acts at once. A password is known by its hash only. Known and
//! unknown addresses are answered alike. Everybody may see and change their own, nobody another's.

pub mod api;
pub mod jobs;
mod model;
pub mod pages;
mod password_reset;
mod service;
mod shell;
mod sign_in;
mod store;
mod visitor;

pub use model::{
    AccountChange, AccountInput, AccountView, Begun, NewAccount, NewSignIn, OwnAccount, OwnSignIn, PasswordChange, PasswordProof,
    PasswordResetInput, Registration, ResetPassword, SignInGiven,
};
pub use service::*;
pub use shell::initials;
pub use sign_in::{Proved, enter, give, leave, prove};
pub use visitor::{GUEST_COOKIE, Visitor};
