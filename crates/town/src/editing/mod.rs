//! Creating and editing the things of the programme: one way for all of them.
//!
//! A thing is edited as a form, which has fields of text. Whoever edits says what they saw when they began; when the thing
//! is another by the time they save, nothing is written and [`Changed`] tells what somebody else saved meanwhile, so that a
//! person decides. The comparison and the write are one step: a change is only committed on the very version of the data
//! that it was compared with. (Rejected: a revision number in each table, which every writer would have to remember to
//! raise and which says nothing of a change made through another table; and locks, which outlive whoever went home.)

mod change;
mod changed;
mod checks;
mod fields;
mod keep;

pub(crate) use change::Change;
pub use changed::{Changed, ChangedField};
pub(crate) use checks::Checks;
pub(crate) use fields::{FieldLine, FieldValue, form};
pub use fields::{Fields, Form};
pub(crate) use keep::Editable;
pub use keep::{Editing, Seen};
