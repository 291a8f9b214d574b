//! Person-level records: in a database file or schema of their own, sealed by column.
//!
//! | part | what it knows |
//! |---|---|
//! | `keys` | the keys that seal and hash, and their public names |
//! | `sealed` | one sealed value: how it is made, and what makes it be refused |
//! | `people` | people, and the keyed hashes that they are found by |
//! | `corrections` | what a corrected value was before |
//! | `readings` | who saw what of whom, and the second look at a breaking of the glass |
//! | `rights` | consents, legal holds, erasures |
//! | `retention` | whose time to be kept has passed |
//! | `opt_outs` | the last answer of the national data opt-out service |
//! | `rotation` | what is sealed by which key, and sealing anew |
//!
//! A change is committed with its entry in the register's own audit log ([`crate::Write::commit_register`]). The rejected alternative, an
//! entry in the main log, would need one transaction over two files, which SQLite gives only without its write-ahead log, and on
//! PostgreSQL would give the register's role a way into the main database.

mod corrections;
mod keys;
mod opt_outs;
mod people;
mod readings;
mod retention;
mod rights;
mod rotation;
mod sealed;

pub use corrections::{Correction, NewCorrection, add_correction, corrections_of};
pub use keys::{Keys, new_id};
pub use opt_outs::{OptOutCheck, clear_of_opt_out, last_opt_out_check, set_opt_out_check};
pub use people::{
    Person, add_person, count_people, each_person, nhs_index, people_by_name, people_by_postcode,
    people_in_care_of, person_by_id, person_by_nhs_number, save_person,
};
pub use readings::{
    NewReading, Reading, Review, add_reading, add_review, break_glass_readings, last_reading, reading_by_id,
    readings_of, review_of,
};
pub use retention::{
    Standing, delete_person, each_standing, keep_anonymous, purge_readings, readings_before,
};
pub use rights::{
    Consent, Erasure, Hold, add_consent, consents_of, erasure_of, holds_of, lift_hold, set_hold,
    withdraw_consent,
};
pub use rotation::{Sealed, seal_anew, sealed_by_key};
pub use sealed::{Cell, open, seal};

use vocabulary::Personal;

use crate::Result;

/// Seals a text that may be empty, which is kept as nothing.
fn seal_some(keys: &Keys, cell: Cell<'_>, text: &Personal<String>) -> Result<Option<Vec<u8>>> {
    if text.reveal().is_empty() { Ok(None) } else { seal(keys, cell, text.reveal()).map(Some) }
}

/// Opens what [`seal_some`] sealed.
fn open_some(keys: &Keys, cell: Cell<'_>, sealed: Option<&[u8]>) -> Result<Personal<String>> {
    sealed.map_or(Ok(String::new()), |sealed| open(keys, cell, sealed)).map(Personal::new)
}
