//! `het spc`: every format, icons, the list, and what is refused.

use std::path::Path;
use std::process::Output;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Float64Type, UInt32Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::program::{piped, piped_done};

fn het(arguments: &[&str], input: &str) -> Output {
    piped("spc", arguments, input)
}

fn said(arguments: &[&str], input: &str) -> String {
    piped_done("spc", arguments, input)
}

fn refused(arguments: &[&str], input: &str, code: i32) -> String {
    let output = het(arguments, input);
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

/// Moving ranges of Montgomery's first example of individuals, with a gap and a target: the mean and 2.66 × the average range
/// are worked by hand: (10 + 12 + 11 + 13) / 4 and (2 + 1) / 2, for the last range lies across the gap.
const SERIES: &str = "series,date,value,target\na,2025-01,10,20\na,2025-02,12,20\na,2025-03,11,20\na,2025-04,,20\na,2025-05,13,20\n";
const BY: [&str; 2] = ["--profile", "ptd-0.2.2"];

fn csv(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn a_chart_has_the_same_figures_in_every_format() {
    let rows = csv(&said(&BY, SERIES));
    assert_eq!(rows[0].join(","), "series,date,value,centre,lower,upper,rules,part");
    assert_eq!(rows[1][..4].join(","), "a,2025-01,10,11.5");
    let upper: f64 = rows[1][5].parse().unwrap();
    assert!((upper - (11.5 + 2.66 * 1.5)).abs() < 1e-12, "{upper}");
    assert_eq!(rows[4][2], "");

    let lines = said(&[&BY[..], &["--format", "json"]].concat(), SERIES);
    let objects: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 5);
    for (row, object) in rows[1..].iter().zip(&objects) {
        for (heading, text) in rows[0].iter().zip(row) {
            let value = match &object[heading] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                number => number.as_f64().unwrap().to_string(),
            };
            assert_eq!(&value, text, "{heading}");
        }
    }

    let file = tempfile::tempdir().unwrap();
    let path = file.path().join("chart.parquet");
    // The ending says the format.
    said(&[&BY[..], &["--out", path.to_str().unwrap()]].concat(), SERIES);
    let batches = batches(&path);
    let names: Vec<&str> =
        batches[0].schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, rows[0]);
    let values = batches[0].column(2).as_primitive::<Float64Type>();
    assert!(values.is_null(3) && values.value(4) == 13.0);
    assert_eq!(batches[0].column(5).as_primitive::<Float64Type>().value(0), upper);
    assert_eq!(batches[0].column(7).as_primitive::<UInt32Type>().value(0), 1);
}

fn batches(path: &Path) -> Vec<arrow::array::RecordBatch> {
    let file = std::fs::File::open(path).unwrap();
    ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap().map(Result::unwrap).collect()
}

#[test]
fn icons_come_in_every_format_and_in_the_order_of_attention() {
    let mut input = "series,date,value,improvement\n".to_owned();
    for at in 0..14 {
        let (year, month) = (2024 + at / 12, at % 12 + 1);
        input += &format!("calm,{year}-{month:02},{},low-is-good\n", at % 2);
        input += &format!("up,{year}-{month:02},{},low-is-good\n", if at == 13 { 50 } else { at % 2 });
    }
    let rows = csv(&said(&["--icons", "--by-attention"], &input));
    assert_eq!(rows[1].join(","), "up,concern-high,no-target,50,outside");
    assert_eq!(rows[2][..3].join(","), "calm,common-cause,no-target");
    let json = said(&["--icons", "--format", "json"], &input);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!((&first["series"], &first["latest"]), (&"calm".into(), &1.0.into()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("icons.parquet");
    said(&["--icons", "--out", path.to_str().unwrap()], &input);
    let batch = &batches(&path)[0];
    assert_eq!((batch.num_rows(), batch.num_columns()), (2, 5));
    assert_eq!(batch.column(1).as_string::<i32>().value(1), "concern-high");
}

#[test]
fn what_is_refused_names_file_row_column_and_value() {
    let folder = tempfile::tempdir().unwrap();
    let (bad, out) = (folder.path().join("bad.csv"), folder.path().join("out.csv"));
    std::fs::write(&bad, "date,value\n2025-01,1\n2025-02,many\n").unwrap();
    std::fs::write(&out, "as it was\n").unwrap();
    let (bad, kept) = (bad.to_str().unwrap(), out.to_str().unwrap());
    let words = refused(&["--in", bad, "--out", kept], "", 1);
    assert_eq!(
        words,
        format!("het: {bad}: row 3, column 'value': 'many' is not a number, or empty for a gap\n")
    );
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "as it was\n");
    let words = refused(&["--format", "parquet"], "date,value\nnever,1\n", 1);
    assert!(words.starts_with("het: standard input: row 2, column 'date': 'never' is not a date"), "{words}");
    let words = refused(&["--chart", "p"], "date,value\n2025-01,1\n", 1);
    assert!(words.contains("there is no column 'denominator'"), "{words}");
    let words = refused(&["--in", "/nowhere/series.csv"], "", 1);
    assert!(words.contains("/nowhere/series.csv"), "{words}");
    for wrong in [["--chart", "pie"], ["--profile", "mine"], ["--format", "xml"]] {
        assert!(refused(&wrong, SERIES, 2).contains(wrong[1]));
    }
}

#[test]
fn the_registries_are_listed() {
    let list = said(&["--list"], "");
    for name in spc::KINDS.iter().map(|kind| kind.name).chain(spc::profiles().iter().map(spc::Profile::name))
    {
        assert!(list.lines().any(|line| line.trim_start().starts_with(name)), "{name}");
        let kind = spc::Kind::named(name).is_ok();
        if kind {
            let columns = "series,date,value,denominator\na,2025-01,4,9\na,2025-02,5,9\n";
            assert!(said(&["--chart", name], columns).starts_with("series,date,value,centre"), "{name}");
        }
    }
}
