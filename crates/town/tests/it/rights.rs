//! Rights of people: access, consent, holds, erasure, retention, and the national data opt-out.

use town::privacy::{PrivacyDocument, PrivacyFormat};
use town::register::{AccessFormat, Given, Opened, PersonForm, RETENTION_SCHEDULE, SearchForm};
use town::{Actor, Error, Moment, Role, Town};
use vocabulary::Date;

use crate::database::{Place, on_each_database, operator};

const TODAY: Date = Date::constant(2026, 11, 24);

fn now() -> Moment {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn lead() -> Actor {
    Actor::account("immunisation-lead@example.org", Role::ImmunisationLead)
}

fn form(number: &str, born: &str) -> PersonForm {
    let text = str::to_owned;
    PersonForm {
        family_name: text("Thistlemere"),
        given_name: text("Audemira"),
        date_of_birth: text(born),
        sex: text("female"),
        nhs_number: text(number),
        postcode: text("ZY1 1AA"),
        notes: text("Prefers Mondays"),
        ..PersonForm::default()
    }
}

async fn added(town: &Town, number: &str, born: &str) -> String {
    town.add_person(&lead(), &form(number, born), TODAY, now()).await.unwrap()
}

fn given(reason: &str, words: &str) -> Given {
    Given { reason: reason.to_owned(), words: words.to_owned() }
}

fn refused(error: Error) -> String {
    match error {
        Error::Refused(refusals) => refusals.into_iter().map(|one| one.field).collect::<Vec<_>>().join(" "),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_person_gets_everything_and_who_read_it() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        let id = added(town, "999 000 0018", "2019-03-31").await;
        let changed = PersonForm { notes: "Prefers Fridays".to_owned(), ..form("9990000018", "2019-03-31") };
        town.correct_person(&lead(), &id, &changed, "asked", (TODAY, now())).await.unwrap();
        town.note_consent(&lead(), &id, ("voluntary", "guardian"), false, now()).await.unwrap();
        town.hold(&lead(), &id, &given("request", "Request 17"), now()).await.unwrap();
        let director = Actor::account("director@example.org", Role::Director);
        let search = SearchForm { nhs_number: "9990000018".to_owned(), ..SearchForm::default() };
        town.break_glass(&director, &search, &given("danger", "A child is missing"), now()).await.unwrap();
        let json = town.give_access(&lead(), &id, AccessFormat::Json, (TODAY, now())).await.unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json["record"]["nhs_number"], "999 000 0018");
        assert_eq!(json["record"]["notes"], "Prefers Fridays");
        assert_eq!(json["corrections"][0]["what_it_was_before"], "Prefers Mondays");
        assert_eq!(json["consents"][0]["purpose"], "voluntary");
        assert_eq!(json["holds"][0]["in_words"], "Request 17");
        let readings = json["readings"].as_array().unwrap();
        let broke = readings.iter().find(|one| one["who"] == "director@example.org").unwrap();
        assert_eq!(
            (broke["what"].as_str(), broke["in_words"].as_str()),
            (Some("Broke the glass"), Some("A child is missing"))
        );
        assert!(readings.iter().any(|one| one["what"] == "Gave it out"), "this giving out is noted too");
        let log: Vec<&str> =
            json["log"].as_array().unwrap().iter().filter_map(|one| one["what"].as_str()).collect();
        assert_eq!(log, ["add", "correct", "consent", "hold", "break glass", "export"]);
        let html = town.give_access(&lead(), &id, AccessFormat::Html, (TODAY, now())).await.unwrap();
        let html = String::from_utf8(html).unwrap();
        for words in
            ["Audemira Thistlemere", "Prefers Fridays", "Prefers Mondays", "director@example.org", "9(2)(h)"]
        {
            assert!(html.contains(words), "{words}");
        }
        let pdf = town.give_access(&lead(), &id, AccessFormat::Pdf, (TODAY, now())).await.unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
        let nurse = Actor::account("nurse@example.org", Role::ClinicNurse);
        let not = town.give_access(&nurse, &id, AccessFormat::Json, (TODAY, now())).await;
        assert!(matches!(not, Err(Error::Forbidden { .. })));
        assert_eq!(town.record_of_number(&operator(), "999 000 0018\n").await.unwrap(), id);
    })
    .await;
}

#[tokio::test]
async fn a_hold_keeps_a_record_from_being_erased() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        let id = added(town, "999 000 0018", "2019-03-31").await;
        assert_eq!(
            refused(town.hold(&lead(), &id, &given("", ""), now()).await.unwrap_err()),
            "hold hold-words"
        );
        town.hold(&lead(), &id, &given("claim", "Case 12"), now()).await.unwrap();
        assert_eq!(
            refused(town.erase_person(&lead(), &id, "objection", now()).await.unwrap_err()),
            "erasure"
        );
        town.lift_holds(&lead(), &id, now()).await.unwrap();
        assert!(town.lift_holds(&lead(), &id, now()).await.is_err(), "there is none left");
        assert_eq!(refused(town.erase_person(&lead(), &id, "because", now()).await.unwrap_err()), "erasure");
        town.erase_person(&lead(), &id, "objection", now()).await.unwrap();
        let gone = town.record(&lead(), &id, now()).await.unwrap();
        assert!(matches!(gone, Opened::Erased { kind, .. } if kind == "erasure"));
        assert!(matches!(
            town.erase_person(&lead(), &id, "objection", now()).await,
            Err(Error::NotFound { .. })
        ));
        let search = SearchForm { nhs_number: "9990000018".to_owned(), ..SearchForm::default() };
        assert!(town.search_people(&lead(), &search, now()).await.unwrap().found.is_empty());
        // The number is free again.
        added(town, "999 000 0018", "2019-03-31").await;
    })
    .await;
}

#[tokio::test]
async fn consent_is_given_and_taken_back() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        let id = added(town, "999 000 0018", "2019-03-31").await;
        let note = async |purpose: &str, by: &str, withdrawn: bool| {
            town.note_consent(&lead(), &id, (purpose, by), withdrawn, now()).await
        };
        assert_eq!(
            refused(note("care", "self", false).await.unwrap_err()),
            "purpose",
            "care asks no consent"
        );
        assert_eq!(refused(note("voluntary", "", false).await.unwrap_err()), "given_by");
        assert_eq!(refused(note("voluntary", "", true).await.unwrap_err()), "purpose", "none was given");
        let rows = async || town.extract(&operator(), "voluntary", (TODAY, now())).await.unwrap();
        assert_eq!((rows().await.rows.len(), rows().await.without_consent), (0, 1));
        note("voluntary", "self", false).await.unwrap();
        let extract = rows().await;
        assert_eq!(extract.fields, ["given_name", "family_name", "telephone", "language"]);
        assert_eq!(extract.rows[0][..2], ["Audemira", "Thistlemere"]);
        let rights = town.rights(&lead(), &id).await.unwrap();
        assert!(rights.purposes.iter().any(|one| one.purpose.code == "voluntary" && one.since.is_some()));
        // Whoever asked to restrict the record is not used, consent or not.
        town.hold(&lead(), &id, &given("restriction", "Asked on 3 March"), now()).await.unwrap();
        assert_eq!((rows().await.rows.len(), rows().await.restricted), (0, 1));
        town.lift_holds(&lead(), &id, now()).await.unwrap();
        note("voluntary", "", true).await.unwrap();
        assert_eq!(rows().await.rows.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_past_its_time_goes_unless_it_is_held() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        // Under 18 when last seen, in November 2026; 25 in 2044.
        let child = added(town, "999 000 0018", "2019-03-31").await;
        let held = added(town, "943 476 5919", "2019-03-31").await;
        let adult = added(town, "900 000 0009", "1980-01-01").await;
        town.hold(&lead(), &held, &given("inquiry", "The inquiry"), now()).await.unwrap();
        let run = async |day: &str, dry: bool, schedule: Option<&str>| {
            town.run_retention(&operator(), schedule, dry, (day.parse().unwrap(), now())).await
        };
        assert!(run("2034-11-23", false, None).await.unwrap().kinds.is_empty());
        assert_eq!(run("2034-11-24", true, None).await.unwrap().kinds, [("adult".to_owned(), 1, 0)]);
        assert!(matches!(town.record(&lead(), &adult, now()).await.unwrap(), Opened::Shown(_)), "only tried out");
        assert_eq!(run("2034-11-24", false, None).await.unwrap().kinds, [("adult".to_owned(), 1, 0)]);
        assert!(matches!(town.record(&lead(), &adult, now()).await.unwrap(), Opened::Erased { kind, .. } if kind == "retention"));
        let anonymise = RETENTION_SCHEDULE.replace("action = \"delete\"", "action = \"anonymise\"");
        assert!(run("2044-03-30", false, Some(&anonymise)).await.unwrap().kinds.is_empty());
        assert_eq!(run("2044-03-31", false, Some(&anonymise)).await.unwrap().kinds, [("child".to_owned(), 1, 1)]);
        assert!(matches!(town.record(&lead(), &child, now()).await.unwrap(), Opened::Erased { kind, .. } if kind == "anonymised"));
        assert!(matches!(town.record(&lead(), &held, now()).await.unwrap(), Opened::Shown(_)), "the hold keeps it");
        assert_eq!(refused(run("2044-03-31", false, Some("rule = []")).await.unwrap_err()), "schedule");
        // Readings of those who are gone outlive them by six years from the day they were made: that of the adult went with the
        // runs of 2044, that of the child goes with the next.
        assert_eq!(run("2044-03-31", true, None).await.unwrap().readings, 1);
        run("2044-03-31", false, None).await.unwrap();
        assert_eq!(run("2044-03-31", true, None).await.unwrap().readings, 0);
    })
    .await;
}

#[tokio::test]
async fn those_who_opted_out_are_not_used_for_planning() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        added(town, "999 000 0018", "2019-03-31").await;
        added(town, "943 476 5919", "1980-01-01").await;
        added(town, "", "1981-01-01").await;
        let plan =
            async |day: &str| town.extract(&operator(), "planning", (day.parse().unwrap(), now())).await;
        assert_eq!(refused(plan("2026-11-24").await.unwrap_err()), "purpose", "the service was never asked");
        let asked = town.opt_out_request(&operator()).await.unwrap();
        let mut lines: Vec<&str> = asked.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, ["9434765919,", "9990000018,"]);
        let answer = async |bytes: &[u8], on: &str| {
            town.import_opt_outs(&operator(), ("returned.dat", bytes), (on.parse().unwrap(), TODAY)).await
        };
        for (bytes, on) in [
            (&b""[..], "2026-11-24"),
            (b"9990000018,\n999000001", "2026-11-24"),
            (b"9990000018,\n9990000019,\n", "2026-11-24"),
            (b"9990000018,\n94347", "2026-11-24"),
            (b"9990000018,\n", "2026-11-25"),
            (b"9990000018,\n", "2026-11-02"),
            (b"\xff\xfe", "2026-11-24"),
        ] {
            assert!(answer(bytes, on).await.is_err(), "{bytes:?} {on}");
        }
        let found = answer(b"9990000018,\r\n9000000009,\r\n", "2026-11-03").await.unwrap();
        assert_eq!((found.numbers, found.clear, found.others), (2, 1, 2));
        let extract = plan("2026-11-24").await.unwrap();
        assert_eq!((extract.rows.len(), extract.opted_out), (1, 2));
        assert_eq!(extract.fields, ["year_of_birth", "sex", "lsoa", "language"]);
        assert_eq!(extract.rows[0][0], "2019");
        // The answer ends after 21 days.
        assert!(plan("2026-11-25").await.is_err());
        // The opt-out does not apply to care: the record opens as before.
        let search = SearchForm { nhs_number: "9434765919".to_owned(), ..SearchForm::default() };
        assert_eq!(town.search_people(&lead(), &search, now()).await.unwrap().found.len(), 1);
        assert_eq!(refused(town.extract(&operator(), "care", (TODAY, now())).await.unwrap_err()), "purpose");
    })
    .await;
}

#[tokio::test]
async fn documents_say_what_is_configured_and_leave_the_rest_blank() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        added(town, "999 000 0018", "2019-03-31").await;
        let write =
            async |which, format| town.privacy_document(&operator(), which, format, TODAY).await.unwrap();
        let dpia = String::from_utf8(write(PrivacyDocument::Dpia, PrivacyFormat::Markdown).await).unwrap();
        for words in [
            "## Step 1",
            "## Step 7",
            "People in the register now: 1",
            "6(1)(e)",
            "9(2)(h)",
            "clinic-nurse",
            "XChaCha20",
            "Records Management Code of Practice 2021",
            "To be decided by the council",
            "to be judged",
        ] {
            assert!(dpia.contains(words), "{words} is not in\n{dpia}");
        }
        assert!(!dpia.contains("administrator |") && !dpia.contains("Thistlemere"));
        let record =
            String::from_utf8(write(PrivacyDocument::Processing, PrivacyFormat::Markdown).await).unwrap();
        for article in ["30(1)(a)", "30(1)(b)", "30(1)(c)", "30(1)(d)", "30(1)(e)", "30(1)(f)", "30(1)(g)"] {
            assert!(record.contains(article), "{article}");
        }
        let html = String::from_utf8(write(PrivacyDocument::Processing, PrivacyFormat::Html).await).unwrap();
        assert!(html.contains("<h1") && html.contains("<table"));
        assert!(write(PrivacyDocument::Dpia, PrivacyFormat::Word).await.starts_with(b"PK"));
    })
    .await;
}
