//! Records in and out, and FHIR.

use immunisation::records::{
    CsvHistories, Record, RecordFinding, forecast_json_line, read_json_line, write_csv_heading,
    write_csv_rows,
};
use immunisation::{Scratch, evaluate_and_forecast, fhir};
use serde_json::{Value, json};

use crate::example::{day, schedule};

const BY_DOSE: &str = "person,date_of_birth,sex,vaccine,date,observation
1,2024-03-31,female,mmr,2025-04-02,
1,2024-03-31,female,polio,31/05/2024,
2,2020-02-29,M,,,pregnant
3,sometime,female,mmr,2025-04-02,
";
const BY_PERSON: &str = "\u{feff}Person,Date of birth,Sex,Doses,Observations
1,2024-03-31,female,mmr:2025-04-02 polio:2024-05-31,
2,2020-02-29,M,,pregnant
3,sometime,female,mmr:2025-04-02,
";

fn people(text: &str) -> Vec<Record> {
    let schedule = schedule();
    let mut histories = CsvHistories::new(&schedule, text.as_bytes()).unwrap();
    let (mut record, mut people) = (Record::default(), Vec::new());
    while histories.read_next(&mut record) {
        people.push(record.clone());
    }
    people
}

#[test]
fn both_forms_of_csv_say_the_same() {
    let (by_dose, by_person) = (people(BY_DOSE), people(BY_PERSON));
    assert_eq!(by_dose.len(), 3);
    for (a, b) in by_dose.iter().zip(&by_person) {
        assert_eq!((a.person.reveal(), &a.child, &a.doses), (b.person.reveal(), &b.child, &b.doses));
        assert_eq!(a.findings, b.findings);
    }
    assert_eq!(by_dose[0].doses.len(), 2);
    assert_eq!(by_dose[1].child.as_ref().unwrap().observations.len(), 1);
    assert_eq!(by_dose[2].findings, [RecordFinding::NoDateOfBirth("sometime".to_owned())]);
    assert!(CsvHistories::new(&schedule(), "person,sex\n".as_bytes()).is_err());
}

#[test]
fn a_line_of_json_is_answered_in_both_forms() {
    let schedule = schedule();
    let mut record = Record::default();
    let line = r#"{"person": "A, \"1\"", "date_of_birth": "2024-03-31", "sex": "female", "doses": [
        {"vaccine": "1001", "date": "2025-04"}, {"vaccine": "zzz", "date": "2025-05-01"}, {"vaccine": "mmr", "date": "2025"}]}"#;
    read_json_line(&schedule, line, &mut record);
    let expected = [
        RecordFinding::PartialDate("2025-04".to_owned()),
        RecordFinding::UnknownVaccine("zzz".to_owned()),
        RecordFinding::UnreadableDate("2025".to_owned()),
    ];
    assert_eq!(record.findings, expected);
    let mut scratch = Scratch::new();
    let on = day("2025-11-01");
    let outcome =
        evaluate_and_forecast(&schedule, record.child.as_ref().unwrap(), &record.doses, on, &mut scratch);
    let answer: Value = serde_json::from_str(&forecast_json_line(&schedule, &record, outcome, on)).unwrap();
    assert_eq!(answer["forecasts"][0]["group"], "MMR");
    assert_eq!(answer["forecasts"][0]["recommended"], "2025-10-01");
    assert_eq!(answer["forecasts"][0]["overdue"], true);
    assert_eq!(answer["evaluations"][0]["status"], "valid");
    assert_eq!(answer["findings"].as_array().unwrap().len(), 4);
    let mut rows = String::new();
    write_csv_heading(&mut rows).unwrap();
    write_csv_rows(&mut rows, &schedule, &record, outcome, on).unwrap();
    let mmr = r#""A, ""1""",MMR,standard,not-complete,2,2025-10-01,2025-10-01,2025-10-30,,true,mmr mmrv"#;
    assert_eq!(rows.lines().nth(1), Some(mmr));
    read_json_line(&schedule, "{\"person\": 1", &mut record);
    assert!(matches!(record.findings[..], [RecordFinding::UnreadableLine(_)]));
}

fn request() -> Value {
    json!({
        "resourceType": "Parameters",
        "parameter": [
            { "name": "assessmentDate", "valueDate": "2025-11-01" },
            { "name": "patient", "resource": { "resourceType": "Patient", "id": "p", "birthDate": "2024-03-31", "gender": "female" } },
            { "name": "immunization", "resource": {
                "resourceType": "Immunization", "id": "i1", "status": "completed", "occurrenceDateTime": "2025-03-30",
                "vaccineCode": { "coding": [{ "system": "http://snomed.info/sct", "code": "1001" }] } } },
            { "name": "immunization", "resource": {
                "resourceType": "Immunization", "id": "i2", "status": "not-done", "occurrenceDateTime": "2025-05-30",
                "vaccineCode": { "coding": [{ "code": "1001" }] } } },
            { "name": "condition", "resource": { "resourceType": "Condition", "code": { "coding": [{ "code": "had-chickenpox" }] } } },
        ],
    })
}

#[test]
fn a_fhir_request_is_answered() {
    let (ok, body) = fhir::answer(&schedule(), &request().to_string(), &mut Scratch::new());
    assert!(ok, "{body}");
    let answer: Value = serde_json::from_str(&body).unwrap();
    let parameters = answer["parameter"].as_array().unwrap();
    let evaluation = &parameters[0]["resource"];
    assert_eq!(evaluation["resourceType"], "ImmunizationEvaluation");
    assert_eq!(evaluation["immunizationEvent"]["reference"], "Immunization/i1");
    assert_eq!(evaluation["doseStatus"]["coding"][0]["code"], "notvalid");
    assert_eq!(evaluation["doseStatusReason"][0]["coding"][0]["code"], "tooyoung");
    let recommendation = &parameters.last().unwrap()["resource"];
    assert_eq!(recommendation["patient"]["reference"], "Patient/p");
    let varicella = &recommendation["recommendation"][1];
    assert_eq!(varicella["forecastStatus"]["coding"][0]["code"], "immune");
    let mmr = &recommendation["recommendation"][0];
    let dates: Vec<(&str, &str)> = mmr["dateCriterion"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["code"]["coding"][0]["code"].as_str().unwrap(), c["value"].as_str().unwrap()))
        .collect();
    assert_eq!(dates, [("30981-5", "2025-03-31"), ("30980-7", "2025-03-31"), ("59778-1", "2025-05-01")]);
}

#[test]
fn a_fhir_request_that_cannot_be_answered_says_why() {
    let mut without = request();
    without["parameter"][1]["resource"]["birthDate"] = json!("2024");
    for (request, says) in [
        ("nonsense".to_owned(), "not JSON"),
        (json!({ "resourceType": "Patient" }).to_string(), "not a Parameters resource"),
        (json!({ "resourceType": "Parameters" }).to_string(), "assessmentDate"),
        (without.to_string(), "birthDate"),
    ] {
        let (ok, body) = fhir::answer(&schedule(), &request, &mut Scratch::new());
        assert!(!ok);
        assert!(body.contains("OperationOutcome") && body.contains(says), "{body}");
    }
}
