//! What the control chart shows, and what it shows of the target.

use spc::{Assurance, Variation};

use crate::figures::Unit;

/// The variation icon in a sentence.
pub fn change(variation: Variation) -> &'static str {
    match variation {
        Variation::ImprovementHigh => {
            "Recent figures are higher than chance explains, which is an improvement."
        }
        Variation::ImprovementLow => {
            "Recent figures are lower than chance explains, which is an improvement."
        }
        Variation::ConcernHigh => "Recent figures are higher than chance explains, which is a concern.",
        Variation::ConcernLow => "Recent figures are lower than chance explains, which is a concern.",
        Variation::NeitherHigh => {
            "Recent figures are higher than chance explains; neither direction is called better."
        }
        Variation::NeitherLow => {
            "Recent figures are lower than chance explains; neither direction is called better."
        }
        Variation::CommonCause => {
            "There is no evidence of change: recent figures vary no more than chance explains."
        }
        Variation::NotEnoughPoints => "There are too few figures to tell change from chance.",
    }
}

/// The assurance icon in a sentence that names the target.
pub fn assurance(assurance: Assurance, target: Option<f64>, unit: Unit) -> String {
    let named = match target {
        Some(target) => format!("the target of {}", unit.write(target)),
        None => "the target".to_owned(),
    };
    match assurance {
        Assurance::WillPass => format!("If nothing changes, {named} will be met."),
        Assurance::WillFail => format!("Unless something changes, {named} will be missed."),
        Assurance::HitAndMiss => {
            format!("{} will be met at some times and missed at others, by chance.", upper_first(&named))
        }
        Assurance::NotKnown => format!("It cannot be said yet whether {named} will be met."),
        Assurance::NoTarget => "No target is set.".to_owned(),
    }
}

fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that claim a change.
    const CLAIMS: [&str; 8] = ["improve", "concern", "higher", "lower", "rise", "fall", "better", "worse"];

    #[test]
    fn every_combination_claims_what_its_rules_show_and_no_more() {
        for variation in Variation::ALL {
            for icon in Assurance::ALL {
                let both = format!("{} {}", change(variation), assurance(icon, Some(95.0), Unit::Percent));
                let claims = |word: &str| both.contains(word);
                match variation {
                    Variation::CommonCause | Variation::NotEnoughPoints => {
                        assert!(!CLAIMS.into_iter().any(claims), "{both}");
                    }
                    Variation::ImprovementHigh | Variation::ImprovementLow => {
                        assert!(claims("improvement") && !claims("concern"), "{both}");
                    }
                    Variation::ConcernHigh | Variation::ConcernLow => {
                        assert!(claims("concern") && !claims("improvement"), "{both}");
                    }
                    Variation::NeitherHigh | Variation::NeitherLow => {
                        assert!(!claims("concern") && !claims("improvement"), "{both}");
                    }
                }
                let high = variation.code().ends_with("-high");
                let low = variation.code().ends_with("-low");
                assert_eq!((claims("higher"), claims("lower")), (high, low), "{both}");
                assert_eq!(
                    claims("will be met."),
                    icon == Assurance::WillPass || icon == Assurance::NotKnown
                );
                assert_eq!(claims("will be missed"), icon == Assurance::WillFail, "{both}");
                assert_eq!(claims("95.0%"), icon != Assurance::NoTarget, "{both}");
            }
        }
    }

    #[test]
    fn a_target_that_is_not_named_is_still_a_sentence() {
        assert_eq!(
            assurance(Assurance::HitAndMiss, None, Unit::Percent),
            "The target will be met at some times and missed at others, by chance."
        );
    }
}
