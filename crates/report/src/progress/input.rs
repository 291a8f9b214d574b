//! What a progress report is made from.
//!
//! The use case that asks for a report fills this from the database and from the statistics; nothing here is
//! computed from anything else here. Status words come from the caller, so that the words of a status stay in
//! one place.

use vocabulary::{Date, Period};

use crate::charts::Chart;
use crate::documents::{Method, Tone, Vintage};

/// Everything that one progress report says.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgressReport {
    /// The town's name.
    pub town: String,
    /// Whether it is about the whole partnership or one subgroup.
    pub scope: Scope,
    /// The days that it reports on.
    pub period: Period,
    /// The day for which every status is computed.
    pub as_of: Date,
    /// Whether the figures are invented.
    pub synthetic: bool,
    /// What it comes to, most important first; the first sentence says whether the gap is closing, as strongly
    /// as the statistics allow and no stronger (see [`crate::sentences`]).
    pub summary: Vec<String>,
    /// The recommendations, in the order of their numbers.
    pub recommendations: Vec<RecommendationProgress>,
    /// What the gap analysis found missing.
    pub gaps: Vec<Gap>,
    /// Where the figures come from, how old they are, and under which licence.
    pub vintage: Vec<Vintage>,
    /// How the figures were worked out.
    pub methods: Vec<Method>,
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The whole partnership.
    Partnership {
        /// Its name: `Luton Health Equity Town Partnership`.
        name: String,
    },
    /// One subgroup.
    Subgroup {
        /// Its name: `Children and young people`.
        name: String,
    },
}

/// One recommendation: what it asks, how it stands and why.
#[derive(Debug, Clone, PartialEq)]
pub struct RecommendationProgress {
    /// Its number in the town's report: `12` or `3b`.
    pub number: String,
    /// Its words.
    pub words: String,
    /// The Marmot principle it belongs to.
    pub principle: String,
    /// The subgroup that answers for it.
    pub subgroup: Option<String>,
    /// The status in words: `On track`.
    pub status: String,
    /// How the status is meant.
    pub tone: Tone,
    /// Why the status is what it is, a sentence each.
    pub reasons: Vec<String>,
    /// Its actions.
    pub actions: Vec<ActionProgress>,
    /// The indicators tied to it.
    pub indicators: Vec<IndicatorProgress>,
}

/// One action.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionProgress {
    /// Its reference or number; empty when it has none.
    pub reference: String,
    /// What is to be done.
    pub title: String,
    /// Who does it: a person's role or an organisation; `None` when nobody owns it.
    pub owner: Option<String>,
    /// How it stands.
    pub state: ActionState,
    /// How far it is, 0 to 100.
    pub percent_complete: Option<u8>,
    /// A remark.
    pub note: Option<String>,
}

/// How an action stands on the day of the report. The order is the order in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionState {
    /// Due and not done.
    Late {
        /// When it was due.
        due: Date,
    },
    /// Done within the reported period.
    Done {
        /// When it was done.
        on: Date,
    },
    /// Under way and due by the end of the next period.
    Due {
        /// When it is due.
        by: Date,
    },
    /// Comes after that.
    Next {
        /// When it is due; `None` when no date was agreed.
        by: Option<Date>,
    },
}

/// One indicator, with what can be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorProgress {
    /// Its stable code. Where several recommendations share an indicator, its charts stand under the first and
    /// the others point there.
    pub code: String,
    /// Its name: `MMR first dose at 24 months`.
    pub name: String,
    /// The plain sentences about it, made by [`crate::sentences`].
    pub sentences: Vec<String>,
    /// The variation and assurance icons.
    pub icons: Vec<Chart>,
    /// The control chart; `None` when there are too few points, which the sentences then say.
    pub control: Option<Chart>,
    /// The gradient by deprivation; `None` when the indicator is not split by deprivation.
    pub gradient: Option<Chart>,
    /// The source, period and denominator in a line.
    pub source: String,
    /// Caveats about its figures.
    pub caveats: Vec<String>,
}

/// Something that is missing: a recommendation that nobody owns, an action that serves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What is missing: `No owner`, `No recent data`, `Serves no recommendation`.
    pub kind: String,
    /// What it is missing from: `Recommendation 7: ...`.
    pub subject: String,
    /// Why that is so, in a sentence.
    pub why: String,
}
