//! An antigen's file: immunity, contraindications and series.

use super::series_dose;
use super::tree::Element;
use super::value::{Place, error};
use crate::definition::{
    AntigenDefinition, BirthImmunity, ContraindicationDefinition, IndicationDefinition, SeriesDefinition,
    SeriesKind, VaccineUse,
};
use crate::error::ScheduleError;

pub(super) fn read(file: &str, root: &Element) -> Result<AntigenDefinition, ScheduleError> {
    let mut antigen = AntigenDefinition::default();
    for series in root.all("series") {
        antigen.name = series.value("targetDisease").to_owned();
        antigen.series.push(self::series(file, series)?);
    }
    if antigen.name.is_empty() {
        return Err(error(file, "series", "there is no series, so the antigen is not known"));
    }
    let place = Place { file, place: &antigen.name };
    if let Some(immunity) = root.child("immunity") {
        antigen.immune_if = immunity
            .all("clinicalHistory")
            .map(|history| history.value("guidelineCode").to_owned())
            .collect();
        for birth in immunity.all("dateOfBirth") {
            let Some(date) = place.date(birth, "immunityBirthDate")? else { continue };
            let country = Some(birth.value("birthCountry")).filter(|country| !country.is_empty());
            let unless = birth.all("exclusion").map(|exclusion| exclusion.value("exclusionCode").to_owned());
            let (country, unless) =
                (country.map(str::to_owned), unless.filter(|code| !code.is_empty()).collect());
            antigen.immune_born_before.push(BirthImmunity { date, country, unless });
        }
    }
    if let Some(contraindications) = root.child("contraindications") {
        for kind in ["vaccineGroup", "vaccine"] {
            let listed =
                contraindications.child(kind).map(|list| list.all("contraindication").collect::<Vec<_>>());
            for element in listed.unwrap_or_default() {
                antigen.contraindications.push(contraindication(place, element)?);
            }
        }
    }
    Ok(antigen)
}

fn contraindication(
    place: Place<'_>,
    element: &Element,
) -> Result<ContraindicationDefinition, ScheduleError> {
    let mut vaccines = Vec::new();
    for vaccine in element.all("contraindicatedVaccine") {
        vaccines.push(VaccineUse {
            code: vaccine.value("cvx").to_owned(),
            begin_age: place.span(vaccine, "beginAge")?,
            end_age: place.span(vaccine, "endAge")?,
            ..VaccineUse::default()
        });
    }
    Ok(ContraindicationDefinition {
        observation: element.value("observationCode").to_owned(),
        text: element.value("contraindicationText").to_owned(),
        begin_age: place.span(element, "beginAge")?,
        end_age: place.span(element, "endAge")?,
        vaccines,
        source: None,
    })
}

fn series(file: &str, element: &Element) -> Result<SeriesDefinition, ScheduleError> {
    let name = element.value("seriesName").to_owned();
    let place = Place { file, place: &name };
    let missing = || place.error("there is no selectSeries");
    let select = element.child("selectSeries").ok_or_else(missing)?;
    let kind = match element.value("seriesType") {
        "Standard" => SeriesKind::Standard,
        "Risk" => SeriesKind::Risk,
        "Evaluation Only" => SeriesKind::EvaluationOnly,
        other => return Err(place.error(format!("seriesType: '{other}' is not a type of series"))),
    };
    let mut equivalent_groups = Vec::new();
    for group in super::value::codes(element.value("equivalentSeriesGroups")) {
        let number = group
            .parse()
            .map_err(|_| place.error(format!("equivalentSeriesGroups: '{group}' is not a number")))?;
        equivalent_groups.push(number);
    }
    let mut indications = Vec::new();
    for indication in element.all("indication") {
        let code = indication.child("observationCode").map_or("", |code| code.value("code"));
        indications.push(IndicationDefinition {
            observation: code.to_owned(),
            text: indication.value("description").to_owned(),
            begin_age: place.span(indication, "beginAge")?,
            end_age: place.span(indication, "endAge")?,
            guidance: indication.value("guidance").to_owned(),
        });
    }
    let mut doses = Vec::new();
    for dose in element.all("seriesDose") {
        let numbered = format!("{name}, {}", dose.value("doseNumber"));
        doses.push(series_dose::read(Place { file, place: &numbered }, dose)?);
    }
    Ok(SeriesDefinition {
        kind,
        sexes: element.all("requiredGender").map(|sex| sex.own_text().to_owned()).collect(),
        group: place.number(select, "seriesGroup")?.unwrap_or(1),
        equivalent_groups,
        default: place.flag(select, "defaultSeries")?,
        product: place.flag(select, "productPath")?,
        priority: select.value("seriesPriority").chars().next().unwrap_or('A'),
        preference: place.number(select, "seriesPreference")?,
        minimum_age_to_start: place.span(select, "minAgeToStart")?,
        maximum_age_to_start: place.span(select, "maxAgeToStart")?,
        guidance: element.all("seriesAdminGuidance").map(|text| text.own_text().to_owned()).collect(),
        indications,
        doses,
        name,
        ..SeriesDefinition::default()
    })
}
