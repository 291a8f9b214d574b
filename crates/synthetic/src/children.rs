//! Synthetic children with vaccination histories: most visits kept, some late, some missed, and fewer kept where
//! deprivation is greater.
//!
//! Each child has a stream of their own, so that child 17 of a seed is the same child however many are made.

use jiff::ToSpan;
use vocabulary::Date;

use crate::stream::Stream;

/// A made-up child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticChild {
    /// The number, from 1.
    pub id: u64,
    /// When the child was born.
    pub born: Date,
    /// `f` or `m`.
    pub sex: &'static str,
    /// The practice that the child is registered with.
    pub practice: String,
    /// The small area that the child lives in.
    pub area: String,
    /// The deprivation quintile of that area: 1 is the most deprived.
    pub quintile: u8,
    /// A broad ethnic group of the census.
    pub ethnicity: &'static str,
    /// The doses by date: the vaccine's code in the UK schedule, and the day.
    pub doses: Vec<(&'static str, Date)>,
}

/// A visit: weeks, months or years of age, from the births and until the births for which it holds, and what is
/// given.
struct Visit {
    age: (i32, i32),
    born: (Date, Date),
    vaccines: &'static [&'static str],
}

const fn visit(age: (i32, i32), born: (Date, Date), vaccines: &'static [&'static str]) -> Visit {
    Visit { age, born, vaccines }
}

const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

const FIRST: Date = day(2008, 9, 1);
const LAST: Date = day(9998, 12, 31);

/// The visits of the schedule roughly as each cohort had them: a made-up history need not be exact. Ages are months
/// and weeks.
const VISITS: [Visit; 17] = [
    visit((0, 8), (FIRST, day(2017, 7, 31)), &["5in1", "pcv13"]),
    visit((0, 12), (FIRST, day(2017, 7, 31)), &["5in1", "menc"]),
    visit((0, 16), (FIRST, day(2017, 7, 31)), &["5in1", "pcv13"]),
    visit((0, 8), (day(2017, 8, 1), day(2019, 12, 31)), &["6in1", "menb", "rotavirus", "pcv13"]),
    visit((0, 12), (day(2017, 8, 1), day(2019, 12, 31)), &["6in1", "rotavirus"]),
    visit((0, 16), (day(2017, 8, 1), day(2019, 12, 31)), &["6in1", "menb", "pcv13"]),
    visit((0, 8), (day(2020, 1, 1), LAST), &["6in1", "menb", "rotavirus"]),
    visit((0, 12), (day(2020, 1, 1), day(2025, 4, 8)), &["6in1", "pcv13", "rotavirus"]),
    visit((0, 12), (day(2025, 4, 9), LAST), &["6in1", "menb", "rotavirus"]),
    visit((0, 16), (day(2020, 1, 1), day(2025, 4, 8)), &["6in1", "menb"]),
    visit((0, 16), (day(2025, 4, 9), LAST), &["6in1", "pcv13"]),
    visit((12, 0), (FIRST, day(2024, 6, 30)), &["hib-menc", "pcv13", "mmr"]),
    visit((12, 0), (day(2024, 7, 1), LAST), &["pcv13", "menb", "mmr"]),
    visit((18, 0), (day(2024, 7, 1), LAST), &["6in1", "mmrv"]),
    visit((40, 0), (FIRST, day(2024, 6, 30)), &["dtap-ipv", "mmr"]),
    visit((150, 0), (FIRST, LAST), &["hpv"]),
    visit((168, 0), (FIRST, LAST), &["td-ipv", "menacwy"]),
];

const ETHNICITIES: [(&str, f64); 5] =
    [("White", 0.45), ("Asian", 0.37), ("Black", 0.10), ("Mixed", 0.05), ("Other", 0.03)];

/// The children of a seed, seen on a day: born in the 18 years before it, and nothing given after it.
pub fn children(seed: u64, count: u64, as_of: Date) -> impl Iterator<Item = SyntheticChild> {
    (1..=count).map(move |id| child(seed, id, as_of))
}

fn child(seed: u64, id: u64, as_of: Date) -> SyntheticChild {
    let mut stream = Stream::new(seed.wrapping_add(id.wrapping_mul(0x9e37_79b9_7f4a_7c15)), "children");
    let born = as_of.saturating_sub((stream.below(18 * 365 + 4) as i64).days());
    let area = stream.below(125);
    let quintile = (area / 25 + 1) as u8;
    let drawn = stream.unit();
    let mut so_far = 0.0;
    let ethnicity = ETHNICITIES
        .iter()
        .find(|(_, share)| {
            so_far += share;
            drawn < so_far
        })
        .map_or("Other", |(name, _)| name);
    // Of the visits, 83 in 100 are kept where deprivation is greatest and 95 where it is least; families differ.
    let keen = 0.80 + 0.03 * f64::from(quintile) + stream.between(-0.15, 0.10);
    let mut doses = Vec::with_capacity(24);
    for visit in VISITS.iter().filter(|visit| visit.born.0 <= born && born <= visit.born.1) {
        let late = if stream.below(4) == 0 { stream.below(120) } else { stream.below(12) };
        let on =
            born.saturating_add(visit.age.0.months().weeks(visit.age.1)).saturating_add((late as i64).days());
        if on <= as_of && stream.unit() < keen {
            doses.extend(visit.vaccines.iter().map(|vaccine| (*vaccine, on)));
        }
    }
    doses.sort_by_key(|dose| dose.1);
    SyntheticChild {
        id,
        born,
        sex: if stream.below(2) == 0 { "f" } else { "m" },
        practice: format!("P{:02}", area % 24 + 1),
        area: format!("A{:03}", area + 1),
        quintile,
        ethnicity,
        doses,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: Date = day(2026, 11, 1);

    #[test]
    fn a_child_is_the_same_however_many_are_made() {
        let few: Vec<SyntheticChild> = children(7, 20, SEEN).collect();
        let many: Vec<SyntheticChild> = children(7, 200, SEEN).collect();
        assert_eq!(few[..], many[..20]);
        assert_ne!(few[0], children(8, 1, SEEN).next().unwrap());
    }

    #[test]
    fn nothing_is_given_before_birth_or_after_the_day() {
        for child in children(3, 5_000, SEEN) {
            assert!(child.born <= SEEN && (1..=5).contains(&child.quintile), "{child:?}");
            assert!(child.doses.iter().all(|(_, date)| child.born < *date && *date <= SEEN), "{child:?}");
        }
    }

    #[test]
    fn fewer_are_vaccinated_where_deprivation_is_greater() {
        let mut doses = [0_usize; 5];
        for child in children(1, 20_000, SEEN) {
            doses[usize::from(child.quintile - 1)] += child.doses.len();
        }
        assert!(doses.is_sorted(), "{doses:?}");
    }
}
