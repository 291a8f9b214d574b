//! File upload.

use maud::{Markup, Render, html};

use super::{Field, filled, with};

/// A file from the visitor's machine.
#[derive(Debug, Clone, Default)]
pub struct FileUpload {
    /// Its name, label, hint and error.
    pub field: Field,
    /// What kinds of file to offer: `.csv,.xlsx`.
    pub accept: String,
    /// Whether several can be chosen.
    pub multiple: bool,
    /// Whether a script makes a place to drop files on.
    pub drop_zone: bool,
    /// More classes.
    pub classes: String,
    /// More classes for the place to drop files on.
    pub wrapper_classes: String,
    /// Whether it cannot be changed.
    pub disabled: bool,
}

impl Render for FileUpload {
    fn render(&self) -> Markup {
        let classes = with("govuk-file-upload", &self.classes);
        let classes =
            with(&classes, if self.field.error.is_some() { "govuk-file-upload--error" } else { "" });
        self.field.group(None, |id, by| {
            let input = html! {
                input class=(classes) id=(id) name=(self.field.name) type="file" disabled[self.disabled]
                    multiple[self.multiple] aria-describedby=[filled(by)] accept=[filled(&self.accept)];
            };
            if !self.drop_zone {
                return input;
            }
            html! {
                div class=(with("govuk-file-upload-wrapper", &self.wrapper_classes)) data-module="govuk-file-upload" { (input) }
            }
        })
    }
}
