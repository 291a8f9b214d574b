//! The mean log deviation: how far the shares of a total lie from the shares of people, weighted by people.
//!
//! Theil's second measure (1967); Schlotheuber and Hosseinpoor 2022. The standard error is that of Ahn and others 2018
//! on the scale of the estimate. A figure of zero makes it infinite: it is not given then, where healthequal puts a
//! millionth in place of zero and lets that number decide.

use super::table::{Index, MULTIPLIER, Times};
use super::{COLUMNS, MeasuredGroup, Shares, Table, by_delta};
use crate::table::Shape;
use crate::table::{Example, MeasureEntry};
use crate::{Estimate, Levels, MeasureError, Reason};

/// The mean log deviation of groups.
///
/// # Errors
/// As [`theil_index`](crate::theil_index); [`Reason::NoScale`] for a figure of zero.
pub fn mean_log_deviation(groups: &[MeasuredGroup], levels: &Levels) -> Result<Estimate, MeasureError> {
    let shares = Shares::above_zero(groups)?;
    if groups.iter().any(|group| group.population > 0.0 && group.value == 0.0) {
        return Err(Reason::NoScale { value: 0.0 }.into());
    }
    let term = |at: usize| match shares.of[at] {
        0.0 => 0.0,
        share => -share * (groups[at].value / shares.mean).ln(),
    };
    let value = (0..groups.len()).map(term).sum();
    Ok(by_delta(value, "mean log deviation", groups, levels, |at| {
        shares.of[at] / shares.mean * (1.0 - shares.mean / groups[at].value)
    }))
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "mean-log-deviation",
    aliases: &["mld"],
    title: "Mean log deviation",
    summary: "How unequally a total is shared between groups of people, most sensitive to those who have least",
    formula: "−Σ pᵢ ln(yᵢ/ȳ); se² = Σ (pᵢ/ȳ)² (1 − ȳ/yᵢ)² seᵢ²; both × multiplier",
    source: "Theil 1967; Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697; Ahn and others 2018, JCO Clin Cancer Inform 2: 1-19",
    peers: "WHO's healthequal (mld): the same estimate × 1000, with a standard error that it does not scale; here both are.",
    columns: COLUMNS,
    options: MULTIPLIER,
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[("multiplier", "1000")],
        input: super::table::INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n\
                 2025,13.321797502100177,8.768836727788969,17.874758276411384,6.143243924344989,20.500351079855363,mean log deviation,\n",
    },
    run: crate::table::run::<Table<Times<LogDeviation>>>,
};

pub(crate) struct LogDeviation;

impl Index for LogDeviation {
    fn of(groups: &[MeasuredGroup], levels: &Levels) -> Result<Estimate, MeasureError> {
        mean_log_deviation(groups, levels)
    }
}
