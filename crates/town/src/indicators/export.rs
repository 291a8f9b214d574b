//! Every figure with where it came from.

use store::indicators::{self as tables, Filter, TracedObservation};
use vocabulary::{AreaCode, Date, Figure, Origin, Withheld};

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
            for edition in self.deprivation_to_export(filter).await? {
                take(edition)?;
            }
        }
        Ok(())
    }

    /// The Indices of Deprivation, a row a figure as every other source.
    async fn deprivation_to_export(&self, filter: &ExportFilter) -> Result<Vec<Vec<TracedObservation>>> {
        let db = self.store().reader();
        let imports = tables::imports(db).await?;
        let mut batches = Vec::new();
        for edition in tables::editions(db).await? {
            let measures: Vec<String> = serde_json::from_str(&edition.measures).unwrap_or_default();
            let file = imports
                .iter()
                .find(|import| import.id == edition.import_id)
                .map(|import| import.file.clone());
            let (first, last) = (format!("{}-01-01", edition.edition), format!("{}-12-31", edition.edition));
            let outside = filter.from.is_some_and(|from| last < from.to_string())
                || filter.to.is_some_and(|to| first > to.to_string());
            if outside {
                continue;
            }
            let mut batch = Vec::new();
            for row in tables::deprivation_rows(db, &edition.edition, filter.area).await? {
                let name = tables::area(db, row.main.area).await?.map(|area| area.name).unwrap_or_default();
                for (index, (measure, value)) in measures.iter().zip(&row.figures).enumerate() {
                    if filter.indicator.as_ref().is_some_and(|indicator| indicator != measure) {
                        continue;
                    }
                    batch.push(TracedObservation {
                        source: DEPRIVATION.to_owned(),
                        indicator: measure.clone(),
                        age: String::new(),
                        sex: "persons".to_owned(),
                        within: String::new(),
                        area_code: row.main.area.to_string(),
                        area_name: name.clone(),
                        period_start: first.clone(),
                        period_end: last.clone(),
                        numerator: None,
                        denominator: None,
                        value: *value,
                        status: if value.is_some() { "value" } else { "missing" }.to_owned(),
                        version: 1,
                        is_current: true,
                        file: file.clone().unwrap_or_default(),
                        sheet: String::new(),
                        sheet_row: i64::from(row.line),
                        // Four columns name the area; the measures follow in the order of the file.
                        sheet_column: index as i64 + 5,
                        note: None,
                    });
                }
            }
            batches.push(batch);
        }
        Ok(batches)
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
