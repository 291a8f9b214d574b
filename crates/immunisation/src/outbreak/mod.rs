//! What low coverage means: how far an infection would spread.
//!
//! From coverage, [`reproduction_number`] gives the effective reproduction number of an area or a birth cohort
//! and [`shortfall`] the number of *children to vaccinate* for herd immunity. For one school or one
//! neighbourhood, [`Setting::simulate`] gives the sizes of outbreaks after a case arrives, and so the
//! probability of a large one.
//!
//! The model is the one published by the Texas Advanced Computing Center for measles in schools: susceptible,
//! latent, infectious and recovered people who mix evenly, vaccinated people being infected less often and
//! infecting less. It is run either in the steps of a quarter of a day in which it was published, or event by
//! event ([`Stepping`]); the second has no step error and has the exact answers of [`exact`] to be held
//! against. A network of households and classes would be closer to life, but asks for data that a town
//! does not have. Chance comes from a seed that is an argument.
//!
//! ```
//! use immunisation::outbreak::{Disease, Setting, Stepping};
//!
//! let measles = Disease::published("measles")?;
//! let school = Setting::new(500, 450, 1)?;
//! let outbreaks = school.simulate(&measles, Stepping::AsPublished, 2_000, 11);
//! let (probability, low, high) = outbreaks.probability_of_at_least(10);
//! assert!(low < probability && probability < high && (0.25..0.45).contains(&probability));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod chance;
mod disease;
pub mod exact;
mod herd;
mod simulate;

pub use disease::{Disease, OutbreakError};
pub use herd::{Cohort, Shortfall, reproduction_number, shortfall};
pub use simulate::{Outbreaks, Setting, Stepping};
