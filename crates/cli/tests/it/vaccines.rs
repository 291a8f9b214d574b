//! `het vaccines`: files in every format, CDC's workbooks, FHIR, and what is refused.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::program::{piped, piped_done};

fn het(arguments: &[&str], input: &str) -> Output {
    piped("vaccines", arguments, input)
}

fn said(arguments: &[&str], input: &str) -> String {
    piped_done("vaccines", arguments, input)
}

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn path(folder: &Path, file: &str) -> String {
    folder.join(file).to_str().unwrap().to_owned()
}

#[test]
fn every_format_is_forecast_alike() {
    let folder = folder("formats");
    let mut answers = Vec::new();
    for ending in ["csv", "jsonl", "parquet"] {
        let file = path(&folder, &format!("children.{ending}"));
        said(&["synthesise", "--children", "300", "--seed", "5", "--out", &file], "");
        answers.push(said(&["forecast", &file, "--as-of", "2026-11-01", "--format", "csv"], ""));
    }
    assert_eq!(answers[0].lines().count(), 301);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let (children, forecast) = (path(&folder, "children.csv"), path(&folder, "forecast.parquet"));
    said(&["forecast", &children, "--as-of", "2026-11-01", "--out", &forecast], "");
    let columns = std::fs::read(&forecast).unwrap();
    assert_eq!(&columns[..4], b"PAR1");
}

#[test]
fn a_row_for_each_dose_is_a_row_for_each_child() {
    let by_dose = "id,born,vaccine,date\n7,2026-10-20,hepb,2026-10-20\n7,2026-10-20,xyz,2026-10-21\n8,,,\n";
    let by_child = "id,born,doses\n7,2026-10-20,hepb 2026-10-20;xyz 2026-10-21\n8,,\n";
    let arguments = ["forecast", "--as-of", "2026-11-01"];
    let answer = said(&arguments, by_dose);
    assert_eq!(answer, said(&arguments, by_child));
    assert!(answer.contains("7,up-to-date,,,2026-12-15,unknown-vaccine:xyz"), "{answer}");
    assert!(answer.contains("8,unreadable"), "{answer}");
}

#[test]
fn a_call_that_is_wrong_and_data_that_is_refused() {
    for (arguments, input, code, says) in [
        (&["forecast", "--as-of", "2026-11-01"][..], "id,doses\n1,\n", 1, "born"),
        (&["forecast", "--schedule", "nowhere"][..], "", 1, "nowhere"),
        (&["forecast", "--choose", "four-day-grace=perhaps"][..], "", 2, "four-day-grace"),
        (&["explain"][..], "", 2, "--born"),
        (&["outbreak", "--people", "10", "--vaccinated", "11"][..], "", 2, "11 vaccinated"),
        (&["fhir"][..], "{}", 1, "standard output"),
    ] {
        let output = het(arguments, input);
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {words}");
        assert!(words.contains(says), "{arguments:?}: {words}");
    }
}

#[test]
fn an_explanation_ends_with_the_plan() {
    let dose = "mmrv@2026-01-12";
    let text = said(&["explain", "--born", "2025-01-10", "--dose", dose, "--as-of", "2026-07-10"], "");
    assert!(text.contains("+ dose 1 (MMRV, 12 January 2026) counts as dose 1"), "{text}");
    assert!(text.contains("At the visit on 2026-07-10"), "{text}");
    let arguments = ["explain", "--born", "2025-01-10", "--as-of", "2026-07-10", "--no-consent"];
    assert!(said(&arguments, "").contains("there is no consent"));
}

#[test]
fn uptake_and_outbreak_by_group() {
    let file = path(&folder("uptake"), "children.csv");
    said(&["synthesise", "--children", "2000", "--seed", "5", "--out", &file], "");
    let day = ["--as-of", "2026-11-01"];
    for (count, rows) in [("cover", 5), ("now", 5), ("timeliness", 5), ("cohorts", 5)] {
        let arguments = [&["uptake", &file, "--count", count, "--by", "quintile"][..], &day].concat();
        let answer = said(&arguments, "");
        assert!(answer.starts_with("quintile,") && answer.lines().count() > rows, "{answer}");
    }
    let arguments = [&["outbreak", "--file", &file, "--by", "quintile", "--runs", "50"][..], &day].concat();
    assert_eq!(said(&arguments, "").lines().count(), 6);
}

/// TACC's published probability of ten or more infections: 500 pupils, one case, 95% vaccinated.
#[test]
fn an_outbreak_in_a_school() {
    let answer = said(&["outbreak", "--people", "500", "--vaccinated", "475", "--format", "json"], "");
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let probability = answer["probability_of_large"].as_f64().unwrap();
    assert!((probability - 0.04).abs() < 0.04, "{answer}");
}

#[test]
fn cdcs_workbooks_are_checked() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cdsi");
    if !data.is_dir() {
        println!("skipped: CDC's files are not in {}", data.display());
        return;
    }
    for (file, least) in [("cdsi-healthy-cases.xlsx", 690), ("cdsi-condition-cases.xlsx", 200)] {
        let text = said(&["check", "--cases", &path(&data, file), "--schedule", &path(&data, "xml")], "");
        let last: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
        assert!(last["whole"].as_u64().unwrap() >= least, "{last}");
        assert!(last["doses_agree"].is_u64() && last["past_due"].is_u64(), "{last}");
    }
}
