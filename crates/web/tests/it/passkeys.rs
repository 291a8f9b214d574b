//! Passkeys in a real browser, whose authenticator is made of software: added, used to sign in, refused, removed.

use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use town::Role;

use super::browser::{Width, in_browser};
use super::own_town::{OwnTown, PASSWORD, own_town};
use super::seen::check_shown;

const EMAIL: &str = "ada@example.org";

/// A command of Web Authentication's extension to WebDriver (W3C Web Authentication, level 3, section 11).
#[derive(Debug)]
struct Authenticator {
    path: String,
    method: axum::http::Method,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Authenticator {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/webauthn/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

/// Gives the browser an authenticator that recognises its owner, and gives its id.
async fn plug_in(client: &Client) -> String {
    let options = json!({
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": true,
        "hasUserVerification": true,
        "isUserConsenting": true,
        "isUserVerified": true,
    });
    let command = Authenticator {
        path: "authenticator".to_owned(),
        method: axum::http::Method::POST,
        body: Some(options),
    };
    client.issue_cmd(command).await.unwrap().as_str().unwrap().to_owned()
}

async fn unplug(client: &Client, id: &str) -> Result<Value, CmdError> {
    let path = format!("authenticator/{id}");
    client.issue_cmd(Authenticator { path, method: axum::http::Method::DELETE, body: None }).await
}

async fn type_into(client: &Client, id: &str, words: &str) {
    client.find(Locator::Id(id)).await.unwrap().send_keys(words).await.unwrap();
}

async fn press(client: &Client, words: &str) {
    let path = format!("//main//button[contains(., '{words}')]");
    client.find(Locator::XPath(&path)).await.unwrap().click().await.unwrap();
}

async fn give_password(client: &Client, served: &OwnTown) {
    client.delete_all_cookies().await.unwrap();
    client.goto(&served.url("/sign-in")).await.unwrap();
    type_into(client, "email", EMAIL).await;
    type_into(client, "password", PASSWORD).await;
    press(client, "Sign in").await;
}

async fn shown(client: &Client) -> String {
    client.find(Locator::Css("main")).await.unwrap().text().await.unwrap()
}

async fn until(client: &Client, words: &str) {
    let path = format!("//main[contains(., \"{words}\")]");
    client.wait().for_element(Locator::XPath(&path)).await.unwrap();
}

/// Keeps a picture of the page where `HET_PICTURES` says, for whoever wants to look at it.
async fn picture(client: &Client, name: &str) {
    if let Ok(folder) = std::env::var("HET_PICTURES") {
        let picture = client.screenshot().await.unwrap();
        std::fs::write(format!("{folder}/{name}.png"), picture).unwrap();
    }
}

async fn walk(client: Client, width: &str) {
    let served = own_town(&format!("passkeys-{width}"), &[(EMAIL, Role::Editor)], "");
    let authenticator = plug_in(&client).await;
    give_password(&client, &served).await;
    client.wait().for_element(Locator::Css(".het-account__name")).await.unwrap();

    // Added by its owner, who names it.
    client.goto(&served.url("/account/passkeys/new")).await.unwrap();
    check_shown(&client, "/account/passkeys/new", width).await;
    picture(&client, &format!("passkey-new-{width}")).await;
    press(&client, "Add a passkey").await;
    until(&client, "Write what to call it").await;
    type_into(&client, "name", "Work computer").await;
    press(&client, "Add a passkey").await;
    until(&client, "Your passkey has been added").await;
    check_shown(&client, "the recovery codes", width).await;
    picture(&client, &format!("recovery-codes-{width}")).await;
    client.goto(&served.url("/account")).await.unwrap();
    until(&client, "Work computer").await;
    check_shown(&client, "/account", width).await;
    picture(&client, &format!("account-{width}")).await;
    // The same authenticator is not added twice: the browser itself says so.
    client.goto(&served.url("/account/passkeys/new")).await.unwrap();
    type_into(&client, "name", "Again").await;
    press(&client, "Add a passkey").await;
    client.wait().for_element(Locator::Css("[data-passkey-trouble]:not([hidden])")).await.unwrap();
    picture(&client, &format!("passkey-again-{width}")).await;

    // The password alone signs in no more; the passkey does.
    give_password(&client, &served).await;
    until(&client, "Now show your passkey").await;
    check_shown(&client, "/sign-in/code", width).await;
    picture(&client, &format!("sign-in-passkey-{width}")).await;
    press(&client, "Use your passkey").await;
    client.wait().for_element(Locator::Css(".het-account__name")).await.unwrap();

    // An authenticator that was never added.
    unplug(&client, &authenticator).await.unwrap();
    plug_in(&client).await;
    give_password(&client, &served).await;
    until(&client, "Now show your passkey").await;
    press(&client, "Use your passkey").await;
    client.wait().for_element(Locator::Css("[data-passkey-trouble]:not([hidden])")).await.unwrap();
    assert!(shown(&client).await.contains("did not answer"));

    let log = served.log();
    assert!(log.contains("add passkey") && log.contains("sign in with passkey"), "{log}");
}

#[test]
fn a_passkey_from_adding_to_signing_in_at_a_desk() {
    in_browser("passkey-desk", Width::Desk, async |client| walk(client, "desk").await);
}

#[test]
fn a_passkey_from_adding_to_signing_in_on_a_phone() {
    in_browser("passkey-phone", Width::Phone, async |client| walk(client, "phone").await);
}

#[test]
fn a_passkey_is_removed_by_who_proves_again_who_they_are() {
    in_browser("passkey-removed", Width::Phone, async |client| {
        let served = own_town("passkey-removed", &[(EMAIL, Role::Editor)], "");
        plug_in(&client).await;
        give_password(&client, &served).await;
        client.wait().for_element(Locator::Css(".het-account__name")).await.unwrap();
        client.goto(&served.url("/account/passkeys/new")).await.unwrap();
        type_into(&client, "name", "Telephone").await;
        press(&client, "Add a passkey").await;
        until(&client, "Your passkey has been added").await;
        client.goto(&served.url("/account")).await.unwrap();
        let link = client.find(Locator::XPath("//main//a[contains(., 'Remove')]")).await.unwrap();
        link.click().await.unwrap();
        until(&client, "Remove the passkey Telephone").await;
        check_shown(&client, "removing a passkey", "phone").await;
        picture(&client, "passkey-remove-phone").await;
        type_into(&client, "proof", "not the password").await;
        press(&client, "Remove").await;
        until(&client, "neither your password nor a code").await;
        check_shown(&client, "removing a passkey", "phone, refused").await;
        type_into(&client, "proof", PASSWORD).await;
        press(&client, "Remove").await;
        until(&client, "Off: whoever has your password").await;
        assert!(served.log().contains("remove passkey"));
    });
}

#[test]
fn without_scripts_the_code_is_there() {
    let served = own_town("passkey-plain", &[(EMAIL, Role::Editor)], "");
    let mut client = served.client();
    client.sign_in(EMAIL, PASSWORD);
    let page = client.get("/account/passkeys/new").body;
    assert!(page.contains("A passkey needs a browser that runs scripts"));
    // What no browser made is refused, with the form again.
    let fields = client.get("/account/passkeys/new").form_with("answer");
    for answer in ["", "{}", "null", "[1]", "{\"id\":\"x\"}"] {
        let refused = client.send_back(
            "/account/passkeys/new",
            fields.clone(),
            &[("name", "Mine"), ("answer", answer)],
        );
        assert_eq!(refused.status, 422, "{answer}");
        assert!(refused.body.contains("Nothing was added"), "{answer}");
    }
}
