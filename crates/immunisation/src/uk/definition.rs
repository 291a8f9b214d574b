//! The UK schedule as it is written down in `data/uk/*.toml`.
//!
//! The files are read once into these structures and compiled into tables by [`super::Schedule`]. Every list
//! entry that holds a clinical value carries `source` (an id of `sources.toml`, then the paragraph) and
//! `since` (the date from which the value holds); compilation refuses one without.

use serde::Deserialize;

use crate::calendar::Span;

/// One file's worth, or all of them merged.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Definition {
    #[serde(default)]
    pub(super) sources: Vec<SourceEntry>,
    #[serde(default)]
    pub(super) parameters: Vec<ParameterEntry>,
    #[serde(default)]
    pub(super) constants: Vec<ConstantEntry>,
    #[serde(default)]
    pub(super) conditions: Vec<ConditionEntry>,
    #[serde(default)]
    pub(super) vaccines: Vec<VaccineEntry>,
    #[serde(default)]
    pub(super) courses: Vec<CourseEntry>,
    #[serde(default)]
    pub(super) seasons: Vec<SeasonEntry>,
}

impl Definition {
    pub(super) fn merge(&mut self, other: Definition) {
        self.sources.extend(other.sources);
        self.parameters.extend(other.parameters);
        self.constants.extend(other.constants);
        self.conditions.extend(other.conditions);
        self.vaccines.extend(other.vaccines);
        self.courses.extend(other.courses);
        self.seasons.extend(other.seasons);
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SourceEntry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ParameterEntry {
    pub(super) name: String,
    pub(super) question: String,
    pub(super) default: String,
    pub(super) choices: Vec<ChoiceEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ChoiceEntry {
    pub(super) name: String,
    pub(super) meaning: String,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) since: String,
}

/// A single length of time that the engine needs by name, perhaps under one choice of a parameter only.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ConstantEntry {
    pub(super) name: String,
    pub(super) value: SpanText,
    pub(super) when: Option<When>,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) since: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct When {
    pub(super) parameter: String,
    pub(super) choice: String,
}

/// Something about the child that changes what is needed or what may be given.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ConditionEntry {
    pub(super) code: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) withholds: Vec<String>,
    #[serde(default)]
    pub(super) withholds_live: bool,
    #[serde(default)]
    pub(super) without_gelatine: bool,
    #[serde(default)]
    pub(super) because: String,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) since: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct VaccineEntry {
    pub(super) code: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) also: Vec<String>,
    #[serde(default)]
    pub(super) cvx: Vec<String>,
    pub(super) antigens: Vec<AssociationEntry>,
    #[serde(default)]
    pub(super) live: bool,
    #[serde(default)]
    pub(super) four_weeks_apart: bool,
    pub(super) age_from: Option<SpanText>,
    pub(super) age_until: Option<SpanText>,
    pub(super) born_from: Option<DateText>,
    pub(super) born_until: Option<DateText>,
    pub(super) from: Option<DateText>,
    pub(super) until: Option<DateText>,
    #[serde(default)]
    pub(super) not_given: bool,
    #[serde(default)]
    pub(super) products: Vec<ProductEntry>,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) since: String,
}

impl VaccineEntry {
    /// Its codes in SNOMED CT, its products' in dm+d, then CVX.
    pub(super) fn all_codes(&self) -> impl Iterator<Item = String> {
        let products = self.products.iter().flat_map(|product| &product.codes);
        self.also.iter().chain(products).chain(&self.cvx).cloned()
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ProductEntry {
    pub(super) name: String,
    #[serde(default)]
    pub(super) gelatine: bool,
    #[serde(default)]
    pub(super) codes: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum AssociationEntry {
    Plain(String),
    Limited(LimitedAssociation),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LimitedAssociation {
    pub(super) antigen: String,
    pub(super) until_age: Option<SpanText>,
    pub(super) given_until: Option<DateText>,
    pub(super) when: Option<When>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct CourseEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) antigen: String,
    pub(super) born_from: Option<DateText>,
    pub(super) born_until: Option<DateText>,
    pub(super) assessed_from: Option<DateText>,
    pub(super) assessed_until: Option<DateText>,
    pub(super) starts: Option<DateText>,
    pub(super) stops: Option<DateText>,
    #[serde(default)]
    pub(super) sexes: Vec<String>,
    #[serde(default)]
    pub(super) conditions: Vec<String>,
    #[serde(default)]
    pub(super) immune_if: Vec<String>,
    #[serde(default)]
    pub(super) in_pregnancy: bool,
    #[serde(default)]
    pub(super) never_overdue: bool,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) since: String,
    pub(super) doses: Vec<DoseEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DoseEntry {
    pub(super) label: String,
    pub(super) due: SpanText,
    pub(super) earliest: SpanText,
    pub(super) interval: Option<SpanText>,
    pub(super) spacing: Option<SpanText>,
    #[serde(default)]
    pub(super) spacing_from_any: Option<SpanText>,
    pub(super) ends: Option<SpanText>,
    /// When it lapses, the whole course has lapsed.
    #[serde(default)]
    pub(super) required: bool,
    pub(super) overdue: Option<SpanText>,
    pub(super) given_from: Option<DateText>,
    pub(super) skip_if: Option<SkipEntry>,
    pub(super) sooner: Option<SoonerEntry>,
    pub(super) sooner_without: Option<SoonerWithoutEntry>,
    pub(super) late: Option<LateEntry>,
    pub(super) offer: Vec<String>,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) choices: Vec<OverrideEntry>,
    pub(super) source: Option<String>,
}

/// The dose is not needed once this many have counted, at ages under `before`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SkipEntry {
    pub(super) doses: u8,
    pub(super) before: Option<SpanText>,
}

/// The dose is due as soon as it may be given when the one before was given at this age or later.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SoonerEntry {
    pub(super) previous_from: SpanText,
}

/// The dose is due from age `due` when nothing with `antigen` was given at age `since` or later.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SoonerWithoutEntry {
    pub(super) antigen: String,
    pub(super) since: SpanText,
    pub(super) due: SpanText,
}

/// Other intervals hold when the dose before was given at this age or later.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LateEntry {
    pub(super) previous_from: SpanText,
    pub(super) interval: SpanText,
    pub(super) spacing: SpanText,
}

/// Other values hold under one choice of a parameter.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct OverrideEntry {
    pub(super) parameter: String,
    pub(super) choice: String,
    pub(super) due: Option<SpanText>,
    pub(super) earliest: Option<SpanText>,
    pub(super) interval: Option<SpanText>,
    pub(super) spacing: Option<SpanText>,
    #[serde(default)]
    pub(super) never: bool,
}

/// An influenza season and the children who are offered the vaccine in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SeasonEntry {
    pub(super) starts: DateText,
    pub(super) ends: DateText,
    pub(super) age_from: u8,
    pub(super) age_to: u8,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) since: String,
}

/// A length of time such as `8 weeks` or `3 years + 4 months`.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpanText(pub(super) Span);

impl<'de> Deserialize<'de> for SpanText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(SpanText).map_err(serde::de::Error::custom)
    }
}

/// A date written `2026-01-01`.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateText(pub(super) vocabulary::Date);

impl<'de> Deserialize<'de> for DateText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(DateText).map_err(|_| {
            serde::de::Error::custom(format!("'{text}' is not a date: expected a form such as 2026-01-01"))
        })
    }
}
