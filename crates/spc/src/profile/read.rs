//! Reads profiles from their data file. Every value must carry its source.

use serde::Deserialize;

use super::{Conflict, Gaps, Profile, ProfileValue};
use crate::{Marks, Rule, RuleSpec, Ties};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    profile: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    name: String,
    title: String,
    source: String,
    individuals: Sourced<f64>,
    screen: Option<Sourced<f64>>,
    minimum_points: Sourced<usize>,
    minimum_baseline: Sourced<usize>,
    conflict: Sourced<String>,
    on_limit: Sourced<String>,
    g_centre: Sourced<String>,
    gaps: Sourced<String>,
    rule: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sourced<T> {
    value: T,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenRule {
    rule: String,
    run: Option<usize>,
    ties: Option<String>,
    marks: Option<String>,
    outside_counts: Option<bool>,
    all_one_side: Option<bool>,
    source: String,
}

/// The profiles of a file, in its order.
pub(super) fn profiles(text: &str) -> Result<Vec<Profile>, String> {
    let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
    file.profile.into_iter().map(profile).collect()
}

fn profile(written: Written) -> Result<Profile, String> {
    let name = written.name.clone();
    let mut values = Vec::new();
    let mut note = |name: &str, value: String, source: &str| {
        values.push(ProfileValue { name: name.to_owned(), value, source: source.to_owned() });
    };
    note("individuals", written.individuals.value.to_string(), &written.individuals.source);
    if let Some(screen) = &written.screen {
        note("screen", screen.value.to_string(), &screen.source);
    }
    note("minimum-points", written.minimum_points.value.to_string(), &written.minimum_points.source);
    let baseline = &written.minimum_baseline;
    note("minimum-baseline", baseline.value.to_string(), &baseline.source);
    for (what, choice) in [
        ("conflict", &written.conflict),
        ("on-limit", &written.on_limit),
        ("g-centre", &written.g_centre),
        ("gaps", &written.gaps),
    ] {
        note(what, choice.value.clone(), &choice.source);
    }
    for rule in &written.rule {
        note(&rule.rule, rule.shown(), &rule.source);
    }
    if let Some(bare) = values.iter().find(|v| v.source.trim().is_empty()) {
        return Err(format!("{name}: '{}' has no source", bare.name));
    }
    Ok(Profile {
        rules: written.rule.iter().map(|rule| rule.spec(&name)).collect::<Result<_, _>>()?,
        individuals: written.individuals.value,
        screen: written.screen.map(|s| s.value),
        minimum_points: written.minimum_points.value,
        minimum_baseline: written.minimum_baseline.value,
        target_on_limit_is_beyond: choose(
            &name,
            &written.on_limit.value,
            &[("beyond", true), ("between", false)],
        )?,
        g_centre_is_median: choose(&name, &written.g_centre.value, &[("median", true), ("mean", false)])?,
        conflict: choose(
            &name,
            &written.conflict.value,
            &[("improvement", Conflict::Improvement), ("first", Conflict::First)],
        )?,
        gaps: choose(&name, &written.gaps.value, &[("break", Gaps::Break), ("skip", Gaps::Skip)])?,
        name: written.name,
        title: written.title,
        source: written.source,
        values,
    })
}

fn choose<T: Copy>(profile: &str, written: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let found = choices.iter().find(|(word, _)| *word == written).map(|&(_, choice)| choice);
    found.ok_or_else(|| format!("{profile}: '{written}' is not one of its choices"))
}

impl WrittenRule {
    fn spec(&self, profile: &str) -> Result<RuleSpec, String> {
        let rule =
            Rule::from_code(&self.rule).ok_or_else(|| format!("{profile}: '{}' is not a rule", self.rule))?;
        let missing = |what: &str| format!("{profile}: the rule '{}' needs '{what}'", self.rule);
        let run = self.run.ok_or_else(|| missing("run"));
        let ties = self
            .ties
            .as_deref()
            .ok_or_else(|| missing("ties"))
            .and_then(|word| choose(profile, word, &[("break", Ties::Break), ("skip", Ties::Skip)]));
        let marks = self.marks.as_deref().ok_or_else(|| missing("marks")).and_then(|word| {
            choose(profile, word, &[("all", Marks::All), ("completing", Marks::Completing)])
        });
        let beyond = |need, of, thirds| -> Result<RuleSpec, String> {
            Ok(RuleSpec::SomeBeyond {
                rule,
                need,
                of,
                thirds,
                outside_counts: self.outside_counts.ok_or_else(|| missing("outside-counts"))?,
                all_one_side: self.all_one_side.ok_or_else(|| missing("all-one-side"))?,
                marks: marks.clone()?,
            })
        };
        Ok(match rule {
            Rule::Outside => RuleSpec::Outside,
            Rule::Shift => RuleSpec::Shift { run: run?, ties: ties?, marks: marks? },
            Rule::Trend => RuleSpec::Trend { run: run?, ties: ties?, marks: marks? },
            Rule::TwoOfThree => beyond(2, 3, 2)?,
            Rule::FourOfFive => beyond(4, 5, 1)?,
            Rule::Within => RuleSpec::Within { run: run?, marks: marks? },
            Rule::Mixture => RuleSpec::Mixture { run: run?, marks: marks? },
            Rule::Alternating => RuleSpec::Alternating { run: run?, marks: marks? },
            Rule::LongRun => RuleSpec::LongRun,
            Rule::FewCrossings => RuleSpec::FewCrossings,
        })
    }

    fn shown(&self) -> String {
        let run = self.run.map(|n| format!("{n} points"));
        let ties = self.ties.as_ref().map(|word| format!("ties {word}"));
        let marks = self.marks.as_ref().map(|word| format!("marks {word}"));
        let outside = self.outside_counts.map(|yes| format!("outside counts: {yes}"));
        let side = self.all_one_side.map(|yes| format!("all on one side: {yes}"));
        [run, ties, marks, outside, side].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_valid() {
        let profiles = profiles(include_str!("../../data/profiles.toml")).unwrap();
        assert_eq!(profiles[0].name(), "mdc-excel");
        assert!(profiles.iter().all(|p| !p.source.is_empty() && !p.rules.is_empty()));
    }

    #[test]
    fn a_value_without_a_source_is_refused() {
        let text = include_str!("../../data/profiles.toml");
        let at = text.find("value = 13, source = \"").unwrap() + "value = 13, source = \"".len();
        let end = at + text[at..].find('"').unwrap();
        let bare = format!("{}{}", &text[..at], &text[end..]);
        assert_eq!(profiles(&bare).unwrap_err(), "mdc-excel: 'minimum-points' has no source");
        let absent = text.replacen("value = 13, source = ", "value = 13 }#", 1);
        assert!(profiles(&absent).unwrap_err().contains("source"));
    }
}
