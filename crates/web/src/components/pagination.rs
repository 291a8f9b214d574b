//! Pagination.

use maud::{Markup, PreEscaped, Render, html};

use super::{Content, filled, with};

/// The pages of a long list, or the pages before and after this one.
#[derive(Debug, Clone, Default)]
pub struct Pagination {
    /// The page before.
    pub previous: Option<PageLink>,
    /// The page after.
    pub next: Option<PageLink>,
    /// The pages of a list; none between whole pages.
    pub items: Vec<PaginationItem>,
    /// What it is called for those who do not see it; "Pagination" when empty.
    pub label: String,
    /// More classes.
    pub classes: String,
}

/// The page before or after.
#[derive(Debug, Clone, Default)]
pub struct PageLink {
    /// Where it is; left out when empty.
    pub href: String,
    /// What the link says; "Previous page" or "Next page" when empty.
    pub text: Content,
    /// What that page is called.
    pub label: String,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub enum PaginationItem {
    /// A page.
    Page {
        /// Its number.
        number: String,
        /// Where it is.
        href: String,
        /// Whether it is this one.
        current: bool,
        /// What the link is called for those who do not see it; "Page" and the number when empty.
        label: String,
    },
    /// Pages left out.
    Ellipsis,
}

const PREVIOUS: PreEscaped<&str> = PreEscaped(
    r#"<svg class="govuk-pagination__icon govuk-pagination__icon--prev" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path></svg>"#,
);

const NEXT: PreEscaped<&str> = PreEscaped(
    r#"<svg class="govuk-pagination__icon govuk-pagination__icon--next" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path></svg>"#,
);

/// Which way a link leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Previous,
    Next,
}

impl Pagination {
    fn arrow(&self, link: &PageLink, way: Way) -> Markup {
        if link.href.is_empty() {
            return Markup::default();
        }
        let block = self.items.is_empty();
        let (rel, icon, word) = match way {
            Way::Previous => ("prev", PREVIOUS, "Previous"),
            Way::Next => ("next", NEXT, "Next"),
        };
        let decorated = block && link.label.is_empty();
        html! {
            div class={ "govuk-pagination__" (rel) } {
                a class="govuk-link govuk-pagination__link" href=(link.href) rel=(rel) {
                    @if block || way == Way::Previous { (icon) }
                    span class=(with("govuk-pagination__link-title",
                        if decorated { "govuk-pagination__link-title--decorated" } else { "" })) {
                        @if link.text.is_empty() { (word) span class="govuk-visually-hidden" { " page" } }
                        @else { (link.text) }
                    }
                    @if block && !link.label.is_empty() {
                        " " span class="govuk-visually-hidden" { ":" } " "
                        span class="govuk-pagination__link-label" { (link.label) }
                    }
                    @if !block && way == Way::Next { (icon) }
                }
            }
        }
    }
}

impl Render for PaginationItem {
    fn render(&self) -> Markup {
        match self {
            PaginationItem::Ellipsis => html! {
                li class="govuk-pagination__item govuk-pagination__item--ellipsis" { "\u{22ef}" }
            },
            PaginationItem::Page { number, href, current, label } => html! {
                li class=(with("govuk-pagination__item", if *current { "govuk-pagination__item--current" } else { "" })) {
                    a class="govuk-link govuk-pagination__link" href=(href)
                        aria-label=(filled(label).map_or_else(|| format!("Page {number}"), str::to_owned))
                        aria-current=[current.then_some("page")] { (number) }
                }
            },
        }
    }
}

impl Render for Pagination {
    fn render(&self) -> Markup {
        let block = self.items.is_empty() && (self.previous.is_some() || self.next.is_some());
        let base = if block { "govuk-pagination govuk-pagination--block" } else { "govuk-pagination" };
        html! {
            nav class=(with(base, &self.classes)) aria-label=(filled(&self.label).unwrap_or("Pagination")) {
                @if let Some(previous) = &self.previous { (self.arrow(previous, Way::Previous)) }
                @if !self.items.is_empty() {
                    ul class="govuk-pagination__list" { @for item in &self.items { (item) } }
                }
                @if let Some(next) = &self.next { (self.arrow(next, Way::Next)) }
            }
        }
    }
}
