//! `het vaccines synthesise`: synthetic children with histories, in the form that the other commands read.

use std::io::{BufWriter, Write};

use super::parquet_text::TextParquet;
use crate::arguments::{Format, Synthesise};
use crate::failure::Failure;
use crate::write;

/// Writes the children one by one.
pub fn run(asked: &Synthesise) -> Result<(), Failure> {
    let format = asked.format.or_else(|| write::by_ending(&asked.out)).unwrap_or(Format::Csv);
    let out = write::open(&asked.out)?;
    match format {
        Format::Parquet => {
            let mut out = TextParquet::new(out);
            csv(asked, &mut out)?;
            Ok(out.finish()?)
        }
        Format::Csv => {
            let mut out = BufWriter::with_capacity(1 << 18, out);
            csv(asked, &mut out)?;
            Ok(out.flush()?)
        }
        Format::Json => {
            let mut out = BufWriter::with_capacity(1 << 18, out);
            for child in synthetic::children(asked.seed, asked.children, asked.as_of) {
                let doses = child.doses.iter();
                let doses: Vec<_> = doses
                    .map(
                        |(vaccine, date)| serde_json::json!({ "vaccine": vaccine, "date": date.to_string() }),
                    )
                    .collect();
                let line = serde_json::json!({
                    "id": child.id, "born": child.born.to_string(), "sex": child.sex, "practice": child.practice,
                    "area": child.area, "quintile": child.quintile, "ethnicity": child.ethnicity,
                    "conditions": [], "doses": doses,
                });
                writeln!(out, "{line}")?;
            }
            Ok(out.flush()?)
        }
    }
}

fn csv(asked: &Synthesise, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "id,born,sex,practice,area,quintile,ethnicity,conditions,doses")?;
    for child in synthetic::children(asked.seed, asked.children, asked.as_of) {
        let (id, born, sex, practice) = (child.id, child.born, child.sex, child.practice);
        write!(out, "{id},{born},{sex},{practice},{},{},{},,", child.area, child.quintile, child.ethnicity)?;
        for (place, (vaccine, date)) in child.doses.iter().enumerate() {
            let between = if place == 0 { "" } else { ";" };
            write!(out, "{between}{vaccine} {date}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
