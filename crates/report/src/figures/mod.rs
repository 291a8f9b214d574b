//! How numbers, dates and intervals are written, in charts and documents alike.
//!
//! One place decides the figures of a number, so that a chart's label, its table, the sentence about it and
//! the cell of a spreadsheet never differ. The alternative, a format string at every call, gave a chart
//! saying 83% beside a table saying 83.42.

mod dates;
mod numbers;
mod unit;

pub use dates::{long_date, period_words, short_period};
pub use numbers::{fixed, thousands};
pub use unit::Unit;
