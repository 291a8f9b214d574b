//! The areas of an indicator as a funnel plot, where they have events and people.

use measures::{FunnelArea, FunnelKind, Multiplier, Significance, funnel_curve, funnel_significance};
use report::charts::{self, FunnelPlace, Signal};
use report::figures::period_words;
use report::{Frame, Width};
use store::indicators as tables;
use vocabulary::{AreaCode, AreaKind, Polarity};

use super::analysis::{Analysis, counted};
use super::disclosure::shown;
use super::page::Drawn;
use crate::{Result, Settings, Town};

/// Fewer areas make no funnel.
const FEWEST: usize = 5;

impl Town {
    /// The funnel plot of the latest period in which areas have counts: the town's small areas, else England's upper-tier
    /// authorities. `None` where there are too few, or where the indicator is neither a proportion nor a rate.
    pub(super) async fn indicator_funnel(
        &self,
        analysis: &Analysis,
        settings: &Settings,
    ) -> Result<Option<Drawn>> {
        let kind = match analysis.indicator.statistic.as_str() {
            "proportion" => FunnelKind::Proportion,
            "rate" => FunnelKind::Rate,
            _ => return Ok(None),
        };
        let db = self.store().reader();
        let small = tables::areas_within(db, settings.area, AreaKind::Lsoa).await?;
        for (areas, whole_country) in
            [(small, false), (tables::areas_of_kind(db, AreaKind::UpperTier).await?, true)]
        {
            let codes: Vec<AreaCode> = areas.iter().map(|area| area.code).collect();
            let series = &analysis.indicator.series;
            let Some((period, values)) = self.latest_with(series, &codes).await? else { continue };
            let mut named = Vec::new();
            for value in &values {
                let Some(area) = areas.iter().find(|area| area.code == value.area) else { continue };
                let figure = shown(&series.source, value.numerator, value.denominator, value.figure);
                let (Some(level), counts) = (
                    figure.value(),
                    counted(&analysis.indicator, value.numerator, value.denominator, figure),
                ) else {
                    continue;
                };
                if let Some((events, size)) = counts.numerator.zip(counts.denominator).filter(|c| c.1 > 0.0) {
                    named.push((area, level, FunnelArea { events, size }));
                }
            }
            if named.len() < FEWEST {
                continue;
            }
            let mut about = analysis.about(String::new(), period_words(period), None);
            let whose =
                if whole_country { "England's upper-tier authorities" } else { "the town's neighbourhoods" };
            about.title = format!("{}: {whose} by their size", analysis.indicator.name);
            let people: f64 = named.iter().map(|(_, _, area)| area.size).sum();
            about.n = format!("n = {}", report::figures::fixed(people, 0));
            let missing = areas.len() - named.len();
            return Ok(drawn(analysis, about, kind, &named, missing, settings.area));
        }
        Ok(None)
    }
}

fn drawn(
    analysis: &Analysis,
    about: charts::About,
    kind: FunnelKind,
    named: &[(&tables::Area, f64, FunnelArea)],
    missing: usize,
    town: AreaCode,
) -> Option<Drawn> {
    let factor = Multiplier::new(analysis.indicator.multiplier).ok()?;
    let areas: Vec<FunnelArea> = named.iter().map(|(_, _, area)| *area).collect();
    let places = funnel_significance(&areas, kind).ok()?;
    let points = funnel_curve(&reaching(&areas, kind), kind, factor, 1.0, 100).ok()?;
    let baseline = points.first()?.baseline;
    // Of a rate a limit stands where so many people have so many events.
    let curve = |level: usize, upper: bool| -> Vec<(f64, f64)> {
        let of = |pair: (f64, f64)| if upper { pair.1 } else { pair.0 };
        points.iter().map(|point| (of(point.under[level]), of(point.limits[level]))).collect()
    };
    let i = &analysis.indicator;
    let funnel = charts::Funnel {
        about,
        size: if i.denominator_words.is_empty() { "Denominator".into() } else { i.denominator_words.clone() },
        method: match kind {
            FunnelKind::Proportion => "Limits: normal approximation to the binomial about the average of all areas (Spiegelhalter 2005, as OHID has it)",
            _ => "Limits: exact Poisson about the average of all areas (Spiegelhalter 2005, as OHID has it)",
        }
        .to_owned(),
        baseline,
        curves: [curve(0, false), curve(0, true), curve(1, false), curve(1, true)],
        areas: named
            .iter()
            .zip(places)
            .map(|((area, value, counts), significance)| charts::FunnelArea {
                name: area.name.clone(),
                size: counts.size,
                value: *value,
                place: place(significance),
                signal: signal(significance, i.polarity),
                is_town: area.code == town,
            })
            .collect(),
        missing,
    };
    let draw = |id: &str, width: Width| charts::funnel(&Frame::new(id, width), &funnel);
    Some(Drawn { wide: draw("funnel-wide", Width::Wide), narrow: draw("funnel-narrow", Width::Narrow) })
}

/// The areas with one much smaller and one much larger, both at the average, which leave it where it is: the curves of rates
/// run over events and would end before the people of the areas do.
fn reaching(areas: &[FunnelArea], kind: FunnelKind) -> Vec<FunnelArea> {
    let mut reaching = areas.to_vec();
    if kind == FunnelKind::Rate {
        let average =
            areas.iter().map(|area| area.events).sum::<f64>() / areas.iter().map(|a| a.size).sum::<f64>();
        let smallest = areas.iter().map(|area| area.size).fold(f64::INFINITY, f64::min);
        let largest = areas.iter().map(|area| area.size).fold(0.0, f64::max);
        let at_average = |size: f64| FunnelArea { events: average * size, size };
        reaching.extend([at_average(smallest * 0.3), at_average(largest * 2.0)]);
    }
    reaching
}

fn place(significance: Significance) -> FunnelPlace {
    match significance {
        Significance::Low998 => FunnelPlace::Beyond998 { above: false },
        Significance::Low95 => FunnelPlace::Beyond95 { above: false },
        Significance::NotSignificant => FunnelPlace::Within,
        Significance::High95 => FunnelPlace::Beyond95 { above: true },
        Significance::High998 => FunnelPlace::Beyond998 { above: true },
    }
}

fn signal(significance: Significance, polarity: Polarity) -> Signal {
    let above = match significance {
        Significance::NotSignificant => return Signal::None,
        Significance::High95 | Significance::High998 => true,
        Significance::Low95 | Significance::Low998 => false,
    };
    match polarity {
        Polarity::NotSet => Signal::NoJudgement,
        Polarity::HighIsGood if above => Signal::Improvement,
        Polarity::LowIsGood if !above => Signal::Improvement,
        _ => Signal::Concern,
    }
}
