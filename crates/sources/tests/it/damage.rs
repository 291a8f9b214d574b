//! Damaged copies of real files of every kind: each is refused clearly or read, and never a panic; what is only put
//! differently (another encoding, other line ends, columns in another order, another name) is read identically.

use proptest::prelude::*;
use sources::{Kind, SourceError};

use crate::real;

/// A file of each kind, cut to a size that is quickly read many times over.
fn samples() -> Vec<(Kind, &'static str, Vec<u8>)> {
    let first_lines = |path: &'static str, kind: Kind| {
        let bytes = real(path)?;
        let end = bytes
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == b'\n')
            .nth(60)
            .map_or(bytes.len(), |(at, _)| at + 1);
        Some((kind, path, bytes[..end].to_vec()))
    };
    let mut samples: Vec<_> = [
        first_lines("england/lsoa21_ward24_lad24.csv", Kind::Areas),
        first_lines("england/lad24_utla23_region24.csv", Kind::Areas),
        first_lines("england/lsoa21_points.csv", Kind::Areas),
        first_lines("luton/onspd_luton.csv", Kind::Postcodes),
        first_lines("england/iod2025_file7_lsoa21.csv", Kind::Deprivation),
        real("luton/lsoa21_boundaries.geojson").map(|bytes| (Kind::Boundaries, "luton.geojson", bytes)),
    ]
    .into_iter()
    .flatten()
    .collect();
    samples.push((Kind::Fingertips, "fingertips.csv", crate::fingertips::sample().into_bytes()));
    samples.push((Kind::Programme, "programme.xlsx", crate::programme::sample()));
    samples
}

/// What a file says, as text: two files that say the same have the same. The name is not in it.
fn said(kind: Kind, name: &str, bytes: &[u8]) -> Result<String, SourceError> {
    Ok(match kind {
        Kind::Areas => sources::areas::read(name, bytes)
            .map(|r| format!("{:?} {:?} {:?}", r.areas, r.links, r.points))?,
        Kind::Boundaries => format!("{:?}", sources::boundaries::read(name, bytes)?.shapes),
        Kind::Postcodes => format!("{:?}", sources::postcodes::read(name, bytes)?.postcodes),
        Kind::Deprivation => format!("{:?}", sources::deprivation::read(name, bytes)?.areas),
        Kind::Fingertips => {
            format!("{:?}", sources::fingertips::read(name, bytes)?.figures).replace(&format!("{name:?}"), "")
        }
        Kind::Programme => format!("{:?}", sources::programme::read(name, bytes)?),
        Kind::Cover => {
            format!("{:?}", sources::cover::read(name, bytes)?.observations).replace(&format!("{name:?}"), "")
        }
    })
}

fn is_text(kind: Kind) -> bool {
    !matches!(kind, Kind::Programme | Kind::Cover)
}

/// A refusal names the file and says what was expected.
fn is_clear(error: &SourceError) -> bool {
    let words = error.to_string();
    words.starts_with("damaged") && words.len() > 30
}

#[test]
fn emptied_and_foreign_files_are_refused() {
    let foreign: [&[u8]; 8] = [
        b"",
        b"\n\n\n",
        b"\xef\xbb\xbf",
        b"\0\0\0\0",
        b"PK\x03\x04",
        b"<html></html>",
        b"a,b\n1,2\n",
        b"{\"a\":[1",
    ];
    for (kind, ..) in samples() {
        for bytes in foreign {
            let error = said(kind, "damaged", bytes).expect_err("nothing to read");
            assert!(is_clear(&error), "{kind:?}: {error}");
        }
    }
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let samples = samples();
    for (kind, ..) in &samples {
        for (other, path, bytes) in samples.iter().filter(|(other, ..)| other != kind) {
            match said(*kind, "damaged", bytes) {
                Err(error) => assert!(is_clear(&error), "{kind:?} {path}: {error}"),
                Ok(read) => {
                    panic!("{path} ({other:?}) was read as {kind:?}: {}", &read[..read.len().min(200)])
                }
            }
        }
    }
}

#[test]
fn what_is_only_put_differently_is_read_identically() {
    for (kind, path, bytes) in samples() {
        let expected = said(kind, "file", &bytes).unwrap();
        assert_eq!(said(kind, "some other name.bin", &bytes).unwrap(), expected, "{path}");
        if !is_text(kind) {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let marked = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
        };
        let (plain, mark) = (text.replace("\r\n", "\n"), "\u{feff}");
        let mut variants = vec![
            ("UTF-8 with its mark", format!("{mark}{text}").into_bytes()),
            ("UTF-16, little end first", marked(u16::to_le_bytes)),
            ("UTF-16, big end first", marked(u16::to_be_bytes)),
            ("CRLF", plain.replace('\n', "\r\n").into_bytes()),
        ];
        if kind != Kind::Boundaries {
            variants.push(("a title above", format!("A title\n\n{plain}").into_bytes()));
            let spaced = plain.replace(",E", ", E").replace("\",\"", "\" ,\u{a0}\"");
            variants.push(("stray spaces", spaced.replace(",\u{a0}\"", ", \"").into_bytes()));
            variants.push(("empty lines", plain.replace('\n', "\n\n").into_bytes()));
        }
        for (variant, bytes) in variants {
            let read = said(kind, "damaged", &bytes).unwrap_or_else(|e| panic!("{path}, {variant}: {e}"));
            // Rows stand elsewhere under a title and between empty lines.
            let without_rows = |text: &str| text.split("row: ").map(after_number).collect::<String>();
            assert_eq!(without_rows(&read), without_rows(&expected), "{path}, {variant}");
        }
    }
}

fn after_number(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_digit())
}

#[test]
fn columns_in_another_order_are_read_identically() {
    for (kind, path, bytes) in samples() {
        if !is_text(kind) || kind == Kind::Boundaries {
            continue;
        }
        let expected = said(kind, "file", &bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let turned: String = text
            .lines()
            .map(|line| fields(line).into_iter().rev().collect::<Vec<_>>().join(",") + "\n")
            .collect();
        let read = said(kind, "damaged", turned.as_bytes()).unwrap();
        // The column that a figure is traced to is another.
        let without_columns = |text: &str| text.split("column: ").map(after_number).collect::<String>();
        let (read, expected) = (without_columns(&read), without_columns(&expected));
        let sorted = |text: &str| {
            let mut parts: Vec<String> = text.split(' ').map(str::to_owned).collect();
            parts.sort();
            parts
        };
        // Of a lookup the areas come in the order of the columns.
        assert_eq!(sorted(&read), sorted(&expected), "{path}");
    }
}

/// The fields of a line with their quotation marks.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut inside) = (vec![String::new()], false);
    for c in line.chars() {
        inside ^= c == '"';
        match (c, fields.last_mut()) {
            (',', _) if !inside => fields.push(String::new()),
            (c, Some(last)) => last.push(c),
            _ => {}
        }
    }
    fields
}

#[test]
fn a_renamed_or_missing_heading_is_named() {
    for (kind, path, bytes) in samples() {
        if !is_text(kind) || kind == Kind::Boundaries {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let (headings, rows) = text.split_once('\n').unwrap();
        let renamed = fields(headings).iter().map(|_| "other").collect::<Vec<_>>().join(",");
        let error = said(kind, "damaged", format!("{renamed}\n{rows}").as_bytes()).unwrap_err().to_string();
        assert!(
            error.contains("there is no column") && error.contains("expected the headings"),
            "{path}: {error}"
        );
        let error = said(kind, "damaged", rows.as_bytes()).unwrap_err().to_string();
        assert!(error.contains("there is no column"), "{path}: {error}");
    }
}

/// Every kind of text that is cut off inside a row is refused at that row; between rows it is a shorter file.
#[test]
fn a_file_that_is_cut_off_inside_a_row_is_refused() {
    for (kind, path, bytes) in samples() {
        if !is_text(kind) {
            for parts in 1..20 {
                let error = said(kind, "damaged", &bytes[..bytes.len() * parts / 20]).unwrap_err();
                assert!(is_clear(&error), "{path}: {error}");
            }
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let last = text.trim_end().rfind('\n').unwrap_or(0);
        let last_field = text.trim_end().rfind(',').unwrap();
        for cut in (last + 2..=last_field).step_by(((last_field - last) / 20).max(3)) {
            let error = said(kind, "damaged", &text.as_bytes()[..cut]).expect_err("half a row");
            assert!(is_clear(&error), "{path} cut at {cut}: {error}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_refused_or_read_and_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
        doubled in prop::option::of((any::<prop::sample::Index>(), any::<prop::sample::Index>())),
    ) {
        for (kind, path, bytes) in SAMPLES.with(Clone::clone) {
            let mut damaged = bytes;
            for (at, byte) in &changes {
                let at = at.index(damaged.len());
                damaged[at] = *byte;
            }
            if let Some((from, to)) = doubled {
                let (a, b) = (from.index(damaged.len()), to.index(damaged.len()));
                let part = damaged[a.min(b)..a.max(b)].to_vec();
                damaged.extend(part);
            }
            if let Some(cut) = cut {
                damaged.truncate(cut.index(damaged.len()));
            }
            if let Err(error) = said(kind, "damaged", &damaged) {
                prop_assert!(is_clear(&error), "{path}: {error}");
            }
        }
    }
}

thread_local! {
    static SAMPLES: Vec<(Kind, &'static str, Vec<u8>)> = samples();
}

/// The whole of the real files, each damaged in a few ways that do not depend on chance.
#[test]
fn the_whole_files_damaged() {
    let whole = [
        ("england/lsoa21_points.csv", Kind::Areas),
        ("england/iod2025_file7_lsoa21.csv", Kind::Deprivation),
        ("england/utla23_boundaries.geojson", Kind::Boundaries),
        ("luton/onspd_luton.csv", Kind::Postcodes),
    ];
    for (path, kind) in whole {
        let Some(bytes) = real(path) else { continue };
        let middle = bytes.len() / 2;
        let mut holed = bytes.clone();
        holed[middle..middle + 64].fill(0);
        let mut noisy = bytes.clone();
        noisy[middle..middle + 8].copy_from_slice(b"\xff\xfe\x81\x00\x9d\xc3\x28\x07");
        for damaged in [&holed[..], &noisy, &bytes[..middle]] {
            if let Err(error) = said(kind, "damaged", damaged) {
                assert!(is_clear(&error), "{path}: {error}");
            } else {
                assert!(damaged.len() == middle, "{path}: bytes that are not text were read");
            }
        }
    }
}

/// One cell in the last row and column of a sheet: 17 thousand million blank ones, were they all kept.
#[test]
fn a_cell_in_the_far_corner_is_refused() {
    let kinds =
        [Kind::Cover, Kind::Programme, Kind::Deprivation, Kind::Areas, Kind::Postcodes, Kind::Fingertips];
    for kind in kinds {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("Subgroups").unwrap();
        sheet.write_string(0, 0, "Code").unwrap();
        sheet.write_string(1_048_575, 16_383, "far").unwrap();
        let error = said(kind, "damaged", &book.save_to_buffer().unwrap()).unwrap_err();
        assert!(is_clear(&error), "{kind:?}: {error}");
    }
}
