//! The variation and assurance icons of NHS England's Making Data Count, drawn in our own hand, with words.
//!
//! An icon is a ring with a small run of points in it. Colour, the shape of the points, a letter and the words beside it
//! all say the same thing, so that none is needed alone.

use spc::{Assurance, Variation};

use super::Chart;
use crate::documents::Table;
use crate::svg::palette::{COMMON, CONCERN, IMPROVEMENT, INK, LIMIT, NO_JUDGEMENT, PAPER, QUIET, TARGET};
use crate::svg::{Anchor, Frame, Mark, Svg, TextStyle, text_width};

/// The height of an icon, in pixels.
const HEIGHT: f64 = 44.0;

/// What an icon shows, drawn on a square of 44 pixels.
struct Face {
    colour: &'static str,
    mark: Mark,
    letter: &'static str,
    /// Heights of the points, 0 at the bottom to 1 at the top.
    run: &'static [f64],
    /// How many of the last points are special.
    special: usize,
    /// The height of the target line.
    target: Option<f64>,
}

const RISING: &[f64] = &[0.15, 0.35, 0.2, 0.45, 0.68, 0.9];
const FALLING: &[f64] = &[0.85, 0.65, 0.8, 0.55, 0.32, 0.1];
const STEADY: &[f64] = &[0.5, 0.68, 0.35, 0.6, 0.4, 0.55];
const LOW: &[f64] = &[0.22, 0.34, 0.14, 0.3, 0.18, 0.28];
const HIGH: &[f64] = &[0.72, 0.84, 0.66, 0.8, 0.7, 0.78];

/// The variation icon with its words beside it; the sentence is its description.
pub fn variation_icon(id: &str, variation: Variation) -> Chart {
    let (face, words) = match variation {
        Variation::ConcernHigh => (special(CONCERN, Mark::Triangle, "H", RISING), "Concern: high"),
        Variation::ConcernLow => (special(CONCERN, Mark::Triangle, "L", FALLING), "Concern: low"),
        Variation::ImprovementHigh => (special(IMPROVEMENT, Mark::Diamond, "H", RISING), "Improvement: high"),
        Variation::ImprovementLow => (special(IMPROVEMENT, Mark::Diamond, "L", FALLING), "Improvement: low"),
        Variation::NeitherHigh => (special(NO_JUDGEMENT, Mark::Square, "H", RISING), "Special cause: high"),
        Variation::NeitherLow => (special(NO_JUDGEMENT, Mark::Square, "L", FALLING), "Special cause: low"),
        Variation::CommonCause => (plain(STEADY), "No significant change"),
        Variation::NotEnoughPoints => (plain(&[]), "Too few points"),
    };
    icon(
        id,
        &face,
        words,
        &format!("Variation: {}", lower_first(words).replace(": ", ", ")),
        variation.sentence(),
    )
}

/// The assurance icon with its words beside it; the sentence is its description.
pub fn assurance_icon(id: &str, assurance: Assurance) -> Chart {
    let against =
        |colour, mark, letter, run| Face { colour, mark, letter, run, special: 0, target: Some(0.5) };
    let (face, words) = match assurance {
        Assurance::WillPass => (against(IMPROVEMENT, Mark::Diamond, "P", HIGH), "Will meet target"),
        Assurance::WillFail => (against(CONCERN, Mark::Triangle, "F", LOW), "Will miss target"),
        Assurance::HitAndMiss => (against(COMMON, Mark::Circle, "?", STEADY), "Hit and miss"),
        Assurance::NotKnown => (against(COMMON, Mark::Circle, "", &[]), "Target: cannot tell"),
        Assurance::NoTarget => (plain(&[]), "No target"),
    };
    icon(
        id,
        &face,
        words,
        &format!("Assurance: {}", lower_first(words).replace(": ", ", ")),
        assurance.sentence(),
    )
}

fn special(colour: &'static str, mark: Mark, letter: &'static str, run: &'static [f64]) -> Face {
    Face { colour, mark, letter, run, special: 3, target: None }
}

fn plain(run: &'static [f64]) -> Face {
    Face { colour: COMMON, mark: Mark::Circle, letter: "", run, special: 0, target: None }
}

fn icon(id: &str, face: &Face, words: &str, title: &str, sentence: &str) -> Chart {
    let width = (HEIGHT + 10.0 + text_width(words, 14.0) * 1.03).ceil();
    let mut svg = Svg::sized(&Frame::small(id), width, HEIGHT);
    let middle = HEIGHT / 2.0;
    let ring = [("fill", PAPER), ("stroke", face.colour), ("stroke-width", "3"), ("class", "ring")];
    svg.mark(Mark::Circle, (middle, middle), 19.5, &ring);
    let dash = if face.run.is_empty() { Some("—") } else { None };
    if let Some(height) = face.target {
        let y = 31.0 - 16.0 * height;
        let look =
            [("stroke", TARGET), ("stroke-width", "1.3"), ("stroke-dasharray", "3 2"), ("class", "target")];
        svg.line((6.5, y), (HEIGHT - 6.5, y), &look);
    } else if let Some(dash) = dash {
        svg.text((middle, middle + 5.0), dash, TextStyle::new(14.0).anchored(Anchor::Middle).fill(QUIET));
    }
    let at = |index: usize, height: f64| (9.5 + 5.0 * index as f64, 33.0 - 18.0 * height);
    let places: Vec<(f64, f64)> =
        face.run.iter().enumerate().map(|(index, &height)| at(index, height)).collect();
    svg.polyline(&places, &[("stroke", LIMIT), ("stroke-width", "1")]);
    for (index, &place) in places.iter().enumerate() {
        let last = index + face.special >= places.len();
        let all = face.target.is_some();
        let (mark, fill) = if last || all { (face.mark, face.colour) } else { (Mark::Circle, COMMON) };
        svg.mark(mark, place, 2.3, &[("fill", fill)]);
    }
    if !face.letter.is_empty() {
        let (x, y) = letter_place(face);
        let style = TextStyle::new(13.0).anchored(Anchor::Middle).bold().fill(face.colour);
        svg.text((x, y), face.letter, style);
    }
    svg.text((HEIGHT + 8.0, middle + 5.0), words, TextStyle::new(14.0).fill(INK));
    Chart {
        width: width as u32,
        height: HEIGHT as u32,
        svg: svg.finish(title, sentence),
        title: title.to_owned(),
        description: sentence.to_owned(),
        table: Table::default(),
    }
}

/// Where in the ring the letter clears the run of points.
fn letter_place(face: &Face) -> (f64, f64) {
    match (face.letter, face.run.first().is_some_and(|&first| first > 0.5)) {
        ("H", _) => (15.0, 20.0),
        ("L", _) => (15.0, 35.0),
        ("P", _) => (22.0, 37.0),
        ("F", _) => (22.0, 17.0),
        (_, true) => (22.0, 36.0),
        (_, false) => (22.0, 15.5),
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
