//! CDC's files as trees: they are small and read once, so a tree is kept rather than a stream.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::ScheduleError;

/// An element: its name, its text, and the elements in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// Reads a document; the answer is its root element.
    pub(super) fn read(file: &str, text: &str) -> Result<Element, ScheduleError> {
        let mut reader = Reader::from_str(text);
        let mut open = vec![Element::default()];
        loop {
            let error = |reader: &Reader<&[u8]>, reason: String| ScheduleError::Xml {
                file: file.to_owned(),
                position: reader.error_position(),
                reason,
            };
            match reader.read_event().map_err(|e| error(&reader, e.to_string()))? {
                Event::Start(start) => open.push(Element::named(start.name().as_ref())),
                Event::Empty(start) => {
                    let empty = Element::named(start.name().as_ref());
                    if let Some(parent) = open.last_mut() {
                        parent.children.push(empty);
                    }
                }
                Event::End(_) => {
                    if let (Some(closed), Some(parent)) = (open.pop(), open.last_mut()) {
                        parent.children.push(closed);
                    }
                }
                Event::Text(text) => {
                    if let Some(parent) = open.last_mut() {
                        parent.text.push_str(&text);
                    }
                }
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Some(character),
                        _ => named_character(&reference),
                    };
                    let unknown = || error(&reader, "an entity that XML does not define".to_owned());
                    let character = resolved.ok_or_else(unknown)?;
                    if let Some(parent) = open.last_mut() {
                        parent.text.push(character);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let root = open.pop().filter(|_| open.is_empty()).and_then(|mut document| document.children.pop());
        root.ok_or_else(|| ScheduleError::Xml {
            file: file.to_owned(),
            position: text.len() as u64,
            reason: "the document ends before its root element does".to_owned(),
        })
    }

    fn named(name: &str) -> Element {
        Element { name: name.to_owned(), ..Element::default() }
    }

    /// The first element in this one with a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The elements in this one with a name that hold anything: CDC writes an empty element for "none".
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> + 'a {
        self.children.iter().filter(move |child| child.name == name && !child.is_blank())
    }

    fn is_blank(&self) -> bool {
        self.children.is_empty() && self.text.trim().is_empty()
    }

    /// The text of this element, without the space around it.
    pub(super) fn own_text(&self) -> &str {
        self.text.trim()
    }

    /// The text of the first element with a name; empty for none and for `n/a`.
    pub(super) fn value(&self, name: &str) -> &str {
        let text = self.child(name).map_or("", |child| child.text.trim());
        if text.eq_ignore_ascii_case("n/a") { "" } else { text }
    }
}

fn named_character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
