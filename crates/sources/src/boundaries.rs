//! Boundaries of areas, as GeoJSON.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

use geojson::{Feature, GeoJson, GeometryValue, JsonObject, Position};
use vocabulary::{AreaCode, AreaKind};

use crate::error::unexpected;
use crate::findings::notice;
use crate::places::{in_british_isles, kind_of_heading};
use crate::table::{decoded, ons_code};
use crate::{Finding, Findings, Place, Severity, SourceError};

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

/// Reads a GeoJSON FeatureCollection from its name and its bytes. Of each feature the code is the property that is named
/// like `LSOA21CD`; where there are several, that of the smallest kind of place.
///
/// # Errors
/// A file that is not GeoJSON, a feature without a code property such as `LSOA21CD`, or a ring that is open, too
/// short, or outside the British Isles.
pub fn read(name: &str, bytes: &[u8]) -> Result<Boundaries, SourceError> {
    let place = Place { file: name.into(), ..Place::default() };
    let damaged =
        |reason: String| SourceError::Damaged { place: place.clone(), format: "GeoJSON file", reason };
    let mut text = String::with_capacity(bytes.len());
    let (_, mut from) = decoded(bytes).map_err(|error| damaged(error.to_string()))?;
    from.read_to_string(&mut text).map_err(|error| damaged(error.to_string()))?;
    let features = match text.parse::<GeoJson>() {
        Ok(GeoJson::FeatureCollection(collection)) => collection.features,
        Ok(GeoJson::Feature(feature)) => vec![feature],
        Ok(GeoJson::Geometry(_)) => {
            return Err(unexpected(name, "it is a shape without a name", "a FeatureCollection"));
        }
        Err(error) => return Err(damaged(error.to_string())),
    };
    let mut boundaries = Boundaries { shapes: Vec::with_capacity(features.len()), findings: Findings::new() };
    let mut known: HashMap<AreaCode, usize> = HashMap::new();
    for (index, feature) in features.into_iter().enumerate() {
        let at = At { place: &place, number: index + 1 };
        let Some(shape) = shape(&at, feature, &mut boundaries.findings)? else { continue };
        if let Some(&first) = known.get(&shape.code) {
            let message =
                format!("feature {}: {} has a shape above: they were joined", at.number, shape.code);
            let finding = Finding { severity: Severity::Warning, place: place.clone(), message };
            notice(&mut boundaries.findings, finding);
            boundaries.shapes[first].polygons.extend(shape.polygons);
        } else {
            known.insert(shape.code, boundaries.shapes.len());
            boundaries.shapes.push(shape);
        }
    }
    if boundaries.shapes.is_empty() {
        return Err(unexpected(name, "it holds no shape", "a feature for each area"));
    }
    Ok(boundaries)
}

/// The feature that is being read, counted from 1.
struct At<'p> {
    place: &'p Place,
    number: usize,
}

impl At<'_> {
    fn refuse(&self, found: &str, expected: &str) -> SourceError {
        SourceError::Unexpected {
            place: self.place.clone(),
            found: format!("feature {}: {found}", self.number),
            expected: expected.to_owned(),
        }
    }
}

fn shape(at: &At<'_>, feature: Feature, findings: &mut Findings) -> Result<Option<Shape>, SourceError> {
    let properties = feature.properties.unwrap_or_default();
    let (kind, code, name) = named(at, &properties)?;
    let polygons = match feature.geometry.map(|geometry| geometry.value) {
        Some(GeometryValue::Polygon { coordinates }) => vec![coordinates],
        Some(GeometryValue::MultiPolygon { coordinates }) => coordinates,
        None => {
            let message = format!("feature {}: {code} has no shape: it was left out", at.number);
            notice(findings, Finding { severity: Severity::Warning, place: at.place.clone(), message });
            return Ok(None);
        }
        Some(other) => {
            let found = format!("{code} is a {}", other.type_name());
            return Err(at.refuse(&found, "a Polygon or a MultiPolygon"));
        }
    };
    let mut read = Vec::with_capacity(polygons.len());
    for polygon in polygons {
        if polygon.is_empty() {
            return Err(
                at.refuse(&format!("{code} has a polygon without rings"), "an outer ring in each polygon")
            );
        }
        let rings = polygon.into_iter().map(|positions| ring(at, code, &positions));
        read.push(rings.collect::<Result<Vec<Ring>, SourceError>>()?);
    }
    if read.is_empty() {
        return Err(at.refuse(&format!("{code} has no polygon"), "at least one polygon"));
    }
    Ok(Some(Shape { code, name, kind, polygons: read }))
}

/// The kind, code and name of a feature.
fn named(at: &At<'_>, properties: &JsonObject) -> Result<(AreaKind, AreaCode, Arc<str>), SourceError> {
    let stem_of = |key: &str| key.to_ascii_lowercase().strip_suffix("cd").map(str::to_owned);
    let codes = properties.iter().filter_map(|(key, value)| {
        let stem = stem_of(key)?;
        Some((kind_of_heading(&stem)?, key, stem, value))
    });
    let Some((kind, key, stem, value)) = codes.min_by_key(|(kind, ..)| *kind) else {
        let keys: Vec<&str> = properties.keys().map(String::as_str).collect();
        let found =
            format!("its properties are {}", if keys.is_empty() { "none".into() } else { keys.join(", ") });
        return Err(at.refuse(&found, "a code such as LSOA21CD, LAD24CD, UTLA23CD or CTYUA24CD"));
    };
    let code = value.as_str().and_then(|text| ons_code(text.trim())).ok_or_else(|| {
        at.refuse(&format!("{key} is {value}"), "a code of an area in quotation marks, such as \"E01015693\"")
    })?;
    let name = properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(&format!("{stem}nm")));
    let name = name.and_then(|(_, value)| value.as_str()).unwrap_or_default().trim();
    Ok((kind, code, name.into()))
}

fn ring(at: &At<'_>, code: AreaCode, positions: &[Position]) -> Result<Ring, SourceError> {
    let mut ring = Ring::with_capacity(positions.len());
    for position in positions {
        let [longitude, latitude, ..] = position.as_slice() else {
            return Err(at.refuse(&format!("{code} has a point of one number"), "longitude and latitude"));
        };
        if in_british_isles(*longitude, *latitude) != (true, true) {
            let found = format!("{code} has the point [{longitude}, {latitude}]");
            return Err(at.refuse(
                &found,
                "longitude, then latitude, in degrees (WGS 84) and in the British Isles: choose GeoJSON or EPSG:4326 at the \
                 download, not the National Grid",
            ));
        }
        ring.push([*longitude, *latitude]);
    }
    if ring.len() < 4 {
        return Err(at.refuse(&format!("{code} has a ring of {} points", ring.len()), "four or more"));
    }
    if ring.first() != ring.last() {
        return Err(
            at.refuse(&format!("{code} has a ring that does not close"), "the first point again at its end")
        );
    }
    Ok(ring)
}
