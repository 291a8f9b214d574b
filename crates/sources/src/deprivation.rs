//! English Indices of Deprivation, File 7 (all ranks, deciles and scores, with population denominators).

use std::sync::Arc;

use vocabulary::{AreaCode, Decile};

use crate::{Findings, SourceError};

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
    /// One for each LSOA in the file.
    pub areas: Vec<DeprivedArea>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Reads File 7 from its name and its bytes (CSV or Excel, told apart by the bytes).
///
/// # Errors
/// A file without the headings of File 7, or with a rank, score or decile that cannot be one.
pub fn read(name: &str, _bytes: &[u8]) -> Result<Deprivation, SourceError> {
    Err(crate::error::unexpected(name, "being written", "a reader"))
}
