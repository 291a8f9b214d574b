//! Lookups between areas, and points in them.

use std::sync::Arc;

use vocabulary::{AreaCode, AreaKind};

use crate::{Findings, SourceError};

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
/// # Errors
/// A file without a code column such as `LSOA21CD`, or with a code or position that cannot be one.
pub fn read(name: &str, _bytes: &[u8]) -> Result<Areas, SourceError> {
    Err(crate::error::unexpected(name, "being written", "a reader"))
}
