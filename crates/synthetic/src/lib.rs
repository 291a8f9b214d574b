//! The seeded synthetic town, labelled synthetic everywhere.
//!
//! A town of about 225,000 people that does not exist: 125 small areas with shapes and a deprivation
//! gradient, wards, postcodes, a partnership with recommendations and actions in every state, and twenty
//! indicators with years of figures. For the demonstration, for tests and for scale. The same seed gives the
//! same town, on any machine of the same kind (the numbers pass through the platform's `sin`, `exp` and
//! `ln`).
//!
//! ```
//! let town = synthetic::town(1);
//! assert!(town.name.contains("synthetic"));
//! assert_eq!(town, synthetic::town(1));
//! ```
//!
//! The town is laid out in memory in a few hundredths of a second and handed over whole, as plain structs
//! that say what a spreadsheet would. The rejected alternative, files kept in the repository, would be large,
//! could drift from the types and could not be moved to another day.

mod children;
mod figures;
mod geography;
mod people;
mod programme;
mod stream;

use jiff::civil::date;
use vocabulary::{AreaCode, AreaKind, Date, Observation};

pub use children::{SyntheticChild, children};
pub use figures::{Indicator, Rebase, Target};
pub use geography::{Deprivation, Place, Shape, SyntheticArea, SyntheticPostcode};
pub use people::{SyntheticPerson, people};
pub use programme::{Action, Horizon, Member, Milestone, Organisation, Recommendation, Subgroup};

/// The day on which [`town`] is seen.
pub const SEEN_ON: Date = date(2026, 10, 1);

/// What every page and document about the town says.
pub const STATEMENT: &str =
    "This town is synthetic. Every place, organisation, person and figure is made up.";

/// The town's name without the word that says what it is; never shown alone.
const NAME: &str = "Doggerham";

/// A whole made-up town.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticTown {
    /// The seed that it grew from.
    pub seed: u64,
    /// The day on which it is seen: the latest figures and the states of its actions lie around it.
    pub as_of: Date,
    /// Its name, which says that it is synthetic.
    pub name: String,
    /// The code of the town itself.
    pub code: AreaCode,
    /// The country, the region, the town, five neighbours, twenty wards and 125 small areas, larger before
    /// smaller.
    pub areas: Vec<SyntheticArea>,
    /// Five thousand postcodes.
    pub postcodes: Vec<SyntheticPostcode>,
    /// The four subgroups of the partnership.
    pub subgroups: Vec<Subgroup>,
    /// The organisations that take part.
    pub organisations: Vec<Organisation>,
    /// The seats, by role.
    pub members: Vec<Member>,
    /// Thirty recommendations, in order of number.
    pub recommendations: Vec<Recommendation>,
    /// Sixty actions, in order of code.
    pub actions: Vec<Action>,
    /// Twenty indicators.
    pub indicators: Vec<Indicator>,
    /// Every figure, by indicator, then period.
    pub observations: Vec<Observation>,
}

impl SyntheticTown {
    /// The places of one kind.
    pub fn areas_of(&self, kind: AreaKind) -> impl Iterator<Item = &SyntheticArea> {
        self.areas.iter().filter(move |area| area.kind == kind)
    }
}

/// The town that grows from this seed, as seen on [`SEEN_ON`].
pub fn town(seed: u64) -> SyntheticTown {
    town_on(seed, SEEN_ON)
}

/// The town that grows from this seed, as seen on another day: its places are the same, its figures end and
/// its actions fall due around that day.
pub fn town_on(seed: u64, as_of: Date) -> SyntheticTown {
    let geography = geography::lay_out(seed);
    let members = programme::members();
    SyntheticTown {
        seed,
        as_of,
        name: format!("{NAME} (synthetic)"),
        code: code("SYN-T01"),
        observations: figures::observations(&geography.areas, as_of, seed),
        areas: geography.areas,
        postcodes: geography.postcodes,
        subgroups: programme::subgroups(),
        organisations: programme::organisations(),
        actions: programme::schedule(&members, as_of, seed),
        recommendations: programme::recommendations(&members),
        members,
        indicators: figures::INDICATORS.iter().map(|i| i.published(as_of)).collect(),
    }
}

/// A code of our own making.
fn code(text: &str) -> AreaCode {
    // Every text given here is `SYN-`, a letter and two or three digits, which an area code allows.
    #[allow(clippy::expect_used)]
    text.parse().expect("codes of the synthetic town are valid area codes")
}
