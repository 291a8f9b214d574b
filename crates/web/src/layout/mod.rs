//! What every page has around it.

mod colour;
pub(crate) mod listing;
mod page;
mod sections;
mod shell;
mod trouble;

pub(crate) use colour::town_style;
pub use page::Page;
pub use sections::Section;
pub(crate) use trouble::{bare, bare_problem, problem};

/// A number and its noun: `1 minute`, `5 minutes`.
pub(crate) fn plural(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
