//! What a Word document says: paragraphs, tables and pictures.

use std::fmt::Write as _;

use super::super::model::{Block, Document, Tone};
use super::super::table::Table;
use crate::Error;
use crate::charts::Chart;
use crate::svg::escape;

/// The text width of an A4 page with margins of 20 mm, in twentieths of a point.
const TEXT_WIDTH: usize = 9638;
/// English metric units in a pixel of a chart, at the scale that fits a wide chart to the page.
const UNITS: u32 = 8490;

/// The main part and its pictures.
pub(super) struct Body {
    pub(super) xml: String,
    pub(super) pictures: Vec<Vec<u8>>,
}

pub(super) fn write(document: &Document) -> Result<Body, Error> {
    let mut body = Body { xml: String::with_capacity(64 * 1024), pictures: Vec::new() };
    body.xml.push_str(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document "#,
        r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
        r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
        r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
        r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
        r#"xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>"#
    ));
    body.paragraph("Title", &document.title);
    if !document.subtitle.is_empty() {
        body.paragraph("Subtitle", &document.subtitle);
    }
    if document.synthetic {
        body.paragraph("Marked", super::super::SYNTHETIC);
    }
    for (depth, section) in document.walk() {
        body.heading(depth + 1, &section.heading);
        for block in &section.blocks {
            body.block(block)?;
        }
    }
    body.provenance(document);
    body.xml.push_str(concat!(
        r#"<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>"#,
        r#"<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1360" w:right="1134" w:bottom="1250" w:left="1134" "#,
        r#"w:header="600" w:footer="560" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    ));
    Ok(body)
}

impl Body {
    fn heading(&mut self, level: usize, words: &str) {
        self.paragraph(&format!("Heading{}", level.min(6)), words);
    }

    fn paragraph(&mut self, style: &str, words: &str) {
        let _ = write!(self.xml, r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#);
        self.run(words, false);
        self.xml.push_str("</w:p>");
    }

    fn run(&mut self, words: &str, bold: bool) {
        let weight = if bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
        let _ = write!(self.xml, r#"<w:r>{weight}<w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(words));
    }

    fn block(&mut self, block: &Block) -> Result<(), Error> {
        match block {
            Block::Paragraph(words) => self.paragraph("Normal", words),
            Block::Lead(words) => self.paragraph("Lead", words),
            Block::Note(words) => self.paragraph("Marked", words),
            Block::List(items) => items.iter().for_each(|item| self.item(item)),
            Block::KeyValues(pairs) => pairs.iter().for_each(|(key, value)| self.pair(key, value)),
            Block::Status(tone, words, reasons) => self.status(*tone, words, reasons),
            Block::Table(table) => self.table(table),
            Block::Charts(charts) => self.charts(charts)?,
        }
        Ok(())
    }

    fn item(&mut self, words: &str) {
        self.xml.push_str(concat!(
            r#"<w:p><w:pPr><w:pStyle w:val="Normal"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#,
            r#"<w:spacing w:after="60"/></w:pPr>"#
        ));
        self.run(words, false);
        self.xml.push_str("</w:p>");
    }

    fn pair(&mut self, key: &str, value: &str) {
        self.xml.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Normal"/><w:spacing w:after="40"/></w:pPr>"#);
        self.run(&format!("{key}: "), true);
        self.run(value, false);
        self.xml.push_str("</w:p>");
    }

    fn status(&mut self, tone: Tone, words: &str, reasons: &[String]) {
        let colour = match tone {
            Tone::Good => "1A65B0",
            Tone::Concern => "C95000",
            Tone::Neutral => "71797E",
        };
        let border = format!(
            concat!(
                r#"<w:p><w:pPr><w:pStyle w:val="Marked"/><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" "#,
                r#"w:color="{}"/></w:pBdr></w:pPr>"#
            ),
            colour
        );
        self.xml.push_str(&border);
        self.run(&format!("Status: {words}"), true);
        self.xml.push_str("</w:p>");
        for reason in reasons {
            self.xml.push_str(&border);
            self.run(reason, false);
            self.xml.push_str("</w:p>");
        }
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.paragraph("Caption", &table.caption);
        }
        let widths = widths(table);
        let _ = write!(
            self.xml,
            concat!(
                r#"<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:tblBorders>"#,
                r#"<w:bottom w:val="single" w:sz="4" w:color="B1B4B6"/><w:insideH w:val="single" w:sz="4" w:color="B1B4B6"/>"#,
                r#"</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:firstColumn="1"/>"#,
                r#"<w:tblCaption w:val="{}"/></w:tblPr><w:tblGrid>"#
            ),
            TEXT_WIDTH,
            escaped(&table.caption)
        );
        for width in &widths {
            let _ = write!(self.xml, r#"<w:gridCol w:w="{width}"/>"#);
        }
        self.xml.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, &width) in table.columns.iter().zip(&widths) {
            self.cell(&table.heading(column), width, column.unit.is_some(), true);
        }
        self.xml.push_str("</w:tr>");
        for row in &table.rows {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (index, ((cell, column), &width)) in row.iter().zip(&table.columns).zip(&widths).enumerate() {
                self.cell(&table.shown(cell, index), width, column.unit.is_some(), false);
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
        if table.notes.is_empty() {
            self.paragraph("Quiet", "");
        }
        table.notes.iter().for_each(|note| self.paragraph("Quiet", note));
    }

    fn cell(&mut self, words: &str, width: usize, right: bool, heading: bool) {
        let side = if right { r#"<w:jc w:val="right"/>"# } else { "" };
        let _ = write!(
            self.xml,
            concat!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>"#,
                r#"<w:p><w:pPr><w:pStyle w:val="Cell"/>{}</w:pPr>"#
            ),
            width, side
        );
        self.run(words, heading);
        self.xml.push_str("</w:p></w:tc>");
    }

    fn charts(&mut self, charts: &[Chart]) -> Result<(), Error> {
        self.xml.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>"#);
        for (index, chart) in charts.iter().enumerate() {
            if index > 0 {
                self.run("  ", false);
            }
            self.picture(chart)?;
        }
        self.xml.push_str("</w:p>");
        Ok(())
    }

    fn picture(&mut self, chart: &Chart) -> Result<(), Error> {
        self.pictures.push(chart.png(2.0)?);
        let number = self.pictures.len();
        let (wide, high) = (chart.width * UNITS, chart.height * UNITS);
        let alternative = escaped(&format!("{}. {}", chart.title.trim_end_matches('.'), chart.description));
        let _ = write!(
            self.xml,
            concat!(
                r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>"#,
                r#"<wp:docPr id="{number}" name="Chart {number}" descr="{alternative}"/><wp:cNvGraphicFramePr/>"#,
                r#"<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>"#,
                r#"<pic:nvPicPr><pic:cNvPr id="{number}" name="Chart {number}" descr="{alternative}"/><pic:cNvPicPr/></pic:nvPicPr>"#,
                r#"<pic:blipFill><a:blip r:embed="chart{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"#,
                r#"<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>"#,
                r#"<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"#,
                r#"</wp:inline></w:drawing></w:r>"#
            ),
            wide = wide,
            high = high,
            number = number,
            alternative = alternative
        );
        Ok(())
    }

    fn provenance(&mut self, document: &Document) {
        if let Some(table) = document.vintage_table() {
            self.heading(1, super::super::VINTAGE_HEADING);
            self.table(&table);
        }
        if !document.methods.is_empty() {
            self.heading(1, super::super::METHODS_HEADING);
        }
        for method in &document.methods {
            self.heading(2, &method.name);
            self.paragraph("Normal", &method.words);
        }
    }
}

/// Column widths from the length of what stands in them.
fn widths(table: &Table) -> Vec<usize> {
    let weights = table.weights();
    let all: f64 = weights.iter().sum::<f64>().max(1.0);
    weights.iter().map(|weight| (weight / all * TEXT_WIDTH as f64) as usize).collect()
}

/// Text as XML.
pub(super) fn escaped(words: &str) -> String {
    let mut xml = String::with_capacity(words.len());
    escape(words, &mut xml);
    xml
}
