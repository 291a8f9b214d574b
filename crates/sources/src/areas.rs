//! Lookups between areas, and points in them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use vocabulary::{AreaCode, AreaKind};

use crate::findings::notice;
use crate::places::{in_british_isles, kind_of_heading};
use crate::table::{Headings, Missing, Row, Table};
use crate::{Findings, Severity, SourceError};

/// An area with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its code.
    pub code: AreaCode,
    /// Its name; empty when the file has none (a points file).
    pub name: Arc<str>,
    /// What kind of place the column says it is.
    pub kind: AreaKind,
}

/// One area that lies in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// The smaller area.
    pub child: AreaCode,
    /// The larger area.
    pub parent: AreaCode,
    /// The kind of the larger area, so that a child's ward and authority are told apart.
    pub parent_kind: AreaKind,
}

/// A point in an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The area.
    pub area: AreaCode,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// Degrees north, WGS 84.
    pub latitude: f64,
}

/// What a file of areas says. A lookup has links, a points file has points; every area is listed once.
#[derive(Debug, Clone)]
pub struct Areas {
    /// Every area that is named, in the order of the file.
    pub areas: Vec<Area>,
    /// Which lies in which: each smallest area to every larger one, and each larger one to those above it.
    pub links: Vec<Link>,
    /// Points.
    pub points: Vec<Point>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Reads a lookup or a file of points from its name and its bytes (CSV).
///
/// The columns are found by the headings of the Office for National Statistics, of any year: `LSOA21CD` and `LSOA21NM`,
/// `WD24CD`, `LAD24CD`, `UTLA23CD`, `CTYUA24CD`, `RGN24CD`, `CTRY24CD`; points by `LONG` and `LAT`, or by `x` and `y` when
/// they are degrees.
///
/// # Errors
/// A file without a code column such as `LSOA21CD`, or with a code or position that cannot be one.
pub fn read(name: &str, bytes: &[u8]) -> Result<Areas, SourceError> {
    let (mut table, layout) = Table::csv(name, bytes, layout)?;
    let mut reading = Reading::default();
    reading.unused_columns(&table, &layout);
    while let Some(row) = table.next()? {
        if row.is_total(layout.places[0].code) {
            notice(
                &mut reading.findings,
                row.finding(Severity::Note, "the row names no area: it was left out"),
            );
            continue;
        }
        reading.take(row, &layout)?;
    }
    if reading.areas.is_empty() {
        return Err(crate::error::unexpected(
            name,
            "there is no row under the headings",
            "a row for each area",
        ));
    }
    reading.findings.extend(table.into_findings());
    let Reading { areas, links, points, findings, .. } = reading;
    Ok(Areas { areas, links, points, findings })
}

/// Where a kind of place stands in the file.
#[derive(Clone, Copy)]
struct Column {
    kind: AreaKind,
    code: usize,
    name: Option<usize>,
}

/// The columns, the smallest kind of place first.
struct Layout {
    places: Vec<Column>,
    position: Option<(usize, usize)>,
}

fn layout(headings: &Headings) -> Result<Layout, Missing> {
    let mut places = Vec::new();
    for (code, key) in headings.keys() {
        let Some((kind, stem)) = key.strip_suffix("cd").and_then(|stem| Some((kind_of_heading(stem)?, stem)))
        else {
            continue;
        };
        let name = headings.column(&[&format!("{stem}nm")]);
        places.push(Column { kind, code, name });
    }
    places.sort_by_key(|place: &Column| place.kind);
    let pair = |x: &[&str], y: &[&str]| headings.column(x).zip(headings.column(y));
    let position = pair(&["long", "longitude", "lon"], &["lat", "latitude"]).or_else(|| pair(&["x"], &["y"]));
    let found = places.len() + usize::from(position.is_some());
    let tells = places.len() > 1 || position.is_some() || places.iter().any(|place| place.name.is_some());
    if places.is_empty() || !tells {
        let lacks = if places.is_empty() {
            "there is no column of codes such as LSOA21CD"
        } else {
            "there is one column of codes, and neither names nor positions nor areas that they lie in"
        };
        let expected = "the headings of an ONS lookup (LSOA21CD, LSOA21NM, WD24CD, LAD24CD, UTLA23CD, RGN24CD, of any \
                        year) or of points (LSOA21CD, LONG, LAT)";
        return Err(Missing { found, lacks: lacks.to_owned(), expected: expected.to_owned() });
    }
    Ok(Layout { places, position })
}

#[derive(Default)]
struct Reading {
    areas: Vec<Area>,
    links: Vec<Link>,
    points: Vec<Point>,
    findings: Findings,
    /// Where an area stands in `areas`.
    known: HashMap<AreaCode, usize>,
    parents: HashMap<(AreaCode, AreaKind), AreaCode>,
    positions: HashMap<AreaCode, (f64, f64)>,
}

impl Reading {
    fn unused_columns(&mut self, table: &Table<'_>, layout: &Layout) {
        let headings = table.headings();
        let used = |column: usize| {
            layout.places.iter().any(|p| p.code == column || p.name == Some(column))
                || layout.position.is_some_and(|(x, y)| x == column || y == column)
        };
        let unused: Vec<&str> = (headings.keys())
            .filter(|(column, key)| !used(*column) && key.ends_with("cd"))
            .map(|(column, _)| headings.text(column))
            .collect();
        if !unused.is_empty() {
            let message = format!("het has no use for the columns {}: they were left out", unused.join(", "));
            let finding = crate::Finding { severity: Severity::Note, place: table.place(), message };
            self.findings.push(finding);
        }
    }

    fn take(&mut self, row: Row<'_>, layout: &Layout) -> Result<(), SourceError> {
        let mut met: Vec<(AreaCode, AreaKind)> = Vec::with_capacity(layout.places.len());
        for place in &layout.places {
            let Some(code) = row.ons_code(place.code)? else { continue };
            self.name(row, place, code);
            met.push((code, place.kind));
        }
        for (index, &(child, kind)) in met.iter().enumerate() {
            for &(parent, parent_kind) in &met[index + 1..] {
                // A unitary authority is its own upper tier; a middle-layer area may lie in two wards.
                let nested = kind != parent_kind && (kind, parent_kind) != (AreaKind::Msoa, AreaKind::Ward);
                if child != parent && nested {
                    self.link(row, Link { child, parent, parent_kind });
                }
            }
        }
        match (layout.position, met.first()) {
            (Some(position), Some(&(area, _))) => self.point(row, area, position),
            _ => Ok(()),
        }
    }

    fn name(&mut self, row: Row<'_>, place: &Column, code: AreaCode) {
        let entry = match self.known.entry(code) {
            Entry::Vacant(entry) => {
                entry.insert(self.areas.len());
                let name = Arc::from(&*row.text_in(place.name));
                self.areas.push(Area { code, name, kind: place.kind });
                return;
            }
            Entry::Occupied(entry) => &mut self.areas[*entry.get()],
        };
        let Some(column) = place.name else { return };
        let name = row.text(column);
        if entry.name.is_empty() {
            entry.name = Arc::from(&*name);
        } else if !name.is_empty() && *entry.name != *name && entry.kind == place.kind {
            let message =
                format!("{code} is called {} above and {name} here: the first was kept", entry.name);
            notice(&mut self.findings, row.finding(Severity::Warning, message));
        }
    }

    fn link(&mut self, row: Row<'_>, link: Link) {
        match self.parents.entry((link.child, link.parent_kind)) {
            Entry::Vacant(entry) => {
                entry.insert(link.parent);
                self.links.push(link);
            }
            Entry::Occupied(entry) if *entry.get() != link.parent => {
                let (child, first, second) = (link.child, entry.get(), link.parent);
                let message =
                    format!("{child} lies in {first} above and in {second} here: the first was kept");
                notice(&mut self.findings, row.finding(Severity::Warning, message));
            }
            Entry::Occupied(_) => {}
        }
    }

    fn point(&mut self, row: Row<'_>, area: AreaCode, (x, y): (usize, usize)) -> Result<(), SourceError> {
        let longitude = row.number_in(x, EAST)?.ok_or_else(|| row.refuse(x, EAST))?;
        let latitude = row.number_in(y, NORTH)?.ok_or_else(|| row.refuse(y, NORTH))?;
        let (east, north) = in_british_isles(longitude, latitude);
        if !east {
            return Err(row.refuse(x, EAST));
        }
        if !north {
            return Err(row.refuse(y, NORTH));
        }
        match self.positions.insert(area, (longitude, latitude)) {
            None => self.points.push(Point { area, longitude, latitude }),
            Some(first) if first != (longitude, latitude) => {
                self.positions.insert(area, first);
                let message = format!("{area} has another point above: the first was kept");
                notice(&mut self.findings, row.finding(Severity::Warning, message));
            }
            Some(_) => {}
        }
        Ok(())
    }
}

const EAST: &str = "a longitude in degrees east (WGS 84), from -11 to 2.5";
const NORTH: &str = "a latitude in degrees north (WGS 84), from 49 to 61.5";
