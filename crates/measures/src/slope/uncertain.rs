//! Slope and relative index of groups whose figures have intervals of their own, as `phe_sii` of PHEindicatormethods
//! (OHID) has them: on the figures, on the logarithms of rates or on the logits of proportions.
//!
//! Fitted on a transformed scale, the line is turned back at its two ends: the slope index is g(m + b/2) − g(m − b/2)
//! with m the fitted middle and b the slope, the relative index the ratio of the two. A limit of b stands on the same
//! middle, as in the peer. Limits of b are simulated ([`Simulation`]), or in closed form where there is one: b is a sum
//! of independent normal figures unless rates or proportions enter a straight line as they are.

use super::simulate::{Back, Line, Part, draw, draw_slopes, limits};
use super::{Area, Simulation, each};
use crate::estimate::Note;
use crate::random::Normals;
use crate::{Confidence, Estimate, Levels, MeasureError, Reason};

/// What the figures of groups are, which says on which scale their errors are even.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureKind {
    /// Means, life expectancies and others whose intervals are even on both sides.
    Value,
    /// Rates: even on the logarithm.
    Rate,
    /// Proportions from 0 to 1: even on the logit.
    Proportion,
}

/// Which index of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SlopeIndex {
    /// The least deprived end less the most deprived.
    Slope,
    /// The least deprived end divided by the most deprived.
    Relative,
}

/// Where the limits come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlopeLimits {
    /// From the errors of the groups' figures, by drawing them.
    Simulated(Simulation),
    /// From the errors of the groups' figures, in closed form.
    ClosedForm,
    /// From how well the line fits, with n − 2 degrees of freedom. The figures' own errors are not used.
    Regression,
}

/// What to make of a line through groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SlopeRequest {
    /// Which index.
    pub index: SlopeIndex,
    /// What the figures are.
    pub kind: FigureKind,
    /// Whether the line is fitted to logarithms or logits. Values have no such scale.
    pub transformed: bool,
    /// Where the limits come from.
    pub limits: SlopeLimits,
    /// What the slope index is per: below zero to turn gap and ratio round.
    pub multiplier: f64,
}

/// A group or area with the standard error of its figure, on the scale on which that is even.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UncertainArea {
    /// Rank, population and figure.
    pub area: Area,
    /// The standard error: of the figure, of its logarithm or of its logit.
    pub error: f64,
}

/// An index with the mean absolute difference of nine other simulations' limits from the ones given, at each level;
/// empty unless it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulatedIndex {
    /// The index.
    pub estimate: Estimate,
    /// The difference at each level.
    pub differences: Vec<f64>,
}

impl FigureKind {
    /// The figure on the scale on which its error is even.
    fn forward(self, figure: f64) -> f64 {
        match self {
            FigureKind::Value => figure,
            FigureKind::Rate => figure.ln(),
            FigureKind::Proportion => (figure / (1.0 - figure)).ln(),
        }
    }

    /// The figure again.
    fn back(self, scaled: f64) -> f64 {
        match self {
            FigureKind::Value => scaled,
            FigureKind::Rate => scaled.exp(),
            FigureKind::Proportion => 1.0 / (1.0 + (-scaled).exp()),
        }
    }

    /// The standard error that an interval with limits at a confidence speaks of, on the scale of this kind.
    pub fn error_of(self, lower: f64, upper: f64, confidence: Confidence) -> f64 {
        (self.forward(upper) - self.forward(lower)) / (2.0 * confidence.z())
    }
}

/// Slope or relative index of areas whose figures have errors. They need not be in order.
///
/// # Errors
/// As [`slope_of_areas`](super::slope_of_areas); [`Reason::NoScale`] for a rate of zero or a proportion of 0 or 1 on a
/// scale that has no such number; [`MeasureError::OutOfRange`] for an error that is negative, a multiplier of zero and
/// fewer than 1,000 repetitions.
pub fn slope_index(
    areas: &[UncertainArea],
    request: &SlopeRequest,
    levels: &Levels,
) -> Result<SimulatedIndex, MeasureError> {
    check(areas, request)?;
    let mut sorted = areas.to_vec();
    sorted.sort_by(|one, other| one.area.rank.total_cmp(&other.area.rank));
    let scaled = |area: &UncertainArea| match request.transformed {
        true => request.kind.forward(area.area.value),
        false => area.area.value,
    };
    let line = super::fit(
        &sorted,
        |area| (area.area.population, scaled(area)),
        |one, other| one.area.rank == other.area.rank,
    )?;
    let bare = Estimate::bare(request.of_line(line.slope, line.middle)?, request.method());
    let done = |estimate: Estimate| Ok(SimulatedIndex { estimate, differences: Vec::new() });
    match request.limits {
        SlopeLimits::Regression if line.residual.is_nan() => done(bare.with_note(super::TWO_GROUPS)),
        SlopeLimits::Regression if request.transformed => {
            let error = (line.residual / line.spread).sqrt();
            done(request.around(&line, levels, |confidence| line.critical(confidence) * error))
        }
        SlopeLimits::Regression => done(request.untransformed(&line, levels)?),
        SlopeLimits::ClosedForm => done(request.closed(&sorted, &line, levels)),
        SlopeLimits::Simulated(simulation) => Ok(request.simulated(&sorted, &line, simulation, levels)),
    }
}

fn check(areas: &[UncertainArea], request: &SlopeRequest) -> Result<(), MeasureError> {
    let wrong = |what, value, expected| Err(MeasureError::OutOfRange { what, value, expected });
    if !(request.multiplier != 0.0 && request.multiplier.is_finite()) {
        return wrong("a multiplier", request.multiplier, "a number other than zero");
    }
    if let SlopeLimits::Simulated(simulation) = request.limits
        && simulation.repetitions < 1000
    {
        return wrong("a number of repetitions", simulation.repetitions as f64, "1,000 or more");
    }
    let uses_errors = request.limits != SlopeLimits::Regression;
    for area in areas {
        let Area { rank, value, population } = area.area;
        if rank.is_nan() {
            return wrong("a rank", rank, "a number");
        }
        let outside = match request.kind {
            FigureKind::Value => false,
            FigureKind::Rate => value < 0.0,
            FigureKind::Proportion => !(0.0..=1.0).contains(&value),
        };
        if outside {
            return wrong("a rate or proportion", value, "zero or more, and for a proportion one or less");
        }
        if (request.transformed || uses_errors)
            && population > 0.0
            && !request.kind.forward(value).is_finite()
        {
            return Err(Reason::NoScale { value }.into());
        }
        if uses_errors && area.error.is_infinite() {
            return Err(Reason::NoScale { value }.into());
        }
        if uses_errors && !(area.error >= 0.0 && area.error.is_finite()) {
            return wrong("a standard error", area.error, "zero or more");
        }
    }
    Ok(())
}

impl SlopeRequest {
    fn scale(&self) -> FigureKind {
        if self.transformed { self.kind } else { FigureKind::Value }
    }

    /// The index of a line with this slope and middle, times the multiplier.
    fn index_of(&self, slope: f64, middle: f64) -> f64 {
        let scale = self.scale();
        let (least, most) = (scale.back(middle + slope / 2.0), scale.back(middle - slope / 2.0));
        match self.index {
            SlopeIndex::Slope => (least - most) * self.multiplier,
            SlopeIndex::Relative if self.multiplier < 0.0 => most / least,
            SlopeIndex::Relative => least / most,
        }
    }

    /// The same, refused where the line leaves what a ratio can be.
    fn of_line(&self, slope: f64, middle: f64) -> Result<f64, MeasureError> {
        if self.index == SlopeIndex::Relative {
            let scale = self.scale();
            for (end, sign) in [("most deprived", -0.5), ("least deprived", 0.5)] {
                let value = scale.back(middle + sign * slope);
                if value <= 0.0 {
                    return Err(Reason::FitBelowZero { end, value }.into());
                }
            }
        }
        Ok(self.index_of(slope, middle))
    }

    /// An estimate whose limits are those of a slope so far away on both sides of the same middle.
    fn around(&self, line: &super::Slope, levels: &Levels, reach: impl Fn(Confidence) -> f64) -> Estimate {
        let slope = |slope| self.index_of(slope, line.middle);
        Estimate::new(slope(line.slope), self.method(), levels, |confidence| {
            ordered(slope(line.slope - reach(confidence)), slope(line.slope + reach(confidence)))
        })
    }

    /// Limits from how well a straight line fits.
    fn untransformed(&self, line: &super::Slope, levels: &Levels) -> Result<Estimate, MeasureError> {
        Ok(match self.index {
            SlopeIndex::Slope => line.sii(levels).times(self.multiplier),
            SlopeIndex::Relative if self.multiplier < 0.0 => line.rii(levels)?.map(|ratio| 1.0 / ratio),
            SlopeIndex::Relative => line.rii(levels)?,
        })
    }

    /// Limits from the errors of the figures, in closed form.
    fn closed(&self, areas: &[UncertainArea], line: &super::Slope, levels: &Levels) -> Estimate {
        let bare = Estimate::bare(self.index_of(line.slope, line.middle), self.method());
        if !self.transformed && self.kind != FigureKind::Value {
            return bare.with_note(Note::NoInterval(
                "rates and proportions on a straight line have no closed form: simulate",
            ));
        }
        let sums = Line::of(&parts(areas, line, |area| self.scale().forward(area.area.value)));
        if self.transformed || self.index == SlopeIndex::Slope {
            return self.around(line, levels, |confidence| confidence.z() * sums.slope_variance.sqrt());
        }
        // Fieller's theorem, with the variances of the two ends.
        let (most, least) = (line.most_deprived(), line.least_deprived());
        let ends = sums.middle_variance + sums.slope_variance / 4.0;
        let (at_most, at_least) = (ends - sums.covariance, ends + sums.covariance);
        let between = sums.middle_variance - sums.slope_variance / 4.0;
        let fieller = |confidence: Confidence| {
            let z2 = confidence.z().powi(2);
            let (a, b, c) =
                (most * most - z2 * at_most, most * least - z2 * between, least * least - z2 * at_least);
            let within = b * b - a * c;
            (a > 0.0 && within >= 0.0).then(|| ((b - within.sqrt()) / a, (b + within.sqrt()) / a))
        };
        if levels.as_slice().iter().any(|&confidence| fieller(confidence).is_none()) {
            return bare.with_note(Note::NoInterval("the most deprived end may be zero"));
        }
        let ratio = Estimate::new(least / most, self.method(), levels, |confidence| {
            fieller(confidence).unwrap_or((f64::NAN, f64::NAN))
        });
        if self.multiplier < 0.0 { ratio.map(|ratio| 1.0 / ratio) } else { ratio }
    }

    /// Limits by drawing.
    fn simulated(
        &self,
        areas: &[UncertainArea],
        line: &super::Slope,
        simulation: Simulation,
        levels: &Levels,
    ) -> SimulatedIndex {
        let parts = parts(areas, line, |area| self.kind.forward(area.area.value));
        let back = match (self.transformed, self.kind) {
            (true, _) | (_, FigureKind::Value) => Back::AsDrawn,
            (_, FigureKind::Rate) => Back::Exponential,
            (_, FigureKind::Proportion) => Back::Logistic,
        };
        let tails: Vec<f64> = levels.as_slice().iter().map(|confidence| confidence.tail()).collect();
        let mut normals = Normals::new(simulation.seed);
        let mut results = vec![0.0; simulation.repetitions];
        let mut sample = || -> Vec<(f64, f64)> {
            // Of a slope index on the straight scale the middle says nothing; on another it is the fitted one, as in the peer.
            if self.transformed || self.index == SlopeIndex::Slope {
                draw_slopes(&parts, back, &mut normals, &mut results);
                let turned = |slope| match self.transformed {
                    true => self.index_of(slope, line.middle),
                    false => slope * self.multiplier,
                };
                let found = limits(&results, &tails);
                return found.into_iter().map(|(low, high)| ordered(turned(low), turned(high))).collect();
            }
            draw(&parts, back, &mut normals, &mut results, |slope, middle| self.index_of(slope, middle));
            limits(&results, &tails)
        };
        let first = sample();
        let differences = match simulation.reliability {
            false => Vec::new(),
            true => {
                let mut sums = vec![0.0; tails.len()];
                for _ in 0..9 {
                    for ((sum, other), one) in sums.iter_mut().zip(sample()).zip(&first) {
                        *sum += (other.0 - one.0).abs() + (other.1 - one.1).abs();
                    }
                }
                sums.into_iter().map(|sum| sum / 18.0).collect()
            }
        };
        let mut given = first.into_iter();
        let value = self.index_of(line.slope, line.middle);
        let mut asked = Vec::with_capacity(tails.len());
        asked.extend(levels.as_slice().iter().map(|&confidence| (confidence, given.next())));
        let estimate = Estimate::new(value, self.method(), levels, |confidence| {
            let found = asked.iter().find(|(known, _)| *known == confidence);
            found.and_then(|(_, limits)| *limits).unwrap_or((f64::NAN, f64::NAN))
        });
        SimulatedIndex { estimate, differences }
    }

    fn method(&self) -> &'static str {
        let scale = if self.transformed { self.kind } else { FigureKind::Value };
        match (scale, self.limits) {
            (FigureKind::Value, SlopeLimits::Regression) => super::METHOD,
            (FigureKind::Value, SlopeLimits::ClosedForm) => {
                "weighted linear regression on the ridit, limits from those of the groups"
            }
            (FigureKind::Value, _) => "weighted linear regression on the ridit, simulated limits",
            (FigureKind::Rate, SlopeLimits::Regression) => "weighted log-linear regression on the ridit",
            (FigureKind::Rate, SlopeLimits::ClosedForm) => {
                "weighted log-linear regression on the ridit, limits from those of the groups"
            }
            (FigureKind::Rate, _) => "weighted log-linear regression on the ridit, simulated limits",
            (FigureKind::Proportion, SlopeLimits::Regression) => "weighted logit regression on the ridit",
            (FigureKind::Proportion, SlopeLimits::ClosedForm) => {
                "weighted logit regression on the ridit, limits from those of the groups"
            }
            (FigureKind::Proportion, _) => "weighted logit regression on the ridit, simulated limits",
        }
    }
}

fn ordered(one: f64, other: f64) -> (f64, f64) {
    if one <= other { (one, other) } else { (other, one) }
}

/// What each area with people adds to slope and middle.
fn parts(areas: &[UncertainArea], line: &super::Slope, figure: impl Fn(&UncertainArea) -> f64) -> Vec<Part> {
    let total: f64 = areas.iter().map(|area| area.area.population).sum();
    let mut weights = Vec::with_capacity(areas.len());
    let tied = |one: &UncertainArea, other: &UncertainArea| one.area.rank == other.area.rank;
    each(
        areas,
        total,
        |area| (area.area.population, 0.0),
        tied,
        |weight, ridit, _| weights.push((weight, ridit)),
    );
    areas
        .iter()
        .zip(weights)
        .filter(|(area, _)| area.area.population > 0.0)
        .map(|(area, (weight, ridit))| Part {
            to_slope: weight * ridit / line.spread,
            to_middle: weight,
            figure: figure(area),
            error: area.error,
        })
        .collect()
}

#[cfg(test)]
mod tests;
