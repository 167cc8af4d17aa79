//! The only test binary: real requests through the real application on a real PostgreSQL.
//!
//! `support` gives every test a database of its own; see [`support::App`] and [`support::World`].

mod support;

mod accounts;
mod architecture;
mod audit;
mod bad_input;
mod binary;
mod calibration;
mod candidates;
mod cross_site;
mod debriefs;
mod doors;
mod exercises;
mod find;
mod headers;
mod home;
mod image;
mod interviews;
mod library;
mod looks;
mod mails;
mod migrations;
mod openapi;
mod operations;
mod own_data;
mod pages;
mod peer_practice;
mod practice;
mod proofs;
mod question_sets;
mod reports;
mod resumes;
mod rooms;
mod rubrics;
mod scorecards;
mod second_scoring;
mod slow_clients;
mod statistics;
mod teams;
mod tokens;
