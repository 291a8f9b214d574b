//! A proportion with Wilson's score interval.
//!
//! Wilson 1927, *Journal of the American Statistical Association* 22: 209-212; Newcombe and Altman 2000, in
//! *Statistics with Confidence*, 2nd edition, pages 46-48. It never leaves 0 to 1 and holds for 0 and for all events,
//! where the normal interval has no width.

use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Confidence, Estimate, Events, Levels, MeasureError, Multiplier, Population};

const METHOD: &str = "Wilson score";

/// Events as a share of a population, from 0 to 1.
///
/// # Errors
/// [`MeasureError::MoreEventsThanPeople`].
pub fn proportion(events: Events, population: Population, levels: &Levels) -> Result<Estimate, MeasureError> {
    let (x, n) = (events.count(), population.size());
    if x > n {
        return Err(MeasureError::MoreEventsThanPeople { events: x, population: n });
    }
    Ok(of(x, n, levels))
}

fn of(x: f64, n: f64, levels: &Levels) -> Estimate {
    Estimate::new(x / n, METHOD, levels, |confidence| wilson(x, n, confidence))
}

/// Wilson's limits of x among n.
pub(crate) fn wilson(x: f64, n: f64, confidence: Confidence) -> (f64, f64) {
    let z = confidence.z();
    let z2 = z * z;
    let middle = 2.0 * x + z2;
    let spread = z * (z2 + 4.0 * x * (1.0 - x / n)).sqrt();
    let scale = 2.0 * (n + z2);
    // Exactly 0 and 1 at the ends, where the subtraction may leave a last bit.
    let lower = if x == 0.0 { 0.0 } else { (middle - spread) / scale };
    let upper = if x == n { 1.0 } else { (middle + spread) / scale };
    (lower, upper)
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "proportion",
    aliases: &["percentage", "prevalence"],
    title: "Proportion",
    summary: "Events as a share of people, with Wilson score intervals",
    formula: "p = x/n; limits (2x + z² ± z√(z² + 4x(1 − p))) / 2(n + z²)",
    source: "Wilson 1927, J Am Stat Assoc 22: 209-212; Newcombe and Altman 2000, Statistics with Confidence, pages 46-48",
    peers: "phe_proportion (PHEindicatormethods) and ph_proportion (phstatsmethods): the same. Rows of one group are added \
            up first, as they do.",
    columns: &[
        Column::count("events", "the people or things counted"),
        Column::size("population", "how many there are in all"),
    ],
    options: &[OptionEntry { name: "multiplier", default: "1", what: "100 for a percentage" }],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[("multiplier", "100")],
        input: "area,events,population\nE06000032,2837,3301\n",
        output: "area,value,lower95,upper95,lower998,upper998,method,note\n\
                 E06000032,85.94365343835202,84.71614386172148,87.08760314303758,83.97035241346885,87.70958997693793,Wilson score,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    multiplier: Multiplier,
    levels: Levels,
}

impl Measure for Table {
    type State = (f64, f64);

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        Ok(Table { multiplier: setup.multiplier()?, levels: *setup.levels() })
    }

    fn add(&mut self, state: &mut (f64, f64), cells: &Cells) -> Result<(), Fault> {
        let (events, population) = (cells.number(0), cells.number(1));
        if events > population {
            return Err(Fault::of(0, MeasureError::MoreEventsThanPeople { events, population }));
        }
        *state = (state.0 + events, state.1 + population);
        Ok(())
    }

    fn answer(
        &mut self,
        &mut (events, population): &mut (f64, f64),
        answers: &mut Answers,
    ) -> Result<(), MeasureError> {
        answers.estimate(&of(events, population, &self.levels).times(self.multiplier.factor()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(events: f64, population: f64, lower: f64, upper: f64) {
        let estimate =
            proportion(Events::new(events).unwrap(), Population::new(population).unwrap(), &Levels::STANDARD)
                .unwrap();
        let interval = estimate.interval(Confidence::P95).unwrap();
        assert!(
            (interval.lower - lower).abs() < 6e-5 && (interval.upper - upper).abs() < 6e-5,
            "{interval:?}"
        );
        assert_eq!(estimate.method(), "Wilson score");
    }

    // Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3.
    #[test]
    fn limits_are_those_of_newcombe() {
        check(81.0, 263.0, 0.2553, 0.3662);
        check(15.0, 148.0, 0.0624, 0.1605);
        check(0.0, 20.0, 0.0, 0.1611);
        check(1.0, 29.0, 0.0061, 0.1718);
    }

    #[test]
    fn there_are_no_more_events_than_people() {
        let refused = proportion(Events::new(3.0).unwrap(), Population::new(2.0).unwrap(), &Levels::STANDARD);
        assert_eq!(refused, Err(MeasureError::MoreEventsThanPeople { events: 3.0, population: 2.0 }));
    }
}
