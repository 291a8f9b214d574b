//! A point left out of a chart's limits, and what an indicator's page offers beside its chart.

use town::indicators::{CHARTS, Charted, Choice};
use town::{Error, Town};
use vocabulary::Date;

use crate::database::operator;

/// Of the synthetic town's indicators one whose limits are never calculated anew.
const CODE: &str = "mmr-5y";

async fn chart(town: &Town, day: Date) -> Charted {
    town.indicator_chart(&operator(), CODE, day, Choice::default()).await.unwrap()
}

/// The log's entries as (what, of what, detail).
async fn entries(town: &Town) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    let see = |lines: &[store::AuditLine]| {
        all.extend(lines.iter().map(|l| (l.action.clone(), l.subject.clone(), l.detail.to_string())));
        Ok::<(), Error>(())
    };
    town.export_audit(&operator(), town::audit::AuditLog::Town, see).await.unwrap();
    all
}

pub async fn a_point_is_left_out_and_taken_in_again(town: &Town, day: Date) {
    let (actor, before) = (operator(), chart(town, day).await);
    let last = before.rows.len() - 3;
    let form = town.ghost_form(&actor, CODE, day).await.unwrap();
    let key = form.points[2].0.clone();
    assert!(key.starts_with(&before.rows[last].date.to_string()), "newest first");

    let refused = async |point: &str, reason: &str, fields: &[&str]| {
        let Err(Error::Refused(found)) = town.leave_out(&operator(), CODE, point, reason, day).await else {
            panic!("'{point}' was left out for '{reason}'");
        };
        assert_eq!(found.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), fields);
    };
    refused(&key, "", &["reason"]).await;
    refused("2001-01-01/2001-03-31", "the clinic was flooded", &["point"]).await;
    refused("", "why", &["point", "reason"]).await;
    assert_eq!(chart(town, day).await, before);

    town.leave_out(&actor, CODE, &key, " The clinic was flooded ", day).await.unwrap();
    let after = chart(town, day).await;
    // The centre of an XmR chart is the mean of the points that are not left out.
    let others =
        after.rows.iter().enumerate().filter(|(at, row)| *at != last && row.part == after.rows[last].part);
    let others: Vec<f64> = others.filter_map(|(_, row)| row.value).collect();
    let mean = others.iter().sum::<f64>() / others.len() as f64;
    assert!((after.rows[last].centre.unwrap() - mean).abs() < 1e-9);
    assert_ne!(after.rows[last].centre, before.rows[last].centre);
    assert_eq!(after.rows[last].value, before.rows[last].value, "it is still shown");
    let page = town.indicator_page(&actor, CODE, day, Choice::default()).await.unwrap();
    assert!(page.control.as_ref().unwrap().wide.svg.contains("point ghost"));
    assert_eq!(page.ghosts.len(), 1);
    assert_eq!(
        (page.ghosts[0].reason.as_str(), page.ghosts[0].by.as_str()),
        ("The clinic was flooded", actor.name())
    );
    refused(&key, "the clinic was flooded", &["point"]).await;

    town.take_in(&actor, CODE, &key, day).await.unwrap();
    assert_eq!(chart(town, day).await, before);
    assert!(matches!(town.take_in(&actor, CODE, &key, day).await, Err(Error::NotFound { .. })));
    let said = entries(town).await;
    for (entry, what) in said[said.len() - 2..].iter().zip(["leave a point out", "take a point in again"]) {
        assert_eq!((entry.0.as_str(), entry.1.as_str()), (what, "indicator mmr-5y"));
        assert!(entry.2.contains(&key) && entry.2.contains("The clinic was flooded"), "{}", entry.2);
    }
}

pub async fn a_page_offers_what_fits_its_figures(town: &Town, day: Date) {
    let page = town.indicator_page(&operator(), CODE, day, Choice::default()).await.unwrap();
    let names: Vec<&str> = page.measured.iter().map(|one| one.name).collect();
    for name in [
        "proportion",
        "trend",
        "sii",
        "rii",
        "gap",
        "relative-gap",
        "concentration-index",
        "inequality-trend",
    ] {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
    assert!(page.measured.iter().all(|one| !one.method.is_empty() && !one.source.is_empty()));
    let funnel = page.funnel.as_ref().unwrap();
    assert!(funnel.wide.svg.contains("class=\"area\"") && funnel.wide.table.rows.len() >= 5);
    let files = CHARTS.iter().flat_map(|part| ["svg", "csv", "png"].map(|format| format!("{part}.{format}")));
    for file in files.chain(
        ["data.csv", "data.xlsx", "measures.csv", "then.svg", "then.csv", "then.png"].map(str::to_owned),
    ) {
        let download =
            town.indicator_download(&operator(), CODE, day, Choice::default(), &file).await.unwrap();
        assert!(!download.bytes.is_empty() && download.name.ends_with(&file), "{file}");
    }
}
