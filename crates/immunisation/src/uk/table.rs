//! The compact tables that the rules are run over: indices instead of names, spans and day numbers instead
//! of text.

use crate::calendar::{Civil, Day, EARLIEST, LATEST, Span};

use super::child::VaccineId;

/// A set of antigens, one bit each.
pub(super) type Antigens = u32;

/// The lengths of time that the influenza programme needs, from the data.
#[derive(Debug, Clone, Copy)]
pub(super) struct InfluenzaRules {
    /// The age from which the vaccine may be given.
    pub(super) least_age: Span,
    /// Children at risk under this age who were never vaccinated have two doses.
    pub(super) two_doses_under: Span,
    /// The least time between those two.
    pub(super) between: Span,
}

#[derive(Debug, Clone)]
pub(super) struct Vaccine {
    pub(super) code: String,
    pub(super) name: String,
    /// In SNOMED CT, dm+d and CVX.
    pub(super) other_codes: Vec<String>,
    pub(super) associations: Vec<Association>,
    /// Every antigen, when no association is limited.
    pub(super) plain: Option<Antigens>,
    pub(super) live: bool,
    pub(super) four_weeks_apart: bool,
    pub(super) ages: (Option<Span>, Option<Span>),
    pub(super) born: (Day, Day),
    pub(super) dates: (Day, Day),
    pub(super) offered: bool,
    pub(super) products: Vec<Product>,
}

#[derive(Debug, Clone)]
pub(super) struct Product {
    pub(super) name: String,
    pub(super) gelatine: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Association {
    pub(super) antigen: u8,
    pub(super) until_age: Option<Span>,
    pub(super) given_until: Day,
}

impl Vaccine {
    /// The antigens that a dose counts towards, given on a day to a child born on another.
    pub(super) fn antigens(&self, born: Civil, given: Day) -> Antigens {
        if let Some(plain) = self.plain {
            return plain;
        }
        let counts = |association: &&Association| {
            given <= association.given_until
                && association.until_age.is_none_or(|until| given < born.plus(until))
        };
        self.associations.iter().filter(counts).fold(0, |set, association| set | 1 << association.antigen)
    }

    /// Whether the vaccine can be offered on a day to a child born on another.
    pub(super) fn available(&self, born: Civil, on: Day) -> bool {
        self.offered
            && (self.dates.0..=self.dates.1).contains(&on)
            && (self.born.0..=self.born.1).contains(&born.day)
            && self.ages.0.is_none_or(|from| born.plus(from) <= on)
            && self.ages.1.is_none_or(|until| on < born.plus(until))
    }
}

/// The variants of one course; a child follows the first that holds for them.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    pub(super) id: String,
    pub(super) variants: Vec<Course>,
}

#[derive(Debug, Clone)]
pub(super) struct Course {
    pub(super) name: String,
    pub(super) antigen: u8,
    pub(super) born: (Day, Day),
    pub(super) assessed: (Day, Day),
    pub(super) starts: Day,
    pub(super) stops: Day,
    pub(super) sexes: u8,
    pub(super) conditions: u64,
    pub(super) immune_if: u64,
    pub(super) in_pregnancy: bool,
    pub(super) never_overdue: bool,
    /// Whether its vaccines keep four weeks from other live ones.
    pub(super) four_weeks_apart: bool,
    pub(super) source: String,
    pub(super) slots: Vec<Slot>,
}

/// A dose of a course.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) label: String,
    pub(super) reason: String,
    pub(super) due: Bounded,
    pub(super) earliest: Bounded,
    pub(super) interval: Bounded,
    pub(super) spacing: Bounded,
    pub(super) spacing_from_any: Option<Bounded>,
    pub(super) ends: Option<Bounded>,
    pub(super) required: bool,
    pub(super) overdue: Option<Bounded>,
    pub(super) given_from: Day,
    pub(super) skip: Option<(u8, Option<Bounded>)>,
    pub(super) sooner: Option<Bounded>,
    pub(super) sooner_without: Option<(u8, Bounded, Bounded)>,
    pub(super) late: Option<(Bounded, Bounded, Bounded)>,
    pub(super) offer: Vec<VaccineId>,
    pub(super) source: Option<String>,
}

impl Slot {
    /// The least and the recommended interval after a dose given on `previous`.
    pub(super) fn intervals(&self, anchor: Civil, previous: Civil) -> (Bounded, Bounded) {
        match self.late {
            Some((from, interval, spacing)) if from.passed(anchor, previous.day) => (interval, spacing),
            _ => (self.interval, self.spacing),
        }
    }

    /// Whether the age at which the dose ends has been reached.
    pub(super) fn lapsed(&self, anchor: Civil, on: Day) -> bool {
        self.ends.is_some_and(|ends| ends.passed(anchor, on))
    }
}

#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) withholds: Vec<VaccineId>,
    pub(super) withholds_live: bool,
    pub(super) without_gelatine: bool,
    pub(super) because: String,
}

/// An influenza season.
#[derive(Debug, Clone, Copy)]
pub(super) struct Season {
    pub(super) starts: Civil,
    pub(super) ends: Day,
    pub(super) ages: (u8, u8),
    /// The 31 August from which ages in the season are counted.
    pub(super) ages_on: Day,
}

/// A span with bounds on its length in days, so that most questions need no calendar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounded {
    span: Span,
    least: Day,
    most: Day,
}

impl Bounded {
    pub(super) fn new(span: Span) -> Bounded {
        // A month counts as 30 days in the rough length, so it is short by at most half a day a month and a
        // roll-forward; no span in the data has more than 24 months.
        let rough = span.rough_days();
        Bounded { span, least: rough - 4, most: rough + 24 }
    }

    pub(super) fn after(self, from: Civil) -> Day {
        from.plus(self.span)
    }

    /// Whether the span has passed, counted from one day to another.
    #[inline]
    pub(super) fn passed(self, from: Civil, on: Day) -> bool {
        let days = on - from.day;
        days >= self.least && (days >= self.most || from.plus(self.span) <= on)
    }

    pub(super) fn rough_days(self) -> Day {
        self.span.rough_days()
    }
}

impl std::fmt::Display for Bounded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.span.fmt(f)
    }
}

/// From the first day to the last when a table does not say.
pub(super) const ALWAYS: (Day, Day) = (EARLIEST, LATEST);
