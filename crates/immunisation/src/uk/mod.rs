//! The UK schedule: what counts, what is due, and what the next visit should give.
//!
//! This is a small rule engine of its own, over its own data (`data/uk/*.toml`), beside the CDSi one. Three
//! things that UK guidance asks for are not in CDSi's series logic. The *age at the visit* decides what is
//! offered and how many doses are left: an infant dose that was missed lapses at the first birthday, and the
//! first dose after it is the booster. A course is *resumed, never restarted*, whatever was given elsewhere
//! and in whatever combination. And the answer that a nurse needs is not a date for each antigen but *the
//! next visit*: which vaccines together, the fewest visits, at least four weeks apart. The alternative,
//! writing each age band as a CDSi series with conditional skips, was weighed: about 140 series for the same
//! 19 courses, and still no visit plan.
//!
//! A **course** is protection against one thing in a row of **doses**; a child follows the first variant of a
//! course that holds for their date of birth, sex, conditions and the day of assessment. A dose that was
//! missed and has an age at which it *ends* lapses. Everything clinical is data; every value names its source
//! and the date from which it holds ([`Schedule::embedded`] refuses one that does not).
//!
//! ```
//! use immunisation::uk::{Assessment, Child, Dose, Limits, Schedule, Standing};
//! use vocabulary::Sex;
//!
//! let schedule = Schedule::embedded()?;
//! let child = Child::new("2025-01-10".parse()?, Sex::Female);
//! let mmrv = schedule.vaccine("mmrv").ok_or("no such vaccine")?;
//! let history = [Dose::new(mmrv, "2026-01-12".parse()?)];
//!
//! let mut assessment = Assessment::default();
//! schedule.assess(&child, &history, "2026-07-10".parse()?, &mut assessment);
//! let mmr = assessment.course(&schedule, "mmr").ok_or("no such course")?;
//! assert_eq!((mmr.standing(), mmr.doses_counted()), (Standing::Due, 1));
//!
//! let plan = schedule.plan(&child, &history, "2026-07-10".parse()?, &Limits::default());
//! assert!(plan.now.iter().any(|offer| offer.vaccine == mmrv));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod assess;
mod child;
mod choices;
mod codes;
mod compile;
mod definition;
mod embedded;
mod explain;
mod influenza;
mod line_in;
mod line_out;
mod plan;
mod record;
mod schedule;
mod stream;
mod table;
mod words;

pub use answer::{Assessment, CourseStatus, DoseVerdict, Standing, Verdict, Why};
pub use assess::DOSES_WEIGHED;
pub use child::{Child, ConditionId, Conditions, Dose, Finding, VaccineId};
pub use choices::Mattered;
pub use explain::{CourseExplanation, Explanation, Step};
pub use line_in::{ChildRecord, ChildText, Columns};
pub use plan::{Limits, Offer, OfferedDose, Plan, Visit, Withheld, WithheldBecause};
pub use schedule::{Parameter, Schedule, Source, ValueSource};
pub use stream::{ChunkReport, Format, Formats, forecast_chunk, forecast_stream};
