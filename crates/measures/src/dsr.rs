//! A directly standardised rate: what the rate would be if the population had the ages of a standard one.
//!
//! Dobson and others 1991, *Statistics in Medicine* 10: 457-462, on Byar's limits of the total count (Breslow and Day
//! 1987, *Statistical Methods in Cancer Research* II, section 2.3), as OHID's technical guidance has it. Below ten
//! events no rate is given. Where one person may have the event more than once, the variance counts people by how
//! often they had it (OHID, Fingertips technical guidance, directly standardised rates: non-independent events).
//!
//! A band in which nobody lives counts as a band without events, with its weight: the alternative, dropping its
//! weight, would lend it the average of the other ages. The peers refuse the whole area. Events among nobody are
//! refused here too.

mod table;

pub(crate) use table::ENTRY;

use crate::estimate::Note;
use crate::{Estimate, Levels, MeasureError, Multiplier, Reason, poisson};

/// One band of age: events, people, and people of the standard population.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Band {
    /// How many events.
    pub events: f64,
    /// How many people or person-years.
    pub population: f64,
    /// How many people of this age the standard population has.
    pub standard: f64,
}

/// People of one band of age who had the event a number of times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repeated {
    /// Which of the bands they belong to, by place.
    pub band: usize,
    /// How often each of them had it.
    pub times: f64,
    /// How many of them there are.
    pub people: f64,
}

/// The fewest events for which a rate is given.
pub(crate) const LEAST: f64 = 10.0;
const METHOD: &str = "Dobson";
const METHOD_REPEATED: &str = "Dobson for events that are not independent";

/// The rate of the bands together, per `multiplier`.
///
/// # Errors
/// [`Reason::FewEvents`] below ten events; [`MeasureError::OutOfRange`] for a negative number, for events in a band
/// without people, and for a standard population of nobody.
pub fn dsr(bands: &[Band], multiplier: Multiplier, levels: &Levels) -> Result<Estimate, MeasureError> {
    let mut sums = Sums::default();
    for band in bands {
        check(band)?;
        sums.add(band.events, band.population, band.standard);
    }
    sums.estimate(multiplier, levels)
}

/// The rate of events that one person may have more than once. The events of the bands are not used: they are those
/// of the people in `repeated`.
///
/// # Errors
/// As [`dsr`]; [`MeasureError::OutOfRange`] also for a band that is not there.
pub fn dsr_of_repeated(
    bands: &[Band],
    repeated: &[Repeated],
    multiplier: Multiplier,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let mut bands: Vec<Band> = bands.iter().map(|band| Band { events: 0.0, ..*band }).collect();
    let mut variance = 0.0;
    for group in repeated {
        let Some(band) = bands.get_mut(group.band) else {
            let (what, expected) = ("a place of a band", "the place of a band that is given");
            return Err(MeasureError::OutOfRange { what, value: group.band as f64, expected });
        };
        for (what, value) in [("a number of events", group.times), ("a number of people", group.people)] {
            if !(value >= 0.0 && value.is_finite()) {
                return Err(MeasureError::OutOfRange { what, value, expected: "zero or more" });
            }
        }
        band.events += group.times * group.people;
        if band.population > 0.0 {
            variance += group.times.powi(2) * group.people * (band.standard / band.population).powi(2);
        }
    }
    let mut sums = Sums::default();
    for band in &bands {
        check(band)?;
        sums.add(band.events, band.population, band.standard);
    }
    sums.repeated(variance).estimate(multiplier, levels)
}

fn check(band: &Band) -> Result<(), MeasureError> {
    for (what, value) in [
        ("a number of events", band.events),
        ("a population", band.population),
        ("a standard population", band.standard),
    ] {
        if !(value >= 0.0 && value.is_finite()) {
            return Err(MeasureError::OutOfRange { what, value, expected: "zero or more" });
        }
    }
    if band.population == 0.0 && band.events > 0.0 {
        let (what, expected) = ("a number of events in a band without people", "none");
        return Err(MeasureError::OutOfRange { what, value: band.events, expected });
    }
    Ok(())
}

/// What a rate needs of its bands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sums {
    events: f64,
    standard: f64,
    weighted: f64,
    squares: f64,
    empty: usize,
    not_independent: bool,
}

impl Sums {
    /// Takes in a band that was checked.
    #[inline]
    pub fn add(&mut self, events: f64, population: f64, standard: f64) {
        self.standard += standard;
        if population == 0.0 {
            self.empty += 1;
            return;
        }
        let weight = standard / population;
        self.events += events;
        self.weighted += events * weight;
        self.squares += events * weight * weight;
    }

    /// The same with the variance of events that are not independent.
    pub fn repeated(self, squares: f64) -> Sums {
        Sums { squares, not_independent: true, ..self }
    }

    #[inline]
    pub fn estimate(&self, multiplier: Multiplier, levels: &Levels) -> Result<Estimate, MeasureError> {
        if self.standard <= 0.0 {
            let what = "a standard population in all";
            return Err(MeasureError::OutOfRange { what, value: self.standard, expected: "more than zero" });
        }
        if self.events < LEAST {
            return Err(Reason::FewEvents { events: self.events, least: LEAST }.into());
        }
        let scale = multiplier.factor() / self.standard;
        let value = self.weighted * scale;
        let step = (self.squares / self.events).sqrt() * scale;
        let method = if self.not_independent { METHOD_REPEATED } else { METHOD };
        let estimate = Estimate::new(value, method, levels, |confidence| {
            let (lower, upper) = poisson::byar(self.events, confidence);
            (value + step * (lower - self.events), value + step * (upper - self.events))
        });
        Ok(if self.empty > 0 { estimate.with_note(Note::EmptyBands(self.empty)) } else { estimate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Confidence, StandardPopulation};

    fn bands(events: &[f64], population: &[f64]) -> Vec<Band> {
        let standard = StandardPopulation::esp2013().bands();
        let row = |((&events, &population), &(_, standard))| Band { events, population, standard };
        events.iter().zip(population).zip(standard).map(row).collect()
    }

    fn check(estimate: &Estimate, value: f64, lower: f64, upper: f64) {
        let interval = estimate.interval(Confidence::P95).unwrap();
        for (got, expected) in [(estimate.value(), value), (interval.lower, lower), (interval.upper, upper)] {
            assert!((got - expected).abs() < 1e-9 * expected, "{got} {expected}");
        }
    }

    const EVENTS: [f64; 19] = [
        0.0, 1.0, 0.0, 2.0, 3.0, 1.0, 4.0, 6.0, 5.0, 9.0, 12.0, 15.0, 22.0, 30.0, 41.0, 50.0, 61.0, 44.0,
        25.0,
    ];
    const PEOPLE: [f64; 19] = [
        1200.0, 1250.0, 1180.0, 1100.0, 1300.0, 1400.0, 1350.0, 1280.0, 1210.0, 1150.0, 1190.0, 1120.0,
        1010.0, 930.0, 810.0, 640.0, 450.0, 260.0, 110.0,
    ];

    // Expected from ph_dsr of phstatsmethods 0.1.16.
    #[test]
    fn rates_are_those_of_the_peer() {
        let rate = dsr(&bands(&EVENTS, &PEOPLE), Multiplier::PER_100_000, &Levels::STANDARD).unwrap();
        check(&rate, PEER[0], PEER[1], PEER[2]);
    }

    const PEER: [f64; 3] = [2_019.660_276_550_676_4, 1_805.554_738_786_476_3, 2_251.950_934_153_069_3];

    // With each event in a person of its own the two methods are one; with more, only the limits widen.
    #[test]
    fn repeated_events_widen_the_limits() {
        let bands = bands(&EVENTS, &PEOPLE);
        let once: Vec<Repeated> =
            EVENTS.iter().enumerate().map(|(band, &people)| Repeated { band, times: 1.0, people }).collect();
        let twice: Vec<Repeated> =
            once.iter().map(|group| Repeated { times: 2.0, people: group.people / 2.0, ..*group }).collect();
        let (per, levels) = (Multiplier::PER_100_000, Levels::one(Confidence::P95));
        let plain = dsr(&bands, per, &levels).unwrap();
        let same = dsr_of_repeated(&bands, &once, per, &levels).unwrap();
        let wider = dsr_of_repeated(&bands, &twice, per, &levels).unwrap();
        check(&same, plain.value(), plain.intervals()[0].lower, plain.intervals()[0].upper);
        assert!((wider.value() - plain.value()).abs() < 1e-9);
        // The variance doubles, so the limits are √2 times as far away.
        let reach = |estimate: &Estimate| estimate.intervals()[0].upper - estimate.value();
        assert!((reach(&wider) / reach(&plain) - 2.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn few_events_are_not_given() {
        let few = [0.5; 19];
        let reason = dsr(&bands(&few, &PEOPLE), Multiplier::ONE, &Levels::STANDARD).unwrap_err().reason();
        assert_eq!(reason, Some(Reason::FewEvents { events: 9.5, least: 10.0 }));
    }

    #[test]
    fn a_band_without_people_is_no_error_but_events_in_it_are() {
        let (mut events, mut people) = (EVENTS, PEOPLE);
        (events[18], people[18]) = (0.0, 0.0);
        let rate = dsr(&bands(&events, &people), Multiplier::PER_100_000, &Levels::STANDARD).unwrap();
        assert_eq!(rate.note(), Some(Note::EmptyBands(1)));
        events[18] = 1.0;
        assert!(dsr(&bands(&events, &people), Multiplier::PER_100_000, &Levels::STANDARD).is_err());
    }
}
