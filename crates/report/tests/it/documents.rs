//! Documents: the same report in every format, and nothing lost on the way.

use std::collections::HashSet;
use std::io::Cursor;

use report::charts::{Chart, assurance_icon, control, gradient, variation_icon};
use report::documents::{Document, Tone, excel, html, pdf, word};
use report::progress::{
    ActionProgress, ActionState, Gap, IndicatorProgress, ProgressReport, RecommendationProgress, Scope,
};
use report::{Frame, documents};
use spc::{Assurance, Variation};

use crate::{drawing, sample};

/// A progress report with this many recommendations, two actions each, and an indicator for the first of them.
pub fn progress(recommendations: usize, indicators: usize) -> ProgressReport {
    ProgressReport {
        town: "Luton <test> & Łódź 🎉".to_owned(),
        scope: Scope::Partnership { name: "Luton Health Equity Town Partnership".to_owned() },
        period: "2025 Q1".parse().unwrap(),
        as_of: "2025-04-14".parse().unwrap(),
        synthetic: true,
        summary: vec![
            "There is not enough evidence to say that the gap is closing.".to_owned(),
            "Coverage in the most deprived fifth is 78.2% (75.6% to 80.5%).".to_owned(),
            "Two recommendations have no owner.".to_owned(),
        ],
        recommendations: (1..=recommendations)
            .map(|number| recommendation(number, number <= indicators))
            .collect(),
        gaps: vec![Gap {
            kind: "No owner".to_owned(),
            subject: "Recommendation 7".to_owned(),
            why: "None of its three actions names an owner.".to_owned(),
        }],
        vintage: vec![documents::Vintage {
            source: "UKHSA COVER quarterly vaccination coverage".to_owned(),
            covers: "April 2013 to March 2025".to_owned(),
            obtained: "imported 1 April 2025".to_owned(),
            licence: "Open Government Licence v3.0".to_owned(),
        }],
        methods: vec![documents::Method {
            name: "Control charts".to_owned(),
            words: "XmR charts: mean ± 2.66 × the average moving range, by NHS Making Data Count rules."
                .to_owned(),
        }],
    }
}

fn recommendation(number: usize, measured: bool) -> RecommendationProgress {
    let late = ActionState::Late { due: "2025-02-28".parse().unwrap() };
    let done = ActionState::Done { on: "2025-03-03".parse().unwrap() };
    let action = |title: &str, state, owner: Option<&str>| ActionProgress {
        reference: format!("A{number}"),
        title: title.to_owned(),
        owner: owner.map(str::to_owned),
        state,
        percent_complete: Some(40),
        note: None,
    };
    RecommendationProgress {
        number: number.to_string(),
        words: "Raise vaccination coverage where it is lowest, beginning with the most deprived fifth"
            .to_owned(),
        principle: "Give every child the best start in life".to_owned(),
        subgroup: Some("Children and young people".to_owned()),
        status: "Off track".to_owned(),
        tone: Tone::Concern,
        reasons: vec!["One of two actions is late.".to_owned()],
        actions: vec![
            action("Hold clinics in family hubs", done, Some("Immunisation lead")),
            action("Write to every household with an overdue child", late, None),
        ],
        indicators: if measured { vec![indicator(number)] } else { vec![] },
    }
}

fn indicator(number: usize) -> IndicatorProgress {
    IndicatorProgress {
        code: format!("mmr1-{number}"),
        name: "MMR first dose at 24 months".to_owned(),
        sentences: vec!["The latest point shows no special cause.".to_owned()],
        icons: vec![
            variation_icon(&format!("v{number}"), Variation::ConcernLow),
            assurance_icon(&format!("a{number}"), Assurance::WillFail),
        ],
        control: Some(control(&Frame::wide(&format!("c{number}")), &sample::control())),
        gradient: Some(gradient(&Frame::narrow(&format!("g{number}")), &sample::gradient(5))),
        source: "UKHSA COVER".to_owned(),
        caveats: vec!["One quarter is missing.".to_owned()],
    }
}

/// Leaves a file where a person, or a checker of another make, can open it.
pub fn leave(name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("documents");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn every_icon_has_its_words_and_its_shape() {
    let icons = Variation::ALL.map(|icon| variation_icon(icon.code(), icon));
    let more = Assurance::ALL.map(|icon| assurance_icon(icon.code(), icon));
    let all: Vec<&Chart> = icons.iter().chain(&more).collect();
    for (index, icon) in all.iter().enumerate() {
        drawing::check(&format!("icon-{index:02}"), icon);
        assert!(drawing::words(icon).last().is_some_and(|words| words.len() > 5));
    }
    let different: HashSet<&str> = all.iter().map(|icon| icon.title.as_str()).collect();
    assert_eq!(different.len(), all.len());
}

#[test]
fn a_report_becomes_tagged_pdf() {
    let document = progress(3, 2).document();
    let bytes = pdf(&document).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(bytes, pdf(&document).unwrap(), "the same document, the same bytes");
    leave("progress.pdf", &bytes);
}

#[test]
fn a_snapshot_read_back_is_the_same_document() {
    let document = progress(3, 2).document();
    let text = document.snapshot().unwrap();
    assert!(Document::from_snapshot(&text).unwrap() == document, "every number comes back to its last bit");
    assert!(Document::from_snapshot("{}").is_err());
}

#[test]
fn a_report_becomes_word() {
    let document = progress(3, 2).document();
    let bytes = word(&document).unwrap();
    assert_eq!(bytes, word(&document).unwrap());
    leave("progress.docx", &bytes);
    let mut package = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    for index in 0..package.len() {
        let mut file = package.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        if name.ends_with(".png") {
            continue;
        }
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        resvg::usvg::roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        if name == "word/document.xml" {
            let pictures = text.matches("<w:drawing>").count();
            assert_eq!(pictures, 8);
            assert_eq!(text.matches("<wp:docPr ").count(), text.matches(" descr=\"").count() / 2);
            assert_eq!(text.matches("<w:tbl>").count(), text.matches("<w:tblHeader/>").count());
            assert!(text.contains("w:val=\"Heading1\"") && text.contains("Synthetic"));
        }
        if name == "word/header1.xml" {
            assert!(text.contains("Synthetic: not real figures"));
        }
    }
}

#[test]
fn a_report_becomes_excel_with_real_numbers() {
    let mut report = progress(3, 2);
    report.recommendations[1].indicators.clear();
    let document = report.document();
    let bytes = excel(&document).unwrap();
    leave("progress.xlsx", &bytes);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes)).unwrap();
    use calamine::{Data, Reader};
    let names = book.sheet_names();
    assert_eq!(names.len(), 2 + document.tables().len());
    let sheet = names.iter().find(|name| name.contains("MMR first dose at 24")).unwrap().clone();
    let range = book.worksheet_range(&sheet).unwrap();
    assert_eq!(range.get_value((2, 0)), Some(&Data::String("Period".to_owned())));
    assert!(matches!(range.get_value((3, 1)), Some(Data::Float(_))));
    assert_eq!(range.get_value((3 + 20, 1)), Some(&Data::String("suppressed".to_owned())));
    let note = range.get_value((1, 0)).unwrap().to_string();
    assert!(note.starts_with("Synthetic: not real figures. Luton"), "{note}");
}

#[test]
fn a_report_becomes_html_whose_headings_skip_no_level() {
    let document = progress(3, 2).document();
    let fragment = html(&document, 1);
    leave("progress.html", fragment.as_bytes());
    let page = format!("<page>{fragment}</page>");
    let xml = resvg::usvg::roxmltree::Document::parse(&page).unwrap();
    let level = |name: &str| name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok());
    let levels: Vec<u8> = xml.descendants().filter_map(|node| level(node.tag_name().name())).collect();
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let ids: Vec<&str> = xml.descendants().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(
        ids.len(),
        ids.iter().collect::<HashSet<_>>().len(),
        "ids are unique over the charts of a page"
    );
    assert!(!fragment.contains("style=") && !fragment.contains("<script"));
    assert!(fragment.contains("Luton &lt;test&gt; &amp; Łódź"));
}

#[test]
fn an_indicator_shared_by_two_recommendations_is_drawn_once() {
    let mut report = progress(2, 1);
    let shared = report.recommendations[0].indicators[0].clone();
    report.recommendations[1].indicators.push(shared);
    let document = report.document();
    assert_eq!(document.tables().iter().filter(|table| table.caption.starts_with("MMR")).count(), 2);
    assert!(html(&document, 2).contains("Its charts are under recommendation 1."));
}

#[test]
fn an_empty_report_says_what_is_not_there() {
    let mut report = progress(0, 0);
    (report.gaps, report.summary, report.vintage, report.methods) = (vec![], vec![], vec![], vec![]);
    report.synthetic = false;
    let document = report.document();
    assert!(pdf(&document).is_ok() && word(&document).is_ok() && excel(&document).is_ok());
    assert!(html(&document, 1).contains("No recommendations have been entered yet."));
    assert!(!html(&document, 1).contains("Synthetic"));
}
