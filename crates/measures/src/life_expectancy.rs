//! Life expectancy from an abridged life table, and healthy life expectancy from one with a share in good health.
//!
//! Chiang's second method (1968, *Introduction to Stochastic Processes in Biostatistics*, pages 189-214) with the
//! variance of Silcocks and others (2001, *Journal of Epidemiology and Community Health* 55: 38-43), who give the last
//! interval its part; the choices of OHID's life expectancy calculator: those who die in the first year live a tenth
//! of it, others half of their interval; nothing is given below 5,000 person-years (Toson and Baker 2003, *National
//! Statistics Methodological Series* 33), without people in every band, without a death in the last one, or where the
//! 95% interval is wider than 20 years. Healthy years: Sullivan 1971, *HSMHA Health Reports* 86: 347-354, with the
//! variance of Jagger and others 2014, *Health Expectancy Calculation by the Sullivan Method*, 4th edition, which is
//! that of the share in good health alone, as ONS takes it; that of mortality is small beside it.
//!
//! Bands are told by where they begin; any will do, and the last is open: 85+ and 90+ both work.

mod table;

pub(crate) use table::{HEALTHY, LIFE};

use crate::{Confidence, Estimate, Levels, MeasureError, Reason};

/// A band of age of a life table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LifeBand {
    /// The age at which it begins, in years.
    pub start: f64,
    /// How many died.
    pub deaths: f64,
    /// Among how many person-years.
    pub population: f64,
}

/// The share in good health of a band of age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Health {
    /// The share in good health, from 0 to 1.
    pub share: f64,
    /// How many people were asked; infinite for a share that is certain.
    pub asked: f64,
}

/// A finished life table. Its expectancies are asked for band by band.
#[derive(Debug, Clone, PartialEq)]
pub struct LifeTable {
    starts: Vec<f64>,
    /// How many of 100,000 reach the band, and the years that they live in it.
    survivors: Vec<f64>,
    years: Vec<f64>,
    expectancy: Vec<f64>,
    variance: Vec<f64>,
}

/// The fewest person-years.
pub(crate) const LEAST: f64 = 5_000.0;
const WIDEST: f64 = 20.0;
const METHOD: &str = "Chiang II with Silcocks' variance";
const METHOD_HEALTHY: &str = "Sullivan";

/// Makes a life table of bands in order of age. The first must begin at birth.
///
/// # Errors
/// [`MeasureError::OutOfRange`] for bands out of order, a negative number, or more deaths than person-years in a
/// closed band; [`Reason`] for what the method does not allow: see the module.
pub fn life_table(bands: &[LifeBand]) -> Result<LifeTable, MeasureError> {
    check(bands)?;
    let last = bands.len() - 1;
    let (mut survivors, mut years, mut died, mut risk) =
        (vec![100_000.0], Vec::new(), Vec::new(), Vec::new());
    for (place, band) in bands.iter().enumerate() {
        let rate = band.deaths / band.population;
        let reach = survivors[place];
        if place == last {
            risk.push(1.0);
            died.push(reach);
            years.push(reach / rate);
            break;
        }
        let (length, lived) = (bands[place + 1].start - band.start, lived(band));
        let dying = if rate * length * lived <= 1.0 {
            rate * length / (1.0 + rate * length * (1.0 - lived))
        } else {
            1.0
        };
        risk.push(dying);
        died.push(reach * dying);
        survivors.push(reach * (1.0 - dying));
        years.push(length * (survivors[place + 1] + lived * died[place]));
    }
    let expectancy = per_survivor(&sums_from_end(&years), &survivors);
    let spread: Vec<f64> = (0..bands.len())
        .map(|place| {
            let (band, reach) = (&bands[place], survivors[place]);
            if place == last {
                // (l/2)² × 4/(D M²)
                return reach.powi(2) / band.deaths * (band.population / band.deaths).powi(2);
            }
            if band.deaths == 0.0 {
                return 0.0;
            }
            let variance = risk[place].powi(2) * (1.0 - risk[place]) / band.deaths;
            let ahead = (1.0 - lived(band)) * (bands[place + 1].start - band.start) + expectancy[place + 1];
            variance * (reach * ahead).powi(2)
        })
        .collect();
    let squares: Vec<f64> = survivors.iter().map(|reach| reach * reach).collect();
    let variance = per_survivor(&sums_from_end(&spread), &squares);
    Ok(LifeTable {
        starts: bands.iter().map(|band| band.start).collect(),
        survivors,
        years,
        expectancy,
        variance,
    })
}

/// How much of the interval those live who die in it.
fn lived(band: &LifeBand) -> f64 {
    if band.start == 0.0 { 0.1 } else { 0.5 }
}

fn check(bands: &[LifeBand]) -> Result<(), MeasureError> {
    let out = |what, value, expected| Err(MeasureError::OutOfRange { what, value, expected });
    if bands.len() < 2 {
        return Err(Reason::FewGroups { what: "bands of age", count: bands.len(), least: 2 }.into());
    }
    if bands[0].start != 0.0 {
        return out("a first band that begins at an age", bands[0].start, "0");
    }
    for pair in bands.windows(2) {
        if pair[1].start <= pair[0].start || pair[1].start.is_nan() {
            return out("a band that begins at an age", pair[1].start, "bands in order of age, each once");
        }
    }
    for band in bands {
        for (what, value) in [("a number of deaths", band.deaths), ("a population", band.population)] {
            if !(value >= 0.0 && value.is_finite()) {
                return out(what, value, "zero or more");
            }
        }
    }
    let total: f64 = bands.iter().map(|band| band.population).sum();
    let empty = bands.iter().find(|band| band.population == 0.0);
    let exceeded = bands.iter().find(|band| band.deaths > band.population);
    Err(match (empty, exceeded) {
        _ if total < LEAST => Reason::FewPeople { people: total, least: LEAST },
        (Some(band), _) => Reason::EmptyBand { start: band.start },
        (_, Some(band)) => Reason::MoreDeathsThanPeople { start: band.start },
        _ if bands[bands.len() - 1].deaths == 0.0 => Reason::NoDeathsInLastBand,
        _ => return Ok(()),
    }
    .into())
}

fn sums_from_end(numbers: &[f64]) -> Vec<f64> {
    let mut sums = numbers.to_vec();
    for place in (1..sums.len()).rev() {
        sums[place - 1] += sums[place];
    }
    sums
}

/// Nothing for a band that nobody reaches.
fn per_survivor(sums: &[f64], survivors: &[f64]) -> Vec<f64> {
    sums.iter().zip(survivors).map(|(sum, reach)| if *reach == 0.0 { 0.0 } else { sum / reach }).collect()
}

impl LifeTable {
    /// The ages at which the bands begin.
    pub fn starts(&self) -> &[f64] {
        &self.starts
    }

    /// How many of 100,000 born reach each band.
    pub fn survivors(&self) -> &[f64] {
        &self.survivors
    }

    /// The years that are to be expected by those who begin the band at this place.
    ///
    /// # Errors
    /// [`Reason::WideInterval`] when the 95% interval is wider than 20 years; [`MeasureError::OutOfRange`] for a place
    /// beyond the bands.
    pub fn expectancy(&self, place: usize, levels: &Levels) -> Result<Estimate, MeasureError> {
        let known = self.expectancy.get(place).copied().zip(self.variance.get(place).copied());
        let Some((years, variance)) = known else {
            let (what, expected) = ("a place of a band", "one of the bands");
            return Err(MeasureError::OutOfRange { what, value: place as f64, expected });
        };
        normal(years, variance.sqrt(), METHOD, levels)
    }

    /// The years in good health that are to be expected by those who begin the band at this place. `health` has one
    /// entry a band.
    ///
    /// # Errors
    /// As [`LifeTable::expectancy`]; [`MeasureError::OutOfRange`] also for a share outside 0 to 1, for nobody asked,
    /// and for a number of shares that is not that of the bands.
    pub fn healthy(
        &self,
        health: &[Health],
        place: usize,
        levels: &Levels,
    ) -> Result<Estimate, MeasureError> {
        let out = |what, value, expected| Err(MeasureError::OutOfRange { what, value, expected });
        if health.len() != self.starts.len() {
            return out("a number of shares in good health", health.len() as f64, "one a band");
        }
        if place >= self.starts.len() {
            return out("a place of a band", place as f64, "one of the bands");
        }
        if let Some(bad) = health.iter().find(|health| !(0.0..=1.0).contains(&health.share)) {
            return out("a share in good health", bad.share, "from 0 to 1");
        }
        if let Some(bad) = health.iter().find(|health| health.asked <= 0.0 || health.asked.is_nan()) {
            return out("a number of people asked", bad.asked, "more than zero");
        }
        let (mut years, mut variance) = (0.0, 0.0);
        for (lived, health) in self.years.iter().zip(health).skip(place) {
            years += lived * health.share;
            variance += lived * lived * health.share * (1.0 - health.share) / health.asked;
        }
        let reach = self.survivors[place];
        if reach == 0.0 {
            return Ok(Estimate::bare(0.0, METHOD_HEALTHY));
        }
        normal(years / reach, variance.sqrt() / reach, METHOD_HEALTHY, levels)
    }
}

fn normal(years: f64, error: f64, method: &'static str, levels: &Levels) -> Result<Estimate, MeasureError> {
    if 2.0 * Confidence::P95.z() * error > WIDEST {
        return Err(Reason::WideInterval { years: 2.0 * Confidence::P95.z() * error, most: WIDEST }.into());
    }
    let limits = |confidence: Confidence| (years - confidence.z() * error, years + confidence.z() * error);
    Ok(Estimate::new(years, method, levels, limits))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STARTS: [f64; 20] = [
        0.0, 1.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 55.0, 60.0, 65.0, 70.0, 75.0,
        80.0, 85.0, 90.0,
    ];
    const PEOPLE: [f64; 20] = [
        7060.0, 35059.0, 46974.0, 48489.0, 43219.0, 38561.0, 46009.0, 57208.0, 61435.0, 55601.0, 50209.0,
        56416.0, 46411.0, 39820.0, 37978.0, 37039.0, 33288.0, 23306.0, 11936.0, 11936.0,
    ];
    const DEATHS: [f64; 20] = [
        17.0, 9.0, 4.0, 8.0, 20.0, 15.0, 24.0, 33.0, 50.0, 71.0, 100.0, 163.0, 263.0, 304.0, 536.0, 872.0,
        1390.0, 1605.0, 1936.0, 1937.0,
    ];

    fn bands() -> Vec<LifeBand> {
        let parts = STARTS.iter().zip(DEATHS).zip(PEOPLE);
        parts.map(|((&start, deaths), population)| LifeBand { start, deaths, population }).collect()
    }

    fn check(place: usize, value: f64, lower: f64, upper: f64) {
        let estimate = life_table(&bands()).unwrap().expectancy(place, &Levels::STANDARD).unwrap();
        let interval = estimate.interval(Confidence::P95).unwrap();
        // The calculator takes 1.96 for the normal quantile.
        let reach = (upper - lower) / 2.0 * Confidence::P95.z() / 1.96;
        let limits = [(interval.lower, value - reach), (interval.upper, value + reach)];
        for (got, expected) in limits.into_iter().chain([(estimate.value(), value)]) {
            assert!((got - expected).abs() < 1.1e-8, "{place}: {got} {expected}");
        }
    }

    // The answers in the tests of PHEindicatormethods (testLifeExpectancy.R), from OHID's life expectancy calculator.
    #[test]
    fn expectancies_are_those_of_the_calculator() {
        check(0, 80.169_608_13, 79.882_685_48, 80.456_530_78);
        check(1, 79.362_456_74, 79.089_881_60, 79.635_031_88);
        check(2, 75.441_936_45, 75.174_073_07, 75.709_799_83);
        check(10, 36.493_227_17, 36.262_232_16, 36.724_222_19);
        check(18, 6.163_942_934, 5.978_358_351, 6.349_527_517);
        check(19, 6.162_106_35, 5.887_683_386, 6.436_529_314);
    }

    // Everybody in good health: healthy years are all years. Half of them, for certain: half of the years.
    #[test]
    fn healthy_years_are_a_share_of_all() {
        let table = life_table(&bands()).unwrap();
        let whole =
            |share, asked| table.healthy(&[Health { share, asked }; 20], 0, &Levels::STANDARD).unwrap();
        let all = table.expectancy(0, &Levels::STANDARD).unwrap().value();
        assert!((whole(1.0, 100.0).value() - all).abs() < 1e-9);
        let half = whole(0.5, f64::INFINITY);
        assert!((half.value() - all / 2.0).abs() < 1e-9 && half.intervals()[0].lower == half.value());
        assert!(whole(0.5, 100.0).intervals()[0].lower < half.value());
    }

    #[test]
    fn what_the_method_does_not_allow_is_withheld() {
        let refused = |change: fn(&mut Vec<LifeBand>)| {
            let mut bands = bands();
            change(&mut bands);
            life_table(&bands).unwrap_err().reason()
        };
        let small = |bands: &mut Vec<LifeBand>| bands.iter_mut().for_each(|band| band.population /= 200.0);
        assert!(matches!(refused(small), Some(Reason::FewPeople { .. })));
        assert_eq!(refused(|bands| bands[5].population = 0.0), Some(Reason::EmptyBand { start: 20.0 }));
        assert_eq!(refused(|bands| bands[19].deaths = 0.0), Some(Reason::NoDeathsInLastBand));
        assert_eq!(
            refused(|bands| bands[3].deaths = 1e6),
            Some(Reason::MoreDeathsThanPeople { start: 10.0 })
        );
        assert!(life_table(&bands()[1..]).is_err());
    }

    // 85+ in place of 85-89 and 90+: the expectancy at birth hardly moves.
    #[test]
    fn the_last_band_may_begin_at_85() {
        let mut bands = bands();
        let top = bands.pop().unwrap();
        let last = bands.last_mut().unwrap();
        last.deaths += top.deaths;
        last.population += top.population;
        let years = life_table(&bands).unwrap().expectancy(0, &Levels::STANDARD).unwrap().value();
        assert!((years - 80.17).abs() < 0.05, "{years}");
    }
}
