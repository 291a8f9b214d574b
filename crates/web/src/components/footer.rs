//! Footer, without the crown and the royal arms.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// What stands under every page. A council may not use the crown nor claim Crown copyright: both are left out.
#[derive(Debug, Clone, Default)]
pub struct Footer {
    /// Links.
    pub links: Vec<FooterLink>,
    /// More words.
    pub meta: Content,
    /// What the links are called for those who do not see them; "Support links" when empty.
    pub meta_title: String,
    /// Under which licence the content is.
    pub licence: Content,
    /// More classes for the container.
    pub container_classes: String,
    /// More classes.
    pub classes: String,
}

/// A link of the footer.
#[derive(Debug, Clone, Default)]
pub struct FooterLink {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

impl Render for Footer {
    fn render(&self) -> Markup {
        let has_meta = !self.links.is_empty() || !self.meta.is_empty();
        html! {
            div class=(with("govuk-footer", &self.classes)) {
                div class=(with("govuk-width-container", &self.container_classes)) {
                    div class="govuk-footer__meta" {
                        div class="govuk-footer__meta-item govuk-footer__meta-item--grow" {
                            @if has_meta {
                                h2 class="govuk-visually-hidden" { (filled(&self.meta_title).unwrap_or("Support links")) }
                            }
                            @if !self.links.is_empty() {
                                ul class="govuk-footer__inline-list" {
                                    @for link in &self.links {
                                        li class="govuk-footer__inline-list-item" {
                                            a class="govuk-footer__link" href=(link.href) { (link.text) }
                                        }
                                    }
                                }
                            }
                            @if !self.meta.is_empty() { div class="govuk-footer__meta-custom" { (self.meta) } }
                            @if !self.licence.is_empty() {
                                span class="govuk-footer__licence-description" { (self.licence) }
                            }
                        }
                    }
                }
            }
        }
    }
}
