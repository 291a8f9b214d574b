//! What can be downloaded of an indicator: its figures, and each chart as a picture.

use report::documents::{Block, Document, Method, Section, Vintage, csv, excel};
use report::figures::long_date;
use vocabulary::Date;

use super::page::{Drawn, IndicatorPage};
use super::{Chart, Choice};
use crate::{Actor, Error, Result, Town};

/// A file to be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The parts of a page that are charts, by the name that a download has.
pub const CHARTS: [&str; 6] = ["chart", "gradient", "gap", "comparison", "funnel", "map"];

impl IndicatorPage {
    /// The chart with this name of [`CHARTS`], if the indicator has it.
    pub fn drawn(&self, name: &str) -> Option<&Drawn> {
        match name {
            "chart" => self.control.as_ref(),
            "gradient" => self.gradient.as_ref(),
            "gap" => self.gap.as_ref(),
            "comparison" => self.comparison.as_ref(),
            "funnel" => self.funnel.as_ref(),
            "map" => self.map.as_ref(),
            _ => None,
        }
    }
}

impl Town {
    /// A file of an indicator: `data.csv`, `data.xlsx`, `measures.csv`, or `then` or a chart of [`CHARTS`] with `.svg`, `.png` or `.csv`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an indicator or a file that is not there.
    pub async fn indicator_download(
        &self,
        actor: &Actor,
        code: &str,
        as_of: Date,
        choice: Choice,
        file: &str,
    ) -> Result<Download> {
        let page = self.indicator_page(actor, code, as_of, choice).await?;
        let not_found = || Error::NotFound { what: "file", value: file.to_owned() };
        let (part, format) = file.rsplit_once('.').ok_or_else(not_found)?;
        let name = format!("{code}-{file}");
        if part == "data" {
            return match format {
                "csv" => Ok(Download { name, kind: "text/csv; charset=utf-8", bytes: csv_of(&page.table)? }),
                "xlsx" => {
                    let settings = self.settings().await?;
                    let document = workbook(&page, &settings.town_name, settings.synthetic, as_of);
                    let written = tokio::task::spawn_blocking(move || excel(&document));
                    let bytes = joined(written.await)?.map_err(failed("writing Excel"))?;
                    Ok(Download { name, kind: EXCEL, bytes })
                }
                _ => Err(not_found()),
            };
        }
        if (part, format) == ("measures", "csv") {
            let bytes = csv_of(&page.measures_table())?;
            return Ok(Download { name, kind: "text/csv; charset=utf-8", bytes });
        }
        let then = match part {
            "then" => self.inequality_page(actor, code, as_of).await?.drawn,
            _ => None,
        };
        let chart = then.as_ref().or_else(|| page.drawn(part)).ok_or_else(not_found)?.wide.clone();
        match format {
            "svg" => {
                Ok(Download { name, kind: "image/svg+xml; charset=utf-8", bytes: chart.svg.into_bytes() })
            }
            "csv" => Ok(Download { name, kind: "text/csv; charset=utf-8", bytes: csv_of(&chart.table)? }),
            "png" => {
                let drawn = tokio::task::spawn_blocking(move || chart.png(2.0));
                let bytes = joined(drawn.await)?.map_err(failed("drawing a picture"))?;
                Ok(Download { name, kind: "image/png", bytes })
            }
            _ => Err(not_found()),
        }
    }
}

const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn csv_of(table: &report::documents::Table) -> Result<Vec<u8>> {
    csv(table).map_err(failed("writing CSV"))
}

fn failed<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> Error {
    move |error| Error::Failed { doing, reason: error.to_string() }
}

fn joined<T>(result: std::result::Result<T, tokio::task::JoinError>) -> Result<T> {
    result.map_err(failed("making a download"))
}

/// The page's words and every table behind it.
fn workbook(page: &IndicatorPage, town: &str, synthetic: bool, as_of: Date) -> Document {
    let section = |heading: &str, blocks: Vec<Block>| Section {
        heading: heading.to_owned(),
        blocks,
        sections: Vec::new(),
    };
    let mut sections = vec![
        section("What the figures say", vec![Block::List(page.sentences.clone())]),
        section("Figures", vec![Block::Table(page.table.clone())]),
    ];
    if !page.measured.is_empty() {
        sections.push(section("Measures", vec![Block::Table(page.measures_table())]));
    }
    let drawn = [
        ("By deprivation", &page.gradient),
        ("Size of the inequality", &page.gap),
        ("Compared with others", &page.comparison),
        ("Areas by their size", &page.funnel),
        ("By area", &page.map),
    ];
    for (heading, chart) in drawn {
        let table = chart.as_ref().map(|chart: &Drawn| -> &Chart { &chart.wide }).map(|c| c.table.clone());
        sections.extend(table.map(|table| section(heading, vec![Block::Table(table)])));
    }
    let indicator = &page.indicator;
    Document {
        title: indicator.name.clone(),
        subtitle: indicator.definition.clone(),
        language: "en-GB".to_owned(),
        town: town.to_owned(),
        as_of,
        synthetic,
        sections,
        vintage: page
            .vintage
            .iter()
            .map(|(covers, at, file)| Vintage {
                source: format!("{}, {file}", indicator.source),
                covers: covers.clone(),
                obtained: at
                    .get(..10)
                    .and_then(|day| day.parse().ok())
                    .map_or_else(|| at.clone(), |day| format!("imported {}", long_date(day))),
                licence: page.licences.join(" "),
            })
            .collect(),
        methods: page
            .methods
            .iter()
            .enumerate()
            .map(|(index, words)| Method { name: format!("Method {}", index + 1), words: words.clone() })
            .collect(),
    }
}
