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
mod show;
mod upload;

pub(crate) use change::{figure, rebase, save_figure, save_rebase, save_targets, targets};
pub(crate) use data::{import_page, list as data_list};
pub(crate) use download::{file, list_csv};
pub(crate) use edit::{create, edit, new, save};
pub(crate) use ghost::{ghosts, save_ghost};
pub(crate) use inequality::inequality;
pub(crate) use list::list;
pub(crate) use show::show;
pub(crate) use upload::{upload, upload_page};
