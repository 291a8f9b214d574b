//! Creating and editing indicators by form.

use store::indicators::{Indicator, SeriesKey};
use vocabulary::{Frequency, Polarity, Sex};

use crate::actor::{Belonging, Belongs};
use crate::editing::{Change, Checks, Editable, Editing, form};
use crate::partnership::Programme;
use crate::{Actor, Error, Permission, Result, Town};

/// The source of a town's own figures.
pub(super) const TOWN: &str = "town";

/// An indicator as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndicatorForm {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What exactly is measured.
    pub definition: String,
    /// Who counts in the numerator.
    pub numerator: String,
    /// Who counts in the denominator.
    pub denominator: String,
    /// `%`, `per 100,000`, `£`, …
    pub unit: String,
    /// `proportion`, `rate` or `value`.
    pub statistic: String,
    /// What a ratio of numerator to denominator is multiplied by.
    pub multiplier: String,
    /// `high-is-good`, `low-is-good` or `not-set`.
    pub polarity: String,
    /// `monthly`, `quarterly`, `annual` or `irregular`.
    pub frequency: String,
    /// Who publishes it, in words.
    pub source: String,
    /// The source of its series: `town` for the town's own figures.
    pub series_source: String,
    /// The indicator of its series; its own code for the town's own figures when empty.
    pub series_indicator: String,
    /// The age of its series.
    pub series_age: String,
    /// The sex of its series; persons when empty.
    pub series_sex: String,
    /// The code of the subgroup that follows it; empty for none.
    pub subgroup: String,
    /// Whether the partnership reviews it once a year.
    pub impact: bool,
    /// The numbers of the recommendations that it measures.
    pub recommendations: Vec<String>,
}

form!(IndicatorForm, "indicator", {
    code: "Code",
    name: "Name",
    definition: "Definition",
    numerator: "Numerator",
    denominator: "Denominator",
    unit: "Unit",
    statistic: "How a value is made",
    multiplier: "Multiplied by",
    polarity: "Which direction is better",
    frequency: "How often there is a new figure",
    source: "Source",
    series_source: "Where the figures come from",
    series_indicator: "Series",
    series_age: "Age",
    series_sex: "Sex",
    subgroup: "Subgroup that follows it",
    impact: "Impact measure",
    recommendations: "Recommendations that it measures",
});

/// What an indicator's form lets choose from: codes and words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndicatorOptions {
    /// Subgroups.
    pub subgroups: Vec<(String, String)>,
    /// Recommendations.
    pub recommendations: Vec<(String, String)>,
}

/// The indicator with this code.
pub(super) fn find<'a>(programme: &'a Programme, code: &str) -> Result<&'a Indicator> {
    let found = programme.indicators.iter().find(|indicator| indicator.code == code);
    found.ok_or_else(|| Error::NotFound { what: "indicator", value: code.to_owned() })
}

impl IndicatorForm {
    /// What the form of a new indicator begins with.
    pub fn begun() -> IndicatorForm {
        IndicatorForm {
            statistic: "proportion".into(),
            multiplier: "100".into(),
            unit: "%".into(),
            frequency: "quarterly".into(),
            series_source: TOWN.into(),
            ..IndicatorForm::default()
        }
    }
}

impl Town {
    /// The indicator with this code as its form shows it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn indicator_form(&self, actor: &Actor, code: &str) -> Result<IndicatorForm> {
        self.form(actor, code).await
    }

    /// What the form of an indicator lets choose from.
    pub async fn indicator_options(&self, actor: &Actor) -> Result<IndicatorOptions> {
        actor.require(Permission::EditIndicators)?;
        let programme = self.programme().await?;
        Ok(IndicatorOptions {
            subgroups: programme.subgroups.iter().map(|s| (s.code.clone(), s.name.clone())).collect(),
            recommendations: programme
                .recommendations
                .iter()
                .map(|r| (r.number.clone(), r.words.clone()))
                .collect(),
        })
    }

    /// Creates an indicator, or edits the one with this code, and gives its code now.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do, [`Error::Changed`] when it is another than was seen.
    pub async fn save_indicator(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &IndicatorForm,
    ) -> Result<String> {
        self.keep(actor, editing, form).await
    }
}

impl Editable for IndicatorForm {
    const EDITING: Permission = Permission::EditIndicators;
    const RENAMED: Option<(&'static str, &'static str)> = Some(("indicator", "code"));

    fn of(programme: &Programme, code: &str) -> Result<IndicatorForm> {
        let i = find(programme, code)?;
        Ok(IndicatorForm {
            code: i.code.clone(),
            name: i.name.clone(),
            definition: i.definition.clone(),
            numerator: i.numerator_words.clone(),
            denominator: i.denominator_words.clone(),
            unit: i.unit.clone(),
            statistic: i.statistic.clone(),
            multiplier: i.multiplier.to_string(),
            polarity: i.polarity.code().into(),
            frequency: i.frequency.clone(),
            source: i.source.clone(),
            series_source: i.series.source.clone(),
            series_indicator: i.series.indicator.clone(),
            series_age: i.series.age.clone(),
            series_sex: i.series.sex.clone(),
            subgroup: i
                .subgroup_id
                .and_then(|id| programme.subgroup(id))
                .map(|s| s.code.clone())
                .unwrap_or_default(),
            impact: i.is_impact_measure,
            recommendations: programme.measured_by(i.id).map(|r| r.number.clone()).collect(),
        })
    }

    fn belongs(programme: &Programme, code: &str) -> Result<Belonging> {
        Ok(find(programme, code)?.belongs())
    }

    fn change(&self, programme: &Programme, code: Option<&str>) -> Result<Change> {
        let existing = code.map(|code| find(programme, code)).transpose()?;
        let mut checks = Checks::default();
        let code = checks.code("code", &self.code, "Enter a short code, such as smoking-at-delivery");
        let id = existing.map_or(0, |existing| existing.id);
        if programme.indicators.iter().any(|other| other.code == code && other.id != id) {
            checks.refuse("code", "Another indicator has this code: choose another");
        }
        let name = checks.filled("name", &self.name, "Enter what the indicator is called");
        let definition = checks.filled("definition", &self.definition, "Enter what exactly is measured");
        if !["proportion", "rate", "value"].contains(&self.statistic.as_str()) {
            checks.refuse("statistic", "Choose how a value is made");
        }
        let multiplier = checks.number("multiplier", &self.multiplier).unwrap_or(1.0);
        if multiplier <= 0.0 {
            checks.refuse("multiplier", "Enter a number above zero, such as 100 for a percentage");
        }
        let polarity = Polarity::from_code(&self.polarity);
        if polarity.is_none() {
            checks.refuse("polarity", "Choose which direction is better, or that neither is");
        }
        if Frequency::from_code(&self.frequency).is_none() {
            checks.refuse("frequency", "Choose how often there is a new figure");
        }
        let source = checks.filled("source", &self.source, "Enter who publishes the figures");
        let series_source =
            checks.filled("series_source", &self.series_source, "Choose where its figures come from");
        if series_source != TOWN && self.series_indicator.trim().is_empty() {
            checks.refuse("series_indicator", "Enter which series of that source, as the data page names it");
        }
        let sex = Sex::parse(&self.series_sex);
        if sex.is_none() {
            checks.refuse("series_sex", "Choose persons, female or male");
        }
        let subgroup_id = programme.checked_subgroup(&mut checks, &self.subgroup);
        let serves = programme.checked_recommendations(&mut checks, &self.recommendations);
        checks.done()?;
        let own = |text: &str| if text.trim().is_empty() { code.clone() } else { text.trim().to_owned() };
        let new = Indicator {
            id,
            name,
            definition,
            numerator_words: self.numerator.trim().to_owned(),
            denominator_words: self.denominator.trim().to_owned(),
            unit: self.unit.trim().to_owned(),
            statistic: self.statistic.clone(),
            multiplier,
            polarity: polarity.unwrap_or_default(),
            frequency: self.frequency.clone(),
            source,
            series: SeriesKey {
                source: series_source,
                indicator: own(&self.series_indicator),
                age: self.series_age.trim().to_owned(),
                sex: sex.unwrap_or_default().code().to_owned(),
                within: String::new(),
            },
            subgroup_id,
            is_impact_measure: self.impact,
            code,
        };
        let follows = programme.followed_by(id).map(|action| action.id).collect();
        Ok(Change::Indicator(Box::new(new), serves, follows))
    }
}
