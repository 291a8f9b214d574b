//! `het serve`.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use town::Town;
use town::accounts::Providers;
use town::operations::{Jobs, Work};

use super::place;
use crate::arguments::{Log, Place, Serve};
use crate::failure::Failure;
use crate::write::say;

/// How often it is looked whether a job is due.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// A job that is being done when het is told to stop may take so long; then it is given back.
const LAST_WORDS: Duration = Duration::from_secs(8);

pub async fn run(at: &Place, serve: Serve) -> Result<(), Failure> {
    log_as(serve.log);
    let works = works(&serve)?;
    let town = place::open(at).await?;
    let town = match &serve.providers {
        Some(file) => town.with_providers(providers(file)?),
        None => town,
    };
    let tls = serve.tls_certificate.zip(serve.tls_key);
    let options = web::Options {
        address: serve.listen,
        https: serve.behind_https,
        behind_proxy: serve.behind_https,
        site: serve.site,
        tls: tls.map(|(certificate, key)| web::TlsFiles { certificate, key }),
        traces: web::TracesTo::from_environment().map_err(Failure::Call)?,
        as_of: serve.as_of,
    };
    let failed = |error: web::Error| Failure::Refused(error.to_string());
    let server = web::Server::bind(town.clone(), options).await.map_err(failed)?;
    say(&format!("het is at {}  (stop it with Ctrl+C)", server.url()))?;
    let (stop, mut jobs) = start_jobs(&town, works)?;
    server.run(web::stopped()).await;
    stop.notify_one();
    match tokio::time::timeout(LAST_WORDS, &mut jobs).await {
        Ok(Ok(jobs)) => jobs.give_back().await?,
        Ok(Err(error)) => tracing::error!(%error, "the jobs broke"),
        Err(_) => {
            jobs.abort();
            tracing::warn!("a job was being done and is left to others");
        }
    }
    Ok(town.close().await?)
}

/// The providers that a file names, at whom people may sign in.
fn providers(file: &std::path::Path) -> Result<Providers, Failure> {
    let refuse = |error: &dyn std::fmt::Display| Failure::Refused(format!("{}: {error}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| refuse(&error))?;
    Providers::parse(&text).map_err(|error| refuse(&error))
}

fn log_as(format: Log) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("HET_LOG").unwrap_or_else(|_| "info".into());
    let log = tracing_subscriber::fmt().with_env_filter(quiet(filter)).with_writer(std::io::stderr);
    match format {
        Log::Text => log.init(),
        Log::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
}

/// The jobs that the arguments ask for.
fn works(serve: &Serve) -> Result<Vec<Work>, Failure> {
    if serve.no_jobs {
        return Ok(Vec::new());
    }
    let mut works = vec![Work::ClearUp];
    if let (Some(to), Some(key)) = (&serve.backup_to, &serve.backup_key) {
        let keep = serve.backup_keep.map(|keep| keep.0);
        works.push(Work::BackUp { to: to.clone(), key: key.clone(), keep });
    }
    if let Some(schedule) = &serve.retention {
        let own = schedule != Path::new("het");
        let read = |path: &Path| {
            let text = std::fs::read_to_string(path);
            text.map_err(|error| Failure::Refused(format!("{}: {error}", path.display())))
        };
        works.push(Work::Retention { schedule: own.then(|| read(schedule)).transpose()? });
    }
    Ok(works)
}

/// Begins to look for jobs that are due, until told to stop.
fn start_jobs(town: &Town, works: Vec<Work>) -> Result<(Arc<Notify>, JoinHandle<Jobs>), Failure> {
    let (mut jobs, began, stop) = (Jobs::new(town.clone(), works)?, Instant::now(), Arc::new(Notify::new()));
    let told = stop.clone();
    let looking = tokio::spawn(async move {
        loop {
            match jobs.run_due(town::now(), began.elapsed()).await {
                Ok(ran) => {
                    for one in ran {
                        tracing::info!(
                            job = one.job,
                            failed = one.failed,
                            outcome = one.outcome,
                            "a job was done"
                        );
                    }
                }
                Err(error) => tracing::warn!(%error, "jobs could not be looked for"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = told.notified() => return jobs,
            }
        }
    });
    Ok((stop, looking))
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
