//! The environment's variables, as OpenTelemetry names them.

use std::path::PathBuf;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Uri};

/// Where traces are sent, and how.
#[derive(Debug, Clone)]
pub struct TracesTo {
    pub(super) url: Uri,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) authority: Option<PathBuf>,
    pub(super) service: String,
    /// The share of traces begun here that is told, from 0 to 1.
    pub(super) share: f64,
    pub(super) queue: usize,
    pub(super) batch: usize,
    pub(super) delay: Duration,
    pub(super) patience: Duration,
}

impl TracesTo {
    /// What the environment says; `None` when it names no collector.
    ///
    /// # Errors
    /// In words, naming the variable, when one cannot be followed.
    pub fn from_environment() -> Result<Option<TracesTo>, String> {
        TracesTo::from_variables(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    pub(super) fn from_variables(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<TracesTo>, String> {
        let of_traces = |name: &str| {
            variable(&format!("OTEL_EXPORTER_OTLP_TRACES_{name}"))
                .or_else(|| variable(&format!("OTEL_EXPORTER_OTLP_{name}")))
        };
        let switched_off =
            variable("OTEL_SDK_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let url =
            match (variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), variable("OTEL_EXPORTER_OTLP_ENDPOINT")) {
                _ if switched_off || variable("OTEL_TRACES_EXPORTER").as_deref() == Some("none") => {
                    return Ok(None);
                }
                (Some(whole), _) => whole,
                (None, Some(base)) => format!("{}/v1/traces", base.trim_end_matches('/')),
                (None, None) => return Ok(None),
            };
        let url: Uri = url.parse().map_err(|_| "OTEL_EXPORTER_OTLP_ENDPOINT is not an address".to_owned())?;
        if !matches!(url.scheme_str(), Some("http" | "https")) || url.host().is_none() {
            return Err("OTEL_EXPORTER_OTLP_ENDPOINT must begin with http:// or https://".to_owned());
        }
        if of_traces("PROTOCOL").is_some_and(|protocol| !protocol.starts_with("http")) {
            return Err(
                "OTEL_EXPORTER_OTLP_PROTOCOL: het speaks http/json, on the collector's port for HTTP"
                    .to_owned(),
            );
        }
        let number = |name: &str, default: u64| match variable(name) {
            Some(text) => text.trim().parse::<u64>().map_err(|_| format!("{name} must be a whole number")),
            None => Ok(default),
        };
        let patience = match of_traces("TIMEOUT") {
            Some(text) => {
                text.trim().parse().map_err(|_| "OTEL_EXPORTER_OTLP_TIMEOUT must be a whole number")?
            }
            None => 10_000,
        };
        let queue = number("OTEL_BSP_MAX_QUEUE_SIZE", 2_048)?.clamp(1, 65_536) as usize;
        let batch = number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512)?.clamp(1, queue as u64) as usize;
        Ok(Some(TracesTo {
            url,
            headers: headers(&of_traces("HEADERS").unwrap_or_default())?,
            authority: of_traces("CERTIFICATE").map(PathBuf::from),
            service: variable("OTEL_SERVICE_NAME").unwrap_or_else(|| "het".to_owned()),
            share: share(variable("OTEL_TRACES_SAMPLER"), variable("OTEL_TRACES_SAMPLER_ARG"))?,
            queue,
            batch,
            delay: Duration::from_millis(number("OTEL_BSP_SCHEDULE_DELAY", 5_000)?.max(10)),
            patience: Duration::from_millis(patience),
        }))
    }
}

/// `name=value,name=value`, the values as in an address. Nothing of them is repeated: there are tokens among them.
fn headers(text: &str) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let wrong = || "OTEL_EXPORTER_OTLP_HEADERS must be name=value, with commas between".to_owned();
    let pairs = text.split(',').filter(|pair| !pair.trim().is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').ok_or_else(wrong)?;
        let escaped = format!("v={}", value.trim().replace('+', "%2B").replace('&', "%26"));
        let value = form_urlencoded::parse(escaped.as_bytes()).next().ok_or_else(wrong)?.1.into_owned();
        let name = HeaderName::try_from(name.trim()).map_err(|_| wrong())?;
        let mut value = HeaderValue::try_from(value).map_err(|_| wrong())?;
        value.set_sensitive(true);
        Ok((name, value))
    });
    pairs.collect()
}

fn share(sampler: Option<String>, argument: Option<String>) -> Result<f64, String> {
    match sampler.as_deref().map(|name| name.trim_start_matches("parentbased_")) {
        None | Some("always_on") => Ok(1.0),
        Some("always_off") => Ok(0.0),
        Some("traceidratio") => {
            let share = argument.map_or(Ok(1.0), |text| text.trim().parse::<f64>());
            let share = share.ok().filter(|share| (0.0..=1.0).contains(share));
            share.ok_or_else(|| "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1".to_owned())
        }
        Some(other) => Err(format!("OTEL_TRACES_SAMPLER: het does not know {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Result<Option<TracesTo>, String> {
        TracesTo::from_variables(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_address_is_put_together() {
        let check = |variables: &[(&str, &str)], expected: Option<&str>| {
            assert_eq!(
                of(variables).unwrap().map(|to| to.url.to_string()).as_deref(),
                expected,
                "{variables:?}"
            );
        };
        check(&[], None);
        check(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318")], Some("http://c:4318/v1/traces"));
        check(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "https://c/otlp/")], Some("https://c/otlp/v1/traces"));
        check(&[("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c/here")], Some("http://c/here"));
        check(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318"), ("OTEL_SDK_DISABLED", "true")], None);
        check(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318"), ("OTEL_TRACES_EXPORTER", "none")], None);
    }

    #[test]
    fn what_cannot_be_followed_is_refused() {
        let refused = |name: &str, value: &str| {
            let asked = [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318"), (name, value)];
            assert!(of(&asked).is_err(), "{name}={value}");
        };
        refused("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        refused("OTEL_TRACES_SAMPLER", "of_mine");
        refused("OTEL_BSP_MAX_QUEUE_SIZE", "many");
        refused("OTEL_EXPORTER_OTLP_HEADERS", "token");
        assert!(of(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "c:4318")]).is_err());
    }

    #[test]
    fn headers_are_read() {
        let read = headers("authorization=Bearer%20a+b%3D, x-town=Luton").unwrap();
        assert_eq!(read[0].1, "Bearer a+b=");
        assert_eq!((read[1].0.as_str(), read[1].1.to_str().unwrap()), ("x-town", "Luton"));
    }
}
