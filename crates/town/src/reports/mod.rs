//! Reports: made from the programme and its figures, published as files that never change again.

mod format;
mod progress;
mod published;

pub use format::ReportFormat;
pub use progress::ReportScope;
pub use published::PublishedReport;
