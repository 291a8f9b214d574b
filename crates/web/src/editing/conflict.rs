//! What somebody else saved while one was editing the same thing.

use maud::{Markup, html};
use town::editing::{Changed, ChangedField};

use crate::components::NotificationBanner;
use crate::layout::listing::{Column, Listing};

/// Who saved what and when, and what one wrote oneself.
pub(super) fn told(changed: &Changed, form: &str) -> Markup {
    let who = changed.by.as_deref().unwrap_or("Somebody else");
    let clash = changed.fields.iter().any(|field| field.yours.is_some());
    let text = html! {
        p class="govuk-notification-banner__heading" {
            (who) " changed this while you were editing it"
            @if let Some(at) = &changed.at { ", on " (at) }
            "."
        }
        p class="govuk-body" {
            "Nothing of yours has been saved yet. The form below holds what they saved"
            @if clash { ", except where you wrote something else: there it holds what you wrote" }
            @else { " together with what you wrote" }
            ". Look through it and save, or "
            a class="govuk-notification-banner__link" href=(form) { "leave it as they saved it" }
            "."
        }
    };
    let fields = Listing {
        caption: "What they changed".into(),
        columns: ["Field", "When you began", "They saved", "You wrote", "In the form below"]
            .map(Column::new)
            .into(),
        rows: changed.fields.iter().map(row).collect(),
        ..Listing::default()
    };
    let banner = NotificationBanner {
        text: text.into(),
        title: "Changed meanwhile".into(),
        role: "alert".into(),
        ..NotificationBanner::default()
    };
    html! {
        (banner)
        @if !fields.rows.is_empty() { (fields) }
    }
}

fn row(field: &ChangedField) -> Vec<Markup> {
    let kept = if field.yours.is_some() { "what you wrote" } else { "what they saved" };
    vec![
        html! { (field.label) },
        html! { (field.was.as_deref().unwrap_or("not known")) },
        html! { (field.now) },
        html! { (field.yours.as_deref().unwrap_or("no change")) },
        html! { strong { (kept) } },
    ]
}
