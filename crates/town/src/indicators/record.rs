//! A town's own figures, recorded by form.

use store::indicators::{self as tables, Indicator, NewImport, Recorder};
use vocabulary::{AreaCode, AreaKind, Figure, Observation, Origin, Period, Sex, Withheld};

use super::edit::{TOWN, find};
use crate::editing::Checks;
use crate::{Actor, Error, Permission, Result, Town, now};

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

impl Town {
    /// Records a figure of the town's own; one that is there already is revised and its older version kept.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do, also when the figures come from a published source.
    pub async fn save_figure(&self, actor: &Actor, code: &str, form: &FigureForm) -> Result<()> {
        actor.require(Permission::EditIndicators)?;
        let programme = self.programme().await?;
        let indicator = find(&programme, code)?;
        actor.require_of(Permission::EditIndicators, indicator)?;
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

/// The observation that a form describes.
fn observed(
    indicator: &Indicator,
    form: &FigureForm,
    town: AreaCode,
    town_name: &str,
) -> Result<Observation> {
    let mut checks = Checks::default();
    if indicator.series.source != TOWN {
        let words = format!("These figures come from {}: import them", indicator.source);
        return Err(Error::refused("value", words));
    }
    let area = match form.area.trim() {
        "" => Some(town),
        text => text.parse().ok(),
    };
    if area.is_none() {
        checks.refuse("area", "Enter the code of an area, such as E01015693, or leave it empty for the town");
    }
    let period: Option<Period> = form.period.trim().parse().ok();
    if period.is_none() {
        checks.refuse("period", "Enter a period, such as March 2026, January to March 2026, 2025 or 2025/26");
    }
    let group = match form.fifth.as_str() {
        "" => String::new(),
        "1" => "deprivation: 1 (most deprived)".to_owned(),
        "5" => "deprivation: 5 (least deprived)".to_owned(),
        fifth @ ("2" | "3" | "4") => format!("deprivation: {fifth}"),
        _ => {
            checks.refuse("fifth", "Choose everyone or a deprivation fifth");
            String::new()
        }
    };
    let numerator = checks.number("numerator", &form.numerator);
    let denominator = checks.number("denominator", &form.denominator);
    let value = checks.number("value", &form.value);
    if numerator.is_some_and(|n| n < 0.0) {
        checks.refuse("numerator", "Enter a count of zero or more");
    }
    if denominator.is_some_and(|d| d <= 0.0) {
        checks.refuse("denominator", "Enter a number above zero");
    }
    if indicator.statistic == "proportion" && numerator.zip(denominator).is_some_and(|(n, d)| n > d) {
        checks.refuse("numerator", "The numerator cannot be more than the denominator");
    }
    let figure = match (Withheld::from_code(&form.withheld), value, numerator.zip(denominator)) {
        (Some(reason), _, _) => Some(Figure::Withheld(reason)),
        (None, Some(value), _) => Some(Figure::Value(value)),
        (None, None, Some((n, d))) if d > 0.0 => Some(Figure::Value(n / d * indicator.multiplier)),
        _ => None,
    };
    if figure.is_none() {
        checks.refuse("value", "Enter a value, or a numerator and a denominator, or why there is none");
    }
    checks.done()?;
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
