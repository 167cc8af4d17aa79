//! A question to the statistics: which, with which parameters, in which scope.

use serde::Deserialize;

/// Which pairs of ratings agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Exact,
    /// At most one point of the scale apart.
    Adjacent,
}

/// What a share of agreeing pairs is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Average {
    /// The mean of the units' shares.
    Unit,
    /// All pairs together.
    Pair,
}

/// How much a pair of levels agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weights {
    Identity,
    Linear,
    Quadratic,
    Ordinal,
    /// By a table of disagreements.
    Custom,
}

/// How far apart two levels are for Krippendorff's alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}

/// The six forms of Shrout & Fleiss (1979).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum IccForm {
    #[serde(rename = "1,1")]
    OneSingle,
    #[serde(rename = "2,1")]
    TwoSingle,
    #[serde(rename = "3,1")]
    ThreeSingle,
    #[serde(rename = "1,k")]
    OneMean,
    #[serde(rename = "2,k")]
    TwoMean,
    #[serde(rename = "3,k")]
    ThreeMean,
}

/// Coefficients from the components of the two-way mixed model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum RemlForm {
    #[serde(rename = "A,1")]
    AgreementOne,
    #[serde(rename = "C,1")]
    ConsistencyOne,
    #[serde(rename = "A,khat")]
    AgreementPanel,
    #[serde(rename = "G(q,k)")]
    Panels,
}

/// A component of the two-way model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TwoWay {
    Mu,
    Subject,
    Rater,
    Resid,
}

/// A component of the subject × rater × area study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreeWay {
    P,
    R,
    A,
    Pr,
    Pa,
    Ra,
    Pra,
}

/// Whether the areas are all there are, or a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreasAre {
    Fixed,
    Random,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coefficient {
    G,
    Phi,
}

/// Where the components of a decision study come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// Mean squares of a complete design.
    #[default]
    Anova,
    Reml,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    Subject,
    Rater,
    Area,
}

fn level95() -> f64 {
    0.95
}

/// Every statistic by its name, with its parameters.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "stat", content = "params", rename_all = "snake_case")]
pub enum Statistic {
    Agreement {
        kind: Kind,
        average: Average,
    },
    MeanAbsDiff {},
    Histogram {},
    CoincidenceMatrix {},
    FleissKappa {
        weights: Weights,
    },
    GwetAc {
        weights: Weights,
    },
    BrennanPrediger {
        weights: Weights,
    },
    CohenKappa {
        raters: [String; 2],
        weights: Weights,
        #[serde(default)]
        disagreement: Option<Vec<Vec<f64>>>,
    },
    Pearson {
        raters: [String; 2],
    },
    KrippendorffAlpha {
        metric: Metric,
    },
    KrippendorffAlphaBootstrap {
        metric: Metric,
        #[serde(default = "level95")]
        level: f64,
    },
    EvidenceTier {},
    ConnectedComponents {},
    Icc {
        form: IccForm,
    },
    #[serde(rename = "variance2_anova")]
    Variance2Anova {
        component: TwoWay,
    },
    #[serde(rename = "variance2_reml")]
    Variance2Reml {
        component: TwoWay,
    },
    IccReml {
        form: RemlForm,
    },
    IccRemlCi {
        form: RemlForm,
        #[serde(default = "level95")]
        level: f64,
    },
    SeverityRaw {
        rater: String,
    },
    /// `*` of a rater or a subject: the reason alone, for a design in which none has a value.
    SeverityLs {
        rater: String,
    },
    SeverityEb {
        rater: String,
    },
    FairScoreLs {
        subject: String,
    },
    FairScoreEb {
        subject: String,
    },
    GstudyAnova {
        component: ThreeWay,
    },
    GstudyReml {
        component: ThreeWay,
    },
    Dstudy {
        coef: Coefficient,
        n_raters: u32,
        areas: AreasAre,
        #[serde(default)]
        from: From,
    },
    RatersNeeded {
        coef: Coefficient,
        target: f64,
        areas: AreasAre,
        cap: u32,
        #[serde(default)]
        from: From,
    },
    RaterStyle {
        rater: String,
    },
    GoldDistance {
        rater: String,
    },
    GoldDistanceArea {
        rater: String,
        area: String,
    },
    GoldWeightedKappa {
        rater: String,
        weights: Weights,
    },
    SelfGap {},
    Ewma {
        series: Vec<f64>,
        target: f64,
        sigma: f64,
        lambda: f64,
        #[serde(rename = "L")]
        width: f64,
    },
    Cusum {
        series: Vec<f64>,
        target: f64,
        sigma: f64,
        k: f64,
        h: f64,
    },
    Mfrm {},
    MfrmMeasure {
        facet: Facet,
        element: String,
    },
    MfrmThresholds {},
    MfrmFit {},
}
