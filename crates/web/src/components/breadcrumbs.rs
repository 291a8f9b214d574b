//! Breadcrumbs.

use maud::{Markup, Render, html};

use super::{Content, with};

/// Where a page is, from the top.
#[derive(Debug, Clone)]
pub struct Breadcrumbs {
    /// The pages above it, the topmost first.
    pub items: Vec<Crumb>,
    /// Whether a phone shows only the first and the last.
    pub collapse_on_mobile: bool,
    /// What they are called for those who do not see them.
    pub label: String,
    /// More classes.
    pub classes: String,
}

impl Default for Breadcrumbs {
    fn default() -> Breadcrumbs {
        let label = "Breadcrumb".to_owned();
        Breadcrumbs { items: Vec::new(), collapse_on_mobile: false, label, classes: String::new() }
    }
}

/// A page above.
#[derive(Debug, Clone, Default)]
pub struct Crumb {
    /// What it is called.
    pub text: Content,
    /// Where it is; the page itself when empty.
    pub href: String,
}

impl Crumb {
    /// A page above, where it is and what it is called.
    pub fn new(href: impl Into<String>, text: impl Into<Content>) -> Crumb {
        Crumb { text: text.into(), href: href.into() }
    }
}

impl Render for Breadcrumbs {
    fn render(&self) -> Markup {
        let collapse = if self.collapse_on_mobile { "govuk-breadcrumbs--collapse-on-mobile" } else { "" };
        let classes = with(&with("govuk-breadcrumbs", &self.classes), collapse);
        html! {
            nav class=(classes) aria-label=(self.label) {
                ol class="govuk-breadcrumbs__list" {
                    @for item in &self.items {
                        @if item.href.is_empty() {
                            li class="govuk-breadcrumbs__list-item" aria-current="page" { (item.text) }
                        } @else {
                            li class="govuk-breadcrumbs__list-item" {
                                a class="govuk-breadcrumbs__link" href=(item.href) { (item.text) }
                            }
                        }
                    }
                }
            }
        }
    }
}
