//! `GET /api/indicators` and below.

use serde_json::{Value, json};
use town::indicators::{Choice, Measured};

use crate::{Answer, Problem, Visit};

fn choice(visit: &Visit) -> Result<Choice, Problem> {
    Ok(Choice::read(visit.query("chart"), visit.query("profile"), visit.query("measure"))?)
}

/// Every indicator.
pub(crate) async fn list(visit: Visit) -> Answer {
    let lines = visit.town().indicator_list(visit.actor(), visit.as_of()).await?;
    let rows = lines.iter().map(|line| {
        json!({
            "series": line.code,
            "name": line.name,
            "variation": line.codes.0,
            "assurance": line.codes.1,
            "latest": line.value,
            "period": line.latest.as_ref().map(|latest| &latest.1),
            "rules": line.rules,
            "subgroup": line.subgroup.as_ref().map(|subgroup| &subgroup.0),
            "impact_measure": line.is_impact_measure,
            "source": line.source,
            "target": line.target,
        })
    });
    Ok(super::json(&rows.collect()))
}

/// One indicator.
pub(crate) async fn show(visit: Visit) -> Answer {
    let choice = choice(&visit)?;
    let page = visit.town().indicator_page(visit.actor(), visit.param("code"), visit.as_of(), choice).await?;
    let compared = page
        .compared
        .iter()
        .map(|one| json!({ "place": one.place, "figure": one.figure, "at95": one.at95, "at998": one.at998 }));
    let indicator = &page.indicator;
    Ok(super::json(&json!({
        "code": indicator.code,
        "name": indicator.name,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "polarity": indicator.polarity.code(),
        "source": indicator.source,
        "sentences": page.sentences,
        "measures": page.measured.iter().map(measured).collect::<Vec<_>>(),
        "compared": compared.collect::<Vec<_>>(),
        "charts": page.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        "licences": page.licences,
        "methods": page.methods,
    })))
}

fn measured(one: &Measured) -> Value {
    let end = |limits: Option<(f64, f64)>, upper: bool| {
        limits.map(|limits| if upper { limits.1 } else { limits.0 })
    };
    let (inner, outer) = (one.estimate.interval95, one.estimate.interval998);
    json!({
        "measure": one.name,
        "period": one.period.to_string(),
        "value": one.estimate.value,
        "lower95": end(inner, false),
        "upper95": end(inner, true),
        "lower998": end(outer, false),
        "upper998": end(outer, true),
        "words": one.shown,
        "method": one.method,
        "source": one.source,
    })
}

/// One indicator's chart.
pub(crate) async fn chart(visit: Visit) -> Answer {
    let choice = choice(&visit)?;
    let town = visit.town();
    let chart = town.indicator_chart(visit.actor(), visit.param("code"), visit.as_of(), choice).await?;
    let points = chart.rows.iter().map(|row| {
        json!({
            "date": row.date.to_string(),
            "period": row.period,
            "value": row.value,
            "status": row.status,
            "centre": row.centre,
            "lower": row.lower,
            "upper": row.upper,
            "target": row.target,
            "rules": row.rules,
            "part": row.part,
            "judgement": row.judgement,
        })
    });
    Ok(super::json(&json!({
        "series": chart.series,
        "variation": chart.variation,
        "assurance": chart.assurance,
        "method": chart.method,
        "points": points.collect::<Vec<_>>(),
    })))
}
