//! Recording observations: the one way in for every figure, from a published file, a form or a service.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use sea_orm::FromQueryResult;
use vocabulary::{AreaCode, AreaKind, Figure, Observation, Period, Sex};

use super::areas::add_areas;
use crate::sql::{self, values};
use crate::{Result, Write};

/// How many figures a recording touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Figures that were not known.
    pub added: u64,
    /// Figures that differ from what was known: the older version stays, no longer current.
    pub revised: u64,
    /// Figures that were known.
    pub unchanged: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.added += other.added;
        self.revised += other.revised;
        self.unchanged += other.unchanged;
    }
}

/// Records observations of one source within one change, remembering the names it has met so that each is looked up
/// once however many files there are.
#[derive(Debug)]
pub struct Recorder<'w> {
    write: &'w Write,
    source: String,
    series: HashMap<SeriesName, i64>,
    slices: HashMap<(i64, Period), Slice>,
    notes: HashMap<Arc<str>, i64>,
    areas: HashMap<AreaCode, ()>,
}

type SeriesName = (Arc<str>, Arc<str>, Sex, Arc<str>);

#[derive(Debug, Clone, Copy)]
struct Slice {
    id: i64,
    new: bool,
}

struct Known {
    version: i64,
    numerator: Option<f64>,
    denominator: Option<f64>,
    figure: Figure,
}

impl<'w> Recorder<'w> {
    /// A recorder for one source: `cover`, `fingertips`, `town`.
    pub fn new(write: &'w Write, source: &str) -> Recorder<'w> {
        Recorder {
            write,
            source: source.to_owned(),
            series: HashMap::new(),
            slices: HashMap::new(),
            notes: HashMap::new(),
            areas: HashMap::new(),
        }
    }

    /// Records the observations of one imported file. Where the file gives the same figure twice the first is kept.
    pub async fn record(&mut self, import_id: i64, observations: &[Observation]) -> Result<Counts> {
        self.know_areas(observations).await?;
        let sheets = self.add_sheets(import_id, observations).await?;
        let mut counts = Counts::default();
        let mut rows = Vec::with_capacity(observations.len());
        let mut superseded = Vec::new();
        let mut met: HashMap<i64, HashMap<AreaCode, Option<Known>>> = HashMap::new();
        for observation in observations {
            let slice = self.slice_of(observation).await?;
            let areas = match met.entry(slice.id) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    let known =
                        if slice.new { HashMap::new() } else { current_of(self.write, slice.id).await? };
                    entry.insert(known)
                }
            };
            let version = match areas.insert(observation.area, None) {
                None => {
                    counts.added += 1;
                    1
                }
                // Met already in this file.
                Some(None) => continue,
                Some(Some(known)) if same(&known, observation) => {
                    counts.unchanged += 1;
                    continue;
                }
                Some(Some(known)) => {
                    counts.revised += 1;
                    superseded.push((slice.id, observation.area));
                    known.version + 1
                }
            };
            let note = self.note_of(&observation.note).await?;
            rows.push((observation, slice.id, version, sheets.get(&observation.origin.sheet).copied(), note));
        }
        for (slice, area) in superseded {
            let sql = "UPDATE observation SET is_current = FALSE WHERE slice_id = $1 AND area = $2";
            sql::run(self.write.reader(), "revise a figure", sql, values![slice, area.as_str()]).await?;
        }
        // In the order of the key, so that the tree is filled from one end.
        rows.sort_unstable_by_key(|row| (row.1, row.0.area, row.2));
        let into = "observation (slice_id, area, version, is_current, numerator, denominator, value, status,
                                 sheet_id, sheet_row, sheet_column, note_id)";
        let bind = |(observation, slice, version, sheet, note): Row<'_>, values: &mut Vec<sea_orm::Value>| {
            values.extend(values![
                slice,
                observation.area.as_str(),
                version,
                true,
                observation.numerator,
                observation.denominator,
                observation.figure.value(),
                observation.figure.status(),
                sheet,
                i64::from(observation.origin.row),
                i64::from(observation.origin.column),
                note
            ]);
        };
        sql::insert_many(self.write.reader(), "record observations", into, 12, rows, bind, "").await?;
        for slice in self.slices.values_mut() {
            slice.new = false;
        }
        Ok(counts)
    }

    async fn know_areas(&mut self, observations: &[Observation]) -> Result<()> {
        let mut unknown: Vec<(AreaCode, String, AreaKind)> = Vec::new();
        for observation in observations {
            if self.areas.insert(observation.area, ()).is_none() {
                unknown.push((observation.area, observation.area_name.to_string(), observation.area_kind));
            }
        }
        add_areas(self.write, unknown, false).await.map(|_| ())
    }

    async fn add_sheets(
        &self,
        import_id: i64,
        observations: &[Observation],
    ) -> Result<HashMap<Arc<str>, i64>> {
        let mut sheets = HashMap::new();
        for observation in observations {
            if let Entry::Vacant(entry) = sheets.entry(observation.origin.sheet.clone()) {
                let sql = "INSERT INTO sheet (import_id, name) VALUES ($1, $2) RETURNING id";
                let bound = values![import_id, &*observation.origin.sheet];
                entry.insert(sql::insert(self.write.reader(), "note a sheet", sql, bound).await?);
            }
        }
        Ok(sheets)
    }

    async fn slice_of(&mut self, observation: &Observation) -> Result<Slice> {
        let series = self.series_of(observation).await?;
        let key = (series, observation.period);
        if let Some(slice) = self.slices.get(&key) {
            return Ok(*slice);
        }
        let (start, end) = (observation.period.start().to_string(), observation.period.end().to_string());
        let db = self.write.reader();
        let sql = "INSERT INTO slice (series_id, period_start, period_end) VALUES ($1, $2, $3)
                   ON CONFLICT (series_id, period_start, period_end) DO NOTHING RETURNING id";
        let bound = values![series, start.as_str(), end.as_str()];
        let slice = match sql::one::<Id>(db, "begin a slice", sql, bound).await? {
            Some(row) => Slice { id: row.id, new: true },
            None => {
                let sql =
                    "SELECT id FROM slice WHERE series_id = $1 AND period_start = $2 AND period_end = $3";
                Slice {
                    id: sql::insert(db, "find a slice", sql, values![series, start, end]).await?,
                    new: false,
                }
            }
        };
        self.slices.insert(key, slice);
        Ok(slice)
    }

    async fn series_of(&mut self, observation: &Observation) -> Result<i64> {
        let name = (
            observation.indicator.clone(),
            observation.age.clone(),
            observation.sex,
            observation.group.clone(),
        );
        if let Some(id) = self.series.get(&name) {
            return Ok(*id);
        }
        let sql = "INSERT INTO series (source, indicator, age, sex, within) VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (source, indicator, age, sex, within) DO UPDATE SET source = excluded.source RETURNING id";
        let bound = values![self.source.as_str(), &*name.0, &*name.1, name.2.code(), &*name.3];
        let id = sql::insert(self.write.reader(), "begin a series", sql, bound).await?;
        self.series.insert(name, id);
        Ok(id)
    }

    async fn note_of(&mut self, words: &Arc<str>) -> Result<Option<i64>> {
        if words.is_empty() {
            return Ok(None);
        }
        if let Some(id) = self.notes.get(words) {
            return Ok(Some(*id));
        }
        let sql = "INSERT INTO note (words) VALUES ($1)
                   ON CONFLICT (words) DO UPDATE SET words = excluded.words RETURNING id";
        let id = sql::insert(self.write.reader(), "keep a note", sql, values![&**words]).await?;
        self.notes.insert(words.clone(), id);
        Ok(Some(id))
    }
}

type Row<'a> = (&'a Observation, i64, i64, Option<i64>, Option<i64>);

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// The current figures of a slice, by area.
async fn current_of(write: &Write, slice: i64) -> Result<HashMap<AreaCode, Option<Known>>> {
    #[derive(FromQueryResult)]
    struct Current {
        area: String,
        version: i64,
        numerator: Option<f64>,
        denominator: Option<f64>,
        value: Option<f64>,
        status: String,
    }
    let sql = "SELECT area, version, numerator, denominator, value, status FROM observation
               WHERE slice_id = $1 AND is_current = TRUE";
    let rows: Vec<Current> = sql::all(write.reader(), "read what is known", sql, values![slice]).await?;
    rows.into_iter()
        .map(|row| {
            let figure = super::read_figure(row.value, &row.status)?;
            let known = Known {
                version: row.version,
                numerator: row.numerator,
                denominator: row.denominator,
                figure,
            };
            Ok((super::read_area(&row.area)?, Some(known)))
        })
        .collect()
}

fn same(known: &Known, new: &Observation) -> bool {
    known.numerator == new.numerator && known.denominator == new.denominator && known.figure == new.figure
}
