//! The table of measures: one row each, which feeds the command line, its help, the manual and the tests.
//!
//! To add a measure: a file with its function, its [`MeasureEntry`] and its table; a row here; cases from a
//! publication or a peer. The test of this table runs every example and fails for a measure that does not say its
//! source.

use crate::table::MeasureEntry;
use crate::{
    MeasureError, compare, concentration, difference, disclosure, dsr, funnel, gap, groups, indirect,
    life_expectancy, mean, proportion, quantile, rate, slope, trend,
};

/// Every measure, in the order of the manual.
pub const MEASURES: &[MeasureEntry] = &[
    proportion::ENTRY,
    rate::ENTRY,
    mean::ENTRY,
    difference::DIFFERENCE,
    difference::RATIO,
    dsr::ENTRY,
    indirect::RATIO,
    indirect::RATE,
    life_expectancy::LIFE,
    life_expectancy::HEALTHY,
    gap::ABSOLUTE,
    gap::RELATIVE,
    slope::SII,
    slope::RII,
    slope::SCOTTISH,
    concentration::ENTRY,
    concentration::DECOMPOSITION,
    groups::RISK_ENTRY,
    groups::FRACTION_ENTRY,
    groups::THEIL,
    groups::LOG_DEVIATION,
    groups::BETWEEN,
    groups::DISPARITY,
    groups::MEAN_DIFFERENCE,
    trend::ENTRY,
    trend::INEQUALITY,
    quantile::ENTRY,
    compare::ENTRY,
    funnel::SIGNIFICANCE,
    funnel::CURVE,
    disclosure::ENTRY,
];

impl MeasureEntry {
    /// The measure with this name or alias, in capitals or not.
    ///
    /// # Errors
    /// [`MeasureError::Unknown`] with the names there are.
    pub fn named(name: &str) -> Result<&'static MeasureEntry, MeasureError> {
        let known = |entry: &&MeasureEntry| {
            entry.name.eq_ignore_ascii_case(name)
                || entry.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
        };
        MEASURES.iter().find(known).ok_or_else(|| MeasureError::Unknown {
            what: "a measure",
            value: name.to_owned(),
            expected: MEASURES.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", "),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{MOST_COLUMNS, Request};

    /// Equal but for the last digits of numbers, which a processor may round another way.
    fn alike(got: &str, expected: &str) -> bool {
        let cells = |text: &str| text.replace('\n', ",").split(',').map(str::to_owned).collect::<Vec<_>>();
        let (got, expected) = (cells(got), cells(expected));
        got.len() == expected.len()
            && got.iter().zip(&expected).all(|(a, b)| match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(a), Ok(b)) => (a - b).abs() <= 1e-12 * b.abs().max(1e-12),
                _ => a == b,
            })
    }

    #[test]
    fn every_example_comes_out_as_it_says() {
        for entry in MEASURES {
            let mut request = Request::new(entry);
            for (name, value) in entry.example.options {
                request = request.option(name, value);
            }
            let mut output = Vec::new();
            let run = request.run(entry.example.input.as_bytes(), &mut output);
            let output = String::from_utf8(output).unwrap();
            assert!(run.is_ok(), "{}: {}", entry.name, run.unwrap_err());
            assert!(alike(&output, entry.example.output), "{}:\n{output}", entry.name);
        }
    }

    #[test]
    fn every_measure_says_what_it_is() {
        let mut names: Vec<&str> = Vec::new();
        for entry in MEASURES {
            for text in [entry.title, entry.summary, entry.formula, entry.source, entry.peers] {
                assert!(!text.is_empty(), "{}", entry.name);
            }
            assert!(
                entry.columns.len() <= MOST_COLUMNS && entry.columns.iter().any(|column| column.required)
            );
            assert_eq!(MeasureEntry::named(&entry.name.to_uppercase()).unwrap().name, entry.name);
            names.extend(entry.aliases.iter().copied().chain([entry.name]));
        }
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "a name is used twice");
    }
}
