//! English Indices of Deprivation, File 7.

use sources::deprivation::{self, Index, Standing};
use vocabulary::Decile;

use crate::real;

fn standing(score: f64, rank: u32, decile: u8) -> Standing {
    Standing { score: Some(score), rank: Some(rank), decile: Decile::new(decile) }
}

#[test]
fn the_indices_of_2025() {
    let Some(bytes) = real("england/iod2025_file7_lsoa21.csv") else { return };
    let read = deprivation::read("file7.csv", &bytes).unwrap();
    assert_eq!((read.edition, read.lsoa_year, read.ranked, read.areas.len()), (2025, 2021, 33_755, 33_755));
    assert_eq!(read.findings, []);
    assert_eq!(read.indices.len(), 8);
    let first = &read.areas[0];
    assert_eq!((first.lsoa.as_str(), &*first.name), ("E01000001", "City of London 001A"));
    assert_eq!((first.district.as_str(), &*first.district_name), ("E09000001", "City of London"));
    assert_eq!(first.on(Index::Imd), standing(8.742, 26_525, 8));
    assert_eq!(first.on(Index::Income), standing(0.013, 33_730, 10));
    assert_eq!(first.on(Index::Health), standing(-1.771, 33_108, 10));
    assert_eq!(first.on(Index::Living), standing(69.345, 244, 1));
    assert_eq!(first.on(Index::Idaci), Standing::default());
    assert_eq!((first.row, read.columns[0]), (2, [5, 6, 7]));
}

/// The headings of File 7 of 2019 as published, and the row of the City of London 001A.
const OF_2019: &str = "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),\
Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),\
Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),Income Score (rate),\
Income Rank (where 1 is most deprived),Income Decile (where 1 is most deprived 10% of LSOAs),\
Income Deprivation Affecting Children Index (IDACI) Score (rate),\
Income Deprivation Affecting Children Index (IDACI) Rank (where 1 is most deprived),\
Income Deprivation Affecting Children Index (IDACI) Decile (where 1 is most deprived 10% of LSOAs),\
Income Deprivation Affecting Older People (IDAOPI) Score (rate),Children and Young People Sub-domain Score,\
Geographical Barriers Sub-domain Rank (where 1 is most deprived),\
Total population: mid 2015 (excluding prisoners),Dependent Children aged 0-15: mid 2015 (excluding prisoners),\
Population aged 16-59: mid 2015 (excluding prisoners),Older population aged 60 and over: mid 2015 (excluding prisoners),\
Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners)\n\
E01000001,City of London 001A,E09000001,City of London,6.208,29199,9,0.007,32831,10,0.006,32806,10,0.012,-1.5,20000,\
\"1,296\",175,656,465,715\n";

#[test]
fn the_headings_of_2019() {
    let read = deprivation::read("f.csv", OF_2019.as_bytes()).unwrap();
    assert_eq!((read.edition, read.lsoa_year, read.ranked), (2019, 2011, 32_844));
    let area = &read.areas[0];
    assert_eq!(area.on(Index::Imd), standing(6.208, 29_199, 9));
    assert_eq!(area.on(Index::Idaci), standing(0.006, 32_806, 10));
    assert_eq!(area.on(Index::Idaopi).score, Some(0.012));
    assert_eq!(area.on(Index::Children).score, Some(-1.5));
    assert_eq!(area.on(Index::Geographical).rank, Some(20_000));
    let people = area.population;
    assert_eq!((people.total, people.children, people.working), (Some(1296.0), Some(175.0), Some(656.0)));
    assert_eq!((people.older, people.employment), (Some(465.0), Some(715.0)));
    let of_2015 = OF_2019.replace("(2019)", "(2013)");
    assert_eq!(deprivation::read("f.csv", of_2015.as_bytes()).unwrap().edition, 2015);
}

fn check(text: &str, expected: &str) {
    let said = match deprivation::read("f.csv", text.as_bytes()) {
        Ok(read) => {
            let findings = read.findings.iter().map(|f| format!("; {f}")).collect::<String>();
            format!("{} areas{findings}", read.areas.len())
        }
        Err(error) => error.to_string(),
    };
    assert!(said.contains(expected), "{text}\n{said}\n{expected}");
}

#[test]
fn what_is_wrong_is_refused_with_its_cell() {
    check(
        &OF_2019.replace("29199", "32845"),
        "cell F2: '32845' is not a rank, a whole number from 1 to 32844",
    );
    check(&OF_2019.replace("29199", "0"), "cell F2: '0' is not a rank");
    check(&OF_2019.replace(",29199", ","), "cell F2: '' is not a rank");
    check(&OF_2019.replace("6.208", "high"), "cell E2: 'high' is not a score");
    check(&OF_2019.replace("29199,9", "29199,11"), "cell G2: '11' is not a decile");
    check(
        &OF_2019.replace("29199,9", "29199,8"),
        "row 2: imd: the rank 29199 of 32844 does not lie in decile 8",
    );
    check(&OF_2019.replace("LSOA code (2011)", "Code"), "there is no column 'LSOA code' with a year");
    check(&OF_2019.replace("(2011)", "(2001)"), "the LSOAs are neither of 2011 nor of 2021");
    check(&OF_2019.replace("\"1,296\"", "\"1,29\""), "cell Q2: '1,29' is not a number of people");
    let twice = format!("{OF_2019}{}", OF_2019.lines().last().unwrap());
    check(&twice, "cell A3: 'E01000001' is not an area that no earlier row has");
}
