//! What is told of a request.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::HeaderMap;
use serde_json::{Value, json};
use town::operations::Question;

use crate::form_token;

/// A request that is to be told of.
pub(crate) struct Request {
    trace: [u8; 16],
    id: [u8; 8],
    parent: Option<[u8; 8]>,
    began: Instant,
    began_at: SystemTime,
}

/// A request that has ended.
pub(crate) struct Span {
    request: Request,
    took: Duration,
    method: String,
    route: String,
    status: u16,
    questions: Vec<Question>,
}

impl Request {
    /// Continues the trace that the request came with, if that is told of; else begins one, which is told of in `share` of all cases.
    pub(super) fn begin(
        headers: &HeaderMap,
        share: f64,
        began: Instant,
        began_at: SystemTime,
    ) -> Option<Request> {
        let random = form_token::random().ok()?;
        let (mut trace, mut id, mut chance) = ([0; 16], [0; 8], [0; 8]);
        trace.copy_from_slice(&random[..16]);
        id.copy_from_slice(&random[16..24]);
        chance.copy_from_slice(&random[24..]);
        let came = headers.get("traceparent").and_then(|value| value.to_str().ok()).and_then(parent);
        let (trace, parent) = match came {
            Some((_, _, false)) => return None,
            Some((trace, parent, true)) => (trace, Some(parent)),
            None if (u64::from_be_bytes(chance) as f64) < share * u64::MAX as f64 || share >= 1.0 => {
                (trace, None)
            }
            None => return None,
        };
        Some(Request { trace, id, parent, began, began_at })
    }

    /// What there is to tell at its end. The method is one of a few, and the route a row of the table.
    pub(crate) fn end(self, method: &str, route: &str, status: u16, questions: Vec<Question>) -> Span {
        let method = match method {
            "GET" | "HEAD" | "POST" => method,
            _ => "_OTHER",
        };
        let took = self.began.elapsed();
        Span { took, method: method.to_owned(), route: route.to_owned(), status, questions, request: self }
    }
}

/// The trace, the span that asks, and whether it is told of: `00-<32 digits>-<16 digits>-<2 digits>` (W3C Trace Context, level 1).
fn parent(text: &str) -> Option<([u8; 16], [u8; 8], bool)> {
    let mut parts = text.trim().split('-');
    let [version, trace, parent, flags] = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    let lower = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let well = version.len() == 2
        && version != "ff"
        && flags.len() == 2
        && [version, trace, parent, flags].iter().all(|part| lower(part));
    // A version to come may say more after these four; the first does not.
    if !well || (version == "00" && parts.next().is_some()) {
        return None;
    }
    let (mut trace_id, mut parent_id, mut flag) = ([0; 16], [0; 8], [0; 1]);
    hex::decode_to_slice(trace, &mut trace_id).ok()?;
    hex::decode_to_slice(parent, &mut parent_id).ok()?;
    hex::decode_to_slice(flags, &mut flag).ok()?;
    (trace_id != [0; 16] && parent_id != [0; 8]).then_some((trace_id, parent_id, flag[0] & 1 == 1))
}

impl Span {
    /// The span and those of its questions, as OTLP writes them in JSON: identities in hexadecimal, times as text.
    pub(super) fn write(&self, spans: &mut Vec<Value>) {
        let nanos = |at: SystemTime| at.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string();
        let request = &self.request;
        let text = |key: &str, value: &str| json!({ "key": key, "value": { "stringValue": value } });
        let (trace, id) = (hex::encode(request.trace), hex::encode(request.id));
        spans.push(json!({
            "traceId": trace,
            "spanId": id,
            "parentSpanId": request.parent.map(hex::encode).unwrap_or_default(),
            "name": format!("{} {}", self.method, self.route),
            // A server's.
            "kind": 2,
            "startTimeUnixNano": nanos(request.began_at),
            "endTimeUnixNano": nanos(request.began_at + self.took),
            "attributes": [
                text("http.request.method", &self.method),
                text("http.route", &self.route),
                { "key": "http.response.status_code", "value": { "intValue": self.status.to_string() } },
            ],
            "status": if self.status >= 500 { json!({ "code": 2 }) } else { json!({}) },
        }));
        for (number, question) in self.questions.iter().enumerate() {
            let start = request.began_at + question.began.saturating_duration_since(request.began);
            let mut child = request.id;
            for (byte, other) in child.iter_mut().zip((number as u64 + 1).to_be_bytes()) {
                *byte ^= other;
            }
            spans.push(json!({
                "traceId": trace,
                "spanId": hex::encode(child),
                "parentSpanId": id,
                "name": question.doing,
                // A client's: of the database.
                "kind": 3,
                "startTimeUnixNano": nanos(start),
                "endTimeUnixNano": nanos(start + question.took),
                "attributes": [text("db.operation.name", question.doing)],
                "status": {},
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_continued() {
        let check = |text: &str, expected: Option<bool>| {
            assert_eq!(parent(text).map(|found| found.2), expected, "{text}")
        };
        // The example of the recommendation, section 3.2.4.
        check("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", Some(true));
        check("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", Some(false));
        check("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what", Some(true));
        check("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what", None);
        check("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", None);
        check("00-00000000000000000000000000000000-00f067aa0ba902b7-01", None);
        check("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", None);
        check("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", None);
        check("00-4bf92f-00f067aa0ba902b7-01", None);
        check("", None);
    }
}
