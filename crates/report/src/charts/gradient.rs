//! The gradient by deprivation: the level of an indicator from the most to the least deprived fifth or tenth.
//!
//! Dots with whiskers and not bars: a bar has to start at zero, and from zero the difference between 82% and 91%
//! cannot be seen. Deprivation always runs from 1 (most) on the left.

use vocabulary::Figure;

use super::sheet::{Margins, Sheet};
use super::{About, Chart};
use crate::documents::{Cell, Column, Table};
use crate::figures::Unit;
use crate::svg::palette::{INK, QUIET, sequential};
use crate::svg::{Anchor, Frame, Mark, Scale, Svg, TextStyle, ValueAxis, Width, text_width, x_baseline};

/// The level of an indicator in each deprivation group.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// What the chart is about.
    pub about: About,
    /// The groups, 1 (most deprived) first; 5 or 10 of them as a rule.
    pub levels: Vec<Level>,
    /// The fitted line of the slope index of inequality: its value at the most deprived end and at the least
    /// deprived end.
    pub slope: Option<(f64, f64)>,
}

/// One deprivation group.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Its number: 1 is the most deprived.
    pub number: u8,
    /// Its level.
    pub figure: Figure,
    /// The 95% interval.
    pub interval: Option<(f64, f64)>,
    /// How many people it rests on.
    pub n: Option<f64>,
}

/// Draws a gradient.
pub fn gradient(frame: &Frame, gradient: &Gradient) -> Chart {
    let unit = gradient.about.unit;
    let ends = gradient.levels.iter().filter_map(|level| level.interval).flat_map(|(low, high)| [low, high]);
    let values = gradient.levels.iter().filter_map(|level| level.figure.value());
    let fitted = gradient.slope.into_iter().flat_map(|(most, least)| [most, least]);
    let marks = if frame.is_small() { 3 } else { 5 };
    let axis = ValueAxis::covering(values.chain(ends).chain(fitted), unit, marks);

    let text = frame.text();
    let margins = Margins {
        left: axis.label_width(text) + 12.0,
        right: 6.0,
        above: text * 2.0,
        below: text * if frame.is_small() { 2.7 } else { 3.2 },
    };
    let height = match frame.width() {
        Width::Wide => 240.0,
        Width::Narrow => 220.0,
        Width::Small => 84.0,
    };
    let remarks = match (gradient.slope, frame.is_small()) {
        (Some(_), false) => {
            vec!["Dotted line: the slope over all areas (slope index of inequality).".to_owned()]
        }
        _ => Vec::new(),
    };
    let mut sheet = Sheet::new(frame, &gradient.about, &remarks, margins, height);
    let (plot, scale) = (sheet.plot, axis.upright(sheet.plot));
    axis.draw(&mut sheet.svg, plot, text);
    x_baseline(&mut sheet.svg, plot);
    let step = (plot.right - plot.left) / gradient.levels.len().max(1) as f64;
    if let Some((most, least)) = gradient.slope {
        let dashes =
            [("stroke", QUIET), ("stroke-width", "1.5"), ("stroke-dasharray", "2 3"), ("class", "slope")];
        let (from, to) = ((plot.left, scale.at(most)), (plot.right, scale.at(least)));
        sheet.svg.line(from, to, &dashes);
    }
    let columns = Columns { left: plot.left, step, bottom: plot.bottom, scale, text, unit };
    let room = gradient.levels.iter().filter_map(|level| level.figure.value());
    let every =
        room.map(|value| text_width(&label(unit, value, frame), text)).fold(0.0, f64::max) < step - 2.0;
    for (index, level) in gradient.levels.iter().enumerate() {
        let named = every || index == 0 || index + 1 == gradient.levels.len();
        draw_level(&mut sheet.svg, &columns, index, gradient.levels.len(), level, named.then_some(frame));
    }
    draw_ends(&mut sheet, gradient.levels.len());

    let description = describe(gradient);
    Chart {
        width: frame.pixels() as u32,
        height: sheet.svg.height(),
        svg: sheet.svg.finish(&gradient.about.title, &description),
        title: gradient.about.title.clone(),
        description,
        table: table(gradient),
    }
}

/// The places of the columns.
struct Columns {
    left: f64,
    step: f64,
    bottom: f64,
    scale: Scale,
    text: f64,
    unit: Unit,
}

fn label(unit: Unit, value: f64, frame: &Frame) -> String {
    match (unit, frame.is_small()) {
        (Unit::Percent, true) => unit.tick(value, 0),
        (Unit::Percent | Unit::Pounds, false) => unit.write(value),
        _ => unit.bare(value),
    }
}

fn draw_level(
    svg: &mut Svg,
    columns: &Columns,
    index: usize,
    count: usize,
    level: &Level,
    named: Option<&Frame>,
) {
    let x = columns.left + columns.step * (index as f64 + 0.5);
    let (text, scale) = (columns.text, columns.scale);
    let number = TextStyle::new(text).anchored(Anchor::Middle);
    svg.text((x, columns.bottom + text * 1.3), &level.number.to_string(), number);
    let Some(value) = level.figure.value() else {
        if let Figure::Withheld(reason) = level.figure {
            svg.upright_text((x + text * 0.35, columns.bottom - 4.0), &reason.to_string(), text);
        }
        return;
    };
    let mut top = scale.at(value);
    let radius = if columns.step < 40.0 || named.is_some_and(Frame::is_small) { 5.5 } else { 8.0 };
    if let Some((low, high)) = level.interval {
        let whisker = [("stroke", INK), ("stroke-width", "1.5"), ("class", "interval")];
        svg.line((x, scale.at(low)), (x, scale.at(high)), &whisker);
        for end in [low, high] {
            svg.line((x - 4.0, scale.at(end)), (x + 4.0, scale.at(end)), &whisker);
        }
        top = top.min(scale.at(high));
    }
    let fill = sequential(index, count);
    let look = [("fill", fill.as_str()), ("stroke", INK), ("stroke-width", "1.2"), ("class", "level")];
    svg.mark(Mark::Circle, (x, scale.at(value)), radius, &look);
    if let Some(frame) = named {
        let above = top.min(scale.at(value) - radius) - text * 0.4;
        let words = label(columns.unit, value, frame);
        let middle = x.max(columns.left + text_width(&words, text) / 2.0 + 3.0);
        svg.text((middle, above), &words, number);
    }
}

fn draw_ends(sheet: &mut Sheet, count: usize) {
    let (plot, text) = (sheet.plot, sheet.text);
    if count == 0 {
        let style = TextStyle::new(text).anchored(Anchor::Middle).fill(QUIET);
        sheet.svg.text(
            ((plot.left + plot.right) / 2.0, (plot.top + plot.bottom) / 2.0),
            "No figures yet",
            style,
        );
        return;
    }
    name_ends(sheet);
}

/// Says which end of the axis is which, as far apart as the words need.
pub(super) fn name_ends(sheet: &mut Sheet) {
    let (plot, text) = (sheet.plot, sheet.text);
    let (most, least) = ("Most deprived", "Least deprived");
    let needed = text_width(most, text) + text_width(least, text) + text * 1.5;
    let beyond = ((needed - (plot.right - plot.left)) / 2.0).clamp(0.0, plot.left);
    let y = plot.bottom + text * 2.5;
    let style = TextStyle::new(text).fill(QUIET);
    sheet.svg.text((plot.left - beyond, y), most, style);
    sheet.svg.text((plot.right + beyond, y), least, style.anchored(Anchor::End));
}

fn describe(gradient: &Gradient) -> String {
    let unit = gradient.about.unit;
    let parts = match gradient.levels.len() {
        10 => "tenth",
        5 => "fifth",
        _ => "group",
    };
    let say = |level: &Level, which: &str| {
        let written = match (level.figure, level.interval) {
            (Figure::Value(value), Some((low, high))) => unit.with_interval(value, low, high),
            (Figure::Value(value), None) => unit.write(value),
            (Figure::Withheld(reason), _) => reason.to_string(),
        };
        format!("{which} deprived {parts} ({}): {written}.", level.number)
    };
    match gradient.levels.as_slice() {
        [] => "No figures by deprivation yet.".to_owned(),
        [only] => say(only, "Most"),
        [most, .., least] => {
            let mut words = format!("{} {}", say(most, "Most"), say(least, "Least"));
            if let (Some(a), Some(b)) = (most.figure.value(), least.figure.value()) {
                let difference = match unit {
                    Unit::Percent => Unit::PercentagePoints.write((b - a).abs()),
                    _ => unit.write((b - a).abs()),
                };
                words.push_str(&format!(" Difference: {difference}."));
            }
            words
        }
    }
}

fn table(gradient: &Gradient) -> Table {
    let unit = gradient.about.unit;
    let columns = vec![
        Column::text("Deprivation (1 is most deprived)"),
        Column::number("Value", unit),
        Column::number("Lower 95%", unit),
        Column::number("Upper 95%", unit),
        Column::number("n", Unit::Count),
    ];
    let mut table = Table::new(gradient.about.title.clone(), columns);
    for level in &gradient.levels {
        let shown = level.interval.filter(|_| level.figure.value().is_some());
        table.push(vec![
            Cell::text(level.number.to_string()),
            level.figure.into(),
            Cell::number(shown.map(|interval| interval.0)),
            Cell::number(shown.map(|interval| interval.1)),
            Cell::number(level.n.filter(|_| level.figure.value().is_some())),
        ]);
    }
    table.notes.extend(gradient.about.foot(&Frame::wide("table")));
    table
}
