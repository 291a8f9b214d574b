//! The figures: a count drawn for every small area and period, added up for everything larger.
//!
//! Because the wards, the fifths by deprivation and the town are sums of the same draws, their numerators and
//! denominators agree with one another exactly. The places of comparison are drawn as a whole.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::date;
use vocabulary::{AreaKind, Date, Figure, Frequency, Observation, Origin, Period, Sex, Withheld};

use super::indicators::{Behaviour, INDICATORS};
use super::places::{Partition, Place, partitions};
use super::suppression::withheld;
use crate::geography::SyntheticArea;
use crate::stream::Stream;

/// Every figure of every indicator up to `as_of`, by indicator, then period, then place.
pub(crate) fn observations(areas: &[SyntheticArea], as_of: Date, seed: u64) -> Vec<Observation> {
    let small: Vec<&SyntheticArea> = areas.iter().filter(|a| a.kind == AreaKind::Lsoa).collect();
    let elsewhere: Vec<&SyntheticArea> = areas.iter().filter(|a| a.shape.is_none()).collect();
    let parts = partitions(areas, &small);
    let mut writer =
        Writer { file: format!("synthetic-town-{seed}").into(), none: "".into(), found: Vec::new() };
    for behaviour in &INDICATORS {
        writer.indicator(behaviour, &small, &elsewhere, &parts, as_of, seed);
    }
    writer.found
}

struct Writer {
    file: Arc<str>,
    none: Arc<str>,
    found: Vec<Observation>,
}

/// What the figures of one indicator have in common.
struct Common<'a> {
    behaviour: &'a Behaviour,
    code: Arc<str>,
    age: Arc<str>,
}

impl Writer {
    fn indicator(
        &mut self,
        behaviour: &Behaviour,
        small: &[&SyntheticArea],
        elsewhere: &[&SyntheticArea],
        parts: &[Partition],
        as_of: Date,
        seed: u64,
    ) {
        let mut stream = Stream::new(seed, behaviour.code);
        let common = Common { behaviour, code: behaviour.code.into(), age: behaviour.age.into() };
        let cohort: Vec<f64> = small.iter().map(|a| f64::from(a.population) * behaviour.share).collect();
        let lean = Lean::of(behaviour, small);
        let first = self.found.len();
        let periods = periods(behaviour, as_of);
        for (index, &period) in periods.iter().enumerate() {
            let back = periods.len() - 1 - index;
            let level =
                level(behaviour, period, as_of, behaviour.level.0) + behaviour.unrest * stream.normal();
            let progress = index as f64 / (periods.len() - 1).max(1) as f64;
            let counts: Vec<(u32, u32)> = cohort
                .iter()
                .enumerate()
                .map(|(area, &size)| {
                    let people = (size + size.sqrt() * 0.3 * stream.normal()).round().max(0.0) as u32;
                    let chance = lean.chance(behaviour, level, area, progress);
                    (stream.binomial(people, chance), people)
                })
                .collect();
            let sent = !behaviour.missing.contains(&back);
            for part in parts.iter().filter(|p| p.detail <= behaviour.detail) {
                self.partition(&common, part, period, &counts, sent);
            }
            self.comparators(&common, elsewhere, period, as_of, &mut stream);
        }
        for (row, observation) in (2..).zip(&mut self.found[first..]) {
            observation.origin.row = row;
        }
    }

    fn partition(
        &mut self,
        common: &Common,
        part: &Partition,
        period: Period,
        counts: &[(u32, u32)],
        sent: bool,
    ) {
        let sums: Vec<(u32, u32)> = part
            .places
            .iter()
            .map(|p| p.members.iter().fold((0, 0), |sum, &m| (sum.0 + counts[m].0, sum.1 + counts[m].1)))
            .collect();
        let hidden = withheld(&sums.iter().map(|&(events, _)| events).collect::<Vec<_>>());
        for ((place, &(events, people)), hidden) in part.places.iter().zip(&sums).zip(hidden) {
            let reason = match () {
                () if !sent => Some(Withheld::Missing),
                () if people == 0 => Some(Withheld::NotApplicable),
                () if hidden => Some(Withheld::Suppressed),
                () => None,
            };
            self.write(common, place, period, (events, people), reason);
        }
    }

    fn comparators(
        &mut self,
        common: &Common,
        elsewhere: &[&SyntheticArea],
        period: Period,
        as_of: Date,
        stream: &mut Stream,
    ) {
        let behaviour = common.behaviour;
        for (number, area) in elsewhere.iter().enumerate() {
            let (town, england) = behaviour.level;
            // The region stands between the town and England; the neighbours around the town, each in its own
            // place.
            let middle = match number {
                0 => england,
                1 => england + 0.4 * (town - england),
                _ => town + (number as f64 - 4.0) * 0.2 * (town - england),
            };
            let plain = Behaviour { shift: None, trend: behaviour.trend * 0.5, ..*behaviour };
            let unrest = behaviour.unrest * if number == 0 { 0.3 } else { 1.0 };
            let level = level(&plain, period, as_of, middle) + unrest * stream.normal();
            let people = (f64::from(area.population) * behaviour.share).round() as u32;
            let events = stream.binomial(people, from_scale(level, behaviour));
            let place = Place {
                code: area.code,
                name: area.name.as_str().into(),
                kind: area.kind,
                group: Arc::clone(&self.none),
                members: Vec::new(),
            };
            self.write(common, &place, period, (events, people), None);
        }
    }

    fn write(
        &mut self,
        common: &Common,
        place: &Place,
        period: Period,
        (events, people): (u32, u32),
        reason: Option<Withheld>,
    ) {
        let value = f64::from(events) / f64::from(people) * f64::from(common.behaviour.per);
        let known = |count: u32| reason.is_none().then_some(f64::from(count));
        self.found.push(Observation {
            indicator: Arc::clone(&common.code),
            age: Arc::clone(&common.age),
            sex: Sex::Persons,
            group: Arc::clone(&place.group),
            area: place.code,
            area_name: Arc::clone(&place.name),
            area_kind: place.kind,
            period,
            numerator: known(events),
            denominator: known(people)
                .or((reason == Some(Withheld::Suppressed)).then_some(f64::from(people))),
            figure: reason.map_or(Figure::Value(value), Figure::Withheld),
            origin: Origin {
                file: Arc::clone(&self.file),
                sheet: Arc::clone(&common.code),
                row: 0,
                column: 1,
            },
            note: Arc::clone(&self.none),
        });
    }
}

/// How each small area leans from the town's level.
struct Lean {
    relative: Vec<f64>,
    /// The mean lean, taken off so that the whole town stands at its level.
    mean: f64,
}

impl Lean {
    fn of(behaviour: &Behaviour, small: &[&SyntheticArea]) -> Lean {
        let relative: Vec<f64> =
            small.iter().map(|a| a.deprivation.map_or(0.0, |d| d.relative()) * behaviour.gradient).collect();
        let mean = relative.iter().sum::<f64>() / relative.len().max(1) as f64;
        Lean { relative, mean }
    }

    fn chance(&self, behaviour: &Behaviour, level: f64, area: usize, progress: f64) -> f64 {
        let open = 1.0 - behaviour.closing * progress;
        from_scale(level + open * (self.relative[area] - self.mean), behaviour)
    }
}

/// The level of a period on the indicator's scale: trend, season and shift around its latest level.
fn level(behaviour: &Behaviour, period: Period, as_of: Date, latest: f64) -> f64 {
    let years = f64::from((period.end() - as_of).get_days()) / 365.25;
    let season = behaviour.season.map_or(0.0, |(peak, size)| {
        let middle =
            f64::from(period.start().month()) + f64::from(period.whole_months().unwrap_or(1) - 1) / 2.0;
        size * (std::f64::consts::TAU * (middle - f64::from(peak)) / 12.0).cos()
    });
    let shifted = behaviour.shift.filter(|&(months, _)| {
        let from = as_of.checked_sub(months.months()).map_or(as_of, Date::first_of_month);
        period.start() >= from
    });
    to_scale(latest, behaviour) + behaviour.trend * years + season + shifted.map_or(0.0, |(_, size)| size)
}

/// Percentages live on the log odds, rates on the logarithm, so that no figure leaves its range.
fn to_scale(value: f64, behaviour: &Behaviour) -> f64 {
    let share = value / f64::from(behaviour.per);
    if behaviour.per == 100 { (share / (1.0 - share)).ln() } else { share.ln() }
}

fn from_scale(level: f64, behaviour: &Behaviour) -> f64 {
    if behaviour.per == 100 { 1.0 / (1.0 + (-level).exp()) } else { level.exp().min(1.0) }
}

/// The periods of an indicator, earliest first: five years of months, six of quarters, eight of years, ending
/// with the last one that was whole this many months before `as_of`.
fn periods(behaviour: &Behaviour, as_of: Date) -> Vec<Period> {
    let known = as_of.checked_sub(behaviour.lag.months()).unwrap_or(as_of);
    let (months, count): (i16, i16) = match behaviour.frequency {
        Frequency::Monthly => (1, 60),
        Frequency::Quarterly => (3, 24),
        Frequency::Annual | Frequency::Irregular => (12, 8),
    };
    // The first day after the last whole period; years run from April.
    let months_of = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let offset = if months == 12 { 3 } else { 0 };
    let after = (months_of(known) - offset).div_euclid(months.into()) * i32::from(months) + offset;
    let day = |month: i32| date((month.div_euclid(12)) as i16, (month.rem_euclid(12) + 1) as i8, 1);
    (1..=i32::from(count))
        .rev()
        .filter_map(|back| {
            let start = after - back * i32::from(months);
            Period::new(day(start), day(start + i32::from(months) - 1).last_of_month())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(frequency: Frequency, lag: i32, as_of: Date, last: &str) {
        let behaviour = Behaviour { frequency, lag, ..INDICATORS[0] };
        let periods = periods(&behaviour, as_of);
        assert_eq!(periods[periods.len() - 1].to_string(), last);
        assert!(periods.windows(2).all(|w| w[0].end().tomorrow().unwrap() == w[1].start()));
        assert!(periods.iter().all(|p| p.frequency() == frequency));
    }

    #[test]
    fn the_last_period_is_the_last_whole_one() {
        check(Frequency::Monthly, 2, date(2026, 10, 1), "July 2026");
        check(Frequency::Monthly, 0, date(2026, 10, 31), "September 2026");
        check(Frequency::Quarterly, 2, date(2026, 10, 1), "April to June 2026");
        check(Frequency::Annual, 2, date(2026, 10, 1), "April 2025 to March 2026");
        check(Frequency::Annual, 2, date(2026, 4, 1), "April 2024 to March 2025");
    }
}
