//! The Indices of Deprivation, by LSOA.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use vocabulary::{AreaCode, Decile};

use super::{Counts, read_area};
use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// An edition of the Indices that was imported.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Edition {
    /// Its year: `2025`.
    pub edition: String,
    /// The import it came from.
    pub import_id: i64,
    /// How many areas it ranks.
    pub areas: i64,
}

/// How deprived an area is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaDeprivation {
    /// The LSOA.
    pub area: AreaCode,
    /// The local authority it lies in, as the edition says.
    pub local_authority: AreaCode,
    /// The IMD score; higher is more deprived.
    pub score: f64,
    /// The IMD rank; 1 is the most deprived.
    pub rank: u32,
    /// The IMD decile as published; 1 is the most deprived.
    pub decile: Decile,
    /// How many people live there, when the file says.
    pub population: Option<f64>,
}

/// One row of an edition, about to be kept or read back whole.
#[derive(Debug, Clone, PartialEq)]
pub struct DeprivationRow {
    /// The main figures.
    pub main: AreaDeprivation,
    /// The measures of the file in its order; `None` where the cell is empty.
    pub figures: Vec<Option<f64>>,
    /// The line of the file.
    pub line: u32,
}

/// Every edition, newest first.
pub async fn editions(db: &impl Reader) -> Result<Vec<Edition>> {
    let sql = "SELECT edition, import_id, areas FROM deprivation_edition ORDER BY edition DESC";
    sql::all(db, "list editions", sql, values![]).await
}

#[derive(FromQueryResult)]
struct Main {
    area: String,
    local_authority: String,
    score: f64,
    rank: i64,
    decile: i64,
    population: Option<f64>,
}

impl Main {
    fn read(self) -> Result<AreaDeprivation> {
        let decile = u8::try_from(self.decile).ok().and_then(Decile::new);
        Ok(AreaDeprivation {
            area: read_area(&self.area)?,
            local_authority: read_area(&self.local_authority)?,
            score: self.score,
            rank: self.rank as u32,
            decile: decile
                .ok_or_else(|| Error::Foreign { what: "decile", value: self.decile.to_string() })?,
            population: self.population,
        })
    }
}

/// How deprived every area of an edition is, by code; of one local authority when it is given.
pub async fn deprivation_of(
    db: &impl Reader,
    edition: &str,
    local_authority: Option<AreaCode>,
) -> Result<Vec<AreaDeprivation>> {
    let (filter, mut bound) = (local_authority.map_or("", |_| "AND local_authority = $2"), values![edition]);
    bound.extend(local_authority.map(|code| sea_orm::Value::from(code.as_str())));
    let sql = format!(
        "SELECT area, local_authority, score, rank, decile, population FROM deprivation
         WHERE edition = $1 {filter} ORDER BY area"
    );
    let rows: Vec<Main> = sql::all(db, "read deprivation", &sql, bound).await?;
    rows.into_iter().map(Main::read).collect()
}

/// A row of an edition as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRow {
    /// The row.
    pub row: DeprivationRow,
    /// The import it came from.
    pub import_id: i64,
    /// 1 for the first published, one more for each revision.
    pub version: i64,
    /// Whether no later version is known.
    pub is_current: bool,
}

/// What the figures of an imported file stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeprivationFile {
    /// The import.
    pub import_id: i64,
    /// The sheet; empty in a CSV file.
    pub sheet: String,
    /// The measures in the order of the rows' figures, each with its column, counted from 1; 0 when there is none.
    pub measures: Vec<(String, u32)>,
}

/// What every imported file of the Indices holds.
pub async fn deprivation_files(db: &impl Reader) -> Result<Vec<DeprivationFile>> {
    #[derive(FromQueryResult)]
    struct File {
        import_id: i64,
        sheet: String,
        measures: String,
        measure_columns: String,
    }
    let sql = "SELECT import_id, sheet, measures, measure_columns FROM deprivation_file ORDER BY import_id";
    let files: Vec<File> = sql::all(db, "read what files hold", sql, values![]).await?;
    let read = |file: File| {
        let foreign = || Error::Foreign { what: "measures of import", value: file.import_id.to_string() };
        let names: Vec<String> = serde_json::from_str(&file.measures).map_err(|_| foreign())?;
        let columns: Vec<u32> = serde_json::from_str(&file.measure_columns).map_err(|_| foreign())?;
        let measures = names.into_iter().zip(columns).collect();
        Ok(DeprivationFile { import_id: file.import_id, sheet: file.sheet, measures })
    };
    files.into_iter().map(read).collect()
}

/// Every row of an edition as it was published, by area and version; of one LSOA when it is given; with the versions that
/// were revised, if asked.
pub async fn deprivation_rows(
    db: &impl Reader,
    edition: &str,
    area: Option<AreaCode>,
    all_versions: bool,
) -> Result<Vec<KeptRow>> {
    #[derive(FromQueryResult)]
    struct Whole {
        area: String,
        version: i64,
        is_current: bool,
        import_id: i64,
        local_authority: String,
        score: f64,
        rank: i64,
        decile: i64,
        population: Option<f64>,
        figures: String,
        line: i64,
    }
    let (filter, mut bound) = (area.map_or("", |_| "AND area = $2"), values![edition]);
    bound.extend(area.map(|code| sea_orm::Value::from(code.as_str())));
    let of = |table: &str, is_current: &str| {
        format!(
            "SELECT area, version, {is_current} AS is_current, import_id, local_authority, score, rank, decile, population,
                    figures, line
             FROM {table} WHERE edition = $1 {filter}"
        )
    };
    let mut sql = of("deprivation", "TRUE");
    if all_versions {
        sql = format!("{sql} UNION ALL {}", of("deprivation_older", "FALSE"));
    }
    sql.push_str(" ORDER BY area, version");
    let rows: Vec<Whole> = sql::all(db, "read deprivation", &sql, bound).await?;
    rows.into_iter()
        .map(|w| {
            let figures = read_figures(&w.figures, &w.area)?;
            let main = Main {
                area: w.area,
                local_authority: w.local_authority,
                score: w.score,
                rank: w.rank,
                decile: w.decile,
                population: w.population,
            };
            let row = DeprivationRow { main: main.read()?, figures, line: w.line as u32 };
            Ok(KeptRow { row, import_id: w.import_id, version: w.version, is_current: w.is_current })
        })
        .collect()
}

/// Keeps the rows of one import of an edition. A row that differs from what was known becomes a new version, and the
/// older one is kept; a row whose every figure was known is left, where the file has fewer measures too.
pub async fn set_deprivation(
    write: &Write,
    edition: &str,
    file: &DeprivationFile,
    rows: &[DeprivationRow],
) -> Result<Counts> {
    let names: Vec<&str> = file.measures.iter().map(|(name, _)| name.as_str()).collect();
    let columns: Vec<u32> = file.measures.iter().map(|(_, column)| *column).collect();
    let sql =
        "INSERT INTO deprivation_file (import_id, sheet, measures, measure_columns) VALUES ($1, $2, $3, $4)";
    let json = |result: serde_json::Result<String>| result.unwrap_or_default();
    let (measures, at) = (json(serde_json::to_string(&names)), json(serde_json::to_string(&columns)));
    sql::run(write.reader(), "note a file", sql, values![file.import_id, file.sheet.as_str(), measures, at])
        .await?;
    let known = known_rows(write, edition).await?;
    let of_files = if known.is_empty() { Vec::new() } else { deprivation_files(write.reader()).await? };
    let mut counts = Counts::default();
    let mut to_write = Vec::with_capacity(rows.len());
    let mut older = Vec::new();
    for row in rows {
        match known.get(&row.main.area) {
            None => {
                counts.added += 1;
                to_write.push((row, 1));
            }
            Some(kept) if kept.says(row, &names, &of_files) => counts.unchanged += 1,
            Some(kept) => {
                counts.revised += 1;
                older.push(row.main.area);
                to_write.push((row, kept.version + 1));
            }
        }
    }
    keep_older(write, edition, &older).await?;
    write_rows(write, edition, file.import_id, to_write).await?;
    let sql = "INSERT INTO deprivation_edition (edition, import_id, areas)
               SELECT $1, $2, COUNT(*) FROM deprivation WHERE edition = $1
               ON CONFLICT (edition) DO UPDATE SET import_id = excluded.import_id, areas = excluded.areas";
    sql::run(write.reader(), "keep an edition", sql, values![edition, file.import_id]).await?;
    Ok(counts)
}

/// What is known of an area.
struct Known {
    version: i64,
    import_id: i64,
    local_authority: String,
    population: Option<f64>,
    figures: Vec<Option<f64>>,
}

impl Known {
    /// Whether it says everything that the row says, whose figures are of these measures.
    fn says(&self, row: &DeprivationRow, measures: &[&str], files: &[DeprivationFile]) -> bool {
        if self.local_authority != row.main.local_authority.as_str() || self.population != row.main.population
        {
            return false;
        }
        let Some(file) = files.iter().find(|file| file.import_id == self.import_id) else { return false };
        let figure_of = |measure: &str| {
            let at = file.measures.iter().position(|(name, _)| name == measure)?;
            self.figures.get(at).copied()
        };
        measures.iter().zip(&row.figures).all(|(measure, figure)| figure_of(measure) == Some(*figure))
    }
}

async fn known_rows(write: &Write, edition: &str) -> Result<HashMap<AreaCode, Known>> {
    #[derive(FromQueryResult)]
    struct Row {
        area: String,
        version: i64,
        import_id: i64,
        local_authority: String,
        population: Option<f64>,
        figures: String,
    }
    let sql = "SELECT area, version, import_id, local_authority, population, figures FROM deprivation
               WHERE edition = $1";
    let rows: Vec<Row> = sql::all(write.reader(), "read what is known", sql, values![edition]).await?;
    let read = |row: Row| {
        let known = Known {
            version: row.version,
            import_id: row.import_id,
            local_authority: row.local_authority,
            population: row.population,
            figures: read_figures(&row.figures, &row.area)?,
        };
        Ok((read_area(&row.area)?, known))
    };
    rows.into_iter().map(read).collect()
}

/// Moves the current rows of these areas to the older ones.
async fn keep_older(write: &Write, edition: &str, areas: &[AreaCode]) -> Result<()> {
    const COLUMNS: &str =
        "edition, area, version, import_id, local_authority, score, rank, decile, population, figures, line";
    for chunk in areas.chunks(500) {
        let marks: Vec<String> = (0..chunk.len()).map(|n| format!("${}", n + 2)).collect();
        let found = format!("edition = $1 AND area IN ({})", marks.join(","));
        let mut bound = values![edition];
        bound.extend(chunk.iter().map(|code| sea_orm::Value::from(code.as_str())));
        let keep = format!(
            "INSERT INTO deprivation_older ({COLUMNS}) SELECT {COLUMNS} FROM deprivation WHERE {found}"
        );
        sql::run(write.reader(), "keep older rows", &keep, bound.clone()).await?;
        let clear = format!("DELETE FROM deprivation WHERE {found}");
        sql::run(write.reader(), "revise rows", &clear, bound).await?;
    }
    Ok(())
}

async fn write_rows(
    write: &Write,
    edition: &str,
    import_id: i64,
    rows: Vec<(&DeprivationRow, i64)>,
) -> Result<()> {
    let bind = |(row, version): (&DeprivationRow, i64), values: &mut Vec<sea_orm::Value>| {
        let main = &row.main;
        values.extend(values![
            edition,
            main.area.as_str(),
            version,
            import_id,
            main.local_authority.as_str(),
            main.score,
            i64::from(main.rank),
            i64::from(main.decile.number()),
            main.population,
            figures_text(&row.figures),
            i64::from(row.line)
        ]);
    };
    let into = "deprivation (edition, area, version, import_id, local_authority, score, rank, decile, population, figures, line)";
    sql::insert_many(write.reader(), "keep deprivation", into, 11, rows, bind, "").await.map(|_| ())
}

fn read_figures(text: &str, area: &str) -> Result<Vec<Option<f64>>> {
    serde_json::from_str(text)
        .map_err(|_| Error::Foreign { what: "deprivation figures of", value: area.to_owned() })
}

/// A JSON list of numbers, written by hand: thirty-three thousand of these are made in one import.
fn figures_text(figures: &[Option<f64>]) -> String {
    let mut buffer = zmij::Buffer::new();
    let mut text = String::with_capacity(figures.len() * 7 + 2);
    text.push('[');
    for (index, figure) in figures.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        match figure {
            Some(number) if number.is_finite() => {
                let written = buffer.format_finite(*number);
                text.push_str(written.strip_suffix(".0").unwrap_or(written));
            }
            _ => text.push_str("null"),
        }
    }
    text.push(']');
    text
}
