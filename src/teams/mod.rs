//! Teams: the tenants, who is in them, and how people are asked in.
//!
//! Always true: everybody has a personal team with themselves as the only owner; a shared team has at
//! least one owner; a removed member keeps what they wrote and sees nothing more; who stops being an
//! owner leaves no open invitation behind. Owners manage members, invitations and settings and read the
//! outbox; leads and interviewers see who is there.

pub mod api;
mod entrance;
mod model;
pub mod pages;
mod service;
mod store;

pub use model::{
    AuditEventView, Entered, InvitationGiven, InvitationInput, InvitationOpened, InvitationView, MailView, MeView, MemberView, NewTeam,
    RoleChange, SetUpInput, TeamChange, TeamFate, TeamInput, TeamOfAccount, TeamView,
};
pub use service::*;
