//! The progress report as a document: the answer first, the evidence under it, the method last.

use std::collections::HashMap;

use super::input::{
    ActionProgress, ActionState, IndicatorProgress, ProgressReport, RecommendationProgress, Scope,
};
use crate::documents::{Block, Cell, Column, Document, Section, Table, Tone};
use crate::figures::{Unit, long_date};

impl ProgressReport {
    /// The report as a document.
    pub fn document(&self) -> Document {
        let scope = match &self.scope {
            Scope::Partnership { name } | Scope::Subgroup { name } => name,
        };
        let mut sections = vec![self.summary()];
        let mut first_shown: HashMap<&str, &str> = HashMap::new();
        let mut recommendations = Section::new("Recommendations");
        for recommendation in &self.recommendations {
            recommendations.sections.push(section(recommendation, &mut first_shown));
        }
        if self.recommendations.is_empty() {
            recommendations.blocks.push(Block::Note("No recommendations have been entered yet.".to_owned()));
        }
        sections.push(recommendations);
        sections.push(self.gaps());
        Document {
            title: format!("Progress report: {scope}"),
            subtitle: format!("{}, {}", self.town, self.period),
            language: "en-GB".to_owned(),
            town: self.town.clone(),
            as_of: self.as_of,
            synthetic: self.synthetic,
            sections,
            vintage: self.vintage.clone(),
            methods: self.methods.clone(),
        }
    }

    fn summary(&self) -> Section {
        let mut section = Section::new("Summary");
        let mut sentences = self.summary.iter();
        section.blocks.extend(sentences.next().cloned().map(Block::Lead));
        let rest: Vec<String> = sentences.cloned().collect();
        if !rest.is_empty() {
            section.blocks.push(Block::List(rest));
        }
        if !self.recommendations.is_empty() {
            section.blocks.push(Block::Table(self.overview()));
        }
        section
    }

    /// Every recommendation in a row: how it stands, and how its actions stand.
    fn overview(&self) -> Table {
        let columns = vec![
            Column::text("Recommendation"),
            Column::text("Status"),
            Column::number("Actions done", Unit::Count),
            Column::number("Late", Unit::Count),
            Column::number("Due or next", Unit::Count),
        ];
        let mut table = Table::new("Recommendations and their actions", columns);
        for recommendation in &self.recommendations {
            let count = |wanted: fn(&ActionState) -> bool| {
                let found = recommendation.actions.iter().filter(|action| wanted(&action.state)).count();
                Cell::Number(found as f64)
            };
            table.push(vec![
                Cell::text(format!("{}. {}", recommendation.number, recommendation.words)),
                Cell::text(recommendation.status.clone()),
                count(|state| matches!(state, ActionState::Done { .. })),
                count(|state| matches!(state, ActionState::Late { .. })),
                count(|state| matches!(state, ActionState::Due { .. } | ActionState::Next { .. })),
            ]);
        }
        table
    }

    fn gaps(&self) -> Section {
        let mut section = Section::new("What is missing");
        if self.gaps.is_empty() {
            let words = "Every recommendation has an owner, an action, an indicator and recent data.";
            section.blocks.push(Block::Paragraph(words.to_owned()));
            return section;
        }
        let columns = vec![Column::text("Gap"), Column::text("Where"), Column::text("Why")];
        let mut table = Table::new("Gaps", columns);
        for gap in &self.gaps {
            table.push([&gap.kind, &gap.subject, &gap.why].map(|text| Cell::text(text.clone())).to_vec());
        }
        section.blocks.push(Block::Table(table));
        section
    }
}

fn section<'r>(
    recommendation: &'r RecommendationProgress,
    first_shown: &mut HashMap<&'r str, &'r str>,
) -> Section {
    let name = format!("Recommendation {}", recommendation.number);
    let mut section = if recommendation.words.chars().count() <= 100 {
        Section::new(format!("{name}: {}", recommendation.words))
    } else {
        let mut section = Section::new(name);
        section.blocks.push(Block::Paragraph(recommendation.words.clone()));
        section
    };
    let tone: Tone = recommendation.tone;
    section.blocks.push(Block::Status(tone, recommendation.status.clone(), recommendation.reasons.clone()));
    let mut pairs = vec![("Marmot principle".to_owned(), recommendation.principle.clone())];
    pairs.extend(recommendation.subgroup.iter().map(|subgroup| ("Subgroup".to_owned(), subgroup.clone())));
    section.blocks.push(Block::KeyValues(pairs));
    section.blocks.push(match recommendation.actions.as_slice() {
        [] => Block::Note("No action serves this recommendation.".to_owned()),
        actions => Block::Table(action_table(recommendation, actions)),
    });
    if recommendation.indicators.is_empty() {
        section.blocks.push(Block::Note("No indicator measures this recommendation.".to_owned()));
    }
    for indicator in &recommendation.indicators {
        let shown_under = *first_shown.entry(&indicator.code).or_insert(&recommendation.number);
        section.sections.push(indicator_section(indicator, shown_under, &recommendation.number));
    }
    section
}

fn action_table(recommendation: &RecommendationProgress, actions: &[ActionProgress]) -> Table {
    let mut actions: Vec<&ActionProgress> = actions.iter().collect();
    actions.sort_by_key(|action| action.state);
    let columns = vec![
        Column::text("Action"),
        Column::text("Owner"),
        Column::text("State"),
        Column::number("Complete", Unit::Count),
    ];
    let mut table = Table::new(format!("Actions for recommendation {}", recommendation.number), columns);
    for action in actions {
        let title = match action.reference.as_str() {
            "" => action.title.clone(),
            reference => format!("{reference}. {}", action.title),
        };
        let title = match &action.note {
            Some(note) => format!("{title} ({note})"),
            None => title,
        };
        let complete = match action.percent_complete {
            Some(percent) => Cell::text(format!("{percent}%")),
            None => Cell::Blank,
        };
        let owner = action.owner.clone().unwrap_or_else(|| "nobody".to_owned());
        table.push(vec![Cell::text(title), Cell::text(owner), Cell::text(state(action.state)), complete]);
    }
    table
}

fn state(state: ActionState) -> String {
    match state {
        ActionState::Late { due } => format!("Late: was due {}", long_date(due)),
        ActionState::Done { on } => format!("Done {}", long_date(on)),
        ActionState::Due { by } => format!("Due {}", long_date(by)),
        ActionState::Next { by: Some(by) } => format!("Next: due {}", long_date(by)),
        ActionState::Next { by: None } => "Next: no date agreed".to_owned(),
    }
}

fn indicator_section(indicator: &IndicatorProgress, shown_under: &str, here: &str) -> Section {
    let mut section = Section::new(indicator.name.clone());
    section.blocks.extend(indicator.sentences.iter().cloned().map(Block::Paragraph));
    if shown_under != here {
        section.blocks.push(Block::Paragraph(format!("Its charts are under recommendation {shown_under}.")));
        return section;
    }
    if !indicator.icons.is_empty() {
        section.blocks.push(Block::Charts(indicator.icons.clone()));
    }
    let charts: Vec<_> = indicator.control.iter().chain(&indicator.gradient).cloned().collect();
    if !charts.is_empty() {
        section.blocks.push(Block::Charts(charts));
    }
    section.blocks.extend(indicator.caveats.iter().cloned().map(Block::Note));
    if !indicator.source.is_empty() {
        section.blocks.push(Block::Paragraph(format!("Source: {}", indicator.source)));
    }
    section
}
