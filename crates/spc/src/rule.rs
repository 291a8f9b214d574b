//! The rules that tell special cause from common cause, and the set of them that a point fired.
//!
//! A rule looks at *zones*, not at limits: for every point, how many thirds of the way to a limit it lies
//! from the centre, found once with one tolerance. So one implementation serves every kind of chart, whether
//! its limits are equal, stepped or skewed, and a tie on the mean or a point exactly on a limit is decided in
//! one place ([`crate::zone`]). The alternative, each rule comparing numbers for itself, is how peers come to
//! disagree with themselves about the same point.

mod alternating;
mod crossings;
mod long_run;
mod outside;
mod shift;
mod some_beyond;
mod trend;
mod within;

use std::fmt;

use crate::zone::Zone;

/// A rule that a point can fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Beyond a limit.
    Outside,
    /// A run of points on one side of the centre line.
    Shift,
    /// A run of points each higher, or each lower, than the one before.
    Trend,
    /// Two of three successive points in or beyond the outer third, on one side.
    TwoOfThree,
    /// Four of five successive points more than a third of the way to a limit, on one side.
    FourOfFive,
    /// A run of points within a third of the way to a limit, on either side: too little variation.
    Within,
    /// A run of points on both sides with none within a third of the way to a limit: two processes mixed.
    Mixture,
    /// A run of points that go up and down in turn.
    Alternating,
    /// The longest run on one side of the centre is longer than chance allows for this many points.
    LongRun,
    /// The line crosses the centre less often than chance allows for this many points.
    FewCrossings,
}

impl Rule {
    /// Every rule, in the order in which they are named to a reader.
    pub const ALL: [Rule; 10] = [
        Rule::Outside,
        Rule::Shift,
        Rule::Trend,
        Rule::TwoOfThree,
        Rule::FourOfFive,
        Rule::Within,
        Rule::Mixture,
        Rule::Alternating,
        Rule::LongRun,
        Rule::FewCrossings,
    ];

    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Rule::Outside => "outside",
            Rule::Shift => "shift",
            Rule::Trend => "trend",
            Rule::TwoOfThree => "two-of-three",
            Rule::FourOfFive => "four-of-five",
            Rule::Within => "within",
            Rule::Mixture => "mixture",
            Rule::Alternating => "alternating",
            Rule::LongRun => "long-run",
            Rule::FewCrossings => "few-crossings",
        }
    }

    /// The rule with this code.
    pub fn from_code(code: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// What the rule saw, in a few plain words that finish "this point is ...".
    pub fn words(self) -> &'static str {
        match self {
            Rule::Outside => "outside the limits",
            Rule::Shift => "in a run on one side of the centre line",
            Rule::Trend => "in a run of steady rise or fall",
            Rule::TwoOfThree => "one of two in three close to a limit",
            Rule::FourOfFive => "one of four in five well away from the centre line on one side",
            Rule::Within => "in a run that hugs the centre line",
            Rule::Mixture => "in a run that keeps away from the centre line on both sides",
            Rule::Alternating => "in a run that goes up and down in turn",
            Rule::LongRun => "in an unusually long run on one side of the centre line",
            Rule::FewCrossings => "part of a series that crosses the centre line unusually seldom",
        }
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rules(u16);

impl Rules {
    /// No rule.
    pub const NONE: Rules = Rules(0);

    /// Whether no rule is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the rule is in the set.
    pub fn contains(self, rule: Rule) -> bool {
        self.0 & rule.bit() != 0
    }

    /// The set with this rule too.
    #[must_use]
    pub fn with(self, rule: Rule) -> Rules {
        Rules(self.0 | rule.bit())
    }

    /// The rules of either set.
    #[must_use]
    pub fn union(self, other: Rules) -> Rules {
        Rules(self.0 | other.0)
    }

    /// The rules, in the order of [`Rule::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(move |&rule| self.contains(rule))
    }
}

impl FromIterator<Rule> for Rules {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Rules {
        rules.into_iter().fold(Rules::NONE, Rules::with)
    }
}

/// The codes, with `;` between.
impl fmt::Display for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, rule) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(";")?;
            }
            f.write_str(rule.code())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// What to do with points exactly on the centre line, or equal to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// A tie ends the run.
    Break,
    /// A tie is passed over: it neither adds to the run nor ends it.
    Skip,
}

/// Which points of a pattern are said to fire the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Every point of the pattern.
    All,
    /// Only the points at which the pattern is complete.
    Completing,
}

/// A rule with the numbers that a profile gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RuleSpec {
    /// [`Rule::Outside`].
    Outside,
    /// [`Rule::Shift`] of this many points.
    Shift {
        /// How many points, at least.
        run: usize,
        /// Points on the centre line.
        ties: Ties,
        /// Which points fire.
        marks: Marks,
    },
    /// [`Rule::Trend`] of this many points (so one fewer step).
    Trend {
        /// How many points, at least.
        run: usize,
        /// Equal neighbours.
        ties: Ties,
        /// Which points fire.
        marks: Marks,
    },
    /// [`Rule::TwoOfThree`] or [`Rule::FourOfFive`].
    SomeBeyond {
        /// Which of the two.
        rule: Rule,
        /// How many points must be beyond.
        need: usize,
        /// Among how many successive points.
        of: usize,
        /// Beyond how many thirds of the way to the limit: 2 or 1.
        thirds: i8,
        /// Whether a point outside the limits counts as one of them.
        outside_counts: bool,
        /// Whether all the successive points must lie on the same side, those that are not beyond too.
        all_one_side: bool,
        /// Which points fire; with `All`, those that are beyond.
        marks: Marks,
    },
    /// [`Rule::Within`] of this many points.
    Within {
        /// How many points, at least.
        run: usize,
        /// Which points fire.
        marks: Marks,
    },
    /// [`Rule::Mixture`] of this many points.
    Mixture {
        /// How many points, at least.
        run: usize,
        /// Which points fire.
        marks: Marks,
    },
    /// [`Rule::Alternating`] of this many points.
    Alternating {
        /// How many points, at least.
        run: usize,
        /// Which points fire.
        marks: Marks,
    },
    /// [`Rule::LongRun`]: longer than round(log2 n) + 3 useful points (Anhøj and Olesen 2014).
    LongRun,
    /// [`Rule::FewCrossings`]: fewer than the 5% point of the binomial (n − 1, ½) (Anhøj and Olesen 2014).
    FewCrossings,
}

impl RuleSpec {
    /// Which rule it is.
    pub fn rule(&self) -> Rule {
        match *self {
            RuleSpec::Outside => Rule::Outside,
            RuleSpec::Shift { .. } => Rule::Shift,
            RuleSpec::Trend { .. } => Rule::Trend,
            RuleSpec::SomeBeyond { rule, .. } => rule,
            RuleSpec::Within { .. } => Rule::Within,
            RuleSpec::Mixture { .. } => Rule::Mixture,
            RuleSpec::Alternating { .. } => Rule::Alternating,
            RuleSpec::LongRun => Rule::LongRun,
            RuleSpec::FewCrossings => Rule::FewCrossings,
        }
    }

    /// Marks the points of one part that fire the rule. `zones`, `values` and `fired` are of one length and
    /// hold no gap.
    pub(crate) fn apply(&self, zones: &[Zone], values: &[f64], fired: &mut [Fired]) {
        match *self {
            RuleSpec::Outside => outside::mark(zones, fired),
            RuleSpec::Shift { run, ties, marks } => shift::mark(zones, run, ties, marks, fired),
            RuleSpec::Trend { run, ties, marks } => trend::mark(values, run, ties, marks, fired),
            RuleSpec::SomeBeyond { rule, need, of, thirds, outside_counts, all_one_side, marks } => {
                let window = some_beyond::Window { need, of, thirds, outside_counts, all_one_side };
                some_beyond::mark(zones, rule, window, marks, fired);
            }
            RuleSpec::Within { run, marks } => within::mark(zones, run, marks, fired),
            RuleSpec::Mixture { run, marks } => within::mark_mixture(zones, run, marks, fired),
            RuleSpec::Alternating { run, marks } => alternating::mark(values, run, marks, fired),
            RuleSpec::LongRun => long_run::mark(zones, fired),
            RuleSpec::FewCrossings => crossings::mark(zones, fired),
        }
    }
}

/// The rules that one point fired, by the direction that each of them points in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Fired {
    /// Pointing up.
    pub high: Rules,
    /// Pointing down.
    pub low: Rules,
    /// Special cause without a direction.
    pub level: Rules,
}

impl Fired {
    /// Adds a rule that points up (positive), down (negative) or neither way.
    pub fn add(&mut self, rule: Rule, direction: i8) {
        let set = match direction {
            1.. => &mut self.high,
            0 => &mut self.level,
            _ => &mut self.low,
        };
        *set = set.with(rule);
    }

    /// Adds all that another point fired.
    pub fn join(&mut self, other: Fired) {
        self.high = self.high.union(other.high);
        self.low = self.low.union(other.low);
        self.level = self.level.union(other.level);
    }

    /// What two points both fired, in the same direction.
    pub fn both(self, other: Fired) -> Fired {
        Fired {
            high: Rules(self.high.0 & other.high.0),
            low: Rules(self.low.0 & other.low.0),
            level: Rules(self.level.0 & other.level.0),
        }
    }

    /// All of them.
    pub fn rules(self) -> Rules {
        self.high.union(self.low).union(self.level)
    }
}

/// Marks the run `start..=end` of a rule that needs `need` points, if it is long enough.
pub(crate) fn mark_run(
    fired: &mut [Fired],
    rule: Rule,
    direction: i8,
    (start, end): (usize, usize),
    need: usize,
    marks: Marks,
) {
    if end + 1 < start + need {
        return;
    }
    let from = match marks {
        Marks::All => start,
        Marks::Completing => start + need - 1,
    };
    for point in &mut fired[from..=end] {
        point.add(rule, direction);
    }
}
