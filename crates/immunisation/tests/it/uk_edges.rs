//! The UK schedule in FHIR and explained.

use immunisation::fhir;
use immunisation::uk::{ChildText, Schedule};
use serde_json::{Value, json};

const REQUEST: &str = r#"{ "resourceType": "Parameters", "parameter": [
  { "name": "assessmentDate", "valueDate": "2026-07-10" },
  { "name": "patient", "resource": { "resourceType": "Patient", "id": "p", "birthDate": "2025-01-10", "gender": "female" } },
  { "name": "immunization", "resource": { "resourceType": "Immunization", "id": "early", "status": "completed",
    "vaccineCode": { "coding": [{ "system": "http://hl7.org/fhir/sid/cvx", "code": "03" }] }, "occurrenceDateTime": "2025-06-01" } },
  { "name": "immunization", "resource": { "resourceType": "Immunization", "id": "mmrv", "status": "completed",
    "vaccineCode": { "coding": [{ "system": "http://snomed.info/sct", "code": "432636005" }] }, "occurrenceDateTime": "2026-01-12" } },
  { "name": "immunization", "resource": { "resourceType": "Immunization", "id": "odd", "status": "completed",
    "vaccineCode": { "text": "elixir" }, "occurrenceDateTime": "2026-01-12" } },
  { "name": "immunization", "resource": { "resourceType": "Immunization", "id": "not", "status": "not-done",
    "vaccineCode": { "coding": [{ "code": "94" }] }, "occurrenceDateTime": "2026-02-12" } } ] }"#;

fn named<'a>(answer: &'a Value, name: &str) -> Vec<&'a Value> {
    let list = answer["parameter"].as_array().unwrap().iter();
    list.filter(|one| one["name"] == name).map(|one| &one["resource"]).collect()
}

#[test]
fn a_fhir_request_is_answered_from_the_uk_schedule() {
    let schedule = Schedule::embedded().unwrap();
    let (answered, body) = fhir::answer_uk(&schedule, REQUEST);
    assert!(answered, "{body}");
    let answer: Value = serde_json::from_str(&body).unwrap();
    let status = |event: &str, course: &str| {
        let all = named(&answer, "evaluation");
        let found = all.iter().find(|one| {
            one["immunizationEvent"]["reference"] == format!("Immunization/{event}")
                && one["targetDisease"]["text"] == course
        });
        found.unwrap()["doseStatus"]["coding"][0]["code"].clone()
    };
    assert_eq!(status("early", "mmr"), "notvalid");
    assert_eq!(status("mmrv", "mmr"), "valid");
    assert_eq!(status("mmrv", "varicella"), "valid");
    let recommendation = named(&answer, "recommendation")[0];
    let all = recommendation["recommendation"].as_array().unwrap();
    let mmr = all.iter().find(|one| one["series"] == "mmr").unwrap();
    assert_eq!(mmr["doseNumberPositiveInt"], 2);
    assert_eq!(mmr["vaccineCode"][0]["text"], "MMRV");
    let due = mmr["dateCriterion"].as_array().unwrap();
    let due = due.iter().find(|one| one["code"]["coding"][0]["code"] == "30980-7").unwrap();
    assert_eq!(due["value"], "2026-07-10");
    let odd = named(&answer, "findings")[0]["issue"][0]["diagnostics"].as_str().unwrap();
    assert!(odd.contains("elixir"), "{odd}");
}

#[test]
fn a_delivery_date_brings_the_vaccines_in_pregnancy() {
    let mut request: Value = serde_json::from_str(REQUEST).unwrap();
    request["parameter"][1]["resource"]["birthDate"] = json!("2009-01-10");
    request["parameter"].as_array_mut().unwrap().push(json!({ "name": "observation", "resource": {
        "resourceType": "Observation", "status": "final", "valueDateTime": "2026-09-01",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "11778-8" }] } } }));
    let (answered, body) = fhir::answer_uk(&Schedule::embedded().unwrap(), &request.to_string());
    assert!(answered && body.contains("rsv"), "{body}");
    assert!(!body.contains("11778-8"), "{body}");
}

#[test]
fn a_request_that_cannot_be_answered_says_why() {
    let schedule = Schedule::embedded().unwrap();
    for (request, says) in [("nonsense", "not JSON"), ("{}", "not a Parameters resource")] {
        let (answered, body) = fhir::answer_uk(&schedule, request);
        assert!(!answered && body.contains("OperationOutcome") && body.contains(says), "{body}");
    }
}

#[test]
fn an_explanation_says_what_each_dose_met_and_failed() {
    let schedule = Schedule::embedded().unwrap();
    let text = ChildText {
        born: "2025-01-10",
        sex: "f",
        doses: "03 2025-06-01;mmrv 2026-01-12",
        ..ChildText::default()
    };
    let record = text.read(&schedule).unwrap();
    let explained = schedule.explain(&record.child, &record.doses, "2026-07-10".parse().unwrap());
    let mmr = explained.courses.iter().find(|one| one.course == "mmr").unwrap();
    let steps: Vec<(usize, bool, &str)> =
        mmr.steps.iter().map(|step| (step.dose, step.met, step.text.as_str())).collect();
    assert!(
        steps.contains(&(0, false, "given at 12 months or later, that is from 10 January 2026")),
        "{steps:?}"
    );
    assert!(
        steps.contains(&(1, true, "given at 12 months or later, that is from 10 January 2026")),
        "{steps:?}"
    );
    assert!(steps.contains(&(1, true, "dose 2 (MMRV, 12 January 2026) counts as dose 1")), "{steps:?}");
    assert!(mmr.standing.starts_with("due: dose 2 may be given from 10 July 2026"), "{}", mmr.standing);
}
