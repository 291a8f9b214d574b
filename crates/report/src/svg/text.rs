//! How wide text is, and where to break it.

/// Advance widths of the characters from space to tilde in Liberation Sans (and so in Arial, which has the same
/// metrics), in 2048ths of the size. Bold is taken as a tenth wider.
const WIDTHS: [u16; 95] = [
    569, 569, 727, 1139, 1139, 1821, 1366, 391, 682, 682, 797, 1196, 569, 682, 569, 569, 1139, 1139, 1139,
    1139, 1139, 1139, 1139, 1139, 1139, 1139, 569, 569, 1196, 1196, 1196, 1139, 2079, 1366, 1366, 1479, 1479,
    1366, 1251, 1593, 1479, 569, 1024, 1366, 1139, 1706, 1479, 1593, 1366, 1593, 1479, 1366, 1251, 1479,
    1366, 1933, 1366, 1366, 1251, 569, 569, 569, 961, 1139, 682, 1139, 1139, 1024, 1139, 1139, 569, 1139,
    1139, 455, 455, 1024, 455, 1706, 1139, 1139, 1139, 1139, 682, 1024, 569, 1139, 1024, 1479, 1024, 1024,
    1024, 684, 532, 684, 1196,
];

/// The width of `text` at `size`, both in pixels.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    let units: u32 = text.chars().map(advance).sum();
    f64::from(units) / 2048.0 * size
}

fn advance(c: char) -> u32 {
    let index = (c as usize).wrapping_sub(32);
    WIDTHS.get(index).map_or(1139, |&width| u32::from(width))
}

/// Breaks `text` into lines no wider than `width` at `size`, between words; a word wider than a line has a line to
/// itself. Never empty.
pub(crate) fn wrap(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().filter(|line| {
            line.is_empty() || text_width(line, size) + text_width(word, size) + size * 0.28 <= width
        });
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        let check = |text: &str, width: f64, expected: &[&str]| assert_eq!(wrap(text, 10.0, width), expected);
        check("one two three", 1000.0, &["one two three"]);
        check("one two three", 42.0, &["one two", "three"]);
        check("incomprehensibilities are long", 20.0, &["incomprehensibilities", "are", "long"]);
        check("", 10.0, &[""]);
    }

    #[test]
    fn widths_are_those_of_the_font() {
        // "Hello" in Arial: 1479 + 1139 + 455 + 455 + 1139 = 4667 units.
        assert!((text_width("Hello", 2048.0) - 4667.0).abs() < 1e-9);
    }
}
