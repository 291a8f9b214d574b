//! What is measured, what it says, and where it came from.

mod choose;
mod data;
mod download;
mod figures;
mod list;
mod show;

pub(crate) use data::{import_page, list as data_list};
pub(crate) use download::{file, list_csv};
pub(crate) use list::list;
pub(crate) use show::show;
