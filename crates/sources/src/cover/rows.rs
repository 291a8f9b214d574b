//! Reading the rows of a table into figures.

use std::sync::Arc;

use vocabulary::{Figure, Origin, Period, Withheld};

use super::figures::{Rank, Record, decimals};
use super::headings::Role;
use super::indicators::Vaccine;
use super::markers::{Legend, Reading, figure, is_mark};
use super::places::{Found, PlaceKind, Places, kind_of};
use super::squash::squash;
use super::table::{Series, Table};
use crate::error::Place;
use crate::workbook::{Cell, trimmed};
use crate::{Finding, Findings, Severity};

/// What the rows of a release have in common.
pub(super) struct Release<'r> {
    pub(super) file: Arc<str>,
    pub(super) period: Period,
    pub(super) places: &'r Places,
}

/// The cells of a row that name its place.
struct Labels<'t> {
    codes: Vec<(Option<PlaceKind>, String)>,
    names: Vec<(Option<PlaceKind>, &'t str)>,
    unheaded: Vec<&'t str>,
}

impl Labels<'_> {
    fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.names.is_empty()
    }

    /// Whether the name of the row's region is called a total.
    fn region_total(&self) -> Option<bool> {
        let region = self.names.iter().find(|(kind, _)| *kind == Some(PlaceKind::Region));
        region.map(|(_, name)| name.to_lowercase().ends_with("total"))
    }

    /// The local team that the row itself names.
    fn team(&self, places: &Places) -> Option<Found> {
        let of = |kind: &Option<PlaceKind>| *kind == Some(PlaceKind::LocalTeam);
        let codes: Vec<&str> =
            self.codes.iter().filter(|(kind, _)| of(kind)).map(|(_, code)| code.as_str()).collect();
        let name = self.names.iter().find(|(kind, _)| of(kind)).map_or("", |(_, name)| *name);
        places.find(PlaceKind::LocalTeam, &codes, name)
    }
}

fn labels<'t>(table: &Table<'t>, row: usize) -> Labels<'t> {
    let mut labels = Labels { codes: Vec::new(), names: Vec::new(), unheaded: Vec::new() };
    let first_measure = table.first_measure();
    for (column, role) in table.roles.iter().enumerate() {
        let cell = table.sheet.cell(row, column);
        if cell.is_blank() || is_mark(cell.text()) {
            continue;
        }
        match role {
            Role::Code(kind) => labels.codes.push((*kind, code_text(cell))),
            Role::Name(kind) => labels.names.push((*kind, cell.text())),
            Role::Blank if column < first_measure => labels.unheaded.push(cell.text()),
            _ => {}
        }
    }
    labels
}

/// The text of a code, which a spreadsheet may hold as a number.
fn code_text(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => format!("{number:.0}"),
        cell => cell.text().to_owned(),
    }
}

/// Remembers which codes and names stand together in the rows of a table.
pub(super) fn learn(table: &Table<'_>, places: &mut Places) {
    for row in table.first..table.end {
        let labels = labels(table, row);
        for (kind, code) in &labels.codes {
            let Some(kind) = kind.or_else(|| kind_of(code)) else { continue };
            if let Some((_, name)) = labels.names.iter().find(|(named, _)| *named == Some(kind)) {
                places.learn(kind, code, name);
            }
            if kind == PlaceKind::UpperTier {
                for (_, service) in labels.codes.iter().filter(|(of, _)| *of == Some(PlaceKind::UpperTier)) {
                    places.learn_service(code, service);
                }
            }
        }
    }
}

/// The place of a row; `section` is the kind that the rows above or a column of kinds announce.
fn find(
    labels: &Labels<'_>,
    section: Option<PlaceKind>,
    group: Option<PlaceKind>,
    places: &Places,
) -> Option<Found> {
    let country = |name: &str| places.find(PlaceKind::Country, &[], name);
    for kind in PlaceKind::ALL {
        let of_kind = |of: &Option<PlaceKind>, code: &str| {
            of.map_or_else(|| kind_of(code) == Some(kind), |of| of == kind)
        };
        let codes: Vec<&str> =
            labels.codes.iter().filter(|(of, c)| of_kind(of, c)).map(|(_, c)| c.as_str()).collect();
        let name = labels.names.iter().find(|(of, _)| *of == Some(kind)).map_or("", |(_, name)| *name);
        if codes.is_empty() && name.is_empty() {
            continue;
        }
        let name = if name.is_empty() { codes.first().copied().unwrap_or_default() } else { name };
        if let Some(found) = places.find(kind, &codes, name).or_else(|| country(name)) {
            return Some(found);
        }
        if kind == PlaceKind::Country
            && let Some(section) = section
            && let Some(found) = places.find(section, &[], name)
        {
            return Some(found);
        }
    }
    let loose = labels.names.iter().filter(|(kind, _)| kind.is_none()).map(|(_, name)| *name);
    let kinds = section.map_or_else(
        || group.into_iter().chain([PlaceKind::Pct, PlaceKind::LocalTeam, PlaceKind::UpperTier]).collect(),
        |section| vec![section],
    );
    loose.chain(labels.unheaded.iter().copied()).find_map(|name| {
        country(name).or_else(|| kinds.iter().find_map(|kind| places.find(*kind, &[], name)))
    })
}

/// The kind of place that a row or a cell announces for what follows: `NHS England local teams`.
fn section(text: &str) -> Option<PlaceKind> {
    let text = squash(text);
    if text.contains("localteam") {
        Some(PlaceKind::LocalTeam)
    } else if text.contains("nhsenglandregion") {
        Some(PlaceKind::NhsRegion)
    } else if text.contains("ukhsaregion") || text.contains("pheregion") {
        Some(PlaceKind::Region)
    } else if text == "nation" || text == "country" {
        Some(PlaceKind::Country)
    } else {
        None
    }
}

/// Reads every figure of a table.
pub(super) fn read(
    table: &Table<'_>,
    release: &Release<'_>,
    legend: &Legend,
    records: &mut Vec<Record>,
    findings: &mut Findings,
) {
    let columns = table.columns(release.period);
    let tell = |row: usize, column: usize, severity, message: String| Finding {
        severity,
        place: Place {
            file: release.file.clone(),
            sheet: table.sheet.name.clone(),
            row: row as u32 + 1,
            column: column as u32 + 1,
        },
        message,
    };
    for (column, message) in columns.assumed {
        findings.push(tell(table.first - 1, column, Severity::Warning, message));
    }
    let group = table.grouped_by();
    let mut current = section_of_headings(table);
    let mut rows: Vec<(usize, Found, Vec<Arc<str>>)> = Vec::new();
    let says_total = (table.first..table.end).any(|row| labels(table, row).region_total() == Some(true));
    let mut team = None;
    for row in table.first..table.end {
        let labels = labels(table, row);
        team = labels.team(release.places).or(team);
        let filled = columns.series.iter().any(|series| holds_something(table, row, series));
        let announced = table.roles.iter().position(|role| *role == Role::Section);
        if let Some(column) = announced {
            current = section(table.sheet.cell(row, column).text()).or(current);
        } else if !filled {
            let texts = labels
                .names
                .iter()
                .map(|(_, name)| *name)
                .chain(labels.codes.iter().map(|(_, code)| code.as_str()));
            current = texts.filter(|text| text.len() < 60).find_map(section).or(current);
        }
        // A row that names nothing, within the merged cell of a local team, is the team's total.
        let merged = || team.filter(|_| filled && labels.is_empty() && !table.has_authorities());
        match find(&labels, current, group, release.places).or_else(merged) {
            Some(found)
                if found.kind == PlaceKind::Region
                    && says_total
                    && table.names_no_authority(row)
                    && labels.region_total() == Some(false) =>
            {
                let message = "a row of a region that is not called its total, where others are: its figures are not read";
                findings.push(tell(row, 0, Severity::Warning, message.to_owned()));
            }
            Some(found) => {
                if found.contradicted {
                    let name = release.places.name(found.code);
                    let message = format!(
                        "the code of this row is another place's than its name: read as {name}, {}",
                        found.code
                    );
                    findings.push(tell(row, 0, Severity::Warning, message));
                }
                let whole = matches!(found.kind, PlaceKind::UpperTier | PlaceKind::Pct)
                    && labels.names.iter().any(|(kind, _)| *kind == Some(found.kind));
                if filled || whole {
                    rows.push((row, found, notes(table, row, legend)));
                }
            }
            None if filled && has_number(table, row, &columns.series) => {
                let named = labels.names.first().map_or("", |(_, name)| *name);
                let message = format!("'{named}' is no place that het knows: its figures are not read");
                findings.push(tell(row, 0, Severity::Warning, message));
            }
            None => {}
        }
    }
    for series in &columns.series {
        let read = Column { table, release, legend, series };
        read.into_records(&rows, records, findings);
    }
}

/// A table whose first heading names local teams is about them until a row says otherwise.
fn section_of_headings(table: &Table<'_>) -> Option<PlaceKind> {
    table.roles.iter().find_map(|role| match role {
        Role::Name(Some(PlaceKind::LocalTeam)) | Role::Code(Some(PlaceKind::LocalTeam)) => {
            Some(PlaceKind::LocalTeam)
        }
        _ => None,
    })
}

fn holds_something(table: &Table<'_>, row: usize, series: &Series) -> bool {
    let held = |column: Option<usize>| column.is_some_and(|column| !table.sheet.cell(row, column).is_blank());
    held(series.percentage) || held(series.denominator) || held(series.numerator)
}

fn has_number(table: &Table<'_>, row: usize, series: &[Series]) -> bool {
    let legend = Legend::default();
    let number = |column: Option<usize>| {
        column.is_some_and(|c| matches!(legend.read(table.sheet.cell(row, c), false), Reading::Number(_)))
    };
    series.iter().any(|series| number(series.percentage) || number(series.numerator))
}

/// The notes that a row's marks refer to.
fn notes(table: &Table<'_>, row: usize, legend: &Legend) -> Vec<Arc<str>> {
    let mut notes: Vec<Arc<str>> = Vec::new();
    for (column, role) in table.roles.iter().enumerate() {
        let text = table.sheet.cell(row, column).text();
        let marks = match role {
            Role::Caveat => text,
            Role::Name(_) => text.find('[').map_or("", |at| &text[at..]),
            _ => continue,
        };
        for mark in marks.split_inclusive(']').map(trimmed).filter(|mark| !mark.is_empty()) {
            let note = match legend.words(mark) {
                Some(words) => words,
                None if *role == Role::Caveat && mark.len() > 12 => mark.into(),
                None => continue,
            };
            let lower = note.to_lowercase();
            let says_nothing = lower.contains("caveats tab")
                || lower.contains("caveats worksheet")
                || lower == "not applicable";
            if !says_nothing && !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    notes
}

/// One series of a table.
struct Column<'c, 't> {
    table: &'c Table<'t>,
    release: &'c Release<'c>,
    legend: &'c Legend,
    series: &'c Series,
}

impl Column<'_, '_> {
    fn into_records(
        self,
        rows: &[(usize, Found, Vec<Arc<str>>)],
        all: &mut Vec<Record>,
        findings: &mut Findings,
    ) {
        let Some(main) = self.series.percentage.or(self.series.numerator) else { return };
        let cell = |row: usize, column: usize| self.table.sheet.cell(row, column);
        // A column that is headed and empty from top to bottom is not collected this quarter.
        let counts_only = self.series.percentage.is_none();
        let empty = |cell: &Cell| cell.is_blank() || counts_only && *cell == Cell::Number(-99.0);
        if rows.iter().all(|(row, ..)| empty(cell(*row, main))) {
            return;
        }
        let percentages = self.series.percentage.map(|column| self.numbers(rows, column)).unwrap_or_default();
        let fractions = percentages.len() >= 5
            && percentages.iter().all(|number| *number <= 1.0)
            && percentages.iter().any(|number| *number > 0.0);
        if fractions {
            let message = "the column holds fractions: read as percentages".to_owned();
            findings.push(self.finding(rows[0].0, main, Severity::Note, message));
        }
        let places = percentages.iter().map(|number| decimals(*number)).max().unwrap_or(1);
        let rank = self.rank(rows);
        for (row, found, notes) in rows {
            let denominator = self.series.denominator.and_then(|column| self.count(cell(*row, column)));
            let numerator = self.series.numerator.and_then(|column| self.count(cell(*row, column)));
            let reading = match self.series.percentage {
                Some(column) => self.legend.read(cell(*row, column), denominator == Some(0.0)),
                None => match (numerator, denominator) {
                    (Some(numerator), Some(denominator)) if denominator > 0.0 => {
                        Reading::Number(100.0 * numerator / denominator)
                    }
                    // A count alone, without those it is of, is no percentage.
                    _ => match self.legend.read(cell(*row, main), denominator == Some(0.0)) {
                        Reading::Number(_) => Reading::Withheld(Withheld::Missing, None),
                        mark => mark,
                    },
                },
            };
            let mut notes = notes.clone();
            if let Reading::Withheld(_, Some(note)) = &reading {
                notes.push(note.clone());
            }
            if self.series.percentage.is_none() && matches!(reading, Reading::Number(_)) {
                notes.push("worked out from the published counts".into());
            }
            let figure = self.checked(*row, main, reading, fractions, denominator, findings);
            all.push(Record {
                vaccine: self.series.vaccine,
                age: self.series.age,
                code: found.code,
                kind: found.kind,
                numerator,
                denominator,
                figure,
                origin: self.origin(*row, main),
                notes,
                rank,
                decimals: places,
            });
        }
    }

    fn numbers(&self, rows: &[(usize, Found, Vec<Arc<str>>)], column: usize) -> Vec<f64> {
        let cells = rows.iter().map(|(row, ..)| self.table.sheet.cell(*row, column));
        cells
            .filter_map(|cell| match self.legend.read(cell, false) {
                // A percent sign says that it is no fraction.
                Reading::Number(number) if cell.text().contains('%') => Some(number.max(2.0)),
                Reading::Number(number) => Some(number),
                _ => None,
            })
            .collect()
    }

    fn count(&self, cell: &Cell) -> Option<f64> {
        match self.legend.read(cell, false) {
            Reading::Number(number) if number >= 0.0 => Some(number),
            _ => None,
        }
    }

    /// The figure of a reading: a share of nobody is not applicable, and what cannot be a share is missing.
    fn checked(
        &self,
        row: usize,
        column: usize,
        reading: Reading,
        fractions: bool,
        denominator: Option<f64>,
        findings: &mut Findings,
    ) -> Figure {
        match reading {
            Reading::Number(_) if denominator == Some(0.0) => Figure::Withheld(Withheld::NotApplicable),
            Reading::Number(number) => {
                // Rounded at the twelfth place, so that 0.94 is 94 and not 94 and a trifle.
                let share = if fractions { (number * 1e12).round() / 1e10 } else { number };
                if (0.0..=100.000_001).contains(&share) {
                    return Figure::Value(share);
                }
                let message = format!("{share} is not a percentage from 0 to 100: read as missing");
                findings.push(self.finding(row, column, Severity::Warning, message));
                Figure::Withheld(Withheld::Missing)
            }
            Reading::Unknown => {
                let text = self.table.sheet.cell(row, column).text();
                let message =
                    format!("'{text}' is neither a percentage nor a mark that het knows: read as missing");
                findings.push(self.finding(row, column, Severity::Warning, message));
                Figure::Withheld(Withheld::Missing)
            }
            reading => figure(&reading),
        }
    }

    fn rank(&self, rows: &[(usize, Found, Vec<Arc<str>>)]) -> Rank {
        let any = |kind: PlaceKind| rows.iter().any(|(_, found, _)| found.kind == kind);
        if self.series.percentage.is_none() {
            Rank::Counts
        } else if self.series.denominator.is_none() && self.series.vaccine != Vaccine::Bcg {
            Rank::Report
        } else if any(PlaceKind::HealthAuthority)
            || self.table.grouped_by() == Some(PlaceKind::HealthAuthority)
        {
            Rank::HealthAuthorities
        } else if any(PlaceKind::UpperTier) && !any(PlaceKind::AreaTeam) {
            Rank::Authorities
        } else {
            Rank::Teams
        }
    }

    fn origin(&self, row: usize, column: usize) -> Origin {
        Origin {
            file: self.release.file.clone(),
            sheet: self.table.sheet.name.clone(),
            row: row as u32 + 1,
            column: column as u32 + 1,
        }
    }

    fn finding(&self, row: usize, column: usize, severity: Severity, message: String) -> Finding {
        Finding { severity, place: super::figures::place(&self.origin(row, column)), message }
    }
}
