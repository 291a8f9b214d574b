//! Details.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// Something that opens: the table behind a chart, a method.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// What it says while closed.
    pub summary: Content,
    /// What it holds.
    pub text: Content,
    /// Whether it is open to begin with.
    pub open: bool,
    /// Its id.
    pub id: String,
    /// More classes.
    pub classes: String,
}

impl Render for Details {
    fn render(&self) -> Markup {
        html! {
            details id=[filled(&self.id)] class=(with("govuk-details", &self.classes)) open[self.open] {
                summary class="govuk-details__summary" {
                    span class="govuk-details__summary-text" { (self.summary) }
                }
                div class="govuk-details__text" { (self.text) }
            }
        }
    }
}
