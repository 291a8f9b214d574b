//! A map of areas shaded by class, its legend, and the table of its figures.

use std::fmt::Write as _;

use vocabulary::{AreaCode, Figure};

use super::classes::{Classed, Classes, Darkest};
use super::geometry::{Fitted, Tenth, fit};
use super::simplify::simplify;
use crate::charts::{About, Chart};
use crate::documents::{Cell, Column, Table};
use crate::svg::palette::{COMMON, INK, PAPER, QUIET, sequential};
use crate::svg::{Frame, Svg, TextStyle, Width, number, wrap};

/// An indicator on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaMap {
    /// What the map is about.
    pub about: About,
    /// The areas.
    pub areas: Vec<MapArea>,
    /// How the figures are put into classes.
    pub classes: Classes,
    /// Which end is dark.
    pub darkest: Darkest,
    /// The area with a heavy outline: the town on a map of England.
    pub outlined: Option<AreaCode>,
}

/// One area of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapArea {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Its rings of (longitude, latitude) in degrees: outlines and holes of all its parts, in any order.
    pub rings: Vec<Vec<(f64, f64)>>,
    /// Its figure.
    pub figure: Figure,
    /// The 95% interval.
    pub interval: Option<(f64, f64)>,
    /// The address of its page; `None` where it has none.
    pub link: Option<String>,
}

/// Draws a map.
pub fn area_map(frame: &Frame, map: &AreaMap) -> Chart {
    let figures: Vec<f64> = map.areas.iter().filter_map(|area| area.figure.value()).collect();
    let classed = Classed::new(&map.classes, map.darkest, &figures);
    let (legend_beside, room) = match frame.width() {
        Width::Wide => (true, (frame.pixels() - 230.0, 620.0)),
        Width::Narrow => (false, (frame.pixels() - 8.0, 420.0)),
        Width::Small => (false, (frame.pixels() - 8.0, 240.0)),
    };
    let rings: Vec<&[Vec<(f64, f64)>]> = map.areas.iter().map(|area| area.rings.as_slice()).collect();
    let fitted = fit(&rings, room.0, room.1);
    let shapes = simplify(&fitted.areas, 4.0);

    let sizes = Sizes::new(frame, map, &classed, &fitted, legend_beside);
    let mut svg = Svg::interactive(frame, sizes.height);
    draw_words(&mut svg, frame, &sizes);
    draw_hatch(&mut svg);
    let at = format!("translate(4 {})", number(sizes.map_top));
    svg.open(
        "g",
        &[
            ("transform", &at),
            ("stroke", PAPER),
            ("stroke-width", ".6"),
            ("stroke-linejoin", "round"),
            ("fill-rule", "evenodd"),
        ],
    );
    // Those without a figure come last, so that no neighbour's edge is drawn over their outline.
    let mut order: Vec<(&MapArea, &Vec<Vec<Tenth>>)> = map.areas.iter().zip(&shapes).collect();
    order.sort_by_key(|(area, _)| area.figure.value().is_none());
    for (area, rings) in order {
        draw_area(&mut svg, area, rings, map.about.unit, &classed, &sizes);
    }
    let outline = map.areas.iter().zip(&shapes).find(|(area, _)| Some(area.code) == map.outlined);
    if let Some((_, rings)) = outline {
        let look = [("fill", "none"), ("stroke", INK), ("stroke-width", "2.2"), ("pointer-events", "none")];
        svg.path(&path_of(rings), &look);
    }
    svg.close("g");
    let entries = legend(map, &classed);
    draw_legend(&mut svg, &entries, &sizes);

    let description = describe(map, &figures);
    Chart {
        width: frame.pixels() as u32,
        height: svg.height(),
        svg: svg.finish(&map.about.title, &description),
        title: map.about.title.clone(),
        description,
        table: table(map),
    }
}

/// Where things stand.
struct Sizes {
    text: f64,
    title: Vec<String>,
    measure: Vec<String>,
    foot: Vec<String>,
    readout: f64,
    map_top: f64,
    legend: (f64, f64),
    foot_top: f64,
    height: f64,
}

impl Sizes {
    fn new(frame: &Frame, map: &AreaMap, classed: &Classed, fitted: &Fitted, beside: bool) -> Sizes {
        let (text, breadth) = (frame.text(), frame.pixels() - 4.0);
        let (title, measure) = if frame.is_small() {
            (Vec::new(), Vec::new())
        } else {
            (wrap(&map.about.title, text + 3.0, breadth / 1.1), wrap(&map.about.measure(), text, breadth))
        };
        let readout =
            title.len() as f64 * (text + 3.0) * 1.3 + measure.len() as f64 * text * 1.3 + text * 1.3;
        let map_top = readout + text * 0.7;
        let map_bottom = map_top + fitted.height;
        let legend_height = (legend(map, classed).len() as f64 + 0.5) * text * 1.6;
        let legend = if beside {
            ((fitted.width + 24.0).min(frame.pixels() - 214.0), map_top + text)
        } else {
            (4.0, map_bottom + text)
        };
        let foot_top = map_bottom.max(legend.1 + legend_height) + text * 0.4;
        let foot: Vec<String> =
            map.about.foot(frame).iter().flat_map(|line| wrap(line, text - 1.0, breadth)).collect();
        let height = foot_top + foot.len() as f64 * (text - 1.0) * 1.35 + 4.0;
        Sizes { text, title, measure, foot, readout, map_top, legend, foot_top, height }
    }
}

fn draw_words(svg: &mut Svg, frame: &Frame, sizes: &Sizes) {
    let text = sizes.text;
    let mut y = 0.0;
    for line in &sizes.title {
        y += (text + 3.0) * 1.3;
        svg.text((2.0, y - text * 0.3), line, TextStyle::new(text + 3.0).bold());
    }
    for line in &sizes.measure {
        y += text * 1.3;
        svg.text((2.0, y - text * 0.3), line, TextStyle::new(text).fill(QUIET));
    }
    let small = if frame.is_small() { text } else { text - 1.0 };
    for (index, line) in sizes.foot.iter().enumerate() {
        let at = sizes.foot_top + (index as f64 + 1.0) * small * 1.35 - small * 0.2;
        svg.text((2.0, at), line, TextStyle::new(small).fill(QUIET));
    }
}

fn draw_hatch(svg: &mut Svg) {
    let id = format!("{}-hatch", svg.id());
    svg.open("defs", &[]);
    let size = [("id", id.as_str()), ("width", "5"), ("height", "5"), ("patternUnits", "userSpaceOnUse")];
    svg.open("pattern", &size);
    svg.rect((0.0, 0.0), (5.0, 5.0), &[("fill", PAPER)]);
    svg.path("M-1 1L1 -1M0 5L5 0M4 6L6 4", &[("stroke", QUIET), ("stroke-width", "1.1")]);
    svg.close("pattern");
    svg.close("defs");
}

fn draw_area(
    svg: &mut Svg,
    area: &MapArea,
    rings: &[Vec<Tenth>],
    unit: crate::figures::Unit,
    classed: &Classed,
    sizes: &Sizes,
) {
    let words = format!("{}: {}", area.name, figure_words(area, unit));
    let element = if area.link.is_some() { "a" } else { "g" };
    let open = match &area.link {
        Some(link) => vec![("class", "het-area"), ("href", link.as_str())],
        None => vec![("class", "het-area"), ("tabindex", "0"), ("role", "img")],
    };
    svg.open(element, &open);
    svg.title(&words);
    let hatch = format!("url(#{}-hatch)", svg.id());
    let path = path_of(rings);
    match area.figure {
        Figure::Value(value) => {
            let shade = sequential(classed.shade(classed.of(value)), classed.count());
            svg.path(&path, &[("fill", &shade)]);
        }
        Figure::Withheld(vocabulary::Withheld::Suppressed) => {
            svg.path(&path, &[("fill", &hatch), ("stroke", QUIET)]);
        }
        Figure::Withheld(_) => {
            svg.path(&path, &[("fill", PAPER), ("stroke", COMMON), ("stroke-dasharray", "2 2")]);
        }
    }
    let at = (0.0, sizes.readout - sizes.map_top - sizes.text * 0.1);
    svg.hidden_text(at, &words, TextStyle::new(sizes.text).bold());
    svg.close(element);
}

/// One path for all rings, in relative steps, which are the shortest to write.
fn path_of(rings: &[Vec<Tenth>]) -> String {
    let mut path = String::new();
    let tenth = |value: i32| number(f64::from(value) / 10.0);
    for ring in rings {
        let mut last = (0, 0);
        for (index, &(x, y)) in ring.iter().enumerate() {
            let (letter, dx, dy) = match index {
                0 => ("M", x, y),
                1 => ("l", x - last.0, y - last.1),
                _ => (" ", x - last.0, y - last.1),
            };
            let (dx, dy) = (tenth(dx), tenth(dy));
            let letter = if letter == " " && dx.starts_with('-') { "" } else { letter };
            let gap = if dy.starts_with('-') { "" } else { " " };
            let _ = write!(path, "{letter}{dx}{gap}{dy}");
            last = (x, y);
        }
        path.push('z');
    }
    path
}

/// What stands in the legend: a swatch and its words.
enum Swatch {
    Shade(String),
    Hatched,
    Blank,
}

fn legend(map: &AreaMap, classed: &Classed) -> Vec<(Swatch, String)> {
    let mut entries: Vec<(Swatch, String)> = Vec::new();
    let shown = map.areas.iter().any(|area| area.figure.value().is_some());
    if shown {
        for class in 0..classed.count() {
            let shade = sequential(classed.shade(class), classed.count());
            entries.push((Swatch::Shade(shade), classed.words(class, map.about.unit)));
        }
    }
    let any = |wanted| map.areas.iter().any(|area| area.figure == Figure::Withheld(wanted));
    if any(vocabulary::Withheld::Suppressed) {
        entries.push((Swatch::Hatched, "suppressed".to_owned()));
    }
    match (any(vocabulary::Withheld::Missing), any(vocabulary::Withheld::NotApplicable)) {
        (true, true) => entries.push((Swatch::Blank, "missing or not applicable".to_owned())),
        (true, false) => entries.push((Swatch::Blank, "missing".to_owned())),
        (false, true) => entries.push((Swatch::Blank, "not applicable".to_owned())),
        (false, false) => {}
    }
    entries
}

fn draw_legend(svg: &mut Svg, entries: &[(Swatch, String)], sizes: &Sizes) {
    let (left, top) = sizes.legend;
    let hatch = format!("url(#{}-hatch)", svg.id());
    svg.open("g", &[("class", "legend")]);
    for (row, (swatch, words)) in entries.iter().enumerate() {
        let y = top + row as f64 * sizes.text * 1.6;
        let (fill, dash) = match swatch {
            Swatch::Shade(shade) => (shade.as_str(), ""),
            Swatch::Hatched => (hatch.as_str(), ""),
            Swatch::Blank => (PAPER, "2 2"),
        };
        let mut look = vec![("fill", fill), ("stroke", QUIET), ("stroke-width", ".7")];
        if !dash.is_empty() {
            look.push(("stroke-dasharray", dash));
        }
        svg.rect((left, y), (sizes.text * 1.7, sizes.text * 1.1), &look);
        svg.text((left + sizes.text * 2.3, y + sizes.text * 0.93), words, TextStyle::new(sizes.text));
    }
    svg.close("g");
}

fn figure_words(area: &MapArea, unit: crate::figures::Unit) -> String {
    match (area.figure, area.interval) {
        (Figure::Value(value), Some((low, high))) => unit.with_interval(value, low, high),
        (Figure::Value(value), None) if unit == crate::figures::Unit::Plain && value.fract() == 0.0 => {
            crate::figures::fixed(value, 0)
        }
        (Figure::Value(value), None) => unit.write(value),
        (Figure::Withheld(reason), _) => reason.to_string(),
    }
}

fn describe(map: &AreaMap, figures: &[f64]) -> String {
    let lowest = map.areas.iter().filter(|area| area.figure.value().is_some()).min_by(|a, b| order(a, b));
    let highest = map.areas.iter().filter(|area| area.figure.value().is_some()).max_by(|a, b| order(a, b));
    let (Some(lowest), Some(highest)) = (lowest, highest) else {
        return format!("Map of {} areas, none with a figure.", map.areas.len());
    };
    let withheld = map.areas.len() - figures.len();
    let mut words = format!(
        "Map of {} areas. Lowest: {}, {}. Highest: {}, {}.",
        map.areas.len(),
        lowest.name,
        figure_words(lowest, map.about.unit),
        highest.name,
        figure_words(highest, map.about.unit),
    );
    if withheld > 0 {
        let _ = write!(words, " {withheld} without a figure.");
    }
    words
}

fn order(a: &MapArea, b: &MapArea) -> std::cmp::Ordering {
    let value = |area: &MapArea| area.figure.value().unwrap_or(f64::NAN);
    value(a).total_cmp(&value(b)).then_with(|| a.name.cmp(&b.name))
}

fn table(map: &AreaMap) -> Table {
    let unit = map.about.unit;
    let columns = vec![
        Column::text("Area"),
        Column::text("Code"),
        Column::number("Value", unit),
        Column::number("Lower 95%", unit),
        Column::number("Upper 95%", unit),
    ];
    let mut table = Table::new(map.about.title.clone(), columns);
    for area in &map.areas {
        let shown = area.interval.filter(|_| area.figure.value().is_some());
        table.push(vec![
            Cell::text(area.name.clone()),
            Cell::text(area.code.to_string()),
            area.figure.into(),
            Cell::number(shown.map(|interval| interval.0)),
            Cell::number(shown.map(|interval| interval.1)),
        ]);
    }
    table.notes.extend(map.about.foot(&Frame::wide("table")));
    table
}
