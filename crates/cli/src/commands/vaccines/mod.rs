//! `het vaccines`: the immunisation engine over files. No database is opened.

mod check;
mod children;
mod explain;
mod fhir;
mod forecast;
mod grouped_rows;
mod outbreak;
mod parquet_text;
mod schedule;
mod synthesise;
mod table;
mod uptake;

use crate::arguments::Vaccines;
use crate::failure::Failure;

/// Runs a command.
pub fn run(what: Vaccines) -> Result<(), Failure> {
    match what {
        Vaccines::Forecast(forecast) => forecast::run(&forecast),
        Vaccines::Check(check) => check::run(&check),
        Vaccines::Explain(explain) => explain::run(&explain),
        Vaccines::Fhir(fhir) => fhir::run(&fhir),
        Vaccines::Uptake(uptake) => uptake::run(&uptake),
        Vaccines::Outbreak(outbreak) => outbreak::run(&outbreak),
        Vaccines::Synthesise(synthesise) => synthesise::run(&synthesise),
        Vaccines::Schedule => schedule::print(),
    }
}
