//! Several areas over time, each line named at its end.

use vocabulary::{Figure, Period};

use super::sheet::{Margins, Sheet};
use super::{About, Chart, Role};
use crate::documents::{Cell, Column, Table};
use crate::figures::Unit;
use crate::svg::palette::{COMMON, INK, QUIET, sequential};
use crate::svg::{
    Anchor, DateScale, Frame, Mark, Plot, Scale, Svg, TextStyle, ValueAxis, Width, spread, text_width, wrap,
    x_baseline,
};

/// An indicator over time in several areas.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesChart {
    /// What the chart is about.
    pub about: About,
    /// The areas; more than about six make a chart that nobody reads.
    pub lines: Vec<Line>,
}

/// One area's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The area's name.
    pub name: String,
    /// What it is to the town.
    pub role: Role,
    /// Its figures, in any order. A figure that is withheld is a gap in the line.
    pub points: Vec<(Period, Figure)>,
}

/// Draws several areas over time.
pub fn series(frame: &Frame, chart: &SeriesChart) -> Chart {
    let unit = chart.about.unit;
    let mut periods: Vec<Period> =
        chart.lines.iter().flat_map(|line| line.points.iter().map(|point| point.0)).collect();
    periods.sort();
    periods.dedup();
    let values = chart.lines.iter().flat_map(|line| &line.points).filter_map(|point| point.1.value());
    let axis = ValueAxis::covering(values, unit, if frame.is_small() { 3 } else { 5 });
    let text = frame.text();
    let room = match frame.width() {
        Width::Wide => 170.0,
        Width::Narrow => 92.0,
        Width::Small => 70.0,
    };
    let widest = chart.lines.iter().map(|line| text_width(&line.name, text) * 1.1).fold(40.0, f64::max);
    let margins = Margins {
        left: axis.label_width(text) + 12.0,
        right: widest.min(room) + 12.0,
        above: text,
        below: text * 2.2,
    };
    let height = if frame.is_small() { 84.0 } else { 260.0 };
    let mut sheet = Sheet::new(frame, &chart.about, &[], margins, height);
    let (plot, scale) = (sheet.plot, axis.upright(sheet.plot));
    let dates = DateScale::new(&periods, plot.left, plot.right);
    axis.draw(&mut sheet.svg, plot, text);
    x_baseline(&mut sheet.svg, plot);
    dates.draw(&mut sheet.svg, plot, text);
    let mut order: Vec<usize> = (0..chart.lines.len()).collect();
    order.sort_by_key(|&index| chart.lines[index].role == Role::Town);
    for index in order {
        draw_line(&mut sheet.svg, &dates, scale, &chart.lines[index], index);
    }
    draw_names(&mut sheet.svg, plot, scale, text, chart);
    if periods.is_empty() {
        let style = TextStyle::new(text).anchored(Anchor::Middle).fill(QUIET);
        sheet.svg.text(
            ((plot.left + plot.right) / 2.0, (plot.top + plot.bottom) / 2.0),
            "No figures yet",
            style,
        );
    }
    let description = describe(unit, &chart.lines);
    Chart {
        width: frame.pixels() as u32,
        height: sheet.svg.height(),
        svg: sheet.svg.finish(&chart.about.title, &description),
        title: chart.about.title.clone(),
        description,
        table: table(chart, &periods),
    }
}

/// Lines differ in weight and dash as well as in shade.
fn draw_line(svg: &mut Svg, dates: &DateScale, scale: Scale, line: &Line, index: usize) {
    let dark = sequential(0, 5);
    let (stroke, weight) = match line.role {
        Role::Town => (dark.as_str(), "2.8"),
        Role::England => (INK, "1.6"),
        Role::Region | Role::Neighbour => (COMMON, "1.6"),
    };
    let dash = match line.role {
        Role::Town => "",
        Role::England => "7 3",
        _ => ["", "2 3", "6 2 1 2", "1 3", "10 3"][index % 5],
    };
    let mut look = vec![("stroke", stroke), ("stroke-width", weight), ("class", "line")];
    if !dash.is_empty() {
        look.push(("stroke-dasharray", dash));
    }
    let points = sorted(line);
    for run in points.split(|point| point.1.value().is_none()) {
        let places: Vec<(f64, f64)> = run
            .iter()
            .filter_map(|(period, figure)| Some((dates.at(*period), scale.at(figure.value()?))))
            .collect();
        if let [only] = places[..] {
            svg.mark(Mark::Circle, only, 2.5, &[("fill", stroke)]);
        }
        svg.polyline(&places, &look);
    }
}

fn draw_names(svg: &mut Svg, plot: Plot, scale: Scale, text: f64, chart: &SeriesChart) {
    let ends: Vec<(&Line, f64)> = chart
        .lines
        .iter()
        .filter_map(|line| {
            sorted(line).iter().rev().find_map(|point| point.1.value()).map(|v| (line, scale.at(v)))
        })
        .collect();
    let room = (svg.width() - plot.right - 10.0).max(30.0);
    let lines: Vec<Vec<String>> = ends.iter().map(|(line, _)| wrap(&line.name, text, room / 1.08)).collect();
    let tallest = lines.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let wanted: Vec<f64> = ends.iter().map(|(_, y)| *y).collect();
    let placed = spread(&wanted, text * 1.15 * tallest + 2.0, plot.top, plot.bottom);
    for (((line, end), y), words) in ends.iter().zip(placed).zip(lines) {
        if (y - end).abs() > text * 0.7 {
            svg.line(
                (plot.right - 1.0, *end),
                (plot.right + 6.0, y),
                &[("stroke", COMMON), ("stroke-width", ".7")],
            );
        }
        let plain = TextStyle::new(text);
        let style = if line.role == Role::Town { plain.bold() } else { plain };
        let first = y + text * 0.35 - (words.len() as f64 - 1.0) * text * 0.575;
        for (row, word) in words.iter().enumerate() {
            svg.text((plot.right + 8.0, first + row as f64 * text * 1.15), word, style);
        }
    }
}

fn sorted(line: &Line) -> Vec<(Period, Figure)> {
    let mut points = line.points.clone();
    points.sort_by_key(|point| point.0);
    points
}

fn describe(unit: Unit, lines: &[Line]) -> String {
    let say = |line: &Line| {
        let known: Vec<(Period, f64)> =
            sorted(line).into_iter().filter_map(|(period, figure)| Some((period, figure.value()?))).collect();
        match known[..] {
            [] => format!("{}: no figures.", line.name),
            [(period, value)] => format!("{}: {} in {period}.", line.name, unit.write(value)),
            [(first, was), .., (last, is)] => {
                format!("{}: {} in {first}, {} in {last}.", line.name, unit.write(was), unit.write(is))
            }
        }
    };
    if lines.is_empty() {
        return "No figures yet.".to_owned();
    }
    lines.iter().map(say).collect::<Vec<_>>().join(" ")
}

fn table(chart: &SeriesChart, periods: &[Period]) -> Table {
    let mut columns = vec![Column::text("Period")];
    columns.extend(chart.lines.iter().map(|line| Column::number(line.name.clone(), chart.about.unit)));
    let mut table = Table::new(chart.about.title.clone(), columns);
    for &period in periods {
        let cell = |line: &Line| {
            let point = line.points.iter().find(|point| point.0 == period);
            point.map_or(Cell::Blank, |point| point.1.into())
        };
        let mut row = vec![Cell::text(period.to_string())];
        row.extend(chart.lines.iter().map(cell));
        table.push(row);
    }
    table.notes.extend(chart.about.foot(&Frame::wide("table")));
    table
}
