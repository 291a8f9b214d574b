//! Runs a case and compares every field of it.

use vocabulary::Date;

use super::case::{Case, ExpectedDose};
use crate::child::{Child, Dose, DoseCondition, Observed};
use crate::definition::SeriesKind;
use crate::engine::{Scratch, evaluate_and_forecast};
use crate::outcome::{EvaluationStatus, GroupForecast, Outcome, Reason, Reasons, SeriesStatus};
use crate::schedule::{GroupId, Schedule};

/// How a case came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The group in the schedule's words; the workbook's where the schedule has no such group.
    pub group: String,
    /// The status of the series.
    pub status: FieldComparison,
    /// The first day on which the next dose may be given.
    pub earliest: FieldComparison,
    /// The day on which it should be.
    pub recommended: FieldComparison,
    /// The last day on which it is not overdue.
    pub past_due: FieldComparison,
    /// Each dose.
    pub doses: Vec<DoseComparison>,
}

impl Comparison {
    /// Whether every field and every dose agrees.
    pub fn is_whole(&self) -> bool {
        let fields = [&self.status, &self.earliest, &self.recommended, &self.past_due];
        fields.iter().all(|field| field.agrees) && self.doses.iter().all(|dose| dose.agrees)
    }
}

/// One field: what the case says, and what the engine said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldComparison {
    /// What the case says.
    pub expected: String,
    /// What the engine said.
    pub found: String,
    /// Whether they agree.
    pub agrees: bool,
}

/// One dose: what the case says, and what the engine said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoseComparison {
    /// The status and reason that the case gives.
    pub expected: String,
    /// The status and reason that the engine gave.
    pub found: String,
    /// Whether both agree. A case gives no reason for a dose that counts.
    pub agrees: bool,
}

impl Case {
    /// The child and the doses of the case, in the schedule's codes.
    pub fn input(&self, schedule: &Schedule) -> (Child, Vec<Dose>) {
        let mut child = Child::new(self.date_of_birth, self.sex);
        for (code, date) in &self.observations {
            if let Some(observation) = schedule.observation(code) {
                child.observations.push(Observed { observation, date: *date });
            }
        }
        let dose = |expected: &ExpectedDose| Dose {
            vaccine: schedule.vaccine(&expected.vaccine),
            date: expected.date,
            manufacturer: schedule.manufacturer(&expected.manufacturer),
            volume: None,
            condition: DoseCondition::Sound,
        };
        (child, self.doses.iter().map(dose).collect())
    }
}

/// Runs a case and compares it.
pub fn compare(schedule: &Schedule, case: &Case, scratch: &mut Scratch) -> Comparison {
    let (child, doses) = case.input(schedule);
    let outcome = evaluate_and_forecast(schedule, &child, &doses, case.assessment, scratch);
    let group = group(schedule, &case.group);
    let forecast = group.and_then(|group| outcome.for_group(group));
    let status = forecast.map_or("", |forecast| words(forecast.status));
    let date = |expected: Option<Date>, found: fn(&GroupForecast) -> Option<Date>| {
        let found = forecast.and_then(found);
        FieldComparison { expected: shown(expected), found: shown(found), agrees: expected == found }
    };
    let compare_dose = |(at, dose)| compare_dose(outcome, group, forecast, at, dose);
    Comparison {
        group: group.map_or_else(|| case.group.clone(), |group| schedule.group_name(group).to_owned()),
        status: FieldComparison {
            agrees: case.status.trim().eq_ignore_ascii_case(status),
            expected: case.status.clone(),
            found: status.to_owned(),
        },
        earliest: date(case.earliest, |forecast| forecast.earliest),
        recommended: date(case.recommended, |forecast| forecast.recommended),
        past_due: date(case.past_due, |forecast| forecast.past_due),
        doses: case.doses.iter().enumerate().map(compare_dose).collect(),
    }
}

fn shown(date: Option<Date>) -> String {
    date.map_or_else(|| "-".to_owned(), |date| date.to_string())
}

/// The workbooks' names of groups, which are not the schedule's and not consistent.
pub(super) fn group(schedule: &Schedule, name: &str) -> Option<GroupId> {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let name = match letters.as_str() {
        "DTAP" | "TDAP" | "TD" | "DTAPTDAPTD" => "DTaP/Tdap/Td",
        "POL" | "IPOL" | "IPV" => "Polio",
        "PCV" | "PPSV" | "PNEUMO" => "Pneumococcal",
        "VAR" | "VZ" => "Varicella",
        "ROTA" => "Rotavirus",
        "MCV" | "MEN" | "MENACWY" => "Meningococcal",
        "MENB" | "MENINGOCOCCALB" => "Meningococcal B",
        "FLU" => "Influenza",
        "JE" => "Japanese Encephalitis",
        "YF" => "Yellow Fever",
        "COVID" | "COVID19" => "COVID-19",
        "MPOX" | "SMALLPOX" | "ORTHOPOX" => "Orthopoxvirus",
        "HEPA" => "HepA",
        "HEPB" => "HepB",
        _ => name,
    };
    schedule.group(name)
}

fn compare_dose(
    outcome: &Outcome,
    group: Option<GroupId>,
    forecast: Option<&GroupForecast>,
    at: usize,
    expected: &ExpectedDose,
) -> DoseComparison {
    let found = group.and_then(|group| evaluation(outcome, group, forecast, at, &expected.series_kind));
    let (status, reasons) =
        found.map_or(("", Reasons::default()), |(status, reasons)| (status_words(status), reasons));
    // The specification gives an evaluation several reasons, the workbook has room for one: it must be among ours.
    let counts = expected.status.eq_ignore_ascii_case("valid");
    let named = reasons.iter().any(|reason| same(&expected.reason, reason_words(reason)));
    let shown =
        reasons.iter().map(reason_words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
    DoseComparison {
        agrees: expected.status.is_empty()
            || (same(&expected.status, status) && (counts || expected.reason.is_empty() || named)),
        expected: format!("{} {}", expected.status, expected.reason).trim().to_owned(),
        found: format!("{status} {shown}").trim().to_owned(),
    }
}

/// How a dose counts where the case means it: in the series of the kind that the case names, otherwise in that
/// of the forecast. A dose of another group (an MMR in a case about varicella) is meant in its own group.
fn evaluation(
    outcome: &Outcome,
    group: GroupId,
    forecast: Option<&GroupForecast>,
    at: usize,
    kind: &str,
) -> Option<(EvaluationStatus, Reasons)> {
    let kind = match kind {
        "standard" => Some(SeriesKind::Standard),
        "risk" => Some(SeriesKind::Risk),
        _ => None,
    };
    let of_dose = || outcome.evaluations().iter().filter(|evaluation| evaluation.dose == at);
    if !of_dose().any(|evaluation| evaluation.group == group) {
        let elsewhere = of_dose().find(|evaluation| evaluation.best).or_else(|| of_dose().next())?;
        return outcome.dose_in_group(at, elsewhere.group, elsewhere.series_group);
    }
    let named = of_dose().filter(|e| e.group == group && kind.is_some_and(|kind| kind == e.kind));
    // Of two series groups of the kind (children's and adults') the one in which the dose counts is meant.
    let named = named.min_by_key(|e| (e.status != EvaluationStatus::Valid, !e.best, e.series_group));
    let series_group = named.map(|e| e.series_group).or(forecast.map(|forecast| forecast.series_group))?;
    outcome.dose_in_group(at, group, series_group)
}

/// Whether two phrases say the same: case, spaces and punctuation are not consistent in the workbooks.
fn same(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    letters(a) == letters(b)
}

fn words(status: SeriesStatus) -> &'static str {
    match status {
        SeriesStatus::NotComplete => "Not Complete",
        SeriesStatus::Complete => "Complete",
        SeriesStatus::Immune => "Immune",
        SeriesStatus::Contraindicated => "Contraindicated",
        SeriesStatus::AgedOut => "Aged Out",
        SeriesStatus::NotRecommended => "Not Recommended",
    }
}

fn status_words(status: EvaluationStatus) -> &'static str {
    match status {
        EvaluationStatus::Valid => "Valid",
        EvaluationStatus::NotValid => "Not Valid",
        EvaluationStatus::Extraneous => "Extraneous",
        EvaluationStatus::SubStandard => "Sub-standard",
    }
}

/// A reason in the workbook's words; empty for one that the workbook does not name.
fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::TooYoung => "Age: Too Young",
        Reason::TooOld => "Age: Too Old",
        Reason::TooSoon => "Interval: too Soon",
        Reason::Conflict => "Live Virus Conflict",
        Reason::Inadvertent => "Inadvertent Vaccine",
        Reason::WrongVaccine => "Not a preferable or allowable vaccine",
        Reason::SeriesComplete => "Series Already Complete",
        Reason::Expired => "Expired",
        Reason::Compromised => "Dose condition",
        Reason::GracePeriod | Reason::LowVolume => "",
    }
}
