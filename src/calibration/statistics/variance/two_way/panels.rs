//! What least squares and REML need of the values, gathered by panel size.
//!
//! A unit enters every formula through the number of its raters, who they are and the sum of its values. Units with
//! equally many raters have the same weight, so their sums can be added once: a likelihood then costs a few products
//! of rater × rater matrices, however many units there are.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use super::super::team::Team;

/// The units with `size` raters. a is a unit's indicator of raters, t the sum of its values less the grand mean.
pub struct Panel {
    pub size: f64,
    pub count: f64,
    /// Sum of a aᵀ: how often two raters met.
    pub together: DMatrix<f64>,
    /// Sum of a.
    pub seen: DVector<f64>,
    /// Sum of t a.
    pub totals: DVector<f64>,
    /// Sum of t.
    pub total: f64,
    /// Sum of t².
    pub squares: f64,
}

pub struct Panels {
    /// Values.
    pub n: f64,
    pub raters: usize,
    pub units: f64,
    pub centre: f64,
    /// Values of each rater.
    pub counts: DVector<f64>,
    /// Sum of each rater's values less the centre.
    pub sums: DVector<f64>,
    /// Sum of squares of all values less the centre.
    pub squares: f64,
    /// By rising size.
    pub sizes: Vec<Panel>,
}

impl Panels {
    pub fn of(team: &Team) -> Self {
        let raters = team.raters().len();
        let mut sizes: BTreeMap<usize, Panel> = BTreeMap::new();
        let (mut counts, mut sums, mut squares) = (DVector::zeros(raters), DVector::zeros(raters), 0.0);
        for unit in team.units() {
            let total: f64 = unit.seats.iter().map(|seat| seat.value - team.mean()).sum();
            let panel = sizes.entry(unit.seats.len()).or_insert_with(|| Panel {
                size: unit.seats.len() as f64,
                count: 0.0,
                together: DMatrix::zeros(raters, raters),
                seen: DVector::zeros(raters),
                totals: DVector::zeros(raters),
                total: 0.0,
                squares: 0.0,
            });
            panel.count += 1.0;
            panel.total += total;
            panel.squares += total * total;
            for seat in unit.seats {
                let value = seat.value - team.mean();
                counts[seat.rater] += 1.0;
                sums[seat.rater] += value;
                squares += value * value;
                panel.seen[seat.rater] += 1.0;
                panel.totals[seat.rater] += total;
                for other in unit.seats {
                    panel.together[(seat.rater, other.rater)] += 1.0;
                }
            }
        }
        Panels {
            n: team.seats().len() as f64,
            raters,
            units: team.unit_count() as f64,
            centre: team.mean(),
            counts,
            sums,
            squares,
            sizes: sizes.into_values().collect(),
        }
    }
}
