//! The only test binary: real requests through the real application on a real PostgreSQL.
//!
//! `support` gives every test a database of its own; see [`support::App`] and [`support::World`].

mod support;

mod accounts;
mod architecture;
mod bad_input;
mod candidates;
mod doors;
mod headers;
mod home;
mod interviews;
mod library;
mod migrations;
mod openapi;
mod pages;
mod question_sets;
mod reports;
mod rooms;
mod rubrics;
mod scorecards;
mod teams;
