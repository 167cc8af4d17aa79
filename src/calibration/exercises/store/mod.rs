//! SQL of gold interviews and exercises.

pub mod audio;
pub mod exercises;
pub mod experts;
pub mod library;
pub mod making;
pub mod own_data;
pub mod scores;
pub mod versions;
