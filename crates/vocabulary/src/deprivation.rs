//! Deprivation quantiles.

use std::fmt;

macro_rules! quantile {
    ($name:ident, $count:literal, $word:literal) => {
        #[doc = concat!("A national deprivation ", $word, " of the English Indices of Deprivation: 1 is the most deprived, ", stringify!($count), " the least.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u8);

        impl $name {
            #[doc = concat!("How many there are: ", stringify!($count), ".")]
            pub const COUNT: u8 = $count;

            /// The quantile with this number, counted from 1 (most deprived).
            pub fn new(number: u8) -> Option<Self> {
                (1..=$count).contains(&number).then_some($name(number))
            }

            /// The quantile of a place ranked `rank` (1 is most deprived) of `of`, as MHCLG cuts them: equal
            /// shares of the ranked list, a boundary rank belonging to the more deprived share. `None` when
            /// the rank is 0 or beyond `of`.
            pub fn from_rank(rank: u32, of: u32) -> Option<Self> {
                if rank == 0 || rank > of {
                    return None;
                }
                let number = (u64::from(rank) * $count).div_ceil(u64::from(of));
                Self::new(number as u8)
            }

            /// Its number, 1 (most deprived) upwards.
            pub fn number(self) -> u8 {
                self.0
            }

            /// Every one, most deprived first.
            pub fn all() -> impl Iterator<Item = Self> {
                (1..=$count).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

quantile!(Quintile, 5, "fifth (quintile)");
quantile!(Decile, 10, "tenth (decile)");

impl Decile {
    /// The fifth that this tenth lies in.
    pub fn quintile(self) -> Quintile {
        Quintile(self.0.div_ceil(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Ranks and deciles of the English Indices of Deprivation 2025, File 7 (33,755 LSOAs).
    #[test]
    fn deciles_are_cut_as_published() {
        let check =
            |rank, decile| assert_eq!(Decile::from_rank(rank, 33_755).unwrap().number(), decile, "{rank}");
        check(1, 1);
        check(3_375, 1);
        check(3_376, 2);
        check(26_525, 8);
        check(33_755, 10);
        assert_eq!(Decile::from_rank(0, 10), None);
        assert_eq!(Decile::from_rank(11, 10), None);
    }

    #[test]
    fn two_tenths_make_a_fifth() {
        let fifths: Vec<u8> = Decile::all().map(|d| d.quintile().number()).collect();
        assert_eq!(fifths, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }
}
