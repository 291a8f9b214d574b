//! How large a chart is drawn, and the identifier that its parts begin with.

/// The size class of a chart. A chart is drawn for its width, not scaled to it, so that its words stay
/// readable on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Width {
    /// A page's full column: 720 pixels.
    Wide,
    /// A phone: 340 pixels.
    Narrow,
    /// One of many on the board: 260 pixels, without its title, which the page writes beside it.
    Small,
}

/// Where a chart is drawn: its size class, and an identifier that is unique in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    id: String,
    width: Width,
}

impl Frame {
    /// A frame of this size class. Whatever in `id` is not a letter, digit, hyphen or underscore becomes a hyphen; the
    /// caller keeps identifiers unique within a page.
    pub fn new(id: &str, width: Width) -> Frame {
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
        let mut id: String = id.chars().map(safe).collect();
        if !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
            id.insert_str(0, "chart-");
        }
        Frame { id, width }
    }

    /// A frame as wide as a page's column.
    pub fn wide(id: &str) -> Frame {
        Frame::new(id, Width::Wide)
    }

    /// A frame as wide as a phone.
    pub fn narrow(id: &str) -> Frame {
        Frame::new(id, Width::Narrow)
    }

    /// A frame for one of many small charts.
    pub fn small(id: &str) -> Frame {
        Frame::new(id, Width::Small)
    }

    /// The identifier.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The size class.
    pub fn width(&self) -> Width {
        self.width
    }

    /// The width in pixels.
    pub fn pixels(&self) -> f64 {
        match self.width {
            Width::Wide => 720.0,
            Width::Narrow => 340.0,
            Width::Small => 260.0,
        }
    }

    /// The size of ordinary text in it, in pixels.
    pub(crate) fn text(&self) -> f64 {
        match self.width {
            Width::Wide => 14.0,
            Width::Narrow => 13.0,
            Width::Small => 11.5,
        }
    }

    pub(crate) fn is_small(&self) -> bool {
        self.width == Width::Small
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_safe_in_a_page() {
        let check = |id: &str, expected: &str| assert_eq!(Frame::wide(id).id(), expected);
        check("mmr1-24m", "mmr1-24m");
        check("a b\"<c", "a-b--c");
        check("20601", "chart-20601");
        check("", "chart-");
    }
}
