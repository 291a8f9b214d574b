//! Summary list.

use maud::{Markup, Render, html};

use super::{Content, heading, with};

/// What is known of one thing, key by key.
#[derive(Debug, Clone, Default)]
pub struct SummaryList {
    /// The rows.
    pub rows: Vec<SummaryRow>,
    /// The card around it.
    pub card: Option<SummaryCard>,
    /// `govuk-summary-list--no-border`.
    pub classes: String,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct SummaryRow {
    /// What it is.
    pub key: Content,
    /// What is known.
    pub value: Content,
    /// What can be done about it.
    pub actions: Vec<RowAction>,
    /// More classes for the key.
    pub key_classes: String,
    /// More classes for the value.
    pub value_classes: String,
    /// More classes for the actions.
    pub actions_classes: String,
    /// More classes.
    pub classes: String,
}

impl SummaryRow {
    /// A row that says this of that.
    pub fn new(key: impl Into<Content>, value: impl Into<Content>) -> SummaryRow {
        SummaryRow { key: key.into(), value: value.into(), ..SummaryRow::default() }
    }
}

/// A link that does something about a row or a card.
#[derive(Debug, Clone, Default)]
pub struct RowAction {
    /// What it says: "Change".
    pub text: Content,
    /// Where it leads.
    pub href: String,
    /// About what, for those who do not see the row.
    pub hidden_text: String,
    /// More classes.
    pub classes: String,
}

/// A card around a list.
#[derive(Debug, Clone, Default)]
pub struct SummaryCard {
    /// Its heading.
    pub title: Content,
    /// The level of its heading; 2 when 0.
    pub title_level: u8,
    /// More classes for its heading.
    pub title_classes: String,
    /// What can be done about all of it.
    pub actions: Vec<RowAction>,
    /// More classes.
    pub classes: String,
}

fn link(action: &RowAction, card: Option<&SummaryCard>) -> Markup {
    let card = card.filter(|card| !card.title.is_empty());
    html! {
        a class=(with("govuk-link", &action.classes)) href=(action.href) {
            (action.text)
            @if !action.hidden_text.is_empty() || card.is_some() {
                span class="govuk-visually-hidden" {
                    @if !action.hidden_text.is_empty() { " " (action.hidden_text) }
                    @if let Some(card) = card { " (" (card.title) ")" }
                }
            }
        }
    }
}

impl SummaryList {
    fn row(&self, row: &SummaryRow, any_actions: bool) -> Markup {
        let none =
            if any_actions && row.actions.is_empty() { "govuk-summary-list__row--no-actions" } else { "" };
        let card = self.card.as_ref();
        html! {
            div class=(with(&with("govuk-summary-list__row", none), &row.classes)) {
                dt class=(with("govuk-summary-list__key", &row.key_classes)) { (row.key) }
                dd class=(with("govuk-summary-list__value", &row.value_classes)) { (row.value) }
                @match row.actions.as_slice() {
                    [] => {}
                    [only] => dd class=(with("govuk-summary-list__actions", &row.actions_classes)) { (link(only, card)) },
                    several => dd class=(with("govuk-summary-list__actions", &row.actions_classes)) {
                        ul class="govuk-summary-list__actions-list" {
                            @for action in several {
                                li class="govuk-summary-list__actions-list-item" { (link(action, card)) }
                            }
                        }
                    },
                }
            }
        }
    }
}

impl SummaryCard {
    fn around(&self, list: Markup) -> Markup {
        let level = if self.title_level == 0 { 2 } else { self.title_level };
        html! {
            div class=(with("govuk-summary-card", &self.classes)) {
                div class="govuk-summary-card__title-wrapper" {
                    @if !self.title.is_empty() {
                        (heading(level, &with("govuk-summary-card__title", &self.title_classes), None, &self.title.render()))
                    }
                    @match self.actions.as_slice() {
                        [] => {}
                        [only] => div class="govuk-summary-card__actions" { (link(only, Some(self))) },
                        several => ul class="govuk-summary-card__actions" {
                            @for action in several { li class="govuk-summary-card__action" { (link(action, Some(self))) } }
                        },
                    }
                }
                div class="govuk-summary-card__content" { (list) }
            }
        }
    }
}

impl Render for SummaryList {
    fn render(&self) -> Markup {
        let any_actions = self.rows.iter().any(|row| !row.actions.is_empty());
        let list = html! {
            dl class=(with("govuk-summary-list", &self.classes)) {
                @for row in &self.rows { (self.row(row, any_actions)) }
            }
        };
        match &self.card {
            Some(card) => card.around(list),
            None => list,
        }
    }
}
