//! A place beside others: England, its region and its nearest neighbours, one row each.

use vocabulary::Figure;

use super::sheet::{Margins, Sheet};
use super::{About, Chart};
use crate::documents::{Cell, Column, Table};
use crate::figures::Unit;
use crate::svg::palette::{COMMON, INK, QUIET, sequential};
use crate::svg::{Anchor, Frame, Mark, Plot, Scale, Svg, TextStyle, ValueAxis, Width, text_width};

/// An indicator in one place and in those it is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What the chart is about.
    pub about: About,
    /// The places, in any order: the chart puts the highest first and those without a figure last.
    pub places: Vec<Place>,
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// What it is to the town.
    pub role: Role,
    /// Its level.
    pub figure: Figure,
    /// The 95% interval.
    pub interval: Option<(f64, f64)>,
    /// How it compares with England, in Fingertips' words (`better`, `similar`, `worse`, `higher`, `lower`); empty
    /// where that is not asked.
    pub compared: String,
}

/// What a place is to the town.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The town itself.
    Town,
    /// Its region.
    Region,
    /// England.
    England,
    /// A statistical neighbour, or any other place.
    Neighbour,
}

/// Draws a comparison.
pub fn comparison(frame: &Frame, comparison: &Comparison) -> Chart {
    let unit = comparison.about.unit;
    let mut places: Vec<&Place> = comparison.places.iter().collect();
    places.sort_by(|a, b| {
        let key = |place: &Place| place.figure.value().unwrap_or(f64::NEG_INFINITY);
        key(b).total_cmp(&key(a)).then_with(|| a.name.cmp(&b.name))
    });
    let values = places.iter().filter_map(|place| place.figure.value());
    let ends = places.iter().filter_map(|place| place.interval).flat_map(|(low, high)| [low, high]);
    let axis =
        ValueAxis::covering(values.chain(ends), unit, if frame.width() == Width::Wide { 6 } else { 3 });

    let text = frame.text();
    let beside = frame.width() == Width::Wide;
    let widest = |words: &mut dyn Iterator<Item = String>, bold: f64| {
        words.map(|word| text_width(&word, text) * bold).fold(0.0, f64::max)
    };
    let names = widest(&mut places.iter().map(|place| place.name.clone()), 1.1).min(220.0);
    let values = widest(&mut places.iter().map(|place| value_words(unit, place)), 1.1);
    let row = if beside { text * 1.9 } else { text * 2.9 };
    let margins = Margins {
        left: if beside { names + 14.0 } else { text * 1.6 },
        right: values + 12.0,
        above: 6.0,
        below: text * 2.2,
    };
    let mut sheet = Sheet::new(frame, &comparison.about, &[], margins, row * places.len().max(1) as f64);
    let (plot, scale) = (sheet.plot, axis.lying(sheet.plot));
    axis.draw_lying(&mut sheet.svg, plot, text);
    draw_england(&mut sheet.svg, plot, scale, &places);
    for (index, place) in places.iter().enumerate() {
        let y = plot.top + row * (index as f64 + if beside { 0.5 } else { 0.72 });
        draw_place(&mut sheet.svg, plot, scale, (y, text), place, unit, beside);
    }
    let description = describe(unit, &places);
    Chart {
        width: frame.pixels() as u32,
        height: sheet.svg.height(),
        svg: sheet.svg.finish(&comparison.about.title, &description),
        title: comparison.about.title.clone(),
        description,
        table: table(comparison, &places),
    }
}

/// England's level as a line down the chart, so that each place is read against it.
fn draw_england(svg: &mut Svg, plot: Plot, scale: Scale, places: &[&Place]) {
    let england =
        places.iter().find(|place| place.role == Role::England).and_then(|place| place.figure.value());
    if let Some(value) = england {
        let x = scale.at(value);
        svg.line(
            (x, plot.top),
            (x, plot.bottom),
            &[("stroke", INK), ("stroke-dasharray", "5 4"), ("class", "benchmark")],
        );
    }
}

fn draw_place(
    svg: &mut Svg,
    plot: Plot,
    scale: Scale,
    (y, text): (f64, f64),
    place: &Place,
    unit: Unit,
    beside: bool,
) {
    let plain = TextStyle::new(text);
    let style = if place.role == Role::Town { plain.bold() } else { plain };
    if beside {
        svg.text((plot.left - 10.0, y + text * 0.35), &place.name, style.anchored(Anchor::End));
    } else {
        svg.text((2.0, y - text * 0.85), &place.name, style);
    }
    let quiet = if place.figure.value().is_none() { style.fill(QUIET) } else { style };
    svg.text((plot.right + 8.0, y + text * 0.35), &value_words(unit, place), quiet);
    let Some(value) = place.figure.value() else { return };
    let dark = sequential(0, 5);
    let (mark, fill, radius) = match place.role {
        Role::Town => (Mark::Diamond, dark.as_str(), 6.5),
        Role::England => (Mark::Square, INK, 5.0),
        Role::Region => (Mark::Square, COMMON, 5.0),
        Role::Neighbour => (Mark::Circle, COMMON, 5.0),
    };
    if let Some((low, high)) = place.interval {
        let whisker = [("stroke", fill), ("stroke-width", "2"), ("class", "interval")];
        svg.line((scale.at(low), y), (scale.at(high), y), &whisker);
    }
    svg.mark(mark, (scale.at(value), y), radius, &[("fill", fill), ("class", "place")]);
}

fn value_words(unit: Unit, place: &Place) -> String {
    match place.figure {
        Figure::Value(value) if matches!(unit, Unit::Percent | Unit::Pounds) => unit.write(value),
        Figure::Value(value) => unit.bare(value),
        Figure::Withheld(reason) => reason.to_string(),
    }
}

fn describe(unit: Unit, places: &[&Place]) -> String {
    let say = |place: &&Place| {
        let written = match (place.figure, place.interval) {
            (Figure::Value(value), Some((low, high))) => unit.with_interval(value, low, high),
            (Figure::Value(value), None) => unit.write(value),
            (Figure::Withheld(reason), _) => reason.to_string(),
        };
        let compared = match place.compared.as_str() {
            "" => String::new(),
            _ if place.role == Role::England => String::new(),
            word => format!(", {word} compared with England"),
        };
        format!("{}: {written}{compared}.", place.name)
    };
    let leading = places.iter().filter(|place| place.role != Role::Neighbour).map(say);
    let neighbours = places.iter().filter(|place| place.role == Role::Neighbour).count();
    let mut words: Vec<String> = leading.collect();
    if neighbours > 0 {
        words.push(format!("{neighbours} other places are in the table."));
    }
    if words.is_empty() { "No figures yet.".to_owned() } else { words.join(" ") }
}

fn table(comparison: &Comparison, places: &[&Place]) -> Table {
    let unit = comparison.about.unit;
    let columns = vec![
        Column::text("Area"),
        Column::number("Value", unit),
        Column::number("Lower 95%", unit),
        Column::number("Upper 95%", unit),
        Column::text("Compared with England"),
    ];
    let mut table = Table::new(comparison.about.title.clone(), columns);
    for place in places {
        let shown = place.interval.filter(|_| place.figure.value().is_some());
        table.push(vec![
            Cell::text(place.name.clone()),
            place.figure.into(),
            Cell::number(shown.map(|interval| interval.0)),
            Cell::number(shown.map(|interval| interval.1)),
            Cell::text(place.compared.clone()),
        ]);
    }
    table.notes.extend(comparison.about.foot(&Frame::wide("table")));
    table
}
