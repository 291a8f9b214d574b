//! The axis of values: quiet grid lines with their numbers on the left, no frame.

use super::palette::{GRID, LIMIT, QUIET};
use super::scale::{Marks, Scale, round_marks};
use super::{Anchor, Svg, TextStyle, text_width};
use crate::figures::Unit;

/// Where a chart's values are drawn, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plot {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// An axis of values with its marks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValueAxis {
    unit: Unit,
    marks: Marks,
}

impl ValueAxis {
    /// An axis that holds every one of `values` (those not finite are passed over) with about `count` marks. It
    /// starts at zero where the values lie near it, and a percentage ends at 100.
    pub(crate) fn covering(values: impl IntoIterator<Item = f64>, unit: Unit, count: usize) -> ValueAxis {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.into_iter().filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if low >= 0.0 && low < 0.3 * high {
            low = 0.0;
        }
        let mut marks = round_marks(low, high, count);
        if unit == Unit::Percent && high <= 100.0 {
            marks.at.retain(|&mark| mark <= 100.0 + 1e-9);
        }
        if unit == Unit::Count && marks.decimals > 0 && marks.at.len() > 2 {
            marks.at.retain(|mark| (mark - mark.round()).abs() < 1e-9);
            marks.decimals = 0;
        }
        ValueAxis { unit, marks }
    }

    /// The lowest and highest value that the axis holds.
    pub(crate) fn ends(&self) -> (f64, f64) {
        match self.marks.at[..] {
            [low, .., high] => (low, high),
            _ => (0.0, 1.0),
        }
    }

    /// How wide its numbers are at `size`.
    pub(crate) fn label_width(&self, size: f64) -> f64 {
        self.labels().map(|(_, label)| text_width(&label, size)).fold(0.0, f64::max)
    }

    /// The scale from its values to the height of `plot`.
    pub(crate) fn upright(&self, plot: Plot) -> Scale {
        Scale::new(self.ends(), (plot.bottom, plot.top))
    }

    /// The scale from its values to the breadth of `plot`.
    pub(crate) fn lying(&self, plot: Plot) -> Scale {
        Scale::new(self.ends(), (plot.left, plot.right))
    }

    /// Draws grid lines across `plot` with their numbers to the left of it.
    pub(crate) fn draw(&self, svg: &mut Svg, plot: Plot, size: f64) {
        let scale = self.upright(plot);
        svg.open("g", &[("class", "axis"), ("fill", QUIET)]);
        for (value, label) in self.labels() {
            let y = scale.at(value);
            svg.line((plot.left, y), (plot.right, y), &[("stroke", GRID)]);
            let style = TextStyle::new(size).anchored(Anchor::End);
            svg.text((plot.left - 6.0, y + size * 0.35), &label, style);
        }
        svg.close("g");
    }

    /// Draws grid lines down `plot` with their numbers under it.
    pub(crate) fn draw_lying(&self, svg: &mut Svg, plot: Plot, size: f64) {
        let scale = self.lying(plot);
        svg.open("g", &[("class", "axis"), ("fill", QUIET)]);
        for (value, label) in self.labels() {
            let x = scale.at(value);
            svg.line((x, plot.top), (x, plot.bottom), &[("stroke", GRID)]);
            let style = TextStyle::new(size).anchored(Anchor::Middle);
            svg.text((x, plot.bottom + size * 1.4), &label, style);
        }
        svg.close("g");
    }

    fn labels(&self) -> impl Iterator<Item = (f64, String)> + '_ {
        self.marks.at.iter().map(|&value| (value, self.unit.tick(value, self.marks.decimals)))
    }
}

/// Draws the line that a chart stands on.
pub(crate) fn x_baseline(svg: &mut Svg, plot: Plot) {
    svg.line((plot.left, plot.bottom), (plot.right, plot.bottom), &[("stroke", LIMIT)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], unit: Unit, ends: (f64, f64)) {
        let (low, high) = ValueAxis::covering(values.iter().copied(), unit, 4).ends();
        assert!((low - ends.0).abs() < 1e-9 && (high - ends.1).abs() < 1e-9, "{low} {high}");
    }

    #[test]
    fn axes_hold_their_values() {
        check(&[81.0, 94.0], Unit::Percent, (80.0, 95.0));
        check(&[96.0, 99.9], Unit::Percent, (96.0, 100.0));
        check(&[3.0, 94.0], Unit::Percent, (0.0, 100.0));
        check(&[0.0, 3.0], Unit::Count, (0.0, 3.0));
        check(&[], Unit::Percent, (0.0, 1.0));
        check(&[f64::NAN, 7.0, 7.0], Unit::Years, (6.6, 7.4));
    }
}
