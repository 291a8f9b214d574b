//! The synthetic town served on a free port of this machine, and a client that speaks to it without a browser.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use scraper::{Html, Selector};
pub use town::Role;
use town::accounts::NewMachine;
use town::{Actor, Keys, Opening, Permission, Town};
use vocabulary::Date;

/// Everybody who may ask over the network: the public, and an account of each role.
pub fn roles() -> impl Iterator<Item = Role> {
    [Role::Public].into_iter().chain(Role::OF_ACCOUNTS.iter().copied())
}

/// Whether the policy lets a role, of whatever it reaches.
pub fn may(role: Role, permission: Permission) -> bool {
    Actor::account("somebody", role).may(permission)
}

/// A town that is served until the tests end.
pub struct Serving {
    /// Where.
    pub address: SocketAddr,
    /// A record of the register.
    pub person: String,
    /// A breaking of the glass.
    pub reading: String,
    /// The number of an account that nobody signs in to.
    pub spare: i64,
    /// The same town, as a proxy in front that ends the encryption asks it.
    pub behind_https: SocketAddr,
    log: Log,
    accounts: Vec<(String, String)>,
    /// The token of a program that may read and edit the programme.
    token: String,
}

/// What the server wrote into its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// A log that everything in this process is written to.
    fn of_everything() -> Log {
        let log = Log::default();
        let writes = log.clone();
        tracing_subscriber::fmt().json().with_writer(move || writes.clone()).init();
        log
    }
}

/// The day on which everything is judged.
fn today() -> Date {
    "2026-10-01".parse().unwrap()
}

/// The one town that all tests of this process share.
pub fn serving() -> &'static Serving {
    static SERVING: OnceLock<Serving> = OnceLock::new();
    SERVING.get_or_init(|| {
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let folder = std::env::temp_dir().join(format!("het-pages-{}", std::process::id()));
                let _ = std::fs::remove_dir_all(&folder);
                std::fs::create_dir_all(&folder).unwrap();
                let kept = format!("sqlite://{}", folder.join("het.sqlite").display());
                let keys = Keys::parse(&Keys::new_line().unwrap()).unwrap();
                let opening = Opening { keys: Some(keys), ..Opening::at(kept) };
                let town = Town::open_with(opening).await.unwrap();
                let operator = Actor::command_line("tests");
                town.fill_with_synthetic(&operator, 1, today()).await.unwrap();
                let accounts = town.add_demo_users(&operator).await.unwrap();
                // An account that nobody signs in to: it is shut, opened and reset while others ask.
                let spare = "spare@demo.example";
                town.invite_user(&operator, spare, "Synthetic spare", Role::Reader, town::now())
                    .await
                    .unwrap();
                let spare = town.users(&operator).await.unwrap().into_iter().find(|user| user.email == spare);
                let spare = spare.unwrap().id;
                let (person, reading) = register_of(&town).await;
                let program = NewMachine {
                    name: "a program".to_owned(),
                    role: town::Role::Editor,
                    scopes: vec![
                        Permission::ReadProgramme,
                        Permission::EditSubgroup,
                        Permission::EditActions,
                    ],
                    days: 1,
                };
                let token = town.add_machine(&operator, &program, town::now()).await.unwrap();
                let options = web::Options {
                    address: ([127, 0, 0, 1], 0).into(),
                    as_of: Some(today()),
                    ..web::Options::default()
                };
                let proxied = web::Options { https: true, behind_proxy: true, ..options.clone() };
                let behind = web::Server::bind(town.clone(), proxied).await.unwrap();
                let server = web::Server::bind(town, options).await.unwrap();
                let (address, behind_https) = (server.address(), behind.address());
                let log = Log::of_everything();
                send.send(Serving { address, person, reading, spare, behind_https, log, accounts, token })
                    .unwrap();
                tokio::join!(server.run(std::future::pending()), behind.run(std::future::pending()));
            });
        });
        receive.recv().unwrap()
    })
}

/// Synthetic people, one of whose records was read by breaking the glass.
async fn register_of(town: &Town) -> (String, String) {
    let day = (today(), town::now());
    let people =
        town.fill_register_with_synthetic(&Actor::command_line("tests"), (1, 40), day).await.unwrap();
    let form = town::register::SearchForm { nhs_number: "999 000 0018".into(), ..Default::default() };
    let given = town::register::Given { reason: "danger".into(), words: "A synthetic emergency".into() };
    let director = Actor::account("somebody@demo.example", town::Role::Director);
    town.break_glass(&director, &form, &given, town::now()).await.unwrap();
    let lead = Actor::account("lead@demo.example", town::Role::ImmunisationLead);
    (people[1].clone(), town.broken_glass(&lead).await.unwrap()[0].id.clone())
}

impl Serving {
    /// The address and password of a role's account.
    pub fn account(&self, role: Role) -> (&str, &str) {
        let start = format!("{}@", role.code());
        let (email, password) = self.accounts.iter().find(|(email, _)| email.starts_with(&start)).unwrap();
        (email, password)
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was written into the log last: some hundreds of requests.
    pub fn log(&self) -> String {
        let log = self.log.0.lock().unwrap();
        String::from_utf8_lossy(&log[log.len().saturating_sub(1 << 18)..]).into_owned()
    }

    /// The lines of the log about a request, by the reference that its answer carries.
    pub fn logged(&self, answer: &Answered) -> Vec<serde_json::Value> {
        let reference = answer.header("x-request-id");
        assert!(!reference.is_empty(), "an answer without a reference");
        let log = self.log();
        let lines = log.lines().filter(|line| line.contains(reference));
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Somebody of this role, signed in when the role has an account.
    pub fn client(&'static self, role: Role) -> Client {
        self.client_at(self.address, role)
    }

    /// The same, at one of the two addresses of the town.
    pub fn client_at(&'static self, address: SocketAddr, role: Role) -> Client {
        self.signed_in(Client::new(address), role)
    }

    /// The same, from an address of their own as the proxy tells it: many who sign in from one are held back.
    pub fn client_from(&'static self, from: &str, role: Role) -> Client {
        let mut client = Client::new(self.behind_https);
        client.says("X-Forwarded-For", from);
        self.signed_in(client, role)
    }

    fn signed_in(&'static self, mut client: Client, role: Role) -> Client {
        if role != Role::Public {
            let (email, password) = self.account(role);
            client.sign_in(email, password);
        }
        client
    }
}

impl Serving {
    /// A program that shows its token and asks for JSON.
    pub fn program(&'static self) -> Client {
        let headers =
            vec!["Accept: application/json".to_owned(), format!("Authorization: Bearer {}", self.token)];
        Client { address: self.address, cookies: Vec::new(), headers }
    }
}

/// Somebody of this role at a server that was started by itself, with the passwords that `het demo` wrote.
pub fn client_at(address: SocketAddr, role: Role) -> Client {
    let mut client = Client::new(address);
    if role != Role::Public {
        let kept = std::fs::read_to_string(std::env::var("HET_FUZZ_PASSWORDS").unwrap()).unwrap();
        let start = format!("{}@", role.code());
        let (email, password) =
            kept.lines().find(|line| line.starts_with(&start)).unwrap().split_once(' ').unwrap();
        client.sign_in(email, password);
    }
    client
}

/// Somebody with cookies.
#[derive(Clone)]
pub struct Client {
    address: SocketAddr,
    cookies: Vec<(String, String)>,
    headers: Vec<String>,
}

/// What was answered.
pub struct Answered {
    /// The status.
    pub status: u16,
    headers: String,
    /// The body, as text.
    pub body: String,
}

impl Answered {
    /// The value of a header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let mut lines = self.headers.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    /// Every value of a header.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        let lines = self.headers.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    /// Whether it is a page.
    pub fn is_page(&self) -> bool {
        self.header("content-type").starts_with("text/html") && self.header("content-disposition").is_empty()
    }

    /// What a browser would send of the page's form that holds a field of this name.
    pub fn form_with(&self, field: &str) -> Vec<(String, String)> {
        let page = Html::parse_document(&self.body);
        let select = |css: &str| Selector::parse(css).unwrap();
        let wanted = select(&format!("[name={field}]"));
        let forms = select("form");
        let form = page.select(&forms).find(|form| form.select(&wanted).next().is_some()).unwrap();
        let mut sent = Vec::new();
        for one in form.select(&select("input[name], textarea[name], select[name]")) {
            let name = one.attr("name").unwrap().to_owned();
            let ticked = ["checkbox", "radio"].contains(&one.attr("type").unwrap_or_default());
            let value = match one.value().name() {
                "textarea" => one.text().collect(),
                "select" => {
                    let chosen = one.select(&select("option[selected]")).next();
                    let chosen = chosen.or_else(|| one.select(&select("option")).next()).unwrap();
                    chosen.attr("value").unwrap().to_owned()
                }
                _ if ticked && one.attr("checked").is_none() => continue,
                _ => one.attr("value").unwrap_or_default().to_owned(),
            };
            sent.push((name, value));
        }
        sent
    }

    /// The form token of the page.
    fn token(&self) -> String {
        let selector = Selector::parse("input[name=form-token]").unwrap();
        let page = Html::parse_document(&self.body);
        page.select(&selector).next().and_then(|input| input.attr("value")).unwrap_or_default().to_owned()
    }
}

impl Client {
    /// Somebody who was never here, at any server of this machine.
    pub fn new(address: SocketAddr) -> Client {
        Client { address, cookies: Vec::new(), headers: vec!["Accept: text/html".to_owned()] }
    }

    /// Signs in by the form.
    pub fn sign_in(&mut self, email: &str, password: &str) {
        let answer = self.send("/sign-in", &[("email", email), ("password", password), ("to", "/")]);
        assert_eq!(answer.status, 303, "{email} could not sign in");
    }

    /// Where it asks.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Gives it a cookie.
    pub fn hold(&mut self, name: &str, value: &str) {
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    /// Its cookies as a header has them.
    pub fn cookie_line(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The token that its forms carry.
    pub fn token(&mut self) -> String {
        // Whoever is signed in has the form that signs out on every page; for others there is the one that signs in.
        let signed_in = self.cookies.iter().any(|(name, _)| name.ends_with("het-session"));
        self.get(if signed_in { "/" } else { "/sign-in" }).token()
    }

    /// Reads a page.
    pub fn get(&mut self, path: &str) -> Answered {
        self.ask("GET", path, "")
    }

    /// Sends a form as it is, without a token.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let body = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>();
        self.ask("POST", path, &body.join("&"))
    }

    /// Sends a text as it is.
    pub fn post_text(&mut self, path: &str, text: &str) -> Answered {
        self.ask("POST", path, text)
    }

    /// Sends every field of a form that was shown, some of them with other values.
    pub fn send_back(
        &mut self,
        path: &str,
        mut fields: Vec<(String, String)>,
        changes: &[(&str, &str)],
    ) -> Answered {
        for (name, value) in changes {
            let field = fields.iter_mut().find(|(found, _)| found == name);
            field.unwrap_or_else(|| panic!("{path} has no {name}")).1 = (*value).to_owned();
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(path, &fields)
    }

    /// Says in each request from now on which version it changes.
    pub fn if_match(&mut self, version: &str) {
        self.headers.retain(|header| !header.starts_with("If-Match"));
        self.headers.push(format!("If-Match: {version}"));
    }

    /// Says a header in each request from now on, in place of any of that name.
    pub fn says(&mut self, name: &str, value: &str) {
        self.headers.retain(|header| !header.starts_with(&format!("{name}: ")));
        if !value.is_empty() {
            self.headers.push(format!("{name}: {value}"));
        }
    }

    /// The values of their cookies.
    pub fn cookies(&self) -> Vec<&str> {
        self.cookies.iter().map(|(_, value)| value.as_str()).collect()
    }

    /// Sends a form with the token of this session.
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let token = self.token();
        let mut fields = fields.to_vec();
        fields.push(("form-token", &token));
        self.post(path, &fields)
    }

    /// Asks in any way.
    pub fn ask(&mut self, method: &str, path: &str, body: &str) -> Answered {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        let cookies = self.cookie_line();
        let headers = self.headers.join("\r\n");
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nCookie: {cookies}\r\n{headers}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let (first, headers) = head.split_once("\r\n").unwrap();
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        for line in headers.lines() {
            let Some((name, cookie)) = line.split_once(": ") else { continue };
            if !name.eq_ignore_ascii_case("set-cookie") {
                continue;
            }
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(found, _)| found != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        Answered { status, headers: headers.to_owned(), body: body.to_owned() }
    }
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
