//! Trials: what het does when what it stands on fails. Each starts what it breaks itself, and stops it again by its own number.
//!
//! The suite makes few of each. `HET_TRIALS` says how many times as many to make; docs/operations.md ("What was tried") has the figures
//! of the large ones.

mod clock;
mod cluster;
mod encrypted;
mod full;
mod pool;
mod restarted;
mod writers;

/// How many times as many as the suite makes.
fn times() -> usize {
    std::env::var("HET_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}
