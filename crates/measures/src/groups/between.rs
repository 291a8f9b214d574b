//! Between-group variance: the mean squared distance of groups from the mean of all people.
//!
//! Schlotheuber and Hosseinpoor 2022. The variance of the estimate takes in that squares of errors add up even where
//! groups do not differ (Ahn and others 2018).

use super::{COLUMNS, MeasuredGroup, Named, OfGroups, Shares, Table, with_error};
use crate::table::{Example, MeasureEntry};
use crate::table::{Setup, Shape};
use crate::{Estimate, Levels, MeasureError};

/// The between-group variance, in the unit of the figures squared.
///
/// # Errors
/// [`Reason::FewGroups`](crate::Reason::FewGroups) below two groups with people; [`MeasureError::OutOfRange`] for a
/// negative population or error and a figure that is not finite.
pub fn between_group_variance(groups: &[MeasuredGroup], levels: &Levels) -> Result<Estimate, MeasureError> {
    let shares = Shares::new(groups)?;
    let each = || shares.of.iter().zip(groups).filter(|(share, _)| **share > 0.0);
    let value = each().map(|(share, group)| share * (group.value - shares.mean).powi(2)).sum();
    let errors: Option<Vec<(f64, f64, f64)>> =
        each().map(|(&share, group)| Some((share, group.value - shares.mean, group.error?))).collect();
    let error = errors.map(|errors| {
        let sum = |of: fn(f64, f64, f64) -> f64| errors.iter().map(|&(p, d, s)| of(p, d, s)).sum::<f64>();
        let steep = sum(|p, d, s| (p * s * d).powi(2));
        let all = sum(|p, _, s| (p * s).powi(2));
        let fourth = sum(|p, _, s| (p * s).powi(4));
        let own = sum(|p, _, s| p.powi(2) * (1.0 - p).powi(2) * s.powi(4));
        (4.0 * steep + 2.0 * (all * all - fourth + own)).sqrt()
    });
    Ok(with_error(value, error, "between-group variance", levels))
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "between-group-variance",
    aliases: &["bgv"],
    title: "Between-group variance",
    summary: "The mean squared distance of groups from the mean of all people",
    formula: "Σ pᵢ (yᵢ − ȳ)²; se² = 4 Σ pᵢ² seᵢ² (yᵢ − ȳ)² + 2 ((Σ pᵢ² seᵢ²)² − Σ pᵢ⁴ seᵢ⁴ + Σ pᵢ² (1 − pᵢ)² seᵢ⁴)",
    source: "Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697; Ahn and others 2018, JCO Clin Cancer Inform 2: 1-19",
    peers: "WHO's healthequal (bgv): the same.",
    columns: COLUMNS,
    options: &[],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[],
        input: super::table::INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n\
                 2025,171.6475,123.22285866416851,220.0721413358315,95.29742813595364,247.9975718640464,between-group variance,\n",
    },
    run: crate::table::run::<Table<Between>>,
};

pub(crate) struct Between;

impl OfGroups for Between {
    fn new(_: &Setup) -> Result<Self, MeasureError> {
        Ok(Between)
    }

    fn measure(
        &self,
        groups: &[MeasuredGroup],
        _: &[Named],
        levels: &Levels,
    ) -> Result<Estimate, MeasureError> {
        between_group_variance(groups, levels)
    }
}
