//! A row of a workbook as a case.

use vocabulary::{Date, Sex};

/// A cell of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, as typed.
    Text(String),
    /// A number that is not a date.
    Number(f64),
    /// A day.
    Date(Date),
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
        }
    }

    /// A day, also where it was typed as `1/31/2000` or `2000-01-31`.
    fn date(&self) -> Option<Date> {
        match self {
            Cell::Date(date) => Some(*date),
            Cell::Text(text) => {
                let text = text.trim();
                let mut parts = text.split('/').map(|part| part.parse::<i16>().ok());
                let american = || {
                    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
                    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
                };
                text.parse().ok().or_else(american)
            }
            Cell::Empty | Cell::Number(_) => None,
        }
    }
}

/// A case: a child, and what the publisher says the answer is.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The publisher's identifier.
    pub id: String,
    /// What it tests, in words.
    pub name: String,
    /// The group of antigens that it is about, as the workbook writes it.
    pub group: String,
    /// When the child was born.
    pub date_of_birth: Date,
    /// The child's sex.
    pub sex: Sex,
    /// The codes and dates of the child's conditions.
    pub observations: Vec<(String, Option<Date>)>,
    /// The day as at which it is assessed.
    pub assessment: Date,
    /// The doses in the workbook's order.
    pub doses: Vec<ExpectedDose>,
    /// The status of the series, in the workbook's words.
    pub status: String,
    /// The first day on which the next dose may be given.
    pub earliest: Option<Date>,
    /// The day on which it should be.
    pub recommended: Option<Date>,
    /// The last day on which it is not overdue.
    pub past_due: Option<Date>,
}

/// A dose of a case, and how it should count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedDose {
    /// The vaccine's code (CVX).
    pub vaccine: String,
    /// The maker's code (MVX); empty for none.
    pub manufacturer: String,
    /// The day.
    pub date: Date,
    /// The status, in the workbook's words; empty where the workbook says nothing.
    pub status: String,
    /// The reason, in the workbook's words.
    pub reason: String,
    /// `standard` or `risk`, where the workbook says.
    pub series_kind: String,
}

/// The cases on a sheet, found by its headings; an empty list for a sheet of another kind. Rows that are no case
/// (no identifier, date of birth or assessment date) come back as messages with the row's number, from 1.
pub fn cases(rows: &[Vec<Cell>]) -> (Vec<Case>, Vec<String>) {
    let is_heading = |row: &Vec<Cell>| {
        let has = |name: &str| row.iter().any(|cell| cell.text().eq_ignore_ascii_case(name));
        has("CDC_Test_ID") && has("Date_Administered_1")
    };
    let Some(at) = rows.iter().position(is_heading) else { return (Vec::new(), Vec::new()) };
    let headings: Vec<String> = rows[at].iter().map(|cell| cell.text().to_ascii_lowercase()).collect();
    let (mut cases, mut messages) = (Vec::new(), Vec::new());
    for (number, row) in rows.iter().enumerate().skip(at + 1) {
        let row = Row { headings: &headings, cells: row };
        if row.cells.iter().all(|cell| cell.text().is_empty()) {
            continue;
        }
        match case(&row) {
            Ok(case) => cases.push(case),
            Err(missing) => messages.push(format!("row {}: {missing}", number + 1)),
        }
    }
    (cases, messages)
}

struct Row<'a> {
    headings: &'a [String],
    cells: &'a [Cell],
}

impl Row<'_> {
    fn cell(&self, heading: &str) -> &Cell {
        let at = self.headings.iter().position(|known| known.eq_ignore_ascii_case(heading));
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Empty)
    }

    fn text(&self, heading: &str) -> String {
        self.cell(heading).text()
    }

    fn date(&self, heading: &str) -> Option<Date> {
        self.cell(heading).date()
    }
}

fn case(row: &Row<'_>) -> Result<Case, String> {
    let id = row.text("CDC_Test_ID");
    let required = |heading: &str| {
        let shown = row.text(heading);
        row.date(heading).ok_or_else(|| format!("case '{id}': {heading} is '{shown}', which is not a date"))
    };
    let (date_of_birth, assessment) = (required("DOB")?, required("Assessment_Date")?);
    let mut observations = Vec::new();
    for number in 1..=3 {
        let code = row.text(&format!("Observation_Code_{number}"));
        if !code.is_empty() {
            observations.push((code, row.date(&format!("Observation_Date_{number}"))));
        }
    }
    let mut doses = Vec::new();
    for number in 1..=7 {
        let numbered = |name: &str| format!("{name}_{number}");
        let Some(date) = row.date(&numbered("Date_Administered")) else { continue };
        doses.push(ExpectedDose {
            vaccine: row.text(&numbered("CVX")),
            manufacturer: row.text(&numbered("MVX")),
            date,
            status: row.text(&numbered("Evaluation_Status")),
            reason: row.text(&numbered("Evaluation_Reason")),
            series_kind: row.text(&numbered("Series_Type")).to_ascii_lowercase(),
        });
    }
    Ok(Case {
        name: row.text("Test_Case_Name"),
        group: row.text("Vaccine_Group"),
        sex: Sex::parse(&row.text("Gender")).unwrap_or(Sex::Persons),
        status: row.text("Series_Status"),
        earliest: row.date("Earliest_Date"),
        recommended: row.date("Recommended_Date"),
        past_due: row.date("Past_Due_Date"),
        id,
        date_of_birth,
        observations,
        assessment,
        doses,
    })
}
