//! How figures of het's kinds are given to the measures: counts where there are counts, published values where not.

use vocabulary::Figure;

/// A figure with its counts, whichever of them were published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Counted {
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub figure: Figure,
}

/// A ratio times its multiplier, with its 95% and 99.8% intervals where they can be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The value.
    pub value: f64,
    /// The 95% interval.
    pub interval95: Option<(f64, f64)>,
    /// The 99.8% interval.
    pub interval998: Option<(f64, f64)>,
}

impl Estimated {
    /// A published value without counts: no interval can be known.
    fn bare(value: f64) -> Estimated {
        Estimated { value, interval95: None, interval998: None }
    }
}

/// Normal quantiles for 95% and 99.8% two-sided intervals.
const Z95: f64 = 1.959_963_984_540_054;
const Z998: f64 = 3.090_232_306_167_813_6;

/// The estimate of a figure: from its counts where both are known and the indicator is a proportion, else as published.
pub(crate) fn estimate(statistic: &str, multiplier: f64, counted: Counted) -> Option<Estimated> {
    match (statistic, counted.numerator, counted.denominator, counted.figure.value()) {
        ("proportion", Some(n), Some(d), Some(value)) if d > 0.0 && n <= d => {
            let interval = |z: f64| {
                let (lower, upper) = wilson(n, d, z);
                Some((lower * multiplier, upper * multiplier))
            };
            Some(Estimated { value, interval95: interval(Z95), interval998: interval(Z998) })
        }
        (_, _, _, value) => value.map(Estimated::bare),
    }
}

fn wilson(n: f64, d: f64, z: f64) -> (f64, f64) {
    let p = n / d;
    let z2 = z * z;
    let middle = 2.0 * n + z2;
    let spread = z * (z2 + 4.0 * n * (1.0 - p)).sqrt();
    let scale = 2.0 * (d + z2);
    ((middle - spread) / scale, (middle + spread) / scale)
}

/// The slope index of inequality of groups in order, most deprived first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The fitted value at the most deprived end less that at the least deprived end.
    pub sii: f64,
    /// Its 95% interval.
    pub interval95: Option<(f64, f64)>,
    /// The fitted value at the most deprived end.
    pub most: f64,
    /// The fitted value at the least deprived end.
    pub least: f64,
}

/// Fits the slope over (people, value) of groups ordered from the most deprived: weighted least squares on the ridit.
pub(crate) fn slope(groups: &[(f64, f64)]) -> Option<Slope> {
    let total: f64 = groups.iter().map(|g| g.0).sum();
    if groups.len() < 3 || total <= 0.0 {
        return None;
    }
    let mut below = 0.0;
    let points: Vec<(f64, f64, f64)> = groups
        .iter()
        .map(|&(people, value)| {
            let ridit = (below + people / 2.0) / total;
            below += people;
            (people / total, ridit, value)
        })
        .collect();
    let (mx, my) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0 * p.1, y + p.0 * p.2));
    let sxx: f64 = points.iter().map(|p| p.0 * (p.1 - mx).powi(2)).sum();
    let sxy: f64 = points.iter().map(|p| p.0 * (p.1 - mx) * (p.2 - my)).sum();
    if sxx <= 0.0 {
        return None;
    }
    let b = sxy / sxx;
    let (most, least) = (my - b * mx, my + b * (1.0 - mx));
    Some(Slope { sii: most - least, interval95: None, most, least })
}

/// How a value stands against a benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Against {
    /// Better, at 99.8% confidence or at 95%.
    Better,
    /// No difference that the interval excludes.
    Similar,
    /// Worse.
    Worse,
    /// Higher, where neither way is better.
    Higher,
    /// Lower, where neither way is better.
    Lower,
    /// It has no interval.
    NotCompared,
}

impl Against {
    /// The word of Fingertips.
    pub fn words(self) -> &'static str {
        match self {
            Against::Better => "better",
            Against::Similar => "similar",
            Against::Worse => "worse",
            Against::Higher => "higher",
            Against::Lower => "lower",
            Against::NotCompared => "not compared",
        }
    }
}

/// How a value's interval stands against a benchmark that is taken as certain.
pub(crate) fn against(
    interval: Option<(f64, f64)>,
    benchmark: Option<f64>,
    polarity: vocabulary::Polarity,
) -> Against {
    use vocabulary::Polarity;
    let Some(((lower, upper), benchmark)) = interval.zip(benchmark) else { return Against::NotCompared };
    let high = match (lower > benchmark, upper < benchmark) {
        (true, _) => true,
        (_, true) => false,
        _ => return Against::Similar,
    };
    match (polarity, high) {
        (Polarity::HighIsGood, true) | (Polarity::LowIsGood, false) => Against::Better,
        (Polarity::HighIsGood, false) | (Polarity::LowIsGood, true) => Against::Worse,
        (Polarity::NotSet, true) => Against::Higher,
        (Polarity::NotSet, false) => Against::Lower,
    }
}

/// How the intervals and the inequality of an indicator of this statistic are worked out, in words.
pub(crate) fn methods(statistic: &str) -> Vec<String> {
    let mut said = Vec::new();
    match statistic {
        "proportion" => said.push("Intervals: Wilson score.".to_owned()),
        "rate" => said.push("Intervals: exact below 10 events, Byar's from 10.".to_owned()),
        _ => {}
    }
    said.push(
        "Inequality: slope index of inequality, population-weighted regression on the ridit.".to_owned(),
    );
    said
}

/// A variation in a few words, for a list.
pub(crate) fn variation_words(variation: spc::Variation) -> &'static str {
    use spc::Judgement;
    match variation.judgement() {
        None => "too few points",
        Some(Judgement::CommonCause) => "no significant change",
        Some(Judgement::Concern) => "concern",
        Some(Judgement::Improvement) => "improvement",
        Some(Judgement::Neither) => "changed",
    }
}
