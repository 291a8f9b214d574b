//! The index of disparity: the mean difference of groups from the mean, as a percentage of the mean.
//!
//! Pearcy and Keppel 2002, *Public Health Reports* 117: 273-280; weighted by people as Schlotheuber and Hosseinpoor
//! 2022 have it. Limits are normal, with the standard error of the delta method.

use super::{
    COLUMNS, DifferenceFrom, MeasuredGroup, Named, OfGroups, Shares, Table, Weighting, by_delta,
    mean_difference, options,
};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::table::{Setup, Shape};
use crate::{Estimate, Levels, MeasureError};

/// The index of disparity, per cent.
///
/// # Errors
/// As [`theil_index`](crate::theil_index).
pub fn index_of_disparity(
    groups: &[MeasuredGroup],
    weighting: Weighting,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let shares = Shares::above_zero(groups)?;
    let away = mean_difference(groups, DifferenceFrom::Mean, weighting, levels)?.value();
    let known = groups.iter().filter(|group| group.population > 0.0).count() as f64;
    let weight = |at: usize| match (weighting, shares.of[at]) {
        (_, 0.0) => 0.0,
        (Weighting::People, share) => share,
        (Weighting::Equal, _) => 1.0 / known,
    };
    let side = |at: usize| match groups[at].value - shares.mean {
        0.0 => 0.0,
        away => away.signum(),
    };
    let pull: f64 = (0..groups.len()).map(|at| weight(at) * side(at)).sum();
    let estimate = by_delta(away / shares.mean, "index of disparity", groups, levels, |at| {
        (weight(at) * side(at) - pull * shares.of[at]) / shares.mean
            - away * shares.of[at] / (shares.mean * shares.mean)
    });
    Ok(estimate.times(100.0))
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "disparity",
    aliases: &["index-of-disparity", "idis"],
    title: "Index of disparity",
    summary: "How far groups lie from the mean, on average, as a percentage of the mean",
    formula: "100 Σ wᵢ |yᵢ − ȳ| / ȳ with wᵢ the shares of people, or all the same; se by the delta method",
    source: "Pearcy and Keppel 2002, Public Health Rep 117: 273-280; Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697",
    peers: "WHO's healthequal (idisw, idisu): the same values; its limits are percentiles of a hundred draws.",
    columns: COLUMNS,
    options: &[OptionEntry {
        name: "weight",
        default: "people",
        what: "people, or equal for groups that all weigh the same",
    }],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[],
        input: super::table::INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n\
                 2025,13.496174220129495,11.405824734397992,15.586523705860998,10.200365948680744,16.791982491578246,index of disparity,\n",
    },
    run: crate::table::run::<Table<Disparity>>,
};

pub(crate) struct Disparity(Weighting);

impl OfGroups for Disparity {
    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        Ok(Disparity(options::weighting(setup)?))
    }

    fn measure(
        &self,
        groups: &[MeasuredGroup],
        _: &[Named],
        levels: &Levels,
    ) -> Result<Estimate, MeasureError> {
        index_of_disparity(groups, self.0, levels)
    }
}
