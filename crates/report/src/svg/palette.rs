//! The colours, each with the reason for it.
//!
//! Every colour that carries meaning has at least 3 to 1 contrast with white (WCAG 2.2, 1.4.11), and none carries it
//! alone: special causes also have shapes, deprivation also has its number, withheld areas a hatch.

/// Words.
pub(crate) const INK: &str = "#0b0c0c";
/// Words that matter less, axis labels.
pub(crate) const QUIET: &str = "#505a5f";
/// Grid lines.
pub(crate) const GRID: &str = "#dfe3e6";
/// Common cause: the ordinary points and their line.
pub(crate) const COMMON: &str = "#71797e";
/// Limits.
pub(crate) const LIMIT: &str = "#71797e";
/// Special cause that is a concern: orange.
pub(crate) const CONCERN: &str = "#c95000";
/// Special cause that is an improvement: blue.
pub(crate) const IMPROVEMENT: &str = "#1a65b0";
/// Special cause without a judgement: purple.
pub(crate) const NO_JUDGEMENT: &str = "#5b2a91";
/// Targets.
pub(crate) const TARGET: &str = "#cc1f12";
/// Paper.
pub(crate) const PAPER: &str = "#ffffff";

/// The sequential palette: dark to light in one hue, its lightness falling in nearly equal steps, so that it reads the
/// same in grey and with any colour blindness.
const SEQUENCE: [(u8, u8, u8); 5] =
    [(0x0c, 0x2c, 0x47), (0x20, 0x5c, 0x84), (0x50, 0x8f, 0xb5), (0x97, 0xc1, 0xd8), (0xdc, 0xec, 0xf4)];

/// The colour of step `step` of `steps` in the sequential palette: 0 is the darkest (and, for deprivation, the most
/// deprived).
pub(crate) fn sequential(step: usize, steps: usize) -> String {
    let last = (SEQUENCE.len() - 1) as f64;
    let place = if steps > 1 { step.min(steps - 1) as f64 / (steps - 1) as f64 * last } else { 0.0 };
    let (low, share) = (place.floor() as usize, place.fract());
    let (a, b) = (SEQUENCE[low], SEQUENCE[(low + 1).min(SEQUENCE.len() - 1)]);
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    format!("#{:02x}{:02x}{:02x}", mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of a colour (WCAG 2.2, definition).
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn meaning_stands_out_from_paper() {
        for colour in [INK, QUIET, COMMON, LIMIT, CONCERN, IMPROVEMENT, NO_JUDGEMENT, TARGET] {
            let contrast = 1.05 / (luminance(colour) + 0.05);
            assert!(contrast >= 4.0, "{colour} {contrast}");
        }
    }

    #[test]
    fn the_sequence_survives_greyscale() {
        for steps in [5, 10] {
            let lightness: Vec<f64> =
                (0..steps).map(|step| luminance(&sequential(step, steps)).cbrt()).collect();
            let least = 0.6 * (lightness[steps - 1] - lightness[0]) / (steps - 1) as f64;
            assert!(lightness.windows(2).all(|pair| pair[1] - pair[0] > least), "{lightness:?}");
        }
    }
}
