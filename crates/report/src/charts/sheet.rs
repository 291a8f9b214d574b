//! What every chart has around its plot: its title above, the period and n below.

use super::About;
use crate::svg::palette::QUIET;
use crate::svg::{Frame, Plot, Svg, TextStyle, Width, wrap};

/// Room around a plot, in pixels: for the numbers on the left, labels on the right, labels above the highest value,
/// and the axis below.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) above: f64,
    pub(super) below: f64,
}

/// A drawing with its title and foot written and its plot's place known.
pub(super) struct Sheet {
    pub(super) svg: Svg,
    pub(super) plot: Plot,
    pub(super) text: f64,
}

impl Sheet {
    /// A sheet whose plot is `height` pixels high; `remarks` are lines under the chart that belong to its kind. A small one has no title, since the board writes it beside.
    pub(super) fn new(
        frame: &Frame,
        about: &About,
        remarks: &[String],
        margins: Margins,
        height: f64,
    ) -> Sheet {
        let text = frame.text();
        let breadth = frame.pixels() - 4.0;
        let title_size = if frame.width() == Width::Wide { 17.0 } else { 15.0 };
        let title = if frame.is_small() { Vec::new() } else { wrap(&about.title, title_size, breadth / 1.1) };
        let mut lines = title.iter().map(|line| (line.clone(), true)).collect::<Vec<_>>();
        if !frame.is_small() {
            lines.extend(wrap(&about.measure(), text, breadth).into_iter().map(|line| (line, false)));
        }
        let foot_size = text - 1.0;
        let foot: Vec<String> = remarks
            .iter()
            .chain(&about.foot(frame))
            .flat_map(|line| wrap(line, foot_size, breadth))
            .collect();

        let top = lines.iter().map(|(_, bold)| if *bold { title_size } else { text } * 1.3).sum::<f64>();
        let plot = Plot {
            left: margins.left,
            right: frame.pixels() - margins.right,
            top: top + margins.above,
            bottom: top + margins.above + height,
        };
        let foot_top = plot.bottom + margins.below;
        let mut svg = Svg::new(frame, foot_top + foot.len() as f64 * foot_size * 1.35 + 4.0);
        let mut y = 0.0;
        for (line, bold) in lines {
            let size = if bold { title_size } else { text };
            let style = TextStyle::new(size);
            y += size * 1.3;
            svg.text((2.0, y - size * 0.3), &line, if bold { style.bold() } else { style.fill(QUIET) });
        }
        for (index, line) in foot.iter().enumerate() {
            let at = foot_top + (index as f64 + 1.0) * foot_size * 1.35 - foot_size * 0.2;
            svg.text((2.0, at), line, TextStyle::new(foot_size).fill(QUIET));
        }
        Sheet { svg, plot, text }
    }
}
