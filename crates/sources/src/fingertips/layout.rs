//! The columns of a download, and what a row of them says.

use vocabulary::{AreaCode, AreaKind, Figure, Observation, Origin, Period, Sex, Withheld};

use super::FingertipsFigure;
use super::words::{Words, period};
use crate::SourceError;
use crate::table::{Headings, Missing, Row, read_number};

/// Where the columns stand.
pub(super) struct Layout {
    indicator_id: usize,
    indicator_name: usize,
    pub area_code: usize,
    area_name: usize,
    pub area_type: usize,
    sex: usize,
    age: usize,
    category_type: Option<usize>,
    category: Option<usize>,
    period: usize,
    period_sortable: Option<usize>,
    period_range: Option<usize>,
    value: usize,
    limits_95: Option<(usize, usize)>,
    limits_998: Option<(usize, usize)>,
    count: Option<usize>,
    denominator: Option<usize>,
    note: Option<usize>,
    trend: Option<usize>,
    to_england: Option<usize>,
    to_parent: Option<usize>,
    to_goal: Option<usize>,
}

/// Finds the columns by their headings.
pub(super) fn find(headings: &Headings) -> Result<Layout, Missing> {
    let needed = [
        ("Indicator ID", "indicatorid"),
        ("Indicator Name", "indicatorname"),
        ("Area Code", "areacode"),
        ("Area Name", "areaname"),
        ("Area Type", "areatype"),
        ("Sex", "sex"),
        ("Age", "age"),
        ("Time period", "timeperiod"),
        ("Value", "value"),
    ];
    let mut columns = [0; 9];
    let mut lacking = Vec::new();
    for (column, (heading, key)) in columns.iter_mut().zip(needed) {
        match headings.column(&[key]) {
            Some(at) => *column = at,
            None => lacking.push(heading),
        }
    }
    if !lacking.is_empty() {
        return Err(Missing {
            found: needed.len() - lacking.len(),
            lacks: format!("there is no column '{}'", lacking.join("', '")),
            expected: format!("the headings of a Fingertips download: {}", needed.map(|n| n.0).join(", ")),
        });
    }
    let [indicator_id, indicator_name, area_code, area_name, area_type, sex, age, period, value] = columns;
    let begins =
        |text: &str| headings.keys().find(|(_, key)| key.starts_with(text)).map(|(column, _)| column);
    let pair = |lower: &str, upper: &str| headings.column(&[lower]).zip(headings.column(&[upper]));
    Ok(Layout {
        indicator_id,
        indicator_name,
        area_code,
        area_name,
        area_type,
        sex,
        age,
        category_type: headings.column(&["categorytype"]),
        category: headings.column(&["category"]),
        period,
        period_sortable: headings.column(&["timeperiodsortable"]),
        period_range: headings.column(&["timeperiodrange"]),
        value,
        limits_95: pair("lowerci950limit", "upperci950limit")
            .or_else(|| pair("lowerci95limit", "upperci95limit")),
        limits_998: pair("lowerci998limit", "upperci998limit"),
        count: headings.column(&["count"]),
        denominator: headings.column(&["denominator"]),
        note: headings.column(&["valuenote"]),
        trend: headings.column(&["recenttrend"]),
        to_england: begins("comparedtoengland"),
        to_parent: begins("comparedtoparent").or_else(|| begins("comparedtosubnationalparent")),
        to_goal: headings.column(&["comparedtogoal"]),
    })
}

impl Layout {
    /// The figure of a row; `None` when it is of a kind of place that het does not know.
    pub(super) fn figure(
        &self,
        row: Row<'_>,
        words: &mut Words,
    ) -> Result<Option<FingertipsFigure>, SourceError> {
        let id =
            row.number_in(self.indicator_id, ID)?.filter(|id| id.fract() == 0.0 && (1.0..1e9).contains(id));
        let id = id.ok_or_else(|| row.refuse(self.indicator_id, ID))? as u32;
        let area: AreaCode = (row.text(self.area_code).parse())
            .map_err(|_| row.refuse(self.area_code, "a code of an area, such as E06000032"))?;
        let note = row.text_in(self.note);
        let figure = self.value(row, &note)?;
        let limits_95 = limits(row, self.limits_95)?;
        let limits_998 = limits(row, self.limits_998)?;
        let numerator = self.people(row, self.count)?;
        let denominator = self.people(row, self.denominator)?;
        let period = self.period(row)?;
        let sex_words = row.text(self.sex);
        let sex = match sex_words.to_ascii_lowercase().as_str() {
            "not applicable" | "n/a" => Sex::Persons,
            _ => Sex::parse(&sex_words).ok_or_else(|| row.refuse(self.sex, "Persons, Female or Male"))?,
        };
        let Some(area_kind) = kind(area, &row.text(self.area_type)) else { return Ok(None) };
        let (category_type, category) = (row.text_in(self.category_type), row.text_in(self.category));
        let observation = Observation {
            indicator: words.indicator(id, &row.text(self.indicator_name)),
            age: words.age(&row.text(self.age)),
            sex,
            group: words.group(&category_type, &category),
            area,
            area_name: words.shared(&row.text(self.area_name)),
            area_kind,
            period,
            numerator,
            denominator,
            figure,
            origin: Origin {
                file: words.file(),
                sheet: words.none(),
                row: row.number(),
                column: self.value as u32 + 1,
            },
            note: words.shared(&note),
        };
        Ok(Some(FingertipsFigure {
            observation,
            limits_95,
            limits_998,
            trend: words.shared(&row.text_in(self.trend)),
            compared_to_england: words.shared(&row.text_in(self.to_england)),
            compared_to_parent: words.shared(&row.text_in(self.to_parent)),
            compared_to_goal: words.shared(&row.text_in(self.to_goal)),
        }))
    }

    /// The value, or why there is none: the note says it, or a marker stands in its place.
    fn value(&self, row: Row<'_>, note: &str) -> Result<Figure, SourceError> {
        let text = row.text(self.value);
        if let Some(number) = read_number(&text) {
            return Ok(Figure::Value(number));
        }
        let note = note.to_ascii_lowercase();
        let withheld = match text.to_ascii_lowercase().as_str() {
            "" if ["suppress", "disclosure", "too small", "small number"]
                .iter()
                .any(|w| note.contains(w)) =>
            {
                Withheld::Suppressed
            }
            "" if note.contains("not applicable") => Withheld::NotApplicable,
            "" => Withheld::Missing,
            "*" | "[c]" | "c" | "suppressed" => Withheld::Suppressed,
            "[z]" | "z" | "n/a" | "not applicable" => Withheld::NotApplicable,
            "[x]" | "x" | ":" | ".." | "-" | "na" | "null" | "not available" => Withheld::Missing,
            _ => return Err(row.refuse(self.value, "a number, empty, or a marker such as *")),
        };
        Ok(Figure::Withheld(withheld))
    }

    /// A count of people or events. Weighted ones have fractions.
    fn people(&self, row: Row<'_>, column: Option<usize>) -> Result<Option<f64>, SourceError> {
        let Some(column) = column else { return Ok(None) };
        let text = row.text(column);
        // A marker says no more than that there is no number.
        if matches!(&*text, "" | "*" | "[c]" | "[x]" | "[z]" | "-" | "n/a" | "N/A" | "NULL") {
            return Ok(None);
        }
        let expected = "a number of people or events, 0 or more";
        let number = row.number_in(column, expected)?;
        if number.is_some_and(|number| number < 0.0) {
            return Err(row.refuse(column, expected));
        }
        Ok(number)
    }

    fn period(&self, row: Row<'_>) -> Result<Period, SourceError> {
        let text = row.text(self.period);
        let (sortable, range) = (row.text_in(self.period_sortable), row.text_in(self.period_range));
        period(&text, &sortable, &range).ok_or_else(|| {
            row.refuse(self.period, "a period, such as 2024, 2023/24, 2021 - 23 or 2023/24 Q1")
        })
    }
}

const ID: &str = "the number of an indicator";

/// A pair of confidence limits; none unless both are there.
fn limits(row: Row<'_>, columns: Option<(usize, usize)>) -> Result<Option<(f64, f64)>, SourceError> {
    let Some((lower, upper)) = columns else { return Ok(None) };
    let limit = |column: usize| match &*row.text(column) {
        "*" | "-" | "n/a" | "N/A" | "NULL" => Ok(None),
        _ => row.number_in(column, "a confidence limit, which is a number"),
    };
    let (low, high) = (limit(lower)?, limit(upper)?);
    match low.zip(high) {
        Some((low, high)) if low > high => Err(row.refuse(upper, "a limit that is not below the lower one")),
        limits => Ok(limits),
    }
}

/// The kind of a place: its code tells it, or the words of Fingertips do.
fn kind(area: AreaCode, area_type: &str) -> Option<AreaKind> {
    if let Some(kind) = area.kind() {
        return Some(kind);
    }
    let lower = area_type.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    Some(match () {
        () if has(&["lsoa", "lower super output"]) => AreaKind::Lsoa,
        () if has(&["msoa", "middle super output"]) => AreaKind::Msoa,
        () if has(&["ward"]) => AreaKind::Ward,
        () if has(&["icb", "nhs region", "ccg", "sub-location", "stp"]) => AreaKind::HealthRegion,
        () if has(&["primary care trust", "pct"]) => AreaKind::PrimaryCareTrust,
        () if has(&["combined authorit", "gp", "pcn", "practice", "trust"]) => return None,
        () if has(&["counties", "county", "upper tier", "utla"]) => AreaKind::UpperTier,
        () if has(&["district", "lower tier", "ltla"]) => AreaKind::LocalAuthority,
        () if has(&["region"]) => AreaKind::Region,
        () if has(&["england", "country", "united kingdom"]) => AreaKind::Country,
        () => return None,
    })
}
