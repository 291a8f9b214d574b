//! The sheets of the workbook and their columns: read, written and documented from here.

/// A sheet of the workbook.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub about: &'static str,
    /// Its columns, in the order they are written in; they are read in any order.
    pub columns: &'static [Column],
}

/// A column of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its heading, in the first row.
    pub heading: &'static str,
    /// What goes into it, in words for whoever fills it in.
    pub about: &'static str,
    /// Whether every row must have it.
    pub required: bool,
}

const fn must(heading: &'static str, about: &'static str) -> Column {
    Column { heading, about, required: true }
}

const fn may(heading: &'static str, about: &'static str) -> Column {
    Column { heading, about, required: false }
}

pub(super) const SUBGROUPS: Sheet = Sheet {
    name: "Subgroups",
    about: "one priority area of the partnership",
    columns: &[
        must("Code", "short, lower case, used in addresses of pages: children"),
        must("Name", "what it is called"),
        may("Purpose", "what it is for, in a sentence"),
    ],
};

pub(super) const ORGANISATIONS: Sheet = Sheet {
    name: "Organisations",
    about: "one organisation of the partnership",
    columns: &[must("Name", "what it is called"), may("Kind", "council, NHS, voluntary sector, business, …")],
};

pub(super) const MEMBERS: Sheet = Sheet {
    name: "Members",
    about: "one person or post that can own something",
    columns: &[
        must("Code", "short and lasting: M07"),
        must("Name", "the name to show"),
        may("Role", "what they do"),
        may("Organisation", "a name on the sheet Organisations"),
        may("Subgroup", "a code on the sheet Subgroups"),
    ],
};

pub(super) const RECOMMENDATIONS: Sheet = Sheet {
    name: "Recommendations",
    about: "one recommendation of the town's Marmot report",
    columns: &[
        must("Number", "its number in the report: 12 or 3b"),
        must("Words", "the recommendation as the report words it"),
        must("Principle", "the Marmot principle it belongs to, 1 to 8"),
        must("Horizon", "short, medium or long"),
        must("Subgroup", "a code on the sheet Subgroups"),
        may("Owner", "a code on the sheet Members"),
    ],
};

pub(super) const ACTIONS: Sheet = Sheet {
    name: "Actions",
    about: "one piece of work",
    columns: &[
        must("Code", "short and lasting: CYP-07"),
        must("Title", "what it is called"),
        may("Description", "what will be done"),
        must("Subgroup", "a code on the sheet Subgroups"),
        may("Owner", "who does it: a code on the sheet Members"),
        may("Sponsor", "who answers for it: a code on the sheet Members"),
        may("Starts", "a date"),
        may("Due", "a date"),
        may("Finished", "a date, once it is finished"),
        may("Stopped", "a date, if it was stopped unfinished"),
        may("Percent complete", "0 to 100; empty is 0"),
        may("Recommendations", "the numbers it serves, with semicolons between: 4; 12; 3b"),
    ],
};

pub(super) const MILESTONES: Sheet = Sheet {
    name: "Milestones",
    about: "one step of an action",
    columns: &[
        must("Action", "a code on the sheet Actions"),
        must("Title", "what will have been done"),
        must("Due", "a date"),
        may("Done", "a date, once it is done"),
    ],
};

pub(super) const INDICATORS: Sheet = Sheet {
    name: "Indicators",
    about: "one defined measure",
    columns: &[
        must("Code", "short and lasting, used in addresses of pages: mmr1-24m"),
        must("Name", "what it is called"),
        may("Definition", "what exactly is measured"),
        may("Numerator", "who counts"),
        may("Denominator", "out of whom"),
        must("Unit", "% or per 100,000 or £ …"),
        must("Statistic", "proportion, rate or value"),
        may("Multiplier", "100 for a percentage, 100000 for a rate; empty is 1"),
        may("Polarity", "high-is-good, low-is-good or not-set; empty is not-set"),
        may("Frequency", "monthly, quarterly, annual or irregular; empty is irregular"),
        may("Source", "who publishes it, in words"),
        must("Series source", "where its figures come from: cover, fingertips, or town for the town's own"),
        must("Series indicator", "the indicator's code in that source: mmr1"),
        may("Series age", "the age in that source: 24 months"),
        may("Series sex", "persons, female or male; empty is persons"),
        may("Subgroup", "a code on the sheet Subgroups"),
        may("Impact measure", "yes if the partnership reviews it once a year"),
        may("Recommendations", "the numbers it measures, with semicolons between"),
        may("Actions", "the codes of the actions it measures, with semicolons between"),
    ],
};

pub(super) const TARGETS: Sheet = Sheet {
    name: "Targets",
    about: "what an indicator should reach by a date",
    columns: &[
        must("Indicator", "a code on the sheet Indicators"),
        must("Value", "in the indicator's unit"),
        must("Due", "a date"),
        may("Source", "who set it, and where"),
    ],
};

pub(super) const OBSERVATIONS: Sheet = Sheet {
    name: "Observations",
    about: "one of the town's own figures; published ones are imported from their publishers",
    columns: &[
        must("Indicator", "a code on the sheet Indicators, whose series source is town"),
        must("Area", "the area's code: E06000032"),
        may("Group", "the group within the area, such as deprivation: 1; empty is everyone"),
        must("Period", "March 2025, 2024/25 Q3, 2024/25 or 2025-01-01/2025-03-31"),
        may("Numerator", "how many had the event"),
        may("Denominator", "how many could have"),
        may("Value", "the figure, where it is not numerator over denominator"),
        may("Status", "value, suppressed, not-applicable or missing; empty is value"),
        may("Note", "a remark"),
    ],
};

/// Every sheet, in the order they are written in.
pub const SHEETS: &[Sheet] = &[
    SUBGROUPS,
    ORGANISATIONS,
    MEMBERS,
    RECOMMENDATIONS,
    ACTIONS,
    MILESTONES,
    INDICATORS,
    TARGETS,
    OBSERVATIONS,
];
