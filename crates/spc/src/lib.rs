//! Run charts and control charts, with rule sets as named profiles.
//!
//! A [`Series`] of [`Reading`]s goes in; a [`Chart`] comes out: for every [`Point`] its centre and limits, the
//! [`Rules`] that it fired and what they mean, and for the whole a [`Variation`] and an [`Assurance`]. The numbers
//! that tools differ on are in a named [`Profile`]; how limits are drawn is the [`Kind`].
//!
//! Nothing is drawn here and nothing is decided for a person: limits are recalculated only where a person has
//! put a [`Rebase`] with its reason, and the sentences claim no change that no rule shows.

mod assurance;
mod chart;
mod error;
mod kind;
mod profile;
mod rule;
mod series;
mod summary;
pub mod text;
mod variation;
mod zone;

pub use assurance::Assurance;
pub use chart::{Chart, Judgement, Part, Point, chart};
pub use error::SpcError;
pub use kind::{Column, KINDS, Kind, KindEntry, Reach};
pub use profile::{Conflict, Gaps, Profile, ProfileValue, default_profile, profiles};
pub use rule::{Marks, Rule, RuleSpec, Rules, Ties};
pub use series::{Reading, Rebase, Series};
pub use summary::{SummaryRow, sort_by_attention};
pub use variation::Variation;

pub(crate) use kind::kind_names;
pub(crate) use profile::profile_names;

/// The XmR chart of a series by NHS England's current rules: what a board sees.
pub fn xmr(series: &Series) -> Chart {
    xmr_with(series, default_profile())
}

/// The XmR chart of a series by the rules of a profile.
pub fn xmr_with(series: &Series, profile: &'static Profile) -> Chart {
    // An individuals chart takes every series: only kinds with denominators or counts can refuse one.
    #[allow(clippy::expect_used)]
    chart(series, Kind::Individuals, profile).expect("an individuals chart refuses no series")
}
