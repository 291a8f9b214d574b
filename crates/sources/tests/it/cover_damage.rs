//! COVER workbooks that are damaged, renamed or laid out as no release was.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use sources::SourceError;
use sources::cover::{self, Cover};
use vocabulary::{Figure, Period, Withheld};

use crate::cover::files;

/// One release of each format, the smallest there is.
fn samples() -> Vec<(String, Vec<u8>)> {
    let chosen = ["cover_2013_2014_q1.xls", "cover_2018_2019_q1.xlsx", "cover_2024_2025_q4.ods"];
    files().unwrap_or_default().into_iter().filter(|(name, _)| chosen.contains(&name.as_str())).collect()
}

#[test]
fn a_release_cut_short_is_refused() {
    for (name, bytes) in samples() {
        for share in [0, 1, 10, 50, 90, 99] {
            let cut = &bytes[..bytes.len() * share / 100];
            let error = cover::read(&name, cut).map(|cover| cover.observations.len());
            assert!(error.is_err(), "{name} cut to {share}%: {error:?}");
        }
    }
}

#[test]
fn a_file_of_another_kind_is_refused_by_name() {
    for bytes in
        [&b""[..], b"Area,Value\nLuton,94\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[0; 4096]]
    {
        let error = cover::read("figures.ods", bytes).unwrap_err();
        assert_eq!(&*error.place().file, "figures.ods");
        let known = matches!(error, SourceError::Damaged { .. } | SourceError::Unexpected { .. });
        assert!(known, "{error}");
    }
}

#[test]
fn a_name_that_contradicts_the_inside_is_told_and_not_believed() {
    for (_, bytes) in samples().into_iter().take(1) {
        let cover = cover::read("cover_2020_2021_q3.ods", &bytes).unwrap();
        assert_eq!(cover.period, Period::financial_quarter(2013, 1).unwrap());
        assert!(cover.findings.iter().any(|finding| finding.message.contains("the inside is believed")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_in_a_release_never_panic(
        which in 0_usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let samples = samples();
        if let Some((name, bytes)) = samples.get(which) {
            let mut bytes = bytes.clone();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            // What is read at all is made of possible figures.
            if let Ok(cover) = cover::read(name, &bytes) {
                let possible = |figure: Figure| figure.value().is_none_or(|value| (0.0..=100.0).contains(&value));
                prop_assert!(cover.observations.iter().all(|o| possible(o.figure)));
            }
        }
    }
}

/// A workbook of one sheet with these rows; a number stands as a number.
fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32, column as u16);
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn read(rows: &[&[&str]]) -> Cover {
    cover::read("any.bin", &sheet(rows)).unwrap()
}

fn figure(cover: &Cover, indicator: &str, area: &str) -> (Figure, Option<f64>) {
    let of = |o: &&vocabulary::Observation| &*o.indicator == indicator && o.area.as_str() == area;
    let found = cover.observations.iter().find(of).unwrap();
    (found.figure, found.denominator)
}

const TITLE: &[&str] = &["Table 6. Completed immunisations at 24 months: April to June 2030"];

#[test]
fn columns_may_stand_in_any_order_and_names_bear_marks() {
    let cover = read(&[
        TITLE,
        &["24m MMR1%", "UTLA name", "24m Hib/MenC%", "24m denominator", "ONS UTLA code"],
        &["91.5%", "Luton\u{a0}[note 1] ", "90.25", "1,001", " E06000032 "],
        &["n/a", "Bedford*", "[c]", "0", "E06000055"],
        &["..", "Slough", "banana", "55", "E06000039"],
        &["88", "England", "87", "600000", ""],
    ]);
    assert_eq!(cover.period, Period::financial_quarter(2030, 1).unwrap());
    assert_eq!(figure(&cover, "mmr1", "E06000032"), (Figure::Value(91.5), Some(1001.0)));
    assert_eq!(figure(&cover, "hib-menc", "E06000032"), (Figure::Value(90.25), Some(1001.0)));
    assert_eq!(figure(&cover, "mmr1", "E06000055").0, Figure::Withheld(Withheld::NotApplicable));
    assert_eq!(figure(&cover, "hib-menc", "E06000055").0, Figure::Withheld(Withheld::Suppressed));
    assert_eq!(figure(&cover, "mmr1", "E06000039").0, Figure::Withheld(Withheld::Missing));
    assert_eq!(figure(&cover, "mmr1", "E92000001"), (Figure::Value(88.0), Some(600_000.0)));
    assert!(
        cover.findings.iter().any(|f| f.message.contains("banana") && f.place.to_string().contains("C5"))
    );
}

#[test]
fn fractions_are_read_as_percentages() {
    let cover = read(&[
        TITLE,
        &["UTLA name", "24m denominator", "24m MMR1%"],
        &["Luton", "900", "0.94"],
        &["Bedford", "500", "0.915"],
        &["Slough", "550", "1"],
        &["Derby", "850", "0.9"],
        &["Leeds", "2400", "0.88"],
    ]);
    assert_eq!(figure(&cover, "mmr1", "E06000032"), (Figure::Value(94.0), Some(900.0)));
    assert_eq!(figure(&cover, "mmr1", "E06000039"), (Figure::Value(100.0), Some(550.0)));
}

#[test]
fn a_serial_date_tells_the_quarter() {
    let cover = read(&[
        &["Evaluation Dates", "45748"],
        &["UTLA name", "24m denominator", "24m MMR1%"],
        &["Luton", "900", "94"],
    ]);
    assert_eq!(cover.period, Period::calendar_quarter(2025, 2).unwrap());
}

#[test]
fn an_emptied_table_and_a_place_that_is_unknown_are_told() {
    let empty = cover::read("empty.xlsx", &sheet(&[TITLE, &["UTLA name", "24m denominator", "24m MMR1%"]]));
    assert!(matches!(empty, Err(SourceError::Unexpected { .. })));
    let cover = read(&[
        TITLE,
        &["UTLA name", "24m denominator", "24m MMR1%"],
        &["Luton", "900", "94"],
        &["Atlantis", "900", "95"],
        &["Bedford", "500", "940"],
    ]);
    assert_eq!(cover.observations.len(), 2);
    assert!(cover.findings.iter().any(|finding| finding.message.contains("Atlantis")));
    assert!(cover.findings.iter().any(|finding| finding.message.contains("940 is not a percentage")));
}

/// The same workbook with its sheets in reverse order.
fn turned(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut turned = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let (name, mut content) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut content).unwrap();
        match name.as_str() {
            "content.xml" => content = reversed(content, "<table:table ", "</table:table>"),
            "xl/workbook.xml" => content = reversed(content, "<sheet ", "/>"),
            _ => {}
        }
        turned.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        turned.write_all(&content).unwrap();
    }
    turned.finish().unwrap().into_inner()
}

/// The elements between the first such beginning and the last such end after it, in reverse order.
fn reversed(content: Vec<u8>, begin: &str, end: &str) -> Vec<u8> {
    let text = String::from_utf8(content).unwrap();
    let (start, last) = (text.find(begin).unwrap(), text.rfind(begin).unwrap());
    let stop = last + text[last..].find(end).unwrap() + end.len();
    let mut elements: Vec<&str> = text[start..stop].split_inclusive(end).collect();
    if begin == "<sheet " {
        assert!(elements.iter().all(|element| element.starts_with(begin)));
    }
    elements.reverse();
    format!("{}{}{}", &text[..start], elements.concat(), &text[stop..]).into_bytes()
}

#[test]
fn sheets_in_another_order_are_read_identically() {
    for (name, bytes) in samples().into_iter().filter(|(name, _)| !name.ends_with(".xls")) {
        let said = |bytes: &[u8]| {
            let cover = cover::read(&name, bytes).unwrap_or_else(|error| panic!("{error}"));
            let mut said: Vec<String> = cover.observations.iter().map(|o| format!("{o:?}")).collect();
            said.sort();
            (cover.period, said)
        };
        assert!(said(&turned(&bytes)) == said(&bytes), "{name}");
    }
}
