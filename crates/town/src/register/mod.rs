//! Records of people.
//!
//! Nothing of a record is shown before a reason is given, which is noted with who gave it; what is shown then is what the role needs
//! (the `see-` rows of the policy file). Whoever may not may break the glass: a whole record once, for a reason in words, which
//! somebody else looks at afterwards. No use case here writes a name, a number or an address into an audit entry, an error or a log.

mod access;
mod correct;
mod erase;
mod extract;
mod import;
mod keys;
mod lists;
mod opt_outs;
mod person;
mod purposes;
mod read;
mod retention;
mod review;
mod rights;
mod rotate;
mod search;
mod synthetic;
mod view;

pub use access::AccessFormat;
pub use extract::Extract;
pub use import::PeopleImported;
pub use keys::KeySource;
pub use lists::{
    BREAK_GLASS_REASONS, CORRECTION_REASONS, Coded, DECISIONS, ERASURE_REASONS, GUARDIANS, HOLD_REASONS,
    READING_REASONS, SEXES, SHARING, words_of,
};
pub use opt_outs::OptOuts;
pub use person::PersonForm;
pub use purposes::{Purpose, purposes};
pub use read::{Given, Opened};
pub use retention::{Due, RETENTION_SCHEDULE, RetentionRule, retention_rules};
pub use review::{BrokenGlass, ReviewForm};
pub use rights::{Consented, Held, Rights};
pub use rotate::KeyUse;
pub use search::{Found, Search, SearchForm};
pub use view::{PersonView, ReadingLine, Shown};

/// What the audit log calls a record.
fn subject(id: &str) -> String {
    format!("person {id}")
}
