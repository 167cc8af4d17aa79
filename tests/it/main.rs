//! The only test binary: real requests through the real application on a real PostgreSQL.
//!
//! `support` gives every test a database of its own; see [`support::App`] and [`support::World`].

mod support;

mod accounts;
mod architecture;
mod bad_input;
mod binary;
mod candidates;
mod debriefs;
mod doors;
mod headers;
mod image;
mod interviews;
mod library;
mod looks;
mod migrations;
mod openapi;
mod operations;
mod pages;
mod question_sets;
mod reports;
mod rooms;
mod rubrics;
mod scorecards;
mod teams;
