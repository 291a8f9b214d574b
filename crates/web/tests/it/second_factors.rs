//! Who must have a second factor is led to it, and taking one away asks again who one is.

use town::{Role, Setup};

use super::own_town::{PASSWORD, operator, own_town};

const EDITOR: &str = "editor@example.org";

#[test]
fn who_must_have_a_second_factor_is_led_to_set_one_up() {
    let served = own_town("required", &[(EDITOR, Role::Editor), ("reader@example.org", Role::Reader)], "");
    let mut early = served.client();
    early.sign_in(EDITOR, PASSWORD);
    assert_eq!(early.get("/actions").status, 200);
    let required = Setup { second_factor_for: Some(vec![Role::Editor]), ..Setup::default() };
    served.within(served.town.set_up(&operator(), required)).unwrap();

    // Sessions that are open already are held to it too.
    let mut late = served.client();
    late.sign_in(EDITOR, PASSWORD);
    for client in [&mut early, &mut late] {
        for path in ["/", "/actions", "/indicators", "/actions/new", "/api/observations"] {
            let answer = client.get(path);
            let api = path.starts_with("/api/");
            assert_eq!(answer.status, if api { 403 } else { 303 }, "{path}");
            assert!(api || answer.header("location") == "/account/second-factor", "{path}");
        }
        let page = client.get("/account/second-factor");
        assert!(page.body.contains("Your town asks a second factor of everybody in your role"));
        assert!(page.body.contains("href=\"/account/passkeys/new\""));
        let mut fields = page.form_with("secret");
        let token = fields.iter().find(|(name, _)| name == "form-token").unwrap().1.clone();
        assert_eq!(client.post("/actions/new", &[("form-token", &token), ("title", "x")]).status, 403);
        // A wrong code sets nothing up.
        fields.iter_mut().find(|(name, _)| name == "code").unwrap().1 = "000000".to_owned();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(client.post("/account/second-factor", &fields).status, 422);
        assert_eq!(client.get("/account").status, 200);
    }
    let page = late.get("/account/second-factor");
    let code = code_of(&page.form_with("secret"));
    let shown = late.send_back("/account/second-factor", page.form_with("secret"), &[("code", &code)]);
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert!(shown.body.contains("recovery codes") && shown.body.contains("href=\"/\""));
    assert_eq!(late.get("/actions").status, 200);
    assert_eq!(early.get("/actions").status, 200, "the account has one now");

    // Nobody else is asked.
    let mut reader = served.client();
    reader.sign_in("reader@example.org", PASSWORD);
    assert_eq!(reader.get("/actions").status, 200);
    assert!(served.log().contains("second-factor-for"));
}

#[test]
fn turning_it_off_asks_again_who_one_is() {
    let served = own_town("off", &[(EDITOR, Role::Editor)], "");
    let mut client = served.client();
    client.sign_in(EDITOR, PASSWORD);
    let page = client.get("/account/second-factor");
    let code = code_of(&page.form_with("secret"));
    let shown = client.send_back("/account/second-factor", page.form_with("secret"), &[("code", &code)]);
    let recovery: Vec<String> =
        shown.body.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect();
    assert_eq!(recovery.len(), 10);

    let path = "/account/second-factor/off";
    for wrong in ["", "wrong", &code] {
        let fields = client.get(path).form_with("proof");
        let refused = client.send_back(path, fields, &[("proof", wrong)]);
        assert_eq!(refused.status, 422, "{wrong}: a code that was taken is none either");
        assert!(refused.body.contains("neither your password nor a code"));
    }
    let fields = client.get(path).form_with("proof");
    let done = client.send_back(path, fields, &[("proof", &recovery[0])]);
    assert_eq!(done.status, 303);
    assert!(client.get("/account").body.contains("Off: whoever has your password"));
    let log = served.log();
    assert!(log.contains("turn on second factor") && log.contains("turn off second factor"));
}

#[test]
fn in_an_old_session_one_confirms_first_who_one_is() {
    let served = own_town("confirm", &[(EDITOR, Role::Editor)], "");
    let earlier = town::now().checked_sub(std::time::Duration::from_secs(20 * 60)).unwrap();
    let begun = served.within(served.town.sign_in(EDITOR, PASSWORD, earlier)).unwrap().unwrap();
    let mut client = served.client();
    client.hold("het-session", &begun.token);
    for path in ["/account/passkeys/new", "/account/second-factor"] {
        let led = client.get(path);
        let confirm = format!("/account/confirm?to={}", path.replace('/', "%2F"));
        assert_eq!((led.status, led.header("location")), (303, confirm.as_str()));
    }
    let led = client.send("/account/sessions/end-others", &[]);
    assert_eq!((led.status, led.header("location")), (303, "/account/confirm?to=%2Faccount"));

    let path = "/account/confirm?to=%2Faccount%2Fsecond-factor";
    let fields = client.get(path).form_with("proof");
    let refused = client.send_back("/account/confirm", fields, &[("proof", "wrong")]);
    assert_eq!(refused.status, 422);
    let (fields, other) = (refused.form_with("proof"), client.clone());
    let done = client.send_back("/account/confirm", fields, &[("proof", PASSWORD)]);
    assert_eq!((done.status, done.header("location")), (303, "/account/second-factor"));
    let page = client.get("/account/second-factor");
    assert!(page.status == 200 && page.body.contains("You have confirmed that it is you"));
    let mut other = other;
    assert_eq!(other.get("/account").status, 303, "the token of before has ended");
    // From elsewhere nobody is led.
    let fields = client.get("/account/confirm?to=https://evil.example").form_with("proof");
    assert_eq!(fields.iter().find(|(name, _)| name == "to").unwrap().1, "/");
}

#[test]
fn wrong_codes_are_counted_in_whatever_sessions() {
    let served = own_town("codes", &[(EDITOR, Role::Editor)], "");
    let mut client = served.client();
    client.sign_in(EDITOR, PASSWORD);
    let page = client.get("/account/second-factor");
    let code = code_of(&page.form_with("secret"));
    assert_eq!(
        client.send_back("/account/second-factor", page.form_with("secret"), &[("code", &code)]).status,
        200
    );
    let mut answers = Vec::new();
    for tries in [5, 3] {
        let mut other = served.client();
        other.sign_in(EDITOR, PASSWORD);
        for _ in 0..tries {
            let fields = other.get("/sign-in/code").form_with("code");
            answers.push(other.send_back("/sign-in/code", fields, &[("code", "000000")]).status);
        }
    }
    // Five end an attempt to sign in; the sixth is the last for a minute, though it is of another session.
    assert_eq!(answers, [422, 422, 422, 422, 303, 422, 429, 429]);
}

/// The code that an authenticator shows now for the secret of a form.
fn code_of(form: &[(String, String)]) -> String {
    let secret = &form.iter().find(|(name, _)| name == "secret").unwrap().1;
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_digits(6).with_secret(secret).build().unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    totp.generate(now.as_secs()).to_string()
}
