//! Components of a study, however complete it is, with their uncertainty.

use super::super::super::reason::Reason;
use super::super::super::request::From;
use super::super::draws::{DRAWS, Draws, of_components};
use super::components::Components;
use super::mean_squares::{MeanSquares, mean_squares};
use super::reml::{Reml, reml};
use super::study::Study;

/// How the components were found.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// From the mean squares of a complete study.
    Squares(MeanSquares),
    Reml(Reml),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Clamped at zero.
    pub components: Components,
    pub areas: f64,
    pub source: Source,
    seed: u64,
}

/// By the way asked for; mean squares need a complete study.
pub fn estimate_from(study: &Study, from: From) -> Result<Estimate, Reason> {
    let (components, source) = match from {
        From::Anova => {
            let squares = mean_squares(study)?;
            (squares.components().clamped(), Source::Squares(squares))
        }
        From::Reml => {
            let reml = reml(study)?;
            (reml.components, Source::Reml(reml))
        }
    };
    Ok(Estimate { components, areas: study.areas as f64, source, seed: study.seed() })
}

/// By mean squares where the study is complete, otherwise by REML.
pub fn estimate(study: &Study) -> Result<Estimate, Reason> {
    estimate_from(study, if study.is_complete() { From::Anova } else { From::Reml })
}

impl Estimate {
    /// Gives draws of the components to `look`, negative ones set to zero. None where there is no uncertainty to draw
    /// from.
    ///
    /// From mean squares: each expected mean square is drawn as MS df / chi²(df), the generalised pivotal quantity
    /// (Weerahandi 1993), and the components follow from the drawn mean squares. From REML: N(estimate, inverse of the
    /// expected information), as for the two-way coefficients.
    pub fn draws(&self, mut look: impl FnMut(&Components)) -> Option<()> {
        match &self.source {
            Source::Squares(squares) => {
                let mut draws = Draws::new(self.seed);
                for _ in 0..DRAWS {
                    let mut drawn = *squares;
                    for (square, df) in drawn.squares.iter_mut().zip(squares.df) {
                        let chi = draws.chi_squared(df);
                        *square *= df / chi.max(f64::MIN_POSITIVE);
                    }
                    let parts = drawn.components().clamped();
                    if parts.list().iter().all(|part| part.is_finite()) {
                        look(&parts);
                    }
                }
                Some(())
            }
            Source::Reml(reml) => of_components(self.components.list(), reml.covariance.as_ref()?, self.seed, |drawn| {
                look(&Components::from_list(drawn));
            }),
        }
    }
}
