//! Writing elements, with everything escaped.

use std::fmt::Write as _;

use super::Frame;
use super::palette::{INK, QUIET};

/// The family that charts name: Arial on a screen, Liberation Sans (the same widths) in a document.
pub(crate) const FAMILY: &str = "Arial, Liberation Sans, Helvetica, sans-serif";

/// Where text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextStyle {
    pub(crate) size: f64,
    pub(crate) anchor: Anchor,
    pub(crate) bold: bool,
    pub(crate) fill: &'static str,
}

impl TextStyle {
    pub(crate) fn new(size: f64) -> TextStyle {
        TextStyle { size, anchor: Anchor::Start, bold: false, fill: INK }
    }

    pub(crate) fn anchored(self, anchor: Anchor) -> TextStyle {
        TextStyle { anchor, ..self }
    }

    pub(crate) fn bold(self) -> TextStyle {
        TextStyle { bold: true, ..self }
    }

    pub(crate) fn fill(self, fill: &'static str) -> TextStyle {
        TextStyle { fill, ..self }
    }
}

/// The shape of a point: every colour that means something has a shape of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Circle,
    Square,
    Triangle,
    Diamond,
}

/// An SVG drawing being written.
pub(crate) struct Svg {
    id: String,
    width: f64,
    height: f64,
    body: String,
    focusable: bool,
}

impl Svg {
    pub(crate) fn new(frame: &Frame, height: f64) -> Svg {
        Svg {
            id: frame.id().to_owned(),
            width: frame.pixels(),
            height,
            body: String::with_capacity(4096),
            focusable: false,
        }
    }

    /// A drawing of a width of its own.
    pub(crate) fn sized(frame: &Frame, width: f64, height: f64) -> Svg {
        Svg { width, ..Svg::new(frame, height) }
    }

    /// A drawing whose parts can be reached by pointer and keyboard; it is a group of named parts to a screen
    /// reader and not one image.
    pub(crate) fn interactive(frame: &Frame, height: f64) -> Svg {
        Svg { focusable: true, ..Svg::new(frame, height) }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn width(&self) -> f64 {
        self.width
    }

    /// The height in whole pixels.
    pub(crate) fn height(&self) -> u32 {
        self.height.round() as u32
    }

    /// An element without content. Attribute values are escaped.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.body.push_str("/>");
    }

    /// An element that stays open until [`Svg::close`].
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.body.push('>');
    }

    pub(crate) fn close(&mut self, name: &str) {
        let _ = write!(self.body, "</{name}>");
    }

    /// The name that a pointer or a screen reader gets for the open element.
    pub(crate) fn title(&mut self, words: &str) {
        self.body.push_str("<title>");
        escape(words, &mut self.body);
        self.body.push_str("</title>");
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), attributes: &[(&str, &str)]) {
        let (x1, y1, x2, y2) = (number(from.0), number(from.1), number(to.0), number(to.1));
        let mut all = vec![("x1", x1.as_str()), ("y1", &y1), ("x2", &x2), ("y2", &y2)];
        all.extend_from_slice(attributes);
        self.element("line", &all);
    }

    pub(crate) fn rect(&mut self, corner: (f64, f64), size: (f64, f64), attributes: &[(&str, &str)]) {
        let (x, y, w, h) = (number(corner.0), number(corner.1), number(size.0), number(size.1));
        let mut all = vec![("x", x.as_str()), ("y", &y), ("width", &w), ("height", &h)];
        all.extend_from_slice(attributes);
        self.element("rect", &all);
    }

    /// A line through points; nothing for fewer than two.
    pub(crate) fn polyline(&mut self, points: &[(f64, f64)], attributes: &[(&str, &str)]) {
        if points.len() < 2 {
            return;
        }
        let mut text = String::with_capacity(points.len() * 12);
        for (x, y) in points {
            let _ = write!(text, "{},{} ", number(*x), number(*y));
        }
        let mut all = vec![("points", text.trim_end()), ("fill", "none")];
        all.extend_from_slice(attributes);
        self.element("polyline", &all);
    }

    pub(crate) fn path(&mut self, data: &str, attributes: &[(&str, &str)]) {
        let mut all = vec![("d", data)];
        all.extend_from_slice(attributes);
        self.element("path", &all);
    }

    /// A point of some shape about `at`, `radius` being that of a circle of equal weight.
    pub(crate) fn mark(&mut self, mark: Mark, at: (f64, f64), radius: f64, attributes: &[(&str, &str)]) {
        let (x, y) = at;
        if mark == Mark::Circle {
            let (cx, cy, r) = (number(x), number(y), number(radius));
            let mut all = vec![("cx", cx.as_str()), ("cy", &cy), ("r", &r)];
            all.extend_from_slice(attributes);
            return self.element("circle", &all);
        }
        let corners: Vec<(f64, f64)> = match mark {
            Mark::Square => vec![(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Mark::Triangle => vec![(0.0, -1.25), (1.2, 0.9), (-1.2, 0.9)],
            Mark::Diamond | Mark::Circle => vec![(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        };
        let mut data = String::new();
        for (index, (dx, dy)) in corners.iter().enumerate() {
            let letter = if index == 0 { 'M' } else { 'L' };
            let _ = write!(data, "{letter}{} {}", number(x + dx * radius), number(y + dy * radius));
        }
        data.push('Z');
        self.path(&data, attributes);
    }

    pub(crate) fn text(&mut self, at: (f64, f64), words: &str, style: TextStyle) {
        let (x, y, size) = (number(at.0), number(at.1), number(style.size));
        let mut all = vec![("x", x.as_str()), ("y", &y), ("font-size", &size)];
        if style.fill != INK {
            all.push(("fill", style.fill));
        }
        match style.anchor {
            Anchor::Start => {}
            Anchor::Middle => all.push(("text-anchor", "middle")),
            Anchor::End => all.push(("text-anchor", "end")),
        }
        if style.bold {
            all.push(("font-weight", "700"));
        }
        self.open("text", &all);
        escape(words, &mut self.body);
        self.close("text");
    }

    /// Text that reads upwards from `at`, quiet: the word for a figure that is withheld, where a column is narrow.
    pub(crate) fn upright_text(&mut self, at: (f64, f64), words: &str, size: f64) {
        let turn = format!("translate({} {}) rotate(-90)", number(at.0), number(at.1));
        self.open("g", &[("transform", &turn)]);
        self.text((0.0, 0.0), words, TextStyle::new(size).fill(QUIET));
        self.close("g");
    }

    /// Text that is not shown until the style sheet shows it, when a pointer or the keyboard lands on its group.
    pub(crate) fn hidden_text(&mut self, at: (f64, f64), words: &str, style: TextStyle) {
        self.open("g", &[("class", "het-readout"), ("visibility", "hidden"), ("stroke", "none")]);
        self.text(at, words, style);
        self.close("g");
    }

    /// The whole drawing, named by its title and described by its description.
    pub(crate) fn finish(self, title: &str, description: &str) -> String {
        let (id, width, height) = (&self.id, number(self.width), self.height());
        let role = if self.focusable { "group" } else { "img" };
        let mut svg = String::with_capacity(self.body.len() + 600);
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"het-chart\" id=\"{id}\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"{role}\" aria-labelledby=\"{id}-title {id}-desc\" \
             font-family=\"{FAMILY}\" fill=\"{INK}\"><title id=\"{id}-title\">"
        );
        escape(title, &mut svg);
        let _ = write!(svg, "</title><desc id=\"{id}-desc\">");
        escape(description, &mut svg);
        svg.push_str("</desc>");
        svg.push_str(&self.body);
        svg.push_str("</svg>");
        svg
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.body, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.body, " {key}=\"");
            escape(value, &mut self.body);
            self.body.push('"');
        }
    }
}

/// A coordinate with at most one decimal and no trailing zero; a tenth of a pixel is finer than any screen.
pub(crate) fn number(value: f64) -> String {
    let tenths = if value.is_finite() { (value * 10.0).round() as i64 } else { 0 };
    match (tenths / 10, (tenths % 10).abs()) {
        (whole, 0) => whole.to_string(),
        (0, part) if tenths < 0 => format!("-.{part}"),
        (0, part) => format!(".{part}"),
        (whole, part) => format!("{whole}.{part}"),
    }
}

/// Adds `text` to `into` as XML text or attribute value. Control characters, which XML 1.0 cannot hold, are left out.
pub(crate) fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            '\n' | '\t' => into.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => into.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short() {
        let check = |value: f64, expected: &str| assert_eq!(number(value), expected);
        check(1.0, "1");
        check(0.25, ".3");
        check(-0.24, "-.2");
        check(-0.04, "0");
        check(12.349, "12.3");
        check(-12.36, "-12.4");
        check(f64::NAN, "0");
    }

    #[test]
    fn nothing_breaks_out_of_an_element() {
        let mut text = String::new();
        escape("<a href=\"x\">O'Neil & co\u{1}</a>", &mut text);
        assert_eq!(text, "&lt;a href=&quot;x&quot;&gt;O&#39;Neil &amp; co&lt;/a&gt;");
    }
}
