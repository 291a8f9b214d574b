//! What a chart says, in words that claim no more than its rules.

use super::Chart;
use crate::{Assurance, Judgement, Variation};

impl Chart {
    /// What the chart shows of the latest reading and of the target, in one to three plain sentences. It
    /// speaks of change only where a rule of the profile fired on the latest point.
    pub fn sentence(&self) -> String {
        let Some(latest) = self.latest() else { return "There is no reading to chart.".to_owned() };
        let mut text = match self.variation {
            Variation::NotEnoughPoints => self.too_few(),
            Variation::CommonCause => {
                format!(
                    "{}: no rule shows a change; the reading is within what chance explains.",
                    latest.period
                )
            }
            _ => {
                let meaning = match latest.judgement {
                    Judgement::Improvement => "an improvement that chance seldom makes",
                    Judgement::Concern => "a concern, and not what chance usually makes",
                    _ => "more than chance usually makes, and not judged as better or worse",
                };
                let seen: Vec<_> = latest.rules.iter().map(|rule| rule.words()).collect();
                format!("{}: the point is {}: {meaning}.", latest.period, seen.join(" and "))
            }
        };
        if self.assurance != Assurance::NoTarget {
            text.push(' ');
            text.push_str(self.assurance.sentence());
        }
        text
    }

    /// Why the latest part has no limits.
    fn too_few(&self) -> String {
        let part = self.parts.last();
        let used = part.map_or(0, |part| part.used);
        let needed = match part.and_then(|part| part.frozen_from) {
            Some(_) => self.profile.minimum_baseline(),
            None => self.profile.minimum_points(),
        };
        if used < needed {
            return format!(
                "There are too few readings to tell change from chance: {used} of the {needed} that limits need."
            );
        }
        "There are too few readings next to each other to tell change from chance.".to_owned()
    }

    /// How the chart was made: its kind, its centre and limits, and its profile.
    pub fn method(&self) -> String {
        format!(
            "{}: {}. Rules: {} ({}).",
            self.kind.title(),
            self.kind.limits_in_words(self.profile),
            self.profile.title(),
            self.profile.name()
        )
    }
}
