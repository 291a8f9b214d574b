//! Boundaries of areas, as GeoJSON.

use std::sync::Arc;

use vocabulary::{AreaCode, AreaKind};

use crate::{Findings, SourceError};

/// A closed ring of longitude and latitude in degrees (WGS 84); the last point repeats the first.
pub type Ring = Vec<[f64; 2]>;

/// The shape of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Its code.
    pub code: AreaCode,
    /// Its name; empty when the file has none.
    pub name: Arc<str>,
    /// What kind of place the property says it is.
    pub kind: AreaKind,
    /// Its polygons; of each the outer ring first, then its holes.
    pub polygons: Vec<Vec<Ring>>,
}

/// What a file of boundaries holds.
#[derive(Debug, Clone)]
pub struct Boundaries {
    /// One for each area.
    pub shapes: Vec<Shape>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Reads a GeoJSON FeatureCollection from its name and its bytes.
///
/// # Errors
/// A file that is not GeoJSON, a feature without a code property such as `LSOA21CD`, or a ring that is open, too
/// short, or outside the British Isles.
pub fn read(name: &str, _bytes: &[u8]) -> Result<Boundaries, SourceError> {
    Err(crate::error::unexpected(name, "being written", "a reader"))
}
