//! From a file's bytes to what the store records: one function a kind.

use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use sources::{Kind, SourceError};
use store::indicators::{AreaDeprivation, Boundary, DeprivationRow, NewPostcode, Postcode};
use vocabulary::{AreaCode, AreaKind, Decile, Observation};

/// A file to be imported: from the disk, or already in memory (an upload).
#[derive(Debug, Clone)]
pub enum ImportFile {
    /// A file on the disk.
    Path(PathBuf),
    /// A name and its content.
    Bytes(String, Vec<u8>),
}

/// A file that was read whole, and what it holds.
pub(super) struct ReadFile {
    pub name: Arc<str>,
    pub sha256: String,
    pub bytes: u64,
    /// `None` when the same content was imported before and need not be read.
    pub content: Option<Content>,
}

/// What a file holds, ready for the store.
pub(super) struct Content {
    /// What it is about, in words.
    pub vintage: String,
    pub findings: Vec<String>,
    pub rows: Rows,
}

pub(super) enum Rows {
    Observations {
        source: &'static str,
        observations: Vec<Observation>,
    },
    Areas {
        named: Vec<(AreaCode, String, AreaKind)>,
        links: Vec<(AreaCode, AreaCode)>,
        points: Vec<(AreaKind, AreaCode, f64, f64)>,
    },
    Boundaries {
        named: Vec<(AreaCode, String, AreaKind)>,
        boundaries: Vec<Boundary>,
    },
    Postcodes(Vec<NewPostcode>),
    Deprivation {
        edition: String,
        sheet: String,
        measures: Vec<(String, u32)>,
        named: Vec<(AreaCode, String, AreaKind)>,
        rows: Vec<DeprivationRow>,
    },
    Programme(Box<sources::programme::Workbook>),
}

/// Reads a file. `known` tells whether this content was imported before.
pub(super) fn read(
    file: ImportFile,
    kind: Kind,
    known: impl Fn(&str) -> bool,
) -> Result<ReadFile, SourceError> {
    let (name, bytes) = match file {
        ImportFile::Path(path) => sources::read_file(&path)?,
        ImportFile::Bytes(name, bytes) => (Arc::from(name), bytes),
    };
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let content = if known(&sha256) { None } else { Some(content(kind, &name, &bytes)?) };
    Ok(ReadFile { name, sha256, bytes: bytes.len() as u64, content })
}

fn content(kind: Kind, name: &str, bytes: &[u8]) -> Result<Content, SourceError> {
    match kind {
        Kind::Cover => cover(name, bytes),
        Kind::Deprivation => deprivation(name, bytes),
        Kind::Areas => areas(name, bytes),
        Kind::Boundaries => boundaries(name, bytes),
        Kind::Postcodes => postcodes(name, bytes),
        Kind::Fingertips => fingertips(name, bytes),
        Kind::Programme => {
            let workbook = sources::programme::read(name, bytes)?;
            let vintage = "the partnership's workbook".to_owned();
            Ok(Content { vintage, findings: Vec::new(), rows: Rows::Programme(Box::new(workbook)) })
        }
    }
}

fn words(findings: &sources::Findings) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

fn cover(name: &str, bytes: &[u8]) -> Result<Content, SourceError> {
    let cover = sources::cover::read(name, bytes)?;
    let rows = Rows::Observations { source: "cover", observations: cover.observations };
    Ok(Content { vintage: cover.period.to_string(), findings: words(&cover.findings), rows })
}

fn fingertips(name: &str, bytes: &[u8]) -> Result<Content, SourceError> {
    let read = sources::fingertips::read(name, bytes)?;
    let observations: Vec<Observation> = read.figures.into_iter().map(|figure| figure.observation).collect();
    let first = observations.iter().map(|o| o.period.start()).min();
    let last = observations.iter().map(|o| o.period.end()).max();
    let names: Vec<&str> = read.indicators.iter().map(|indicator| &*indicator.name).collect();
    let span = first.zip(last).and_then(|(first, last)| vocabulary::Period::new(first, last));
    let vintage = span.map_or_else(|| names.join(", "), |span| format!("{}: {span}", names.join(", ")));
    let rows = Rows::Observations { source: "fingertips", observations };
    Ok(Content { vintage, findings: words(&read.findings), rows })
}

fn areas(name: &str, bytes: &[u8]) -> Result<Content, SourceError> {
    let read = sources::areas::read(name, bytes)?;
    let kind_of = |code: AreaCode| code.kind().unwrap_or(AreaKind::Lsoa);
    let vintage = format!("{} areas", read.areas.len());
    let rows = Rows::Areas {
        // A file of points has no names; what is known of those areas stays.
        // A unitary authority stands in the columns of both tiers: its code tells that it is the upper.
        named: (read.areas.iter().filter(|a| !a.name.is_empty()))
            .map(|a| (a.code, a.name.to_string(), a.code.kind().unwrap_or(a.kind)))
            .collect(),
        links: read.links.iter().map(|link| (link.child, link.parent)).collect(),
        points: read.points.iter().map(|p| (kind_of(p.area), p.area, p.longitude, p.latitude)).collect(),
    };
    Ok(Content { vintage, findings: words(&read.findings), rows })
}

fn boundaries(name: &str, bytes: &[u8]) -> Result<Content, SourceError> {
    let read = sources::boundaries::read(name, bytes)?;
    let named = read
        .shapes
        .iter()
        .filter(|s| !s.name.is_empty())
        .map(|s| (s.code, s.name.to_string(), s.kind))
        .collect();
    let rings = |polygons: Vec<Vec<sources::boundaries::Ring>>| {
        polygons
            .into_iter()
            .flatten()
            .map(|ring| ring.into_iter().map(|[lon, lat]| (lon, lat)).collect())
            .collect()
    };
    let boundaries: Vec<Boundary> =
        read.shapes.into_iter().map(|s| Boundary { code: s.code, rings: rings(s.polygons) }).collect();
    let vintage = format!("{} shapes", boundaries.len());
    Ok(Content { vintage, findings: words(&read.findings), rows: Rows::Boundaries { named, boundaries } })
}

fn postcodes(name: &str, bytes: &[u8]) -> Result<Content, SourceError> {
    let read = sources::postcodes::read(name, bytes)?;
    let postcodes: Vec<NewPostcode> = read
        .postcodes
        .into_iter()
        .map(|p| NewPostcode {
            ended: p.ended.is_some(),
            postcode: Postcode {
                postcode: p.postcode,
                lsoa: p.lsoa21.or(p.lsoa11).map(|code| code.to_string()),
                local_authority: p.district.map(|code| code.to_string()),
                longitude: p.position.map(|(longitude, _)| longitude),
                latitude: p.position.map(|(_, latitude)| latitude),
            },
        })
        .collect();
    let vintage = format!("{} postcodes", postcodes.len());
    Ok(Content { vintage, findings: words(&read.findings), rows: Rows::Postcodes(postcodes) })
}

fn deprivation(name: &str, bytes: &[u8]) -> Result<Content, SourceError> {
    use sources::deprivation::Index;
    let read = sources::deprivation::read(name, bytes)?;
    let measures = deprivation_measures(&read);
    let mut rows = Vec::with_capacity(read.areas.len());
    let mut named = Vec::with_capacity(read.areas.len());
    let mut last_district = None;
    for area in &read.areas {
        named.push((area.lsoa, area.name.to_string(), AreaKind::Lsoa));
        if last_district.replace(area.district) != Some(area.district) {
            let kind = area.district.kind().unwrap_or(AreaKind::LocalAuthority);
            named.push((area.district, area.district_name.to_string(), kind));
        }
        let imd = area.on(Index::Imd);
        let standings = read.indices.iter().flat_map(|&index| {
            let on = area.on(index);
            [on.score, on.rank.map(f64::from), on.decile.map(|decile| f64::from(decile.number()))]
        });
        let p = area.population;
        let people = [p.total, p.children, p.working, p.older, p.employment];
        let columns = read.columns.iter().flatten().chain(&read.population_columns);
        let figures = standings.chain(people).zip(columns).filter(|(_, column)| **column > 0);
        let rank = imd.rank.unwrap_or(0);
        let Some(decile) = imd.decile.or_else(|| Decile::from_rank(rank, read.ranked)) else { continue };
        let main = AreaDeprivation {
            area: area.lsoa,
            local_authority: area.district,
            score: imd.score.unwrap_or_default(),
            rank,
            decile,
            population: area.population.total,
        };
        rows.push(DeprivationRow {
            main,
            figures: figures.map(|(figure, _)| figure).collect(),
            line: area.row,
        });
    }
    // The same district may stand in several stretches of the file.
    let mut met = std::collections::HashSet::with_capacity(named.len());
    named.retain(|(code, ..)| met.insert(*code));
    let edition = read.edition.to_string();
    let vintage = format!("English Indices of Deprivation {edition}");
    Ok(Content {
        vintage,
        findings: words(&read.findings),
        rows: Rows::Deprivation { edition, sheet: read.sheet.to_string(), measures, named, rows },
    })
}

/// The measures that the file has, each with its column.
fn deprivation_measures(read: &sources::deprivation::Deprivation) -> Vec<(String, u32)> {
    let parts = ["score", "rank", "decile"];
    let standings =
        read.indices.iter().flat_map(|index| parts.map(|part| format!("{}-{part}", index.code())));
    let people = ["total", "children", "working-age", "older", "employment"];
    let names = standings.chain(people.map(|part| format!("population-{part}")));
    let columns = read.columns.iter().flatten().chain(&read.population_columns);
    names.zip(columns.copied()).filter(|(_, column)| *column > 0).collect()
}
