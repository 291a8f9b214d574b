//! `het export`.

use std::path::Path;

use town::indicators::ExportFilter;

use super::place;
use crate::arguments::{Observations, Place};
use crate::failure::Failure;
use crate::write::{self, Writer};

pub async fn observations(at: &Place, asked: Observations) -> Result<(), Failure> {
    let town = place::open(at).await?;
    let filter = ExportFilter {
        source: asked.source,
        indicator: asked.indicator,
        age: asked.age,
        area: asked.area,
        from: asked.from,
        to: asked.to,
        all_versions: asked.all_versions,
    };
    let mut writer = Writer::begin(asked.format, write::open(&asked.out)?)?;
    town.export_observations(&place::operator(), &filter, |rows| writer.rows(&rows)).await?;
    writer.finish()?;
    Ok(town.close().await?)
}

pub async fn programme(at: &Place, out: &Path) -> Result<(), Failure> {
    let town = place::open(at).await?;
    let workbook = town.export_programme(&place::operator()).await?;
    write::bytes(out, &workbook)?;
    Ok(town.close().await?)
}
