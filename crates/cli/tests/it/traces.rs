//! Traces: told to a collector of our own on loopback, and to one that is away.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::asking::Served;
use crate::program::Place;

/// Takes what is sent, and gives each document and the headers that came with it.
fn collector() -> (String, Receiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (send, received) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                assert!(stream.read_line(&mut head).unwrap() > 0, "{head}");
            }
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            let mut body = vec![0; length.parse().unwrap()];
            stream.read_exact(&mut body).unwrap();
            stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").unwrap();
            if send.send((head, serde_json::from_slice(&body).unwrap())).is_err() {
                return;
            }
        }
    });
    (address, received)
}

fn serve(place: &Place, endpoint: &str) -> Served {
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint).env("OTEL_BSP_SCHEDULE_DELAY", "100");
    command.env("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20synthetic");
    Served::of(&mut command)
}

fn spans(received: &Receiver<(String, Value)>) -> Vec<Value> {
    let mut found = Vec::new();
    while let Ok((head, document)) = received.recv_timeout(Duration::from_secs(3)) {
        assert!(head.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{head}");
        assert!(head.contains("authorization: Bearer synthetic"), "{head}");
        let resource = &document["resourceSpans"][0];
        assert_eq!(resource["resource"]["attributes"][0]["value"]["stringValue"], "het");
        found.extend(resource["scopeSpans"][0]["spans"].as_array().unwrap().iter().cloned());
    }
    found
}

#[test]
fn requests_are_told_to_a_collector() {
    let place = Place::sqlite();
    let (address, received) = collector();
    let served = serve(&place, &address);
    let mut client = served.stranger();
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    client.headers = format!("traceparent: 00-{trace}-00f067aa0ba902b7-01\r\n");
    assert_eq!(client.get("/indicators/corisande-ivelmarch?name=Corisande").status, 404);
    client.headers = format!("traceparent: 00-{trace}-00f067aa0ba902b7-00\r\n");
    assert_eq!(client.get("/reports").status, 200);
    client.headers = String::new();
    assert_eq!(client.get("/").status, 200);
    served.stop();
    let spans = spans(&received);
    let text = serde_json::to_string(&spans).unwrap().to_lowercase();
    assert!(!text.contains("corisande"), "{text}");
    let named = |name: &str| spans.iter().filter(|span| span["name"] == name).collect::<Vec<_>>();
    let [one] = named("GET /indicators/{code}")[..] else { panic!("{text}") };
    assert_eq!((&one["traceId"], &one["parentSpanId"]), (&trace.into(), &"00f067aa0ba902b7".into()));
    assert_eq!(one["attributes"][2]["value"]["intValue"], "404");
    assert!(named("GET /reports").is_empty(), "whoever began the trace does not want it told of");
    let [board] = named("GET /")[..] else { panic!("{text}") };
    assert_ne!(board["traceId"], trace);
    let nanos = |span: &Value, name: &str| span[name].as_str().unwrap().parse::<u128>().unwrap();
    assert!(nanos(board, "startTimeUnixNano") < nanos(board, "endTimeUnixNano"));
    // What it asked the database is told under it, in het's own words.
    let asked: Vec<&Value> = spans.iter().filter(|span| span["parentSpanId"] == board["spanId"]).collect();
    assert!(asked.iter().any(|span| span["name"] == "read its version"), "{text}");
    assert!(asked.iter().all(|span| span["traceId"] == board["traceId"]));
}

#[test]
fn a_collector_that_is_away_holds_nobody_up() {
    let place = Place::sqlite();
    // One that accepts and never answers, and one that is not there.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for address in [silent.local_addr().unwrap(), gone] {
        let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.env("OTEL_EXPORTER_OTLP_ENDPOINT", format!("http://{address}"));
        command.envs([
            ("OTEL_BSP_SCHEDULE_DELAY", "50"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "10"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "5"),
        ]);
        let served = Served::of(command.env("OTEL_EXPORTER_OTLP_TIMEOUT", "500"));
        let began = Instant::now();
        for _ in 0..100 {
            assert_eq!(served.stranger().get("/health/live").status, 200);
        }
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        std::thread::sleep(Duration::from_millis(700));
        let figures = served.stranger().get("/metrics").body;
        let dropped =
            figures.lines().find_map(|line| line.strip_prefix("het_traces_dropped_total ")).unwrap();
        assert!(dropped.parse::<u64>().unwrap() > 0, "{figures}");
        let began = Instant::now();
        let log = served.stop();
        assert!(began.elapsed() < Duration::from_secs(6));
        assert_eq!(log.matches("the collector of traces did not take them").count(), 1, "{log}");
    }
}

#[test]
fn a_collector_that_het_cannot_speak_to_is_refused() {
    let place = Place::sqlite();
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    command
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")
        .env("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}
