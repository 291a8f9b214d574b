//! What a document holds, whatever it is written as.
//!
//! Sections nest, so that a heading's level is its depth and no level can be skipped: the rule that PDF/UA,
//! WCAG and typst all hold. The alternative, a flat list of headings with a number each, left that rule to
//! whoever fills it. Vintage and methods are fields and not blocks, so that no document goes without them.

use serde::{Deserialize, Serialize};

use super::table::Table;
use crate::charts::Chart;

/// A document, ready to be written as PDF, Word, Excel or HTML. Serialised, it is the frozen snapshot of a
/// published report: the same document read back writes the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The title, which is also the only heading of level 1.
    pub title: String,
    /// What stands under the title: the period, the subgroup.
    pub subtitle: String,
    /// The language, as a BCP 47 tag: `en-GB`.
    pub language: String,
    /// The town's name, which stands on every page.
    pub town: String,
    /// The date that everything in it is computed for, `23 November 2026`.
    pub as_of: String,
    /// Whether its figures are invented; then every page says so.
    pub synthetic: bool,
    /// What the document says.
    pub sections: Vec<Section>,
    /// Where its figures come from and how old they are.
    pub vintage: Vec<Vintage>,
    /// How its figures were worked out.
    pub methods: Vec<Method>,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Section {
    /// The heading's words.
    pub heading: String,
    /// What stands directly under the heading, in order.
    pub blocks: Vec<Block>,
    /// The sections inside this one, after its blocks.
    pub sections: Vec<Section>,
}

/// One piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// Words.
    Paragraph(String),
    /// Words set larger: the one sentence that answers the question.
    Lead(String),
    /// A list with bullets.
    List(Vec<String>),
    /// Names with their values.
    KeyValues(Vec<(String, String)>),
    /// A status: its tone, the word, and why.
    Status(Tone, String, Vec<String>),
    /// A table.
    Table(Table),
    /// One chart, or several side by side where the page is wide enough.
    Charts(Vec<Chart>),
    /// A remark set apart: a caveat, a gap in the data.
    Note(String),
}

/// How a status is meant, beside its words: never told by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Needs somebody's attention.
    Concern,
    /// Neither, or not known.
    Neutral,
}

/// Where figures come from and how old they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vintage {
    /// The source's name: `UKHSA COVER quarterly vaccination coverage`.
    pub source: String,
    /// What it covers: `January to March 2025`.
    pub covers: String,
    /// When it was published or imported: `imported 23 November 2026`.
    pub obtained: String,
    /// Its licence, as it asks to be quoted.
    pub licence: String,
}

/// How figures were worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// The method's name: `Slope index of inequality`.
    pub name: String,
    /// The method in a sentence or two, with its source.
    pub words: String,
}

impl Section {
    /// A section with this heading and nothing under it yet.
    pub fn new(heading: impl Into<String>) -> Section {
        Section { heading: heading.into(), ..Section::default() }
    }
}

impl Document {
    /// Every section, each with its depth: 0 for the outermost.
    pub fn walk(&self) -> Vec<(usize, &Section)> {
        fn add<'d>(sections: &'d [Section], depth: usize, into: &mut Vec<(usize, &'d Section)>) {
            for section in sections {
                into.push((depth, section));
                add(&section.sections, depth + 1, into);
            }
        }
        let mut found = Vec::new();
        add(&self.sections, 0, &mut found);
        found
    }

    /// Every table of the document in order, those behind its charts included.
    pub fn tables(&self) -> Vec<&Table> {
        let blocks = self.walk().into_iter().flat_map(|(_, section)| &section.blocks);
        blocks
            .flat_map(|block| match block {
                Block::Table(table) => vec![table],
                Block::Charts(charts) => charts.iter().map(|chart| &chart.table).collect(),
                _ => Vec::new(),
            })
            .filter(|table| !table.columns.is_empty())
            .collect()
    }
}
