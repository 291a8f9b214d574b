//! The list of recommendations, and one recommendation.

use report::Width;
use report::charts::Chart;
use report::documents::{Cell, Column, Table};
use store::partnership::Recommendation;
use vocabulary::Date;

use super::actions::{csv_of, line_of};
use super::order::in_order;
use super::{ActionLine, Named, Programme, Standing, principle};
use crate::{Actor, Error, Permission, Result, Town};

/// Which recommendations a list shows, and in which order. Empty text leaves a filter out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecommendationFilter {
    /// Of this subgroup, by its code.
    pub subgroup: String,
    /// Of this Marmot principle, 1 to 8.
    pub principle: String,
    /// That stand like this, by code.
    pub standing: String,
    /// With these words in them.
    pub words: String,
    /// `urgency`, `owner`, `actions` or `indicators`; by number when empty.
    pub sort: String,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendationLine {
    /// Its number in the report.
    pub number: String,
    /// Its words.
    pub words: String,
    /// The number of its Marmot principle.
    pub principle: i64,
    /// `short`, `medium` or `long`.
    pub horizon: String,
    /// The subgroup that drives it.
    pub subgroup: Named,
    /// Who owns it.
    pub owner: Option<Named>,
    /// How many actions serve it.
    pub actions: usize,
    /// How many indicators measure it.
    pub indicators: usize,
    /// How it stands.
    pub standing: Standing,
    /// Why, a sentence each.
    pub reasons: Vec<String>,
}

/// The list, and what it can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendationList {
    /// The lines that the filter left.
    pub lines: Vec<RecommendationLine>,
    /// How many there are without a filter.
    pub total: usize,
    /// The subgroups there are.
    pub subgroups: Vec<Named>,
}

/// An indicator as the page of what it measures shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its code and name.
    pub indicator: Named,
    /// What its figures say.
    pub sentences: Vec<String>,
    /// The variation and assurance icons.
    pub icons: Vec<Chart>,
    /// Its control chart, small.
    pub control: Option<Chart>,
    /// Its gradient by deprivation, small.
    pub gradient: Option<Chart>,
}

/// Everything that a recommendation's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct RecommendationPage {
    /// Its line in the list.
    pub line: RecommendationLine,
    /// The Marmot principle it belongs to.
    pub principle: String,
    /// The actions that serve it.
    pub actions: Vec<ActionLine>,
    /// The indicators that measure it.
    pub measures: Vec<Measure>,
    /// Whether whoever asks may edit it.
    pub may_edit: bool,
    /// Whether whoever asks may add an action that serves it to its subgroup.
    pub may_add_action: bool,
}

impl Town {
    /// The recommendations that a filter leaves.
    pub async fn recommendation_list(
        &self,
        actor: &Actor,
        filter: &RecommendationFilter,
        as_of: Date,
    ) -> Result<RecommendationList> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let mut lines = Vec::with_capacity(programme.recommendations.len());
        for recommendation in programme.numbered() {
            lines.push(self.recommendation_line(&programme, recommendation, as_of).await?);
        }
        let total = lines.len();
        lines.retain(|line| filter.keeps(line));
        filter.sort(&mut lines);
        let subgroups = programme.subgroups.iter().map(Named::from).collect();
        Ok(RecommendationList { lines, total, subgroups })
    }

    /// The same list as CSV.
    pub async fn recommendation_csv(
        &self,
        actor: &Actor,
        filter: &RecommendationFilter,
        as_of: Date,
    ) -> Result<Vec<u8>> {
        let list = self.recommendation_list(actor, filter, as_of).await?;
        let headings = [
            "Number",
            "Recommendation",
            "Principle",
            "Horizon",
            "Subgroup",
            "Owner",
            "Actions",
            "Indicators",
            "Status",
            "Why",
        ];
        let mut table = Table::new("Recommendations", headings.map(Column::text).into());
        for line in list.lines {
            table.push(vec![
                Cell::text(line.number),
                Cell::text(line.words),
                Cell::text(line.principle.to_string()),
                Cell::text(line.horizon),
                Cell::text(line.subgroup.name),
                Cell::text(line.owner.map(|owner| owner.name).unwrap_or_default()),
                Cell::text(line.actions.to_string()),
                Cell::text(line.indicators.to_string()),
                Cell::text(line.standing.code()),
                Cell::text(line.reasons.join("; ")),
            ]);
        }
        csv_of(&table)
    }

    /// The page of the recommendation with this number.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn recommendation_page(
        &self,
        actor: &Actor,
        number: &str,
        as_of: Date,
    ) -> Result<RecommendationPage> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let recommendation = find(&programme, number)?;
        let mut actions: Vec<ActionLine> = programme
            .actions_serving(recommendation.id)
            .map(|action| line_of(&programme, action, as_of))
            .collect();
        actions.sort_by(|a, b| a.status.cmp(&b.status).then_with(|| in_order(&a.code, &b.code)));
        let measuring = programme.indicators_measuring(recommendation.id).map(|i| i.id);
        Ok(RecommendationPage {
            line: self.recommendation_line(&programme, recommendation, as_of).await?,
            principle: principle(recommendation.principle).unwrap_or_default().to_owned(),
            actions,
            measures: self.measures(&programme, measuring, as_of).await?,
            may_edit: actor.may_of(Permission::EditSubgroup, recommendation),
            may_add_action: actor.may_of(Permission::ManageActions, recommendation),
        })
    }

    /// A recommendation as a list shows it.
    pub(crate) async fn recommendation_line(
        &self,
        programme: &Programme,
        recommendation: &Recommendation,
        as_of: Date,
    ) -> Result<RecommendationLine> {
        let (standing, reasons) = self.standing(programme, recommendation, as_of).await?;
        Ok(RecommendationLine {
            number: recommendation.number.clone(),
            words: recommendation.words.clone(),
            principle: recommendation.principle,
            horizon: recommendation.horizon.clone(),
            subgroup: programme.named_subgroup(recommendation.subgroup_id),
            owner: programme.named_member(recommendation.owner_id),
            actions: programme.actions_serving(recommendation.id).count(),
            indicators: programme.indicators_measuring(recommendation.id).count(),
            standing,
            reasons,
        })
    }

    /// Indicators as the page of what they measure shows them.
    pub(crate) async fn measures(
        &self,
        programme: &Programme,
        indicators: impl Iterator<Item = i64>,
        as_of: Date,
    ) -> Result<Vec<Measure>> {
        let town = self.settings().await?.town_name;
        let mut measures = Vec::new();
        for id in indicators {
            let Some(analysis) = self.analysis(programme, id, as_of).await? else { continue };
            let indicator = &analysis.indicator;
            measures.push(Measure {
                indicator: Named::new(&indicator.code, &indicator.name),
                sentences: analysis.sentences(),
                icons: crate::indicators::icons(&analysis),
                control: analysis.draw_control(&format!("c-{}", indicator.code), Width::Small, &town),
                gradient: analysis.draw_gradient(&format!("g-{}", indicator.code), Width::Small),
            });
        }
        Ok(measures)
    }
}

pub(super) fn find<'p>(programme: &'p Programme, number: &str) -> Result<&'p Recommendation> {
    let found = programme.recommendations.iter().find(|r| r.number == number);
    found.ok_or_else(|| Error::NotFound { what: "recommendation", value: number.to_owned() })
}

impl RecommendationFilter {
    fn keeps(&self, line: &RecommendationLine) -> bool {
        let words = self.words.trim().to_lowercase();
        (self.subgroup.is_empty() || line.subgroup.code == self.subgroup)
            && (self.principle.is_empty() || line.principle.to_string() == self.principle)
            && (self.standing.is_empty() || line.standing.code() == self.standing)
            && (words.is_empty()
                || line.words.to_lowercase().contains(&words)
                || line.number.to_lowercase() == words)
    }

    fn sort(&self, lines: &mut [RecommendationLine]) {
        match self.sort.as_str() {
            "urgency" => lines.sort_by_key(|line| line.standing),
            "actions" => lines.sort_by_key(|line| std::cmp::Reverse(line.actions)),
            "indicators" => lines.sort_by_key(|line| std::cmp::Reverse(line.indicators)),
            // Nobody's come first: they are what somebody has to take on.
            "owner" => lines.sort_by_key(|line| line.owner.as_ref().map(|owner| owner.name.clone())),
            _ => {}
        }
    }
}
