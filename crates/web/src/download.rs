//! A file to keep, instead of a page.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;

use crate::{Answer, Problem};

/// An answer that a browser keeps under a name. What is in it is what the visitor may see, so nobody else keeps it for them.
///
/// # Errors
/// When the kind or the name cannot stand in a header, which our own never do.
pub(crate) fn download(content: Vec<u8>, kind: &str, name: &str) -> Answer {
    let broken = |error| Problem::broken("offering a file", error);
    let disposition = format!("attachment; filename=\"{}\"", harmless(name));
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).map_err(broken)?);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(broken)?);
    Ok(response)
}

/// A name of a file that ends no header and leads into no folder, whatever a code in it holds.
fn harmless(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let kept: String = name.chars().map(|c| if plain(c) { c } else { '-' }).collect();
    kept.trim_start_matches('.').to_owned()
}

/// A CSV file.
///
/// # Errors
/// As [`download`].
pub(crate) fn csv(content: Vec<u8>, name: &str) -> Answer {
    download(content, "text/csv; charset=utf-8", name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name() {
        let check = |name: &str, expected: &str| assert_eq!(harmless(name), expected, "{name}");
        check("gap-analysis.csv", "gap-analysis.csv");
        check("../../etc/passwd", "-..-etc-passwd");
        check("a\"; filename=\"b.exe", "a---filename--b.exe");
        check("a\r\nSet-Cookie: x=y", "a--Set-Cookie--x-y");
        check("Größe.csv", "Gr--e.csv");
    }
}
