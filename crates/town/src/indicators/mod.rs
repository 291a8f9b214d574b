//! Figures: importing what is published, exporting what is known, and what an indicator shows.

mod analysis;
mod authorities;
mod choice;
mod disclosure;
mod download;
mod drawing;
mod export;
mod import;
mod kept;
mod list;
mod map;
mod measured;
mod page;
mod reading;
mod sentences;
mod statistics;

pub use analysis::{Analysis, GapPoint, Gradient, GroupLevel, PlaceFigure, PlaceRole};
pub use choice::{Choice, Inequality};
pub use download::{CHARTS, Download};
pub use export::{ExportFilter, cell_of};
pub use import::{FileOutcome, ImportFile, Imported, Progress};
pub use kept::Kept;
pub use list::{ImportLine, IndicatorLine, indicators_csv};
pub use measured::Measured;
pub(crate) use page::icons;
pub use page::{Compared, Drawn, IndicatorPage};
pub use report::charts::Chart;
pub use report::documents::{Cell, Table};
pub use statistics::{Estimated, Slope};
pub use store::indicators::SeriesSummary;
