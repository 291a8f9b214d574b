//! `GET` and `POST /indicators/new`, `/indicators/{code}/edit`.

use maud::{Markup, html};
use town::editing::Editing;
use town::indicators::{IndicatorForm, IndicatorOptions};

use crate::components::{Button, CheckboxItem, Checkboxes, Choice, Field, Fieldset, Input, Select, Textarea};
use crate::editing::Form;
use crate::layout::Section;
use crate::{Errors, Problem, Sent, Visit};

impl Form for IndicatorForm {
    const SECTION: Section = Section::Indicators;
    const UNDER: &'static [(&'static str, &'static str)] = &[("/indicators", "Indicators")];

    fn begun(_: &Visit) -> IndicatorForm {
        IndicatorForm::begun()
    }

    fn read(sent: &Sent) -> IndicatorForm {
        let text = |name: &str| sent.text(name).trim().to_owned();
        IndicatorForm {
            code: text("code"),
            name: text("name"),
            definition: text("definition"),
            numerator: text("numerator"),
            denominator: text("denominator"),
            unit: text("unit"),
            statistic: text("statistic"),
            multiplier: text("multiplier"),
            polarity: text("polarity"),
            frequency: text("frequency"),
            source: text("source"),
            series_source: text("series_source"),
            series_indicator: text("series_indicator"),
            series_age: text("series_age"),
            series_sex: text("series_sex"),
            subgroup: text("subgroup"),
            impact: sent.has("impact"),
            recommendations: sent.all("recommendations"),
        }
    }

    async fn load(visit: &Visit, code: &str) -> town::Result<IndicatorForm> {
        visit.town().indicator_form(visit.actor(), code).await
    }

    async fn keep(&self, visit: &Visit, editing: Option<Editing<'_>>) -> town::Result<String> {
        visit.town().save_indicator(visit.actor(), editing, self).await
    }

    async fn inputs(&self, visit: &Visit, _: Option<&str>, errors: &Errors) -> Result<Markup, Problem> {
        let options = visit.town().indicator_options(visit.actor()).await?;
        Ok(fields(self, &options, errors))
    }

    fn title(&self, code: Option<&str>) -> String {
        if code.is_some() { "Edit the indicator".to_owned() } else { "Add an indicator".to_owned() }
    }

    fn address(code: &str) -> String {
        format!("/indicators/{code}")
    }
}

fn fields(form: &IndicatorForm, options: &IndicatorOptions, errors: &Errors) -> Markup {
    let field = |name: &str, label: &str, hint: &str| {
        let field = Field::new(name, label).error(errors.on(name));
        if hint.is_empty() { field } else { field.hint(hint) }
    };
    let input = |name: &str, label: &str, hint: &str, value: &str| Input {
        field: field(name, label, hint),
        value: value.into(),
        ..Input::default()
    };
    let select = |name: &str, label: &str, choices: Vec<(&str, &str)>, value: &str| Select {
        field: field(name, label, ""),
        choices: choices.into_iter().map(|(value, text)| Choice::new(value, text)).collect(),
        value: value.into(),
        ..Select::default()
    };
    let mut subgroups = vec![("", "None")];
    subgroups.extend(options.subgroups.iter().map(|(code, name)| (code.as_str(), name.as_str())));
    let serves = options.recommendations.iter();
    html! {
        (input("name", "Name", "What people call it", &form.name))
        (input("code", "Code", "Short and lasting, such as smoking-at-delivery", &form.code))
        (Textarea { field: field("definition", "Definition", "What exactly is measured"), value: form.definition.clone(), rows: 3, ..Textarea::default() })
        (input("numerator", "Numerator", "Who counts as having it", &form.numerator))
        (input("denominator", "Denominator", "Of whom", &form.denominator))
        (select("statistic", "How a value is made", vec![
            ("proportion", "Proportion: numerator of denominator"), ("rate", "Rate: numerator per denominator"),
            ("value", "Value as published"),
        ], &form.statistic))
        (input("multiplier", "Multiplied by", "100 for a percentage, 100,000 for a rate per 100,000", &form.multiplier))
        (input("unit", "Unit", "%, per 1,000, per 100,000, years, days, £ or count", &form.unit))
        (select("polarity", "Which direction is better", vec![
            ("", "Choose"), ("high-is-good", "High is good"), ("low-is-good", "Low is good"), ("not-set", "Neither"),
        ], &form.polarity))
        (select("frequency", "How often there is a new figure", vec![
            ("monthly", "Monthly"), ("quarterly", "Quarterly"), ("annual", "Annual"), ("irregular", "Irregular"),
        ], &form.frequency))
        (input("source", "Source", "Who publishes the figures, in words", &form.source))
        (input("series_source", "Where the figures come from", "town for your own figures; otherwise cover, fingertips or another source on the data page", &form.series_source))
        (input("series_indicator", "Series", "The series of that source, as the data page names it; leave empty for your own figures", &form.series_indicator))
        (input("series_age", "Age", "As the data page writes it: 24 months", &form.series_age))
        (select("series_sex", "Sex", vec![("persons", "Persons"), ("female", "Female"), ("male", "Male")], &form.series_sex))
        (select("subgroup", "Subgroup that follows it", subgroups, &form.subgroup))
        (Checkboxes {
            name: "impact".into(),
            items: vec![CheckboxItem::new("yes", "The partnership reviews it once a year (impact measure)")],
            values: if form.impact { vec!["yes".into()] } else { Vec::new() },
            ..Checkboxes::default()
        })
        (Checkboxes {
            name: "recommendations".into(),
            fieldset: Some(Fieldset { legend: "Recommendations that it measures".into(), ..Fieldset::default() }),
            error: errors.on("recommendations").map(Into::into),
            items: serves.map(|(number, words)| CheckboxItem::new(number, format!("{number} {words}"))).collect(),
            values: form.recommendations.clone(),
            classes: "govuk-checkboxes--small".into(),
            ..Checkboxes::default()
        })
        (Button { text: "Save".into(), ..Button::default() })
    }
}
