//! The six intraclass correlations of Shrout & Fleiss (1979), with intervals from F.

use super::super::super::quantile;
use super::super::super::reason::Reason;
use super::super::super::request::IccForm;
use super::mean_squares::MeanSquares;

/// Both tails together leave 5% out.
const UPPER: f64 = 0.975;

/// A coefficient and its 95% interval. A limit that is not defined is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// In the names of McGraw & Wong (1996): 1,1 is ICC(1), 2,1 is ICC(A,1), 3,1 is ICC(C,1); then the means of k raters.
/// `zero_variance` where the coefficient has no finite value.
pub fn icc(squares: &MeanSquares, form: IccForm) -> Result<Icc, Reason> {
    let MeanSquares { n, k, units, within, raters, residual } = *squares;
    let (value, limits) = match form {
        IccForm::OneSingle | IccForm::OneMean => {
            let value = match form {
                IccForm::OneSingle => ratio(units - within, units + (k - 1.0) * within),
                _ => ratio(units - within, units),
            };
            (value, by_f(units, within, k, n - 1.0, n * (k - 1.0)))
        }
        IccForm::ThreeSingle | IccForm::ThreeMean => {
            let value = match form {
                IccForm::ThreeSingle => ratio(units - residual, units + (k - 1.0) * residual),
                _ => ratio(units - residual, units),
            };
            (value, by_f(units, residual, k, n - 1.0, (n - 1.0) * (k - 1.0)))
        }
        IccForm::TwoSingle | IccForm::TwoMean => {
            let single = ratio(units - residual, units + (k - 1.0) * residual + k * (raters - residual) / n);
            let value = match form {
                IccForm::TwoSingle => single,
                _ => ratio(units - residual, units + (raters - residual) / n),
            };
            (value, single.map_or((None, None), |single| by_mixed_f(squares, single)))
        }
    };
    let value = value.ok_or(Reason::ZeroVariance)?;
    // Spearman-Brown: what holds for one rater, stepped up to the mean of k.
    let step = |limit: Option<f64>| match form {
        IccForm::OneSingle | IccForm::TwoSingle | IccForm::ThreeSingle => limit,
        _ => limit.and_then(|limit| ratio(k * limit, 1.0 + (k - 1.0) * limit)),
    };
    Ok(Icc { value, low: step(limits.0), high: step(limits.1) })
}

/// None where the denominator is zero, or so small beside the numerator that it can only be rounding.
fn ratio(above: f64, below: f64) -> Option<f64> {
    let ratio = above / below;
    (below.abs() > 1e-14 * above.abs() && ratio.is_finite()).then_some(ratio)
}

/// Limits for one rater when units / rest is F times a constant: (F' - 1) / (F' + k - 1), F' = F / quantile below,
/// F times quantile above. Written without the quotient, so that a rest of zero gives 1.
fn by_f(units: f64, rest: f64, k: f64, df: f64, df_rest: f64) -> (Option<f64>, Option<f64>) {
    let limit = |scale: Option<f64>| scale.and_then(|scale| ratio(units * scale - rest, units * scale + (k - 1.0) * rest));
    (limit(quantile::f(UPPER, df, df_rest).map(|f| 1.0 / f)), limit(quantile::f(UPPER, df_rest, df)))
}

/// Limits of ICC(A,1) with Satterthwaite's degrees of freedom (Shrout & Fleiss 1979; McGraw & Wong 1996).
fn by_mixed_f(squares: &MeanSquares, value: f64) -> (Option<f64>, Option<f64>) {
    let MeanSquares { n, k, units, raters, residual, .. } = *squares;
    let a = k * value * raters;
    let b = (n * (1.0 + (k - 1.0) * value) - k * value) * residual;
    let below = a * a / (k - 1.0) + b * b / ((n - 1.0) * (k - 1.0));
    // Without error of either kind any degrees of freedom give the same limits.
    let df = if below > 0.0 { (a + b).powi(2) / below } else { 1.0 };
    let error = k * raters + (k * n - k - n) * residual;
    let limit = |scale: f64| ratio(n * (units * scale - residual), error + n * units * scale);
    let low = quantile::f(UPPER, n - 1.0, df).map_or(0.0, |f| 1.0 / f);
    (limit(low), quantile::f(UPPER, df, n - 1.0).and_then(limit))
}
