//! What pages and reports may show of a source's figures: the disclosure policy of that source.

use measures::Policy;
use vocabulary::Figure;

/// A figure as a page or a report may show it: withheld where its numerator, or those left out of it, are so few that the
/// policy of the source withholds them (`crates/measures/data/disclosure.toml`). Published sources have been through their
/// publisher's own rules; a source without a policy of its own is held to that of the town's own counts.
pub(crate) fn shown(
    source: &str,
    numerator: Option<f64>,
    denominator: Option<f64>,
    figure: Figure,
) -> Figure {
    Policy::of_source(source).shown(numerator, denominator, figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, numerator: f64, denominator: f64, withheld: bool) {
        let figure = shown(source, Some(numerator), Some(denominator), Figure::Value(1.0));
        assert_eq!(figure.value().is_none(), withheld, "{source} {numerator}/{denominator}");
    }

    #[test]
    fn small_counts_of_the_town_are_withheld() {
        check("town", 4.0, 100.0, true);
        check("town", 5.0, 100.0, false);
        check("town", 0.0, 100.0, false);
        check("town", 97.0, 100.0, true);
        check("town", 100.0, 100.0, false);
        check("cover", 3.0, 100.0, false);
        check("fingertips", 3.0, 100.0, false);
        check("deprivation", 3.0, 100.0, false);
        check("a survey of our own", 3.0, 100.0, true);
    }
}
