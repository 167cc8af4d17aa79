//! Quantiles of the F, t and normal distributions.
//!
//! The F and t quantiles solve the regularised incomplete beta function (continued fraction of Lentz) by Newton steps
//! on the logarithm of the tail, inside a bracket. The general inverse of the beta function in `statrs` is off by
//! 2e-8 at some thousands of degrees of freedom, and an interval of a large team would inherit that.

use statrs::function::erf::erfc_inv;
use statrs::function::gamma::ln_gamma;

/// Quantiles are looked for between exp(-LIMIT) and exp(LIMIT).
const LIMIT: f64 = 650.0;

/// The quantile of F with `d1` and `d2` degrees of freedom (whole or not). None where it is not a finite number.
pub fn f(p: f64, d1: f64, d2: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0 && d1 > 0.0 && d2 > 0.0 && d1.is_finite() && d2.is_finite()) {
        return None;
    }
    let (a, b) = (d1 / 2.0, d2 / 2.0);
    let ln_beta = ln_beta(a, b);
    let upper = p > 0.5;
    let target = if upper { 1.0 - p } else { p };
    // In u = ln x the tail is smooth over all orders of size.
    let (mut low, mut high) = (-LIMIT, LIMIT);
    let mut u: f64 = 0.0;
    for _ in 0..400 {
        let ratio = d1 / d2 * u.exp();
        let beta = beta(a, b, ratio / (1.0 + ratio), 1.0 / (1.0 + ratio), ln_beta);
        let (tail, slope) = if upper { (beta.upper, -beta.density) } else { (beta.lower, beta.density) };
        // Below the quantile the lower tail is too small and the upper too large.
        if (tail < target) != upper {
            low = u
        } else {
            high = u
        }
        let newton = u - (tail / target).ln() * tail / slope;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        let step = (next - u).abs();
        u = next;
        if step <= 1e-15 * u.abs().max(1.0) {
            break;
        }
    }
    let x = u.exp();
    (u < LIMIT - 1.0 && x.is_finite()).then_some(x)
}

/// The quantile of Student's t.
pub fn student(p: f64, df: f64) -> Option<f64> {
    if p == 0.5 && df > 0.0 {
        return Some(0.0);
    }
    // t² with df degrees of freedom is F(1, df): P(|t| <= q) = 2p - 1.
    let size = f((2.0 * p - 1.0).abs(), 1.0, df)?.sqrt();
    Some(if p < 0.5 { -size } else { size })
}

/// The quantile of the standard normal.
pub fn normal(p: f64) -> Option<f64> {
    let x = -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p);
    (p > 0.0 && p < 1.0 && x.is_finite()).then_some(x)
}

/// Both tails of the beta distribution, and the density of ln(x / (1 - x)).
struct Beta {
    lower: f64,
    upper: f64,
    density: f64,
}

/// `y` is 1 - x, given apart because near 1 it cannot be had from x.
fn beta(a: f64, b: f64, x: f64, y: f64, ln_beta: f64) -> Beta {
    if x <= 0.0 || y >= 1.0 && x < f64::MIN_POSITIVE {
        return Beta { lower: 0.0, upper: 1.0, density: 0.0 };
    }
    if y <= 0.0 {
        return Beta { lower: 1.0, upper: 0.0, density: 0.0 };
    }
    let (ln_x, ln_y) = if x < 0.5 { (x.ln(), (-x).ln_1p()) } else { ((-y).ln_1p(), y.ln()) };
    let density = (a * ln_x + b * ln_y - ln_beta).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = (density * fraction(a, b, x) / a).min(1.0);
        Beta { lower, upper: 1.0 - lower, density }
    } else {
        let upper = (density * fraction(b, a, y) / b).min(1.0);
        Beta { lower: 1.0 - upper, upper, density }
    }
}

/// For a large parameter by Stirling's series, in which what cancels is taken out first.
fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = (a.min(b), a.max(b));
    if large < 1000.0 {
        return ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    }
    let rest = |z: f64| 1.0 / (12.0 * z) - 1.0 / (360.0 * z * z * z);
    let whole = large + small;
    ln_gamma(small) - (large - 0.5) * (small / large).ln_1p() - small * whole.ln() + small + rest(large) - rest(whole)
}

/// The continued fraction of the incomplete beta function, evaluated by Lentz' method. It needs about the square
/// root of the larger parameter in steps.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut whole = d;
    for m in 1..20_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for term in [even, odd] {
            d = 1.0 / guard(1.0 + term * d);
            c = guard(1.0 + term / c);
            whole *= d * c;
        }
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const PS: [f64; 7] = [0.005, 0.025, 0.3, 0.5, 0.9, 0.975, 0.995];
    const DS: [f64; 11] = [0.7, 1.0, 2.0, 3.0, 4.5, 7.3, 27.0, 190.0, 1000.0, 40_000.0, 1e6];

    fn near(got: Option<f64>, want: f64) {
        assert!(got.is_some_and(|got| (got - want).abs() <= 1e-9 * want.abs()), "{got:?} is not {want}");
    }

    #[test]
    fn f_with_two_degrees_above_or_below_has_a_closed_form() {
        for p in PS {
            for d in DS {
                near(f(p, 2.0, d), d / 2.0 * (-2.0 / d * (-p).ln_1p()).exp_m1());
                near(f(p, d, 2.0), 1.0 / (d / 2.0 * (-2.0 / d * p.ln()).exp_m1()));
            }
        }
    }

    #[test]
    fn f_of_swapped_degrees_is_the_reciprocal() {
        for p in PS {
            for (d1, d2) in [(3.0, 17.4), (9.0, 9.0), (0.4, 33.0), (5.0, 1e5), (199.0, 796.0)] {
                near(f(p, d1, d2), 1.0 / f(1.0 - p, d2, d1).expect("finite"));
            }
        }
    }

    #[test]
    fn student_matches_its_closed_forms_and_the_tables() {
        for p in PS {
            let a = 2.0 * p - 1.0;
            if p != 0.5 {
                near(student(p, 1.0), (std::f64::consts::PI * (p - 0.5)).tan());
                near(student(p, 2.0), a * (2.0 / (1.0 - a * a)).sqrt());
                let root = (4.0 * p * (1.0 - p)).sqrt();
                let four = 2.0 * ((root.acos() / 3.0).cos() / root - 1.0).sqrt();
                near(student(p, 4.0), if p < 0.5 { -four } else { four });
            }
        }
        assert_eq!(student(0.5, 7.0), Some(0.0));
        // z + (z³ + z) / 4df
        near(student(0.975, 1e6), 1.959_966_356_85);
    }

    #[test]
    fn normal_matches_the_table() {
        near(normal(0.975), 1.959_963_984_540_054);
        near(normal(0.1), -1.281_551_565_544_600_4);
    }

    #[test]
    fn what_has_no_quantile_has_none() {
        assert_eq!(f(0.975, 5.0, 1e-4), None);
        for bad in [f64::NAN, 0.0, -1.0, f64::INFINITY] {
            assert_eq!((f(0.5, bad, 1.0), f(0.5, 1.0, bad), f(bad, 1.0, 1.0)), (None, None, None));
        }
        assert_eq!((normal(0.0), normal(1.0), student(1.0, 3.0)), (None, None, None));
    }
}
