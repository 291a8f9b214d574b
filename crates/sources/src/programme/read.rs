//! Reading the workbook.

use std::sync::Arc;

use vocabulary::{Figure, Polarity};

use super::book::Book;
use super::cells::{Row, Rows};
use super::layout;
use super::{
    Action, Indicator, Member, Milestone, Organisation, Recommendation, Subgroup, Target, TownFigure,
    Workbook, check,
};
use crate::SourceError;
use crate::workbook::{Limits, Sheet};

/// A town of this kind has some thirty recommendations, sixty actions and a few thousand figures of its own.
const LIMITS: Limits =
    Limits { what: "the partnership's workbook (.xlsx, .xls or .ods)", file: 32, part: 64, cells: 1 };

/// Reads the partnership's workbook (`.xlsx`; `.xls` and `.ods` of the same shape are read as well).
///
/// # Errors
/// A file that is no workbook, holds none of the sheets, lacks a required column, holds a value that its column cannot,
/// gives a code twice, or refers to something that is on no sheet: each with sheet, row, column, value and what was expected.
pub fn read(name: &str, bytes: &[u8]) -> Result<Workbook, SourceError> {
    let file: Arc<str> = name.into();
    let mut workbook = crate::workbook::open(name, bytes, &LIMITS)?;
    let ours =
        |cells: &Sheet| layout::SHEETS.iter().any(|sheet| cells.name.trim().eq_ignore_ascii_case(sheet.name));
    if !workbook.iter().any(ours) {
        let names: Vec<&str> = workbook.iter().map(|cells| &*cells.name).collect();
        let wanted: Vec<&str> = layout::SHEETS.iter().map(|sheet| sheet.name).collect();
        return Err(crate::error::unexpected(
            name,
            format!("it holds the sheets {}", names.join(", ")),
            format!("the partnership's workbook, with the sheets {}", wanted.join(", ")),
        ));
    }
    let book = sheets(&mut workbook, &file)?;
    check::references(&book)?;
    Ok(book.workbook)
}

fn sheets(workbook: &mut [Sheet], file: &Arc<str>) -> Result<Book, SourceError> {
    let mut find = |sheet| Rows::find(workbook, file, sheet);
    let subgroups = find(&layout::SUBGROUPS)?;
    let organisations = find(&layout::ORGANISATIONS)?;
    let members = find(&layout::MEMBERS)?;
    let recommendations = find(&layout::RECOMMENDATIONS)?;
    let actions = find(&layout::ACTIONS)?;
    let milestones = find(&layout::MILESTONES)?;
    let indicators = find(&layout::INDICATORS)?;
    let targets = find(&layout::TARGETS)?;
    let observations = find(&layout::OBSERVATIONS)?;
    let workbook = Workbook {
        subgroups: each(&subgroups, subgroup)?,
        organisations: each(&organisations, organisation)?,
        members: each(&members, member)?,
        recommendations: each(&recommendations, recommendation)?,
        actions: each(&actions, action)?,
        milestones: each(&milestones, milestone)?,
        indicators: each(&indicators, indicator)?,
        targets: each(&targets, target)?,
        observations: each(&observations, observation)?,
    };
    Ok(Book {
        workbook,
        members,
        recommendations,
        actions,
        milestones,
        indicators,
        targets,
        observations,
        subgroups,
    })
}

fn each<T>(rows: &Rows, read: fn(Row<'_>) -> Result<T, SourceError>) -> Result<Vec<T>, SourceError> {
    rows.iter().map(read).collect()
}

/// A code that can stand in an address of a page.
fn code(row: Row<'_>, heading: &str) -> Result<String, SourceError> {
    let text = row.required(heading)?;
    let fits = text.len() <= 60 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if fits {
        Ok(text)
    } else {
        Err(row.refuse(heading, "a code of letters, digits, hyphens, underscores and full stops"))
    }
}

fn subgroup(row: Row<'_>) -> Result<Subgroup, SourceError> {
    Ok(Subgroup {
        code: code(row, "Code")?,
        name: row.required("Name")?,
        purpose: row.text("Purpose").unwrap_or_default(),
    })
}

fn organisation(row: Row<'_>) -> Result<Organisation, SourceError> {
    Ok(Organisation { name: row.required("Name")?, kind: row.text("Kind").unwrap_or_default() })
}

fn member(row: Row<'_>) -> Result<Member, SourceError> {
    Ok(Member {
        code: code(row, "Code")?,
        name: row.required("Name")?,
        role: row.text("Role").unwrap_or_default(),
        organisation: row.text("Organisation"),
        subgroup: row.text("Subgroup"),
    })
}

fn recommendation(row: Row<'_>) -> Result<Recommendation, SourceError> {
    let principle = row.number_in("Principle")?.filter(|n| (1.0..=8.0).contains(n) && n.fract() == 0.0);
    Ok(Recommendation {
        number: code(row, "Number")?,
        words: row.required("Words")?,
        principle: principle.ok_or_else(|| row.refuse("Principle", "a whole number from 1 to 8"))? as u8,
        horizon: row.choice("Horizon", &["short", "medium", "long"], None)?,
        subgroup: row.required("Subgroup")?,
        owner: row.text("Owner"),
    })
}

fn action(row: Row<'_>) -> Result<Action, SourceError> {
    let percent = row.number_in("Percent complete")?.unwrap_or(0.0);
    if !(0.0..=100.0).contains(&percent) {
        return Err(row.refuse("Percent complete", "a number from 0 to 100"));
    }
    let (starts, due) = (row.date("Starts")?, row.date("Due")?);
    if starts.zip(due).is_some_and(|(starts, due)| due < starts) {
        return Err(row.refuse("Due", "a date on or after the day the action starts"));
    }
    Ok(Action {
        code: code(row, "Code")?,
        title: row.required("Title")?,
        description: row.text("Description").unwrap_or_default(),
        subgroup: row.required("Subgroup")?,
        owner: row.text("Owner"),
        sponsor: row.text("Sponsor"),
        starts,
        due,
        finished: row.date("Finished")?,
        stopped: row.date("Stopped")?,
        percent: percent.round() as u8,
        recommendations: row.list("Recommendations"),
    })
}

fn milestone(row: Row<'_>) -> Result<Milestone, SourceError> {
    Ok(Milestone {
        action: row.required("Action")?,
        title: row.required("Title")?,
        due: row.date("Due")?.ok_or_else(|| row.refuse("Due", "a date, which every milestone needs"))?,
        done: row.date("Done")?,
    })
}

fn indicator(row: Row<'_>) -> Result<Indicator, SourceError> {
    let polarity = row.choice("Polarity", &["high-is-good", "low-is-good", "not-set"], Some("not-set"))?;
    let multiplier = row.number_in("Multiplier")?.unwrap_or(1.0);
    if multiplier <= 0.0 {
        return Err(row.refuse("Multiplier", "a number above 0"));
    }
    Ok(Indicator {
        code: code(row, "Code")?,
        name: row.required("Name")?,
        definition: row.text("Definition").unwrap_or_default(),
        numerator: row.text("Numerator").unwrap_or_default(),
        denominator: row.text("Denominator").unwrap_or_default(),
        unit: row.required("Unit")?,
        statistic: row.choice("Statistic", &["proportion", "rate", "value"], None)?,
        multiplier,
        polarity: Polarity::from_code(&polarity).unwrap_or_default(),
        frequency: row.choice(
            "Frequency",
            &["monthly", "quarterly", "annual", "irregular"],
            Some("irregular"),
        )?,
        source: row.text("Source").unwrap_or_default(),
        series_source: row.required("Series source")?,
        series_indicator: row.required("Series indicator")?,
        series_age: row.text("Series age").unwrap_or_default(),
        series_sex: row.choice("Series sex", &["persons", "female", "male"], Some("persons"))?,
        subgroup: row.text("Subgroup"),
        impact: row.choice("Impact measure", &["yes", "no"], Some("no"))? == "yes",
        recommendations: row.list("Recommendations"),
        actions: row.list("Actions"),
    })
}

fn target(row: Row<'_>) -> Result<Target, SourceError> {
    Ok(Target {
        indicator: row.required("Indicator")?,
        value: row
            .number_in("Value")?
            .ok_or_else(|| row.refuse("Value", "a number, which every target needs"))?,
        due: row.date("Due")?.ok_or_else(|| row.refuse("Due", "a date, which every target needs"))?,
        source: row.text("Source").unwrap_or_default(),
    })
}

fn observation(row: Row<'_>) -> Result<TownFigure, SourceError> {
    let (numerator, denominator) = (row.number_in("Numerator")?, row.number_in("Denominator")?);
    let value = row.number_in("Value")?;
    let status =
        row.choice("Status", &["value", "suppressed", "not-applicable", "missing"], Some("value"))?;
    if status == "value" && value.is_none() && numerator.zip(denominator).is_none() {
        return Err(row.refuse(
            "Value",
            "a number, unless there is a numerator and a denominator or a status says why not",
        ));
    }
    if denominator.is_some_and(|d| d < 0.0) || numerator.is_some_and(|n| n < 0.0) {
        return Err(row.refuse("Denominator", "a count that is not negative"));
    }
    let period = row.required("Period")?;
    Ok(TownFigure {
        indicator: row.required("Indicator")?,
        area: row
            .required("Area")?
            .parse()
            .map_err(|_| row.refuse("Area", "an area code, such as E06000032"))?,
        group: row.text("Group").unwrap_or_default(),
        period: period
            .parse()
            .map_err(|_| row.refuse("Period", "a period, such as March 2025 or 2024/25 Q3"))?,
        numerator,
        denominator,
        figure: Figure::from_parts(value, &status).unwrap_or(Figure::Withheld(vocabulary::Withheld::Missing)),
        note: row.text("Note").unwrap_or_default(),
        row: row.number(),
    })
}
