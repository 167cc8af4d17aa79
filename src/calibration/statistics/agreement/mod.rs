//! Agreement of raters: raw, corrected for chance, in pairs, and how much can be said about it.
//!
//! A page builds one [`Tally`](tally::Tally) for a scope (or keeps a running [`State`](state::State)) and asks each
//! statistic for its own type.

pub mod alpha;
pub mod answers;
pub mod block;
pub mod bootstrap;
pub mod chance;
pub mod disagreements;
pub mod evidence;
pub mod groups;
pub mod interval;
mod jackknife;
pub mod pair;
pub mod pair_table;
mod random;
pub mod raw;
mod rows;
pub mod state;
pub mod tally;
pub mod units;
pub mod weights;

#[cfg(test)]
mod tests;
