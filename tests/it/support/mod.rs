//! What every test stands on.
//!
//! - [`App`]: one per test. The real application over a database of its own (a clone of a migrated
//!   template), with a clock that stands still until it is set.
//! - [`Client`]: `app.anon()`, `app.signed_in(account)` (cookie), `app.token(account)` (Bearer), all with
//!   the same verbs, giving a [`Response`].
//! - [`World`]: a team with one member of each role, and an outsider.
//!
//! A test that leaves jobs that are due fails: say `app.run_jobs().await` and look at what they did.

// Verbs of a kit: that no test says one of them today is no defect.
#![allow(dead_code, unused_imports)]

mod app;
mod client;
mod cluster;
pub mod html;
mod interview;
pub mod pad;
mod queries;
mod response;
mod world;

pub use app::{App, Mail, Options, PASSWORD, Served, texts};
pub use client::Client;
pub use cluster::{Database, database_url, removed_at_the_end};
pub use interview::Interview;
pub use response::Response;
pub use world::{World, merge};
