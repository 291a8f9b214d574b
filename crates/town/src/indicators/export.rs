//! Every figure with where it came from.

use std::collections::HashMap;

use store::indicators::{self as tables, DeprivationFile, Filter, Import, KeptRow, TracedObservation};
use vocabulary::{AreaCode, AreaKind, Date, Figure, Origin, Withheld};

use super::disclosure::shown;
use crate::{Actor, Permission, Result, Town};

/// Which figures to export; empty for all of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExportFilter {
    /// Of this source: `cover`, `deprivation`, `fingertips`, `town`.
    pub source: Option<String>,
    /// Of this indicator.
    pub indicator: Option<String>,
    /// Of this age.
    pub age: Option<String>,
    /// Of this area.
    pub area: Option<AreaCode>,
    /// Of periods that end on or after this day.
    pub from: Option<Date>,
    /// Of periods that start on or before this day.
    pub to: Option<Date>,
    /// Older versions of revised figures too.
    pub all_versions: bool,
}

/// The source whose figures are kept a row an area instead of a row a figure.
const DEPRIVATION: &str = "deprivation";

impl Town {
    /// Hands over every figure that the filter asks for, a batch at a time, in a stable order: by source, indicator, age,
    /// sex, group, period, area and version.
    ///
    /// # Errors
    /// Whatever `take` returns stops the export.
    pub async fn export_observations<E: From<crate::Error>>(
        &self,
        actor: &Actor,
        filter: &ExportFilter,
        mut take: impl FnMut(Vec<TracedObservation>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        actor.require(Permission::ReadPublic)?;
        // The operator sees figures as they were recorded; everybody else as pages may show them.
        let raw = actor.may(Permission::Administer);
        let asked = Filter {
            source: filter.source.clone(),
            indicator: filter.indicator.clone(),
            age: filter.age.clone(),
            area: filter.area,
            from: filter.from,
            to: filter.to,
            all_versions: filter.all_versions,
        };
        if filter.source.as_deref() != Some(DEPRIVATION) {
            let db = self.store().reader();
            let slices = tables::slices_matching(db, &asked).await.map_err(crate::Error::from)?;
            for chunk in slices.chunks(100) {
                let mut rows =
                    tables::traced_observations(db, chunk, &asked).await.map_err(crate::Error::from)?;
                if !raw {
                    rows.iter_mut().for_each(withhold);
                }
                take(rows)?;
            }
        }
        if filter.source.as_deref().is_none_or(|source| source == DEPRIVATION) && filter.age.is_none() {
            for batch in self.deprivation_to_export(filter).await? {
                take(batch)?;
            }
        }
        Ok(())
    }

    /// The Indices of Deprivation, a row a figure as every other source: a batch an edition.
    async fn deprivation_to_export(&self, filter: &ExportFilter) -> Result<Vec<Vec<TracedObservation>>> {
        let db = self.store().reader();
        let editions = tables::editions(db).await?;
        if editions.is_empty() {
            return Ok(Vec::new());
        }
        let files = tables::deprivation_files(db).await?;
        let imports = tables::imports(db).await?;
        let names = self.names_of_neighbourhoods(filter.area).await?;
        let mut batches = Vec::new();
        for edition in editions.into_iter().rev() {
            let (first, last) = (format!("{}-01-01", edition.edition), format!("{}-12-31", edition.edition));
            let outside = filter.from.is_some_and(|from| last < from.to_string())
                || filter.to.is_some_and(|to| first > to.to_string());
            if outside {
                continue;
            }
            let rows =
                tables::deprivation_rows(db, &edition.edition, filter.area, filter.all_versions).await?;
            let mut batch = Vec::with_capacity(rows.len());
            for kept in &rows {
                let Some(file) = files.iter().find(|file| file.import_id == kept.import_id) else { continue };
                let import = imports.iter().find(|import| import.id == kept.import_id);
                let whole = Traced { kept, file, import, names: &names, first: &first, last: &last };
                for (index, (measure, column)) in file.measures.iter().enumerate() {
                    if filter.indicator.as_ref().is_none_or(|indicator| indicator == measure) {
                        batch.push(whole.figure(index, measure, *column));
                    }
                }
            }
            batch.sort_by(|a, b| a.indicator.cmp(&b.indicator));
            batches.push(batch);
        }
        Ok(batches)
    }

    async fn names_of_neighbourhoods(&self, area: Option<AreaCode>) -> Result<HashMap<AreaCode, String>> {
        let db = self.store().reader();
        let areas = match area {
            Some(code) => tables::area(db, code).await?.into_iter().collect(),
            None => tables::areas_of_kind(db, AreaKind::Lsoa).await?,
        };
        Ok(areas.into_iter().map(|area| (area.code, area.name)).collect())
    }
}

/// A row of the Indices, of which each figure is traced.
struct Traced<'a> {
    kept: &'a KeptRow,
    file: &'a DeprivationFile,
    import: Option<&'a Import>,
    names: &'a HashMap<AreaCode, String>,
    first: &'a str,
    last: &'a str,
}

impl Traced<'_> {
    fn figure(&self, index: usize, measure: &str, column: u32) -> TracedObservation {
        let row = &self.kept.row;
        let value = row.figures.get(index).copied().flatten();
        TracedObservation {
            source: DEPRIVATION.to_owned(),
            indicator: measure.to_owned(),
            age: String::new(),
            sex: "persons".to_owned(),
            within: String::new(),
            area_code: row.main.area.to_string(),
            area_name: self.names.get(&row.main.area).cloned().unwrap_or_default(),
            period_start: self.first.to_owned(),
            period_end: self.last.to_owned(),
            numerator: None,
            denominator: None,
            value,
            status: if value.is_some() { "value" } else { "missing" }.to_owned(),
            version: self.kept.version,
            is_current: self.kept.is_current,
            file: self.import.map(|import| import.file.clone()).unwrap_or_default(),
            sheet: self.file.sheet.clone(),
            sheet_row: i64::from(row.line),
            sheet_column: i64::from(column),
            note: None,
        }
    }
}

/// Takes out of a figure what a page may not show.
fn withhold(observation: &mut TracedObservation) {
    let Some(figure) = Figure::from_parts(observation.value, &observation.status) else { return };
    let (numerator, denominator) = (observation.numerator, observation.denominator);
    if figure.value().is_some()
        && shown(&observation.source, numerator, denominator, figure).value().is_none()
    {
        (observation.numerator, observation.denominator, observation.value) = (None, None, None);
        observation.status = Withheld::Suppressed.code().to_owned();
    }
}

/// The cell of a figure as a spreadsheet names it; empty when it came from no file.
pub fn cell_of(observation: &TracedObservation) -> String {
    if observation.sheet_row == 0 {
        return String::new();
    }
    let (row, column) = (observation.sheet_row as u32, observation.sheet_column as u32);
    Origin { file: "".into(), sheet: "".into(), row, column }.cell()
}
