//! A funnel plot: every area at its size and its level, with the limits within which areas of that size lie by chance
//! about the average of all.
//!
//! Areas are told apart by shape as well as colour, as points of a control chart are: filled beyond the 99.8% limits,
//! hollow between those and the 95% limits, a small circle within. Only the town and the areas farthest out are named on
//! the chart; all are in the table.

use super::control::{Signal, rest};
use super::sheet::{Margins, Sheet};
use super::{About, Chart};
use crate::documents::{Cell, Column, Table};
use crate::figures::{Unit, fixed};
use crate::svg::palette::{COMMON, INK, LIMIT, PAPER, QUIET};
use crate::svg::{
    Anchor, Frame, Plot, Scale, Svg, TextStyle, ValueAxis, Width, spread, text_width, x_baseline,
};

/// Areas with their limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// What the chart is about.
    pub about: About,
    /// What the size of an area is: `People aged 5`.
    pub size: String,
    /// How the limits were worked out.
    pub method: String,
    /// The average of all areas, about which the limits lie.
    pub baseline: f64,
    /// The curves: lower and upper at 95%, lower and upper at 99.8%; of each, sizes and levels.
    pub curves: [Vec<(f64, f64)>; 4],
    /// The areas.
    pub areas: Vec<FunnelArea>,
    /// How many areas are not shown because their figures are withheld or were not sent.
    pub missing: usize,
}

/// One area.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelArea {
    /// Its name.
    pub name: String,
    /// Its size.
    pub size: f64,
    /// Its level.
    pub value: f64,
    /// How far out it is.
    pub place: FunnelPlace,
    /// What being out there means; [`Signal::None`] within the limits.
    pub signal: Signal,
    /// Whether it is the town itself, or an area that is pointed out.
    pub is_town: bool,
}

/// How far out an area lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelPlace {
    /// Within the 95% limits.
    Within,
    /// Between the 95% and the 99.8% limits, above or below the average.
    Beyond95 {
        /// Above the average.
        above: bool,
    },
    /// Beyond the 99.8% limits.
    Beyond998 {
        /// Above the average.
        above: bool,
    },
}

impl FunnelPlace {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            FunnelPlace::Within => "within the 95% limits",
            FunnelPlace::Beyond95 { above: true } => "above the 95% limit",
            FunnelPlace::Beyond95 { above: false } => "below the 95% limit",
            FunnelPlace::Beyond998 { above: true } => "above the 99.8% limit",
            FunnelPlace::Beyond998 { above: false } => "below the 99.8% limit",
        }
    }
}

/// Draws a funnel plot.
pub fn funnel(frame: &Frame, funnel: &Funnel) -> Chart {
    let (text, unit) = (frame.text(), funnel.about.unit);
    let wide = frame.width() == Width::Wide;
    let sizes = || funnel.areas.iter().map(|area| area.size);
    let across = ValueAxis::covering(sizes(), Unit::Count, if wide { 6 } else { 3 });
    let smallest = sizes().fold(f64::INFINITY, f64::min);
    // Limits where the smallest areas are have to fit; those of sizes that no area has need not.
    let seen = funnel.curves.iter().flatten().filter(|(size, _)| *size >= smallest).map(|point| point.1);
    let values = funnel.areas.iter().map(|area| area.value).chain([funnel.baseline]);
    let up = ValueAxis::covering(values.chain(seen), unit, 5);
    let widest = NAMES.iter().map(|name| text_width(name, text)).fold(0.0, f64::max);
    let key = key(funnel);
    let margins = Margins {
        left: up.label_width(text) + 12.0,
        right: widest + 14.0,
        above: text * 0.9,
        below: text * 3.8 + if key.is_empty() { 0.0 } else { text * 1.7 },
    };
    let remarks = [format!("{}.", funnel.method), by_chance(funnel), missing(funnel)];
    let remarks: Vec<String> = remarks.into_iter().filter(|remark| !remark.is_empty()).collect();
    let mut sheet = Sheet::new(frame, &funnel.about, &remarks, margins, if wide { 320.0 } else { 260.0 });
    let place = Placed { plot: sheet.plot, x: across.lying(sheet.plot), y: up.upright(sheet.plot), text };
    up.draw(&mut sheet.svg, place.plot, text);
    across.draw_lying(&mut sheet.svg, place.plot, text);
    x_baseline(&mut sheet.svg, place.plot);
    let middle = (place.plot.left + place.plot.right) / 2.0;
    let under = TextStyle::new(text).anchored(Anchor::Middle).fill(QUIET);
    sheet.svg.text((middle, place.plot.bottom + text * 2.7), &funnel.size, under);
    draw_limits(&mut sheet.svg, &place, funnel, up.ends());
    funnel.areas.iter().for_each(|area| draw_area(&mut sheet.svg, &place, area));
    draw_names(&mut sheet.svg, &place, funnel, if wide { 6 } else { 1 });
    draw_key(&mut sheet.svg, &place, &key);
    let description = describe(funnel);
    Chart {
        width: frame.pixels() as u32,
        height: sheet.svg.height(),
        svg: sheet.svg.finish(&funnel.about.title, &description),
        title: funnel.about.title.clone(),
        description,
        table: table(funnel),
    }
}

/// What is named at the right edge.
const NAMES: [&str; 3] = ["Average", "95% limit", "99.8% limit"];

/// Where things stand.
struct Placed {
    plot: Plot,
    x: Scale,
    y: Scale,
    text: f64,
}

impl Placed {
    fn at(&self, size: f64, value: f64) -> (f64, f64) {
        (self.x.at(size), self.y.at(value))
    }
}

fn draw_limits(svg: &mut Svg, place: &Placed, funnel: &Funnel, (low, high): (f64, f64)) {
    let middle = place.y.at(funnel.baseline);
    let solid = [("stroke", LIMIT), ("stroke-width", "1.2"), ("class", "centre")];
    svg.line((place.plot.left, middle), (place.plot.right, middle), &solid);
    let mut ends = [middle; 4];
    for (index, curve) in funnel.curves.iter().enumerate() {
        let dashes = if index >= 2 { "5 4" } else { "2 3" };
        let look =
            [("stroke", LIMIT), ("stroke-width", "1.2"), ("stroke-dasharray", dashes), ("class", "limit")];
        let within = curve.iter().filter(|(_, level)| (low..=high).contains(level));
        let points: Vec<(f64, f64)> = within
            .map(|&(size, level)| place.at(size, level))
            .filter(|(x, _)| (place.plot.left..=place.plot.right).contains(x))
            .collect();
        svg.polyline(&points, &look);
        ends[index] = points.last().map_or(middle, |point| point.1);
    }
    // Named on the side on which they end farther apart: the other is its mirror.
    let apart = |inner: usize| (ends[inner] - ends[inner + 2]).abs();
    let side = usize::from(apart(1) > apart(0));
    let wanted = [middle, ends[side], ends[side + 2]];
    let placed = spread(&wanted, place.text * 1.2, place.plot.top, place.plot.bottom);
    for (words, y) in NAMES.into_iter().zip(placed) {
        let at = (place.plot.right + 8.0, y + place.text * 0.35);
        svg.text(at, words, TextStyle::new(place.text).fill(QUIET));
    }
}

fn draw_area(svg: &mut Svg, place: &Placed, area: &FunnelArea) {
    let (mark, colour, size) = area.signal.look();
    let (fill, stroke) = match area.place {
        FunnelPlace::Within => (COMMON, PAPER),
        FunnelPlace::Beyond95 { .. } => (PAPER, colour),
        FunnelPlace::Beyond998 { .. } => (colour, PAPER),
    };
    let at = place.at(area.size, area.value);
    let radius = if area.is_town { 5.5 } else { 3.4 };
    svg.mark(mark, at, radius * size, &[("fill", fill), ("stroke", stroke), ("class", "area")]);
    if area.is_town {
        let ring = [("fill", "none"), ("stroke", INK), ("stroke-width", "1.5"), ("class", "town")];
        svg.mark(crate::svg::Mark::Circle, at, 9.0, &ring);
    }
}

/// The town by name, and the areas that lie farthest out, where there is room.
fn draw_names(svg: &mut Svg, place: &Placed, funnel: &Funnel, most: usize) {
    let beyond = |area: &&FunnelArea| matches!(area.place, FunnelPlace::Beyond998 { .. });
    let mut named: Vec<&FunnelArea> =
        funnel.areas.iter().filter(|area| area.is_town || beyond(area)).collect();
    let apart = |area: &FunnelArea| (area.value - funnel.baseline).abs() * area.size.sqrt();
    named.sort_by(|a, b| b.is_town.cmp(&a.is_town).then(apart(b).total_cmp(&apart(a))));
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for area in named.into_iter().take(most) {
        let (x, y) = place.at(area.size, area.value);
        let style = TextStyle::new(place.text - 1.0);
        let style = if area.is_town { style.bold() } else { style };
        let length = text_width(&area.name, place.text) * 1.1;
        let to_left = x + 12.0 + length > place.plot.right;
        let start = if to_left { x - 12.0 - length } else { x + 12.0 };
        let crowded = taken
            .iter()
            .any(|&(from, to, at)| (at - y).abs() < place.text * 1.1 && from < start + length && start < to);
        if crowded || start < place.plot.left {
            continue;
        }
        taken.push((start, start + length, y));
        let (at, anchor) = if to_left { (x - 12.0, Anchor::End) } else { (x + 12.0, Anchor::Start) };
        svg.text((at, y + place.text * 0.3), &area.name, style.anchored(anchor));
    }
}

fn key(funnel: &Funnel) -> Vec<Signal> {
    let there = |signal: &Signal| funnel.areas.iter().any(|area| area.signal == *signal);
    [Signal::Concern, Signal::Improvement, Signal::NoJudgement].into_iter().filter(there).collect()
}

fn draw_key(svg: &mut Svg, place: &Placed, key: &[Signal]) {
    let y = place.plot.bottom + place.text * 4.6;
    let mut x = 8.0;
    for signal in key {
        let (mark, fill, size) = signal.look();
        svg.mark(mark, (x, y - place.text * 0.33), 4.0 * size, &[("fill", fill), ("class", "key")]);
        let words = if *signal == Signal::NoJudgement { "Outside the limits" } else { rest(*signal) };
        svg.text((x + 10.0, y), words, TextStyle::new(place.text - 1.0));
        x += 10.0 + text_width(words, place.text - 1.0) + 22.0;
    }
}

/// How many areas chance alone would put outside; nothing of a few areas.
fn by_chance(funnel: &Funnel) -> String {
    let count = funnel.areas.len() as f64;
    if count < 20.0 {
        return String::new();
    }
    format!(
        "Of {} areas chance alone puts about {} outside the 95% limits and {} outside the 99.8% limits.",
        fixed(count, 0),
        fixed(count * 0.05, 0),
        fixed(count * 0.002, 1)
    )
}

/// What is not there to be seen.
fn missing(funnel: &Funnel) -> String {
    match funnel.missing {
        0 => String::new(),
        1 => "1 area is left out, because its figure is withheld or was not sent.".to_owned(),
        count => format!(
            "{count} areas are left out, also of the average, because their figures are withheld or were not sent."
        ),
    }
}

fn describe(funnel: &Funnel) -> String {
    let unit = funnel.about.unit;
    let count = |wanted: fn(FunnelPlace) -> bool| funnel.areas.iter().filter(|a| wanted(a.place)).count();
    let above = count(|place| place == FunnelPlace::Beyond998 { above: true });
    let below = count(|place| place == FunnelPlace::Beyond998 { above: false });
    let mut words = format!(
        "{} areas about an average of {}. {above} lie above the 99.8% limits and {below} below them.",
        funnel.areas.len(),
        unit.write(funnel.baseline)
    );
    for area in funnel.areas.iter().filter(|area| area.is_town) {
        words.push_str(&format!(" {}: {}, {}.", area.name, unit.write(area.value), area.place.words()));
    }
    words
}

fn table(funnel: &Funnel) -> Table {
    let unit = funnel.about.unit;
    let columns = vec![
        Column::text("Area"),
        Column::number(funnel.size.clone(), Unit::Count),
        Column::number("Value", unit),
        Column::text("Where it lies"),
    ];
    let mut table = Table::new(funnel.about.title.clone(), columns);
    let mut areas: Vec<&FunnelArea> = funnel.areas.iter().collect();
    areas.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.name.cmp(&b.name)));
    for area in areas {
        table.push(vec![
            Cell::text(area.name.clone()),
            Cell::number(Some(area.size)),
            Cell::number(Some(area.value)),
            Cell::text(area.place.words()),
        ]);
    }
    table.notes.push(format!("Average of all areas: {}. {}.", unit.write(funnel.baseline), funnel.method));
    table.notes.extend([by_chance(funnel), missing(funnel)].into_iter().filter(|words| !words.is_empty()));
    table.notes.extend(funnel.about.foot(&Frame::wide("table")));
    table
}
