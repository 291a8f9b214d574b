//! Splits a series into parts, has its kind draw limits for each, applies the rules and judges the points.

use super::{Chart, Judgement, Part, Point};
use crate::kind::{Fit, Plot};
use crate::rule::Fired;
use crate::variation::judge;
use crate::zone::{Scale, slack};
use crate::{Assurance, Conflict, Direction, Gaps, Kind, Profile, Series, SpcError, Variation};

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
        let found = push_points(series, &plots[range], &work, fit, profile, number as u32 + 1, &mut points);
        if let Some((offset, variation)) = found {
            latest = Some(part.first + offset);
            icons = (variation, assurance(series, &points[part.first + offset], fit, work.slack));
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
        if fit.rules {
            self.apply(profile);
        }
        fit
    }

    fn apply(&mut self, profile: &Profile) {
        let mut from = 0;
        while from < self.places.len() {
            let to = match profile.gaps {
                Gaps::Skip => self.places.len(),
                Gaps::Break => self.unbroken_from(from),
            };
            for rule in &profile.rules {
                rule.apply(&self.zones[from..to], &self.values[from..to], &mut self.fired[from..to]);
            }
            from = to;
        }
    }

    /// Where the stretch of neighbouring points that begins here ends.
    fn unbroken_from(&self, from: usize) -> usize {
        let broken = self.places[from..].windows(2).position(|pair| pair[1] != pair[0] + 1);
        broken.map_or(self.places.len(), |n| from + n + 1)
    }
}

/// Adds the points of one part. Gives back the latest usable one, counted within the part, and its icon.
fn push_points(
    series: &Series,
    plots: &[Plot],
    work: &Work,
    fit: Fit,
    profile: &Profile,
    part: u32,
    points: &mut Vec<Point>,
) -> Option<(usize, Variation)> {
    let mut next = 0;
    let mut latest = None;
    for (place, plot) in plots.iter().enumerate() {
        let reading = &series.readings()[plot.reading];
        let scale = work.scales.get(place);
        let (low, high) = fit.bounds;
        let mut point = Point {
            period: reading.period,
            reading: plot.reading,
            value: plot.value.is_finite().then_some(plot.value),
            centre: scale.map(|s| s.centre),
            lower: scale.filter(|_| fit.limits).map(|s| s.below[2].max(low)),
            upper: scale.filter(|_| fit.limits).map(|s| s.above[2].min(high)),
            target: reading.target,
            rules: crate::Rules::NONE,
            judgement: Judgement::CommonCause,
            part,
            ghosted: reading.ghosted,
        };
        if work.places.get(next) == Some(&place) {
            let fired = work.fired[next];
            let (judgement, high) = verdict(fired, work.zones[next], series, profile);
            (point.rules, point.judgement) = (fired.rules(), judgement);
            let icon = if fit.rules { Variation::of(judgement, high) } else { Variation::NotEnoughPoints };
            latest = Some((place, icon));
            next += 1;
        }
        points.push(point);
    }
    latest
}

/// What the fired rules mean, and whether they point high.
fn verdict(fired: Fired, zone: i8, series: &Series, profile: &Profile) -> (Judgement, bool) {
    let above = zone > 0;
    if fired.rules().is_empty() {
        return (Judgement::CommonCause, above);
    }
    let (up, down) = (!fired.high.is_empty(), !fired.low.is_empty());
    if !up && !down {
        // Only rules that point neither way: special cause without a better or worse.
        return (Judgement::Neither, above);
    }
    let high = match profile.direction {
        Direction::Side => above,
        Direction::Rule if up != down => up,
        Direction::Rule => match (profile.conflict, judge(true, series.polarity())) {
            (Conflict::Improvement, Judgement::Improvement) => true,
            (Conflict::Improvement, Judgement::Concern) => false,
            _ => above,
        },
    };
    (judge(high, series.polarity()), high)
}

fn assurance(series: &Series, point: &Point, fit: Fit, slack: f64) -> Assurance {
    let limits = point.lower.zip(point.upper).filter(|_| fit.limits && fit.assures);
    Assurance::of(point.target, limits, series.polarity(), slack)
}
