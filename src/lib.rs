//! Fivefold: mock and structured interviews on one server and one PostgreSQL.
//!
//! The house has floors; a module uses only what stands below it:
//! `main → cli → app → routes → features → web, policy → platform`.
//! The features, each using only those above it in this list:
//! `accounts teams recordings rubrics question_sets resumes proofs candidates interviews scorecards rooms debriefs reports calibration practice peer_practice home own_data find api_docs demo`.
#![forbid(unsafe_code)]

pub mod accounts;
pub mod api_docs;
pub mod app;
pub mod calibration;
pub mod candidates;
pub mod cli;
pub mod debriefs;
pub mod demo;
pub mod find;
pub mod home;
pub mod interviews;
pub mod own_data;
pub mod peer_practice;
pub mod platform;
pub mod policy;
pub mod practice;
pub mod proofs;
pub mod question_sets;
pub mod recordings;
pub mod reports;
pub mod resumes;
pub mod rooms;
pub mod routes;
pub mod rubrics;
#[rustfmt::skip]
mod schema;
pub mod scorecards;
pub mod teams;
pub mod web;
