//! Which place a row is about.
//!
//! A code of the ONS or the NHS in the row is used as it stands. A name, or a code of the Organisation Data
//! Service, is looked up first among the rows of the same workbook that give both, then in
//! `data/cover/places.csv`, which holds the names and former codes of every release so far. A row whose code
//! and name belong to two places is believed by its name: in six releases of 2016 to 2018 the codes of one
//! table are out of step by a row.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use vocabulary::{AreaCode, AreaKind};

use crate::workbook::trimmed;

/// The kinds of place that COVER has tables of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum PlaceKind {
    UpperTier,
    Pct,
    AreaTeam,
    LocalTeam,
    HealthAuthority,
    NhsRegion,
    Region,
    Country,
}

impl PlaceKind {
    /// Every kind, from the smallest place to the largest.
    pub(super) const ALL: [PlaceKind; 8] = [
        PlaceKind::UpperTier,
        PlaceKind::Pct,
        PlaceKind::AreaTeam,
        PlaceKind::LocalTeam,
        PlaceKind::HealthAuthority,
        PlaceKind::NhsRegion,
        PlaceKind::Region,
        PlaceKind::Country,
    ];

    /// As the vocabulary names it.
    pub(super) fn area_kind(self) -> AreaKind {
        match self {
            PlaceKind::UpperTier => AreaKind::UpperTier,
            PlaceKind::Pct => AreaKind::PrimaryCareTrust,
            PlaceKind::AreaTeam | PlaceKind::LocalTeam => AreaKind::LocalTeam,
            PlaceKind::HealthAuthority | PlaceKind::NhsRegion => AreaKind::HealthRegion,
            PlaceKind::Region => AreaKind::Region,
            PlaceKind::Country => AreaKind::Country,
        }
    }

    fn from_word(word: &str) -> Option<PlaceKind> {
        Some(match word {
            "upper-tier" => PlaceKind::UpperTier,
            "primary-care-trust" => PlaceKind::Pct,
            "area-team" => PlaceKind::AreaTeam,
            "local-team" => PlaceKind::LocalTeam,
            "health-authority" => PlaceKind::HealthAuthority,
            "nhs-region" => PlaceKind::NhsRegion,
            "region" => PlaceKind::Region,
            "country" => PlaceKind::Country,
            _ => return None,
        })
    }
}

/// Codes with how often each was met.
type Met = Vec<(AreaCode, u32)>;

#[derive(Default)]
struct Lookup {
    names: HashMap<(PlaceKind, String), Met>,
    services: HashMap<String, Met>,
    shown: HashMap<AreaCode, Arc<str>>,
    coterminous: HashMap<AreaCode, AreaCode>,
}

static KNOWN: LazyLock<Lookup> = LazyLock::new(|| {
    let mut lookup = Lookup::default();
    let text = include_str!("../../data/cover/places.csv");
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        // Only the name, the last field, may hold a comma; then it stands in quotes.
        let fields: Vec<&str> = line.splitn(4, ',').map(|field| field.trim_matches('"')).collect();
        let field = |index: usize| fields.get(index).copied().unwrap_or_default();
        let (Some(kind), Ok(code)) = (PlaceKind::from_word(field(0)), field(1).parse()) else { continue };
        meet(lookup.names.entry((kind, key(kind, field(3)))).or_default(), code);
        lookup.shown.entry(code).or_insert_with(|| field(3).into());
        if kind == PlaceKind::UpperTier && !field(2).is_empty() {
            meet(lookup.services.entry(field(2).to_owned()).or_default(), code);
        }
        if let (PlaceKind::Pct, Ok(authority)) = (kind, field(2).parse()) {
            lookup.coterminous.insert(code, authority);
        }
    }
    lookup
});

fn meet(met: &mut Met, code: AreaCode) {
    match met.iter_mut().find(|(known, _)| *known == code) {
        Some((_, times)) => *times += 1,
        None => met.push((code, 1)),
    }
}

/// The places of one workbook.
#[derive(Default)]
pub(super) struct Places {
    own: Lookup,
}

/// The place of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: PlaceKind,
    pub(super) code: AreaCode,
    /// The row's code belongs to another place than its name.
    pub(super) contradicted: bool,
}

impl Places {
    /// Remembers that a row gives this code and this name.
    pub(super) fn learn(&mut self, kind: PlaceKind, code: &str, name: &str) {
        let Some(code) = own_code(kind, code) else { return };
        let name = plain_name(name);
        if name.is_empty() || name.ends_with("Total") {
            return;
        }
        meet(self.own.names.entry((kind, key(kind, name))).or_default(), code);
        self.own.shown.entry(code).or_insert_with(|| name.into());
    }

    /// Remembers that a row gives this code and this code of the Organisation Data Service.
    pub(super) fn learn_service(&mut self, code: &str, service: &str) {
        if let Some(code) = own_code(PlaceKind::UpperTier, code)
            && is_service(service)
        {
            meet(self.own.services.entry(service.to_owned()).or_default(), code);
        }
    }

    /// The place of a kind that a row's codes and name tell.
    pub(super) fn find(&self, kind: PlaceKind, codes: &[&str], name: &str) -> Option<Found> {
        let named = self.by_name(kind, name);
        let coded = codes.iter().find_map(|code| own_code(kind, code));
        let found =
            |code, contradicted| Some(Found { kind, code: self.latest(kind, code, name), contradicted });
        match (coded, named) {
            (Some(code), Some(named)) if named != code && !self.may_be_called(kind, code, name) => {
                found(named, true)
            }
            (Some(code), _) => found(code, false),
            (None, Some(named)) => {
                // A name shared by an old and a new authority: the service's code tells which.
                let served = codes.iter().find_map(|code| self.by_service(kind, code));
                match served {
                    Some(served) if self.may_be_called(kind, served, name) => found(served, false),
                    _ => found(named, false),
                }
            }
            (None, None) => {
                codes.iter().find_map(|code| self.by_service(kind, code)).and_then(|c| found(c, false))
            }
        }
    }

    fn by_name(&self, kind: PlaceKind, name: &str) -> Option<AreaCode> {
        let name = plain_name(name);
        if name.is_empty() {
            return None;
        }
        if kind == PlaceKind::LocalTeam
            && let Some(code) = team_code(name)
        {
            return Some(code);
        }
        let key = (kind, key(kind, name));
        let best = |met: &Met| met.iter().max_by_key(|(code, times)| (*times, *code)).map(|(code, _)| *code);
        self.own.names.get(&key).and_then(best).or_else(|| KNOWN.names.get(&key).and_then(best))
    }

    /// The latest of the codes of one place where the workbook uses both: so for Northumberland and Gateshead,
    /// whose codes changed in 2013, in the tables by team of 2016 to 2018.
    fn latest(&self, kind: PlaceKind, code: AreaCode, name: &str) -> AreaCode {
        let met = self.own.names.get(&(kind, key(kind, plain_name(name))));
        let same = met.filter(|met| met.len() > 1 && self.may_be_called(kind, code, name));
        let codes = same.into_iter().flatten().map(|(code, _)| *code);
        codes.filter(|code| self.may_be_called(kind, *code, name)).max().unwrap_or(code)
    }

    /// Whether a code is one of those that a name is known by.
    fn may_be_called(&self, kind: PlaceKind, code: AreaCode, name: &str) -> bool {
        let key = (kind, key(kind, plain_name(name)));
        KNOWN.names.get(&key).is_some_and(|met| met.iter().any(|(known, _)| *known == code))
    }

    fn by_service(&self, kind: PlaceKind, service: &str) -> Option<AreaCode> {
        if kind != PlaceKind::UpperTier {
            return None;
        }
        let best = |met: &Met| met.iter().max_by_key(|(code, times)| (*times, *code)).map(|(code, _)| *code);
        self.own.services.get(service).and_then(best).or_else(|| KNOWN.services.get(service).and_then(best))
    }

    /// The name of a place, as the releases write it.
    pub(super) fn name(&self, code: AreaCode) -> Arc<str> {
        let known = KNOWN.shown.get(&code).or_else(|| self.own.shown.get(&code));
        known.cloned().unwrap_or_else(|| code.as_str().into())
    }
}

/// The authority with the same boundary as a former primary care trust.
pub(super) fn coterminous(trust: AreaCode) -> Option<AreaCode> {
    KNOWN.coterminous.get(&trust).copied()
}

/// The kind that an ONS code tells.
pub(super) fn kind_of(code: &str) -> Option<PlaceKind> {
    let code: AreaCode = plain_name(code).parse().ok()?;
    match code.kind()? {
        AreaKind::UpperTier => Some(PlaceKind::UpperTier),
        AreaKind::Region => Some(PlaceKind::Region),
        AreaKind::Country => Some(PlaceKind::Country),
        _ => None,
    }
}

/// A code, when it is one of the kind.
fn own_code(kind: PlaceKind, text: &str) -> Option<AreaCode> {
    let text = plain_name(text);
    let code: AreaCode = text.parse().ok()?;
    let bytes = text.as_bytes();
    let nhs = |first: u8| bytes.len() == 3 && bytes[0] == first && bytes[1..].iter().all(u8::is_ascii_digit);
    let fits = match kind {
        PlaceKind::UpperTier => code.kind() == Some(AreaKind::UpperTier),
        PlaceKind::Region => code.kind() == Some(AreaKind::Region),
        PlaceKind::Country => code.kind() == Some(AreaKind::Country),
        PlaceKind::AreaTeam | PlaceKind::LocalTeam | PlaceKind::HealthAuthority => nhs(b'Q'),
        PlaceKind::NhsRegion => nhs(b'Y'),
        PlaceKind::Pct => {
            bytes.len() == 3
                && bytes.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
                && bytes.iter().any(u8::is_ascii_uppercase)
        }
    };
    fits.then_some(code)
}

fn is_service(text: &str) -> bool {
    (3..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// The code of a local team with the number of a footnote run into it: `Q732`.
fn team_code(name: &str) -> Option<AreaCode> {
    let digits = name.strip_prefix('Q')?;
    ((2..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| name[..3].parse().ok())
        .flatten()
}

/// A name without the marks of its notes, `Total`, and the space around it.
pub(super) fn plain_name(name: &str) -> &str {
    let mut name = trimmed(name);
    loop {
        let before = name.len();
        if name.ends_with(']')
            && let Some(at) = name.rfind('[')
        {
            name = trimmed(&name[..at]);
        }
        name = trimmed(name.trim_end_matches(['*', '†']));
        for total in ["Total", "total", "TOTAL"] {
            name = trimmed(name.strip_suffix(total).unwrap_or(name));
        }
        if name.len() == before {
            return name;
        }
    }
}

/// What two ways of writing one name share.
fn key(kind: PlaceKind, name: &str) -> String {
    let mut name = name.to_lowercase();
    if matches!(kind, PlaceKind::LocalTeam) {
        if let Some(inner) = name.find('(').and_then(|at| name[at + 1..].split(')').next()) {
            name = inner.to_owned();
        }
        name = name.replace("grt.", "greater");
    }
    let name = name.replace('&', "and");
    let name = name.trim_start_matches("nhs england ").replace("commissioning region", "");
    // A code may hold digits; a name that ends in one has the number of a footnote.
    let name = trimmed(&name).trim_end_matches(|c: char| c.is_ascii_digit());
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: PlaceKind, name: &str, code: &str) {
        let found = Places::default().find(kind, &[], name).map(|found| found.code.to_string());
        assert_eq!(found.as_deref(), Some(code), "{name}");
    }

    #[test]
    fn names_are_known_in_every_spelling() {
        check(PlaceKind::UpperTier, "Luton ", "E06000032");
        check(PlaceKind::UpperTier, "Bournemouth Christchurch and Poole", "E06000058");
        check(PlaceKind::Pct, "LUTON PCT", "5GC");
        check(PlaceKind::Pct, "Isle Of Wight\u{a0}Healthcare PCT", "5QT");
        check(PlaceKind::LocalTeam, "North (Lancashire & Grt. Manchester)2", "Q73");
        check(PlaceKind::LocalTeam, "Midlands and East (East)", "Q79");
        check(PlaceKind::LocalTeam, "NHS England Wessex\n Total", "Q70");
        check(PlaceKind::LocalTeam, "Q742", "Q74");
        check(PlaceKind::LocalTeam, "Yorkshire & Humber", "Q72");
        check(PlaceKind::HealthAuthority, "South West Total", "Q39");
        check(PlaceKind::NhsRegion, "North West [note 2]", "Y62");
        check(PlaceKind::Region, "South West Total", "E12000009");
        check(PlaceKind::Country, "England1", "E92000001");
        check(PlaceKind::Country, "N. Ireland ", "N92000002");
    }

    #[test]
    fn a_code_that_belongs_to_another_name_is_not_believed() {
        let mut places = Places::default();
        places.learn(PlaceKind::UpperTier, "E10000006", "Cumbria");
        let found = places.find(PlaceKind::UpperTier, &["E08000023", "109"], "Cumbria").unwrap();
        assert_eq!((found.code.as_str(), found.contradicted), ("E10000006", true));
        let district = places.find(PlaceKind::UpperTier, &["E10000008", "18"], "West Devon").unwrap();
        assert_eq!((district.code.as_str(), district.contradicted), ("E10000008", false));
    }

    #[test]
    fn trusts_are_tied_to_the_authority_with_their_boundary() {
        assert_eq!(coterminous("5GC".parse().unwrap()), Some(AreaCode::LUTON));
        assert_eq!(coterminous("5PP".parse().unwrap()).map(|c| c.to_string()).as_deref(), Some("E10000003"));
        assert_eq!(coterminous("5PG".parse().unwrap()), None);
    }
}
