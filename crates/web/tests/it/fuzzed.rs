//! Hostile requests by the thousand: no answer may be a fault of het's own, and it must go on answering.
//!
//! The requests follow from a number, so that one that fails can be sent again. The suite sends a few thousand to its own server;
//! `HET_FUZZ_REQUESTS` sends more, `HET_FUZZ_SEED` others, and `HET_FUZZ_ADDRESS` with `HET_FUZZ_PASSWORDS` (the file that
//! `het demo` writes) sends them to a server that was started by itself.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use web::Method;

use super::serving::{Role, serving};

/// An answer that takes longer is a fault too.
const PATIENCE: Duration = Duration::from_secs(20);

/// Numbers that follow from a seed (Vigna, An experimental exploration of Marsaglia's xorshift generators, 2016).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn pick<'l, T: ?Sized>(&mut self, list: &[&'l T]) -> &'l T {
        list[self.below(list.len())]
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.next() as u8).collect()
    }
}

/// Words that forms and addresses do not expect, and some that they do.
const WORDS: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "1e309",
    "NaN",
    "0x10",
    "A01",
    "mmr-5y",
    "housing",
    "E06000032",
    "2026-02-30",
    "2026-01-01/2026-03-31",
    "January to March 2026",
    "31",
    "2027",
    "9990000018",
    "LU1 1AA",
    "%00",
    "\u{0}",
    "../../etc/passwd",
    "..\\..\\x",
    "'; DROP TABLE account; --",
    "\" OR 1=1",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "\u{202e}desrever",
    "اردو",
    "বাংলা",
    "𝒳",
    "a\u{301}\u{301}\u{301}",
    "\r\nX-Set: 1",
    "yes",
    "csv",
    "json",
    "pdf",
    "exe",
    "null",
    "true",
    "[]",
    "{}",
    "new",
    "edit",
    "p",
    "xmr",
    "sii",
    "%",
    "_",
    "!",
    "\t",
    " ",
];

/// Names of fields and of parts of queries.
const FIELDS: &[&str] = &[
    "title",
    "code",
    "subgroup",
    "owner",
    "sponsor",
    "due",
    "due-day",
    "due-month",
    "due-year",
    "percent",
    "recommendations",
    "milestone-0-title",
    "milestone-0-due-day",
    "number",
    "words",
    "principle",
    "horizon",
    "name",
    "kind",
    "period",
    "value",
    "numerator",
    "denominator",
    "area",
    "fifth",
    "withheld",
    "note",
    "reason",
    "point",
    "target-0-value",
    "target-0-due",
    "seen",
    "organisations",
    "nhs_number",
    "family_name",
    "born",
    "postcode",
    "session",
    "email",
    "password",
    "to",
    "sort",
    "status",
    "source",
    "age",
    "version",
    "format",
    "page",
    "before",
    "actor",
    "chart",
    "profile",
    "measure",
    "group",
    "limit",
];

/// What stands at the head of a request now and then.
const HEADERS: &[&str] = &[
    "Accept: application/json",
    "Accept: */*;q=nonsense",
    "Accept-Encoding: gzip",
    "Authorization: Bearer het_0000",
    "Authorization: Basic AAAA",
    "If-Match: \"*\"",
    "If-Match: 00",
    "If-None-Match: \"\"",
    "Range: bytes=0-0",
    "Cookie: het-session=00; het-session=11",
    "Cookie: het-door=zz; het-notice=<b>",
    "X-Forwarded-For: ::1, nonsense",
    "X-Request-Id: a\u{7f}b",
    "Origin: https://elsewhere.example",
    "Sec-Fetch-Site: cross-site",
    "traceparent: 00-zz-yy-01",
    "Expect: 100-continue",
    "Content-Encoding: gzip",
    "Transfer-Encoding: identity",
];

/// Everything whose sending would end the session that sends, or somebody's account, or take minutes.
fn is_left_out(path: &str) -> bool {
    let ends = ["/sign-", "/invitation/", "/account", "/machines", "/reports/progress"];
    ends.iter().any(|start| path.starts_with(start))
}

/// One who sends, over one connection for as long as it lasts.
struct Sender {
    address: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
    cookies: String,
    token: String,
}

impl Sender {
    fn answer(&mut self, request: &[u8]) -> Option<u16> {
        for _ in 0..2 {
            if self.connection.is_none() {
                let stream = TcpStream::connect(self.address).unwrap();
                stream.set_read_timeout(Some(PATIENCE)).unwrap();
                self.connection = Some(BufReader::new(stream));
            }
            let connection = self.connection.as_mut().unwrap();
            // A connection that was closed meanwhile is opened anew once.
            if connection.get_mut().write_all(request).is_ok()
                && let Some((status, kept)) = read(connection)
            {
                if !kept {
                    self.connection = None;
                }
                return Some(status);
            }
            self.connection = None;
        }
        None
    }
}

/// Reads an answer to its end: its status, and whether the connection can be used again.
fn read(connection: &mut BufReader<TcpStream>) -> Option<(u16, bool)> {
    let mut line = String::new();
    connection.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let status: u16 = line.split(' ').nth(1)?.parse().ok()?;
    let (mut length, mut chunked, mut kept) = (None, false, line.starts_with("HTTP/1.1"));
    loop {
        line.clear();
        connection.read_line(&mut line).ok()?;
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse::<u64>().ok();
        }
        chunked |= header == "transfer-encoding: chunked";
        kept &= header != "connection: close";
    }
    match length {
        _ if status == 304 || status == 204 => {}
        Some(length) => {
            std::io::copy(&mut connection.by_ref().take(length), &mut std::io::sink()).ok()?;
        }
        None if chunked => loop {
            line.clear();
            connection.read_line(&mut line).ok()?;
            let size = u64::from_str_radix(line.trim(), 16).ok()?;
            std::io::copy(&mut connection.by_ref().take(size + 2), &mut std::io::sink()).ok()?;
            if size == 0 {
                break;
            }
        },
        None => kept = false,
    }
    Some((status, kept))
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

/// An address of the route table with something in its variable parts, or no address at all.
fn path(numbers: &mut Numbers, rows: &[(Method, &'static str)]) -> (Method, String) {
    let (method, row) = rows[numbers.below(rows.len())];
    let mut path = String::new();
    for part in row.split('/').skip(1) {
        path.push('/');
        match part.starts_with('{') {
            true => path.push_str(&encode(numbers.pick(WORDS))),
            false => path.push_str(part),
        }
    }
    if numbers.one_in(20) {
        path =
            format!("/{}", String::from_utf8_lossy(&numbers.bytes(40)).replace([' ', '\r', '\n', '#'], "%"));
    }
    for index in 0..numbers.below(4) {
        path.push(if index == 0 { '?' } else { '&' });
        let (name, value) = (numbers.pick(FIELDS), numbers.pick(WORDS));
        path.push_str(&format!("{name}={}", encode(value)));
    }
    (method, path)
}

/// Fields of a form, or a form with files, or neither.
fn body(numbers: &mut Numbers, token: &str) -> (String, Vec<u8>) {
    let token = if numbers.one_in(8) { "0" } else { token };
    let fields: Vec<(&str, String)> = (0..numbers.below(12))
        .map(|_| (numbers.pick(FIELDS), numbers.pick(WORDS).repeat(1 + numbers.below(3))))
        .chain([("form-token", token.to_owned())])
        .collect();
    match numbers.below(10) {
        0 => ("application/json".to_owned(), numbers.bytes(200)),
        1 => ("application/x-www-form-urlencoded".to_owned(), numbers.bytes(200)),
        2 | 3 => {
            let mut sent = Vec::new();
            for (name, value) in fields {
                let head =
                    format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
                sent.extend_from_slice(head.as_bytes());
            }
            let kind = numbers.pick(&[
                "cover",
                "deprivation",
                "areas",
                "programme",
                "fingertips",
                "postcodes",
                "boundaries",
            ]);
            let head = format!("--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n");
            sent.extend_from_slice(head.as_bytes());
            let file = numbers.pick(&["a.csv", "b.xlsx", "c.xls", "d.ods", "e.geojson", "\"", "../f"]);
            let head =
                format!("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{file}\"\r\n\r\n");
            sent.extend_from_slice(head.as_bytes());
            let start = numbers.pick(&[
                "",
                "PK\u{3}\u{4}",
                "Area Code,Area Name\r\nE06000032,",
                "{\"type\":\"FeatureCollection\",",
                "LSOA code (2021),",
            ]);
            sent.extend_from_slice(start.as_bytes());
            sent.extend(numbers.bytes(400));
            if !numbers.one_in(10) {
                sent.extend_from_slice(b"\r\n--x--\r\n");
            }
            ("multipart/form-data; boundary=x".to_owned(), sent)
        }
        _ => {
            let sent = fields.iter().map(|(name, value)| format!("{name}={}", encode(value)));
            ("application/x-www-form-urlencoded".to_owned(), sent.collect::<Vec<_>>().join("&").into_bytes())
        }
    }
}

/// The bytes of one request.
fn request(numbers: &mut Numbers, rows: &[(Method, &'static str)], sender: &Sender) -> Vec<u8> {
    if numbers.one_in(200) {
        // Not HTTP at all.
        let mut bytes = b"\0".to_vec();
        bytes.extend(numbers.bytes(120));
        bytes.extend_from_slice(b"\r\n\r\n");
        return bytes;
    }
    let (method, path) = path(numbers, rows);
    let method = match (numbers.below(30), method) {
        (0, _) => "PUT",
        (1, _) => "DELETE",
        (2, _) => "OPTIONS",
        (3, _) => "HEAD2",
        (_, Method::Get) => "GET",
        (_, Method::Post) => "POST",
    };
    let mut head =
        format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n", sender.address, sender.cookies);
    for _ in 0..numbers.below(3) {
        head.push_str(numbers.pick(HEADERS));
        head.push_str("\r\n");
    }
    if method != "POST" {
        return format!("{head}\r\n").into_bytes();
    }
    let (kind, body) = body(numbers, &sender.token);
    let mut bytes =
        format!("{head}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(&body);
    bytes
}

#[test]
fn no_request_is_answered_by_a_fault() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let count = number("HET_FUZZ_REQUESTS").unwrap_or(1_500);
    let mut numbers = Numbers(number("HET_FUZZ_SEED").unwrap_or(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let rows: Vec<(Method, &'static str)> = web::routes()
        .into_iter()
        .map(|route| (route.method(), route.path()))
        .filter(|(_, path)| !is_left_out(path))
        .collect();
    let roles = [
        Role::Public,
        Role::Editor,
        Role::ImmunisationLead,
        Role::Director,
        Role::Administrator,
        Role::PartnerGuest,
    ];
    let mut senders: Vec<Sender> = roles.into_iter().map(sender).collect();
    let mut statuses = std::collections::BTreeMap::<u16, u64>::new();
    let mut slowest = (Duration::ZERO, 0);
    for sent in 0..count {
        let from = numbers.below(senders.len());
        let seed = numbers.0;
        let bytes = request(&mut numbers, &rows, &senders[from]);
        let began = std::time::Instant::now();
        let status = senders[from].answer(&bytes).unwrap_or(0);
        slowest = slowest.max((began.elapsed(), sent));
        *statuses.entry(status).or_default() += 1;
        let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]).into_owned();
        assert!(slowest.0 < PATIENCE, "request {sent} took {:?}:\n{}", slowest.0, shown());
        assert!(
            status < 500,
            "request {sent} as {:?} (state {seed}) was answered {status}:\n{}",
            roles[from],
            shown()
        );
        // Only what is not HTTP may be left without an answer.
        assert!(
            status != 0 || !shown().contains(" HTTP/1.1\r\nHost"),
            "request {sent} had no answer:\n{}",
            shown()
        );
    }
    println!("{count} requests: {statuses:?}; the slowest, {}, took {:?}", slowest.1, slowest.0);
    let alive = senders[0].answer(b"GET /health/ready HTTP/1.1\r\nHost: here\r\n\r\n");
    assert_eq!(alive, Some(200));
}

/// Somebody of a role, signed in.
fn sender(role: Role) -> Sender {
    let mut client = match std::env::var("HET_FUZZ_ADDRESS") {
        Ok(address) => super::serving::client_at(address.parse().unwrap(), role),
        Err(_) => serving().client(role),
    };
    let token = client.token();
    Sender { address: client.address(), connection: None, cookies: client.cookie_line(), token }
}

#[test]
fn a_request_that_stands_still_is_let_go() {
    let mut stream = TcpStream::connect(serving().address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: he").unwrap();
    let began = std::time::Instant::now();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(began.elapsed() < Duration::from_secs(40), "{:?}", began.elapsed());
}
