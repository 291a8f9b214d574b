//! The partnership's workbook, going out.

use sources::programme as book;
use store::indicators as figures;
use vocabulary::Figure;

use super::Programme;
use crate::{Actor, Error, Permission, Result, Town};

impl Town {
    /// The whole programme as a workbook (`.xlsx`).
    ///
    /// # Errors
    /// [`Error::Failed`] when a value is larger than Excel can hold.
    pub async fn export_programme(&self, actor: &Actor) -> Result<Vec<u8>> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let mut workbook = workbook_of(&programme);
        workbook.observations = self.town_figures(&programme).await?;
        book::write(&workbook)
            .map_err(|error| Error::Failed { doing: "writing the workbook", reason: error.to_string() })
    }

    async fn town_figures(&self, programme: &Programme) -> Result<Vec<book::TownFigure>> {
        let db = self.store().reader();
        let mut rows = Vec::new();
        let own = programme.indicators.iter().filter(|i| i.series.source == "town");
        for indicator in own {
            let filter = figures::Filter {
                source: Some("town".to_owned()),
                indicator: Some(indicator.series.indicator.clone()),
                age: Some(indicator.series.age.clone()),
                ..figures::Filter::default()
            };
            for chunk in figures::slices_matching(db, &filter).await?.chunks(100) {
                for traced in figures::traced_observations(db, chunk, &filter).await? {
                    let foreign = |what: &'static str, value: &str| {
                        Error::Store(store::Error::Foreign { what, value: value.to_owned() })
                    };
                    let period = format!("{}/{}", traced.period_start, traced.period_end);
                    rows.push(book::TownFigure {
                        indicator: indicator.code.clone(),
                        area: traced
                            .area_code
                            .parse()
                            .map_err(|_| foreign("area code", &traced.area_code))?,
                        group: traced.within,
                        period: period.parse().map_err(|_| foreign("period", &period))?,
                        numerator: traced.numerator,
                        denominator: traced.denominator,
                        figure: Figure::from_parts(traced.value, &traced.status)
                            .ok_or_else(|| foreign("status", &traced.status))?,
                        note: traced.note.unwrap_or_default(),
                        row: 0,
                    });
                }
            }
        }
        Ok(rows)
    }
}

/// The programme as a workbook, without the town's own figures.
fn workbook_of(p: &Programme) -> book::Workbook {
    let subgroup = |id: Option<i64>| p.subgroups.iter().find(|s| Some(s.id) == id).map(|s| s.code.clone());
    let member = |id: Option<i64>| p.member(id).map(|m| m.code.clone());
    let action_code =
        |id: i64| p.actions.iter().find(|a| a.id == id).map(|a| a.code.clone()).unwrap_or_default();
    let indicator_code =
        |id: i64| p.indicators.iter().find(|i| i.id == id).map(|i| i.code.clone()).unwrap_or_default();
    book::Workbook {
        subgroups: (p.subgroups.iter())
            .map(|s| book::Subgroup {
                code: s.code.clone(),
                name: s.name.clone(),
                purpose: s.purpose.clone(),
            })
            .collect(),
        organisations: (p.organisations.iter())
            .map(|o| book::Organisation { name: o.name.clone(), kind: o.kind.clone() })
            .collect(),
        members: (p.members.iter())
            .map(|m| book::Member {
                code: m.code.clone(),
                name: m.name.clone(),
                role: m.role.clone(),
                organisation: p.organisation_of(m).map(str::to_owned),
                subgroup: subgroup(m.subgroup_id),
            })
            .collect(),
        recommendations: (p.recommendations.iter())
            .map(|r| book::Recommendation {
                number: r.number.clone(),
                words: r.words.clone(),
                principle: r.principle as u8,
                horizon: r.horizon.clone(),
                subgroup: subgroup(Some(r.subgroup_id)).unwrap_or_default(),
                owner: member(r.owner_id),
            })
            .collect(),
        actions: (p.actions.iter())
            .map(|a| book::Action {
                code: a.code.clone(),
                title: a.title.clone(),
                description: a.description.clone(),
                subgroup: subgroup(Some(a.subgroup_id)).unwrap_or_default(),
                owner: member(a.owner_id),
                sponsor: member(a.sponsor_id),
                starts: a.starts_on,
                due: a.due_on,
                finished: a.finished_on,
                stopped: a.stopped_on,
                percent: a.percent_complete as u8,
                recommendations: p.served_by(a.id).map(|r| r.number.clone()).collect(),
            })
            .collect(),
        milestones: (p.milestones.iter())
            .map(|m| book::Milestone {
                action: action_code(m.action_id),
                title: m.title.clone(),
                due: m.due_on,
                done: m.done_on,
            })
            .collect(),
        indicators: (p.indicators.iter())
            .map(|i| book::Indicator {
                code: i.code.clone(),
                name: i.name.clone(),
                definition: i.definition.clone(),
                numerator: i.numerator_words.clone(),
                denominator: i.denominator_words.clone(),
                unit: i.unit.clone(),
                statistic: i.statistic.clone(),
                multiplier: i.multiplier,
                polarity: i.polarity,
                frequency: i.frequency.clone(),
                source: i.source.clone(),
                series_source: i.series.source.clone(),
                series_indicator: i.series.indicator.clone(),
                series_age: i.series.age.clone(),
                series_sex: i.series.sex.clone(),
                subgroup: subgroup(i.subgroup_id),
                impact: i.is_impact_measure,
                recommendations: p.measured_by(i.id).map(|r| r.number.clone()).collect(),
                actions: p.followed_by(i.id).map(|a| a.code.clone()).collect(),
            })
            .collect(),
        targets: (p.targets.iter())
            .map(|t| book::Target {
                indicator: indicator_code(t.indicator_id),
                value: t.value,
                due: t.due_on,
                source: t.source.clone(),
            })
            .collect(),
        observations: Vec::new(),
    }
}
