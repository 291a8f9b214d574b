//! Charts as SVG, each with its title, its description and the table behind it.
//!
//! They share one grammar: values named directly instead of legends, a shape for every colour that means something,
//! deprivation from 1 (most) on the left, the period and n under the chart, and the word for a figure that is
//! withheld. A chart takes a [`crate::Frame`] (its size class and identifier) and its data, and gives a [`Chart`].

mod about;
mod chart;
mod comparison;
mod control;
mod from_spc;
mod funnel;
mod gradient;
mod icons;
mod now_and_then;
mod png;
mod series;
mod sheet;

pub use about::About;
pub use chart::Chart;
pub use comparison::{Comparison, Place, Role, comparison};
pub use control::{ControlChart, ControlPoint, Signal, control};
pub use funnel::{Funnel, FunnelArea, FunnelPlace, funnel};
pub use gradient::{Gradient, Level, gradient};
pub use icons::{assurance_icon, variation_icon};
pub use now_and_then::{NowAndThen, Side, now_and_then};
pub use series::{Line, SeriesChart, series};
