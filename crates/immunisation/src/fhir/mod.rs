//! HL7 FHIR R4, Immunization Decision Support Forecast (ImmDS) implementation guide 1.0.0: the operation
//! `$immds-forecast`.
//!
//! A request is a Parameters resource with `assessmentDate`, `patient` and any number of `immunization`; the
//! answer is a Parameters resource with an ImmunizationEvaluation for each dose and antigen and one
//! ImmunizationRecommendation. Conditions, observations and allergies may be passed too, as parameters of any
//! name, since the guide has no place for them and the logic needs them. What was odd about the record comes back
//! as an OperationOutcome among the parameters, named `findings`. A request that cannot be answered gets
//! an OperationOutcome.
//!
//! The resources are read and written as JSON values: the operation touches a dozen fields of five resources,
//! for which the published FHIR crates (thousands of generated types) are out of proportion.

mod request;
mod response;
mod uk;

use serde_json::{Value, json};

use crate::engine::{Scratch, evaluate_and_forecast};
use crate::schedule::Schedule;

pub use request::{Request, read_request};
pub use response::write_response;
pub use uk::answer_uk;

/// Answers a request: the body, and whether it is the answer asked for (otherwise an OperationOutcome that says
/// what was wrong, to be sent with HTTP status 400).
pub fn answer(schedule: &Schedule, request: &str, scratch: &mut Scratch) -> (bool, String) {
    match read_request(schedule, request) {
        Ok(request) => {
            let outcome =
                evaluate_and_forecast(schedule, &request.child, &request.doses, request.assessment, scratch);
            let mut response = write_response(schedule, &request, outcome);
            let odd = request.findings.iter().map(ToString::to_string);
            add_findings(&mut response, odd.chain(outcome.findings().iter().map(ToString::to_string)));
            (true, response.to_string())
        }
        Err(problem) => (false, operation_outcome(&problem).to_string()),
    }
}

/// Adds what was odd about a record, as an OperationOutcome of warnings in a parameter named `findings`.
fn add_findings(response: &mut Value, findings: impl Iterator<Item = String>) {
    let issue = |text: String| json!({ "severity": "warning", "code": "value", "diagnostics": text });
    let issues: Vec<Value> = findings.map(issue).collect();
    if let (false, Some(list)) = (issues.is_empty(), response["parameter"].as_array_mut()) {
        let outcome = json!({ "resourceType": "OperationOutcome", "issue": issues });
        list.push(json!({ "name": "findings", "resource": outcome }));
    }
}

fn operation_outcome(problem: &str) -> Value {
    json!({
        "resourceType": "OperationOutcome",
        "issue": [{ "severity": "error", "code": "invalid", "diagnostics": problem }],
    })
}
