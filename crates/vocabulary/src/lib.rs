//! The words of the field as types.
//!
//! Everything here is a value with its parsing and its printing: areas, periods, figures that may be
//! withheld, deprivation quantiles, money. There are no algorithms, no files and no clock. A type exists
//! so that a mistake cannot be written down: a suppressed figure is not a number, a person's name cannot
//! be logged, a period always has both its ends.
//!
//! Dates are [`jiff::civil::Date`], re-exported as [`Date`]: civil dates in Europe/London. The
//! alternative, `chrono`, has no calendar-exact "two years and three months after" without a second crate.

mod age;
mod area;
mod deprivation;
mod figure;
mod money;
mod nhs_number;
mod observation;
mod period;
mod personal;
mod polarity;
mod postcode;
mod sex;

pub use age::{Age, AgeBand, ParseAgeError};
pub use area::{AreaCode, AreaKind, ParseAreaCodeError};
pub use deprivation::{Decile, Quintile};
pub use figure::{Figure, Withheld};
pub use jiff::civil::Date;
pub use money::Pence;
pub use nhs_number::{NhsNumber, ParseNhsNumberError};
pub use observation::{Observation, Origin};
pub use period::{Frequency, ParsePeriodError, Period};
pub use personal::Personal;
pub use polarity::Polarity;
pub use postcode::{ParsePostcodeError, Postcode};
pub use sex::Sex;
