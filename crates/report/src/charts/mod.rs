//! Charts as SVG, each with its title, its description and the table behind it.

mod chart;

pub use chart::Chart;
