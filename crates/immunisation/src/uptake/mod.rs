//! Uptake: who has been vaccinated, by when, and who is susceptible.
//!
//! - [`Indicators::coverage`] counts as UKHSA's COVER programme does: the children who reach their first, second or
//!   fifth birthday in a period, and how many of them had been vaccinated by then. What counts for each
//!   indicator is data (`data/uk-cover.toml`), with the source of every rule.
//! - [`standing_now`] counts the children who are under-vaccinated today, and of what.
//! - [`timeliness`] gives the share vaccinated by each age, allowing for children who moved away or are still
//!   too young (Kaplan and Meier).
//! - [`doses_by_birth_year`] gives the doses of MMR had by each birth cohort, from which
//!   [`crate::outbreak`] calculates the susceptible.
//!
//! Every function takes the group of a child as an argument of any ordered type: a practice, an area, a deprivation
//! quintile, an ethnic group, or several together. COVER counts doses and not their spacing, so that a figure
//! can be compared with the published one; [`standing_now`] applies the whole schedule. Both are right, and they differ.

mod cover;
mod now;
mod timeliness;

pub use cover::{Coverage, Denominator, Indicators, Subject};
pub use now::{StandingNow, doses_by_birth_year, standing_now};
pub use timeliness::{Curve, Observed, Step, observe, timeliness};
