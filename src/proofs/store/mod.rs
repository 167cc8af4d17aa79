//! SQL of both lists, through the account's own door or, for whose they are, any team's. Every query names whose it is,
//! and the wall behind it does so again.

pub mod proofs;
pub mod questions;
