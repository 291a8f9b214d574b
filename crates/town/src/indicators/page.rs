//! An indicator's page: what its figures say, where, for whom, and where they come from.

use report::Width;
use report::charts::{About, Chart};
use report::documents::{Cell, Column, Table};
use report::figures::{Unit, period_words};
use report::maps::{AreaMap, Classes, Darkest, MapArea, area_map};
use store::indicators::{self as tables, Indicator};
use vocabulary::{AreaCode, AreaKind, Date, Figure, Period, Polarity};

use super::analysis::{Analysis, PlaceRole};
use super::disclosure::shown;
use super::drawing::unit_of;
use crate::partnership::Programme;
use crate::{Actor, Permission, Result, Settings, Town};

/// Everything that an indicator's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorPage {
    /// The indicator.
    pub indicator: Indicator,
    /// The name of the subgroup that follows it.
    pub subgroup: Option<(String, String)>,
    /// What the figures say, the answer first.
    pub sentences: Vec<String>,
    /// The variation and assurance icons.
    pub icons: Vec<Chart>,
    /// The control chart, as wide as a page and as a phone.
    pub control: Option<Drawn>,
    /// The gradient by deprivation.
    pub gradient: Option<Drawn>,
    /// The size of the gap over time.
    pub gap: Option<Drawn>,
    /// The town beside those it is compared with.
    pub comparison: Option<Drawn>,
    /// How the town compares, a row a place: name, figure, words.
    pub compared: Vec<Compared>,
    /// The map of the latest figures.
    pub map: Option<Drawn>,
    /// The town's figures.
    pub table: Table,
    /// How the figures were worked out.
    pub methods: Vec<String>,
    /// The recommendations it measures: number and words.
    pub recommendations: Vec<(String, String)>,
    /// The actions it follows: code and title.
    pub actions: Vec<(String, String)>,
    /// Its targets: value in words, date, source.
    pub targets: Vec<(String, Date, String)>,
    /// The licence lines of the files its figures came from.
    pub licences: Vec<String>,
    /// Where limits begin again, and why: the day, the reason, who decided.
    pub rebases: Vec<(Date, String, String)>,
}

/// A chart drawn for a desk and for a phone.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// As wide as a page.
    pub wide: Chart,
    /// As wide as a phone.
    pub narrow: Chart,
}

/// How the town compares with a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The place.
    pub place: String,
    /// Its figure in words.
    pub figure: String,
    /// At 95%: `better`, `similar`, `worse`, `higher`, `lower` or `not compared`.
    pub at95: String,
    /// At 99.8%.
    pub at998: String,
}

impl Drawn {
    fn both(draw: impl Fn(&str, Width) -> Option<Chart>, id: &str) -> Option<Drawn> {
        let wide = draw(&format!("{id}-wide"), Width::Wide)?;
        let narrow = draw(&format!("{id}-narrow"), Width::Narrow)?;
        Some(Drawn { wide, narrow })
    }
}

impl Town {
    /// The page of the indicator with this code, on a day.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none.
    pub async fn indicator_page(&self, actor: &Actor, code: &str, as_of: Date) -> Result<IndicatorPage> {
        actor.require(Permission::ReadPublic)?;
        let programme = self.programme().await?;
        let not_found = || crate::Error::NotFound { what: "indicator", value: code.to_owned() };
        let indicator = programme.indicators.iter().find(|i| i.code == code).ok_or_else(not_found)?;
        let analysis = self.analysis(&programme, indicator.id, as_of).await?.ok_or_else(not_found)?;
        let settings = self.settings().await?;
        let map = self.indicator_map(&analysis, &settings).await?;
        let licences = self.licences_of(&indicator.series.source).await?;
        let names_owner = actor.may(Permission::ReadProgramme);
        Ok(page(&programme, &analysis, &settings, map, licences, names_owner))
    }

    /// The licence lines of everything imported under a source.
    pub(crate) async fn licences_of(&self, source: &str) -> Result<Vec<String>> {
        let imports = tables::imports(self.store().reader()).await?;
        let mut lines: Vec<String> = imports
            .into_iter()
            .filter(|i| i.kind == source && !i.licence.is_empty())
            .map(|i| i.licence)
            .collect();
        lines.sort();
        lines.dedup();
        Ok(lines)
    }

    /// The map of the latest figures: the town's small areas where they have figures, else England's authorities.
    async fn indicator_map(&self, analysis: &Analysis, settings: &Settings) -> Result<Option<Drawn>> {
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
                    MapArea { code: shape.code, name, rings: shape.rings, figure, interval: None, link: None }
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
    async fn latest_with(
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

fn page(
    programme: &Programme,
    analysis: &Analysis,
    settings: &Settings,
    map: Option<Drawn>,
    licences: Vec<String>,
    names_owner: bool,
) -> IndicatorPage {
    let indicator = &analysis.indicator;
    let town = &settings.town_name;
    let rebases =
        programme.rebases.iter().filter(|r| r.indicator_id == indicator.id && r.area == settings.area);
    IndicatorPage {
        indicator: indicator.clone(),
        subgroup: indicator
            .subgroup_id
            .and_then(|id| programme.subgroup(id))
            .map(|subgroup| (subgroup.code.clone(), subgroup.name.clone())),
        sentences: analysis.sentences(),
        icons: icons(analysis),
        control: Drawn::both(|id, width| analysis.draw_control(id, width, town), "control"),
        gradient: Drawn::both(|id, width| analysis.draw_gradient(id, width), "gradient"),
        gap: Drawn::both(|id, width| analysis.draw_gap(id, width), "gap"),
        comparison: Drawn::both(|id, width| analysis.draw_comparison(id, width), "comparison"),
        compared: compared(analysis),
        map,
        table: data_table(analysis, town),
        methods: methods(analysis),
        recommendations: programme
            .measured_by(indicator.id)
            .map(|r| (r.number.clone(), r.words.clone()))
            .collect(),
        actions: if names_owner {
            programme.followed_by(indicator.id).map(|a| (a.code.clone(), a.title.clone())).collect()
        } else {
            Vec::new()
        },
        targets: programme
            .targets_of(indicator.id)
            .map(|t| (unit_of(&indicator.unit).write(t.value), t.due_on, t.source.clone()))
            .collect(),
        licences,
        rebases: rebases
            .map(|r| {
                let by = if names_owner { r.decided_by.clone() } else { String::new() };
                (r.period_start, r.reason.clone(), by)
            })
            .collect(),
    }
}

/// The variation icon, and the assurance icon where there is a target.
pub(crate) fn icons(analysis: &Analysis) -> Vec<Chart> {
    let Some(chart) = &analysis.chart else { return Vec::new() };
    let code = &analysis.indicator.code;
    let mut icons = vec![report::charts::variation_icon(&format!("variation-{code}"), chart.variation())];
    if chart.assurance() != spc::Assurance::NoTarget {
        icons.push(report::charts::assurance_icon(&format!("assurance-{code}"), chart.assurance()));
    }
    icons
}

fn compared(analysis: &Analysis) -> Vec<Compared> {
    let Some(town) = analysis.places.iter().find(|place| place.role == PlaceRole::Town) else {
        return Vec::new();
    };
    let unit = analysis.unit();
    let others = analysis.places.iter().filter(|place| place.role != PlaceRole::Town);
    others
        .map(|place| {
            let words = |interval: Option<(f64, f64)>| {
                super::statistics::against(interval, place.figure.value(), analysis.indicator.polarity)
                    .to_string()
            };
            Compared {
                place: place.name.clone(),
                figure: match place.figure {
                    Figure::Value(value) => unit.write(value),
                    Figure::Withheld(reason) => reason.to_string(),
                },
                at95: words(town.estimate.and_then(|e| e.interval95)),
                at998: words(town.estimate.and_then(|e| e.interval998)),
            }
        })
        .collect()
}

fn data_table(analysis: &Analysis, town: &str) -> Table {
    let unit = analysis.unit();
    let mut table = Table::new(
        format!("{}, {town}", analysis.indicator.name),
        vec![
            Column::text("Period"),
            Column::number("Value", unit),
            Column::number("Numerator", Unit::Count),
            Column::number("Denominator", Unit::Count),
            Column::text("Version"),
            Column::text("Note"),
        ],
    );
    for point in analysis.points.iter().rev() {
        // A withheld figure's counts would tell it.
        let count = |number: Option<f64>| match point.figure {
            Figure::Withheld(vocabulary::Withheld::Suppressed) => Cell::Suppressed,
            _ => Cell::number(number),
        };
        table.push(vec![
            Cell::text(period_words(point.period)),
            Cell::from(point.figure),
            count(point.numerator),
            count(point.denominator),
            Cell::text(point.version.to_string()),
            Cell::text(point.note.clone().unwrap_or_default()),
        ]);
    }
    table
}

fn methods(analysis: &Analysis) -> Vec<String> {
    let mut said = Vec::new();
    let i = &analysis.indicator;
    if !i.numerator_words.is_empty() || !i.denominator_words.is_empty() {
        said.push(format!("Numerator: {}. Denominator: {}.", i.numerator_words, i.denominator_words));
    }
    said.extend(analysis.chart.as_ref().map(spc::Chart::method));
    said.extend(super::statistics::methods(&i.statistic));
    if let Some(gradient) = &analysis.gradient {
        said.push(format!("By deprivation: {}.", gradient.basis));
    }
    said
}
