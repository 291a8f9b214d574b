//! Finding the tables of a sheet, and which columns of a table make one series of figures.

use vocabulary::Period;

use super::headings::{self, Measure, Part, Role};
use super::indicators::Vaccine;
use super::places::PlaceKind;
use super::squash::squash;
use crate::workbook::{Cell, Sheet};

/// A run of rows under one row of headings, which may be written over several rows.
pub(super) struct Table<'s> {
    pub(super) sheet: &'s Sheet,
    /// The first row of the headings, from 0.
    pub(super) top: usize,
    /// The first row of figures.
    pub(super) first: usize,
    /// The row after the last.
    pub(super) end: usize,
    /// What each column holds.
    pub(super) roles: Vec<Role>,
}

/// The columns that make one series of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) vaccine: Vaccine,
    /// The age in months.
    pub(super) age: u16,
    pub(super) percentage: Option<usize>,
    pub(super) denominator: Option<usize>,
    pub(super) numerator: Option<usize>,
}

/// The series of a table, and what had to be assumed about its headings (column from 0, sentence).
#[derive(Default)]
pub(super) struct Columns {
    pub(super) series: Vec<Series>,
    pub(super) assumed: Vec<(usize, String)>,
}

/// Every table of a sheet, from top to bottom.
pub(super) fn tables(sheet: &Sheet) -> Vec<Table<'_>> {
    let mut tables: Vec<Table<'_>> = Vec::new();
    let mut row = 0;
    while row < sheet.rows.len() {
        let Some((top, first, roles)) = headings_at(sheet, row) else {
            row += 1;
            continue;
        };
        if let Some(last) = tables.last_mut() {
            last.end = last.end.min(top);
        }
        tables.push(Table { sheet, top, first, end: sheet.rows.len(), roles });
        row = first;
    }
    tables
}

/// The headings that begin at a row or the one before it: their first row, the row after them, and the roles.
fn headings_at(sheet: &Sheet, row: usize) -> Option<(usize, usize, Vec<Role>)> {
    let texts = heading_texts(sheet, row)?;
    let roles: Vec<Role> = texts.iter().map(|text| headings::role(text)).collect();
    let (measures, labels) = tally(&roles);
    if measures == 0 || measures + labels < 3 {
        return None;
    }
    let (top, mut texts) = if labels > 0 {
        (row, texts)
    } else {
        // The names of the columns of places stand a row above, beside spanning headings such as Booster.
        let upper = (row.saturating_sub(3)..row)
            .rev()
            .find(|row| sheet.rows[*row].iter().any(|cell| !cell.is_blank()))?;
        let above = heading_texts(sheet, upper)?;
        let (_, labels) = tally(&above.iter().map(|text| headings::role(text)).collect::<Vec<_>>());
        if labels == 0 {
            return None;
        }
        (upper, under(&above, &roles, &texts))
    };
    let mut first = row + 1;
    while let Some(more) = continued(sheet, first, &texts) {
        for (column, text) in more {
            texts[column] = format!("{} {text}", texts[column]);
        }
        first += 1;
    }
    Some((top, first, texts.iter().map(|text| headings::role(text)).collect()))
}

/// A row's texts, when it holds no number and enough short texts to be headings.
fn heading_texts(sheet: &Sheet, row: usize) -> Option<Vec<String>> {
    let cells = sheet.rows.get(row)?;
    let numbers = cells.iter().any(|cell| matches!(cell, Cell::Number(_)));
    let filled = cells.iter().filter(|cell| !cell.is_blank()).count();
    (!numbers && filled >= 2).then(|| cells.iter().map(|cell| cell.text().to_owned()).collect())
}

fn tally(roles: &[Role]) -> (usize, usize) {
    let measures = roles.iter().filter(|role| matches!(role, Role::Measure(_))).count();
    let labels =
        roles.iter().filter(|role| matches!(role, Role::Code(_) | Role::Name(_) | Role::Section)).count();
    (measures, labels)
}

/// Headings of two rows as one: a heading of the upper row spans the columns to the right that have none.
fn under(above: &[String], roles: &[Role], texts: &[String]) -> Vec<String> {
    let width = above.len().max(texts.len());
    let mut span = String::new();
    (0..width)
        .map(|column| {
            let upper = above.get(column).map_or("", String::as_str);
            let lower = texts.get(column).map_or("", String::as_str);
            if matches!(roles.get(column), Some(Role::Measure(_))) {
                if !upper.is_empty() {
                    span = upper.to_owned();
                }
                return format!("{span} {lower}");
            }
            if !upper.is_empty() {
                span = upper.to_owned();
            }
            if lower.is_empty() { upper.to_owned() } else { format!("{upper} {lower}") }
        })
        .collect()
}

/// A row that only continues the headings of columns of figures: `Hib3%` under `DTaP/IPV/`.
fn continued(sheet: &Sheet, row: usize, texts: &[String]) -> Option<Vec<(usize, String)>> {
    let cells = sheet.rows.get(row)?;
    let filled: Vec<(usize, String)> = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_blank())
        .map(|(column, cell)| (column, cell.text().to_owned()))
        .collect();
    let all = !filled.is_empty()
        && filled.iter().all(|(column, text)| {
            let heads =
                texts.get(*column).is_some_and(|text| matches!(headings::role(text), Role::Measure(_)));
            heads
                && text.len() < 30
                && text.bytes().any(|b| b.is_ascii_alphabetic())
                && !super::markers::is_mark(text)
        });
    all.then_some(filled)
}

impl Table<'_> {
    /// The first column of figures.
    pub(super) fn first_measure(&self) -> usize {
        self.roles.iter().position(|role| matches!(role, Role::Measure(_))).unwrap_or(self.roles.len())
    }

    /// Whether it has a column of upper-tier authorities or of former trusts.
    pub(super) fn has_authorities(&self) -> bool {
        let of = |kind: &Option<PlaceKind>| matches!(kind, Some(PlaceKind::UpperTier | PlaceKind::Pct));
        self.roles.iter().any(|role| matches!(role, Role::Name(kind) | Role::Code(kind) if of(kind)))
    }

    /// Whether its cells for the name of an authority are blank in a row, without so much as a mark.
    pub(super) fn names_no_authority(&self, row: usize) -> bool {
        let mut columns = self.roles.iter().enumerate();
        columns.all(|(at, role)| {
            *role != Role::Name(Some(PlaceKind::UpperTier)) || self.sheet.cell(row, at).is_blank()
        })
    }

    /// Texts above the table, nearest first, and at last the sheet's name.
    fn titles(&self) -> Vec<&str> {
        let above = (0..self.top).rev().take(12);
        let mut titles: Vec<&str> = above
            .flat_map(|row| self.sheet.rows[row].iter().take(8).map(Cell::text))
            .filter(|text| !text.is_empty() && text.len() < 300)
            .collect();
        // A column of keys to the left of the table names the cohort.
        let keys = (self.top..self.end.min(self.top + 12)).flat_map(|row| (0..2).map(move |c| (row, c)));
        let unheaded =
            |column: usize| matches!(self.roles.get(column), Some(Role::Blank | Role::Ignored) | None);
        titles.extend(keys.filter(|(_, c)| unheaded(*c)).map(|(row, c)| self.sheet.cell(row, c).text()));
        titles.push(&self.sheet.name);
        titles
    }

    /// The kind of place that totals without a heading are of, where the sheet says it in words.
    pub(super) fn grouped_by(&self) -> Option<PlaceKind> {
        self.titles().iter().find_map(|title| {
            let title = squash(title);
            if title.contains("strategichealth") || title.contains("sha") && title.len() < 20 {
                Some(PlaceKind::HealthAuthority)
            } else if title.contains("areateam") {
                Some(PlaceKind::AreaTeam)
            } else {
                None
            }
        })
    }

    /// The series of figures of the table for the quarter of the release.
    pub(super) fn columns(&self, period: Period) -> Columns {
        let of_quarter = |measure: &Measure| measure.quarter.is_none_or(|quarter| quarter == period);
        let measures: Vec<(usize, &Measure)> = self
            .roles
            .iter()
            .enumerate()
            .filter_map(|(column, role)| match role {
                Role::Measure(measure) if of_quarter(measure) => Some((column, measure)),
                _ => None,
            })
            .collect();
        let age = self.common_age(&measures);
        let subject = self.subject();
        let mut columns = Columns::default();
        for (column, measure) in measures.iter().filter(|(_, measure)| measure.part == Part::Percentage) {
            self.add_percentage(*column, measure, age, subject, &mut columns);
        }
        for series in &mut columns.series {
            series.denominator = denominator(&measures, series, age);
        }
        for (column, measure) in measures.iter().filter(|(_, measure)| measure.part == Part::Numerator) {
            let Some(age) = measure.age.or(age) else { continue };
            let Some(vaccine) = headings::vaccine(&measure.squashed, Some(age)) else { continue };
            let of = |series: &&mut Series| series.vaccine == vaccine && series.age == age;
            if let Some(series) = columns.series.iter_mut().find(of) {
                series.numerator = Some(*column);
                continue;
            }
            let mut series =
                Series { vaccine, age, percentage: None, denominator: None, numerator: Some(*column) };
            series.denominator = denominator(&measures, &series, Some(age));
            columns.series.push(series);
        }
        columns
    }

    fn add_percentage(
        &self,
        column: usize,
        measure: &Measure,
        age: Option<u16>,
        subject: Option<Vaccine>,
        columns: &mut Columns,
    ) {
        let Some(mut age) = measure.age.or(age) else {
            columns
                .assumed
                .push((column, "no heading or title says for which age: the column is not read".to_owned()));
            return;
        };
        let Some(vaccine) = headings::vaccine(&measure.squashed, Some(age)).or(subject) else {
            columns.assumed.push((
                column,
                "no vaccine that het knows is in the heading: the column is not read".to_owned(),
            ));
            return;
        };
        let twice = |series: &[Series], age| series.iter().position(|s| s.vaccine == vaccine && s.age == age);
        if let Some(earlier) = twice(&columns.series, age) {
            // The earlier of two columns for one age is that for 12 months, the later that for 24: so everywhere else.
            let other = if age == 24 { 12 } else { 24 };
            if vaccine == Vaccine::HepB && twice(&columns.series, other).is_none() {
                columns.series[earlier].age = 12;
                let told = format!(
                    "two columns are headed {age} months: the first is read as 12 months and this as 24"
                );
                age = 24;
                columns.assumed.push((column, told));
            } else {
                columns
                    .assumed
                    .push((column, "the heading repeats an earlier one: the column is not read".to_owned()));
                return;
            }
        }
        columns.series.push(Series {
            vaccine,
            age,
            percentage: Some(column),
            denominator: None,
            numerator: None,
        });
    }

    /// The one age of a table: from its headings, else from its titles, else from the sheet's name.
    fn common_age(&self, measures: &[(usize, &Measure)]) -> Option<u16> {
        let mut ages: Vec<u16> = measures.iter().filter_map(|(_, measure)| measure.age).collect();
        ages.sort_unstable();
        ages.dedup();
        match ages[..] {
            [age] => Some(age),
            [first, ..] => Some(first),
            [] => self.titles().iter().find_map(|title| headings::age(&squash(title))),
        }
    }

    /// The vaccine that a table is about as a whole.
    fn subject(&self) -> Option<Vaccine> {
        let about = |title: &&str| headings::vaccine(&squash(title), None);
        let whole = |vaccine: &Vaccine| matches!(vaccine, Vaccine::HepB | Vaccine::Bcg);
        self.titles().iter().filter_map(about).find(whole)
    }
}

/// The column of denominators of a series: the one of its vaccine and age, else of its age, else the nearest to its left.
fn denominator(measures: &[(usize, &Measure)], series: &Series, age: Option<u16>) -> Option<usize> {
    let all: Vec<&(usize, &Measure)> = measures.iter().filter(|(_, m)| m.part == Part::Denominator).collect();
    let vaccine = |m: &Measure| headings::vaccine(&m.squashed, m.age.or(age));
    let only = |fits: &dyn Fn(&Measure) -> bool| {
        let mut fitting = all.iter().filter(|(_, m)| fits(m)).map(|(column, _)| *column);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let of_age = |m: &Measure| m.age == Some(series.age);
    only(&|m| of_age(m) && vaccine(m) == Some(series.vaccine))
        .or_else(|| only(&|m| of_age(m) && vaccine(m).is_none()))
        .or_else(|| {
            let at = series.percentage.or(series.numerator)?;
            let usable = |m: &Measure| vaccine(m).is_none_or(|v| v == series.vaccine);
            all.iter().filter(|(column, m)| *column < at && usable(m)).map(|(column, _)| *column).max()
        })
        .or_else(|| only(&|m| m.age.is_none()))
}
