//! The work that the peers are timed on in `tests/peer/bench.py`: BENCHMARKS.md puts the two side by side.

// A benchmark may stop at what cannot happen.
#![allow(clippy::panic)]

use std::fmt::Write;
use std::hint::black_box;

use measures::{
    Area, Band, Confidence, FigureKind, FunnelArea, FunnelKind, Levels, MeasureEntry, Multiplier, Request,
    Simulation, SlopeIndex, SlopeLimits, SlopeRequest, StandardPopulation, UncertainArea, dsr,
    funnel_significance, slope_index, slope_of_areas,
};

const AREAS: usize = 7_000;
const BANDS: usize = 19;

fn main() {
    divan::main();
}

/// Seeded numbers from 0 to 1.
fn units() -> impl FnMut() -> f64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Events and people of 7,000 areas by 19 ages.
fn counts() -> Vec<(f64, f64)> {
    let mut unit = units();
    (0..AREAS * BANDS)
        .map(|at| {
            let population = (100.0 + 1900.0 * unit()).floor();
            let risk = 0.0005 * 1.25_f64.powi((at % BANDS) as i32);
            ((population * risk * 2.0 * unit()).floor().min(population), population)
        })
        .collect()
}

#[divan::bench]
fn dsr_of_7_000_areas_by_19_ages(bencher: divan::Bencher) {
    let counts = counts();
    let standard = StandardPopulation::esp2013().bands();
    bencher.bench_local(|| {
        let mut bands = [Band::default(); BANDS];
        for area in counts.chunks(BANDS) {
            for ((band, &(events, population)), &(_, standard)) in bands.iter_mut().zip(area).zip(standard) {
                *band = Band { events, population, standard };
            }
            let _ = black_box(dsr(&bands, Multiplier::PER_100_000, &Levels::STANDARD));
        }
    });
}

#[divan::bench]
fn dsr_csv_of_7_000_areas_by_19_ages(bencher: divan::Bencher) {
    let ages: Vec<String> = (0..BANDS)
        .map(|at| if at == 18 { "90+".to_owned() } else { format!("{}-{}", at * 5, at * 5 + 4) })
        .collect();
    let mut input = "area,age,events,population\n".to_owned();
    for (at, (events, population)) in counts().into_iter().enumerate() {
        let _ = writeln!(input, "E{:08},{},{events},{population}", at / BANDS, ages[at % BANDS]);
    }
    let request = Request::new(MeasureEntry::named("dsr").unwrap_or_else(|error| panic!("{error}")));
    bencher.bench_local(|| {
        let mut output = Vec::new();
        let _ = black_box(request.run(input.as_bytes(), &mut output));
        output
    });
}

/// Ten areas of ten deciles with 95% limits.
fn deciles(kind: FigureKind) -> Vec<Vec<UncertainArea>> {
    let mut unit = units();
    let mut decile = |rank: usize| {
        let value = 0.5 + 0.02 * rank as f64 + 0.05 * unit();
        let area = Area { rank: rank as f64, population: 5000.0 + 5000.0 * unit(), value };
        UncertainArea { area, error: kind.error_of(value - 0.03, value + 0.03, Confidence::P95) }
    };
    (0..10).map(|_| (0..10).map(&mut decile).collect()).collect()
}

#[divan::bench(args = ["value", "rate", "proportion", "log", "logit"], sample_count = 20)]
fn sii_of_10_areas_100_000_repetitions(bencher: divan::Bencher, figures: &str) {
    let kind = match figures {
        "value" => FigureKind::Value,
        "rate" | "log" => FigureKind::Rate,
        _ => FigureKind::Proportion,
    };
    let areas = deciles(kind);
    let request = SlopeRequest {
        index: SlopeIndex::Slope,
        kind,
        transformed: matches!(figures, "log" | "logit"),
        limits: SlopeLimits::Simulated(Simulation::default()),
        multiplier: 1.0,
    };
    bencher.bench_local(|| {
        for area in &areas {
            let _ = black_box(slope_index(area, &request, &Levels::one(Confidence::P95)));
        }
    });
}

#[divan::bench]
fn slope_of_33_755_areas(bencher: divan::Bencher) {
    let mut unit = units();
    let areas: Vec<Area> = (0..33_755)
        .map(|at| Area { rank: f64::from(at), population: 1000.0 + 1000.0 * unit(), value: 20.0 * unit() })
        .collect();
    bencher.bench_local(|| slope_of_areas(black_box(&areas)).map(|line| line.sii(&Levels::STANDARD)));
}

#[divan::bench]
fn funnel_of_7_000_proportions(bencher: divan::Bencher) {
    let mut unit = units();
    let areas: Vec<FunnelArea> = (0..AREAS)
        .map(|_| {
            let size = (20.0 + 20_000.0 * unit()).floor();
            FunnelArea { events: (size * 0.2 * unit()).floor(), size }
        })
        .collect();
    bencher.bench_local(|| funnel_significance(black_box(&areas), FunnelKind::Proportion));
}
