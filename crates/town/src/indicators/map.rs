//! The map of an indicator: the town's small areas, or England's authorities.

use report::charts::About;
use report::figures::period_words;
use report::maps::{AreaMap, Classes, Darkest, MapArea, area_map};
use store::indicators as tables;
use vocabulary::{AreaCode, AreaKind, Figure, Period, Polarity};

use super::analysis::{Analysis, counted};
use super::disclosure::shown;
use super::page::Drawn;
use super::statistics::estimate;
use crate::{Result, Settings, Town};

impl Town {
    /// The map of the latest figures: the town's small areas where they have figures, else England's authorities.
    pub(super) async fn indicator_map(
        &self,
        analysis: &Analysis,
        settings: &Settings,
    ) -> Result<Option<Drawn>> {
        let db = self.store().reader();
        let series = &analysis.indicator.series;
        let small = tables::areas_within(db, settings.area, AreaKind::Lsoa).await?;
        for (areas, whole_country) in
            [(small, false), (tables::areas_of_kind(db, AreaKind::UpperTier).await?, true)]
        {
            let codes: Vec<AreaCode> = areas.iter().map(|area| area.code).collect();
            let shapes = tables::boundaries_of(db, &codes).await?;
            if shapes.len() < 2 {
                continue;
            }
            let Some((period, values)) = self.latest_with(series, &codes).await? else { continue };
            let map_areas = shapes
                .into_iter()
                .map(|shape| {
                    let name = areas
                        .iter()
                        .find(|a| a.code == shape.code)
                        .map(|a| a.name.clone())
                        .unwrap_or_default();
                    let value = values.iter().find(|value| value.area == shape.code);
                    let missing = Figure::Withheld(vocabulary::Withheld::Missing);
                    let figure = value
                        .map_or(missing, |v| shown(&series.source, v.numerator, v.denominator, v.figure));
                    let interval = value.and_then(|v| {
                        let counted = counted(&analysis.indicator, v.numerator, v.denominator, figure);
                        let i = &analysis.indicator;
                        estimate(&i.statistic, i.multiplier, counted)?.interval95
                    });
                    MapArea { code: shape.code, name, rings: shape.rings, figure, interval, link: None }
                })
                .collect();
            let where_to =
                if whole_country { "England's upper-tier authorities" } else { "the town's neighbourhoods" };
            let map = AreaMap {
                about: About {
                    title: format!("{}: {where_to}", analysis.indicator.name),
                    unit: analysis.unit(),
                    measure: analysis.indicator.definition.clone(),
                    period: period_words(period),
                    n: String::new(),
                    source: analysis.indicator.source.clone(),
                },
                areas: map_areas,
                classes: Classes::EqualShares(5),
                darkest: match analysis.indicator.polarity {
                    Polarity::HighIsGood => Darkest::Low,
                    _ => Darkest::High,
                },
                outlined: whole_country.then_some(settings.area),
            };
            let frames = ["map-wide", "map-narrow"];
            return Ok(Some(Drawn {
                wide: area_map(&report::Frame::wide(frames[0]), &map),
                narrow: area_map(&report::Frame::narrow(frames[1]), &map),
            }));
        }
        Ok(None)
    }

    /// The figures of the latest period in which at least two of these areas have one.
    pub(super) async fn latest_with(
        &self,
        series: &tables::SeriesKey,
        codes: &[AreaCode],
    ) -> Result<Option<(Period, Vec<tables::AreaValue>)>> {
        let db = self.store().reader();
        for period in tables::periods_of(db, series).await?.into_iter().rev().take(8) {
            let values = tables::slice_values(db, series, period).await?;
            let with =
                values.iter().filter(|value| value.figure.value().is_some() && codes.contains(&value.area));
            if with.count() >= 2 {
                return Ok(Some((period, values)));
            }
        }
        Ok(None)
    }
}
