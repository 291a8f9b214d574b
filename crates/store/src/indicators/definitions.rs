//! The programme's indicators, and what they are tied to.

use sea_orm::FromQueryResult;
use vocabulary::Polarity;

use super::SeriesKey;
use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// A defined measure of the programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Its number in the database.
    pub id: i64,
    /// Its code, stable and short: `mmr1-24m`.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What exactly is measured.
    pub definition: String,
    /// Who counts in the numerator.
    pub numerator_words: String,
    /// Who counts in the denominator.
    pub denominator_words: String,
    /// `%`, `per 100,000`, `£`, …
    pub unit: String,
    /// How a value is made: `proportion`, `rate` or `value`.
    pub statistic: String,
    /// What a ratio of numerator to denominator is multiplied by: 100, 100,000.
    pub multiplier: f64,
    /// Which way is better.
    pub polarity: Polarity,
    /// The code of how often it has a new figure.
    pub frequency: String,
    /// Who publishes it, in words.
    pub source: String,
    /// The series of observations it reads, of everyone; its groups share all but `within`.
    pub series: SeriesKey,
    /// The subgroup that follows it.
    pub subgroup_id: Option<i64>,
    /// Whether the partnership reviews it once a year.
    pub is_impact_measure: bool,
}

/// An indicator about to be kept: everything but its number, which is ignored.
pub type NewIndicator = Indicator;

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    code: String,
    name: String,
    definition: String,
    numerator_words: String,
    denominator_words: String,
    unit: String,
    statistic: String,
    multiplier: f64,
    polarity: String,
    frequency: String,
    source: String,
    series_source: String,
    series_indicator: String,
    series_age: String,
    series_sex: String,
    subgroup_id: Option<i64>,
    is_impact_measure: bool,
}

impl Row {
    fn read(self) -> Result<Indicator> {
        let foreign = || Error::Foreign { what: "polarity", value: self.polarity.clone() };
        let polarity = Polarity::from_code(&self.polarity).ok_or_else(foreign)?;
        Ok(Indicator {
            id: self.id,
            code: self.code,
            name: self.name,
            definition: self.definition,
            numerator_words: self.numerator_words,
            denominator_words: self.denominator_words,
            unit: self.unit,
            statistic: self.statistic,
            multiplier: self.multiplier,
            polarity,
            frequency: self.frequency,
            source: self.source,
            series: SeriesKey {
                source: self.series_source,
                indicator: self.series_indicator,
                age: self.series_age,
                sex: self.series_sex,
                within: String::new(),
            },
            subgroup_id: self.subgroup_id,
            is_impact_measure: self.is_impact_measure,
        })
    }
}

const COLUMNS: &str = "i.id, i.code, i.name, i.definition, i.numerator_words, i.denominator_words, i.unit, i.statistic, \
     i.multiplier, i.polarity, i.frequency, i.source, i.series_source, i.series_indicator, i.series_age, i.series_sex, \
     i.subgroup_id, i.is_impact_measure";

async fn find(db: &impl Reader, rest: &str, bound: Vec<sea_orm::Value>) -> Result<Vec<Indicator>> {
    let sql = format!("SELECT {COLUMNS} FROM indicator i {rest}");
    let rows: Vec<Row> = sql::all(db, "list indicators", &sql, bound).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Every indicator, by name.
pub async fn indicators(db: &impl Reader) -> Result<Vec<Indicator>> {
    find(db, "ORDER BY i.name", values![]).await
}

/// The indicator with this code.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn indicator_by_code(db: &impl Reader, code: &str) -> Result<Indicator> {
    let found = find(db, "WHERE i.code = $1", values![code]).await?.pop();
    found.ok_or_else(|| Error::NotFound { what: "indicator", value: code.to_owned() })
}

/// The indicators tied to a recommendation.
pub async fn indicators_of_recommendation(
    db: &impl Reader,
    recommendation_id: i64,
) -> Result<Vec<Indicator>> {
    let rest = "JOIN indicator_recommendation l ON l.indicator_id = i.id WHERE l.recommendation_id = $1 ORDER BY i.name";
    find(db, rest, values![recommendation_id]).await
}

/// The indicators tied to an action.
pub async fn indicators_of_action(db: &impl Reader, action_id: i64) -> Result<Vec<Indicator>> {
    let rest = "JOIN indicator_action l ON l.indicator_id = i.id WHERE l.action_id = $1 ORDER BY i.name";
    find(db, rest, values![action_id]).await
}

#[derive(FromQueryResult)]
struct Pair {
    left_id: i64,
    right_id: i64,
}

/// Every tie of an indicator to a recommendation: (indicator, recommendation).
pub async fn recommendations_of_indicator(db: &impl Reader) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT indicator_id AS left_id, recommendation_id AS right_id FROM indicator_recommendation
               ORDER BY indicator_id, recommendation_id";
    let rows: Vec<Pair> = sql::all(db, "list ties", sql, values![]).await?;
    Ok(rows.into_iter().map(|pair| (pair.left_id, pair.right_id)).collect())
}

/// Every tie of an indicator to an action: (indicator, action).
pub async fn actions_of_indicator(db: &impl Reader) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT indicator_id AS left_id, action_id AS right_id FROM indicator_action
               ORDER BY indicator_id, action_id";
    let rows: Vec<Pair> = sql::all(db, "list ties", sql, values![]).await?;
    Ok(rows.into_iter().map(|pair| (pair.left_id, pair.right_id)).collect())
}

/// Keeps a new indicator and gives its number.
///
/// # Errors
/// [`Error::Taken`] when its code is in use.
pub async fn add_indicator(write: &Write, new: &NewIndicator) -> Result<i64> {
    let db = write.reader();
    if !find(db, "WHERE i.code = $1", values![new.code.as_str()]).await?.is_empty() {
        return Err(Error::Taken { what: "an indicator with the code", value: new.code.clone() });
    }
    let sql = "INSERT INTO indicator (code, name, definition, numerator_words, denominator_words, unit, statistic,
                   multiplier, polarity, frequency, source, series_source, series_indicator, series_age, series_sex,
                   subgroup_id, is_impact_measure)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id";
    sql::insert(db, "add an indicator", sql, columns_of(new)).await
}

/// Replaces everything of the indicator with this number.
pub async fn edit_indicator(write: &Write, id: i64, new: &NewIndicator) -> Result<()> {
    let sql = "UPDATE indicator SET code = $1, name = $2, definition = $3, numerator_words = $4, denominator_words = $5,
                   unit = $6, statistic = $7, multiplier = $8, polarity = $9, frequency = $10, source = $11,
                   series_source = $12, series_indicator = $13, series_age = $14, series_sex = $15, subgroup_id = $16,
                   is_impact_measure = $17
               WHERE id = $18";
    let mut bound = columns_of(new);
    bound.push(id.into());
    sql::run(write.reader(), "edit an indicator", sql, bound).await.map(|_| ())
}

fn columns_of(new: &NewIndicator) -> Vec<sea_orm::Value> {
    values![
        new.code.as_str(),
        new.name.as_str(),
        new.definition.as_str(),
        new.numerator_words.as_str(),
        new.denominator_words.as_str(),
        new.unit.as_str(),
        new.statistic.as_str(),
        new.multiplier,
        new.polarity.code(),
        new.frequency.as_str(),
        new.source.as_str(),
        new.series.source.as_str(),
        new.series.indicator.as_str(),
        new.series.age.as_str(),
        new.series.sex.as_str(),
        new.subgroup_id,
        new.is_impact_measure
    ]
}

/// Ties an indicator to a recommendation.
pub async fn link_indicator_to_recommendation(
    write: &Write,
    indicator_id: i64,
    recommendation_id: i64,
) -> Result<()> {
    let sql = "INSERT INTO indicator_recommendation (indicator_id, recommendation_id) VALUES ($1, $2)
               ON CONFLICT (indicator_id, recommendation_id) DO NOTHING";
    sql::run(write.reader(), "tie an indicator", sql, values![indicator_id, recommendation_id])
        .await
        .map(|_| ())
}

/// Ties an indicator to an action.
pub async fn link_indicator_to_action(write: &Write, indicator_id: i64, action_id: i64) -> Result<()> {
    let sql = "INSERT INTO indicator_action (indicator_id, action_id) VALUES ($1, $2)
               ON CONFLICT (indicator_id, action_id) DO NOTHING";
    sql::run(write.reader(), "tie an indicator", sql, values![indicator_id, action_id]).await.map(|_| ())
}

/// Unties an indicator from every recommendation and action.
pub async fn unlink_indicator(write: &Write, indicator_id: i64) -> Result<()> {
    for table in ["indicator_recommendation", "indicator_action"] {
        let sql = format!("DELETE FROM {table} WHERE indicator_id = $1");
        sql::run(write.reader(), "untie an indicator", &sql, values![indicator_id]).await?;
    }
    Ok(())
}
