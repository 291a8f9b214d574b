//! What typst may see: our template, our fonts and the files of one document. No disk, no network, no clock.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts;

const TEMPLATE: &str = include_str!("document.typ");

/// Everything that is the same for every document, made once.
struct Fixed {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static FIXED: LazyLock<Fixed> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        [fonts::REGULAR, fonts::BOLD].into_iter().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    Fixed {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// The world of one document.
pub(super) struct ReportWorld {
    main: Option<Source>,
    files: HashMap<FileId, Bytes>,
}

impl ReportWorld {
    /// A world that holds these files by name.
    pub(super) fn new(files: Vec<(String, Vec<u8>)>) -> ReportWorld {
        let known = |(name, content): (String, Vec<u8>)| Some((file_id(&name)?, Bytes::new(content)));
        ReportWorld {
            main: file_id("document.typ").map(|id| Source::new(id, TEMPLATE.to_owned())),
            files: files.into_iter().filter_map(known).collect(),
        }
    }
}

/// Names repeat from document to document, so that the table of names which typst keeps does not grow.
fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Whether the embedded family can write a character.
pub(super) fn can_write(c: char) -> bool {
    c.is_ascii()
        || c.is_whitespace()
        || FIXED.fonts.first().is_some_and(|font| font.info().coverage.contains(u32::from(c)))
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &FIXED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FIXED.book
    }

    #[allow(clippy::expect_used)]
    fn main(&self) -> FileId {
        // `document.typ` is a valid virtual path: the constructor made a source of it.
        self.main.as_ref().map(Source::id).expect("the template's own name is valid")
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let missing = || FileError::NotFound(id.vpath().get_without_slash().into());
        self.main.as_ref().filter(|main| main.id() == id).cloned().ok_or_else(missing)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let missing = || FileError::NotFound(id.vpath().get_without_slash().into());
        self.files.get(&id).cloned().ok_or_else(missing)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FIXED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
