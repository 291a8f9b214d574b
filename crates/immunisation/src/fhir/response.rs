//! Writes the Parameters resource of an answer.

use serde_json::{Value, json};
use vocabulary::Date;

use super::request::Request;
use crate::outcome::{
    DoseEvaluation, EvaluationStatus, ForecastReason, GroupForecast, Outcome, Reason, SeriesStatus,
};
use crate::schedule::{Schedule, VaccineId};

pub(super) const FORECAST_STATUS: &str = "http://hl7.org/fhir/us/immds/CodeSystem/ForecastStatus";
pub(super) const STATUS_REASON: &str = "http://hl7.org/fhir/us/immds/CodeSystem/StatusReason";
pub(super) const DOSE_STATUS: &str =
    "http://terminology.hl7.org/CodeSystem/immunization-evaluation-dose-status";

/// The answer to a request: an ImmunizationEvaluation for each dose and antigen in the series that the child is
/// held to, and one ImmunizationRecommendation with a recommendation for each group of antigens.
pub fn write_response(schedule: &Schedule, request: &Request, outcome: &Outcome) -> Value {
    let evaluations = outcome.evaluations().iter().filter(|evaluation| evaluation.best);
    let mut parameters: Vec<Value> = evaluations
        .map(|e| json!({ "name": "evaluation", "resource": evaluation(schedule, request, e) }))
        .collect();
    parameters
        .push(json!({ "name": "recommendation", "resource": recommendation(schedule, request, outcome) }));
    json!({ "resourceType": "Parameters", "parameter": parameters })
}

pub(super) fn patient(id: &str) -> Value {
    match id {
        "" => json!({ "display": "the patient of the request" }),
        id => json!({ "reference": format!("Patient/{id}") }),
    }
}

fn evaluation(schedule: &Schedule, request: &Request, evaluation: &DoseEvaluation) -> Value {
    let valid = evaluation.status == EvaluationStatus::Valid;
    let (code, display) = if valid { ("valid", "Valid") } else { ("notvalid", "Not Valid") };
    let event = event(&request.immunizations, evaluation.dose);
    let mut resource = json!({
        "resourceType": "ImmunizationEvaluation",
        "status": "completed",
        "patient": patient(&request.patient),
        "date": request.assessment.to_string(),
        "targetDisease": { "text": schedule.antigen_name(evaluation.antigen) },
        "immunizationEvent": event,
        "doseStatus": {
            "coding": [{ "system": DOSE_STATUS, "code": code, "display": display }],
            "text": evaluation.status.code(),
        },
        "series": schedule.series_name(evaluation.series),
        "seriesDosesPositiveInt": schedule.series_doses(evaluation.series),
    });
    let reasons: Vec<Value> = evaluation.reasons.iter().map(status_reason).collect();
    if !reasons.is_empty() {
        resource["doseStatusReason"] = Value::Array(reasons);
    }
    if let Some(number) = evaluation.series_dose.filter(|_| valid) {
        resource["doseNumberPositiveInt"] = json!(number);
    }
    resource
}

/// The Immunization that an evaluation is about.
pub(super) fn event(immunizations: &[String], dose: usize) -> Value {
    match immunizations.get(dose).map(String::as_str).unwrap_or_default() {
        "" => json!({ "display": format!("immunization {} of the request", dose + 1) }),
        id => json!({ "reference": format!("Immunization/{id}") }),
    }
}

/// A reason as the guide codes it; only words for one that it has no code for.
fn status_reason(reason: Reason) -> Value {
    let coded = match reason {
        Reason::Expired => Some("expired"),
        Reason::TooYoung => Some("tooyoung"),
        Reason::TooOld => Some("tooold"),
        Reason::TooSoon => Some("toosoon"),
        Reason::Inadvertent | Reason::WrongVaccine => Some("inappropriate"),
        Reason::Conflict => Some("productconflict"),
        Reason::SeriesComplete | Reason::Compromised | Reason::GracePeriod | Reason::LowVolume => None,
    };
    match coded {
        Some(code) => json!({ "coding": [{ "system": STATUS_REASON, "code": code }], "text": reason.code() }),
        None => json!({ "text": reason.code() }),
    }
}

fn recommendation(schedule: &Schedule, request: &Request, outcome: &Outcome) -> Value {
    let recommendations = outcome.groups().iter().map(|forecast| group(schedule, outcome, forecast));
    json!({
        "resourceType": "ImmunizationRecommendation",
        "patient": patient(&request.patient),
        "date": request.assessment.to_string(),
        "authority": { "display": schedule.name() },
        "recommendation": recommendations.collect::<Vec<_>>(),
    })
}

fn group(schedule: &Schedule, outcome: &Outcome, forecast: &GroupForecast) -> Value {
    let (code, display) = status(forecast.status);
    let name = schedule.group_name(forecast.group);
    let vaccines: Vec<Value> =
        outcome.recommended_vaccines(forecast).iter().map(|vaccine| concept(schedule, *vaccine)).collect();
    let vaccines = if vaccines.is_empty() { vec![json!({ "text": name })] } else { vaccines };
    let mut resource = json!({
        "vaccineCode": vaccines,
        "targetDisease": { "text": name },
        "forecastStatus": {
            "coding": [{ "system": FORECAST_STATUS, "code": code, "display": display }],
            "text": display,
        },
        "forecastReason": [{ "text": reason(forecast.reason) }],
        "series": schedule.series_name(forecast.series),
        "seriesDosesPositiveInt": schedule.series_doses(forecast.series),
    });
    // LOINC's codes for the dates of a forecast, as the guide uses them.
    let dates = [
        ("30981-5", "Earliest date to give", forecast.earliest),
        ("30980-7", "Date vaccine due", forecast.recommended),
        // The first day on which it is overdue: the engine's date is the last on which it is not.
        (
            "59778-1",
            "Date when overdue for immunization",
            forecast.past_due.and_then(|day| day.tomorrow().ok()),
        ),
        ("59777-3", "Latest date to give immunization", forecast.latest),
    ];
    let criteria: Vec<Value> =
        dates.into_iter().filter_map(|(code, display, date)| criterion(code, display, date)).collect();
    if !criteria.is_empty() {
        resource["dateCriterion"] = Value::Array(criteria);
    }
    if let Some(number) = forecast.dose_number {
        resource["doseNumberPositiveInt"] = json!(number);
    }
    resource
}

pub(super) fn criterion(code: &str, display: &str, date: Option<Date>) -> Option<Value> {
    let coding = json!([{ "system": "http://loinc.org", "code": code, "display": display }]);
    date.map(|date| json!({ "code": { "coding": coding }, "value": date.to_string() }))
}

/// A vaccine as a CodeableConcept: CVX for the short numbers, SNOMED CT for the long ones.
fn concept(schedule: &Schedule, vaccine: VaccineId) -> Value {
    let codings: Vec<Value> = schedule.vaccine_all_codes(vaccine).filter_map(coding).collect();
    let mut concept = json!({ "text": schedule.vaccine_name(vaccine) });
    if !codings.is_empty() {
        concept["coding"] = Value::Array(codings);
    }
    concept
}

pub(super) fn coding(code: &str) -> Option<Value> {
    let system = match code.len() {
        _ if !code.bytes().all(|byte| byte.is_ascii_digit()) => return None,
        2..=3 => "http://hl7.org/fhir/sid/cvx",
        6..=18 => "http://snomed.info/sct",
        _ => return None,
    };
    Some(json!({ "system": system, "code": code }))
}

fn status(status: SeriesStatus) -> (&'static str, &'static str) {
    match status {
        SeriesStatus::NotComplete => ("notComplete", "Not Complete"),
        SeriesStatus::Complete => ("complete", "Complete"),
        SeriesStatus::Immune => ("immune", "Immune"),
        SeriesStatus::Contraindicated => ("contraindicated", "Contraindicated"),
        SeriesStatus::AgedOut => ("agedOut", "Aged Out"),
        SeriesStatus::NotRecommended => ("notRecommended", "Not Recommended"),
    }
}

fn reason(reason: ForecastReason) -> &'static str {
    match reason {
        ForecastReason::DoseNeeded => "The next dose is needed",
        ForecastReason::Complete => "The series is complete",
        ForecastReason::PastHistory => "Not recommended at this time because of past immunizations",
        ForecastReason::Immune => "There is evidence of immunity",
        ForecastReason::Contraindicated => "There is a contraindication",
        ForecastReason::SeasonEnded => "The season has ended",
        ForecastReason::TooOld => "The maximum age has been reached",
        ForecastReason::CannotFinish => "The series cannot be finished before the maximum age",
    }
}
