//! English Indices of Deprivation, File 7 (all ranks, deciles and scores, with population denominators).

use std::collections::HashSet;
use std::sync::Arc;

use vocabulary::{AreaCode, Decile};

use crate::findings::notice;
use crate::table::{Headings, Missing, Row, Table};
use crate::{Findings, Severity, SourceError};

/// The overall index, a domain, a sub-domain or a supplementary index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Index {
    /// Index of Multiple Deprivation.
    Imd,
    /// Income domain.
    Income,
    /// Employment domain.
    Employment,
    /// Education, skills and training domain.
    Education,
    /// Health deprivation and disability domain.
    Health,
    /// Crime domain.
    Crime,
    /// Barriers to housing and services domain.
    Barriers,
    /// Living environment domain.
    Living,
    /// Income deprivation affecting children.
    Idaci,
    /// Income deprivation affecting older people.
    Idaopi,
    /// Children and young people sub-domain (education).
    Children,
    /// Adult skills sub-domain (education).
    AdultSkills,
    /// Geographical barriers sub-domain.
    Geographical,
    /// Wider barriers sub-domain.
    Wider,
    /// Indoors sub-domain (living environment).
    Indoors,
    /// Outdoors sub-domain (living environment).
    Outdoors,
}

impl Index {
    /// Every index, in the order of the published file.
    pub const ALL: [Index; 16] = [
        Index::Imd,
        Index::Income,
        Index::Employment,
        Index::Education,
        Index::Health,
        Index::Crime,
        Index::Barriers,
        Index::Living,
        Index::Idaci,
        Index::Idaopi,
        Index::Children,
        Index::AdultSkills,
        Index::Geographical,
        Index::Wider,
        Index::Indoors,
        Index::Outdoors,
    ];

    /// The stable code: `imd`, `income`, `idaci`.
    pub fn code(self) -> &'static str {
        match self {
            Index::Imd => "imd",
            Index::Income => "income",
            Index::Employment => "employment",
            Index::Education => "education",
            Index::Health => "health",
            Index::Crime => "crime",
            Index::Barriers => "barriers",
            Index::Living => "living-environment",
            Index::Idaci => "idaci",
            Index::Idaopi => "idaopi",
            Index::Children => "children",
            Index::AdultSkills => "adult-skills",
            Index::Geographical => "geographical-barriers",
            Index::Wider => "wider-barriers",
            Index::Indoors => "indoors",
            Index::Outdoors => "outdoors",
        }
    }
}

/// The score, rank and decile of one area on one index, as far as the file gives them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Standing {
    /// The score; a larger one is more deprived.
    pub score: Option<f64>,
    /// The rank, 1 for the most deprived, at most the number of areas in the release.
    pub rank: Option<u32>,
    /// The tenth, 1 for the most deprived.
    pub decile: Option<Decile>,
}

/// The people that the scores were worked out over.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Population {
    /// Everyone.
    pub total: Option<f64>,
    /// Dependent children aged 0 to 15.
    pub children: Option<f64>,
    /// Aged 16 to 59 (2019) or 16 to 65 (2025).
    pub working: Option<f64>,
    /// Aged 60 and over (2019) or 66 and over (2025).
    pub older: Option<f64>,
    /// Working-age population of the employment domain.
    pub employment: Option<f64>,
}

/// One area's row of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct DeprivedArea {
    /// The LSOA.
    pub lsoa: AreaCode,
    /// Its name.
    pub name: Arc<str>,
    /// The local authority district it lies in.
    pub district: AreaCode,
    /// The district's name.
    pub district_name: Arc<str>,
    /// The people.
    pub population: Population,
    /// The row of the file, counted from 1.
    pub row: u32,
    /// By [`Index`], in the order of [`Index::ALL`]; read with [`DeprivedArea::on`].
    standings: [Standing; 16],
}

impl DeprivedArea {
    /// How it stands on one index; every part `None` when the file does not have the index.
    pub fn on(&self, index: Index) -> Standing {
        self.standings[index as usize]
    }
}

/// One release of the Indices.
#[derive(Debug, Clone)]
pub struct Deprivation {
    /// The year of the release: 2015, 2019 or 2025.
    pub edition: u16,
    /// The census year of the LSOAs: 2011 or 2021.
    pub lsoa_year: u16,
    /// How many areas were ranked in the whole release, which may be more than the file holds.
    pub ranked: u32,
    /// The indices that the file has.
    pub indices: Vec<Index>,
    /// The columns of the score, rank and decile of each of `indices`, counted from 1; 0 for one that the file lacks.
    pub columns: Vec<[u32; 3]>,
    /// The columns of [`Population`]'s five numbers in their order, counted from 1; 0 for one that the file lacks.
    pub population_columns: [u32; 5],
    /// The sheet they were read from; empty in a CSV file.
    pub sheet: Arc<str>,
    /// One for each LSOA in the file.
    pub areas: Vec<DeprivedArea>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Reads File 7 from its name and its bytes (CSV or Excel, told apart by the bytes): of 2015, 2019 or 2025, or a part of one.
/// The release is told by the headings: the census year of the LSOAs and the year of the districts.
///
/// # Errors
/// A file without the headings of File 7, or with a rank, score or decile that cannot be one.
pub fn read(name: &str, bytes: &[u8]) -> Result<Deprivation, SourceError> {
    let (mut table, layout) = Table::any(name, bytes, layout)?;
    let (mut areas, mut findings) = (Vec::new(), Findings::new());
    let mut met = HashSet::new();
    let mut district: Option<(AreaCode, Arc<str>)> = None;
    while let Some(row) = table.next()? {
        if row.is_total(layout.lsoa) {
            notice(&mut findings, row.finding(Severity::Note, "the row names no area: it was left out"));
            continue;
        }
        let area = layout.area(row, &mut district, &mut findings)?;
        if met.insert(area.lsoa) {
            areas.push(area);
        } else {
            return Err(row.refuse(layout.lsoa, "an area that no earlier row has"));
        }
    }
    if areas.is_empty() {
        return Err(crate::error::unexpected(
            name,
            "there is no row under the headings",
            "a row for each LSOA",
        ));
    }
    if areas.len() > layout.edition.ranked as usize {
        let found = format!("it has {} areas", areas.len());
        let expected =
            format!("at most the {} of the release of {}", layout.edition.ranked, layout.edition.year);
        return Err(crate::error::unexpected(name, found, expected));
    }
    check_ranks(&table, &areas, &mut findings);
    let sheet = table.place().sheet;
    findings.extend(table.into_findings());
    let one_based = |column: Option<usize>| column.map_or(0, |column| column as u32 + 1);
    Ok(Deprivation {
        edition: layout.edition.year,
        lsoa_year: layout.edition.lsoa_year,
        ranked: layout.edition.ranked,
        indices: layout.indices.iter().map(|columns| columns.index).collect(),
        columns: (layout.indices.iter()).map(|c| [c.score, c.rank, c.decile].map(one_based)).collect(),
        population_columns: layout.population.map(one_based),
        sheet,
        areas,
        findings,
    })
}

/// A release, and how many LSOAs it ranked: the number of LSOAs of England at the census of 2011 and of 2021 (ONS,
/// Census geography).
#[derive(Debug, Clone, Copy)]
struct Edition {
    year: u16,
    lsoa_year: u16,
    ranked: u32,
}

const EDITIONS: [Edition; 3] = [
    Edition { year: 2015, lsoa_year: 2011, ranked: 32_844 },
    Edition { year: 2019, lsoa_year: 2011, ranked: 32_844 },
    Edition { year: 2025, lsoa_year: 2021, ranked: 33_755 },
];

/// The beginnings of the headings of each index, by their letters and digits.
const HEADINGS: [(Index, &[&str]); 16] = [
    (Index::Imd, &["indexofmultipledeprivationimd", "indexofmultipledeprivation"]),
    (Index::Income, &["incomedomain", "income"]),
    (Index::Employment, &["employmentdomain", "employment"]),
    (Index::Education, &["educationskillsandtrainingdomain", "educationskillsandtraining"]),
    (Index::Health, &["healthdeprivationanddisabilitydomain", "healthdeprivationanddisability"]),
    (Index::Crime, &["crimedomain", "crime"]),
    (Index::Barriers, &["barrierstohousingandservicesdomain", "barrierstohousingandservices"]),
    (Index::Living, &["livingenvironmentdomain", "livingenvironment"]),
    (
        Index::Idaci,
        &["incomedeprivationaffectingchildrenindexidaci", "incomedeprivationaffectingchildrenidaci"],
    ),
    (
        Index::Idaopi,
        &["incomedeprivationaffectingolderpeopleidaopi", "incomedeprivationaffectingolderpeopleindexidaopi"],
    ),
    (Index::Children, &["childrenandyoungpeoplesubdomain"]),
    (Index::AdultSkills, &["adultskillssubdomain"]),
    (Index::Geographical, &["geographicalbarrierssubdomain"]),
    (Index::Wider, &["widerbarrierssubdomain"]),
    (Index::Indoors, &["indoorssubdomain"]),
    (Index::Outdoors, &["outdoorssubdomain"]),
];

/// Where an index stands in the file.
#[derive(Debug, Clone, Copy)]
struct Columns {
    index: Index,
    score: Option<usize>,
    rank: Option<usize>,
    decile: Option<usize>,
}

struct Layout {
    edition: Edition,
    lsoa: usize,
    name: Option<usize>,
    district: usize,
    district_name: Option<usize>,
    indices: Vec<Columns>,
    /// Everyone, children, working age, older, of the employment domain.
    population: [Option<usize>; 5],
}

fn layout(headings: &Headings) -> Result<Layout, Missing> {
    let of_year = |before: &str| {
        headings.keys().find_map(|(column, key)| {
            let year: u16 = key.strip_prefix(before)?.parse().ok()?;
            Some((column, year))
        })
    };
    let column = |before: &str| of_year(before).map(|(column, _)| column);
    let (lsoa, district) = (of_year("lsoacode"), of_year("localauthoritydistrictcode"));
    let indices: Vec<Columns> =
        HEADINGS.iter().filter_map(|(index, names)| columns(headings, *index, names)).collect();
    let overall = indices.iter().any(|c| c.index == Index::Imd && c.rank.is_some());
    let missing = |lacks: &str| {
        Missing {
        found: usize::from(lsoa.is_some()) + usize::from(district.is_some()) + indices.len(),
        lacks: lacks.to_owned(),
        expected: "the headings of File 7 of the English Indices of Deprivation: LSOA code (2021), LSOA name (2021), Local \
                   Authority District code (2024), Index of Multiple Deprivation (IMD) Score, … Rank, … Decile"
            .to_owned(),
    }
    };
    let Some((lsoa, lsoa_year)) = lsoa else {
        return Err(missing("there is no column 'LSOA code' with a year"));
    };
    let Some((district, district_year)) = district else {
        return Err(missing("there is no column 'Local Authority District code' with a year"));
    };
    if !overall {
        return Err(missing("there is no column 'Index of Multiple Deprivation (IMD) Rank'"));
    }
    let wanted = match (lsoa_year, district_year) {
        (2011, ..=2015) => 2015,
        (2011, _) => 2019,
        _ => 2025,
    };
    let edition = EDITIONS.into_iter().find(|e| e.year == wanted && e.lsoa_year == lsoa_year);
    let Some(edition) = edition else { return Err(missing("the LSOAs are neither of 2011 nor of 2021")) };
    let people = |parts: &[&str]| {
        let of_people =
            |key: &str| key.contains("population") || key.contains("children") && key.contains("aged");
        headings
            .keys()
            .find(|(_, key)| of_people(key) && parts.iter().any(|p| key.contains(p)))
            .map(|(at, _)| at)
    };
    let employment = people(&["employment"]);
    Ok(Layout {
        edition,
        lsoa,
        name: column("lsoaname"),
        district,
        district_name: column("localauthoritydistrictname"),
        indices,
        population: [
            people(&["totalpopulation"]),
            people(&["dependentchildren"]),
            people(&["populationaged16", "workingagepopulation16", "workingagepopulationaged16"])
                .filter(|at| Some(*at) != employment),
            people(&["olderpopulation"]),
            employment,
        ],
    })
}

/// The columns of one index; `None` when the file has none of them.
fn columns(headings: &Headings, index: Index, names: &[&str]) -> Option<Columns> {
    let part = |part: &str| {
        let right =
            |key: &str| names.iter().any(|name| key.strip_prefix(name).is_some_and(|k| k.starts_with(part)));
        headings.keys().find(|(_, key)| right(key)).map(|(column, _)| column)
    };
    let columns = Columns { index, score: part("score"), rank: part("rank"), decile: part("decile") };
    columns.score.or(columns.rank).or(columns.decile).map(|_| columns)
}

impl Layout {
    fn area(
        &self,
        row: Row<'_>,
        last_district: &mut Option<(AreaCode, Arc<str>)>,
        findings: &mut Findings,
    ) -> Result<DeprivedArea, SourceError> {
        let needed = |column: usize| {
            row.ons_code(column)?
                .ok_or_else(|| row.refuse(column, "a code of an area, which every row needs"))
        };
        let (lsoa, district) = (needed(self.lsoa)?, needed(self.district)?);
        let name = row.text_in(self.district_name);
        // Rows of one district follow each other: its name is kept once.
        let district_name = match last_district {
            Some((code, known)) if *code == district && **known == *name => known.clone(),
            _ => last_district.insert((district, Arc::from(&*name))).1.clone(),
        };
        let mut standings = [Standing::default(); 16];
        for columns in &self.indices {
            standings[columns.index as usize] = self.standing(row, columns, findings)?;
        }
        let people = |at: usize| -> Result<Option<f64>, SourceError> {
            let expected = "a number of people, 0 or more";
            let number = row.number_of(self.population[at], expected)?;
            match (number, self.population[at]) {
                (Some(number), Some(column)) if number < 0.0 => Err(row.refuse(column, expected)),
                _ => Ok(number),
            }
        };
        Ok(DeprivedArea {
            lsoa,
            name: Arc::from(&*row.text_in(self.name)),
            district,
            district_name,
            population: Population {
                total: people(0)?,
                children: people(1)?,
                working: people(2)?,
                older: people(3)?,
                employment: people(4)?,
            },
            row: row.number(),
            standings,
        })
    }

    fn standing(
        &self,
        row: Row<'_>,
        columns: &Columns,
        findings: &mut Findings,
    ) -> Result<Standing, SourceError> {
        let score = row.number_of(columns.score, "a score, which is a number")?;
        let whole = |column: Option<usize>, most: u32, what: &str| -> Result<Option<u32>, SourceError> {
            let Some(at) = column else { return Ok(None) };
            let refused = || row.refuse(at, &format!("a {what}, a whole number from 1 to {most}"));
            match row.number_in(at, &format!("a {what}"))? {
                None => Err(refused()),
                Some(n) if n.fract() == 0.0 && (1.0..=f64::from(most)).contains(&n) => Ok(Some(n as u32)),
                Some(_) => Err(refused()),
            }
        };
        let ranked = self.edition.ranked;
        let rank = whole(columns.rank, ranked, "rank")?;
        let decile = whole(columns.decile, 10, "decile")?.and_then(|number| Decile::new(number as u8));
        if let (Some(rank), Some(decile)) = (rank, decile)
            && Decile::from_rank(rank, ranked) != Some(decile)
        {
            let (code, decile) = (columns.index.code(), decile.number());
            let message = format!(
                "{code}: the rank {rank} of {ranked} does not lie in decile {decile}: both were kept"
            );
            notice(findings, row.finding(Severity::Warning, message));
        }
        Ok(Standing { score, rank, decile })
    }
}

/// Two areas of one overall rank contradict each other.
fn check_ranks(table: &Table<'_>, areas: &[DeprivedArea], findings: &mut Findings) {
    let mut met = HashSet::with_capacity(areas.len());
    for area in areas {
        let rank = area.on(Index::Imd).rank;
        if !met.insert(rank) {
            let rank = rank.unwrap_or_default();
            let message = format!("{} has the overall rank {rank}, which an area above has too", area.lsoa);
            let place = crate::Place { row: area.row, ..table.place() };
            notice(findings, crate::Finding { severity: Severity::Warning, place, message });
        }
    }
}
