//! Public proof, and questions to ask: what a candidate can show of their work, and what they want to know at the end.
//!
//! Always true: both lists are their account's alone, whatever anybody's role, by a wall of the database too; no team
//! gets a copy. A proof is an address that anybody may open, so it is https, and Fivefold itself never opens it. They
//! stand in the plan of practice, and beside the report for the eyes of whose report it is.

pub mod api;
mod model;
pub mod pages;
mod service;
mod store;

pub use model::*;
pub use service::*;
