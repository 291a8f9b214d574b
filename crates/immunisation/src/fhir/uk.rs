//! The same operation over the UK schedule: vaccines coded in SNOMED CT, dm+d or CVX, conditions in the schedule's
//! own codes.

use serde_json::{Value, json};
use vocabulary::Date;

use super::request::{Parameters, codes, id, occurrence};
use super::response::{DOSE_STATUS, FORECAST_STATUS, STATUS_REASON, coding, criterion, event, patient};
use super::{add_findings, operation_outcome};
use crate::records::{ReadDate, RecordFinding, read_date};
use crate::uk::{
    Assessment, Child, Conditions, CourseStatus, Dose, DoseVerdict, Limits, Schedule, Standing, Verdict, Why,
};

/// LOINC's code of the estimated delivery date.
const DELIVERY: &str = "11778-8";

/// Answers a request from the UK schedule: the body, and whether it is the answer asked for (otherwise an
/// OperationOutcome that says what was wrong).
pub fn answer_uk(schedule: &Schedule, request: &str) -> (bool, String) {
    match Parameters::read(request) {
        Ok(parameters) => (true, respond(schedule, &parameters).to_string()),
        Err(problem) => (false, operation_outcome(&problem).to_string()),
    }
}

fn respond(schedule: &Schedule, parameters: &Parameters) -> Value {
    let mut odd = Vec::new();
    let (mut doses, mut ids) = (Vec::new(), Vec::new());
    for resource in &parameters.immunizations {
        let Some(date) = occurrence(resource, &mut odd) else { continue };
        let concept = &resource["vaccineCode"];
        match codes(concept).find_map(|code| schedule.vaccine(code)) {
            Some(vaccine) => {
                doses.push(Dose::new(vaccine, date));
                ids.push(id(resource));
            }
            None => {
                let code = codes(concept).next().unwrap_or_default();
                odd.push(RecordFinding::UnknownVaccine(code.to_owned()));
            }
        }
    }
    let mut child = Child::new(parameters.date_of_birth, parameters.sex)
        .with_conditions(conditions(schedule, parameters, &mut odd));
    if let Some(delivery) = parameters.conditions.iter().find_map(expected_delivery) {
        child = child.expecting(delivery);
    }
    let on = parameters.assessment;
    let mut assessment = Assessment::default();
    schedule.assess(&child, &doses, on, &mut assessment);
    let patient = patient(&id(&parameters.patient));
    let mut list: Vec<Value> = Vec::new();
    for verdict in assessment.verdicts() {
        let resource = evaluation(schedule, verdict, &patient, event(&ids, verdict.dose), &on.to_string());
        list.push(json!({ "name": "evaluation", "resource": resource }));
    }
    let plan = schedule.plan(&child, &doses, on, &Limits::default());
    let offered = |status: &CourseStatus| {
        let course = status.course(schedule);
        plan.now.iter().find(|offer| offer.doses.iter().any(|dose| dose.course == course))
    };
    let recommendations = assessment.courses().iter().map(|status| {
        recommendation(schedule, status, offered(status).map(|offer| (offer.vaccine, offer.name.as_str())))
    });
    list.push(json!({ "name": "recommendation", "resource": {
        "resourceType": "ImmunizationRecommendation",
        "patient": patient,
        "date": on.to_string(),
        "authority": { "display": "UK routine immunisation schedule" },
        "recommendation": recommendations.collect::<Vec<_>>(),
    } }));
    let mut response = json!({ "resourceType": "Parameters", "parameter": list });
    let odd = odd.iter().map(ToString::to_string);
    add_findings(&mut response, odd.chain(assessment.findings().iter().map(ToString::to_string)));
    response
}

/// The day of an observation of the estimated delivery date (LOINC 11778-8).
fn expected_delivery(resource: &Value) -> Option<Date> {
    let is_delivery = codes(&resource["code"]).any(|code| code == DELIVERY);
    let day = is_delivery.then(|| resource["valueDateTime"].as_str()).flatten()?;
    match read_date(day) {
        ReadDate::Day(day) => Some(day),
        _ => None,
    }
}

fn conditions(schedule: &Schedule, parameters: &Parameters, odd: &mut Vec<RecordFinding>) -> Conditions {
    let mut held = Conditions::default();
    let not_delivery = |resource: &&Value| expected_delivery(resource).is_none();
    for resource in parameters.conditions.iter().filter(not_delivery) {
        match codes(&resource["code"]).find_map(|code| schedule.condition(code)) {
            Some(condition) => held = held.with(condition),
            None => {
                let code = codes(&resource["code"]).next().unwrap_or_default();
                odd.push(RecordFinding::UnknownObservation(code.to_owned()));
            }
        }
    }
    held
}

fn evaluation(schedule: &Schedule, verdict: &DoseVerdict, patient: &Value, event: Value, on: &str) -> Value {
    let valid = matches!(verdict.verdict, Verdict::Counts(_));
    let (code, display) = if valid { ("valid", "Valid") } else { ("notvalid", "Not Valid") };
    let mut resource = json!({
        "resourceType": "ImmunizationEvaluation",
        "status": "completed",
        "patient": patient,
        "date": on,
        "targetDisease": { "text": verdict.course(schedule) },
        "immunizationEvent": event,
        "doseStatus": { "coding": [{ "system": DOSE_STATUS, "code": code, "display": display }], "text": code },
    });
    match verdict.verdict {
        Verdict::Counts(number) => resource["doseNumberPositiveInt"] = json!(number),
        Verdict::DoesNotCount(why) => {
            let coded = match why {
                Why::TooYoung => Some("tooyoung"),
                Why::TooOld => Some("tooold"),
                Why::TooSoon => Some("toosoon"),
                Why::AfterLiveVaccine => Some("productconflict"),
                Why::NotNeeded | Why::BeforeProgramme => None,
            };
            let mut reason = json!({ "text": why.words() });
            if let Some(code) = coded {
                reason["coding"] = json!([{ "system": STATUS_REASON, "code": code }]);
            }
            resource["doseStatusReason"] = json!([reason]);
        }
    }
    resource
}

fn recommendation(
    schedule: &Schedule,
    status: &CourseStatus,
    offered: Option<(crate::uk::VaccineId, &str)>,
) -> Value {
    let (code, display) = match status.standing() {
        Standing::Complete => ("complete", "Complete"),
        Standing::Immune => ("immune", "Immune"),
        Standing::TooOld => ("agedOut", "Aged Out"),
        Standing::Ended => ("notRecommended", "Not Recommended"),
        Standing::Later | Standing::Due | Standing::Overdue => ("notComplete", "Not Complete"),
    };
    let name = status.name(schedule);
    let mut vaccine = json!({ "text": offered.map_or(name, |(_, name)| name) });
    if let Some((id, _)) = offered {
        let codings: Vec<Value> = schedule.vaccine_other_codes(id).filter_map(coding).collect();
        if !codings.is_empty() {
            vaccine["coding"] = Value::Array(codings);
        }
    }
    let mut resource = json!({
        "vaccineCode": [vaccine],
        "targetDisease": { "text": name },
        "forecastStatus": {
            "coding": [{ "system": FORECAST_STATUS, "code": code, "display": display }],
            "text": display,
        },
        "forecastReason": [{ "text": format!("{} ({})", status.standing().code(), status.source(schedule)) }],
        "series": status.course(schedule),
    });
    let dates = [
        ("30981-5", "Earliest date to give", status.earliest()),
        ("30980-7", "Date vaccine due", status.due()),
        ("59778-1", "Date when overdue for immunization", status.overdue()),
    ];
    let criteria: Vec<Value> =
        dates.into_iter().filter_map(|(code, display, date)| criterion(code, display, date)).collect();
    if !criteria.is_empty() {
        resource["dateCriterion"] = Value::Array(criteria);
    }
    if let Some(number) = status.next_dose() {
        resource["doseNumberPositiveInt"] = json!(number);
    }
    resource
}
