//! `het serve`.

use town::accounts::Providers;

use super::place;
use crate::arguments::{Log, Place, Serve};
use crate::failure::Failure;
use crate::write::say;

pub async fn run(at: &Place, serve: Serve) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("HET_LOG").unwrap_or_else(|_| "info".into());
    let filter = quiet(filter);
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match serve.log {
        Log::Text => log.init(),
        Log::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    let town = place::open(at).await?;
    let town = match &serve.providers {
        Some(file) => town.with_providers(providers(file)?),
        None => town,
    };
    let options = web::Options {
        address: serve.listen,
        https: serve.behind_https,
        behind_proxy: serve.behind_https,
        site: serve.site,
        as_of: serve.as_of,
    };
    let failed = |error: web::Error| Failure::Refused(error.to_string());
    let server = web::Server::bind(town.clone(), options).await.map_err(failed)?;
    say(&format!("het is at http://{}/  (stop it with Ctrl+C)", server.address()))?;
    server.run(web::stopped()).await.map_err(failed)?;
    Ok(town.close().await?)
}

/// The providers that a file names, at whom people may sign in.
fn providers(file: &std::path::Path) -> Result<Providers, Failure> {
    let refuse = |error: &dyn std::fmt::Display| Failure::Refused(format!("{}: {error}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| refuse(&error))?;
    Providers::parse(&text).map_err(|error| refuse(&error))
}

/// Whatever HET_LOG asks for, the database's crates do not log the values of statements, and those of HTTP neither addresses nor what was
/// sent: all of it can be of people.
fn quiet(filter: tracing_subscriber::EnvFilter) -> tracing_subscriber::EnvFilter {
    [
        "sea_orm=warn",
        "sea_orm_migration=warn",
        "sqlx=warn",
        "hyper=info",
        "hyper_util=info",
        "tower_http=info",
        "rustls=info",
        // What a passkey was asked and answered; its refusals stand in the audit log.
        "webauthn_rs=off",
        "webauthn_rs_core=off",
    ]
    .into_iter()
    .filter_map(|line| line.parse().ok())
    .fold(filter, tracing_subscriber::EnvFilter::add_directive)
}
