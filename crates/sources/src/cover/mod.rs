//! UKHSA's quarterly vaccination coverage (COVER).
//!
//! Twelve years of releases came in three formats and a dozen layouts. None of them is recognised by a file's
//! or a sheet's name: a table is found where a row of headings names vaccines beside places, what a column
//! holds is read from its heading, and what a mark such as `*` means from the notes of its own sheet. A list of
//! known layouts, each with its columns, was rejected: the next release would differ from them all.

mod figures;
mod headings;
mod indicators;
mod markers;
mod notes;
mod period;
mod places;
mod rows;
mod squash;
mod table;

use std::collections::HashMap;
use std::sync::Arc;

use vocabulary::{Age, AreaCode, AreaKind, Figure, Observation, Period, Polarity, Sex, Withheld};

use self::figures::{Figures, Record};
use self::markers::Legend;
use self::notes::Caveat;
use self::places::{PlaceKind, Places};
use self::table::Table;
use crate::error::Place;
use crate::workbook::{Limits, Sheet};
use crate::{Finding, Findings, Severity, SourceError};

/// The largest published release has half a million bytes, 2.2 million in its largest part, and 40,000 cells.
const LIMITS: Limits =
    Limits { what: "a COVER workbook (.xls, .xlsx or .ods)", file: 32, part: 64, cells: 1 };

/// One quarterly release.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The quarter that it evaluates, read from inside the file.
    pub period: Period,
    /// One for each indicator, age and area.
    pub observations: Vec<Observation>,
    /// What the release says about figures, areas or itself, in its order.
    pub notes: Vec<Note>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Something that the release says, and which area or indicator it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The words as published.
    pub text: String,
    /// The cell that they stand in.
    pub origin: vocabulary::Origin,
    /// The areas it speaks of; empty when it speaks of the whole release.
    pub areas: Vec<vocabulary::AreaCode>,
}

/// How an indicator of this source is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indicator {
    /// The stable code, as [`Observation::indicator`] holds it.
    pub code: &'static str,
    /// The name shown to people: `MMR first dose`.
    pub name: &'static str,
    /// What is counted, in a sentence.
    pub definition: &'static str,
    /// The unit of the figure: `%`.
    pub unit: &'static str,
    /// Which way is better.
    pub polarity: Polarity,
    /// Where the name and definition come from.
    pub source: &'static str,
}

/// Every indicator that a release can hold.
pub fn indicators() -> &'static [Indicator] {
    indicators::TABLE
}

/// Reads one release from its name and its bytes (`.xls`, `.xlsx` or `.ods`, told apart by the bytes).
///
/// Each figure is a percentage from 0 to 100, as precise as the file has it, with the number of children who
/// reached the age as its denominator where any table of the release gives it. In a release that has no table
/// by authority, the figure of a former primary care trust is also that of the authority with its boundary.
///
/// # Errors
/// A file that is damaged, is not a workbook, or holds no coverage table.
pub fn read(name: &str, bytes: &[u8]) -> Result<Cover, SourceError> {
    let sheets = crate::workbook::open(name, bytes, &LIMITS)?;
    let mut findings = Findings::new();
    let file: Arc<str> = name.into();
    let (prose, tabular): (Vec<&Sheet>, Vec<&Sheet>) =
        sheets.iter().partition(|sheet| notes::is_prose(sheet));
    let tables: Vec<Vec<Table<'_>>> = tabular.iter().map(|sheet| table::tables(sheet)).collect();
    if tables.iter().all(Vec::is_empty) {
        let expected = "a sheet with a row of headings that names vaccines beside local authorities";
        return Err(crate::error::unexpected(name, "no sheet holds a table of coverage", expected));
    }
    let period = period::of(name, &sheets, &mut findings)?;
    let mut places = Places::default();
    tables.iter().flatten().for_each(|table| rows::learn(table, &mut places));

    let mut legend_of_all = Legend::default();
    prose.iter().for_each(|sheet| legend_of_all.fall_back_on(&notes::numbered(sheet)));
    let release = rows::Release { file: file.clone(), period, places: &places };
    let mut figures = Figures::default();
    let mut notes = Vec::new();
    for (sheet, tables) in tabular.iter().zip(&tables) {
        let mut legend = Legend::of(sheet, |row| tables.iter().any(|t| (t.top..t.first).contains(&row)));
        legend.fall_back_on(&legend_of_all);
        let mut records = Vec::new();
        tables.iter().for_each(|table| rows::read(table, &release, &legend, &mut records, &mut findings));
        figures::doubt_totals(&mut records, &mut findings);
        records.into_iter().for_each(|record| figures.add(record));
        let in_table = |row: usize| tables.iter().any(|t| (t.top..t.first).contains(&row));
        notes::of_sheet(&file, sheet, in_table, &mut notes);
    }
    let mut caveats = Vec::new();
    prose.iter().for_each(|sheet| notes::caveats(&file, sheet, &places, &mut notes, &mut caveats));
    figures.tell(&mut findings);
    let mut records = figures.records;
    stand_in_for_authorities(name, &mut records, &mut findings);
    if records.is_empty() {
        let expected = "at least one row of figures for a place that het knows";
        return Err(crate::error::unexpected(name, "the tables of coverage hold no figures", expected));
    }
    let observations = observations(&records, period, &places, &caveats);
    Ok(Cover { period, observations, notes, findings })
}

/// Until the first tables by authority, of July to September 2013, authorities with the boundary of a former
/// primary care trust had the trust's figures.
fn stand_in_for_authorities(name: &str, records: &mut Vec<Record>, findings: &mut Findings) {
    if records.iter().any(|record| record.kind == PlaceKind::UpperTier) {
        return;
    }
    let mut authorities = Vec::new();
    for record in records.iter().filter(|record| record.kind == PlaceKind::Pct) {
        if let Some(code) = places::coterminous(record.code) {
            let mut record = Record { code, kind: PlaceKind::UpperTier, ..record.clone() };
            record
                .notes
                .push("the figure of the former primary care trust, which had the same boundary".into());
            authorities.push(record);
        }
    }
    if !authorities.is_empty() {
        findings.push(Finding {
            severity: Severity::Note,
            place: Place { file: name.into(), ..Place::default() },
            message: "has no table by local authority: authorities with the boundary of a former primary care trust have its figures".to_owned(),
        });
    }
    records.append(&mut authorities);
}

fn observations(records: &[Record], period: Period, places: &Places, caveats: &[Caveat]) -> Vec<Observation> {
    let mut words: HashMap<String, Arc<str>> = HashMap::new();
    let mut names: HashMap<AreaCode, Arc<str>> = HashMap::new();
    let mut ages: HashMap<u16, Arc<str>> = HashMap::new();
    let codes: Vec<Arc<str>> = indicators::TABLE.iter().map(|row| row.code.into()).collect();
    let nothing: Arc<str> = "".into();
    let mut of_area: HashMap<AreaCode, Vec<&Caveat>> = HashMap::new();
    for caveat in caveats {
        caveat.areas().iter().for_each(|area| of_area.entry(*area).or_default().push(caveat));
    }
    let mut note_of = |record: &Record| {
        let mut parts = record.notes.clone();
        for caveat in of_area.get(&record.code).into_iter().flatten().filter(|c| c.speaks_of(record)) {
            if !parts.contains(&caveat.words()) {
                parts.push(caveat.words());
            }
        }
        if parts.is_empty() {
            return nothing.clone();
        }
        let joined = parts.join("; ");
        words.entry(joined).or_insert_with_key(|joined| joined.as_str().into()).clone()
    };
    records
        .iter()
        .map(|record| Observation {
            indicator: codes[record.vaccine.index()].clone(),
            age: ages
                .entry(record.age)
                .or_insert_with(|| Age::from_months(record.age).to_string().into())
                .clone(),
            sex: Sex::Persons,
            group: nothing.clone(),
            area: record.code,
            area_name: names.entry(record.code).or_insert_with(|| places.name(record.code)).clone(),
            area_kind: record.code.kind().unwrap_or_else(|| kind(record)),
            period,
            numerator: record.numerator,
            denominator: record.denominator,
            figure: told_by_caveats(record, of_area.get(&record.code)),
            origin: record.origin.clone(),
            note: note_of(record),
        })
        .collect()
}

/// A figure that is not there because a caveat says that its children are counted with another place's has no
/// meaning there; any other is missing.
fn told_by_caveats(record: &Record, caveats: Option<&Vec<&Caveat>>) -> Figure {
    let elsewhere = |caveat: &&Caveat| {
        let words = caveat.words().to_lowercase();
        words.contains("included in") || words.contains("recorded under")
    };
    let mut speaking = caveats.into_iter().flatten().copied().filter(|caveat| caveat.speaks_of(record));
    match record.figure {
        Figure::Withheld(Withheld::Missing) if speaking.any(|caveat| elsewhere(&caveat)) => {
            Figure::Withheld(Withheld::NotApplicable)
        }
        figure => figure,
    }
}

fn kind(record: &Record) -> AreaKind {
    record.kind.area_kind()
}
