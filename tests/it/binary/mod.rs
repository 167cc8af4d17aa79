//! The program itself, as whoever runs it sees it: one line that says it is ready, signals, exit codes, sentences.
//! Each process has a data directory of its own, with a real private PostgreSQL in it.

mod databases;
mod deaths;
mod doctor;
mod library;
mod logs;
pub mod process;
mod refusals;
mod serving;
