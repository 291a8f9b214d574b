//! What kind of variation the latest point shows.

use vocabulary::Polarity;

use crate::Judgement;

/// The variation icon: what the latest reading shows, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Variation {
    /// Special cause of concern: higher, where lower is better.
    ConcernHigh,
    /// Special cause of concern: lower, where higher is better.
    ConcernLow,
    /// Special cause, higher, where no direction is called better.
    NeitherHigh,
    /// Special cause, lower, where no direction is called better.
    NeitherLow,
    /// Special cause of improvement: higher, where higher is better.
    ImprovementHigh,
    /// Special cause of improvement: lower, where lower is better.
    ImprovementLow,
    /// Nothing more than chance explains.
    CommonCause,
    /// Too few points to tell.
    NotEnoughPoints,
}

impl Variation {
    /// Every icon, those that need attention first.
    pub const ALL: [Variation; 8] = [
        Variation::ConcernHigh,
        Variation::ConcernLow,
        Variation::NeitherHigh,
        Variation::NeitherLow,
        Variation::ImprovementHigh,
        Variation::ImprovementLow,
        Variation::CommonCause,
        Variation::NotEnoughPoints,
    ];

    /// The icon of a point judged so, lying or pointing high or low.
    pub(crate) fn of(judgement: Judgement, high: bool) -> Variation {
        match (judgement, high) {
            (Judgement::Concern, true) => Variation::ConcernHigh,
            (Judgement::Concern, false) => Variation::ConcernLow,
            (Judgement::Neither, true) => Variation::NeitherHigh,
            (Judgement::Neither, false) => Variation::NeitherLow,
            (Judgement::Improvement, true) => Variation::ImprovementHigh,
            (Judgement::Improvement, false) => Variation::ImprovementLow,
            (Judgement::CommonCause, _) => Variation::CommonCause,
        }
    }

    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Variation::ConcernHigh => "concern-high",
            Variation::ConcernLow => "concern-low",
            Variation::NeitherHigh => "neither-high",
            Variation::NeitherLow => "neither-low",
            Variation::ImprovementHigh => "improvement-high",
            Variation::ImprovementLow => "improvement-low",
            Variation::CommonCause => "common-cause",
            Variation::NotEnoughPoints => "not-enough-points",
        }
    }

    /// The icon with this code.
    pub fn from_code(code: &str) -> Option<Variation> {
        Variation::ALL.into_iter().find(|v| v.code() == code)
    }

    /// The judgement that it carries; `None` when there are too few points.
    pub fn judgement(self) -> Option<Judgement> {
        match self {
            Variation::ConcernHigh | Variation::ConcernLow => Some(Judgement::Concern),
            Variation::NeitherHigh | Variation::NeitherLow => Some(Judgement::Neither),
            Variation::ImprovementHigh | Variation::ImprovementLow => Some(Judgement::Improvement),
            Variation::CommonCause => Some(Judgement::CommonCause),
            Variation::NotEnoughPoints => None,
        }
    }

    /// How high it stands in a list of what needs attention: 0 is first. Concern, then special cause without a judgement,
    /// improvement, common cause, and too few points.
    pub fn attention(self) -> u8 {
        match self.judgement() {
            Some(Judgement::Concern) => 0,
            Some(Judgement::Neither) => 1,
            Some(Judgement::Improvement) => 2,
            Some(Judgement::CommonCause) => 3,
            None => u8::MAX,
        }
    }

    /// A sentence that says what the rules show of the latest reading, and no more.
    pub fn sentence(self) -> &'static str {
        match self {
            Variation::ConcernHigh => {
                "Special cause of concern: the latest reading is part of a pattern of higher values that chance seldom makes, and lower is better."
            }
            Variation::ConcernLow => {
                "Special cause of concern: the latest reading is part of a pattern of lower values that chance seldom makes, and higher is better."
            }
            Variation::NeitherHigh => {
                "Special cause: the latest reading is part of a pattern of higher values that chance seldom makes; it is not judged as better or worse."
            }
            Variation::NeitherLow => {
                "Special cause: the latest reading is part of a pattern of lower values that chance seldom makes; it is not judged as better or worse."
            }
            Variation::ImprovementHigh => {
                "Special cause of improvement: the latest reading is part of a pattern of higher values that chance seldom makes, and higher is better."
            }
            Variation::ImprovementLow => {
                "Special cause of improvement: the latest reading is part of a pattern of lower values that chance seldom makes, and lower is better."
            }
            Variation::CommonCause => {
                "Common cause: the latest reading is within what chance alone explains, so there is no evidence of change."
            }
            Variation::NotEnoughPoints => "There are too few readings to tell change from chance.",
        }
    }

    /// Swaps high and low, as a series turned upside down would.
    #[must_use]
    pub fn mirrored(self) -> Variation {
        match self {
            Variation::ConcernHigh => Variation::ConcernLow,
            Variation::ConcernLow => Variation::ConcernHigh,
            Variation::NeitherHigh => Variation::NeitherLow,
            Variation::NeitherLow => Variation::NeitherHigh,
            Variation::ImprovementHigh => Variation::ImprovementLow,
            Variation::ImprovementLow => Variation::ImprovementHigh,
            same => same,
        }
    }
}

/// What a move in that direction means, given which is better.
pub(crate) fn judge(high: bool, polarity: Polarity) -> Judgement {
    match (polarity, high) {
        (Polarity::NotSet, _) => Judgement::Neither,
        (Polarity::HighIsGood, true) | (Polarity::LowIsGood, false) => Judgement::Improvement,
        (Polarity::HighIsGood, false) | (Polarity::LowIsGood, true) => Judgement::Concern,
    }
}
