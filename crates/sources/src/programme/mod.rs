//! The partnership's own workbook: the one Excel file that holds the whole programme, a sheet for each kind of thing.
//!
//! It is read and written here, from one table of sheets and columns ([`SHEETS`]), so that what het writes it can read
//! again, and so that the manual's description of the workbook is made from the same table. A workbook stands on its own:
//! whatever one sheet refers to must be on another.

mod book;
mod cells;
mod check;
mod layout;
mod read;
mod write;

use vocabulary::{AreaCode, Date, Figure, Period, Polarity};

pub use layout::{Column, SHEETS, Sheet};
pub use read::read;
pub use write::write;

/// Everything in a workbook. References are the codes and numbers that the other sheets define.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workbook {
    /// Subgroups, in the order they are listed in.
    pub subgroups: Vec<Subgroup>,
    /// Organisations of the partnership.
    pub organisations: Vec<Organisation>,
    /// Members.
    pub members: Vec<Member>,
    /// Recommendations.
    pub recommendations: Vec<Recommendation>,
    /// Actions.
    pub actions: Vec<Action>,
    /// Milestones of the actions.
    pub milestones: Vec<Milestone>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Targets of the indicators.
    pub targets: Vec<Target>,
    /// The town's own figures.
    pub observations: Vec<TownFigure>,
}

/// One priority area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subgroup {
    /// Its code, as in addresses of pages.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: String,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// What it is called.
    pub name: String,
    /// Council, NHS, voluntary sector, …
    pub kind: String,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their code.
    pub code: String,
    /// What they are called.
    pub name: String,
    /// What they do.
    pub role: String,
    /// The name of their organisation.
    pub organisation: Option<String>,
    /// The code of the subgroup they sit on.
    pub subgroup: Option<String>,
}

/// A recommendation of the town's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Its number in the report.
    pub number: String,
    /// Its words.
    pub words: String,
    /// The Marmot principle, 1 to 8.
    pub principle: u8,
    /// `short`, `medium` or `long`.
    pub horizon: String,
    /// The code of the subgroup that drives it.
    pub subgroup: String,
    /// The code of the member who owns it.
    pub owner: Option<String>,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What will be done.
    pub description: String,
    /// The code of the subgroup that drives it.
    pub subgroup: String,
    /// The code of the member who does it.
    pub owner: Option<String>,
    /// The code of the member who answers for it.
    pub sponsor: Option<String>,
    /// When it starts.
    pub starts: Option<Date>,
    /// When it should be finished.
    pub due: Option<Date>,
    /// When it was finished.
    pub finished: Option<Date>,
    /// When it was stopped unfinished.
    pub stopped: Option<Date>,
    /// How much is done, 0 to 100.
    pub percent: u8,
    /// The numbers of the recommendations it serves.
    pub recommendations: Vec<String>,
}

/// A step of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The code of the action.
    pub action: String,
    /// What will have been done.
    pub title: String,
    /// By when.
    pub due: Date,
    /// When it was done.
    pub done: Option<Date>,
}

/// An indicator, and the series it reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What exactly is measured.
    pub definition: String,
    /// Who counts in the numerator.
    pub numerator: String,
    /// Who counts in the denominator.
    pub denominator: String,
    /// `%`, `per 100,000`, …
    pub unit: String,
    /// `proportion`, `rate` or `value`.
    pub statistic: String,
    /// What the ratio is multiplied by.
    pub multiplier: f64,
    /// Which way is better.
    pub polarity: Polarity,
    /// `monthly`, `quarterly`, `annual` or `irregular`.
    pub frequency: String,
    /// Who publishes it, in words.
    pub source: String,
    /// The source of its series: `cover`, `fingertips`, `town`.
    pub series_source: String,
    /// The series' indicator code.
    pub series_indicator: String,
    /// The series' age.
    pub series_age: String,
    /// The code of the series' sex.
    pub series_sex: String,
    /// The code of the subgroup that follows it.
    pub subgroup: Option<String>,
    /// Whether the partnership reviews it once a year.
    pub impact: bool,
    /// The numbers of the recommendations it measures.
    pub recommendations: Vec<String>,
    /// The codes of the actions it measures.
    pub actions: Vec<String>,
}

/// A target of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The code of the indicator.
    pub indicator: String,
    /// The value to reach.
    pub value: f64,
    /// By when.
    pub due: Date,
    /// Who set it.
    pub source: String,
}

/// One of the town's own figures.
#[derive(Debug, Clone, PartialEq)]
pub struct TownFigure {
    /// The code of the indicator, whose series must be of the source `town`.
    pub indicator: String,
    /// The area's code.
    pub area: AreaCode,
    /// The group within the area; empty for everyone.
    pub group: String,
    /// The days it is about.
    pub period: Period,
    /// How many had the event.
    pub numerator: Option<f64>,
    /// How many could have.
    pub denominator: Option<f64>,
    /// The figure.
    pub figure: Figure,
    /// A remark.
    pub note: String,
    /// The row of the sheet it was read from; 0 when it was not.
    pub row: u32,
}
