//! Downloads of OHID's Fingertips.

use sources::fingertips::{self, Fingertips};
use vocabulary::{AreaKind, Figure, Sex, Withheld};

/// The headings that Fingertips writes, as the issue lists them.
const HEADINGS: &str = "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,\
Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,\
Value note,Recent Trend,Compared to England value or percentiles,Compared to parent value or percentiles,Time period Sortable,\
New data,Compared to goal,Time period range\n";

const LUTON: &str = "30309,\"Population vaccination coverage: MMR for one dose (2 years old)\",E12000006,East of England region,\
E06000032,Luton,Counties & UAs (from Apr 2023),Persons,2 yrs,,,2022/23,83.6,82.3,84.8,81.5,85.5,2654,3175,,\
Decreasing and getting worse,Worse,Worse,20220000,,Below 90%,1y\n";

const MOST_DEPRIVED: &str = "108,Under 75 mortality rate from all causes,,,E92000001,England,England,Female,<75 yrs,\
LSOA11 deprivation deciles in England (IMD2019),Most deprived decile (IMD2019),2020 - 22,\"1,402.5\",390.1,414.9,,,5,,,,,,\
20200000,,,3y\n";

/// A download of two figures.
pub fn sample() -> String {
    format!("{HEADINGS}{LUTON}{MOST_DEPRIVED}")
}

fn read(rows: &str) -> Fingertips {
    fingertips::read("f.csv", format!("{HEADINGS}{rows}").as_bytes()).unwrap()
}

#[test]
fn a_figure_with_its_limits() {
    let read = read(LUTON);
    let [figure] = &read.figures[..] else { panic!("{:?}", read.figures) };
    let o = &figure.observation;
    assert_eq!(
        (&*o.indicator, &*o.age, o.sex, &*o.group),
        ("fingertips-30309", "24 months", Sex::Persons, "")
    );
    assert_eq!((o.area.as_str(), &*o.area_name, o.area_kind), ("E06000032", "Luton", AreaKind::UpperTier));
    assert_eq!(o.period.to_iso(), "2022-04-01/2023-03-31");
    assert_eq!((o.figure, o.numerator, o.denominator), (Figure::Value(83.6), Some(2654.0), Some(3175.0)));
    assert_eq!((o.origin.cell(), &*o.origin.file), ("M2".to_owned(), "f.csv"));
    assert_eq!((figure.limits_95, figure.limits_998), (Some((82.3, 84.8)), Some((81.5, 85.5))));
    assert_eq!((&*figure.trend, &*figure.compared_to_england), ("Decreasing and getting worse", "Worse"));
    assert_eq!((&*figure.compared_to_parent, &*figure.compared_to_goal), ("Worse", "Below 90%"));
    let indicator = &read.indicators[0];
    assert_eq!(
        (indicator.id, &*indicator.name),
        (30_309, "Population vaccination coverage: MMR for one dose (2 years old)")
    );
    assert_eq!(read.findings, []);
}

#[test]
fn a_group_within_an_area() {
    let read = read(MOST_DEPRIVED);
    let o = &read.figures[0].observation;
    assert_eq!(&*o.group, "LSOA11 deprivation deciles in England (IMD2019): Most deprived decile (IMD2019)");
    assert_eq!((&*o.age, o.sex, o.figure), ("0-74", Sex::Female, Figure::Value(1402.5)));
    assert_eq!((o.area_kind, o.period.to_iso()), (AreaKind::Country, "2020-01-01/2022-12-31".to_owned()));
    assert_eq!((read.figures[0].limits_998, o.denominator), (None, None));
}

#[test]
fn what_is_withheld_is_no_number() {
    let check = |value: &str, note: &str, why: Withheld| {
        let row = LUTON.replace(",83.6,", &format!(",{value},")).replace("3175,,", &format!("3175,{note},"));
        let read = read(&row);
        assert_eq!(read.figures[0].observation.figure, Figure::Withheld(why), "{value} {note}");
        assert_eq!(&*read.figures[0].observation.note, note);
    };
    check("", "Value suppressed for disclosure control due to small count", Withheld::Suppressed);
    check("", "Value cannot be calculated as number of cases is too small", Withheld::Suppressed);
    check("", "Value missing in source data", Withheld::Missing);
    check("", "", Withheld::Missing);
    check("*", "", Withheld::Suppressed);
    check("[z]", "", Withheld::NotApplicable);
    check("[x]", "", Withheld::Missing);
}

#[test]
fn a_figure_is_kept_once() {
    let under_another_parent = LUTON.replace("E12000006,East of England region", "E92000001,England");
    let again = read(&format!("{LUTON}{under_another_parent}"));
    assert_eq!((again.figures.len(), again.findings.len()), (1, 0));
    let contradicted = read(&format!("{LUTON}{}", under_another_parent.replace(",83.6,", ",83.7,")));
    assert_eq!(contradicted.figures.len(), 1);
    assert_eq!(contradicted.figures[0].observation.figure, Figure::Value(83.6));
    assert!(contradicted.findings[0].to_string().contains("f.csv, row 3: the same figure stands above"));
}

#[test]
fn places_that_het_does_not_know_are_counted() {
    let practice = LUTON.replace("E06000032,Luton,Counties & UAs (from Apr 2023)", "E81001,A practice,GPs");
    let read = read(&format!("{LUTON}{practice}"));
    assert_eq!(read.figures.len(), 1);
    assert!(read.findings[0].to_string().contains("1 rows are of 'GPs'"), "{:?}", read.findings);
}

#[test]
fn text_beyond_ascii_and_empty_rows() {
    let with_empty_rows = format!("\u{feff}{HEADINGS}\n{LUTON}{}\n", ",".repeat(26));
    let utf16: Vec<u8> = with_empty_rows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let text = format!("{HEADINGS}{LUTON}").replace("Luton", "Ynys M\u{f4}n");
    let latin: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
    let name = |bytes: &[u8]| {
        fingertips::read("f.csv", bytes).map(|read| read.figures[0].observation.area_name.to_string())
    };
    assert_eq!(name(&latin).unwrap(), "Ynys M\u{f4}n");
    assert_eq!(name(text.as_bytes()).unwrap(), "Ynys M\u{f4}n");
    assert_eq!(name(&utf16).unwrap(), "Luton");
}

fn check(rows: &str, expected: &str) {
    match fingertips::read("f.csv", format!("{HEADINGS}{rows}").as_bytes()) {
        Ok(read) => panic!("{rows} was read: {read:?}"),
        Err(error) => assert!(error.to_string().contains(expected), "{error}\n{expected}"),
    }
}

#[test]
fn what_is_wrong_is_refused_with_its_cell() {
    check("", "there is no row under the headings");
    check(&LUTON.replace("30309", "MMR"), "cell A2: 'MMR' is not the number of an indicator");
    check(&LUTON.replace("E06000032", "Luton town"), "cell E2: 'Luton town' is not a code of an area");
    check(&LUTON.replace("Persons", "Everyone"), "cell H2: 'Everyone' is not Persons, Female or Male");
    check(&LUTON.replace("2022/23", "lately"), "cell L2: 'lately' is not a period");
    check(&LUTON.replace(",83.6,", ",high,"), "cell M2: 'high' is not a number");
    check(&LUTON.replace("84.8", "8.48"), "cell O2: '8.48' is not a limit that is not below the lower one");
    check(&LUTON.replace("2654", "-1"), "cell R2: '-1' is not a number of people or events");
    let lacking = HEADINGS.replace("Area Code", "Area Key");
    let error = fingertips::read("f.csv", format!("{lacking}{LUTON}").as_bytes()).unwrap_err();
    assert!(error.to_string().contains("f.csv, row 1: there is no column 'Area Code'"), "{error}");
}
