//! `het vaccines fhir`: one `$immds-forecast` request on standard input, its answer on standard output.

use std::io::{Read, Write};

use immunisation::{Scratch, fhir};

use super::schedule::{Loaded, load};
use crate::arguments::Fhir;
use crate::failure::Failure;

/// Answers; a request that cannot be answered gets an OperationOutcome and exit code 1.
pub fn run(asked: &Fhir) -> Result<(), Failure> {
    let schedule = load(&asked.schedule)?;
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let request = String::from_utf8_lossy(&bytes);
    let request = request.trim_start_matches('\u{feff}');
    let (answered, body) = match &schedule {
        Loaded::Uk(schedule) => fhir::answer_uk(schedule, request),
        Loaded::Cdsi(schedule) => fhir::answer(schedule, request, &mut Scratch::new()),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{body}")?;
    if answered {
        Ok(())
    } else {
        Err(Failure::Refused("the request could not be answered; standard output says why".to_owned()))
    }
}
