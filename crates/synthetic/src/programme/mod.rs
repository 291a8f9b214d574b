//! The made-up partnership: its subgroups, members, recommendations, actions and milestones.
//!
//! The words are our own and the people are roles. Nothing here holds a status: what is done, late or owned
//! by nobody is computed from these facts on the day that one asks.

mod actions;
mod members;
mod recommendations;

use vocabulary::Date;

pub(crate) use actions::schedule;
pub(crate) use members::{members, organisations, subgroups};
pub(crate) use recommendations::recommendations;

/// One priority area of the partnership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subgroup {
    /// Stable code: `children`, `housing`, `net-zero` or `work`.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The aim at the head of its driver diagram.
    pub aim: &'static str,
}

/// An organisation that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Stable code, such as `org-01`.
    pub code: String,
    /// Its name, which says that it is synthetic.
    pub name: String,
    /// Council, NHS, voluntary sector and so on.
    pub kind: &'static str,
}

/// A seat in the partnership, by role only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Stable code, such as `member-07`.
    pub code: String,
    /// Such as `Synthetic member 07, Director of Public Health`.
    pub name: String,
    /// The role alone.
    pub role: &'static str,
    /// The code of the organisation.
    pub organisation: String,
    /// The code of the subgroup that the member sits in; none for those who sit in the whole partnership only.
    pub subgroup: Option<&'static str>,
}

/// How soon a recommendation is to be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Horizon {
    /// Within a year or two.
    Short,
    /// Within about five years.
    Medium,
    /// Longer.
    Long,
}

impl Horizon {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Horizon::Short => "short",
            Horizon::Medium => "medium",
            Horizon::Long => "long",
        }
    }
}

/// One numbered recommendation of the town's made-up Marmot report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Its number, from 1.
    pub number: u16,
    /// What it says.
    pub words: &'static str,
    /// The code of the subgroup that leads on it.
    pub subgroup: &'static str,
    /// The Marmot principle it is tied to, 1 to 8, in the order in which the Institute of Health Equity lists
    /// them.
    pub principle: u8,
    /// How soon.
    pub horizon: Horizon,
    /// The code of the member who answers for it; nobody answers for some.
    pub owner: Option<String>,
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Stable code, such as `A07`.
    pub code: String,
    /// What is done.
    pub title: &'static str,
    /// The code of the subgroup it belongs to.
    pub subgroup: &'static str,
    /// The code of the member who owns it; nobody owns some.
    pub owner: Option<String>,
    /// The code of the member who sponsors it.
    pub sponsor: Option<String>,
    /// The numbers of the recommendations that it serves; some serve none.
    pub recommendations: Vec<u16>,
    /// The codes of the indicators that it should move; some move none.
    pub indicators: Vec<&'static str>,
    /// The day work starts or started.
    pub start: Date,
    /// The day it is due.
    pub due: Date,
    /// The day it was finished.
    pub finished: Option<Date>,
    /// The day it was stopped without being finished.
    pub stopped: Option<Date>,
    /// How much is done, 0 to 100, as its owner says.
    pub percent_complete: u8,
    /// The steps on the way, earliest first; some actions have none.
    pub milestones: Vec<Milestone>,
}

/// A step of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What is to be reached.
    pub title: &'static str,
    /// The day it is due.
    pub due: Date,
    /// The day it was reached.
    pub reached: Option<Date>,
}
