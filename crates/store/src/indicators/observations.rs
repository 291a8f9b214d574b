//! What was observed, as charts, maps and exports ask for it.

use sea_orm::{FromQueryResult, Value};
use vocabulary::{AreaCode, AreaKind, Figure, Period};

use super::{read_area, read_figure, read_period};
use crate::sql::{self, values};
use crate::{Reader, Result};

/// What names a series.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, FromQueryResult)]
pub struct SeriesKey {
    /// The source: `cover`, `fingertips`, `town`, …
    pub source: String,
    /// The indicator's code within the source.
    pub indicator: String,
    /// The age it is about.
    pub age: String,
    /// The code of the sex it is about.
    pub sex: String,
    /// The group within each area; empty for everyone.
    pub within: String,
}

/// One point of a series for one area.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The days it is about.
    pub period: Period,
    /// How many had the event.
    pub numerator: Option<f64>,
    /// How many could have.
    pub denominator: Option<f64>,
    /// The figure.
    pub figure: Figure,
    /// Which version of the figure this is, from 1.
    pub version: i64,
    /// What the publisher says of it.
    pub note: Option<String>,
}

/// One area's figure in one slice.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaValue {
    /// The area.
    pub area: AreaCode,
    /// How many had the event.
    pub numerator: Option<f64>,
    /// How many could have.
    pub denominator: Option<f64>,
    /// The figure.
    pub figure: Figure,
}

/// A series, with how much of it there is.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SeriesSummary {
    /// The source.
    pub source: String,
    /// The indicator's code within the source.
    pub indicator: String,
    /// The age.
    pub age: String,
    /// The code of the sex.
    pub sex: String,
    /// The group within each area.
    pub within: String,
    /// How many periods it has.
    pub periods: i64,
    /// The first day of the earliest.
    pub first: String,
    /// The last day of the latest.
    pub last: String,
}

const SERIES: &str = "s.source = $1 AND s.indicator = $2 AND s.age = $3 AND s.sex = $4 AND s.within = $5";

fn series_values(key: &SeriesKey) -> Vec<Value> {
    values![
        key.source.as_str(),
        key.indicator.as_str(),
        key.age.as_str(),
        key.sex.as_str(),
        key.within.as_str()
    ]
}

/// Every series of a source (of all sources when `None`), with how much of it there is.
pub async fn series_in(db: &impl Reader, source: Option<&str>) -> Result<Vec<SeriesSummary>> {
    let filter = source.map_or("", |_| "WHERE s.source = $1");
    let sql = format!(
        "SELECT s.source, s.indicator, s.age, s.sex, s.within, COUNT(l.id) AS periods,
                MIN(l.period_start) AS first, MAX(l.period_end) AS last
         FROM series s JOIN slice l ON l.series_id = s.id {filter}
         GROUP BY s.source, s.indicator, s.age, s.sex, s.within ORDER BY s.source, s.indicator, s.age, s.sex, s.within"
    );
    sql::all(db, "list series", &sql, source.map(|source| values![source]).unwrap_or_default()).await
}

#[derive(FromQueryResult)]
struct PeriodRow {
    period_start: String,
    period_end: String,
}

/// Every period of a series, earliest first.
pub async fn periods_of(db: &impl Reader, key: &SeriesKey) -> Result<Vec<Period>> {
    let sql = format!(
        "SELECT l.period_start, l.period_end FROM series s JOIN slice l ON l.series_id = s.id
         WHERE {SERIES} ORDER BY l.period_start, l.period_end"
    );
    let rows: Vec<PeriodRow> = sql::all(db, "list periods", &sql, series_values(key)).await?;
    rows.iter().map(|row| read_period(&row.period_start, &row.period_end)).collect()
}

/// The latest period of a series.
pub async fn latest_period(db: &impl Reader, key: &SeriesKey) -> Result<Option<Period>> {
    Ok(periods_of(db, key).await?.pop())
}

/// The current figures of a series for one area, earliest first.
pub async fn series_points(db: &impl Reader, key: &SeriesKey, area: AreaCode) -> Result<Vec<Point>> {
    points(db, key, area, "AND o.is_current = TRUE").await
}

/// Every version of every figure of a series for one area, earliest period and version first.
pub async fn observation_history(db: &impl Reader, key: &SeriesKey, area: AreaCode) -> Result<Vec<Point>> {
    points(db, key, area, "").await
}

async fn points(db: &impl Reader, key: &SeriesKey, area: AreaCode, filter: &str) -> Result<Vec<Point>> {
    #[derive(FromQueryResult)]
    struct Row {
        period_start: String,
        period_end: String,
        numerator: Option<f64>,
        denominator: Option<f64>,
        value: Option<f64>,
        status: String,
        version: i64,
        note: Option<String>,
    }
    let sql = format!(
        "SELECT l.period_start, l.period_end, o.numerator, o.denominator, o.value, o.status, o.version,
                n.words AS note
         FROM series s JOIN slice l ON l.series_id = s.id
         JOIN observation o ON o.slice_id = l.id AND o.area = $6
         LEFT JOIN note n ON n.id = o.note_id
         WHERE {SERIES} {filter} ORDER BY l.period_start, l.period_end, o.version"
    );
    let mut bound = series_values(key);
    bound.push(area.as_str().into());
    let rows: Vec<Row> = sql::all(db, "read a series", &sql, bound).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Point {
                period: read_period(&row.period_start, &row.period_end)?,
                numerator: row.numerator,
                denominator: row.denominator,
                figure: read_figure(row.value, &row.status)?,
                version: row.version,
                note: row.note,
            })
        })
        .collect()
}

/// The current figure of every area of a series in one period.
pub async fn slice_values(db: &impl Reader, key: &SeriesKey, period: Period) -> Result<Vec<AreaValue>> {
    #[derive(FromQueryResult)]
    struct Row {
        area: String,
        numerator: Option<f64>,
        denominator: Option<f64>,
        value: Option<f64>,
        status: String,
    }
    let sql = format!(
        "SELECT o.area, o.numerator, o.denominator, o.value, o.status
         FROM series s JOIN slice l ON l.series_id = s.id AND l.period_start = $6 AND l.period_end = $7
         JOIN observation o ON o.slice_id = l.id AND o.is_current = TRUE
         WHERE {SERIES} ORDER BY o.area"
    );
    let mut bound = series_values(key);
    bound.extend(values![period.start().to_string(), period.end().to_string()]);
    let rows: Vec<Row> = sql::all(db, "read a slice", &sql, bound).await?;
    rows.into_iter()
        .map(|row| {
            Ok(AreaValue {
                area: read_area(&row.area)?,
                numerator: row.numerator,
                denominator: row.denominator,
                figure: read_figure(row.value, &row.status)?,
            })
        })
        .collect()
}

/// The current figures of every group within one area (whatever `within` the key has), a group at a time, earliest first.
pub async fn group_points(
    db: &impl Reader,
    key: &SeriesKey,
    area: AreaCode,
) -> Result<Vec<(String, Vec<Point>)>> {
    #[derive(FromQueryResult)]
    struct Group {
        within: String,
    }
    let sql = "SELECT within FROM series WHERE source = $1 AND indicator = $2 AND age = $3 AND sex = $4 AND within <> ''
               ORDER BY within";
    let bound = values![key.source.as_str(), key.indicator.as_str(), key.age.as_str(), key.sex.as_str()];
    let groups: Vec<Group> = sql::all(db, "list groups", sql, bound).await?;
    let mut found = Vec::new();
    for Group { within } in groups {
        let group = SeriesKey { within: within.clone(), ..key.clone() };
        let points = series_points(db, &group, area).await?;
        if !points.is_empty() {
            found.push((within, points));
        }
    }
    Ok(found)
}

/// The current figures of a series in every period, for every area of a kind, earliest period first.
pub async fn series_by_area(
    db: &impl Reader,
    key: &SeriesKey,
    kind: AreaKind,
) -> Result<Vec<(Period, Vec<AreaValue>)>> {
    #[derive(FromQueryResult)]
    struct Row {
        period_start: String,
        period_end: String,
        area: String,
        numerator: Option<f64>,
        denominator: Option<f64>,
        value: Option<f64>,
        status: String,
    }
    let sql = format!(
        "SELECT l.period_start, l.period_end, o.area, o.numerator, o.denominator, o.value, o.status
         FROM series s JOIN slice l ON l.series_id = s.id
         JOIN observation o ON o.slice_id = l.id AND o.is_current = TRUE
         JOIN area a ON a.code = o.area AND a.kind = $6
         WHERE {SERIES} ORDER BY l.period_start, l.period_end, o.area"
    );
    let mut bound = series_values(key);
    bound.push(kind.code().into());
    let rows: Vec<Row> = sql::all(db, "read a series by area", &sql, bound).await?;
    let mut periods: Vec<(Period, Vec<AreaValue>)> = Vec::new();
    let mut last = (String::new(), String::new());
    for row in rows {
        let value = AreaValue {
            area: read_area(&row.area)?,
            numerator: row.numerator,
            denominator: row.denominator,
            figure: read_figure(row.value, &row.status)?,
        };
        match periods.last_mut() {
            Some((_, values)) if last.0 == row.period_start && last.1 == row.period_end => values.push(value),
            _ => {
                periods.push((read_period(&row.period_start, &row.period_end)?, vec![value]));
                last = (row.period_start, row.period_end);
            }
        }
    }
    Ok(periods)
}

/// Which observations an export is asked for; an empty filter is all of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Of this source only.
    pub source: Option<String>,
    /// Of this indicator only.
    pub indicator: Option<String>,
    /// Of this age only.
    pub age: Option<String>,
    /// Of this area only.
    pub area: Option<AreaCode>,
    /// Of periods that end on or after this day.
    pub from: Option<vocabulary::Date>,
    /// Of periods that start on or before this day.
    pub to: Option<vocabulary::Date>,
    /// Older versions too.
    pub all_versions: bool,
}

/// A figure with everything that is known of where it came from.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct TracedObservation {
    /// The source.
    pub source: String,
    /// The indicator's code within the source.
    pub indicator: String,
    /// The age it is about.
    pub age: String,
    /// The code of the sex.
    pub sex: String,
    /// The group within the area.
    pub within: String,
    /// The area's code.
    pub area_code: String,
    /// The area's name.
    pub area_name: String,
    /// The first day.
    pub period_start: String,
    /// The last day.
    pub period_end: String,
    /// How many had the event.
    pub numerator: Option<f64>,
    /// How many could have.
    pub denominator: Option<f64>,
    /// The number, when there is one.
    pub value: Option<f64>,
    /// `value`, `suppressed`, `not-applicable` or `missing`.
    pub status: String,
    /// Which version of the figure, from 1.
    pub version: i64,
    /// Whether it is the current one.
    pub is_current: bool,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The row, from 1.
    pub sheet_row: i64,
    /// The column, from 1.
    pub sheet_column: i64,
    /// What the publisher says of it.
    pub note: Option<String>,
}

/// The numbers of the slices that an export has to read, in the order it reads them.
pub async fn slices_matching(db: &impl Reader, filter: &Filter) -> Result<Vec<i64>> {
    #[derive(FromQueryResult)]
    struct Id {
        id: i64,
    }
    let mut bound = Vec::new();
    let mut conditions = Vec::new();
    let mut add = |column: &str, value: Option<Value>| {
        if let Some(value) = value {
            bound.push(value);
            conditions.push(format!("{column} ${}", bound.len()));
        }
    };
    add("s.source =", filter.source.as_deref().map(Value::from));
    add("s.indicator =", filter.indicator.as_deref().map(Value::from));
    add("s.age =", filter.age.as_deref().map(Value::from));
    add("l.period_end >=", filter.from.map(|day| day.to_string().into()));
    add("l.period_start <=", filter.to.map(|day| day.to_string().into()));
    let only =
        if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
    let sql = format!(
        "SELECT l.id FROM series s JOIN slice l ON l.series_id = s.id {only}
         ORDER BY s.source, s.indicator, s.age, s.sex, s.within, l.period_start, l.period_end"
    );
    let rows: Vec<Id> = sql::all(db, "find observations", &sql, bound).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The figures of some slices (at most 500 at a time), each with where it came from, in a stable order.
pub async fn traced_observations(
    db: &impl Reader,
    slices: &[i64],
    filter: &Filter,
) -> Result<Vec<TracedObservation>> {
    if slices.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=slices.len()).map(|n| format!("${n}")).collect();
    let mut bound: Vec<Value> = slices.iter().map(|&id| id.into()).collect();
    let mut only = String::new();
    if let Some(area) = filter.area {
        bound.push(area.as_str().into());
        only.push_str(&format!(" AND o.area = ${}", bound.len()));
    }
    if !filter.all_versions {
        only.push_str(" AND o.is_current = TRUE");
    }
    let sql = format!(
        "SELECT s.source, s.indicator, s.age, s.sex, s.within, o.area AS area_code, a.name AS area_name,
                l.period_start, l.period_end, o.numerator, o.denominator, o.value, o.status, o.version, o.is_current,
                i.file, h.name AS sheet, o.sheet_row, o.sheet_column, n.words AS note
         FROM slice l
         JOIN series s ON s.id = l.series_id
         JOIN observation o ON o.slice_id = l.id
         JOIN area a ON a.code = o.area
         JOIN sheet h ON h.id = o.sheet_id
         JOIN import i ON i.id = h.import_id
         LEFT JOIN note n ON n.id = o.note_id
         WHERE l.id IN ({}){only}
         ORDER BY s.source, s.indicator, s.age, s.sex, s.within, l.period_start, l.period_end, o.area, o.version",
        marks.join(",")
    );
    sql::all(db, "read observations", &sql, bound).await
}
