//! The one table of what can be imported. It drives `het import --help`, the manual and the tests.

/// A kind of file that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// UKHSA's quarterly vaccination coverage.
    Cover,
    /// English Indices of Deprivation, File 7.
    Deprivation,
    /// Lookups between areas, and points in them.
    Areas,
    /// Boundaries of areas.
    Boundaries,
    /// The ONS Postcode Directory.
    Postcodes,
    /// A download from OHID's Fingertips.
    Fingertips,
    /// The partnership's own workbook.
    Programme,
}

/// What het knows of a kind of import.
#[derive(Debug, Clone, Copy)]
pub struct ImportKind {
    /// Which kind.
    pub kind: Kind,
    /// The word typed on the command line; stable.
    pub code: &'static str,
    /// The name shown to people.
    pub name: &'static str,
    /// One sentence on what is read.
    pub summary: &'static str,
    /// File name endings that are read, without the dot.
    pub extensions: &'static [&'static str],
    /// Who publishes it; empty for the partnership's own.
    pub organisation: &'static str,
    /// The line to show beside every figure from it; empty for the partnership's own.
    pub licence: &'static str,
    /// Where it is published, in words; not an address that may move.
    pub found: &'static str,
}

const OGL_UKHSA: &str =
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: UKHSA";
const OGL_MHCLG: &str =
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: MHCLG";
const OGL_ONS: &str = "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right";
const OGL_ONSPD: &str = "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail copyright and database right";
const OGL_OHID: &str = "Contains public sector information licensed under the Open Government Licence v3.0. Source: OHID, Fingertips";

/// Every kind, in the order that a new town imports them.
pub const KINDS: &[ImportKind] = &[
    ImportKind {
        kind: Kind::Areas,
        code: "areas",
        name: "Areas",
        summary: "Names of areas, which lies in which, and a point in each: ONS lookups and centroids.",
        extensions: &["csv"],
        organisation: "Office for National Statistics",
        licence: OGL_ONS,
        found: "ONS Open Geography Portal: lookups, and population-weighted centroids",
    },
    ImportKind {
        kind: Kind::Boundaries,
        code: "boundaries",
        name: "Boundaries",
        summary: "Shapes of areas for maps, as GeoJSON in longitude and latitude.",
        extensions: &["geojson", "json"],
        organisation: "Office for National Statistics",
        licence: OGL_ONS,
        found: "ONS Open Geography Portal: boundaries, generalised or ultra generalised",
    },
    ImportKind {
        kind: Kind::Postcodes,
        code: "postcodes",
        name: "Postcodes",
        summary: "Postcodes with their area and position: the ONS Postcode Directory.",
        extensions: &["csv"],
        organisation: "Office for National Statistics",
        licence: OGL_ONSPD,
        found: "ONS Open Geography Portal: ONS Postcode Directory",
    },
    ImportKind {
        kind: Kind::Deprivation,
        code: "deprivation",
        name: "English Indices of Deprivation",
        summary: "Scores, ranks and deciles of every neighbourhood in England: File 7 of 2019 or 2025.",
        extensions: &["csv", "xlsx"],
        organisation: "Ministry of Housing, Communities and Local Government",
        licence: OGL_MHCLG,
        found: "GOV.UK: English indices of deprivation, File 7",
    },
    ImportKind {
        kind: Kind::Cover,
        code: "cover",
        name: "COVER vaccination coverage",
        summary: "Quarterly coverage of childhood vaccines by authority, region and country, April 2013 onwards.",
        extensions: &["xls", "xlsx", "ods"],
        organisation: "UK Health Security Agency",
        licence: OGL_UKHSA,
        found: "GOV.UK: Cover of vaccination evaluated rapidly (COVER) programme, quarterly data tables",
    },
    ImportKind {
        kind: Kind::Fingertips,
        code: "fingertips",
        name: "Fingertips indicators",
        summary: "Any indicator downloaded from OHID's Fingertips as CSV, with its limits and its groups.",
        extensions: &["csv"],
        organisation: "Office for Health Improvement and Disparities",
        licence: OGL_OHID,
        found: "Fingertips: the download of an indicator, a profile or an area",
    },
    ImportKind {
        kind: Kind::Programme,
        code: "programme",
        name: "The partnership's workbook",
        summary: "Recommendations, actions, indicators, targets and people of the partnership, one sheet each.",
        extensions: &["xlsx"],
        organisation: "",
        licence: "",
        found: "Written by het export programme",
    },
];

impl Kind {
    /// Its row of the table.
    pub fn details(self) -> Option<&'static ImportKind> {
        KINDS.iter().find(|row| row.kind == self)
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Kind> {
        KINDS.iter().find(|row| row.code == code).map(|row| row.kind)
    }
}
