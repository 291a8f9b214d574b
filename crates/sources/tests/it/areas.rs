//! ONS lookups and points.

use sources::areas::{self, Areas};
use vocabulary::{AreaCode, AreaKind};

use crate::real;

fn code(text: &str) -> AreaCode {
    text.parse().unwrap()
}

fn parents(areas: &Areas, child: &str) -> Vec<(String, AreaKind)> {
    let child = code(child);
    areas.links.iter().filter(|l| l.child == child).map(|l| (l.parent.to_string(), l.parent_kind)).collect()
}

#[test]
fn neighbourhoods_lie_in_wards_and_authorities() {
    let Some(bytes) = real("england/lsoa21_ward24_lad24.csv") else { return };
    let read = areas::read("lookup.csv", &bytes).unwrap();
    let of = |kind| read.areas.iter().filter(|area| area.kind == kind).count();
    assert_eq!(of(AreaKind::Lsoa), 33_755);
    assert_eq!(of(AreaKind::LocalAuthority), 296);
    let area = read.areas.iter().find(|area| area.code == code("E01000001")).unwrap();
    assert_eq!((&*area.name, area.kind), ("City of London 001A", AreaKind::Lsoa));
    let lies_in =
        [("E05009288".to_owned(), AreaKind::Ward), ("E09000001".to_owned(), AreaKind::LocalAuthority)];
    assert_eq!(parents(&read, "E01000001"), lies_in);
    assert_eq!(read.findings, []);
}

#[test]
fn districts_lie_in_counties_and_regions() {
    let Some(bytes) = real("england/lad24_utla23_region24.csv") else { return };
    let read = areas::read("lookup.csv", &bytes).unwrap();
    // A unitary authority is its own upper tier.
    assert_eq!(parents(&read, "E06000001"), [("E12000001".to_owned(), AreaKind::Region)]);
    let cambridge =
        [("E10000003".to_owned(), AreaKind::UpperTier), ("E12000006".to_owned(), AreaKind::Region)];
    assert_eq!(parents(&read, "E07000008"), cambridge);
    // The county itself lies in the region.
    assert_eq!(parents(&read, "E10000003"), [("E12000006".to_owned(), AreaKind::Region)]);
}

#[test]
fn points_are_degrees() {
    let Some(bytes) = real("england/lsoa21_points.csv") else { return };
    let read = areas::read("points.csv", &bytes).unwrap();
    assert_eq!(read.points.len(), 33_755);
    let first = read.points[0];
    assert_eq!((first.area, first.longitude, first.latitude), (code("E01000001"), -0.09706, 51.51865));
    assert!(read.areas.iter().all(|area| area.name.is_empty()));
}

fn check(text: &str, expected: &str) {
    let said = match areas::read("f.csv", text.as_bytes()) {
        Ok(read) => {
            let findings = read.findings.iter().map(|f| format!("; {f}")).collect::<String>();
            format!(
                "{} areas, {} links, {} points{findings}",
                read.areas.len(),
                read.links.len(),
                read.points.len()
            )
        }
        Err(error) => error.to_string(),
    };
    assert!(said.contains(expected), "{text}\n{said}\n{expected}");
}

#[test]
fn headings_of_any_year_in_any_order() {
    check(
        "LAD23NM,LSOA11CD,LAD23CD,LSOA11NM\nLuton,E01015693,E06000032,Luton 007A\n",
        "2 areas, 1 links, 0 points",
    );
    check("LSOA11CD;LAD11CD\r\nE01015693;E06000032\r\n", "2 areas, 1 links");
    check("\u{feff}lsoa21cd,x,y\nE01015693,-0.41,51.9\n", "1 areas, 0 links, 1 points");
    check("A lookup of 2024\n\nOA21CD,LSOA21CD,WD24CD\nE00000001,E01015693,E05000001\n", "2 areas, 1 links");
    check("LSOA21CD,MSOA21CD,WD24CD\nE01015693,E02003258,E05000001\n", "3 areas, 2 links");
}

#[test]
fn what_is_odd_is_said() {
    check(
        "LAD24CD,LAD24NM\nE06000032,Luton\nTotal,296\n",
        "1 areas, 0 links, 0 points; f.csv, row 3: the row names no area",
    );
    check("LAD24CD,LAD24NM\nE06000032,Luton\nE06000032,Lutton\n", "is called Luton above and Lutton here");
    check(
        "LSOA21CD,WD24CD\nE01015693,E05000001\nE01015693,E05000002\n",
        "row 3: E01015693 lies in E05000001 above",
    );
    check("LAD24CD,LAD24NM\nE06000032,Luton", "the last line does not end");
}

#[test]
fn what_is_wrong_is_refused_with_its_cell() {
    check("", "f.csv: it is empty; expected");
    check(
        "a,b\n1,2\n",
        "there is no column of codes such as LSOA21CD; expected the headings of an ONS lookup",
    );
    check("LSOA21CD\nE01015693\n", "neither names nor positions");
    check("LSOA21CD,LSOA21NM\n", "there is no row under the headings");
    check("LSOA21CD,LSOA21NM\nE0101569,Luton 007A\n", "cell A2: 'E0101569' is not a code of an area");
    check("LSOA21CD,LSOA21NM\nE01015693\n", "f.csv, row 2: the row has 1 column");
    check("LSOA21CD,LONG,LAT\nE01015693,51.9,-0.41\n", "cell B2: '51.9' is not a longitude");
    check("LSOA21CD,x,y\nE01015693,508653,221332\n", "cell B2: '508653' is not a longitude");
    check("LSOA21CD,LONG,LAT\nE01015693,,51.9\n", "cell B2: '' is not a longitude");
    check(
        "LSOA21CD,LSOA21NM\nE01015693,\"Luton\nE01015694,Luton",
        "a quotation mark is opened and never closed",
    );
    check("<html>", "it is a web page or XML; expected a CSV file");
}
