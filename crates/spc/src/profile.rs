//! Rule sets as named profiles, read from a data file.
//!
//! The tools of the field agree on the idea of a control chart and differ on a dozen small numbers: how long a
//! run is, whether a point beyond a limit counts towards two of three, from how many points limits are drawn.
//! Those numbers are data, each with its source, in `data/profiles.toml`; a chart says which profile drew it.
//! The alternative, a set of options on every call, lets two charts of one report disagree without saying so.

mod read;

use std::sync::LazyLock;

use crate::{RuleSpec, SpcError};

/// What stands when one point fires rules of improvement and of concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// Improvement.
    Improvement,
    /// The first of the rules that fired, in the order of the profile.
    First,
}

/// What a gap does to a run of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps {
    /// It ends the run: nobody knows what happened there.
    Break,
    /// It is passed over.
    Skip,
}

/// A named set of rules and of the numbers that draw limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) source: String,
    pub(crate) rules: Vec<RuleSpec>,
    pub(crate) individuals: f64,
    pub(crate) screen: Option<f64>,
    pub(crate) minimum_points: usize,
    pub(crate) minimum_baseline: usize,
    pub(crate) target_on_limit_is_beyond: bool,
    pub(crate) g_centre_is_median: bool,
    pub(crate) conflict: Conflict,
    pub(crate) gaps: Gaps,
    pub(crate) values: Vec<ProfileValue>,
}

/// One number or choice of a profile, with where it comes from; for the manual and the method page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileValue {
    /// What it is: `minimum-points`, or a rule's code.
    pub name: String,
    /// Its value as written.
    pub value: String,
    /// Publisher, document and place, or the released software and its version.
    pub source: String,
}

impl Profile {
    /// The name used in files and on the command line.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is called to a reader.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where it comes from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its rules.
    pub fn rules(&self) -> &[RuleSpec] {
        &self.rules
    }

    /// How many average moving ranges either side of the mean the limits of an individuals chart lie.
    pub fn individuals(&self) -> f64 {
        self.individuals
    }

    /// The fewest points in a part for which limits and icons are given.
    pub fn minimum_points(&self) -> usize {
        self.minimum_points
    }

    /// The fewest points that frozen limits may come from.
    pub fn minimum_baseline(&self) -> usize {
        self.minimum_baseline
    }

    /// Every number and choice with its source.
    pub fn values(&self) -> &[ProfileValue] {
        &self.values
    }

    /// The profile with this name.
    ///
    /// # Errors
    /// [`SpcError::UnknownProfile`] with the name.
    pub fn named(name: &str) -> Result<&'static Profile, SpcError> {
        profiles().iter().find(|p| p.name == name).ok_or_else(|| SpcError::UnknownProfile(name.to_owned()))
    }
}

/// Every profile, the default (`mdc-excel`) first.
pub fn profiles() -> &'static [Profile] {
    static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        // The file is part of the program; a test reads it, so it cannot fail here.
        #[allow(clippy::expect_used)]
        read::profiles(include_str!("../data/profiles.toml")).expect("the profiles are valid")
    });
    &PROFILES
}

/// The default profile: NHS England's current Making Data Count rules.
pub fn default_profile() -> &'static Profile {
    &profiles()[0]
}

/// The names of the profiles, with commas between, for messages.
pub(crate) fn profile_names() -> String {
    profiles().iter().map(Profile::name).collect::<Vec<_>>().join(", ")
}
