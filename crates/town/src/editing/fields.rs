//! A form as fields of text: what is compared, what the audit log keeps, what a program is given.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::partnership::in_order;

/// The fields of a form: name and text.
pub type Fields = BTreeMap<String, String>;

/// A thing as its form shows it.
pub trait Form: Clone + Default + Send + Sync {
    /// What the thing is called: `action`.
    const WHAT: &'static str;

    /// Every field: its name, and what it is called on screen.
    const FIELDS: &'static [(&'static str, &'static str)];

    /// What is in a field, as text.
    fn text(&self, field: &str) -> String;

    /// Puts text into a field.
    fn put(&mut self, field: &str, text: &str);

    /// Every field with what is in it.
    fn fields(&self) -> Fields {
        Self::FIELDS.iter().map(|(name, _)| ((*name).to_owned(), self.text(name))).collect()
    }
}

/// A version of a thing: the same for the same fields, another for others. 128 bits as 32 hexadecimal digits.
pub(crate) fn version_of(fields: &Fields) -> String {
    let mut hasher = Sha256::new();
    for (name, text) in fields {
        for part in [name, text] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hex::encode(&hasher.finalize()[..16])
}

/// A type that a field of a form may have.
pub(crate) trait FieldValue {
    fn to_text(&self) -> String;
    fn of_text(text: &str) -> Self;
}

impl FieldValue for String {
    fn to_text(&self) -> String {
        self.trim().to_owned()
    }

    fn of_text(text: &str) -> String {
        text.to_owned()
    }
}

impl FieldValue for bool {
    fn to_text(&self) -> String {
        if *self { "yes".to_owned() } else { String::new() }
    }

    fn of_text(text: &str) -> bool {
        text == "yes"
    }
}

/// A number of which 0 is none.
impl FieldValue for i64 {
    fn to_text(&self) -> String {
        if *self == 0 { String::new() } else { self.to_string() }
    }

    fn of_text(text: &str) -> i64 {
        text.parse().unwrap_or_default()
    }
}

/// Codes in their order, a line each.
impl FieldValue for Vec<String> {
    fn to_text(&self) -> String {
        let mut sorted = self.clone();
        sorted.sort_by(|a, b| in_order(a, b));
        sorted.dedup();
        sorted.join("\n")
    }

    fn of_text(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }
}

/// A line of a list in a form: its parts, none of which holds a line's end.
pub(crate) trait FieldLine: Sized {
    fn parts(&self) -> [&str; 3];
    fn of_parts(parts: [&str; 3]) -> Self;
}

impl<T: FieldLine> FieldValue for Vec<T> {
    fn to_text(&self) -> String {
        let plain = |text: &str| text.trim().replace(['\t', '\n', '\r'], " ");
        let lines = self.iter().map(|line| line.parts().map(plain)).filter(|parts| parts.concat() != "");
        lines.map(|parts| parts.join("\t")).collect::<Vec<_>>().join("\n")
    }

    fn of_text(text: &str) -> Vec<T> {
        let line = |line: &str| {
            let mut parts = line.split('\t');
            let mut next = || parts.next().unwrap_or_default();
            T::of_parts([next(), next(), next()])
        };
        text.lines().map(line).collect()
    }
}

/// Makes a struct of fields a [`Form`]: what the thing is called, then each field with what it is called on screen.
macro_rules! form {
    ($form:ty, $what:literal, { $($field:ident: $label:literal,)+ }) => {
        impl $crate::editing::Form for $form {
            const WHAT: &'static str = $what;
            const FIELDS: &'static [(&'static str, &'static str)] = &[$((stringify!($field), $label),)+];

            fn text(&self, field: &str) -> String {
                use $crate::editing::FieldValue as _;
                match field {
                    $(stringify!($field) => self.$field.to_text(),)+
                    _ => String::new(),
                }
            }

            fn put(&mut self, field: &str, text: &str) {
                use $crate::editing::FieldValue as Value;
                match field {
                    $(stringify!($field) => self.$field = Value::of_text(text),)+
                    _ => {}
                }
            }
        }
    };
}
pub(crate) use form;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_tells_fields_apart() {
        let fields = |pairs: &[(&str, &str)]| -> Fields {
            pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let one = fields(&[("code", "A1"), ("title", "Walk")]);
        assert_eq!(version_of(&one), version_of(&one.clone()));
        assert_eq!(version_of(&one).len(), 32);
        for other in [
            &[("code", "A1"), ("title", "Walks")][..],
            &[("code", "A1")],
            &[("code", "A1t"), ("itle", "Walk")],
        ] {
            assert_ne!(version_of(&one), version_of(&fields(other)));
        }
    }

    #[test]
    fn values_come_back_from_their_text() {
        let codes = vec!["10".to_owned(), "2".to_owned(), "2".to_owned()];
        assert_eq!(codes.to_text(), "2\n10");
        assert_eq!(Vec::<String>::of_text("2\n10"), ["2", "10"]);
        assert!(Vec::<String>::of_text("").is_empty());
        assert!(bool::of_text(&true.to_text()) && !bool::of_text(&false.to_text()));
        assert_eq!((i64::of_text("3"), i64::of_text(""), 0_i64.to_text().as_str()), (3, 0, ""));
    }
}
