//! What a figure may not travel without: its unit, its period, its denominator and its source.

use crate::figures::Unit;
use crate::svg::Frame;

/// What a chart is about. All of it stands on the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What the chart shows: `MMR first dose at 24 months, Luton`.
    pub title: String,
    /// What the numbers are of.
    pub unit: Unit,
    /// What is counted, of whom: `Children vaccinated, of those aged 24 months`. May be empty.
    pub measure: String,
    /// The days that it covers: `January to March 2025`.
    pub period: String,
    /// How many it rests on: `n = 3,412 children`. May be empty where no count was published.
    pub n: String,
    /// Where the figures come from. May be empty only for invented figures.
    pub source: String,
}

impl About {
    /// The line under the title: the measure and its unit.
    pub(crate) fn measure(&self) -> String {
        let unit = self.unit.words();
        match (self.measure.is_empty(), unit.is_empty()) {
            (true, _) => unit,
            (false, true) => self.measure.clone(),
            (false, false) => format!("{} ({unit})", self.measure),
        }
    }

    /// The lines under the chart: period and n, then the source where there is room for it.
    pub(crate) fn foot(&self, frame: &Frame) -> Vec<String> {
        let first = match (self.period.is_empty(), self.n.is_empty()) {
            (true, _) => self.n.clone(),
            (false, true) => self.period.clone(),
            (false, false) => format!("{}; {}", self.period, self.n),
        };
        let source = if frame.is_small() || self.source.is_empty() {
            String::new()
        } else {
            format!("Source: {}", self.source)
        };
        [first, source].into_iter().filter(|line| !line.is_empty()).collect()
    }
}
