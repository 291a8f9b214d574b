//! The shapes of areas, for drawing.

use sea_orm::FromQueryResult;
use vocabulary::AreaCode;

use super::read_area;
use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// The shape of an area: rings of longitude and latitude in degrees, outer rings and holes alike (drawn with the
/// even-odd rule).
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// The area.
    pub code: AreaCode,
    /// Its rings.
    pub rings: Vec<Vec<(f64, f64)>>,
}

#[derive(FromQueryResult)]
struct Row {
    code: String,
    rings: String,
}

/// The shapes of these areas, in the order of their codes; an area without one is left out.
pub async fn boundaries_of(db: &impl Reader, codes: &[AreaCode]) -> Result<Vec<Boundary>> {
    let mut found = Vec::with_capacity(codes.len());
    for chunk in codes.chunks(500) {
        let marks: Vec<String> = (1..=chunk.len()).map(|n| format!("${n}")).collect();
        let sql =
            format!("SELECT code, rings FROM boundary WHERE code IN ({}) ORDER BY code", marks.join(","));
        let bound = chunk.iter().map(|code| sea_orm::Value::from(code.as_str())).collect();
        let rows: Vec<Row> = sql::all(db, "read boundaries", &sql, bound).await?;
        for row in rows {
            let rings = serde_json::from_str(&row.rings)
                .map_err(|_| Error::Foreign { what: "boundary of", value: row.code.clone() })?;
            found.push(Boundary { code: read_area(&row.code)?, rings });
        }
    }
    Ok(found)
}

/// The codes of every area that has a shape.
pub async fn boundary_codes(db: &impl Reader) -> Result<Vec<AreaCode>> {
    #[derive(FromQueryResult)]
    struct Code {
        code: String,
    }
    let rows: Vec<Code> =
        sql::all(db, "list boundaries", "SELECT code FROM boundary ORDER BY code", values![]).await?;
    rows.iter().map(|row| read_area(&row.code)).collect()
}

/// Keeps shapes, replacing older ones of the same areas. Gives how many were new or different.
pub async fn set_boundaries(write: &Write, boundaries: &[Boundary]) -> Result<u64> {
    let bind = |boundary: &Boundary, values: &mut Vec<sea_orm::Value>| {
        let rings = serde_json::to_string(&boundary.rings).unwrap_or_default();
        values.extend(values![boundary.code.as_str(), rings]);
    };
    let after =
        "ON CONFLICT (code) DO UPDATE SET rings = excluded.rings WHERE boundary.rings <> excluded.rings";
    sql::insert_many(write.reader(), "keep boundaries", "boundary (code, rings)", 2, boundaries, bind, after)
        .await
}
