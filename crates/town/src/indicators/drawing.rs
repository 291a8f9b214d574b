//! An analysis as charts: everything that a page or a report shows of an indicator.

use report::charts::{self, About, Chart, ControlChart, Gradient as GradientChart, Level, Place, Role};
use report::figures::{Unit, fixed, period_words};
use report::{Frame, Width};
use vocabulary::{Figure, Period};

use super::analysis::{Analysis, PlaceRole};
use super::choice::{Choice, Inequality, plots_counts, plots_shares};
use super::statistics::against;

/// The unit of an indicator's values, from the words of its unit.
pub(crate) fn unit_of(words: &str) -> Unit {
    let words = words.trim();
    let per = || words.strip_prefix("per ")?.replace(',', "").parse().ok().map(Unit::Per);
    match words {
        "%" | "percent" | "per cent" => Unit::Percent,
        "£" | "pounds" => Unit::Pounds,
        "years" => Unit::Years,
        "days" => Unit::Days,
        "count" | "number" => Unit::Count,
        _ => per().unwrap_or(Unit::Plain),
    }
}

/// What a difference between two values of this unit is a number of.
pub(crate) fn difference_unit(unit: Unit) -> Unit {
    if unit == Unit::Percent { Unit::PercentagePoints } else { unit }
}

impl Analysis {
    /// The unit of the indicator's values.
    pub fn unit(&self) -> Unit {
        unit_of(&self.indicator.unit)
    }

    pub(super) fn about(&self, title: String, period: String, people: Option<f64>) -> About {
        About {
            title,
            unit: self.unit(),
            measure: self.indicator.definition.clone(),
            period,
            n: people.map_or_else(String::new, |n| format!("n = {}", fixed(n, 0))),
            source: self.indicator.source.clone(),
        }
    }

    /// The first to the last period of the town's figures.
    fn span(&self) -> String {
        let ends = self.points.first().zip(self.points.last());
        let span = ends.and_then(|(first, last)| Period::new(first.period.start(), last.period.end()));
        span.map(period_words).unwrap_or_default()
    }

    /// The control chart of the town's figures; `None` when there are none.
    pub fn draw_control(&self, id: &str, width: Width, town: &str) -> Option<Chart> {
        self.draw_chosen(id, width, town, Choice::default())
    }

    /// The chart of the town's figures by a kind and a profile; `None` when there are none or they do not fit the kind.
    pub fn draw_chosen(&self, id: &str, width: Width, town: &str, choice: Choice) -> Option<Chart> {
        let made;
        let chart = if (choice.kind, choice.profile.name()) == default_names() {
            self.chart.as_ref()?
        } else {
            made = super::choice::draw(self, choice.kind, choice.profile)?;
            &made
        };
        let figures: Vec<Figure> = self.points.iter().map(|point| point.figure).collect();
        let people =
            self.points.iter().rev().find(|p| p.figure.value().is_some()).and_then(|p| p.denominator);
        let mut about = self.about(format!("{}, {town}", self.indicator.name), self.span(), people);
        if plots_counts(choice.kind) {
            about.unit = Unit::Count;
            about.measure = self.indicator.numerator_words.clone();
        } else if matches!(choice.kind, spc::Kind::MovingRange | spc::Kind::Cusum) {
            about.unit = difference_unit(about.unit);
        }
        let mut drawn = ControlChart::of(about, chart, &figures);
        if plots_shares(choice.kind) {
            drawn.points.iter_mut().for_each(|point| scale(point, self.indicator.multiplier));
        }
        Some(charts::control(&Frame::new(id, width), &drawn))
    }

    /// The gradient by deprivation; `None` when there are no groups.
    pub fn draw_gradient(&self, id: &str, width: Width) -> Option<Chart> {
        let gradient = self.gradient.as_ref()?;
        let people = gradient.levels.iter().map(|level| level.people).sum::<Option<f64>>();
        let mut about = self.about(
            format!("{} by deprivation", self.indicator.name),
            period_words(gradient.period),
            people,
        );
        about.measure = capital(&gradient.basis);
        let levels = gradient.levels.iter().map(|level| Level {
            number: level.number,
            figure: level.figure,
            interval: level.interval,
            n: level.people,
        });
        let slope = gradient.slope.map(|slope| (slope.most, slope.least));
        Some(charts::gradient(
            &Frame::new(id, width),
            &GradientChart { about, levels: levels.collect(), slope },
        ))
    }

    /// The control chart of the size of the inequality by a measure; `None` when no period has groups.
    pub fn draw_gap(&self, id: &str, width: Width, measure: Inequality) -> Option<Chart> {
        let chart = self.inequality_chart(measure)?;
        let ends = self.groups.first().zip(self.groups.last())?;
        let span = Period::new(ends.0.period.start(), ends.1.period.end()).map(period_words);
        let mut about = self.about(
            format!("{}: size of the inequality by deprivation", self.indicator.name),
            span.unwrap_or_default(),
            None,
        );
        (about.unit, about.measure) = match measure.is_ratio() {
            true => {
                (Unit::Plain, format!("{}, the larger over the smaller: 1 is no inequality", measure.title()))
            }
            false => (
                difference_unit(self.unit()),
                format!("{}, without its sign: 0 is no inequality", measure.title()),
            ),
        };
        Some(charts::control(&Frame::new(id, width), &ControlChart::of(about, &chart, &[])))
    }

    /// The town beside England, its region and its neighbours; `None` when it can be compared with nobody.
    pub fn draw_comparison(&self, id: &str, width: Width) -> Option<Chart> {
        if self.places.len() < 2 {
            return None;
        }
        let latest = self.points.iter().rev().find(|point| point.figure.value().is_some())?;
        let title = format!("{}: the town and those it is compared with", self.indicator.name);
        let about = self.about(title, period_words(latest.period), latest.denominator);
        let country =
            self.places.iter().find(|place| place.role == PlaceRole::Country).and_then(|p| p.figure.value());
        let compared = |place: &super::PlaceFigure| match (place.role, country) {
            (PlaceRole::Country, _) | (_, None) => String::new(),
            (_, benchmark) => {
                let interval = place.estimate.and_then(|estimate| estimate.interval95);
                against(interval, benchmark, self.indicator.polarity).to_string()
            }
        };
        let places = self.places.iter().map(|place| Place {
            compared: compared(place),
            name: place.name.clone(),
            role: match place.role {
                PlaceRole::Town => Role::Town,
                PlaceRole::Region => Role::Region,
                PlaceRole::Country => Role::England,
                PlaceRole::Neighbour => Role::Neighbour,
            },
            figure: place.figure,
            interval: place.estimate.and_then(|estimate| estimate.interval95),
        });
        Some(charts::comparison(
            &Frame::new(id, width),
            &charts::Comparison { about, places: places.collect() },
        ))
    }

    /// The control chart of the size of the inequality: closing the gap is an improvement whichever way the indicator is
    /// better.
    pub(crate) fn inequality_chart(&self, measure: Inequality) -> Option<spc::Chart> {
        if self.groups.is_empty() {
            return None;
        }
        let size = |group: &super::Gradient| measure.size(measure.of(group)?.value);
        let readings: Vec<spc::Reading> =
            self.groups.iter().map(|group| spc::Reading::new(group.period, size(group))).collect();
        readings.iter().any(|reading| reading.value.is_some()).then_some(())?;
        Some(spc::xmr(&spc::Series::new(readings, vocabulary::Polarity::LowIsGood).ok()?))
    }
}

fn default_names() -> (spc::Kind, &'static str) {
    let choice = Choice::default();
    (choice.kind, choice.profile.name())
}

/// A point plotted as a share of 1, as a value of the indicator.
fn scale(point: &mut charts::ControlPoint, factor: f64) {
    if let Figure::Value(value) = &mut point.figure {
        *value *= factor;
    }
    for level in [&mut point.centre, &mut point.lower, &mut point.upper, &mut point.target] {
        *level = level.map(|value| value * factor);
    }
}

/// The sentence with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
