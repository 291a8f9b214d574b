//! The CSV that OHID's Fingertips gives for download.
//!
//! A download repeats itself: an area stands under each of its parents, and England in every extract. A figure is kept
//! once. The same figure with another value is contradicted, and the first is kept.

mod layout;
mod words;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Read;
use std::sync::Arc;

use vocabulary::{Observation, Period, Sex};

use crate::findings::notice;
use crate::table::Table;
use crate::{Finding, Findings, Severity, SourceError};

/// One figure with what Fingertips says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct FingertipsFigure {
    /// The figure. The indicator is `fingertips-` and the Indicator ID; the group is `category type: category`.
    pub observation: Observation,
    /// The 95% confidence limits, lower and upper.
    pub limits_95: Option<(f64, f64)>,
    /// The 99.8% confidence limits, lower and upper.
    pub limits_998: Option<(f64, f64)>,
    /// The recent trend in Fingertips' words; empty when not given.
    pub trend: Arc<str>,
    /// Compared to England in Fingertips' words; empty when not given.
    pub compared_to_england: Arc<str>,
    /// Compared to the parent area in Fingertips' words; empty when not given.
    pub compared_to_parent: Arc<str>,
    /// Compared to the goal in Fingertips' words; empty when not given.
    pub compared_to_goal: Arc<str>,
}

/// An indicator that the file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FingertipsIndicator {
    /// The code in het: `fingertips-` and the number.
    pub code: Arc<str>,
    /// Fingertips' number.
    pub id: u32,
    /// The name as published.
    pub name: Arc<str>,
}

/// What a download holds.
#[derive(Debug, Clone)]
pub struct Fingertips {
    /// Its indicators, in the order of the file.
    pub indicators: Vec<FingertipsIndicator>,
    /// Its figures, in the order of the file, each once.
    pub figures: Vec<FingertipsFigure>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Reads a download held in memory, from its name and its bytes (CSV). For hundreds of megabytes, use [`each`].
///
/// # Errors
/// A file without the columns that a figure needs, or with a value that its column cannot hold.
pub fn read(name: &str, bytes: &[u8]) -> Result<Fingertips, SourceError> {
    let mut figures = Vec::new();
    let (indicators, findings) = each(name, bytes, |figure| {
        figures.push(figure);
        Ok::<(), SourceError>(())
    })?;
    Ok(Fingertips { indicators, figures, findings })
}

/// Reads a download as a stream, handing over one figure at a time, each once; then its indicators and what the reader
/// noticed.
///
/// # Errors
/// As [`read`], and whatever `take` returns.
pub fn each<E: From<SourceError>>(
    name: &str,
    from: impl Read,
    mut take: impl FnMut(FingertipsFigure) -> Result<(), E>,
) -> Result<(Vec<FingertipsIndicator>, Findings), E> {
    let (mut table, layout) = Table::csv(name, from, layout::find)?;
    let mut words = words::Words::new(name);
    let mut findings = Findings::new();
    let mut met: HashMap<Key, [u64; 3]> = HashMap::new();
    let mut left_out: Vec<(String, u32, u64)> = Vec::new();
    while let Some(row) = table.next()? {
        if row.is_total(layout.area_code) {
            notice(&mut findings, row.finding(Severity::Note, "the row names no area: it was left out"));
            continue;
        }
        let Some(figure) = layout.figure(row, &mut words)? else {
            let of = row.text(layout.area_type);
            match left_out.iter_mut().find(|(kind, ..)| *kind == of) {
                Some((.., count)) => *count += 1,
                None => left_out.push((of.into_owned(), row.number(), 1)),
            }
            continue;
        };
        match met.entry(Key::of(&figure.observation)) {
            Entry::Vacant(entry) => {
                entry.insert(value_of(&figure.observation));
                take(figure)?;
            }
            Entry::Occupied(entry) if *entry.get() != value_of(&figure.observation) => {
                let message = "the same figure stands above with another value: the first was kept";
                notice(&mut findings, row.finding(Severity::Warning, message));
            }
            Entry::Occupied(_) => {}
        }
    }
    if met.is_empty() && left_out.is_empty() {
        let expected = "a row for each figure";
        return Err(crate::error::unexpected(name, "there is no row under the headings", expected).into());
    }
    for (kind, row, count) in left_out {
        let message = format!(
            "{count} rows are of '{kind}', a kind of place that het does not know: they were left out"
        );
        let place = crate::Place { row, ..table.place() };
        findings.push(Finding { severity: Severity::Warning, place, message });
    }
    findings.extend(table.into_findings());
    Ok((words.indicators(), findings))
}

/// Which figure it is. The texts are shared by every figure that has them, so that where they lie tells them apart.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    indicator: usize,
    age: usize,
    group: usize,
    sex: Sex,
    area: vocabulary::AreaCode,
    period: Period,
}

impl Key {
    fn of(observation: &Observation) -> Key {
        let at = |text: &Arc<str>| text.as_ptr() as usize;
        Key {
            indicator: at(&observation.indicator),
            age: at(&observation.age),
            group: at(&observation.group),
            sex: observation.sex,
            area: observation.area,
            period: observation.period,
        }
    }
}

fn value_of(observation: &Observation) -> [u64; 3] {
    let bits = |number: Option<f64>| number.map_or(u64::MAX, f64::to_bits);
    [bits(observation.numerator), bits(observation.denominator), bits(observation.figure.value())]
}
