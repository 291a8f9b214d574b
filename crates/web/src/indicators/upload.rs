//! Importing files by form: all of them or none.

use maud::html;
use tokio::runtime::Handle;
use town::accounts::Attempt;
use town::indicators::{IMPORT_KINDS, ImportFile, Imported};

use super::figures::scrolling;
use crate::accounts::knock;
use crate::components::{Button, Cell, Choice, Field, FileUpload, Select, Table};
use crate::layout::Section;
use crate::sent::TOKEN_FIELD;
use crate::{Answer, Errors, Page, Problem, Sent, Visit};

/// `GET /data/import`.
pub(crate) async fn upload_page(visit: Visit) -> Answer {
    page(&visit, "", Errors::default())
}

/// `POST /data/import`.
pub(crate) async fn upload(visit: Visit, sent: Sent) -> Answer {
    let code = sent.text("kind").to_owned();
    let refuse =
        |field: &str, words: String| Errors::of(vec![town::Refusal { field: field.to_owned(), words }]);
    let Some(kind) = IMPORT_KINDS.iter().find(|kind| kind.code == code) else {
        return page(&visit, &code, refuse("kind", "Choose what the files are".to_owned()));
    };
    let files = sent.files("files");
    if files.is_empty() {
        return page(&visit, &code, refuse("files", "Choose one file or more".to_owned()));
    }
    // What is in a file is judged by the reader; a name that promises something else is a mistake, or worse.
    if let Some(file) = files.iter().find(|file| !ends_in(&file.name, kind.extensions)) {
        let words = format!("{}: the files of this kind end in {}", file.name, kind.extensions.join(", "));
        return page(&visit, &code, refuse("files", words));
    }
    let files: Vec<ImportFile> =
        files.into_iter().map(|file| ImportFile::Bytes(file.name, file.bytes)).collect();
    knock(&visit, Attempt::Upload, visit.actor().name()).await?;
    let dry_run = sent.has("try");
    // On a thread that may wait: reading and recording a release keeps a processor busy for a while.
    let (town, actor, handle) = (visit.town().clone(), visit.actor().clone(), Handle::current());
    let importing = tokio::task::spawn_blocking(move || {
        let mut ignored = |_: usize, _: usize, _: &str| {};
        handle.block_on(town.import(&actor, kind.kind, files, dry_run, &mut ignored))
    });
    let imported = importing.await.map_err(|error| Problem::broken("importing", error))?;
    match imported {
        Ok(imported) => result(&visit, &imported, dry_run),
        Err(town::Error::Source(error)) => page(&visit, &code, refuse("files", error.to_string())),
        Err(town::Error::Refused(refusals)) => {
            let words: Vec<String> =
                refusals.into_iter().map(|one| format!("{}: {}", one.field, one.words)).collect();
            page(&visit, &code, refuse("files", words.join("; ")))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a name ends in one of these, however it is written.
fn ends_in(name: &str, extensions: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| extensions.contains(&ending.as_str()))
}

fn page(visit: &Visit, kind: &str, errors: Errors) -> Answer {
    let mut choices = vec![Choice::new("", "Choose")];
    choices.extend(IMPORT_KINDS.iter().map(|kind| Choice::new(kind.code, kind.name)));
    let mut endings: Vec<&str> =
        IMPORT_KINDS.iter().flat_map(|kind| kind.extensions.iter().copied()).collect();
    endings.sort_unstable();
    endings.dedup();
    let accept = endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",");
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "Import files" }
        p class="govuk-body" {
            "All files are imported, or none. The same file twice changes nothing, and a revised figure keeps its older version."
        }
        form method="post" action="/data/import" enctype="multipart/form-data" novalidate {
            input type="hidden" name=(TOKEN_FIELD) value=(visit.form_token());
            (Select {
                field: Field::new("kind", "What are they?").error(errors.on("kind")),
                choices, value: kind.into(), ..Select::default()
            })
            (FileUpload {
                field: Field::new("files", "Files").hint("All of the same kind").error(errors.on("files")),
                accept, multiple: true, ..FileUpload::default()
            })
            div class="govuk-button-group" {
                (Button { text: "Import".into(), ..Button::default() })
                (Button {
                    text: "Only say what would change".into(), name: "try".into(), value: "yes".into(),
                    classes: "govuk-button--secondary".into(), ..Button::default()
                })
            }
        }
        h2 class="govuk-heading-m" { "What can be imported" }
        dl class="govuk-summary-list" {
            @for kind in IMPORT_KINDS {
                div class="govuk-summary-list__row" {
                    dt class="govuk-summary-list__key" { (kind.name) }
                    dd class="govuk-summary-list__value" {
                        (kind.summary) div class="het-quiet" { (kind.found) ". Files: " (kind.extensions.join(", ")) }
                    }
                }
            }
        }
    };
    let page = Page::new("Import files", body).within(Section::Data).under("/data", "Data");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

fn result(visit: &Visit, imported: &Imported, dry_run: bool) -> Answer {
    let answer = match (dry_run, imported.kept) {
        (true, _) => "This is what would change. Nothing was kept.",
        (false, true) => "The files were imported.",
        (false, false) => "Nothing was new: these files were imported before.",
    };
    let rows = imported.files.iter().map(|file| {
        let known = if file.known_already { "known already" } else { file.vintage.as_str() };
        let number = |count: u64| Cell::number(count.to_string());
        vec![
            Cell::from(file.file.as_str()),
            Cell::from(known),
            number(file.added),
            number(file.revised),
            number(file.unchanged),
        ]
    });
    let shown = Table {
        head: vec![
            "File".into(),
            "Covers".into(),
            Cell::number("New"),
            Cell::number("Revised"),
            Cell::number("Known"),
        ],
        rows: rows.collect(),
        row_headings: true,
        ..Table::default()
    };
    let findings: Vec<&String> = imported.files.iter().flat_map(|file| &file.findings).collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Import" }
        p class="govuk-body-l" { (answer) }
        (scrolling("Files", html! { (shown) }))
        @if !findings.is_empty() {
            h2 class="govuk-heading-m" { "What was noticed" }
            ul class="govuk-list govuk-list--bullet" { @for finding in findings { li { (finding) } } }
        }
        p class="govuk-body" {
            a class="govuk-link" href="/data/import" { "Import more" } " or "
            a class="govuk-link" href="/data" { "see all data" } "."
        }
    };
    Page::new("Import", body).within(Section::Data).under("/data", "Data").show(visit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_as_its_kind_does() {
        let check = |name, expected| assert_eq!(ends_in(name, &["xls", "ods"]), expected, "{name}");
        check("cover.ods", true);
        check("COVER.XLS", true);
        check("cover.ods.exe", false);
        check("ods", false);
        check("cover.", false);
        check("", false);
    }
}
