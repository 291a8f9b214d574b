//! HTML for a page of the site: a fragment with the classes of the GOV.UK Design System, no styles and no scripts.

use super::model::{Block, Document, Section, Tone};
use super::table::Table;
use crate::charts::Chart;
use crate::svg::escape;

/// The document as an HTML fragment whose title is a heading of level `level` (1 for a page of its own); sections follow
/// one level below, and below the sixth there is no deeper one. The table behind each chart opens under it.
pub fn html(document: &Document, level: u8) -> String {
    let mut page = Page { html: String::with_capacity(64 * 1024) };
    let level = level.clamp(1, 5);
    page.heading(level, &document.title);
    if !document.subtitle.is_empty() {
        page.element("p", "govuk-body-l", &document.subtitle);
    }
    if document.synthetic {
        page.element("div", "govuk-inset-text", super::SYNTHETIC);
    }
    for section in &document.sections {
        page.section(level + 1, section);
    }
    page.provenance(document, level + 1);
    page.html
}

/// A table as an HTML fragment, with its caption and its notes.
pub fn html_table(table: &Table) -> String {
    let mut page = Page { html: String::new() };
    page.table(table);
    page.html
}

struct Page {
    html: String,
}

impl Page {
    fn element(&mut self, name: &str, class: &str, words: &str) {
        self.html.push_str(&format!("<{name} class=\"{class}\">"));
        escape(words, &mut self.html);
        self.html.push_str(&format!("</{name}>\n"));
    }

    fn heading(&mut self, level: u8, words: &str) {
        let size = match level {
            1 => "xl",
            2 => "l",
            3 => "m",
            _ => "s",
        };
        self.element(&format!("h{}", level.min(6)), &format!("govuk-heading-{size}"), words);
    }

    fn section(&mut self, level: u8, section: &Section) {
        self.html.push_str("<section>\n");
        self.heading(level, &section.heading);
        for block in &section.blocks {
            self.block(block);
        }
        for inner in &section.sections {
            self.section(level.saturating_add(1).min(6), inner);
        }
        self.html.push_str("</section>\n");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(words) => self.element("p", "govuk-body", words),
            Block::Lead(words) => self.element("p", "govuk-body-l", words),
            Block::Note(words) => self.element("div", "govuk-inset-text", words),
            Block::List(items) => {
                self.html.push_str("<ul class=\"govuk-list govuk-list--bullet\">\n");
                items.iter().for_each(|item| self.element("li", "", item));
                self.html.push_str("</ul>\n");
            }
            Block::KeyValues(pairs) => self.pairs(pairs),
            Block::Status(tone, words, reasons) => {
                let tag = match tone {
                    Tone::Good => "govuk-tag govuk-tag--blue",
                    Tone::Concern => "govuk-tag govuk-tag--orange",
                    Tone::Neutral => "govuk-tag govuk-tag--grey",
                };
                self.html.push_str("<p class=\"govuk-body\">Status: ");
                self.element("strong", tag, words);
                self.html.push_str("</p>\n");
                reasons.iter().for_each(|reason| self.element("p", "govuk-body", reason));
            }
            Block::Table(table) => self.table(table),
            Block::Charts(charts) => {
                self.html.push_str("<div class=\"het-charts\">\n");
                charts.iter().for_each(|chart| self.chart(chart));
                self.html.push_str("</div>\n");
            }
        }
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        self.html.push_str("<dl class=\"govuk-summary-list\">\n");
        for (key, value) in pairs {
            self.html.push_str("<div class=\"govuk-summary-list__row\">");
            self.element("dt", "govuk-summary-list__key", key);
            self.element("dd", "govuk-summary-list__value", value);
            self.html.push_str("</div>\n");
        }
        self.html.push_str("</dl>\n");
    }

    fn chart(&mut self, chart: &Chart) {
        self.html.push_str("<div class=\"het-chart-and-table\">\n");
        self.html.push_str(&chart.svg);
        if !chart.table.columns.is_empty() {
            self.html
                .push_str("\n<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">");
            self.element("span", "govuk-details__summary-text", &format!("Figures behind: {}", chart.title));
            self.html.push_str("</summary><div class=\"govuk-details__text\">\n");
            self.table(&chart.table);
            self.html.push_str("</div></details>\n");
        }
        self.html.push_str("</div>\n");
    }

    fn table(&mut self, table: &Table) {
        // A table that is wider than a phone scrolls by itself, so the keyboard has to reach it. It is a group and no
        // landmark: a report has many tables of one name.
        self.html.push_str("<div class=\"het-table\" role=\"group\" tabindex=\"0\" aria-label=\"");
        escape(if table.caption.is_empty() { "Table" } else { &table.caption }, &mut self.html);
        self.html.push_str("\"><table class=\"govuk-table\">\n");
        if !table.caption.is_empty() {
            self.element("caption", "govuk-table__caption govuk-table__caption--s", &table.caption);
        }
        self.html.push_str("<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
        for column in &table.columns {
            let numeric = if column.unit.is_some() { " govuk-table__header--numeric" } else { "" };
            self.html.push_str(&format!("<th scope=\"col\" class=\"govuk-table__header{numeric}\">"));
            escape(&table.heading(column), &mut self.html);
            self.html.push_str("</th>");
        }
        self.html.push_str("</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
        for row in &table.rows {
            self.html.push_str("<tr class=\"govuk-table__row\">");
            for (index, cell) in row.iter().enumerate() {
                let numeric = table.columns.get(index).is_some_and(|column| column.unit.is_some());
                let (name, scope, class) = match (index, numeric) {
                    (0, false) => ("th", " scope=\"row\"", "govuk-table__header"),
                    (_, true) => ("td", "", "govuk-table__cell govuk-table__cell--numeric"),
                    (_, false) => ("td", "", "govuk-table__cell"),
                };
                self.html.push_str(&format!("<{name}{scope} class=\"{class}\">"));
                escape(&table.shown(cell, index), &mut self.html);
                self.html.push_str(&format!("</{name}>"));
            }
            self.html.push_str("</tr>\n");
        }
        self.html.push_str("</tbody></table></div>\n");
        table.notes.iter().for_each(|note| self.element("p", "govuk-body-s", note));
    }

    fn provenance(&mut self, document: &Document, level: u8) {
        if let Some(table) = document.vintage_table() {
            self.html.push_str("<section>\n");
            self.heading(level, super::VINTAGE_HEADING);
            self.table(&table);
            self.html.push_str("</section>\n");
        }
        if !document.methods.is_empty() {
            self.html.push_str("<section>\n");
            self.heading(level, super::METHODS_HEADING);
            for method in &document.methods {
                self.heading(level + 1, &method.name);
                self.element("p", "govuk-body", &method.words);
            }
            self.html.push_str("</section>\n");
        }
    }
}
