//! Sheets of caveats and of numbered notes.

use std::sync::Arc;

use vocabulary::{AreaCode, Origin};

use super::Note;
use super::figures::Record;
use super::headings;
use super::indicators::Vaccine;
use super::markers::{Legend, is_mark};
use super::places::{PlaceKind, Places, coterminous};
use super::squash::squash;
use crate::workbook::{Cell, Sheet};

/// A caveat of this quarter: the places, and the figures of theirs that it speaks of.
pub(super) struct Caveat {
    areas: Vec<AreaCode>,
    /// The ages in months that it names; empty when it names none.
    ages: Vec<u16>,
    /// The vaccines that it names, at the ages that it names; empty when it names none.
    vaccines: Vec<Vaccine>,
    words: Arc<str>,
}

/// Whether a sheet is prose about the release and holds no table of figures.
pub(super) fn is_prose(sheet: &Sheet) -> bool {
    let title = squash(&sheet.name);
    ["information", "cover", "contents", "notes", "key", "lakey", "revisionhistory"].contains(&title.as_str())
        || title.starts_with("revision")
        || columns(sheet).is_some()
}

/// The row of headings of a sheet of caveats, the column of names, and the columns of caveats with their headings.
type CaveatColumns = (usize, usize, Vec<(usize, String)>);

/// Where a sheet of caveats has its headings; `None` for any other sheet.
fn columns(sheet: &Sheet) -> Option<CaveatColumns> {
    sheet.rows.iter().take(10).enumerate().find_map(|(row, cells)| {
        let texts: Vec<String> = cells.iter().map(|cell| squash(cell.text())).collect();
        let names = |text: &String| {
            text.ends_with("name")
                && !text.starts_with("at")
                && !text.contains("sheet")
                && (text.contains("pct")
                    || text.contains("la")
                    || text.contains("authority")
                    || text.contains("utla"))
        };
        let column = texts.iter().position(names)?;
        let says = |text: &str| {
            text.contains("caveat")
                || text.starts_with("currentquarter")
                || text.starts_with("lastquarter")
                || text.starts_with("previousquarter")
        };
        let of: Vec<(usize, String)> =
            texts.into_iter().enumerate().filter(|(at, text)| *at != column && says(text)).collect();
        let figures = cells
            .iter()
            .filter(|cell| matches!(headings::role(cell.text()), headings::Role::Measure(_)))
            .count();
        (!of.is_empty() && figures == 0).then_some((row, column, of))
    })
}

/// Reads a sheet of caveats: a note for each cell, and the caveats of this quarter for the figures they speak of.
pub(super) fn caveats(
    file: &Arc<str>,
    sheet: &Sheet,
    places: &Places,
    notes: &mut Vec<Note>,
    caveats: &mut Vec<Caveat>,
) {
    let Some((heading, column, of)) = columns(sheet) else { return };
    for row in heading + 1..sheet.rows.len() {
        let name = sheet.cell(row, column).text();
        if name.is_empty() {
            continue;
        }
        let areas = areas(name, places);
        for (at, title) in &of {
            let words = sheet.cell(row, *at).text();
            if words.is_empty() || is_mark(words) {
                continue;
            }
            let before = title.starts_with("last") || title.starts_with("previous");
            let text = if before { format!("Of the quarter before: {words}") } else { words.to_owned() };
            notes.push(Note { text, origin: origin(file, sheet, row, *at), areas: areas.clone() });
            if !before {
                caveats.push(caveat(areas.clone(), words));
            }
        }
    }
}

fn areas(name: &str, places: &Places) -> Vec<AreaCode> {
    let kinds = [PlaceKind::Pct, PlaceKind::UpperTier, PlaceKind::LocalTeam, PlaceKind::Country];
    let Some(found) = kinds.into_iter().find_map(|kind| places.find(kind, &[], name)) else {
        return Vec::new();
    };
    let mut areas = vec![found.code];
    // The authority with the boundary of a former trust has the trust's figures and so its caveats.
    if found.kind == PlaceKind::Pct {
        areas.extend(coterminous(found.code));
    }
    areas
}

fn caveat(areas: Vec<AreaCode>, words: &str) -> Caveat {
    let mut ages = Vec::new();
    let mut vaccines = Vec::new();
    let parts: Vec<String> = words.split_whitespace().map(squash).collect();
    for (at, part) in parts.iter().enumerate() {
        let two = format!("{part}{}", parts.get(at + 1).map_or("", String::as_str));
        ages.extend(headings::age(part).or_else(|| headings::age(&two)));
    }
    ages.sort_unstable();
    ages.dedup();
    for part in &parts {
        let found = |age: Option<u16>| headings::vaccine(part, age);
        if ages.is_empty() {
            vaccines.extend([None, Some(12), Some(24), Some(60)].into_iter().filter_map(found));
        } else {
            vaccines.extend(ages.iter().filter_map(|age| found(Some(*age))));
        }
    }
    vaccines.sort_unstable();
    vaccines.dedup();
    Caveat { areas, ages, vaccines, words: words.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

impl Caveat {
    /// Whether it speaks of a figure.
    pub(super) fn speaks_of(&self, record: &Record) -> bool {
        self.areas.contains(&record.code)
            && (self.ages.is_empty() || self.ages.contains(&record.age))
            && (self.vaccines.is_empty() || self.vaccines.contains(&record.vaccine))
    }

    /// The places it is about.
    pub(super) fn areas(&self) -> &[AreaCode] {
        &self.areas
    }

    /// Its words, on one line.
    pub(super) fn words(&self) -> Arc<str> {
        self.words.clone()
    }
}

/// Reads a sheet of numbered notes into a legend: `1 | The 2017 geographies …` explains `[note 1]`.
pub(super) fn numbered(sheet: &Sheet) -> Legend {
    let mut legend = Legend::default();
    for cells in &sheet.rows {
        if let [Cell::Number(number), Cell::Text(words), ..] = &cells[..] {
            legend.say(format!("[note {number}]"), words);
        }
    }
    legend
}

/// The notes above and below the tables of a sheet, about the sheet as a whole.
pub(super) fn of_sheet(
    file: &Arc<str>,
    sheet: &Sheet,
    in_table: impl Fn(usize) -> bool,
    notes: &mut Vec<Note>,
) {
    for row in (0..sheet.rows.len()).filter(|row| !in_table(*row)) {
        for (column, cell) in sheet.rows[row].iter().enumerate() {
            let text = cell.text();
            let lower = text.to_lowercase();
            let says = text.len() >= 30
                && (text.starts_with(['*', '[', '†'])
                    || lower.starts_with("note")
                    || lower.starts_with("please note")
                    || lower.contains("suppress")
                    || lower.contains("included in"))
                && !lower.contains("caveats worksheet");
            if says && !notes.iter().any(|note| note.text == text) {
                notes.push(Note {
                    text: text.to_owned(),
                    origin: origin(file, sheet, row, column),
                    areas: Vec::new(),
                });
            }
        }
    }
}

fn origin(file: &Arc<str>, sheet: &Sheet, row: usize, column: usize) -> Origin {
    Origin { file: file.clone(), sheet: sheet.name.clone(), row: row as u32 + 1, column: column as u32 + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, ages: &[u16], vaccines: &[Vaccine]) {
        let caveat = caveat(Vec::new(), words);
        assert_eq!((&caveat.ages[..], &caveat.vaccines[..]), (ages, vaccines), "{words}");
    }

    #[test]
    fn a_caveat_speaks_of_the_figures_it_names() {
        check("GP Data only - does not include unregistered population", &[], &[]);
        check("Data for 5-year cohort unavailable due to CHIS data quality issues.", &[60], &[]);
        check("Data quality issues related to 24m and 5y data", &[24, 60], &[]);
        check("The amended figure for 12m PCV1 is 88.6%.", &[12], &[Vaccine::Pcv1]);
        check("issues relating to 5y DTaP/IPV booster", &[60], &[Vaccine::PreSchoolBooster]);
        check("issues with MenB data", &[], &[Vaccine::MenB, Vaccine::MenBBooster]);
    }
}
