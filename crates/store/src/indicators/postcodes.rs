//! Postcodes: where they are and the areas they lie in.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// A postcode.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Postcode {
    /// As people write it: `LU1 1AA`.
    pub postcode: String,
    /// The LSOA it lies in.
    pub lsoa: Option<String>,
    /// The local authority it lies in.
    pub local_authority: Option<String>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Degrees north.
    pub latitude: Option<f64>,
}

/// A postcode about to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPostcode {
    /// The postcode.
    pub postcode: Postcode,
    /// Whether it is no longer in use.
    pub ended: bool,
}

/// Where a postcode is, written with or without its space and in any case.
pub async fn postcode(db: &impl Reader, written: &str) -> Result<Option<Postcode>> {
    let packed: String = written.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let spaced = match packed.char_indices().rev().nth(2) {
        Some((at, _)) if at > 0 => format!("{} {}", &packed[..at], &packed[at..]),
        _ => packed,
    };
    let sql = "SELECT postcode, lsoa, local_authority, longitude, latitude FROM postcode WHERE postcode = $1";
    sql::one(db, "find a postcode", sql, values![spaced]).await
}

/// Keeps postcodes, replacing what was known of them. Gives how many were new or different.
pub async fn set_postcodes(write: &Write, postcodes: impl IntoIterator<Item = NewPostcode>) -> Result<u64> {
    let bind = |new: NewPostcode, values: &mut Vec<sea_orm::Value>| {
        let p = new.postcode;
        values.extend(values![
            p.postcode,
            p.lsoa,
            p.local_authority,
            p.longitude,
            p.latitude,
            i64::from(new.ended)
        ]);
    };
    let into = "postcode (postcode, lsoa, local_authority, longitude, latitude, ended)";
    let after = "ON CONFLICT (postcode) DO UPDATE SET lsoa = excluded.lsoa, local_authority = excluded.local_authority,
                     longitude = excluded.longitude, latitude = excluded.latitude, ended = excluded.ended
                 WHERE postcode.lsoa IS DISTINCT FROM excluded.lsoa
                    OR postcode.local_authority IS DISTINCT FROM excluded.local_authority
                    OR postcode.longitude IS DISTINCT FROM excluded.longitude
                    OR postcode.latitude IS DISTINCT FROM excluded.latitude
                    OR postcode.ended IS DISTINCT FROM excluded.ended";
    sql::insert_many(write.reader(), "keep postcodes", into, 6, postcodes, bind, after).await
}
