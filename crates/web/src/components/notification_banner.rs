//! Notification banner.

use maud::{Markup, Render, html};

use super::{Content, filled, heading, with};

/// Something that was just done, or that everybody on the page should know.
#[derive(Debug, Clone, Default)]
pub struct NotificationBanner {
    /// What it says.
    pub text: Content,
    /// Whether something was done well.
    pub success: bool,
    /// Its heading; "Success" or "Important" when empty.
    pub title: Content,
    /// The level of its heading; 2 when 0.
    pub title_level: u8,
    /// The id of its heading.
    pub title_id: String,
    /// A role, when not that of its kind.
    pub role: String,
    /// Whether a script leaves the focus where it is.
    pub disable_auto_focus: Option<bool>,
    /// More classes.
    pub classes: String,
}

impl Render for NotificationBanner {
    fn render(&self) -> Markup {
        let base = "govuk-notification-banner";
        let base =
            if self.success { with(base, "govuk-notification-banner--success") } else { base.to_owned() };
        let role = filled(&self.role).unwrap_or(if self.success { "alert" } else { "region" });
        let title = match (self.title.is_empty(), self.success) {
            (false, _) => self.title.render(),
            (true, true) => html! { "Success" },
            (true, false) => html! { "Important" },
        };
        let id = filled(&self.title_id).unwrap_or("govuk-notification-banner-title");
        let level = if self.title_level == 0 { 2 } else { self.title_level };
        html! {
            div class=(with(&base, &self.classes)) role=(role) aria-labelledby=(id) data-module="govuk-notification-banner"
                data-disable-auto-focus=[self.disable_auto_focus] {
                div class="govuk-notification-banner__header" {
                    (heading(level, "govuk-notification-banner__title", Some(id), &title))
                }
                div class="govuk-notification-banner__content" {
                    @if self.text.is_html() { (self.text) }
                    @else if !self.text.is_empty() { p class="govuk-notification-banner__heading" { (self.text) } }
                }
            }
        }
    }
}
