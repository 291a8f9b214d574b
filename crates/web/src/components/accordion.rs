//! Accordion.

use maud::{Markup, Render, html};

use super::{Content, heading, with};

/// Sections that open one by one; all open without a script.
#[derive(Debug, Clone, Default)]
pub struct Accordion {
    /// Its id, which the ids of the sections begin with.
    pub id: String,
    /// The sections.
    pub sections: Vec<AccordionSection>,
    /// The level of their headings; 2 when 0.
    pub heading_level: u8,
    /// Whether the browser remembers what was open.
    pub remember_expanded: Option<bool>,
    /// More classes.
    pub classes: String,
}

/// A section.
#[derive(Debug, Clone, Default)]
pub struct AccordionSection {
    /// Its heading.
    pub heading: Content,
    /// A line under the heading.
    pub summary: Content,
    /// What it holds.
    pub content: Content,
    /// Whether it is open to begin with.
    pub expanded: bool,
}

impl Render for Accordion {
    fn render(&self) -> Markup {
        let level = if self.heading_level == 0 { 2 } else { self.heading_level };
        let open = |section: &AccordionSection| {
            if section.expanded { "govuk-accordion__section--expanded" } else { "" }
        };
        html! {
            div class=(with("govuk-accordion", &self.classes)) data-module="govuk-accordion" id=(self.id)
                data-remember-expanded=[self.remember_expanded] {
                @for (index, section) in self.sections.iter().enumerate().map(|(index, section)| (index + 1, section)) {
                    div class=(with("govuk-accordion__section", open(section))) {
                        div class="govuk-accordion__section-header" {
                            (heading(level, "govuk-accordion__section-heading", None, &html! {
                                span class="govuk-accordion__section-button" id={ (self.id) "-heading-" (index) } {
                                    (section.heading)
                                }
                            }))
                            @if !section.summary.is_empty() {
                                div class="govuk-accordion__section-summary govuk-body" id={ (self.id) "-summary-" (index) } {
                                    (section.summary)
                                }
                            }
                        }
                        div id={ (self.id) "-content-" (index) } class="govuk-accordion__section-content" {
                            @if section.content.is_html() { (section.content) }
                            @else if !section.content.is_empty() { p class="govuk-body" { (section.content) } }
                        }
                    }
                }
            }
        }
    }
}
