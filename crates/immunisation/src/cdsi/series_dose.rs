//! One dose of a series in CDC's files.

use super::tree::Element;
use super::value::{Place, codes};
use crate::calendar::Span;
use crate::definition::{
    AgeDefinition, AllowableIntervalDefinition, ConditionDefinition, ConditionKind, DoseCountKind,
    DoseCountTest, DoseDefinition, IntervalDefinition, IntervalFrom, SeasonDefinition, SkipContext,
    SkipDefinition, SkipSetDefinition, VaccineUse,
};
use crate::error::ScheduleError;

pub(super) fn read(place: Place<'_>, dose: &Element) -> Result<DoseDefinition, ScheduleError> {
    let list = |name: &'static str| dose.all(name);
    Ok(DoseDefinition {
        ages: list("age").map(|e| age(place, e)).collect::<Result<_, _>>()?,
        intervals: list("interval").map(|e| interval(place, e)).collect::<Result<_, _>>()?,
        allowable_intervals: list("allowableInterval")
            .map(|e| allowable(place, e))
            .collect::<Result<_, _>>()?,
        preferable: list("preferableVaccine").map(|e| vaccine(place, e)).collect::<Result<_, _>>()?,
        allowable: list("allowableVaccine").map(|e| vaccine(place, e)).collect::<Result<_, _>>()?,
        inadvertent: list("inadvertentVaccine").map(|e| e.value("cvx").to_owned()).collect(),
        skips: list("conditionalSkip").map(|e| skip(place, e)).collect::<Result<_, _>>()?,
        recurring: place.flag(dose, "recurringDose")?,
        season: match list("seasonalRecommendation").next() {
            Some(season) => Some(SeasonDefinition {
                start: place.date(season, "startDate")?,
                end: place.date(season, "endDate")?,
            }),
            None => None,
        },
    })
}

/// An empty absolute minimum means that there is none (tables 6-14 and 6-17), which the format writes as 0 days
/// where there is a minimum.
fn absolute(absolute: Option<Span>, minimum: Option<Span>) -> Option<Span> {
    absolute.or(minimum.map(|_| Span::default()))
}

fn age(place: Place<'_>, age: &Element) -> Result<AgeDefinition, ScheduleError> {
    let minimum = place.span(age, "minAge")?;
    Ok(AgeDefinition {
        absolute_minimum: absolute(place.span(age, "absMinAge")?, minimum),
        minimum,
        recommended: place.span(age, "earliestRecAge")?,
        overdue: place.span(age, "latestRecAge")?,
        maximum: place.span(age, "maxAge")?,
        from: place.date(age, "effectiveDate")?,
        until: place.date(age, "cessationDate")?,
        when: None,
        source: None,
    })
}

fn reference(place: Place<'_>, interval: &Element) -> Result<IntervalFrom, ScheduleError> {
    if place.flag(interval, "fromPrevious")? {
        return Ok(IntervalFrom::Previous);
    }
    if let Some(number) = place.number(interval, "fromTargetDose")? {
        return Ok(IntervalFrom::Dose(number));
    }
    let recent = interval.value("fromMostRecent");
    if !recent.is_empty() {
        return Ok(IntervalFrom::MostRecent(codes(recent)));
    }
    match interval.child("fromRelevantObs").map_or("", |observation| observation.value("code")) {
        "" => Err(place.error("an interval does not say from what it is counted")),
        code => Ok(IntervalFrom::Observation(code.to_owned())),
    }
}

fn interval(place: Place<'_>, interval: &Element) -> Result<IntervalDefinition, ScheduleError> {
    let minimum = place.span(interval, "minInt")?;
    Ok(IntervalDefinition {
        reference: reference(place, interval)?,
        absolute_minimum: absolute(place.span(interval, "absMinInt")?, minimum),
        minimum,
        recommended: place.span(interval, "earliestRecInt")?,
        overdue: place.span(interval, "latestRecInt")?,
        priority: interval.value("intervalPriority").eq_ignore_ascii_case("override"),
        from: place.date(interval, "effectiveDate")?,
        until: place.date(interval, "cessationDate")?,
        when: None,
        source: None,
    })
}

fn allowable(place: Place<'_>, interval: &Element) -> Result<AllowableIntervalDefinition, ScheduleError> {
    Ok(AllowableIntervalDefinition {
        reference: reference(place, interval)?,
        absolute_minimum: place.span(interval, "absMinInt")?,
        from: place.date(interval, "effectiveDate")?,
        until: place.date(interval, "cessationDate")?,
        when: None,
        source: None,
    })
}

fn vaccine(place: Place<'_>, vaccine: &Element) -> Result<VaccineUse, ScheduleError> {
    let volume = match vaccine.value("volume") {
        "" => None,
        text => Some(text.parse().map_err(|_| place.error(format!("volume: '{text}' is not a number")))?),
    };
    Ok(VaccineUse {
        code: vaccine.value("cvx").to_owned(),
        begin_age: place.span(vaccine, "beginAge")?,
        end_age: place.span(vaccine, "endAge")?,
        manufacturer: Some(vaccine.value("mvx")).filter(|mvx| !mvx.is_empty()).map(str::to_owned),
        volume,
        recommended: place.flag(vaccine, "forecastVaccineType")?,
        from: None,
        until: None,
    })
}

fn skip(place: Place<'_>, skip: &Element) -> Result<SkipDefinition, ScheduleError> {
    let context = match skip.value("context") {
        "Evaluation" => SkipContext::Evaluation,
        "Forecast" => SkipContext::Forecast,
        "Both" => SkipContext::Both,
        other => return Err(place.error(format!("conditionalSkip: '{other}' is not a context"))),
    };
    let mut sets = Vec::new();
    for set in skip.all("set") {
        sets.push(SkipSetDefinition {
            text: set.value("setDescription").to_owned(),
            any: set.value("conditionLogic").eq_ignore_ascii_case("or"),
            conditions: set.all("condition").map(|e| condition(place, e)).collect::<Result<_, _>>()?,
            from: place.date(set, "effectiveDate")?,
            until: place.date(set, "cessationDate")?,
        });
    }
    Ok(SkipDefinition {
        context,
        all_sets: skip.value("setLogic").eq_ignore_ascii_case("and"),
        sets,
        when: None,
    })
}

fn condition(place: Place<'_>, condition: &Element) -> Result<ConditionDefinition, ScheduleError> {
    let kind = match condition.value("conditionType").to_ascii_lowercase().as_str() {
        "age" => ConditionKind::Age,
        "completed series" => ConditionKind::CompletedSeries,
        "interval" => ConditionKind::Interval,
        "vaccine count by age" | "vaccine count by date" | "vaccine count by date and age" => {
            ConditionKind::DoseCount
        }
        other => return Err(place.error(format!("conditionType: '{other}' is not a type of condition"))),
    };
    let counted = match condition.value("doseType").to_ascii_lowercase().as_str() {
        "total" => DoseCountKind::Total,
        "valid" | "" => DoseCountKind::Valid,
        other => return Err(place.error(format!("doseType: '{other}' is neither Valid nor Total"))),
    };
    let test = match condition.value("doseCountLogic").to_ascii_lowercase().as_str() {
        "greater than" | "" => DoseCountTest::GreaterThan,
        "equal to" | "equal" | "equals" => DoseCountTest::EqualTo,
        "less than" => DoseCountTest::LessThan,
        other => return Err(place.error(format!("doseCountLogic: '{other}' is not a comparison"))),
    };
    let mut series_groups = Vec::new();
    for group in codes(condition.value("seriesGroups")) {
        let number =
            group.parse().map_err(|_| place.error(format!("seriesGroups: '{group}' is not a number")))?;
        series_groups.push(number);
    }
    Ok(ConditionDefinition {
        kind,
        begin_age: place.span(condition, "beginAge")?,
        end_age: place.span(condition, "endAge")?,
        start_date: place.date(condition, "startDate")?,
        end_date: place.date(condition, "endDate")?,
        interval: place.span(condition, "interval")?,
        counted,
        test,
        count: place.number(condition, "doseCount")?.unwrap_or(0),
        vaccines: codes(condition.value("vaccineTypes")),
        series_groups,
    })
}
