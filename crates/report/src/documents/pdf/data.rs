//! A document as the template reads it: one JSON file, and an SVG file for each chart.

use serde_json::{Value, json};

use super::super::model::{Block, Document, Section, Tone};
use super::super::table::{Cell, Table};
use super::world::can_write;
use crate::charts::Chart;

/// The files of a document by name.
pub(super) fn files(document: &Document) -> Vec<(String, Vec<u8>)> {
    let mut charts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut sections = Vec::new();
    for (depth, section) in document.walk() {
        sections.push(section_data(depth, section, &mut charts));
    }
    let data = json!({
        "title": clean(&document.title),
        "subtitle": clean(&document.subtitle),
        "language": language(&document.language).0,
        "region": language(&document.language).1,
        "town": clean(&document.town),
        "as_of": crate::figures::long_date(document.as_of),
        "synthetic": document.synthetic,
        "sections": sections,
        "synthetic_words": super::super::SYNTHETIC,
        "vintage_heading": super::super::VINTAGE_HEADING,
        "methods_heading": super::super::METHODS_HEADING,
        "vintage": document.vintage_table().map(|table| table_data(&table)),
        "methods": document.methods.iter().map(|m| [clean(&m.name), clean(&m.words)]).collect::<Vec<_>>(),
    });
    charts.push(("document.json".to_owned(), data.to_string().into_bytes()));
    charts
}

/// `en-GB` as language and region, which the template sets apart. Nonsense is taken as English.
fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split('-').map(str::to_ascii_lowercase);
    let valid =
        |part: &String| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
    let language = parts.next().filter(valid).unwrap_or_else(|| "en".to_owned());
    (language, parts.next_back().filter(|part| part.len() == 2 && valid(part)))
}

fn section_data(depth: usize, section: &Section, charts: &mut Vec<(String, Vec<u8>)>) -> Value {
    let blocks: Vec<Value> = section.blocks.iter().map(|block| block_data(block, charts)).collect();
    json!({ "level": depth + 1, "heading": clean(&section.heading), "blocks": blocks })
}

fn block_data(block: &Block, charts: &mut Vec<(String, Vec<u8>)>) -> Value {
    match block {
        Block::Paragraph(words) => json!({ "is": "paragraph", "words": clean(words) }),
        Block::Lead(words) => json!({ "is": "lead", "words": clean(words) }),
        Block::Note(words) => json!({ "is": "note", "words": clean(words) }),
        Block::List(items) => {
            json!({ "is": "list", "items": items.iter().map(|i| clean(i)).collect::<Vec<_>>() })
        }
        Block::KeyValues(pairs) => {
            let pairs: Vec<_> = pairs.iter().map(|(key, value)| [clean(key), clean(value)]).collect();
            json!({ "is": "pairs", "pairs": pairs })
        }
        Block::Status(tone, words, reasons) => {
            let tone = match tone {
                Tone::Good => "good",
                Tone::Concern => "concern",
                Tone::Neutral => "neutral",
            };
            let reasons: Vec<_> = reasons.iter().map(|reason| clean(reason)).collect();
            json!({ "is": "status", "tone": tone, "words": clean(words), "reasons": reasons })
        }
        Block::Table(table) => table_data(table),
        Block::Charts(drawn) => {
            let drawn: Vec<Value> = drawn.iter().map(|chart| chart_data(chart, charts)).collect();
            json!({ "is": "charts", "charts": drawn })
        }
    }
}

fn table_data(table: &Table) -> Value {
    let headings: Vec<String> = table.columns.iter().map(|column| clean(&table.heading(column))).collect();
    let cell = |(index, cell): (usize, &Cell)| clean(&table.shown(cell, index));
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().enumerate().map(cell).collect()).collect();
    let numeric: Vec<bool> = table.columns.iter().map(|column| column.unit.is_some()).collect();
    json!({
        "is": "table", "caption": clean(&table.caption), "headings": headings, "numeric": numeric,
        "rows": rows, "notes": table.notes.iter().map(|note| clean(note)).collect::<Vec<_>>(),
        "weights": table.weights(),
    })
}

fn chart_data(chart: &Chart, charts: &mut Vec<(String, Vec<u8>)>) -> Value {
    let name = format!("chart-{}.svg", charts.len() + 1);
    charts.push((name.clone(), clean(&chart.svg).into_bytes()));
    let alternative = format!("{}. {}", chart.title.trim_end_matches('.'), chart.description);
    json!({ "file": name, "alt": clean(&alternative), "width": chart.width, "height": chart.height })
}

/// Text with what the embedded family cannot write shown as an empty square: PDF/UA forbids a character without
/// a shape, and a report must not fail on a name.
fn clean(text: &str) -> String {
    if text.is_ascii() {
        return text.replace(|c: char| c.is_ascii_control() && c != '\n', "");
    }
    text.chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .map(|c| if can_write(c) { c } else { '\u{25a1}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_written_is_written() {
        let check = |text: &str, expected: &str| assert_eq!(clean(text), expected);
        check("Łódź, Brașov, Αθήνα – £5 ≥ 3", "Łódź, Brașov, Αθήνα – £5 ≥ 3");
        check("well done 🎉\u{7}", "well done □");
    }

    #[test]
    fn languages_are_split() {
        let check = |tag: &str, language_: &str, region: Option<&str>| {
            assert_eq!(language(tag), (language_.to_owned(), region.map(str::to_owned)));
        };
        check("en-GB", "en", Some("gb"));
        check("pl", "pl", None);
        check("zh-Hant-HK", "zh", Some("hk"));
        check("!", "en", None);
    }
}
