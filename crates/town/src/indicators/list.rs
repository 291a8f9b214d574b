//! The list of indicators, and what was imported.

use store::indicators as tables;
use vocabulary::Date;

use crate::{Actor, Permission, Result, Town};

/// One line of the list of indicators.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code and name of the subgroup that follows it.
    pub subgroup: Option<(String, String)>,
    /// Whether the partnership reviews it once a year.
    pub is_impact_measure: bool,
    /// Its latest figure in words, with its period.
    pub latest: Option<(String, String)>,
    /// The words of its variation; empty when there are no figures.
    pub variation: String,
    /// How much it needs attention: 0 is most.
    pub attention: u8,
}

/// One file that was imported.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportLine {
    /// The import.
    pub import: tables::Import,
    /// What was noticed while it was read.
    pub findings: Vec<String>,
}

impl Town {
    /// Every indicator, those that need attention first.
    pub async fn indicator_list(&self, actor: &Actor, as_of: Date) -> Result<Vec<IndicatorLine>> {
        actor.require(Permission::ReadPublic)?;
        let programme = self.programme().await?;
        let mut lines = Vec::with_capacity(programme.indicators.len());
        for indicator in &programme.indicators {
            let Some(analysis) = self.analysis(&programme, indicator.id, as_of).await? else { continue };
            let latest = analysis.points.iter().rev().find_map(|point| {
                let value = point.figure.value()?;
                Some((analysis.unit().write(value), report::figures::period_words(point.period)))
            });
            let variation = analysis.chart.as_ref().map(spc::Chart::variation);
            lines.push(IndicatorLine {
                code: indicator.code.clone(),
                name: indicator.name.clone(),
                subgroup: indicator
                    .subgroup_id
                    .and_then(|id| programme.subgroup(id))
                    .map(|subgroup| (subgroup.code.clone(), subgroup.name.clone())),
                is_impact_measure: indicator.is_impact_measure,
                latest,
                variation: variation
                    .map(|v| super::statistics::variation_words(v).to_owned())
                    .unwrap_or_default(),
                attention: variation.map_or(u8::MAX, spc::Variation::attention),
            });
        }
        lines.sort_by(|a, b| a.attention.cmp(&b.attention).then_with(|| a.name.cmp(&b.name)));
        Ok(lines)
    }

    /// What was imported, when and from where, newest first.
    pub async fn import_list(&self, actor: &Actor) -> Result<Vec<ImportLine>> {
        actor.require(Permission::ReadPublic)?;
        let db = self.store().reader();
        let mut lines = Vec::new();
        for mut import in tables::imports(db).await? {
            let findings = tables::findings_of(db, import.id).await?;
            if !actor.may(Permission::ReadProgramme) {
                import.actor = String::new();
            }
            lines.push(ImportLine { import, findings });
        }
        Ok(lines)
    }

    /// Every series that was imported, with how much of it there is.
    pub async fn series_list(&self, actor: &Actor) -> Result<Vec<tables::SeriesSummary>> {
        actor.require(Permission::ReadPublic)?;
        Ok(tables::series_in(self.store().reader(), None).await?)
    }
}
