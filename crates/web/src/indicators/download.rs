//! Files of the list and of an indicator.

use axum::http::header;
use axum::response::IntoResponse;
use town::indicators::{Download, indicators_csv};

use super::choose;
use super::list::Filter;
use crate::{Answer, Problem, Visit};

/// `GET /indicators/{code}/{file}`.
pub(crate) async fn file(visit: Visit) -> Answer {
    let choice = choose::read(&visit)?;
    let (code, name) = (visit.param("code"), visit.param("file"));
    let town = visit.town();
    let _turn = visit.app().costly().document().await.ok_or(Problem::Slow)?;
    let download = town.indicator_download(visit.actor(), code, visit.as_of(), choice, name).await?;
    Ok(answer(download))
}

/// `GET /indicators.csv`: the list with its filters.
pub(crate) async fn list_csv(visit: Visit) -> Answer {
    let all = visit.town().indicator_list(visit.actor(), visit.as_of()).await?;
    let bytes = indicators_csv(&Filter::of(&visit).lines(&all))?;
    Ok(answer(Download { name: "indicators.csv".into(), kind: "text/csv; charset=utf-8", bytes }))
}

/// A file that a browser saves. An SVG is never shown as a page of its own.
pub(super) fn answer(download: Download) -> axum::response::Response {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = download.name.chars().map(plain).collect();
    let headers = [
        (header::CONTENT_TYPE, download.kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, download.bytes).into_response()
}
