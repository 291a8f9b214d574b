//! Signing in: how long it lasts, what ends it, what is good once, and what the audit log says of it.

use jiff::ToSpan;
use town::accounts::{NewMachine, NewUser, Site, session_id};
use town::audit::AuditLog;
use town::{Actor, Error, Moment, Permission, Role, Town};

use crate::database::{Place, on_each_database, operator};

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "Lantern-quiet-harbour-17";
const OTHER: &str = "Copper-otter-saddle-4";

fn now() -> Moment {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn later(minutes: i64) -> Moment {
    now().checked_add(minutes.minutes()).unwrap()
}

fn ada() -> Actor {
    Actor::account(EMAIL, Role::Reader)
}

async fn with_ada(town: &Town) {
    let new = NewUser {
        email: EMAIL.to_owned(),
        name: "Ada Example".to_owned(),
        role: Role::Reader,
        password: PASSWORD.to_owned(),
    };
    town.add_user(&operator(), new).await.unwrap();
}

async fn session(town: &Town, at: Moment) -> String {
    town.sign_in(EMAIL, PASSWORD, at).await.unwrap().unwrap().token
}

async fn is_in(town: &Town, token: &str, at: Moment) -> bool {
    town.signed_in(token, at).await.unwrap().is_some()
}

/// What the audit log says of accounts, action by action.
async fn entries(town: &Town) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let see = |lines: &[store::AuditLine]| {
        found.extend(lines.iter().map(|line| (line.action.clone(), line.detail.clone())));
        Ok::<(), Error>(())
    };
    town.export_audit(&operator(), AuditLog::Town, see).await.unwrap();
    found
}

#[tokio::test]
async fn a_session_ends_unused_and_after_half_a_day() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        with_ada(town).await;
        let token = session(town, now()).await;
        assert_eq!(token.len(), 64, "256 bits");
        assert_ne!(token, session(town, now()).await);
        assert!(is_in(town, &token, later(29)).await);
        assert!(is_in(town, &token, later(58)).await, "it was used");
        assert!(!is_in(town, &token, later(58 + 31)).await);
        assert!(!is_in(town, &token, later(58)).await, "what has ended does not come back");
        let token = session(town, now()).await;
        for quarter in 1..48 {
            assert!(is_in(town, &token, later(quarter * 15)).await, "{quarter}");
        }
        assert!(!is_in(town, &token, later(12 * 60)).await);
    })
    .await;
}

#[tokio::test]
async fn what_changes_an_account_ends_its_sessions() {
    on_each_database(async |place: &Place| {
        let (town, operator) = (&place.town, operator());
        with_ada(town).await;
        let (mine, other) = (session(town, now()).await, session(town, now()).await);
        town.change_own_password(&ada(), &mine, PASSWORD, OTHER).await.unwrap();
        assert!(is_in(town, &mine, now()).await && !is_in(town, &other, now()).await);
        let refused = town.change_own_password(&ada(), &mine, PASSWORD, "Saddle-otter-copper-9").await;
        assert!(refused.is_err(), "the old password has to be the one of now");
        town.change_own_password(&ada(), &mine, OTHER, PASSWORD).await.unwrap();

        let other = session(town, now()).await;
        town.end_other_sessions(&ada(), &mine, now()).await.unwrap();
        assert!(is_in(town, &mine, now()).await && !is_in(town, &other, now()).await);

        town.set_user_role(&operator, EMAIL, Role::Editor).await.unwrap();
        assert!(!is_in(town, &mine, now()).await);
        let token = session(town, now()).await;
        town.set_user_disabled(&operator, EMAIL, true, now()).await.unwrap();
        assert!(!is_in(town, &token, now()).await);
        assert!(town.sign_in(EMAIL, PASSWORD, now()).await.unwrap().is_none(), "a shut account");
        town.set_user_disabled(&operator, EMAIL, false, now()).await.unwrap();

        for who in [Some(EMAIL), None] {
            let token = session(town, now()).await;
            town.end_sessions(&operator, who).await.unwrap();
            assert!(!is_in(town, &token, now()).await, "{who:?}");
        }
        assert!(matches!(town.end_sessions(&ada(), None).await, Err(Error::Forbidden { .. })));
        assert!(matches!(
            town.end_sessions(&operator, Some("nobody@example.org")).await,
            Err(Error::NotFound { .. })
        ));
    })
    .await;
}

/// After ten minutes a session shows no more by itself who one is: nothing is added to the account and no session ended until one has
/// confirmed it, which begins a session in place of the old one.
#[tokio::test]
async fn adding_a_factor_or_ending_sessions_asks_again_who_one_is() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        with_ada(town).await;
        let site = Site::parse("http://localhost:8080").unwrap();
        let (old, other) = (session(town, now()).await, session(town, now()).await);
        let form_token = async |token: &str, at| {
            let signed_in = town.signed_in(token, at).await.unwrap();
            signed_in.map(|signed_in| signed_in.form_token)
        };
        let (early, late) = (later(9), later(11));
        town.new_second_factor(&ada(), &old, early).await.unwrap();
        town.new_passkey(&ada(), &old, &site, early).await.unwrap();
        let unconfirmed = [
            town.new_second_factor(&ada(), &old, late).await.err(),
            town.turn_on_second_factor(&ada(), &old, ("GEZDGNBV", "081804"), later(21)).await.err(),
            town.new_passkey(&ada(), &old, &site, late).await.err(),
            town.end_own_session(&ada(), &old, &session_id(&other), late).await.err(),
            town.end_other_sessions(&ada(), &old, late).await.err(),
            town.end_other_sessions(&ada(), "no session", late).await.err(),
        ];
        for error in unconfirmed {
            assert!(matches!(error, Some(Error::Unconfirmed)), "{error:?}");
        }
        let forms = form_token(&old, late).await;
        for wrong in ["", OTHER] {
            assert!(matches!(town.confirm(&ada(), &old, wrong, late).await, Err(Error::Refused(_))));
        }
        let new = town.confirm(&ada(), &old, PASSWORD, late).await.unwrap();
        assert!(!new.needs_code && new.token != old && !is_in(town, &old, late).await);
        assert_eq!(form_token(&new.token, late).await, forms, "forms in other windows stay good");
        let again = town.confirm(&ada(), &old, PASSWORD, late).await;
        assert!(matches!(again, Err(Error::NotFound { .. })), "it has ended");
        town.new_second_factor(&ada(), &new.token, late).await.unwrap();
        assert!(is_in(town, &other, late).await);
        town.end_own_session(&ada(), &new.token, &session_id(&other), late).await.unwrap();
        assert!(!is_in(town, &other, late).await);
        assert!(entries(town).await.iter().any(|(action, _)| action == "confirm who one is"));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_good_once_and_for_three_days() {
    on_each_database(async |place: &Place| {
        let (town, operator) = (&place.town, operator());
        let invite = async |email: &str| {
            town.invite_user(&operator, email, "Somebody Example", Role::Reader, now()).await.unwrap()
        };
        let token = invite(EMAIL).await;
        assert_eq!(token.len(), 64, "256 bits");
        assert!(town.sign_in(EMAIL, "", now()).await.unwrap().is_none(), "no password is not an empty one");
        let easy = town.accept_invitation(&token, "Password2026!", now()).await;
        assert!(matches!(easy, Err(Error::Refused(_))));
        town.accept_invitation(&token, PASSWORD, now()).await.unwrap();
        assert!(matches!(town.accept_invitation(&token, OTHER, now()).await, Err(Error::NotFound { .. })));
        assert!(is_in(town, &session(town, now()).await, now()).await);
        let late = invite("late@example.org").await;
        assert!(town.invited(&late, later(72 * 60 - 1)).await.unwrap().is_some());
        assert!(town.invited(&late, later(72 * 60)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_code_of_the_second_factor_is_good_once() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        with_ada(town).await;
        // RFC 6238, appendix B: the code of this secret at these seconds.
        let (secret, at) = ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Moment::from_second(1_111_111_109).unwrap());
        let begun = session(town, at).await;
        let codes = town.turn_on_second_factor(&ada(), &begun, (secret, "081804"), at).await.unwrap();
        assert_eq!(codes.len(), 10);
        let letters = |code: &String| code.chars().filter(char::is_ascii_hexdigit).count();
        assert!(codes.iter().all(|code| letters(code) == 32), "128 bits each");

        let next = Moment::from_second(1_111_111_111).unwrap();
        let first = town.sign_in(EMAIL, PASSWORD, next).await.unwrap().unwrap();
        assert!(first.needs_code && !is_in(town, &first.token, next).await, "half way is not in");
        assert!(
            town.give_code(&first.token, "081804", next).await.unwrap().is_none(),
            "it turned the factor on"
        );
        let started = town.give_code(&first.token, "050471", next).await.unwrap().unwrap();
        assert!(is_in(town, &started.token, next).await && started.token != first.token);
        let traced = |(action, detail): &(String, String)| {
            action == "sign in" && detail.contains(&session_id(&started.token))
        };
        assert!(entries(town).await.iter().any(traced));
        let second = town.sign_in(EMAIL, PASSWORD, next).await.unwrap().unwrap();
        assert!(town.give_code(&second.token, "050471", next).await.unwrap().is_none(), "it was taken");
        assert!(town.give_code(&second.token, &codes[0], next).await.unwrap().is_some());
        let third = town.sign_in(EMAIL, PASSWORD, next).await.unwrap().unwrap();
        for _ in 0..5 {
            assert!(town.give_code(&third.token, &codes[0], next).await.unwrap().is_none(), "it was taken");
        }
        assert!(town.give_code(&third.token, &codes[1], next).await.unwrap().is_none(), "five were wrong");
        let late = next.checked_add(10.minutes()).unwrap();
        let slow = town.sign_in(EMAIL, PASSWORD, next).await.unwrap().unwrap();
        assert!(
            town.give_code(&slow.token, &codes[1], late).await.unwrap().is_none(),
            "ten minutes are over"
        );
    })
    .await;
}

#[tokio::test]
async fn a_machines_token_opens_what_it_was_given_until_it_ends() {
    on_each_database(async |place: &Place| {
        let (town, operator) = (&place.town, operator());
        let new = NewMachine {
            name: "A board in the foyer".to_owned(),
            role: Role::Editor,
            scopes: vec![Permission::ReadProgramme],
            days: 1,
        };
        let token = town.add_machine(&operator, &new, now()).await.unwrap();
        let found = town.machine_of(&token, later(60)).await.unwrap().unwrap();
        assert!(found.actor.may(Permission::ReadProgramme) && !found.actor.may(Permission::EditProgramme));
        assert!(town.machine_of(&token, later(24 * 60)).await.unwrap().is_none());
        town.revoke_machine(&operator, &new.name, now()).await.unwrap();
        assert!(town.machine_of(&token, later(60)).await.unwrap().is_none());
        for days in [0, 367] {
            let long = NewMachine { name: "Another".to_owned(), days, ..new.clone() };
            assert!(town.add_machine(&operator, &long, now()).await.is_err(), "{days}");
        }
        let people = NewMachine {
            role: Role::ImmunisationLead,
            scopes: vec![Permission::ReadRegister],
            ..new.clone()
        };
        assert!(town.add_machine(&operator, &people, now()).await.is_err(), "no machine reads records");
    })
    .await;
}

#[tokio::test]
async fn signing_in_and_out_leaves_a_trace_and_no_token() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        with_ada(town).await;
        let token = session(town, now()).await;
        town.sign_out(&token).await.unwrap();
        assert!(!is_in(town, &token, now()).await);
        town.sign_out(&token).await.unwrap();
        let found = entries(town).await;
        let actions: Vec<&str> = found.iter().map(|(action, _)| action.as_str()).collect();
        assert_eq!(actions, ["add", "sign in", "sign out"]);
        for (action, detail) in &found[1..] {
            assert!(detail.contains(&session_id(&token)), "{action}: {detail}");
            assert!(!detail.contains(&token), "{action}: {detail}");
        }
    })
    .await;
}
