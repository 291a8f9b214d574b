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
pub mod privacy;
pub mod quality;
pub mod register;
pub mod reports;
mod settings;

pub use actor::Actor;
pub use clock::{Moment, now, today};
pub use error::{Error, Passing, Refusal};
pub use policy::{Permission, Role};
pub use report::charts::Chart;
pub use report::figures::long_date;
pub use settings::{Settings, Setup};

use std::sync::Arc;

pub use store::register::Keys;
use store::{AuditEntry, Store, Write};

/// What every use case returns.
pub type Result<T> = std::result::Result<T, Error>;

/// A health equity town: the handle that every use case is called on. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Town {
    store: Store,
    register: Store,
    keys: Option<Keys>,
    providers: accounts::Providers,
    kept: Arc<indicators::Kept>,
}

/// Where a town and its register are kept, and the keys of the register.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The address of the database: `sqlite://FILE` or `postgres://…`.
    pub address: String,
    /// The address of the register, where it is not beside the database: on PostgreSQL, the same with the register's own role.
    pub register: Option<String>,
    /// The keys that the register is sealed with. Without them it stays shut.
    pub keys: Option<Keys>,
}

impl Opening {
    /// A town at this address, its register beside it and shut.
    pub fn at(address: impl Into<String>) -> Opening {
        Opening { address: address.into(), register: None, keys: None }
    }

    /// The address of the register.
    pub fn register(&self) -> String {
        self.register.clone().unwrap_or_else(|| store::register_beside(&self.address))
    }
}

impl Town {
    /// Opens the town kept at a database address: `sqlite://FILE` or `postgres://…`. Its register stays shut.
    ///
    /// # Errors
    /// When the database cannot be opened or is not het's.
    pub async fn open(address: &str) -> Result<Town> {
        Town::open_with(Opening::at(address)).await
    }

    /// Opens a town with the keys of its register.
    ///
    /// # Errors
    /// As [`Town::open`].
    pub async fn open_with(opening: Opening) -> Result<Town> {
        let store = Store::open(&opening.address).await?;
        let register = Store::open_register(&opening.register()).await?;
        let providers = accounts::Providers::default();
        Ok(Town { store, register, keys: opening.keys, providers, kept: Arc::default() })
    }

    /// The register's database, for use cases of this crate.
    pub(crate) fn register(&self) -> &Store {
        &self.register
    }

    /// The register's keys.
    ///
    /// # Errors
    /// [`Error::NoKeys`] when het was not given any.
    pub(crate) fn keys(&self) -> Result<&Keys> {
        self.keys.as_ref().ok_or(Error::NoKeys)
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
        self.register.close().await?;
        Ok(self.store.close().await?)
    }

    /// Commits a change of the register with its entry in the register's own audit log.
    pub(crate) async fn commit_register(
        &self,
        write: Write,
        actor: &Actor,
        action: &str,
        subject: impl Into<String>,
        detail: serde_json::Value,
    ) -> Result<()> {
        Ok(write.commit_register(&entry(actor, action, subject, detail)).await?)
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
