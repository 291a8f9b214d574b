//! Population attributable risk and fraction: what the average would gain if all groups were like a reference group.
//!
//! Schlotheuber and Hosseinpoor 2022, as WHO's Health Equity Assessment Toolkit counts it: the reference group's figure
//! less the mean, and that as a percentage of the mean; so above zero where more is better and below zero where less
//! is. With a polarity a reference that is worse than the mean gives zero: nothing can be gained. The fraction is, but
//! for its sign, Levin's Σ p (RR − 1) / (1 + Σ p (RR − 1)) of the ratios to the reference (Levin 1953, *Acta Unio
//! Internationalis Contra Cancrum* 9: 531-541), which is what ScotPHO gives. Limits are normal, by the delta method from
//! the errors of the groups' figures; healthequal takes Walter's formula for a survey of as many people instead.

use super::{COLUMNS, MeasuredGroup, Named, OfGroups, Shares, Table, by_delta, reference};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::table::{Setup, Shape};
use crate::{Estimate, Levels, MeasureError};
use vocabulary::Polarity;

/// The figure of the reference group less the mean of all people.
///
/// # Errors
/// As [`between_group_variance`](crate::between_group_variance); [`MeasureError::OutOfRange`] also for a place where
/// there is no group.
pub fn attributable_risk(
    groups: &[MeasuredGroup],
    reference: usize,
    polarity: Polarity,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let shares = Shares::new(groups)?;
    let value = figure(groups, reference)? - shares.mean;
    if gains_nothing(value, polarity) {
        return Ok(Estimate::bare(0.0, RISK));
    }
    Ok(by_delta(value, RISK, groups, levels, |at| own(at, reference) - shares.of[at]))
}

/// The attributable risk as a percentage of the mean.
///
/// # Errors
/// As [`attributable_risk`], and [`Reason::RatioToZero`](crate::Reason::RatioToZero) for a mean of zero,
/// [`MeasureError::OutOfRange`] for a negative figure.
pub fn attributable_fraction(
    groups: &[MeasuredGroup],
    reference: usize,
    polarity: Polarity,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let shares = Shares::above_zero(groups)?;
    let (best, mean) = (figure(groups, reference)?, shares.mean);
    if gains_nothing(best - mean, polarity) {
        return Ok(Estimate::bare(0.0, FRACTION));
    }
    let estimate = by_delta(best / mean - 1.0, FRACTION, groups, levels, |at| {
        own(at, reference) / mean - best * shares.of[at] / (mean * mean)
    });
    Ok(estimate.times(100.0))
}

const RISK: &str = "reference group less the mean";
const FRACTION: &str = "reference group less the mean, over the mean";

fn own(at: usize, reference: usize) -> f64 {
    f64::from(u8::from(at == reference))
}

fn figure(groups: &[MeasuredGroup], place: usize) -> Result<f64, MeasureError> {
    groups.get(place).map(|group| group.value).ok_or(MeasureError::OutOfRange {
        what: "the place of a group",
        value: place as f64,
        expected: "a group that is there",
    })
}

fn gains_nothing(value: f64, polarity: Polarity) -> bool {
    match polarity {
        Polarity::HighIsGood => value < 0.0,
        Polarity::LowIsGood => value > 0.0,
        Polarity::NotSet => false,
    }
}

const OPTIONS: &[OptionEntry] = &[
    OptionEntry {
        name: "reference",
        default: "",
        what: "the group that all could be like: the last row when empty, best for the one with the best figure",
    },
    super::options::POLARITY,
];
const SOURCE: &str = "Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697; Levin 1953, Acta Unio Int Contra Cancrum 9: 531-541";
const PEERS: &str = "WHO's healthequal (parisk, paf): the same values; its limits are Walter's for a survey of as many people. ScotPHO \
                     gives the fraction with the other sign.";

pub(crate) const RISK_ENTRY: MeasureEntry = MeasureEntry {
    name: "attributable-risk",
    aliases: &["par", "population-attributable-risk"],
    title: "Population attributable risk",
    summary: "What the average would gain if all groups were like the reference group",
    formula: "y* − ȳ; se² = Σ (1[i = *] − pᵢ)² seᵢ²; 0 where the polarity says that nothing is gained",
    source: SOURCE,
    peers: PEERS,
    columns: COLUMNS,
    options: OPTIONS,
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[("reference", "best"), ("polarity", "high-is-good")],
        input: super::table::INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n\
                 2025,12.050000000000011,10.44495223696366,13.655047763036363,9.51935633031989,14.580643669680132,reference group less the mean,\n",
    },
    run: crate::table::run::<Table<Attributable<false>>>,
};

pub(crate) const FRACTION_ENTRY: MeasureEntry = MeasureEntry {
    name: "attributable-fraction",
    aliases: &["paf", "population-attributable-fraction"],
    title: "Population attributable fraction",
    summary: "What the average would gain if all groups were like the reference group, as a percentage of the average",
    formula: "100 (y* − ȳ)/ȳ; se by the delta method; 0 where the polarity says that nothing is gained",
    source: SOURCE,
    peers: PEERS,
    columns: COLUMNS,
    options: OPTIONS,
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[("reference", "best"), ("polarity", "high-is-good")],
        input: super::table::INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n\
                 2025,14.184814596821681,12.086961168201261,16.2826680254421,10.877175022899067,17.492454170744296,\"reference group less the mean, over the mean\",\n",
    },
    run: crate::table::run::<Table<Attributable<true>>>,
};

pub(crate) struct Attributable<const FRACTION: bool> {
    reference: String,
    polarity: Polarity,
}

impl<const FRACTION: bool> OfGroups for Attributable<FRACTION> {
    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let polarity = super::options::polarity(setup)?;
        Ok(Attributable { reference: setup.text("reference").trim().to_owned(), polarity })
    }

    fn measure(
        &self,
        groups: &[MeasuredGroup],
        names: &[Named],
        levels: &Levels,
    ) -> Result<Estimate, MeasureError> {
        let place = reference(&self.reference, groups, names, self.polarity)?;
        match FRACTION {
            true => attributable_fraction(groups, place, self.polarity, levels),
            false => attributable_risk(groups, place, self.polarity, levels),
        }
    }
}
