//! What several measures of groups can be told.

use vocabulary::Polarity;

use super::Weighting;
use crate::MeasureError;
use crate::table::{OptionEntry, Setup};

pub(super) const POLARITY: OptionEntry = OptionEntry {
    name: "polarity",
    default: "not-set",
    what: "which way is better: high-is-good, low-is-good or not-set",
};

pub(super) fn weighting(setup: &Setup) -> Result<Weighting, MeasureError> {
    setup.choice("weight", &[("people", Weighting::People), ("equal", Weighting::Equal)])
}

pub(super) fn polarity(setup: &Setup) -> Result<Polarity, MeasureError> {
    let words = [Polarity::HighIsGood, Polarity::LowIsGood, Polarity::NotSet].map(|p| (p.code(), p));
    setup.choice("polarity", &words)
}
