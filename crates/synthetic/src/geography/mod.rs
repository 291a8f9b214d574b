//! Where the town is and how it is divided.
//!
//! The town lies in the North Sea, on the Dogger Bank, well away from any land: its coordinates are valid on
//! the British National Grid and nobody lives there. Its codes begin with `SYN-`, which no code of the Office
//! for National Statistics does.

mod borders;
mod cells;
mod deprivation;
mod grid;
mod ground;
mod postcodes;
mod wards;

use std::fmt::Write as _;

use vocabulary::{AreaCode, AreaKind};

pub use deprivation::Deprivation;
pub use grid::Place;
pub use postcodes::SyntheticPostcode;

use crate::stream::Stream;
use crate::{NAME, code};
use borders::{Mark, dissolve, double_area, draw};
use cells::{Point, centroid};

/// Where the middle of the town is on the British National Grid.
const MIDDLE: [f64; 2] = [640_000.0, 500_000.0];
const WARD_NAMES: [&str; wards::WARDS] = [
    "Harbour",
    "Lighthouse",
    "Saltmarsh",
    "Northgate",
    "Southgate",
    "Market",
    "Sailmakers",
    "Ropewalk",
    "Fulmar",
    "Kittiwake",
    "Gannet",
    "Tern",
    "Windmill",
    "Chapel",
    "Meadow",
    "Orchard",
    "Quarry",
    "Station",
    "Canal",
    "Moorings",
];

/// A made-up place: the town, one of its wards or small areas, or a made-up place it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticArea {
    /// Its code, beginning with `SYN-`.
    pub code: AreaCode,
    /// Its name, which says that it is synthetic.
    pub name: String,
    /// What kind of place it is; its code does not tell.
    pub kind: AreaKind,
    /// The larger place that it lies in.
    pub parent: Option<AreaCode>,
    /// How many people live there.
    pub population: u32,
    /// How deprived it is; only small areas (LSOAs) have this.
    pub deprivation: Option<Deprivation>,
    /// Its centre; places of comparison have none.
    pub centre: Option<Place>,
    /// Its outline; places of comparison have none.
    pub shape: Option<Shape>,
}

/// An outline in longitude and latitude (WGS84), six places: rings that end where they begin, the first the
/// outer border, anticlockwise, any others holes, clockwise. The same as the coordinates of a GeoJSON polygon
/// (RFC 7946, section 3.1.6).
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    rings: Vec<Vec<[f64; 2]>>,
}

impl Shape {
    /// The rings, each a list of longitude and latitude.
    pub fn rings(&self) -> &[Vec<[f64; 2]>] {
        &self.rings
    }

    /// The outline as a GeoJSON geometry.
    pub fn geojson(&self) -> String {
        let mut text = String::from(r#"{"type":"Polygon","coordinates":["#);
        for (number, ring) in self.rings.iter().enumerate() {
            text.push_str(if number == 0 { "[" } else { ",[" });
            for (index, [longitude, latitude]) in ring.iter().enumerate() {
                let comma = if index == 0 { "" } else { "," };
                // Writing to a String cannot fail.
                let _ = write!(text, "{comma}[{longitude},{latitude}]");
            }
            text.push(']');
        }
        text.push_str("]}");
        text
    }
}

/// The places of the town and its postcodes.
pub(crate) struct Geography {
    /// The country, the region, the town, its neighbours, the wards and the small areas, in this order.
    pub(crate) areas: Vec<SyntheticArea>,
    pub(crate) postcodes: Vec<SyntheticPostcode>,
}

/// One small area while the town is being laid out.
struct Plot {
    ring: Vec<Mark>,
    centre: Point,
    deprivation: Deprivation,
    ward: usize,
    population: u32,
}

/// Lays out the town.
pub(crate) fn lay_out(seed: u64) -> Geography {
    let plots = plots(seed);
    let mut areas = compared_with(plots.iter().map(|p| p.population).sum(), outline(plots.iter()));
    for number in 0..wards::WARDS {
        areas.push(ward(number, plots.iter().filter(|p| p.ward == number)));
    }
    let mut ground = Vec::with_capacity(plots.len());
    let rings: Vec<Vec<Point>> = plots.iter().map(|p| p.ring.iter().map(to_metres).collect()).collect();
    for (index, (plot, ring)) in plots.iter().zip(&rings).enumerate() {
        let lsoa = code(&format!("SYN-L{:03}", index + 1));
        ground.push(postcodes::Ground { lsoa, ward: plot.ward, population: plot.population, ring });
        areas.push(SyntheticArea {
            code: lsoa,
            name: format!("{NAME} {:03} (synthetic)", index + 1),
            kind: AreaKind::Lsoa,
            parent: Some(ward_code(plot.ward)),
            population: plot.population,
            deprivation: Some(plot.deprivation),
            centre: Some(ground_to_place(plot.centre)),
            shape: Some(shape(std::slice::from_ref(&plot.ring))),
        });
    }
    Geography { postcodes: postcodes::scatter(&ground, seed), areas }
}

/// The small areas, ward by ward, from north to south within a ward.
fn plots(seed: u64) -> Vec<Plot> {
    let ground = ground::plan(seed);
    let centres: Vec<Point> = ground.iter().map(|cell| centroid(cell)).collect();
    let rings = draw(&ground, seed);
    let ward = wards::grow(&rings, &centres);
    let gradient = deprivation::gradient(&centres, seed);
    let mut stream = Stream::new(seed, "population");
    let mut plots: Vec<Plot> = rings
        .into_iter()
        .zip(centres)
        .zip(gradient)
        .zip(ward)
        .map(|(((ring, centre), deprivation), ward)| {
            // An LSOA has 1,000 to 3,000 people (ONS, Census 2021 geographies); these have about 1,800.
            let population = (1_800.0 + 190.0 * stream.normal()).clamp(1_050.0, 2_950.0) as u32;
            Plot { ring, centre, deprivation, ward, population }
        })
        .collect();
    plots.sort_by(|a, b| a.ward.cmp(&b.ward).then(b.centre[1].total_cmp(&a.centre[1])));
    plots
}

/// The made-up country, region and neighbours, with the town itself.
fn compared_with(population: u32, town: (Shape, Place)) -> Vec<SyntheticArea> {
    let plain = |text: &str, name: String, kind, parent: Option<&str>, population| SyntheticArea {
        code: code(text),
        name,
        kind,
        parent: parent.map(code),
        population,
        deprivation: None,
        centre: None,
        shape: None,
    };
    let mut areas = vec![
        plain("SYN-E01", "England (synthetic comparator)".into(), AreaKind::Country, None, 57_000_000),
        plain(
            "SYN-R01",
            "Doggerland (synthetic region)".into(),
            AreaKind::Region,
            Some("SYN-E01"),
            6_300_000,
        ),
    ];
    areas.push(SyntheticArea {
        shape: Some(town.0),
        centre: Some(town.1),
        ..plain("SYN-T01", format!("{NAME} (synthetic)"), AreaKind::UpperTier, Some("SYN-R01"), population)
    });
    for (number, name) in
        ["Silverpit", "Oysterby", "Fisherbank", "Swallowness", "Cleaverham"].into_iter().enumerate()
    {
        let people = 190_000 + 27_000 * number as u32;
        let name = format!("{name} (synthetic neighbour)");
        areas.push(plain(
            &format!("SYN-N{:02}", number + 1),
            name,
            AreaKind::UpperTier,
            Some("SYN-R01"),
            people,
        ));
    }
    areas
}

fn ward<'a>(number: usize, plots: impl Iterator<Item = &'a Plot>) -> SyntheticArea {
    let plots: Vec<&Plot> = plots.collect();
    let (shape, centre) = outline(plots.iter().copied());
    SyntheticArea {
        code: ward_code(number),
        name: format!("{} (synthetic ward)", WARD_NAMES[number]),
        kind: AreaKind::Ward,
        parent: Some(code("SYN-T01")),
        population: plots.iter().map(|p| p.population).sum(),
        deprivation: None,
        centre: Some(centre),
        shape: Some(shape),
    }
}

fn ward_code(number: usize) -> AreaCode {
    code(&format!("SYN-W{:02}", number + 1))
}

/// The outline of these plots together, and the centre of mass of the outer border.
fn outline<'a>(plots: impl Iterator<Item = &'a Plot>) -> (Shape, Place) {
    let rings = dissolve(plots.map(|p| &p.ring));
    let outer: Vec<Point> = rings.first().map(|r| r.iter().map(to_metres).collect()).unwrap_or_default();
    (shape(&rings), ground_to_place(centroid(&outer)))
}

fn shape(rings: &[Vec<Mark>]) -> Shape {
    debug_assert!(rings.first().is_some_and(|outer| double_area(outer) > 0));
    let angles = |mark: &Mark| {
        let place = ground_to_place(to_metres(mark));
        [place.longitude, place.latitude]
    };
    Shape { rings: rings.iter().map(|ring| ring.iter().map(angles).collect()).collect() }
}

fn to_metres(mark: &Mark) -> Point {
    [mark[0] as f64 / 10.0, mark[1] as f64 / 10.0]
}

/// The place at these metres from the middle of the town.
fn ground_to_place([x, y]: Point) -> Place {
    Place::on_grid(MIDDLE[0] + x, MIDDLE[1] + y)
}
