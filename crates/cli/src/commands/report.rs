//! `het report`.

use town::reports::{ReportFormat, ReportScope};
use vocabulary::{Date, Period};

use super::place;
use crate::arguments::{DocumentFormat, Place, Progress};
use crate::failure::Failure;
use crate::write;

pub async fn progress(at: &Place, asked: Progress) -> Result<(), Failure> {
    let scope = scope(&asked)?;
    let format = match asked.format {
        DocumentFormat::Pdf => ReportFormat::Pdf,
        DocumentFormat::Docx => ReportFormat::Word,
        DocumentFormat::Xlsx => ReportFormat::Excel,
        DocumentFormat::Html => ReportFormat::Html,
    };
    let town = place::open(at).await?;
    let operator = place::operator();
    let file = if asked.publish {
        let id = town.publish_progress_report(&operator, &scope).await?;
        eprintln!("Published as report {id}.");
        town.published_file(&operator, id, format).await?
    } else {
        town.progress_file(&operator, &scope, format).await?
    };
    write::bytes(&asked.out, &file)?;
    Ok(town.close().await?)
}

fn scope(asked: &Progress) -> Result<ReportScope, Failure> {
    let last: Date = asked.to.unwrap_or_else(town::today);
    let quarter = ReportScope::quarter_to(last)
        .ok_or_else(|| Failure::Call(format!("{last} is not a day that can be reported on")))?;
    let first = asked.from.unwrap_or(quarter.period.start());
    let period = Period::new(first, last)
        .ok_or_else(|| Failure::Call(format!("--from {first} is after --to {last}")))?;
    Ok(ReportScope { subgroup: asked.subgroup.clone(), period, as_of: asked.as_of.unwrap_or(last) })
}
