//! What a publisher withholds, from `data/disclosure.toml`.

use std::sync::LazyLock;

use vocabulary::{Figure, Withheld};

use crate::MeasureError;

/// What a publisher withholds so that nobody can be identified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    code: String,
    aliases: Vec<String>,
    title: String,
    source: String,
    /// The counts that are withheld, first and last.
    withhold: Option<(u64, u64)>,
    rest: bool,
    denominator_below: Option<u64>,
    round: u64,
    secondary: bool,
    insider: bool,
}

impl Policy {
    /// The policy with this code, or the one that is for this source: `town`, `hes`, `cover`.
    ///
    /// # Errors
    /// [`MeasureError::Unknown`] with the codes there are.
    pub fn named(code: &str) -> Result<&'static Policy, MeasureError> {
        let named = |policy: &&Policy| {
            policy.code.eq_ignore_ascii_case(code)
                || policy.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(code))
        };
        ALL.iter().find(named).ok_or_else(|| MeasureError::Unknown {
            what: "a disclosure policy",
            value: code.to_owned(),
            expected: ALL.iter().map(|policy| policy.code.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// The policy of a source of figures. One that is not known is held to the policy of the town's own counts.
    pub fn of_source(source: &str) -> &'static Policy {
        // The first policy of the file is the town's; a test holds the file to it.
        Policy::named(source).unwrap_or(&ALL[0])
    }

    /// Every one that is known.
    pub fn all() -> &'static [Policy] {
        &ALL
    }

    /// Its code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The sources that it is for, by their codes.
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// What it is called to a reader.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where it is published.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The first and the last of the counts that are withheld; none where others have already withheld.
    pub fn range(&self) -> Option<(u64, u64)> {
        self.withhold
    }

    /// Whether further cells are withheld so that none can be worked out from totals.
    pub fn secondary(&self) -> bool {
        self.secondary
    }

    /// Whether a person alone in a cell may be able to work out another.
    pub fn insider(&self) -> bool {
        self.insider
    }

    /// What shown counts are multiples of: 1 where they are not rounded.
    pub fn base(&self) -> u64 {
        self.round
    }

    /// Whether zeros are shown. Nobody can be identified by being absent, so they mostly are.
    pub fn shows_zeros(&self) -> bool {
        self.withhold.is_none_or(|(from, _)| from > 0)
    }

    /// Whether a count is withheld by itself, before any total is thought of.
    pub fn withholds(&self, count: u64, denominator: Option<u64>) -> bool {
        self.protected(count, denominator).is_some()
    }

    /// What must not be told apart: the counts of which an observer may exclude none, first and last.
    pub(super) fn protected(&self, count: u64, denominator: Option<u64>) -> Option<(u64, u64)> {
        let (from, to) = self.withhold?;
        if let (Some(below), Some(people)) = (self.denominator_below, denominator)
            && people >= below
        {
            return None;
        }
        let small = (from..=to).contains(&count).then_some((from, to));
        let rest = denominator.and_then(|people| people.checked_sub(count).map(|rest| (people, rest)));
        let few = rest
            .filter(|&(people, rest)| self.rest && people > 0 && (from..=to).contains(&rest))
            .map(|(people, _)| (people.saturating_sub(to), people.saturating_sub(from)));
        match (small, few) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        }
    }

    /// A count as it is shown when it is not withheld: to the nearest multiple of the base, a half upwards.
    pub fn rounded(&self, count: u64) -> u64 {
        count.saturating_add(self.round / 2) / self.round * self.round
    }

    /// The counts that are shown as this one is, first and last.
    pub(super) fn alike(&self, count: u64) -> (u64, u64) {
        if self.round <= 1 || (count == 0 && self.shows_zeros()) {
            return (count, count);
        }
        let shown = self.rounded(count);
        let first = shown.saturating_sub(self.round / 2);
        let last = shown + (self.round - 1 - self.round / 2);
        // What is shown is not withheld, so an observer knows that it lies above the range.
        let least = self.withhold.map_or(0, |(_, to)| if count > to { to + 1 } else { 0 });
        (first.max(least), last)
    }

    /// A figure that stands alone, such as a proportion on a page: withheld where its numerator is, or where the people
    /// left out of it are few and the policy says so. The figure itself was worked out from unrounded counts.
    ///
    /// A figure that is rounded by the policy is withheld too when it is precise enough to give the numerator away
    /// ([`super::rate`] rounds such a figure instead).
    pub fn shown(&self, numerator: Option<f64>, denominator: Option<f64>, figure: Figure) -> Figure {
        if self.withhold.is_none() {
            return figure;
        }
        // Counts of people are whole; a weighted one is withheld as the whole count above it.
        let whole = |number: f64| (number.is_finite() && number >= 0.0).then(|| number.ceil() as u64);
        let counts = (numerator.and_then(whole), denominator.and_then(whole));
        let hidden = match counts {
            (Some(count), people) => self.withholds(count, people),
            (None, _) => false,
        };
        if hidden { Figure::Withheld(Withheld::Suppressed) } else { figure }
    }
}

#[derive(serde::Deserialize)]
struct File {
    policy: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Entry {
    code: String,
    #[serde(default)]
    aliases: Vec<String>,
    title: String,
    source: String,
    withhold: Option<Range>,
    rest: Option<Sourced<bool>>,
    denominator_below: Option<Sourced<u64>>,
    round: Option<Sourced<u64>>,
    secondary: Option<Sourced<bool>>,
    insider: Option<Sourced<bool>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    from: u64,
    to: u64,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sourced<T> {
    value: T,
    // Read so that a value without one is refused.
    #[serde(rename = "source")]
    _source: String,
}

// The file is compiled in, and a test reads every part of it.
#[allow(clippy::expect_used)]
static ALL: LazyLock<Vec<Policy>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../data/disclosure.toml")).expect("the file is part of the program");
    file.policy
        .into_iter()
        .map(|entry| Policy {
            code: entry.code,
            aliases: entry.aliases,
            title: entry.title,
            source: entry.source,
            withhold: entry.withhold.map(|range| (range.from, range.to)),
            rest: entry.rest.is_some_and(|rest| rest.value),
            denominator_below: entry.denominator_below.map(|below| below.value),
            round: entry.round.map_or(1, |round| round.value).max(1),
            secondary: entry.secondary.is_some_and(|secondary| secondary.value),
            insider: entry.insider.is_some_and(|insider| insider.value),
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_says_where_it_is_from() {
        let mut codes: Vec<&str> = Vec::new();
        for policy in Policy::all() {
            assert!(!policy.source().is_empty() && !policy.title().is_empty());
            assert!(policy.range().is_none_or(|(from, to)| from <= to), "{}", policy.code());
            codes.push(policy.code());
            codes.extend(policy.aliases().iter().map(String::as_str));
        }
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all, "a code is used twice");
        assert_eq!(Policy::all()[0].code(), "town");
    }

    fn check(policy: &str, count: u64, denominator: Option<u64>, withheld: bool) {
        let policy = Policy::named(policy).unwrap();
        assert_eq!(policy.withholds(count, denominator), withheld, "{count} of {denominator:?}");
    }

    #[test]
    fn what_is_withheld_is_what_the_publisher_says() {
        check("hes", 0, None, false);
        check("hes", 1, None, true);
        check("hes", 7, None, true);
        check("hes", 8, None, false);
        check("sti", 4, Some(9_999), true);
        check("sti", 4, Some(10_000), false);
        check("sti", 4, None, true);
        check("sti", 5, Some(100), false);
        check("ons", 2, None, true);
        check("ons", 3, None, false);
        check("cover", 1, Some(2), false);
        check("town", 4, Some(100), true);
        check("town", 5, Some(100), false);
        check("town", 97, Some(100), true);
        check("town", 100, Some(100), false);
        check("town", 0, Some(100), false);
        check("town", 0, Some(3), true);
        check("town", 0, Some(0), false);
    }

    #[test]
    fn rounding_is_to_the_nearest_five() {
        let hes = Policy::named("hes").unwrap();
        for (count, shown, alike) in
            [(0, 0, (0, 0)), (8, 10, (8, 12)), (12, 10, (8, 12)), (13, 15, (13, 17)), (17, 15, (13, 17))]
        {
            assert_eq!((hes.rounded(count), hes.alike(count)), (shown, alike), "{count}");
        }
    }
}
