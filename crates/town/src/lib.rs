//! The use cases of a health equity town, one file each.
//!
//! A use case takes the [`Actor`] who asks, decides by the policy whether they may, opens the transaction, asks the
//! store and the engines of layer 1, writes the audit entry in the same transaction, and returns a plain value that a
//! page, a command or a document can show. Nothing here knows of HTTP, HTML or a command line, and no status is stored
//! that can be computed: whoever asks passes `as_of`.

pub mod accounts;
mod actor;
pub mod audit;
pub mod backup;
mod clock;
mod demo;
pub mod editing;
mod error;
pub mod indicators;
pub mod operations;
pub mod partnership;
mod policy;
pub mod quality;
pub mod reports;
mod settings;

pub use actor::Actor;
pub use clock::{Moment, now, today};
pub use error::{Error, Refusal};
pub use policy::{Permission, Role};
pub use report::charts::Chart;
pub use report::figures::long_date;
pub use settings::{Settings, Setup};

use std::sync::Arc;

use store::{AuditEntry, Store, Write};

/// What every use case returns.
pub type Result<T> = std::result::Result<T, Error>;

/// A health equity town: the handle that every use case is called on. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Town {
    store: Store,
    kept: Arc<indicators::Kept>,
}

impl Town {
    /// Opens the town kept at a database address: `sqlite://FILE` or `postgres://…`.
    ///
    /// # Errors
    /// When the database cannot be opened or is not het's.
    pub async fn open(address: &str) -> Result<Town> {
        Ok(Town { store: Store::open(address).await?, kept: Arc::default() })
    }

    /// The store, for use cases of this crate.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// A number that grows with every committed change: a page made from the data may be kept until it does.
    pub async fn data_version(&self) -> Result<i64> {
        Ok(self.store.data_version().await?)
    }

    /// Closes the database: what was acknowledged is already safe, this only tidies.
    pub async fn close(self) -> Result<()> {
        Ok(self.store.close().await?)
    }

    /// Commits a change with its audit entry.
    pub(crate) async fn commit(
        &self,
        write: Write,
        actor: &Actor,
        action: &str,
        subject: impl Into<String>,
        detail: serde_json::Value,
    ) -> Result<()> {
        Ok(write.commit(&entry(actor, action, subject, detail)).await?)
    }
}

/// The audit entry of something done now.
pub(crate) fn entry(
    actor: &Actor,
    action: &str,
    subject: impl Into<String>,
    detail: serde_json::Value,
) -> AuditEntry {
    AuditEntry {
        at: now().to_string(),
        actor: actor.name().to_owned(),
        action: action.to_owned(),
        subject: subject.into(),
        detail: detail.to_string(),
    }
}
