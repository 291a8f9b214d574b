//! Creating and editing indicators, their targets and a town's own figures by form.

use store::indicators::{self as tables, Indicator, NewImport, Recorder, SeriesKey, Target};
use vocabulary::{
    AreaCode, AreaKind, Date, Figure, Frequency, Observation, Origin, Period, Polarity, Sex, Withheld,
};

use crate::error::Refusal;
use crate::partnership::Programme;
use crate::{Actor, Error, Permission, Result, Town, now};

/// The source of a town's own figures.
const TOWN: &str = "town";

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

/// What an indicator's form lets choose from: codes and words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndicatorOptions {
    /// Subgroups.
    pub subgroups: Vec<(String, String)>,
    /// Recommendations.
    pub recommendations: Vec<(String, String)>,
}

/// A target as a form sends it; one without a value and a date is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetForm {
    /// The value to reach.
    pub value: String,
    /// By when, as ISO text.
    pub due: String,
    /// Who set it, and where.
    pub source: String,
}

/// A figure of the town's own as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureForm {
    /// The code of the area; the town itself when empty.
    pub area: String,
    /// The deprivation fifth, `1` to `5`; everyone when empty.
    pub fifth: String,
    /// The period: `January to March 2025`.
    pub period: String,
    /// How many had the event.
    pub numerator: String,
    /// How many could have had it.
    pub denominator: String,
    /// The value, when it is not worked out of the two.
    pub value: String,
    /// `suppressed`, `not-applicable` or `missing` when there is no figure; empty otherwise.
    pub withheld: String,
    /// A remark.
    pub note: String,
}

#[derive(Default)]
struct Wrong(Vec<Refusal>);

impl Wrong {
    fn say(&mut self, field: &str, words: &str) {
        self.0.push(Refusal { field: field.to_owned(), words: words.to_owned() });
    }

    fn filled(&mut self, field: &str, text: &str, words: &str) -> String {
        if text.trim().is_empty() {
            self.say(field, words);
        }
        text.trim().to_owned()
    }

    /// A number; `None` when empty or refused.
    fn number(&mut self, field: &str, text: &str) -> Option<f64> {
        let plain = text.trim().replace(',', "");
        let plain = plain.trim_end_matches('%').trim();
        if plain.is_empty() {
            return None;
        }
        let number = plain.parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.say(field, "Enter a number, such as 83.4");
        }
        number
    }

    fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Refused(self.0)) }
    }
}

fn find<'a>(programme: &'a Programme, code: &str) -> Result<&'a Indicator> {
    let found = programme.indicators.iter().find(|indicator| indicator.code == code);
    found.ok_or_else(|| Error::NotFound { what: "indicator", value: code.to_owned() })
}

impl Town {
    /// What the form of an indicator begins with; of a new one without a code.
    pub async fn indicator_form(&self, actor: &Actor, code: Option<&str>) -> Result<IndicatorForm> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let Some(code) = code else {
            return Ok(IndicatorForm {
                statistic: "proportion".into(),
                multiplier: "100".into(),
                unit: "%".into(),
                frequency: "quarterly".into(),
                series_source: TOWN.into(),
                ..IndicatorForm::default()
            });
        };
        let i = find(&programme, code)?;
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

    /// What the form of an indicator lets choose from.
    pub async fn indicator_options(&self, actor: &Actor) -> Result<IndicatorOptions> {
        actor.require(Permission::EditProgramme)?;
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

    /// Creates an indicator (`code` is `None`) or edits the one with this code.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do.
    pub async fn save_indicator(
        &self,
        actor: &Actor,
        code: Option<&str>,
        form: &IndicatorForm,
    ) -> Result<()> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let existing = code.map(|code| find(&programme, code)).transpose()?;
        let (new, serves) = checked(&programme, existing, form)?;
        let write = self.store().write().await?;
        let (verb, id) = match existing {
            Some(existing) => {
                tables::edit_indicator(&write, existing.id, &new).await?;
                ("edit", existing.id)
            }
            None => ("create", tables::add_indicator(&write, &new).await?),
        };
        let follows: Vec<i64> = programme.followed_by(id).map(|action| action.id).collect();
        tables::unlink_indicator(&write, id).await?;
        for recommendation in serves {
            tables::link_indicator_to_recommendation(&write, id, recommendation).await?;
        }
        for action in follows {
            tables::link_indicator_to_action(&write, id, action).await?;
        }
        let before = existing.map(|indicator| format!("{indicator:?}"));
        let detail = serde_json::json!({ "from": before, "to": format!("{new:?}") });
        self.commit(write, actor, verb, format!("indicator {}", new.code), detail).await
    }

    /// The name of an indicator and its targets, as the form begins with them.
    pub async fn target_forms(&self, actor: &Actor, code: &str) -> Result<(String, Vec<TargetForm>)> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let indicator = find(&programme, code)?;
        let forms = programme.targets_of(indicator.id).map(|target| TargetForm {
            value: target.value.to_string(),
            due: target.due_on.to_string(),
            source: target.source.clone(),
        });
        Ok((indicator.name.clone(), forms.collect()))
    }

    /// Makes the targets of an indicator those of the form.
    ///
    /// # Errors
    /// [`Error::Refused`] naming `target-0-value`, `target-0-due`, …
    pub async fn save_targets(&self, actor: &Actor, code: &str, forms: &[TargetForm]) -> Result<()> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let indicator = find(&programme, code)?;
        let mut wrong = Wrong::default();
        let mut targets = Vec::new();
        for (index, form) in forms.iter().enumerate() {
            if form.value.trim().is_empty() && form.due.trim().is_empty() && form.source.trim().is_empty() {
                continue;
            }
            let (value_field, due_field) = (format!("target-{index}-value"), format!("target-{index}-due"));
            let value = wrong.number(&value_field, &form.value);
            if form.value.trim().is_empty() {
                wrong.say(&value_field, "Enter the value to reach");
            }
            let due: Option<Date> =
                form.due.trim().parse().ok().filter(|date: &Date| (1990..=2200).contains(&date.year()));
            if due.is_none() {
                wrong.say(&due_field, "Enter the date by which it should be reached, such as 31 3 2029");
            }
            if let Some((value, due_on)) = value.zip(due) {
                let source = form.source.trim().to_owned();
                targets.push(Target { indicator_id: indicator.id, value, due_on, source });
            }
        }
        wrong.done()?;
        let write = self.store().write().await?;
        tables::remove_targets_of(&write, indicator.id).await?;
        for target in &targets {
            tables::add_target(&write, target).await?;
        }
        let detail = serde_json::json!({ "to": format!("{targets:?}") });
        self.commit(write, actor, "edit", format!("targets of indicator {code}"), detail).await
    }

    /// Records a figure of the town's own; one that is there already is revised and its older version kept.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do, also when the figures come from a published source.
    pub async fn save_figure(&self, actor: &Actor, code: &str, form: &FigureForm) -> Result<()> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let indicator = find(&programme, code)?;
        let settings = self.settings().await?;
        let observation = observed(indicator, form, settings.area, &settings.town_name)?;
        let period = observation.period;
        let at = now().to_string();
        let write = self.store().write().await?;
        let new = NewImport {
            kind: TOWN,
            file: "a form",
            sha256: "",
            bytes: 0,
            publisher: "the partnership",
            licence: "",
            vintage: &format!("{}, {period}", indicator.name),
            imported_at: &at,
            actor: actor.name(),
        };
        let import = tables::add_import(&write, new).await?;
        let counts = Recorder::new(&write, TOWN).record(import, std::slice::from_ref(&observation)).await?;
        if counts.unchanged > 0 {
            write.abandon().await?;
            return Err(Error::refused("value", "This figure is known already: nothing was changed"));
        }
        tables::finish_import(&write, import, counts, &[]).await?;
        let detail = serde_json::json!({ "figure": format!("{observation:?}") });
        self.commit(write, actor, "record", format!("figure of indicator {code}"), detail).await
    }
}

/// The indicator that a form describes, and the recommendations that it measures.
fn checked(
    programme: &Programme,
    existing: Option<&Indicator>,
    form: &IndicatorForm,
) -> Result<(Indicator, Vec<i64>)> {
    let mut wrong = Wrong::default();
    let code = wrong.filled("code", &form.code, "Enter a short code, such as smoking-at-delivery");
    if code.len() > 60 || !code.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
        wrong.say("code", "Use only letters, digits, hyphens, underscores and full stops");
    }
    let other = |i: &&Indicator| i.code == code && Some(i.id) != existing.map(|existing| existing.id);
    if code == "new" || programme.indicators.iter().any(|i| other(&i)) {
        wrong.say("code", "Another indicator has this code: choose another");
    }
    let name = wrong.filled("name", &form.name, "Enter what the indicator is called");
    let definition = wrong.filled("definition", &form.definition, "Enter what exactly is measured");
    if !["proportion", "rate", "value"].contains(&form.statistic.as_str()) {
        wrong.say("statistic", "Choose how a value is made");
    }
    let multiplier = wrong.number("multiplier", &form.multiplier).unwrap_or(1.0);
    if multiplier <= 0.0 {
        wrong.say("multiplier", "Enter a number above zero, such as 100 for a percentage");
    }
    let polarity = Polarity::from_code(&form.polarity);
    if polarity.is_none() {
        wrong.say("polarity", "Choose which direction is better, or that neither is");
    }
    if Frequency::from_code(&form.frequency).is_none() {
        wrong.say("frequency", "Choose how often there is a new figure");
    }
    let source = wrong.filled("source", &form.source, "Enter who publishes the figures");
    let series_source =
        wrong.filled("series_source", &form.series_source, "Choose where its figures come from");
    if series_source != TOWN && form.series_indicator.trim().is_empty() {
        wrong.say("series_indicator", "Enter which series of that source, as the data page names it");
    }
    let sex = Sex::parse(&form.series_sex);
    if sex.is_none() {
        wrong.say("series_sex", "Choose persons, female or male");
    }
    let subgroup = programme.subgroups.iter().find(|subgroup| subgroup.code == form.subgroup);
    if subgroup.is_none() && !form.subgroup.is_empty() {
        wrong.say("subgroup", "Choose a subgroup, or none");
    }
    let mut serves = Vec::new();
    for number in &form.recommendations {
        match programme.recommendations.iter().find(|r| r.number == *number) {
            Some(recommendation) => serves.push(recommendation.id),
            None => wrong.say("recommendations", "Choose from the partnership's recommendations"),
        }
    }
    wrong.done()?;
    let own = |text: &str| if text.trim().is_empty() { code.clone() } else { text.trim().to_owned() };
    let new = Indicator {
        id: existing.map_or(0, |existing| existing.id),
        name,
        definition,
        numerator_words: form.numerator.trim().to_owned(),
        denominator_words: form.denominator.trim().to_owned(),
        unit: form.unit.trim().to_owned(),
        statistic: form.statistic.clone(),
        multiplier,
        polarity: polarity.unwrap_or_default(),
        frequency: form.frequency.clone(),
        source,
        series: SeriesKey {
            source: series_source,
            indicator: own(&form.series_indicator),
            age: form.series_age.trim().to_owned(),
            sex: sex.unwrap_or_default().code().to_owned(),
            within: String::new(),
        },
        subgroup_id: subgroup.map(|subgroup| subgroup.id),
        is_impact_measure: form.impact,
        code,
    };
    Ok((new, serves))
}

/// The observation that a form describes.
fn observed(
    indicator: &Indicator,
    form: &FigureForm,
    town: AreaCode,
    town_name: &str,
) -> Result<Observation> {
    let mut wrong = Wrong::default();
    if indicator.series.source != TOWN {
        let words = format!("These figures come from {}: import them", indicator.source);
        return Err(Error::refused("value", words));
    }
    let area = match form.area.trim() {
        "" => Some(town),
        text => text.parse().ok(),
    };
    if area.is_none() {
        wrong.say("area", "Enter the code of an area, such as E01015693, or leave it empty for the town");
    }
    let period: Option<Period> = form.period.trim().parse().ok();
    if period.is_none() {
        wrong.say("period", "Enter a period, such as March 2026, January to March 2026, 2025 or 2025/26");
    }
    let group = match form.fifth.as_str() {
        "" => String::new(),
        "1" => "deprivation: 1 (most deprived)".to_owned(),
        "5" => "deprivation: 5 (least deprived)".to_owned(),
        fifth @ ("2" | "3" | "4") => format!("deprivation: {fifth}"),
        _ => {
            wrong.say("fifth", "Choose everyone or a deprivation fifth");
            String::new()
        }
    };
    let numerator = wrong.number("numerator", &form.numerator);
    let denominator = wrong.number("denominator", &form.denominator);
    let value = wrong.number("value", &form.value);
    if numerator.is_some_and(|n| n < 0.0) {
        wrong.say("numerator", "Enter a count of zero or more");
    }
    if denominator.is_some_and(|d| d <= 0.0) {
        wrong.say("denominator", "Enter a number above zero");
    }
    if indicator.statistic == "proportion" && numerator.zip(denominator).is_some_and(|(n, d)| n > d) {
        wrong.say("numerator", "The numerator cannot be more than the denominator");
    }
    let figure = match (Withheld::from_code(&form.withheld), value, numerator.zip(denominator)) {
        (Some(reason), _, _) => Some(Figure::Withheld(reason)),
        (None, Some(value), _) => Some(Figure::Value(value)),
        (None, None, Some((n, d))) if d > 0.0 => Some(Figure::Value(n / d * indicator.multiplier)),
        _ => None,
    };
    if figure.is_none() {
        wrong.say("value", "Enter a value, or a numerator and a denominator, or why there is none");
    }
    wrong.done()?;
    let area = area.unwrap_or(town);
    let (Some(period), Some(figure)) = (period, figure) else {
        return Err(Error::refused("value", "Enter a figure and its period"));
    };
    let area_name = if area == town { town_name.to_owned() } else { area.to_string() };
    Ok(Observation {
        indicator: indicator.series.indicator.as_str().into(),
        age: indicator.series.age.as_str().into(),
        sex: Sex::parse(&indicator.series.sex).unwrap_or_default(),
        group: group.as_str().into(),
        area,
        area_name: area_name.into(),
        area_kind: area.kind().unwrap_or(AreaKind::Neighbourhood),
        period,
        numerator,
        denominator,
        figure,
        origin: Origin { file: "a form".into(), sheet: "".into(), row: 0, column: 0 },
        note: form.note.trim().into(),
    })
}
