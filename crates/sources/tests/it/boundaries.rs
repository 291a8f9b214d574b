//! Boundaries as GeoJSON.

use sources::boundaries;
use vocabulary::AreaKind;

use crate::real;

#[test]
fn the_town_in_shapes() {
    let Some(bytes) = real("luton/lsoa21_boundaries.geojson") else { return };
    let read = boundaries::read("luton.geojson", &bytes).unwrap();
    assert_eq!(read.shapes.len(), 125);
    let first = &read.shapes[0];
    assert_eq!((first.code.as_str(), &*first.name, first.kind), ("E01015693", "Luton 007A", AreaKind::Lsoa));
    assert_eq!(first.polygons[0][0][..2], [[-0.4169659, 51.9053969], [-0.4185549, 51.901658]]);
    assert_eq!(read.findings, []);
}

#[test]
fn england_in_shapes() {
    let Some(bytes) = real("england/utla23_boundaries.geojson") else { return };
    let read = boundaries::read("england.geojson", &bytes).unwrap();
    assert_eq!(read.shapes.len(), 153);
    let barking = &read.shapes[0];
    assert_eq!(
        (&*barking.name, barking.kind, barking.polygons[0][0].len()),
        ("Barking and Dagenham", AreaKind::UpperTier, 16)
    );
}

fn feature(properties: &str, geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
    )
}

fn check(text: &str, expected: &str) {
    let said = match boundaries::read("f.geojson", text.as_bytes()) {
        Ok(read) => {
            let findings = read.findings.iter().map(|f| format!("; {f}")).collect::<String>();
            format!("{} shapes{findings}", read.shapes.len())
        }
        Err(error) => error.to_string(),
    };
    assert!(said.contains(expected), "{text}\n{said}\n{expected}");
}

#[test]
fn what_is_wrong_is_refused() {
    let square = r#"{"type":"Polygon","coordinates":[[[-0.4,51.9],[-0.3,51.9],[-0.3,51.8],[-0.4,51.9]]]}"#;
    let luton = r#"{"LSOA21CD":"E01015693","LAD24CD":"E06000032"}"#;
    check(&feature(luton, square), "1 shapes");
    check(&format!("\u{feff}{}", feature(luton, square)), "1 shapes");
    check("", "f.geojson: is not a readable GeoJSON file");
    check("{}", "is not a readable GeoJSON file");
    check(r#"{"type":"FeatureCollection","features":[]}"#, "it holds no shape");
    check(square, "it is a shape without a name");
    check(
        &feature("{\"NAME\":\"Luton\"}", square),
        "feature 1: its properties are NAME; expected a code such as LSOA21CD",
    );
    check(&feature(r#"{"LSOA21CD":7}"#, square), "feature 1: LSOA21CD is 7");
    check(&feature(luton, r#"{"type":"Point","coordinates":[-0.4,51.9]}"#), "E01015693 is a Point");
    check(
        &feature(luton, &square.replace("-0.4,51.9", "51.9,-0.4")),
        "the point [51.9, -0.4]; expected longitude, then latitude",
    );
    check(&feature(luton, &square.replace("-0.4,51.9", "508653,221332")), "not the National Grid");
    check(&feature(luton, &square.replace("51.8],[-0.4", "51.8],[-0.41")), "a ring that does not close");
    check(&feature(luton, &square.replace("[-0.3,51.9],", "")), "a ring of 3 points");
}
