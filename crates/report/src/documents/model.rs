//! What a document holds, whatever it is written as.
//!
//! Sections nest, so that a heading's level is its depth and no level can be skipped: the rule that PDF/UA,
//! WCAG and typst all hold. The alternative, a flat list of headings with a number each, left that rule to
//! whoever fills it. Vintage and methods are fields and not blocks, so that no document goes without them.

use serde::{Deserialize, Serialize};
use vocabulary::Date;

use super::table::{Cell, Column, Table};
use crate::Error;
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
    /// The date that everything in it is computed for.
    #[serde(with = "iso_date")]
    pub as_of: Date,
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

/// A date as ISO 8601 writes it.
mod iso_date {
    use serde::{Deserialize, Deserializer, Serializer};
    use vocabulary::Date;

    pub fn serialize<S: Serializer>(date: &Date, into: S) -> Result<S::Ok, S::Error> {
        into.collect_str(date)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Section {
    /// A section with this heading and nothing under it yet.
    pub fn new(heading: impl Into<String>) -> Section {
        Section { heading: heading.into(), ..Section::default() }
    }
}

impl Document {
    /// The document as JSON: the frozen snapshot of a published report.
    ///
    /// # Errors
    ///
    /// [`Error::Snapshot`] when a number in it is not finite and so has no JSON.
    pub fn snapshot(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|error| Error::Snapshot(error.to_string()))
    }

    /// The document of a snapshot.
    ///
    /// # Errors
    ///
    /// [`Error::Snapshot`] when the text is not a snapshot.
    pub fn from_snapshot(text: &str) -> Result<Document, Error> {
        serde_json::from_str(text).map_err(|error| Error::Snapshot(error.to_string()))
    }

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

    /// The sources as a table; `None` where there are none.
    pub fn vintage_table(&self) -> Option<Table> {
        let headings = ["Source", "Covers", "Obtained", "Licence"];
        let mut table = Table::new("Sources", headings.into_iter().map(Column::text).collect());
        for vintage in &self.vintage {
            let words = [&vintage.source, &vintage.covers, &vintage.obtained, &vintage.licence];
            table.push(words.map(|text| Cell::text(text.clone())).to_vec());
        }
        (!table.rows.is_empty()).then_some(table)
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
