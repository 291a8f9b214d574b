//! Public-health statistics and inequality measures.
//!
//! Two doors. Rust callers use a function a measure ([`proportion`], [`rate`], [`slope`] ...), which takes counts that
//! cannot be negative and gives an [`Estimate`]: a value, its intervals at the [`Levels`] asked for, and the name of
//! its method, which never part. Analysts use a [`Request`] over a table: CSV in, CSV out, by the table of
//! [`MEASURES`], which also feeds the command line, its help and the manual.
//!
//! The methods are those of OHID's technical guidance, held to what its analysts' tools give; where a tool is known to
//! be wrong, the measure's entry says so. A rule that withholds a figure answers with the [`Reason`], never with zero.

mod compare;
mod concentration;
mod confidence;
mod count;
mod difference;
mod disclosure;
mod dsr;
mod error;
mod estimate;
mod funnel;
mod gap;
mod groups;
mod indirect;
mod life_expectancy;
mod mean;
mod multiplier;
mod poisson;
mod proportion;
mod quantile;
mod random;
mod rate;
mod ratio;
mod registry;
mod reliability;
mod slope;
mod special;
mod standard;
mod table;
mod trend;

pub use compare::{Judgement, Standing, compare, stand};
pub use concentration::{
    Bounds, ConcentrationKind, Contribution, Decomposition, Ranked, RankedKind, concentration_index,
    decompose,
};
pub use confidence::{Confidence, Levels};
pub use count::{Counts, Events, Population, Statistic};
pub use difference::difference;
pub use disclosure::{CountTable, Interval as FeasibleInterval, Loss, Policy, Release, Totals, protect};
pub use dsr::{Band, Repeated, dsr, dsr_of_repeated};
pub use error::{MeasureError, Reason};
pub use estimate::{Estimate, Interval, Note};
pub use funnel::{
    FunnelArea, FunnelKind, FunnelPoint, Significance, baseline, expected_limits, funnel_curve,
    funnel_significance, proportion_limits,
};
pub use gap::{absolute_gap, relative_gap};
pub use groups::{
    DifferenceFrom, MeasuredGroup, Weighting, attributable_fraction, attributable_risk,
    between_group_variance, index_of_disparity, mean_difference, mean_log_deviation, theil_index,
};
pub use indirect::{indirectly_standardised_rate, standardised_ratio};
pub use life_expectancy::{Health, LifeBand, LifeTable, life_table};
pub use mean::mean;
pub use multiplier::Multiplier;
pub use proportion::proportion;
pub use quantile::{Direction, quantiles, weighted_quantiles};
pub use rate::rate;
pub use ratio::ratio;
pub use registry::MEASURES;
pub use reliability::Reliability;
pub use slope::{
    Area, FigureKind, Group, ScottishIndex, SimulatedIndex, Simulation, Slope, SlopeIndex, SlopeLimits,
    SlopeRequest, UncertainArea, scottish_index, slope, slope_index, slope_of_areas,
};
pub use standard::StandardPopulation;
pub use table::{Column, ColumnKind, Request, Shape, Summary, TableError};
pub use table::{Example, MeasureEntry, OptionEntry};
pub use trend::{
    Direction as TrendDirection, FigurePoint, InequalityPoint, InequalityTrend, ProportionPoint, RecentTrend,
    inequality_trend, recent_trend, recent_trend_of_proportions,
};
