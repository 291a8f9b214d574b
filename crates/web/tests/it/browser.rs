//! A browser without a window, driven by chromedriver: a fresh profile for each test, on ports that were free.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use super::serving::{Role, serving};

/// A browser, closed and its profile removed when it is dropped.
pub struct Browser {
    /// The browser.
    pub client: Client,
    driver: Child,
    profile: PathBuf,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// How wide a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A window of 1280 pixels.
    Desk,
    /// A telephone of 390 pixels: a window cannot be made as narrow.
    Phone,
}

/// Runs a test in a browser; says so and does nothing where there is no chromedriver.
pub fn in_browser<F>(name: &str, width: Width, test: impl FnOnce(Client) -> F)
where
    F: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        match open(name, width).await {
            Some(browser) => {
                let client = browser.client.clone();
                test(client.clone()).await;
                let _ = client.close().await;
            }
            None => println!("skipped {name}: there is no chromedriver"),
        }
    });
}

async fn open(name: &str, width: Width) -> Option<Browser> {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let driver = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let profile = std::env::temp_dir().join(format!("het-browser-{}-{name}", std::process::id()));
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
    ];
    let mut flags: Vec<String> = flags.iter().map(|flag| (*flag).to_owned()).collect();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push("--window-size=1280,900".to_owned());
    let mut options = json!({ "args": flags });
    if width == Width::Phone {
        options["mobileEmulation"] =
            json!({ "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 1.0 } });
    }
    let Value::Object(wanted) = json!({ "goog:chromeOptions": options }) else { return None };
    let connector = hyper_util::client::legacy::connect::HttpConnector::new();
    let mut builder = ClientBuilder::new(connector);
    builder.capabilities(wanted);
    let address = format!("http://127.0.0.1:{port}");
    for _ in 0..100 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    match builder.connect(&address).await {
        Ok(client) => Some(Browser { client, driver, profile }),
        Err(error) => panic!("chromedriver is there but a browser could not be started: {error}"),
    }
}

/// Goes to a path of the town.
pub async fn go(client: &Client, path: &str) {
    client.goto(&serving().url(path)).await.unwrap();
}

/// Signs in by the form.
pub async fn sign_in(client: &Client, role: Role) {
    let (email, password) = serving().account(role);
    go(client, "/sign-in").await;
    client.find(Locator::Id("email")).await.unwrap().send_keys(email).await.unwrap();
    let field = client.find(Locator::Id("password")).await.unwrap();
    field.send_keys(password).await.unwrap();
    field.send_keys(&String::from(char::from(Key::Enter))).await.unwrap();
    client.wait().for_element(Locator::Css(".het-account__name")).await.unwrap();
}

/// Presses a key wherever the focus is.
pub async fn press(client: &Client, key: Key) {
    let focused = client.active_element().await.unwrap();
    focused.send_keys(&String::from(char::from(key))).await.unwrap();
}

/// Types wherever the focus is.
pub async fn write(client: &Client, words: &str) {
    client.active_element().await.unwrap().send_keys(words).await.unwrap();
}

/// Presses Tab until the focus is on what has this id or these words.
pub async fn tab_to(client: &Client, wanted: &str) {
    let script =
        "const e = document.activeElement; return [e.id, e === document.body ? '' : e.textContent.trim()]";
    for _ in 0..200 {
        press(client, Key::Tab).await;
        let Value::Array(found) = client.execute(script, Vec::new()).await.unwrap() else { continue };
        if found.iter().any(|one| one == wanted) {
            return;
        }
    }
    panic!("Tab never came to {wanted}");
}
