//! Figures for whatever watches over the machine, in the text format of Prometheus (version 0.0.4).
//!
//! They count answers by the row of the route table, never by the address that was asked for, so that there are few of them and
//! none names anybody. (The rejected alternative, the `metrics` crate with an exporter, brings a registry of names made at run time,
//! a thread and a listener of its own for what is here a map and a page.)

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::Method;
use town::Moment;
use town::operations::Job;

/// The upper bounds of the classes of duration, in seconds.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0];

/// What is counted while het is served.
pub(crate) struct Metrics {
    started: f64,
    in_flight: AtomicI64,
    refused_sign_ins: AtomicU64,
    refusals: Mutex<BTreeMap<&'static str, u64>>,
    answers: Mutex<BTreeMap<Kind, Answers>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Debug, Clone, Default)]
struct Answers {
    count: u64,
    seconds: f64,
    /// How many took no longer than each of [`BOUNDS`].
    within: [u64; BOUNDS.len()],
}

impl Default for Metrics {
    fn default() -> Metrics {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        Metrics {
            started,
            in_flight: AtomicI64::new(0),
            refused_sign_ins: AtomicU64::new(0),
            refusals: Mutex::default(),
            answers: Mutex::default(),
        }
    }
}

impl Metrics {
    /// A request has begun; what is given back counts its end.
    pub(crate) fn begin(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(self)
    }

    /// A request of a row of the route table was answered.
    pub(crate) fn answered(&self, route: &str, method: &Method, status: u16, took: Duration) {
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            _ => "other",
        };
        let seconds = took.as_secs_f64();
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let row = answers.entry(Kind { route: route.to_owned(), method, status }).or_default();
        row.count += 1;
        row.seconds += seconds;
        for (within, bound) in row.within.iter_mut().zip(BOUNDS) {
            *within += u64::from(seconds <= bound);
        }
    }

    /// Somebody could not sign in.
    pub(crate) fn sign_in_refused(&self) {
        self.refused_sign_ins.fetch_add(1, Ordering::Relaxed);
    }

    /// Somebody was refused, for a reason in a word.
    pub(crate) fn refused(&self, reason: &'static str) {
        *self.refusals.lock().unwrap_or_else(PoisonError::into_inner).entry(reason).or_default() += 1;
    }

    /// The page; what the database could not count is left out, and so are the certificate and the traces where there are none.
    pub(crate) fn page(
        &self,
        amounts: Option<town::operations::Amounts>,
        jobs: &[Job],
        traces: Option<(u64, u64)>,
        certificate_ends: Option<Moment>,
    ) -> String {
        let mut text = String::new();
        let mut single = |name: &str, kind: &str, help: &str, value: f64| {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
        };
        single("het_up", "gauge", "1 when the database answers.", f64::from(u8::from(amounts.is_some())));
        single("process_start_time_seconds", "gauge", "When het was started, since 1970.", self.started);
        let in_flight = self.in_flight.load(Ordering::Relaxed) as f64;
        single("het_requests_in_flight", "gauge", "Requests being answered.", in_flight);
        let refused = self.refused_sign_ins.load(Ordering::Relaxed) as f64;
        single("het_sign_ins_refused_total", "counter", "Attempts to sign in that were refused.", refused);
        if let Some(amounts) = amounts {
            for (name, help, value) in [
                ("het_audit_entries", "Entries of the audit log.", amounts.audit_entries),
                ("het_accounts", "Accounts.", amounts.accounts),
                ("het_sessions", "Sessions that are kept.", amounts.sessions),
                ("het_observations", "Observations in their current version.", amounts.observations),
            ] {
                single(name, "gauge", help, value as f64);
            }
        }
        if let Some((sent, dropped)) = traces {
            single(
                "het_traces_sent_total",
                "counter",
                "Requests that the collector was told of.",
                sent as f64,
            );
            let help = "Requests that the collector was not told of: it was slow or away.";
            single("het_traces_dropped_total", "counter", help, dropped as f64);
        }
        if let Some(ends) = certificate_ends {
            let help = "When the certificate in use ends, since 1970.";
            single("het_certificate_ends_seconds", "gauge", help, ends.as_second() as f64);
        }
        if !jobs.is_empty() {
            write_jobs(jobs, &mut text);
        }
        self.refusals(&mut text);
        self.histogram(&mut text);
        text
    }

    fn refusals(&self, text: &mut String) {
        const NAME: &str = "het_refusals_total";
        let _ = writeln!(text, "# HELP {NAME} Requests that were refused, by reason.\n# TYPE {NAME} counter");
        for (reason, count) in &*self.refusals.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(text, "{NAME}{{reason=\"{reason}\"}} {count}");
        }
    }

    fn histogram(&self, text: &mut String) {
        const NAME: &str = "het_request_seconds";
        let _ = writeln!(text, "# HELP {NAME} How long requests took.\n# TYPE {NAME} histogram");
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        for (Kind { route, method, status }, row) in answers.iter() {
            let of = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            for (bound, within) in BOUNDS.iter().zip(row.within) {
                let _ = writeln!(text, "{NAME}_bucket{{{of},le=\"{bound}\"}} {within}");
            }
            let _ = writeln!(text, "{NAME}_bucket{{{of},le=\"+Inf\"}} {}", row.count);
            let _ = writeln!(text, "{NAME}_sum{{{of}}} {}\n{NAME}_count{{{of}}} {}", row.seconds, row.count);
        }
    }
}

/// What the processes together did of what one of them does for all.
fn write_jobs(jobs: &[Job], text: &mut String) {
    let mut each = |name: &str, kind: &str, help: &str, value: &dyn Fn(&Job) -> f64| {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for job in jobs {
            let _ = writeln!(text, "{name}{{job=\"{}\"}} {}", job.name, value(job));
        }
    };
    let seconds = |at: &str| at.parse::<town::Moment>().map_or(0.0, |at| at.as_second() as f64);
    each("het_job_runs_total", "counter", "Runs of jobs, by whichever process.", &|job| job.runs as f64);
    each("het_job_failures_total", "counter", "Runs of jobs that failed.", &|job| job.failures as f64);
    each(
        "het_job_last_success_seconds",
        "gauge",
        "When a job last succeeded, since 1970; 0 when it never did.",
        &|job| seconds(&job.succeeded_at),
    );
    each("het_job_running", "gauge", "1 while a process runs a job.", &|job| {
        f64::from(u8::from(!job.holder.is_empty()))
    });
}

/// A request that is being answered.
pub(crate) struct InFlight<'a>(&'a Metrics);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_in_classes() {
        let metrics = Metrics::default();
        metrics.answered("/actions/{code}", &Method::GET, 200, Duration::from_millis(20));
        metrics.answered("/actions/{code}", &Method::GET, 200, Duration::from_secs(60));
        metrics.answered("other", &Method::PUT, 405, Duration::from_millis(1));
        metrics.refused("policy");
        metrics.refused("policy");
        let _one = metrics.begin();
        let page = metrics.page(None, &[], None, None);
        let has = |line: &str| assert!(page.lines().any(|found| found == line), "{line} is not in\n{page}");
        let of = "route=\"/actions/{code}\",method=\"GET\",status=\"200\"";
        has(&format!("het_request_seconds_bucket{{{of},le=\"0.01\"}} 0"));
        has(&format!("het_request_seconds_bucket{{{of},le=\"0.025\"}} 1"));
        has(&format!("het_request_seconds_bucket{{{of},le=\"+Inf\"}} 2"));
        has(&format!("het_request_seconds_count{{{of}}} 2"));
        has(&format!("het_request_seconds_sum{{{of}}} 60.02"));
        has("het_request_seconds_count{route=\"other\",method=\"other\",status=\"405\"} 1");
        has("het_requests_in_flight 1");
        has("het_refusals_total{reason=\"policy\"} 2");
        has("het_up 0");
    }
}
