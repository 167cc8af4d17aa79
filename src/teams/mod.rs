//! Teams: the tenants, who is in them, and how people are asked in.
//!
//! Always true: everybody has a personal team with themselves as the only owner; a shared team has at
//! least one owner; a removed member keeps what they wrote and sees nothing more. Owners manage members,
//! invitations and settings; leads and interviewers see who is there.

pub mod api;
mod model;
mod service;
mod store;

pub use model::{MeView, NewTeam, TeamOfAccount};
pub use service::*;
