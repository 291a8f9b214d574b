//! Task list.

use maud::{Markup, Render, html};

use super::{Content, Tag, filled, with};

/// Things to do, each with how it stands.
#[derive(Debug, Clone, Default)]
pub struct TaskList {
    /// The things.
    pub items: Vec<Task>,
    /// What ids begin with; "task-list" when empty.
    pub id_prefix: String,
    /// More classes.
    pub classes: String,
}

/// One thing to do.
#[derive(Debug, Clone, Default)]
pub struct Task {
    /// What it is.
    pub title: Content,
    /// More classes for what it is.
    pub title_classes: String,
    /// Where it is done; words only when empty.
    pub href: String,
    /// What helps to do it.
    pub hint: Option<Content>,
    /// How it stands, as a tag.
    pub tag: Option<Tag>,
    /// How it stands, in words.
    pub status: Content,
    /// More classes for how it stands.
    pub status_classes: String,
    /// More classes.
    pub classes: String,
}

impl TaskList {
    fn item(&self, task: &Task, number: usize) -> Markup {
        let prefix = filled(&self.id_prefix).unwrap_or("task-list");
        let (hint_id, status_id) = (format!("{prefix}-{number}-hint"), format!("{prefix}-{number}-status"));
        let by = if task.hint.is_some() { format!("{hint_id} {status_id}") } else { status_id.clone() };
        let link = if task.href.is_empty() { "" } else { "govuk-task-list__item--with-link" };
        html! {
            li class=(with(&with("govuk-task-list__item", link), &task.classes)) {
                div class="govuk-task-list__name-and-hint" {
                    @if task.href.is_empty() { div class=[filled(&task.title_classes)] { (task.title) } }
                    @else {
                        a class=(with("govuk-link govuk-task-list__link", &task.title_classes)) href=(task.href)
                            aria-describedby=(by) { (task.title) }
                    }
                    @if let Some(hint) = &task.hint { div id=(hint_id) class="govuk-task-list__hint" { (hint) } }
                }
                div class=(with("govuk-task-list__status", &task.status_classes)) id=(status_id) {
                    @if let Some(tag) = &task.tag { (tag) } @else { (task.status) }
                }
            }
        }
    }
}

impl Render for TaskList {
    fn render(&self) -> Markup {
        html! {
            ul class=(with("govuk-task-list", &self.classes)) {
                @for (index, task) in self.items.iter().enumerate() { (self.item(task, index + 1)) }
            }
        }
    }
}
