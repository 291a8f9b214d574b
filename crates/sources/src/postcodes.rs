//! The ONS Postcode Directory.

use vocabulary::{AreaCode, Date};

use crate::{Findings, SourceError};

/// One postcode.
#[derive(Debug, Clone, PartialEq)]
pub struct Postcode {
    /// With one space before the last three characters: `LU1 1AA`.
    pub postcode: String,
    /// The local authority district.
    pub district: Option<AreaCode>,
    /// The 2021 LSOA.
    pub lsoa21: Option<AreaCode>,
    /// The 2011 LSOA.
    pub lsoa11: Option<AreaCode>,
    /// Longitude and latitude in degrees; `None` when the directory has no position.
    pub position: Option<(f64, f64)>,
    /// Easting and northing in metres.
    pub grid: Option<(u32, u32)>,
    /// The first of the month in which it was ended; `None` while it is live.
    pub ended: Option<Date>,
}

/// A whole directory, or the part of one that a file holds.
#[derive(Debug, Clone)]
pub struct Postcodes {
    /// Every postcode, in the order of the file.
    pub postcodes: Vec<Postcode>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Reads a directory held in memory. For the whole country's, which is a gigabyte, use [`each`].
///
/// # Errors
/// A file without the directory's headings, or with a value that its column cannot hold.
pub fn read(name: &str, bytes: &[u8]) -> Result<Postcodes, SourceError> {
    let mut postcodes = Vec::new();
    let findings = each(name, bytes, |postcode| {
        postcodes.push(postcode);
        Ok(())
    })?;
    Ok(Postcodes { postcodes, findings })
}

/// Reads a directory as a stream, handing over one postcode at a time.
///
/// # Errors
/// As [`read`], and whatever `take` returns.
pub fn each<E: From<SourceError>>(
    name: &str,
    _from: impl std::io::Read,
    _take: impl FnMut(Postcode) -> Result<(), E>,
) -> Result<Findings, E> {
    Err(crate::error::unexpected(name, "being written", "a reader").into())
}
