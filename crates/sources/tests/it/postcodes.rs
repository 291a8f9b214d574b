//! The ONS Postcode Directory.

use sources::postcodes;
use vocabulary::Date;

use crate::real;

#[test]
fn the_towns_postcodes() {
    let Some(bytes) = real("luton/onspd_luton.csv") else { return };
    let read = postcodes::read("onspd.csv", &bytes).unwrap();
    assert_eq!(read.postcodes.len(), 5_258);
    let first = &read.postcodes[0];
    assert_eq!(first.postcode, "LU1 1AA");
    assert_eq!(first.grid, Some((508_653, 221_332)));
    assert_eq!(first.position, Some((-0.422926, 51.879977)));
    assert_eq!(first.lsoa21.map(|c| c.to_string()).as_deref(), Some("E01033804"));
    assert_eq!(first.district.map(|c| c.to_string()).as_deref(), Some("E06000032"));
    assert_eq!(read.findings, []);
}

#[test]
fn the_headings_of_other_releases() {
    let text = "pcd7,pcds,dointr,doterm,lad25cd,east1m,north1m,lsoa11cd,lsoa21cd,lat,long\n\
                \"LU1 1AA\",lu11aa,198001,,E06000032,508653,221332,E01015693,E01033804,51.879977,-0.422926\n\
                \"GY1 1AA\",GY1 1AA,198001,201902,L99999999,,,L99999999,L99999999,99.999999,0.000000\n";
    let read = postcodes::read("onspd.csv", text.as_bytes()).unwrap();
    assert_eq!(read.postcodes[0].postcode, "LU1 1AA");
    assert_eq!(read.postcodes[0].ended, None);
    let guernsey = &read.postcodes[1];
    assert_eq!(
        (guernsey.position, guernsey.grid, guernsey.lsoa21, guernsey.district),
        (None, None, None, None)
    );
    assert_eq!(guernsey.ended, Some(Date::constant(2019, 2, 1)));
}

fn check(text: &str, expected: &str) {
    let said = match postcodes::read("f.csv", text.as_bytes()) {
        Ok(read) => {
            let findings = read.findings.iter().map(|f| format!("; {f}")).collect::<String>();
            format!("{} postcodes{findings}", read.postcodes.len())
        }
        Err(error) => error.to_string(),
    };
    assert!(said.contains(expected), "{text}\n{said}\n{expected}");
}

#[test]
fn what_is_wrong_is_refused_with_its_cell() {
    check(
        "pcds,lsoa21\nLU1 1AA,E01033804\nLU1  1AA ,E01033804\n",
        "1 postcodes; f.csv, row 3: LU1 1AA stands above",
    );
    check("pcds,lsoa21\n", "there is no row under the headings");
    check("pcds,names\nLU1 1AA,a\n", "neither an area nor a position");
    check("lsoa21\nE01033804\n", "there is no column 'pcds'");
    check("pcds,lsoa21\nLU1 1A1,E01033804\n", "cell A2: 'LU1 1A1' is not a postcode such as LU1 1AA");
    check("pcds,lsoa21\nLU1 1AA,E0103380\n", "cell B2: 'E0103380' is not a code of an area");
    check("pcds,lat,long\nLU1 1AA,51.9,\n", "cell C2: '' is not a longitude");
    check("pcds,lat,long\nLU1 1AA,5.19,-0.4\n", "cell B2: '5.19' is not a latitude");
    check(
        "pcds,oslaua,oseast1m,osnrth1m\nLU1 1AA,E06000032,508653.5,1\n",
        "cell C2: '508653.5' is not whole metres",
    );
    check("pcds,oslaua,doterm\nLU1 1AA,E06000032,201913\n", "cell C2: '201913' is not a month");
}
