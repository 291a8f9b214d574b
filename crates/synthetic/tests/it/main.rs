//! What must hold of every town, whatever its seed.

// Clippy's own exemption for tests does not reach the functions that tests call.
#![allow(clippy::unwrap_used, clippy::panic)]

mod figures;
mod places;
mod programme;

use proptest::prelude::*;
use synthetic::{SyntheticTown, town};

/// Checks a rule on a handful of towns: a fixed one and some that proptest picks.
fn check(rule: impl Fn(&SyntheticTown)) {
    rule(&town(1));
    let config = ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&any::<u64>(), |seed| {
        rule(&town(seed));
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn the_same_seed_is_the_same_town() {
    check(|t| assert_eq!(*t, town(t.seed)));
    assert_ne!(town(1).observations, town(2).observations);
}

#[test]
fn every_name_says_that_it_is_synthetic() {
    check(|t| {
        assert!(t.name.contains("synthetic"));
        assert!(t.areas.iter().all(|a| a.name.contains("synthetic") && a.code.as_str().starts_with("SYN-")));
        assert!(t.organisations.iter().all(|o| o.name.starts_with("Synthetic ")));
        assert!(t.members.iter().all(|m| m.name.starts_with("Synthetic member ")));
        assert!(t.postcodes.iter().all(|p| p.postcode.starts_with("ZY")));
        assert!(t.indicators.iter().all(|i| i.source == "synthetic"));
        assert!(t.observations.iter().all(|o| o.origin.file.starts_with("synthetic-town-")));
    });
    assert!(synthetic::STATEMENT.contains("synthetic"));
}
