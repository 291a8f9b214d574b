//! People's details.

use std::fmt;

/// A detail of a person: a name, an address, an NHS number. It cannot be printed, logged or formatted by
/// accident; whoever needs it says so by calling [`Personal::reveal`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Wraps a detail.
    pub fn new(detail: T) -> Self {
        Personal(detail)
    }

    /// The detail itself. Every call is a place where personal data leaves its wrapper.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

impl<T> fmt::Display for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_detail_is_printed() {
        let name = Personal::new("Synthetic Person".to_owned());
        assert_eq!(format!("{name} {name:?}"), "[personal] [personal]");
        assert_eq!(name.reveal(), "Synthetic Person");
    }
}
