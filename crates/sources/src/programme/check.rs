//! Whether everything that one sheet refers to is on another, and no code is given twice.

use std::collections::HashSet;

use super::book::Book;
use super::cells::{Row, Rows};
use crate::SourceError;

/// Checks every reference of a workbook.
pub(super) fn references(book: &Book) -> Result<(), SourceError> {
    let w = &book.workbook;
    let subgroups = unique(&book.subgroups, "Code", w.subgroups.iter().map(|s| &s.code))?;
    let members = unique(&book.members, "Code", w.members.iter().map(|m| &m.code))?;
    let recommendations =
        unique(&book.recommendations, "Number", w.recommendations.iter().map(|r| &r.number))?;
    let actions = unique(&book.actions, "Code", w.actions.iter().map(|a| &a.code))?;
    let indicators = unique(&book.indicators, "Code", w.indicators.iter().map(|i| &i.code))?;
    let organisations: HashSet<&str> = w.organisations.iter().map(|o| o.name.as_str()).collect();

    for (member, row) in w.members.iter().zip(book.members.iter()) {
        one(
            row,
            "Organisation",
            member.organisation.as_deref(),
            &organisations,
            "a name on the sheet Organisations",
        )?;
        one(row, "Subgroup", member.subgroup.as_deref(), &subgroups, SUBGROUP)?;
    }
    for (recommendation, row) in w.recommendations.iter().zip(book.recommendations.iter()) {
        one(row, "Subgroup", Some(&recommendation.subgroup), &subgroups, SUBGROUP)?;
        one(row, "Owner", recommendation.owner.as_deref(), &members, MEMBER)?;
    }
    for (action, row) in w.actions.iter().zip(book.actions.iter()) {
        one(row, "Subgroup", Some(&action.subgroup), &subgroups, SUBGROUP)?;
        one(row, "Owner", action.owner.as_deref(), &members, MEMBER)?;
        one(row, "Sponsor", action.sponsor.as_deref(), &members, MEMBER)?;
        many(row, "Recommendations", &action.recommendations, &recommendations, RECOMMENDATION)?;
    }
    for (milestone, row) in w.milestones.iter().zip(book.milestones.iter()) {
        one(row, "Action", Some(&milestone.action), &actions, ACTION)?;
    }
    for (indicator, row) in w.indicators.iter().zip(book.indicators.iter()) {
        one(row, "Subgroup", indicator.subgroup.as_deref(), &subgroups, SUBGROUP)?;
        many(row, "Recommendations", &indicator.recommendations, &recommendations, RECOMMENDATION)?;
        many(row, "Actions", &indicator.actions, &actions, ACTION)?;
    }
    for (target, row) in w.targets.iter().zip(book.targets.iter()) {
        one(row, "Indicator", Some(&target.indicator), &indicators, INDICATOR)?;
    }
    for (observation, row) in w.observations.iter().zip(book.observations.iter()) {
        one(row, "Indicator", Some(&observation.indicator), &indicators, INDICATOR)?;
        let published = |i: &&super::Indicator| i.code == observation.indicator && i.series_source != "town";
        if w.indicators.iter().any(|i| published(&i)) {
            let expected = "an indicator whose series source is town: published figures come from their publisher's file";
            return Err(row.refuse("Indicator", expected));
        }
    }
    Ok(())
}

const SUBGROUP: &str = "a code on the sheet Subgroups";
const MEMBER: &str = "a code on the sheet Members";
const RECOMMENDATION: &str = "a list of numbers on the sheet Recommendations, with semicolons between";
const ACTION: &str = "a code on the sheet Actions";
const INDICATOR: &str = "a code on the sheet Indicators";

fn unique<'b>(
    rows: &Rows,
    heading: &str,
    codes: impl Iterator<Item = &'b String>,
) -> Result<HashSet<&'b str>, SourceError> {
    let mut met = HashSet::new();
    for (code, row) in codes.zip(rows.iter()) {
        if !met.insert(code.as_str()) {
            return Err(row.refuse(heading, "a code that no earlier row has"));
        }
    }
    Ok(met)
}

fn one(
    row: Row<'_>,
    heading: &str,
    reference: Option<&str>,
    known: &HashSet<&str>,
    expected: &str,
) -> Result<(), SourceError> {
    match reference {
        Some(code) if !known.contains(code) => Err(row.refuse(heading, expected)),
        _ => Ok(()),
    }
}

fn many(
    row: Row<'_>,
    heading: &str,
    references: &[String],
    known: &HashSet<&str>,
    expected: &str,
) -> Result<(), SourceError> {
    references.iter().try_for_each(|code| one(row, heading, Some(code), known, expected))
}
