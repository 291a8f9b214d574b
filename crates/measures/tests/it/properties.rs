//! What must always hold: limits contain the value, are wider at a higher level, follow the scale and not the order of the
//! rows; what is withheld is never zero.

use measures::{
    Area, ConcentrationKind, Confidence, Estimate, Events, FigureKind, Group, Levels, MeasureEntry,
    MeasuredGroup, Multiplier, Population, Ranked, RankedKind, Request, Simulation, SlopeIndex, SlopeLimits,
    SlopeRequest, UncertainArea, Weighting, between_group_variance, concentration_index, index_of_disparity,
    mean, mean_log_deviation, proportion, rate, ratio, slope, slope_index, slope_of_areas, theil_index,
};
use proptest::prelude::*;

/// Limits contain the value, and those of 99.8% contain those of 95%.
fn sound(estimate: &Estimate) {
    let slack = 1e-9 * estimate.value().abs().max(1e-9);
    for interval in estimate.intervals() {
        assert!(interval.lower <= estimate.value() + slack, "{estimate:?}");
        assert!(interval.upper >= estimate.value() - slack, "{estimate:?}");
    }
    if let [inner, outer] = estimate.intervals() {
        assert!(outer.lower <= inner.lower + slack && inner.upper <= outer.upper + slack, "{estimate:?}");
    }
}

fn near(one: &Estimate, other: &Estimate) {
    let numbers = |estimate: &Estimate| -> Vec<f64> {
        let limits = estimate.intervals().iter().flat_map(|interval| [interval.lower, interval.upper]);
        std::iter::once(estimate.value()).chain(limits).collect()
    };
    for (one, other) in numbers(one).into_iter().zip(numbers(other)) {
        assert!((one - other).abs() <= 1e-7 * one.abs().max(other.abs()).max(1e-7), "{one} {other}");
    }
}

fn groups() -> impl Strategy<Value = Vec<(f64, f64, f64)>> {
    prop::collection::vec((1.0..1e4_f64, 1.0..99.0_f64, 0.01..5.0_f64), 3..12)
}

fn measured(of: &[(f64, f64, f64)]) -> Vec<MeasuredGroup> {
    of.iter()
        .map(|&(population, value, error)| MeasuredGroup { population, value, error: Some(error) })
        .collect()
}

fn ranked(of: &[(f64, f64, f64)]) -> Vec<Ranked> {
    let row = |(at, &(weight, value, error)): (usize, &(f64, f64, f64))| Ranked {
        rank: at as f64,
        weight,
        value,
        error: Some(error),
    };
    of.iter().enumerate().map(row).collect()
}

fn uncertain(of: &[(f64, f64, f64)]) -> Vec<UncertainArea> {
    let area = |(at, &(population, value, error)): (usize, &(f64, f64, f64))| UncertainArea {
        area: Area { rank: at as f64, population, value },
        error: error / 100.0,
    };
    of.iter().enumerate().map(area).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn counts_have_sound_limits(x in 0_u32..5000, more in 0_u32..100_000) {
        let (events, people) = (Events::new(f64::from(x)).unwrap(), Population::new(f64::from(x + more + 1)).unwrap());
        let share = proportion(events, people, &Levels::STANDARD).unwrap();
        sound(&share);
        prop_assert!(share.intervals().iter().all(|interval| interval.lower >= 0.0 && interval.upper <= 1.0));
        let one = rate(events, people, Multiplier::ONE, &Levels::STANDARD);
        sound(&one);
        near(&one.times(1000.0), &rate(events, people, Multiplier::new(1000.0).unwrap(), &Levels::STANDARD));
    }

    #[test]
    fn ratios_have_sound_limits(x in 0_u32..300, m in 301_u32..5000, y in 1_u32..300, n in 301_u32..5000) {
        let counts = |events: u32, people: u32| measures::Counts {
            events: Events::new(f64::from(events)).unwrap(),
            population: Population::new(f64::from(people)).unwrap(),
        };
        for statistic in [measures::Statistic::Proportion, measures::Statistic::Rate] {
            sound(&ratio(counts(x, m), counts(y, n), statistic, &Levels::STANDARD).unwrap());
        }
    }

    #[test]
    fn means_follow_scale_and_not_order(mut values in prop::collection::vec(-1e3..1e3_f64, 2..40)) {
        let one = mean(&values, &Levels::STANDARD).unwrap();
        sound(&one);
        values.reverse();
        near(&one, &mean(&values, &Levels::STANDARD).unwrap());
        let tenfold: Vec<f64> = values.iter().map(|value| value * 10.0).collect();
        near(&one.times(10.0), &mean(&tenfold, &Levels::STANDARD).unwrap());
    }

    #[test]
    fn group_measures_follow_scale_and_not_order(of in groups()) {
        let levels = &Levels::STANDARD;
        let all = |groups: &[MeasuredGroup]| [
            theil_index(groups, levels).unwrap(),
            mean_log_deviation(groups, levels).unwrap(),
            index_of_disparity(groups, Weighting::People, levels).unwrap(),
            between_group_variance(groups, levels).unwrap(),
        ];
        let plain = all(&measured(&of));
        plain.iter().for_each(sound);
        prop_assert!(plain.iter().all(|estimate| estimate.value() >= -1e-12));
        let mut turned = of.clone();
        turned.reverse();
        plain.iter().zip(all(&measured(&turned))).for_each(|(one, other)| near(one, &other));
        let tenfold: Vec<_> = of.iter().map(|&(n, y, s)| (n, y * 10.0, s * 10.0)).collect();
        let scaled = all(&measured(&tenfold));
        (0..3).for_each(|at| near(&plain[at], &scaled[at]));
        near(&plain[3].times(100.0), &scaled[3]);
    }

    #[test]
    fn concentration_follows_scale_and_not_order(of in groups()) {
        let index = |rows: &[Ranked]| {
            concentration_index(rows, RankedKind::Groups, ConcentrationKind::Standard, &Levels::STANDARD).unwrap()
        };
        let mut rows = ranked(&of);
        let plain = index(&rows);
        sound(&plain);
        prop_assert!(plain.value().abs() <= 1.0);
        rows.reverse();
        near(&plain, &index(&rows));
        let tenfold: Vec<_> = of.iter().map(|&(n, y, s)| (n, y * 10.0, s * 10.0)).collect();
        near(&plain, &index(&ranked(&tenfold)));
        // Turned round, the most deprived are the least deprived.
        let turned: Vec<Ranked> = rows.iter().map(|row| Ranked { rank: -row.rank, ..*row }).collect();
        prop_assert!((plain.value() + index(&turned).value()).abs() < 1e-12);
    }

    #[test]
    fn slopes_follow_scale_and_not_order(of in groups()) {
        let plain: Vec<Group> = of.iter().map(|&(population, value, _)| Group { population, value }).collect();
        let line = slope(&plain).unwrap();
        sound(&line.sii(&Levels::STANDARD));
        let mut areas: Vec<Area> = uncertain(&of).into_iter().map(|row| row.area).collect();
        areas.reverse();
        near(&line.sii(&Levels::STANDARD), &slope_of_areas(&areas).unwrap().sii(&Levels::STANDARD));
        for (kind, transformed) in [(FigureKind::Value, false), (FigureKind::Rate, true)] {
            for limits in [SlopeLimits::ClosedForm, SlopeLimits::Simulated(Simulation { repetitions: 2000, ..Simulation::default() })] {
                let asked = SlopeRequest { index: SlopeIndex::Slope, kind, transformed, limits, multiplier: 1.0 };
                let mut rows = uncertain(&of);
                let index = slope_index(&rows, &asked, &Levels::STANDARD).unwrap().estimate;
                sound(&index);
                rows.reverse();
                near(&index, &slope_index(&rows, &asked, &Levels::STANDARD).unwrap().estimate);
                let tenfold = SlopeRequest { multiplier: 10.0, ..asked };
                near(&index.times(10.0), &slope_index(&rows, &tenfold, &Levels::STANDARD).unwrap().estimate);
            }
        }
    }
}

/// A withheld cell in any column that a measure needs leaves no figure, and never zero.
#[test]
fn what_is_withheld_is_never_zero() {
    for entry in measures::MEASURES {
        for column in entry
            .columns
            .iter()
            .filter(|column| column.required && column.kind != measures::ColumnKind::Label)
        {
            for marker in ["", "*", "[c]", "[z]"] {
                let lines: Vec<&str> = entry.example.input.lines().collect();
                let headings: Vec<&str> = lines[0].split(',').collect();
                let at = headings.iter().position(|heading| *heading == column.name).unwrap();
                let mut cells: Vec<String> = lines[1].split(',').map(str::to_owned).collect();
                cells[at] = marker.to_owned();
                let input = [lines[0].to_owned(), cells.join(",")]
                    .into_iter()
                    .chain(lines[2..].iter().map(|line| (*line).to_owned()));
                let (output, shown) = run(entry, &input.collect::<Vec<_>>().join("\n"));
                let value = output[0].iter().position(|heading| heading == "value");
                let row = &output[1];
                if let (Some(value), true) = (value, entry.shape.estimate) {
                    assert_eq!(row[value], "", "{} {}: {shown}", entry.name, column.name);
                }
                let note = row.last().unwrap();
                let aggregate = ["funnel-limits", "quantile"].contains(&entry.name);
                assert!(note.contains("not given") || aggregate, "{} {}: {shown}", entry.name, column.name);
            }
        }
    }
}

fn run(entry: &'static MeasureEntry, input: &str) -> (Vec<Vec<String>>, String) {
    let mut request = Request::new(entry);
    for (name, value) in entry.example.options {
        request = request.option(name, value);
    }
    let mut output = Vec::new();
    request.run(input.as_bytes(), &mut output).unwrap();
    let shown = String::from_utf8(output).unwrap();
    let rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(shown.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    (rows, shown)
}

/// Levels are monotone for every measure of the table that has limits: 50% within 90% within 99.8%.
#[test]
fn limits_of_every_example_are_in_order() {
    let levels = Levels::new(&[0.5, 0.9, 0.998].map(|level| Confidence::new(level).unwrap())).unwrap();
    for entry in measures::MEASURES.iter().filter(|entry| entry.shape.estimate) {
        let mut request = Request::new(entry);
        request.levels = levels;
        for (name, value) in entry.example.options {
            request = request.option(name, value);
        }
        let mut output = Vec::new();
        request.run(entry.example.input.as_bytes(), &mut output).unwrap();
        let mut reader = csv::Reader::from_reader(output.as_slice());
        let headings = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            let order = ["lower998", "lower90", "lower50", "value", "upper50", "upper90", "upper998"];
            let cell = |name: &str| {
                let at = headings.iter().position(|heading| heading == name)?;
                record[at].parse::<f64>().ok()
            };
            let numbers: Vec<f64> = order.iter().filter_map(|name| cell(name)).collect();
            assert!(numbers.is_sorted(), "{}: {numbers:?}", entry.name);
        }
    }
}
