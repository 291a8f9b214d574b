//! Theil's index: how far the shares of a total lie from the shares of people, weighted by the shares of the total.
//!
//! Theil 1967, *Economics and Information Theory*; Schlotheuber and Hosseinpoor 2022. The standard error is that of Ahn
//! and others 2018 on the scale of the estimate: healthequal multiplies its estimate by 1,000 and not its error. A
//! figure of zero adds nothing, which is the limit of r ln r; healthequal puts a millionth there.

use super::table::{Index, MULTIPLIER, Times};
use super::{COLUMNS, MeasuredGroup, Shares, Table, by_delta};
use crate::table::Shape;
use crate::table::{Example, MeasureEntry};
use crate::{Estimate, Levels, MeasureError};

/// Theil's index of groups: zero when all have the same, ln(1/share) when one group has it all.
///
/// # Errors
/// [`Reason::FewGroups`](crate::Reason::FewGroups) below two groups with people;
/// [`Reason::RatioToZero`](crate::Reason::RatioToZero) for a mean of zero; [`MeasureError::OutOfRange`] for a negative
/// figure, population or error.
pub fn theil_index(groups: &[MeasuredGroup], levels: &Levels) -> Result<Estimate, MeasureError> {
    let shares = Shares::above_zero(groups)?;
    let ratio = |at: usize| groups[at].value / shares.mean;
    let term = |at: usize| if ratio(at) == 0.0 { 0.0 } else { ratio(at) * ratio(at).ln() };
    let value: f64 = (0..groups.len()).map(|at| shares.of[at] * term(at)).sum();
    Ok(by_delta(value, "Theil's index", groups, levels, |at| {
        shares.of[at] / shares.mean * (ratio(at).ln() - value)
    }))
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "theil",
    aliases: &["theil-index"],
    title: "Theil index",
    summary: "How unequally a total is shared between groups of people, most sensitive to those who have most",
    formula: "Σ pᵢ rᵢ ln rᵢ with rᵢ = yᵢ/ȳ; se² = Σ (pᵢ/ȳ)² (ln rᵢ − T)² seᵢ²; both × multiplier",
    source: "Theil 1967; Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697; Ahn and others 2018, JCO Clin Cancer Inform 2: 1-19",
    peers: "WHO's healthequal (ti): the same estimate × 1000. It does not scale the standard error, so that its limits are a \
            thousand times too narrow; here both are scaled.",
    columns: COLUMNS,
    options: MULTIPLIER,
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[("multiplier", "1000")],
        input: super::table::INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n\
                 2025,12.530696109846861,8.524943860880152,16.536448358813573,6.21491423431091,18.846477985382812,Theil's index,\n",
    },
    run: crate::table::run::<Table<Times<Theil>>>,
};

pub(crate) struct Theil;

impl Index for Theil {
    fn of(groups: &[MeasuredGroup], levels: &Levels) -> Result<Estimate, MeasureError> {
        theil_index(groups, levels)
    }
}
