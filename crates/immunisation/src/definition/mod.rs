//! The schedule format: what a schedule says, before it is compiled.
//!
//! One set of structures serves every schedule. CDC's published XML is read into it by [`crate::cdsi`]; our own
//! schedules are TOML files that spell out the same structures ([`ScheduleDefinition::from_toml`]). Both are
//! then checked and turned into compact tables by [`crate::Schedule::compile`]. The alternative, a second
//! engine for the UK, would have needed every rule of evaluation twice.
//!
//! The model is that of CDC's Logic Specification for ACIP Recommendations 4.6 (appendix A): antigens have
//! series, series have doses, doses have ages, intervals, vaccines and conditions under which they are
//! skipped. To it are added what schedules outside the United States need:
//!
//! - a **source** on every value ([`ScheduleDefinition::sources`] lists the documents; `source` on a series, age,
//!   interval or conflict names one, with a paragraph). A schedule with `sources-required = true` is refused
//!   when a value has none;
//! - **cohorts**: a series may hold only for children born in a range of dates (`born-from`, `born-until`);
//! - **choices**: where sources disagree the schedule names a parameter, its choices and the source of each;
//!   a series, age, interval or skip with `when` holds only under that choice;
//! - **dates** on vaccines (`from`, `until`), as products are brought in and withdrawn.
//!
//! Dates are written `2026-01-01`; `from` and `until` are both included. Ages and intervals are written
//! `8 weeks`, `12 months - 4 days` (see [`crate::Span`]). In TOML the keys are these fields' names with hyphens.
//!
//! # An example
//!
//! ```
//! let text = r#"
//! name = "Example"
//! version = "1"
//!
//! [[sources]]
//! id = "handbook"
//! title = "A handbook"
//!
//! [[vaccines]]
//! code = "mmr"
//! name = "MMR"
//! antigens = ["Measles"]
//!
//! [[groups]]
//! name = "MMR"
//! antigens = ["Measles"]
//!
//! [[antigens]]
//! name = "Measles"
//!
//! [[antigens.series]]
//! name = "Measles two doses"
//! source = "handbook 21"
//! default = true
//! preferable = ["mmr"]
//!
//! [[antigens.series.doses]]
//! ages = [{ minimum = "12 months", recommended = "12 months", overdue = "13 months" }]
//!
//! [[antigens.series.doses]]
//! ages = [{ recommended = "18 months", overdue = "19 months" }]
//! intervals = [{ absolute-minimum = "4 weeks", minimum = "4 weeks" }]
//! "#;
//! let definition = immunisation::ScheduleDefinition::from_toml(text)?;
//! let schedule = immunisation::Schedule::compile(&definition, &[])?;
//! assert_eq!(schedule.vaccine("mmr").is_some(), true);
//! # Ok::<(), immunisation::ScheduleError>(())
//! ```

mod dose;
mod read;

use serde::Deserialize;
use vocabulary::Date;

use crate::calendar::Span;

pub use dose::{
    AgeDefinition, AllowableIntervalDefinition, ConditionDefinition, ConditionKind, DoseCountKind,
    DoseCountTest, DoseDefinition, IntervalDefinition, IntervalFrom, SeasonDefinition, SkipContext,
    SkipDefinition, SkipSetDefinition, VaccineUse,
};

/// A whole schedule as it is written down.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScheduleDefinition {
    /// What the schedule is called, such as `England, routine childhood immunisations`.
    pub name: String,
    /// The version of the document or data that it was made from.
    pub version: String,
    /// Whether every series, age, interval and conflict must name its source.
    #[serde(default)]
    pub sources_required: bool,
    /// The documents that the values come from.
    #[serde(default)]
    pub sources: Vec<SourceDefinition>,
    /// Points on which the sources disagree, with the choices.
    #[serde(default)]
    pub parameters: Vec<ParameterDefinition>,
    /// The vaccines that a record can name.
    #[serde(default)]
    pub vaccines: Vec<VaccineDefinition>,
    /// Groups of antigens that are given together and forecast as one.
    #[serde(default)]
    pub groups: Vec<GroupDefinition>,
    /// Pairs of vaccines that must not be given too close together (live vaccines).
    #[serde(default)]
    pub conflicts: Vec<ConflictDefinition>,
    /// Conditions, contraindications and evidence of immunity that a child can have.
    #[serde(default)]
    pub observations: Vec<ObservationDefinition>,
    /// The antigens and their series.
    #[serde(default)]
    pub antigens: Vec<AntigenDefinition>,
}

/// A document that values are taken from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SourceDefinition {
    /// The short name that `source` fields begin with; what follows it there is the paragraph or page.
    pub id: String,
    /// The title with its publisher and date.
    pub title: String,
    /// Where it can be read.
    #[serde(default)]
    pub url: Option<String>,
}

/// A point on which sources disagree.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ParameterDefinition {
    /// The stable name, such as `mmr-second-dose-minimum-age`.
    pub name: String,
    /// The question in plain words.
    pub question: String,
    /// The name of the choice that holds when nobody chooses.
    pub default: String,
    /// The choices, at least two.
    pub choices: Vec<ChoiceDefinition>,
}

/// One answer to a point on which sources disagree.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChoiceDefinition {
    /// The stable name.
    pub name: String,
    /// What it means, in plain words.
    pub meaning: String,
    /// The source that says so.
    pub source: String,
}

/// A condition on a value: that a parameter has been given this choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct When {
    /// The name of the parameter.
    pub parameter: String,
    /// The name of the choice.
    pub choice: String,
}

/// A vaccine that a record can name.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct VaccineDefinition {
    /// The code by which the rest of the schedule, and records, call it (a CVX code, or a short name).
    pub code: String,
    /// Its name in plain words.
    pub name: String,
    /// Other codes that mean the same vaccine in records: SNOMED CT, dm+d, local codes.
    #[serde(default)]
    pub also: Vec<String>,
    /// The antigens that it contains.
    pub antigens: Vec<Association>,
}

/// An antigen that a vaccine counts towards, perhaps only at some ages.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "read::AssociationText")]
pub struct Association {
    /// The antigen's name.
    pub antigen: String,
    /// The age from which it counts.
    pub begin_age: Option<Span>,
    /// The age from which it no longer counts.
    pub end_age: Option<Span>,
}

/// Antigens that are given together and forecast as one.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GroupDefinition {
    /// The name, such as `MMR`.
    pub name: String,
    /// The antigens.
    pub antigens: Vec<String>,
    /// Whether every antigen of the group is given each time (the group's dose number is then the lowest).
    #[serde(default)]
    pub administer_full: bool,
}

/// Two vaccines that must not be given too close together.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ConflictDefinition {
    /// The code of the vaccine given first.
    pub previous: String,
    /// The code of the vaccine that may be ineffective.
    pub current: String,
    /// How long after the first the conflict begins.
    pub begin: Span,
    /// When it ends, where the first was valid.
    pub minimum_end: Span,
    /// When it ends, where the first was not valid, and for forecasts.
    pub end: Span,
    /// Where it is written.
    #[serde(default)]
    pub source: Option<String>,
}

/// A condition, contraindication or evidence of immunity.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ObservationDefinition {
    /// The code by which the schedule calls it.
    pub code: String,
    /// In plain words.
    pub title: String,
    /// Codes that mean the same in records (SNOMED CT).
    #[serde(default)]
    pub also: Vec<String>,
}

/// An antigen and the ways of being protected against it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AntigenDefinition {
    /// The name, such as `Measles`.
    pub name: String,
    /// Observations that are evidence of immunity.
    #[serde(default)]
    pub immune_if: Vec<String>,
    /// Immunity by date and country of birth.
    #[serde(default)]
    pub immune_born_before: Vec<BirthImmunity>,
    /// Observations that rule out every vaccine with this antigen.
    #[serde(default)]
    pub contraindications: Vec<ContraindicationDefinition>,
    /// The series.
    #[serde(default)]
    pub series: Vec<SeriesDefinition>,
}

/// Immunity by date and country of birth.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BirthImmunity {
    /// Those born before this date.
    #[serde(deserialize_with = "read::date")]
    pub date: Date,
    /// In this country; anywhere when there is none.
    #[serde(default)]
    pub country: Option<String>,
    /// Except with one of these observations.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// An observation that rules vaccines out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContraindicationDefinition {
    /// The code of the observation.
    pub observation: String,
    /// In plain words.
    #[serde(default)]
    pub text: String,
    /// The ages between which it holds, for the whole antigen.
    #[serde(default)]
    pub begin_age: Option<Span>,
    /// The age from which it no longer holds.
    #[serde(default)]
    pub end_age: Option<Span>,
    /// The vaccines that it rules out; none means every vaccine with the antigen.
    #[serde(default)]
    pub vaccines: Vec<VaccineUse>,
    /// Where it is written.
    #[serde(default)]
    pub source: Option<String>,
}

/// Whether a series is for everyone, for those at risk, or only recognised when it is already complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesKind {
    /// For everyone of the ages that it covers.
    #[default]
    Standard,
    /// For those with an indication.
    Risk,
    /// Never recommended, but recognised when a record shows it complete.
    EvaluationOnly,
}

impl SeriesKind {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            SeriesKind::Standard => "standard",
            SeriesKind::Risk => "risk",
            SeriesKind::EvaluationOnly => "evaluation-only",
        }
    }
}

/// One way of being protected.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SeriesDefinition {
    /// The name.
    pub name: String,
    /// For everyone, for those at risk, or only recognised.
    #[serde(default)]
    pub kind: SeriesKind,
    /// Where it is written: a source's id, then the paragraph.
    #[serde(default)]
    pub source: Option<String>,
    /// It holds only under this choice.
    #[serde(default)]
    pub when: Option<When>,
    /// It holds for those born on or after this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub born_from: Option<Date>,
    /// It holds for those born on or before this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub born_until: Option<Date>,
    /// It is considered at assessments on or after this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub from: Option<Date>,
    /// It is considered at assessments on or before this date.
    #[serde(default, deserialize_with = "read::optional_date")]
    pub until: Option<Date>,
    /// The sexes it is for: `female`, `male`, `unknown`; none means everyone.
    #[serde(default)]
    pub sexes: Vec<String>,
    /// The series group (1 by default): one series is chosen in each.
    #[serde(default = "read::one")]
    pub group: u8,
    /// The series groups that protect equally well.
    #[serde(default)]
    pub equivalent_groups: Vec<u8>,
    /// Whether it is the one to forecast when nothing else decides.
    #[serde(default)]
    pub default: bool,
    /// Whether it is about one product.
    #[serde(default)]
    pub product: bool,
    /// `A` before `B` before `C`: only the series of the best priority in a group are considered.
    #[serde(default = "read::best_priority")]
    pub priority: char,
    /// The rank that breaks a tie, 1 first; none comes last.
    #[serde(default)]
    pub preference: Option<u8>,
    /// The age from which it may be started (for information).
    #[serde(default)]
    pub minimum_age_to_start: Option<Span>,
    /// The age before which its first valid dose must have been given.
    #[serde(default)]
    pub maximum_age_to_start: Option<Span>,
    /// What a clinician should know.
    #[serde(default)]
    pub guidance: Vec<String>,
    /// The observations that call for a series of kind risk.
    #[serde(default)]
    pub indications: Vec<IndicationDefinition>,
    /// The vaccines of every dose that does not list its own preferable ones.
    #[serde(default)]
    pub preferable: Vec<VaccineUse>,
    /// The vaccines of every dose that does not list its own allowable ones.
    #[serde(default)]
    pub allowable: Vec<VaccineUse>,
    /// The doses in order.
    pub doses: Vec<DoseDefinition>,
}

/// An observation that calls for a risk series.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicationDefinition {
    /// The code of the observation.
    pub observation: String,
    /// In plain words.
    #[serde(default)]
    pub text: String,
    /// The age from which it holds.
    #[serde(default)]
    pub begin_age: Option<Span>,
    /// The age from which it no longer holds.
    #[serde(default)]
    pub end_age: Option<Span>,
    /// What a clinician should know.
    #[serde(default)]
    pub guidance: String,
}
