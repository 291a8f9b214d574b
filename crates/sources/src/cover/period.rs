//! The quarter that a release evaluates, by what the workbook itself says of it.

use std::collections::BTreeMap;

use vocabulary::{Date, Period};

use super::squash::squash;
use crate::error::{Place, unexpected};
use crate::workbook::{Cell, Sheet};
use crate::{Finding, Findings, Severity, SourceError};

/// One statement of the quarter, and where it stands (counted from 0).
struct Statement {
    period: Period,
    weight: u32,
    sheet: usize,
    row: usize,
    column: usize,
}

/// The quarter that most of the workbook says it is about. Statements of another quarter, and a file name that
/// contradicts the inside, become findings.
pub(super) fn of(name: &str, sheets: &[Sheet], findings: &mut Findings) -> Result<Period, SourceError> {
    let mut statements = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        state(index, sheet, &mut statements);
    }
    let mut weights: BTreeMap<Period, u32> = BTreeMap::new();
    for statement in &statements {
        *weights.entry(statement.period).or_default() += statement.weight;
    }
    let Some((&period, _)) = weights.iter().max_by_key(|(_, weight)| **weight) else {
        let expected =
            "a title, evaluation dates or a financial quarter such as January to March 2025 or 2014/15 Q1";
        return Err(unexpected(name, "no sheet says which quarter it is about", expected));
    };
    let mut told = Vec::new();
    for statement in statements.iter().filter(|statement| statement.period != period) {
        let sheet = &sheets[statement.sheet].name;
        if told.contains(&(sheet, statement.period)) {
            continue;
        }
        told.push((sheet, statement.period));
        findings.push(Finding {
            severity: Severity::Warning,
            place: Place {
                file: name.into(),
                sheet: sheet.clone(),
                row: statement.row as u32 + 1,
                column: statement.column as u32 + 1,
            },
            message: format!(
                "says {}, and the rest of the file says {period}: the rest is believed",
                statement.period
            ),
        });
    }
    if let Some(named) = in_file_name(name).filter(|named| *named != period) {
        findings.push(Finding {
            severity: Severity::Warning,
            place: Place { file: name.into(), ..Place::default() },
            message: format!(
                "the file's name says {named}, and the inside says {period}: the inside is believed"
            ),
        });
    }
    Ok(period)
}

const TITLE_ROWS: usize = 12;
const KEY_COLUMNS: usize = 7;

fn state(index: usize, sheet: &Sheet, statements: &mut Vec<Statement>) {
    let mut year: Option<String> = None;
    for (row, cells) in sheet.rows.iter().take(TITLE_ROWS).enumerate() {
        for (column, cell) in cells.iter().take(KEY_COLUMNS).enumerate() {
            let text = cell.text();
            if text.is_empty() {
                continue;
            }
            let label = if text.len() < 40 { squash(text) } else { String::new() };
            let right = || (column + 1..column + 3).map(|c| sheet.cell(row, c)).find(|cell| !cell.is_blank());
            let stated = match label.as_str() {
                "evaluationdates" => right().and_then(evaluation),
                "fiscalyear" | "financialyear" => {
                    year = right().map(plain);
                    None
                }
                "fiscalquarter" | "financialquarter" => year
                    .as_ref()
                    .zip(right())
                    .and_then(|(year, quarter)| fiscal(&format!("{year} {}", plain(quarter)))),
                "fiscalyearquarter" => {
                    let below = sheet.cell(row + 1, column);
                    right().and_then(|cell| fiscal(&plain(cell))).or_else(|| fiscal(&plain(below)))
                }
                _ => None,
            };
            let title = || title(text).map(|period| (period, 2));
            if let Some((period, weight)) = stated.map(|period| (period, 3)).or_else(title) {
                statements.push(Statement { period, weight, sheet: index, row, column });
            }
        }
    }
    state_by_rows(index, sheet, statements);
}

/// A data file gives the quarter in a column: its first two rows of data speak for it.
fn state_by_rows(index: usize, sheet: &Sheet, statements: &mut Vec<Statement>) {
    let heading = |cell: &Cell| squash(cell.text()) == "financialyearquarter";
    let top = sheet.rows.iter().take(TITLE_ROWS).enumerate();
    let found =
        top.filter_map(|(row, cells)| cells.iter().position(heading).map(|column| (row, column))).next();
    let Some((row, column)) = found else { return };
    for row in row + 1..row + 3 {
        if let Some(period) = fiscal(&plain(sheet.cell(row, column))) {
            statements.push(Statement { period, weight: 2, sheet: index, row, column });
        }
    }
}

/// A title of the release or of a table, such as `… at 12 months by country: January to March 2025`.
fn title(text: &str) -> Option<Period> {
    let lower = text.to_lowercase();
    let about = ["coverage", "immunisation", "data items"].iter().any(|word| lower.contains(word));
    let other =
        ["birthday", "born", "previous quarter", "compared", "%"].iter().any(|word| lower.contains(word));
    if !about || other || text.len() > 400 {
        return None;
    }
    months(&lower).or_else(|| quarter_in_words(text))
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        cell => cell.text().to_owned(),
    }
}

/// The quarter of a cell of evaluation dates: `01/07/2013 - 30/09/2013`, `2013-04-01`, `1 July 2021 to …`, or a serial date.
fn evaluation(cell: &Cell) -> Option<Period> {
    if let Cell::Number(serial) = cell {
        return (30_000.0..80_000.0)
            .contains(serial)
            .then(|| from_serial(*serial))
            .flatten()
            .and_then(quarter_of);
    }
    let text = cell.text().to_lowercase();
    if let Some(period) = months(&text) {
        return Some(period);
    }
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [first, second, third, ..] = numbers[..] else { return None };
    let (year, month) = if first.len() == 4 { (first, second) } else { (third, second) };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    (year.len() == 4).then_some(date).and_then(quarter_of)
}

/// A spreadsheet's serial date: days after 30 December 1899.
fn from_serial(serial: f64) -> Option<Date> {
    let epoch = Date::new(1899, 12, 30).ok()?;
    epoch.checked_add(jiff::Span::new().days(serial as i64)).ok()
}

fn quarter_of(date: Date) -> Option<Period> {
    let quarter = (date.month() - 1) / 3 + 1;
    plausible(Period::calendar_quarter(date.year(), quarter)?)
}

/// COVER began in 1987; a later year than 2100 is a misreading.
fn plausible(period: Period) -> Option<Period> {
    (1987..2100).contains(&period.start().year()).then_some(period)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month(word: &str) -> Option<i8> {
    let short = word.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == short)?;
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ][at];
    (full.starts_with(word) || word == "sept").then_some(at as i8 + 1)
}

/// The first quarter that lower-case text names by its months: `april to june 2014`, `1 july 2021 to 30 september 2021`.
fn months(text: &str) -> Option<Period> {
    let mut first: Option<(i8, usize)> = None;
    for (at, word) in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).enumerate() {
        if let Some(number) = month(word) {
            match first {
                // Both months of a quarter stand within a few words of each other.
                Some((start, began)) if number == start + 2 && start % 3 == 1 && at - began <= 5 => {
                    let rest: Vec<&str> =
                        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
                    let year = rest.iter().skip(at + 1).take(2).find_map(|word| four_digits(word))?;
                    return plausible(Period::calendar_quarter(year, (start - 1) / 3 + 1)?);
                }
                _ => first = Some((number, at)),
            }
        }
    }
    None
}

fn four_digits(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

/// The financial quarter that words name: `quarter 4 2024 to 2025`, `2014/15 Quarter 1`.
pub(super) fn quarter_in_words(text: &str) -> Option<Period> {
    let lower = text.to_lowercase();
    let at = lower.find("quarter")?;
    let after = lower[at + 7..].trim_start();
    let quarter: i8 = after.chars().next()?.to_digit(10)? as i8;
    let year = |part: &str| part.split(|c: char| !c.is_ascii_digit()).find_map(four_digits);
    let year = year(&after[1..]).or_else(|| year(&lower[..at]))?;
    plausible(Period::financial_quarter(year, quarter)?)
}

/// A financial quarter in figures: `2014/15 Q1`, `2013/ 14 Q4`, `2014 Q4`, `2015-2`, `FY2018_19_Q1`.
fn fiscal(text: &str) -> Option<Period> {
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let year = four_digits(numbers.first()?)?;
    let quarter = numbers.last().filter(|_| numbers.len() > 1)?;
    let quarter: i8 = if quarter.len() == 1 { quarter.parse().ok()? } else { return None };
    plausible(Period::financial_quarter(year, quarter)?)
}

/// The quarter that a file's name claims, when it plainly claims one.
fn in_file_name(name: &str) -> Option<Period> {
    let lower = name.to_lowercase();
    if let Some(period) = months(&lower) {
        return Some(period);
    }
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let quarter = words.iter().find_map(|word| {
        let digits = word.strip_prefix("quarter").or_else(|| word.strip_prefix('q'))?;
        digits.parse::<i8>().ok().filter(|quarter| (1..=4).contains(quarter))
    })?;
    let at = words.iter().position(|word| four_digits(word).is_some())?;
    let year = four_digits(words[at])?;
    let next = words.get(at + 1)?;
    // Only a pair of years is plainly a financial year.
    let following = next.parse::<i16>().ok()?;
    (following == year + 1 || following == (year + 1) % 100)
        .then(|| Period::financial_quarter(year, quarter))
        .flatten()
        .and_then(plausible)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(year: i16, quarter: i8) -> Option<Period> {
        Period::financial_quarter(year, quarter)
    }

    #[test]
    fn quarters_are_read() {
        let text = |text: &str| Cell::Text(text.into());
        assert_eq!(evaluation(&text("01/07/2013 - 30-09/2013")), quarter(2013, 2));
        assert_eq!(evaluation(&text("2013-04-01")), quarter(2013, 1));
        assert_eq!(evaluation(&text("1 October 2022 to 31st December 2022")), quarter(2022, 3));
        assert_eq!(evaluation(&text("January to March 2025")), quarter(2024, 4));
        assert_eq!(evaluation(&Cell::Number(41365.0)), quarter(2013, 1));
        for (text, expected) in [
            ("2014/15 Q1", quarter(2014, 1)),
            ("2013/ 14 Q4", quarter(2013, 4)),
            ("2014 Q4", quarter(2014, 4)),
            ("2015-2", quarter(2015, 2)),
            ("FY2018_19_Q1", quarter(2018, 1)),
            ("2015-7", None),
            ("41365", None),
        ] {
            assert_eq!(fiscal(text), expected, "{text}");
        }
        for (text, expected) in [
            (
                "Table 5. Completed primary immunisations at 12 months October to December 2022 (July to September 2022)",
                quarter(2022, 3),
            ),
            (
                "Quarterly vaccination coverage statistics. 2014/15 Quarter 1:  April to June 2014",
                quarter(2014, 1),
            ),
            ("Coverage: Quarter 4 2024 to 2025", quarter(2024, 4)),
            ("Number of eligible children coverage (1st birthday during April to June 2015)", None),
        ] {
            assert_eq!(title(text), expected, "{text}");
        }
    }

    #[test]
    fn names_of_files_are_read_only_when_plain() {
        for (name, expected) in [
            ("cover_2013_2014_q1.xls", quarter(2013, 1)),
            ("COVER_Q3_2019-20_data_table.ods", quarter(2019, 3)),
            ("cover-january-to-march-2025.ods", quarter(2024, 4)),
            ("hpr_2014_q1.xlsx", None),
            ("cover.ods", None),
        ] {
            assert_eq!(in_file_name(name), expected, "{name}");
        }
    }
}
