//! Moving a town to another database.

use store::backup::Fingerprint;

use crate::{Actor, Opening, Permission, Result, Town};

/// A town that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Every table, with the rows and the hash that both databases agree on.
    pub tables: Vec<Fingerprint>,
}

impl Town {
    /// Copies everything to the empty database of a new place, and the register to its place there, and compares the rows and the hash of
    /// every table. What is sealed stays sealed. The old databases are left as they are, with an audit entry that says where everything
    /// went.
    ///
    /// # Errors
    /// [`crate::Error::Failed`] when the other database is not empty or a table there differs.
    pub async fn move_to(&self, actor: &Actor, to: &Opening) -> Result<Moved> {
        actor.require(Permission::Maintain)?;
        let (other, register, tables) =
            store::backup::move_to((self.store(), self.register()), &to.address, &to.register()).await?;
        let rows: u64 = tables.iter().map(|table| table.rows).sum();
        let detail = serde_json::json!({ "tables": tables.len(), "rows": rows });
        let entry = |subject: &str| crate::entry(actor, "move", subject, detail.clone());
        other.write().await?.commit(&entry("everything, to here")).await?;
        register.write().await?.commit_register(&entry("the register, to here")).await?;
        register.close().await?;
        self.store().write().await?.commit(&entry("everything, to another database")).await?;
        other.close().await?;
        Ok(Moved { tables })
    }
}
