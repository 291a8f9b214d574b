//! Figures: importing what is published, exporting what is known, and what an indicator shows.

mod analysis;
mod authorities;
mod disclosure;
mod drawing;
mod export;
mod import;
mod kept;
mod list;
mod page;
mod reading;
mod sentences;
mod statistics;

pub use analysis::{Analysis, GapPoint, Gradient, GroupLevel, PlaceFigure, PlaceRole};
pub use export::{ExportFilter, cell_of};
pub use import::{FileOutcome, ImportFile, Imported, Progress};
pub use kept::Kept;
pub use list::{ImportLine, IndicatorLine};
pub(crate) use page::icons;
pub use page::{Compared, Drawn, IndicatorPage};
pub use statistics::{Estimated, Slope};
