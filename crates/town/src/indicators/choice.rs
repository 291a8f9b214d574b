//! What may be chosen on an indicator's page: the kind of chart that fits its figures, the rules, and the measure of
//! inequality.

use spc::{Kind, Profile, Reading, Series};

use super::analysis::{Analysis, Gradient};
use super::statistics::{Estimated, limits};
use crate::{Error, Result};

/// What was chosen; [`Choice::default`] is what a page shows before anybody chose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// The kind of control chart.
    pub kind: Kind,
    /// The rules.
    pub profile: &'static Profile,
    /// The measure of inequality that is followed over time.
    pub measure: Inequality,
}

impl Default for Choice {
    /// The XmR chart by NHS England's rules, and the slope index of inequality.
    fn default() -> Choice {
        Choice { kind: Kind::Individuals, profile: spc::default_profile(), measure: Inequality::Slope }
    }
}

impl Choice {
    /// Reads a choice from its names: those of `het spc` and `het measures`. What is not given is the default.
    ///
    /// # Errors
    /// [`Error::Refused`] naming `chart`, `profile` or `measure`.
    pub fn read(chart: Option<&str>, profile: Option<&str>, measure: Option<&str>) -> Result<Choice> {
        let mut choice = Choice::default();
        if let Some(name) = chart {
            choice.kind = Kind::named(name).map_err(|error| Error::refused("chart", error.to_string()))?;
        }
        if let Some(name) = profile {
            choice.profile =
                Profile::named(name).map_err(|error| Error::refused("profile", error.to_string()))?;
        }
        if let Some(name) = measure {
            choice.measure = Inequality::named(name).ok_or_else(|| {
                let names = Inequality::ALL.map(Inequality::name).join(", ");
                Error::refused(
                    "measure",
                    format!("There is no measure of inequality '{name}': choose from {names}"),
                )
            })?;
        }
        Ok(choice)
    }

    /// Whether it is what a page shows before anybody chose.
    pub fn is_default(&self) -> bool {
        *self == Choice::default()
    }
}

/// A measure of inequality between deprivation groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Inequality {
    /// The slope index of inequality.
    Slope,
    /// The relative index of inequality.
    Relative,
    /// The least deprived group less the most deprived.
    Gap,
    /// The least deprived group divided by the most deprived.
    RelativeGap,
}

impl Inequality {
    /// Every one, in the order of a list.
    pub const ALL: [Inequality; 4] =
        [Inequality::Slope, Inequality::Relative, Inequality::Gap, Inequality::RelativeGap];

    /// The name of `het measures`.
    pub fn name(self) -> &'static str {
        match self {
            Inequality::Slope => "sii",
            Inequality::Relative => "rii",
            Inequality::Gap => "gap",
            Inequality::RelativeGap => "relative-gap",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Inequality> {
        Inequality::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Inequality::Slope => "Slope index of inequality",
            Inequality::Relative => "Relative index of inequality",
            Inequality::Gap => "Gap between the least and the most deprived group",
            Inequality::RelativeGap => "Ratio of the least to the most deprived group",
        }
    }

    /// How it is worked out, in words.
    pub fn method(self) -> &'static str {
        match self {
            Inequality::Slope => {
                "fitted value at the least deprived end less that at the most deprived end, by regression on the ridit weighted by people; closed interval with n − 2 degrees of freedom"
            }
            Inequality::Relative => {
                "fitted value at the least deprived end divided by that at the most deprived end, by the same regression; Fieller's interval"
            }
            Inequality::Gap => {
                "least deprived group less most deprived group; interval from those of the two groups (MOVER, Zou and Donner 2008)"
            }
            Inequality::RelativeGap => {
                "least deprived group divided by most deprived group; interval from those of the two groups (MOVER, Donner and Zou 2012)"
            }
        }
    }

    /// Whether it is a ratio, for which 1 is no inequality, and not a difference, for which 0 is.
    pub fn is_ratio(self) -> bool {
        matches!(self, Inequality::Relative | Inequality::RelativeGap)
    }

    /// Its size whichever way round the groups stand: 0, or 1 for a ratio, is no inequality.
    pub(crate) fn size(self, value: f64) -> Option<f64> {
        match self.is_ratio() {
            false => Some(value.abs()),
            true if value > 0.0 => Some(value.max(1.0 / value)),
            true => None,
        }
    }

    /// The measure over the groups of one period; `None` where it cannot be worked out of them.
    pub fn of(self, gradient: &Gradient) -> Option<Estimated> {
        match self {
            Inequality::Slope => {
                let slope = gradient.slope?;
                Some(Estimated {
                    value: slope.sii,
                    interval95: slope.interval95,
                    interval998: slope.interval998,
                })
            }
            Inequality::Relative => gradient.slope?.rii,
            Inequality::Gap | Inequality::RelativeGap => {
                let [most, .., least] = gradient.levels.as_slice() else { return None };
                let (most, least) = (most.estimate?, least.estimate?);
                let bare = |value: f64| Estimated { value, interval95: None, interval998: None };
                let gap = match (self, least.measure().zip(most.measure())) {
                    (Inequality::Gap, None) => return Some(bare(least.value - most.value)),
                    (_, None) => return (most.value > 0.0).then(|| bare(least.value / most.value)),
                    (Inequality::Gap, Some((least, most))) => measures::absolute_gap(&least, &most),
                    (_, Some((least, most))) => measures::relative_gap(&least, &most).ok()?,
                };
                Some(Estimated {
                    value: gap.value(),
                    interval95: limits(&gap, measures::Confidence::P95),
                    interval998: limits(&gap, measures::Confidence::P998),
                })
            }
        }
    }
}

/// Whether a kind works out the ratio itself, from events and denominators, as a share of 1.
pub(crate) fn plots_shares(kind: Kind) -> bool {
    matches!(kind, Kind::P | Kind::PPrime | Kind::U | Kind::UPrime | Kind::IndividualsPrime)
}

/// Whether a kind plots a count of events and not the indicator's own value.
pub(crate) fn plots_counts(kind: Kind) -> bool {
    matches!(kind, Kind::Np | Kind::C)
}

/// The kinds of chart that fit a series over time, the usual one first. Kinds for proportions and rates need counts of
/// every period; those for subgroups, rare events and many places need figures that an indicator does not have.
pub(crate) fn kinds_that_fit(analysis: &Analysis) -> Vec<Kind> {
    let mut kinds = vec![Kind::Individuals, Kind::Run, Kind::MovingRange];
    kinds.extend(match analysis.indicator.statistic.as_str() {
        "proportion" => vec![Kind::P, Kind::PPrime, Kind::Np, Kind::IndividualsPrime],
        "rate" => vec![Kind::U, Kind::UPrime, Kind::IndividualsPrime],
        _ => vec![Kind::C],
    });
    kinds.extend([Kind::Cusum, Kind::Ewma]);
    kinds.retain(|&kind| draw(analysis, kind, spc::default_profile()).is_some());
    kinds
}

/// The chart of an indicator by a kind and a profile; `None` where its figures do not fit that kind.
pub(crate) fn draw(analysis: &Analysis, kind: Kind, profile: &'static Profile) -> Option<spc::Chart> {
    let series = analysis.series.as_ref()?;
    if kind == Kind::C && !series.readings().iter().filter_map(|r| r.value).all(is_count) {
        return None;
    }
    spc::chart(&counted(analysis, series, kind)?, kind, profile).ok()
}

fn is_count(value: f64) -> bool {
    value >= 0.0 && value.fract() == 0.0
}

/// The series as a kind wants it: numerators with their denominators where it works them into ratios itself.
fn counted(analysis: &Analysis, series: &Series, kind: Kind) -> Option<Series> {
    if !plots_shares(kind) && kind != Kind::Np {
        return Some(series.clone());
    }
    let multiplier = analysis.indicator.multiplier;
    let readings: Option<Vec<Reading>> = series
        .readings()
        .iter()
        .zip(&analysis.points)
        .map(|(reading, point)| {
            let value = match reading.value {
                None => None,
                Some(_) => Some(point.numerator.filter(|n| n.is_finite())?),
            };
            let target = match kind {
                // A target for a share says nothing of a count while the denominator changes.
                Kind::Np => None,
                _ => reading.target.map(|target| target / multiplier),
            };
            Some(Reading { value, target, ..*reading })
        })
        .collect();
    Series::new(readings?, series.polarity()).ok()?.with_rebases(series.rebases().to_vec()).ok()
}
