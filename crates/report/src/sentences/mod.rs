//! Plain sentences from statistics, never claiming a change that the rules do not show.
//!
//! Each sentence has one source: the level and its comparison, the variation and assurance icons, the gap now and
//! then. Where a rule shows nothing, the sentence says so and uses no word of direction, since "down from 16 to
//! 12, but not significantly" is read as "down". A language model or a template with free text was rejected: what
//! may be said is finite, so it is written out and every combination is tested.

mod change;
mod gap;
mod level;
mod summary;

pub use change::{assurance, change};
pub use gap::{Gap, GapFacts, GapVerdict};
pub use level::{Benchmark, Compared, LevelFacts, level};
pub use summary::gaps_in_a_sentence;

use spc::{Assurance, Variation};

use crate::figures::Unit;

/// What is known of one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The latest level, and how it compares; `None` where there is no figure at all.
    pub level: Option<LevelFacts>,
    /// What the values are of.
    pub unit: Unit,
    /// What the control chart shows of the latest point.
    pub variation: Variation,
    /// What it shows of the target.
    pub assurance: Assurance,
    /// The target.
    pub target: Option<f64>,
    /// The gap between the most and the least deprived; `None` where the indicator is not split so.
    pub gap: Option<GapFacts>,
}

/// What can be said of an indicator: its level, its change, its target and its gap, a sentence or two each.
pub fn sentences(name: &str, facts: &Facts) -> Vec<String> {
    let Some(latest) = &facts.level else {
        return vec![format!("There are no figures for {name} yet.")];
    };
    let mut sentences = vec![level(name, facts.unit, latest), change(facts.variation).to_owned()];
    sentences.push(assurance(facts.assurance, facts.target, facts.unit));
    sentences.extend(facts.gap.iter().map(|gap| gap.sentence(facts.unit)));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{Figure, Withheld};

    fn facts() -> Facts {
        Facts {
            level: Some(LevelFacts {
                period: "2025 Q1".parse().unwrap(),
                figure: Figure::Value(83.42),
                interval: Some((82.2, 84.5)),
                benchmark: None,
            }),
            unit: Unit::Percent,
            variation: Variation::CommonCause,
            assurance: Assurance::WillFail,
            target: Some(95.0),
            gap: None,
        }
    }

    #[test]
    fn an_indicator_is_told_in_plain_sentences() {
        assert_eq!(
            sentences("MMR first dose at 24 months", &facts()),
            [
                "MMR first dose at 24 months was 83.4% (82.2% to 84.5%) in January to March 2025.",
                "There is no evidence of change: recent figures vary no more than chance explains.",
                "Unless something changes, the target of 95.0% will be missed.",
            ]
        );
        let none = Facts { level: None, ..facts() };
        assert_eq!(sentences("MMR", &none), ["There are no figures for MMR yet."]);
    }

    #[test]
    fn a_withheld_level_is_said_in_its_word() {
        let mut withheld = facts();
        withheld.level.as_mut().unwrap().figure = Figure::Withheld(Withheld::Suppressed);
        assert_eq!(
            sentences("MMR", &withheld)[0],
            "The figure for MMR in January to March 2025 is suppressed."
        );
    }
}
