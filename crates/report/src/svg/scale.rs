//! Linear scales with round marks.

/// A linear scale from values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    from: (f64, f64),
    to: (f64, f64),
}

impl Scale {
    /// A scale that takes `from.0` to `to.0` and `from.1` to `to.1`. An empty `from` is widened by one either way.
    pub(crate) fn new(from: (f64, f64), to: (f64, f64)) -> Scale {
        let from = if from.1 > from.0 { from } else { (from.0 - 1.0, from.0 + 1.0) };
        Scale { from, to }
    }

    /// The pixel of a value.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = (value - self.from.0) / (self.from.1 - self.from.0);
        self.to.0 + share * (self.to.1 - self.to.0)
    }
}

/// Round marks that span some values: their step, the first and the last, and the decimals they need.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Marks {
    /// The marks, rising.
    pub(crate) at: Vec<f64>,
    /// How many decimals a mark has to be written with.
    pub(crate) decimals: usize,
}

/// Round marks (steps of 1, 2 or 5 times a power of ten) from at or below `low` to at or above `high`, as near to
/// `count` as such steps allow (Heckbert, Nice numbers for graph labels, Graphics Gems, 1990). Values that
/// are not finite, or equal, are given room.
pub(crate) fn round_marks(low: f64, high: f64, count: usize) -> Marks {
    let (low, high) = roomy(low, high);
    let step = round_step((high - low) / count.max(1) as f64);
    let first = (low / step + 1e-9).floor();
    let last = (high / step - 1e-9).ceil();
    let at = (0..=(last - first) as usize).map(|i| (first + i as f64) * step).collect();
    let decimals = (-step.log10() - 1e-9).ceil().max(0.0) as usize;
    Marks { at, decimals }
}

fn roomy(low: f64, high: f64) -> (f64, f64) {
    match (low.is_finite() && high.is_finite(), high > low) {
        (true, true) => (low, high),
        (true, false) if low == 0.0 => (0.0, 1.0),
        (true, false) => (low - low.abs() * 0.05, low + low.abs() * 0.05),
        (false, _) => (0.0, 1.0),
    }
}

fn round_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let leading = rough / power;
    let round = match leading {
        l if l <= 1.0 + 1e-9 => 1.0,
        l if l <= 2.0 + 1e-9 => 2.0,
        l if l <= 5.0 + 1e-9 => 5.0,
        _ => 10.0,
    };
    round * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(low: f64, high: f64, count: usize, expected: &[f64], decimals: usize) {
        let marks = round_marks(low, high, count);
        assert_eq!(marks.at.len(), expected.len(), "{marks:?}");
        assert!(marks.at.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{marks:?}");
        assert_eq!(marks.decimals, decimals);
    }

    #[test]
    fn marks_are_round_and_span_the_values() {
        check(81.3, 94.2, 4, &[80.0, 85.0, 90.0, 95.0], 0);
        check(0.0, 100.0, 5, &[0.0, 20.0, 40.0, 60.0, 80.0, 100.0], 0);
        check(0.11, 0.34, 4, &[0.1, 0.2, 0.3, 0.4], 1);
        check(0.0, 0.0, 4, &[0.0, 0.5, 1.0], 1);
        check(-3.0, 3.0, 3, &[-4.0, -2.0, 0.0, 2.0, 4.0], 0);
        check(f64::NAN, 1.0, 2, &[0.0, 0.5, 1.0], 1);
        check(1000.0, 1000.0, 2, &[950.0, 1000.0, 1050.0], 0);
    }

    #[test]
    fn scales_run_either_way() {
        let scale = Scale::new((0.0, 10.0), (200.0, 0.0));
        assert_eq!(scale.at(2.5), 150.0);
        assert_eq!(Scale::new((5.0, 5.0), (0.0, 10.0)).at(5.0), 5.0);
    }
}
