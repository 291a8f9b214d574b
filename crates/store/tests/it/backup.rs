//! What was backed up or moved is what arrives, from either database into either.

use std::io::Write as _;

use sea_orm::ConnectionTrait;
use store::backup::{BackupError, Keyring, dump, fingerprints, load, move_to, new_key};
use store::{Store, verify_audit};

use crate::audit::entry;
use crate::databases::{Place, on_both};

fn keys() -> Keyring {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "# for tests\n{}", new_key().unwrap()).unwrap();
    Keyring::read(file.path()).unwrap()
}

/// Rows of every kind of value, some that are awkward, and more than one page of them.
async fn filled(place: &Place) -> Store {
    let store = place.open().await;
    let write = store.write().await.unwrap();
    for sql in [
        "INSERT INTO setting VALUES ('town-name', 'Täst ''town'' 🌍')",
        "INSERT INTO area VALUES ('E06000032', 'Luton', 'upper-tier', -0.41, 51.9), ('e', '', 'Z', NULL, 0.0), ('E', 'x', 'z', -0.0, 1e300)",
        "INSERT INTO postcode VALUES ('LU1 1AA', NULL, NULL, 0.1, NULL, 1)",
        "INSERT INTO account (email, name, role, password_hash, created_at) VALUES ('a@example.org', 'A', 'reader', 'h', 't')",
        "INSERT INTO subgroup (code, name, purpose, position) VALUES ('a', 'A', '', 1), ('B', 'B', 'two\nlines', -9223372036854775807)",
        "INSERT INTO recommendation (number, words, principle, horizon, subgroup_id) VALUES ('1', 'w', 1, 'short', 2)",
        "INSERT INTO indicator (code, name, definition, numerator_words, denominator_words, unit, statistic, multiplier, polarity,
            frequency, source, series_source, series_indicator, series_age, series_sex, is_impact_measure)
         VALUES ('i', '', '', '', '', '', '', 0.1, '', '', '', '', '', '', '', TRUE), ('j', '', '', '', '', '', '', 100, '', '', '', '', '', '', '', FALSE)",
        "INSERT INTO report (title, subgroup_code, period_start, period_end, as_of, published_at, published_by) VALUES ('', '', '', '', '', '', '')",
    ] {
        write.reader().execute_unprepared(sql).await.unwrap();
    }
    let bytes = if place.folder.is_some() { "X'00ff27'" } else { "'\\x00ff27'::bytea" };
    let sql = format!("INSERT INTO report_file VALUES (1, 'pdf', 's', {bytes})");
    write.reader().execute_unprepared(&sql).await.unwrap();
    // Composite keys over several pages.
    for parent in ["E", "e", "Ä"] {
        let rows: Vec<String> = (0..1_500).map(|code| format!("('c{code}', '{parent}')")).collect();
        let sql = format!("INSERT INTO area_parent VALUES {}", rows.join(","));
        write.reader().execute_unprepared(&sql).await.unwrap();
    }
    write.commit(&entry(1)).await.unwrap();
    for number in 2..=40 {
        store.write().await.unwrap().commit(&entry(number)).await.unwrap();
    }
    store
}

async fn backup_of((store, register): (&Store, &Store), keys: &Keyring) -> Vec<u8> {
    let (summary, bytes) = dump(store, register, keys, "2026-11-24T10:00:00Z", Vec::new()).await.unwrap();
    assert_eq!(summary.tables, fingerprints(store, register).await.unwrap());
    bytes
}

/// A register with somebody in it.
async fn filled_register(place: &Place) -> Store {
    let register = place.open_register().await;
    crate::register::fill(&register, &crate::register::keys(), 3).await;
    // More than are written at once, each looked after by another, so that some stand before those they point to.
    let insert = "INSERT INTO person (id, sealed_by, family_name, given_name, name_index, date_of_birth, sex, lsoa, language, guardian_id,
            guardian_is, sharing, source, last_contact, created_at, changed_at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
        SELECT 'p' || i, 'k', family_name, given_name, '', '', '', '', '', CASE i WHEN 1200 THEN NULL ELSE 'p' || (i + 1) END, '', '', '', '', '', ''
        FROM n, (SELECT family_name, given_name FROM person LIMIT 1) AS one";
    register.reader().execute_unprepared(insert).await.unwrap();
    register
}

#[test]
fn what_is_backed_up_is_restored() {
    on_both(|from| async move {
        let (store, register, keys) = (filled(&from).await, filled_register(&from).await, keys());
        let backup = backup_of((&store, &register), &keys).await;
        let before = fingerprints(&store, &register).await.unwrap();
        assert_eq!(before.iter().find(|t| t.table == "register.person").unwrap().rows, 1_203);
        assert_eq!(before.iter().find(|t| t.table == "area_parent").unwrap().rows, 4_500);
        // From either into either.
        let targets = [Some(Place::sqlite()), Place::postgres().await];
        for to in targets.into_iter().flatten() {
            let loaded = load(&to.address, &to.register(), &keys, backup.as_slice()).await.unwrap();
            assert_eq!(loaded.summary.tables, before);
            assert_eq!(fingerprints(&loaded.store, &loaded.register).await.unwrap(), before);
            assert_eq!(verify_audit(loaded.register.reader()).await.unwrap(), 3);
            assert_eq!(verify_audit(loaded.store.reader()).await.unwrap(), 40);
            // Life goes on: numbers of new rows do not collide with restored ones.
            loaded.store.write().await.unwrap().commit(&entry(41)).await.unwrap();
            let write = loaded.store.write().await.unwrap();
            let new = "INSERT INTO subgroup (code, name, purpose, position) VALUES ('c', 'C', '', 3)";
            write.reader().execute_unprepared(new).await.unwrap();
            write.commit(&entry(42)).await.unwrap();
            assert_eq!(verify_audit(loaded.store.reader()).await.unwrap(), 42);
            // And it is not restored into a second time.
            let again = load(&to.address, &to.register(), &keys, backup.as_slice()).await;
            assert!(matches!(again, Err(BackupError::NotEmpty(_))), "{again:?}");
        }
    });
}

#[test]
fn a_move_arrives_whole_and_leaves_the_old_one() {
    on_both(|from| async move {
        let (store, register) = (filled(&from).await, filled_register(&from).await);
        let before = fingerprints(&store, &register).await.unwrap();
        let targets = [Some(Place::sqlite()), Place::postgres().await];
        for to in targets.into_iter().flatten() {
            let both = (&store, &register);
            let (moved, moved_register, sent) = move_to(both, &to.address, &to.register()).await.unwrap();
            assert_eq!(sent, before);
            assert_eq!(fingerprints(&moved, &moved_register).await.unwrap(), before);
            assert_eq!(verify_audit(moved.reader()).await.unwrap(), 40);
            let again = move_to(both, &to.address, &to.register()).await;
            assert!(matches!(again, Err(BackupError::NotEmpty(_))), "{again:?}");
        }
        assert_eq!(fingerprints(&store, &register).await.unwrap(), before);
    });
}

#[test]
fn a_backup_is_one_moment_whatever_is_written_meanwhile() {
    on_both(|from| async move {
        let (store, register, keys) = (filled(&from).await, filled_register(&from).await, keys());
        let writing = {
            let store = store.clone();
            tokio::spawn(async move {
                for number in 100..200 {
                    store.write().await.unwrap().commit(&entry(number)).await.unwrap();
                }
            })
        };
        while !writing.is_finished() {
            let (_, backup) =
                dump(&store, &register, &keys, "2026-11-24T10:00:00Z", Vec::new()).await.unwrap();
            let to = Place::sqlite();
            let loaded = load(&to.address, &to.register(), &keys, backup.as_slice()).await.unwrap();
            // The log, its end and the count of changes belong to the same moment.
            let entries = verify_audit(loaded.store.reader()).await.unwrap();
            assert_eq!(loaded.store.data_version().await.unwrap(), entries as i64 + 1);
        }
        writing.await.unwrap();
        assert_eq!(verify_audit(store.reader()).await.unwrap(), 140);
    });
}

#[tokio::test]
async fn a_damaged_backup_restores_nothing() {
    let (from, keys) = (Place::sqlite(), keys());
    let backup = backup_of((&filled(&from).await, &filled_register(&from).await), &keys).await;
    for place in [0, 20, 40, backup.len() / 2, backup.len() - 1] {
        let mut changed = backup.clone();
        changed[place] ^= 4;
        let to = Place::sqlite();
        assert!(load(&to.address, &to.register(), &keys, changed.as_slice()).await.is_err(), "byte {place}");
        let to = Place::sqlite();
        assert!(load(&to.address, &to.register(), &keys, &backup[..place]).await.is_err(), "cut at {place}");
        assert_eq!(verify_audit(to.open().await.reader()).await.unwrap(), 0);
        assert_eq!(verify_audit(to.open_register().await.reader()).await.unwrap(), 0);
    }
    let to = Place::sqlite();
    let stranger = load(&to.address, &to.register(), &crate::backup::keys(), backup.as_slice()).await;
    assert!(matches!(stranger, Err(BackupError::OtherKey { .. })));
}
