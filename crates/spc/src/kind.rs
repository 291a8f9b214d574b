//! The kinds of chart: one file each, and one table that names them for the command line, the manual and the tests.
//!
//! A kind says what is plotted of a series and where the centre and the limits lie for one part of it. It knows
//! nothing of rules, parts, icons or polarity, so a kind is a page of arithmetic with its source.

mod c;
mod constants;
mod cusum;
mod ewma;
mod funnel;
mod g;
mod i_prime;
mod mr;
mod np;
mod p;
mod p_prime;
mod plots;
mod r;
mod run;
mod s;
mod t;
mod u;
mod u_prime;
mod xbar_r;
mod xbar_s;
mod xmr;

use std::fmt;

use crate::zone::Scale;
use crate::{Profile, Series, SpcError};

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Values against their median, without limits.
    Run,
    /// Individual values with limits from their moving range (XmR).
    Individuals,
    /// The moving range between neighbours.
    MovingRange,
    /// Individual ratios whose denominators differ (I′).
    IndividualsPrime,
    /// Proportions.
    P,
    /// Proportions with large denominators (p′).
    PPrime,
    /// Rates.
    U,
    /// Rates with large exposures (u′).
    UPrime,
    /// Counts.
    C,
    /// Counts among a number that stays the same.
    Np,
    /// Cases between rare events.
    G,
    /// Time between rare events.
    T,
    /// Means of subgroups, with limits from their standard deviations (x̄-S).
    XbarS,
    /// Standard deviations within subgroups.
    S,
    /// Means of subgroups, with limits from their ranges (x̄-R).
    XbarR,
    /// Ranges within subgroups.
    R,
    /// Many places at one time.
    Funnel,
    /// Cumulative sums.
    Cusum,
    /// Exponentially weighted moving averages.
    Ewma,
}

/// A column of input that a kind reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// The size of what the value was counted in.
    Denominator,
    /// Which measurements belong together.
    Subgroup,
}

impl Column {
    /// Its heading in a file.
    pub fn name(self) -> &'static str {
        match self {
            Column::Denominator => "denominator",
            Column::Subgroup => "subgroup",
        }
    }
}

/// Which rules mean something on a kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All rules of the profile.
    AllRules,
    /// Only a point beyond a limit: neighbours share data, or there is no order in time.
    LimitsOnly,
}

/// What the table says of a kind.
#[derive(Clone, Copy)]
pub struct KindEntry {
    /// The kind.
    pub kind: Kind,
    /// Its name on the command line and in files.
    pub name: &'static str,
    /// Other names it is known by.
    pub aliases: &'static [&'static str],
    /// What it is called to a reader.
    pub title: &'static str,
    /// One line on what it is for.
    pub summary: &'static str,
    /// How its centre and limits are found.
    pub limits: &'static str,
    /// Author, year and place.
    pub source: &'static str,
    /// The columns that it reads beside series, date and value.
    pub columns: &'static [Column],
    /// Which rules mean something on it.
    pub reach: Reach,
    plots: fn(&Series) -> Result<Vec<Plot>, SpcError>,
    fit: fn(&mut [Plot], usize, &Profile, &mut Vec<Scale>) -> Fit,
}

impl fmt::Debug for KindEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KindEntry")
            .field("kind", &self.kind)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Every kind of chart, in the order of [`Kind`].
pub const KINDS: &[KindEntry] = &[
    run::ENTRY,
    xmr::ENTRY,
    mr::ENTRY,
    i_prime::ENTRY,
    p::ENTRY,
    p_prime::ENTRY,
    u::ENTRY,
    u_prime::ENTRY,
    c::ENTRY,
    np::ENTRY,
    g::ENTRY,
    t::ENTRY,
    xbar_s::ENTRY,
    s::ENTRY,
    xbar_r::ENTRY,
    r::ENTRY,
    funnel::ENTRY,
    cusum::ENTRY,
    ewma::ENTRY,
];

impl Kind {
    /// What the table says of it.
    pub fn entry(self) -> &'static KindEntry {
        // The table is in the order of the enum: a test holds it to that.
        &KINDS[self as usize]
    }

    /// The name used in files and on the command line.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// What it is called to a reader.
    pub fn title(self) -> &'static str {
        self.entry().title
    }

    /// The kind with this name or alias, in capitals or not.
    ///
    /// # Errors
    /// [`SpcError::UnknownKind`] with the name.
    pub fn named(name: &str) -> Result<Kind, SpcError> {
        let known = |entry: &&KindEntry| {
            entry.name.eq_ignore_ascii_case(name)
                || entry.aliases.iter().any(|a| a.eq_ignore_ascii_case(name))
        };
        KINDS.iter().find(known).map(|entry| entry.kind).ok_or_else(|| SpcError::UnknownKind(name.to_owned()))
    }

    /// How the centre and the limits are found under a profile, in words.
    pub(crate) fn limits_in_words(self, profile: &Profile) -> String {
        self.entry()
            .limits
            .replace("{individuals}", format!("{:.5}", profile.individuals).trim_end_matches('0'))
    }

    /// What is plotted of a series.
    pub(crate) fn plots(self, series: &Series) -> Result<Vec<Plot>, SpcError> {
        (self.entry().plots)(series)
    }

    /// The limits of one part, one scale a plot (none when there is no centre), and what may be done with them.
    /// The limits come from the first `baseline` plots.
    pub(crate) fn fit(
        self,
        plots: &mut [Plot],
        baseline: usize,
        profile: &Profile,
        scales: &mut Vec<Scale>,
    ) -> Fit {
        let frozen = baseline < plots.len();
        let mut fit = (self.entry().fit)(plots, baseline, profile, scales);
        let count = |plots: &[Plot]| plots.iter().filter(|p| p.used).count();
        fit.used = count(&plots[..baseline]);
        let enough = match frozen {
            true => count(plots) >= profile.minimum_points && fit.used >= profile.minimum_baseline,
            false => fit.used >= profile.minimum_points,
        };
        fit.limits &= enough || fit.any_number;
        fit
    }
}

/// The names of the kinds, with commas between, for messages.
pub(crate) fn kind_names() -> String {
    KINDS.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", ")
}

/// What is plotted of one reading or subgroup.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plot {
    /// Which reading it is, or the first of its subgroup.
    pub reading: usize,
    /// What is plotted; not a number for a gap.
    pub value: f64,
    /// The value as it was given.
    pub count: f64,
    /// How much it rests on: the denominator, or the size of the subgroup.
    pub size: f64,
    /// The spread within a subgroup.
    pub spread: f64,
    /// Neither a gap nor ghosted.
    pub used: bool,
}

/// What a kind could draw for one part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    /// Whether there was enough for limits, and so for rules and icons.
    pub limits: bool,
    /// Whether a target can be held against the limits.
    pub assures: bool,
    /// The lowest and highest value that can occur; limits are shown no further.
    pub bounds: (f64, f64),
    /// How many points the limits come from.
    pub used: usize,
    /// Whether the profile's fewest points do not matter: the points are not in time.
    pub any_number: bool,
}

impl Fit {
    /// Not even a centre.
    const NOTHING: Fit = Fit {
        limits: false,
        assures: true,
        bounds: (f64::NEG_INFINITY, f64::INFINITY),
        used: 0,
        any_number: false,
    };

    /// Limits, if the spread could be found.
    fn of(spread_found: bool) -> Fit {
        Fit { limits: spread_found, ..Fit::NOTHING }
    }

    /// Limits are shown no further than these.
    fn within(self, low: f64, high: f64) -> Fit {
        Fit { bounds: (low, high), ..self }
    }

    /// The plotted values are not on the scale of a target.
    fn without_assurance(self) -> Fit {
        Fit { assures: false, ..self }
    }

    /// Limits do not need a number of points.
    fn of_any_number(self) -> Fit {
        Fit { any_number: true, ..self }
    }
}

/// The mean of some numbers, exact when they are all equal; `None` of none.
///
/// Summed as differences from the first, so that a constant series has its own value as its mean and no point
/// of it lies above or below by rounding.
fn mean(mut numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let first = numbers.next()?;
    let (sum, count) = numbers.fold((0.0, 1.0), |(sum, count), x| (sum + (x - first), count + 1.0));
    Some(first + sum / count)
}

/// The middle of some numbers; `None` of none.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    let (below, above) = (numbers.len().checked_sub(1)? / 2, numbers.len() / 2);
    Some(numbers[below] + (numbers[above] - numbers[below]) / 2.0)
}

/// The mean of the values weighted by their sizes; `None` of none.
fn pooled(plots: &[Plot]) -> Option<f64> {
    let used = || plots.iter().filter(|p| p.used);
    let first = used().next()?.value;
    let (sum, size) =
        used().fold((0.0, 0.0), |(sum, size), p| (sum + (p.value - first) * p.size, size + p.size));
    Some(first + sum / size)
}

/// The average distance between neighbours, of what `of` makes of them; `None` when no two usable points are
/// neighbours.
fn moving_range(plots: &[Plot], of: impl Fn(&Plot) -> f64, screen: Option<f64>) -> Option<f64> {
    let pairs = || plots.windows(2).filter(|pair| pair[0].used && pair[1].used);
    mean_screened(|| pairs().map(|pair| (of(&pair[1]) - of(&pair[0])).abs()), screen)
}

/// The mean of some ranges. With a screen, those at or above that many times the mean are left out, once, and
/// the mean is taken again (Nelson 1982, *Journal of Quality Technology* 14(3): 172-173).
fn mean_screened<I: Iterator<Item = f64>>(ranges: impl Fn() -> I, screen: Option<f64>) -> Option<f64> {
    let average = mean(ranges())?;
    match screen {
        Some(times) if average > 0.0 => mean(ranges().filter(|&range| range < times * average)),
        _ => Some(average),
    }
}

/// Laney's limits: those of `spread`, times the spread that the standardised points really have.
fn laney(
    plots: &[Plot],
    baseline: usize,
    centre: f64,
    spread: impl Fn(&Plot) -> f64,
    profile: &Profile,
    scales: &mut Vec<Scale>,
) -> Fit {
    let standardised = |plot: &Plot| match spread(plot) {
        // All or nothing everywhere: every point is on the line.
        0.0 => 0.0,
        width => (plot.value - centre) / width,
    };
    let range = moving_range(&plots[..baseline], standardised, profile.screen);
    let reach = profile.individuals * range.unwrap_or(0.0);
    scales.extend(plots.iter().map(|plot| Scale::even(centre, reach * spread(plot))));
    Fit::of(range.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_kinds() {
        for (at, entry) in KINDS.iter().enumerate() {
            assert_eq!(entry.kind as usize, at, "{}", entry.name);
            assert_eq!(Kind::named(entry.name).unwrap(), entry.kind);
            assert!(!entry.source.is_empty() && !entry.summary.is_empty());
            for alias in entry.aliases {
                assert_eq!(Kind::named(&alias.to_uppercase()), Kind::named(alias));
            }
        }
    }

    #[test]
    fn names_are_not_shared() {
        let mut names: Vec<&str> =
            KINDS.iter().flat_map(|e| e.aliases.iter().copied().chain([e.name])).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
