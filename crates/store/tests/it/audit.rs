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
