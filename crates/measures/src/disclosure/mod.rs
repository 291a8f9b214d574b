//! Disclosure control: what must be withheld so that nobody can be identified, and the proof that it cannot be worked out.
//!
//! What is withheld is a [`Policy`] of the source, which is data (`data/disclosure.toml`). [`protect`] applies it to a
//! [`CountTable`] and gives a [`Release`], the only thing here that has figures to show. Reliability is another matter:
//! that a rate of two events says little is a rule of the rate, not of this module.
//!
//! Two choices differ from other tools. An observer is taken to know that zeros are shown, so that a withheld cell is at
//! least one: tools that let it be zero promise more than they keep. And a cell is safe when no count of the policy's
//! range can be excluded, not when it merely cannot be told exactly. The hypercube and Gaussian elimination, which are
//! quick, promise only the latter (Giessing and Repsilber 2002; Langsrud 2024); the integer program promises either and is
//! slow. In a two-way table with a tree of rows all of this is network flow, which is exact and quick.

mod counts;
mod demand;
mod flow;
mod network;
mod policy;
mod rate;
mod release;
mod search;
mod table;

pub use counts::{CountTable, Totals};
pub use policy::Policy;
pub use release::{Interval, Loss, Release, protect};

pub(crate) use table::ENTRY;
