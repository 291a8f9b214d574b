//! What holds for every drawing, whatever it shows.

use std::collections::HashSet;
use std::path::PathBuf;

use report::charts::Chart;
use resvg::usvg::roxmltree::Document;

/// Checks a drawing, and leaves it as SVG and PNG where a person can look at it.
pub fn check(name: &str, chart: &Chart) {
    let xml = Document::parse(&chart.svg).unwrap_or_else(|error| panic!("{name}: {error}"));
    let root = xml.root_element();
    let text = |tag: &str| {
        let child = root.children().find(|node| node.has_tag_name((SVG, tag)));
        child.and_then(|node| node.text()).unwrap_or_default().to_owned()
    };
    assert_eq!(text("title"), chart.title, "{name}");
    assert_eq!(text("desc"), chart.description, "{name}");
    assert!(!chart.title.is_empty() && !chart.description.is_empty(), "{name}");
    let named = root.attribute("aria-labelledby").unwrap();
    let ids: Vec<&str> = xml.descendants().filter_map(|node| node.attribute("id")).collect();
    assert!(named.split(' ').all(|id| ids.contains(&id)), "{name}: {named}");
    let prefix = root.attribute("id").unwrap();
    assert!(ids.iter().all(|id| id.starts_with(prefix)), "{name}: {ids:?}");
    assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len(), "{name}: an id twice");
    for node in xml.descendants().filter(|node| node.is_element()) {
        assert!(!["script", "style", "foreignObject", "image"].contains(&node.tag_name().name()), "{name}");
        for attribute in node.attributes() {
            assert!(attribute.name() != "style" && !attribute.name().starts_with("on"), "{name}");
            assert!(!attribute.value().contains("NaN") && !attribute.value().contains("inf"), "{name}");
        }
    }
    assert!(chart.table.rows.iter().all(|row| row.len() == chart.table.columns.len()), "{name}");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.svg")), &chart.svg).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), chart.png(1.5).unwrap()).unwrap();
}

/// How many elements of a class a drawing has.
pub fn count(chart: &Chart, class: &str) -> usize {
    let xml = Document::parse(&chart.svg).unwrap();
    xml.descendants()
        .filter(|node| node.attribute("class").is_some_and(|c| c.split(' ').any(|c| c == class)))
        .count()
}

/// The names of the elements that a class is drawn with, each once.
pub fn elements(chart: &Chart, class: &str) -> Vec<String> {
    let xml = Document::parse(&chart.svg).unwrap();
    let has = |c: &str| c.split(' ').any(|c| c == class);
    let nodes = xml.descendants().filter(|node| node.attribute("class").is_some_and(has));
    let mut names: Vec<String> = nodes.map(|node| node.tag_name().name().to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

/// Every word that can be read in a drawing.
pub fn words(chart: &Chart) -> Vec<String> {
    let xml = Document::parse(&chart.svg).unwrap();
    let texts = xml.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    texts.filter_map(|node| node.text()).map(str::to_owned).collect()
}

const SVG: &str = "http://www.w3.org/2000/svg";
