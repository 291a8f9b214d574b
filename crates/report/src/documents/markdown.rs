//! A document as Markdown, to be kept under version control or pasted into a council's own template.

use super::model::{Block, Document, Section};
use super::table::Table;

/// The document as CommonMark with tables (GitHub Flavored Markdown). Charts stand as their tables.
pub fn markdown(document: &Document) -> String {
    let mut text = format!("# {}\n\n", line(&document.title));
    if !document.subtitle.is_empty() {
        text.push_str(&format!("{}\n\n", line(&document.subtitle)));
    }
    if document.synthetic {
        text.push_str(&format!("> {}\n\n", super::SYNTHETIC));
    }
    for part in &document.sections {
        section(part, 2, &mut text);
    }
    if let Some(sources) = document.vintage_table() {
        text.push_str(&format!("## {}\n\n", super::VINTAGE_HEADING));
        table(&sources, &mut text);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn section(part: &Section, level: usize, text: &mut String) {
    text.push_str(&format!("{} {}\n\n", "#".repeat(level.min(6)), line(&part.heading)));
    for block in &part.blocks {
        self::block(block, text);
    }
    for inner in &part.sections {
        section(inner, level + 1, text);
    }
}

fn block(block: &Block, text: &mut String) {
    match block {
        Block::Paragraph(words) | Block::Lead(words) => text.push_str(&format!("{}\n\n", line(words))),
        Block::Note(words) => text.push_str(&format!("> **{}**\n\n", line(words))),
        Block::List(items) => list(items, text),
        Block::KeyValues(pairs) => {
            for (key, value) in pairs {
                text.push_str(&format!("- **{}**: {}\n", line(key), line(value)));
            }
            text.push('\n');
        }
        Block::Status(_, word, reasons) => {
            text.push_str(&format!("**{}**\n\n", line(word)));
            list(reasons, text);
        }
        Block::Table(shown) => table(shown, text),
        Block::Charts(charts) => charts.iter().for_each(|chart| table(&chart.table, text)),
    }
}

fn list(items: &[String], text: &mut String) {
    for item in items {
        text.push_str(&format!("- {}\n", line(item)));
    }
    if !items.is_empty() {
        text.push('\n');
    }
}

fn table(shown: &Table, text: &mut String) {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    text.push_str(&row(shown.columns.iter().map(|column| line(&shown.heading(column))).collect()));
    text.push_str(&row(shown.columns.iter().map(|_| "---".to_owned()).collect()));
    for cells in &shown.rows {
        let written = cells.iter().enumerate().map(|(index, cell)| line(&shown.shown(cell, index)));
        text.push_str(&row(written.collect()));
    }
    text.push('\n');
    for note in &shown.notes {
        text.push_str(&format!("{}\n\n", line(note)));
    }
}

/// Words on one line, in which nothing is taken for markup.
fn line(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\n' | '\r' => text.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => {
                text.push('\\');
                text.push(letter);
            }
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use vocabulary::Date;

    use super::*;
    use crate::documents::{Cell, Column};

    #[test]
    fn words_are_not_taken_for_markup() {
        let mut table = Table::new("t", vec![Column::text("What"), Column::text("Why")]);
        table.push(vec![Cell::text("a|b"), Cell::text("two\nlines *and* [more]")]);
        let part = Section {
            blocks: vec![Block::Note("To be decided".to_owned()), Block::Table(table)],
            ..Section::new("Part #1")
        };
        let document = Document {
            title: "Title".to_owned(),
            subtitle: "Under it".to_owned(),
            language: "en-GB".to_owned(),
            town: "Town".to_owned(),
            as_of: Date::constant(2026, 11, 24),
            synthetic: false,
            sections: vec![Section { sections: vec![Section::new("Inner")], ..part }],
            vintage: Vec::new(),
            methods: Vec::new(),
        };
        let expected = "# Title\n\nUnder it\n\n## Part \\#1\n\n> **To be decided**\n\n| What | Why |\n| --- | --- |\n\
                        | a\\|b | two lines \\*and\\* \\[more\\] |\n\n### Inner\n";
        assert_eq!(markdown(&document), expected);
    }
}
