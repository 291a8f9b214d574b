//! Rates that give no count away.

use vocabulary::{Figure, Withheld};

/// Decimals that a rate is worth at most.
const MOST: i32 = 12;

/// A rate per `multiplier` from an unrounded count.
///
/// `alike` has the counts that are shown as this one is. Where that is only one, the rate is given in full. Otherwise it
/// is rounded to the most decimals with which every count that is shown alike could have given it, so that rate times
/// denominator tells no more than the rounded count; where that leaves nothing worth printing, it is withheld.
pub(super) fn shown(count: u64, alike: (u64, u64), people: u64, multiplier: f64) -> Figure {
    let rate = |count: u64| count as f64 / people as f64 * multiplier;
    if alike.0 == alike.1 {
        return Figure::Value(rate(count));
    }
    for decimals in (-1..=MOST).rev() {
        let unit = 10_f64.powi(-decimals);
        let rounded = (rate(count) / unit).round() * unit;
        // What is printed stands for everything within half a unit of it.
        let covers = |count: u64| (rate(count) - rounded).abs() <= unit / 2.0;
        if rounded > 0.0 && covers(alike.0) && covers(alike.1) {
            // The nearest number with that many decimals.
            let text =
                if decimals > 0 { format!("{rounded:.0$}", decimals as usize) } else { rounded.to_string() };
            return text.parse().map_or(Figure::Withheld(Withheld::Suppressed), Figure::Value);
        }
    }
    Figure::Withheld(Withheld::Suppressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: u64, alike: (u64, u64), people: u64, expected: Option<f64>) {
        assert_eq!(shown(count, alike, people, 100.0).value(), expected, "{count} of {people}");
    }

    #[test]
    fn a_rate_tells_no_more_than_the_count_shown() {
        check(9, (9, 9), 90, Some(10.0));
        // 8 to 12 of 4,000 are 0.2 to 0.3 per cent: one decimal tells them apart, and none makes it zero.
        check(9, (8, 12), 4_000, None);
        // 98 to 102 of 100,000 are all 0.1 per cent.
        check(99, (98, 102), 100_000, Some(0.1));
        // 8 to 12 of 20 are 40 to 60 per cent: nothing so coarse is worth printing.
        check(9, (8, 12), 20, None);
    }
}
