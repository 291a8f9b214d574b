//! The parts of a Word package that hardly change from one document to the next.

use super::super::Document;
use super::body::escaped;
use crate::figures::long_date;

pub(super) const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Default Extension="png" ContentType="image/png"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    r#"<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>"#,
    r#"<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    "</Types>"
);

pub(super) const PACKAGE_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    "</Relationships>"
);

pub(super) const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:displayBackgroundShape/><w:compat><w:compatSetting w:name="compatibilityMode" "#,
    r#"w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"#
);

/// One list: bullets.
pub(super) const NUMBERING: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>"#,
    r#"<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>"#,
    r#"<w:pPr><w:ind w:left="360" w:hanging="260"/></w:pPr></w:lvl></w:abstractNum>"#,
    r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
);

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(super) fn relations(pictures: usize) -> String {
    let mut xml = format!(
        r#"{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#
    );
    for (id, kind, target) in [
        ("styles", "styles", "styles.xml"),
        ("numbering", "numbering", "numbering.xml"),
        ("settings", "settings", "settings.xml"),
        ("header", "header", "header1.xml"),
        ("footer", "footer", "footer1.xml"),
    ] {
        xml.push_str(&format!(r#"<Relationship Id="{id}" Type="{RELATION}/{kind}" Target="{target}"/>"#));
    }
    for number in 1..=pictures {
        xml.push_str(&format!(
            r#"<Relationship Id="chart{number}" Type="{RELATION}/image" Target="media/chart{number}.png"/>"#
        ));
    }
    xml + "</Relationships>"
}

pub(super) fn core_properties(document: &Document) -> String {
    format!(
        concat!(
            "{xml}<cp:coreProperties ",
            r#"xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
            r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#,
            r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#,
            "<dc:title>{title}</dc:title><dc:creator>{town}</dc:creator><dc:language>{language}</dc:language>",
            r#"<dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created>"#,
            "</cp:coreProperties>"
        ),
        xml = XML,
        title = escaped(&document.title),
        town = escaped(&document.town),
        language = escaped(&document.language),
        date = document.as_of,
    )
}

/// The styles: sizes in half points, spaces in twentieths of a point.
pub(super) fn styles(language: &str) -> String {
    let language = escaped(language);
    let mut xml = format!(
        concat!(
            r#"{xml}<w:styles xmlns:w="{w}"><w:docDefaults><w:rPrDefault><w:rPr>"#,
            r#"<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:color w:val="0B0C0C"/>"#,
            r#"<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault>"#,
            r#"<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>"#,
            r#"</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>"#,
            r#"<w:qFormat/></w:style>"#
        ),
        xml = XML,
        w = W,
        language = language,
    );
    for (level, size, before) in
        [(1, 32, 400), (2, 26, 320), (3, 23, 240), (4, 21, 200), (5, 21, 200), (6, 21, 200)]
    {
        let outline = level - 1;
        xml.push_str(&format!(
            concat!(
                r#"<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>"#,
                r#"<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>"#,
                r#"<w:spacing w:before="{before}" w:after="120"/><w:outlineLvl w:val="{outline}"/></w:pPr>"#,
                r#"<w:rPr><w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
            ),
            level = level,
            before = before,
            outline = outline,
            size = size
        ));
    }
    for (id, name, paragraph, run) in [
        ("Title", "Title", "", r#"<w:b/><w:sz w:val="44"/><w:szCs w:val="44"/>"#),
        ("Subtitle", "Subtitle", "", r#"<w:color w:val="505A5F"/><w:sz w:val="26"/>"#),
        ("Lead", "Lead", r#"<w:spacing w:before="160" w:after="200"/>"#, r#"<w:sz w:val="28"/>"#),
        ("Caption", "caption", r#"<w:keepNext/><w:spacing w:before="200" w:after="60"/>"#, "<w:b/>"),
        (
            "Quiet",
            "Quiet",
            r#"<w:spacing w:before="40" w:after="60"/>"#,
            r#"<w:color w:val="505A5F"/><w:sz w:val="18"/>"#,
        ),
        ("Cell", "Table cell", r#"<w:spacing w:before="30" w:after="30"/>"#, r#"<w:sz w:val="19"/>"#),
        (
            "Marked",
            "Marked",
            r#"<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="B1B4B6"/></w:pBdr><w:ind w:left="220"/>"#,
            "",
        ),
    ] {
        xml.push_str(&format!(
            concat!(
                r#"<w:style w:type="paragraph" w:customStyle="{custom}" w:styleId="{id}"><w:name w:val="{name}"/>"#,
                r#"<w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#
            ),
            custom = u8::from(!matches!(id, "Title" | "Subtitle" | "Caption")),
            id = id,
            name = name,
            paragraph = paragraph,
            run = run
        ));
    }
    xml + "</w:styles>"
}

pub(super) fn header(document: &Document) -> String {
    let synthetic = match document.synthetic {
        true => {
            "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">  Synthetic: not real figures</w:t></w:r>"
        }
        false => "",
    };
    format!(
        concat!(
            r#"{xml}<w:hdr xmlns:w="{w}"><w:p><w:pPr><w:pStyle w:val="Quiet"/></w:pPr>"#,
            r#"<w:r><w:t xml:space="preserve">{town} – {title}</w:t></w:r>{synthetic}</w:p></w:hdr>"#
        ),
        xml = XML,
        w = W,
        town = escaped(&document.town),
        title = escaped(&document.title),
        synthetic = synthetic
    )
}

pub(super) fn footer(document: &Document) -> String {
    let field =
        |name: &str| format!(r#"<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>"#);
    format!(
        concat!(
            r#"{xml}<w:ftr xmlns:w="{w}"><w:p><w:pPr><w:pStyle w:val="Quiet"/></w:pPr>"#,
            r#"<w:r><w:t xml:space="preserve">As of {date}. Page </w:t></w:r>{page}"#,
            r#"<w:r><w:t xml:space="preserve"> of </w:t></w:r>{pages}</w:p></w:ftr>"#
        ),
        xml = XML,
        w = W,
        date = long_date(document.as_of),
        page = field("PAGE"),
        pages = field("NUMPAGES"),
    )
}
