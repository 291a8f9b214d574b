//! What the readers know of places: the kinds that headings name, and where the British Isles are.

use vocabulary::AreaKind;

/// The kind of place that the stem of a heading names, in lower case and without its `cd` or `nm`: `lsoa21`, `lad24`.
/// ONS writes an abbreviation and two digits of a year.
pub(crate) fn kind_of_heading(stem: &str) -> Option<AreaKind> {
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    if !matches!(stem.len() - letters.len(), 0 | 2 | 4) {
        return None;
    }
    Some(match letters {
        "lsoa" => AreaKind::Lsoa,
        "msoa" => AreaKind::Msoa,
        "wd" => AreaKind::Ward,
        "lad" | "ltla" => AreaKind::LocalAuthority,
        "utla" | "ctyua" | "cty" => AreaKind::UpperTier,
        "rgn" => AreaKind::Region,
        "ctry" => AreaKind::Country,
        _ => return None,
    })
}

/// Whether a longitude and a latitude in degrees (WGS 84) are ones of the British Isles: each by itself.
pub(crate) fn in_british_isles(longitude: f64, latitude: f64) -> (bool, bool) {
    ((-11.0..=2.5).contains(&longitude), (49.0..=61.5).contains(&latitude))
}
