//! Button.

use maud::{Markup, PreEscaped, Render, html};

use super::{Content, filled, with};

/// Something to press: a button of a form or, with `href`, a link that looks like one.
#[derive(Debug, Clone, Default)]
pub struct Button {
    /// What it says.
    pub text: Content,
    /// Where it leads; a button when empty.
    pub href: String,
    /// `submit` when empty.
    pub kind: String,
    /// The field that a form gets when this button was pressed.
    pub name: String,
    /// The value of that field.
    pub value: String,
    /// `govuk-button--secondary` or `govuk-button--warning`.
    pub classes: String,
    /// Its id.
    pub id: String,
    /// Whether it cannot be pressed.
    pub disabled: bool,
    /// Whether it starts something, with an arrow.
    pub start: bool,
    /// Whether a second press within a second is ignored.
    pub prevent_double_click: Option<bool>,
    /// The id of what it shows and hides.
    pub controls: String,
    /// What it is called for those who do not see it, where that is more than it says.
    pub label: String,
    /// Whether it is hidden until a script shows it.
    pub hidden: bool,
    /// The id of a form elsewhere on the page that it sends.
    pub form: String,
}

const ARROW: PreEscaped<&str> = PreEscaped(
    r#"<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>"#,
);

impl Render for Button {
    fn render(&self) -> Markup {
        let classes = with("govuk-button", &self.classes);
        let classes = with(&classes, if self.start { "govuk-button--start" } else { "" });
        let inside = html! {
            @if self.start && self.text.is_html() { span { (self.text) } } @else { (self.text) }
            @if self.start { (ARROW) }
        };
        if !self.href.is_empty() {
            return html! {
                a href=(self.href) role="button" draggable="false" class=(classes) data-module="govuk-button"
                    id=[filled(&self.id)] { (inside) }
            };
        }
        let kind = filled(&self.kind).unwrap_or("submit");
        html! {
            button type=(kind) value=[filled(&self.value)] name=[filled(&self.name)] disabled[self.disabled]
                aria-disabled=[self.disabled.then_some("true")] form=[filled(&self.form)]
                data-prevent-double-click=[self.prevent_double_click] class=(classes) data-module="govuk-button"
                aria-controls=[filled(&self.controls)] aria-label=[filled(&self.label)] hidden[self.hidden]
                id=[filled(&self.id)] { (inside) }
        }
    }
}
