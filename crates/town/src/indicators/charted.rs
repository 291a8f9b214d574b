//! An indicator's chart as numbers, for analysts: the rows that `het spc` writes.

use vocabulary::{Date, Figure};

use super::choice::{Choice, draw, plots_shares};
use crate::{Actor, Error, Permission, Result, Town};

/// One point of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartRow {
    /// The first day of its period.
    pub date: Date,
    /// Its period in words.
    pub period: String,
    /// Its value, in the indicator's unit; `None` is a gap.
    pub value: Option<f64>,
    /// `value`, `suppressed`, `not-applicable` or `missing`.
    pub status: &'static str,
    /// The centre line there.
    pub centre: Option<f64>,
    /// The lower limit there.
    pub lower: Option<f64>,
    /// The upper limit there.
    pub upper: Option<f64>,
    /// The target there.
    pub target: Option<f64>,
    /// The codes of the rules that it fired.
    pub rules: Vec<&'static str>,
    /// Which part of the chart it is in, counted from 1.
    pub part: u32,
    /// What its rules mean.
    pub judgement: &'static str,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Charted {
    /// The indicator's code, which names the series.
    pub series: String,
    /// The points, oldest first.
    pub rows: Vec<ChartRow>,
    /// The code of the variation icon.
    pub variation: &'static str,
    /// The code of the assurance icon.
    pub assurance: &'static str,
    /// How it was made.
    pub method: String,
}

impl Town {
    /// An indicator's chart by a kind and a profile.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no indicator, or its figures do not fit the kind.
    pub async fn indicator_chart(
        &self,
        actor: &Actor,
        code: &str,
        as_of: Date,
        choice: Choice,
    ) -> Result<Charted> {
        actor.require(Permission::ReadPublic)?;
        let analysis = self.analysis_of(code, as_of).await?;
        if analysis.series.is_none() {
            return Err(Error::NotFound { what: "figure of indicator", value: code.to_owned() });
        }
        let Some(chart) = draw(&analysis, choice.kind, choice.profile) else {
            return Err(Error::NotFound {
                what: "chart that these figures fit",
                value: choice.kind.title().to_owned(),
            });
        };
        let factor = if plots_shares(choice.kind) { analysis.indicator.multiplier } else { 1.0 };
        let scaled = |value: Option<f64>| value.map(|value| value * factor);
        let rows = chart.points().iter().map(|point| {
            let figure = analysis.points.get(point.reading).map(|known| known.figure);
            ChartRow {
                date: point.period.start(),
                period: point.period.to_string(),
                value: scaled(point.value),
                status: match (point.value, figure) {
                    (Some(_), _) => "value",
                    (None, Some(Figure::Withheld(reason))) => reason.code(),
                    (None, _) => "missing",
                },
                centre: scaled(point.centre),
                lower: scaled(point.lower),
                upper: scaled(point.upper),
                target: scaled(point.target),
                rules: point.rules.iter().map(|rule| rule.code()).collect(),
                part: point.part,
                judgement: point.judgement.code(),
            }
        });
        Ok(Charted {
            series: code.to_owned(),
            rows: rows.collect(),
            variation: chart.variation().code(),
            assurance: chart.assurance().code(),
            method: chart.method(),
        })
    }
}
