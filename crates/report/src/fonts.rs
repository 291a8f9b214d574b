//! The one family that documents and pictures are set in: Liberation Sans, regular and bold, unmodified.
//!
//! It has the widths of Arial, which the pages ask for, so a label that clears its neighbour on a page clears it in a
//! document. It is embedded, so that a report looks the same on every machine and no time goes into searching the
//! system for fonts. Noto Sans was rejected: Debian's lacks the minus and "at most" signs; typst's own fonts
//! have no sans serif.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};

/// Regular.
pub(crate) static REGULAR: &[u8] = include_bytes!("../fonts/LiberationSans-Regular.ttf");
/// Bold.
pub(crate) static BOLD: &[u8] = include_bytes!("../fonts/LiberationSans-Bold.ttf");

/// The family's name.
pub(crate) const FAMILY: &str = "Liberation Sans";

/// The family for drawing pictures, read once.
pub(crate) fn database() -> Arc<Database> {
    static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        fonts.load_font_source(Source::Binary(Arc::new(REGULAR)));
        fonts.load_font_source(Source::Binary(Arc::new(BOLD)));
        fonts.set_sans_serif_family(FAMILY);
        Arc::new(fonts)
    });
    DATABASE.clone()
}
