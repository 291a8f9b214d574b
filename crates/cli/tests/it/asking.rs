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
    log: Option<std::thread::JoinHandle<String>>,
}

impl Drop for Served {
    /// A test that fails leaves no server behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Serves a place on a free port and keeps every line of its log, of the finest kind.
    pub fn start(place: &Place) -> Served {
        Served::of(
            place.command(&["serve", "--listen", "127.0.0.1:0", "--log", "json"]).env("HET_LOG", "trace"),
        )
    }

    /// Serves by a command that says so.
    pub fn of(command: &mut Command) -> Served {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut errors = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            errors.read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_once("http://").unwrap().1.split('/').next().unwrap().to_owned();
        Served { child, address, log: Some(log) }
    }

    /// Kills it (SIGKILL).
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log.take().unwrap().join().unwrap();
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Client {
        Client { address: self.address.clone(), headers: String::new(), cookies: Vec::new() }
    }

    /// Stops it as an administrator does and gives its log.
    pub fn stop(mut self) -> String {
        let stopped = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(stopped.success());
        assert!(self.child.wait().unwrap().success(), "it stops by itself when told to");
        self.log.take().unwrap().join().unwrap()
    }

    /// Somebody signed in.
    pub fn sign_in(&self, email: &str, password: &str) -> Client {
        let mut client = self.stranger();
        let answer = client.send("/sign-in", &[("email", email), ("password", password), ("to", "/")]);
        assert_eq!(answer.status, 303, "{email} could not sign in");
        client
    }
}

/// Somebody with cookies.
#[derive(Clone)]
pub struct Client {
    address: String,
    /// Headers that go with each request, each with the end of its line.
    pub headers: String,
    cookies: Vec<(String, String)>,
}

/// What was answered.
pub struct Answered {
    pub status: u16,
    pub head: String,
    pub location: String,
    pub body: String,
}

impl Client {
    /// The same browser at another het.
    pub fn at(&self, other: &Served) -> Client {
        Client { address: other.address.clone(), ..self.clone() }
    }

    /// Somebody whose session was begun without this browser.
    pub fn holding(self, token: &str) -> Client {
        Client { cookies: vec![("het-session".to_owned(), token.to_owned())], ..self }
    }

    /// The token that forms of this session carry.
    pub fn token(&mut self) -> String {
        let page = if self.cookies.iter().any(|(name, _)| name == "het-session") { "/" } else { "/sign-in" };
        let body = self.get(page).body;
        let (_, rest) = body.split_once("name=\"form-token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// Sends a form with a token that is known already.
    pub fn send_with(&mut self, token: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        let fields = fields.iter().copied().chain([("form-token", token)]);
        let parts: Vec<String> = fields.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.ask("POST", path, &parts.join("&"))
    }

    pub fn get(&mut self, path: &str) -> Answered {
        self.ask("GET", path, "")
    }

    /// Sends a form with the token of a page of this session.
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let token = self.token();
        self.send_with(&token, path, fields)
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Answered {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nCookie: {}\r\nAccept: text/html\r\n{}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            cookies.join("; "),
            self.headers,
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
            if value.is_empty() {
                continue;
            }
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answered { status, head: head.to_owned(), location, body: body.to_owned() }
    }
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
