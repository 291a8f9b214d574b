//! Passkeys as second factors: what is an answer, and everything that is none.

use proptest::prelude::*;
use town::accounts::{NewUser, Reset, Site, Started};
use town::audit::AuditFilter;
use town::{Actor, Error, Role, Setup, Town, now};

use crate::database::{Place, on_each_database, operator};
use crate::soft_key::{Says, SoftKey};

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "copper lantern tuesday";

fn site() -> Site {
    Site::parse("http://localhost:8080").unwrap()
}

fn ada() -> Actor {
    Actor::account(EMAIL, Role::Editor)
}

async fn add_ada(town: &Town) {
    let new = NewUser {
        email: EMAIL.into(),
        name: "Ada Synthetic".into(),
        role: Role::Editor,
        password: PASSWORD.into(),
    };
    town.add_user(&operator(), new).await.unwrap();
}

async fn session(town: &Town) -> Started {
    town.sign_in(EMAIL, PASSWORD, now()).await.unwrap().unwrap()
}

/// Adds a passkey in a session, and gives the recovery codes.
async fn add(town: &Town, token: &str, key: &SoftKey, name: &str) -> Result<Vec<String>, Error> {
    let options = town.new_passkey(&ada(), token, &site(), now()).await.unwrap();
    let answer = key.make(&options, &Says::default());
    town.add_passkey(&ada(), (token, &site()), (name, &answer), now()).await
}

fn words_of(error: Error) -> String {
    match error {
        Error::Refused(refusals) => refusals[0].words.clone(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_passkey_signs_in_and_nothing_else_does() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        add_ada(town).await;
        let begun = session(town).await;
        assert!(!begun.needs_code);
        let mut key = SoftKey::new(1);
        let codes = add(town, &begun.token, &key, "Key ring").await.unwrap();
        assert_eq!(codes.len(), 10, "the first second factor comes with recovery codes");
        let other = SoftKey::new(2);
        assert!(add(town, &begun.token, &other, "Telephone").await.unwrap().is_empty());
        // The same key once more, for whomever.
        assert!(
            words_of(add(town, &begun.token, &key, "Again").await.unwrap_err()).contains("Nothing was added")
        );
        let own = town.own_passkeys(&ada(), now()).await.unwrap();
        let names: Vec<&str> = own.iter().map(|passkey| passkey.name.as_str()).collect();
        assert_eq!(names, ["Key ring", "Telephone"]);

        let waiting = session(town).await;
        assert!(waiting.needs_code);
        assert!(town.signed_in(&waiting.token, now()).await.unwrap().is_none());
        let asked = async || town.ask_passkey(&waiting.token, &site(), now()).await.unwrap().unwrap();
        let given =
            async |answer: &str| town.give_passkey(&waiting.token, &site(), answer, now()).await.unwrap();
        let options = asked().await;
        assert!(
            given(&SoftKey::new(1).sign(&options, &Says::default())).await.is_none(),
            "another key, same name"
        );
        // What was asked is asked once: the right answer to it comes too late.
        assert!(given(&key.sign(&options, &Says::default())).await.is_none());
        let answer = key.sign(&asked().await, &Says::default());
        // Another session of the same account did not ask this.
        let elsewhere = session(town).await;
        town.ask_passkey(&elsewhere.token, &site(), now()).await.unwrap();
        let there = town.give_passkey(&elsewhere.token, &site(), &answer, now()).await.unwrap();
        assert!(there.is_none());
        let started = given(&answer).await.unwrap();
        let signed_in = town.signed_in(&started.token, now()).await.unwrap().unwrap();
        assert!(signed_in.has_second_factor);
        assert!(
            town.give_passkey(&waiting.token, &site(), &answer, now()).await.unwrap().is_none(),
            "replayed"
        );
        assert!(town.own_passkeys(&ada(), now()).await.unwrap()[0].last_used.is_some());
        // A recovery code does instead, once.
        let code = session(town).await;
        assert!(town.give_code(&code.token, &codes[0], now()).await.unwrap().is_some());
        let code = session(town).await;
        assert!(town.give_code(&code.token, &codes[0], now()).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_lie_is_no_answer() {
    let truth = Says::default;
    let lies = [
        ("challenge", Says { challenge: Some("AAAAAAAAAAAAAAAAAAAAAA"), ..truth() }),
        ("origin", Says { origin: "http://localhost:8081", ..truth() }),
        ("origin of another", Says { origin: "https://evil.example", ..truth() }),
        ("relying party", Says { relying_party: "evil.example", ..truth() }),
        ("type", Says { kind: Some("webauthn.other"), ..truth() }),
        ("frame of another", Says { cross_origin: true, ..truth() }),
        ("nobody there", Says { flags: 0, ..truth() }),
    ];
    on_each_database(async |place: &Place| {
        let town = &place.town;
        add_ada(town).await;
        let begun = session(town).await;
        let mut key = SoftKey::new(1);
        for (lie, says) in &lies {
            let options = town.new_passkey(&ada(), &begun.token, &site(), now()).await.unwrap();
            let answer = key.make(&options, says);
            let added = town.add_passkey(&ada(), (&begun.token, &site()), ("x", &answer), now()).await;
            assert!(words_of(added.unwrap_err()).contains("Nothing was added"), "{lie}");
        }
        add(town, &begun.token, &key, "Key").await.unwrap();
        for (lie, says) in &lies {
            // Five wrong answers end a session that waits, so each has its own.
            let waiting = session(town).await;
            let options = town.ask_passkey(&waiting.token, &site(), now()).await.unwrap().unwrap();
            let answer = key.sign(&options, says);
            let given = town.give_passkey(&waiting.token, &site(), &answer, now()).await.unwrap();
            assert!(given.is_none(), "{lie}");
        }
        // The answer to a question of the other kind.
        let waiting = session(town).await;
        let options = town.ask_passkey(&waiting.token, &site(), now()).await.unwrap().unwrap();
        let made = key.make(&options, &truth());
        assert!(town.give_passkey(&waiting.token, &site(), &made, now()).await.unwrap().is_none());
        // Too late.
        let options = town.ask_passkey(&waiting.token, &site(), now()).await.unwrap().unwrap();
        let later = now() + jiff::SignedDuration::from_mins(6);
        let answer = key.sign(&options, &truth());
        assert!(town.give_passkey(&waiting.token, &site(), &answer, later).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_counter_that_does_not_grow_is_a_copy() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        add_ada(town).await;
        let mut key = SoftKey::new(1);
        add(town, &session(town).await.token, &key, "Key").await.unwrap();
        let sign = async |key: &mut SoftKey| {
            let waiting = session(town).await;
            let options = town.ask_passkey(&waiting.token, &site(), now()).await.unwrap().unwrap();
            let answer = key.sign(&options, &Says::default());
            town.give_passkey(&waiting.token, &site(), &answer, now()).await.unwrap().is_some()
        };
        key.counter = 9;
        assert!(sign(&mut key).await, "10");
        key.counter = 9;
        assert!(!sign(&mut key).await, "10 again");
        key.counter = 4;
        assert!(!sign(&mut key).await, "5");
        key.counter = 10;
        assert!(sign(&mut key).await, "11");
        // Asked before another signature, answered after it with a number that was new then.
        let waiting = session(town).await;
        let options = town.ask_passkey(&waiting.token, &site(), now()).await.unwrap().unwrap();
        let early = key.sign(&options, &Says::default());
        assert!(sign(&mut key).await, "13");
        assert!(town.give_passkey(&waiting.token, &site(), &early, now()).await.unwrap().is_none(), "12");
    })
    .await;
}

#[tokio::test]
async fn taking_a_second_factor_away_asks_again_who_one_is() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        add_ada(town).await;
        let begun = session(town).await;
        let codes = add(town, &begun.token, &SoftKey::new(1), "Key").await.unwrap();
        let id = town.own_passkeys(&ada(), now()).await.unwrap()[0].id;
        let remove = async |id: i64, proof: &str| town.remove_passkey(&ada(), id, proof, now()).await;
        for wrong in ["", "123456", "another lantern tuesday", "aaaa-bbbb-cccc-dddd"] {
            assert!(words_of(remove(id, wrong).await.unwrap_err()).contains("neither"), "{wrong}");
        }
        assert!(matches!(remove(id + 1, PASSWORD).await, Err(Error::NotFound { .. })));
        let required = Setup { second_factor_for: Some(vec![Role::Editor]), ..Setup::default() };
        town.set_up(&operator(), required).await.unwrap();
        assert!(words_of(remove(id, PASSWORD).await.unwrap_err()).contains("add another one first"));
        let nobody = Setup { second_factor_for: Some(Vec::new()), ..Setup::default() };
        town.set_up(&operator(), nobody).await.unwrap();
        remove(id, &codes[3]).await.unwrap();
        assert_eq!(town.own_second_factor(&ada()).await.unwrap().recovery_codes_left, 0);
        assert!(!session(town).await.needs_code);
        let log = town.audit_csv(&operator(), &AuditFilter::default()).await.unwrap();
        let log = String::from_utf8(log).unwrap();
        for action in ["add passkey", "remove passkey", "second-factor-for"] {
            assert!(log.contains(action), "{action} is not in {log}");
        }
    })
    .await;
}

#[tokio::test]
async fn whose_role_must_have_a_second_factor_does_nothing_without() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        add_ada(town).await;
        let required = Setup { second_factor_for: Some(vec![Role::Editor]), ..Setup::default() };
        town.set_up(&operator(), required).await.unwrap();
        let settings = town.settings().await.unwrap();
        assert_eq!(settings.second_factor_for, [Role::Editor]);
        let begun = session(town).await;
        let signed_in = async || town.signed_in(&begun.token, now()).await.unwrap().unwrap().under(&settings);
        let before = signed_in().await;
        assert!(before.must_enrol);
        for permission in town::Permission::ALL {
            let left = [town::Permission::OwnAccount, town::Permission::SignIn].contains(permission);
            assert_eq!(before.actor.may(*permission), left, "{permission:?}");
        }
        add(town, &begun.token, &SoftKey::new(1), "Key").await.unwrap();
        let after = signed_in().await;
        assert!(!after.must_enrol && after.actor.may(town::Permission::EditProgramme));
        let wrong = Setup { second_factor_for: Some(vec![Role::Public]), ..Setup::default() };
        assert!(town.set_up(&operator(), wrong).await.is_err());
    })
    .await;
}

#[test]
fn what_is_damaged_is_no_answer_and_stops_nothing() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let place = runtime.block_on(Place::alone());
    let town = &place.town;
    let begun = runtime.block_on(async {
        add_ada(town).await;
        session(town).await
    });
    let key = SoftKey::new(1);
    let whole = key.attestation(&Says::default());
    let answered = |attestation: &[u8]| {
        runtime.block_on(async {
            let options = town.new_passkey(&ada(), &begun.token, &site(), now()).await.unwrap();
            let answer = key.made(&options, &Says::default(), attestation);
            town.add_passkey(&ada(), (&begun.token, &site()), ("x", &answer), now()).await
        })
    };
    // Cut at every place.
    for end in 0..whole.len() {
        assert!(answered(&whole[..end]).is_err(), "cut at {end}");
    }
    let config = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let damage = (prop::collection::vec((0..whole.len(), any::<u8>()), 1..6), any::<bool>());
    runner
        .run(&damage, |(changes, cut)| {
            let mut bytes = whole.clone();
            for (at, byte) in &changes {
                bytes[*at] = *byte;
            }
            bytes.truncate(if cut { changes[0].0 } else { bytes.len() });
            // A change of the key or its name makes another key, which is as good: only that nothing panics or fails otherwise.
            let answer = answered(&bytes);
            prop_assert!(matches!(answer, Ok(_) | Err(Error::Refused(_))), "{answer:?}");
            Ok(())
        })
        .unwrap();
    // Anything at all where an answer is expected.
    runner
        .run(&".{0,200}", |answer| {
            let added =
                runtime.block_on(town.add_passkey(&ada(), (&begun.token, &site()), ("x", &answer), now()));
            prop_assert!(matches!(added, Err(Error::Refused(_))));
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn a_forgotten_password_gets_nobody_around_the_second_factor() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        add_ada(town).await;
        let begun = session(town).await;
        add(town, &begun.token, &SoftKey::new(1), "Key").await.unwrap();
        let choose = async |what: Reset| {
            let link = town.reset_user(&operator(), EMAIL, what, now()).await.unwrap();
            assert!(town.sign_in(EMAIL, PASSWORD, now()).await.unwrap().is_none());
            town.accept_invitation(&link, PASSWORD, now()).await.unwrap();
        };
        choose(Reset::Password).await;
        assert!(town.signed_in(&begun.token, now()).await.unwrap().is_none(), "its sessions have ended");
        assert!(session(town).await.needs_code);
        choose(Reset::PasswordAndFactors).await;
        assert!(!session(town).await.needs_code);
    })
    .await;
}
