//! Maps of areas, shaded by a figure.
//!
//! A map is drawn from rings of longitude and latitude by this crate itself: projected, simplified to what can be seen
//! at its size, and written as one path an area. Every area can be reached by pointer and keyboard and then shows
//! its name and figure on a line above the map, without a script: see [`crate::CHART_CSS`]. A map tile
//! library was rejected: it needs scripts and a tile server, and nothing it draws can be printed or read aloud.

mod choropleth;
mod classes;
mod geometry;
mod simplify;

pub use choropleth::{AreaMap, MapArea, area_map};
pub use classes::{Classes, Darkest};
