//! Progress reports: made, looked at, kept, published and read again.

mod list;
mod progress;
mod published;
mod standalone;

pub(crate) use list::{list, list_csv};
pub(crate) use progress::{file, preview, publish};
pub(crate) use published::{published, published_file};
