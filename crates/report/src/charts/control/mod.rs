//! Run charts and control charts.
//!
//! Limits are dashed, the target red-dashed with its value, and a special-cause point has a shape as well as a colour:
//! a triangle for concern, a diamond for improvement, a square where no judgement is made. A figure that is
//! withheld is a gap with its word under it. Which points are special, and why, is decided in `spc`; nothing
//! is computed here.

mod chart;
mod words;

pub use self::chart::{ControlChart, ControlPoint, Signal};
pub(super) use self::words::rest;

use vocabulary::{Date, Figure, Period};

use self::words::{describe, latest, table};
use super::Chart;
use super::sheet::{Margins, Sheet};
use crate::figures::Unit;
use crate::svg::palette::{COMMON, INK, LIMIT, PAPER, QUIET, TARGET};
use crate::svg::{
    Anchor, DateScale, Frame, Plot, Scale, Svg, TextStyle, ValueAxis, Width, number, spread, text_width,
    wrap, x_baseline,
};

/// Draws a control chart.
pub fn control(frame: &Frame, chart: &ControlChart) -> Chart {
    let text = frame.text();
    let points = &chart.points;
    let lines = points.iter().flat_map(|point| [point.centre, point.lower, point.upper, point.target]);
    let values = points.iter().filter_map(|point| point.figure.value());
    let axis = ValueAxis::covering(
        values.chain(lines.flatten()),
        chart.about.unit,
        if frame.is_small() { 3 } else { 5 },
    );
    let names = names(frame, chart);
    let widest = names.iter().map(|name| text_width(&name.words, text) * name.weight()).fold(20.0, f64::max);
    let key = key(chart);
    let key_height = if key.is_empty() || frame.is_small() { 0.0 } else { text * 1.7 };
    let rebase_height = if chart.rebases.is_empty() { 0.0 } else { text * 1.7 };
    let margins = Margins {
        left: axis.label_width(text) + 12.0,
        right: widest + 14.0,
        above: text * 0.9 + rebase_height,
        below: text * 2.2 + key_height,
    };
    let height = match frame.width() {
        Width::Wide => 270.0,
        Width::Narrow => 230.0,
        Width::Small => 92.0,
    };
    let remarks = if frame.is_small() { Vec::new() } else { vec![format!("{}.", chart.method)] };
    let mut sheet = Sheet::new(frame, &chart.about, &remarks, margins, height);
    let periods: Vec<Period> = points.iter().map(|point| point.period).collect();
    let place = Placed {
        plot: sheet.plot,
        scale: axis.upright(sheet.plot),
        dates: DateScale::new(&periods, sheet.plot.left, sheet.plot.right),
        text,
        small: frame.is_small(),
    };
    axis.draw(&mut sheet.svg, place.plot, text);
    x_baseline(&mut sheet.svg, place.plot);
    place.dates.draw(&mut sheet.svg, place.plot, text);
    draw_steps(&mut sheet.svg, &place, points);
    draw_rebases(&mut sheet.svg, &place, &chart.rebases);
    draw_points(&mut sheet.svg, &place, points);
    draw_names(&mut sheet.svg, &place, &names);
    if key_height > 0.0 {
        draw_key(&mut sheet.svg, &place, &key);
    }
    if points.is_empty() {
        let middle = ((place.plot.left + place.plot.right) / 2.0, (place.plot.top + place.plot.bottom) / 2.0);
        let style = TextStyle::new(text).anchored(Anchor::Middle).fill(QUIET);
        sheet.svg.text(middle, "No figures yet", style);
    }
    let description = describe(chart);
    Chart {
        width: frame.pixels() as u32,
        height: sheet.svg.height(),
        svg: sheet.svg.finish(&chart.about.title, &description),
        title: chart.about.title.clone(),
        description,
        table: table(chart),
    }
}

/// Where things stand.
struct Placed {
    plot: Plot,
    scale: Scale,
    dates: DateScale,
    text: f64,
    small: bool,
}

/// The centre, limits and target: one level step a point, so that constant limits are a straight line and changing ones
/// a staircase, broken where a new part begins.
fn draw_steps(svg: &mut Svg, place: &Placed, points: &[ControlPoint]) {
    let dashed =
        [("stroke", LIMIT), ("stroke-width", "1.2"), ("stroke-dasharray", "5 4"), ("class", "limit")];
    let solid = [("stroke", LIMIT), ("stroke-width", "1.2"), ("class", "centre")];
    let red = [("stroke", TARGET), ("stroke-width", "1.5"), ("stroke-dasharray", "8 4"), ("class", "target")];
    type Level = fn(&ControlPoint) -> Option<f64>;
    let levels: [(Level, &[(&str, &str)]); 4] = [
        (|point| point.lower, &dashed),
        (|point| point.upper, &dashed),
        (|point| point.centre, &solid),
        (|point| point.target, &red),
    ];
    for (level, look) in levels {
        let path = steps(place, points, level);
        if !path.is_empty() {
            let mut look = look.to_vec();
            look.push(("fill", "none"));
            svg.path(&path, &look);
        }
    }
}

fn steps(place: &Placed, points: &[ControlPoint], level: fn(&ControlPoint) -> Option<f64>) -> String {
    let x = |index: usize| place.dates.at(points[index].period);
    let edge = |index: usize| match index {
        0 => place.plot.left,
        index if index == points.len() => place.plot.right,
        index if points[index].part != points[index - 1].part => place.dates.start_of(points[index].period),
        index => (x(index - 1) + x(index)) / 2.0,
    };
    let mut path = String::new();
    let mut last: Option<(usize, String)> = None;
    for (index, point) in points.iter().enumerate() {
        let Some(y) = level(point).map(|value| number(place.scale.at(value))) else {
            last = None;
            continue;
        };
        let end = number(edge(index + 1));
        match &last {
            Some((part, same)) if *part == point.part && *same == y => {}
            Some((part, _)) if *part == point.part => path.push_str(&format!("V{y}")),
            _ => path.push_str(&format!("M{} {y}", number(edge(index)))),
        }
        path.push_str(&format!("H{end}"));
        last = Some((point.part, y));
    }
    merge_runs(&path)
}

/// Drops every `H` that the next one overtakes: `H10H20` says no more than `H20`.
fn merge_runs(path: &str) -> String {
    let mut merged = String::with_capacity(path.len());
    let pieces = path.split_inclusive(|_: char| true);
    let mut commands: Vec<String> = Vec::new();
    for piece in pieces {
        match (piece.as_bytes()[0].is_ascii_alphabetic(), commands.last_mut()) {
            (false, Some(command)) => command.push_str(piece),
            _ => commands.push(piece.to_owned()),
        }
    }
    for (index, command) in commands.iter().enumerate() {
        let overtaken =
            command.starts_with('H') && commands.get(index + 1).is_some_and(|next| next.starts_with('H'));
        if !overtaken {
            merged.push_str(command);
        }
    }
    merged
}

fn draw_rebases(svg: &mut Svg, place: &Placed, rebases: &[(Date, String)]) {
    for (index, (at, reason)) in rebases.iter().enumerate() {
        let Some(day) = Period::new(*at, *at) else { continue };
        let x = place.dates.start_of(day);
        let top = place.plot.top - place.text * 1.7;
        svg.line(
            (x, top),
            (x, place.plot.bottom),
            &[("stroke", INK), ("stroke-width", "1"), ("class", "rebase")],
        );
        let next = rebases.get(index + 1).and_then(|(at, _)| Period::new(*at, *at));
        let end = next.map_or(svg.width(), |day| place.dates.start_of(day));
        let words = if place.small { "Rebased".to_owned() } else { format!("Rebased: {reason}") };
        let to_left = text_width(&words, place.text) > end - x - 8.0 && x - place.plot.left > end - x;
        let room = if to_left { x - place.plot.left - 8.0 } else { end - x - 8.0 };
        let (at, anchor) = if to_left { (x - 5.0, Anchor::End) } else { (x + 5.0, Anchor::Start) };
        let fitting = wrap(&words, place.text, room);
        let shown = if fitting.len() > 1 { format!("{} …", fitting[0]) } else { fitting[0].clone() };
        svg.text((at, top + place.text * 0.75), &shown, TextStyle::new(place.text).anchored(anchor));
    }
}

fn draw_points(svg: &mut Svg, place: &Placed, points: &[ControlPoint]) {
    let weight = if place.small { "1" } else { "1.4" };
    let joined = [("stroke", COMMON), ("stroke-width", weight), ("class", "line")];
    for part in points.chunk_by(|a, b| a.part == b.part) {
        for run in part.split(|point| point.figure.value().is_none()) {
            let at = |point: &ControlPoint| {
                Some((place.dates.at(point.period), place.scale.at(point.figure.value()?)))
            };
            svg.polyline(&run.iter().filter_map(at).collect::<Vec<_>>(), &joined);
        }
    }
    let crowd = (place.plot.right - place.plot.left) / points.len().max(1) as f64;
    let radius = if place.small { 2.4f64 } else { 4.0 }.min((crowd * 0.45).max(1.6));
    for point in points {
        let x = place.dates.at(point.period);
        match point.figure {
            Figure::Value(value) => {
                let (mark, fill, size) = point.signal.look();
                let fill = if point.ghosted { PAPER } else { fill };
                let class = format!("point {}", class(point));
                let look = [
                    ("fill", fill),
                    ("stroke", if point.ghosted { COMMON } else { PAPER }),
                    ("class", &class),
                ];
                svg.mark(mark, (x, place.scale.at(value)), radius * size, &look);
            }
            Figure::Withheld(reason) if !place.small && crowd > 9.0 => {
                svg.upright_text((x + 4.0, place.plot.bottom - 4.0), &reason.to_string(), place.text - 2.0);
            }
            Figure::Withheld(_) => {}
        }
    }
}

fn class(point: &ControlPoint) -> &'static str {
    match point.signal {
        _ if point.ghosted => "ghost",
        Signal::None => "common",
        Signal::Concern => "concern",
        Signal::Improvement => "improvement",
        Signal::NoJudgement => "no-judgement",
    }
}

/// A name at the right edge, at the height of what it names.
struct Name {
    value: f64,
    words: String,
    bold: bool,
    fill: &'static str,
}

impl Name {
    fn weight(&self) -> f64 {
        if self.bold { 1.1 } else { 1.0 }
    }
}

/// What is named at the right edge: the latest value and the target, and, where there is room, the centre and limits.
fn names(frame: &Frame, chart: &ControlChart) -> Vec<Name> {
    let unit = chart.about.unit;
    let short = |value: f64| match unit {
        Unit::Percent | Unit::Pounds => unit.write(value),
        _ => unit.bare(value),
    };
    let mut names = Vec::new();
    let Some(last) = chart.points.last() else { return names };
    let wide = frame.width() == Width::Wide;
    let mut add = |value: Option<f64>, word: &str, bold: bool, fill: &'static str| {
        if let Some(value) = value {
            let words = if frame.is_small() { short(value) } else { format!("{word} {}", short(value)) };
            names.push(Name { value, words, bold, fill });
        }
    };
    add(latest(chart).map(|(_, value)| value), "Latest", true, INK);
    add(last.target, "Target", false, TARGET);
    if !frame.is_small() {
        add(last.centre, &chart.centre, false, QUIET);
        add(last.upper, if wide { "Upper limit" } else { "Upper" }, false, QUIET);
        add(last.lower, if wide { "Lower limit" } else { "Lower" }, false, QUIET);
    }
    names
}

fn draw_names(svg: &mut Svg, place: &Placed, names: &[Name]) {
    let wanted: Vec<f64> = names.iter().map(|name| place.scale.at(name.value)).collect();
    let placed = spread(&wanted, place.text * 1.2, place.plot.top, place.plot.bottom);
    for ((name, y), end) in names.iter().zip(placed).zip(wanted) {
        if (y - end).abs() > place.text * 0.6 {
            let thin = [("stroke", name.fill), ("stroke-width", ".6")];
            svg.line((place.plot.right, end), (place.plot.right + 7.0, y), &thin);
        }
        let style = TextStyle::new(place.text).fill(name.fill);
        let style = if name.bold { style.bold() } else { style };
        svg.text((place.plot.right + 9.0, y + place.text * 0.35), &name.words, style);
    }
}

/// The shapes that are in the chart, with their words.
fn key(chart: &ControlChart) -> Vec<Signal> {
    let present =
        |signal: &Signal| chart.points.iter().any(|point| point.signal == *signal && !point.ghosted);
    [Signal::Concern, Signal::Improvement, Signal::NoJudgement].into_iter().filter(present).collect()
}

fn draw_key(svg: &mut Svg, place: &Placed, key: &[Signal]) {
    let y = place.plot.bottom + place.text * 3.0;
    let mut x = 8.0;
    for signal in key {
        let (mark, fill, size) = signal.look();
        svg.mark(mark, (x, y - place.text * 0.33), 4.0 * size, &[("fill", fill), ("class", "key")]);
        let words = rest(*signal);
        svg.text((x + 10.0, y), words, TextStyle::new(place.text - 1.0));
        x += 10.0 + text_width(words, place.text - 1.0) + 22.0;
    }
}
