//! Whether the process, as it is, will meet its target.

use vocabulary::Polarity;

/// The assurance icon: what to expect of the target if nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Assurance {
    /// The target lies beyond the limit on the good side: it will be missed.
    WillFail,
    /// The target lies between the limits: met or missed by chance.
    HitAndMiss,
    /// The target lies beyond the limit on the bad side: it will be met.
    WillPass,
    /// There is a target, and no way to hold the limits against it: there are too few points for limits, the
    /// chart has none, or no direction is called better.
    NotKnown,
    /// There is no target.
    NoTarget,
}

impl Assurance {
    /// Every icon, those that need attention first.
    pub const ALL: [Assurance; 5] = [
        Assurance::WillFail,
        Assurance::HitAndMiss,
        Assurance::WillPass,
        Assurance::NotKnown,
        Assurance::NoTarget,
    ];

    /// The icon for the latest target and limits. Whether a target exactly on a limit lies beyond it is a choice
    /// of the profile. Where the limits have no width and the target is on them, every reading meets it.
    ///
    /// Source: NHS England, Making Data Count: the target against the process limits.
    pub(crate) fn of(
        target: Option<f64>,
        limits: Option<(f64, f64)>,
        polarity: Polarity,
        on_limit_is_beyond: bool,
        slack: f64,
    ) -> Assurance {
        let Some(target) = target else { return Assurance::NoTarget };
        let (Some((lower, upper)), true) = (limits, polarity != Polarity::NotSet) else {
            return Assurance::NotKnown;
        };
        if upper - lower <= slack && (target - upper).abs() <= slack {
            return Assurance::WillPass;
        }
        let (above, below) = match on_limit_is_beyond {
            true => (target >= upper - slack, target <= lower + slack),
            false => (target > upper + slack, target < lower - slack),
        };
        match (above, below, polarity == Polarity::HighIsGood) {
            (true, _, true) | (_, true, false) => Assurance::WillFail,
            (true, _, false) | (_, true, true) => Assurance::WillPass,
            (false, false, _) => Assurance::HitAndMiss,
        }
    }

    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Assurance::WillFail => "will-fail",
            Assurance::HitAndMiss => "hit-and-miss",
            Assurance::WillPass => "will-pass",
            Assurance::NotKnown => "not-known",
            Assurance::NoTarget => "no-target",
        }
    }

    /// The icon with this code.
    pub fn from_code(code: &str) -> Option<Assurance> {
        Assurance::ALL.into_iter().find(|a| a.code() == code)
    }

    /// A sentence that says what the limits show of the target, and no more.
    pub fn sentence(self) -> &'static str {
        match self {
            Assurance::WillFail => {
                "The target lies outside the limits: without a change to how things are done it will be missed."
            }
            Assurance::HitAndMiss => {
                "The target lies within the limits: it will be met at some times and missed at others, by chance."
            }
            Assurance::WillPass => {
                "The target lies outside the limits, on the safe side: if nothing changes it will be met."
            }
            Assurance::NotKnown => "There is a target, and nothing to say yet about whether it will be met.",
            Assurance::NoTarget => "No target is set.",
        }
    }

    /// How high it stands in a list of what needs attention: 0 is first.
    pub fn attention(self) -> u8 {
        self as u8
    }
}
