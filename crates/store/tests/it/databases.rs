//! A database of each kind, made for one test and thrown away after it.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::ConnectionTrait;
use store::Store;

/// The address of an empty database, kept for as long as it is held.
pub struct Place {
    pub address: String,
    pub folder: Option<tempfile::TempDir>,
}

impl Place {
    /// An empty folder for an SQLite file.
    pub fn sqlite() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("het.sqlite").display());
        Place { address, folder: Some(folder) }
    }

    /// An empty database of the PostgreSQL server that `scripts/with-postgres` started, or `None` without one.
    pub async fn postgres() -> Option<Place> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let Ok(server) = std::env::var("HET_TEST_POSTGRES") else {
            println!("skipped on PostgreSQL: HET_TEST_POSTGRES is not set (scripts/with-postgres sets it)");
            return None;
        };
        let name = format!("het_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let db = sea_orm::Database::connect(&server).await.unwrap();
        db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        db.close().await.unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        Some(Place { address: format!("{base}/{name}"), folder: None })
    }

    pub async fn open(&self) -> Store {
        Store::open(&self.address).await.unwrap()
    }

    /// The address of the register beside it.
    pub fn register(&self) -> String {
        store::register_beside(&self.address)
    }

    pub async fn open_register(&self) -> Store {
        Store::open_register(&self.register()).await.unwrap()
    }
}

/// Runs a test on SQLite and, where there is a server, on PostgreSQL.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Place) -> F) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
        test(Place::sqlite()).await;
        if let Some(place) = Place::postgres().await {
            test(place).await;
        }
    });
}
