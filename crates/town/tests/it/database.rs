//! A database of its own for each test.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use town::{Actor, Keys, Opening, Town};

/// A town on a database that nothing else uses, and a second way into the same database.
pub struct Place {
    pub town: Town,
    address: String,
    db: DatabaseConnection,
    folder: Option<PathBuf>,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

impl Place {
    async fn open(address: &str, folder: Option<PathBuf>) -> Place {
        let keys = Keys::parse(&Keys::new_line().unwrap()).unwrap();
        let opening = Opening { keys: Some(keys), ..Opening::at(address) };
        let town = Town::open_with(opening).await.unwrap();
        Place { town, address: address.to_owned(), db: Database::connect(address).await.unwrap(), folder }
    }

    /// The embedded database alone, for what is the same on any.
    pub async fn alone() -> Place {
        Place::sqlite().await
    }

    async fn sqlite() -> Place {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("het-town-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Place::open(&format!("sqlite://{}/het.sqlite", folder.display()), Some(folder)).await
    }

    async fn postgres() -> Option<Place> {
        let Ok(server) = std::env::var("HET_TEST_POSTGRES") else {
            println!("skipped on PostgreSQL: HET_TEST_POSTGRES is not set");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("het_town_{}_{number}", std::process::id());
        let db = Database::connect(&server).await.unwrap();
        db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        db.close().await.unwrap();
        let (before, _) = server.rsplit_once('/').unwrap();
        Some(Place::open(&format!("{before}/{name}"), None).await)
    }

    /// The address of the database.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How many rows each table has.
    pub async fn counts(&self) -> BTreeMap<String, i64> {
        let tables = match self.db.get_database_backend() {
            DbBackend::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            }
            _ => {
                "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'"
            }
        };
        let mut counts = BTreeMap::new();
        for row in self.query(tables).await {
            let table: String = row.try_get("", "name").unwrap();
            let count = &self.query(&format!("SELECT COUNT(*) AS n FROM {table}")).await[0];
            counts.insert(table, count.try_get("", "n").unwrap());
        }
        counts
    }

    async fn query(&self, sql: &str) -> Vec<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        self.db.query_all_raw(statement).await.unwrap()
    }

    async fn close(self) {
        self.db.close().await.unwrap();
        self.town.close().await.unwrap();
        if let Some(folder) = self.folder {
            std::fs::remove_dir_all(folder).unwrap();
        }
    }
}

/// Runs a test on each kind of database; the audit log's chain must hold at its end.
pub async fn on_each_database(test: impl AsyncFn(&Place)) {
    let mut places = vec![Place::sqlite().await];
    places.extend(Place::postgres().await);
    for place in places {
        test(&place).await;
        place.town.verify_audit().await.unwrap();
        place.close().await;
    }
}

/// Runs a part of a test on another, empty database of the same kind.
pub async fn on_this_database(place: &Place, test: impl AsyncFn(&Place)) {
    let empty = match place.folder {
        Some(_) => Some(Place::sqlite().await),
        None => Place::postgres().await,
    };
    if let Some(empty) = empty {
        test(&empty).await;
        empty.town.verify_audit().await.unwrap();
        empty.close().await;
    }
}

/// Whoever may do everything.
pub fn operator() -> Actor {
    Actor::command_line("test")
}
