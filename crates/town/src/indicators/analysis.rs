//! Everything that the figures of one indicator say: computed once for each version of the data.

use std::sync::Arc;

use spc::{Reading, Series};
use store::indicators::{self as tables, AreaValue, Indicator, Point, Target};
use vocabulary::{AreaCode, AreaKind, Date, Figure, Period, Polarity};

use super::authorities::Authorities;
use super::disclosure::shown;
use super::statistics::{Counted, Estimated, Slope, concentration, estimate, slope};
use crate::partnership::Programme;
use crate::{Result, Settings, Town};

/// What the figures of an indicator say of the town.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The indicator.
    pub indicator: Indicator,
    /// The town's figures, earliest first, as they may be shown.
    pub points: Vec<Point>,
    /// The town's figures with their targets and rebasings, from which every chart is made; `None` when there are none.
    pub series: Option<Series>,
    /// The control chart of the town's figures; `None` when there are none.
    pub chart: Option<spc::Chart>,
    /// The target that counts on the day: the next to fall due, or the last there was.
    pub target: Option<Target>,
    /// The level of each deprivation group in the latest period that has them.
    pub gradient: Option<Gradient>,
    /// The levels of the deprivation groups in every period that has them, earliest first.
    pub groups: Vec<Gradient>,
    /// The inequality in each period, earliest first.
    pub gaps: Vec<GapPoint>,
    /// The control chart of the size of the inequality, in which smaller is better.
    pub gap_chart: Option<spc::Chart>,
    /// The town and what it is compared with, in the town's latest period.
    pub places: Vec<PlaceFigure>,
}

/// The level of each deprivation group, 1 (most deprived) first.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// The days it is about.
    pub period: Period,
    /// The groups.
    pub levels: Vec<GroupLevel>,
    /// Whose groups they are, in words.
    pub basis: String,
    /// The slope over them.
    pub slope: Option<Slope>,
    /// The concentration index over them.
    pub concentration: Option<Estimated>,
}

/// One deprivation group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupLevel {
    /// Its number; 1 is the most deprived.
    pub number: u8,
    /// Its figure.
    pub figure: Figure,
    /// Its 95% interval.
    pub interval: Option<(f64, f64)>,
    /// Its estimate with intervals, when there is a figure.
    pub estimate: Option<Estimated>,
    /// How many people it rests on.
    pub people: Option<f64>,
}

/// The inequality in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GapPoint {
    /// The days it is about.
    pub period: Period,
    /// The slope index of inequality.
    pub slope: Slope,
}

/// One place's figure.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceFigure {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// What it is to the town.
    pub role: PlaceRole,
    /// Its figure.
    pub figure: Figure,
    /// Its estimate with intervals, when there is a figure.
    pub estimate: Option<Estimated>,
}

/// What a place is to the town.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceRole {
    /// The town itself.
    Town,
    /// Its region.
    Region,
    /// Its country.
    Country,
    /// A neighbour that the town chose to be compared with.
    Neighbour,
}

impl Town {
    /// What an indicator's figures say on a day.
    pub(crate) async fn analysis(
        &self,
        programme: &Programme,
        id: i64,
        as_of: Date,
    ) -> Result<Option<Arc<Analysis>>> {
        let Some(indicator) = programme.indicators.iter().find(|i| i.id == id) else { return Ok(None) };
        let version = self.data_version().await?;
        let name = format!("analysis {id} {as_of}");
        if let Some(kept) = self.kept.get(version, &name) {
            return Ok(Some(kept));
        }
        let analysis = Arc::new(self.analyse(programme, indicator, as_of).await?);
        self.kept.put(version, &name, analysis.clone());
        Ok(Some(analysis))
    }

    async fn analyse(&self, programme: &Programme, indicator: &Indicator, as_of: Date) -> Result<Analysis> {
        let settings = self.settings().await?;
        let db = self.store().reader();
        let mut points = tables::series_points(db, &indicator.series, settings.area).await?;
        points.retain(|point| point.period.end() <= as_of);
        for point in &mut points {
            point.figure = shown(&indicator.series.source, point.numerator, point.denominator, point.figure);
        }
        let target = target_on(programme, indicator.id, as_of);
        let series = series_of(programme, indicator, &settings, &points);
        let chart = series.as_ref().map(spc::xmr);
        let groups = self.groups(indicator, &settings, as_of).await?;
        let gaps: Vec<GapPoint> = groups.iter().filter_map(gap_of).collect();
        let gradient = groups
            .iter()
            .rev()
            .find(|group| group.levels.iter().any(|l| l.figure.value().is_some()))
            .cloned();
        let places = match points.iter().rev().find(|point| point.figure.value().is_some()) {
            Some(latest) => self.places(indicator, &settings, latest.period).await?,
            None => Vec::new(),
        };
        let gap_chart = gap_chart(&gaps);
        Ok(Analysis {
            indicator: indicator.clone(),
            points,
            series,
            chart,
            target,
            gradient,
            groups,
            gaps,
            gap_chart,
            places,
        })
    }

    /// The deprivation groups of every period, earliest first: the town's own where it has them, else England's upper-tier
    /// authorities by how deprived they are.
    async fn groups(&self, indicator: &Indicator, settings: &Settings, as_of: Date) -> Result<Vec<Gradient>> {
        let db = self.store().reader();
        let own = tables::group_points(db, &indicator.series, settings.area).await?;
        let own: Vec<(u8, Vec<Point>)> =
            own.into_iter().filter_map(|(within, points)| Some((level_number(&within)?, points))).collect();
        if !own.is_empty() {
            return Ok(own_groups(indicator, own, as_of));
        }
        let authorities = self.authorities().await?;
        if authorities.by_code.is_empty() {
            return Ok(Vec::new());
        }
        let periods = tables::series_by_area(db, &indicator.series, AreaKind::UpperTier).await?;
        Ok(periods
            .into_iter()
            .filter(|(period, _)| period.end() <= as_of)
            .filter_map(|(period, values)| authority_groups(indicator, &authorities, period, &values))
            .collect())
    }

    async fn places(
        &self,
        indicator: &Indicator,
        settings: &Settings,
        period: Period,
    ) -> Result<Vec<PlaceFigure>> {
        let db = self.store().reader();
        let values = tables::slice_values(db, &indicator.series, period).await?;
        let mut wanted = vec![(settings.area, PlaceRole::Town)];
        wanted.extend(settings.region.map(|code| (code, PlaceRole::Region)));
        wanted.push((settings.country, PlaceRole::Country));
        wanted.extend(settings.neighbours.iter().map(|&code| (code, PlaceRole::Neighbour)));
        let mut places = Vec::with_capacity(wanted.len());
        for (code, role) in wanted {
            let Some(value) = values.iter().find(|value| value.area == code) else { continue };
            let name = tables::area(db, code).await?.map_or_else(|| code.to_string(), |area| area.name);
            let source = &indicator.series.source;
            let figure = shown(source, value.numerator, value.denominator, value.figure);
            let counted = counted(indicator, value.numerator, value.denominator, figure);
            let estimate = estimate(&indicator.statistic, indicator.multiplier, counted);
            places.push(PlaceFigure { code, name, role, figure, estimate });
        }
        Ok(places)
    }
}

/// The number of a deprivation group from its name: `deprivation: 1 (most deprived)`.
fn level_number(within: &str) -> Option<u8> {
    let rest = within.strip_prefix("deprivation:")?.trim();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    rest[..digits].parse().ok().filter(|number| (1..=10).contains(number))
}

/// Counts of a figure; a numerator that was not published is worked out from the value where that is exact enough to use.
pub(super) fn counted(
    indicator: &Indicator,
    numerator: Option<f64>,
    denominator: Option<f64>,
    figure: Figure,
) -> Counted {
    let worked_out = || Some((figure.value()? / indicator.multiplier * denominator?).round());
    let numerator =
        numerator.or_else(|| if indicator.statistic == "proportion" { worked_out() } else { None });
    Counted { numerator, denominator, figure }
}

fn own_groups(indicator: &Indicator, groups: Vec<(u8, Vec<Point>)>, as_of: Date) -> Vec<Gradient> {
    let mut periods: Vec<Period> =
        groups.iter().flat_map(|(_, points)| points.iter().map(|p| p.period)).collect();
    periods.retain(|period| period.end() <= as_of);
    periods.sort_by_key(|period| (period.end(), period.start()));
    periods.dedup();
    periods
        .into_iter()
        .map(|period| {
            let mut levels: Vec<GroupLevel> = groups
                .iter()
                .filter_map(|(number, points)| {
                    let point = points.iter().find(|point| point.period == period)?;
                    let figure =
                        shown(&indicator.series.source, point.numerator, point.denominator, point.figure);
                    let counted = counted(indicator, point.numerator, point.denominator, figure);
                    let estimate = estimate(&indicator.statistic, indicator.multiplier, counted);
                    let interval = estimate.and_then(|e| e.interval95);
                    Some(GroupLevel {
                        number: *number,
                        figure,
                        interval,
                        estimate,
                        people: point.denominator,
                    })
                })
                .collect();
            levels.sort_by_key(|level| level.number);
            let pairs: Vec<(f64, f64)> =
                levels.iter().filter_map(|l| Some((l.people.unwrap_or(1.0), l.figure.value()?))).collect();
            Gradient {
                period,
                levels,
                basis: "people of the town by deprivation fifth of their neighbourhood".into(),
                slope: slope(&pairs),
                concentration: concentration(&pairs),
            }
        })
        .collect()
}

fn authority_groups(
    indicator: &Indicator,
    authorities: &Authorities,
    period: Period,
    values: &[AreaValue],
) -> Option<Gradient> {
    // (rank, people, value, numerator) of every authority that has a figure and a place in the ranking.
    let mut ranked: Vec<(u32, u8, f64, f64, Option<f64>)> = values
        .iter()
        .filter_map(|value| {
            let standing = authorities.by_code.get(&value.area)?;
            let number = value.figure.value()?;
            let counted = counted(indicator, value.numerator, value.denominator, value.figure);
            let people = value.denominator.unwrap_or(1.0);
            Some((standing.rank, standing.quintile.number(), people, number, counted.numerator))
        })
        .collect();
    if ranked.len() < 30 {
        return None;
    }
    ranked.sort_unstable_by_key(|row| row.0);
    let levels = (1..=5)
        .map(|number| {
            let group = || ranked.iter().filter(|row| row.1 == number);
            let people: f64 = group().map(|row| row.2).sum();
            let numerator: Option<f64> = group().map(|row| row.4).sum();
            let weighted = group().map(|row| row.2 * row.3).sum::<f64>() / people;
            let value =
                numerator.filter(|_| people > 0.0).map_or(weighted, |n| n / people * indicator.multiplier);
            if !value.is_finite() {
                let figure = Figure::Withheld(vocabulary::Withheld::Missing);
                return GroupLevel { number, figure, interval: None, estimate: None, people: None };
            }
            let counted = Counted { numerator, denominator: Some(people), figure: Figure::Value(value) };
            let estimate = estimate(&indicator.statistic, indicator.multiplier, counted);
            let interval = estimate.and_then(|e| e.interval95);
            GroupLevel { number, figure: Figure::Value(value), interval, estimate, people: Some(people) }
        })
        .collect();
    let pairs: Vec<(f64, f64)> = ranked.iter().map(|row| (row.2, row.3)).collect();
    let basis = format!(
        "England's upper-tier authorities in fifths by their average deprivation score (Indices of Deprivation {})",
        authorities.edition
    );
    let (slope, concentration) = (slope(&pairs), concentration(&pairs));
    Some(Gradient { period, levels, basis, slope, concentration })
}

fn gap_of(gradient: &Gradient) -> Option<GapPoint> {
    gradient.slope.map(|slope| GapPoint { period: gradient.period, slope })
}

/// The target that counts on a day: the next to fall due, or the last there was.
fn target_on(programme: &Programme, indicator: i64, as_of: Date) -> Option<Target> {
    let all: Vec<&Target> = programme.targets_of(indicator).collect();
    all.iter().find(|target| target.due_on >= as_of).or(all.last()).map(|target| (*target).clone())
}

/// The town's figures as a series: rebased where a person said so, against the targets as they follow one another.
fn series_of(
    programme: &Programme,
    indicator: &Indicator,
    settings: &Settings,
    points: &[Point],
) -> Option<Series> {
    if points.is_empty() {
        return None;
    }
    let targets: Vec<&Target> = programme.targets_of(indicator.id).collect();
    let target_at = |day: Date| targets.iter().find(|t| t.due_on >= day).or(targets.last()).map(|t| t.value);
    let ghosts: Vec<Period> =
        programme.ghosts_of(indicator.id, settings.area).map(|ghost| ghost.period).collect();
    let readings = points
        .iter()
        .map(|point| Reading {
            ghosted: ghosts.contains(&point.period),
            denominator: point.denominator.filter(|d| d.is_finite() && *d >= 0.0),
            target: target_at(point.period.end()),
            ..Reading::new(point.period, point.figure.value())
        })
        .collect();
    let series = Series::new(readings, indicator.polarity).ok()?;
    let rebases = programme
        .rebases
        .iter()
        .filter(|rebase| rebase.indicator_id == indicator.id && rebase.area == settings.area)
        .filter(|rebase| points.iter().any(|point| point.period.start() >= rebase.period_start))
        .filter_map(|rebase| spc::Rebase::new(rebase.period_start, rebase.reason.clone()).ok())
        .collect();
    series.with_rebases(rebases).ok()
}

/// The control chart of the size of the inequality: closing the gap is an improvement whichever way the indicator is better.
fn gap_chart(gaps: &[GapPoint]) -> Option<spc::Chart> {
    if gaps.is_empty() {
        return None;
    }
    let readings = gaps.iter().map(|gap| Reading::new(gap.period, Some(gap.slope.sii.abs()))).collect();
    Some(spc::xmr(&Series::new(readings, Polarity::LowIsGood).ok()?))
}
