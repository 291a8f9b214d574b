//! The board: is the gap closing, where, what is off track and what nobody owns.

use std::sync::Arc;

use report::Width;
use report::charts::Chart;
use report::figures::period_words;
use report::sentences::{GapVerdict, gaps_in_a_sentence};
use store::indicators::Indicator;
use vocabulary::Date;

use super::actions::line_of;
use super::order::in_order;
use super::{ActionLine, ActionStatus, Named, Programme, SubgroupLine};
use crate::indicators::Analysis;
use crate::{Actor, Permission, Result, Town};

/// Everything that the board shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// Whether the gap is closing, as strong as the statistics allow and no stronger.
    pub answer: String,
    /// On which measures it has narrowed, widened, or cannot be told, a sentence each.
    pub details: Vec<String>,
    /// The impact measures, those that give concern first. All indicators when none is marked as one.
    pub measures: Vec<BoardMeasure>,
    /// The subgroups in their order.
    pub subgroups: Vec<SubgroupLine>,
    /// Actions that are late, the longest overdue first. Empty for the public.
    pub late: Vec<ActionLine>,
    /// How many actions are late.
    pub late_count: usize,
    /// Indicators that give concern: the measure, the reason, the subgroup that follows it.
    pub concerns: Vec<(Named, String, Option<Named>)>,
    /// Recommendations that nobody owns or no action serves, and actions that nobody owns. Empty for the public.
    pub unowned: Vec<Unowned>,
    /// How many of those there are.
    pub unowned_count: usize,
    /// How many recommendations there are.
    pub recommendations: usize,
    /// How many actions there are.
    pub actions: usize,
}

/// One measure on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardMeasure {
    /// Its code and name.
    pub indicator: Named,
    /// The subgroup that follows it.
    pub subgroup: Option<Named>,
    /// Its latest figure in words and the period it is for.
    pub latest: Option<(String, String)>,
    /// Its target in words.
    pub target: Option<String>,
    /// The variation and assurance icons.
    pub icons: Vec<Chart>,
    /// Its control chart, small.
    pub control: Option<Chart>,
    /// Its gradient by deprivation, small.
    pub gradient: Option<Chart>,
    /// What the size of its gap shows.
    pub gap: &'static str,
}

/// Something that nobody has taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unowned {
    /// Whether it is a recommendation, else an action.
    pub is_recommendation: bool,
    /// Its number or code, and its words.
    pub what: Named,
    /// The subgroup it belongs to.
    pub subgroup: Named,
    /// What is missing.
    pub why: &'static str,
}

impl Town {
    /// The board on a day.
    pub async fn board(&self, actor: &Actor, as_of: Date) -> Result<Arc<Board>> {
        actor.require(Permission::ReadPublic)?;
        let names = actor.may(Permission::ReadProgramme);
        let version = self.data_version().await?;
        let name = format!("board {as_of} {names}");
        if let Some(kept) = self.kept.get(version, &name) {
            return Ok(kept);
        }
        let board = Arc::new(self.make_board(names, as_of).await?);
        self.kept.put(version, &name, board.clone());
        Ok(board)
    }

    async fn make_board(&self, names: bool, as_of: Date) -> Result<Board> {
        let programme = self.programme().await?;
        let town = self.settings().await?.town_name;
        let analyses = self.impact_analyses(&programme, None, as_of).await?;
        let (answer, details) = answer(&analyses);
        let mut concerns = Vec::new();
        for indicator in &programme.indicators {
            let Some(analysis) = self.analysis(&programme, indicator.id, as_of).await? else { continue };
            let Some(why) = super::standing::concern(&analysis) else { continue };
            let subgroup = subgroup_of(&programme, indicator);
            let reason = why.split_once(": ").map_or(why.clone(), |(_, reason)| reason.to_owned());
            concerns.push((Named::new(&indicator.code, &indicator.name), reason, subgroup));
        }
        let mut late: Vec<ActionLine> = programme
            .actions
            .iter()
            .map(|action| line_of(&programme, action, as_of))
            .filter(|line| line.status == ActionStatus::Late)
            .collect();
        late.sort_by(|a, b| a.due.cmp(&b.due).then_with(|| in_order(&a.code, &b.code)));
        let unowned = unowned(&programme, as_of);
        Ok(Board {
            answer,
            details,
            measures: analyses.iter().map(|analysis| measure(&programme, analysis, &town)).collect(),
            subgroups: self.subgroup_lines(&programme, as_of).await?,
            late_count: late.len(),
            late: if names { late } else { Vec::new() },
            concerns,
            unowned_count: unowned.len(),
            unowned: if names { unowned } else { Vec::new() },
            recommendations: programme.recommendations.len(),
            actions: programme.actions.len(),
        })
    }

    /// The impact measures of a subgroup or of all, those that need attention first. All indicators when none is marked.
    async fn impact_analyses(
        &self,
        programme: &Programme,
        subgroup: Option<i64>,
        as_of: Date,
    ) -> Result<Vec<Arc<Analysis>>> {
        let within = |i: &&Indicator| subgroup.is_none() || i.subgroup_id == subgroup;
        let marked = programme.indicators.iter().filter(within).any(|i| i.is_impact_measure);
        let mut found = Vec::new();
        for indicator in programme.indicators.iter().filter(within) {
            if indicator.is_impact_measure || !marked {
                found.extend(self.analysis(programme, indicator.id, as_of).await?);
            }
        }
        let attention =
            |analysis: &Analysis| analysis.chart.as_ref().map_or(u8::MAX, |c| c.variation().attention());
        found.sort_by(|a, b| {
            attention(a).cmp(&attention(b)).then_with(|| a.indicator.name.cmp(&b.indicator.name))
        });
        Ok(found)
    }

    /// What the board says of the gap, for a report: the answer and what it rests on.
    pub(crate) async fn gap_sentences(&self, subgroup: Option<i64>, as_of: Date) -> Result<Vec<String>> {
        let programme = self.programme().await?;
        let (answer, mut details) = answer(&self.impact_analyses(&programme, subgroup, as_of).await?);
        details.insert(0, answer);
        Ok(details)
    }
}

fn answer(analyses: &[Arc<Analysis>]) -> (String, Vec<String>) {
    let verdicts: Vec<GapVerdict> = analyses.iter().map(|analysis| analysis.gap_verdict()).collect();
    let listed = |wanted: GapVerdict, words: &str| {
        let names: Vec<&str> = analyses
            .iter()
            .zip(&verdicts)
            .filter(|(_, verdict)| **verdict == wanted)
            .map(|(analysis, _)| analysis.indicator.name.as_str())
            .collect();
        (!names.is_empty()).then(|| format!("{words}: {}.", names.join("; ")))
    };
    let details = [
        listed(GapVerdict::Narrowed, "Narrowing by more than chance explains"),
        listed(GapVerdict::Widened, "Widening by more than chance explains"),
        listed(GapVerdict::Reversed, "Turned round: those who were worse off are now better off"),
        listed(GapVerdict::NotCompared, "Cannot be compared yet"),
    ];
    (gaps_in_a_sentence(&verdicts), details.into_iter().flatten().collect())
}

fn measure(programme: &Programme, analysis: &Analysis, town: &str) -> BoardMeasure {
    let indicator = &analysis.indicator;
    let unit = analysis.unit();
    let latest = analysis
        .points
        .iter()
        .rev()
        .find_map(|point| Some((unit.write(point.figure.value()?), period_words(point.period))));
    BoardMeasure {
        indicator: Named::new(&indicator.code, &indicator.name),
        subgroup: subgroup_of(programme, indicator),
        latest,
        target: analysis.target.as_ref().map(|target| unit.write(target.value)),
        icons: crate::indicators::icons(analysis),
        control: analysis.draw_control(&format!("c-{}", indicator.code), Width::Small, town),
        gradient: analysis.draw_gradient(&format!("g-{}", indicator.code), Width::Small),
        gap: match (analysis.gap_verdict(), analysis.gradient.is_some()) {
            (_, false) => "Not seen by deprivation",
            (GapVerdict::Narrowed, _) => "Gap narrowing",
            (GapVerdict::Widened, _) => "Gap widening",
            (GapVerdict::Reversed, _) => "Gap turned round",
            (GapVerdict::NoEvidence, _) => "Gap: no evidence of change",
            (GapVerdict::NotCompared, _) => "Gap: cannot be compared yet",
        },
    }
}

fn subgroup_of(programme: &Programme, indicator: &Indicator) -> Option<Named> {
    indicator.subgroup_id.map(|id| programme.named_subgroup(id))
}

fn unowned(programme: &Programme, as_of: Date) -> Vec<Unowned> {
    let mut found = Vec::new();
    for recommendation in programme.numbered() {
        let served = programme.actions_serving(recommendation.id).next().is_some();
        let why = match (recommendation.owner_id, served) {
            (Some(_), true) => continue,
            (None, true) => "Nobody owns it",
            (Some(_), false) => "No action serves it",
            (None, false) => "Nobody owns it and no action serves it",
        };
        found.push(Unowned {
            is_recommendation: true,
            what: Named::from(recommendation),
            subgroup: programme.named_subgroup(recommendation.subgroup_id),
            why,
        });
    }
    for action in programme.actions.iter().filter(|action| action.owner_id.is_none()) {
        let over = |on: Option<Date>| on.is_some_and(|on| on <= as_of);
        if over(action.finished_on) || over(action.stopped_on) {
            continue;
        }
        found.push(Unowned {
            is_recommendation: false,
            what: Named::new(&action.code, &action.title),
            subgroup: programme.named_subgroup(action.subgroup_id),
            why: "Nobody owns it",
        });
    }
    found
}
