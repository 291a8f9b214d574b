//! What pages and reports may show of the town's own counts.

use vocabulary::{Figure, Withheld};

/// The smallest count of people that may be shown: 5, so that 1 to 4 are withheld (ONS, *Policy on protecting confidentiality in
/// tables of birth and death statistics*, 2018, which NHS England's disclosure rules for local counts follow).
const SMALLEST_SHOWN: f64 = 5.0;

/// A figure as a page or a report may show it. Published sources have been through their publisher's own rules; a town's own
/// counts (source `town`) are withheld where the numerator, or those left out of it, are 1 to 4.
pub(crate) fn shown(
    source: &str,
    numerator: Option<f64>,
    denominator: Option<f64>,
    figure: Figure,
) -> Figure {
    let small = |count: f64| count > 0.0 && count < SMALLEST_SHOWN;
    let rest = numerator.zip(denominator).map(|(n, d)| d - n);
    if source == "town" && (numerator.is_some_and(small) || rest.is_some_and(small)) {
        Figure::Withheld(Withheld::Suppressed)
    } else {
        figure
    }
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
    }
}
