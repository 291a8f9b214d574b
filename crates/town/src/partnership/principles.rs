//! The eight Marmot principles.
//!
//! Source: Institute of Health Equity, *Health Equity in England: The Marmot Review 10 Years On* (2020) for the first six;
//! the seventh and eighth as the Institute has added them for its Marmot Places since 2021. Our own short wording.

/// The principles in order, from 1.
pub const PRINCIPLES: [&str; 8] = [
    "Give every child the best start in life",
    "Enable everyone to make the most of their capabilities and have control over their lives",
    "Create fair employment and good work for all",
    "Ensure a healthy standard of living for all",
    "Create and develop healthy and sustainable places and communities",
    "Strengthen the role and impact of ill-health prevention",
    "Tackle racism, discrimination and their outcomes",
    "Pursue environmental sustainability and health equity together",
];

/// The principle with this number; `None` outside 1 to 8.
pub fn principle(number: i64) -> Option<&'static str> {
    usize::try_from(number).ok()?.checked_sub(1).and_then(|index| PRINCIPLES.get(index)).copied()
}
