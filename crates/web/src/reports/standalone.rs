//! A report as a web page that stands alone: opened from a disk, sent with a mail.

use maud::{DOCTYPE, PreEscaped, html};

const STYLE: &str = include_str!("standalone.css");

/// The whole document around the report's part of a page.
pub(super) fn document(title: &str, content: &[u8]) -> Vec<u8> {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (PreEscaped(String::from_utf8_lossy(content))) } }
        }
    };
    page.into_string().into_bytes()
}
