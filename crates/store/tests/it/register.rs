//! The register: what is sealed, what is found, what each database role may see.

use sea_orm::ConnectionTrait;
use store::register::{
    Keys, Person, add_person, count_people, new_id, people_by_name, people_by_postcode, person_by_id,
    person_by_nhs_number, save_person, seal_anew, sealed_by_key,
};
use store::{AuditEntry, Error, Store, verify_audit};
use vocabulary::{Date, NhsNumber, Personal};

use crate::databases::{Place, on_both};

const BORN: Date = Date::constant(2019, 3, 31);

pub fn keys() -> Keys {
    Keys::parse(&Keys::new_line().unwrap()).unwrap()
}

fn person(number: u8) -> Person {
    let text = |text: &str| Personal::new(text.to_owned());
    let nine = (0..=9).find_map(|last| NhsNumber::from_nine([9, 9, 9, 0, 0, 0, 0, number, last]));
    Person {
        id: new_id().unwrap(),
        family_name: text("O'Thistle-Mere"),
        given_name: text("Audemira"),
        nhs_number: nine,
        address: text(""),
        postcode: text("ZY1 1AA"),
        telephone: text("01632 960001"),
        notes: text("Café on Mondays\n🌍"),
        date_of_birth: BORN,
        sex: "female".to_owned(),
        lsoa: "E01015693".parse().ok(),
        language: "Urdu".to_owned(),
        guardian_id: None,
        guardian_is: String::new(),
        sharing: vec!["nhs".to_owned(), "family-hub".to_owned()],
        source: "test".to_owned(),
        last_contact: BORN,
        created_at: "2026-11-24T10:00:00Z".to_owned(),
        changed_at: "2026-11-24T10:00:00Z".to_owned(),
    }
}

fn entry() -> AuditEntry {
    crate::audit::entry(1)
}

/// Puts people into a register, each with an audit entry.
pub async fn fill(register: &Store, keys: &Keys, count: u8) -> Vec<Person> {
    let mut added = Vec::new();
    for number in 0..count {
        let person = person(number);
        let write = register.write().await.unwrap();
        add_person(&write, keys, &person).await.unwrap();
        write.commit_register(&entry()).await.unwrap();
        added.push(person);
    }
    added
}

#[test]
fn people_are_found_by_what_they_are_looked_for_by() {
    on_both(|place| async move {
        let (register, keys) = (place.open_register().await, keys());
        let added = fill(&register, &keys, 3).await;
        let db = register.reader();
        for person in &added {
            assert_eq!(person_by_id(db, &keys, &person.id).await.unwrap().as_ref(), Some(person));
            let found = person_by_nhs_number(db, &keys, &person.nhs_number.unwrap()).await.unwrap();
            assert_eq!(found.as_ref(), Some(person));
        }
        assert_eq!(people_by_postcode(db, &keys, "ZY1 1AA").await.unwrap().len(), 3);
        assert_eq!(people_by_postcode(db, &keys, "ZY1 1AB").await.unwrap().len(), 0);
        for (name, born, found) in [
            ("othistlemere", BORN, 3),
            ("O THISTLE MERE", BORN, 3),
            ("Thistlemere", BORN, 0),
            ("othistlemere", BORN.tomorrow().unwrap(), 0),
        ] {
            assert_eq!(people_by_name(db, &keys, name, born).await.unwrap().len(), found, "{name}");
        }
        // A number belongs to one person: the database itself refuses a second.
        let mut second = person(1);
        second.nhs_number = added[0].nhs_number;
        let write = register.write().await.unwrap();
        assert!(add_person(&write, &keys, &second).await.is_err());
        write.abandon().await.unwrap();
        assert_eq!(count_people(db).await.unwrap(), 3);
        assert_eq!(verify_audit(db).await.unwrap(), 3);
    });
}

#[test]
fn a_value_moved_to_another_row_or_column_is_refused() {
    on_both(|place| async move {
        let (register, keys) = (place.open_register().await, keys());
        let added = fill(&register, &keys, 2).await;
        let db = register.reader();
        let (first, second) = (&added[0].id, &added[1].id);
        for moving in [
            format!(
                "UPDATE person SET notes = (SELECT notes FROM person WHERE id = '{second}') WHERE id = '{first}'"
            ),
            format!("UPDATE person SET notes = telephone WHERE id = '{first}'"),
            format!("UPDATE person SET telephone = family_name WHERE id = '{first}'"),
        ] {
            let before = person_by_id(db, &keys, first).await.unwrap().unwrap();
            db.execute_unprepared(&moving).await.unwrap();
            let refused = person_by_id(db, &keys, first).await;
            assert!(matches!(refused, Err(Error::Sealed { .. })), "{moving}");
            let write = register.write().await.unwrap();
            save_person(&write, &keys, &before).await.unwrap();
            write.commit_register(&entry()).await.unwrap();
        }
    });
}

#[test]
fn everything_is_sealed_anew_with_a_new_key() {
    on_both(|place| async move {
        let register = place.open_register().await;
        let (old, new) = (Keys::new_line().unwrap(), Keys::new_line().unwrap());
        let first = Keys::parse(&old).unwrap();
        let added = fill(&register, &first, 5).await;
        let both = Keys::parse(&format!("{new}\n{old}")).unwrap();
        let second = Keys::parse(&new).unwrap();
        let db = register.reader();
        // Half way, everybody is found by either hash.
        let write = register.write().await.unwrap();
        assert_eq!(seal_anew(&write, &both, 2).await.unwrap(), 2);
        write.commit_register(&entry()).await.unwrap();
        for person in &added {
            let found = person_by_nhs_number(db, &both, &person.nhs_number.unwrap()).await.unwrap();
            assert_eq!(found.as_ref(), Some(person));
        }
        assert_eq!(people_by_postcode(db, &both, "ZY1 1AA").await.unwrap().len(), 5);
        let counts = sealed_by_key(db).await.unwrap();
        assert_eq!(counts.iter().map(|one| one.rows).sum::<i64>(), 5);
        assert_eq!(counts.iter().find(|one| one.key == second.newest()).unwrap().rows, 2);
        while {
            let write = register.write().await.unwrap();
            let done = seal_anew(&write, &both, 2).await.unwrap();
            write.commit_register(&entry()).await.unwrap();
            done > 0
        } {}
        // The old key is not needed any more, and opens nothing.
        for person in &added {
            assert_eq!(person_by_id(db, &second, &person.id).await.unwrap().as_ref(), Some(person));
            assert!(person_by_id(db, &first, &person.id).await.is_err());
            let found = person_by_nhs_number(db, &second, &person.nhs_number.unwrap()).await.unwrap();
            assert_eq!(found.as_ref(), Some(person));
        }
        assert_eq!(sealed_by_key(db).await.unwrap().len(), 1);
    });
}

#[tokio::test]
async fn nothing_of_a_person_stands_in_the_file() {
    let place = Place::sqlite();
    let register = place.open_register().await;
    let added = fill(&register, &keys(), 3).await;
    register.close().await.unwrap();
    let folder = place.folder.as_ref().unwrap().path();
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for text in ["Thistle", "Audemira", "ZY1 1AA", "ZY11AA", "960001", "Mondays", "99900000"] {
            assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{text}");
        }
        assert!(added.iter().all(|person| {
            let number = person.nhs_number.unwrap().reveal();
            !bytes.windows(10).any(|window| window == number.as_bytes())
        }));
    }
}

/// On PostgreSQL the register has a database role of its own, and the role of the programme sees nothing of it.
#[tokio::test]
async fn the_register_has_a_database_role_of_its_own() {
    let Some(place) = Place::postgres().await else { return };
    let admin = sea_orm::Database::connect(&place.address).await.unwrap();
    let name = format!("r{}", std::process::id());
    let (base, database) = place.address.rsplit_once('/').unwrap();
    let (_, host) = base.split_once('@').unwrap();
    for sql in [
        format!("CREATE ROLE {name}_town LOGIN"),
        format!("CREATE ROLE {name}_register LOGIN"),
        format!("GRANT CREATE, USAGE ON SCHEMA public TO {name}_town"),
        format!("CREATE SCHEMA register AUTHORIZATION {name}_register"),
    ] {
        admin.execute_unprepared(&sql).await.unwrap();
    }
    let town = Store::open(&format!("postgres://{name}_town@{host}/{database}")).await.unwrap();
    let register =
        Store::open_register(&format!("postgres://{name}_register@{host}/{database}")).await.unwrap();
    let keys = keys();
    fill(&register, &keys, 2).await;
    for sql in [
        "SELECT * FROM register.person",
        "SELECT * FROM register.audit_entry",
        "DELETE FROM register.reading",
    ] {
        let refused = town.reader().execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
    for sql in
        ["SELECT * FROM public.account", "DELETE FROM public.audit_entry", "SELECT * FROM public.session"]
    {
        let refused = register.reader().execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
    assert_eq!(count_people(register.reader()).await.unwrap(), 2);
    let of_town = store::operations::user_of(town.reader()).await.unwrap();
    assert_ne!(of_town, store::operations::user_of(register.reader()).await.unwrap());
}
