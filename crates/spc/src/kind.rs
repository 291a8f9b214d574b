//! The kinds of chart: one file each, and one table that names them for the command line, the manual and the tests.

mod xmr;

use crate::zone::Scale;
use crate::{Profile, Series, SpcError};

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Individual values with limits from their moving range (XmR).
    Individuals,
}

/// A column of input that a kind reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// The size of what the value was counted in.
    Denominator,
    /// Which measurements belong together.
    Subgroup,
}

/// What the table says of a kind.
#[derive(Debug, Clone, Copy)]
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
}

/// Every kind of chart.
pub const KINDS: &[KindEntry] = &[xmr::ENTRY];

impl Kind {
    /// What the table says of it.
    pub fn entry(self) -> &'static KindEntry {
        // Every kind has an entry: a test holds the table against the enum.
        KINDS.iter().find(|entry| entry.kind == self).unwrap_or(&KINDS[0])
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
        self.entry().limits.replace("{individuals}", &profile.individuals.to_string())
    }

    pub(crate) fn plots(self, series: &Series) -> Result<Vec<Plot>, SpcError> {
        match self {
            Kind::Individuals => Ok(xmr::plots(series)),
        }
    }

    pub(crate) fn fit(
        self,
        plots: &mut [Plot],
        baseline: usize,
        profile: &Profile,
        scales: &mut Vec<Scale>,
    ) -> Fit {
        match self {
            Kind::Individuals => xmr::fit(plots, baseline, profile, scales),
        }
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
    /// Whether the scales have limits to show.
    pub limits: bool,
    /// Whether there was enough to apply rules to.
    pub rules: bool,
    /// Whether a target can be held against the limits.
    pub assures: bool,
    /// The lowest and highest value that can occur; limits are shown no further.
    pub bounds: (f64, f64),
    /// How many points the limits come from.
    pub used: usize,
}

impl Fit {
    /// Limits and rules from so many points, if they are enough for the profile.
    pub fn from(used: usize, drawable: bool, profile: &Profile) -> Fit {
        let enough = drawable && used >= profile.minimum_points;
        Fit { limits: enough, rules: enough, assures: true, bounds: (f64::NEG_INFINITY, f64::INFINITY), used }
    }
}

/// One plot a reading, of its value as it is.
pub(crate) fn plain_plots(series: &Series) -> Vec<Plot> {
    let plot = |(reading, r): (usize, &crate::Reading)| Plot {
        reading,
        value: r.value.unwrap_or(f64::NAN),
        size: r.denominator.unwrap_or(f64::NAN),
        spread: f64::NAN,
        used: r.value.is_some() && !r.ghosted,
    };
    series.readings().iter().enumerate().map(plot).collect()
}

/// The mean of some numbers, exact when they are all equal; `None` of none.
///
/// Summed as differences from the first, so that a constant series has its own value as its mean and no point
/// of it lies above or below by rounding.
pub(crate) fn mean(mut numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let first = numbers.next()?;
    let (sum, count) = numbers.fold((0.0, 1.0), |(sum, count), x| (sum + (x - first), count + 1.0));
    Some(first + sum / count)
}
