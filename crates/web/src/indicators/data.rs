//! `GET /data`: what was imported, when and from where; and one import's own page.

use maud::{Markup, html};
use town::Permission;
use town::indicators::ImportLine;

use super::figures::{day_of, scrolling};
use crate::components::{Button, Cell, SummaryList, SummaryRow, Table};
use crate::layout::Section;
use crate::{Answer, Page, Visit};

/// The list of imports.
pub(crate) async fn list(visit: Visit) -> Answer {
    let imports = visit.town().import_list(visit.actor()).await?;
    let series = visit.town().series_list(visit.actor()).await?;
    let body = html! {
        h1 class="govuk-heading-l" { "Data" }
        @match imports.first() {
            Some(latest) => {
                p class="govuk-body-l" {
                    "The latest of " (crate::layout::plural(imports.len() as u64, "import")) " was "
                    (latest.import.vintage) ", on " (day_of(&latest.import.imported_at)) "."
                }
            }
            None => {
                p class="govuk-body" {
                    "Every file that is imported will have a line here: what it covers, when it came, who published it, \
                     under which licence, and what was odd about it."
                }
            }
        }
        @if visit.may(Permission::Import) {
            (Button { text: "Import files".into(), href: "/data/import".into(), ..Button::default() })
        }
        @if !imports.is_empty() { (table(&imports)) }
        @if !series.is_empty() {
            h2 class="govuk-heading-m" { "What there is" }
            (holdings(&series))
        }
        p class="govuk-body" {
            "Every figure with the cell that it was read from: "
            a class="govuk-link" href="/api/observations?format=csv" { "all of them as CSV" }
            ", or ask for some of them as "
            a class="govuk-link" href="/api/openapi.json" { "the interface describes" } "."
        }
    };
    Page::new("Data", body).within(Section::Data).show(&visit)
}

fn table(imports: &[ImportLine]) -> Markup {
    let rows = imports.iter().map(|line| {
        let import = &line.import;
        vec![
            Cell::from(html! { a class="govuk-link" href={ "/data/" (import.id) } { (import.vintage) } }),
            Cell::from(import.kind.as_str()),
            Cell::from(if import.publisher.is_empty() { "the partnership" } else { &import.publisher }),
            Cell::from(day_of(&import.imported_at)),
            Cell::number(import.added.to_string()),
            Cell::number(import.revised.to_string()),
            Cell::number(line.findings.len().to_string()),
        ]
    });
    let head = ["Covers", "Kind", "Publisher", "Imported"].map(Cell::from);
    let numbers = ["New", "Revised", "Findings"].map(Cell::number);
    let shown = Table {
        caption: "Imports, newest first".into(),
        caption_classes: "govuk-table__caption--m".into(),
        head: head.into_iter().chain(numbers).collect(),
        rows: rows.collect(),
        row_headings: true,
        ..Table::default()
    };
    scrolling("Imports, newest first", html! { (shown) })
}

fn holdings(series: &[town::indicators::SeriesSummary]) -> Markup {
    let everyone = series.iter().filter(|one| one.within.is_empty());
    let rows = everyone.map(|one| {
        let groups = series.iter().filter(|other| {
            !other.within.is_empty()
                && (&other.source, &other.indicator, &other.age, &other.sex)
                    == (&one.source, &one.indicator, &one.age, &one.sex)
        });
        vec![
            Cell::from(one.indicator.as_str()),
            Cell::from(one.source.as_str()),
            Cell::from(one.age.as_str()),
            Cell::from(one.sex.as_str()),
            Cell::number(groups.count().to_string()),
            Cell::number(one.periods.to_string()),
            Cell::from(format!("{} to {}", day_of(&one.first), day_of(&one.last))),
        ]
    });
    let shown = Table {
        head: vec![
            "Series".into(),
            "Source".into(),
            "Age".into(),
            "Sex".into(),
            Cell::number("Groups"),
            Cell::number("Periods"),
            "From".into(),
        ],
        rows: rows.collect(),
        row_headings: true,
        ..Table::default()
    };
    scrolling("Series that were imported", html! { (shown) })
}

/// `GET /data/{import}`.
pub(crate) async fn import_page(visit: Visit) -> Answer {
    let line = visit.town().import_line(visit.actor(), visit.param("import")).await?;
    let import = &line.import;
    let mut rows = vec![
        SummaryRow::new("Covers", &import.vintage),
        SummaryRow::new("File", &import.file),
        SummaryRow::new("Kind", &import.kind),
        SummaryRow::new("Publisher", &import.publisher),
        SummaryRow::new("Licence", &import.licence),
        SummaryRow::new("Imported", day_of(&import.imported_at)),
    ];
    if !import.actor.is_empty() {
        rows.push(SummaryRow::new("By", &import.actor));
    }
    rows.extend([
        SummaryRow::new("New", import.added.to_string()),
        SummaryRow::new("Revised", import.revised.to_string()),
        SummaryRow::new("Known already", import.unchanged.to_string()),
        SummaryRow::new("Size", format!("{} bytes", import.bytes)),
        SummaryRow::new("SHA-256", html! { code class="het-code" { (import.sha256) } }),
    ]);
    rows.retain(|row| !row.value.is_empty());
    let title = format!("Import: {}", import.vintage);
    let body = html! {
        h1 class="govuk-heading-l" { (title) }
        (SummaryList { rows, ..SummaryList::default() })
        h2 class="govuk-heading-m" { "What was noticed" }
        @if line.findings.is_empty() {
            p class="govuk-body" { "Nothing odd: every row was read." }
        } @else {
            ul class="govuk-list govuk-list--bullet" { @for finding in &line.findings { li { (finding) } } }
        }
    };
    Page::new(title.clone(), body).within(Section::Data).under("/data", "Data").show(&visit)
}
