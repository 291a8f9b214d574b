//! Synthetic people for the register: families with an adult, children, an address and telephone numbers. Every name is made up of parts that
//! no family has, every NHS number is of the range that begins with 999 and is given to nobody, and every telephone number is one of
//! those that Ofcom keeps for drama (01632 960000 to 960999).

use jiff::ToSpan;
use vocabulary::{Date, NhsNumber};

use crate::stream::Stream;

/// A made-up person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticPerson {
    /// Family name.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// When the person was born.
    pub born: Date,
    /// `female` or `male`.
    pub sex: &'static str,
    /// An NHS number of the range for tests.
    pub nhs_number: NhsNumber,
    /// Address without the postcode.
    pub address: String,
    /// Postcode, of those that were given.
    pub postcode: String,
    /// Telephone.
    pub telephone: String,
    /// The language that the person reads best.
    pub language: &'static str,
    /// The NHS number of whoever looks after this child.
    pub guardian: Option<NhsNumber>,
    /// What they are to the child.
    pub guardian_is: &'static str,
    /// Notes.
    pub notes: String,
}

const FIRST: [&str; 20] = [
    "Thistle", "Amber", "Quill", "Marl", "Fenn", "Brack", "Lark", "Withy", "Sorrel", "Hazel", "Orris",
    "Tarn", "Velden", "Yarrow", "Zennor", "Copse", "Dunnock", "Elver", "Gorse", "Ivel",
];
const LAST: [&str; 20] = [
    "mere", "wick", "feather", "combe", "shaw", "thwaite", "holm", "garth", "lode", "staple", "croft",
    "dyke", "beck", "haugh", "stow", "march", "rigg", "toft", "wold", "hythe",
];
const WOMEN: [&str; 12] = [
    "Audemira",
    "Belwyn",
    "Corisande",
    "Dorabel",
    "Elfleda",
    "Faustina",
    "Gwendred",
    "Hildabeth",
    "Isaura",
    "Jocosa",
    "Kerensine",
    "Lunete",
];
const MEN: [&str; 12] = [
    "Aldwulf",
    "Bertrand-Noy",
    "Cuthwin",
    "Drustan",
    "Edrich",
    "Fulbert",
    "Godrith",
    "Hamon",
    "Ingram-Sul",
    "Jorvin",
    "Kenelm",
    "Leofwin",
];
const LANGUAGES: [&str; 6] = ["English", "English", "English", "Urdu", "Bengali", "Romanian"];

/// Some families of a seed, seen on a day, living at these postcodes: `count` people in all, adults before their children.
pub fn people(seed: u64, count: usize, postcodes: &[String], as_of: Date) -> Vec<SyntheticPerson> {
    let mut stream = Stream::new(seed, "people");
    let mut found: Vec<SyntheticPerson> = Vec::with_capacity(count);
    let mut family = 0;
    // Numbers are used up in their order, so that no two people have the same.
    let mut next = 0;
    let mut number = move || loop {
        next += 1;
        if let Some(number) = numbered(next) {
            return number;
        }
    };
    while found.len() < count {
        let (first, last) = (family % FIRST.len(), family / FIRST.len() % LAST.len());
        let name = format!("{}{}", FIRST[first], LAST[last]);
        let children = 1 + stream.below(3);
        let adult = SyntheticPerson {
            family_name: name,
            given_name: WOMEN[family % WOMEN.len()].to_owned(),
            born: as_of.saturating_sub((20 + stream.below(20) as i64).years().days(stream.below(365) as i64)),
            sex: "female",
            nhs_number: number(),
            address: format!("{} Synthetic Street", family + 1),
            postcode: postcodes.get(stream.below(postcodes.len())).cloned().unwrap_or_default(),
            telephone: format!("01632 960{:03}", family % 1000),
            language: LANGUAGES[stream.below(LANGUAGES.len())],
            guardian: None,
            guardian_is: "",
            notes: String::new(),
        };
        family += 1;
        found.push(adult.clone());
        for child in 0..children.min(count.saturating_sub(found.len())) {
            let girl = stream.below(2) == 0;
            let names = if girl { WOMEN } else { MEN };
            found.push(SyntheticPerson {
                given_name: names[(family * 5 + child * 7) % names.len()].to_owned(),
                born: as_of.saturating_sub((stream.below(18 * 365) as i64).days()),
                sex: if girl { "female" } else { "male" },
                nhs_number: number(),
                telephone: String::new(),
                guardian: Some(adult.nhs_number),
                guardian_is: "mother",
                notes: if stream.below(4) == 0 {
                    format!("Prefers the {}day clinic", ["Mon", "Tues", "Fri"][child % 3])
                } else {
                    String::new()
                },
                ..adult.clone()
            });
        }
    }
    found
}

/// The number that begins with 999 and then has these six digits, where there is one.
fn numbered(six: u32) -> Option<NhsNumber> {
    let digit = |place: u32| (six / 10_u32.pow(place) % 10) as u8;
    NhsNumber::from_nine([9, 9, 9, digit(5), digit(4), digit(3), digit(2), digit(1), digit(0)])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn people_are_made_up_and_told_apart() {
        let postcodes = ["ZZ1 1AA".to_owned(), "ZZ1 1AB".to_owned()];
        let seen = jiff::civil::date(2026, 11, 24);
        let some = people(1, 300, &postcodes, seen);
        assert_eq!(some.len(), 300);
        let numbers: BTreeSet<String> = some.iter().map(|person| person.nhs_number.reveal()).collect();
        assert_eq!(numbers.len(), 300);
        for person in &some {
            assert!(person.nhs_number.is_for_tests() && person.born <= seen);
            assert!(person.guardian.is_none_or(|guardian| numbers.contains(&guardian.reveal())));
        }
        assert_eq!(some[..50], people(1, 50, &postcodes, seen)[..]);
    }
}
