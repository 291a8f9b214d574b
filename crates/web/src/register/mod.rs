//! Records of people. What a page shows of one is what its use case gives: the role decides, and a reason was given first.

mod edit;
mod fields;
mod glass;
mod home;
mod person;
mod readings;
mod reviews;
mod rights;

pub(crate) use edit::{add, correct, correct_page, new};
pub(crate) use glass::{break_glass, glass_page};
pub(crate) use home::{home, search};
pub(crate) use person::{give_reason, show};
pub(crate) use readings::readings;
pub(crate) use reviews::{decide, list, review_page};
pub(crate) use rights::{access, consent, erase, hold, rights};

use crate::Page;
use crate::layout::Section;

/// A page under the register's own.
fn page(title: impl Into<String>, body: maud::Markup) -> Page {
    Page::new(title, body).within(Section::Register).under("/register", "Register")
}
