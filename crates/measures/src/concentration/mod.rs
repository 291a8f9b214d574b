//! The concentration index: twice the area between the line of equality and the curve of how much of a total the most
//! deprived share of people has.
//!
//! Kakwani, Wagstaff and van Doorslaer 1997, *Journal of Econometrics* 77: 87-103; O'Donnell and others 2008,
//! *Analyzing Health Equity Using Household Survey Data* (World Bank), chapter 8. Below zero when the most deprived
//! have more of it. Of individuals (a row each, or with a survey weight) and of groups; those of equal rank stand at
//! one place. The generalised index is the standard one times the mean; Erreygers' (2009, *Journal of Health Economics*
//! 28: 504-515) is 4 times the generalised one over the range of what the figure can be; Wagstaff's (2005, *Health
//! Economics* 14: 429-432) divides by how far the mean is from both bounds.
//!
//! The standard error is Kakwani, Wagstaff and van Doorslaer's. Of individuals: their equation 14. Of groups: their
//! equation 16, with the errors of the groups' figures where these are known and as many observations as people, or,
//! where they are not, with as many observations as groups. The bounds and, for Erreygers' and the generalised index,
//! the mean are taken as certain, which is what the factor 4 μ/(b − a) on the standard error says. The rejected
//! alternative, the standard error of the convenient regression, which healthequal gives, is too small: it takes no
//! account of the correlation between ranks.

mod decomposition;
mod table;

pub(crate) use decomposition::ENTRY as DECOMPOSITION;
pub use decomposition::{Contribution, Decomposition, decompose};
pub(crate) use table::ENTRY;

use crate::estimate::Note;
use crate::{Estimate, Levels, MeasureError, Reason};

/// A person, or a group of people, with their place in the order of deprivation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Lower is more deprived.
    pub rank: f64,
    /// How many people, or the weight of a person in a survey.
    pub weight: f64,
    /// Their figure.
    pub value: f64,
    /// The standard error of a group's figure.
    pub error: Option<f64>,
}

/// What the rows are, which decides the standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RankedKind {
    /// A row is a person.
    Individuals,
    /// A row is a group of people.
    Groups,
}

/// Which index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ConcentrationKind {
    /// Relative to the mean: from −1 to 1.
    Standard,
    /// Times the mean: in the unit of the figure.
    Generalised,
    /// Erreygers', for figures between two bounds.
    Erreygers(Bounds),
    /// Wagstaff's, for figures between two bounds.
    Wagstaff(Bounds),
}

/// The least and the most that a figure can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    lower: f64,
    upper: f64,
}

impl Bounds {
    /// # Errors
    /// [`MeasureError::OutOfRange`] when the upper one is not above the lower one, or one is not finite.
    pub fn new(lower: f64, upper: f64) -> Result<Bounds, MeasureError> {
        match lower.is_finite() && upper.is_finite() && lower < upper {
            true => Ok(Bounds { lower, upper }),
            false => Err(MeasureError::OutOfRange {
                what: "an upper bound",
                value: upper,
                expected: "more than the lower bound",
            }),
        }
    }
}

/// The concentration index of people or groups, which need not be in order.
///
/// # Errors
/// [`Reason::FewGroups`] below two rows with people; [`Reason::NoSpread`] when all have one rank;
/// [`Reason::RatioToZero`] for a mean of zero; [`MeasureError::OutOfRange`] for a negative weight or error, a figure
/// that is not finite or outside its bounds, and a mean below zero.
pub fn concentration_index(
    rows: &[Ranked],
    of: RankedKind,
    kind: ConcentrationKind,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let order = Ordered::new(rows)?;
    let (value, mean) = (order.index()?, order.mean);
    let factor = factor(kind, mean, rows)?;
    let method = match kind {
        ConcentrationKind::Standard => "concentration index",
        ConcentrationKind::Generalised => "generalised concentration index",
        ConcentrationKind::Erreygers(_) => "Erreygers' concentration index",
        ConcentrationKind::Wagstaff(_) => "Wagstaff's concentration index",
    };
    let estimate = Estimate::bare(value * factor, method);
    Ok(match order.error(of, value) {
        Some(error) => Estimate::new(value * factor, method, levels, |confidence| {
            let reach = confidence.z() * error * factor;
            (value * factor - reach, value * factor + reach)
        }),
        None => estimate.with_note(Note::NoInterval("too few rows for a standard error")),
    })
}

/// What an index is of the standard one.
fn factor(kind: ConcentrationKind, mean: f64, rows: &[Ranked]) -> Result<f64, MeasureError> {
    let bounded = |bounds: Bounds| {
        let outside = |row: &&Ranked| row.weight > 0.0 && !(bounds.lower..=bounds.upper).contains(&row.value);
        match rows.iter().find(outside) {
            Some(row) => {
                let expected = "a number between the bounds";
                Err(MeasureError::OutOfRange { what: "a figure", value: row.value, expected })
            }
            None => Ok(bounds.upper - bounds.lower),
        }
    };
    Ok(match kind {
        ConcentrationKind::Standard => 1.0,
        ConcentrationKind::Generalised => mean,
        ConcentrationKind::Erreygers(bounds) => 4.0 * mean / bounded(bounds)?,
        ConcentrationKind::Wagstaff(bounds) => {
            let range = bounded(bounds)?;
            let room = (bounds.upper - mean) * (mean - bounds.lower);
            if room <= 0.0 {
                return Err(Reason::RatioToZero("the distance of the mean from its bounds").into());
            }
            range * mean / room
        }
    })
}

/// Rows in order of rank, with their shares of the people and their fractional ranks.
pub(super) struct Ordered<'r> {
    /// Row, share, fractional rank.
    pub rows: Vec<(&'r Ranked, f64, f64)>,
    pub mean: f64,
    total: f64,
}

impl<'r> Ordered<'r> {
    pub fn new(rows: &'r [Ranked]) -> Result<Ordered<'r>, MeasureError> {
        let wrong = |what, value, expected| Err(MeasureError::OutOfRange { what, value, expected });
        for row in rows {
            if row.rank.is_nan() {
                return wrong("a rank", row.rank, "a number");
            }
            if !(row.weight >= 0.0 && row.weight.is_finite()) {
                return wrong("a number of people or a weight", row.weight, "zero or more");
            }
            if !row.value.is_finite() {
                return wrong("a figure", row.value, "a number");
            }
            if let Some(error) = row.error.filter(|error| !(*error >= 0.0 && error.is_finite())) {
                return wrong("a standard error", error, "zero or more");
            }
        }
        let mut peopled: Vec<&Ranked> = rows.iter().filter(|row| row.weight > 0.0).collect();
        if peopled.len() < 2 {
            return Err(Reason::FewGroups { what: "rows with people", count: peopled.len(), least: 2 }.into());
        }
        peopled.sort_by(|one, other| one.rank.total_cmp(&other.rank));
        let total: f64 = peopled.iter().map(|row| row.weight).sum();
        let mean = peopled.iter().map(|row| row.weight * row.value).sum::<f64>() / total;
        let (mut placed, mut below, mut start) = (Vec::with_capacity(peopled.len()), 0.0, 0);
        while start < peopled.len() {
            let tied = peopled[start..].iter().take_while(|row| row.rank == peopled[start].rank).count();
            let together = &peopled[start..start + tied];
            let people: f64 = together.iter().map(|row| row.weight).sum();
            let place = (below + people / 2.0) / total;
            placed.extend(together.iter().map(|row| (*row, row.weight / total, place)));
            below += people;
            start += tied;
        }
        if placed.iter().all(|(_, _, place)| *place == placed[0].2) {
            return Err(Reason::NoSpread("the ranks").into());
        }
        Ok(Ordered { rows: placed, mean, total })
    }

    /// The standard index of the figures.
    pub fn index(&self) -> Result<f64, MeasureError> {
        if self.mean == 0.0 {
            return Err(Reason::RatioToZero("the mean").into());
        }
        if self.mean < 0.0 {
            let (what, expected) = ("a mean", "above zero, for a concentration index");
            return Err(MeasureError::OutOfRange { what, value: self.mean, expected });
        }
        let twice: f64 = self.rows.iter().map(|(row, share, place)| share * row.value * (place - 0.5)).sum();
        Ok(2.0 * twice / self.mean)
    }

    /// The standard error of the standard index.
    fn error(&self, of: RankedKind, index: f64) -> Option<f64> {
        let (mut squares, mut within, mut curve) = (0.0, Some(0.0), 0.0);
        for (row, share, place) in &self.rows {
            let before = curve;
            curve += share * row.value / self.mean;
            let side = 2.0 * place - 1.0 - index;
            let a = row.value / self.mean * side + 2.0 - before - curve;
            squares += share * a * a;
            within = within.zip(row.error).map(|(sum, error)| sum + (share * error * side).powi(2));
        }
        let spread = (squares - (1.0 + index).powi(2)).max(0.0);
        let variance = match (of, within) {
            (RankedKind::Groups, Some(within)) => spread / self.total + within / (self.mean * self.mean),
            _ => spread / self.rows.len() as f64,
        };
        (self.rows.len() > 2).then(|| variance.sqrt())
    }
}

#[cfg(test)]
mod tests;
