//! The inequality in two periods in one picture: the levels of the deprivation groups and the slope over them, then and now.

use vocabulary::{Figure, Period};

use super::gradient::{Level, name_ends};
use super::sheet::{Margins, Sheet};
use super::{About, Chart};
use crate::documents::{Cell, Column, Table};
use crate::figures::{Unit, short_period};
use crate::svg::palette::{COMMON, QUIET, sequential};
use crate::svg::{Anchor, Frame, Mark, Scale, TextStyle, ValueAxis, Width, spread, text_width, x_baseline};

/// Two gradients of one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct NowAndThen {
    /// What the chart is about.
    pub about: About,
    /// The earlier one.
    pub then: Side,
    /// The later one.
    pub now: Side,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The days it is about.
    pub period: Period,
    /// The groups, 1 (most deprived) first.
    pub levels: Vec<Level>,
    /// The fitted line: its value at the most deprived end and at the least deprived end.
    pub slope: (f64, f64),
}

/// Draws both. The earlier one is grey and square and its line dashed, the later one dark and round and its line whole, and
/// each line is named at its end.
pub fn now_and_then(frame: &Frame, chart: &NowAndThen) -> Chart {
    let unit = chart.about.unit;
    let sides = [&chart.then, &chart.now];
    let levels = || sides.iter().flat_map(|side| &side.levels);
    let values = levels().filter_map(|level| level.figure.value());
    let ends = levels().filter_map(|level| level.interval).flat_map(|(low, high)| [low, high]);
    let lines = sides.iter().flat_map(|side| [side.slope.0, side.slope.1]);
    let axis = ValueAxis::covering(values.chain(ends).chain(lines), unit, 5);
    let text = frame.text();
    let names = sides.map(|side| short_period(side.period));
    let widest = names.iter().map(|name| text_width(name, text) * 1.1).fold(40.0, f64::max);
    let margins =
        Margins { left: axis.label_width(text) + 12.0, right: widest + 14.0, above: text, below: text * 3.2 };
    let height = if frame.width() == Width::Wide { 280.0 } else { 230.0 };
    let remarks = ["Lines: the slope over all areas (slope index of inequality).".to_owned()];
    let mut sheet = Sheet::new(frame, &chart.about, &remarks, margins, height);
    let (plot, scale) = (sheet.plot, axis.upright(sheet.plot));
    axis.draw(&mut sheet.svg, plot, text);
    x_baseline(&mut sheet.svg, plot);
    let count = sides.iter().map(|side| side.levels.len()).max().unwrap_or(0);
    let step = (plot.right - plot.left) / count.max(1) as f64;
    let dark = sequential(0, 5);
    for (index, side) in sides.iter().enumerate() {
        let (colour, dash) = if index == 0 { (COMMON, "6 4") } else { (dark.as_str(), "") };
        let mut look = vec![("stroke", colour), ("stroke-width", "2"), ("class", "slope")];
        if !dash.is_empty() {
            look.push(("stroke-dasharray", dash));
        }
        let (from, to) = (scale.at(side.slope.0), scale.at(side.slope.1));
        sheet.svg.line((plot.left, from), (plot.right, to), &look);
        for (group, level) in side.levels.iter().enumerate() {
            let shift = if index == 0 { -6.0 } else { 6.0 };
            draw(&mut sheet, scale, plot.left + step * (group as f64 + 0.5) + shift, level, (colour, index));
        }
    }
    let wanted: Vec<f64> = sides.iter().map(|side| scale.at(side.slope.1)).collect();
    let placed = spread(&wanted, text * 1.25, plot.top, plot.bottom);
    for (index, (name, y)) in names.iter().zip(placed).enumerate() {
        let style = TextStyle::new(text);
        let style = if index == 1 { style.bold() } else { style.fill(QUIET) };
        sheet.svg.text((plot.right + 8.0, y + text * 0.35), name, style);
    }
    let middle = TextStyle::new(text).anchored(Anchor::Middle);
    for group in 0..count {
        let x = plot.left + step * (group as f64 + 0.5);
        sheet.svg.text((x, plot.bottom + text * 1.3), &(group + 1).to_string(), middle);
    }
    name_ends(&mut sheet);
    let description = sides.map(|side| describe(side, unit)).join(" ");
    Chart {
        width: frame.pixels() as u32,
        height: sheet.svg.height(),
        svg: sheet.svg.finish(&chart.about.title, &description),
        title: chart.about.title.clone(),
        description,
        table: table(chart),
    }
}

fn draw(sheet: &mut Sheet, scale: Scale, x: f64, level: &Level, (colour, index): (&str, usize)) {
    let Some(value) = level.figure.value() else { return };
    if let Some((low, high)) = level.interval {
        let whisker = [("stroke", colour), ("stroke-width", "1.4"), ("class", "interval")];
        sheet.svg.line((x, scale.at(low)), (x, scale.at(high)), &whisker);
    }
    let mark = if index == 0 { Mark::Square } else { Mark::Circle };
    sheet.svg.mark(mark, (x, scale.at(value)), 5.5, &[("fill", colour), ("class", "level")]);
}

fn describe(side: &Side, unit: Unit) -> String {
    format!(
        "{}: from {} at the most deprived end to {} at the least deprived end.",
        side.period,
        unit.write(side.slope.0),
        unit.write(side.slope.1)
    )
}

fn table(chart: &NowAndThen) -> Table {
    let unit = chart.about.unit;
    let columns = vec![
        Column::text("Deprivation (1 is most deprived)"),
        Column::text("Period"),
        Column::number("Value", unit),
        Column::number("Lower 95%", unit),
        Column::number("Upper 95%", unit),
    ];
    let mut table = Table::new(chart.about.title.clone(), columns);
    for side in [&chart.then, &chart.now] {
        let mut push = |name: String, figure: Figure, interval: Option<(f64, f64)>| {
            let shown = interval.filter(|_| figure.value().is_some());
            table.push(vec![
                Cell::text(name),
                Cell::text(side.period.to_string()),
                figure.into(),
                Cell::number(shown.map(|interval| interval.0)),
                Cell::number(shown.map(|interval| interval.1)),
            ]);
        };
        for level in &side.levels {
            push(level.number.to_string(), level.figure, level.interval);
        }
        push("fitted, most deprived end".to_owned(), Figure::Value(side.slope.0), None);
        push("fitted, least deprived end".to_owned(), Figure::Value(side.slope.1), None);
    }
    table.notes.extend(chart.about.foot(&Frame::wide("table")));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_periods_are_told_in_words_and_in_the_table() {
        let side = |period: &str, from: f64, to: f64| Side {
            period: period.parse().unwrap(),
            levels: (1..=5)
                .map(|number| Level {
                    number,
                    figure: Figure::Value(from + f64::from(number)),
                    interval: Some((from, to + 9.0)),
                    n: None,
                })
                .collect(),
            slope: (from, to),
        };
        let about = About {
            title: "MMR".into(),
            unit: Unit::Percent,
            measure: String::new(),
            period: String::new(),
            n: String::new(),
            source: "UKHSA".into(),
        };
        let both = NowAndThen { about, then: side("2020 Q1", 80.0, 91.0), now: side("2025 Q1", 85.0, 90.0) };
        let chart = now_and_then(&Frame::wide("x"), &both);
        assert!(
            chart.description.contains("January to March 2020: from 80.0% at the most deprived end to 91.0%")
        );
        assert!(chart.description.contains("January to March 2025: from 85.0%"));
        assert_eq!(chart.table.rows.len(), 14);
        assert!(chart.svg.contains("Jan to Mar 2020") && chart.svg.contains("stroke-dasharray"));
    }
}
