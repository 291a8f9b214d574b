//! The same figures in each format, read again by a reader of that format.

use std::path::Path;

use arrow::array::{Array, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::program::Place;

/// Two figures and one that is withheld; a name with a comma and a quotation mark, and text beyond ASCII.
const FINGERTIPS: &str = "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,\
    Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,\
    Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to England value or percentiles,\
    Compared to parent value or percentiles,Time period Sortable,New data,Compared to goal,Time period range\n\
    30309,MMR for one dose (2 years old),E12000006,East of England,E06000032,Luton,Counties & UAs,Persons,2 yrs,,,\
    2022/23,83.59055118110236,82.3,84.8,,,2654,3175,\"a note, with \"\"quotation marks\"\" and an é\",,,,20220000,,,1y\n\
    30309,MMR for one dose (2 years old),E12000006,East of England,E06000032,Luton,Counties & UAs,Persons,2 yrs,,,\
    2023/24,,,,,,,,Value suppressed for disclosure control due to small count,,,,20230000,,,1y\n\
    30309,MMR for one dose (2 years old),E12000006,East of England,E06000055,Bedford,Counties & UAs,Persons,2 yrs,,,\
    2023/24,91.2,90.1,92.2,,,,,,,,,20230000,,,1y\n";

const TEXTS: [&str; 13] = [
    "indicator",
    "age",
    "area_code",
    "area_name",
    "period_start",
    "period_end",
    "status",
    "file",
    "sheet",
    "cell",
    "note",
    "source",
    "sex",
];
const NUMBERS: [&str; 3] = ["numerator", "denominator", "value"];

/// The rows of an export, each as its texts and then its numbers; nothing is an empty text.
type Rows = Vec<(Vec<String>, Vec<Option<f64>>)>;

#[test]
fn every_format_holds_the_same_figures() {
    let place = Place::sqlite();
    let file = |name: &str| place.folder.path().join(name).display().to_string();
    std::fs::write(file("figures.csv"), FINGERTIPS).unwrap();
    place.done(&["import", "fingertips", &file("figures.csv")]);
    for format in ["csv", "json", "parquet"] {
        let words =
            ["export", "observations", "--source", "fingertips", "--format", format, "--out", &file(format)];
        place.done(&words);
    }
    let rows = from_csv(Path::new(&file("csv")));
    assert_eq!(rows.len(), 3);
    let luton = &rows.iter().find(|(texts, _)| texts[6] == "value" && texts[3] == "Luton").unwrap();
    assert_eq!(luton.1, [Some(2654.0), Some(3175.0), Some(83.59055118110236)]);
    assert_eq!(luton.0[10], "a note, with \"quotation marks\" and an é");
    assert!(rows.iter().any(|(texts, numbers)| texts[6] == "suppressed" && numbers == &[None, None, None]));
    assert_eq!(from_json(Path::new(&file("json"))), rows);
    assert_eq!(from_parquet(Path::new(&file("parquet"))), rows);
}

fn from_csv(path: &Path) -> Rows {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headings = reader.headers().unwrap().clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let row = |record: csv::StringRecord| {
        let texts = TEXTS.iter().map(|name| record[column(name)].to_owned()).collect();
        let numbers = NUMBERS.iter().map(|name| record[column(name)].parse().ok()).collect();
        (texts, numbers)
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn from_json(path: &Path) -> Rows {
    let row = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        let texts = TEXTS.iter().map(|name| object[*name].as_str().unwrap_or_default().to_owned()).collect();
        (texts, NUMBERS.iter().map(|name| object[*name].as_f64()).collect())
    };
    std::fs::read_to_string(path).unwrap().lines().map(row).collect()
}

fn from_parquet(path: &Path) -> Rows {
    let file = std::fs::File::open(path).unwrap();
    let batches = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    batches.flat_map(|batch| of_batch(&batch.unwrap())).collect()
}

fn of_batch(batch: &RecordBatch) -> Rows {
    let column = |name: &str| batch.column_by_name(name).unwrap();
    let text = |name: &&str, row: usize| {
        let texts = column(name).as_any().downcast_ref::<StringArray>().unwrap();
        if texts.is_null(row) { String::new() } else { texts.value(row).to_owned() }
    };
    let number = |name: &&str, row: usize| {
        let numbers = column(name).as_any().downcast_ref::<Float64Array>().unwrap();
        (!numbers.is_null(row)).then(|| numbers.value(row))
    };
    assert!(column("version").as_any().downcast_ref::<Int64Array>().unwrap().iter().all(|v| v == Some(1)));
    let row = |row: usize| {
        (TEXTS.iter().map(|n| text(n, row)).collect(), NUMBERS.iter().map(|n| number(n, row)).collect())
    };
    (0..batch.num_rows()).map(row).collect()
}
