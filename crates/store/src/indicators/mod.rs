//! Places, the files that were imported, the observations they held, and the programme's indicators.

mod areas;
mod boundaries;
mod definitions;
mod deprivation;
mod imports;
mod observations;
mod postcodes;
mod recorder;
mod targets;

pub use areas::{Area, add_areas, area, areas_of_kind, areas_within, parents_of, set_parents, set_points};
pub use boundaries::{Boundary, boundaries_of, boundary_codes, set_boundaries};
pub use definitions::{
    Indicator, NewIndicator, actions_of_indicator, add_indicator, edit_indicator, indicator_by_code,
    indicators, indicators_of_action, indicators_of_recommendation, link_indicator_to_action,
    link_indicator_to_recommendation, recommendations_of_indicator, unlink_indicator,
};
pub use deprivation::{
    AreaDeprivation, DeprivationFile, DeprivationRow, Edition, KeptRow, deprivation_files, deprivation_of,
    deprivation_rows, editions, set_deprivation,
};
pub use imports::{Import, NewImport, add_import, findings_of, finish_import, import_of_content, imports};
pub use observations::{
    AreaValue, Filter, Point, SeriesKey, SeriesSummary, TracedObservation, group_points, latest_period,
    observation_history, periods_of, series_by_area, series_in, series_points, slice_values, slices_matching,
    traced_observations,
};
pub use postcodes::{NewPostcode, Postcode, postcode, set_postcodes};
pub use recorder::{Counts, Recorder};
pub use targets::{NewTarget, Target, add_target, remove_targets_of, targets_of};

use crate::{Error, Result};
use vocabulary::{AreaCode, Figure, Period};

/// Reads an area code back from the database.
fn read_area(text: &str) -> Result<AreaCode> {
    text.parse().map_err(|_| Error::Foreign { what: "area code", value: text.to_owned() })
}

/// Reads a period back from its two ends.
fn read_period(start: &str, end: &str) -> Result<Period> {
    let foreign = || Error::Foreign { what: "period", value: format!("{start}/{end}") };
    let (first, last) = (start.parse().map_err(|_| foreign())?, end.parse().map_err(|_| foreign())?);
    Period::new(first, last).ok_or_else(foreign)
}

/// Reads a figure back from its number and status.
fn read_figure(value: Option<f64>, status: &str) -> Result<Figure> {
    Figure::from_parts(value, status)
        .ok_or_else(|| Error::Foreign { what: "figure's status", value: status.to_owned() })
}
