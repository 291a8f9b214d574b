//! What is measured, what it says, and where it came from.

mod change;
mod choose;
mod data;
mod download;
mod edit;
mod figures;
mod ghost;
mod inequality;
mod list;
mod series;
mod show;
mod targets;
mod upload;

pub(crate) use change::{figure, rebase, save_figure, save_rebase};
pub(crate) use data::{import_page, list as data_list, list_csv as data_csv};
pub(crate) use download::{file, list_csv};
pub(crate) use ghost::{ghosts, save_ghost};
pub(crate) use inequality::inequality;
pub(crate) use list::list;
pub(crate) use series::{csv as series_csv, list as series_list};
pub(crate) use show::show;
pub(crate) use upload::{upload, upload_page};
