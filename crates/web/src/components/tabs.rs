//! Tabs.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// Sides of one thing, seen one at a time; below each other without a script.
#[derive(Debug, Clone)]
pub struct Tabs {
    /// The heading over the list, for those who see no tabs; "Contents".
    pub title: String,
    /// The sides.
    pub tabs: Vec<Tab>,
    /// What ids begin with for tabs without one.
    pub id_prefix: String,
    /// Its id.
    pub id: String,
    /// More classes.
    pub classes: String,
}

impl Default for Tabs {
    fn default() -> Tabs {
        let title = "Contents".to_owned();
        Tabs { title, tabs: Vec::new(), id_prefix: String::new(), id: String::new(), classes: String::new() }
    }
}

/// One side.
#[derive(Debug, Clone, Default)]
pub struct Tab {
    /// What it is called.
    pub label: String,
    /// Its id, which the page's address can lead to.
    pub id: String,
    /// What it holds.
    pub panel: Content,
}

impl Tabs {
    fn id_of(&self, tab: &Tab, index: usize) -> String {
        filled(&tab.id).map_or_else(|| format!("{}-{}", self.id_prefix, index + 1), str::to_owned)
    }
}

impl Render for Tabs {
    fn render(&self) -> Markup {
        let first = |index: usize, class: &'static str| if index == 0 { class } else { "" };
        let later = |index: usize, class: &'static str| if index == 0 { "" } else { class };
        html! {
            div id=[filled(&self.id)] class=(with("govuk-tabs", &self.classes)) data-module="govuk-tabs" {
                h2 class="govuk-tabs__title" { (self.title) }
                @if !self.tabs.is_empty() {
                    ul class="govuk-tabs__list" {
                        @for (index, tab) in self.tabs.iter().enumerate() {
                            li class=(with("govuk-tabs__list-item", first(index, "govuk-tabs__list-item--selected"))) {
                                a class="govuk-tabs__tab" href={ "#" (self.id_of(tab, index)) } { (tab.label) }
                            }
                        }
                    }
                }
                @for (index, tab) in self.tabs.iter().enumerate() {
                    div class=(with("govuk-tabs__panel", later(index, "govuk-tabs__panel--hidden")))
                        id=(self.id_of(tab, index)) {
                        @if tab.panel.is_html() { (tab.panel) }
                        @else if !tab.panel.is_empty() { p class="govuk-body" { (tab.panel) } }
                    }
                }
            }
        }
    }
}
