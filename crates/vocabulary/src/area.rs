//! Places with a code.

use std::fmt;
use std::str::FromStr;

/// The code of a place: an ONS code (`E06000032`), an NHS organisation code (`731`, `Q58`), or a town's own
/// code for a neighbourhood. Up to 15 letters, digits, hyphens or underscores, held in line so that a
/// hundred thousand of them cost no allocation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaCode {
    bytes: [u8; 15],
    length: u8,
}

/// Text that cannot be an area code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not an area code: expected 1 to 15 letters, digits, hyphens or underscores, such as E06000032"
)]
pub struct ParseAreaCodeError(pub String);

impl AreaCode {
    /// Luton, as the ONS codes it.
    pub const LUTON: AreaCode = AreaCode { bytes: *b"E06000032\0\0\0\0\0\0", length: 9 };

    /// England, as the ONS codes it.
    pub const ENGLAND: AreaCode = AreaCode { bytes: *b"E92000001\0\0\0\0\0\0", length: 9 };

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }

    /// What kind of place an ONS code names, read from its three-character entity prefix (ONS, Register of
    /// Geographic Codes). `None` when the code is not of a kind that het knows.
    pub fn kind(&self) -> Option<AreaKind> {
        if self.length != 9 {
            return None;
        }
        Some(match self.as_str().get(..3)? {
            "E01" | "W01" => AreaKind::Lsoa,
            "E02" | "W02" => AreaKind::Msoa,
            "E05" | "W05" => AreaKind::Ward,
            "E06" | "E08" | "E09" | "E10" | "W06" => AreaKind::UpperTier,
            "E07" => AreaKind::LocalAuthority,
            "E12" => AreaKind::Region,
            "E92" | "W92" | "S92" | "N92" | "K02" | "K03" | "K04" => AreaKind::Country,
            "E39" => AreaKind::LocalTeam,
            _ => return None,
        })
    }
}

impl FromStr for AreaCode {
    type Err = ParseAreaCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim();
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if trimmed.is_empty() || trimmed.len() > 15 || !trimmed.bytes().all(allowed) {
            return Err(ParseAreaCodeError(text.to_owned()));
        }
        let mut bytes = [0; 15];
        bytes[..trimmed.len()].copy_from_slice(trimmed.as_bytes());
        Ok(AreaCode { bytes, length: trimmed.len() as u8 })
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AreaCode({})", self.as_str())
    }
}

/// The kinds of place that het knows, from the smallest to the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AreaKind {
    /// Lower-layer super output area: about 1,700 people.
    Lsoa,
    /// Middle-layer super output area.
    Msoa,
    /// Electoral ward.
    Ward,
    /// A town's own neighbourhood.
    Neighbourhood,
    /// Lower-tier local authority (a district).
    LocalAuthority,
    /// Upper-tier or unitary local authority: the level that commissions public health.
    UpperTier,
    /// Primary care trust (abolished April 2013, used in COVER until 2015).
    PrimaryCareTrust,
    /// NHS England area team or local team.
    LocalTeam,
    /// Strategic health authority (abolished 2013) or other former health region.
    HealthRegion,
    /// Region of England.
    Region,
    /// Country, or the United Kingdom.
    Country,
}

impl AreaKind {
    /// Every kind, smallest first.
    pub const ALL: [AreaKind; 11] = [
        AreaKind::Lsoa,
        AreaKind::Msoa,
        AreaKind::Ward,
        AreaKind::Neighbourhood,
        AreaKind::LocalAuthority,
        AreaKind::UpperTier,
        AreaKind::PrimaryCareTrust,
        AreaKind::LocalTeam,
        AreaKind::HealthRegion,
        AreaKind::Region,
        AreaKind::Country,
    ];

    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            AreaKind::Lsoa => "lsoa",
            AreaKind::Msoa => "msoa",
            AreaKind::Ward => "ward",
            AreaKind::Neighbourhood => "neighbourhood",
            AreaKind::LocalAuthority => "local-authority",
            AreaKind::UpperTier => "upper-tier",
            AreaKind::PrimaryCareTrust => "primary-care-trust",
            AreaKind::LocalTeam => "local-team",
            AreaKind::HealthRegion => "health-region",
            AreaKind::Region => "region",
            AreaKind::Country => "country",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<AreaKind> {
        AreaKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kind: Option<AreaKind>) {
        let code: AreaCode = text.parse().unwrap();
        assert_eq!(code.as_str(), text.trim());
        assert_eq!(code.kind(), kind, "{text}");
    }

    #[test]
    fn kinds_come_from_the_entity_prefix() {
        check("E06000032", Some(AreaKind::UpperTier));
        check(" E01015693 ", Some(AreaKind::Lsoa));
        check("E92000001", Some(AreaKind::Country));
        check("E07000223", Some(AreaKind::LocalAuthority));
        check("Q58", None);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "   ", "E06 000032", "an area code that is too long", "é"] {
            assert!(text.parse::<AreaCode>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn every_kind_has_its_own_code() {
        for kind in AreaKind::ALL {
            assert_eq!(AreaKind::from_code(kind.code()), Some(kind));
        }
    }
}
