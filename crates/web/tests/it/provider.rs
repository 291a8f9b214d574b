//! Signing in at a real provider of OpenID Connect (npm `oidc-provider`), on this machine: as it should be, and in every way it should not.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::Locator;
use serde_json::{Value, json};
use town::Role;

use super::browser::{Width, in_browser};
use super::own_town::{OwnTown, operator, own_town};
use super::seen::check_shown;
use super::serving::{Answered, Client};

const ADA: &str = "ada@example.org";
const SECRET: &str = "a-secret-that-is-in-no-log";

/// A provider, ended when it is dropped.
struct Provider {
    child: Child,
    address: SocketAddr,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Provider {
    /// Starts one, where `scripts/setup test` has installed it.
    fn start() -> Option<Provider> {
        let home = PathBuf::from(std::env::var_os("HOME")?);
        let modules = home.join(".cache/het/oidc-provider");
        if !modules.join("node_modules/oidc-provider").exists() {
            println!("skipped: scripts/setup test installs the provider that is signed in at");
            return None;
        }
        let mut child = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/provider/server.mjs"))
            .args([modules.as_os_str(), SECRET.as_ref()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port: u16 = lines.find_map(|line| line.unwrap().parse().ok()).unwrap();
        Some(Provider { child, address: ([127, 0, 0, 1], port).into() })
    }

    /// Who is signed in at it next; its keys are new ones from then on.
    fn tell(&self, told: &Value) {
        let answer = Client::new(self.address).post_text("/control", &told.to_string());
        assert_eq!(answer.body, "ok");
    }

    fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// A town with that provider, and Ada, whom both know.
struct Both {
    provider: Provider,
    served: OwnTown,
}

fn ada() -> Value {
    json!({ "subject": "a-1", "claims": { "email": ADA, "email_verified": true, "tid": "t1" } })
}

fn both(name: &str, more: &str) -> Option<Both> {
    let provider = Provider::start()?;
    let secret = std::env::temp_dir().join(format!("het-secret-{name}-{}", std::process::id()));
    std::fs::write(&secret, SECRET).unwrap();
    let text = format!(
        "[council]\nlabel = 'your council account'\nissuer = '{}'\nclient-id = 'het'\nclient-secret-file = '{}'\n{more}",
        provider.origin(),
        secret.display()
    );
    let served = own_town(name, &[(ADA, Role::Editor), ("bo@example.org", Role::Reader)], &text);
    let back = served.url("/sign-in/with/council/return");
    provider.tell(&json!({ "back": back, "person": ada() }));
    Some(Both { provider, served })
}

impl Both {
    /// Where het sends a browser.
    fn leave(&self, client: &mut Client) -> String {
        let sent = client.get("/sign-in/with/council?to=/actions");
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(client.cookie_line().contains("het-provider="));
        sent.header("location").to_owned()
    }

    /// What the provider does with a browser: the path with which it comes back to het.
    fn there(&self, address: &str) -> String {
        let (mut browser, mut at) = (Client::new(self.provider.address), address.to_owned());
        for _ in 0..8 {
            let path = at.strip_prefix(&self.provider.origin()).unwrap_or(&at).to_owned();
            if let Some(back) = path.strip_prefix(&self.served.url("")) {
                return back.to_owned();
            }
            at = browser.get(&path).header("location").to_owned();
        }
        panic!("the provider did not send the browser back from {address}");
    }

    /// The whole way.
    fn come(&self, client: &mut Client) -> Answered {
        let address = self.leave(client);
        client.get(&self.there(&address))
    }

    fn person(&self, person: Value) {
        self.provider.tell(&json!({ "person": person }));
    }
}

fn refused(answer: &Answered, words: &str) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains(words), "{words} is not in {}", answer.body);
}

#[test]
fn who_is_known_here_and_there_is_signed_in() {
    let Some(both) = both("oidc", "") else { return };
    let mut client = both.served.client();
    let page = client.get("/sign-in?to=/actions").body;
    assert!(page.contains("Sign in with your council account"));
    let answer = both.come(&mut client);
    assert_eq!((answer.status, answer.header("location")), (303, "/actions"), "{}", answer.body);
    assert!(client.get("/actions").body.contains("Synthetic ada@example.org"));
    assert!(!client.cookie_line().contains("het-provider"), "what it held while it was there is gone");
    // Another address there: it is the subject that counts from now on.
    both.person(
        json!({ "subject": "a-1", "claims": { "email": "new@example.org", "email_verified": false } }),
    );
    let mut again = both.served.client();
    assert_eq!(both.come(&mut again).status, 303);
    assert!(again.get("/actions").body.contains("Synthetic ada@example.org"));
    // Her old address, given to somebody else there, does not make them Ada.
    both.person(json!({ "subject": "b-2", "claims": { "email": ADA, "email_verified": true } }));
    refused(&both.come(&mut both.served.client()), "belongs to somebody else");
    let log = both.served.log();
    assert_eq!(log.matches(",link,").count(), 1, "{log}");
    assert_eq!(log.matches("sign in with council").count(), 2, "{log}");
    assert!(!log.contains(SECRET));
}

#[test]
fn nobody_is_signed_in_by_what_is_not_theirs_or_was_used() {
    let Some(both) = both("oidc-hostile", "") else { return };
    let mut client = both.served.client();
    let address = both.leave(&mut client);
    for asked in ["code_challenge_method=S256", "state=", "nonce=", "response_type=code"] {
        assert!(address.contains(asked), "{asked} is not in {address}");
    }
    let back = both.there(&address);
    // Another browser with the same address; and this one afterwards, since a state is good once.
    refused(&both.served.client().get(&back), "took too long, or was done already");
    refused(&client.get(&back), "took too long, or was done already");
    // A state that nobody was given.
    let wrong = both.there(&both.leave(&mut client)).replace("state=", "state=0");
    refused(&client.get(&wrong), "took too long, or was done already");
    // A code that was used, under a state that was not.
    let first = both.there(&both.leave(&mut client));
    assert_eq!(client.get(&first).status, 303);
    let mut other = both.served.client();
    let second = both.there(&both.leave(&mut other));
    let part = |path: &str, name: &str| {
        let query = path.split_once('?').unwrap().1;
        let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
        found.unwrap().to_owned()
    };
    let replayed = second.replace(&part(&second, "code"), &part(&first, "code"));
    refused(&other.get(&replayed), "was not accepted");
    assert!(other.get("/actions").header("location").starts_with("/sign-in"));
    // A token that was made for another attempt.
    let address = both.leave(&mut other);
    let (_, nonce) = address.split_once("nonce=").unwrap();
    let nonce = nonce.split('&').next().unwrap();
    let back = both.there(&address.replace(nonce, &"0".repeat(64)));
    refused(&other.get(&back), "was not accepted");
    // Somebody else says so.
    let back = both.there(&both.leave(&mut other));
    let issuer = part(&back, "iss");
    refused(&other.get(&back.replace(&issuer, "https%3A%2F%2Fevil.example")), "was not accepted");
    // They did not sign in there.
    let state = part(&both.there(&both.leave(&mut other)), "state");
    let denied = format!("/sign-in/with/council/return?error=access_denied&state={state}");
    refused(&other.get(&denied), "did not sign in there");
    assert_eq!(other.get("/sign-in/with/nobody").status, 404);
    // Another site cannot send a browser on its way.
    other.says("Sec-Fetch-Site", "cross-site");
    let led = other.get("/sign-in/with/council");
    assert_eq!((led.status, led.header("location")), (303, "/sign-in"));
}

#[test]
fn only_a_proved_address_opens_an_account_that_is_open() {
    let Some(both) = both("oidc-who", "") else { return };
    let bo = |verified: Value| json!({ "subject": "b-2", "claims": { "email": "bo@example.org", "email_verified": verified } });
    both.person(bo(json!(false)));
    refused(&both.come(&mut both.served.client()), "does not say that your email address is yours");
    both.person(
        json!({ "subject": "c-3", "claims": { "email": "nobody@example.org", "email_verified": true } }),
    );
    refused(&both.come(&mut both.served.client()), "Nobody here has your email address");
    let shut = async |shut| {
        let town = both.served.town.clone();
        town.set_user_disabled(&operator(), "bo@example.org", shut, town::now()).await
    };
    both.served.within(shut(true)).unwrap();
    both.person(bo(json!(true)));
    refused(&both.come(&mut both.served.client()), "Your account here is shut");
    both.served.within(shut(false)).unwrap();
    assert_eq!(both.come(&mut both.served.client()).status, 303);
    both.served.within(shut(true)).unwrap();
    refused(&both.come(&mut both.served.client()), "Your account here is shut");
    assert_eq!(both.served.within(both.served.town.users(&operator())).unwrap().len(), 2, "nobody was added");
}

#[test]
fn a_provider_may_change_its_keys() {
    let Some(both) = both("oidc-keys", "") else { return };
    let mut client = both.served.client();
    assert_eq!(both.come(&mut client).status, 303);
    // Between being sent and coming back, and with het holding the old keys.
    both.person(ada());
    let mut again = both.served.client();
    assert_eq!(both.come(&mut again).status, 303);
}

#[test]
fn a_second_factor_there_counts_where_the_town_says_so() {
    let more = "tenants = ['t1']\nacr-asked = ['strong']\nacr-accepted = ['plain', 'strong']\nsecond-factor-acr = ['strong']\nsecond-factor-amr = ['mfa']";
    let Some(both) = both("oidc-acr", more) else { return };
    let person = |acr: &str, amr: &[&str], tid: &str| {
        let claims = json!({ "email": ADA, "email_verified": true, "tid": tid });
        json!({ "subject": "a-1", "acr": acr, "amr": amr, "claims": claims })
    };
    both.person(person("strong", &[], "t2"));
    refused(&both.come(&mut both.served.client()), "not one that your town lets in");
    both.person(person("weak", &[], "t1"));
    refused(&both.come(&mut both.served.client()), "not one that your town lets in");
    let required = town::Setup { second_factor_for: Some(vec![Role::Editor]), ..town::Setup::default() };
    both.served.within(both.served.town.set_up(&operator(), required)).unwrap();
    for (acr, amr, vouched) in
        [("plain", &[][..], false), ("strong", &[], true), ("plain", &["pwd", "mfa"], true)]
    {
        both.person(person(acr, amr, "t1"));
        let mut client = both.served.client();
        assert_eq!(both.come(&mut client).status, 303, "{acr} {amr:?}");
        assert_eq!(client.get("/actions").status, if vouched { 200 } else { 303 }, "{acr} {amr:?}");
    }
}

#[test]
fn a_provider_that_is_away_is_said_so() {
    let text = "[council]\nlabel = 'x'\nissuer = 'http://127.0.0.1:9'\nclient-id = 'het'";
    let served = own_town("oidc-away", &[(ADA, Role::Editor)], text);
    refused(&served.client().get("/sign-in/with/council"), "does not answer just now");
}

#[test]
fn in_a_browser_one_link_signs_in() {
    let Some(both) = both("oidc-browser", "") else { return };
    in_browser("oidc", Width::Phone, async |client| {
        client.goto(&both.served.url("/sign-in")).await.unwrap();
        check_shown(&client, "/sign-in", "somebody with a provider").await;
        if let Ok(folder) = std::env::var("HET_PICTURES") {
            let picture = client.screenshot().await.unwrap();
            std::fs::write(format!("{folder}/sign-in-provider-phone.png"), picture).unwrap();
        }
        let link = client.find(Locator::LinkText("Sign in with your council account")).await.unwrap();
        link.click().await.unwrap();
        client.wait().for_element(Locator::Css(".het-account__name")).await.unwrap();
    });
}
