//! The seven components of a subject × rater × area study.

use super::super::super::reason::Reason;
use super::super::super::request::ThreeWay;

/// All, in the order of [`Components::list`].
pub const TERMS: [ThreeWay; 7] = [ThreeWay::P, ThreeWay::R, ThreeWay::A, ThreeWay::Pr, ThreeWay::Pa, ThreeWay::Ra, ThreeWay::Pra];

/// In squared points: subject p, rater r, area a, their pairs, and what is left. By mean squares some may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Components {
    pub p: f64,
    pub r: f64,
    pub a: f64,
    pub pr: f64,
    pub pa: f64,
    pub ra: f64,
    pub pra: f64,
}

impl Components {
    pub fn from_list([p, r, a, pr, pa, ra, pra]: [f64; 7]) -> Self {
        Components { p, r, a, pr, pa, ra, pra }
    }

    pub fn list(&self) -> [f64; 7] {
        [self.p, self.r, self.a, self.pr, self.pa, self.ra, self.pra]
    }

    pub fn get(&self, term: ThreeWay) -> f64 {
        match term {
            ThreeWay::P => self.p,
            ThreeWay::R => self.r,
            ThreeWay::A => self.a,
            ThreeWay::Pr => self.pr,
            ThreeWay::Pa => self.pa,
            ThreeWay::Ra => self.ra,
            ThreeWay::Pra => self.pra,
        }
    }

    /// What is negative is set to zero.
    pub fn clamped(&self) -> Self {
        Components::from_list(self.list().map(|part| part.max(0.0)))
    }

    /// The part of each clamped component in their sum. `zero_variance` where the sum is zero.
    pub fn shares(&self) -> Result<[(ThreeWay, f64); 7], Reason> {
        let parts = self.clamped();
        let whole: f64 = parts.list().iter().sum();
        if whole <= 0.0 || !whole.is_finite() {
            return Err(Reason::ZeroVariance);
        }
        Ok(TERMS.map(|term| (term, parts.get(term) / whole)))
    }
}
