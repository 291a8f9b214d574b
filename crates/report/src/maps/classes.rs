//! Which shade an area gets.

use crate::figures::Unit;

/// How figures are put into classes.
#[derive(Debug, Clone, PartialEq)]
pub enum Classes {
    /// This many classes (2 to 9) with an equal number of areas in each, as near as ties allow.
    EqualShares(usize),
    /// The boundaries between the classes, rising: a figure on a boundary belongs to the higher class.
    Breaks(Vec<f64>),
    /// The figures are deprivation quantiles already: whole numbers from 1 (most deprived) to this.
    Deprivation(u8),
}

/// Which end of the figures is dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Darkest {
    /// High figures are dark.
    #[default]
    High,
    /// Low figures are dark: for an indicator where low needs attention, such as coverage of a vaccine.
    Low,
}

/// Classes made for some figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Classed {
    /// The boundaries between classes, rising.
    breaks: Vec<f64>,
    ends: (f64, f64),
    darkest: Darkest,
    deprivation: bool,
}

impl Classed {
    pub(super) fn new(classes: &Classes, darkest: Darkest, figures: &[f64]) -> Classed {
        let mut sorted: Vec<f64> = figures.iter().copied().filter(|figure| figure.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let ends = match sorted[..] {
            [] => (0.0, 0.0),
            [only] => (only, only),
            [first, .., last] => (first, last),
        };
        let (breaks, darkest, deprivation) = match classes {
            Classes::EqualShares(count) => (equal_shares(&sorted, (*count).clamp(2, 9)), darkest, false),
            Classes::Breaks(breaks) => (breaks.clone(), darkest, false),
            Classes::Deprivation(count) => ((2..=*count).map(f64::from).collect(), Darkest::Low, true),
        };
        Classed { breaks, ends, darkest, deprivation }
    }

    /// How many classes there are.
    pub(super) fn count(&self) -> usize {
        self.breaks.len() + 1
    }

    /// The class of a figure, 0 for the lowest.
    pub(super) fn of(&self, figure: f64) -> usize {
        self.breaks.partition_point(|&edge| edge <= figure)
    }

    /// The step in the palette of a class, 0 for the darkest.
    pub(super) fn shade(&self, class: usize) -> usize {
        match self.darkest {
            Darkest::Low => class,
            Darkest::High => self.count() - 1 - class,
        }
    }

    /// The class in words: `70.1% to 74.3%`, `1 (most deprived)`.
    pub(super) fn words(&self, class: usize, unit: Unit) -> String {
        let count = self.count();
        if self.deprivation {
            return match class + 1 {
                1 => "1 (most deprived)".to_owned(),
                last if last == count => format!("{count} (least deprived)"),
                number => number.to_string(),
            };
        }
        let low = class.checked_sub(1).and_then(|below| self.breaks.get(below)).copied();
        match (low, self.breaks.get(class)) {
            (Some(low), Some(&high)) => format!("{} to less than {}", short(unit, low), short(unit, high)),
            (Some(low), None) => format!("{} to {}", short(unit, low), short(unit, self.ends.1.max(low))),
            (None, Some(&high)) => {
                format!("{} to less than {}", short(unit, self.ends.0.min(high)), short(unit, high))
            }
            (None, None) => "all areas".to_owned(),
        }
    }
}

fn short(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Percent | Unit::Pounds => unit.write(value),
        _ => unit.bare(value),
    }
}

/// Boundaries that put an equal number of sorted figures into each class; fewer where ties make a class empty.
fn equal_shares(sorted: &[f64], count: usize) -> Vec<f64> {
    let mut breaks: Vec<f64> =
        (1..count).filter_map(|k| sorted.get(k * sorted.len() / count)).copied().collect();
    breaks.dedup();
    breaks.retain(|&edge| sorted.first().is_some_and(|&lowest| edge > lowest));
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(classes: Classes, figures: &[f64], expected: &[usize]) {
        let classed = Classed::new(&classes, Darkest::High, figures);
        let found: Vec<usize> = figures.iter().map(|&figure| classed.of(figure)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn areas_are_shared_out() {
        check(Classes::EqualShares(2), &[1.0, 2.0, 3.0, 4.0], &[0, 0, 1, 1]);
        check(Classes::EqualShares(5), &[7.0, 7.0, 7.0], &[0, 0, 0]);
        check(Classes::Breaks(vec![90.0, 95.0]), &[89.9, 90.0, 95.0], &[0, 1, 2]);
        check(Classes::Deprivation(5), &[1.0, 5.0, 3.0], &[0, 4, 2]);
        check(Classes::EqualShares(5), &[], &[]);
    }

    #[test]
    fn classes_are_named() {
        let classed = Classed::new(&Classes::Breaks(vec![90.0, 95.0]), Darkest::High, &[80.0, 97.0]);
        let words: Vec<String> = (0..3).map(|class| classed.words(class, Unit::Percent)).collect();
        assert_eq!(words, ["80.0% to less than 90.0%", "90.0% to less than 95.0%", "95.0% to 97.0%"]);
        let classed = Classed::new(&Classes::Deprivation(5), Darkest::High, &[]);
        assert_eq!(classed.words(0, Unit::Plain), "1 (most deprived)");
        assert_eq!(classed.shade(0), 0, "the most deprived are darkest whatever was asked");
    }
}
