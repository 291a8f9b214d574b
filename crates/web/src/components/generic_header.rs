//! Header, without the crown.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// Whose pages these are. The generic header of the Design System: a council may not use the crown.
#[derive(Debug, Clone, Default)]
pub struct GenericHeader {
    /// The name, or a logo with its name.
    pub logo: Content,
    /// Where it leads; `/` when empty.
    pub url: String,
    /// Classes of the container; the page's width when empty.
    pub container_classes: String,
    /// More classes.
    pub classes: String,
}

impl Render for GenericHeader {
    fn render(&self) -> Markup {
        let container = filled(&self.container_classes).unwrap_or("govuk-width-container");
        html! {
            div class=(with("govuk-generic-header", &self.classes)) {
                div class=(with("govuk-generic-header__container", container)) {
                    div class="govuk-generic-header__logo" {
                        a href=(filled(&self.url).unwrap_or("/")) class="govuk-generic-header__homepage-link" {
                            (self.logo)
                        }
                    }
                }
            }
        }
    }
}
