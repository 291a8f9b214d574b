//! What one dose of a series asks for.

use serde::Deserialize;
use vocabulary::Date;

use super::{When, read};
use crate::calendar::Span;

/// One dose of a series. A dose with no ages, intervals or skips may be given at any time.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DoseDefinition {
    /// The ages; more than one only where their dates do not overlap.
    #[serde(default)]
    pub ages: Vec<AgeDefinition>,
    /// The intervals, all of which must be met.
    #[serde(default)]
    pub intervals: Vec<IntervalDefinition>,
    /// Shorter intervals that still count, all of which must be met.
    #[serde(default)]
    pub allowable_intervals: Vec<AllowableIntervalDefinition>,
    /// The vaccines recommended for the dose.
    #[serde(default)]
    pub preferable: Vec<VaccineUse>,
    /// The vaccines that count though not recommended.
    #[serde(default)]
    pub allowable: Vec<VaccineUse>,
    /// The codes of vaccines that were given by mistake if given here.
    #[serde(default)]
    pub inadvertent: Vec<String>,
    /// The conditions under which the dose is not needed.
    #[serde(default)]
    pub skips: Vec<SkipDefinition>,
    /// Whether the dose is repeated for ever once given.
    #[serde(default)]
    pub recurring: bool,
    /// The season in which it is recommended.
    #[serde(default)]
    pub season: Option<SeasonDefinition>,
}

/// The ages at which a dose may, should and may no longer be given.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AgeDefinition {
    /// Given before this it does not count.
    #[serde(default)]
    pub absolute_minimum: Option<Span>,
    /// It is not offered before this (given between the two it counts, as within the grace period).
    #[serde(default)]
    pub minimum: Option<Span>,
    /// When it should be given.
    #[serde(default)]
    pub recommended: Option<Span>,
    /// It is overdue from this age.
    #[serde(default)]
    pub overdue: Option<Span>,
    /// It is no longer given from this age.
    #[serde(default)]
    pub maximum: Option<Span>,
    /// The rule holds from this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub from: Option<Date>,
    /// The rule holds until this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub until: Option<Date>,
    /// It holds only under this choice.
    #[serde(default)]
    pub when: Option<When>,
    /// Where it is written, if elsewhere than the series.
    #[serde(default)]
    pub source: Option<String>,
}

/// From what an interval is counted.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalFrom {
    /// The dose before, valid or not, of any vaccine with the antigen.
    #[default]
    Previous,
    /// The dose that met this dose of the series, counted from 1.
    Dose(u8),
    /// The latest dose of one of these vaccines (codes).
    MostRecent(Vec<String>),
    /// The date of this observation (a code).
    Observation(String),
}

/// The time that must pass before a dose.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IntervalDefinition {
    /// From what it is counted.
    #[serde(default, rename = "since")]
    pub reference: IntervalFrom,
    /// Given sooner it does not count.
    #[serde(default)]
    pub absolute_minimum: Option<Span>,
    /// It is not offered sooner.
    #[serde(default)]
    pub minimum: Option<Span>,
    /// When it should be given.
    #[serde(default)]
    pub recommended: Option<Span>,
    /// It is overdue after this.
    #[serde(default)]
    pub overdue: Option<Span>,
    /// Whether it brings forward the earliest date of a group of several antigens.
    #[serde(default)]
    pub priority: bool,
    /// The rule holds from this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub from: Option<Date>,
    /// The rule holds until this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub until: Option<Date>,
    /// It holds only under this choice.
    #[serde(default)]
    pub when: Option<When>,
    /// Where it is written, if elsewhere than the series.
    #[serde(default)]
    pub source: Option<String>,
}

/// A shorter interval that still counts.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AllowableIntervalDefinition {
    /// From what it is counted: the dose before, or a dose of the series.
    #[serde(default, rename = "since")]
    pub reference: IntervalFrom,
    /// Given sooner it does not count.
    #[serde(default)]
    pub absolute_minimum: Option<Span>,
    /// The rule holds from this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub from: Option<Date>,
    /// The rule holds until this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub until: Option<Date>,
    /// It holds only under this choice.
    #[serde(default)]
    pub when: Option<When>,
    /// Where it is written, if elsewhere than the series.
    #[serde(default)]
    pub source: Option<String>,
}

/// A vaccine used for a dose: its code alone, or a table with ages, a maker and dates.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "read::VaccineUseText")]
pub struct VaccineUse {
    /// The vaccine's code.
    pub code: String,
    /// The age from which it is used.
    pub begin_age: Option<Span>,
    /// The age from which it is no longer used.
    pub end_age: Option<Span>,
    /// The code of the maker whose product it must be (with the vaccine's code it means a trade name).
    pub manufacturer: Option<String>,
    /// The volume in millilitres; less is noted, and still counts.
    pub volume: Option<f32>,
    /// Whether a forecast names it.
    pub recommended: bool,
    /// It is used from this date.
    pub from: Option<Date>,
    /// It is used until this date.
    pub until: Option<Date>,
}

/// The season in which a dose is recommended, both days included.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SeasonDefinition {
    /// The first day.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub start: Option<Date>,
    /// The last day.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub end: Option<Date>,
}

/// When a skip is considered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipContext {
    /// When a dose that was given is judged.
    Evaluation,
    /// When the next dose is forecast.
    Forecast,
    /// Both.
    #[default]
    Both,
}

/// Conditions under which a dose is not needed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SkipDefinition {
    /// When it is considered.
    #[serde(default)]
    pub context: SkipContext,
    /// Whether every set must be met (otherwise one is enough).
    #[serde(default)]
    pub all_sets: bool,
    /// The sets of conditions.
    pub sets: Vec<SkipSetDefinition>,
    /// It holds only under this choice.
    #[serde(default)]
    pub when: Option<When>,
}

/// Conditions that are considered together.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SkipSetDefinition {
    /// In plain words.
    #[serde(default)]
    pub text: String,
    /// Whether one condition is enough (otherwise every one must be met).
    #[serde(default)]
    pub any: bool,
    /// The conditions.
    pub conditions: Vec<ConditionDefinition>,
    /// The rule holds from this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub from: Option<Date>,
    /// The rule holds until this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub until: Option<Date>,
}

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionKind {
    /// The child's age lies between `begin-age` and `end-age`.
    #[default]
    Age,
    /// A series of one of `series-groups` is complete.
    CompletedSeries,
    /// At least `interval` has passed since the dose before.
    Interval,
    /// The number of doses given between ages and between dates.
    DoseCount,
}

/// Which doses a condition counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoseCountKind {
    /// Those that were valid in this series.
    #[default]
    Valid,
    /// All that were given.
    Total,
}

/// How a count of doses is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoseCountTest {
    /// More than.
    #[default]
    GreaterThan,
    /// Exactly.
    EqualTo,
    /// Fewer than.
    LessThan,
}

/// One condition of a skip.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ConditionDefinition {
    /// What it is about.
    pub kind: ConditionKind,
    /// The age from which.
    #[serde(default)]
    pub begin_age: Option<Span>,
    /// The age before which.
    #[serde(default)]
    pub end_age: Option<Span>,
    /// The date from which doses are counted.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub start_date: Option<Date>,
    /// The date before which doses are counted.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub end_date: Option<Date>,
    /// The time since the dose before.
    #[serde(default)]
    pub interval: Option<Span>,
    /// Which doses are counted.
    #[serde(default)]
    pub counted: DoseCountKind,
    /// How the count is compared.
    #[serde(default)]
    pub test: DoseCountTest,
    /// With what the count is compared.
    #[serde(default)]
    pub count: u8,
    /// The codes of the vaccines that are counted; none means every vaccine with the antigen.
    #[serde(default)]
    pub vaccines: Vec<String>,
    /// The series groups of which one must be complete.
    #[serde(default)]
    pub series_groups: Vec<u8>,
}
