//! Indirect standardisation: how many events there were against how many a reference population's rates would give.
//!
//! Breslow and Day 1987, *Statistical Methods in Cancer Research* II, sections 2.3 and 2.5; OHID, Fingertips technical
//! guidance. The limits are those of the observed count: exact below ten, Byar's from ten. The expected count is taken
//! as certain.

use crate::poisson::{self, Known};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Estimate, Events, Levels, MeasureError, Multiplier, Population, Reason, Reliability};

/// Observed over expected events, times `multiplier` (1 or 100).
///
/// # Errors
/// [`Reason::RatioToZero`] when nothing is expected; [`MeasureError::OutOfRange`] for an expectation that is negative.
pub fn standardised_ratio(
    observed: Events,
    expected: f64,
    multiplier: Multiplier,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    if !(expected >= 0.0 && expected.is_finite()) {
        let what = "a number of expected events";
        return Err(MeasureError::OutOfRange { what, value: expected, expected: "zero or more" });
    }
    if expected == 0.0 {
        return Err(Reason::RatioToZero("the events expected").into());
    }
    let x = observed.count();
    let counted = Estimate::new(x, poisson::method(x), levels, |confidence| poisson::limits(x, confidence));
    Ok(counted.times(multiplier.factor() / expected))
}

/// The rate of the reference population times the standardised ratio, per `multiplier`.
///
/// # Errors
/// As [`standardised_ratio`].
pub fn indirectly_standardised_rate(
    observed: Events,
    expected: f64,
    reference: (Events, Population),
    multiplier: Multiplier,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let rate = reference.0.count() / reference.1.size();
    Ok(standardised_ratio(observed, expected, multiplier, levels)?.times(rate))
}

const COLUMNS: &[Column] = &[
    Column::count("events", "the events observed, by stratum or in one row with zeros in the others"),
    Column::count("population", "the people of the stratum"),
    Column::count("reference_events", "the events of the stratum in the reference population"),
    Column::size("reference_population", "the people of the stratum in the reference population"),
    Column::label("age", "what tells the strata of a group apart").optional(),
];

const INPUT: &str = "area,age,events,population,reference_events,reference_population\nA,0-64,12,4000,2000,1000000\n\
                     A,65+,30,900,8000,250000\n";
const SOURCE: &str = "Breslow and Day 1987, Statistical Methods in Cancer Research II, sections 2.3 and 2.5";
const PEERS: &str = "calculate_ISRatio, calculate_ISRate, ph_ISRatio and ph_ISRate: the same values and limits. They take a missing \
                     count for zero; ph_ISRatio and ph_ISRate stop with an error at 0 observed events.";

pub(crate) const RATIO: MeasureEntry = MeasureEntry {
    name: "standardised-ratio",
    aliases: &["smr", "indirectly-standardised-ratio"],
    title: "Indirectly standardised ratio",
    summary: "Events observed against those expected at the rates of a reference population (SMR)",
    formula: "O/E × multiplier with E = Σ nᵢ Xᵢ/Nᵢ; limits of O exact below 10, Byar's from 10",
    source: SOURCE,
    peers: PEERS,
    columns: COLUMNS,
    options: &[
        OptionEntry {
            name: "multiplier",
            default: "1",
            what: "1, or 100 for a ratio in which 100 is as expected",
        },
        crate::reliability::OPTION,
    ],
    shape: Shape { labels: &[], estimate: true, after: &["observed", "expected"] },
    example: Example {
        options: &[],
        input: INPUT,
        output: "area,value,lower95,upper95,lower998,upper998,observed,expected,method,note\n\
                 A,1.1413043478260871,0.8224651409750808,1.5427510527291877,0.6726218535975607,1.7980591728801583,42,36.8,Byar's,\n",
    },
    run: crate::table::run::<Table<false>>,
};

pub(crate) const RATE: MeasureEntry = MeasureEntry {
    name: "indirect-rate",
    aliases: &["isr", "indirectly-standardised-rate"],
    title: "Indirectly standardised rate",
    summary: "The reference population's rate times events observed over expected",
    formula: "O/E × ΣX/ΣN × multiplier",
    source: SOURCE,
    peers: PEERS,
    columns: COLUMNS,
    options: &[
        OptionEntry { name: "multiplier", default: "100000", what: "what the rate is per" },
        crate::reliability::OPTION,
    ],
    shape: Shape { labels: &[], estimate: true, after: &["observed", "expected"] },
    example: Example {
        options: &[],
        input: INPUT,
        output: "area,value,lower95,upper95,lower998,upper998,observed,expected,method,note\n\
                 A,913.0434782608697,657.9721127800647,1234.2008421833502,538.0974828780486,1438.4473383041268,42,36.8,Byar's,\n",
    },
    run: crate::table::run::<Table<true>>,
};

#[derive(Default)]
struct Sums {
    observed: f64,
    expected: f64,
    reference_events: f64,
    reference_population: f64,
}

struct Table<const AS_RATE: bool> {
    multiplier: Multiplier,
    levels: Levels,
    known: Known,
    reliability: Reliability,
}

impl<const AS_RATE: bool> Measure for Table<AS_RATE> {
    type State = Sums;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let levels = *setup.levels();
        Ok(Table {
            multiplier: setup.multiplier()?,
            levels,
            known: Known::new(levels),
            reliability: Reliability::of(setup)?,
        })
    }

    fn add(&mut self, state: &mut Sums, cells: &Cells) -> Result<(), Fault> {
        state.observed += cells.number(0);
        state.expected += cells.number(1) * cells.number(2) / cells.number(3);
        state.reference_events += cells.number(2);
        state.reference_population += cells.number(3);
        Ok(())
    }

    fn answer(&mut self, sums: &mut Sums, answers: &mut Answers) -> Result<(), MeasureError> {
        if sums.expected == 0.0 {
            return Err(Reason::RatioToZero("the events expected").into());
        }
        let x = sums.observed;
        let rate = if AS_RATE { sums.reference_events / sums.reference_population } else { 1.0 };
        let counted =
            Estimate::new(x, poisson::method(x), &self.levels, |confidence| self.known.limits(x, confidence));
        let estimate = counted.times(self.multiplier.factor() / sums.expected * rate);
        let estimate = self.reliability.apply_to(x, estimate)?;
        answers.begin(&[]);
        answers.figures(&estimate);
        answers.figure(x);
        answers.figure(sums.expected);
        answers.end_with(&estimate);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Confidence;

    fn check(observed: f64, expected: f64, value: f64, lower: f64, upper: f64) {
        let observed = Events::new(observed).unwrap();
        let ratio = standardised_ratio(observed, expected, Multiplier::ONE, &Levels::STANDARD).unwrap();
        let interval = ratio.interval(Confidence::P95).unwrap();
        for (got, wanted) in [(ratio.value(), value), (interval.lower, lower), (interval.upper, upper)] {
            assert!((got - wanted).abs() < 6e-3, "{got} {wanted}");
        }
    }

    // Breslow and Day 1987, table 2.10 and text: 24 deaths where 15.5 were expected; 5 where 3.2 were.
    #[test]
    fn ratios_have_the_limits_of_their_count() {
        check(24.0, 15.5, 1.548, 0.99, 2.30);
        check(5.0, 3.2, 1.5625, 0.51, 3.65);
        check(0.0, 2.0, 0.0, 0.0, 1.84);
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        let none = standardised_ratio(Events::new(3.0).unwrap(), 0.0, Multiplier::ONE, &Levels::STANDARD);
        assert_eq!(none.unwrap_err().reason(), Some(Reason::RatioToZero("the events expected")));
    }
}
