//! Funnel plots: the limits that chance allows around the average, by the size of an area, and whether an area lies
//! outside them.
//!
//! OHID, Fingertips technical guidance, funnel plots; Spiegelhalter 2005, *Statistics in Medicine* 24: 1185-1202.
//! Proportions: the limits inside which Wilson's interval of the area holds the average, which are p̄ ± z√(p̄(1 − p̄)/n)
//! (the formula that the peers write out at length comes to this). Ratios and rates: an area differs when the Poisson
//! limits of its count, exact below ten and Byar's from ten, leave the expected count outside; the limits drawn are
//! those of the exact Poisson distribution. The average of the areas is the baseline, taken as certain.
//!
//! Upper limits of proportions stop at one, which is at the multiplier: the peers stop them at 100 whatever the
//! multiplier is.

mod axis;
mod table;

pub use axis::{FunnelPoint, funnel_curve};
pub(crate) use table::{CURVE, SIGNIFICANCE};

use std::fmt;

use crate::poisson::Known;
use crate::special::{gamma_quantile, gamma_upper_quantile};
use crate::{Confidence, Levels, MeasureError, Reason, poisson};

/// The count of one area and what it is counted in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelArea {
    /// How many events.
    pub events: f64,
    /// People for a proportion or a rate, expected events for a ratio.
    pub size: f64,
}

/// What is plotted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FunnelKind {
    /// Events as a share of people, around the share of all areas together.
    Proportion,
    /// Events over expected events, around one.
    Ratio,
    /// Events per people, around the rate of all areas together.
    Rate,
}

/// Where an area lies. 97.5% on each side are 95% limits, 99.9% on each side 99.8% limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Significance {
    /// Below the 99.8% limit.
    Low998,
    /// Below the 95% limit.
    Low95,
    /// Between the limits.
    NotSignificant,
    /// Above the 95% limit.
    High95,
    /// Above the 99.8% limit.
    High998,
}

impl Significance {
    /// The words that phstatsmethods has for it, without the brackets: `low-998`, `low-95`, `not-significant`,
    /// `high-95`, `high-998`.
    pub fn code(self) -> &'static str {
        match self {
            Significance::Low998 => "low-998",
            Significance::Low95 => "low-95",
            Significance::NotSignificant => "not-significant",
            Significance::High95 => "high-95",
            Significance::High998 => "high-998",
        }
    }
}

/// As OHID says it: `low (99.8%)`, `not significant`, `high (95%)`.
impl fmt::Display for Significance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Significance::Low998 => "low (99.8%)",
            Significance::Low95 => "low (95%)",
            Significance::NotSignificant => "not significant",
            Significance::High95 => "high (95%)",
            Significance::High998 => "high (99.8%)",
        })
    }
}

/// The baseline of some areas: all events over all people, or one for ratios.
///
/// # Errors
/// [`Reason::FewGroups`] without an area; [`MeasureError::OutOfRange`] for a negative count, a size that is not above
/// zero, or a proportion above one.
pub fn baseline(areas: &[FunnelArea], kind: FunnelKind) -> Result<f64, MeasureError> {
    let (mut events, mut size) = (0.0, 0.0);
    for area in areas {
        check(area, kind)?;
        events += area.events;
        size += area.size;
    }
    match (areas.is_empty(), kind) {
        (true, _) => Err(Reason::FewGroups { what: "areas", count: 0, least: 1 }.into()),
        (_, FunnelKind::Ratio) => Ok(1.0),
        _ => Ok(events / size),
    }
}

fn check(area: &FunnelArea, kind: FunnelKind) -> Result<(), MeasureError> {
    if !(area.events >= 0.0 && area.events.is_finite()) {
        let what = "a number of events";
        return Err(MeasureError::OutOfRange { what, value: area.events, expected: "zero or more" });
    }
    if !(area.size > 0.0 && area.size.is_finite()) {
        let what = "a population or a number of expected events";
        return Err(MeasureError::OutOfRange { what, value: area.size, expected: "more than zero" });
    }
    if kind == FunnelKind::Proportion && area.events > area.size {
        return Err(MeasureError::MoreEventsThanPeople { events: area.events, population: area.size });
    }
    Ok(())
}

/// Where each area lies against the baseline of all of them.
///
/// # Errors
/// As [`baseline`].
pub fn funnel_significance(
    areas: &[FunnelArea],
    kind: FunnelKind,
) -> Result<Vec<Significance>, MeasureError> {
    let centre = baseline(areas, kind)?;
    let known = Known::new(Levels::STANDARD);
    Ok(areas.iter().map(|area| significance(area, centre, kind, &known)).collect())
}

/// Where one area lies against a baseline.
fn significance(area: &FunnelArea, baseline: f64, kind: FunnelKind, known: &Known) -> Significance {
    match kind {
        FunnelKind::Proportion => {
            let share = area.events / area.size;
            let step = (baseline * (1.0 - baseline) / area.size).sqrt();
            let (outer, inner) = (Confidence::P998.z() * step, Confidence::P95.z() * step);
            place(
                share < baseline - outer,
                share < baseline - inner,
                share > baseline + inner,
                share > baseline + outer,
            )
        }
        FunnelKind::Ratio | FunnelKind::Rate => {
            let expected = baseline * area.size;
            let outer = known.limits(area.events, Confidence::P998);
            let inner = known.limits(area.events, Confidence::P95);
            place(outer.1 < expected, inner.1 < expected, inner.0 > expected, outer.0 > expected)
        }
    }
}

fn place(low998: bool, low95: bool, high95: bool, high998: bool) -> Significance {
    match (low998, low95, high95, high998) {
        (true, ..) => Significance::Low998,
        (_, true, ..) => Significance::Low95,
        (.., true) => Significance::High998,
        (_, _, true, _) => Significance::High95,
        _ => Significance::NotSignificant,
    }
}

/// The limits of a share among `population` people around a baseline, from 0 to 1.
pub fn proportion_limits(baseline: f64, population: f64, confidence: Confidence) -> (f64, f64) {
    let reach = confidence.z() * (baseline * (1.0 - baseline) / population).sqrt();
    ((baseline - reach).max(0.0), (baseline + reach).min(1.0))
}

/// The expected counts between which an observed count is no surprise: below the first it would be too many, above the
/// second too few. Exact; the peers halve an interval until 1e-7 of its scale.
pub fn expected_limits(events: f64, confidence: Confidence) -> (f64, f64) {
    let fewest = if events == 0.0 { 0.0 } else { gamma_quantile(events, confidence.tail()) };
    (fewest, gamma_upper_quantile(events + 1.0, confidence.tail()))
}

/// The method's name for the limits of an area.
fn method(kind: FunnelKind, events: f64) -> &'static str {
    match kind {
        FunnelKind::Proportion => "Wilson score around the average",
        FunnelKind::Ratio | FunnelKind::Rate => poisson::method(events),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: FunnelKind, areas: &[(f64, f64)], expected: &[&str]) {
        let areas: Vec<FunnelArea> =
            areas.iter().map(|&(events, size)| FunnelArea { events, size }).collect();
        let got: Vec<&str> =
            funnel_significance(&areas, kind).unwrap().into_iter().map(Significance::code).collect();
        assert_eq!(got, expected);
    }

    // Expected from assign_funnel_significance of phstatsmethods 0.1.16.
    #[test]
    fn areas_lie_where_the_peer_has_them() {
        let all = ["high-998", "not-significant", "low-998", "high-95", "low-95"];
        let shares = [(150.0, 1000.0), (100.0, 1000.0), (60.0, 1000.0), (125.0, 1000.0), (80.0, 1000.0)];
        check(FunnelKind::Proportion, &shares, &all);
        let ratios = [(60.0, 30.0), (30.0, 30.0), (10.0, 30.0), (9.0, 4.0), (3.0, 9.5)];
        check(FunnelKind::Ratio, &ratios, &all);
    }

    // The exact limits are those of the Poisson distribution: twice scipy's chi-squared quantiles.
    #[test]
    fn expected_counts_are_exact() {
        let (low, high) = expected_limits(10.0, Confidence::P95);
        assert!(
            (low - 4.795_388_696_132_433_5).abs() < 1e-9 && (high - 18.390_356_042_017_78).abs() < 1e-9,
            "{low} {high}"
        );
        assert_eq!(expected_limits(0.0, Confidence::P95).0, 0.0);
    }

    // Areas of the test of PHEindicatormethods' phe_funnel_significance (testdata_funnel_prop_inputs.csv) with what OHID's tool
    // says of them. The rest of its areas are one here, so that the average is the tool's.
    #[test]
    fn areas_lie_where_ohids_tool_has_them() {
        let areas = [
            (35_078.488, 41_980.0, "high-998"),
            (24_803.625_6, 31_824.0, "low-998"),
            (50_050.744_3, 61_921.0, "not-significant"),
            (26_789.238, 33_012.0, "high-95"),
            (34_502.068_5, 42_485.0, "high-95"),
            (30_277.531_2, 37_828.0, "low-95"),
            (24_648.759_6, 30_521.0, "not-significant"),
            (36_850.049_2, 45_449.0, "high-95"),
            (0.806_424_48 * 1e12, 1e12, "not-significant"),
        ];
        let counts: Vec<(f64, f64)> = areas.iter().map(|&(events, size, _)| (events, size)).collect();
        check(FunnelKind::Proportion, &counts, &areas.map(|(_, _, expected)| expected));
    }

    // testdata_funnel_prop_outputs.csv of PHEindicatormethods, from OHID's tool: percentages to six decimals.
    #[test]
    fn limits_of_proportions_are_those_of_ohids_tool() {
        for (people, (low95, high95), (low998, high998)) in [
            (1.0, (3.204_264, 100.0), (0.0, 100.0)),
            (27.0, (65.739_462, 95.545_433), (57.145_237, 100.0)),
            (45.0, (69.098_645, 92.186_251), (62.441_586, 98.843_309)),
            (1_008.0, (78.203_374, 83.081_521), (76.796_814, 84.488_082)),
            (110_000.0, (80.408_963, 80.875_933), (80.274_317, 81.010_578)),
        ] {
            let inner = proportion_limits(0.806_424_48, people, Confidence::P95);
            let outer = proportion_limits(0.806_424_48, people, Confidence::P998);
            let expected = [low95, high95, low998, high998];
            for (got, expected) in [inner.0, inner.1, outer.0, outer.1].into_iter().zip(expected) {
                assert!((100.0 * got - expected).abs() < 1e-6, "{people}: {got} {expected}");
            }
        }
    }

    // testdata_funnel_ratio_outputs.csv of PHEindicatormethods, from OHID's tool: how many must be expected for an observed
    // count to be significantly few, and significantly many.
    #[test]
    fn limits_of_counts_are_those_of_ohids_tool() {
        for (events, (few95, many95), (few998, many998)) in [
            (1.0, (5.571_644_585, 0.025_317_898), (9.233_410_143, 0.001_000_547)),
            (10.0, (18.390_357_99, 4.795_387_629), (24.133_972_35, 2.960_519_925)),
            (100.0, (121.626_811_1, 81.364_006_99), (134.924_318_7, 71.921_399_74)),
            (716.0, (770.422_212_8, 664.508_301_1), (802.604_14, 636.152_117_4)),
        ] {
            let (inner, outer) =
                (expected_limits(events, Confidence::P95), expected_limits(events, Confidence::P998));
            for (got, expected) in
                [inner.1, inner.0, outer.1, outer.0].into_iter().zip([few95, many95, few998, many998])
            {
                // The tool's own levels are off in their sixth figure.
                assert!((got / expected - 1.0).abs() < 1e-4, "{events}: {got} {expected}");
            }
        }
    }

    // The limits are where Wilson's interval of an area on them ends at the average.
    #[test]
    fn proportion_limits_turn_wilson_round() {
        for (average, people) in [(0.1, 500.0), (0.5, 40.0), (0.97, 3000.0)] {
            for confidence in [Confidence::P95, Confidence::P998] {
                let (low, high) = proportion_limits(average, people, confidence);
                if low > 0.0 {
                    let upper = crate::proportion::wilson(low * people, people, confidence).1;
                    assert!((upper - average).abs() < 1e-12);
                }
                if high < 1.0 {
                    let lower = crate::proportion::wilson(high * people, people, confidence).0;
                    assert!((lower - average).abs() < 1e-12);
                }
            }
        }
    }
}
