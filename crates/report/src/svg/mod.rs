//! A small SVG writer, and what charts and maps need around it: scales, axes, labels that do not collide, one
//! palette.
//!
//! It is our own because what het draws needs things that no chart crate gives: a title, a description and a
//! focus order; ids that stay unique when twenty charts share a page; no style attributes and no scripts, since
//! the site's content security policy forbids both; and values named directly. `plotters` wrote four times the
//! bytes, with neither title nor description.

mod axis;
mod dates;
mod frame;
mod labels;
pub(crate) mod palette;
mod scale;
mod text;
mod writer;

pub(crate) use axis::{Plot, ValueAxis, x_baseline};
pub(crate) use dates::DateScale;
pub use frame::{Frame, Width};
pub(crate) use labels::spread;
pub(crate) use scale::Scale;
pub(crate) use text::{text_width, wrap};
pub(crate) use writer::{Anchor, Mark, Svg, TextStyle, escape, number};

/// What a page's style sheet needs for charts and maps: a chart is never wider than its column, and a map names what a
/// pointer or the keyboard lands on. Everything else is in the drawings themselves.
pub const CHART_CSS: &str = "\
.het-chart { max-width: 100%; height: auto; }
.het-area:hover .het-readout, .het-area:focus .het-readout { visibility: visible; }
.het-area:focus { outline: none; }
.het-area:hover path { stroke: #0b0c0c; stroke-width: 1.5; }
.het-area:focus path { stroke: #0b0c0c; stroke-width: 3; }
";
