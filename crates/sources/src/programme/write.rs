//! Writing the workbook.

use rust_xlsxwriter::{Format, Note, Workbook as Xlsx, Worksheet, XlsxError};
use vocabulary::Date;

use super::layout::{self, Sheet};
use super::{Action, Indicator, Member, Milestone, Recommendation, Target, TownFigure, Workbook};

/// A cell about to be written.
enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Date(Date),
}

impl From<&String> for Cell {
    fn from(text: &String) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.clone()) }
    }
}

impl From<&Option<String>> for Cell {
    fn from(text: &Option<String>) -> Cell {
        text.as_ref().map_or(Cell::Empty, Cell::from)
    }
}

impl From<Option<Date>> for Cell {
    fn from(date: Option<Date>) -> Cell {
        date.map_or(Cell::Empty, Cell::Date)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Cell {
        number.map_or(Cell::Empty, Cell::Number)
    }
}

impl From<&[String]> for Cell {
    fn from(list: &[String]) -> Cell {
        Cell::from(&list.join("; "))
    }
}

/// Writes the workbook as `.xlsx`: every sheet, headings frozen, what goes into a column as a note on its heading, real
/// dates and numbers.
///
/// # Errors
/// Only when a value is larger than Excel can hold.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut xlsx = Xlsx::new();
    let w = workbook;
    let subgroups =
        w.subgroups.iter().map(|s| vec![Cell::from(&s.code), (&s.name).into(), (&s.purpose).into()]);
    sheet(&mut xlsx, &layout::SUBGROUPS, subgroups)?;
    let organisations = w.organisations.iter().map(|o| vec![Cell::from(&o.name), (&o.kind).into()]);
    sheet(&mut xlsx, &layout::ORGANISATIONS, organisations)?;
    sheet(&mut xlsx, &layout::MEMBERS, w.members.iter().map(member))?;
    sheet(&mut xlsx, &layout::RECOMMENDATIONS, w.recommendations.iter().map(recommendation))?;
    sheet(&mut xlsx, &layout::ACTIONS, w.actions.iter().map(action))?;
    sheet(&mut xlsx, &layout::MILESTONES, w.milestones.iter().map(milestone))?;
    sheet(&mut xlsx, &layout::INDICATORS, w.indicators.iter().map(indicator))?;
    sheet(&mut xlsx, &layout::TARGETS, w.targets.iter().map(target))?;
    sheet(&mut xlsx, &layout::OBSERVATIONS, w.observations.iter().map(observation))?;
    xlsx.save_to_buffer()
}

fn sheet(xlsx: &mut Xlsx, sheet: &Sheet, rows: impl Iterator<Item = Vec<Cell>>) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_text_wrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let page = xlsx.add_worksheet().set_name(sheet.name)?;
    for (index, column) in sheet.columns.iter().enumerate() {
        let at = index as u16;
        page.write_with_format(0, at, column.heading, &heading)?;
        page.insert_note(0, at, &Note::new(column.about).add_author_prefix(false))?;
        let width = if column.about.len() > 40 || column.heading == "Words" { 28.0 } else { 16.0 };
        page.set_column_width(at, width)?;
    }
    page.set_freeze_panes(1, 1)?;
    for (index, row) in rows.enumerate() {
        for (at, cell) in row.into_iter().enumerate() {
            put(page, index as u32 + 1, at as u16, cell, &day)?;
        }
    }
    Ok(())
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: Cell, day: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) => page.write_string(row, column, text).map(|_| ()),
        Cell::Number(number) => page.write_number(row, column, number).map(|_| ()),
        Cell::Date(date) => {
            let serial = date.since(jiff::civil::date(1899, 12, 30)).map_or(0, |span| span.get_days());
            page.write_number_with_format(row, column, f64::from(serial), day).map(|_| ())
        }
    }
}

fn member(m: &Member) -> Vec<Cell> {
    vec![(&m.code).into(), (&m.name).into(), (&m.role).into(), (&m.organisation).into(), (&m.subgroup).into()]
}

fn recommendation(r: &Recommendation) -> Vec<Cell> {
    let principle = Cell::Number(f64::from(r.principle));
    vec![
        (&r.number).into(),
        (&r.words).into(),
        principle,
        (&r.horizon).into(),
        (&r.subgroup).into(),
        (&r.owner).into(),
    ]
}

fn action(a: &Action) -> Vec<Cell> {
    vec![
        (&a.code).into(),
        (&a.title).into(),
        (&a.description).into(),
        (&a.subgroup).into(),
        (&a.owner).into(),
        (&a.sponsor).into(),
        a.starts.into(),
        a.due.into(),
        a.finished.into(),
        a.stopped.into(),
        Cell::Number(f64::from(a.percent)),
        a.recommendations.as_slice().into(),
    ]
}

fn milestone(m: &Milestone) -> Vec<Cell> {
    vec![(&m.action).into(), (&m.title).into(), Cell::Date(m.due), m.done.into()]
}

fn indicator(i: &Indicator) -> Vec<Cell> {
    vec![
        (&i.code).into(),
        (&i.name).into(),
        (&i.definition).into(),
        (&i.numerator).into(),
        (&i.denominator).into(),
        (&i.unit).into(),
        (&i.statistic).into(),
        Cell::Number(i.multiplier),
        Cell::Text(i.polarity.code().to_owned()),
        (&i.frequency).into(),
        (&i.source).into(),
        (&i.series_source).into(),
        (&i.series_indicator).into(),
        (&i.series_age).into(),
        (&i.series_sex).into(),
        (&i.subgroup).into(),
        Cell::Text(if i.impact { "yes" } else { "no" }.to_owned()),
        i.recommendations.as_slice().into(),
        i.actions.as_slice().into(),
    ]
}

fn target(t: &Target) -> Vec<Cell> {
    vec![(&t.indicator).into(), Cell::Number(t.value), Cell::Date(t.due), (&t.source).into()]
}

fn observation(o: &TownFigure) -> Vec<Cell> {
    vec![
        (&o.indicator).into(),
        Cell::Text(o.area.to_string()),
        (&o.group).into(),
        Cell::Text(o.period.to_iso()),
        o.numerator.into(),
        o.denominator.into(),
        o.figure.value().into(),
        Cell::Text(o.figure.status().to_owned()),
        (&o.note).into(),
    ]
}
