//! Calibration: whether a team's interviewers mean the same by a 3.
//!
//! Always true: what somebody gives in an exercise is never a rating of a real candidate, so nothing of it enters the
//! reliability of scorecards.

pub mod exercises;
pub mod statistics;
