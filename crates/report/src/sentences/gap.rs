//! The gap between the most and the least deprived, now and then.

use vocabulary::{Period, Polarity};

use crate::figures::Unit;

/// The size of the gap in one period, with its 95% interval. Signed: whichever way round it is taken, it is taken so
/// in both periods. The bounds are in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    period: Period,
    size: f64,
    lower: f64,
    upper: f64,
}

impl Gap {
    /// A gap of `size` with its interval. `None` unless `lower` ≤ `size` ≤ `upper` and all are finite.
    pub fn new(period: Period, size: f64, lower: f64, upper: f64) -> Option<Gap> {
        let finite = [size, lower, upper].iter().all(|number| number.is_finite());
        (finite && lower <= size && size <= upper).then_some(Gap { period, size, lower, upper })
    }

    /// The gap seen from its other side.
    fn turned(self) -> Gap {
        Gap { size: -self.size, lower: -self.upper, upper: -self.lower, ..self }
    }
}

/// The gap now, and what it is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct GapFacts {
    /// Between whom: `the most and the least deprived fifths`.
    pub between: String,
    /// Which way the figures are better. A gap is the least deprived's figure less the most deprived's, so this says who is
    /// better off.
    pub polarity: Polarity,
    /// Now.
    pub now: Gap,
    /// Then; `None` where there is no earlier figure.
    pub then: Option<Gap>,
}

/// What may be said of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GapVerdict {
    /// It has narrowed.
    Narrowed,
    /// It has widened.
    Widened,
    /// It has turned round: those who were worse off are now better off.
    Reversed,
    /// The difference between then and now is within what chance explains.
    NoEvidence,
    /// There is nothing to hold it against.
    NotCompared,
}

impl GapVerdict {
    /// Every verdict.
    pub const ALL: [GapVerdict; 5] = [
        GapVerdict::Narrowed,
        GapVerdict::Widened,
        GapVerdict::Reversed,
        GapVerdict::NoEvidence,
        GapVerdict::NotCompared,
    ];
}

impl GapFacts {
    /// What the intervals show: a change is a change when the 95% interval of the difference between the two gaps leaves
    /// out zero. That interval comes from the two gaps' own (the method of variance estimates recovery: Zou and
    /// Donner, Construction of confidence limits about effect measures, Statistics in Medicine 27, 2008,
    /// equation 4), which needs neither to be symmetric. Waiting for the two intervals not to overlap was
    /// rejected: it misses changes that are there.
    pub fn verdict(&self) -> GapVerdict {
        let Some(then) = self.then else { return GapVerdict::NotCompared };
        let (then, now) = if then.size < 0.0 { (then.turned(), self.now.turned()) } else { (then, self.now) };
        let difference = now.size - then.size;
        let below = (now.size - now.lower).hypot(then.upper - then.size);
        let above = (now.upper - now.size).hypot(then.size - then.lower);
        if difference - below > 0.0 {
            GapVerdict::Widened
        } else if difference + above >= 0.0 {
            GapVerdict::NoEvidence
        } else if now.upper < 0.0 {
            GapVerdict::Reversed
        } else {
            GapVerdict::Narrowed
        }
    }

    /// The gap in a sentence or two. Sizes are in the indicator's unit; those of a percentage in percentage points.
    pub fn sentence(&self, unit: Unit) -> String {
        let unit = if unit == Unit::Percent { Unit::PercentagePoints } else { unit };
        let write = |gap: Gap| {
            let gap = if gap.size < 0.0 { gap.turned() } else { gap };
            unit.with_interval(gap.size, gap.lower, gap.upper)
        };
        let now = self.now;
        let is_clear = now.lower > 0.0 || now.upper < 0.0;
        let mut words = match is_clear {
            true => format!(
                "The gap between {} was {} in {}: {}.",
                self.between,
                write(now),
                now.period,
                self.standing(now)
            ),
            false => format!(
                "There was no clear gap between {} in {}: {}, which chance alone could give.",
                self.between,
                now.period,
                write(now)
            ),
        };
        let Some(then) = self.then else { return words };
        let before = format!("{} in {}", write(then), then.period);
        let compared = match self.verdict() {
            GapVerdict::Narrowed => format!(" It has narrowed from {before}."),
            GapVerdict::Widened => format!(" It has widened from {before}."),
            GapVerdict::Reversed => {
                format!(" It has turned round since {}: then it was {}.", then.period, write(then))
            }
            _ => format!(
                " Beside {before} there is no evidence of change: the difference is no more than chance explains."
            ),
        };
        words.push_str(&compared);
        words
    }

    /// On which side of a clear gap the most deprived stand.
    fn standing(&self, gap: Gap) -> &'static str {
        match (self.polarity, gap.size > 0.0) {
            (Polarity::HighIsGood, true) | (Polarity::LowIsGood, false) => "the most deprived were worse off",
            (Polarity::HighIsGood, false) | (Polarity::LowIsGood, true) => {
                "the most deprived were better off"
            }
            (Polarity::NotSet, true) => "the most deprived had the lower figure",
            (Polarity::NotSet, false) => "the most deprived had the higher figure",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gap(period: &str, size: f64, either_side: f64) -> Gap {
        Gap::new(period.parse().unwrap(), size, size - either_side, size + either_side).unwrap()
    }

    fn facts(now: (f64, f64), then: Option<(f64, f64)>) -> GapFacts {
        GapFacts {
            between: "the most and the least deprived fifths".to_owned(),
            polarity: Polarity::HighIsGood,
            now: gap("2025 Q1", now.0, now.1),
            then: then.map(|(size, side)| gap("2020 Q1", size, side)),
        }
    }

    fn check(now: (f64, f64), then: Option<(f64, f64)>, expected: GapVerdict) {
        let facts = facts(now, then);
        assert_eq!(facts.verdict(), expected);
        let words = facts.sentence(Unit::Percent);
        for (verdict, claim) in [
            (GapVerdict::Narrowed, "narrowed"),
            (GapVerdict::Widened, "widened"),
            (GapVerdict::Reversed, "turned round"),
            (GapVerdict::NoEvidence, "no evidence of change"),
        ] {
            assert_eq!(words.contains(claim), verdict == expected, "{words}");
        }
        assert_eq!(words.contains("no clear gap"), now.0.abs() <= now.1, "{words}");
    }

    #[test]
    fn every_verdict_is_said_and_no_other() {
        check((8.0, 2.0), Some((16.0, 3.0)), GapVerdict::Narrowed);
        check((16.0, 2.0), Some((8.0, 3.0)), GapVerdict::Widened);
        check((-8.0, 2.0), Some((8.0, 3.0)), GapVerdict::Reversed);
        check((8.0, 2.0), Some((-8.0, 3.0)), GapVerdict::Reversed);
        check((10.0, 3.0), Some((12.0, 3.0)), GapVerdict::NoEvidence);
        check((1.0, 3.0), Some((12.0, 3.0)), GapVerdict::Narrowed);
        check((1.0, 3.0), Some((2.0, 3.0)), GapVerdict::NoEvidence);
        check((10.0, 3.0), None, GapVerdict::NotCompared);
        check((0.5, 3.0), None, GapVerdict::NotCompared);
    }

    #[test]
    fn a_gap_is_the_same_from_either_side() {
        check((-8.0, 2.0), Some((-16.0, 3.0)), GapVerdict::Narrowed);
        check((-16.0, 2.0), Some((-8.0, 3.0)), GapVerdict::Widened);
        let words = facts((-8.0, 2.0), Some((-16.0, 3.0))).sentence(Unit::Percent);
        assert_eq!(
            words,
            "The gap between the most and the least deprived fifths was 8.0 percentage points (6.0 to 10.0) in January to March 2025: the most deprived were better off. It has narrowed from 16.0 percentage points (13.0 to 19.0) in January to March 2020."
        );
    }

    #[test]
    fn who_is_better_off_is_said_of_a_clear_gap_alone() {
        for (polarity, size, words) in [
            (Polarity::HighIsGood, 8.0, "the most deprived were worse off"),
            (Polarity::HighIsGood, -8.0, "the most deprived were better off"),
            (Polarity::LowIsGood, 8.0, "the most deprived were better off"),
            (Polarity::LowIsGood, -8.0, "the most deprived were worse off"),
            (Polarity::NotSet, 8.0, "the most deprived had the lower figure"),
            (Polarity::NotSet, -8.0, "the most deprived had the higher figure"),
        ] {
            let clear = GapFacts { polarity, ..facts((size, 2.0), None) };
            assert!(clear.sentence(Unit::Percent).contains(words));
            let unclear = GapFacts { polarity, ..facts((size / 8.0, 2.0), None) };
            assert!(
                !unclear.sentence(Unit::Percent).contains("were "),
                "{}",
                unclear.sentence(Unit::Percent)
            );
        }
    }

    // Two differences of independent proportions by the closed form: 0.1 and 0.2 with standard errors of 0.03 differ by
    // 0.1, standard error 0.0424, so z = 2.36; with 0.04 it is 1.77.
    #[test]
    fn the_boundary_is_that_of_the_closed_form() {
        check((10.0, 1.96 * 3.0), Some((20.0, 1.96 * 3.0)), GapVerdict::Narrowed);
        check((10.0, 1.96 * 4.0), Some((20.0, 1.96 * 4.0)), GapVerdict::NoEvidence);
    }

    #[test]
    fn a_gap_outside_its_interval_is_none() {
        let period = "2025 Q1".parse().unwrap();
        assert_eq!(Gap::new(period, 5.0, 6.0, 7.0), None);
        assert_eq!(Gap::new(period, f64::NAN, 6.0, 7.0), None);
    }

    proptest! {
        #[test]
        fn a_change_is_claimed_only_beyond_what_the_wider_interval_covers(
            now in -50.0..50.0f64, then in -50.0..50.0f64, a in 0.1..20.0f64, b in 0.1..20.0f64,
        ) {
            let verdict = facts((now, a), Some((then, b))).verdict();
            let claimed = matches!(verdict, GapVerdict::Narrowed | GapVerdict::Widened | GapVerdict::Reversed);
            prop_assert!(!claimed || (now - then).abs() > a.max(b));
            prop_assert!(claimed || (now - then).abs() <= a + b);
        }
    }
}
