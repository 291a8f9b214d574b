//! Agreement with phstatsmethods 0.1.16, from the table that `tests/peer/drive.py` wrote.
//!
//! Every number that both give is compared. What differs is listed here with its reason; anything else fails the test.

use std::collections::BTreeMap;

use measures::{
    Band, Direction, Estimate, Events, FunnelArea, FunnelKind, Levels, MeasureError, Multiplier, Population,
    StandardPopulation, dsr, funnel_curve, funnel_significance, indirectly_standardised_rate, mean,
    proportion, quantiles, rate, standardised_ratio,
};

const TABLE: &str = include_str!("../data/peers.csv");

/// What was compared: how many values, how many equal, and why the others are not.
#[derive(Default)]
struct Tally {
    compared: usize,
    equal: usize,
    reasons: BTreeMap<&'static str, usize>,
    unexplained: Vec<String>,
}

impl Tally {
    fn see(&mut self, equal: bool, reason: Option<&'static str>, what: impl FnOnce() -> String) {
        self.compared += 1;
        match (equal, reason) {
            (true, _) => self.equal += 1,
            (false, Some(reason)) => *self.reasons.entry(reason).or_default() += 1,
            (false, None) => self.unexplained.push(what()),
        }
    }
}

const NO_EVENTS: &str =
    "phstatsmethods stops with an error where no events were counted; we give 0 with an upper limit";
const ONE_MINUS: &str = "byars() of phstatsmethods takes 1 − confidence for the confidence";
const NOBODY: &str =
    "phstatsmethods gives no rate, or stops, where a band has nobody in it; we count it as without events";
const HALVED: &str = "phstatsmethods halves an interval to 1e-7 of its scale for Poisson limits, which is up to 5e-5 of one; ours are exact";
const CAPPED: &str =
    "phstatsmethods stops upper funnel limits at 100 whatever the multiplier; we stop at the multiplier";

/// A row of the table.
struct Case<'t> {
    number: &'t str,
    options: &'t str,
    lists: Vec<Vec<f64>>,
    output: &'t str,
}

#[test]
fn measures_agree_with_the_peer() {
    let mut tally = Tally::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.splitn(5, ',').collect();
        let lists = cells[3].split(" / ").map(numbers).collect();
        let case = Case { number: cells[0], options: cells[2], lists, output: cells[4] };
        match cells[1] {
            "proportion" => of_proportion(&case, &mut tally),
            "rate" => of_rate(&case, &mut tally),
            "byars" => of_byars(&case, &mut tally),
            "mean" => of_mean(&case, &mut tally),
            "dsr" => of_dsr(&case, &mut tally),
            "ratio" | "indirect-rate" => of_indirect(&case, cells[1] == "indirect-rate", &mut tally),
            "quantile" => of_quantile(&case, &mut tally),
            "funnel" => of_funnel(&case, &mut tally),
            "funnel-limits" => of_curve(&case, &mut tally),
            other => panic!("{other}"),
        }
    }
    let share = 100.0 * tally.equal as f64 / tally.compared as f64;
    println!("{} of {} values agree to 1e-9: {share:.2}%", tally.equal, tally.compared);
    for (reason, count) in &tally.reasons {
        println!("{count} differ: {reason}");
    }
    assert!(tally.compared > 14_000, "{}", tally.compared);
    assert_eq!(tally.unexplained, Vec::<String>::new());
}

fn numbers(cell: &str) -> Vec<f64> {
    cell.split_whitespace().map(|x| x.parse().unwrap_or(f64::NAN)).collect()
}

fn equal(ours: f64, theirs: f64) -> bool {
    ours == theirs || (ours - theirs).abs() <= 1e-9 * ours.abs().max(theirs.abs())
}

fn levels() -> Levels {
    Levels::STANDARD
}

fn multiplier(case: &Case) -> Multiplier {
    Multiplier::new(case.options.parse().unwrap()).unwrap()
}

/// Value and limits against theirs. `reason` says why a value may differ: its place, ours and theirs.
fn compare(
    case: &Case,
    ours: Result<Estimate, MeasureError>,
    tally: &mut Tally,
    reason: impl Fn(usize, f64, f64) -> Option<&'static str>,
) {
    let theirs = numbers(case.output);
    let told = |what: &str| format!("case {} {what}: {}", case.number, case.output);
    if case.output.starts_with("error") {
        tally.see(ours.is_err(), reason(0, f64::NAN, f64::NAN), || told("stops"));
        return;
    }
    let ours = match ours {
        Ok(estimate) => {
            let limits = estimate.intervals().iter().flat_map(|interval| [interval.lower, interval.upper]);
            std::iter::once(estimate.value()).chain(limits).collect()
        }
        Err(_) => vec![f64::NAN; theirs.len()],
    };
    assert_eq!(ours.len(), theirs.len(), "{}", told("columns"));
    for (place, (&ours, &theirs)) in ours.iter().zip(&theirs).enumerate() {
        let same = equal(ours, theirs) || (ours.is_nan() && theirs.is_nan());
        tally.see(same, reason(place, ours, theirs), || told(&format!("{place} {ours}")));
    }
}

fn of_proportion(case: &Case, tally: &mut Tally) {
    let (x, n) = (case.lists[0][0], case.lists[0][1]);
    let ours = proportion(Events::new(x).unwrap(), Population::new(n).unwrap(), &levels())
        .map(|estimate| estimate.times(multiplier(case).factor()));
    compare(case, ours, tally, |_, _, _| None);
}

fn of_rate(case: &Case, tally: &mut Tally) {
    let (x, n) = (case.lists[0][0], case.lists[0][1]);
    let ours = rate(Events::new(x).unwrap(), Population::new(n).unwrap(), multiplier(case), &levels());
    compare(case, Ok(ours), tally, |_, _, _| (x == 0.0).then_some(NO_EVENTS));
}

fn of_byars(case: &Case, tally: &mut Tally) {
    let one = Population::new(1.0).unwrap();
    let ours = rate(Events::new(case.lists[0][0]).unwrap(), one, Multiplier::ONE, &levels()).intervals()[0];
    let theirs = numbers(case.output);
    for (place, ours) in [ours.lower, ours.upper].into_iter().enumerate() {
        let theirs = theirs.get(place).copied().unwrap_or(f64::NAN);
        tally.see(equal(ours, theirs), Some(ONE_MINUS), String::new);
    }
}

fn of_mean(case: &Case, tally: &mut Tally) {
    let values = &case.lists[0];
    if case.output.starts_with("error") {
        // It refuses negative values, which a mean may well have.
        assert!(values.iter().any(|value| *value < 0.0), "{}", case.number);
        return;
    }
    compare(case, mean(values, &levels()), tally, |_, _, _| None);
}

fn of_dsr(case: &Case, tally: &mut Tally) {
    let standard = StandardPopulation::esp2013().bands();
    let band = |((&events, &population), &(_, standard)): ((&f64, &f64), &(_, f64))| Band {
        events,
        population,
        standard,
    };
    let bands: Vec<Band> = case.lists[0].iter().zip(&case.lists[1]).zip(standard).map(band).collect();
    let empty = bands.iter().any(|band| band.population == 0.0);
    let ours = dsr(&bands, multiplier(case), &levels());
    compare(case, ours, tally, |_, _, _| empty.then_some(NOBODY));
}

fn of_indirect(case: &Case, as_rate: bool, tally: &mut Tally) {
    let [observed, population, events, people] = &case.lists[..] else { panic!("{}", case.number) };
    let strata = population.iter().zip(events).zip(people);
    let expected = strata.map(|((n, events), people)| n * (events / people)).sum();
    let count = Events::new(observed.iter().sum()).unwrap();
    let reference =
        (Events::new(events.iter().sum()).unwrap(), Population::new(people.iter().sum()).unwrap());
    let ours = match as_rate {
        true => indirectly_standardised_rate(count, expected, reference, multiplier(case), &levels()),
        false => standardised_ratio(count, expected, multiplier(case), &levels()),
    };
    compare(case, ours, tally, |_, _, _| (count.count() == 0.0).then_some(NO_EVENTS));
}

fn of_quantile(case: &Case, tally: &mut Tally) {
    let (count, first) = case.options.split_once(' ').unwrap();
    let direction = if first == "highest" { Direction::HighestFirst } else { Direction::LowestFirst };
    let ours = quantiles(&case.lists[0], count.parse().unwrap(), direction);
    for (place, theirs) in numbers(case.output).into_iter().enumerate() {
        let ours = ours.as_ref().map_or(f64::NAN, |given| given[place].map_or(f64::NAN, f64::from));
        tally.see(ours == theirs || (ours.is_nan() && theirs.is_nan()), None, || {
            format!("case {} quantile {place}: {ours} {theirs}", case.number)
        });
    }
}

fn funnel_areas(case: &Case) -> Vec<FunnelArea> {
    let area = |(&events, &size): (&f64, &f64)| FunnelArea { events, size };
    case.lists[0].iter().zip(&case.lists[1]).map(area).collect()
}

fn kind(word: &str) -> FunnelKind {
    match word {
        "proportion" => FunnelKind::Proportion,
        "ratio" => FunnelKind::Ratio,
        _ => FunnelKind::Rate,
    }
}

fn of_funnel(case: &Case, tally: &mut Tally) {
    let ours = funnel_significance(&funnel_areas(case), kind(case.options)).unwrap();
    for (place, (ours, theirs)) in ours.iter().zip(case.output.split_whitespace()).enumerate() {
        tally.see(ours.code() == theirs, None, || format!("case {} area {place}: {theirs}", case.number));
    }
}

fn of_curve(case: &Case, tally: &mut Tally) {
    let (word, per) = case.options.split_once(' ').unwrap();
    let (kind, per) = (kind(word), Multiplier::new(per.parse().unwrap()).unwrap());
    let ours = funnel_curve(&funnel_areas(case), kind, per, 1.0, 100).unwrap();
    for (place, theirs) in case.output.split(" / ").map(numbers).enumerate() {
        let point = &ours[place * 20];
        let [(a, b), (c, d)] = point.limits;
        for (column, (ours, theirs)) in [point.size, a, b, c, d].into_iter().zip(theirs).enumerate() {
            let near = (ours - theirs).abs() < 5e-5 * ours.abs();
            let reason = match kind {
                FunnelKind::Proportion if theirs == 100.0 || ours == per.factor() => Some(CAPPED),
                FunnelKind::Ratio | FunnelKind::Rate if column > 0 && near => Some(HALVED),
                _ => None,
            };
            tally.see(equal(ours, theirs), reason, || {
                format!("case {} {word} point {place} column {column}: {ours} {theirs}", case.number)
            });
        }
    }
}
