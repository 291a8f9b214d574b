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
pub(crate) use writer::{Anchor, Mark, Svg, TextStyle};
