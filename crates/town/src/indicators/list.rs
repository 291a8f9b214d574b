//! The list of indicators.

use std::sync::Arc;

use report::charts::Chart;
use report::documents::{Cell, Column, Table};
use report::figures::period_words;
use vocabulary::Date;

use super::Analysis;
use super::drawing::difference_unit;
use super::statistics::variation_words;
use crate::partnership::Programme;
use crate::{Actor, Permission, Result, Town};

/// One line of the list of indicators.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code and name of the subgroup that follows it.
    pub subgroup: Option<(String, String)>,
    /// Whether the partnership reviews it once a year.
    pub is_impact_measure: bool,
    /// The source of its figures: `cover`, `fingertips`, `town`.
    pub source: String,
    /// Who publishes it, in words.
    pub publisher: String,
    /// Its latest figure in words, with its period.
    pub latest: Option<(String, String)>,
    /// Its latest figure, unrounded.
    pub value: Option<f64>,
    /// Its target in words.
    pub target: Option<String>,
    /// The words of its variation; empty when there are no figures.
    pub variation: String,
    /// The codes of its variation and assurance, as `het spc --icons` writes them; empty when there are no figures.
    pub codes: (&'static str, &'static str),
    /// The codes of the rules that its latest point fired, with spaces between.
    pub rules: String,
    /// Its icons.
    pub icons: Vec<Chart>,
    /// The latest slope index of inequality in a few words; `None` where it is not split by deprivation.
    pub inequality: Option<String>,
    /// How much it needs attention: 0 is most.
    pub attention: u8,
}

impl Town {
    /// Every indicator, those that need attention first.
    pub async fn indicator_list(&self, actor: &Actor, as_of: Date) -> Result<Arc<Vec<IndicatorLine>>> {
        actor.require(Permission::ReadPublic)?;
        let version = self.data_version().await?;
        let name = format!("indicators {as_of}");
        if let Some(kept) = self.kept.get(version, &name) {
            return Ok(kept);
        }
        let programme = self.programme().await?;
        let mut rows: Vec<(spc::SummaryRow, IndicatorLine)> = Vec::with_capacity(programme.indicators.len());
        for indicator in &programme.indicators {
            let Some(analysis) = self.analysis(&programme, indicator.id, as_of).await? else { continue };
            rows.push((summary_row(&analysis), line(&programme, &analysis)));
        }
        let mut order: Vec<spc::SummaryRow> = rows.iter().map(|row| row.0.clone()).collect();
        spc::sort_by_attention(&mut order);
        rows.sort_by_cached_key(|row| order.iter().position(|one| one.series == row.0.series));
        let lines = Arc::new(rows.into_iter().map(|row| row.1).collect::<Vec<_>>());
        self.kept.put(version, &name, lines.clone());
        Ok(lines)
    }
}

fn summary_row(analysis: &Analysis) -> spc::SummaryRow {
    // The code after the name makes two indicators of one name two rows.
    let series = format!("{} {}", analysis.indicator.name, analysis.indicator.code);
    match &analysis.chart {
        Some(chart) => spc::SummaryRow::of(series, chart),
        None => spc::SummaryRow {
            series,
            variation: spc::Variation::NotEnoughPoints,
            assurance: spc::Assurance::NoTarget,
            latest: None,
            period: None,
            rules: spc::Rules::NONE,
        },
    }
}

fn line(programme: &Programme, analysis: &Analysis) -> IndicatorLine {
    let indicator = &analysis.indicator;
    let unit = analysis.unit();
    let latest = analysis.points.iter().rev().find(|point| point.figure.value().is_some());
    let value = latest.and_then(|point| point.figure.value());
    let chart = analysis.chart.as_ref();
    let fired = chart.and_then(spc::Chart::latest).map(|point| point.rules);
    let slope = analysis.gaps.last().map(|gap| gap.slope);
    let difference = difference_unit(unit);
    IndicatorLine {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        subgroup: indicator
            .subgroup_id
            .and_then(|id| programme.subgroup(id))
            .map(|subgroup| (subgroup.code.clone(), subgroup.name.clone())),
        is_impact_measure: indicator.is_impact_measure,
        source: indicator.series.source.clone(),
        publisher: indicator.source.clone(),
        latest: latest.zip(value).map(|(point, value)| (unit.write(value), period_words(point.period))),
        value,
        target: analysis.target.as_ref().map(|target| unit.write(target.value)),
        variation: chart.map(|c| variation_words(c.variation()).to_owned()).unwrap_or_default(),
        codes: chart.map_or(("", ""), |c| (c.variation().code(), c.assurance().code())),
        rules: fired
            .map(|rules| rules.iter().map(|rule| rule.code()).collect::<Vec<_>>().join(" "))
            .unwrap_or_default(),
        icons: super::icons(analysis),
        inequality: slope.map(|slope| short_inequality(slope, difference)),
        attention: chart.map_or(u8::MAX, |c| c.variation().attention()),
    }
}

/// The slope index in a few words: how far the most deprived end stands from the least.
fn short_inequality(slope: super::Slope, unit: report::figures::Unit) -> String {
    let size = unit.write(slope.sii.abs());
    match slope.interval95 {
        Some((lower, upper)) if lower <= 0.0 && upper >= 0.0 => "no clear gap".to_owned(),
        _ if slope.sii < 0.0 => format!("{size} higher in the most deprived"),
        _ => format!("{size} lower in the most deprived"),
    }
}

/// Lines of the list as a table, one row a series, with the columns of `het spc --icons` first.
fn table_of(lines: &[IndicatorLine]) -> Table {
    let headings = [
        "series",
        "variation",
        "assurance",
        "latest",
        "rules",
        "name",
        "period",
        "target",
        "subgroup",
        "impact_measure",
        "source",
        "inequality",
    ];
    let mut table = Table::new("Indicators", headings.into_iter().map(Column::text).collect());
    for line in lines {
        let subgroup = line.subgroup.as_ref().map(|subgroup| subgroup.0.as_str()).unwrap_or_default();
        let period = line.latest.as_ref().map(|latest| latest.1.as_str()).unwrap_or_default();
        let words = [
            line.codes.0,
            line.codes.1,
            "",
            &line.rules,
            &line.name,
            period,
            line.target.as_deref().unwrap_or_default(),
            subgroup,
            if line.is_impact_measure { "yes" } else { "no" },
            &line.source,
            line.inequality.as_deref().unwrap_or_default(),
        ];
        let mut row = vec![Cell::text(line.code.clone())];
        row.extend(words.into_iter().map(Cell::text));
        row[3] = Cell::number(line.value);
        table.push(row);
    }
    table
}

/// Lines of the list as CSV.
///
/// # Errors
/// [`crate::Error::Failed`] when it cannot be written, which does not happen.
pub fn indicators_csv(lines: &[IndicatorLine]) -> Result<Vec<u8>> {
    report::documents::csv(&table_of(lines))
        .map_err(|error| crate::Error::Failed { doing: "writing CSV", reason: error.to_string() })
}
