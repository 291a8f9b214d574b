//! Phase banner.

use maud::{Markup, Render, html};

use super::{Content, Tag, with};

/// What everybody should know about the whole of the pages: that a town is synthetic.
#[derive(Debug, Clone, Default)]
pub struct PhaseBanner {
    /// In a word.
    pub tag: Tag,
    /// What it says.
    pub text: Content,
    /// More classes.
    pub classes: String,
}

impl Render for PhaseBanner {
    fn render(&self) -> Markup {
        let classes = with("govuk-phase-banner__content__tag", &self.tag.classes);
        html! {
            div class=(with("govuk-phase-banner govuk-width-container", &self.classes)) {
                p class="govuk-phase-banner__content" {
                    (Tag { text: self.tag.text.clone(), classes }) " "
                    span class="govuk-phase-banner__text" { (self.text) }
                }
            }
        }
    }
}
