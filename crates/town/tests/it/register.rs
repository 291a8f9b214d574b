//! Records of people: what each role sees, that reasons are asked and noted, that the glass is looked at twice, that corrections
//! keep what was, and that an import is whole or nothing.

use town::register::{Given, Opened, PersonForm, PersonView, ReviewForm, SearchForm, Shown};
use town::{Actor, Error, Keys, Moment, Opening, Role, Town};
use vocabulary::Date;

use crate::database::{Place, on_each_database, operator};

const TODAY: Date = Date::constant(2026, 11, 24);

fn now() -> Moment {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn later(minutes: i64) -> Moment {
    Moment::from_second(now().as_second() + 60 * minutes).unwrap()
}

fn actor(role: Role) -> Actor {
    Actor::account(&format!("{}@example.org", role.code()), role)
}

fn form() -> PersonForm {
    let text = str::to_owned;
    PersonForm {
        family_name: text("Thistlemere"),
        given_name: text("Audemira"),
        date_of_birth: text("2019-03-31"),
        sex: text("female"),
        nhs_number: text("999 000 0018"),
        address: text("1 Synthetic Street"),
        postcode: text("zy1 1aa"),
        telephone: text("01632 960001"),
        language: text("Urdu"),
        notes: text("Prefers Mondays"),
        ..PersonForm::default()
    }
}

fn by_number() -> SearchForm {
    SearchForm { nhs_number: "9990000018".to_owned(), ..SearchForm::default() }
}

fn given(reason: &str, words: &str) -> Given {
    Given { reason: reason.to_owned(), words: words.to_owned() }
}

async fn added(town: &Town) -> String {
    town.add_person(&actor(Role::ImmunisationLead), &form(), TODAY, now()).await.unwrap()
}

async fn seen(town: &Town, role: Role, id: &str, at: Moment) -> Option<PersonView> {
    match town.record(&actor(role), id, at).await.unwrap() {
        Opened::Shown(view) => Some(*view),
        _ => None,
    }
}

fn is(shown: &Shown, text: &str) -> bool {
    matches!(shown, Shown::Is(found) if found.reveal() == text)
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Refused(refusals) => refusals.into_iter().map(|one| one.field).collect(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_record_opens_for_a_reason_and_shows_what_the_role_needs() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        let id = added(town).await;
        for role in [Role::ClinicNurse, Role::HubWorker, Role::Adviser] {
            let who = actor(role);
            assert_eq!(town.record(&who, &id, now()).await.unwrap(), Opened::NeedsReason);
            assert_eq!(
                fields(town.give_reason(&who, &id, &given("", ""), now()).await.unwrap_err()),
                ["reason"]
            );
            assert_eq!(
                fields(town.give_reason(&who, &id, &given("other", " "), now()).await.unwrap_err()),
                ["words"]
            );
            town.give_reason(&who, &id, &given("care", "At the clinic"), now()).await.unwrap();
        }
        let nurse = seen(town, Role::ClinicNurse, &id, now()).await.unwrap();
        assert_eq!(nurse.name.reveal(), "Audemira Thistlemere");
        assert!(is(&nurse.nhs_number, "999 000 0018") && is(&nurse.notes, "Prefers Mondays"));
        assert!(is(&nurse.address, "1 Synthetic Street\nZY1 1AA"));
        let hub = seen(town, Role::HubWorker, &id, now()).await.unwrap();
        assert!(is(&hub.telephone, "01632 960001"));
        assert_eq!((hub.nhs_number, hub.notes), (Shown::NotForRole, Shown::NotForRole));
        let adviser = seen(town, Role::Adviser, &id, now()).await.unwrap();
        assert!(!adviser.sees_family && adviser.nhs_number == Shown::NotForRole);
        // After 15 minutes the reason is asked again.
        assert!(seen(town, Role::ClinicNurse, &id, later(15)).await.is_some());
        assert!(seen(town, Role::ClinicNurse, &id, later(16)).await.is_none());
        // Everybody who saw it is on the list, the one who added it too.
        let readings = town.record_readings(&actor(Role::ClinicNurse), &id, now()).await.unwrap();
        let mut who: Vec<&str> = readings.iter().map(|line| line.reader.as_str()).collect();
        who.sort_unstable();
        assert_eq!(
            who,
            [
                "adviser@example.org",
                "clinic-nurse@example.org",
                "hub-worker@example.org",
                "immunisation-lead@example.org"
            ]
        );
        assert!(readings.iter().any(|line| line.words.reveal() == "At the clinic"));
    })
    .await;
}

#[tokio::test]
async fn those_without_a_part_in_it_never_see_a_record() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        let id = added(town).await;
        for role in Role::ALL.iter().copied() {
            let who = actor(role);
            let reads = [
                Role::ImmunisationLead,
                Role::ClinicNurse,
                Role::HubWorker,
                Role::HealthVisitor,
                Role::Adviser,
            ];
            let searched = town.search_people(&who, &by_number(), now()).await;
            let reason = town.give_reason(&who, &id, &given("care", ""), now()).await;
            assert_eq!(
                (searched.is_ok(), reason.is_ok()),
                (reads.contains(&role), reads.contains(&role)),
                "{role:?}"
            );
        }
        for role in [Role::Administrator, Role::Analyst, Role::Public, Role::Editor, Role::PartnerGuest] {
            let who = actor(role);
            assert!(matches!(town.record(&who, &id, now()).await, Err(Error::Forbidden { .. })), "{role:?}");
            let broken =
                town.break_glass(&who, &by_number(), &given("danger", "Somebody is in danger"), now()).await;
            assert!(matches!(broken, Err(Error::Forbidden { .. })), "{role:?}");
        }
        assert_eq!(town.record(&actor(Role::Director), &id, now()).await.unwrap(), Opened::NeedsBrokenGlass);
    })
    .await;
}

#[tokio::test]
async fn the_glass_is_broken_for_a_reason_and_looked_at_by_somebody_else() {
    on_each_database(async |place: &Place| {
        let (town, director) = (&place.town, actor(Role::Director));
        let id = added(town).await;
        let reason = given("danger", "A child is missing");
        let refused =
            town.break_glass(&director, &by_number(), &given("care", "short"), now()).await.unwrap_err();
        assert_eq!(fields(refused), ["reason", "words"]);
        let nobody = SearchForm { nhs_number: "9434765919".to_owned(), ..SearchForm::default() };
        assert_eq!(
            fields(town.break_glass(&director, &nobody, &reason, now()).await.unwrap_err()),
            ["nhs_number"]
        );
        assert_eq!(town.break_glass(&director, &by_number(), &reason, now()).await.unwrap(), id);
        let view = seen(town, Role::Director, &id, now()).await.unwrap();
        assert!(view.whole && is(&view.nhs_number, "999 000 0018") && is(&view.notes, "Prefers Mondays"));
        assert!(seen(town, Role::Director, &id, later(16)).await.is_none());

        let mine = town.broken_glass(&director).await.unwrap();
        assert_eq!((mine.len(), mine[0].may_decide), (1, false));
        assert_eq!(mine[0].words.reveal(), "A child is missing");
        let decision = ReviewForm { decision: "justified".to_owned(), words: "Police reference".to_owned() };
        let own = town.review_broken_glass(&director, &mine[0].id, &decision, now()).await.unwrap_err();
        assert_eq!(fields(own), ["decision"]);
        let lead = actor(Role::ImmunisationLead);
        let empty =
            town.review_broken_glass(&lead, &mine[0].id, &ReviewForm::default(), now()).await.unwrap_err();
        assert_eq!(fields(empty), ["decision", "words"]);
        town.review_broken_glass(&lead, &mine[0].id, &decision, now()).await.unwrap();
        assert!(
            town.review_broken_glass(&lead, &mine[0].id, &decision, now()).await.is_err(),
            "decided once"
        );
        let looked = town.broken_glass_of(&director, &mine[0].id).await.unwrap();
        assert_eq!(looked.review.unwrap().0, "immunisation-lead@example.org");
        let nurse = actor(Role::ClinicNurse);
        assert!(matches!(town.broken_glass(&nurse).await, Err(Error::Forbidden { .. })));
    })
    .await;
}

#[tokio::test]
async fn searches_take_one_way_and_are_noted() {
    on_each_database(async |place: &Place| {
        let (town, nurse) = (&place.town, actor(Role::ClinicNurse));
        let id = added(town).await;
        let name = |name: &str, born: &str| SearchForm {
            family_name: name.to_owned(),
            date_of_birth: born.to_owned(),
            ..SearchForm::default()
        };
        let postcode = |text: &str| SearchForm { postcode: text.to_owned(), ..SearchForm::default() };
        for (form, count) in [
            (by_number(), 1),
            (postcode("ZY11AA"), 1),
            (postcode("ZY1 1AB"), 0),
            (name("thistlemere", "2019-03-31"), 1),
            (name("Thistlemere", "2019-03-30"), 0),
        ] {
            assert_eq!(town.search_people(&nurse, &form, now()).await.unwrap().found.len(), count);
        }
        for (form, field) in [
            (SearchForm::default(), "nhs_number"),
            (SearchForm { postcode: "ZY1 1AA".to_owned(), ..by_number() }, "nhs_number"),
            (SearchForm { nhs_number: "9990000019".to_owned(), ..SearchForm::default() }, "nhs_number"),
            (postcode("ZY1"), "postcode"),
            (name("", "2019-03-31"), "family_name"),
            (name("Thistlemere", ""), "date_of_birth"),
        ] {
            assert_eq!(fields(town.search_people(&nurse, &form, now()).await.unwrap_err()), [field]);
        }
        town.give_reason(&nurse, &id, &given("care", ""), now()).await.unwrap();
        let readings = town.record_readings(&nurse, &id, now()).await.unwrap();
        assert_eq!(readings.iter().filter(|line| line.did == "Found it in a search").count(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_correction_keeps_what_was_and_what_the_role_does_not_see() {
    on_each_database(async |place: &Place| {
        let (town, hub) = (&place.town, actor(Role::HubWorker));
        let id = added(town).await;
        assert!(town.person_form(&hub, &id, now()).await.is_err(), "not without a reason");
        town.give_reason(&hub, &id, &given("contact", ""), now()).await.unwrap();
        let shown = town.person_form(&hub, &id, now()).await.unwrap();
        assert_eq!((shown.nhs_number.as_str(), shown.notes.as_str()), ("", ""));
        let changed =
            PersonForm { telephone: "01632 960002".to_owned(), postcode: "ZY1 1AB".to_owned(), ..shown };
        let without = town.correct_person(&hub, &id, &changed, "", (TODAY, now())).await.unwrap_err();
        assert_eq!(fields(without), ["reason"]);
        town.correct_person(&hub, &id, &changed, "changed", (TODAY, now())).await.unwrap();
        let lead = seen(town, Role::ImmunisationLead, &id, now()).await.unwrap();
        assert!(is(&lead.telephone, "01632 960002") && is(&lead.address, "1 Synthetic Street\nZY1 1AB"));
        assert!(is(&lead.nhs_number, "999 000 0018") && is(&lead.notes, "Prefers Mondays"));
        // The old telephone finds nothing to be taken by somebody else; the number does.
        let other = town.add_person(&hub, &PersonForm { ..form() }, TODAY, now()).await;
        assert_eq!(fields(other.unwrap_err()), ["nhs_number"]);
    })
    .await;
}

const PEOPLE: &str =
    "family_name,given_name,date_of_birth,sex,nhs_number,postcode,guardian_nhs_number,guardian_is,sharing
Thistlemere,Belwyn,1990-05-05,female,9434765919,ZY1 1AA,,,nhs
Thistlemere,Audemira,2019-03-31,female,999 000 0018,ZY1 1AA,943 476 5919,mother,nhs;family-hub
Amberwick,Drustan,2020-01-01,male,,ZY1 1AB,,,
";

#[tokio::test]
async fn an_import_is_whole_or_nothing() {
    on_each_database(async |place: &Place| {
        let (town, nurse) = (&place.town, actor(Role::ClinicNurse));
        let import = async |text: &str, dry_run: bool| {
            town.import_people(&operator(), ("people.csv", text.as_bytes()), dry_run, (TODAY, now())).await
        };
        let counts = |done: town::register::PeopleImported| (done.added, done.changed, done.unchanged);
        assert_eq!(counts(import(PEOPLE, true).await.unwrap()), (3, 0, 0));
        assert!(
            town.search_people(&nurse, &by_number(), now()).await.unwrap().found.is_empty(),
            "only tried out"
        );
        // A child may stand above whoever looks after it.
        let mut lines: Vec<&str> = PEOPLE.lines().collect();
        lines.swap(1, 2);
        let swapped = lines.join("\n") + "\n";
        assert_eq!(counts(import(&swapped, false).await.unwrap()), (3, 0, 0));
        assert_eq!(counts(import(PEOPLE, false).await.unwrap()), (0, 0, 3));
        assert_eq!(
            counts(import(&PEOPLE.replace("ZY1 1AA,943", "ZY1 1AC,943"), false).await.unwrap()),
            (0, 1, 2)
        );
        let found = town.search_people(&nurse, &by_number(), now()).await.unwrap();
        town.give_reason(&nurse, &found.found[0].id, &given("care", ""), now()).await.unwrap();
        let view = seen(town, Role::ClinicNurse, &found.found[0].id, now()).await.unwrap();
        assert_eq!(view.guardian.as_ref().unwrap().1, "Mother");
        assert_eq!(view.sharing.len(), 2);

        let refused = async |text: &str, expected: &[&str]| {
            let error = import(text, false).await.unwrap_err();
            let said = error.to_string();
            assert!(expected.iter().all(|words| said.contains(words)), "{said}");
            for secret in ["Thistlemere", "Audemira", "9434765919", "999 000 0019", "ZY1 1AA", "Amberwick"] {
                assert!(!said.contains(secret), "{said} tells {secret}");
            }
        };
        let wrong =
            PEOPLE.replace("999 000 0018", "999 000 0019").replace("2020-01-01,male", "2020-13-01,man");
        refused(
            &wrong,
            &[
                "people.csv, cell E3, row 3, nhs_number: '999 999 9999'",
                "row 4, date_of_birth: '9999-99-99'",
                "row 4, sex: 'man'",
            ],
        )
        .await;
        refused(
            &PEOPLE.replace("Drustan,2020-01-01,male,", "Drustan,2020-01-01,male,9434765919"),
            &["Row 2 has this NHS number"],
        )
        .await;
        refused(&PEOPLE.replace("943 476 5919,mother", "9000000009,mother"), &["guardian_nhs_number"]).await;
        refused(&PEOPLE[..PEOPLE.len() - 20], &["people.csv"]).await;
        refused("", &["people.csv"]).await;
        assert_eq!(
            counts(import(&PEOPLE.replace("ZY1 1AA,943", "ZY1 1AC,943"), false).await.unwrap()),
            (0, 0, 3),
            "nothing was changed by those"
        );
    })
    .await;
}

#[tokio::test]
async fn without_keys_the_register_is_shut_and_a_new_key_takes_over() {
    on_each_database(async |place: &Place| {
        let id = added(&place.town).await;
        let shut = Town::open(place.address()).await.unwrap();
        assert!(matches!(shut.record(&actor(Role::ClinicNurse), &id, now()).await, Err(Error::NoKeys)));
        let other = Keys::parse(&Keys::new_line().unwrap()).unwrap();
        let stranger = Opening { keys: Some(other), ..Opening::at(place.address()) };
        let stranger = Town::open_with(stranger).await.unwrap();
        assert!(matches!(stranger.record(&actor(Role::ClinicNurse), &id, now()).await, Err(Error::Store(_))));
        assert!(stranger.rotate_keys(&operator(), |_| {}).await.is_err());
        let uses = stranger.key_uses(&operator()).await.unwrap();
        assert!(uses.iter().any(|one| !one.is_here && one.rows > 0), "{uses:?}");
        shut.close().await.unwrap();
        stranger.close().await.unwrap();
    })
    .await;
}
