//! An indicator's page: what its figures say, where, for whom, and where they come from.

use std::sync::Arc;

use report::Width;
use report::charts::Chart;
use report::documents::{Cell, Column, Table};
use report::figures::{Unit, period_words};
use store::indicators::{self as tables, Indicator};
use vocabulary::{Date, Figure};

use super::analysis::{Analysis, PlaceRole};
use super::choice::{Choice, kinds_that_fit};
use super::drawing::unit_of;
use super::measured::{self, Measured};
use super::measuring::measured;
use crate::partnership::Programme;
use crate::quality::LeftOut;
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
    /// What was chosen.
    pub choice: Choice,
    /// The kinds of chart that fit its figures.
    pub kinds: Vec<spc::Kind>,
    /// The measures that fit its figures, each worked out for the latest period that has them.
    pub measured: Vec<Measured>,
    /// The size of the inequality over time, by the measure that was chosen.
    pub gap: Option<Drawn>,
    /// The town beside those it is compared with.
    pub comparison: Option<Drawn>,
    /// How the town compares, a row a place: name, figure, words.
    pub compared: Vec<Compared>,
    /// The areas as a funnel plot.
    pub funnel: Option<Drawn>,
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
    /// What the files cover and when they were imported: vintage, date, file.
    pub vintage: Vec<(String, String, String)>,
    /// Where limits begin again, and why: the day, the reason, who decided.
    pub rebases: Vec<(Date, String, String)>,
    /// Points that are shown and left out of limits and rules, and why.
    pub ghosts: Vec<LeftOut>,
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
    /// The page of the indicator with this code, on a day, with the charts that were chosen.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none, or for a kind of chart that its figures do not fit.
    pub async fn indicator_page(
        &self,
        actor: &Actor,
        code: &str,
        as_of: Date,
        choice: Choice,
    ) -> Result<Arc<IndicatorPage>> {
        actor.require(Permission::ReadPublic)?;
        let names_people = actor.may(Permission::ReadProgramme);
        let version = self.data_version().await?;
        let name = format!("page {code} {as_of} {names_people}");
        let kept = match self.kept.get::<IndicatorPage>(version, &name) {
            Some(kept) => kept,
            None => {
                let made = Arc::new(self.make_page(code, as_of, names_people).await?);
                self.kept.put(version, &name, made.clone());
                made
            }
        };
        if choice.is_default() {
            return Ok(kept);
        }
        if !kept.kinds.contains(&choice.kind) && choice.kind != Choice::default().kind {
            return Err(crate::Error::NotFound {
                what: "chart that these figures fit",
                value: choice.kind.title().to_owned(),
            });
        }
        let analysis = self.analysis_of(code, as_of).await?;
        let settings = self.settings().await?;
        let mut page = (*kept).clone();
        page.choose(&analysis, &settings.town_name, choice);
        Ok(Arc::new(page))
    }

    /// The analysis of the indicator with this code.
    pub(crate) async fn analysis_of(&self, code: &str, as_of: Date) -> Result<Arc<Analysis>> {
        let programme = self.programme().await?;
        let not_found = || crate::Error::NotFound { what: "indicator", value: code.to_owned() };
        let indicator = programme.indicators.iter().find(|i| i.code == code).ok_or_else(not_found)?;
        self.analysis(&programme, indicator.id, as_of).await?.ok_or_else(not_found)
    }

    async fn make_page(&self, code: &str, as_of: Date, names_people: bool) -> Result<IndicatorPage> {
        let analysis = self.analysis_of(code, as_of).await?;
        let programme = self.programme().await?;
        let settings = self.settings().await?;
        let map = self.indicator_map(&analysis, &settings).await?;
        let funnel = self.indicator_funnel(&analysis, &settings).await?;
        let source = &analysis.indicator.series.source;
        let licences = self.licences_of(source).await?;
        let imports = tables::imports(self.store().reader()).await?;
        let vintage = imports.into_iter().filter(|import| import.kind == *source).take(3);
        let vintage = vintage.map(|i| (i.vintage, i.imported_at, i.file)).collect();
        let mut page = page(&programme, &analysis, &settings, names_people);
        (page.map, page.funnel, page.licences, page.vintage) = (map, funnel, licences, vintage);
        Ok(page)
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
}

impl IndicatorPage {
    /// The measures as a table, with the method and the source of each.
    pub fn measures_table(&self) -> Table {
        measured::table(&self.indicator.name, &self.measured)
    }

    /// Whether somebody may change the indicator, its targets, its figures and where its limits begin.
    pub fn may_edit(&self, actor: &Actor) -> bool {
        actor.may_of(Permission::EditIndicators, &self.indicator)
    }

    /// Draws what was chosen in place of what is shown before anybody chose.
    fn choose(&mut self, analysis: &Analysis, town: &str, choice: Choice) {
        self.choice = choice;
        self.control = Drawn::both(|id, width| analysis.draw_chosen(id, width, town, choice), "control");
        self.gap = Drawn::both(|id, width| analysis.draw_gap(id, width, choice.measure), "gap");
        self.methods = methods(analysis, choice);
        if let Some(chart) = super::choice::draw(analysis, choice.kind, choice.profile) {
            self.icons = icons_of(&chart, &analysis.indicator.code);
            self.sentences = analysis.sentences_by(Some(&chart), choice.measure);
        }
    }
}

fn page(
    programme: &Programme,
    analysis: &Analysis,
    settings: &Settings,
    names_people: bool,
) -> IndicatorPage {
    let indicator = &analysis.indicator;
    let town = &settings.town_name;
    let choice = Choice::default();
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
        choice,
        kinds: kinds_that_fit(analysis),
        measured: measured(analysis),
        gap: Drawn::both(|id, width| analysis.draw_gap(id, width, choice.measure), "gap"),
        comparison: Drawn::both(|id, width| analysis.draw_comparison(id, width), "comparison"),
        compared: compared(analysis),
        funnel: None,
        map: None,
        table: data_table(analysis, town),
        methods: methods(analysis, choice),
        recommendations: programme
            .measured_by(indicator.id)
            .map(|r| (r.number.clone(), r.words.clone()))
            .collect(),
        actions: if names_people {
            programme.followed_by(indicator.id).map(|a| (a.code.clone(), a.title.clone())).collect()
        } else {
            Vec::new()
        },
        targets: programme
            .targets_of(indicator.id)
            .map(|t| (unit_of(&indicator.unit).write(t.value), t.due_on, t.source.clone()))
            .collect(),
        licences: Vec::new(),
        vintage: Vec::new(),
        rebases: rebases
            .map(|r| {
                let by = if names_people { r.decided_by.clone() } else { String::new() };
                (r.period_start, r.reason.clone(), by)
            })
            .collect(),
        ghosts: programme
            .ghosts_of(indicator.id, settings.area)
            .map(|ghost| {
                let by = if names_people { ghost.decided_by.clone() } else { String::new() };
                LeftOut { by, ..LeftOut::from(ghost) }
            })
            .collect(),
    }
}

/// The variation icon, and the assurance icon where there is a target.
pub(crate) fn icons(analysis: &Analysis) -> Vec<Chart> {
    analysis.chart.as_ref().map(|chart| icons_of(chart, &analysis.indicator.code)).unwrap_or_default()
}

fn icons_of(chart: &spc::Chart, code: &str) -> Vec<Chart> {
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

fn methods(analysis: &Analysis, choice: Choice) -> Vec<String> {
    let mut said = Vec::new();
    let i = &analysis.indicator;
    if !i.numerator_words.is_empty() || !i.denominator_words.is_empty() {
        said.push(format!("Numerator: {}. Denominator: {}.", i.numerator_words, i.denominator_words));
    }
    said.extend(super::choice::draw(analysis, choice.kind, choice.profile).map(|chart| chart.method()));
    said.extend(super::statistics::methods(&i.statistic));
    if let Some(gradient) = &analysis.gradient {
        said.push(format!("{}: {}.", choice.measure.title(), choice.measure.method()));
        said.push(format!("By deprivation: {}.", gradient.basis));
    }
    said
}
