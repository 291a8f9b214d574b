//! What was imported, when and from where, and what there is of it.

use std::cmp::Reverse;

use report::documents::{Cell, Column, Table};
use report::figures::Unit;
use store::indicators as tables;

use crate::partnership::csv_of;
use crate::{Actor, Permission, Result, Town};

/// One file that was imported.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportLine {
    /// The import.
    pub import: tables::Import,
    /// What was noticed while it was read.
    pub findings: Vec<String>,
}

/// Which imports or series a list shows, and in which order. Empty text leaves a filter out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataFilter {
    /// Of this kind of import or source: `cover`.
    pub kind: String,
    /// With these words in them.
    pub words: String,
    /// Of imports `covers`, `kind`, `publisher`, `new`, `revised` or `findings`, the newest first when empty; of series
    /// `source`, `periods` or `latest`, by indicator when empty.
    pub sort: String,
}

/// A list, and what it can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataList<T> {
    /// The lines that the filter left.
    pub lines: Vec<T>,
    /// How many there are without a filter.
    pub total: usize,
    /// The kinds or sources there are.
    pub kinds: Vec<String>,
}

/// A series of everyone, and how many groups it is split into.
pub type SeriesLine = (tables::SeriesSummary, usize);

impl DataFilter {
    fn keeps(&self, kind: &str, texts: &[&str]) -> bool {
        let words = self.words.trim().to_lowercase();
        (self.kind.is_empty() || kind == self.kind)
            && texts.iter().any(|text| text.to_lowercase().contains(&words))
    }
}

fn kinds_of<'k>(kinds: impl Iterator<Item = &'k str>) -> Vec<String> {
    let mut kinds: Vec<String> = kinds.map(str::to_owned).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

impl Town {
    /// What was imported, as a filter leaves it.
    pub async fn import_list(&self, actor: &Actor, filter: &DataFilter) -> Result<DataList<ImportLine>> {
        actor.require(Permission::ReadPublic)?;
        let db = self.store().reader();
        let imports = tables::imports(db).await?;
        let (total, kinds) = (imports.len(), kinds_of(imports.iter().map(|import| import.kind.as_str())));
        let mut lines = Vec::new();
        for mut import in imports {
            if !filter.keeps(&import.kind, &[&import.vintage, &import.file, &import.publisher]) {
                continue;
            }
            let findings = tables::findings_of(db, import.id).await?;
            if !actor.may(Permission::ReadProgramme) {
                import.actor = String::new();
            }
            lines.push(ImportLine { import, findings });
        }
        match filter.sort.as_str() {
            "covers" => lines.sort_by_key(|line| line.import.vintage.to_lowercase()),
            "kind" => lines.sort_by_key(|line| line.import.kind.clone()),
            "publisher" => lines.sort_by_key(|line| line.import.publisher.to_lowercase()),
            "new" => lines.sort_by_key(|line| Reverse(line.import.added)),
            "revised" => lines.sort_by_key(|line| Reverse(line.import.revised)),
            "findings" => lines.sort_by_key(|line| Reverse(line.findings.len())),
            _ => {}
        }
        Ok(DataList { lines, total, kinds })
    }

    /// The same list as CSV, with licences and what was noticed.
    pub async fn import_csv(&self, actor: &Actor, filter: &DataFilter) -> Result<Vec<u8>> {
        let headings = ["Covers", "Kind", "File", "Publisher", "Licence", "Imported", "By"];
        let mut columns: Vec<Column> = headings.map(Column::text).into();
        columns
            .extend(["New", "Revised", "Known already"].map(|heading| Column::number(heading, Unit::Count)));
        columns.extend(["SHA-256", "Findings"].map(Column::text));
        let mut table = Table::new("Imports", columns);
        for ImportLine { import, findings } in self.import_list(actor, filter).await?.lines {
            let words = [
                import.vintage,
                import.kind,
                import.file,
                import.publisher,
                import.licence,
                import.imported_at,
                import.actor,
            ];
            let mut row: Vec<Cell> = words.map(Cell::text).into();
            row.extend(
                [import.added, import.revised, import.unchanged].map(|count| Cell::Number(count as f64)),
            );
            row.extend([import.sha256, findings.join("; ")].map(Cell::text));
            table.push(row);
        }
        csv_of(&table)
    }

    /// One import by its number.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none.
    pub async fn import_line(&self, actor: &Actor, id: &str) -> Result<ImportLine> {
        actor.require(Permission::ReadPublic)?;
        let db = self.store().reader();
        let not_found = || crate::Error::NotFound { what: "import", value: id.to_owned() };
        let number: i64 = id.parse().map_err(|_| not_found())?;
        let found = tables::imports(db).await?.into_iter().find(|import| import.id == number);
        let mut import = found.ok_or_else(not_found)?;
        if !actor.may(Permission::ReadProgramme) {
            import.actor = String::new();
        }
        Ok(ImportLine { findings: tables::findings_of(db, import.id).await?, import })
    }

    /// Every series that was imported of everyone, as a filter leaves it.
    pub async fn series_list(&self, actor: &Actor, filter: &DataFilter) -> Result<DataList<SeriesLine>> {
        actor.require(Permission::ReadPublic)?;
        let all = tables::series_in(self.store().reader(), None).await?;
        let key = |one: &tables::SeriesSummary| {
            (one.source.clone(), one.indicator.clone(), one.age.clone(), one.sex.clone())
        };
        let mut groups = std::collections::HashMap::new();
        for one in all.iter().filter(|one| !one.within.is_empty()) {
            *groups.entry(key(one)).or_insert(0) += 1;
        }
        let everyone: Vec<_> = all.into_iter().filter(|one| one.within.is_empty()).collect();
        let (total, kinds) = (everyone.len(), kinds_of(everyone.iter().map(|one| one.source.as_str())));
        let kept = |one: &tables::SeriesSummary| filter.keeps(&one.source, &[&one.indicator, &one.age]);
        let counted = |one: tables::SeriesSummary| {
            let groups = groups.get(&key(&one)).copied().unwrap_or_default();
            (one, groups)
        };
        let mut lines: Vec<SeriesLine> = everyone.into_iter().filter(kept).map(counted).collect();
        lines.sort_by(|a, b| (&a.0.indicator, &a.0.age).cmp(&(&b.0.indicator, &b.0.age)));
        match filter.sort.as_str() {
            "source" => lines.sort_by_key(|line| line.0.source.clone()),
            "periods" => lines.sort_by_key(|line| Reverse(line.0.periods)),
            "latest" => lines.sort_by_key(|line| Reverse(line.0.last.clone())),
            _ => {}
        }
        Ok(DataList { lines, total, kinds })
    }

    /// The same list as CSV.
    pub async fn series_csv(&self, actor: &Actor, filter: &DataFilter) -> Result<Vec<u8>> {
        let mut columns: Vec<Column> = ["Series", "Source", "Age", "Sex"].map(Column::text).into();
        columns.extend(["Groups", "Periods"].map(|heading| Column::number(heading, Unit::Count)));
        columns.extend(["From", "To"].map(Column::text));
        let mut table = Table::new("Series", columns);
        for (one, groups) in self.series_list(actor, filter).await?.lines {
            let mut row: Vec<Cell> = [one.indicator, one.source, one.age, one.sex].map(Cell::text).into();
            row.extend([Cell::Number(groups as f64), Cell::Number(one.periods as f64)]);
            row.extend([Cell::Date(one.first), Cell::Date(one.last)]);
            table.push(row);
        }
        csv_of(&table)
    }
}
