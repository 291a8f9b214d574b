//! Actions, their milestones, and the recommendations they serve.

use sea_orm::FromQueryResult;
use vocabulary::Date;

use super::{date_text, read_date};
use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// A piece of work that serves one or more recommendations. Its status is computed from its dates, never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its number in the database.
    pub id: i64,
    /// Its code: `CYP-07`.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What will be done.
    pub description: String,
    /// The subgroup that drives it.
    pub subgroup_id: i64,
    /// The member who does it.
    pub owner_id: Option<i64>,
    /// The member who answers for it.
    pub sponsor_id: Option<i64>,
    /// When it starts.
    pub starts_on: Option<Date>,
    /// When it should be finished.
    pub due_on: Option<Date>,
    /// When it was finished.
    pub finished_on: Option<Date>,
    /// When it was stopped without being finished.
    pub stopped_on: Option<Date>,
    /// How much of it is done, 0 to 100.
    pub percent_complete: i64,
}

/// A step of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The action.
    pub action_id: i64,
    /// What will have been done.
    pub title: String,
    /// By when.
    pub due_on: Date,
    /// When it was done.
    pub done_on: Option<Date>,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    code: String,
    title: String,
    description: String,
    subgroup_id: i64,
    owner_id: Option<i64>,
    sponsor_id: Option<i64>,
    starts_on: Option<String>,
    due_on: Option<String>,
    finished_on: Option<String>,
    stopped_on: Option<String>,
    percent_complete: i64,
}

impl Row {
    fn read(self) -> Result<Action> {
        Ok(Action {
            id: self.id,
            code: self.code,
            title: self.title,
            description: self.description,
            subgroup_id: self.subgroup_id,
            owner_id: self.owner_id,
            sponsor_id: self.sponsor_id,
            starts_on: read_date(self.starts_on)?,
            due_on: read_date(self.due_on)?,
            finished_on: read_date(self.finished_on)?,
            stopped_on: read_date(self.stopped_on)?,
            percent_complete: self.percent_complete,
        })
    }
}

const COLUMNS: &str = "id, code, title, description, subgroup_id, owner_id, sponsor_id, starts_on, due_on, finished_on, \
     stopped_on, percent_complete";

/// Every action, by code.
pub async fn actions(db: &impl Reader) -> Result<Vec<Action>> {
    let rows: Vec<Row> =
        sql::all(db, "list actions", &format!("SELECT {COLUMNS} FROM action ORDER BY code"), values![])
            .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The action with this code.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn action_by_code(db: &impl Reader, code: &str) -> Result<Action> {
    let sql = format!("SELECT {COLUMNS} FROM action WHERE code = $1");
    let row: Option<Row> = sql::one(db, "find an action", &sql, values![code]).await?;
    row.ok_or_else(|| Error::NotFound { what: "action", value: code.to_owned() })?.read()
}

/// Keeps a new action and gives its number.
///
/// # Errors
/// [`Error::Taken`] when its code is in use.
pub async fn add_action(write: &Write, new: &Action) -> Result<i64> {
    let db = write.reader();
    if action_by_code(db, &new.code).await.is_ok() {
        return Err(Error::Taken { what: "an action with the code", value: new.code.clone() });
    }
    let sql =
        "INSERT INTO action (code, title, description, subgroup_id, owner_id, sponsor_id, starts_on, due_on,
                   finished_on, stopped_on, percent_complete)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id";
    sql::insert(db, "add an action", sql, columns_of(new)).await
}

/// Replaces everything of the action with this number.
pub async fn edit_action(write: &Write, id: i64, new: &Action) -> Result<()> {
    let sql = "UPDATE action SET code = $1, title = $2, description = $3, subgroup_id = $4, owner_id = $5,
                   sponsor_id = $6, starts_on = $7, due_on = $8, finished_on = $9, stopped_on = $10,
                   percent_complete = $11
               WHERE id = $12";
    let mut bound = columns_of(new);
    bound.push(id.into());
    sql::run(write.reader(), "edit an action", sql, bound).await.map(|_| ())
}

fn columns_of(new: &Action) -> Vec<sea_orm::Value> {
    values![
        new.code.as_str(),
        new.title.as_str(),
        new.description.as_str(),
        new.subgroup_id,
        new.owner_id,
        new.sponsor_id,
        date_text(new.starts_on),
        date_text(new.due_on),
        date_text(new.finished_on),
        date_text(new.stopped_on),
        new.percent_complete
    ]
}

/// Every tie of an action to a recommendation: (action, recommendation).
pub async fn actions_of_recommendations(db: &impl Reader) -> Result<Vec<(i64, i64)>> {
    #[derive(FromQueryResult)]
    struct Pair {
        action_id: i64,
        recommendation_id: i64,
    }
    let sql = "SELECT action_id, recommendation_id FROM action_recommendation ORDER BY action_id, recommendation_id";
    let rows: Vec<Pair> = sql::all(db, "list ties", sql, values![]).await?;
    Ok(rows.into_iter().map(|pair| (pair.action_id, pair.recommendation_id)).collect())
}

/// Says that an action serves a recommendation.
pub async fn link_action(write: &Write, action_id: i64, recommendation_id: i64) -> Result<()> {
    let sql = "INSERT INTO action_recommendation (action_id, recommendation_id) VALUES ($1, $2)
               ON CONFLICT (action_id, recommendation_id) DO NOTHING";
    sql::run(write.reader(), "tie an action", sql, values![action_id, recommendation_id]).await.map(|_| ())
}

/// Says that an action serves no recommendation.
pub async fn unlink_action(write: &Write, action_id: i64) -> Result<()> {
    let sql = "DELETE FROM action_recommendation WHERE action_id = $1";
    sql::run(write.reader(), "untie an action", sql, values![action_id]).await.map(|_| ())
}

/// The milestones of one action, or of all of them, in the order of their dates.
pub async fn milestones_of(db: &impl Reader, action_id: Option<i64>) -> Result<Vec<Milestone>> {
    #[derive(FromQueryResult)]
    struct Row {
        action_id: i64,
        title: String,
        due_on: String,
        done_on: Option<String>,
    }
    let filter = action_id.map_or("", |_| "WHERE action_id = $1");
    let sql = format!("SELECT action_id, title, due_on, done_on FROM milestone {filter} ORDER BY due_on, id");
    let bound = action_id.map(|id| values![id]).unwrap_or_default();
    let rows: Vec<Row> = sql::all(db, "list milestones", &sql, bound).await?;
    rows.into_iter()
        .map(|row| {
            let due_on =
                row.due_on.parse().map_err(|_| Error::Foreign { what: "date", value: row.due_on.clone() })?;
            Ok(Milestone {
                action_id: row.action_id,
                title: row.title,
                due_on,
                done_on: read_date(row.done_on)?,
            })
        })
        .collect()
}

/// Keeps a milestone.
pub async fn add_milestone(write: &Write, new: &Milestone) -> Result<()> {
    let sql = "INSERT INTO milestone (action_id, title, due_on, done_on) VALUES ($1, $2, $3, $4)";
    let bound = values![new.action_id, new.title.as_str(), new.due_on.to_string(), date_text(new.done_on)];
    sql::run(write.reader(), "add a milestone", sql, bound).await.map(|_| ())
}

/// Removes every milestone of an action.
pub async fn remove_milestones_of(write: &Write, action_id: i64) -> Result<()> {
    let sql = "DELETE FROM milestone WHERE action_id = $1";
    sql::run(write.reader(), "remove milestones", sql, values![action_id]).await.map(|_| ())
}

/// Which action is shared with which organisation: numbers of both, by action.
pub async fn actions_shared(db: &impl Reader) -> Result<Vec<(i64, i64)>> {
    #[derive(FromQueryResult)]
    struct Row {
        action_id: i64,
        organisation_id: i64,
    }
    let sql = "SELECT action_id, organisation_id FROM action_shared ORDER BY action_id, organisation_id";
    let rows: Vec<Row> = sql::all(db, "list what is shared", sql, values![]).await?;
    Ok(rows.into_iter().map(|row| (row.action_id, row.organisation_id)).collect())
}

/// Shares an action with these organisations and no others.
pub async fn share_action(write: &Write, action: i64, organisations: &[i64]) -> Result<()> {
    let db = write.reader();
    sql::run(db, "share an action", "DELETE FROM action_shared WHERE action_id = $1", values![action])
        .await?;
    for organisation in organisations {
        let sql = "INSERT INTO action_shared (action_id, organisation_id) VALUES ($1, $2)";
        sql::run(db, "share an action", sql, values![action, *organisation]).await?;
    }
    Ok(())
}
