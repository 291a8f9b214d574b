//! What a column holds, read from its heading.

use vocabulary::Period;

use super::indicators::Vaccine;
use super::period;
use super::places::PlaceKind;
use super::squash::squash;

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    /// Figures.
    Measure(Measure),
    /// Codes of places, of a kind when the heading says which.
    Code(Option<PlaceKind>),
    /// Names of places, of a kind when the heading says which.
    Name(Option<PlaceKind>),
    /// The kind of place of each row.
    Section,
    /// Marks and numbers of notes.
    Caveat,
    /// The financial quarter of each row.
    Quarter,
    /// Something that het does not use.
    Ignored,
    /// No heading.
    Blank,
}

/// Which number of a figure a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Percentage,
    Denominator,
    Numerator,
}

/// A column of figures. What its own heading does not say, the table's other headings or its title do.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measure {
    pub(super) part: Part,
    /// The heading's letters, digits and percent signs, from which the vaccine is read once the age is known.
    pub(super) squashed: String,
    /// The age in months.
    pub(super) age: Option<u16>,
    /// The quarter that the heading names.
    pub(super) quarter: Option<Period>,
}

const LONGEST: usize = 130;

/// What the column under a heading holds.
pub(super) fn role(heading: &str) -> Role {
    let squashed = squash(heading);
    if squashed.is_empty() {
        return Role::Blank;
    }
    let has = |part: &str| squashed.contains(part);
    if heading.len() > LONGEST || has("datatype") || has("submission") && !has("caveat") {
        return Role::Ignored;
    }
    if has("caveat") || matches!(squashed.as_str(), "note" | "notes") {
        return Role::Caveat;
    }
    if has("financialyearquarter") {
        return Role::Quarter;
    }
    if has("relation")
        || has("coterm")
        || has("return")
        || has("rateper100")
        || has("annualtbrate")
        || has("tbrate")
    {
        return Role::Ignored;
    }
    if let Some(part) = part(&squashed) {
        let age = age(&squashed);
        return Role::Measure(Measure { part, age, quarter: period::quarter_in_words(heading), squashed });
    }
    place_role(&squashed)
}

fn part(squashed: &str) -> Option<Part> {
    let has = |part: &str| squashed.contains(part);
    if has("denom") || has("numberofchildren") || has("nochildren") || has("eligible") && !has("%") {
        return Some(Part::Denominator);
    }
    let vaccine = vaccine(squashed, None).is_some();
    if vaccine && (has("numer") || squashed.ends_with("num")) {
        return Some(Part::Numerator);
    }
    let says_share = has("%") || has("coverage");
    (vaccine && !has("code") && !has("name") || says_share).then_some(Part::Percentage)
}

fn place_role(squashed: &str) -> Role {
    let has = |part: &str| squashed.contains(part);
    if squashed == "geographicalareatype" {
        return Role::Section;
    }
    if has("old") || has("noof") || has("numberof") || squashed.starts_with("nopct") {
        return Role::Ignored;
    }
    if has("geographicalarea") || has("rowlabels") {
        return Role::Name(None);
    }
    let kind = if has("nhser") || has("nhsregion") || has("nhsenglandregion") {
        PlaceKind::NhsRegion
    } else if has("localteam") || squashed == "ltcode" || squashed == "ltname" {
        PlaceKind::LocalTeam
    } else if has("areateam") || matches!(squashed, "atcode" | "atname" | "atpuborder" | "atpubname") {
        PlaceKind::AreaTeam
    } else if has("sha") || has("strategichealth") {
        PlaceKind::HealthAuthority
    } else if has("pct") || has("primarycaretrust") {
        PlaceKind::Pct
    } else if has("govoffice")
        || has("government")
        || has("mentofficeregion")
        || has("regionname")
        || has("regioncode")
        || has("ukhsaregion")
    {
        PlaceKind::Region
    } else if squashed == "country" || squashed == "nation" {
        PlaceKind::Country
    } else if has("utla") || has("uppertier") || has("localauthority") || is_authority(squashed) {
        PlaceKind::UpperTier
    } else if squashed == "code" {
        return Role::Code(None);
    } else {
        return Role::Ignored;
    };
    if has("code") || has("order") { Role::Code(Some(kind)) } else { Role::Name(Some(kind)) }
}

fn is_authority(squashed: &str) -> bool {
    squashed.contains("odscode")
        || squashed.contains("dataservicecode")
        || matches!(squashed, "laname" | "lacode" | "onslacode" | "onslaname")
        || squashed.contains("tierla")
}

/// The age in months that a squashed text names: `12m`, `24months`, `5y`, `hepb12`, `1stbirthday`.
pub(super) fn age(squashed: &str) -> Option<u16> {
    let bytes = squashed.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let unit = bytes.get(at);
        match (&squashed[start..at], unit) {
            ("3", Some(b'm')) => return Some(3),
            ("12", Some(b'm')) => return Some(12),
            ("24", Some(b'm')) => return Some(24),
            ("5", Some(b'y')) => return Some(60),
            ("12", None) | ("12", Some(b'c')) if squashed.starts_with("hepb12") => return Some(12),
            ("24", None) | ("24", Some(b'c')) if squashed.starts_with("hepb24") => return Some(24),
            _ => {}
        }
    }
    let named = [
        ("firstbirthday", 12),
        ("1stbirthday", 12),
        ("secondbirthday", 24),
        ("fiveyears", 60),
        ("fifthbirthday", 60),
    ];
    named.iter().find(|(words, _)| squashed.contains(words)).map(|&(_, age)| age)
}

/// The vaccine that a squashed heading names, for children of an age in months. Without an age the answer tells
/// only whether it names one.
pub(super) fn vaccine(squashed: &str, age: Option<u16>) -> Option<Vaccine> {
    let has = |part: &str| squashed.contains(part);
    let older = age.is_some_and(|months| months >= 24);
    let booster = has("boo") || squashed.ends_with("b%") && !has("menb%") && !has("hepb%");
    if has("mmr2") {
        Some(Vaccine::Mmr2)
    } else if has("mmr") {
        Some(Vaccine::Mmr1)
    } else if has("bcg") {
        Some(Vaccine::Bcg)
    } else if has("hib") && has("menc") {
        Some(Vaccine::HibMenC)
    } else if has("menb") {
        Some(if has("boo") || older { Vaccine::MenBBooster } else { Vaccine::MenB })
    } else if has("menc") {
        Some(Vaccine::MenC)
    } else if has("pcv") {
        Some(if booster || has("pcvb") || older {
            Vaccine::PcvBooster
        } else if has("pcv1") {
            Vaccine::Pcv1
        } else {
            Vaccine::Pcv2
        })
    } else if has("rota") {
        Some(Vaccine::Rotavirus)
    } else if has("dtap") || has("6in1") || has("5in1") || has("hexavalent") {
        let primary =
            has("hib") || has("pol") && !has("boo") || has("6in1") || has("5in1") || has("hexavalent");
        let second = has("boo") && !has("hib") || age == Some(60) && !primary;
        Some(if second { Vaccine::PreSchoolBooster } else { Vaccine::SixInOne })
    } else if has("preschoolbooster") {
        Some(Vaccine::PreSchoolBooster)
    } else if has("hepb") || has("hbpos") || has("hepatitisb") {
        Some(Vaccine::HepB)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heading: &str, part: Part, months: Option<u16>, table_months: u16, expected: Option<Vaccine>) {
        let Role::Measure(measure) = role(heading) else { panic!("{heading}: {:?}", role(heading)) };
        assert_eq!((measure.part, measure.age), (part, months), "{heading}");
        assert_eq!(vaccine(&measure.squashed, Some(months.unwrap_or(table_months))), expected, "{heading}");
    }

    #[test]
    fn measures_are_read() {
        use Part::{Denominator, Numerator, Percentage};
        use Vaccine::*;
        check("DTaP/IPV/HIb %", Percentage, None, 12, Some(SixInOne));
        check("MMR1 %2", Percentage, None, 60, Some(Mmr1));
        check("MMR2 Booster %", Percentage, None, 60, Some(Mmr2));
        check("DTaP/Pol%", Percentage, None, 60, Some(SixInOne));
        check("DTaP/IPV Booster %", Percentage, None, 60, Some(PreSchoolBooster));
        check("5y DTaPIPV%", Percentage, Some(60), 60, Some(PreSchoolBooster));
        check("5y DTaP/Hib (%)", Percentage, Some(60), 60, Some(SixInOne));
        check("*5yDTaP/IPV Booster %", Percentage, Some(60), 60, Some(PreSchoolBooster));
        check("24m_PCVB%", Percentage, Some(24), 24, Some(PcvBooster));
        check("24m PCV%", Percentage, Some(24), 24, Some(PcvBooster));
        check("12m_PCV_Num", Numerator, Some(12), 12, Some(Pcv2));
        check("12m PCV1%", Percentage, Some(12), 12, Some(Pcv1));
        check("PCV2%", Percentage, None, 12, Some(Pcv2));
        check("12m MenB%", Percentage, Some(12), 12, Some(MenB));
        check("24m MenB Booster%", Percentage, Some(24), 24, Some(MenBBooster));
        check("5y_HibMenCB", Percentage, Some(60), 60, Some(HibMenC));
        check("5y_DTaPIPV_Boo_Denom", Denominator, Some(60), 60, Some(PreSchoolBooster));
        check("5y DTaPIPVHib3 Primary Numerator", Numerator, Some(60), 60, Some(SixInOne));
        check("Hep B denominator", Denominator, None, 12, Some(HepB));
        check("HepB12", Percentage, Some(12), 12, Some(HepB));
        check("HepB12 Coverage (%)", Percentage, Some(12), 12, Some(HepB));
        check("Sum of HBpos_24m_denominator", Denominator, Some(24), 24, Some(HepB));
        check("12\u{a0}month deno-minator", Denominator, Some(12), 12, None);
        check("Universal BCG coverage% (previous quarterly estimate)", Percentage, None, 12, Some(Bcg));
        check("Coverage at 24 months in quarter 1 2024 to 2025 (%) [note 2]", Percentage, Some(24), 24, None);
        check("DTaP/IPV/ Hib3%", Percentage, None, 60, Some(SixInOne));
        check("12m DTaP/IPV/Hib/HepB %", Percentage, Some(12), 12, Some(SixInOne));
        check("Number of children who reached 3 months in reporting quarter", Denominator, Some(3), 3, None);
        check(
            "Number of eligible children (1st birthday during April to June 2015)",
            Denominator,
            Some(12),
            12,
            None,
        );
    }

    #[test]
    fn places_are_read() {
        use PlaceKind::*;
        for (heading, expected) in [
            ("ONS Government Office Region Code", Role::Code(Some(Region))),
            ("ONS goverA5:H13nment office region code", Role::Code(Some(Region))),
            ("ONS Upper Tier LA Code", Role::Code(Some(UpperTier))),
            ("ONS Upper Tier LA Code (old)", Role::Ignored),
            ("LA ODS Code", Role::Code(Some(UpperTier))),
            ("Organisation Data Service code", Role::Code(Some(UpperTier))),
            ("UTLA name", Role::Name(Some(UpperTier))),
            ("ATPubOrder", Role::Code(Some(AreaTeam))),
            ("Former Area Team Name", Role::Name(Some(AreaTeam))),
            ("New NHSE Local Team_Name", Role::Name(Some(LocalTeam))),
            ("Former SHA Code", Role::Code(Some(HealthAuthority))),
            ("PctName", Role::Name(Some(Pct))),
            ("Row Labels", Role::Name(None)),
            ("Geographical area [note 1] [note 2]", Role::Name(None)),
            ("Geographical area type", Role::Section),
            ("Code", Role::Code(None)),
            ("Country", Role::Name(Some(Country))),
            ("Data submission caveat", Role::Caveat),
            ("Notes", Role::Caveat),
            ("Former PCT Relationship Type", Role::Ignored),
            ("12m HepB data type", Role::Ignored),
            ("LA returns with 12 month data", Role::Ignored),
            ("TB rate (per 100,000) 2014 estimates", Role::Ignored),
            ("", Role::Blank),
        ] {
            assert_eq!(role(heading), expected, "{heading}");
        }
    }
}
