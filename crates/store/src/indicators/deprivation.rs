//! The Indices of Deprivation, by LSOA.

use sea_orm::FromQueryResult;
use vocabulary::{AreaCode, Decile};

use super::read_area;
use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// An edition of the Indices that was imported.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Edition {
    /// Its year: `2025`.
    pub edition: String,
    /// The import it came from.
    pub import_id: i64,
    /// The names of the measures that each row's figures hold, as a JSON list.
    pub measures: String,
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
    /// Every measure of the edition in order; `None` where the cell is empty.
    pub figures: Vec<Option<f64>>,
    /// The line of the file.
    pub line: u32,
}

/// Every edition, newest first.
pub async fn editions(db: &impl Reader) -> Result<Vec<Edition>> {
    let sql = "SELECT edition, import_id, measures, areas FROM deprivation_edition ORDER BY edition DESC";
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

/// Every figure of an edition as it was published, by area; of one LSOA when it is given.
pub async fn deprivation_rows(
    db: &impl Reader,
    edition: &str,
    area: Option<AreaCode>,
) -> Result<Vec<DeprivationRow>> {
    #[derive(FromQueryResult)]
    struct Whole {
        area: String,
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
    let sql = format!(
        "SELECT area, local_authority, score, rank, decile, population, figures, line FROM deprivation
         WHERE edition = $1 {filter} ORDER BY area"
    );
    let rows: Vec<Whole> = sql::all(db, "read deprivation", &sql, bound).await?;
    rows.into_iter()
        .map(|w| {
            let figures = serde_json::from_str(&w.figures)
                .map_err(|_| Error::Foreign { what: "deprivation figures of", value: w.area.clone() })?;
            let main = Main {
                area: w.area,
                local_authority: w.local_authority,
                score: w.score,
                rank: w.rank,
                decile: w.decile,
                population: w.population,
            };
            Ok(DeprivationRow { main: main.read()?, figures, line: w.line as u32 })
        })
        .collect()
}

/// Keeps an edition, replacing rows that differ. Gives how many rows were new or different.
pub async fn set_deprivation(
    write: &Write,
    import_id: i64,
    edition: &str,
    measures: &[String],
    rows: &[DeprivationRow],
) -> Result<u64> {
    let sql = "INSERT INTO deprivation_edition (edition, import_id, measures, areas) VALUES ($1, $2, $3, $4)
               ON CONFLICT (edition) DO UPDATE SET import_id = excluded.import_id, measures = excluded.measures,
                   areas = excluded.areas";
    let names = serde_json::to_string(measures).unwrap_or_default();
    sql::run(write.reader(), "keep an edition", sql, values![edition, import_id, names, rows.len() as i64])
        .await?;
    let bind = |row: &DeprivationRow, values: &mut Vec<sea_orm::Value>| {
        let main = &row.main;
        values.extend(values![
            edition,
            main.area.as_str(),
            main.local_authority.as_str(),
            main.score,
            i64::from(main.rank),
            i64::from(main.decile.number()),
            main.population,
            figures_text(&row.figures),
            i64::from(row.line)
        ]);
    };
    let into = "deprivation (edition, area, local_authority, score, rank, decile, population, figures, line)";
    let after = "ON CONFLICT (edition, area) DO UPDATE SET local_authority = excluded.local_authority,
                     score = excluded.score, rank = excluded.rank, decile = excluded.decile,
                     population = excluded.population, figures = excluded.figures, line = excluded.line
                 WHERE deprivation.figures <> excluded.figures
                    OR deprivation.local_authority <> excluded.local_authority
                    OR deprivation.population IS DISTINCT FROM excluded.population";
    sql::insert_many(write.reader(), "keep deprivation", into, 9, rows, bind, after).await
}

/// A JSON list of numbers, written by hand: thirty-three thousand of these are made in one import.
fn figures_text(figures: &[Option<f64>]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(figures.len() * 7 + 2);
    text.push('[');
    for (index, figure) in figures.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        let _ = match figure {
            Some(number) if number.is_finite() => write!(text, "{number}"),
            _ => write!(text, "null"),
        };
    }
    text.push(']');
    text
}
