//! Immunisation schedules as data: evaluate a history, forecast what is due.
//!
//! Given a child's date of birth, sex, history and conditions, and a day: which doses count and why not, what
//! is due, from when, and by when it is overdue. The method is CDC's Clinical Decision Support for Immunization,
//! *Logic Specification for ACIP Recommendations*, version 4.6 (13 December 2024), chapters 3 to 9, whole; the
//! names of its rules (CALCDTINT-1, FORECASTDT-5, table 6-31) stand beside the code that does them. The
//! schedule itself is data: CDC's published XML ([`cdsi`]) and our own TOML
//! ([`ScheduleDefinition::from_toml`]) are read into one [format](definition) and compiled into a [`Schedule`].
//!
//! The crate is pure: no clock, no file, no network. Records never make it fail; what is odd about them comes
//! back as [`Finding`]s.
//!
//! ```
//! use immunisation::{Child, Dose, Schedule, ScheduleDefinition, Scratch, SeriesStatus, evaluate_and_forecast};
//! use vocabulary::Sex;
//!
//! # let text = r#"
//! # name = "Example"
//! # version = "1"
//! # vaccines = [{ code = "mmr", name = "MMR", antigens = ["Measles"] }]
//! # groups = [{ name = "MMR", antigens = ["Measles"] }]
//! # [[antigens]]
//! # name = "Measles"
//! # [[antigens.series]]
//! # name = "Measles two doses"
//! # default = true
//! # preferable = ["mmr"]
//! # [[antigens.series.doses]]
//! # ages = [{ minimum = "12 months", recommended = "12 months", overdue = "13 months" }]
//! # [[antigens.series.doses]]
//! # ages = [{ recommended = "18 months", overdue = "19 months" }]
//! # intervals = [{ minimum = "4 weeks" }]
//! # "#;
//! // A schedule is compiled once...
//! let schedule = Schedule::compile(&ScheduleDefinition::from_toml(text)?, &[])?;
//! // ... and a scratch space is kept for each thread, so that nothing is allocated for each child.
//! let mut scratch = Scratch::new();
//!
//! let child = Child::new("2024-03-31".parse()?, Sex::Female);
//! let mmr = schedule.vaccine("mmr").ok_or("no such vaccine")?;
//! let doses = [Dose::new(mmr, "2025-04-02".parse()?)];
//! let outcome = evaluate_and_forecast(&schedule, &child, &doses, "2025-11-01".parse()?, &mut scratch);
//!
//! let forecast = &outcome.groups()[0];
//! assert_eq!(forecast.status, SeriesStatus::NotComplete);
//! // 18 months after 31 March is 31 September, which does not exist: 1 October.
//! assert_eq!(forecast.recommended, Some("2025-10-01".parse()?));
//! assert!(forecast.is_overdue("2025-11-02".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calendar;
pub mod cdsi;
pub mod check;
mod child;
mod compile;
pub mod definition;
mod engine;
mod error;
mod evaluate;
mod explain;
pub mod fhir;
mod forecast;
mod group;
mod history;
pub mod outbreak;
mod outcome;
mod patient;
pub mod records;
mod schedule;
mod select;
mod trace;
pub mod uk;
pub mod uptake;
mod work;

pub use calendar::{ParseSpanError, Span};
pub use child::{Child, Dose, DoseCondition, Observed};
pub use definition::{ScheduleDefinition, SeriesKind};
pub use engine::{Scratch, evaluate_and_forecast};
pub use error::ScheduleError;
pub use explain::{Explanation, Step, explain};
pub use history::DOSES_WEIGHED;
pub use outcome::{
    DoseEvaluation, EvaluationStatus, Finding, ForecastReason, GroupForecast, Outcome, Reason, Reasons,
    SeriesStatus,
};
pub use schedule::{
    AntigenId, CountryId, GroupId, ManufacturerId, ObservationId, Schedule, SeriesId, VaccineId,
};
