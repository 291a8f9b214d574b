//! The town's one colour, and ink that can be read on it.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::app::App;

/// The style sheet that sets the town's colour: pages may hold no style of their own.
pub(crate) async fn town_style(app: &App) -> Response {
    let colour = match app.settings().await {
        Ok(settings) => settings.colour.clone(),
        Err(_) => String::new(),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        // Its address carries the colour, so it never changes under it.
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, css(&colour)).into_response()
}

/// Where that style sheet is.
pub(super) fn address(colour: &str) -> String {
    format!("/town.css?colour={}", colour.trim_start_matches('#'))
}

fn css(colour: &str) -> String {
    match parse(colour) {
        Some(rgb) => format!(":root {{ --het-accent: {colour}; --het-on-accent: {} }}\n", ink_on(rgb)),
        None => String::new(),
    }
}

fn parse(colour: &str) -> Option<[u8; 3]> {
    let mut rgb = [0; 3];
    hex::decode_to_slice(colour.strip_prefix('#')?, &mut rgb).ok().map(|()| rgb)
}

/// White or black, whichever has the larger contrast (WCAG 2.2, "contrast ratio" and "relative luminance"): the larger is
/// at least 4.58 to 1 on any colour.
fn ink_on(rgb: [u8; 3]) -> &'static str {
    let [red, green, blue] = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let (on_white, on_black) = (1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05);
    if on_white >= on_black { "#ffffff" } else { "#000000" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_can_be_read() {
        let check = |colour, ink: &str| assert_eq!(ink_on(parse(colour).unwrap()), ink, "{colour}");
        check("#0b5a6b", "#ffffff");
        check("#000000", "#ffffff");
        check("#ffffff", "#000000");
        check("#ffd200", "#000000");
        // 4.54 to 1 against white, 4.62 to 1 against black.
        check("#767676", "#000000");
    }

    #[test]
    fn only_a_colour_becomes_a_style() {
        assert_eq!(css("#0b5a6b"), ":root { --het-accent: #0b5a6b; --het-on-accent: #ffffff }\n");
        assert_eq!(css("red} body{display:none"), "");
        assert_eq!(css("#12345"), "");
    }
}
