//! Many series at once: one row each, those that need attention first.

use vocabulary::Period;

use crate::{Assurance, Chart, Point, Rules, Variation};

/// One series in a summary table.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryRow {
    /// What the series is called.
    pub series: String,
    /// Its variation icon.
    pub variation: Variation,
    /// Its assurance icon.
    pub assurance: Assurance,
    /// Its latest plotted value that is neither a gap nor ghosted.
    pub latest: Option<f64>,
    /// The days that value is about.
    pub period: Option<Period>,
    /// The rules that it fired.
    pub rules: Rules,
}

impl SummaryRow {
    /// The row of a charted series.
    pub fn of(series: impl Into<String>, chart: &Chart) -> SummaryRow {
        let latest = chart.latest();
        SummaryRow {
            series: series.into(),
            variation: chart.variation(),
            assurance: chart.assurance(),
            latest: latest.and_then(|point| point.value),
            period: latest.map(|point| point.period),
            rules: latest.map_or(Rules::NONE, |point| point.rules),
        }
    }

    /// The row of one place in a funnel plot, whose points are not one series.
    pub fn of_place(place: impl Into<String>, point: &Point) -> SummaryRow {
        SummaryRow {
            series: place.into(),
            variation: point.variation,
            assurance: point.target.map_or(Assurance::NoTarget, |_| Assurance::NotKnown),
            latest: point.value,
            period: Some(point.period),
            rules: point.rules,
        }
    }
}

/// Puts what needs attention first: concern, then special cause without a judgement, improvement, common cause, and too
/// few points; within each, a target that will be missed before one met by chance, one that will be met, and none;
/// then as many rules as fired; then by name. The order does not depend on the order given.
pub fn sort_by_attention(rows: &mut [SummaryRow]) {
    let urgency = |row: &SummaryRow| {
        (row.variation.attention(), row.assurance.attention(), usize::MAX - row.rules.iter().count())
    };
    rows.sort_by(|a, b| urgency(a).cmp(&urgency(b)).then_with(|| a.series.cmp(&b.series)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;

    #[test]
    fn what_needs_attention_comes_first() {
        let row = |series: &str, variation, assurance, rules: &[Rule]| SummaryRow {
            series: series.into(),
            variation,
            assurance,
            latest: None,
            period: None,
            rules: rules.iter().copied().collect(),
        };
        let mut rows = [
            row("e", Variation::NotEnoughPoints, Assurance::NotKnown, &[]),
            row("d", Variation::CommonCause, Assurance::WillFail, &[]),
            row("f", Variation::ImprovementLow, Assurance::WillFail, &[Rule::Shift]),
            row("c", Variation::ConcernLow, Assurance::WillPass, &[Rule::Shift]),
            row("b", Variation::ConcernHigh, Assurance::WillFail, &[Rule::Shift]),
            row("a", Variation::ConcernLow, Assurance::WillFail, &[Rule::Shift, Rule::Outside]),
        ];
        sort_by_attention(&mut rows);
        assert_eq!(rows.map(|row| row.series).join(""), "abcfde");
    }
}
