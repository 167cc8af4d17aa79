//! Shapes and rules of reports, without I/O.

mod content;
mod figures;
mod names;
mod self_scores;
mod view;

pub use content::{Content, MAX_ROWS, NewReport, NewStrength, NextStep, Strength, TwoWays, World};
pub use figures::{AreaFigure, Figures};
pub use names::{named, perhaps_named};
pub use self_scores::{AreaToScore, NewSelfScore, NewSelfScores, Scores, SelfScoresView};
pub use view::*;
