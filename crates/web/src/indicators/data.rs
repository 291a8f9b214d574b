//! `GET /data`: what was imported, when and from where; and one import's own page.

use maud::{Markup, html};
use town::Permission;
use town::indicators::{DataFilter, ImportLine};

use super::figures::day_of;
use crate::components::{Button, SummaryList, SummaryRow};
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// What of a list is asked for.
pub(super) fn filter(visit: &Visit) -> DataFilter {
    let query = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    DataFilter { kind: query("kind"), words: query("words"), sort: query("sort") }
}

/// The list of imports.
pub(crate) async fn list(visit: Visit) -> Answer {
    let list = visit.town().import_list(visit.actor(), &filter(&visit)).await?;
    let kinds = list.kinds.iter().map(|kind| (kind.clone(), kind.clone()));
    let fields = html! {
        (listing::filter(&visit, "kind", "Kind", "Every kind", kinds))
        (listing::words_filter(&visit))
    };
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Data" }
            @if visit.may(Permission::Import) {
                (Button { text: "Import files".into(), href: "/data/import".into(), ..Button::default() })
            }
        }
        @if list.total == 0 {
            p class="govuk-body" {
                "Every file that is imported will have a line here: what it covers, when it came, who published it, \
                 under which licence, and what was odd about it."
            }
        } @else {
            p class="govuk-body" {
                "What there is of it: " a class="govuk-link" href="/data/series" { "every series" } "."
            }
            (listing::filters(&visit, fields))
            (listing::count(&visit, list.lines.len(), list.total, "imports", "/data.csv"))
            @if list.lines.is_empty() { p class="govuk-body" { "No import is like that." } }
            @else { (table(&visit, &list.lines)) }
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

/// The same list as CSV.
pub(crate) async fn list_csv(visit: Visit) -> Answer {
    download::csv(visit.town().import_csv(visit.actor(), &filter(&visit)).await?, "imports.csv")
}

fn table(visit: &Visit, imports: &[ImportLine]) -> Listing {
    let row = |line: &ImportLine| -> Vec<Markup> {
        let import = &line.import;
        let publisher = if import.publisher.is_empty() { "the partnership" } else { &import.publisher };
        vec![
            html! { a class="govuk-link" href={ "/data/" (import.id) } { (import.vintage) } },
            html! { (import.kind) },
            html! { (publisher) },
            html! { span class="het-nowrap" { (day_of(&import.imported_at)) } },
            html! { (import.added) },
            html! { (import.revised) },
            html! { (line.findings.len()) },
        ]
    };
    Listing {
        caption: "Imports".into(),
        hide_caption: true,
        columns: vec![
            Column::new("Covers").sortable(visit, "covers"),
            Column::new("Kind").sortable(visit, "kind"),
            Column::new("Publisher").sortable(visit, "publisher"),
            Column::new("Imported").sortable(visit, ""),
            Column::number("New").sortable(visit, "new"),
            Column::number("Revised").sortable(visit, "revised"),
            Column::number("Findings").sortable(visit, "findings"),
        ],
        rows: imports.iter().map(row).collect(),
    }
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
