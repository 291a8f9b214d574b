//! Reads the Parameters resource of a request.

use serde_json::Value;
use vocabulary::{Date, Sex};

use crate::child::{Child, Dose, DoseCondition, Observed};
use crate::records::{ReadDate, RecordFinding, read_date};
use crate::schedule::Schedule;

/// A request as the engine needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The patient.
    pub child: Child,
    /// The doses, in the order of the request; those not given or entered in error are left out.
    pub doses: Vec<Dose>,
    /// The day as at which to assess.
    pub assessment: Date,
    /// The patient's id, for references in the answer; empty where there is none.
    pub patient: String,
    /// The id of each dose's Immunization; empty where there is none.
    pub immunizations: Vec<String>,
    /// What was odd about the request.
    pub findings: Vec<RecordFinding>,
}

/// Reads a request.
///
/// # Errors
///
/// A sentence, where the text is not a Parameters resource, or has no `assessmentDate` or no patient with a whole
/// `birthDate`.
pub fn read_request(schedule: &Schedule, text: &str) -> Result<Request, String> {
    let parameters = Parameters::read(text)?;
    let mut request = Request {
        child: child(schedule, &parameters),
        doses: Vec::new(),
        assessment: parameters.assessment,
        patient: id(&parameters.patient),
        immunizations: Vec::new(),
        findings: Vec::new(),
    };
    for resource in &parameters.immunizations {
        immunization(schedule, resource, &mut request);
    }
    for resource in &parameters.conditions {
        condition(schedule, resource, &mut request);
    }
    Ok(request)
}

/// The parts of a request that any schedule needs, not yet in the codes of one.
pub(super) struct Parameters {
    pub(super) patient: Value,
    pub(super) date_of_birth: Date,
    pub(super) sex: Sex,
    pub(super) assessment: Date,
    /// Those that were given, and not entered in error.
    pub(super) immunizations: Vec<Value>,
    /// Conditions, observations and allergies that hold.
    pub(super) conditions: Vec<Value>,
}

impl Parameters {
    pub(super) fn read(text: &str) -> Result<Parameters, String> {
        let parameters: Value =
            serde_json::from_str(text).map_err(|error| format!("the request is not JSON: {error}"))?;
        if parameters["resourceType"] != "Parameters" {
            return Err("the request is not a Parameters resource".to_owned());
        }
        let list = parameters["parameter"].as_array().map(Vec::as_slice).unwrap_or_default();
        let named = |name: &str| list.iter().find(|parameter| parameter["name"] == name);
        let date =
            named("assessmentDate").and_then(|p| p["valueDate"].as_str().or(p["valueDateTime"].as_str()));
        let ReadDate::Day(assessment) = read_date(date.unwrap_or_default()) else {
            return Err("the parameter assessmentDate is missing or is not a whole date".to_owned());
        };
        let patient = named("patient").ok_or("the parameter patient is missing")?["resource"].clone();
        let ReadDate::Day(date_of_birth) = read_date(patient["birthDate"].as_str().unwrap_or_default())
        else {
            return Err("the patient's birthDate is missing or is not a whole date".to_owned());
        };
        let of_kind = |kinds: &[&str], holds: fn(&Value) -> bool| -> Vec<Value> {
            let resources = list.iter().map(|parameter| &parameter["resource"]);
            let is_kind = |resource: &&Value| {
                resource["resourceType"].as_str().is_some_and(|kind| kinds.contains(&kind))
            };
            resources.filter(is_kind).filter(|resource| holds(resource)).cloned().collect()
        };
        Ok(Parameters {
            sex: patient["gender"].as_str().and_then(Sex::parse).unwrap_or(Sex::Persons),
            date_of_birth,
            assessment,
            immunizations: of_kind(&["Immunization"], was_given),
            conditions: of_kind(&["Condition", "Observation", "AllergyIntolerance"], still_holds),
            patient,
        })
    }
}

fn was_given(immunization: &Value) -> bool {
    !matches!(immunization["status"].as_str(), Some("not-done" | "entered-in-error"))
}

fn still_holds(condition: &Value) -> bool {
    let refuted =
        codes(&condition["verificationStatus"]).any(|code| matches!(code, "refuted" | "entered-in-error"));
    let resolved =
        codes(&condition["clinicalStatus"]).any(|code| matches!(code, "inactive" | "resolved" | "remission"));
    !refuted && !resolved
}

/// The day of an immunization; a partial or unreadable date is told to `odd`.
pub(super) fn occurrence(resource: &Value, odd: &mut Vec<RecordFinding>) -> Option<Date> {
    let occurred = resource["occurrenceDateTime"].as_str().unwrap_or_default();
    match read_date(occurred) {
        ReadDate::Day(day) => Some(day),
        ReadDate::Month(first) => {
            odd.push(RecordFinding::PartialDate(occurred.to_owned()));
            Some(first)
        }
        ReadDate::Unreadable => {
            odd.push(RecordFinding::UnreadableDate(occurred.to_owned()));
            None
        }
    }
}

pub(super) fn id(resource: &Value) -> String {
    resource["id"].as_str().unwrap_or_default().to_owned()
}

fn child(schedule: &Schedule, parameters: &Parameters) -> Child {
    let mut child = Child::new(parameters.date_of_birth, parameters.sex);
    let extensions = parameters.patient["extension"].as_array();
    let birth_place = extensions.and_then(|extensions| {
        extensions.iter().find(|extension| {
            extension["url"] == "http://hl7.org/fhir/StructureDefinition/patient-birthPlace"
        })
    });
    let country = birth_place.and_then(|place| place["valueAddress"]["country"].as_str());
    child.country_of_birth = country.and_then(|country| schedule.country(country));
    child
}

/// The codes of a CodeableConcept, then its text.
pub(super) fn codes(concept: &Value) -> impl Iterator<Item = &str> {
    let codings = concept["coding"].as_array().map(Vec::as_slice).unwrap_or_default();
    codings.iter().filter_map(|coding| coding["code"].as_str()).chain(concept["text"].as_str())
}

fn immunization(schedule: &Schedule, resource: &Value, request: &mut Request) {
    let Some(date) = occurrence(resource, &mut request.findings) else { return };
    let concept = &resource["vaccineCode"];
    let vaccine = codes(concept).find_map(|code| schedule.vaccine(code));
    if vaccine.is_none() {
        let code = codes(concept).next().unwrap_or_default();
        request.findings.push(RecordFinding::UnknownVaccine(code.to_owned()));
    }
    let maker = &resource["manufacturer"];
    let maker = maker["identifier"]["value"].as_str().or(maker["display"].as_str()).unwrap_or_default();
    let expires = read_date(resource["expirationDate"].as_str().unwrap_or_default());
    let condition = match expires {
        _ if resource["isSubpotent"] == true => DoseCondition::Compromised,
        ReadDate::Day(last) if date > last => DoseCondition::Expired,
        // Where only the month is known the dose is good until the end of it (CALCDTLOTEXP-1).
        ReadDate::Month(first) if date > first.last_of_month() => DoseCondition::Expired,
        _ => DoseCondition::Sound,
    };
    request.doses.push(Dose {
        vaccine,
        date,
        manufacturer: schedule.manufacturer(maker),
        volume: resource["doseQuantity"]["value"].as_f64().map(|volume| volume as f32),
        condition,
    });
    request.immunizations.push(id(resource));
}

fn condition(schedule: &Schedule, resource: &Value, request: &mut Request) {
    let Some(observation) = codes(&resource["code"]).find_map(|code| schedule.observation(code)) else {
        let code = codes(&resource["code"]).next().unwrap_or_default();
        request.findings.push(RecordFinding::UnknownObservation(code.to_owned()));
        return;
    };
    let dated = ["onsetDateTime", "effectiveDateTime", "recordedDate"];
    let date = dated.iter().find_map(|field| match read_date(resource[field].as_str().unwrap_or_default()) {
        ReadDate::Day(day) | ReadDate::Month(day) => Some(day),
        ReadDate::Unreadable => None,
    });
    if !request.child.observations.iter().any(|known| known.observation == observation) {
        request.child.observations.push(Observed { observation, date });
    }
}
