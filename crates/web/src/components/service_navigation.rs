//! Service navigation.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// The parts of het, on every page.
#[derive(Debug, Clone, Default)]
pub struct ServiceNavigation {
    /// What the service is called; not said here when empty.
    pub name: String,
    /// Where its name leads.
    pub url: String,
    /// The parts.
    pub items: Vec<NavigationItem>,
    /// Whether a phone shows a button that opens them; `None` does from two on.
    pub collapse_on_mobile: Option<bool>,
    /// What that button says; "Menu" when empty.
    pub menu_text: String,
    /// What that button is called for those who do not see it.
    pub menu_label: String,
    /// What the parts are called for those who do not see them; what the button says when empty.
    pub navigation_label: String,
    /// More classes for the parts.
    pub navigation_classes: String,
    /// The id of the list of parts; "navigation" when empty.
    pub navigation_id: String,
    /// What the whole is called for those who do not see it; "Service information" when empty.
    pub label: String,
    /// Markup before it all.
    pub start: Markup,
    /// Markup after it all.
    pub end: Markup,
    /// Whether that stands on the same line.
    pub end_inline: bool,
    /// Markup before the first part, in the list.
    pub navigation_start: Markup,
    /// Markup after the last part, in the list.
    pub navigation_end: Markup,
    /// More classes.
    pub classes: String,
}

/// A part of het.
#[derive(Debug, Clone, Default)]
pub struct NavigationItem {
    /// What it is called.
    pub text: Content,
    /// Where it is; words only when empty.
    pub href: String,
    /// Whether this is its page.
    pub current: bool,
    /// Whether this page is in it.
    pub active: bool,
}

impl Render for NavigationItem {
    fn render(&self) -> Markup {
        let here = self.current || self.active;
        let aria = here.then_some(if self.current { "page" } else { "true" });
        let inside = html! {
            @if here { strong class="govuk-service-navigation__active-fallback" { (self.text) } } @else { (self.text) }
        };
        html! {
            li class=(with("govuk-service-navigation__item", if here { "govuk-service-navigation__item--active" } else { "" })) {
                @if !self.href.is_empty() {
                    a class="govuk-service-navigation__link" href=(self.href) aria-current=[aria] { (inside) }
                } @else if !self.text.is_empty() {
                    span class="govuk-service-navigation__text" aria-current=[aria] { (inside) }
                }
            }
        }
    }
}

impl ServiceNavigation {
    fn navigation(&self) -> Markup {
        let slots = self.navigation_start.0.len() + self.navigation_end.0.len();
        if self.items.is_empty() && slots == 0 {
            return Markup::default();
        }
        let menu = filled(&self.menu_text).unwrap_or("Menu");
        let id = filled(&self.navigation_id).unwrap_or("navigation");
        let label = filled(&self.menu_label).filter(|label| *label != menu);
        html! {
            nav aria-label=(filled(&self.navigation_label).unwrap_or(menu))
                class=(with("govuk-service-navigation__wrapper", &self.navigation_classes)) {
                @if self.collapse_on_mobile.unwrap_or(self.items.len() > 1) {
                    button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
                        aria-controls=(id) aria-label=[label] hidden aria-hidden="true" { (menu) }
                }
                ul class="govuk-service-navigation__list" id=(id) {
                    (self.navigation_start) @for item in &self.items { (item) } (self.navigation_end)
                }
            }
        }
    }
}

impl Render for ServiceNavigation {
    fn render(&self) -> Markup {
        let classes = with("govuk-service-navigation", &self.classes);
        let inline = if self.end_inline { "govuk-service-navigation__inlining-container" } else { "" };
        let inside = html! {
            div class=(with("govuk-width-container", inline)) {
                (self.start)
                div class="govuk-service-navigation__container" {
                    @if !self.name.is_empty() {
                        span class="govuk-service-navigation__service-name" {
                            @if self.url.is_empty() { span class="govuk-service-navigation__text" { (self.name) } }
                            @else { a href=(self.url) class="govuk-service-navigation__link" { (self.name) } }
                        }
                    }
                    (self.navigation())
                }
                (self.end)
            }
        };
        if self.name.is_empty() && self.start.0.is_empty() && self.end.0.is_empty() {
            return html! { div class=(classes) data-module="govuk-service-navigation" { (inside) } };
        }
        html! {
            section aria-label=(filled(&self.label).unwrap_or("Service information")) class=(classes)
                data-module="govuk-service-navigation" { (inside) }
        }
    }
}
