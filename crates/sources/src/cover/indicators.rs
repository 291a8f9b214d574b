//! The vaccines that COVER evaluates, as het names them.

use vocabulary::Polarity;

use super::Indicator;

/// A vaccine course or dose that COVER evaluates, in the order of [`TABLE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Vaccine {
    SixInOne,
    Pcv1,
    Pcv2,
    Rotavirus,
    MenB,
    MenC,
    PcvBooster,
    HibMenC,
    Mmr1,
    Mmr2,
    MenBBooster,
    PreSchoolBooster,
    HepB,
    Bcg,
}

impl Vaccine {
    /// Its stable code.
    pub(super) fn code(self) -> &'static str {
        TABLE[self as usize].code
    }

    /// Its row of the table.
    pub(super) fn index(self) -> usize {
        self as usize
    }
}

const COVER: &str =
    "UKHSA, COVER programme: quality and methodology information, and the headings of the quarterly tables";

const fn row(code: &'static str, name: &'static str, definition: &'static str) -> Indicator {
    Indicator { code, name, definition, unit: "%", polarity: Polarity::HighIsGood, source: COVER }
}

/// One row for each [`Vaccine`], in its order.
pub(super) const TABLE: &[Indicator] = &[
    row(
        "6in1",
        "6-in-1 (5-in-1 before 2017), three doses",
        "Children who had three doses of a vaccine against diphtheria, tetanus, pertussis, polio and Hib, and from autumn 2017 hepatitis B, as a share of those who reached the age in the quarter.",
    ),
    row(
        "pcv1",
        "PCV first dose",
        "Children who had one dose of pneumococcal conjugate vaccine in their first year, as a share of those who reached the age in the quarter. The schedule from January 2020.",
    ),
    row(
        "pcv2",
        "PCV two doses",
        "Children who had two doses of pneumococcal conjugate vaccine in their first year, as a share of those who reached the age in the quarter. The schedule until December 2019.",
    ),
    row(
        "rotavirus",
        "Rotavirus",
        "Children who had two doses of rotavirus vaccine, as a share of those who reached the age in the quarter.",
    ),
    row(
        "menb",
        "MenB",
        "Children who had two doses of meningococcal B vaccine, as a share of those who reached the age in the quarter.",
    ),
    row(
        "menc",
        "MenC",
        "Children who had the infant doses of meningococcal C vaccine, as a share of those who reached the age in the quarter. Ended in 2016.",
    ),
    row(
        "pcv-booster",
        "PCV booster",
        "Children who had the booster dose of pneumococcal conjugate vaccine, as a share of those who reached the age in the quarter.",
    ),
    row(
        "hib-menc",
        "Hib/MenC booster",
        "Children who had the Hib/MenC booster, as a share of those who reached the age in the quarter.",
    ),
    row(
        "mmr1",
        "MMR first dose",
        "Children who had one dose or more of MMR vaccine on or after their first birthday, as a share of those who reached the age in the quarter.",
    ),
    row(
        "mmr2",
        "MMR second dose",
        "Children who had two doses of MMR vaccine, as a share of those who reached the age in the quarter.",
    ),
    row(
        "menb-booster",
        "MenB booster",
        "Children who had the booster dose of meningococcal B vaccine, as a share of those who reached the age in the quarter.",
    ),
    row(
        "dtap-ipv-booster",
        "Pre-school booster",
        "Children who had the pre-school booster against diphtheria, tetanus, pertussis and polio, as a share of those who reached the age in the quarter.",
    ),
    row(
        "hepb",
        "Neonatal hepatitis B",
        "Children born to mothers with hepatitis B who had every dose of the selective neonatal programme for their age, as a share of such children who reached the age in the quarter.",
    ),
    row(
        "bcg",
        "BCG",
        "Children who had BCG vaccine, as a share of the children eligible for it who reached the age in the quarter: from 2022 those tested for severe combined immunodeficiency and at raised risk of tuberculosis; before, every child in authorities with universal BCG.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_vaccine_has_its_row() {
        for (vaccine, code) in [
            (Vaccine::SixInOne, "6in1"),
            (Vaccine::Mmr1, "mmr1"),
            (Vaccine::HepB, "hepb"),
            (Vaccine::Bcg, "bcg"),
        ] {
            assert_eq!(vaccine.code(), code);
        }
        assert_eq!(TABLE.len(), Vaccine::Bcg.index() + 1);
    }
}
