//! Secondary suppression of a table of 200 by 100 cells, 5% of them small, with every cell proved safe.
//!
//! The peers are in `tests/peer/disclosure.py`; the same seed gives both the same table.

// A benchmark has a clock.
#![allow(clippy::panic, clippy::print_stdout, clippy::disallowed_methods)]

use std::time::Instant;

use measures::{CountTable, Policy, protect};

fn main() {
    for (rows, columns, seed) in [(200, 100, 1), (200, 100, 2), (50, 40, 1), (20, 20, 1)] {
        let (table, policy) = (table(rows, columns, seed), policy());
        let start = Instant::now();
        let release = protect(&table, policy);
        let took = start.elapsed();
        let start = Instant::now();
        let proved = release.is_proved();
        let intervals = release.intervals().len();
        let loss = release.loss();
        println!(
            "{rows} x {columns}, seed {seed}: {} primary cells, {} further; {took:.0?}; proved {proved}, {intervals} intervals in {:.0?}",
            loss.primary,
            loss.partners,
            start.elapsed()
        );
    }
    divan::main();
}

fn policy() -> &'static Policy {
    Policy::named("small-counts").unwrap_or_else(|error| panic!("{error}"))
}

/// A twentieth of 1 to 7, a twentieth of zeros, and 8 to 499: the generator of `tests/peer/disclosure.py`.
fn table(rows: usize, columns: usize, seed: u64) -> CountTable {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let counts: Vec<u64> = (0..rows * columns)
        .map(|_| match (next() % 100, next()) {
            (0..5, size) => 1 + size % 7,
            (5..10, _) => 0,
            (_, size) => 8 + size % 492,
        })
        .collect();
    CountTable::flat(rows, columns, &counts).unwrap_or_else(|error| panic!("{error}"))
}

#[divan::bench(sample_count = 5)]
fn suppress_200_by_100(bencher: divan::Bencher) {
    let table = table(200, 100, 1);
    bencher.bench_local(|| protect(&table, policy()));
}

#[divan::bench(sample_count = 5)]
fn intervals_of_200_by_100(bencher: divan::Bencher) {
    let release = protect(&table(200, 100, 1), policy());
    bencher.bench_local(|| release.intervals());
}
