//! The places and groups that the figures of the town are added up for.

use std::sync::Arc;

use vocabulary::{AreaCode, AreaKind, Quintile};

use super::indicators::Detail;
use crate::geography::SyntheticArea;

/// A place, or a group within the town, with the small areas that make it up.
pub(crate) struct Place {
    pub(crate) code: AreaCode,
    pub(crate) name: Arc<str>,
    pub(crate) kind: AreaKind,
    pub(crate) group: Arc<str>,
    /// The positions of its small areas in the list of small areas.
    pub(crate) members: Vec<usize>,
}

/// Places that add up to the town: its fifths by deprivation, its wards or its small areas.
pub(crate) struct Partition {
    pub(crate) places: Vec<Place>,
    /// How fine an indicator must be to be given for these.
    pub(crate) detail: Detail,
}

/// The town as a whole, then each way of dividing it.
pub(crate) fn partitions(areas: &[SyntheticArea], small: &[&SyntheticArea]) -> Vec<Partition> {
    let town = areas.iter().find(|a| a.code.as_str() == "SYN-T01");
    let of = |area: &SyntheticArea, group: &str, holds: &dyn Fn(&SyntheticArea) -> bool| Place {
        code: area.code,
        name: area.name.as_str().into(),
        kind: area.kind,
        group: group.into(),
        members: (0..small.len()).filter(|&i| holds(small[i])).collect(),
    };
    let fifth = |town: &SyntheticArea, quintile: Quintile| {
        let holds = |s: &SyntheticArea| s.deprivation.is_some_and(|d| d.quintile() == quintile);
        of(town, &group(quintile), &holds)
    };
    let wards = areas.iter().filter(|a| a.kind == AreaKind::Ward);
    vec![
        Partition { places: town.iter().map(|t| of(t, "", &|_| true)).collect(), detail: Detail::Town },
        Partition {
            places: town.iter().flat_map(|t| Quintile::all().map(|q| fifth(t, q))).collect(),
            detail: Detail::Town,
        },
        Partition {
            places: wards.map(|w| of(w, "", &|s| s.parent == Some(w.code))).collect(),
            detail: Detail::Wards,
        },
        Partition {
            places: small.iter().map(|a| of(a, "", &|s| s.code == a.code)).collect(),
            detail: Detail::SmallAreas,
        },
    ]
}

/// How a fifth is written as a group.
fn group(quintile: Quintile) -> String {
    match quintile.number() {
        1 => "deprivation: 1 (most deprived)".into(),
        5 => "deprivation: 5 (least deprived)".into(),
        number => format!("deprivation: {number}"),
    }
}
