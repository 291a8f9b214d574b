//! The ONS Postcode Directory.

use std::collections::HashSet;
use std::io::Read;

use vocabulary::{AreaCode, Date};

use crate::findings::notice;
use crate::places::in_british_isles;
use crate::table::{Headings, Missing, Row, Table};
use crate::{Findings, Severity, SourceError};

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

/// Reads a directory as a stream, handing over one postcode at a time, each once.
///
/// The headings are those of any release: `pcds` (or `pcd2`, `pcd8`, `pcd7`, `pcd`), `oslaua` or `lad25cd`, `lsoa21` or
/// `lsoa21cd`, `lsoa11`, `oseast1m` or `east1m`, `osnrth1m` or `north1m`, `lat`, `long`, `doterm`.
///
/// # Errors
/// As [`read`], and whatever `take` returns.
pub fn each<E: From<SourceError>>(
    name: &str,
    from: impl Read,
    mut take: impl FnMut(Postcode) -> Result<(), E>,
) -> Result<Findings, E> {
    let (mut table, layout) = Table::csv(name, from, layout)?;
    let mut findings = Findings::new();
    let mut met: HashSet<[u8; 7]> = HashSet::new();
    while let Some(row) = table.next()? {
        if row.is_total(layout.postcode) {
            notice(&mut findings, row.finding(Severity::Note, "the row has no postcode: it was left out"));
            continue;
        }
        let (key, postcode) = layout.postcode(row)?;
        if met.insert(key) {
            take(postcode)?;
        } else {
            let message = format!("{} stands above: the first was kept", postcode.postcode);
            notice(&mut findings, row.finding(Severity::Warning, message));
        }
    }
    if met.is_empty() {
        let error =
            crate::error::unexpected(name, "there is no row under the headings", "a row for each postcode");
        return Err(error.into());
    }
    findings.extend(table.into_findings());
    Ok(findings)
}

struct Layout {
    postcode: usize,
    district: Option<usize>,
    lsoa21: Option<usize>,
    lsoa11: Option<usize>,
    latitude: Option<usize>,
    longitude: Option<usize>,
    easting: Option<usize>,
    northing: Option<usize>,
    ended: Option<usize>,
}

fn layout(headings: &Headings) -> Result<Layout, Missing> {
    let postcode = headings.column(&["pcds", "pcd2", "pcd8", "pcd7", "pcd", "postcode"]);
    let of_year = |before: &str| {
        let year = |key: &str| key.len() == 2 && key.bytes().all(|b| b.is_ascii_digit());
        let right = |key: &str| key.strip_prefix(before).and_then(|k| k.strip_suffix("cd")).is_some_and(year);
        headings.keys().find(|(_, key)| right(key)).map(|(column, _)| column)
    };
    let district = headings.column(&["oslaua", "laua"]).or_else(|| of_year("lad"));
    let (lsoa21, lsoa11) =
        (headings.column(&["lsoa21", "lsoa21cd"]), headings.column(&["lsoa11", "lsoa11cd"]));
    let (latitude, longitude) =
        (headings.column(&["lat", "latitude"]), headings.column(&["long", "longitude"]));
    let about = district.or(lsoa21).or(lsoa11).or(latitude.and(longitude));
    let found = usize::from(postcode.is_some()) + usize::from(about.is_some());
    let missing = |lacks: &str| {
        Missing {
        found,
        lacks: lacks.to_owned(),
        expected: "the headings of the ONS Postcode Directory: pcds, oslaua, lsoa21, oseast1m, osnrth1m, lat, long, doterm"
            .to_owned(),
    }
    };
    let Some(postcode) = postcode else { return Err(missing("there is no column 'pcds'")) };
    if about.is_none() {
        return Err(missing("there is neither an area nor a position beside the postcode"));
    }
    Ok(Layout {
        postcode,
        district,
        lsoa21,
        lsoa11,
        latitude,
        longitude,
        easting: headings.column(&["oseast1m", "east1m"]),
        northing: headings.column(&["osnrth1m", "north1m"]),
        ended: headings.column(&["doterm"]),
    })
}

impl Layout {
    fn postcode(&self, row: Row<'_>) -> Result<([u8; 7], Postcode), SourceError> {
        let expected = "a postcode such as LU1 1AA";
        let text = row.text(self.postcode);
        let (key, postcode) = spaced(&text).ok_or_else(|| row.refuse(self.postcode, expected))?;
        let area = |column: Option<usize>| -> Result<Option<AreaCode>, SourceError> {
            let code = column.map_or(Ok(None), |column| row.ons_code(column))?;
            // The directory writes E99999999 and the like where there is no area of the kind.
            Ok(code.filter(|code| !code.as_str().ends_with("99999999")))
        };
        let postcode = Postcode {
            postcode,
            district: area(self.district)?,
            lsoa21: area(self.lsoa21)?,
            lsoa11: area(self.lsoa11)?,
            position: self.position(row)?,
            grid: self.grid(row)?,
            ended: self.ended.map_or(Ok(None), |column| ended(row, column))?,
        };
        Ok((key, postcode))
    }

    fn position(&self, row: Row<'_>) -> Result<Option<(f64, f64)>, SourceError> {
        let Some((x, y)) = self.longitude.zip(self.latitude) else { return Ok(None) };
        let (longitude, latitude) = (row.number_in(x, EAST)?, row.number_in(y, NORTH)?);
        let (longitude, latitude) = match (longitude, latitude) {
            (None, None) => return Ok(None),
            // Where the directory has no position it writes a latitude of 99.999999.
            (_, Some(latitude)) if latitude > 99.99 && latitude < 100.0 => return Ok(None),
            (None, Some(_)) => return Err(row.refuse(x, EAST)),
            (Some(_), None) => return Err(row.refuse(y, NORTH)),
            (Some(longitude), Some(latitude)) => (longitude, latitude),
        };
        match in_british_isles(longitude, latitude) {
            (true, true) => Ok(Some((longitude, latitude))),
            (false, _) => Err(row.refuse(x, EAST)),
            (_, false) => Err(row.refuse(y, NORTH)),
        }
    }

    fn grid(&self, row: Row<'_>) -> Result<Option<(u32, u32)>, SourceError> {
        let metres = |column: Option<usize>, most: f64| -> Result<Option<u32>, SourceError> {
            let Some(column) = column else { return Ok(None) };
            let expected = format!("whole metres of the grid, from 0 to {most}");
            match row.number_in(column, &expected)? {
                None => Ok(None),
                Some(number) if number.fract() == 0.0 && (0.0..=most).contains(&number) => {
                    Ok(Some(number as u32))
                }
                Some(_) => Err(row.refuse(column, &expected)),
            }
        };
        Ok(metres(self.easting, 700_000.0)?.zip(metres(self.northing, 1_300_000.0)?))
    }
}

const EAST: &str = "a longitude in degrees east (WGS 84), from -11 to 2.5";
const NORTH: &str = "a latitude in degrees north (WGS 84), from 49 to 61.5";

/// A postcode's letters and digits, and the postcode with its one space. `None` for what cannot be one: two to four
/// letters and digits that begin with a letter, then a digit and two letters.
fn spaced(text: &str) -> Option<([u8; 7], String)> {
    let letters = || text.bytes().filter(|b| *b != b' ').map(|b| b.to_ascii_uppercase());
    let count = letters().count();
    if !(5..=7).contains(&count) {
        return None;
    }
    let mut key = [0; 7];
    key.iter_mut().zip(letters()).for_each(|(into, byte)| *into = byte);
    let (outward, inward) = key[..count].split_at(count - 3);
    let right = outward[0].is_ascii_uppercase()
        && outward.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && inward[0].is_ascii_digit()
        && inward[1..].iter().all(u8::is_ascii_uppercase);
    if !right {
        return None;
    }
    let words = |bytes: &[u8]| bytes.iter().map(|b| char::from(*b)).collect::<String>();
    Some((key, format!("{} {}", words(outward), words(inward))))
}

/// The month of the end, written 202506 or as a date.
fn ended(row: Row<'_>, column: usize) -> Result<Option<Date>, SourceError> {
    let text = row.text(column);
    if text.is_empty() {
        return Ok(None);
    }
    let digits: String = text.split('T').next().unwrap_or_default().chars().filter(|c| *c != '-').collect();
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<i16>().ok());
    let date = match digits.len() {
        6 | 8 => part(0..4).zip(part(4..6)).and_then(|(year, month)| Date::new(year, month as i8, 1).ok()),
        _ => None,
    };
    let right = |date: &Date| (1970..=2100).contains(&date.year());
    date.filter(right).map(Some).ok_or_else(|| row.refuse(column, "a month such as 202506, or empty"))
}
