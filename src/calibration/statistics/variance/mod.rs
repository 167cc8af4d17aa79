//! Components of variance: how much of a score is the candidate, the interviewer, the area, and what is left.
//!
//! `two_way` holds the model score = mu + unit + rater + rest and what follows from it: reliability, severity, fair
//! scores. `three_way` holds the study subject × rater × area and the decisions drawn from it.

pub mod answers;
mod draws;
pub mod optimum;
pub mod team;
pub mod three_way;
pub mod two_way;

#[cfg(test)]
mod tests;
