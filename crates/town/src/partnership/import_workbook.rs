//! The partnership's workbook, coming in.

use std::collections::HashMap;

use sources::programme as book;
use store::Write;
use store::indicators::{self as figures, Counts, NewImport, Recorder, SeriesKey};
use store::partnership as tables;
use vocabulary::{AreaKind, Figure, Observation, Origin};

use super::Programme;
use crate::{Result, Town, now};

impl Town {
    /// Records a workbook: what it holds is created or brought up to date by its code; what it does not hold is left as it
    /// is.
    pub(crate) async fn record_programme(&self, write: &Write, workbook: &book::Workbook) -> Result<Counts> {
        let before = self.programme().await?;
        let mut counts = Counts::default();
        let subgroups = record_subgroups(write, workbook, &before, &mut counts).await?;
        let members = record_members(write, workbook, &before, &subgroups, &mut counts).await?;
        let recommendations =
            record_recommendations(write, workbook, &before, &subgroups, &members, &mut counts).await?;
        let actions =
            record_actions(write, workbook, &before, &subgroups, &members, &recommendations, &mut counts)
                .await?;
        record_indicators(write, workbook, &before, &subgroups, &recommendations, &actions, &mut counts)
            .await?;
        counts += self.record_town_figures(write, workbook).await?;
        Ok(counts)
    }

    async fn record_town_figures(&self, write: &Write, workbook: &book::Workbook) -> Result<Counts> {
        if workbook.observations.is_empty() {
            return Ok(Counts::default());
        }
        let at = now().to_string();
        let import = NewImport {
            kind: "town",
            file: "the partnership's workbook",
            sha256: "",
            bytes: 0,
            publisher: "the partnership",
            licence: "",
            vintage: "the town's own figures",
            imported_at: &at,
            actor: "workbook",
        };
        let settings = self.settings().await?;
        let by_code: HashMap<&str, &book::Indicator> =
            workbook.indicators.iter().map(|i| (i.code.as_str(), i)).collect();
        let mut observations = Vec::with_capacity(workbook.observations.len());
        for row in &workbook.observations {
            let Some(indicator) = by_code.get(row.indicator.as_str()) else { continue };
            let area_name =
                if row.area == settings.area { settings.town_name.clone() } else { row.area.to_string() };
            observations.push(Observation {
                indicator: indicator.series_indicator.as_str().into(),
                age: indicator.series_age.as_str().into(),
                sex: vocabulary::Sex::parse(&indicator.series_sex).unwrap_or_default(),
                group: row.group.as_str().into(),
                area: row.area,
                area_name: area_name.into(),
                area_kind: row.area.kind().unwrap_or(AreaKind::Neighbourhood),
                period: row.period,
                numerator: row.numerator,
                denominator: row.denominator,
                figure: figure_of(row, indicator.multiplier),
                origin: Origin {
                    file: "workbook".into(),
                    sheet: "Observations".into(),
                    row: row.row,
                    column: 1,
                },
                note: row.note.as_str().into(),
            });
        }
        let import = figures::add_import(write, import).await?;
        let counts = Recorder::new(write, "town").record(import, &observations).await?;
        figures::finish_import(write, import, counts, &[]).await?;
        Ok(counts)
    }
}

/// The figure of a row: the value as given, or the ratio of its counts times the indicator's multiplier.
fn figure_of(row: &book::TownFigure, multiplier: f64) -> Figure {
    match (row.figure, row.numerator, row.denominator) {
        (Figure::Withheld(vocabulary::Withheld::Missing), Some(n), Some(d)) if d > 0.0 => {
            Figure::Value(n / d * multiplier)
        }
        (figure, _, _) => figure,
    }
}

type Numbers<'b> = HashMap<&'b str, i64>;

/// Counts one thing: new, different or the same.
fn count(counts: &mut Counts, existed: bool, same: bool) {
    match (existed, same) {
        (false, _) => counts.added += 1,
        (true, false) => counts.revised += 1,
        (true, true) => counts.unchanged += 1,
    }
}

async fn record_subgroups<'b>(
    write: &Write,
    workbook: &'b book::Workbook,
    before: &Programme,
    counts: &mut Counts,
) -> Result<Numbers<'b>> {
    let mut numbers = Numbers::new();
    for (position, row) in workbook.subgroups.iter().enumerate() {
        let old = before.subgroups.iter().find(|s| s.code == row.code);
        let new = tables::Subgroup {
            id: old.map_or(0, |s| s.id),
            code: row.code.clone(),
            name: row.name.clone(),
            purpose: row.purpose.clone(),
            position: position as i64 + 1,
        };
        count(counts, old.is_some(), old == Some(&new));
        let id = match old {
            Some(old) => {
                tables::edit_subgroup(write, old.id, &new).await?;
                old.id
            }
            None => tables::add_subgroup(write, &new).await?,
        };
        numbers.insert(&row.code, id);
    }
    Ok(numbers)
}

async fn record_members<'b>(
    write: &Write,
    workbook: &'b book::Workbook,
    before: &Programme,
    subgroups: &Numbers<'_>,
    counts: &mut Counts,
) -> Result<Numbers<'b>> {
    let mut organisations = Numbers::new();
    for row in &workbook.organisations {
        let old = before.organisations.iter().find(|o| o.name == row.name);
        count(counts, old.is_some(), old.is_some_and(|o| o.kind == row.kind));
        organisations.insert(&row.name, tables::add_organisation(write, &row.name, &row.kind).await?);
    }
    let mut numbers = Numbers::new();
    for row in &workbook.members {
        let old = before.members.iter().find(|m| m.code == row.code);
        let new = tables::Member {
            id: old.map_or(0, |m| m.id),
            code: row.code.clone(),
            name: row.name.clone(),
            role: row.role.clone(),
            organisation_id: row.organisation.as_deref().and_then(|name| organisations.get(name).copied()),
            subgroup_id: row.subgroup.as_deref().and_then(|code| subgroups.get(code).copied()),
        };
        count(counts, old.is_some(), old == Some(&new));
        let id = match old {
            Some(old) => {
                tables::edit_member(write, old.id, &new).await?;
                old.id
            }
            None => tables::add_member(write, &new).await?,
        };
        numbers.insert(&row.code, id);
    }
    Ok(numbers)
}

async fn record_recommendations<'b>(
    write: &Write,
    workbook: &'b book::Workbook,
    before: &Programme,
    subgroups: &Numbers<'_>,
    members: &Numbers<'_>,
    counts: &mut Counts,
) -> Result<Numbers<'b>> {
    let mut numbers = Numbers::new();
    for row in &workbook.recommendations {
        let old = before.recommendations.iter().find(|r| r.number == row.number);
        let new = tables::Recommendation {
            id: old.map_or(0, |r| r.id),
            number: row.number.clone(),
            words: row.words.clone(),
            principle: i64::from(row.principle),
            horizon: row.horizon.clone(),
            subgroup_id: subgroups.get(row.subgroup.as_str()).copied().unwrap_or_default(),
            owner_id: row.owner.as_deref().and_then(|code| members.get(code).copied()),
        };
        count(counts, old.is_some(), old == Some(&new));
        let id = match old {
            Some(old) => {
                tables::edit_recommendation(write, old.id, &new).await?;
                old.id
            }
            None => tables::add_recommendation(write, &new).await?,
        };
        numbers.insert(&row.number, id);
    }
    Ok(numbers)
}

async fn record_actions<'b>(
    write: &Write,
    workbook: &'b book::Workbook,
    before: &Programme,
    subgroups: &Numbers<'_>,
    members: &Numbers<'_>,
    recommendations: &Numbers<'_>,
    counts: &mut Counts,
) -> Result<Numbers<'b>> {
    let member = |code: &Option<String>| code.as_deref().and_then(|code| members.get(code).copied());
    let mut numbers = Numbers::new();
    for row in &workbook.actions {
        let old = before.actions.iter().find(|a| a.code == row.code);
        let new = tables::Action {
            id: old.map_or(0, |a| a.id),
            code: row.code.clone(),
            title: row.title.clone(),
            description: row.description.clone(),
            subgroup_id: subgroups.get(row.subgroup.as_str()).copied().unwrap_or_default(),
            owner_id: member(&row.owner),
            sponsor_id: member(&row.sponsor),
            starts_on: row.starts,
            due_on: row.due,
            finished_on: row.finished,
            stopped_on: row.stopped,
            percent_complete: i64::from(row.percent),
        };
        let steps = workbook.milestones.iter().filter(|m| m.action == row.code);
        let mut milestones: Vec<tables::Milestone> = steps
            .map(|m| tables::Milestone {
                action_id: new.id,
                title: m.title.clone(),
                due_on: m.due,
                done_on: m.done,
            })
            .collect();
        milestones.sort_by_key(|m| m.due_on);
        let mut serves: Vec<i64> = row
            .recommendations
            .iter()
            .filter_map(|number| recommendations.get(number.as_str()).copied())
            .collect();
        serves.sort_unstable();
        let same = old.is_some_and(|old| {
            let served: Vec<i64> =
                before.action_serves.iter().filter(|pair| pair.0 == old.id).map(|pair| pair.1).collect();
            *old == new && served == serves && before.milestones_of(old.id).eq(milestones.iter())
        });
        count(counts, old.is_some(), same);
        let id = match old {
            Some(old) => old.id,
            None => tables::add_action(write, &new).await?,
        };
        numbers.insert(&row.code, id);
        if same {
            continue;
        }
        tables::edit_action(write, id, &new).await?;
        tables::remove_milestones_of(write, id).await?;
        for milestone in milestones {
            tables::add_milestone(write, &tables::Milestone { action_id: id, ..milestone }).await?;
        }
        tables::unlink_action(write, id).await?;
        for recommendation in serves {
            tables::link_action(write, id, recommendation).await?;
        }
    }
    Ok(numbers)
}

async fn record_indicators(
    write: &Write,
    workbook: &book::Workbook,
    before: &Programme,
    subgroups: &Numbers<'_>,
    recommendations: &Numbers<'_>,
    actions: &Numbers<'_>,
    counts: &mut Counts,
) -> Result<()> {
    for row in &workbook.indicators {
        let old = before.indicators.iter().find(|i| i.code == row.code);
        let new = indicator_of(row, old.map_or(0, |i| i.id), subgroups);
        let targets = workbook.targets.iter().filter(|t| t.indicator == row.code);
        let mut targets: Vec<figures::Target> = targets
            .map(|t| figures::Target {
                indicator_id: new.id,
                value: t.value,
                due_on: t.due,
                source: t.source.clone(),
            })
            .collect();
        targets.sort_by_key(|t| t.due_on);
        let known = |list: &[String], numbers: &Numbers<'_>| {
            let mut found: Vec<i64> =
                list.iter().filter_map(|code| numbers.get(code.as_str()).copied()).collect();
            found.sort_unstable();
            found
        };
        let (measures, follows) =
            (known(&row.recommendations, recommendations), known(&row.actions, actions));
        let same = old.is_some_and(|old| {
            let of = |pairs: &[(i64, i64)]| -> Vec<i64> {
                pairs.iter().filter(|pair| pair.0 == old.id).map(|pair| pair.1).collect()
            };
            *old == new
                && of(&before.indicator_measures) == measures
                && of(&before.indicator_follows) == follows
                && before.targets_of(old.id).eq(targets.iter())
        });
        count(counts, old.is_some(), same);
        if same {
            continue;
        }
        let id = match old {
            Some(old) => {
                figures::edit_indicator(write, old.id, &new).await?;
                old.id
            }
            None => figures::add_indicator(write, &new).await?,
        };
        figures::unlink_indicator(write, id).await?;
        for recommendation in measures {
            figures::link_indicator_to_recommendation(write, id, recommendation).await?;
        }
        for action in follows {
            figures::link_indicator_to_action(write, id, action).await?;
        }
        figures::remove_targets_of(write, id).await?;
        for target in targets {
            figures::add_target(write, &figures::Target { indicator_id: id, ..target }).await?;
        }
    }
    Ok(())
}

fn indicator_of(row: &book::Indicator, id: i64, subgroups: &Numbers<'_>) -> figures::Indicator {
    figures::Indicator {
        id,
        code: row.code.clone(),
        name: row.name.clone(),
        definition: row.definition.clone(),
        numerator_words: row.numerator.clone(),
        denominator_words: row.denominator.clone(),
        unit: row.unit.clone(),
        statistic: row.statistic.clone(),
        multiplier: row.multiplier,
        polarity: row.polarity,
        frequency: row.frequency.clone(),
        source: row.source.clone(),
        series: SeriesKey {
            source: row.series_source.clone(),
            indicator: row.series_indicator.clone(),
            age: row.series_age.clone(),
            sex: row.series_sex.clone(),
            within: String::new(),
        },
        subgroup_id: row.subgroup.as_deref().and_then(|code| subgroups.get(code).copied()),
        is_impact_measure: row.impact,
    }
}
