//! The board: is the gap closing?

mod show;

pub(crate) use show::show;
