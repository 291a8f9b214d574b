//! The recommendations of a Marmot report that nobody wrote.

use super::Horizon::{self, Long, Medium, Short};
use super::{Member, Recommendation};

/// Subgroup, principle, horizon, words; the number is the place in the list.
const RECOMMENDATIONS: [(&str, u8, Horizon, &str); 30] = [
    (
        "children",
        1,
        Short,
        "Offer every family with a child under 5 a named Family Hub within a twenty-minute walk",
    ),
    (
        "children",
        1,
        Short,
        "Bring vaccination to the places that families already use, most often where fewest are protected",
    ),
    (
        "children",
        1,
        Medium,
        "Close half of the gap in school readiness between the most and least deprived fifths of the town",
    ),
    (
        "children",
        1,
        Short,
        "Make sure that every family entitled to a funded early education place knows of it and is helped to take it",
    ),
    ("children", 2, Medium, "Give speech and language support to all who need it before they start school"),
    (
        "children",
        2,
        Medium,
        "Support schools to keep every child attending, beginning with the reasons that families themselves give",
    ),
    (
        "children",
        6,
        Medium,
        "Give infants the best start by supporting feeding, sleep and parents' mental health together",
    ),
    (
        "children",
        6,
        Short,
        "Prevent tooth decay in under-sixes, starting in nurseries of the most deprived wards",
    ),
    ("housing", 5, Short, "Act on every report of damp and mould in a rented home within ten working days"),
    (
        "housing",
        5,
        Medium,
        "License private rented homes in the wards where conditions are worst and publish what is found",
    ),
    ("housing", 5, Long, "Build family-sized social homes until no child grows up in an overcrowded one"),
    (
        "housing",
        6,
        Short,
        "Let doctors and nurses refer a patient made ill by their home straight to a housing officer",
    ),
    ("housing", 6, Medium, "Prevent falls among older residents by adapting homes before the first fall"),
    ("housing", 4, Short, "Move no family with children into temporary accommodation outside the town"),
    ("housing", 7, Medium, "Find and end unequal treatment in the allocation and repair of homes"),
    ("net-zero", 8, Medium, "Insulate the coldest homes of the poorest households first"),
    ("net-zero", 8, Medium, "Make walking and cycling the easy way to every primary school"),
    (
        "net-zero",
        8,
        Short,
        "Measure air quality outside every school and act where it exceeds the World Health Organization's guideline",
    ),
    (
        "net-zero",
        8,
        Long,
        "Run buses so that every ward reaches the hospital and the college within forty minutes",
    ),
    ("net-zero", 5, Medium, "Plant trees and open green space where there is least of either"),
    (
        "net-zero",
        8,
        Medium,
        "Have every partner count its carbon and say each year what it did for those with least",
    ),
    (
        "net-zero",
        4,
        Short,
        "Help households in fuel poverty with their bills, their meter and their entitlements in one visit",
    ),
    ("work", 3, Short, "Have every partner pay the real Living Wage and require it of its contractors"),
    (
        "work",
        3,
        Medium,
        "Recruit from the most deprived wards into the town's largest employers, with training on the way in",
    ),
    ("work", 3, Medium, "Support people with health conditions to stay in work before they fall out of it"),
    ("work", 2, Short, "Know where every 16 and 17 year old is, and offer each one a place to learn or work"),
    (
        "work",
        2,
        Medium,
        "Offer English and digital skills courses where and when people with young children can come",
    ),
    (
        "work",
        4,
        Short,
        "Tell residents of the benefits that they are entitled to and do not claim, and help them to claim",
    ),
    (
        "work",
        7,
        Medium,
        "Publish pay and progression by ethnic group for every partner and act on what they show",
    ),
    ("work", 7, Long, "Make the leadership of every partner look like the town"),
];

/// Recommendations that nobody answers for.
const UNOWNED: [u16; 4] = [15, 19, 29, 30];

/// The thirty recommendations, each answered for by one of the members of its subgroup in turn.
pub(crate) fn recommendations(members: &[Member]) -> Vec<Recommendation> {
    (1..)
        .zip(RECOMMENDATIONS)
        .map(|(number, (subgroup, principle, horizon, words))| {
            let seats: Vec<&Member> = members.iter().filter(|m| m.subgroup == Some(subgroup)).collect();
            let owner = seats.get(usize::from(number) % seats.len().max(1)).map(|m| m.code.clone());
            let owner = owner.filter(|_| !UNOWNED.contains(&number));
            Recommendation { number, words, subgroup, principle, horizon, owner }
        })
        .collect()
}
