//! Whoever changes the audit log from outside is found out.

use sea_orm::ConnectionTrait;
use store::{AuditEntry, Store, audit_lines, verify_audit};

use crate::databases::{Place, on_both};

pub fn entry(number: usize) -> AuditEntry {
    AuditEntry {
        at: format!("2026-11-24T10:00:{:02}Z", number % 60),
        actor: "ada@example.org".to_owned(),
        action: "edit".to_owned(),
        subject: format!("action A-{number}"),
        detail: format!("{{\"from\":{number},\"to\":{}}}", number + 1),
    }
}

async fn write(store: &Store, number: usize) {
    store.write().await.unwrap().commit(&entry(number)).await.unwrap();
}

async fn filled(place: &Place, entries: usize) -> Store {
    let store = place.open().await;
    for number in 0..entries {
        write(&store, number).await;
    }
    store
}

#[test]
fn every_kind_of_tampering_is_found() {
    const TAMPERINGS: &[&str] = &[
        "UPDATE audit_entry SET at = '2026-11-24T10:00:07Z' WHERE id = 3",
        "UPDATE audit_entry SET actor = 'Ada@example.org' WHERE id = 3",
        "UPDATE audit_entry SET action = 'edits' WHERE id = 3",
        "UPDATE audit_entry SET subject = 'action A-20' WHERE id = 3",
        "UPDATE audit_entry SET detail = '{}' WHERE id = 3",
        "UPDATE audit_entry SET subject = subject || ' ', detail = substr(detail, 2) WHERE id = 3",
        "UPDATE audit_entry SET hash = previous_hash WHERE id = 3",
        "UPDATE audit_entry SET previous_hash = hash WHERE id = 3",
        "UPDATE audit_entry SET id = 99 WHERE id = 5",
        "UPDATE audit_entry SET id = -1 WHERE id = 1",
        "DELETE FROM audit_entry WHERE id = 1",
        "DELETE FROM audit_entry WHERE id = 3",
        "DELETE FROM audit_entry WHERE id = 5",
        "DELETE FROM audit_entry",
        "INSERT INTO audit_entry SELECT 6, at, actor, action, subject, detail, hash, hash FROM audit_entry WHERE id = 5",
        "UPDATE audit_head SET entries = 4",
        "UPDATE audit_head SET hash = ''",
        "DELETE FROM audit_head",
    ];
    on_both(|place| async move {
        for tampering in TAMPERINGS {
            // Its own database each: of PostgreSQL one is kept and put right again by the rollback.
            if place.folder.is_some() {
                let place = Place::sqlite();
                let store = filled(&place, 5).await;
                assert_eq!(verify_audit(store.reader()).await.unwrap(), 5);
                store.reader().execute_unprepared(tampering).await.unwrap();
                assert!(verify_audit(store.reader()).await.is_err(), "{tampering}");
            } else {
                let store = place.open().await;
                for number in verify_audit(store.reader()).await.unwrap() as usize..5 {
                    write(&store, number).await;
                }
                let change = store.write().await.unwrap();
                change.reader().execute_unprepared(tampering).await.unwrap();
                assert!(verify_audit(change.reader()).await.is_err(), "{tampering}");
                change.abandon().await.unwrap();
            }
        }
    });
}

#[test]
fn many_writers_make_one_chain() {
    on_both(|place| async move {
        let store = place.open().await;
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let store = store.clone();
                tokio::spawn(async move {
                    for number in 0..15 {
                        write(&store, writer * 100 + number).await;
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(verify_audit(store.reader()).await.unwrap(), 60);
    });
}

/// One byte of the database's file, anywhere in the text of the log.
#[tokio::test]
async fn any_byte_changed_in_the_file_is_found() {
    let place = Place::sqlite();
    let store = filled(&place, 40).await;
    let lines = audit_lines(store.reader(), None, 100).await.unwrap();
    store.close().await.unwrap();
    let file = place.folder.as_ref().unwrap().path().join("het.sqlite");
    let whole = std::fs::read(&file).unwrap();
    let mut tried = 0;
    for sign in ["ada@example.org", "2026-11-24T10:00", "action A-", "{\"from\":", "\"to\":"] {
        let places = whole.windows(sign.len()).enumerate().filter(|(_, window)| *window == sign.as_bytes());
        for (start, _) in places.step_by(4) {
            let mut changed = whole.clone();
            changed[start + tried % sign.len()] ^= 1 << (tried % 7);
            let copy = Place::sqlite();
            std::fs::write(copy.folder.as_ref().unwrap().path().join("het.sqlite"), changed).unwrap();
            let store = copy.open().await;
            // Pages also hold what SQLite has moved elsewhere, which nobody reads any more.
            if audit_lines(store.reader(), None, 100).await.unwrap() != lines {
                assert!(verify_audit(store.reader()).await.is_err(), "byte {start}");
                tried += 1;
            }
            store.close().await.unwrap();
        }
    }
    assert!(tried >= 40, "only {tried} bytes were tried");
}

/// What of the rows of the log is changed: each column of text, and the numbers.
const PLACES: [(&str, &str); 11] = [
    ("audit_entry", "id"),
    ("audit_entry", "at"),
    ("audit_entry", "actor"),
    ("audit_entry", "action"),
    ("audit_entry", "subject"),
    ("audit_entry", "detail"),
    ("audit_entry", "previous_hash"),
    ("audit_entry", "hash"),
    ("audit_head", "entries"),
    ("audit_head", "hash"),
    ("audit_head", "id"),
];

/// One byte of one value of one row, somewhere, made another one: `HET_TAMPER_TRIALS` says how often (200 when it is not set), on each
/// database. Each change is undone again, so that the next is the only one.
#[test]
fn any_byte_changed_in_a_row_is_found() {
    let trials = std::env::var("HET_TAMPER_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    on_both(|place| async move {
        const ENTRIES: u64 = 40;
        let store = filled(&place, ENTRIES as usize).await;
        let mut random = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64 | 1;
        let seed = random;
        let mut below = |limit: u64| {
            // Marsaglia's xorshift, 2003.
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random % limit
        };
        for trial in 0..trials {
            let (table, column) = PLACES[below(PLACES.len() as u64) as usize];
            let row = if table == "audit_head" { 1 } else { 1 + below(ENTRIES) };
            let change = store.write().await.unwrap();
            let sql = format!("SELECT CAST({column} AS TEXT) AS value FROM {table} WHERE id = {row}");
            let found = change
                .reader()
                .query_one_raw(sea_orm::Statement::from_string(store.reader().get_database_backend(), sql));
            let old: String = found.await.unwrap().unwrap().try_get("", "value").unwrap();
            let new = if ["id", "entries"].contains(&column) {
                // One byte of the number, which has eight.
                let number = old.parse::<i64>().unwrap() ^ ((1 + below(255) as i64) << (8 * below(7)));
                number.to_string()
            } else if old.is_empty() {
                "x".to_owned()
            } else {
                let mut bytes = old.clone().into_bytes();
                let at = below(bytes.len() as u64) as usize;
                bytes[at] = b' ' + (bytes[at] - b' ' + 1 + trial as u8 % 93) % 95;
                String::from_utf8(bytes).unwrap()
            };
            assert_ne!(old, new);
            let value = if ["id", "entries"].contains(&column) {
                new.clone()
            } else {
                format!("'{}'", new.replace('\'', "''"))
            };
            let changed = format!("UPDATE {table} SET {column} = {value} WHERE id = {row}");
            // A number that another row has is refused by the database itself.
            if change.reader().execute_unprepared(&changed).await.is_ok() {
                let verified = verify_audit(change.reader()).await;
                assert!(verified.is_err(), "seed {seed}, trial {trial}: {changed} (it was {old})");
            }
            change.abandon().await.unwrap();
        }
        assert_eq!(verify_audit(store.reader()).await.unwrap(), ENTRIES);
        let database = if place.folder.is_some() { "SQLite" } else { "PostgreSQL" };
        println!("{database}: {trials} bytes of the log changed (seed {seed}), each found");
    });
}
