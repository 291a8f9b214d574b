//! What a component shows: words, or markup.

use maud::{Markup, Render};

/// Words, escaped when shown, or markup that is shown as it is.
#[derive(Debug, Clone)]
pub enum Content {
    /// Words.
    Text(String),
    /// Markup, made by `maud::html!` or another component.
    Html(Markup),
}

impl Content {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Content::Text(text) => text.is_empty(),
            Content::Html(html) => html.0.is_empty(),
        }
    }

    /// Whether it is markup.
    pub(super) fn is_html(&self) -> bool {
        matches!(self, Content::Html(_))
    }
}

impl Default for Content {
    fn default() -> Content {
        Content::Text(String::new())
    }
}

impl Render for Content {
    fn render_to(&self, buffer: &mut String) {
        match self {
            Content::Text(text) => text.render_to(buffer),
            Content::Html(html) => html.render_to(buffer),
        }
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Content {
        Content::Text(text.to_owned())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Content {
        Content::Text(text)
    }
}

impl From<&String> for Content {
    fn from(text: &String) -> Content {
        Content::Text(text.clone())
    }
}

impl From<Markup> for Content {
    fn from(html: Markup) -> Content {
        Content::Html(html)
    }
}
