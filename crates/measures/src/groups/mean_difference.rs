//! The mean difference: how far groups lie, on average, from the best of them, from the mean or from a reference.
//!
//! Schlotheuber and Hosseinpoor 2022. Limits are normal, with the standard error of the delta method and the reference
//! group taken as known; healthequal draws a hundred sets of figures instead.

use super::{COLUMNS, MeasuredGroup, Named, OfGroups, Shares, Table, Weighting, by_delta, reference};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::table::{Setup, Shape};
use crate::{Estimate, Levels, MeasureError};
use vocabulary::Polarity;

/// What differences are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceFrom {
    /// The mean of all people.
    Mean,
    /// The group at this place.
    Group(usize),
}

/// The mean absolute difference of groups from the mean or from a group.
///
/// # Errors
/// As [`between_group_variance`](crate::between_group_variance); [`MeasureError::OutOfRange`] also for a place where
/// there is no group.
pub fn mean_difference(
    groups: &[MeasuredGroup],
    from: DifferenceFrom,
    weighting: Weighting,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let shares = Shares::new(groups)?;
    let known = groups.iter().filter(|group| group.population > 0.0).count() as f64;
    let weights: Vec<f64> = match weighting {
        Weighting::People => shares.of.clone(),
        Weighting::Equal => {
            shares.of.iter().map(|&share| if share > 0.0 { 1.0 / known } else { 0.0 }).collect()
        }
    };
    let (centre, method) = match from {
        DifferenceFrom::Mean => (shares.mean, "mean difference from the mean"),
        DifferenceFrom::Group(place) => {
            let group = groups.get(place).ok_or(MeasureError::OutOfRange {
                what: "the place of a group",
                value: place as f64,
                expected: "a group that is there",
            })?;
            (group.value, "mean difference from a group")
        }
    };
    let side = |at: usize| match groups[at].value - centre {
        0.0 => 0.0,
        away => away.signum(),
    };
    let value = (0..groups.len()).map(|at| weights[at] * (groups[at].value - centre).abs()).sum();
    let pull: f64 = (0..groups.len()).map(|at| weights[at] * side(at)).sum();
    Ok(by_delta(value, method, groups, levels, |at| {
        let of_centre = match from {
            DifferenceFrom::Mean => shares.of[at],
            DifferenceFrom::Group(place) => f64::from(u8::from(place == at)),
        };
        weights[at] * side(at) - pull * of_centre
    }))
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "mean-difference",
    aliases: &["mean-difference-from-best"],
    title: "Mean difference from the best, the mean or a reference",
    summary: "How far groups lie, on average, from the best group, from the mean of all people or from a reference group",
    formula: "Σ wᵢ |yᵢ − y*| with wᵢ the shares of people, or all the same; se by the delta method with y* known",
    source: "Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697; Ahn and others 2018, JCO Clin Cancer Inform 2: 1-19",
    peers: "WHO's healthequal (mdbw, mdbu, mdmw, mdmu, mdrw, mdru): the same values; its limits are percentiles of a hundred draws.",
    columns: COLUMNS,
    options: &[
        OptionEntry { name: "from", default: "best", what: "best, mean, or reference" },
        OptionEntry {
            name: "reference",
            default: "",
            what: "the group that from=reference means; the last row when empty",
        },
        OptionEntry {
            name: "weight",
            default: "people",
            what: "people, or equal for groups that all weigh the same",
        },
        super::options::POLARITY,
    ],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[("polarity", "high-is-good")],
        input: super::table::INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n\
                 2025,12.05,10.44495223696365,13.655047763036352,9.51935633031988,14.580643669680121,mean difference from the best group,\n",
    },
    run: crate::table::run::<Table<MeanDifference>>,
};

enum From {
    Best(Polarity),
    Mean,
    Reference(String),
}

pub(crate) struct MeanDifference {
    from: From,
    weighting: Weighting,
}

impl OfGroups for MeanDifference {
    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let polarity = super::options::polarity(setup)?;
        let from = match setup.choice("from", &[("best", 0), ("mean", 1), ("reference", 2)])? {
            0 if polarity == Polarity::NotSet => {
                return Err(MeasureError::Unknown {
                    what: "enough to know the best group by",
                    value: "from=best".to_owned(),
                    expected: "polarity=high-is-good or polarity=low-is-good".to_owned(),
                });
            }
            0 => From::Best(polarity),
            1 => From::Mean,
            _ => From::Reference(setup.text("reference").trim().to_owned()),
        };
        Ok(MeanDifference { from, weighting: super::options::weighting(setup)? })
    }

    fn measure(
        &self,
        groups: &[MeasuredGroup],
        names: &[Named],
        levels: &Levels,
    ) -> Result<Estimate, MeasureError> {
        let from = match &self.from {
            From::Mean => DifferenceFrom::Mean,
            From::Best(polarity) => DifferenceFrom::Group(reference("best", groups, names, *polarity)?),
            From::Reference(name) => DifferenceFrom::Group(reference(name, groups, names, Polarity::NotSet)?),
        };
        Ok(mean_difference(groups, from, self.weighting, levels)?.named(match self.from {
            From::Best(_) => "mean difference from the best group",
            From::Mean => "mean difference from the mean",
            From::Reference(_) => "mean difference from the reference group",
        }))
    }
}
