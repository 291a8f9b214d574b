//! What processes share: attempts that are counted together, and jobs that one of them does.

use sea_orm::ConnectionTrait;
use store::accounts::{Allowed, attempt, clear_attempts, forget_attempts};
use store::operations::{Ended, jobs, keep_job, set_up_job, take_job};

use crate::audit::entry;
use crate::databases::on_both;

const ALLOWED: Allowed = Allowed { at_once: 3, one_in: 1_000 };

#[test]
fn attempts_are_let_through_and_forgiven() {
    on_both(|place| async move {
        let store = place.open().await;
        let tries = async |now: i64| attempt(store.reader(), "somebody", ALLOWED, now).await.unwrap();
        let start = 1_000_000;
        for _ in 0..3 {
            assert_eq!(tries(start).await, None);
        }
        assert_eq!(tries(start).await, Some(1_000));
        assert_eq!(tries(start + 400).await, Some(600));
        assert_eq!(attempt(store.reader(), "other", ALLOWED, start).await.unwrap(), None);
        assert_eq!(tries(start + 1_000).await, None);
        assert_eq!(tries(start + 1_000).await, Some(1_000));
        // Long afterwards it is as if they had never tried.
        for _ in 0..3 {
            assert_eq!(tries(start + 100_000).await, None);
        }
        assert_eq!(tries(start + 100_000).await, Some(1_000));
        // The clock is set back by a day: nobody is locked out by it, and what was counted before counts.
        assert_eq!(tries(start - 86_400_000).await, None);
        assert_eq!(tries(start - 86_400_000).await, Some(1_000));
        assert_eq!(tries(start - 86_400_000 + 1_000).await, None);
        forget_attempts(store.reader(), "somebody").await.unwrap();
        assert_eq!(tries(start).await, None);
        assert_eq!(clear_attempts(store.reader(), start + 500).await.unwrap(), 0);
        assert_eq!(clear_attempts(store.reader(), start + 5_000).await.unwrap(), 2);
    });
}

#[test]
fn no_two_count_past_each_other() {
    on_both(|place| async move {
        let store = place.open().await;
        let many = Allowed { at_once: 20, one_in: 60_000 };
        let trying: Vec<_> = (0..60)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { attempt(store.reader(), "one", many, 5_000_000).await.unwrap() })
            })
            .collect();
        let mut through = 0;
        for one in trying {
            through += usize::from(one.await.unwrap().is_none());
        }
        assert_eq!(through, 20);
    });
}

#[test]
fn a_job_is_one_processs() {
    on_both(|place| async move {
        let store = place.open().await;
        let db = store.reader();
        set_up_job(db, "sweep", 7).await.unwrap();
        set_up_job(db, "sweep", 9).await.unwrap();
        let seen = jobs(db).await.unwrap().remove(0);
        assert_eq!((seen.due_at, seen.holder.as_str()), (7, ""));
        let takers: Vec<_> = (0..8)
            .map(|number| {
                let (store, seen) = (store.clone(), seen.clone());
                tokio::spawn(async move {
                    take_job(store.reader(), &seen, &format!("process {number}"), "later").await.unwrap()
                })
            })
            .collect();
        let mut taken = 0;
        for taker in takers {
            taken += usize::from(taker.await.unwrap());
        }
        assert_eq!(taken, 1);
        let holder = jobs(db).await.unwrap().remove(0).holder;
        assert!(keep_job(db, "sweep", &holder, "later").await.unwrap());
        assert!(!keep_job(db, "sweep", "somebody else", "later").await.unwrap());
        // Somebody who saw it as it was before the last beat cannot take it.
        let kept = jobs(db).await.unwrap().remove(0);
        assert!(!take_job(db, &seen, "thief", "later").await.unwrap());
        assert!(take_job(db, &kept, "successor", "later").await.unwrap());
        let ended = |holder: &'static str| Ended {
            name: "sweep",
            holder,
            at: "2026-11-28T12:00:00Z",
            outcome: "swept",
            failed: false,
            due_at: 99,
        };
        assert!(!store.end_job(&ended("somebody else"), &entry(1)).await.unwrap());
        assert_eq!(store::audit_head(db).await.unwrap().entries, 0);
        assert!(store.end_job(&ended("successor"), &entry(1)).await.unwrap());
        assert_eq!(store::audit_head(db).await.unwrap().entries, 1);
        let done = jobs(db).await.unwrap().remove(0);
        assert_eq!((done.runs, done.failures, done.due_at, done.outcome.as_str()), (1, 0, 99, "swept"));
        assert_eq!(done.succeeded_at, "2026-11-28T12:00:00Z");
        db.execute_unprepared("DELETE FROM job").await.unwrap();
    });
}
