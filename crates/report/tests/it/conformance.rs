//! Documents held to their standards by tools of another make: see `tests/peer/README.md`.

use std::path::{Path, PathBuf};
use std::process::Command;

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use report::documents::{Block, Cell, Document, excel, pdf, word};

use crate::documents::{leave, progress};

/// The rules of PDF/UA-1 that a file breaks.
fn broken(bytes: &[u8]) -> Vec<String> {
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    let report = validate_pdf_bytes(bytes, &options).unwrap();
    report.failures.iter().map(|failure| format!("{}: {}", failure.rule_id, failure.message)).collect()
}

#[test]
fn the_pdf_conforms_to_pdf_ua_1() {
    for (recommendations, indicators) in [(0, 0), (3, 2)] {
        let bytes = pdf(&progress(recommendations, indicators).document()).unwrap();
        assert_eq!(broken(&bytes), Vec::<String>::new());
    }
}

#[test]
fn the_checker_sees_a_fault() {
    let mut bytes = pdf(&progress(1, 1).document()).unwrap();
    let at = bytes.windows(5).position(|window| window == b"/Alt(").unwrap();
    bytes[at + 3] = b'x';
    assert!(broken(&bytes).iter().any(|rule| rule.contains(":7.3:")), "{:?}", broken(&bytes));
}

/// A command that may not be on this machine: from a variable, or from the path.
fn command(variable: &str, name: &str) -> Option<PathBuf> {
    let found = std::env::var_os(variable).map(PathBuf::from).or_else(|| {
        let folders = std::env::var_os("PATH")?;
        std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
    });
    if found.is_none() {
        println!("skipped: {name} is not on this machine (set {variable} to its path)");
    }
    found
}

#[test]
fn a_second_checker_agrees() {
    let Some(outloud) = command("HET_OUTLOUD", "outloud") else { return };
    let path = leave("second-check.pdf", &pdf(&progress(3, 2).document()).unwrap());
    let said = Command::new(outloud).args(["--no-info", "--criteria"]).arg(&path).output().unwrap();
    let words = String::from_utf8_lossy(&said.stdout);
    assert!(said.status.success() && words.contains("PASS"), "{words}");
    assert!(!words.contains("  FAIL "), "{words}");
}

/// Converts a file with LibreOffice, in a profile of its own so that nobody's settings matter.
fn convert(soffice: &Path, file: &Path, format: &str, folder: &Path) {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let said = Command::new(soffice)
        .args([&profile, "--headless", "--norestore", "--convert-to", format, "--outdir"])
        .arg(folder)
        .arg(file)
        .output()
        .unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

/// Every word that a reader of the document has to find in it.
fn words(document: &Document) -> Vec<String> {
    let mut words = vec![document.title.clone(), document.town.clone()];
    for (_, section) in document.walk() {
        words.push(section.heading.clone());
        for block in &section.blocks {
            match block {
                Block::Paragraph(text) | Block::Lead(text) | Block::Note(text) => words.push(text.clone()),
                Block::List(items) => words.extend(items.clone()),
                Block::KeyValues(pairs) => words.extend(pairs.iter().map(|pair| pair.1.clone())),
                Block::Status(_, status, reasons) => {
                    words.push(status.clone());
                    words.extend(reasons.clone());
                }
                Block::Table(table) => {
                    words.push(table.caption.clone());
                    let cells = table.rows.iter().flat_map(|row| row.iter().enumerate());
                    words.extend(cells.map(|(column, cell)| table.shown(cell, column)));
                }
                Block::Charts(_) => {}
            }
        }
    }
    words.extend(document.methods.iter().map(|method| method.words.clone()));
    words.extend(document.vintage.iter().map(|vintage| vintage.licence.clone()));
    words
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn another_program_opens_the_word_file_and_finds_every_word() {
    let Some(soffice) = command("HET_SOFFICE", "soffice") else { return };
    let document = progress(3, 2).document();
    let file = leave("opened.docx", &word(&document).unwrap());
    let folder = file.with_file_name("opened-word");
    convert(&soffice, &file, "txt:Text (encoded):UTF8", &folder);
    let text = squeezed(&std::fs::read_to_string(folder.join("opened.txt")).unwrap());
    for words in words(&document) {
        assert!(text.contains(&squeezed(&words)), "'{words}' is lost");
    }
    convert(&soffice, &file, "pdf", &folder);
    assert!(folder.join("opened.pdf").is_file());
}

#[test]
fn another_program_opens_the_workbook_and_finds_every_cell() {
    let Some(soffice) = command("HET_SOFFICE", "soffice") else { return };
    let document = progress(3, 2).document();
    let file = leave("opened.xlsx", &excel(&document).unwrap());
    let folder = file.with_file_name("opened-excel");
    // Every sheet as a CSV file of its own, cells as they are stored and not as they are shown.
    convert(
        &soffice,
        &file,
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
        &folder,
    );
    let mut text = String::new();
    let mut sheets = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
            sheets += 1;
        }
    }
    assert_eq!(
        sheets,
        document.tables().len() + 2,
        "a sheet for each table, one for the words, one for the sources"
    );
    let text = squeezed(&text.replace("\"\"", "\""));
    let stated = words(&document).into_iter().filter(|words| !words.is_empty());
    for words in stated {
        assert!(text.contains(&squeezed(&words)), "'{words}' is lost");
    }
    let read: Vec<f64> = text.split([' ', ',', '"']).filter_map(|word| word.parse().ok()).collect();
    for cell in document.tables().into_iter().flat_map(|table| table.rows.iter().flatten()) {
        if let Cell::Number(number) = cell {
            assert!(read.iter().any(|found| (found - number).abs() < 1e-9), "{number} is lost");
        }
    }
    assert!(text.contains("suppressed") && text.contains("missing"));
}
