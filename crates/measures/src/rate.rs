//! A crude rate with Poisson limits: exact below ten events, Byar's from ten.

use crate::poisson::{self, Known};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Estimate, Events, Levels, MeasureError, Multiplier, Population, Reliability};

/// Events per `multiplier` of the population or the person-years that they happened in.
///
/// No events give a rate of zero with an upper limit, where `phstatsmethods` stops with an error.
pub fn rate(events: Events, population: Population, multiplier: Multiplier, levels: &Levels) -> Estimate {
    let (x, n) = (events.count(), population.size());
    Estimate::new(x / n, poisson::method(x), levels, |confidence| {
        let (lower, upper) = poisson::limits(x, confidence);
        (lower / n, upper / n)
    })
    .times(multiplier.factor())
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "rate",
    aliases: &["crude-rate"],
    title: "Crude rate",
    summary: "Events per 100,000 people or person-years, with Poisson intervals",
    formula: "x/n × multiplier; limits of x exact below 10 events (gamma quantiles), Byar's approximation from 10",
    source: "Breslow and Day 1987, Statistical Methods in Cancer Research II, section 2.3; Armitage and Berry 2002 for the exact limits",
    peers: "phe_rate: the same. ph_rate of phstatsmethods stops with an error at 0 events, and its byars() takes 1 − confidence \
            for the confidence; here 0 events have a rate of 0 with an exact upper limit.",
    columns: &[
        Column::count("events", "the events counted"),
        Column::size("population", "people or person-years"),
    ],
    options: &[
        OptionEntry { name: "multiplier", default: "100000", what: "what the rate is per" },
        crate::reliability::OPTION,
    ],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[],
        input: "area,events,population\nA,0,5000\nB,120,48000\n",
        output: "area,value,lower95,upper95,lower998,upper998,method,note\n\
                 A,0,0,73.77758908227871,0,138.15510557964274,exact Poisson,\n\
                 B,250,207.27131584503795,298.94095927929,185.32977641068422,328.9098844258891,Byar's,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    multiplier: Multiplier,
    levels: Levels,
    known: Known,
    reliability: Reliability,
}

impl Measure for Table {
    type State = (f64, f64);

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let levels = *setup.levels();
        Ok(Table {
            multiplier: setup.multiplier()?,
            levels,
            known: Known::new(levels),
            reliability: Reliability::of(setup)?,
        })
    }

    fn add(&mut self, state: &mut (f64, f64), cells: &Cells) -> Result<(), Fault> {
        *state = (state.0 + cells.number(0), state.1 + cells.number(1));
        Ok(())
    }

    fn answer(&mut self, &mut (x, n): &mut (f64, f64), answers: &mut Answers) -> Result<(), MeasureError> {
        let scale = self.multiplier.factor() / n;
        let limits = |confidence| self.known.limits(x, confidence);
        let estimate = Estimate::new(x, poisson::method(x), &self.levels, limits).times(scale);
        answers.estimate(&self.reliability.apply_to(x, estimate)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Confidence;

    fn check(events: f64, population: f64, per: f64, expected: (f64, f64, f64), method: &str) {
        let (events, population) = (Events::new(events).unwrap(), Population::new(population).unwrap());
        let estimate = rate(events, population, Multiplier::new(per).unwrap(), &Levels::STANDARD);
        let interval = estimate.interval(Confidence::P95).unwrap();
        for (got, wanted) in
            [(estimate.value(), expected.0), (interval.lower, expected.1), (interval.upper, expected.2)]
        {
            assert!((got - wanted).abs() < 0.006, "{got} {wanted}");
        }
        assert_eq!(estimate.method(), method);
    }

    // Exact: Armitage and Berry, section 5.2: 33 events; R's epitools::pois.exact for the small counts.
    #[test]
    fn limits_follow_the_number_of_events() {
        check(0.0, 1000.0, 1000.0, (0.0, 0.0, 3.69), "exact Poisson");
        check(4.0, 1000.0, 1000.0, (4.0, 1.09, 10.24), "exact Poisson");
        check(9.0, 1000.0, 1000.0, (9.0, 4.12, 17.08), "exact Poisson");
        check(100.0, 1000.0, 1000.0, (100.0, 81.36, 121.63), "Byar's");
    }
}
