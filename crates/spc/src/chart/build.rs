//! Splits a series into parts, has its kind draw limits for each, applies the rules and judges the points.

use vocabulary::Polarity;

use super::{Chart, Judgement, Part, Point};
use crate::kind::{Fit, Plot};
use crate::rule::Fired;
use crate::variation::judge;
use crate::zone::{Scale, slack};
use crate::{
    Assurance, Conflict, Gaps, Kind, Profile, Reach, Rule, RuleSpec, Rules, Series, SpcError, Variation,
};

/// The chart of this kind for a series, by the rules of a profile.
///
/// Degenerate input gives an answer: an empty series has no points, a part without a usable reading has no
/// centre, one with too few has a centre and no limits, and a constant series has limits on its centre.
///
/// # Errors
/// [`SpcError::NoDenominator`] or [`SpcError::OutOfRange`] when a reading does not fit the kind.
pub fn chart(series: &Series, kind: Kind, profile: &'static Profile) -> Result<Chart, SpcError> {
    let mut plots = kind.plots(series)?;
    let mut parts = parts(series, &plots);
    let mut points = Vec::with_capacity(plots.len());
    let mut work = Work::default();
    let mut latest = None;
    let mut icons = (Variation::NotEnoughPoints, Assurance::NoTarget);
    for (number, part) in parts.iter_mut().enumerate() {
        let range = part.first..part.first + part.points;
        let baseline = part.frozen_from.map_or(part.points, |at| at - part.first);
        let fit = work.fit(kind, &mut plots[range.clone()], baseline, profile);
        part.used = fit.used;
        let plots = &plots[range];
        let drawn = Drawn { series, plots, work: &work, fit, profile, part: number as u32 + 1 };
        if let Some((offset, variation)) = drawn.push_points(&mut points) {
            let at = part.first + offset;
            latest = Some(at);
            icons = (variation, drawn.assurance(&points[at]));
        }
    }
    let (variation, assurance) = icons;
    Ok(Chart { kind, profile, polarity: series.polarity(), points, parts, variation, assurance, latest })
}

/// The parts of the plotted points; `used` is filled in when limits are drawn.
fn parts(series: &Series, plots: &[Plot]) -> Vec<Part> {
    let place = |reading: usize| plots.partition_point(|plot| plot.reading < reading);
    let mut parts = vec![Part { first: 0, points: plots.len(), used: 0, rebase: None, frozen_from: None }];
    for rebase in series.rebases() {
        let Some(first) = series.index_from(rebase.at()).map(place) else { continue };
        if first >= plots.len() {
            continue;
        }
        let points = plots.len() - first;
        if let Some(before) = parts.last_mut() {
            before.points = first - before.first;
        }
        parts.push(Part { first, points, used: 0, rebase: Some(rebase.clone()), frozen_from: None });
    }
    // Two rebases before the same reading leave an empty part between them: the later reason stands.
    parts.retain(|part| part.points > 0);
    for &until in series.freezes() {
        let after = series.readings().partition_point(|r| r.period.start() <= until);
        let at = place(after);
        let holder = parts.iter_mut().rev().find(|part| part.first < at);
        if let Some(part) = holder
            && part.frozen_from.is_none()
            && at < part.first + part.points
        {
            part.frozen_from = Some(at);
        }
    }
    parts
}

/// Room that one part after another is worked out in.
#[derive(Default)]
struct Work {
    scales: Vec<Scale>,
    zones: Vec<i8>,
    values: Vec<f64>,
    fired: Vec<Fired>,
    places: Vec<usize>,
    slack: f64,
}

impl Work {
    /// Draws the limits of one part and applies the rules to it.
    fn fit(&mut self, kind: Kind, plots: &mut [Plot], baseline: usize, profile: &Profile) -> Fit {
        self.scales.clear();
        let fit = kind.fit(plots, baseline, profile, &mut self.scales);
        self.zones.clear();
        self.values.clear();
        self.fired.clear();
        self.places.clear();
        let largest = plots.iter().filter(|p| p.used).fold(0.0_f64, |most, p| most.max(p.value.abs()));
        self.slack = slack(largest);
        for (place, plot) in plots.iter().enumerate().filter(|(_, plot)| plot.used) {
            let zone = self.scales.get(place).map_or(0, |scale| scale.zone(plot.value, self.slack));
            self.zones.push(zone);
            self.values.push(plot.value);
            self.places.push(place);
        }
        self.fired.resize(self.zones.len(), Fired::default());
        if fit.limits {
            self.apply(kind.entry().reach, profile);
        }
        fit
    }

    fn apply(&mut self, reach: Reach, profile: &Profile) {
        let mut from = 0;
        while from < self.places.len() {
            let to = match profile.gaps {
                Gaps::Skip => self.places.len(),
                Gaps::Break => self.unbroken_from(from),
            };
            for rule in &profile.rules {
                if reach == Reach::AllRules || *rule == RuleSpec::Outside {
                    rule.apply(&self.zones[from..to], &self.values[from..to], &mut self.fired[from..to]);
                }
            }
            from = to;
        }
    }

    /// Where the stretch of neighbouring points that begins here ends.
    fn unbroken_from(&self, from: usize) -> usize {
        let broken = self.places[from..].windows(2).position(|pair| pair[1] != pair[0] + 1);
        broken.map_or(self.places.len(), |n| from + n + 1)
    }

    /// What the rules that a point fired mean, and whether they point high.
    fn verdict(&self, at: usize, polarity: Polarity, profile: &Profile) -> (Judgement, bool) {
        let fired = self.fired[at];
        let above = self.zones[at] > 0;
        if fired.rules().is_empty() {
            return (Judgement::CommonCause, above);
        }
        let high = match (!fired.high.is_empty(), !fired.low.is_empty()) {
            // Only rules that point neither way: special cause without a better or worse.
            (false, false) => return (Judgement::Neither, above),
            (true, false) => true,
            (false, true) => false,
            (true, true) => match (profile.conflict, polarity) {
                (Conflict::Improvement, Polarity::HighIsGood) => true,
                (Conflict::Improvement, Polarity::LowIsGood) => false,
                (Conflict::Improvement, Polarity::NotSet) => above,
                (Conflict::First, _) => self.first_points_high(at, profile),
            },
        };
        (judge(high, polarity), high)
    }

    /// Whether the first of the rules that a point fired, in the order of the profile, points high.
    fn first_points_high(&self, at: usize, profile: &Profile) -> bool {
        let fired = self.fired[at];
        let directed = profile.rules.iter().map(RuleSpec::rule).find_map(|rule| {
            match (fired.high.contains(rule), fired.low.contains(rule)) {
                (false, false) => None,
                (true, true) => Some(self.later_trend_rises(at)),
                (high, _) => Some(high),
            }
        });
        directed.unwrap_or(self.zones[at] > 0)
    }

    /// Where one trend turns into another, the later one: the way to the next point, if that is in a trend too.
    fn later_trend_rises(&self, at: usize) -> bool {
        match self.fired.get(at + 1) {
            Some(next) if next.rules().contains(Rule::Trend) => self.values[at + 1] > self.values[at],
            _ => at > 0 && self.values[at] > self.values[at - 1],
        }
    }
}

/// One part with its limits drawn.
struct Drawn<'a> {
    series: &'a Series,
    plots: &'a [Plot],
    work: &'a Work,
    fit: Fit,
    profile: &'a Profile,
    part: u32,
}

impl Drawn<'_> {
    /// Adds the points of the part. Gives back the latest usable one, counted within the part, and its icon.
    fn push_points(&self, points: &mut Vec<Point>) -> Option<(usize, Variation)> {
        let (mut next, mut latest) = (0, None);
        for (place, plot) in self.plots.iter().enumerate() {
            let mut point = self.point(place, plot);
            if self.work.places.get(next) == Some(&place) {
                let (judgement, high) = self.work.verdict(next, self.series.polarity(), self.profile);
                (point.rules, point.judgement) = (self.work.fired[next].rules(), judgement);
                if self.fit.limits {
                    point.variation = Variation::of(judgement, high);
                }
                latest = Some((place, point.variation));
                next += 1;
            }
            points.push(point);
        }
        latest
    }

    /// A point with its limits, before its rules.
    fn point(&self, place: usize, plot: &Plot) -> Point {
        let reading = &self.series.readings()[plot.reading];
        let scale = self.work.scales.get(place).filter(|s| s.centre.is_finite());
        let (low, high) = self.fit.bounds;
        let shown = |edge: f64| (edge.is_finite() && self.fit.limits).then_some(edge.clamp(low, high));
        Point {
            period: reading.period,
            reading: plot.reading,
            value: plot.value.is_finite().then_some(plot.value),
            centre: scale.map(|s| s.centre),
            lower: scale.and_then(|s| shown(s.below[2])),
            upper: scale.and_then(|s| shown(s.above[2])),
            target: reading.target,
            rules: Rules::NONE,
            judgement: Judgement::CommonCause,
            variation: if self.fit.limits { Variation::CommonCause } else { Variation::NotEnoughPoints },
            part: self.part,
            ghosted: reading.ghosted,
        }
    }

    /// The assurance icon that the target and the limits of a point give.
    fn assurance(&self, point: &Point) -> Assurance {
        let limits = point.lower.zip(point.upper).filter(|_| self.fit.assures);
        let on_limit = self.profile.target_on_limit_is_beyond;
        Assurance::of(point.target, limits, self.series.polarity(), on_limit, self.work.slack)
    }
}
