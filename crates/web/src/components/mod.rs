//! The components of the GOV.UK Design System that het uses, as typed values.
//!
//! Each is a plain struct that a page fills and splices into `maud::html!`; what is not filled is left out:
//!
//! ```
//! use web::components::{Button, Field, Input};
//! let page = maud::html! {
//!     (Input { field: Field::new("title", "What is the action called?"), ..Input::default() })
//!     (Button { text: "Save".into(), ..Button::default() })
//! };
//! assert!(page.into_string().contains("govuk-button"));
//! ```
//!
//! A test holds each one against the fixtures that npm `govuk-frontend` ships: the same options must give the same document.
//! What a component leaves out on purpose, everywhere, is free-form attributes: what can be set has a name and a type, so
//! nothing unescaped and no inline style or script can come in that way. (Rejected: running govuk-frontend's own Nunjucks
//! templates, which no Rust template engine does; and a Jinja port of them, which lags behind and is not typed.)

mod accordion;
mod back_link;
mod breadcrumbs;
mod button;
mod checkboxes;
mod content;
mod date_input;
mod details;
mod error_message;
mod error_summary;
mod field;
mod fieldset;
mod file_upload;
mod footer;
mod generic_header;
mod hint;
mod input;
mod inset_text;
mod label;
mod notification_banner;
mod pagination;
mod panel;
mod password_input;
mod phase_banner;
mod radios;
mod select;
mod service_navigation;
mod skip_link;
mod summary_list;
mod table;
mod tabs;
mod tag;
mod task_list;
mod textarea;
mod warning_text;

pub use accordion::{Accordion, AccordionSection};
pub use back_link::BackLink;
pub use breadcrumbs::{Breadcrumbs, Crumb};
pub use button::Button;
pub use checkboxes::{Checkbox, CheckboxItem, Checkboxes};
pub use content::Content;
pub use date_input::{DateInput, DatePart};
pub use details::Details;
pub use error_message::ErrorMessage;
pub use error_summary::{ErrorSummary, SummaryError};
pub use field::Field;
pub use fieldset::{Fieldset, Legend};
pub use file_upload::FileUpload;
pub use footer::{Footer, FooterLink};
pub use generic_header::GenericHeader;
pub use hint::Hint;
pub use input::{Affix, Input};
pub use inset_text::InsetText;
pub use label::Label;
pub use notification_banner::NotificationBanner;
pub use pagination::{PageLink, Pagination, PaginationItem};
pub use panel::Panel;
pub use password_input::PasswordInput;
pub use phase_banner::PhaseBanner;
pub use radios::{Radio, RadioItem, Radios};
pub use select::{Choice, Select};
pub use service_navigation::{NavigationItem, ServiceNavigation};
pub use skip_link::SkipLink;
pub use summary_list::{RowAction, SummaryCard, SummaryList, SummaryRow};
pub use table::{Cell, Table};
pub use tabs::{Tab, Tabs};
pub use tag::Tag;
pub use task_list::{Task, TaskList};
pub use textarea::Textarea;
pub use warning_text::WarningText;

use maud::{Markup, PreEscaped, html};

/// A component's own class and whatever classes it was given besides.
fn with(base: &str, more: &str) -> String {
    if more.is_empty() { base.to_owned() } else { format!("{base} {more}") }
}

/// A value for an attribute that is left out when there is none.
fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Ids for `aria-describedby`, with one more.
fn described(by: &str, more: &str) -> String {
    if by.is_empty() { more.to_owned() } else { format!("{by} {more}") }
}

/// A heading of a level that is chosen while running, 1 to 6.
fn heading(level: u8, class: &str, id: Option<&str>, words: &Markup) -> Markup {
    let level = level.clamp(1, 6);
    let attributes = html! { span class=(class) id=[id] {} }.into_string();
    // `html!` fixes its element names when compiled, so the attributes are taken from an element that it escaped.
    let attributes = attributes.trim_start_matches("<span").trim_end_matches("></span>");
    PreEscaped(format!("<h{level}{attributes}>{}</h{level}>", words.0))
}
