//! A het that is served, and somebody who asks it without a browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::program::Place;

/// A het that is served until it is stopped.
pub struct Served {
    child: Child,
    address: String,
    log: std::thread::JoinHandle<String>,
}

impl Served {
    /// Serves a place on a free port and keeps every line of its log, of the finest kind.
    pub fn start(place: &Place) -> Served {
        let mut child = place
            .command(&["serve", "--listen", "127.0.0.1:0", "--log", "json"])
            .env("HET_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            errors.read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_once("http://").unwrap().1.split('/').next().unwrap().to_owned();
        Served { child, address, log }
    }

    /// Stops it as an administrator does and gives its log.
    pub fn stop(mut self) -> String {
        let stopped = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(stopped.success());
        assert!(self.child.wait().unwrap().success(), "it stops by itself when told to");
        self.log.join().unwrap()
    }

    /// Somebody signed in.
    pub fn sign_in(&self, email: &str, password: &str) -> Client {
        let mut client = Client { address: self.address.clone(), cookies: Vec::new() };
        let answer = client.send("/sign-in", &[("email", email), ("password", password), ("to", "/")]);
        assert_eq!(answer.status, 303, "{email} could not sign in");
        client
    }
}

/// Somebody with cookies.
pub struct Client {
    address: String,
    cookies: Vec<(String, String)>,
}

/// What was answered.
pub struct Answered {
    pub status: u16,
    pub location: String,
    pub body: String,
}

impl Client {
    pub fn get(&mut self, path: &str) -> Answered {
        self.ask("GET", path, "")
    }

    /// Sends a form with the token of a page of this session.
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let page = if self.cookies.iter().any(|(name, _)| name == "het-session") { "/" } else { "/sign-in" };
        let body = self.get(page).body;
        let (_, rest) = body.split_once("name=\"form-token\" value=\"").unwrap();
        let token = rest.split('"').next().unwrap();
        let mut parts: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        parts.push(format!("form-token={token}"));
        self.ask("POST", path, &parts.join("&"))
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Answered {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nCookie: {}\r\nAccept: text/html\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            cookies.join("; "),
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut location = String::new();
        for line in head.lines() {
            if let Some(to) = line.strip_prefix("location: ") {
                location = to.to_owned();
            }
            let Some(cookie) = line.strip_prefix("set-cookie: ") else { continue };
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(found, _)| found != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answered { status, location, body: body.to_owned() }
    }
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
