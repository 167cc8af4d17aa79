//! Résumés: what a person says of their own work, as structured data, laid out plainly.
//!
//! Always true: an account has at most one, which nobody else reads, whatever their role, by a wall of the database
//! too. A team sees a copy only after the person has sent it there, and until they take it back; what was taken back
//! is gone, and only the dates stay. Both templates say everything that is in it, in one column of plain text and in
//! the order in which it is read, so that a program reads what a person reads. What is listed can be asked about: each
//! project and each technology is suggested as a claim, with what to ask.

pub mod api;
pub mod api_file;
pub mod bring;
mod model;
pub mod pages;
mod service;
pub mod sheets;
mod store;

pub use model::*;
pub use service::*;
