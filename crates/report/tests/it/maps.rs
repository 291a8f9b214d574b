//! Maps, of published boundaries where they are at hand.

use std::path::PathBuf;

use report::Frame;
use report::documents::Cell;
use report::maps::{AreaMap, Classes, Darkest, MapArea, area_map};
use vocabulary::{Figure, Withheld};

use crate::{drawing, sample};

/// The areas of a published boundary file, or `None` (said aloud) where the file is absent.
fn areas(file: &str, code: &str, name: &str) -> Option<Vec<MapArea>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not here", path.display());
        return None;
    };
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let ring = |ring: &serde_json::Value| -> Vec<(f64, f64)> {
        let points = ring.as_array().unwrap().iter();
        points.map(|point| (point[0].as_f64().unwrap(), point[1].as_f64().unwrap())).collect()
    };
    let features = json["features"].as_array().unwrap().iter().enumerate();
    let area = |(index, feature): (usize, &serde_json::Value)| {
        let shape = feature["geometry"]["coordinates"].as_array().unwrap();
        let polygons: Vec<&serde_json::Value> = match feature["geometry"]["type"].as_str() {
            Some("Polygon") => shape.iter().collect(),
            _ => shape.iter().flat_map(|polygon| polygon.as_array().unwrap()).collect(),
        };
        let code = feature["properties"][code].as_str().unwrap();
        MapArea {
            code: code.parse().unwrap(),
            name: feature["properties"][name].as_str().unwrap().to_owned(),
            rings: polygons.into_iter().map(ring).collect(),
            figure: match index {
                7 | 30 => Figure::Withheld(Withheld::Suppressed),
                9 => Figure::Withheld(Withheld::Missing),
                _ => Figure::Value(78.0 + ((index * 7919) % 200) as f64 / 11.0),
            },
            interval: None,
            link: Some(format!("/areas/{code}")),
        }
    };
    Some(features.map(area).collect())
}

fn map(areas: Vec<MapArea>, outlined: Option<&str>) -> AreaMap {
    AreaMap {
        about: sample::about("MMR first dose at 24 months"),
        areas,
        classes: Classes::EqualShares(5),
        darkest: Darkest::Low,
        outlined: outlined.map(|code| code.parse().unwrap()),
    }
}

#[test]
fn england_fits_a_page() {
    let Some(areas) = areas("england/utla23_boundaries.geojson", "UTLA23CD", "UTLA23NM") else { return };
    let map = map(areas, Some("E06000032"));
    for (frame, name) in
        [(Frame::wide("e"), "wide"), (Frame::narrow("e"), "narrow"), (Frame::small("e"), "small")]
    {
        let chart = area_map(&frame, &map);
        drawing::check(&format!("england-{name}"), &chart);
        println!("England {name}: {} bytes", chart.svg.len());
        assert!(chart.svg.len() < 150_000, "{}", chart.svg.len());
        assert_eq!(drawing::count(&chart, "het-area"), 153);
        assert_eq!(chart.table.rows.len(), 153);
        assert!(chart.svg.contains("E06000032\"><title>Luton: "));
    }
}

#[test]
fn a_town_is_small() {
    let Some(areas) = areas("luton/lsoa21_boundaries.geojson", "LSOA21CD", "LSOA21NM") else { return };
    let chart = area_map(&Frame::wide("l"), &map(areas, None));
    drawing::check("luton-wide", &chart);
    println!("Luton: {} bytes", chart.svg.len());
    assert!(chart.svg.len() < 60_000, "{}", chart.svg.len());
    assert_eq!(chart.table.rows[7][2], Cell::Suppressed);
    let words = drawing::words(&chart);
    assert!(words.contains(&"suppressed".to_owned()) && words.contains(&"missing".to_owned()));
}

#[test]
fn areas_without_a_page_can_still_be_reached() {
    let square = |x: f64, figure| MapArea {
        code: format!("X{x}").replace('.', "").parse().unwrap(),
        name: format!("Square <{x}>"),
        rings: vec![vec![(x, 51.0), (x + 0.1, 51.0), (x + 0.1, 51.1), (x, 51.1), (x, 51.0)]],
        figure,
        interval: Some((1.0, 2.0)),
        link: None,
    };
    let areas = vec![
        square(0.0, Figure::Value(1.0)),
        square(0.1, Figure::Value(5.0)),
        square(0.2, Figure::Withheld(Withheld::Suppressed)),
    ];
    let map = AreaMap { classes: Classes::Deprivation(5), ..map(areas, None) };
    let chart = area_map(&Frame::narrow("q"), &map);
    drawing::check("squares", &chart);
    assert_eq!(chart.svg.matches("tabindex=\"0\"").count(), 3);
    assert_eq!(chart.svg.matches("url(#q-hatch)").count(), 2, "the area and its legend");
    let nothing = AreaMap { areas: vec![], ..map };
    drawing::check("map-empty", &area_map(&Frame::wide("n"), &nothing));
}
