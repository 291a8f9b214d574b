//! Areas and what they lie in.

use sea_orm::FromQueryResult;
use vocabulary::{AreaCode, AreaKind};

use super::read_area;
use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// A place.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// What kind of place it is.
    pub kind: AreaKind,
    /// A point in it, longitude then latitude in degrees (WGS 84), when one was imported.
    pub point: Option<(f64, f64)>,
}

#[derive(FromQueryResult)]
struct Row {
    code: String,
    name: String,
    kind: String,
    longitude: Option<f64>,
    latitude: Option<f64>,
}

impl Row {
    fn read(self) -> Result<Area> {
        let kind = AreaKind::from_code(&self.kind)
            .ok_or(Error::Foreign { what: "kind of area", value: self.kind })?;
        Ok(Area {
            code: read_area(&self.code)?,
            name: self.name,
            kind,
            point: self.longitude.zip(self.latitude),
        })
    }
}

/// The area with this code, if it was imported.
pub async fn area(db: &impl Reader, code: AreaCode) -> Result<Option<Area>> {
    let sql = "SELECT code, name, kind, longitude, latitude FROM area WHERE code = $1";
    let row: Option<Row> = sql::one(db, "find an area", sql, values![code.as_str()]).await?;
    row.map(Row::read).transpose()
}

/// Every area of a kind, by code.
pub async fn areas_of_kind(db: &impl Reader, kind: AreaKind) -> Result<Vec<Area>> {
    let sql = "SELECT code, name, kind, longitude, latitude FROM area WHERE kind = $1 ORDER BY code";
    let rows: Vec<Row> = sql::all(db, "list areas", sql, values![kind.code()]).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Every area of a kind that lies directly in `parent`, by code.
pub async fn areas_within(db: &impl Reader, parent: AreaCode, kind: AreaKind) -> Result<Vec<Area>> {
    let sql = "SELECT a.code, a.name, a.kind, a.longitude, a.latitude
               FROM area_parent p JOIN area a ON a.code = p.code
               WHERE p.parent = $1 AND a.kind = $2 ORDER BY a.code";
    let rows: Vec<Row> = sql::all(db, "list areas", sql, values![parent.as_str(), kind.code()]).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Every pair of an area and a parent it lies in, of the two kinds given.
pub async fn parents_of(
    db: &impl Reader,
    kind: AreaKind,
    parent_kind: AreaKind,
) -> Result<Vec<(AreaCode, AreaCode)>> {
    #[derive(FromQueryResult)]
    struct Pair {
        code: String,
        parent: String,
    }
    let sql = "SELECT p.code, p.parent FROM area_parent p
               JOIN area a ON a.code = p.code JOIN area b ON b.code = p.parent
               WHERE a.kind = $1 AND b.kind = $2";
    let rows: Vec<Pair> =
        sql::all(db, "find parents of areas", sql, values![kind.code(), parent_kind.code()]).await?;
    rows.into_iter().map(|pair| Ok((read_area(&pair.code)?, read_area(&pair.parent)?))).collect()
}

/// Adds areas that are not there yet and gives how many were new or renamed. With `rename`, the name and kind of one
/// that is there are brought up to date; without, it is left as it is.
pub async fn add_areas(
    write: &Write,
    areas: impl IntoIterator<Item = (AreaCode, String, AreaKind)>,
    rename: bool,
) -> Result<u64> {
    let after = if rename {
        "ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind
         WHERE area.name <> excluded.name OR area.kind <> excluded.kind"
    } else {
        "ON CONFLICT (code) DO NOTHING"
    };
    let bind = |(code, name, kind): (AreaCode, String, AreaKind), values: &mut Vec<sea_orm::Value>| {
        values.extend(values![code.as_str(), name, kind.code()]);
    };
    sql::insert_many(write.reader(), "add areas", "area (code, name, kind)", 3, areas, bind, after).await
}

/// Says what areas lie in. Pairs that are known are left.
pub async fn set_parents(
    write: &Write,
    pairs: impl IntoIterator<Item = (AreaCode, AreaCode)>,
) -> Result<u64> {
    let bind = |(code, parent): (AreaCode, AreaCode), values: &mut Vec<sea_orm::Value>| {
        values.extend(values![code.as_str(), parent.as_str()]);
    };
    let after = "ON CONFLICT (parent, code) DO NOTHING";
    sql::insert_many(write.reader(), "place areas", "area_parent (code, parent)", 2, pairs, bind, after).await
}

/// Gives areas a point: longitude and latitude in degrees. An area that was not known is added under its code as a name.
pub async fn set_points(
    write: &Write,
    kind: AreaKind,
    points: impl IntoIterator<Item = (AreaCode, f64, f64)>,
) -> Result<u64> {
    let bind = |(code, longitude, latitude): (AreaCode, f64, f64), values: &mut Vec<sea_orm::Value>| {
        values.extend(values![code.as_str(), code.as_str(), kind.code(), longitude, latitude]);
    };
    let into = "area (code, name, kind, longitude, latitude)";
    let after =
        "ON CONFLICT (code) DO UPDATE SET longitude = excluded.longitude, latitude = excluded.latitude
                 WHERE area.longitude IS DISTINCT FROM excluded.longitude
                    OR area.latitude IS DISTINCT FROM excluded.latitude";
    sql::insert_many(write.reader(), "place areas", into, 5, points, bind, after).await
}
